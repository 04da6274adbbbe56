/* SPDX-License-Identifier: MIT
 * The verdict and what else is worth saying (F1 to F9), each with its evidence and what to do. */
#include "analysis/analysis.h"

#include "analysis/values.h"
#include "core/text.h"

#include <inttypes.h>
#include <string.h>

static const struct field fields[] = {
	{ "severity", "Severity", T_TEXT, FOR_ALL },
	{ "confidence", "Confidence", T_TEXT, FOR_ALL },
	{ "title", "Finding", T_TEXT, FOR_ALL },
	{ "text", "What was seen", T_TEXT, FOR_ALL },
	{ "recommendation", "Recommendation", T_TEXT, FOR_ALL },
	{ "evidence", "Evidence", T_TABLE, FOR_ALL },
	{ "rule", "Rule", T_TEXT, FOR_ALL },
};

struct findings {
	struct report *r;
	struct table *t;
	const struct evidence *e;
	bool used[RULE_COUNT];
};

static struct table *finding(struct findings *f, enum rule_id rule, enum severity severity,
	enum confidence confidence, const char *text)
{
	struct table *evidence = evidence_table(f->r);

	f->used[rule] = true;
	table_add(f->t);
	table_text(f->t, "rule", rules[rule].id);
	table_link(f->t, "rule", rules[rule].id);
	table_text(f->t, "severity", severity_name(severity));
	table_text(f->t, "confidence", confidence_name(confidence));
	table_text(f->t, "title", rules[rule].title);
	table_text(f->t, "text", text);
	table_text(f->t, "recommendation", threshold_fill(f->e->thresholds, rules[rule].advice, f->r->arena));
	table_rows(f->t, "evidence", evidence);
	return evidence;
}

static void verdict(struct findings *f, const struct judgement *j)
{
	struct table *evidence = finding(f, j->rule, j->severity, j->confidence, j->headline);
	const struct evidence *e = f->e;

	if (e->peak)
		evidence_row(evidence, &e->peak->place);
	/* The first event of each burst stands for it. */
	for (size_t i = 0; i < e->exhaustion_count && evidence->row_count < 12; i++)
		if (i == 0 || e->exhaustions[i].burst != e->exhaustions[i - 1].burst)
			evidence_row(evidence, &e->exhaustions[i].place);
}

static void percent_value(struct findings *f)
{
	const struct setting *s = &f->e->pool_usage_maximum;
	const char *fault = percent_fault(s, f->r->arena);
	bool hexadecimal = s->state == SETTING_NUMBER && s->number == PERCENT_HEX_60;
	enum severity severity = SEVERITY_WARNING;

	/* A default is not wrong, but worth knowing where the value is the remedy. */
	if (f->e->machine.family == OS_NT4)
		return;
	if (s->state == SETTING_ABSENT || (s->state == SETTING_NUMBER && s->number == 0)) {
		fault = s->state == SETTING_ABSENT ? "PoolUsageMaximum is absent: the default 80 % holds."
						   : "PoolUsageMaximum is 0: taken as the default 80 %.";
		severity = SEVERITY_INFO;
	}
	if (fault)
		evidence_row(finding(f, hexadecimal ? RULE_F01 : RULE_F02, severity, CONFIDENCE_HIGH, fault),
			&s->place);
}

static void size_value(struct findings *f)
{
	const struct setting *s = &f->e->paged_pool_size;
	const char *fault = size_fault(s, f->e->machine.switch_3gb, f->r->arena);

	if (fault)
		evidence_row(finding(f, RULE_F03, SEVERITY_WARNING, CONFIDENCE_HIGH, fault), &s->place);
}

static void own_limits(struct findings *f)
{
	const struct evidence *e = f->e;

	for (size_t i = 0; i < e->own_limit_count; i++)
		evidence_row(finding(f, RULE_F04, SEVERITY_WARNING, CONFIDENCE_HIGH,
				     arena_printf(f->r->arena, "%s is %" PRId64 ".", e->own_limits[i].name,
					     e->own_limits[i].number)),
			&e->own_limits[i].place);
	if (e->own_limits_met)
		finding(f, RULE_F04, SEVERITY_WARNING, CONFIDENCE_HIGH,
			arena_printf(f->r->arena,
				"Event 2017 or 2018 was logged (%zu): the Server service met its own limit, MaxNonpagedMemoryUsage (2017) or"
				" MaxPagedMemoryUsage (2018).",
				e->own_limits_met));
}

static void both_pools(struct findings *f)
{
	const struct evidence *e = f->e;
	struct table *evidence;

	if (!e->count_2019 || !e->count_2020)
		return;
	evidence = finding(f, RULE_F05, SEVERITY_WARNING, CONFIDENCE_HIGH,
		arena_printf(f->r->arena,
			"Event 2020 (paged pool) was logged %zu times and Event 2019 (nonpaged pool) %zu times.",
			e->count_2020, e->count_2019));
	for (size_t i = 0; i < e->exhaustion_count; i++)
		if (e->exhaustions[i].id == 2019 && evidence->row_count < 5)
			evidence_row(evidence, &e->exhaustions[i].place);
}

static void unknown_system(struct findings *f)
{
	const struct machine *m = &f->e->machine;

	if (m->family != OS_UNKNOWN && m->arch != ARCH_UNKNOWN)
		return;
	finding(f, RULE_F06, SEVERITY_INFO, CONFIDENCE_HIGH,
		m->family != OS_UNKNOWN
			? arena_printf(f->r->arena, "%s, but not known whether 32-bit or 64-bit.",
				  os_family_name(m->family))
		: m->arch != ARCH_UNKNOWN ? "The Windows version is not known."
					  : "Neither the Windows version nor the architecture is known.");
}

static void uncertain_clock(struct findings *f)
{
	const struct evidence *e = f->e;
	size_t counts[5] = { 0 };
	bool against = false;
	const struct place *first = NULL;
	const char *text;

	for (size_t i = 0; i < e->snapshot_count; i++) {
		int quality = e->snapshots[i].quality;

		counts[quality >= 0 && quality < 5 ? quality : 4]++;
		if (quality > 0 && !first)
			first = &e->snapshots[i].place;
		against |= strcmp(e->snapshots[i].clock_source, CLOCK_TOLD_AGAINST) == 0;
	}
	if (!first)
		return;
	text = arena_printf(f->r->arena,
		"Of %zu poolsnaps, %zu have no usable time, %zu only their file's own time, which copying changes, %zu have"
		" local times taken as UTC, %zu have the zone's standard offset and may be an hour off.%s",
		e->snapshot_count, counts[4], counts[3], counts[2], counts[1],
		against ? " The offset that was told is not the one that the event log shows for those days."
			: "");
	evidence_row(
		finding(f, RULE_F07,
			against || counts[2] || counts[3] || counts[4] ? SEVERITY_WARNING : SEVERITY_INFO,
			CONFIDENCE_HIGH, text),
		first);
}

/* Where Event 2020 was logged, what is missing could only add to it. */
static enum severity absence_severity(const struct evidence *e)
{
	return e->count_2020 ? SEVERITY_INFO : SEVERITY_WARNING;
}

static void log_covers(struct findings *f)
{
	const struct evidence *e = f->e;
	const char *fault = evidence_log_fault(e), *older = "";
	struct table *evidence;

	if (!fault || !e->log.read || e->log.first == WHEN_NONE || !e->dated_count)
		return;
	if (e->log.first_id > 1)
		older = arena_printf(f->r->arena,
			" Its first record has the id %" PRId64
			": older ones were overwritten, cleared or not exported.",
			e->log.first_id);
	/* The captures' own times may be off. */
	evidence = finding(f, RULE_F08, absence_severity(e),
		e->snapshots[0].quality > 1 || e->snapshots[e->dated_count - 1].quality > 1 ? CONFIDENCE_LOW
											    : CONFIDENCE_HIGH,
		arena_printf(f->r->arena, "It was read from %s to %s, the poolsnaps are of %s to %s: %s.%s",
			time_words(f->r->arena, e->log.first), time_words(f->r->arena, e->log.last),
			time_words(f->r->arena, e->snapshots[0].at),
			time_words(f->r->arena, e->snapshots[e->dated_count - 1].at), fault, older));
	evidence_row(evidence, &e->snapshots[0].place);
	if (e->log.cleared)
		evidence_row(evidence, &e->log.cleared_place);
}

static void log_whole(struct findings *f)
{
	const struct system_log *log = &f->e->log;
	const char *text = "";
	struct table *evidence;

	if (!log->missing && !log->cleared)
		return;
	if (log->missing)
		text = arena_printf(f->r->arena,
			"Of the record ids %" PRId64 " to %" PRId64 " %s%" PRId64
			" are in no input, in %s%" PRId64 " place%s; the largest gap follows record %" PRId64
			".",
			log->first_id, log->last_id, log->scattered ? "at least " : "", log->missing,
			log->scattered ? "at least " : "", log->gaps, log->gaps == 1 ? "" : "s",
			log->gap_after);
	if (log->cleared)
		text = arena_printf(f->r->arena, "%s%sThe log was cleared %s.", text, *text ? " " : "",
			log->cleared == 1 ? time_words(f->r->arena, log->cleared_at)
					  : arena_printf(f->r->arena, "%zu times, last %s", log->cleared,
						    time_words(f->r->arena, log->cleared_at)));
	evidence = finding(f, RULE_F09, absence_severity(f->e), CONFIDENCE_HIGH, text);
	if (log->cleared)
		evidence_row(evidence, &log->cleared_place);
}

static int severity_of(const struct row *row)
{
	int s = SEVERITIES;

	while (s-- > 0 && strcmp(row->cells[0].text, severity_name((enum severity)s)) != 0)
		;
	return s;
}

/* The verdict stays first; what follows it keeps its order within a severity. */
static void worst_first(struct table *t)
{
	for (size_t i = 2; i < t->row_count; i++) {
		struct row row = t->rows[i];
		size_t k = i;

		for (; k > 1 && severity_of(&t->rows[k - 1]) < severity_of(&row); k--)
			t->rows[k] = t->rows[k - 1];
		t->rows[k] = row;
	}
}

static const char *filled(const struct findings *f, const char *text)
{
	return threshold_fill(f->e->thresholds, text, f->r->arena);
}

static void rule_block(struct findings *f, struct server_report *s, const struct rule *rule)
{
	struct block *b = block_add(s, PART_FINDINGS, BLOCK_RULE,
		arena_printf(f->r->arena, "%s %s%s%s%s", rule->id, rule->title, rule->code ? " (" : "",
			rule->code ? rule->code : "", rule->code ? ")" : ""));

	b->id = rule->id;
	block_item(s, b, "When: %s", filled(f, rule->when));
	block_item(s, b, "Means: %s", filled(f, rule->meaning));
	block_item(s, b, "Do: %s", filled(f, rule->advice));
	block_item(s, b, "Source: %s", rule->source);
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	struct findings f = { .r = r, .e = j->e };

	f.t = table_new(r, "findings", "Findings", TABLE_ROWS, fields, LEN(fields));
	verdict(&f, j);
	percent_value(&f);
	size_value(&f);
	own_limits(&f);
	both_pools(&f);
	unknown_system(&f);
	uncertain_clock(&f);
	log_covers(&f);
	log_whole(&f);
	worst_first(f.t);
	report_data(s, f.t);
	block_table(s, PART_FINDINGS, f.t);
	for (int i = 0; i < RULE_COUNT; i++)
		if (f.used[i])
			rule_block(&f, s, &rules[i]);
}

const struct analysis analysis_findings = { "findings",
	"the verdict, unusual settings, unknowns, each with its evidence", 0, run, NULL };
