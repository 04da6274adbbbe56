/* SPDX-License-Identifier: MIT
 * The table of formats that are recognised and not read, each with the command that turns it into one that
 * is. Magic: libyal's descriptions of EVTX and EVT, PKWARE's APPNOTE, Microsoft's of cabinets and minidumps,
 * 7-Zip's, RFC 1952, POSIX's of tar, SQLite's; commands: Microsoft's pages of wevtutil, Get-WinEvent, relog,
 * tracerpt, expand and kd. */
#include "parsers/foreign.h"

#include "core/text.h"

#include <string.h>

#define POOLSNAP "poolmon -b -r -n poolsnap.txt"
#define SYSTEM   "wevtutil qe System /f:xml > System.xml"
#define TO_XML   "ForEach-Object { $_.ToXml() } > "
#define SQLITE   MAGIC("SQLite format 3\0")
#define UNPACK   "to read what is in it, unpack it and give the folder: "

/* ---- first bytes that are more than a constant ---- */

static uint32_t u32(struct span raw, size_t at)
{
	uint32_t n = 0;

	for (size_t i = 4; at + 4 <= raw.n && i > 0; i--)
		n = n << 8 | (unsigned char)raw.p[at + i - 1];
	return n;
}

/* A buffer header of 0x48 bytes that begins with the buffer's size, then the header of the first event:
 * version 2, type 1 or 2 (of a 32-bit or 64-bit system), marker C0. No published specification: as the
 * readers of libyal and airbus-cert describe it. A performance log (.blg) may begin the same way. */
static bool is_trace(struct span raw)
{
	uint32_t size = u32(raw, 0), marker = u32(raw, 0x48);

	return raw.n >= 0x4C && size && size % 1024 == 0 && size <= 16 * 1024 * 1024 &&
	       (marker == 0xC0010002u || marker == 0xC0020002u);
}

/* "PAGEDUMP" or "PAGEDU64", then the major version, 0F or 0C (a checked build), in 32 bits. */
static bool is_kernel_dump(struct span raw)
{
	uint32_t version = u32(raw, 8);

	return raw.n >= 12 && (version == 0x0F || version == 0x0C);
}

/* A store of this program: its application id, big-endian at offset 68, spells "pool" (store/store.h). */
static bool is_store(struct span raw)
{
	return raw.n >= 72 && memcmp(raw.p + 68, "pool", 4) == 0;
}

/* POSIX: "ustar" at offset 257 of the first header. */
static bool is_tar(struct span raw)
{
	return raw.n >= 262 && memcmp(raw.p + 257, "ustar", 5) == 0;
}

/* Visual C++'s archive of Unicode strings: each is FF FE FF, its length, UTF-16LE; this writer puts a byte 01
 * before each. */
static bool is_serialised(struct span raw)
{
	size_t n = 0;

	while (n < raw.n && raw.p[n] == 1)
		n++;
	return n && raw.n - n >= 4 && memcmp(raw.p + n, "\xFF\xFE\xFF", 3) == 0;
}

/* ---- text that only looks like what is read ---- */

/* "Event number\t\t\t: 1", as evtxexport and evtexport write it by default */
static bool is_libevtx_text(struct span head)
{
	struct span line, rest;

	for (int n = 0; n < 40 && text_cut(&head, '\n', &line); n++) {
		if (!text_starts(line, "Event number"))
			continue;
		rest = text_trim(text_tail(line, strlen("Event number")));
		if (text_starts(rest, ": ") && rest.n > 2 && text_is_digit(rest.p[2]))
			return true;
	}
	return false;
}

/* "Event[0]:" of Windows 7, "Event[0]" of 10 */
static bool is_event_number(struct span line)
{
	size_t at = strlen("Event[");

	if (!text_starts(line, "Event["))
		return false;
	while (at < line.n && text_is_digit(line.p[at]))
		at++;
	line = text_trim(text_tail(line, at));
	return at > strlen("Event[") && (span_equal(line, SPAN("]:")) || span_equal(line, SPAN("]")));
}

/* "Event[0]:", beneath it "  Log Name: System" */
static bool is_wevtutil_text(struct span head)
{
	bool begun = false;
	struct span line;

	for (int n = 0; n < 40 && text_cut(&head, '\n', &line); n++) {
		if (begun && text_starts(text_trim(line), "Log Name:"))
			return true;
		begun = is_event_number(line);
	}
	return false;
}

static bool is_clixml(struct span head)
{
	return text_find(head, "<Objs ") &&
	       text_find(head, "http://schemas.microsoft.com/powershell/2004/04");
}

/* " Memory: 130480K Avail: 91856K … InRam Kernel: 2484K P: 7988K": poolmon says "Krnl" */
static bool is_pmon(struct span head)
{
	struct span line;

	while (text_cut(&head, '\n', &line))
		if (text_starts(text_trim(line), "Memory:") && text_find(line, "InRam") &&
			text_find(line, "Kernel:"))
			return true;
	return false;
}

/* ---- the table ---- */

#define MAGIC(bytes) \
	{ \
		(bytes), sizeof(bytes) - 1 \
	}

/* The first that fits counts. */
const struct foreign foreigns[] = {
	{ "evtx", "Windows event log (.evtx)",
		"to read it: wevtutil qe @ /lf:true /f:xml > @.xml (without Windows: evtxexport -f xml @ > @.xml)",
		".evtx", { MAGIC("ElfFile\0") }, NULL, NULL },
	/* Get-WinEvent opens .evt files with -Oldest. libevt's evtexport knows no XML, and its text is not
	   read. */
	{ "evt", "Windows event log of XP, 2003 or older (.evt)",
		"to read it, in PowerShell on Windows Vista or later: Get-WinEvent -Path @ -Oldest | " TO_XML
		"@.xml",
		".evt", { MAGIC("\x30\0\0\0LfLe") }, NULL, NULL },
	/* Its first bytes are described nowhere in public: told by its name, where the bytes are no text. */
	{ "blg", "performance log (.blg)", "to read it: relog @ -f CSV -o @.csv", ".blg", { { 0 } }, NULL,
		NULL },
	/* tracerpt's XML would be read as events, but those that are looked for are logged, not traced. */
	{ "etl", "event trace (.etl)",
		"it holds none of the events that are looked for (tracerpt @ -o @.xml -of XML shows those it has); "
		"collect instead: " SYSTEM " and " POOLSNAP,
		".etl", { { 0 } }, is_trace, NULL },
	{ "kernel-dump", "kernel memory dump (.dmp)",
		"to read it: kd -z @ -c \"!vm 1; !poolused 4; q\" -logo @.txt (with symbols; a small dump of 64 to "
		"256 KB holds no pool)",
		".dmp", { MAGIC("PAGEDU64"), MAGIC("PAGEDUMP") }, is_kernel_dump, NULL },
	{ "minidump", "dump of one process (.dmp)",
		"the kernel's pools are not in it; collect instead: a kernel memory dump, or " POOLSNAP, NULL,
		{ MAGIC("MDMP\x93\xA7") }, NULL, NULL },
	{ "zip", "zip archive", UNPACK "7z x @ -o@/", ".zip", { MAGIC("PK\3\4"), MAGIC("PK\5\6") }, NULL,
		NULL },
	{ "cab", "cabinet (.cab)", UNPACK "mkdir @/, then expand -F:* @ @/", ".cab",
		{ MAGIC("MSCF\0\0\0\0") }, NULL, NULL },
	{ "7z", "7-Zip archive", UNPACK "7z x @ -o@/", ".7z", { MAGIC("7z\xBC\xAF\x27\x1C") }, NULL, NULL },
	{ "gzip", "gzip file", UNPACK "7z x @ -o@/", ".gz", { MAGIC("\x1F\x8B") }, NULL, NULL },
	{ "tar", "tar archive", UNPACK "7z x @ -o@/", ".tar", { { 0 } }, is_tar, NULL },
	{ "store", "store of pooltriage", "to use it: pooltriage triage PATH... --store @", NULL, { SQLITE },
		is_store, NULL },
	{ "sqlite", "SQLite database", "nothing in it is of use here", NULL, { SQLITE }, NULL, NULL },
	{ "poolmonx-binary", "serialised table of a PoolMonX development build",
		"collect instead: " POOLSNAP ", or the CSV of a released PoolMonX", NULL, { { 0 } },
		is_serialised, NULL },
	{ "evtxexport-text", "log as text by evtxexport or evtexport",
		"give XML of the log itself: evtxexport -f xml System.evtx > System.xml; of an .evt, in PowerShell: "
		"Get-WinEvent -Path SysEvent.Evt -Oldest | " TO_XML "System.xml",
		NULL, { { 0 } }, NULL, is_libevtx_text },
	{ "wevtutil-text", "log as text by wevtutil", "collect instead: " SYSTEM, NULL, { { 0 } }, NULL,
		is_wevtutil_text },
	{ "clixml", "objects written by PowerShell's Export-Clixml",
		"collect instead, in PowerShell: Get-WinEvent -LogName System | " TO_XML "System.xml", NULL,
		{ { 0 } }, NULL, is_clixml },
	{ "pmon", "screen of pmon: processes, no pool tags", "collect instead: " POOLSNAP, NULL, { { 0 } },
		NULL, is_pmon },
};
const size_t foreigns_count = LEN(foreigns);

/* ---- which one ---- */

static bool begins_like(const struct foreign *f, struct span raw)
{
	bool known = !f->magic[0].n;

	for (size_t i = 0; i < LEN(f->magic); i++)
		known |= f->magic[i].n && span_equal(text_head(raw, f->magic[i].n), f->magic[i]);
	return known && (!f->raw || f->raw(raw)) && (f->magic[0].n || f->raw);
}

static const struct foreign *by_bytes(struct span raw)
{
	for (size_t i = 0; i < foreigns_count; i++)
		if (begins_like(&foreigns[i], raw))
			return &foreigns[i];
	return NULL;
}

static const struct foreign *by_text(struct span head)
{
	for (size_t i = 0; i < foreigns_count; i++)
		if (foreigns[i].text && foreigns[i].text(head))
			return &foreigns[i];
	return NULL;
}

static const struct foreign *by_ending(const char *name)
{
	for (size_t i = 0; i < foreigns_count; i++)
		if (foreigns[i].ending && text_ends_nocase(span_of(name), foreigns[i].ending))
			return &foreigns[i];
	return NULL;
}

/* Zero bytes, or more than one in sixteen that no text holds. UTF-16 is decoded here. */
static bool is_text(struct span head)
{
	size_t odd = 0;

	head = text_head(head, 4096);
	for (size_t i = 0; i < head.n; i++) {
		unsigned char c = (unsigned char)head.p[i];

		if (!c)
			return false;
		odd += (c < 0x20 && !text_is_blank((char)c)) || c == 0x7F;
	}
	return odd * 16 <= head.n;
}

struct look foreign_look(struct reader *r, const char *name)
{
	struct look look = { .foreign = by_bytes(reader_raw_head(r)) };
	struct span head;

	if (look.foreign) {
		const struct foreign *named = by_ending(name);

		/* A trace and a performance log may begin alike. */
		if (look.foreign->raw == is_trace && named && !named->magic[0].n && !named->raw)
			look.foreign = named;
		return look;
	}
	head = reader_head(r);
	look.empty = !head.n;
	look.bid = true;
	if (parser_choose(head, &look.best, &look.second)) {
		look.parser = look.best.parser;
		return look;
	}
	look.foreign = by_text(head);
	if (!look.foreign && !is_text(head))
		look.by_name = by_ending(name);
	return look;
}

/* ---- what to say ---- */

#define STAND_IN  "FILE"
#define NAME_MOST 64

static bool is_plain(char c)
{
	return text_is_letter(c) || text_is_digit(c) || (c && strchr("._-() ", c));
}

/* The last part of the name as it may stand in a command. A name is the choice of whoever made the file:
 * nothing in it may mean anything to cmd, PowerShell or sh, not even between double quotes, and it must not
 * be taken for a switch. */
static struct span plain_name(const char *name)
{
	const char *slash = strrchr(name, '/');
	struct span s = span_of(slash ? slash + 1 : name);

	if (!s.n || s.n > NAME_MOST || !(text_is_letter(s.p[0]) || text_is_digit(s.p[0])))
		return SPAN(STAND_IN);
	for (size_t i = 0; i < s.n; i++)
		if (!is_plain(s.p[i]))
			return SPAN(STAND_IN);
	return s;
}

static const char *quoted(struct arena *a, const char *name)
{
	return strpbrk(name, " ()") ? arena_printf(a, "\"%s\"", name) : name;
}

/* The name with another ending, or none; never the name itself, which the command would overwrite. */
static const char *made_of(struct arena *a, struct span name, struct span ending)
{
	size_t stem = name.n;
	const char *out;

	while (stem && name.p[stem - 1] != '.')
		stem--;
	stem = stem > 1 ? stem - 1 : name.n;
	out = arena_printf(a, "%.*s%.*s", (int)stem, name.p, (int)ending.n, ending.p);
	if (span_equal_nocase(span_of(out), name))
		out = arena_printf(a, "%.*s-read%.*s", (int)stem, name.p, (int)ending.n, ending.p);
	return quoted(a, out);
}

/* What an @ stands for, and how much of what follows it belongs to it: @ is the file, @.xml what is made of
 * it, @/ a folder made of it. */
static const char *put_name(struct arena *a, struct span name, const char *after, size_t *used)
{
	*used = 0;
	if (after[0] == '/') {
		*used = 1;
		return made_of(a, name, SPAN(""));
	}
	if (after[0] == '.')
		for (*used = 1; text_is_letter(after[*used]); ++*used)
			;
	return *used > 1 ? made_of(a, name, (struct span){ after, *used }) : quoted(a, arena_text(a, name));
}

const char *foreign_advice(struct arena *a, const struct foreign *f, const char *name)
{
	struct span file = plain_name(name);
	const char *text = "", *from = f->advice, *at;
	bool stand_in = strchr(from, '@') && span_equal(file, SPAN(STAND_IN));

	for (; (at = strchr(from, '@')) != NULL; from = at) {
		size_t used;
		const char *put = put_name(a, file, at + 1, &used);

		text = arena_printf(a, "%s%.*s%s", text, (int)(at - from), from, put);
		at += 1 + used;
	}
	return arena_printf(a, "%s%s%s", text, from, stand_in ? " (" STAND_IN " stands for its name)" : "");
}

const char *foreign_why(struct arena *a, const struct look *look, const char *name)
{
	const struct foreign *f = look->foreign ? look->foreign : look->by_name;

	if (look->empty)
		return "the file is empty; listed, not read";
	if (look->foreign)
		return arena_printf(
			a, "recognised as %s, not read; %s", f->about, foreign_advice(a, f, name));
	if (f && f->magic[0].n)
		return arena_printf(a,
			"no known format (by its name: %s, but it does not begin like one); listed, not read",
			f->about);
	if (f)
		return arena_printf(a, "no known format (by its name: %s; %s); listed, not read", f->about,
			foreign_advice(a, f, name));
	return parser_nearest(a, &look->best, &look->second);
}
