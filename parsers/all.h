/* SPDX-License-Identifier: MIT
 * One line per parser; the order means nothing. */
PARSER(bcdedit)
PARSER(bootini)
PARSER(events)
PARSER(memsnap)
PARSER(msinfo)
PARSER(poolmon)
PARSER(pooltag)
PARSER(regfile)
PARSER(regquery)
PARSER(systeminfo)
