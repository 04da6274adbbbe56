/* SPDX-License-Identifier: MIT
 * What an ordinary file and print server logs beside the events that matter: services starting and stopping,
 * shadow copies at seven and at noon, a backup at night, printed documents, time service, disk warnings. */
#include "tests/bundle_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUTE     60
#define HOUR       3600
#define DAY        86400
#define SID_SYSTEM "S-1-5-18"

static const struct event_kind scm_control = { "Service Control Manager", 7035, 16384, 4 };
static const struct event_kind scm_state = { "Service Control Manager", 7036, 16384, 4 };
static const struct event_kind scm_type = { "Service Control Manager", 7040, 16384, 4 };
static const struct event_kind time_source = { "W32Time", 35, 16986, 4 };
static const struct event_kind proxy_idle = { "WinHttpAutoProxySvc", 12503, 16384, 4 };
static const struct event_kind printed = { "Print", 10, 16384, 4 };
static const struct event_kind driver_unknown = { "TermServDevices", 1111, 0, 2 };
static const struct event_kind dcom_unreachable = { "DCOM", 10009, 49152, 2 };
static const struct event_kind link_up = { "Tcpip", 4201, 16384, 4 };
static const struct event_kind shadow_deleted = { "volsnap", 33, 16390, 4 };
static const struct event_kind disk_full = { "Srv", 2013, 32768, 3 };
static const struct event_kind browser = { "MRxSmb", 8003, 49152, 2 };
static const struct event_kind popup = { "Application Popup", 26, 16384, 4 };
static const struct event_kind write_lost = { "Ntfs", 50, 32772, 3 };

static const char *const users[] = { "apeters", "bhansen", "cmoreau", "dlindt", "egarcia", "fkowalski",
	"gnovak", "hjones", "isilva", "jtanaka" };
static const unsigned user_rids[] = { 1108, 1112, 1115, 1121, 1126, 1133, 1140, 1147, 1152, 1164 };
static const char *const printers[] = { "LaserJet 4200 (2nd floor)", "LaserJet 5200 Accounts",
	"Color LaserJet 3700", "Optra T640" };
static const char *const ports[] = { "IP_10.20.4.51", "IP_10.20.4.52", "IP_10.20.4.60", "IP_10.20.4.63" };
/* The registered sign is what turns up as the lone byte AE in a redirected wevtutil listing. */
static const char *const titles[] = { "Microsoft Word - minutes of Monday.doc",
	"Microsoft Word - Quotation 4471.doc", "Microsoft Word - contract draft 3.doc",
	"Microsoft Word - works council.doc", "Microsoft Excel - budget Q4.xls",
	"Microsoft Excel - price list 2010.xls", "Microsoft Excel - holiday rota.xls",
	"Microsoft\xc2\xae PowerPoint\xc2\xae - site survey.ppt", "floor plan.pdf", "invoice 88127",
	"Memo Style", "Re: delivery dates", "http://intranet.corp.example/canteen/" };

/* Written once: the strings of an event outlive this file's functions only when they sit in its text. */
static void service_control(struct event_log *log, int64_t at, const char *service, const char *control)
{
	struct event *e = event_add(log, at, scm_control);

	event_string(e, "%s", service);
	event_string(e, "%s", control);
	e->sid = SID_SYSTEM;
}

static void service_state(struct event_log *log, int64_t at, const char *service, const char *state)
{
	struct event *e = event_add(log, at, scm_state);

	event_string(e, "%s", service);
	event_string(e, "%s", state);
}

static void service_run(struct event_log *log, int64_t from, int64_t to, const char *service)
{
	service_control(log, from, service, "start");
	service_state(log, from, service, "running");
	service_state(log, to, service, "stopped");
}

static void link_event(struct event_log *log, int64_t at)
{
	struct event *e = event_add(log, at, link_up);

	event_string(e, "%s", "");
	event_string(e, "\\DEVICE\\TCPIP_{8E2D71B0-43A6-4F0C-9B5E-6A1C20D7F3E4}");
	event_packet(e, 0x50, 0, NULL, 0);
}

static void clock_event(const struct scenario *s, struct event_log *log, int64_t at)
{
	struct event *e = event_add(log, at, time_source);

	event_string(e, "%s.%.*s (ntp.d|10.20.1.31:123->10.20.1.10:123)", s->log.server,
		(int)s->machine.domain.n, s->machine.domain.p);
}

static void boot_events(const struct scenario *s, struct event_log *log, const struct boot *b, struct rng *r)
{
	static const char *const services[] = { "Event Log", "Plug and Play", "Remote Procedure Call (RPC)",
		"DHCP Client", "DNS Client", "Security Accounts Manager", "Server", "Workstation",
		"Net Logon", "Windows Time", "Computer Browser", "TCP/IP NetBIOS Helper", "Print Spooler",
		"Task Scheduler", "Windows Management Instrumentation", "Distributed File System",
		"Terminal Services", "Remote Registry", "Secondary Logon", "System Event Notification",
		"COM+ Event System", "IPSEC Services", "Cryptographic Services", "Automatic Updates" };
	int64_t up = clock_utc(&s->zone, b->up);
	int64_t at = up + 1;

	if (b->down) {
		int64_t down = clock_utc(&s->zone, b->down);

		event_stop(log, s, down, b);
		service_state(log, down + 9, "Print Spooler", "stopped");
		service_state(log, down + 14, "Distributed File System", "stopped");
	}
	event_start(log, s, up);
	link_event(log, up + 1);
	for (size_t i = 0; i < LEN(services); i++) {
		at += rng_below(r, 4);
		service_state(log, at, services[i], "running");
	}
	clock_event(s, log, at + 18);
	service_control(log, at + 31, "Network Location Awareness (NLA)", "start");
	service_state(log, at + 32, "Network Location Awareness (NLA)", "running");
}

static void shadow_copy(struct event_log *log, int64_t at, struct rng *r)
{
	int64_t idle = at + 3 * MINUTE + rng_below(r, 4 * MINUTE);

	service_control(log, at, "Volume Shadow Copy", "start");
	service_state(log, at + 1, "Volume Shadow Copy", "running");
	service_control(log, at + 2, "Microsoft Software Shadow Copy Provider", "start");
	service_state(log, at + 2, "Microsoft Software Shadow Copy Provider", "running");
	if (rng_below(r, 3) == 0) {
		struct event *e = event_add(log, at + 4 + rng_below(r, 9), shadow_deleted);

		event_string(e, "\\Device\\HarddiskVolumeShadowCopy%u", 3 + rng_below(r, 60));
		event_string(e, "E:");
		event_packet(e, 0x4c, 0, NULL, 0);
	}
	service_state(log, idle, "Volume Shadow Copy", "stopped");
	service_state(log, idle + rng_below(r, MINUTE), "Microsoft Software Shadow Copy Provider", "stopped");
}

static void night_backup(struct event_log *log, int64_t at, struct rng *r)
{
	int64_t end = at + 2 * HOUR + rng_below(r, HOUR);

	service_control(log, at, "Removable Storage", "start");
	service_state(log, at + 1, "Removable Storage", "running");
	shadow_copy(log, at + 6, r);
	service_control(log, end, "Removable Storage", "stop");
	service_state(log, end + 1, "Removable Storage", "stopped");
}

static void print_document(struct event_log *log, int64_t at, unsigned number, struct rng *r)
{
	struct event *e = event_add(log, at, printed);
	uint32_t user = rng_below(r, LEN(users)), printer = rng_below(r, LEN(printers));
	uint32_t pages = 1 + rng_below(r, 1 + rng_below(r, 24));
	char *sid;

	event_string(e, "%u", number);
	event_string(e, "%s", titles[rng_below(r, LEN(titles))]);
	event_string(e, "%s", users[user]);
	event_string(e, "%s", printers[printer]);
	event_string(e, "%s", ports[printer]);
	event_string(e, "%u", pages * (18000 + rng_below(r, 90000)));
	event_string(e, "%u", pages);
	sid = e->text + e->text_n;
	snprintf(sid, sizeof(e->text) - e->text_n, "S-1-5-21-1409082233-2147200963-839522115-%u",
		user_rids[user]);
	e->sid = sid;
}

static void administrator_visit(struct event_log *log, int64_t at, struct rng *r)
{
	static const char *const foreign[][2] = { { "Optra Color C534", "Optra Color C534" },
		{ "PDF Writer 5", "PDF Writer" }, { "DeskJet 6940 series", "!!WS-ADMIN2!DeskJet 6940" } };
	size_t n = 1 + rng_below(r, LEN(foreign));

	for (size_t i = 0; i < n; i++) {
		struct event *e = event_add(log, at + (int64_t)i, driver_unknown);

		event_string(e, "%s", foreign[i][0]);
		event_string(e, "%s", foreign[i][1]);
	}
	service_control(log, at + 3 * MINUTE, "Application Management", "start");
	service_state(log, at + 3 * MINUTE, "Application Management", "running");
}

static void proxy_pause(struct event_log *log, int64_t at)
{
	struct event *e;

	service_control(log, at, "WinHTTP Web Proxy Auto-Discovery Service", "start");
	service_state(log, at, "WinHTTP Web Proxy Auto-Discovery Service", "running");
	e = event_add(log, at + 15 * MINUTE + 6, proxy_idle);
	event_string(e, "15");
	service_state(log, at + 15 * MINUTE + 7, "WinHTTP Web Proxy Auto-Discovery Service", "stopped");
}

static void network_mishap(struct event_log *log, int64_t at, struct rng *r)
{
	struct event *e;

	if (rng_below(r, 2)) {
		e = event_add(log, at, dcom_unreachable);
		event_string(e, "WS-%03u", 100 + rng_below(r, 80));
		e->sid = SID_SYSTEM;
		return;
	}
	e = event_add(log, at, browser);
	event_string(e, "\\Device\\LanmanDatagramReceiver");
	event_string(e, "WS-%03u", 100 + rng_below(r, 80));
	event_string(e, "NetBT_Tcpip_{8E2D71B0-43");
	event_packet(e, 0x4e, 0, NULL, 0);
}

static void full_disk(const struct scenario *s, struct event_log *log, int64_t at)
{
	struct event *e = event_add(log, at, disk_full);

	event_string(e, "\\Device\\LanmanServer");
	event_string(e, "%s", s->log.full_drive);
	event_packet(e, 0x4c, 0, NULL, 0);
}

static void working_day(
	const struct scenario *s, struct event_log *log, int64_t midnight, struct rng *r, unsigned *document)
{
	shadow_copy(log, midnight + 7 * HOUR, r);
	shadow_copy(log, midnight + 12 * HOUR, r);
	for (unsigned i = 0; i < s->log.prints; i++) {
		uint32_t slot = 10 * HOUR / s->log.prints;
		int64_t at = midnight + 7 * HOUR + 45 * MINUTE + slot * i + rng_below(r, slot);

		if (rng_below(r, 1000) < clock_busy(&s->zone, at))
			print_document(log, at, (*document)++, r);
	}
	if (rng_below(r, 3))
		administrator_visit(log, midnight + 9 * HOUR + rng_below(r, 7 * HOUR), r);
	if (s->log.full_drive)
		full_disk(s, log, midnight + 8 * HOUR + 2 * MINUTE + rng_below(r, 5 * MINUTE));
	network_mishap(log, midnight + 8 * HOUR + rng_below(r, 9 * HOUR), r);
	night_backup(log, midnight + 20 * HOUR, r);
}

static void any_day(const struct scenario *s, struct event_log *log, int64_t midnight, struct rng *r)
{
	unsigned pauses = 1 + rng_below(r, 3);

	event_uptime(log, s, midnight + 12 * HOUR);
	clock_event(s, log, midnight + 30 * MINUTE + rng_below(r, 22 * HOUR));
	for (unsigned i = 0; i < pauses; i++)
		proxy_pause(log, midnight + (2 + 7 * (int64_t)i) * HOUR + rng_below(r, 6 * HOUR));
	if (rng_below(r, 2)) {
		int64_t at = midnight + 6 * HOUR + rng_below(r, 12 * HOUR);

		service_run(log, at, at + 10 * MINUTE + rng_below(r, 40), "Windows Installer");
	}
	if (rng_below(r, 3) == 0) {
		struct event *e = event_add(log, midnight + 3 * HOUR + rng_below(r, HOUR), scm_type);

		event_string(e, "Background Intelligent Transfer Service");
		event_string(e, "demand start");
		event_string(e, "auto start");
		e->sid = SID_SYSTEM;
	}
}

/* Clients that write when the pool is empty lose data; the pop-up about it is logged as event 26. */
static void lost_writes(const struct scenario *s, struct event_log *log, const struct burst *b, struct rng *r)
{
	int64_t at = clock_utc(&s->zone, b->at) + b->span + 5 + rng_below(r, 40);
	struct event *e = event_add(log, at, write_lost);

	event_string(e, "%s", "");
	event_string(e, "\\Device\\HarddiskVolume3");
	event_packet(e, 0x4c, 0xc000009a, NULL, 0);
	e = event_add(log, at + 1, popup);
	event_string(e, "Windows - Delayed Write Failed");
	event_string(e, "Data for the file E:\\$Mft could not be saved and are lost. ");
}

static void said_event(const struct scenario *s, struct event_log *log, const struct said *d)
{
	struct event_kind kind = { "", d->id, d->qualifiers, d->level };
	struct event *e = event_add(log, clock_utc(&s->zone, d->at), kind);

	e->provider = d->provider;
	for (size_t i = 0; i < LEN(d->string) && d->string[i].p; i++)
		event_bytes(e, d->string[i]);
}

static int by_time(const void *a, const void *b)
{
	const struct event *x = *(struct event *const *)a, *y = *(struct event *const *)b;

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* Drops what lies outside the window or while the server was down; numbers the rest. */
static void keep_window(const struct scenario *s, struct event_log *log)
{
	int64_t first = clock_utc(&s->zone, s->log.first), last = clock_utc(&s->zone, s->log.last);
	size_t kept = 0;

	qsort(log->events, log->n, sizeof(*log->events), by_time);
	for (size_t i = 0; i < log->n; i++) {
		struct event *e = log->events[i];
		bool keep = e->time >= first && e->time <= last;

		for (size_t b = 0; b < s->log.boots.n; b++) {
			const struct boot *boot = &s->log.boots.row[b];

			if (boot->down && e->time > clock_utc(&s->zone, boot->down) + 24 &&
				e->time < clock_utc(&s->zone, boot->up))
				keep = false;
		}
		if (!keep) {
			free(e);
			continue;
		}
		e->record = s->log.first_record + (uint32_t)kept;
		log->events[kept++] = e;
	}
	log->n = kept;
}

void workload_make(const struct scenario *s, struct event_log *log)
{
	int64_t first = clock_utc(&s->zone, s->log.first), last = clock_utc(&s->zone, s->log.last);
	struct civil c = clock_local(&s->zone, first);
	struct rng r = rng_for(s, "workload"), bursts = rng_for(s, "bursts"), boots = rng_for(s, "boots");
	unsigned document = 20 + rng_below(&r, 80);

	for (int64_t day = first - (c.hour * 60 + c.minute) * 60 - c.second; day < last; day += DAY) {
		c = clock_local(&s->zone, day);
		any_day(s, log, day, &r);
		if (c.weekday != 0 && c.weekday != 6)
			working_day(s, log, day, &r, &document);
	}
	for (size_t i = 0; i < s->log.boots.n; i++)
		boot_events(s, log, &s->log.boots.row[i], &boots);
	for (size_t i = 0; i < s->log.bursts.n; i++) {
		event_burst(log, s, &s->log.bursts.row[i], &bursts);
		if (i + 1 == s->log.bursts.n)
			lost_writes(s, log, &s->log.bursts.row[i], &bursts);
	}
	for (size_t i = 0; i < s->log.said.n; i++)
		said_event(s, log, &s->log.said.row[i]);
	keep_window(s, log);
}
