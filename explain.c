/* SPDX-License-Identifier: MIT
 * What a rule means, when it holds, which thresholds it uses and who says so: for people, and as
 * docs/rules.md. */
#include "commands.h"

#include "analysis/rules.h"
#include "analysis/sources.h"
#include "analysis/tag_owner.h"
#include "analysis/tag_search.h"
#include "core/text.h"

#include <stdio.h>
#include <string.h>

/* ---- one rule ---- */

static void print_wrapped(const char *head, const char *text)
{
	struct span rest = span_of(text), word;
	size_t column = (size_t)printf("%-12s", head);

	while (text_cut(&rest, ' ', &word)) {
		if (column + 1 + word.n > 96 && column > 12)
			column = (size_t)printf("\n%-12s", "") - 1;
		column += (size_t)printf(" %.*s", (int)word.n, word.p);
	}
	putchar('\n');
}

struct about { /* a rule's texts with the thresholds in force, and what each is called */
	const char *head, *text;
};
#define ABOUT 6
static void about_rule(
	const struct rule *rule, const struct thresholds *t, struct about out[ABOUT], struct arena *a)
{
	const struct about texts[ABOUT] = { { "When", rule->when }, { "Confidence", rule->sure },
		{ "Means", rule->meaning }, { "Do", rule->advice }, { "Collect", rule->collect },
		{ "Source", rule->source } };

	for (size_t i = 0; i < ABOUT; i++)
		out[i] = (struct about){ texts[i].head,
			texts[i].text ? threshold_fill(t, texts[i].text, a) : NULL };
}

static const char *title_of(const struct rule *rule, struct arena *a)
{
	return arena_printf(a, "%s %s%s%s%s", rule->id, rule->code ? rule->code : "", rule->code ? ": " : "",
		rule->title, rule->points ? arena_printf(a, " (%+d)", rule->points) : "");
}

/* "near: 2 h, within this ... [ours]" */
static const char *threshold_line(const struct thresholds *t, enum threshold_id id, struct arena *a)
{
	const struct threshold *row = &threshold_table[id];
	const char *source = t->origin[id] ? t->origin[id] : row->source;

	return arena_printf(a, "%s: %s (%s) [%s]", row->name, threshold_words(t, id, a), row->about, source);
}

static bool is_settable(enum threshold_id id)
{
	return threshold_table[id].least < threshold_table[id].most;
}

static void explain_rule(const struct rule *rule, const struct thresholds *t, struct arena *a)
{
	struct about texts[ABOUT];
	struct span rest = span_of(rule->source), part;
	const struct source *source;
	bool any = false;

	about_rule(rule, t, texts, a);
	print_line("%s", title_of(rule, a));
	putchar('\n');
	for (size_t i = 0; i < ABOUT; i++)
		if (texts[i].text)
			print_wrapped(texts[i].head, texts[i].text);
	for (int id = 0; id < THRESHOLD_COUNT; id++)
		if (rule_uses(rule, (enum threshold_id)id)) {
			if (!any)
				puts("\nThresholds");
			any = true;
			print_line("  %s", threshold_line(t, (enum threshold_id)id, a));
		}
	puts("\nSources");
	while (sources_next(&rest, &part, &source)) {
		if (source)
			print_line("  %s: %s. %s", source->name, source->title, source->where);
		else
			print_line("  %.*s", (int)part.n, part.p);
	}
}

/* ---- a tag ---- */

/* A word of one to four characters that is not meant as a rule's id. */
static bool is_tag_like(const char *word)
{
	struct span rest = span_of(word);

	if (!rest.n || rest.n > 4)
		return false;
	if (!strchr("VvFfCcPpGgTt", *word))
		return true;
	for (size_t i = 1; i < rest.n; i++)
		if (!text_is_digit(rest.p[i]))
			return true;
	return rest.n == 1;
}

static int explain_tag(const char *word, struct arena *a)
{
	const char *tag = arena_printf(a, "%-4s", word), *why_not = NULL, *searches;
	const struct tag_owner *known = tag_owner_find(tag);

	if (known) {
		print_line("%s  %s", tag, known->owner);
		if (strcmp(tag, known->tag) != 0)
			print_wrapped("Listed as", known->tag);
		print_wrapped("Is", known->what);
		print_wrapped("Pool", arena_printf(a, "%s, as a rule; what counts is the capture",
					      tag_pool_words(known->pool)));
		print_wrapped("Do", known->remedy ? known->remedy : "no remedy is published for this tag");
		print_wrapped("Source", known->remedy ? arena_printf(a, "%s; for the remedy: %s",
								known->source, known->remedy_source)
						      : known->source);
		return EXIT_FINE;
	}
	searches = tag_search_commands(a, tag, &why_not);
	print_line("%s: " TAG_UNLISTED ".", tag);
	puts(searches ? "Find it with these searches, in their order, until one names a file (KB 298102):"
		      : why_not);
	fputs(searches ? searches : "", stdout);
	print_wrapped("Or", TAG_DEBUGGER);
	return EXIT_FINE;
}

/* ---- all of them ---- */

static void explain_list(const struct thresholds *t, struct arena *a)
{
	for (size_t i = 0; i < RULE_COUNT; i++)
		print_line("%-8s %-18s %s", rules[i].id, rules[i].code ? rules[i].code : "", rules[i].title);
	puts("\nThresholds (those marked * are ours and may be set with --config)");
	for (int id = 0; id < THRESHOLD_COUNT; id++)
		print_line("%s %s", is_settable((enum threshold_id)id) ? "*" : " ",
			threshold_line(t, (enum threshold_id)id, a));
}

static void book_thresholds(const struct thresholds *t, struct arena *a)
{
	puts("\n## Thresholds\n\nThose with a range are ours and may be set in a file given with `--config`,"
	     " one `name = number` a line.\n");
	puts("| name | value | range | what it is for | source |\n|---|---|---|---|---|");
	for (int id = 0; id < THRESHOLD_COUNT; id++) {
		const struct threshold *row = &threshold_table[id];

		print_line("| `%s` | %s | %s | %s | %s |", row->name,
			threshold_words(t, (enum threshold_id)id, a),
			is_settable((enum threshold_id)id)
				? arena_printf(a, "%g to %g", row->least, row->most)
				: "",
			row->about, t->origin[id] ? t->origin[id] : row->source);
	}
}

static void book_sources(void)
{
	puts("\n## Sources\n\n| name | title | where |\n|---|---|---|");
	for (size_t i = 0; i < sources_count; i++)
		print_line("| %s | %s | %s |", sources[i].name, sources[i].title, sources[i].where);
}

/* docs/rules.md is this. */
static void explain_book(const struct thresholds *t, struct arena *a)
{
	static const struct {
		enum rule_id first;
		const char *title;
	} families[] = {
		{ RULE_V01, "Verdicts, in the order in which they are tried: the first that holds wins" },
		{ RULE_F01, "Findings, which may stand beside any verdict" },
		{ RULE_C01, "What makes a verdict more or less sure" },
		{ RULE_P01, "Values, and why this one" },
		{ RULE_G01, "Guards: why a value is withheld" },
		{ RULE_T01, "Readings: what a table may be said to mean, and no more" },
	};

	puts("# The rules of pooltriage\n");
	print_line("Rules %s. Written by `pooltriage explain all`; do not edit.", RULES_VERSION);
	for (int i = 0; i < RULE_COUNT; i++) {
		struct about texts[ABOUT];

		for (size_t k = 0; k < LEN(families); k++)
			if (families[k].first == (enum rule_id)i)
				printf("\n## %s\n", families[k].title);
		about_rule(&rules[i], t, texts, a);
		printf("\n### %s\n\n", title_of(&rules[i], a));
		for (size_t k = 0; k < ABOUT; k++)
			if (texts[k].text)
				print_line("- **%s:** %s", texts[k].head, texts[k].text);
	}
	book_thresholds(t, a);
	book_sources();
}

int run_explain(const struct options *o, struct arena *a)
{
	struct thresholds t;
	const struct rule *rule;
	int code = thresholds_told(o, &t, a);

	if (code != EXIT_FINE)
		return code;
	if (o->paths.count > 1)
		return usage_error("explain takes one rule or one tag");
	if (!o->paths.count) {
		explain_list(&t, a);
		return EXIT_FINE;
	}
	if (span_equal_nocase(span_of(o->paths.items[0]), SPAN("all"))) {
		explain_book(&t, a);
		return EXIT_FINE;
	}
	rule = rule_find(span_of(o->paths.items[0]));
	if (!rule && is_tag_like(o->paths.items[0]))
		return explain_tag(o->paths.items[0], a);
	if (!rule)
		return usage_error("no rule %s; pooltriage explain lists them", o->paths.items[0]);
	explain_rule(rule, &t, a);
	return EXIT_FINE;
}
