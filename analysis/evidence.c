/* SPDX-License-Identifier: MIT
 * Loads one server: what machine it is, how its registry stands, and how large its paged pool may get. */
#include "analysis/evidence.h"

#include "core/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct evidence *evidence_load(struct store *store, int64_t server, const char *name,
	const struct thresholds *thresholds, struct arena *a)
{
	struct evidence *e = arena_alloc(a, sizeof *e);

	e->arena = a;
	e->thresholds = thresholds;
	e->store = store;
	e->server = server;
	e->name = arena_text(a, span_of(name));
	e->first = e->last = WHEN_NONE;
	e->judged_boot = BOOT_NONE;
	evidence_host(e);
	evidence_snapshots(e);
	evidence_counters(e);
	evidence_events(e);
	evidence_log(e);
	evidence_boots(e);
	evidence_stops(e);
	evidence_limit(e);
	evidence_tags(e);
	evidence_owners(e);
	return e;
}

/* ---- the machine ---- */

struct fact {
	bool known, told;
	const char *text, *source;
	int64_t number, id; /* id: the source's */
};

enum whose { ANYBODY, THE_USER, A_SOURCE };

/* The told one before any other. Where sources differ, none says which is right: that of the last digest is
 * taken for every fact, so that neither names nor the order of reading matter and the facts fit together. A
 * debugger comes last: to it Server 2008 R2 is "Windows 7". */
static struct fact fact_by(struct evidence *e, const char *name, enum whose whose)
{
	struct query *q = query_open(e->store,
		"SELECT h.text, h.number, c.status IS 'told', p.text, c.id FROM host h JOIN source c ON c.id = h.source"
		" JOIN server s ON s.id = c.server JOIN name n ON n.id = h.name LEFT JOIN name p ON p.id = c.parser"
		" WHERE coalesce(s.same_as, s.id) = :server AND n.text = :name"
		" AND (:whose = 0 OR (c.status IS 'told') = (:whose = 1))"
		" ORDER BY 3 DESC, p.text IS 'windbg', c.digest DESC, h.line DESC, h.id DESC LIMIT 1");
	struct fact f = { 0 };

	query_int(q, ":server", e->server);
	query_text(q, ":name", name);
	query_int(q, ":whose", whose);
	if (query_next(q)) {
		f.known = true;
		f.told = query_integer(q, 2) != 0;
		f.text = arena_text(e->arena, query_span(q, 0));
		f.number = query_integer(q, 1);
		f.source = f.told ? "told" : arena_text(e->arena, query_span(q, 3));
		f.id = query_integer(q, 4);
	}
	query_close(q);
	return f;
}

static struct fact fact_of(struct evidence *e, const char *name)
{
	return fact_by(e, name, ANYBODY);
}

/* "Service Pack 2", "SP2", systeminfo's "N/A" for none; -1 when nothing is said. */
static int service_pack_of(struct span text)
{
	static const char *const marks[] = { "Service Pack ", "SP" };

	for (size_t i = 0; i < LEN(marks); i++) {
		const char *at = text_find_nocase(text, marks[i]);
		size_t digit = at ? (size_t)(at - text.p) + strlen(marks[i]) : text.n;

		if (digit < text.n && text_is_digit(text.p[digit]))
			return text.p[digit] - '0';
	}
	return text_find(text, " N/A") ? 0 : -1;
}

/* Event 6009, written at each start: "5.02." "3790" "Service Pack 2" "Multiprocessor Free". */
static const char *version_of_6009(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT e.strings FROM event e JOIN server s ON s.id = e.server JOIN name p ON p.id = e.provider"
		" WHERE coalesce(s.same_as, s.id) = :server AND e.event_id = 6009 AND p.text = 'EventLog' COLLATE NOCASE"
		" AND e.strings IS NOT NULL ORDER BY e.time DESC, e.record_id DESC, e.strings DESC LIMIT 1");
	const char *version = NULL;

	query_int(q, ":server", e->server);
	if (query_next(q)) {
		struct span part[3] = { { "", 0 }, { "", 0 }, { "", 0 } };

		strings_list(query_span(q, 0), part, 3);
		/* "Multiprocessor Free", where an empty string was lost */
		if (!text_find_nocase(part[2], "Service Pack"))
			part[2].n = 0;
		if (e->service_pack < 0)
			e->service_pack = part[2].n ? service_pack_of(part[2]) : 0;
		version = arena_printf(e->arena, "%.*s%.*s%s%.*s", (int)text_head_whole(part[0], 20).n,
			part[0].p, (int)text_head_whole(part[1], 20).n, part[1].p, part[2].n ? " " : "",
			(int)text_head_whole(part[2], 60).n, part[2].p);
	}
	query_close(q);
	return version;
}

static void host_os(struct evidence *e)
{
	struct fact os = fact_of(e, FACT_OS), version = fact_of(e, FACT_OS_VERSION);
	const char *logged;

	e->service_pack = os.told ? service_pack_of(span_of(os.text)) : -1;
	if (e->service_pack < 0 && version.known)
		e->service_pack = service_pack_of(span_of(version.text));
	logged = version_of_6009(e);
	e->os = os.known ? os.text : NULL;
	e->os_version = version.known ? version.text : logged;
	e->os_source = os.told         ? "told"
		       : version.known ? version.source
		       : os.known      ? os.source
		       : logged        ? "event 6009"
				       : NULL;
	if (os.told)
		e->machine.family = os_family_of(span_of(os.text));
	if (e->machine.family == OS_UNKNOWN && version.known)
		e->machine.family = os_family_of(span_of(version.text));
	if (e->machine.family == OS_UNKNOWN && logged)
		e->machine.family = os_family_of(span_of(logged));
	if (e->machine.family == OS_UNKNOWN && os.known)
		e->machine.family = os_family_of(span_of(os.text));
}

/* What each boot.ini or bcdedit listing says of the switches that matter: "boot.ini: /3GB; old/boot.ini:
 * none"; NULL when all say the same. */
static const char *switches_differ(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT c.id, c.name, h.text, n.text = :switch FROM host h JOIN source c ON c.id = h.source"
		" JOIN server s ON s.id = c.server JOIN name n ON n.id = h.name"
		" WHERE coalesce(s.same_as, s.id) = :server AND c.status IS NOT 'told' AND n.text IN (:switch, :read)"
		" ORDER BY c.name, c.bytes, c.digest, h.text");
	const char *all = "", *first = NULL, *mine = "", *name = NULL;
	int64_t source = -1;
	bool differ = false, more;

	query_int(q, ":server", e->server);
	query_text(q, ":switch", FACT_SWITCH);
	query_text(q, ":read", FACT_SWITCHES_READ);
	do {
		more = query_next(q);
		if (name && (!more || query_integer(q, 0) != source)) {
			all = arena_printf(
				e->arena, "%s%s%s: %s", all, *all ? "; " : "", name, *mine ? mine : "none");
			differ |= first && strcmp(first, mine) != 0;
			first = first ? first : mine;
			mine = "";
		}
		if (!more)
			break;
		source = query_integer(q, 0);
		name = arena_text(e->arena, query_span(q, 1));
		if (query_integer(q, 3) && switch_matters(query_span(q, 2)))
			mine = arena_printf(e->arena, "%s%s%s", mine, *mine ? " " : "",
				arena_text(e->arena, query_span(q, 2)));
	} while (more);
	query_close(q);
	return differ ? all : NULL;
}

/* "increaseuserva 3072" */
static void see_switch(struct evidence *e, struct span text)
{
	struct span name, number = text;
	int64_t mb;

	e->machine.switch_3gb |= text_starts_nocase(text, "/3gb");
	if (text_cut(&number, ' ', &name) && span_equal(name, SPAN("increaseuserva")) &&
		text_int(number, &mb) && mb > 2048) {
		e->machine.switch_3gb = true;
		e->machine.user_va = mb;
	}
}

/* All that are stated count, also where sources differ: a switch that is on by mistake only makes the advice
 * more careful. */
static void host_switches(struct evidence *e)
{
	/* Vista and later start by the boot configuration data: a boot.ini there is of another
	 * installation. */
	bool bcd = e->machine.family >= OS_VISTA;
	struct fact read;
	struct query *q = query_open(e->store,
		"SELECT DISTINCT h.text FROM host h JOIN source c ON c.id = h.source JOIN server s ON s.id = c.server"
		" JOIN name n ON n.id = h.name LEFT JOIN name p ON p.id = c.parser"
		" WHERE coalesce(s.same_as, s.id) = :server AND n.text = :name AND NOT (:bcd AND p.text IS 'bootini') ORDER BY 1");

	query_int(q, ":server", e->server);
	query_text(q, ":name", FACT_SWITCH);
	query_int(q, ":bcd", bcd);
	while (query_next(q)) {
		struct span text = query_span(q, 0);

		e->switches.items =
			arena_grow(e->arena, e->switches.items, e->switches.count, sizeof *e->switches.items);
		e->switches.items[e->switches.count++] = arena_text(e->arena, text);
		see_switch(e, text);
		e->switches_known = true;
	}
	query_close(q);
	read = fact_of(e, FACT_SWITCHES_READ);
	e->switches_known |= read.known && !(bcd && read.source && strcmp(read.source, "bootini") == 0);
	e->switches_differ = switches_differ(e);
}

/* The fewest that were seen: what takes more of them must be safe then, too. 40,000 were free at noon says
 * little of the backup at night. */
static void host_ptes(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT min(h.number) FROM host h JOIN source c ON c.id = h.source JOIN server s ON s.id = c.server"
		" JOIN name n ON n.id = h.name WHERE coalesce(s.same_as, s.id) = :server AND n.text = :name"
		" AND h.number > 0");

	query_int(q, ":server", e->server);
	query_text(q, ":name", FACT_FREE_PTES);
	if (query_next(q) && query_known(q, 0)) {
		e->free_ptes = query_integer(q, 0);
		e->free_ptes_source = "!vm";
	}
	query_close(q);
}

struct place place_read(struct query *q, int first, struct arena *a)
{
	return (struct place){ arena_text(a, query_span(q, first)), query_integer(q, first + 1),
		query_known(q, first + 2) ? query_integer(q, first + 2) : -1 };
}

bool evidence_switch(const struct evidence *e, const char *name)
{
	for (size_t i = 0; i < e->switches.count; i++)
		if (text_starts_nocase(span_of(e->switches.items[i]), name))
			return true;
	return false;
}

void evidence_host(struct evidence *e)
{
	struct fact arch = fact_of(e, FACT_ARCH), ram = fact_of(e, FACT_RAM),
		    offset = fact_of(e, FACT_UTC_OFFSET);
	struct fact key = fact_of(e, FACT_KEY_READ);

	e->machine = (struct machine){ .ram = -1, .commit_limit = -1, .paged_pool_size = -1 };
	host_os(e);
	if (arch.known) {
		e->machine.arch = text_find_nocase(span_of(arch.text), "64") ? ARCH_X64 : ARCH_X86;
		e->arch_source = arch.source;
	} else if (e->machine.family == OS_NT4 || e->machine.family == OS_2000) {
		/* Neither was sold for anything else that logs Srv 2020 today. */
		e->machine.arch = ARCH_X86;
		e->arch_source = "the Windows version";
	} else if (e->machine.family >= OS_7 && e->os && text_find_nocase(span_of(e->os), "Server")) {
		/* Microsoft's memory limits page lists Server 2008 R2 and later as 64-bit only. */
		e->machine.arch = ARCH_X64;
		e->arch_source = "the Windows version";
	}
	if (ram.known) {
		e->machine.ram = ram.number;
		e->ram_source = ram.source;
	}
	if (offset.told) {
		e->offset = (int)offset.number;
		e->offset_known = true;
		e->offset_source = "told";
	}
	host_switches(e);
	host_ptes(e);
	e->key_read = key.known;
	evidence_registry(e, key.id);
}

/* ---- the maximum ---- */

static int64_t most_in_use(const struct evidence *e)
{
	int64_t most = e->counters[COUNTER_PAGED].samples ? e->counters[COUNTER_PAGED].highest : 0;

	for (size_t i = 0; i < e->snapshot_count; i++)
		if (e->snapshots[i].paged > most)
			most = e->snapshots[i].paged;
	return most;
}

/* What was seen in use was possible: the maximum is not below it. */
static void limit_observed(struct evidence *e, int64_t most)
{
	if (e->limit.high < most) {
		e->limit.source =
			arena_printf(e->arena, "%s; raised to what was observed in use", e->limit.source);
		e->limit.high = most;
	}
	/* Where no lower end is published, what was seen is none: every use would be 100 % of it. */
	if (e->limit.low > 0 && e->limit.low < most)
		e->limit.low = most;
}

/* "343" where 343M was meant would make every use an exhaustion. */
static bool implausible(const struct fact *maximum, int64_t most)
{
	return maximum->known && maximum->number < most / 10 * 9;
}

/* The address space that !vm shows; Vista and later meet the commit limit first where that is smaller. */
static bool is_bounded_by_commit(const struct machine *m, int64_t maximum)
{
	return m->family >= OS_VISTA && m->commit_limit > 0 && m->commit_limit < maximum;
}

static void limit_is(struct evidence *e, int64_t bytes, const char *source, enum limit_from from)
{
	e->limit = (struct pool_limit){ bytes, bytes, true, source };
	e->limit_from = from;
}

void evidence_limit(struct evidence *e)
{
	struct fact told = fact_by(e, FACT_PAGED_MAX, THE_USER);
	struct fact measured = fact_by(e, FACT_PAGED_MAX, A_SOURCE);
	int64_t size = e->machine.paged_pool_size, most = e->most_in_use = most_in_use(e);
	/* A request in bytes that no system can have granted is none: 0xC0 (192 bytes), or less than what is
	 * in use. The value is documented for 2000 and 2003. */
	bool asked = size >= MIB && size <= PAGED_POOL_SIZE_LARGEST && size >= most &&
		     e->machine.family < OS_VISTA && !(e->machine.family == OS_UNKNOWN && e->top_count);

	for (size_t i = 0; i < e->snapshot_count; i++)
		if (e->snapshots[i].commit_limit > 0)
			e->machine.commit_limit = e->snapshots[i].commit_limit;
	e->limit = limit_of_table(&e->machine);
	e->told_implausible = implausible(&told, most);
	e->measured_implausible = implausible(&measured, most);
	if (told.known && !e->told_implausible) {
		limit_is(e, told.number, "told", LIMIT_TOLD);
	} else if (measured.known && !e->measured_implausible) {
		if (is_bounded_by_commit(&e->machine, measured.number))
			limit_is(e, e->machine.commit_limit,
				"the commit limit, which is below the maximum that !vm measured",
				LIMIT_MEASURED);
		else
			limit_is(e, measured.number, "measured by !vm", LIMIT_MEASURED);
	} else if (asked) {
		e->limit_from = LIMIT_REGISTRY;
		/* The value is a request: what the system granted may be less, never more. */
		e->limit.low = e->limit.known && e->limit.low < size ? e->limit.low : size;
		e->limit.high = size;
		e->limit.known = true;
		e->limit.source = "PagedPoolSize in the registry, an upper request";
	}
	if (e->limit.known)
		limit_observed(e, most);
}
