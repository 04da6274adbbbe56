/* SPDX-License-Identifier: MIT
 * Writes every server of tests/scenarios_*.c as a bundle. Without arguments: how many there are. With a
 * folder in which 001, 002 and so on exist: fills these, and prints for each the arguments of triage, a word
 * a line, and a blank line. */
#include "tests/scenarios.h"

#include <stdio.h>
#include <stdlib.h>

/* What world_judge() tells the store, as options. */
static void print_told(const struct world *w)
{
	int east = -w->bias;

	if (!w->untold)
		printf("--utc-offset\n%c%02d:%02d\n", east < 0 ? '-' : '+', abs(east) / 60, abs(east) % 60);
	if (w->told_os)
		printf("--os\n%s\n", w->told_os);
	if (w->told_arch)
		printf("--arch\n%s\n", w->told_arch);
	if (w->told_max > 0)
		printf("--paged-pool-max\n%.0fK\n", w->told_max * 1024);
}

int main(int argc, char **argv)
{
	static const struct scenario_table *const tables[] = { &scenarios_causes, &scenarios_tuning,
		&scenarios_levels, &scenarios_findings };
	size_t number = 0;
	char dir[900];

	for (size_t i = 0; i < LEN(tables); i++) {
		for (size_t k = 0; k < tables[i]->count; k++) {
			const struct world *w = &tables[i]->row[k].w;

			number++;
			if (argc < 2)
				continue;
			snprintf(dir, sizeof dir, "%s/%03zu", argv[1], number);
			world_write(w, false, dir);
			printf("%s\n--server\nFS01\n", dir);
			print_told(w);
			printf("\n");
		}
	}
	if (argc < 2)
		printf("%zu\n", number);
	return 0;
}
