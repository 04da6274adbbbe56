/* SPDX-License-Identifier: MIT
 * Reads one record element with libxml2's SAX2 interface into items; no tree, no document, nothing fetched.
 */
#include "parsers/xml.h"

#include "core/text.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>

/* What real records need, times ten or more; deeper or wider is an attack or not the format it claims to be.
 */
#define DEPTH_MAX      64
#define ATTRIBUTES_MAX 128 /* libxml2 compares each with each */
#define NAMESPACES_MAX 64  /* open at the same time: it looks them up one by one */
#define PATH_MAX_BYTES ((size_t)2048)
#define ITEMS_MAX      ((size_t)16384)
#define PIECE          ((size_t)1024 * 1024) /* libxml2 copies what it is given: not 8 MiB at once */
#define NAMES_KEPT     ((size_t)1024 * 1024) /* it keeps every name it ever saw: then it starts afresh */
#define TEXT_KEPT      ((size_t)1024 * 1024)

struct level {
	size_t path; /* length of the path up to here */
	size_t text; /* where this element's own text begins */
	int rule;    /* -1: nobody wants it */
	int namespaces;
	bool parent;
};

/* Positions in the text, which may move while it grows. */
struct place {
	int what;
	size_t path, path_n, text, text_n;
};

struct xml {
	xmlParserCtxtPtr parser;
	const struct xml_rule *rules;
	size_t *lengths; /* of their paths; a star counts as none */
	bool *stars;
	size_t rules_n;
	const struct xml_shape *shape;

	struct level levels[DEPTH_MAX];
	size_t depth;
	int namespaces;
	char path[PATH_MAX_BYTES];
	bool inside;  /* an element stood where only text belongs */
	bool refused; /* one of the limits above */

	struct xml_text text, repaired;
	struct place *items;
	size_t items_n, items_room;
};

static void refuse(struct xml *x)
{
	x->refused = true;
	xmlStopParser(x->parser);
}

static int rule_for(const struct xml *x, size_t n)
{
	for (size_t i = 0; i < x->rules_n; i++)
		if ((x->stars[i] ? n > x->lengths[i] : n == x->lengths[i]) &&
			x->path[0] == x->rules[i].path[0] &&
			memcmp(x->path, x->rules[i].path, x->lengths[i]) == 0)
			return (int)i;
	return -1;
}

/* The text is what was added since `from`; `n` is the length of its path. */
static void item_put(struct xml *x, int rule, size_t n, size_t from)
{
	struct place *place;

	if (x->items_n == ITEMS_MAX) {
		refuse(x);
		return;
	}
	if (x->items_n == x->items_room) {
		x->items_room = x->items_room ? x->items_room * 2 : 64;
		x->items = realloc(x->items, x->items_room * sizeof *x->items);
		if (!x->items)
			die("out of memory for %zu items", x->items_room);
	}
	place = &x->items[x->items_n++];
	*place = (struct place){ x->rules[rule].what, x->text.n, 0, from, x->text.n - from };
	if (x->stars[rule]) {
		place->path_n = n - x->lengths[rule];
		xml_text_put(&x->text, x->path + x->lengths[rule], place->path_n);
	}
}

static bool solid(struct span s)
{
	s = text_trim(s);
	/* Internet Explorer's view of XML, once the details pane of Event Viewer: "- <System>". */
	return s.n && !(s.n == 1 && (s.p[0] == '-' || s.p[0] == '+'));
}

static struct span text_since(const struct xml *x, size_t from)
{
	return (struct span){ x->text.p ? x->text.p + from : "", x->text.n - from };
}

/* The text of an element that has elements in it, up to here: an item of its own unless it is only layout. */
static void mixed_text(struct xml *x, struct level *l)
{
	if (l->rule < 0)
		return;
	if (x->stars[l->rule] && solid(text_since(x, l->text)))
		item_put(x, l->rule, l->path, l->text);
	else
		x->text.n = l->text;
	l->text = x->text.n;
}

static size_t path_put(struct xml *x, size_t n, char between, const xmlChar *name)
{
	size_t length = strlen((const char *)name);

	if (n + 1 + length > sizeof x->path) {
		refuse(x);
		return n;
	}
	if (between)
		x->path[n++] = between;
	memcpy(x->path + n, name, length);
	return n + length;
}

/* Where entities are not replaced, libxml2 gives an '&' in an attribute as "&#38;"
 * (xmlParseAttValueInternal). */
static void attribute_put(struct xml *x, struct span value)
{
	const char *at;

	while ((at = text_find(value, "&#38;")) != NULL) {
		xml_text_put(&x->text, value.p, (size_t)(at - value.p) + 1);
		value = text_tail(value, (size_t)(at - value.p) + 5);
	}
	xml_text_put(&x->text, value.p, value.n);
}

static void start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
	int namespaces_n, const xmlChar **namespaces, int attributes_n, int defaulted_n,
	const xmlChar **attributes)
{
	struct xml *x = user;
	struct level *above = x->depth ? &x->levels[x->depth - 1] : NULL, *l = &x->levels[x->depth];

	(void)prefix, (void)uri, (void)namespaces, (void)defaulted_n;
	x->namespaces += namespaces_n;
	if (x->depth == DEPTH_MAX || x->namespaces > NAMESPACES_MAX) {
		refuse(x);
		return;
	}
	*l = (struct level){ 0, 0, -1, namespaces_n, false };
	x->depth++;
	if (above) {
		mixed_text(x, above);
		above->parent = true;
		l->path = path_put(x, above->path, above->path ? '/' : 0, name);
		l->rule = rule_for(x, l->path);
	}
	for (int i = 0; i < attributes_n && !x->refused; i++) {
		const xmlChar **a = attributes + (size_t)i * 5; /* name, prefix, URI, value, end of value */
		size_t n = path_put(x, l->path, '@', a[0]), from = x->text.n;
		int rule = rule_for(x, n);

		if (rule < 0 || x->refused)
			continue;
		attribute_put(x, (struct span){ (const char *)a[3], (size_t)(a[4] - a[3]) });
		item_put(x, rule, n, from);
	}
	l->text = x->text.n;
}

static void end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct xml *x = user;
	struct level *l;

	(void)name, (void)prefix, (void)uri;
	if (x->refused || !x->depth)
		return;
	l = &x->levels[--x->depth];
	x->namespaces -= l->namespaces;
	if (l->parent)
		mixed_text(x, l);
	if (l->rule >= 0 && !l->parent)
		item_put(x, l->rule, l->path, l->text);
	x->inside = x->inside || (l->rule >= 0 && l->parent && !x->stars[l->rule]);
	if (x->depth)
		x->levels[x->depth - 1].text = x->text.n;
}

static void characters(void *user, const xmlChar *text, int n)
{
	struct xml *x = user;

	if (!x->refused && x->depth && x->levels[x->depth - 1].rule >= 0)
		xml_text_put(&x->text, (const char *)text, (size_t)n);
}

/* Without it libxml2 would print. */
static void silent(void *user, xmlErrorPtr error)
{
	(void)user, (void)error;
}

static xmlParserCtxtPtr parser_open(struct xml *x)
{
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = start,
		.endElementNs = end,
		.characters = characters,
		.ignorableWhitespace = characters,
		.cdataBlock = characters,
		.serror = silent,
	};
	xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&sax, x, NULL, 0, NULL);

	if (!parser)
		die("out of memory for an XML parser");
	/* Not NOENT, DTDLOAD, DTDATTR, XINCLUDE, RECOVER or HUGE. */
	xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	return parser;
}

struct xml *xml_open(const struct xml_rule *rules, size_t count, const struct xml_shape *shape)
{
	struct xml *x = calloc(1, sizeof *x);

	if (!x || !(x->lengths = calloc(count + 1, sizeof *x->lengths)) ||
		!(x->stars = calloc(count + 1, sizeof *x->stars)))
		die("out of memory");
	x->rules = rules;
	x->rules_n = count;
	x->shape = shape;
	for (size_t i = 0; i < count; i++) {
		x->lengths[i] = strlen(rules[i].path);
		x->stars[i] = text_ends_nocase(span_of(rules[i].path), "/*");
		x->lengths[i] -= x->stars[i];
	}
	x->parser = parser_open(x);
	return x;
}

void xml_close(struct xml *x)
{
	if (!x)
		return;
	xmlFreeParserCtxt(x->parser);
	xml_text_free(&x->text);
	xml_text_free(&x->repaired);
	free(x->items);
	free(x->lengths);
	free(x->stars);
	free(x);
}

/* Attributes of the tag that s begins with, at least as many as libxml2 would collect before it compares
 * them. */
static size_t attributes_in(struct span s)
{
	size_t count = 0;
	char quote = 0;

	for (size_t i = 0; i < s.n && (quote || s.p[i] != '>'); i++) {
		if (quote ? s.p[i] != quote : s.p[i] != '"' && s.p[i] != '\'')
			continue;
		count += quote != 0;
		quote = quote ? 0 : s.p[i];
	}
	return count;
}

/* How much of the record may be read: up to the first tag with too many attributes. A tag ends before the
 * next '<', and an attribute with the blank before it takes five bytes, so that only few tags are worth
 * counting. */
static size_t readable(struct span record)
{
	const char *p = record.p, *next, *stop = record.p + record.n;

	for (; p && p < stop; p = next) {
		next = memchr(p + 1, '<', (size_t)(stop - p) - 1);
		size_t n = (size_t)((next ? next : stop) - p);

		if (n > 5 * (size_t)ATTRIBUTES_MAX && attributes_in((struct span){ p, n }) > ATTRIBUTES_MAX)
			return (size_t)(p - record.p);
	}
	return record.n;
}

/* The next piece ends behind a '>' or, in a long text, behind an ASCII character: never inside a character, a
 * line end or a "]]>". */
static size_t piece_of(struct span rest)
{
	size_t n = rest.n < PIECE ? rest.n : PIECE, tag = n;

	if (n == rest.n)
		return n;
	while (tag && rest.p[tag - 1] != '>')
		tag--;
	if (tag)
		return tag;
	while (n && ((unsigned char)rest.p[n - 1] >= 0x80 || rest.p[n - 1] == '\r' || rest.p[n - 1] == ']'))
		n--;
	return n ? n : rest.n;
}

static bool read_once(struct xml *x, struct span record)
{
	size_t good = readable(record);
	struct span rest = text_head(record, good);
	size_t n = piece_of(rest);

	x->depth = x->items_n = x->text.n = 0;
	x->namespaces = 0;
	x->inside = x->refused = false;
	if (xmlCtxtResetPush(x->parser, rest.p, (int)n, NULL, NULL) != 0)
		die("out of memory for an XML parser");
	while ((rest = text_tail(rest, n)).n && x->parser->wellFormed && !x->refused) {
		n = piece_of(rest);
		xmlParseChunk(x->parser, rest.p, (int)n, 0);
	}
	if (!x->refused)
		xmlParseChunk(x->parser, NULL, 0, 1);
	return x->parser->wellFormed && !x->refused && good == record.n;
}

static void start_afresh(struct xml *x)
{
	if (xmlDictGetUsage(x->parser->dict) > NAMES_KEPT) {
		xmlFreeParserCtxt(x->parser);
		x->parser = parser_open(x);
	}
	if (x->text.room > TEXT_KEPT)
		xml_text_free(&x->text);
	if (x->repaired.room > TEXT_KEPT)
		xml_text_free(&x->repaired);
}

bool xml_read(struct xml *x, struct span record, unsigned *kinds)
{
	bool whole;

	start_afresh(x);
	*kinds = 0;
	whole = read_once(x, record);
	if (whole && !x->inside)
		return true;
	*kinds = xml_repair(x->shape, record, &x->repaired);
	if (read_once(x, (struct span){ x->repaired.p, x->repaired.n })) {
		*kinds |= (unsigned)x->inside << XML_INSIDE;
		return true;
	}
	if (!whole)
		return false;
	/* Well-formed as it was, and not any more: a string of real elements beats no strings at all. */
	*kinds = 1u << XML_INSIDE;
	return read_once(x, record);
}

size_t xml_items(const struct xml *x)
{
	return x->items_n;
}

struct xml_item xml_item(const struct xml *x, size_t i)
{
	const struct place *place = &x->items[i];
	struct xml_item item = { place->what, { x->text.p + place->path, place->path_n },
		{ x->text.p + place->text, place->text_n } };

	/* Rust's evtx_dump and IE write empty elements over two lines. */
	if (item.text.n && memchr(item.text.p, '\n', item.text.n) && !text_trim(item.text).n)
		item.text.n = 0;
	return item;
}

void xml_start(void)
{
	xmlInitParser();
}

const char *xml_version(void)
{
	return LIBXML_DOTTED_VERSION;
}
