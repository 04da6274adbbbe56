/* SPDX-License-Identifier: MIT
 * One line per parser; the order means nothing. */
PARSER(counters)
PARSER(counters_local)
PARSER(events)
PARSER(memsnap)
PARSER(poolmon)
PARSER(poolmonps)
PARSER(poolmonx)
PARSER(regfile)
PARSER(regquery)
PARSER(systeminfo)
