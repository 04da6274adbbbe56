#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks the rules that docs/design.md states about who may include and call what. Prints each violation as
# "FILE:LINE: why" and ends with "N passed, N failed", one for each file looked at.
set -u
cd "$(dirname "$0")/.." || exit 1

# Comments are taken off before anything is matched, and string literals before calls are, so that a word in a
# sentence is no violation. A file of the tests may include what it likes of the project, but no library either.
# Everything else that is text is only searched for paths of one machine; samples/ and tests/hostile/ are inputs.
find . \( -name build -o -name .git -o -name samples -o -name hostile \) -prune -o -type f -print |
	sed 's|^\./||' | LC_ALL=C sort | LC_ALL=C awk '
function fault(why, at) {
	print file ":" (at ? at : line) ": " why
	bad = 1
}

# Takes comments off the text in line (state kept in in_comment) into code; without its literals into bare.
function strip(text,    c, at, end) {
	code = bare = ""
	while (text != "") {
		if (in_comment) {
			at = index(text, "*/")
			if (!at)
				return
			text = substr(text, at + 2)
			in_comment = 0
			code = code " "
			bare = bare " "
			continue
		}
		if (!match(text, /\/\*|\/\/|["\047]/)) {
			code = code text
			bare = bare text
			return
		}
		at = RSTART
		code = code substr(text, 1, at - 1)
		bare = bare substr(text, 1, at - 1)
		c = substr(text, at, 2)
		if (c == "//")
			return
		if (c == "/*") {
			in_comment = 1
			text = substr(text, at + 2)
			continue
		}
		c = substr(c, 1, 1)
		text = substr(text, at)
		if (c == "\"" ? !match(text, /^"([^"\\]|\\.)*"/) : !match(text, /^\047([^\047\\]|\\.)*\047/))
			RLENGTH = length(text) # not closed on its line; the compiler will say so
		code = code substr(text, 1, RLENGTH)
		bare = bare c c
		text = substr(text, RLENGTH + 1)
	}
}

# Is one of the words (a|b|c) in the text, as a whole identifier?
function says(text, words) {
	return (" " text " ") ~ ("[^A-Za-z0-9_](" words ")[^A-Za-z0-9_]")
}
function calls(text, words) {
	return (" " text) ~ ("[^A-Za-z0-9_](" words ")[ \t]*\\(")
}

function exists(name,    probe, got) {
	got = (getline probe < name)
	close(name)
	return got >= 0
}

function included(name,    home) {
	home = name ~ /\// ? substr(name, 1, index(name, "/") - 1) : "root"
	if (home == "root" && folder != "root" && !exists(name)) {
		if (exists(folder "/" name))
			fault("includes are written from the root: " name)
		return # else it is made into build/
	}
	if (folder == "root" || folder == "tests" || folder == "bench") {
		if (home == "root" || home in layer || home == folder)
			return
	} else if (home == folder || (home == "core" && home in layer)) {
		return
	} else if (folder == "analysis" && home == "store") {
		if (name != "store/store.h")
			fault("analysis/ may include only store/store.h of store/, not " name)
		return
	}
	if (home in layer || home == "root" || home == "tests" || home == "bench")
		fault((folder == "root" ? "the root" : folder "/") " may not include " name)
	else
		fault("includes are written from the root: " name)
}

function library(name) {
	if (name ~ /^(assert|ctype|errno|fenv|float|inttypes|iso646|limits|math|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|time|wchar)\.h$/)
		return
	if (name ~ /^(sqlite3|xxhash)\.h$/) {
		if (folder != "store")
			fault("only store/ may include <" name ">")
	} else if (name ~ /^libxml\// || name ~ /^pcre2/) {
		if (folder != "parsers")
			fault("only parsers/ may include <" name ">")
	} else if (name ~ /^windows\.h$/ || file == "core/os_win.c") {
		if (file != "core/os_win.c")
			fault("only core/os_win.c may include <" name ">")
	} else if (file != "core/os_posix.c") {
		fault("only core/os_posix.c may include <" name ">, which is neither of C11 nor of a known library")
	}
}

function check_line(    name, format) {
	if (code ~ /^[ \t]*#[ \t]*include[ \t]*["<]/) {
		name = code
		sub(/^[^"<]*["<]/, "", name)
		sub(/[">].*/, "", name)
		if (code ~ /include[ \t]*</)
			library(name)
		else
			included(name)
		return
	}
	if (bare ~ /^[ \t]*#[ \t]*define[ \t]+_[A-Z0-9_]*SOURCE/ && file != "core/os_posix.c")
		fault("only core/os_posix.c may ask for more than C11 has")
	if (says(bare, "_WIN32|_WIN64|__MINGW32__|__MINGW64__|_MSC_VER") && file != "core/os_win.c")
		fault("only core/os_win.c may know Windows")
	if (says(bare, "__linux__|__unix__|__APPLE__|__FreeBSD__") && file != "core/os_posix.c")
		fault("only core/os_posix.c may know its system")
	if (calls(bare, "setlocale|uselocale|newlocale|strptime|getopt|getopt_long|fork|vfork"))
		fault("no locales, strptime, getopt or fork here")
	if (folder in plug && (calls(bare, "v?f?printf|puts|putchar|perror|exit|_exit|_Exit|quick_exit|abort") || says(bare, "stderr")))
		fault(folder "/ neither prints nor ends the run")
	if (code ~ machine)
		fault("a path of one machine")

	# A call of out_printf may go on over several lines: gathered up to its semicolon. Its %s is for constants of the
	# program; the members named here hold what may have come from an input.
	if (folder == "reports") {
		if (statement != "" || calls(bare, "out_printf")) {
			if (statement == "")
				statement_line = line
			statement = statement code
			arguments = arguments bare
		}
		if (statement != "" && bare ~ /;/) {
			gsub(/%%/, "", statement)
			gsub(/strn?cmp\([^()]*\)/, "", arguments)
			if (statement ~ /%[-+ #0-9.*]*l?s/ &&
			    arguments ~ /(->|\.)(about|case_name|id|items|label|link|name|text|thinned|title)[^A-Za-z0-9_]/)
				fault("text goes through out_text with its escape, not through %s of out_printf", statement_line)
			statement = arguments = ""
		}
	}
}

# The top comment: the licence, then a sentence.
function check_top(text) {
	if (line == 1) {
		top = (text == "/* SPDX-License-Identifier: MIT")
		if (!top)
			fault("the first line is not \"/* SPDX-License-Identifier: MIT\"")
		sentence = ""
	} else if (top) {
		sentence = sentence " " text
		if (text ~ /\*\//) {
			top = 0
			if (sentence !~ /[A-Za-z]+[^A-Za-z]+[A-Za-z]+.*[.?:)][ \t]*\*\//)
				fault("no sentence beside the licence says what this file is")
		}
	}
}

BEGIN {
	layer["core"] layer["store"] layer["parsers"] layer["analysis"] layer["reports"]
	plug["store"] plug["parsers"] plug["analysis"] plug["reports"]
	machine = "/(ho[m]e|wor[k]|ro[o]t|Use[r]s)/[A-Za-z0-9_.]"
}

{
	file = $0
	folder = file ~ /\// ? substr(file, 1, index(file, "/") - 1) : "root"
	line = bad = in_comment = top = 0
	statement = arguments = ""
	while ((got = (getline text < file)) > 0) {
		line++
		if (file !~ /\.(c|h|inc)$/) {
			if (text ~ machine)
				fault("a path of one machine")
			continue
		}
		check_top(text)
		strip(text)
		if (code != "")
			check_line()
	}
	close(file)
	if (got < 0)
		fault("cannot be read")
	if (bad)
		failed++
	else
		passed++
}

END {
	if (passed + failed == 0) {
		print "no source file was found"
		failed = 1
	}
	print passed + 0 " passed, " failed + 0 " failed"
	exit failed > 0
}'
