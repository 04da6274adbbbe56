/* SPDX-License-Identifier: MIT
 * Names with and without a domain, and names cut to what NetBIOS can hold. */
#include "core/machine.h"

#include "core/text.h"

#include <string.h>

struct span machine_label(struct span name)
{
	const char *dot = name.n ? memchr(name.p, '.', name.n) : NULL;

	return dot ? text_head(name, (size_t)(dot - name.p)) : name;
}

static bool short_for(struct span name, struct span full)
{
	struct span label = machine_label(full);

	return span_equal_nocase(name, label) ||
	       (name.n == MACHINE_NETBIOS && label.n > MACHINE_NETBIOS &&
		       span_equal_nocase(name, text_head(label, MACHINE_NETBIOS)));
}

bool machine_same(struct span a, struct span b)
{
	bool domain_a = machine_label(a).n < a.n, domain_b = machine_label(b).n < b.n;

	if (domain_a && domain_b)
		return span_equal_nocase(a, b);
	if (domain_a)
		return short_for(b, a);
	return short_for(a, b) || (!domain_b && short_for(b, a));
}
