#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs every test of a build and counts: unit programs, golden files, samples, hostile inputs, include rules. `bless`
# rewrites the golden files instead and shows what changed. Ends with the plain line "N passed, N failed".
set -u
cd "$(dirname "$0")/.." || exit 1

BUILD=${BUILD:-build}
CC=${CC:-cc}
mode=${1:-check}
program=$BUILD/pooltriage
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
# What is printed must not depend on when, where and in which colours it is.
export LC_ALL=C SOURCE_DATE_EPOCH=1262304000 NO_COLOR=1

pass() { passed=$((passed + 1)); }
fail() {
	failed=$((failed + 1))
	echo "FAIL $1"
}

# A program or script whose last line is "N passed, N failed": its counts join ours, what it says is shown when it fails.
counted() {
	name=$1
	shift
	start=$(date +%s)
	"$@" >"$work/out" 2>&1
	status=$?
	line=$(tail -n 1 "$work/out")
	case $line in
	*[0-9]" passed, "[0-9]*" failed")
		p=${line%% passed*}
		f=${line##*passed, }
		f=${f%% failed*}
		passed=$((passed + p))
		failed=$((failed + f))
		if [ "$f" -gt 0 ] || [ "$status" -ne 0 ]; then
			sed "s|^|$name: |" "$work/out"
			[ "$f" -gt 0 ] || fail "$name ended with $status"
		else
			grep '^skipped' "$work/out" | sed "s|^|$name: |"
			echo "ok   $name: $p checks, $(($(date +%s) - start)) s"
		fi
		;;
	"skipped: "*)
		# Nothing to test here, like a corpus that does not lie beside the checkout.
		sed "s|^|$name: |" "$work/out"
		[ "$status" -eq 0 ] || fail "$name ended with $status"
		;;
	*)
		sed "s|^|$name: |" "$work/out"
		fail "$name ended with $status and without a count"
		;;
	esac
}

# An output against its golden file; with bless the golden file is rewritten.
golden() {
	expected=$1
	actual=$2
	if [ "$mode" = bless ]; then
		cmp -s "$expected" "$actual" || { cp "$actual" "$expected" && echo "blessed $expected"; }
	elif cmp -s "$expected" "$actual"; then
		pass
	else
		fail "$expected differs:"
		diff -a -u "$expected" "$actual" | head -n 20
	fi
}

# tests/golden/dump/BUNDLE/FILE.tsv: what a parser sees in samples/BUNDLE/FILE.
golden_dumps() {
	for expected in $(cd tests/golden/dump && find . -name '*.tsv' | sort); do
		file=${expected#./}
		"$program" dump "samples/${file%.tsv}" >"$work/dump" 2>&1
		golden "tests/golden/dump/$file" "$work/dump"
	done
}

# tests/golden/report/SAMPLE.FORMAT: a report of samples/SAMPLE; SAMPLE.args holds further arguments. A folder is some of
# the files of --csv.
golden_reports() {
	for expected in tests/golden/report/*.*; do
		file=${expected##*/}
		sample=${file%.*}
		format=${file##*.}
		args=$(cat "tests/golden/report/$sample.args" 2>/dev/null)
		case $format in
		txt) option=--text ;;
		md) option=--markdown ;;
		csv)
			golden_tables
			continue
			;;
		ticket)
			# shellcheck disable=SC2086  # the arguments are words
			"$program" triage "samples/$sample" $args --ticket --quiet >"$work/report" 2>"$work/out" || cat "$work/out"
			golden "$expected" "$work/report"
			continue
			;;
		args) continue ;;
		*) option=--$format ;;
		esac
		rm -f "$work/report"
		# shellcheck disable=SC2086  # the arguments are words
		"$program" triage "samples/$sample" $args $option "$work/report" --quiet >"$work/out" 2>&1 || cat "$work/out"
		golden "$expected" "$work/report"
	done
}

golden_tables() {
	# shellcheck disable=SC2086  # the arguments are words
	"$program" triage "samples/$sample" $args --csv "$work/tables" --quiet >"$work/out" 2>&1 || cat "$work/out"
	for table in "$expected"/*.csv; do
		golden "$table" "$work/tables/${table##*/}"
	done
}

# tests/golden/cli/NAME.cmd: the words after `pooltriage`; .out is what it prints, .exit its exit code (0 without one).
golden_commands() {
	for command in tests/golden/cli/*.cmd; do
		name=${command%.cmd}
		sh -c "'$program' $(cat "$command")" >"$work/out" 2>&1
		echo "exit $?" >>"$work/out"
		golden "$name.out" "$work/out"
	done
}

# docs/rules.md is what the program says of its rules.
golden_rules() {
	"$program" explain all >"$work/rules" 2>&1
	golden docs/rules.md "$work/rules"
}

# The samples are what their generator writes, byte for byte.
samples() {
	mkdir -p "$work/samples"
	for bundle in $("$BUILD/tests/bundle"); do
		mkdir -p "$work/samples/$bundle"
	done
	"$BUILD/tests/bundle" "$work/samples" >/dev/null
	# Of the dialects only the event logs are generated.
	if diff -r -q -x README.md -x dialects samples "$work/samples" >"$work/out" 2>&1 &&
		diff -r -q samples/dialects/events "$work/samples/dialects/events" >"$work/out" 2>&1; then
		pass
	else
		fail "samples/ is not what tests/bundle writes (make samples)"
		head -n 5 "$work/out"
	fi
}

if [ "$mode" = bless ]; then
	golden_dumps
	golden_reports
	golden_commands
	golden_rules
	git --no-pager diff --stat -- tests/golden 2>/dev/null
	exit 0
fi

counted layers tests/layers.sh
counted headers tests/headers.sh "$CC"
for unit in tests/unit_*.c tests/corpus_*.c; do
	name=$(basename "$unit" .c)
	counted "$name" "$BUILD/tests/$name"
done
samples
golden_dumps
golden_reports
golden_commands
golden_rules
counted order tests/order.sh
[ -f tests/hostile.sh ] && counted hostile tests/hostile.sh
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
