/* SPDX-License-Identifier: MIT
 * What one event of a Windows Server 2003 System log holds: strings, SID, data bytes. Shapes: KB 312362 and
 * KB 886670 for Srv 2020, KB Q145882 and MS-EVEN for the rest, the IO_ERROR_LOG_PACKET page for the data. */
#include "tests/bundle_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SID_SYSTEM "S-1-5-18"

struct event *event_add(struct event_log *log, int64_t time, struct event_kind kind)
{
	struct event *e = bundle_room(sizeof(*e));

	if (log->n == log->room) {
		size_t room = log->room * 2 + 64;
		struct event **grown = realloc(log->events, room * sizeof(*grown));

		if (!grown)
			bundle_die("no memory", "events");
		log->events = grown;
		log->room = room;
	}
	e->time = time;
	e->order = (unsigned)log->n;
	e->provider = (struct bytes){ kind.provider, strlen(kind.provider), 1 };
	e->id = kind.id;
	e->qualifiers = kind.qualifiers;
	e->level = kind.level;
	log->events[log->n++] = e;
	return e;
}

void event_bytes(struct event *e, struct bytes b)
{
	if (e->strings == EVENT_STRINGS)
		bundle_die("an event has too many strings", e->provider.p);
	e->string[e->strings++] = b;
}

void event_string(struct event *e, const char *format, ...)
{
	char *at = e->text + e->text_n;
	size_t room = sizeof(e->text) - e->text_n;
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(at, room, format, args);
	va_end(args);
	if (n < 0 || (size_t)n >= room)
		bundle_die("the strings of an event are too long", format);
	event_bytes(e, (struct bytes){ at, (size_t)n, 1 });
	e->text_n += (size_t)n + 1;
}

static void data_put(struct event *e, uint32_t value, unsigned size)
{
	if (sizeof(e->data) - e->data_n < size)
		bundle_die("the data of an event are too long", e->provider.p);
	for (unsigned i = 0; i < size; i++)
		e->data[e->data_n++] = (unsigned char)(value >> 8 * i);
}

void event_packet(struct event *e, unsigned string_offset, uint32_t status, const uint32_t *dump, size_t n)
{
	data_put(e, 0, 2); /* MajorFunctionCode, RetryCount */
	data_put(e, (uint32_t)n * 4, 2);
	data_put(e, e->strings, 2);
	data_put(e, string_offset, 2);
	data_put(e, 0, 4); /* EventCategory, padding */
	data_put(e, (uint32_t)e->qualifiers << 16 | e->id, 4);
	data_put(e, 0, 4); /* UniqueErrorValue */
	data_put(e, status, 4);
	for (int i = 0; i < 4; i++) /* SequenceNumber, IoControlCode, DeviceOffset */
		data_put(e, 0, 4);
	for (size_t i = 0; i < n; i++)
		data_put(e, dump[i], 4);
}

static void data_wide(struct event *e, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		data_put(e, (unsigned char)p[i], 2);
	data_put(e, 0, 2);
}

static void data_wide_print(struct event *e, const char *format, ...) PRINTF_LIKE(2, 3);

static void data_wide_print(struct event *e, const char *format, ...)
{
	char text[128];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (n < 0 || (size_t)n >= sizeof(text))
		bundle_die("a data string is too long", format);
	data_wide(e, text, (size_t)n);
}

void event_uptime(struct event_log *log, const struct scenario *s, int64_t at)
{
	struct event *e = event_add(log, at, (struct event_kind){ "EventLog", 6013, 32768, 4 });
	const struct machine *m = &s->machine;

	for (int i = 0; i < 4; i++)
		event_string(e, "%s", "");
	event_string(e, "%lld", (long long)(at - clock_boot(s, at)));
	event_string(e, "60");
	/* Real logs carry the bias and the name of standard time in summer too. */
	event_string(e, "%d %s", s->zone.standard_bias, s->zone.name);
	data_wide_print(e, "1.1");
	data_wide_print(e, "0");
	data_wide_print(e, "%s", m->family);
	data_wide_print(e, "%s.%s Build %s %s", m->nt, m->build, m->build, m->service_pack);
	data_wide_print(e, "%s", m->kernel);
	data_wide_print(e, "%s.%s", m->build, m->lab);
	data_wide_print(e, "%08x", (unsigned)(s->seed * UINT32_C(2654435761)));
	data_wide_print(e, "Not Available");
	data_wide_print(e, "Not Available");
	data_wide_print(e, "9");
	data_wide_print(e, "%u", m->processors);
	data_wide_print(e, "%u", m->ram_kib / 1024);
	data_wide_print(e, "409");
	data_wide(e, m->computer.p, m->computer.n);
	data_put(e, 0, 2);
}

void event_start(struct event_log *log, const struct scenario *s, int64_t up)
{
	struct event *e = event_add(log, up, (struct event_kind){ "EventLog", 6009, 32768, 4 });

	event_string(e, "%s", s->machine.version);
	event_string(e, "%s", s->machine.build);
	event_string(e, "%s", s->machine.service_pack);
	event_string(e, "%s", s->machine.kernel);
	event_add(log, up, (struct event_kind){ "EventLog", 6005, 32768, 4 });
	event_uptime(log, s, up + 1);
}

void event_stop(struct event_log *log, const struct scenario *s, int64_t down, const struct boot *b)
{
	struct event *e = event_add(log, down, (struct event_kind){ "USER32", 1074, 32768, 4 });

	event_string(e, "Explorer.EXE");
	event_bytes(e, s->machine.computer);
	event_string(e, "%s", b->reason);
	event_string(e, "0x%x", b->reason_code);
	event_string(e, "restart");
	event_string(e, "%s", "");
	event_string(e, "CORP\\Administrator");
	e->sid = SID_SYSTEM;
	data_put(e, b->reason_code, 4);
	e = event_add(log, down + 24, (struct event_kind){ "EventLog", 6006, 32768, 4 });
	data_put(e, 0xff, 4);
}

/* The last word is 0000000b in both articles that print a 2020; its meaning is not documented. */
void event_burst(struct event_log *log, const struct scenario *s, const struct burst *b, struct rng *r)
{
	static const uint32_t dump[] = { 0x0b };
	int64_t at = clock_utc(&s->zone, b->at);

	for (unsigned i = 0; i < b->count; i++) {
		unsigned slot = b->span / (b->count > 1 ? b->count - 1 : 1);
		int64_t late = i ? (int64_t)(slot * (i - 1)) + 3 + rng_below(r, slot > 6 ? slot - 3 : 3) : 0;
		struct event *e = event_add(log, at + late, (struct event_kind){ "Srv", b->id, 49152, 2 });

		event_string(e, "\\Device\\LanmanServer");
		event_packet(e, 0x54, 0xc000009a, dump, 1);
	}
}

void events_free(struct event_log *log)
{
	for (size_t i = 0; i < log->n; i++)
		free(log->events[i]);
	free(log->events);
	*log = (struct event_log){ 0 };
}
