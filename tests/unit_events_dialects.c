/* SPDX-License-Identifier: MIT
 * Do the same ten events come out of every dialect in samples/dialects/events: the times within 10
 * microseconds, everything else equal, but for what a dialect loses by itself. */
#include "tests/check.h"
#include "tests/collect.h"
#include "tests/file_bytes.h"

extern const struct parser parser_events;

#define FOLDER    "samples/dialects/events/"
#define SAME_TIME 10 /* microseconds: python-evtx is up to 2.6 off */

static const struct dialect {
	const char *file;
	bool old_page; /* has no left-to-right mark: it became '?' */
	bool python;   /* loses empty strings in front */
	bool joined;   /* "a, b", what was escaped is escaped again: EvtxECmd */
} dialects[] = {
	{ "event-viewer.xml", false, false, false },
	{ "wevtutil.xml", true, false, false },
	{ "wevtutil-root.xml", true, false, false },
	{ "wevtutil-uni.xml", false, false, false },
	{ "utf16be-bom.xml", false, false, false },
	{ "rendered.xml", true, false, false },
	{ "powershell-utf16.xml", false, false, false },
	{ "powershell7-utf8.xml", false, false, false },
	{ "copy-as-text.txt", false, false, false },
	{ "details-pane.txt", false, false, false },
	{ "python-evtx.xml", false, true, false },
	{ "python-evtx-2016.xml", false, true, false },
	{ "rust-evtx_dump.xml", false, false, false },
	{ "rust-unnumbered.xml", false, false, false },
	{ "evtxexport.xml", false, false, false },
	{ "evtxecmd.xml", false, false, true },
	{ "splunk-mixed.txt", false, false, false },
	{ "soap.xml", false, false, false },
	{ "plaso.csv", false, false, false },
};

static struct arena *memory;

/* The strings one below another, named ones as NAME=VALUE, the way a dialect leaves them. */
static const char *strings_left(const struct record *r, const struct dialect *d)
{
	struct span rest = r->v[EVENT_STRINGS].text, name, value;
	const char *text = "";
	bool begun = false, unnamed = false;

	while (strings_next(&rest, &name, &value)) {
		bool whole = name.n || !(d->python || d->joined);

		if (!whole && !begun && !value.n)
			continue;
		begun = true;
		text = arena_printf(memory, "%s%s%.*s%s%.*s", text,
			d->joined && unnamed && !name.n ? ", "
			: *text                         ? "\n"
							: "",
			(int)name.n, name.p, name.n ? "=" : "", (int)value.n, value.p);
		unnamed = !name.n;
	}
	return text;
}

/* Every `from` becomes `to`. */
static const char *with(const char *text, const char *from, const char *to)
{
	const char *out = "", *at;

	for (; (at = strstr(text, from)) != NULL; text = at + strlen(from))
		out = arena_printf(memory, "%s%.*s%s", out, (int)(at - text), text, to);
	return arena_printf(memory, "%s%s", out, text);
}

static const char *strings_of(const struct record *r, const struct dialect *d)
{
	const char *text = strings_left(r, d);

	if (d->joined)
		text = with(with(with(text, "&lt;", "<"), "&gt;", ">"), "&amp;", "&");
	/* PowerShell and Event Viewer write the mark, an 8-bit page cannot. */
	return with(text, "\xE2\x80\x8E", d->old_page ? "?" : "\xE2\x80\x8E");
}

static const struct record *find(const struct collected *c, const struct record *like)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->records[i].kind == RECORD_EVENT &&
			c->records[i].v[EVENT_RECORD_ID].number == like->v[EVENT_RECORD_ID].number)
			return &c->records[i];
	return NULL;
}

static void check_event(const struct record *want, const struct record *got, const struct dialect *d)
{
	static const int texts[] = { EVENT_COMPUTER, EVENT_CHANNEL, EVENT_PROVIDER, EVENT_SOURCE_NAME,
		EVENT_BINARY, EVENT_BINARY_TEXT };
	static const int numbers[] = { EVENT_RECORD_ID, EVENT_EVENT_ID, EVENT_QUALIFIERS, EVENT_LEVEL };
	int64_t apart = got->v[EVENT_TIME].number - want->v[EVENT_TIME].number;

	for (size_t i = 0; i < LEN(texts); i++)
		CHECK(got->v[texts[i]].known == want->v[texts[i]].known &&
			span_equal(got->v[texts[i]].text, want->v[texts[i]].text));
	for (size_t i = 0; i < LEN(numbers); i++)
		CHECK(got->v[numbers[i]].known == want->v[numbers[i]].known &&
			got->v[numbers[i]].number == want->v[numbers[i]].number);
	CHECK(got->v[EVENT_TIME].known && apart <= SAME_TIME && -apart <= SAME_TIME);
	/* what was lost in this dialect is taken from the event that has it all */
	CHECK_TEXT(strings_of(got, &(struct dialect){ NULL, false, false, d->joined }),
		strings_of(want, &(struct dialect){ NULL, d->old_page, d->python, d->joined }));
}

/* The poolsnap of the 2004: its totals and six rows. */
static const char *pool_of(const struct collected *c)
{
	const char *text = "";

	for (size_t i = 0; i < c->n; i++) {
		const struct record *r = &c->records[i];

		for (size_t k = 0; k < record_types[r->kind].count && r->kind != RECORD_EVENT; k++)
			if (r->v[k].known && !(r->kind == RECORD_SNAPSHOT && k <= SNAPSHOT_TIME_TEXT))
				text = arena_printf(memory, "%s%s%s=%.*s%" PRId64, text, k ? " " : "\n",
					record_types[r->kind].columns[k].name, (int)r->v[k].text.n,
					r->v[k].text.p ? r->v[k].text.p : "", r->v[k].number);
	}
	return text;
}

static struct collected *read_dialect(const struct dialect *d)
{
	const char *path = arena_printf(memory, FOLDER "%s", d->file), *missing;
	struct span bytes = file_bytes(memory, path);

	CHECK(bytes.p != NULL);
	CHECK(collect_bid(&parser_events, bytes, &missing) >= 90);
	return collect_span(&parser_events, bytes);
}

static void check_dialect(const struct collected *all, const struct dialect *d)
{
	struct collected *c = read_dialect(d);
	int failed = check_failed;
	size_t notes = 0;

	CHECK_INT(c->n, all->n);
	CHECK(!c->bad_text && !c->sink.cut);
	for (size_t i = 0; i < all->n; i++) {
		const struct record *want = &all->records[i], *got;

		if (want->kind != RECORD_EVENT)
			continue;
		got = find(c, want);
		CHECK(got != NULL);
		if (got)
			check_event(want, got, d);
	}
	CHECK_TEXT(pool_of(c), pool_of(all));
	/* The byte AE is all that is odd, and only in the 8-bit ones. */
	for (size_t i = 0; i < c->notes_n; i++)
		notes += strstr(c->notes[i].text, "read as Windows-1252") != NULL;
	CHECK_INT(notes, d->old_page);
	CHECK_INT(c->notes_n, notes);
	if (check_failed > failed)
		printf("  in %s\n", d->file);
	collect_free(c);
}

int main(void)
{
	struct collected *all;

	memory = arena_open();
	all = read_dialect(&dialects[0]);
	CHECK_INT(all->n, 10 + 1 + 6);
	for (size_t i = 0; i < LEN(dialects); i++)
		check_dialect(all, &dialects[i]);
	collect_free(all);
	arena_close(memory);
	return check_end();
}
