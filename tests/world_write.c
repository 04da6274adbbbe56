/* SPDX-License-Identifier: MIT
 * How a world becomes files: it is put into the tables of bundle.h, whose writers know how each file
 * looks. */
#include "tests/world_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define HOUR       3600
#define DAY        86400
#define FIRST_DAY  "2009-10-14 08:00:00" /* a Wednesday */
#define BOOT_USUAL (-24.0)               /* hours */

static const struct system_row systems[WORLD_SYSTEMS] = {
	[WORLD_UNKNOWN] = { "", "", "", "", "", "", false },
	[WORLD_NT4] = { "", "4.00.", "4.0", "1381", "Service Pack 6", "", false },
	[WORLD_2000_SP1] = { "", "5.00.", "5.0", "2195", "Service Pack 1", "", false },
	[WORLD_2000] = { "", "5.00.", "5.0", "2195", "Service Pack 4", "", false },
	[WORLD_XP] = { "Microsoft Windows XP Professional", "5.01.", "5.1", "2600", "Service Pack 3",
		"X86-based PC", true },
	[WORLD_2003] = { "Microsoft(R) Windows(R) Server 2003, Standard Edition", "5.02.", "5.2", "3790",
		"Service Pack 2", "X86-based PC", true },
	[WORLD_2003_X64] = { "Microsoft(R) Windows(R) Server 2003, Standard x64 Edition", "5.02.", "5.2",
		"3790", "Service Pack 2", "x64-based PC", true },
	[WORLD_2008_X86] = { "Microsoft Windows Server 2008 Standard", "6.00.", "6.0", "6002",
		"Service Pack 2", "X86-based PC", true },
	[WORLD_2008_R2] = { "Microsoft Windows Server 2008 R2 Standard", "6.01.", "6.1", "7601",
		"Service Pack 1", "x64-based PC", true },
	[WORLD_2012] = { "Microsoft Windows Server 2012 Standard", "6.02.", "6.2", "9200", "N/A",
		"x64-based PC", true },
	[WORLD_2012_R2] = { "Microsoft Windows Server 2012 R2 Standard", "6.03.", "6.3", "9600", "N/A",
		"x64-based PC", true },
	[WORLD_2019] = { "Microsoft Windows Server 2019 Standard", "10.00.", "10.0", "17763", "N/A",
		"x64-based PC", true },
};

/* ---- the clock ---- */

int64_t world_at(const struct written *x, double hours)
{
	return clock_utc(&x->s.zone, FIRST_DAY) + (int64_t)x->w->day * DAY + (int64_t)llround(hours * HOUR);
}

static const char *local_text(const struct written *x, double hours, char *to, size_t room)
{
	struct civil c = clock_local(&x->s.zone, world_at(x, hours));

	snprintf(to, room, "%04d-%02d-%02d %02d:%02d:%02d", c.year, c.month, c.day, c.hour, c.minute,
		c.second);
	return to;
}

size_t world_snaps(const struct world *w)
{
	size_t n = 0;

	while (n < WORLD_SNAPS && (w->snaps[n].mmst > 0 || w->snaps[n].rest > 0))
		n++;
	return n;
}

size_t world_events(const struct world *w)
{
	size_t n = 0;

	while (n < WORLD_EVENTS && w->events[n].id)
		n++;
	return n;
}

size_t world_boots(const struct world *w)
{
	size_t n = 0;

	while (n < WORLD_BOOTS && w->boots[n] != 0)
		n++;
	return n ? n : 1;
}

double world_boot(const struct world *w, size_t i)
{
	return w->boots[0] != 0 ? w->boots[i] : BOOT_USUAL;
}

double world_end(const struct world *w)
{
	double end = world_boot(w, world_boots(w) - 1);

	for (size_t i = 0; i < world_snaps(w); i++)
		end = w->snaps[i].hours > end ? w->snaps[i].hours : end;
	for (size_t i = 0; i < world_events(w); i++)
		end = w->events[i].hours > end ? w->events[i].hours : end;
	return end + 0.1;
}

/* ---- the machine ---- */

static void machine_fill(struct written *x)
{
	const struct system_row *y = x->system;
	const struct world *w = x->w;

	/* Zones without daylight saving time, as systeminfo prints them. */
	x->s = (struct scenario){ .name = "world", .seed = 1 };
	x->s.zone = (struct zone){ w->bias, w->bias,
		w->bias == 300   ? "US Eastern Standard Time"
		: w->bias == -60 ? "W. Central Africa Standard Time"
				 : "Greenwich Standard Time",
		w->bias == 300   ? "(GMT-05:00) Indiana (East)"
		: w->bias == -60 ? "(GMT+01:00) West Central Africa"
				 : "(GMT) Monrovia, Reykjavik",
		"en-us;English (United States)", false };
	x->s.machine = (struct machine){ .computer = BYTES("FS01"),
		.domain = BYTES("corp.example"),
		.owner = BYTES("IT department"),
		.organization = BYTES("Example Corporation"),
		.model = BYTES("Server 2850"),
		.product = y->product,
		.family = "Microsoft Windows",
		.version = y->version,
		.nt = y->nt,
		.build = y->build,
		.lab = "main",
		.service_pack = y->service_pack,
		.kernel = "Multiprocessor Free",
		.system_type = y->type,
		.ram_kib = (w->ram_mib ? w->ram_mib : 2048) * 1024,
		.processors = 2,
		.mhz = 2992 };
	for (size_t i = 0; i < world_boots(w); i++)
		x->boots[i].up = local_text(x, world_boot(w, i), x->boot_text[i], sizeof x->boot_text[i]);
	x->s.log.boots.row = x->boots;
	x->s.log.boots.n = world_boots(w);
	x->s.log.server = "DC01";
}

/* ---- registry, systeminfo, boot.ini, debugger ---- */

#define SERVER_KEY "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\lanmanserver\\parameters"

static void say_value(char *to, size_t room, const char *name, const struct world_value *v)
{
	size_t n = strlen(to);

	if (v->kind == WORLD_STRING)
		snprintf(to + n, room - n, "\"%s\"=\"%u\"\r\n", name, v->number);
}

static void registry_fill(struct written *x, const char *file, const struct world_value *percent)
{
	const struct world *w = x->w;

	x->values[0] = x->keys[0] = 0;
	say_value(x->values, sizeof x->values, "PoolUsageMaximum", percent);
	say_value(x->values, sizeof x->values, "PagedPoolSize", &w->size);
	if (w->server_limit)
		snprintf(x->keys, sizeof x->keys,
			"[" SERVER_KEY "]\r\n\"MaxPagedMemoryUsage\"=dword:%08x\r\n\r\n", w->server_limit);
	x->s.registry = (struct registry){ .file = file,
		.form = REGISTRY_EXPORT,
		.pool_usage_maximum = percent->kind == WORLD_DWORD ? percent->number : ABSENT,
		.paged_pool_size = w->size.kind == WORLD_DWORD ? w->size.number : ABSENT,
		.paged_pool_quota = w->quota,
		.values = { x->values, strlen(x->values), 1 },
		.keys = { x->keys, strlen(x->keys), 1 } };
}

static void context_files(struct written *x)
{
	const struct world *w = x->w;

	x->s.registry.file = NULL;
	x->s.systeminfo = x->system->systeminfo && !w->arch_hidden ? "systeminfo.txt" : NULL;
	x->s.systeminfo_at = local_text(x, world_end(w), x->end_text, sizeof x->end_text);
	x->s.systeminfo_encoding = ENCODING_1252;
	if (!w->no_export)
		registry_fill(x, "memory-management.reg", &w->percent);
	context_write(&x->s, x->s.name);
	if (!w->exported_twice)
		return;
	x->s.systeminfo = NULL;
	registry_fill(x, "another.reg", &w->again);
	context_write(&x->s, x->s.name);
}

static void boot_ini(struct written *x)
{
	struct out o = { 0 };

	out_text(&o, "[boot loader]\r\ntimeout=30\r\n"
		     "default=multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS\r\n[operating systems]\r\n");
	out_print(&o, "multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS=\"Windows\" /fastdetect %s\r\n",
		x->w->switches);
	out_save(&o, x->s.name, "boot.ini", ENCODING_RAW);
}

/* kd's !vm on a 32-bit system, the lines that matter here */
static void debugger_log(struct written *x)
{
	unsigned pages = (unsigned)llround((x->w->vm_max > 0 ? x->w->vm_max : 352) * 256),
		 ptes = x->w->free_ptes;
	struct out o = { 0 };

	out_text(&o, "1: kd> !vm\r\n\r\n*** Virtual Memory Usage ***\r\n");
	out_print(&o, "\tPhysical Memory:  %10u   ( %8u Kb)\r\n", x->s.machine.ram_kib / 4,
		x->s.machine.ram_kib);
	out_print(&o, "\tFree System PTEs: %10u   ( %8u Kb)\r\n", ptes, ptes * 4);
	out_print(&o, "\tPagedPool Maximum: %9u   ( %8u Kb)\r\n", pages, pages * 4);
	out_save(&o, x->s.name, "vm.txt", ENCODING_RAW);
}

/* ---- all of it ---- */

void world_write(const struct world *w, bool apart, const char *dir)
{
	struct written x = { .w = w, .system = &systems[w->system] };

	machine_fill(&x);
	x.s.name = dir;
	if (w->log != WORLD_NO_LOG)
		world_logs(&x);
	if (world_snaps(w))
		world_poolsnaps(&x, apart);
	context_files(&x);
	if (w->switches)
		boot_ini(&x);
	if (w->free_ptes)
		debugger_log(&x);
}
