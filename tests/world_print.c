/* SPDX-License-Identifier: MIT
 * A world in the words of a row of tests/scenarios_*.c, so that one that broke a property can become a
 * row. */
#include "tests/world_parts.h"

#include <string.h>

static const char *const names[WORLD_SYSTEMS] = { "WORLD_UNKNOWN", "WORLD_NT4", "WORLD_2000_SP1",
	"WORLD_2000", "WORLD_XP", "WORLD_2003", "WORLD_2003_X64", "WORLD_2008_X86", "WORLD_2008_R2",
	"WORLD_2012", "WORLD_2012_R2", "WORLD_2019" };

static void print_value(FILE *to, const char *name, const struct world_value *v)
{
	if (v->kind != WORLD_ABSENT)
		fprintf(to, ", .%s = %s(%u)", name, v->kind == WORLD_DWORD ? "DWORD" : "STRING", v->number);
}

static void print_flag(FILE *to, const char *name, bool set)
{
	if (set)
		fprintf(to, ", .%s = true", name);
}

static void print_number(FILE *to, const char *name, double number)
{
	if (number != 0)
		fprintf(to, ", .%s = %.17g", name, number);
}

static void print_snap(FILE *to, const struct world_snap *s)
{
	fprintf(to, "\n\t\t{ .hours = %.17g, %g, %g", s->hours, s->mmst, s->rest);
	for (size_t i = 0; i < WORLD_TAGS && s->tag[i].tag; i++)
		fprintf(to, ", .tag[%zu] = { \"%s\", '%c', %g }", i, s->tag[i].tag, s->tag[i].pool,
			s->tag[i].mib);
	print_number(to, "nonpaged", s->nonpaged);
	print_number(to, "printed", s->printed);
	print_number(to, "commit_limit", s->commit_limit);
	print_flag(to, "live", s->live);
	fprintf(to, " },");
}

static void print_event(FILE *to, const struct world_event *e)
{
	if (strcmp(e->provider, "Srv") == 0)
		fprintf(to, "\n\t\tSRV(%.17g, %d),", e->hours, e->id);
	else if (strcmp(e->provider, "NTBackup") == 0)
		fprintf(to, "\n\t\tBACKUP_1450(%.17g),", e->hours);
	else
		fprintf(to, "\n\t\t{ %.17g, %d, \"%s\", { \"%s\" } },", e->hours, e->id, e->provider,
			e->string[0] ? e->string[0] : "");
}

void world_print(const struct world *w, FILE *to)
{
	fprintf(to, "{ .system = %s", names[w->system]);
	print_flag(to, "arch_hidden", w->arch_hidden);
	print_number(to, "ram_mib", w->ram_mib);
	if (w->switches)
		fprintf(to, ", .switches = \"%s\"", w->switches);
	print_flag(to, "no_export", w->no_export);
	print_value(to, "percent", &w->percent);
	print_value(to, "size", &w->size);
	print_flag(to, "exported_twice", w->exported_twice);
	print_value(to, "again", &w->again);
	print_number(to, "quota", w->quota);
	print_number(to, "free_ptes", w->free_ptes);
	print_number(to, "vm_max", w->free_ptes ? w->vm_max : 0);
	print_number(to, "told_max", w->told_max);
	print_flag(to, "untold", w->untold);
	print_number(to, "bias", w->bias);
	print_number(to, "day", w->day);
	print_number(to, "gap", w->gap);
	print_flag(to, "no_summary", w->no_summary);
	if (w->log != WORLD_LOG)
		fprintf(to, ", .log = %s", w->log == WORLD_NO_LOG ? "WORLD_NO_LOG" : "WORLD_LOG_LATE");
	if (w->boots[0] != 0)
		fprintf(to, ", .boots = { %.17g, %.17g, %.17g }", w->boots[0], w->boots[1], w->boots[2]);
	fprintf(to, ",\n\t.snaps = {");
	for (size_t i = 0; i < world_snaps(w); i++)
		print_snap(to, &w->snaps[i]);
	fprintf(to, " },\n\t.events = {");
	for (size_t i = 0; i < world_events(w); i++)
		print_event(to, &w->events[i]);
	fprintf(to, " } }\n");
}
