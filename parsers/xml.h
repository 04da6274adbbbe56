/* SPDX-License-Identifier: MIT
 * One record element of an XML source at a time: found in a stream, repaired where it has to be, read into
 * flat items. A source is never handed over as a document: exports have no root, many roots, or were cut. */
#ifndef PARSERS_XML_H
#define PARSERS_XML_H

#include "core/core.h"
#include "core/reader.h"

/* ---- finding record elements (xml_scan.c) ---- */

/* Longer records are skipped. An event is at most 256 KiB in the log ("Event Data", learn.microsoft.com);
 * hex, escapes and a rendered message multiply that by less than ten. */
#define XML_RECORD_MAX ((size_t)4 * 1024 * 1024)

enum xml_found {
	XML_NONE,   /* no further record element: the source is used up */
	XML_RECORD, /* from its first '<' to the last '>' */
	XML_OPEN,   /* the next record element begins before this one ends; what there is of it */
	XML_CUT,    /* the source ends inside it; what there is of it */
	XML_LONG,   /* longer than XML_RECORD_MAX; its first bytes */
};

struct xml_scan;
struct xml_scan *xml_scan_open(struct reader *r, const char *element); /* the local name; both are borrowed */
void xml_scan_close(struct xml_scan *s);                               /* NULL is fine */
/* Skips whatever stands between records. *record is borrowed until the next call and as the reader gave it:
 * not necessarily UTF-8. *line is where it begins. Every byte is looked at a bounded number of times. */
enum xml_found xml_scan_next(struct xml_scan *s, struct span *record, uint64_t *line);
/* Where the first <!DOCTYPE or <!ENTITY between records stands, 0 when none was met. Nothing reads them. */
uint64_t xml_scan_doctype(const struct xml_scan *s);
/* After the last record: does the source end inside a root that was opened (<Events> for <Event>), or inside
 * a tag? */
bool xml_scan_unclosed(const struct xml_scan *s);
/* Does CDATA or a comment of the last record hold the beginning of another? That is text, or a lost "-->". */
bool xml_scan_hidden(const struct xml_scan *s);

/* ---- repairing one (xml_repair.c) ---- */

/* What the walk over a broken record has to know of the format. Name lists end with NULL. */
struct xml_shape {
	const char *const *text;   /* elements that hold text only: a '<' in them is text, unless … */
	const char *const *markup; /* … one of these names follows it */
	const char *unused; /* an element that no rule reads: left out of a repaired record; NULL when none */
};

/* Kinds of repair, as bits. */
#define XML_KINDS(K) \
	K(CONTROL, "characters that XML forbids; each became U+FFFD") \
	K(REFERENCE, "numeric references to characters that XML forbids; each became U+FFFD") \
	K(AMPERSAND, "a lone '&'; it was kept as text") \
	K(ENTITY, "an entity that nobody declares; its name was kept as text") \
	K(MARKUP, "'<' or ']]>' inside a string; it was kept as text") \
	K(UNUSED, "a rendered message that is no XML; it was left out") \
	K(INSIDE, "elements where only text belongs; that value was left out")
#define XML_KIND_ENUM(kind, about) XML_##kind,
enum xml_kind { XML_KINDS(XML_KIND_ENUM) XML_KIND_COUNT };
extern const char *const xml_kind_about[XML_KIND_COUNT]; /* follows "N events with" */

/* A growable text; zeroed to begin with, freed with xml_text_free. */
struct xml_text {
	char *p;
	size_t n, room;
};
void xml_text_put(struct xml_text *t, const char *bytes, size_t n);
void xml_text_free(struct xml_text *t);

/* Rewrites a record so that it may be well-formed and returns the kinds it used; *out is emptied first. The
 * record must be UTF-8. When the result would pass XML_RECORD_MAX it ends there. */
unsigned xml_repair(const struct xml_shape *shape, struct span record, struct xml_text *out);

/* ---- reading one (xml.c) ---- */

/* Path: local names below the record element, whatever their namespaces.
 *   "System/EventID"             the text of that element
 *   "System/EventID@Qualifiers"  an attribute
 *   "UserData/" with a star      every leaf below, and their attributes; the first rule that fits wins */
struct xml_rule {
	const char *path;
	int what; /* the caller's own word for it */
};

struct xml_item {
	int what;
	struct span path; /* of a star rule: what stands in the star's place, "A/B" or "A/B@c"; else empty */
	struct span text; /* as it stands there; only blanks and a line end count as empty */
};

struct xml;
struct xml *xml_open(
	const struct xml_rule *rules, size_t count, const struct xml_shape *shape); /* all borrowed */
void xml_close(struct xml *x);                                                      /* NULL is fine */

/* Reads one record as it is or, if it is not well-formed, repaired; *kinds says how. The record must be
 * UTF-8. false: it could not be read to its end; the items are then those that were complete before that
 * point, and right. Nothing is resolved but the five predefined entities and numeric references; no file or
 * network is touched. */
bool xml_read(struct xml *x, struct span record, unsigned *kinds);

/* Of the last record, in document order, attributes before their element's text; borrowed until the next. */
size_t xml_items(const struct xml *x);
struct xml_item xml_item(const struct xml *x, size_t i);

void xml_start(void);          /* before several threads read */
const char *xml_version(void); /* of libxml2, "2.9.14" */

#endif
