/* SPDX-License-Identifier: MIT
 * Writes samples/: `bundle` lists the folders, `bundle DIR` fills DIR/<folder> for each, `bundle DIR NAME`
 * one scenario. */
#include "tests/bundle_dialects.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	char dir[900];
	bool known = argc < 3;

	for (size_t i = 0; i < bundle_scenario_count; i++) {
		const struct scenario *s = bundle_scenarios[i];

		if (argc < 2) {
			puts(s->name);
			continue;
		}
		if (argc > 2 && strcmp(argv[2], s->name))
			continue;
		known = true;
		if ((size_t)snprintf(dir, sizeof(dir), "%s/%s", argv[1], s->name) >= sizeof(dir))
			bundle_die("the path is too long", argv[1]);
		bundle_write(s, dir);
	}
	if (argc < 2)
		puts(DIALECT_FOLDER);
	else if (argc < 3)
		dialects_write(argv[1]);
	if (!known)
		bundle_die("is no scenario; without arguments they are listed", argv[2]);
	return 0;
}
