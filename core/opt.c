/* SPDX-License-Identifier: MIT
 * Reads arguments by a table, and prints the same table as help. */
#include "core/opt.h"

#include "core/text.h"
#include "core/when.h"

#include <stdio.h>
#include <string.h>

const char *opt_nearest(struct span word, const char *const *names, size_t count)
{
	const char *best = NULL;
	size_t least = word.n / 3 + 1;

	for (size_t i = 0; i < count; i++) {
		size_t distance = text_distance(word, span_of(names[i]));

		if (distance <= least && (distance < least || !best)) {
			best = names[i];
			least = distance;
		}
	}
	return best;
}

static int unknown(const struct opt *table, size_t count, unsigned verb, struct span name, struct arena *a,
	struct err *e)
{
	const char **names = arena_alloc(a, count * sizeof *names + 1);
	const char *near;
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		if (span_equal(name, span_of(table[i].name)))
			return err_set(e, "this verb has no option --%s", table[i].name);
		if (table[i].verbs & verb)
			names[n++] = table[i].name;
	}
	near = opt_nearest(name, names, n);
	return near ? err_set(e, "no option --%.*s; did you mean --%s?", (int)text_head_whole(name, 60).n,
			      name.p, near)
		    : err_set(e, "no option --%.*s", (int)text_head_whole(name, 60).n, name.p);
}

static bool choice(const char *words, struct span value)
{
	struct span rest = span_of(words), word;

	while (text_cut(&rest, '|', &word))
		if (span_equal(word, value))
			return true;
	return false;
}

static int set(const struct opt *o, const char *value, void *into, struct arena *a, struct err *e)
{
	char *at = (char *)into + o->at;
	struct span s = span_of(value);
	int64_t n;

	switch (o->kind) {
	case OPT_FLAG: *(bool *)(void *)at = true; return 0;
	case OPT_TEXT: *(const char **)(void *)at = value; return 0;
	case OPT_LIST: list_add(a, (struct list *)(void *)at, value); return 0;
	case OPT_CHOICE:
		if (!choice(o->value, s))
			return err_set(e, "--%s takes one of %s", o->name, o->value);
		*(const char **)(void *)at = value;
		return 0;
	case OPT_INT:
		if (!text_int(s, &n) || n < 0 || n > 1000000)
			return err_set(e, "--%s takes a number", o->name);
		*(int *)(void *)at = (int)n;
		return 0;
	case OPT_SIZE:
		/* A forgotten unit: nothing that is asked for is smaller than a megabyte. */
		if (!text_size(s, &n) || n < (int64_t)1 << 20)
			return err_set(e, "--%s takes a size such as 343M or 2G", o->name);
		*(int64_t *)(void *)at = n;
		return 0;
	case OPT_OFFSET:
		if (!text_offset(s, &((struct opt_offset *)(void *)at)->minutes))
			return err_set(
				e, "--%s takes an offset such as -05:00 (UTC = local - offset)", o->name);
		((struct opt_offset *)(void *)at)->given = true;
		return 0;
	case OPT_TIME:
		if (!when_option(s, (when_us *)(void *)at))
			return err_set(
				e, "--%s takes a time such as 2008-10-14 or 2008-10-14T16:00:00Z", o->name);
		return 0;
	}
	return 0;
}

int opt_parse(const struct opt *table, size_t count, unsigned verb, int argc, char **argv, void *into,
	struct list *rest, struct arena *a, struct err *e)
{
	for (int i = 0; i < argc; i++) {
		const char *arg = argv[i], *equals, *value = NULL;
		const struct opt *o = NULL;
		struct span name;

		if (strcmp(arg, "--") == 0) {
			while (++i < argc)
				list_add(a, rest, argv[i]);
			break;
		}
		if (strncmp(arg, "--", 2) != 0) {
			if (arg[0] == '-' && arg[1] && !text_is_digit(arg[1]))
				return err_set(e, "no option %.40s", arg);
			list_add(a, rest, arg);
			continue;
		}
		equals = strchr(arg, '=');
		name = (struct span){ arg + 2, equals ? (size_t)(equals - arg) - 2 : strlen(arg) - 2 };
		for (size_t k = 0; k < count && !o; k++)
			if ((table[k].verbs & verb) && span_equal(name, span_of(table[k].name)))
				o = &table[k];
		if (!o)
			return unknown(table, count, verb, name, a, e);
		if (o->kind == OPT_FLAG && equals)
			return err_set(e, "--%s takes no value", o->name);
		if (o->kind != OPT_FLAG) {
			value = equals ? equals + 1 : ++i < argc ? argv[i] : NULL;
			if (!value)
				return err_set(e, "--%s needs a value: %s", o->name, o->value);
		}
		if (set(o, value, into, a, e) != 0)
			return -1;
	}
	return 0;
}

#define HELP_INDENT 30
#define HELP_WIDTH  100

const char *opt_help(const struct opt *table, size_t count, unsigned verb, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < count; i++) {
		const struct opt *o = &table[i];
		struct span about = span_of(o->about), word;
		const char *head;
		size_t column;

		if (!(o->verbs & verb))
			continue;
		head = arena_printf(a, "  --%s%s%s", o->name, o->kind == OPT_FLAG ? "" : " ",
			o->kind == OPT_FLAG ? "" : o->value);
		column = strlen(head);
		all = arena_printf(a, "%s%s", all, head);
		if (column >= HELP_INDENT) {
			all = arena_printf(a, "%s\n", all);
			column = 0;
		}
		all = arena_printf(a, "%s%*s", all, (int)(HELP_INDENT - column), "");
		column = HELP_INDENT;
		while (text_cut(&about, ' ', &word)) {
			if (column > HELP_INDENT && column + 1 + word.n > HELP_WIDTH) {
				all = arena_printf(a, "%s\n%*s", all, HELP_INDENT, "");
				column = HELP_INDENT;
			}
			all = arena_printf(
				a, "%s%s%.*s", all, column > HELP_INDENT ? " " : "", (int)word.n, word.p);
			column += word.n + (column > HELP_INDENT);
		}
		all = arena_printf(a, "%s\n", all);
	}
	return all;
}
