/* SPDX-License-Identifier: MIT
 * From a report to files: one, or a folder of them. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "core/core.h"
#include "reports/format.h"

/* path "-" is standard output */
int output_report(const struct report *r, const char *format, const char *path, const struct style *style,
	struct err *e);
/* Makes the folder if need be. Files of the same names are replaced, each when it is complete; nothing else
 * in the folder is touched. */
int output_folder(const struct report *r, const char *format, const char *path, struct err *e);

#endif
