/* SPDX-License-Identifier: MIT
 * What is done about a tag: its owner and remedy where they are known, else the search for its driver. */
#include "analysis/tag_search.h"
#include "analysis/tag_owner.h"

#include "core/text.h"

#include <string.h>

/* ours: fewer characters stand in every file */
#define SEARCH_LEAST 3

/* What findstr is given: without quotes, or within them as one string. Anything else, such as % or ", has a
 * meaning of its own there or may get one. */
#define QUOTED_SAFE " _.-@#$+~"

const char *tag_search_commands(struct arena *a, const char *tag, const char **why_not)
{
	/* A tag of fewer characters is filled up with blanks, or is shown to the right. */
	struct span text = text_trim(span_of(tag));
	const char *word = arena_text(a, text);
	bool plain = true;

	for (size_t i = 0; i < text.n; i++) {
		bool letter = text_is_letter(text.p[i]) || text_is_digit(text.p[i]);

		plain &= letter;
		if (letter || (text.p[i] && strchr(QUOTED_SAFE, text.p[i])))
			continue;
		*why_not =
			"The tag holds characters that a command line does not take as they are: search the drivers for its"
			" bytes by hand, for instance with a hexadecimal editor.";
		return NULL;
	}
	if (text.n < SEARCH_LEAST) {
		*why_not = "A search of the drivers does not help: every file holds so few characters.";
		return NULL;
	}
	/* The instruction that pushes four bytes begins with 0x68, which is "h". */
	if (text.n == SEARCH_LEAST)
		word = arena_printf(a, "h%s", word);
	if (!plain)
		word = arena_printf(a, "/c:\"%s\"", word);
	return arena_printf(a,
		"findstr /m /l %s \"%%SystemRoot%%\\System32\\drivers\\*.sys\"\n"
		"findstr /m /l /s %s \"%%SystemRoot%%\\*.sys\"\n"
		"findstr /m /l /s %s \"%%ProgramFiles%%\\*.sys\"\n"
		"findstr /m /l /s %s \"%%SystemDrive%%\\*.sys\"\n",
		word, word, word, word);
}

/* Objects that live as long as a program holds a handle, and what comes with them. */
static bool of_handles(const char *tag)
{
	static const char *const tags[] = { "Even", "Key ", "ObHd", "Obtb", "Proc", "SeTd", "SeTl", "Thre",
		"Toke" };
	char plain[5];

	if (tag_unmarked(tag, plain))
		tag = plain;
	for (size_t i = 0; i < LEN(tags); i++)
		if (strcmp(tags[i], tag) == 0)
			return true;
	return false;
}

static void search_steps(struct server_report *s, struct block *steps, const char *tag)
{
	const char *why_not = NULL, *commands = tag_search_commands(s->arena, tag, &why_not);
	struct block *b;

	block_item(s, steps, "%s",
		commands
			? "Find its driver: run the searches below in their order until one names a file (KB 298102)."
			: why_not);
	block_item(s, steps, "%s", TAG_DEBUGGER);
	if (!commands)
		return;
	b = block_add(s, PART_ACTION, BLOCK_CODE, "To find the driver of the tag");
	b->name = "findstr";
	b->text = commands;
}

void tag_steps(struct server_report *s, struct block *steps, const struct evidence *e, const char *tag)
{
	struct owner_found owner = evidence_owner(e, tag);

	if (!owner.what)
		block_item(s, steps, "The tag is %s: " TAG_UNLISTED ".", tag);
	else if (owner.listed)
		block_item(s, steps, "The tag is %s: %s.", tag, owner.what);
	else
		block_item(s, steps, "The tag is %s: %s (%s).", tag, owner.what, owner.source);
	if (owner.remedy)
		block_item(s, steps, "%s (%s).", owner.remedy, owner.remedy_source);
	else if (owner.what)
		block_item(s, steps,
			"No remedy is published for this tag: look for what its owner was busy with when it grew.");
	if (of_handles(tag))
		block_item(s, steps,
			"Sort the processes by Handle Count, now and an hour later: more than %s in one process is much (a ball-park,"
			" ntdebugging 2006 as a6n.co.uk retells it), and more than %s more in an hour over all processes speak for a leak"
			" (PAL's thresholds).",
			threshold_words(e->thresholds, THRESHOLD_HANDLES_MANY, s->arena),
			threshold_words(e->thresholds, THRESHOLD_HANDLES_RISE, s->arena));
	if (!owner.what)
		search_steps(s, steps, tag);
}
