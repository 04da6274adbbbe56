/* SPDX-License-Identifier: MIT
 * One line per parser; the order means nothing. */
PARSER(events)
PARSER(poolmon)
