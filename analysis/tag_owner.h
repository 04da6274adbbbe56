/* SPDX-License-Identifier: MIT
 * Who owns a pool tag, and what helps when it leaks. Descriptions after the public pooltag.txt (Windows
 * Server 2003 Resource Kit), in our words; remedies with their KB article where one is known. */
#ifndef ANALYSIS_TAG_OWNER_H
#define ANALYSIS_TAG_OWNER_H

struct tag_owner {
	const char *tag; /* four characters; ? stands for any one */
	const char *what;
	const char *remedy; /* NULL: no first remedy is published */
};
const struct tag_owner *tag_owner_find(const char *tag); /* exact before wildcard; NULL when not listed */

#endif
