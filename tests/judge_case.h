/* SPDX-License-Identifier: MIT
 * One made-up server for the judge: facts, registry, events and poolsnaps in a few words each, on a clock
 * that is UTC. */
#ifndef TESTS_JUDGE_CASE_H
#define TESTS_JUDGE_CASE_H

#include "analysis/judge.h"
#include "core/text.h"
#include "tests/check.h"
#include "tests/store_case.h"

#define CASE_SERVER "FS01"
#define CASE_START  "2009-10-14T08:00:00Z" /* a Wednesday morning; hours below count from here */

struct judge_case {
	struct store *store;
	struct arena *arena;
	int sources;
	int64_t record;
	bool key_read;
	const struct thresholds *thresholds;
};

static inline when_us case_hours(double hours)
{
	return case_time(CASE_START) + (when_us)(hours * (double)WHEN_HOUR);
}

static inline int64_t case_mib(double mib)
{
	return (int64_t)(mib * (double)MIB);
}

/* Each call is a source of its own, with bytes of its own. */
static inline void judge_case_begin(struct judge_case *c, const char *parser)
{
	const char *name = arena_printf(c->arena, "source-%d", ++c->sources);

	case_begin(c->store, name, parser, CASE_SERVER, name);
}

/* ---- the machine ---- */

static inline void case_machine(struct judge_case *c, const char *os, const char *arch, double ram_gib)
{
	if (os)
		case_tell(c->store, CASE_SERVER, FACT_OS, os, 0);
	if (arch)
		case_tell(c->store, CASE_SERVER, FACT_ARCH, arch, 0);
	if (ram_gib > 0)
		case_tell(c->store, CASE_SERVER, FACT_RAM, "told", (int64_t)(ram_gib * (double)GIB));
}

static inline void case_maximum(struct judge_case *c, double mib)
{
	case_tell(c->store, CASE_SERVER, FACT_PAGED_MAX, "told", case_mib(mib));
}

/* What a debugger's !vm measured; a log of its own each time. */
static inline void case_vm(struct judge_case *c, const char *fact, int64_t number)
{
	judge_case_begin(c, "windbg");
	case_host(c->store, fact, "!vm", number);
	case_end(c->store);
}

static inline void case_switch(struct judge_case *c, const char *text)
{
	case_tell(c->store, CASE_SERVER, FACT_SWITCH, text, 0);
}

/* One export however many values are set: two that differ are a case of their own. */
static inline void case_key_read(struct judge_case *c)
{
	if (!c->key_read)
		case_host(c->store, FACT_KEY_READ, KEY_MEMORY_MANAGEMENT, 0);
	c->key_read = true;
}

/* An export of the key, with what follows in it; without values it shows that none is set. */
static inline void case_key(struct judge_case *c)
{
	judge_case_begin(c, "regfile");
	case_key_read(c);
	case_end(c->store);
}

static inline void case_set(struct judge_case *c, const char *name, int64_t number)
{
	judge_case_begin(c, "regfile");
	case_key_read(c);
	case_value(c->store, KEY_MEMORY_MANAGEMENT, name, "REG_DWORD", number, "");
	case_end(c->store);
}

/* One export with both values; -1: absent. */
static inline void case_export(struct judge_case *c, int64_t percent, int64_t size)
{
	judge_case_begin(c, "regfile");
	case_key_read(c);
	if (percent >= 0)
		case_value(c->store, KEY_MEMORY_MANAGEMENT, "PoolUsageMaximum", "REG_DWORD", percent, "");
	if (size >= 0)
		case_value(c->store, KEY_MEMORY_MANAGEMENT, "PagedPoolSize", "REG_DWORD", size, "");
	case_end(c->store);
}

/* regedit's text export: one source with the value and the time when the key was last written. */
static inline void case_set_written(struct judge_case *c, const char *name, int64_t number, double hours)
{
	judge_case_begin(c, "regtext");
	case_key_read(c);
	case_host(c->store, FACT_KEY_WRITTEN, "that day", case_hours(hours));
	case_value(c->store, KEY_MEMORY_MANAGEMENT, name, "REG_DWORD", number, "");
	case_end(c->store);
}

/* ---- the log ---- */

/* Windows' own sources log into System, programs into Application. */
static inline const char *case_channel(const char *provider)
{
	static const char *const own[] = { "Srv", "EventLog", "BugCheck", "Save Dump", "USER32", "disk",
		"Tcpip" };
	struct span name = span_of(provider);

	for (size_t i = 0; i < LEN(own); i++)
		if (span_equal_nocase(name, span_of(own[i])))
			return "System";
	return text_starts_nocase(name, "Microsoft-Windows-") ? "System" : "Application";
}

static inline void case_logged(
	struct judge_case *c, double hours, const char *provider, int id, const char *strings)
{
	judge_case_begin(c, "events");
	EVENT(c->store, .at = case_hours(hours), .computer = CASE_SERVER, .channel = case_channel(provider),
		.record = ++c->record, .provider = provider, .id = id, .strings = strings);
	case_end(c->store);
}

/* A log that is whole: a start, and something every half hour of a day. */
static inline void case_quiet_log(struct judge_case *c, double from)
{
	case_logged(c, from, "EventLog", 6005, NULL);
	for (int i = 1; i <= 48; i++)
		case_logged(c, from + 0.5 * i, "Tcpip", 4201, NULL);
}

static inline void case_2020(struct judge_case *c, double hours)
{
	case_logged(c, hours, "Srv", 2020, "\\Device\\LanmanServer");
}

static inline void case_2019(struct judge_case *c, double hours)
{
	case_logged(c, hours, "Srv", 2019, "\\Device\\LanmanServer");
}

/* ---- poolsnaps ---- */

/* MiB. `rest` is spread over eight tags, so that none of them leads. */
struct case_snap {
	double hours, mmst, rest;
	const char *tag; /* one more paged tag */
	double tag_mib;
	const char *nonpaged_tag;
	double nonpaged_mib, nonpaged_rest;
	double printed; /* "Pool P:"; 0: the sum of the rows; -1: not printed */
	double commit_limit, physical;
	bool live, undated;
	const char *scope;
	int64_t allocs; /* of each row; 0: rises by 1,000 in an hour */
};

static inline void case_snap(struct judge_case *c, struct case_snap p)
{
	int64_t allocs = p.allocs ? p.allocs : 1000000 + (int64_t)(p.hours * 1000);
	double sum = p.mmst + p.rest + (p.tag ? p.tag_mib : 0);
	const char *filler[] = { "Fil0", "Fil1", "Fil2", "Fil3", "Fil4", "Fil5", "Fil6", "Fil7" };
	const char *nonpaged[] = { "Non0", "Non1", "Non2", "Non3" };

	judge_case_begin(c, "poolmon");
	SNAPSHOT(c->store, .local_at = p.undated ? 0 : case_hours(p.hours),
		.time_source = p.undated ? "none" : "marker", .scope = p.scope,
		.view = p.live ? "live" : "snapshot",
		.paged = p.printed < 0 ? 0 : case_mib(p.printed > 0 ? p.printed : sum),
		.commit_limit = case_mib(p.commit_limit), .physical = case_mib(p.physical));
	if (p.mmst > 0)
		case_row(c->store, "MmSt", "paged", allocs, case_mib(p.mmst));
	if (p.tag)
		case_row(c->store, p.tag, "paged", allocs, case_mib(p.tag_mib));
	for (size_t i = 0; i < LEN(filler) && p.rest > 0; i++)
		case_row(c->store, filler[i], "paged", allocs + (int64_t)i, case_mib(p.rest / LEN(filler)));
	if (p.nonpaged_tag)
		case_row(c->store, p.nonpaged_tag, "nonpaged", allocs, case_mib(p.nonpaged_mib));
	for (size_t i = 0; i < LEN(nonpaged); i++)
		case_row(c->store, nonpaged[i], "nonpaged", allocs + (int64_t)i,
			case_mib((p.nonpaged_rest > 0 ? p.nonpaged_rest : 20) / LEN(nonpaged)));
	case_end(c->store);
}
#define SNAP(c, ...) case_snap(c, (struct case_snap){ __VA_ARGS__ })

/* ---- the verdict ---- */

/* Without an offset that is told, local times are taken as UTC and known to be so. */
static inline struct judge_case *judge_case_open_untold(void)
{
	struct arena *a = arena_open();
	struct judge_case *c = arena_alloc(a, sizeof *c);

	c->arena = a;
	c->store = case_open(NULL);
	c->thresholds = &thresholds_default;
	return c;
}

static inline struct judge_case *judge_case_open(void)
{
	struct judge_case *c = judge_case_open_untold();

	case_tell(c->store, CASE_SERVER, FACT_UTC_OFFSET, "+00:00", 0);
	return c;
}

/* A 32-bit Server 2003 with 2 GB, so that the maximum is 352 to 354 MB; an export shows that no value is
 * set. */
static inline struct judge_case *judge_case_2003(void)
{
	struct judge_case *c = judge_case_open();

	case_machine(c, "5.2.3790 Service Pack 2", "x86", 2);
	case_key(c);
	return c;
}

/* Within an hour MmSt takes 80 MiB more: 290 MiB in use in the end, 82 % of the maximum. */
static inline void case_full(struct judge_case *c)
{
	SNAP(c, .hours = 0, .mmst = 120, .rest = 90);
	SNAP(c, .hours = 0.5, .mmst = 150, .rest = 90);
	SNAP(c, .hours = 1, .mmst = 200, .rest = 90);
}

static inline void judge_case_close(struct judge_case *c)
{
	store_close(c->store);
	arena_close(c->arena);
}

static inline struct evidence *case_evidence(struct judge_case *c)
{
	case_settle(c->store);
	return evidence_load(c->store,
		query_one(c->store, "SELECT coalesce(same_as, id) FROM server WHERE name = '" CASE_SERVER "'",
			-1),
		CASE_SERVER, c->thresholds, c->arena);
}

/* Every reason ends in the id of a rule, every value and every refusal has one: nothing is said that cannot
 * be looked up. */
static inline void check_traced(const struct judgement *j)
{
	for (size_t i = 0; i < j->reasons.count; i++) {
		const char *text = j->reasons.items[i], *id = strrchr(text, '(');
		bool named = id && strlen(id) > 2 && rule_find((struct span){ id + 1, strlen(id) - 2 });

		if (!check_count(named, __FILE__, __LINE__))
			printf("no rule behind \"%s\"\n", text);
	}
	CHECK(j->reasons.count > 0);
	for (size_t i = 0; i < j->prescription_count; i++) {
		const struct prescription *p = &j->prescriptions[i];

		CHECK(p->rule < RULE_COUNT && p->reason && *p->reason);
		/* A value comes from its own rules; a refusal from a guard or the verdict. */
		CHECK(p->recommended == (p->rule >= RULE_P01 && p->rule < RULE_G01));
		CHECK(p->rule < RULE_T01);
	}
}

static inline struct judgement *case_judge(struct judge_case *c)
{
	struct judgement *j = judge(case_evidence(c), c->arena);

	check_traced(j);
	return j;
}

static inline bool list_has(const struct list *l, const char *words)
{
	for (size_t i = 0; i < l->count; i++)
		if (strstr(l->items[i], words))
			return true;
	return false;
}

/* What is said of a value: its number when it is to be set, -1 when it is withheld, -2 when nothing is
 * said. */
static inline const struct prescription *prescription_of(const struct judgement *j, const char *value)
{
	for (size_t i = 0; i < j->prescription_count; i++)
		if (strcmp(j->prescriptions[i].value, value) == 0)
			return &j->prescriptions[i];
	return NULL;
}

static inline int64_t prescribed(const struct judgement *j, const char *value)
{
	const struct prescription *p = prescription_of(j, value);

	return !p ? -2 : p->recommended ? (int64_t)p->data : -1;
}

/* The same as something that may be set in a .reg file. */
static inline int64_t prescribed_first(const struct judgement *j, const char *value)
{
	const struct prescription *p = prescription_of(j, value);

	return p && p->recommended && !p->primary ? -1 : prescribed(j, value);
}

static inline void check_rule(
	const char *file, int line, const char *what, const struct judgement *j, const char *rule)
{
	if (!check_count(strcmp(rules[j->rule].id, rule) == 0, file, line))
		printf("%s: %s (%s), not %s\n", what, rules[j->rule].id, j->headline, rule);
}
#define CHECK_RULE(what, j, rule) check_rule(__FILE__, __LINE__, what, j, rule)

#endif
