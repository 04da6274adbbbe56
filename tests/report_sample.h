/* SPDX-License-Identifier: MIT
 * Reports made by hand for tests of the formats: a believable one with every kind of block, a hostile and an
 * empty one. */
#ifndef TESTS_REPORT_SAMPLE_H
#define TESTS_REPORT_SAMPLE_H

#include "core/report.h"

#include <stdlib.h>

#define MIB       (1024.0 * 1024.0)
#define SAMPLE_AT when_civil(2008, 10, 14, 7, 0, 0, 0)

static const struct field window_fields[] = {
	{ "first", "First record", T_TIME, FOR_ALL },
	{ "last", "Last record", T_TIME, FOR_ALL },
	{ "local", "In server time", T_TEXT, FOR_PEOPLE },
	{ "os", "System", T_TEXT, FOR_PEOPLE },
};
static const struct field tag_fields[] = {
	{ "rank", "Rank", T_INT, FOR_ALL },
	{ "tag", "Tag", T_NAME, FOR_ALL },
	{ "pool", "Pool", T_NAME, FOR_MACHINES },
	{ "first_bytes", "First", T_BYTES, FOR_ALL },
	{ "last_bytes", "Last", T_BYTES, FOR_ALL },
	{ "peak_bytes", "Peak", T_BYTES, FOR_ALL },
	{ "share", "Share at peak", T_PERCENT, FOR_ALL },
	{ "trend.slope_bytes_per_hour", "Slope", T_RATE, FOR_ALL },
	{ "trend.p", "p", T_REAL, FOR_ALL },
	{ "trend.direction", "Trend", T_NAME, FOR_ALL },
	{ "owner", "What it is", T_TEXT, FOR_PEOPLE },
};
static const struct field finding_fields[] = {
	{ "severity", "Severity", T_NAME, FOR_ALL },
	{ "confidence", "Confidence", T_NAME, FOR_ALL },
	{ "title", "Finding", T_TEXT, FOR_ALL },
	{ "recommendation", "Recommendation", T_TEXT, FOR_ALL },
	{ "rule", "Rule", T_NAME, FOR_ALL },
	{ "evidence", "Evidence", T_TABLE, FOR_ALL },
};
static const struct field evidence_fields[] = {
	{ "source", "Source", T_NAME, FOR_ALL },
	{ "line", "line", T_INT, FOR_ALL },
	{ "record_id", "record", T_INT, FOR_ALL },
};
static const struct field event_fields[] = {
	{ "time", "Time", T_TIME, FOR_ALL },
	{ "id", "Event", T_INT, FOR_ALL },
	{ "record_id", "Record", T_INT, FOR_ALL },
	{ "source", "Source", T_NAME, FOR_ALL },
	{ "decoded.final_status_name", "Final status", T_TEXT, FOR_ALL },
	{ "snapshot.minutes_before", "Snapshot before", T_MINUTES, FOR_ALL },
	{ "snapshot.mmst_bytes", "MmSt there", T_BYTES, FOR_ALL },
	{ "snapshot.mmst_share", "Share", T_PERCENT, FOR_ALL },
	{ "words", "Data words", T_LIST, FOR_ALL },
};
static const struct field input_fields[] = {
	{ "source", "File", T_TEXT, FOR_ALL },
	{ "parser", "Read as", T_NAME, FOR_ALL },
	{ "bytes", "Size", T_BYTES, FOR_ALL },
	{ "records", "Records", T_INT, FOR_ALL },
	{ "status", "Status", T_NAME, FOR_ALL },
	{ "digest", "Digest", T_TEXT, FOR_ALL },
};
static const struct field host_fields[] = {
	{ "os", "System", T_TEXT, FOR_ALL },
	{ "utc_offset_minutes", "Clock", T_MINUTES, FOR_ALL },
	{ "switches", "Boot switches", T_LIST, FOR_ALL },
	{ "registry.PoolUsageMaximum", "PoolUsageMaximum", T_INT, FOR_ALL },
	{ "registry.PagedPoolSize", "PagedPoolSize", T_INT, FOR_ALL },
	{ "ram_bytes", "Memory", T_BYTES, FOR_ALL },
};
static const struct field brief_fields[] = {
	{ "do", "What to do", T_LIST, FOR_ALL },
	{ "events_2020", "Event 2020", T_TEXT, FOR_ALL },
	{ "mmst", "MmSt", T_TEXT, FOR_ALL },
};
static const struct field note_fields[] = { { "text", "Note", T_TEXT, FOR_ALL } };
static const struct field word_fields[] = {
	{ "word", "Word", T_TEXT, FOR_ALL },
	{ "meaning", "Meaning", T_TEXT, FOR_ALL },
};

/* What the day looks like: a pool tag's MiB at its start and end. */
static const struct sample_tag {
	const char *tag;
	double first, last, wave;
	const char *owner;
} sample_tags[] = {
	{ "MmSt", 41.2, 231.6, 3.0, "Mm section object prototype PTEs (file mapping)" },
	{ "CM31", 22.4, 23.1, 0.2, "Configuration manager (registry)" },
	{ "Ntff", 14.8, 19.9, 1.1, "NTFS file control blocks" },
	{ "NtfF", 9.1, 12.6, 0.7, "NTFS file control blocks, index" },
	{ "Gh05", 7.9, 8.4, 0.4, "GDI objects" },
	{ "Toke", 5.2, 5.6, 0.3, "Token objects" },
	{ "FSim", 3.4, 5.1, 0.3, "File system run-time, mapped control blocks" },
	{ "ObNm", 0.09, 0.08, 0.004, "Object names" },
};

static double sample_value(size_t tag, int i, int points)
{
	const struct sample_tag *s = &sample_tags[tag];
	double along = (double)i / (points - 1), bend = tag == 0 ? along * along * (3 - 2 * along) : along;

	return (s->first + (s->last - s->first) * bend + s->wave * ((i * 7 + (int)tag * 3) % 5 - 2) / 2) *
	       MIB;
}

static struct chart *sample_chart(struct report *r, int points, bool restart)
{
	static const int minutes[] = { 372, 401, 402, 404, 431, 455, 457, 458, 490, 521, 522, 524, 548, 551 };
	struct chart *c = chart_new(r, "paged", "Paged pool by tag", T_BYTES);

	for (size_t tag = 0; tag < LEN(sample_tags); tag++) {
		struct series *s = chart_series(c, sample_tags[tag].tag, tag == 0);

		for (int i = 0; i < points; i++)
			series_point(c, s, SAMPLE_AT + i * 30 * WHEN_MINUTE,
				restart && i > points / 2 ? sample_value(tag, i - points / 2, points)
							  : sample_value(tag, i, points));
	}
	for (size_t i = 0; i < LEN(minutes); i++)
		chart_mark(c, SAMPLE_AT + minutes[i] * WHEN_MINUTE, MARK_2020,
			arena_printf(r->arena, "record %zu", 55310 + i * 3));
	if (restart) {
		chart_mark(c, SAMPLE_AT + points / 2 * 30 * WHEN_MINUTE + 11 * WHEN_MINUTE, MARK_BOOT,
			"restart");
		chart_mark(c, SAMPLE_AT + 300 * WHEN_MINUTE, MARK_2019, "record 55300");
	}
	chart_level(c, LEVEL_MAXIMUM, 343 * MIB, (restart ? 360 : 343) * MIB, "Paged pool maximum");
	chart_level(
		c, LEVEL_TRIM_DEFAULT, 0.8 * 343 * MIB, 0.8 * 343 * MIB, "Trimming begins today, at 80 %");
	chart_level(c, LEVEL_TRIM_RECOMMENDED, 0.6 * 343 * MIB, 0.6 * 343 * MIB, "Recommended, at 60 %");
	c->about =
		"MmSt grows from 41.2 MiB at 07:00 to 231.6 MiB at 16:30 UTC, while no other tag gains more than 5.1 MiB. "
		"Fourteen events 2020 fall between 13:12 and 16:11, all in the last third of the day.";
	return c;
}

/* Shares at the end of the day. */
static struct chart *sample_bars(struct report *r)
{
	struct chart *c = chart_new(r, "shares", "The paged pool by tag at 2008-10-14 16:30 UTC", T_BYTES);

	c->kind = CHART_BARS;
	c->whole = 310 * MIB;
	for (size_t tag = 0; tag < LEN(sample_tags); tag++)
		series_point(c, chart_series(c, sample_tags[tag].tag, tag == 0),
			SAMPLE_AT + 570 * WHEN_MINUTE, sample_tags[tag].last * MIB);
	series_point(c, chart_series(c, "61 other tags", false), SAMPLE_AT + 570 * WHEN_MINUTE, 3.4 * MIB);
	c->series[c->series_count - 1].kind = SERIES_REST;
	c->about = "MmSt holds 231.6 MiB of 310.0 MiB (74.7 %), CM31 23.1 MiB (7.5 %), and so on.";
	c->note = "All paged tags are shown.";
	return c;
}

/* Two hours before a burst and one after. */
static struct chart *sample_burst(struct report *r)
{
	struct chart *c =
		chart_new(r, "burst", "Burst 1 of 1, 2008-10-14 13:12 to 16:11 UTC: 14 events", T_BYTES);
	struct series *s = chart_series(c, "MmSt", true);

	c->small = true;
	c->from = SAMPLE_AT + 252 * WHEN_MINUTE;
	c->to = SAMPLE_AT + 611 * WHEN_MINUTE;
	for (int i = 9; i < 20; i++)
		series_point(c, s, SAMPLE_AT + i * 30 * WHEN_MINUTE, sample_value(0, i, 20));
	chart_mark(c, SAMPLE_AT + 372 * WHEN_MINUTE, MARK_2020, "record 55310");
	c->marks[0].times = 14;
	c->about = "12 min before the first event: MmSt 150.2 MiB.";
	return c;
}

static struct table *sample_tag_table(struct report *r)
{
	struct table *t = table_new(
		r, "tags", "Paged pool tags, largest first", TABLE_ROWS, tag_fields, LEN(tag_fields));

	t->about =
		"Over 20 snapshots of one boot. Slope: Theil\xE2\x80\x93Sen. p: Mann\xE2\x80\x93Kendall, two-sided.";
	for (size_t i = 0; i < LEN(sample_tags); i++) {
		const struct sample_tag *s = &sample_tags[i];

		table_add(t);
		table_id(t, arena_printf(r->arena, "tag-%s", s->tag));
		table_int(t, "rank", (int64_t)i + 1);
		table_text(t, "tag", s->tag);
		table_text(t, "pool", "paged");
		table_int(t, "first_bytes", (int64_t)(s->first * MIB));
		table_int(t, "last_bytes", (int64_t)(s->last * MIB));
		table_int(t, "peak_bytes", (int64_t)((s->last + s->wave / 4) * MIB));
		table_real(t, "share", s->last / 306.4 * 100);
		if (i != 4) {
			table_real(t, "trend.slope_bytes_per_hour", (s->last - s->first) / 9.5 * MIB);
			table_real(t, "trend.p", i == 0 ? 0.00000004 : 0.02 * (double)i);
			table_text(t, "trend.direction", i == 0 || i == 2 ? "rising" : "none");
		}
		table_text(t, "owner", s->owner);
	}
	return t;
}

static void sample_finding(struct report *r, struct table *t, const char *severity, const char *confidence,
	const char *title, const char *recommendation, const char *rule, int records)
{
	struct table *e =
		table_new(r, "evidence", "Evidence", TABLE_ROWS, evidence_fields, LEN(evidence_fields));

	for (int i = 0; i < records; i++) {
		table_add(e);
		table_text(e, "source", "FS01/system.xml");
		table_int(e, "line", 1204 + i * 31);
		table_int(e, "record_id", 55310 + i * 3);
	}
	table_add(t);
	table_text(t, "severity", severity);
	table_text(t, "confidence", confidence);
	table_text(t, "title", title);
	table_text(t, "recommendation", recommendation);
	table_text(t, "rule", rule);
	table_link(t, "rule", rule);
	table_rows(t, "evidence", e);
}

static struct table *sample_findings(struct report *r)
{
	struct table *t =
		table_new(r, "findings", "Findings", TABLE_ROWS, finding_fields, LEN(finding_fields));

	sample_finding(r, t, "error", "high",
		"Paged pool ran out while MmSt held three quarters of it: 14 events 2020 in three hours, MmSt at 75.6 % and rising.",
		"Set PoolUsageMaximum to 60 (decimal) and PagedPoolSize to 0xFFFFFFFF; restart.", "PT-V12",
		3);
	sample_finding(r, t, "warning", "medium",
		"Free System PTEs are not known, so PagedPoolSize is recommended with a condition.",
		"Read \\Memory\\Free System Page Table Entries; set PagedPoolSize only above 40,000.",
		"PT-F06", 0);
	sample_finding(r, t, "info", "high", "The clock of the poolsnaps was told, not measured.",
		"Nothing to do; times of the snapshots rest on it.", "PT-F09", 1);
	return t;
}

static struct table *sample_events(struct report *r)
{
	static const char *const words[] = { "00040000", "00540001", "00000000", "c00007e4", "00000000",
		"c000009a", "00000000", "00000000", "00000000", "00000000", "0000000b" };
	struct table *t = table_new(r, "exhaustion_events", "Events 2020, with the snapshot before each",
		TABLE_ROWS, event_fields, LEN(event_fields));

	for (int i = 0; i < 14; i++) {
		table_add(t);
		table_id(t, arena_printf(r->arena, "event-%d", 55310 + i * 3));
		table_int(t, "time", SAMPLE_AT + (372 + i * 13) * WHEN_MINUTE + 7 * WHEN_SECOND);
		table_int(t, "id", 2020);
		table_int(t, "record_id", 55310 + i * 3);
		table_text(t, "source", "FS01/system.xml");
		table_text(t, "decoded.final_status_name", "STATUS_INSUFFICIENT_RESOURCES");
		table_int(t, "snapshot.minutes_before", 12 + i % 9);
		table_int(t, "snapshot.mmst_bytes", (int64_t)((150 + i * 5.5) * MIB));
		table_real(t, "snapshot.mmst_share", 61 + i);
		for (size_t w = 0; w < LEN(words); w++)
			table_item(t, "words", words[w]);
	}
	t->people_rows = 10;
	return t;
}

static struct table *sample_inputs(struct report *r)
{
	struct table *t = table_new(r, "inputs", "Inputs", TABLE_ROWS, input_fields, LEN(input_fields));

	for (int i = 0; i < 21; i++) {
		table_add(t);
		table_text(t, "source",
			i ? arena_printf(r->arena, "FS01/snaps/snap_%02d%02d.txt", 7 + (i - 1) / 2,
				    (i - 1) % 2 * 30)
			  : "FS01/system.xml");
		table_text(t, "parser", i ? "poolmon" : "eventxml");
		table_int(t, "bytes", i ? 11873 + i * 17 : 1893341);
		table_int(t, "records", i ? 148 + i % 3 : 1204);
		table_text(t, "status", "read");
		table_text(t, "digest",
			arena_printf(r->arena, "xxh3-128:%08x5a0c9f3377e1d2b4%08x",
				0x9E3779B9u * (unsigned)(i + 1), 0x85EBCA6Bu * (unsigned)(i + 3)));
	}
	return t;
}

static struct table *sample_host(struct report *r)
{
	struct table *t = table_new(
		r, "host", "The server, as far as it is known", TABLE_SINGLE, host_fields, LEN(host_fields));

	table_add(t);
	table_text(t, "os", "Windows Server 2003 Service Pack 2 (5.2.3790)");
	table_int(t, "utc_offset_minutes", -300);
	table_item(t, "switches", "/PAE");
	table_item(t, "switches", "/NOEXECUTE=OPTOUT");
	table_word(t, "registry.PoolUsageMaximum", "absent");
	return t;
}

static struct table *sample_brief(struct report *r)
{
	struct table *t = table_new(r, "brief", "In brief", TABLE_SINGLE, brief_fields, LEN(brief_fields));

	table_add(t);
	table_item(t, "do",
		"Set PoolUsageMaximum to 60 decimal (0x3C). Now: absent. Restart the server afterwards.");
	table_text(t, "events_2020", "14 times, 2008-10-14 13:12:00 to 2008-10-14 16:11:00 UTC");
	table_text(t, "mmst", "231.6 MiB at its peak, 76 % of the paged pool then");
	return t;
}

static void sample_code(struct server_report *s, const char *name, const char *title, const char *text)
{
	struct block *b = block_add(s, PART_ACTION, BLOCK_CODE, title);

	b->name = name;
	b->text = text;
}

#define SAMPLE_KEY \
	"HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management"
#define SAMPLE_REG \
	"Windows Registry Editor Version 5.00\n\n; FS01: KB 312362, verdict PT-V12 mmst-tune\n; PoolUsageMaximum is 60 decimal\n" \
	"[" SAMPLE_KEY "]\n\"PoolUsageMaximum\"=dword:0000003c\n\"PagedPoolSize\"=dword:ffffffff\n"

static void sample_actions(struct server_report *s)
{
	struct block *b = block_add(s, PART_ACTION, BLOCK_STEPS, NULL);

	block_item(s, b,
		"Back up the key: reg export \"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management\" mm.reg");
	block_item(s, b,
		"Set PoolUsageMaximum (REG_DWORD) to 60 decimal, which is 0x3C. It is absent now, so Windows trims at 80 %%.");
	block_item(s, b,
		"Set PagedPoolSize (REG_DWORD) to 0xFFFFFFFF, only if Free System PTEs is above 40,000 before the change. "
		"Not on a server with 64 GB of memory.");
	block_item(s, b, "Restart the server: both values are read at start only.");
	block_item(s, b,
		"Watch one heaviest backup. No event 2020 in that time means that it worked; otherwise 50 is the next step.");
	sample_code(s, "reg", "Registry file", SAMPLE_REG);
	sample_code(s, "commands", "The same as commands",
		"reg add \"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management\" /v PoolUsageMaximum /t REG_DWORD /d 60 /f\n"
		"reg add \"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management\" /v PagedPoolSize /t REG_DWORD /d 0xffffffff /f\n");
	sample_code(s, "undo", "Undo: both values were absent",
		"reg delete \"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management\" /v PoolUsageMaximum /f\n"
		"reg delete \"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management\" /v PagedPoolSize /f\n");
	b = block_add(s, PART_ACTION, BLOCK_LIST, "Do not change this if");
	block_item(s, b,
		"another tag than MmSt leads when you look again: then the owner of that tag is the fault;");
	block_item(s, b,
		"the server starts with /3GB: 40 is the value to begin with, and PagedPoolSize stays as it is.");
	block_text(s, PART_ACTION,
		"Source: KB 312362 (unable to allocate memory from the system paged pool), rewritten 2021; KB 304101 for the order 60, 50, 40.");
}

static void sample_verdict(struct server_report *s)
{
	struct block *b = block_add(s, PART_VERDICT, BLOCK_VERDICT, NULL);

	s->severity = b->severity = SEVERITY_ERROR;
	s->confidence = b->confidence = CONFIDENCE_HIGH;
	b->text =
		"MmSt filled the paged pool: 41 \xE2\x86\x92 232 MiB in 9 h 30 min. Let Windows trim earlier: set PoolUsageMaximum to 60 and restart.";
	block_item(s, b,
		"14 events 2020 between 13:12 and 16:11 UTC, each with a snapshot of the same boot at most 20 min before it");
	block_item(s, b,
		"MmSt is the largest paged tag (75.6 %%) and rises in every hour (p < 0.001, 20.0 MiB/h)");
	block_item(s, b, "no other tag grows by more than 5.1 MiB: a leak elsewhere would show");
	block_item(s, b, "paged pool reached 89 %% of its maximum of 343 MiB");
	b = block_add(s, PART_VERDICT, BLOCK_LIST, "What would raise the confidence");
	block_item(s, b, "a snapshot two hours after the peak, to see MmSt fall again");
	block_item(s, b, "the output of !vm 1, for the true maximum of the pool");
}

static void sample_evidence(struct report *r, struct server_report *s)
{
	struct block *b;
	struct table *t;

	block_table(s, PART_FINDINGS, sample_findings(r));
	b = block_add(s, PART_FINDINGS, BLOCK_RULE, "MmSt is the largest paged tag and the pool ran out");
	b->id = "PT-V12";
	b->text =
		"Applies when Srv logged 2020, MmSt leads in the snapshot before it, the system is 32-bit Windows 2000 SP2 or later or Server 2003, and PoolUsageMaximum is absent or above 60.";
	block_item(s, b,
		"Threshold: MmSt at 40 %% of paged pool gives two points of confidence (ours; the article names none).");
	block_item(s, b, "Source: KB 312362, KB 304101.");
	b = block_add(s, PART_FINDINGS, BLOCK_RULE, "Free System PTEs unknown");
	b->id = "PT-F06";
	b->text = "PagedPoolSize = 0xFFFFFFFF takes address space from page table entries.";
	block_table(s, PART_EVIDENCE, sample_tag_table(r));
	block_table(s, PART_EVIDENCE, sample_events(r));
	block_table(s, PART_EVIDENCE, sample_host(r));
	t = table_new(r, "not_checked", "Not checked", TABLE_LIST, note_fields, LEN(note_fields));
	table_add(t);
	table_text(t, "text", "Free System PTEs: no counter log in the bundle.");
	table_add(t);
	table_text(t, "text", "Handles per process: no such capture in the bundle.");
	block_table(s, PART_UNCHECKED, t);
	report_data(s, t);
	t = table_new(r, "notes", "Notes from reading", TABLE_LIST, note_fields, LEN(note_fields));
	block_table(s, PART_UNCHECKED, t);
	report_data(s, t);
	t = sample_inputs(r);
	block_table(s, PART_PROVENANCE, t);
	report_data(s, t);
}

static void sample_glossary(struct report *r, struct server_report *s)
{
	static const char *const words[][2] = {
		{ "Paged pool",
			"Kernel memory that may be written to the page file; on 32-bit systems its size is fixed at start." },
		{ "Pool tag", "Four characters that say which component asked for a piece of pool." },
		{ "MmSt",
			"Prototype page table entries of mapped files; grows with the files a server has open or cached." },
		{ "Trim threshold",
			"The share of paged pool at which Windows begins to drop unused file mappings: 80 % unless PoolUsageMaximum says less." },
		{ "Event 2020",
			"Source Srv: the server was unable to allocate from the system paged pool because the pool was empty." }
	};
	struct table *t = table_new(r, "glossary", "Words", TABLE_ROWS, word_fields, LEN(word_fields));

	for (size_t i = 0; i < LEN(words); i++) {
		table_add(t);
		table_text(t, "word", words[i][0]);
		table_text(t, "meaning", words[i][1]);
	}
	block_table(s, PART_GLOSSARY, t);
}

/* Adds the whole story of one server. */
static inline void sample_server(struct report *r, const char *name, int points, bool restart)
{
	struct server_report *s = report_server(r, name);
	struct table *t =
		table_new(r, "window", "Data window", TABLE_SINGLE, window_fields, LEN(window_fields));
	struct block *b;

	table_add(t);
	table_int(t, "first", SAMPLE_AT - 26 * WHEN_HOUR);
	table_int(t, "last", SAMPLE_AT + 570 * WHEN_MINUTE);
	table_text(t, "local", "2008-10-13 00:00:00 to 2008-10-14 11:30:00 (UTC\u221205:00, told)");
	table_text(t, "os", "Windows Server 2003 SP2, x86");
	block_table(s, PART_TITLE, t);
	report_data(s, t);
	report_data(s, sample_host(r));
	report_data(s, sample_findings(r));
	report_data(s, sample_tag_table(r));
	report_data(s, sample_events(r));
	report_data(s, sample_brief(r));
	sample_verdict(s);
	sample_actions(s);
	b = block_add(s, PART_CHART, BLOCK_CHART, NULL);
	b->chart = sample_chart(r, points, restart);
	b = block_add(s, PART_CHART, BLOCK_CHART, "The paged pool by tag at 2008-10-14 16:30 UTC");
	b->chart = sample_bars(r);
	b = block_add(s, PART_CHART, BLOCK_CHART, "Burst 1 of 1, 2008-10-14 13:12 to 16:11 UTC: 14 events");
	b->chart = sample_burst(r);
	sample_evidence(r, s);
	sample_glossary(r, s);
}

static inline struct report *sample_report(void)
{
	struct report *r = report_open();

	r->version = "0.1.0";
	r->rules = "1";
	r->generated = when_civil(2008, 10, 15, 9, 30, 0, 0);
	return r;
}

#endif
