#!/bin/sh
# SPDX-License-Identifier: MIT
# Is the source formatted as .clang-format says, and what do cppcheck and shellcheck find in it? clang-format 14 and
# cppcheck 2.10, those of Debian 12, are the reference. Ends with "N passed, N failed"; with 2 when a tool is missing.
set -u
cd "$(dirname "$0")/.." || exit 1

passed=0
failed=0
for tool in clang-format cppcheck; do
	command -v $tool >/dev/null 2>&1 || {
		echo "$tool is missing; as root, type: apt-get install clang-format cppcheck shellcheck"
		exit 2
	}
done
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

count() {
	if [ "$1" -eq 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
	fi
}

# Releases of clang-format differ in what they make of the same rules.
case $(clang-format --version) in
*"version 14."*)
	for file in *.[ch] core/*.[ch] store/*.[ch] parsers/*.[ch] analysis/*.[ch] reports/*.[ch] tests/*.[ch]; do
		clang-format --dry-run -Werror "$file" 2>"$work/out"
		status=$?
		count $status
		[ $status -eq 0 ] || sed -n 's/: error: code should be clang-formatted.*/: not formatted (clang-format -i)/p' "$work/out" | head -n 1
	done
	;;
*) echo "skipped: formatting, which is checked with clang-format 14; this is $(clang-format --version)" ;;
esac

# What die() and err_set() do, which cppcheck cannot see in their headers.
cat >"$work/project.cfg" <<'END'
<?xml version="1.0"?>
<def format="2">
  <function name="die"><noreturn>true</noreturn><arg nr="1"/><arg nr="variadic"/></function>
  <function name="bundle_die"><noreturn>true</noreturn><arg nr="1"/><arg nr="2"/></function>
  <function name="err_set"><noreturn>false</noreturn><arg nr="1"/><arg nr="2"/><arg nr="variadic"/></function>
</def>
END
# variableScope         variables are declared at the top of their function here
# constParameter        functions that are plug-ins or callbacks share one signature
# shadowFunction        -Wshadow judges that: a local may be called like a static function of another place
# knownConditionTrueFalse  2.10 loses values that loops and conditional expressions change, and is mostly wrong
# uninitvar             in SHA-256's schedule alone: each word is made of earlier ones
# unreadVariable        in ingest.c: a member that the callback reads behind its first member's address; in tests/:
#                       what was handed over is spoilt afterwards, to show that it was copied
cppcheck --quiet --std=c11 -j 2 -I . --library="$work/project.cfg" --enable=warning,style,performance,portability \
	--suppress=variableScope --suppress=constParameter --suppress=shadowFunction --suppress=knownConditionTrueFalse \
	--suppress=unreadVariable:ingest.c '--suppress=unreadVariable:tests/*' \
	--suppress=uninitvar:tests/report_read.h --error-exitcode=1 \
	--template='{file}:{line}: {message} [{id}]' ./*.c core store parsers analysis reports tests 2>&1
count $?

if command -v shellcheck >/dev/null 2>&1; then
	for script in .ci/run *.sh */*.sh; do
		shellcheck "$script"
		count $?
	done
else
	echo "skipped: shell scripts, for shellcheck is not installed"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
