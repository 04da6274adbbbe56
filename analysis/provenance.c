/* SPDX-License-Identifier: MIT
 * Where everything comes from: version, rules, told facts, inputs with their digests. */
#include "analysis/analysis.h"

#include <stdio.h>
#include <string.h>

static const char *digest_words(struct arena *a, struct span digest)
{
	char *text = arena_text(a, SPAN("xxh3-128:00000000000000000000000000000000"));

	for (size_t i = 0; i < digest.n && i < 16; i++)
		snprintf(text + 9 + 2 * i, 3, "%02x", (unsigned)(unsigned char)digest.p[i]);
	return text;
}

static struct table *inputs_table(struct report *r, const struct evidence *e)
{
	static const struct field fields[] = {
		{ "source", "Source", T_TEXT, FOR_ALL },
		{ "parser", "Format", T_TEXT, FOR_ALL },
		{ "bytes", "Bytes", T_BYTES, FOR_ALL },
		{ "digest", "Digest", T_TEXT, FOR_ALL },
		{ "encoding", "Encoding", T_TEXT, FOR_ALL },
		{ "records", "Records", T_INT, FOR_ALL },
		{ "notes", "Notes", T_INT, FOR_ALL },
		{ "first", "First", T_TIME, FOR_ALL },
		{ "last", "Last", T_TIME, FOR_MACHINES },
		{ "until", "Last", T_TEXT, FOR_PEOPLE }, /* empty where that is the first again */
		{ "status", "Status", T_TEXT, FOR_ALL },
		{ "server_reason", "Why this server", T_TEXT, FOR_MACHINES },
	};
	struct table *t = table_new(r, "inputs", "Inputs", TABLE_ROWS, fields, LEN(fields));
	struct query *q = query_open(e->store,
		"SELECT c.name, p.text, c.bytes, c.digest, c.encoding, c.records, c.notes, c.first, c.last, c.status, c.server_reason"
		" FROM source c JOIN server s ON s.id = c.server LEFT JOIN name p ON p.id = c.parser"
		" WHERE c.status IS NOT 'told' AND (coalesce(s.same_as, s.id) = :server OR c.id IN (SELECT e.source FROM event e"
		" JOIN server o ON o.id = e.server WHERE coalesce(o.same_as, o.id) = :server)"
		/* a tag list that lies with no server serves all */
		" OR " OF_EVERY_SERVER("s", "c") ") ORDER BY c.name, c.bytes, c.digest");

	t->people_rows = 200;
	query_int(q, ":server", e->server);
	while (query_next(q)) {
		struct span status = query_span(q, 9);

		table_add(t);
		table_span(t, "source", query_span(q, 0));
		table_id(t, source_id(r->arena, table_cell(t, t->row_count - 1, "source")->text));
		if (query_known(q, 1))
			table_span(t, "parser", query_span(q, 1));
		/* Of what was not read, neither size nor digest is known: only the format may be. */
		if (!span_equal(status, SPAN("unrecognised")) && !span_equal(status, SPAN("unreadable"))) {
			table_int(t, "bytes", query_integer(q, 2));
			table_text(t, "digest", digest_words(r->arena, query_span(q, 3)));
			table_span(t, "encoding", query_span(q, 4));
		}
		table_int(t, "records", query_integer(q, 5));
		table_int(t, "notes", query_integer(q, 6));
		if (query_known(q, 7)) {
			table_int(t, "first", query_integer(q, 7));
			table_int(t, "last", query_integer(q, 8));
			table_text(t, "until",
				query_integer(q, 8) == query_integer(q, 7)
					? ""
					: time_words(r->arena, query_integer(q, 8)));
		}
		table_span(t, "status", query_span(q, 9));
		if (query_known(q, 10))
			table_span(t, "server_reason", query_span(q, 10));
	}
	query_close(q);
	return t;
}

static struct table *told_table(struct report *r, const struct evidence *e)
{
	static const struct field fields[] = {
		{ "fact", "Fact", T_TEXT, FOR_ALL },
		{ "value", "As told", T_TEXT, FOR_ALL },
	};
	struct table *t =
		table_new(r, "told", "Facts told on the command line", TABLE_ROWS, fields, LEN(fields));
	struct query *q = query_open(e->store,
		"SELECT n.text, h.text FROM host h JOIN source c ON c.id = h.source JOIN server s ON s.id = c.server"
		" JOIN name n ON n.id = h.name WHERE coalesce(s.same_as, s.id) = :server AND c.status IS 'told' ORDER BY n.text, h.text");

	query_int(q, ":server", e->server);
	while (query_next(q)) {
		table_add(t);
		table_span(t, "fact", query_span(q, 0));
		table_span(t, "value", query_span(q, 1));
	}
	query_close(q);
	return t;
}

/* What an input itself does not say is told once for all inputs of which the same is true. */
static struct table *reasons_table(struct report *r, const struct table *inputs)
{
	static const struct field fields[] = {
		{ "reason", "Given to this server by", T_TEXT, FOR_PEOPLE },
		{ "inputs", "Inputs", T_INT, FOR_PEOPLE },
		{ "first", "The first of them", T_TEXT, FOR_PEOPLE },
	};
	struct table *t = table_new(
		r, "input_reasons", "Inputs that do not name their server", TABLE_ROWS, fields, LEN(fields));

	for (size_t i = 0; i < inputs->row_count; i++) {
		const char *reason = table_cell(inputs, i, "server_reason")->text;
		size_t row = 0;

		if (!reason)
			continue;
		while (row < t->row_count && strcmp(table_cell(t, row, "reason")->text, reason) != 0)
			row++;
		if (row < t->row_count) {
			t->rows[row].cells[1].number++;
			continue;
		}
		table_add(t);
		table_text(t, "reason", reason);
		table_int(t, "inputs", 1);
		table_text(t, "first", table_cell(inputs, i, "source")->text);
	}
	return t;
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	struct table *inputs = inputs_table(r, j->e), *told = told_table(r, j->e),
		     *reasons = reasons_table(r, inputs);

	block_text(s, PART_PROVENANCE, "pooltriage %s, rules %s.", r->version, r->rules);
	if (told->row_count)
		block_table(s, PART_PROVENANCE, told);
	block_table(s, PART_PROVENANCE, inputs);
	if (reasons->row_count)
		block_table(s, PART_PROVENANCE, reasons);
	report_data(s, inputs);
	report_data(s, told);
}

const struct analysis analysis_provenance = { "provenance", "inputs with digests, and told facts", 0, run,
	NULL };
