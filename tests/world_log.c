/* SPDX-License-Identifier: MIT
 * The event logs of a world: starts, what is said to have happened, and one event after it all. */
#include "tests/world_parts.h"

#include <stdlib.h>
#include <string.h>

static const struct event_kind started = { "EventLog", 6005, 32768, 4 };
static const struct event_kind version_line = { "EventLog", 6009, 32768, 4 };
static const struct event_kind service = { "Service Control Manager", 7036, 16384, 4 };

static void log_start(struct written *x, struct event_log *log, double hours)
{
	const char *pack = x->system->service_pack;
	struct event *e;

	if (x->w->system != WORLD_UNKNOWN) {
		e = event_add(log, world_at(x, hours), version_line);
		event_string(e, "%s", x->system->version);
		event_string(e, "%s", x->system->build);
		event_string(e, "%s", strcmp(pack, "N/A") ? pack : "");
		event_string(e, "Multiprocessor Free");
	}
	event_add(log, world_at(x, hours), started);
	/* new in Windows 2000; it names the system too */
	if (x->w->system > WORLD_NT4)
		event_uptime(log, &x->s, world_at(x, hours) + 1);
}

static void log_service(struct written *x, struct event_log *log, double hours)
{
	struct event *e = event_add(log, world_at(x, hours), service);

	event_string(e, "Volume Shadow Copy");
	event_string(e, "stopped");
}

static void log_said(struct written *x, struct event_log *log, const struct world_event *said)
{
	static const uint32_t dump[] = { 0x0b };
	bool srv = strcmp(said->provider, "Srv") == 0;
	struct event_kind kind = { said->provider, (uint16_t)said->id, srv ? 49152 : 0, 2 };
	struct event *e = event_add(log, world_at(x, said->hours), kind);

	for (size_t i = 0; i < LEN(said->string) && said->string[i]; i++)
		event_string(e, "%s", said->string[i]);
	if (srv)
		event_packet(e, 0x54, 0xc000009a, dump, LEN(dump));
}

static int by_time(const void *a, const void *b)
{
	const struct event *p = *(struct event *const *)a, *q = *(struct event *const *)b;

	if (p->time != q->time)
		return p->time < q->time ? -1 : 1;
	return p->order < q->order ? -1 : p->order > q->order;
}

/* Record ids count on; the gap lies before the last event. */
static void log_save_as(struct written *x, struct event_log *log, const char *file, const char *channel)
{
	struct log_file f = { file, DIALECT_VIEWER, NULL, NULL, false };

	if (log->n)
		qsort(log->events, log->n, sizeof *log->events, by_time);
	for (size_t i = 0; i < log->n; i++) {
		log->events[i]->channel = channel;
		log->events[i]->record = 1 + (uint32_t)i + (i && i + 1 == log->n ? x->w->gap : 0);
	}
	log_save(&x->s, log, &f, x->s.name);
}

void world_logs(struct written *x)
{
	const struct world *w = x->w;
	struct event_log system = { 0 }, application = { 0 };
	double from = w->log == WORLD_LOG_LATE && world_snaps(w) ? w->snaps[0].hours + 1 : -1e9;

	for (size_t i = 0; i < world_boots(w); i++)
		if (world_boot(w, i) >= from)
			log_start(x, &system, world_boot(w, i));
	if (w->log == WORLD_LOG_LATE)
		log_service(x, &system, from);
	for (size_t i = 0; i < world_events(w); i++)
		if (w->events[i].application)
			log_said(x, &application, &w->events[i]);
		else if (w->events[i].hours >= from)
			log_said(x, &system, &w->events[i]);
	/* A log of fewer than ten events is thin, and says so. */
	for (int i = 0; i < (w->thin_log ? 1 : 12) && world_end(w) >= from; i++)
		log_service(x, &system, world_end(w) - i / 3600.0);
	log_save_as(x, &system, "System.xml", "System");
	if (application.n)
		log_save_as(x, &application, "Application.xml", "Application");
	events_free(&system);
	events_free(&application);
}
