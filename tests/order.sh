#!/bin/sh
# SPDX-License-Identifier: MIT
# Is a report the same whatever the order of reading, the names of files, folders, and however often a file is given?
# BUILD is where the program lies. Prints a line per check and ends with "N passed, N failed".
set -u
cd "$(dirname "$0")/.." || exit 1
export LC_ALL=C NO_COLOR=1 SOURCE_DATE_EPOCH=1262304000

build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
program=$build/pooltriage
samples=$PWD/samples
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
passed=0
failed=0
# Every variant is run with each of these.
JOBS=default
"$program" help triage 2>/dev/null | grep -q -e --jobs && JOBS='default 1 4'

# plain MAP <REPORT: what may not differ. The inputs are left out; a renamed file gets its name back from MAP (new name,
# tab, old name); notes, which are printed in order of name, are sorted, those of a copy under another name counted once.
plain() {
	awk -v map="$1" '
	BEGIN {
		FS = "\t"
		while ((getline line <map) > 0) {
			split(line, part, "\t")
			old[part[1]] = part[2]
		}
	}
	function named(text, out, at) {
		gsub(/deep\/er\//, "", text)
		for (out = ""; match(text, /(zz[0-9]+qq\/)?zz[0-9]+qx[0-9_]*\.txt/); text = substr(text, RSTART + RLENGTH)) {
			at = substr(text, RSTART, RLENGTH)
			out = out substr(text, 1, RSTART - 1) (at in old ? old[at] : at)
		}
		return out text
	}
	function notes_end(i, k, line) {
		for (i = 2; i <= count; i++) {
			line = note[i]
			for (k = i - 1; k > 0 && note[k] > line; k--)
				note[k + 1] = note[k]
			note[k + 1] = line
		}
		for (i = 1; i <= count; i++)
			if (i == 1 || note[i] != note[i - 1])
				print note[i]
	}
	/^      "inputs": \[/ { inputs = 1 }
	/^      "notes": \[/ { notes = 1; count = 0; print; next }
	/^      \]/ {
		if (notes)
			notes_end()
		if (!inputs)
			print
		inputs = notes = 0
		next
	}
	inputs { next }
	notes && /^        \{/ { note[++count] = ""; next }
	notes && /^        \}/ { next }
	notes { note[count] = note[count] named($0); next }
	{ print named($0) }'
}

: >"$work/no-map"

# take NAME MAP ARGUMENTS...: a report of that, plain.
take() {
	what=$1 map=$2
	shift 2
	"$program" triage "$@" --quiet --json "$work/report" >"$work/said" 2>&1
	status=$?
	[ $status -eq 0 ] || [ $status -eq 3 ] || echo "$what: exit $status: $(head -n 1 "$work/said")"
	plain "$map" <"$work/report" >"$work/plain"
	rm -f "$work/report"
}

# base NAME ARGUMENTS...: what the variants that follow are compared with.
base() {
	bundle=$1
	shift
	take "$bundle" "$work/no-map" "$@"
	mv "$work/plain" "$work/base"
	if [ "$(wc -l <"$work/base")" -gt 100 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL $bundle: no report"
	fi
}

compare() {
	if cmp -s "$work/base" "$work/plain"; then
		passed=$((passed + 1))
		echo "ok $bundle: $1"
	else
		failed=$((failed + 1))
		echo "FAIL $bundle: $1:"
		diff "$work/base" "$work/plain" | head -n "${LINES_SHOWN:-8}"
	fi
}

# same NAME MAP ARGUMENTS...
same() {
	name=$1 with=$2
	shift 2
	for jobs in $JOBS; do
		case $jobs in
		default) take "$bundle: $name" "$with" "$@" ;;
		*) take "$bundle: $name" "$with" "$@" --jobs "$jobs" ;;
		esac
		compare "$name, jobs $jobs"
	done
}

# rename FROM TO MAP: copies of all files under names that sort the other way round and tell nothing but the stamp, where
# the name carries one.
rename() {
	mkdir -p "$2"
	number=900
	for path in "$1"/*; do
		file=${path##*/}
		stamp=$(echo "$file" | sed -n 's/.*\(_20[0-9]*_[0-9]*\)\..*/\1/p')
		cp "$path" "$2/zz${number}qx$stamp.txt"
		printf 'zz%sqx%s.txt\t%s\n' "$number" "$stamp" "$file" >>"$3"
		number=$((number - 1))
	done
}

# shuffled FOLDER: its files in an order that has nothing to do with their names, and is the same each time.
shuffled() {
	for path in "$1"/*; do
		echo "$(echo "${path##*/}" | cksum) $path"
	done | sort -n | sed 's/^[^/]*//'
}

# Paths hold no blanks here: they are words.
# flat NAME FOLDER: all variants of a folder that is one bundle. A file that no parser knows must not be in it.
# shellcheck disable=SC2046,SC2086
flat() {
	from=$2 map=$work/$1.map renamed=$work/$1.renamed
	: >"$map"
	base "$1" "$from"
	forwards=$(printf '%s\n' "$from"/*)
	backwards=$(printf '%s\n' $forwards | sort -r)
	same "folder" "$work/no-map" "$from"
	same "files forwards" "$work/no-map" $forwards
	same "files backwards" "$work/no-map" $backwards
	same "files shuffled" "$work/no-map" $(shuffled "$from")
	same "every file twice" "$work/no-map" $forwards $backwards
	same "folder twice" "$work/no-map" "$from" "$from"
	rename "$from" "$renamed" "$map"
	same "other names" "$map" "$renamed"
	same "other names shuffled" "$map" $(shuffled "$renamed")
	same "other names beside the old ones" "$map" "$renamed" "$from"
	mkdir -p "$work/$1.nested/deep/er"
	cp "$from"/* "$work/$1.nested/deep/er"
	same "two folders deeper" "$work/no-map" "$work/$1.nested"
	stored "$1" "$from"
}

# Two runs into one store, in either order, and again. Each run has what says whose the captures are.
# shellcheck disable=SC2046,SC2086
stored() {
	names=$(printf '%s\n' "$2"/*[Ss]ystem*)
	odd=$(shuffled "$2" | awk 'NR % 2')
	even=$(shuffled "$2" | awk 'NR % 2 == 0')
	rm -f "$work/a.db" "$work/b.db" "$work/c.db"
	take "$1: first half" "$work/no-map" $names $odd --store "$work/a.db"
	same "store, second half after the first" "$work/no-map" $names $even --store "$work/a.db"
	take "$1: second half" "$work/no-map" $names $even --store "$work/b.db"
	same "store, first half after the second" "$work/no-map" $names $odd --store "$work/b.db"
	same "store, again" "$work/no-map" "$2" --store "$work/b.db"
	take "$1: other names" "$map" "$renamed" --store "$work/c.db"
	same "store, after other names" "$map" "$2" --store "$work/c.db"
}

# ---- mixtures ----

# All bundles in one folder of folders.
folders() {
	mkdir "$work/all" "$work/all2" "$work/all3"
	for one in $bundles; do
		cp -r "$samples/$one" "$work/all"
	done
	base "all bundles" "$work/all"
	same "folder" "$work/no-map" "$work/all"
	folder=900
	for one in $bundles; do
		: >"$work/one.map"
		rename "$work/all/$one" "$work/all2/zz${folder}qq" "$work/one.map"
		awk -F '\t' -v to="zz${folder}qq" -v from="$one" '{ print to "/" $1 "\t" from "/" $2 }' "$work/one.map" >>"$work/all.map"
		folder=$((folder - 1))
	done
	same "other names" "$work/all.map" "$work/all2"
	mkdir -p "$work/all3/deep/er"
	cp -r "$work/all"/* "$work/all3/deep/er"
	same "two folders deeper" "$work/no-map" "$work/all3"
	rm -f "$work/all.db"
	take "all bundles: other names" "$work/all.map" "$work/all2" --store "$work/all.db"
	same "store, after other names" "$work/all.map" "$work/all" --store "$work/all.db"
}

# event_lines SAMPLE: a log with a line for each event.
event_lines() {
	awk '{ gsub(/<Event[ >]/, "\n&"); gsub(/<\/Events>/, "\n&") } 1' "$samples/$1" | grep -v '^$'
}

# What one server's files may disagree on: two exports of one log, each with events of its own; two exports of the
# registry; two systeminfos; one capture in two files that are not the same bytes.
disputed() {
	from=$work/in.disputed
	mkdir "$from"
	cp "$samples"/mmst-tune/* "$from"
	event_lines mmst-tune/System.xml >"$from/System.xml"
	sed -e '/<EventRecordID>[0-9]*3</d' -e 's/<Level>4</<Level>0</' "$from/System.xml" >"$from/another-System.xml"
	sed -e '/<EventRecordID>[0-9]*7</d' -e 's/FS01/fs01/' "$from/System.xml" >"$from/third-System.xml"
	# On the same lines as in the first one, and two at its end that are not in it.
	sed -e '$d' "$from/System.xml" >"$from/System-later.xml"
	sed -n -e '20,21s/<EventRecordID>/&9/p' -e '$p' "$from/System.xml" >>"$from/System-later.xml"
	sed 's/^Total Physical Memory:.*/Total Physical Memory:     1,024 MB/' "$from/systeminfo.txt" >"$from/systeminfo-2.txt"
	sed 's/^Time Zone:.*/Time Zone:                 (GMT+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna/' \
		"$from/systeminfo.txt" >"$from/systeminfo-3.txt"
	printf 'REGEDIT4\r\n\r\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management]\r\n"PoolUsageMaximum"=dword:00000028\r\n' \
		>"$from/after.reg"
	printf 'REGEDIT4\r\n\r\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management]\r\n"PoolUsageMaximum"=dword:00000032\r\n"PagedPoolSize"=dword:08000000\r\n' \
		>"$from/before.reg"
	for file in "$samples"/mmst-tune/poolsnap*1[0-4]*; do
		copy=${file##*/}
		{
			cat "$file"
			printf '\r\n'
		} >"$from/a-copy-of-$copy"
	done
	flat disputed "$from"
}

# A log that was forwarded from three machines, or from a hundred, beside captures that nobody names.
forwarded() {
	from=$work/in.forwarded
	mkdir "$from"
	cp "$samples"/mmst-tune/poolsnap* "$from"
	event_lines mmst-tune/System.xml |
		awk '{ n++; sub(/<Computer>[^<]*</, "<Computer>FS" n % 3 (n % 5 ? "" : ".corp.example") "<") } 1' >"$from/System.xml"
	event_lines toke-leak/system-events.xml |
		awk '{ n++; sub(/<Computer>[^<]*</, "<Computer>fs" n % 4 ".corp.example<") } 1' >"$from/forwarded-System.xml"
	flat forwarded "$from"
	from=$work/in.hundred
	mkdir "$from"
	cp "$samples"/mmst-tune/poolsnap*1[0-2]* "$from"
	event_lines mmst-tune/System.xml | awk '{ n++; sub(/<Computer>[^<]*</, "<Computer>FS" n % 100 "<") } 1' >"$from/System.xml"
	flat hundred "$from"
}

# Equal captures and registry exports of two servers: those of each count for each.
twins() {
	for twin in FS01 FS02; do
		mkdir -p "$work/twins/$twin"
		cp "$samples"/mmst-tune/poolsnap* "$samples/mmst-tune/memory-management.reg" "$work/twins/$twin"
		sed "s/FS01/$twin/" "$samples/mmst-tune/systeminfo.txt" >"$work/twins/$twin/systeminfo.txt"
	done
	base twins "$work/twins/FS01" "$work/twins/FS02"
	counts=$(sed -n '/"snapshots": {/{n;s/.*"count": //p;}' "$work/base" | tr -d '\n')
	registry=$(grep -c '"PoolUsageMaximum": [0-9"]' "$work/base")
	if [ "$counts" = 20,20, ] && [ "$registry" -eq 2 ]; then
		passed=$((passed + 1))
		echo "ok twins: each has all"
	else
		failed=$((failed + 1))
		echo "FAIL twins: captures $counts registries $registry"
	fi
	same "the other way round" "$work/no-map" "$work/twins/FS02" "$work/twins/FS01"
	take "twins: first" "$work/no-map" "$work/twins/FS02" --store "$work/twins.db"
	take "twins: second" "$work/no-map" "$work/twins/FS01" --store "$work/twins.db"
	same "store" "$work/no-map" "$work/twins/FS01" "$work/twins/FS02" --store "$work/twins.db"
}

bundles=$(cd "$samples" && for name in */; do [ "$name" = dialects/ ] || echo "${name%/}"; done)
for one in ${ONLY:-$bundles}; do
	[ -d "$samples/$one" ] && flat "$one" "$samples/$one"
done
[ -n "${ONLY:-}" ] || folders
disputed
forwarded
twins
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
