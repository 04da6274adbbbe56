/* SPDX-License-Identifier: MIT
 * The entries of a boot menu with their switches, as boot.ini or bcdedit lists them: states those of the one
 * in force and notes where another differs. */
#ifndef PARSERS_BOOT_MENU_H
#define PARSERS_BOOT_MENU_H

#include "core/core.h"
#include "core/record.h"

struct boot_menu;
struct boot_menu *boot_menu_open(struct sink *sink);
void boot_menu_close(struct boot_menu *m); /* notes what was only counted, then frees; NULL is fine */

/* The switches that follow are of this entry. name: what the menu's default names it by. */
void boot_menu_entry(struct boot_menu *m, uint64_t line, struct span name);
/* As it is to be stated: "/USERVA=3030", "increaseuserva 3072"; each once. */
void boot_menu_switch(struct boot_menu *m, uint64_t line, struct span text);

#define BOOT_MENU_NONE SIZE_MAX
size_t boot_menu_count(const struct boot_menu *m);
/* The first entry of that name (case does not matter), and how many have it. */
size_t boot_menu_find(const struct boot_menu *m, struct span name, size_t *times);
uint64_t boot_menu_line(const struct boot_menu *m, size_t entry);

/* Facts of the entry in force. whole: a switch that is not listed is not set. */
void boot_menu_state(struct boot_menu *m, size_t entry, bool whole);

#endif
