/* SPDX-License-Identifier: MIT
 * Which machine do the names of files and folders speak of? */
#include "owner.h"

#include "core/machine.h"
#include "core/text.h"

#include <string.h>

static bool is_word(char c)
{
	return text_is_letter(c) || text_is_digit(c);
}

static bool word_stands_in(struct span word, struct span text)
{
	for (size_t at = 0; word.n && at + word.n <= text.n; at++)
		if (span_equal_nocase(text_head(text_tail(text, at), word.n), word) &&
			(at == 0 || !is_word(text.p[at - 1])) &&
			(at + word.n == text.n || !is_word(text.p[at + word.n])))
			return true;
	return false;
}

bool owner_name_stands_in(struct span machine, struct span text)
{
	struct span label = machine_label(machine);

	return owner_name_like(label) && word_stands_in(label, text);
}

/* What folders are called that hold captures, whoever's. */
static const char *const common_words[] = { "poolsnap", "poolsnaps", "poolmon", "pool", "pools", "snap",
	"snaps", "snapshot", "snapshots", "capture", "captures", "log", "logs", "eventlog", "eventlogs",
	"events", "event", "system", "application", "security", "data", "tmp", "temp", "bundle", "bundles",
	"case", "cases", "file", "files", "new", "old", "output", "out", "in", "input", "results", "result",
	"report", "reports", "upload", "uploads", "download", "downloads", "desktop", "documents", "ms_data",
	"perf", "perflogs", "perfmon", "registry", "reg", "export", "exports", "support", "server", "servers",
	"test", "tests", "sample", "samples", "evidence", "collected", "tools", "windows", "today", "before",
	"after", "home", "work", "share", "dialects" };

bool owner_name_like(struct span folder)
{
	bool letter = false;

	if (folder.n < 2 || folder.n > MACHINE_LABEL)
		return false;
	for (size_t i = 0; i < folder.n; i++) {
		if (!is_word(folder.p[i]) && folder.p[i] != '-')
			return false;
		letter |= text_is_letter(folder.p[i]);
	}
	for (size_t i = 0; i < LEN(common_words); i++)
		if (span_equal_nocase(folder, span_of(common_words[i])))
			return false;
	return letter;
}

struct span owner_name_of_file(struct span file)
{
	struct span name = file;

	/* From the last: "SRV-POOL-01_poolmon.txt". */
	for (size_t i = file.n; i-- > 1;)
		if ((file.p[i] == '_' || file.p[i] == '-') &&
			(text_starts_nocase(text_tail(file, i + 1), "poolmon") ||
				text_starts_nocase(text_tail(file, i + 1), "poolsnap"))) {
			name.n = i;
			return owner_name_like(name) ? name : SPAN("");
		}
	return SPAN("");
}
