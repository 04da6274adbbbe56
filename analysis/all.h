/* SPDX-License-Identifier: MIT
 * One line per analysis, in the order in which they fill the report. */
ANALYSIS(overview)
ANALYSIS(action)
ANALYSIS(chart)
ANALYSIS(findings)
ANALYSIS(clock)
ANALYSIS(tags)
ANALYSIS(counters)
ANALYSIS(exhaustion)
ANALYSIS(companions)
ANALYSIS(coverage)
ANALYSIS(provenance)
ANALYSIS(glossary)
