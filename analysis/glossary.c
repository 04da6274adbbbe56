/* SPDX-License-Identifier: MIT
 * The words that a tired administrator should not have to look up. */
#include "analysis/analysis.h"

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	struct block *b = block_add(s, PART_GLOSSARY, BLOCK_LIST, NULL);

	(void)r;
	(void)j;
	block_item(s, b,
		"Paged pool: kernel memory that may be moved to disk; limited in size on 32-bit systems up to Server 2003.");
	block_item(s, b,
		"Nonpaged pool: kernel memory that always stays in RAM; another pool with another limit.");
	block_item(s, b, "Pool tag: four characters with which a driver marks its memory.");
	block_item(s, b,
		"MmSt: the tag of section object prototype page table entries, the memory manager's bookkeeping for mapped and cached"
		" files.");
	block_item(s, b,
		"Poolsnap: a list of all tags with their counts and bytes at one moment, written by poolmon.");
	block_item(s, b,
		"Trimming: the memory manager gives back MmSt of files that nobody uses any more, once the paged pool is"
		" PoolUsageMaximum percent full (80 by default).");
	block_item(s, b,
		"Event 2020, 2019: source Srv; the file server could not get paged (2020) or nonpaged (2019) pool.");
	block_item(s, b, "Data words: the bytes attached to such an event, an IO_ERROR_LOG_PACKET.");
	block_item(s, b,
		"Boot: the time from one start of the server to the next; counters and pools start anew at each.");
	block_item(s, b,
		"/3GB, /PAE: boot switches (boot.ini) that make the kernel's address space smaller, or let it use more RAM; page table"
		" entries (PTEs) describe that space, and the server stops when none are free.");
	block_item(s, b,
		"Judged boot: the one of the last Event 2020 if poolsnaps were taken in it, else the one with most.");
	block_item(s, b,
		"Severity says how bad it is, confidence how sure; \"not assessed\" means that what was read does not allow a"
		" verdict.");
	block_item(s, b,
		"p: how often a pattern so clear would come by chance alone; below 0.05 it is taken as shown, and 3e-05 is short for"
		" 0.00003. Slope: the middle (Theil-Sen) of the rates between all pairs of poolsnaps; the p of a trend is that of"
		" Kendall's test.");
	block_item(s, b, "Burst: events less than an hour apart, or the rise of the pool within two hours.");
}

const struct analysis analysis_glossary = { "glossary", "the words used in the report", 0, run, NULL };
