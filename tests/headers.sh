#!/bin/sh
# SPDX-License-Identifier: MIT
# Does every header compile alone, and twice? Usage: tests/headers.sh CC [HEADER...], without names all of them; BUILD
# says where made headers lie. Ends with "N passed, N failed".
set -u
cd "$(dirname "$0")/.." || exit 1

cc=$1
shift
[ $# -gt 0 ] || set -- *.h core/*.h store/*.h parsers/*.h analysis/*.h reports/*.h tests/*.h
passed=0
failed=0
flags="-std=c11 -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wno-unused-function -Werror"

for header in "$@"; do
	case $header in
	*/all.h)
		# A list of plug-ins is no header of its own: one macro call a line, which its reader defines.
		if sed '/\/\*/,/\*\//d; /^[A-Z]*([a-z_0-9]*)$/d' "$header" | grep .; then
			echo "$header: lines that are no entry of a list"
			failed=$((failed + 1))
		else
			passed=$((passed + 1))
		fi
		continue
		;;
	store/*) libraries=$(pkg-config --cflags sqlite3 libxxhash) ;;
	parsers/*) libraries="$(pkg-config --cflags libxml-2.0 libpcre2-8) -DPCRE2_CODE_UNIT_WIDTH=8" ;;
	*) libraries= ;;
	esac
	# shellcheck disable=SC2086  # flags are words, and CC may be "ccache gcc"
	if printf '#include "%s"\n#include "%s"\n' "$header" "$header" |
		$cc $flags -I. -I"${BUILD:-build}" $libraries -fsyntax-only -x c -; then
		passed=$((passed + 1))
	else
		echo "$header: does not compile alone"
		failed=$((failed + 1))
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
