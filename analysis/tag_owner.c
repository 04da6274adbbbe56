/* SPDX-License-Identifier: MIT
 * The best-known pool tags as a table. */
#include "analysis/tag_owner.h"

#include "core/core.h"
#include "core/text.h"

/* clang-format off */
static const struct tag_owner owners[] = {
	{ "MmSt", "prototype page table entries of mapped files (memory manager)", NULL },
	{ "MmSm", "segments of data files (memory manager)", NULL },
	{ "MmCa", "control areas of mapped files (memory manager)", NULL },
	{ "MmCi", "control areas of images (memory manager)", NULL },
	{ "MmRe", "relocation blocks of images (memory manager)", NULL },
	{ "CcSc", "shared cache maps (cache manager)", NULL },
	{ "Toke", "access tokens", "A logon or handle leak: find the process with the highest and growing Handle Count; on Exchange 2003"
		" see KB 912480." },
	{ "SeTd", "dynamic part of access tokens", "Follows Toke: a logon or handle leak." },
	{ "SeTl", "locks of access tokens", "Follows Toke: a logon or handle leak." },
	{ "Obtb", "handle tables", "A handle leak: find the process with the highest and growing Handle Count." },
	{ "ObHd", "handle count database", "A handle leak: find the process with the highest and growing Handle Count." },
	{ "CM??", "registry (configuration manager)", "A large hive or leaked key handles: look at hive sizes and at the process with"
		" the most registry handles." },
	{ "Key ", "registry key objects", "Leaked registry handles: find the process that holds them." },
	{ "NtFs", "NTFS structures", "Many open files; look for what opens them." },
	{ "Ntff", "NTFS file control blocks", "Many open files; look for what opens them." },
	{ "NtfF", "NTFS index control blocks", "Many open folders; look for what opens them." },
	{ "NtfV", "NTFS volume parameter blocks", "A leak at mounting and dismounting: Q195541." },
	{ "FSrt", "file system run-time library", "On NT 4.0: Q283102 (pop-up notifications), Q174764." },
	{ "FMfn", "file name cache of the filter manager", "A filter driver (antivirus, quota, backup) that holds names." },
	{ "IoNm", "names parsed by the I/O manager", "A filter driver that holds file names." },
	{ "Irp ", "I/O request packets", "I/O that hangs in a filter driver." },
	{ "Mdl ", "memory descriptor lists", "I/O that hangs in a filter driver; with remote desktop shadowing see Q315817." },
	{ "AfdB", "socket data buffers", "Q293841; KB 931311, KB 927493." },
	{ "Proc", "process objects", "Leaked process handles: Q257626." },
	{ "Thre", "thread objects", "A thread or handle leak: find the process with the most threads and handles." },
	{ "File", "file objects", "Open files, or leaked file handles." },
	{ "Even", "event objects", "A handle leak: find the process with the highest and growing Handle Count." },
	{ "TMRL", "Emulex Fibre Channel driver", "Driver update: Q317151." },
	{ "LeoC", "Symantec/Norton antivirus filter", "SymEvent update: Q272568." },
	{ "LSw?", "work contexts of the SMB1 server", "Many clients or slow disks; see Events 2021 and 2022." },
	{ "Gh??", "GDI objects (session pool)", "An application that leaks GDI objects." },
	{ "Gla?", "GDI lookaside objects (session pool)", "An application that leaks GDI objects." },
	{ "NDpp", "network packet pools (NDIS)", NULL },
	{ "Ddk ", "driver default tag", "A driver that does not tag its memory: driver verifier." },
	{ "None", "untagged memory", "A driver that does not tag its memory: driver verifier." },
};
/* clang-format on */

const struct tag_owner *tag_owner_find(const char *tag)
{
	const struct tag_owner *wild = NULL;

	for (size_t i = 0; i < LEN(owners); i++) {
		if (span_equal(span_of(owners[i].tag), span_of(tag)))
			return &owners[i];
		if (!wild && text_find(span_of(owners[i].tag), "?")) {
			bool same = span_of(tag).n == 4;

			for (int k = 0; same && k < 4; k++)
				same = owners[i].tag[k] == '?' || owners[i].tag[k] == tag[k];
			wild = same ? &owners[i] : NULL;
		}
	}
	return wild;
}
