/* SPDX-License-Identifier: MIT
 * One line per parser; the order means nothing. */
PARSER(events)
PARSER(memsnap)
PARSER(poolmon)
PARSER(regfile)
PARSER(regquery)
PARSER(systeminfo)
PARSER(windbg)
