/* SPDX-License-Identifier: MIT
 * Writes every server of tests/scenarios_*.c as a bundle, for tests of the whole program: DIR/001, DIR/002 and
 * so on; prints for each its folder and the arguments of triage, a word a line, and a blank line. */
#include "tests/scenarios.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
	const struct scenario_table *const tables[] = { &scenarios_causes, &scenarios_tuning,
		&scenarios_levels, &scenarios_findings };
	size_t number = 0;
	char dir[900];

	for (size_t i = 0; argc == 2 && i < LEN(tables); i++) {
		for (size_t k = 0; k < tables[i]->count; k++) {
			const struct world *w = &tables[i]->row[k].w;

			snprintf(dir, sizeof dir, "%s/%03zu", argv[1], ++number);
			if (mkdir(dir, 0777) != 0) {
				fprintf(stderr, "write_scenarios: %s: %s\n", dir, strerror(errno));
				return 1;
			}
			world_write(w, false, dir);
			printf("%s\n--server\nFS01\n", dir);
			print_told(w);
			printf("\n");
		}
	}
	return argc == 2 ? 0 : 2;
}
