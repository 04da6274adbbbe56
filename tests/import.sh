#!/bin/bash
# SPDX-License-Identifier: MIT
# Does a real importer take the files of --reg and --undo? Under Debian's wine64, for each bundle: the registry is set
# up as its export shows it, `reg import` takes the recommended values, then the undo file; after each, `reg query` must
# show exactly what it should. Hostile names must change nothing else in all of HKLM\SYSTEM and of the user's registry.
# Ends with "N passed, N failed".
set -u
cd "$(dirname "$0")/.." || exit 1

BUILD=${BUILD:-build}
program=$PWD/$BUILD/pooltriage
samples=$PWD/samples
wine=/usr/lib/wine/wine64
server=/usr/lib/wine/wineserver64
key='HKLM\SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management'
head='[HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management]'

if ! tests/need.sh check-import $wine:wine64 >&2; then
	echo "skipped: no wine64 here"
	exit 0
fi

work=$(mktemp -d) || exit 1
export LC_ALL=C SOURCE_DATE_EPOCH=1262304000
# A registry of its own, without a display, and without what a first start would install.
export WINEPREFIX=$work/prefix WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml=;winemenubuilder.exe=d'
unset DISPLAY WAYLAND_DISPLAY
mkdir "$WINEPREFIX"
"$server" -p # until it is told to end
trap '"$server" -k; "$server" -w; rm -rf "$work"' EXIT
cd "$work" || exit 1

passed=0
failed=0
pass() { passed=$((passed + 1)); }
fail() {
	failed=$((failed + 1))
	echo "FAIL $1"
}

# Two files that must not differ.
same() {
	if cmp -s "$2" "$3"; then
		pass
	else
		fail "$1:"
		diff -a -u "$2" "$3" | head -n 20
	fi
}

# Into a file: what wine leaves running would hold a pipe open.
reg() {
	"$wine" reg.exe "$@" </dev/null >said 2>&1
	tr -d '\r' <said
}
# Silence is no proof: some importers say that all went well where nothing did. What is queried decides.
import() { reg import "$1" >"$1.said"; }
query() { reg query "$key" /s >"$1"; }
# As regedit exports it: a .reg file of UTF-8 becomes one of UTF-16LE.
utf16() { { printf '\377\376' && sed 's/$/\r/' | iconv -f UTF-8 -t UTF-16LE; } >"$1"; }

# What `reg query` shows is sorted by name, so the values that are set are taken out and put in again, sorted.
# changed BEFORE NAME=DATA...: the query BEFORE with these DWORD values.
changed() {
	local from=$1 value
	shift
	cp "$from" with
	for value; do
		awk -v name="${value%%=*}" -v data="${value#*=}" '
			function put() { if (!done++) print "    " name "    REG_DWORD    " data }
			/^HKEY/ { keys++ }
			keys == 1 && $1 == name { next }
			keys == 1 && /^    / && tolower($1) > tolower(name) { put() }
			keys == 1 && !/^    / && seen { put() }
			{ print; seen = keys == 1 && /^    / }' with >with.next
		mv with.next with
	done
	cat with
}

# outputs NAME BUNDLE [ARGUMENT...]: writes set.reg and undo.reg.
outputs() {
	local name=$1 bundle=$2
	shift 2
	rm -f set.reg undo.reg
	"$program" triage "$bundle" --quiet --reg set.reg --undo undo.reg "$@" >printed 2>&1 && [ -s set.reg ] && [ -s undo.reg ] &&
		return
	fail "$name: no files"
	cat printed
	return 1
}

# there_and_back NAME BUNDLE VALUE...: the registry is as it was before; these values are set, and set back.
there_and_back() {
	local name=$1 bundle=$2
	shift 2
	outputs "$name" "$bundle" || return
	changed before "$@" >expected
	import set.reg
	query after
	same "$name: the recommended values and nothing else" expected after
	import undo.reg
	query undone
	same "$name: undone" before undone
	# What is of no usual type the query shows as "(null)", the export by its bytes.
	reg export "$key" undone.reg /y >/dev/null
	same "$name: undone, byte for byte" before.reg undone.reg
}

# The registry as a file has it, and nothing else in the key.
set_up() {
	reg delete "$key" /f >/dev/null
	import "$1"
	query before
	reg export "$key" before.reg /y >/dev/null
	grep -q PhysicalAddressExtension before || fail "$1 was not imported: $(cat "$1.said")"
}

# ---- the samples, by their own exports ----

sample() {
	cp "$samples/$1/memory-management.reg" export.reg
	set_up export.reg
	there_and_back "$1" "$samples/$1" "${@:2}"
}

# ---- a server like that of mmst-tune, with another export ----

bundle() {
	rm -rf bundle
	mkdir bundle
	cp "$samples"/mmst-tune/*.txt "$samples"/mmst-tune/*.xml bundle
}

# The sample's export without the two values, with these lines instead.
export_with() {
	iconv -f UTF-16 -t UTF-8 "$samples/mmst-tune/memory-management.reg" | tr -d '\r' |
		head=$head lines=$1 awk '
			/^"(PoolUsageMaximum|PagedPoolSize)"/ { next }
			{ print }
			$0 == ENVIRON["head"] && ENVIRON["lines"] { print ENVIRON["lines"] }' |
		utf16 "$2"
}

# set_up_with NAME LINE...: the registry as such an export has it.
set_up_with() {
	local name=$1
	shift
	export_with "$([ $# -eq 0 ] || printf '%s\n' "$@")" export.reg
	set_up export.reg
	[ "$(grep -cE '^    (PoolUsageMaximum|PagedPoolSize) ' before)" -eq $# ] || fail "$name: not set up"
}

# before NAME LINE...: those lines in the export; the bundle has it as the importer itself exports the key.
before() {
	local name=$1
	shift
	set_up_with "$name" "$@"
	bundle
	cp before.reg bundle/key.reg
	there_and_back "$name" bundle PoolUsageMaximum=0x3c PagedPoolSize=0xffffffff
}

# The same, where the bundle has what `reg query` prints.
listed() {
	local name=$1
	shift
	set_up_with "$name" "$@"
	bundle
	reg query "$key" | sed 's/$/\r/' >bundle/query.txt
	there_and_back "$name, listed" bundle PoolUsageMaximum=0x3c PagedPoolSize=0xffffffff
}

# An export of more than the one key: of all that is above it.
above() {
	set_up_with "several keys" '"PoolUsageMaximum"=dword:00000050'
	bundle
	reg export 'HKLM\SYSTEM\CurrentControlSet' "bundle\\key.reg" /y >/dev/null
	there_and_back "several keys in the export" bundle PoolUsageMaximum=0x3c PagedPoolSize=0xffffffff
}

# ---- names that would be script ----

everything() {
	reg export 'HKLM\SYSTEM' "$1.machine" /y >/dev/null
	reg export 'HKCU' "$1.user" /y >/dev/null
	iconv -f UTF-16 -t UTF-8 "$1.machine" "$1.user" | tr -d '\r' >"$1"
}

# The files differ in these lines only: those of the first gone, those of the second come.
hostile() {
	local name=$1 computer
	computer=$(printf '%s\n' "$2" | sed 's/[&\|]/\\&/g')
	set_up_with "$name" '"PoolUsageMaximum"=dword:00000050'
	bundle
	rm bundle/systeminfo.txt # names the server as well
	sed "s|<Computer>FS01</Computer>|<Computer>$computer</Computer>|g" "$samples/mmst-tune/System.xml" >bundle/System.xml
	cp export.reg bundle/key.reg
	everything all.before
	outputs "$name" bundle --os 5.2.3790 --arch x86 --ram 2G || return
	tr -d '\000' <set.reg | grep -q '^; Server .*HKEY_LOCAL_MACHINE.SYSTEM' || fail "$name: the name is not in the file"
	import set.reg
	everything all.after
	import undo.reg
	everything all.undone
	printf '%s\n' '<"PoolUsageMaximum"=dword:00000050' '>"PagedPoolSize"=dword:ffffffff' \
		'>"PoolUsageMaximum"=dword:0000003c' >expected
	diff -a all.before all.after | sed -n 's/^\([<>]\) /\1/p' | sort >differs
	same "$name: nothing else in the registry" expected differs
	same "$name: undone" all.before all.undone
}

set -f # values are words
sample mmst-tune PoolUsageMaximum=0x3c PagedPoolSize=0xffffffff
sample at-sixty PoolUsageMaximum=0x32
sample hostile PoolUsageMaximum=0x3c PagedPoolSize=0xffffffff
set +f
before "both absent"
before "DWORD" '"PoolUsageMaximum"=dword:00000060' '"PagedPoolSize"=dword:000000c0'
before "strings" '"PoolUsageMaximum"="60"' '"PagedPoolSize"="\"C:\\p\" ;=-"'
before "bytes" '"PoolUsageMaximum"=hex:3c,00,00,00' '"PagedPoolSize"=hex:'
before "a string to expand, a list" '"PoolUsageMaximum"=hex(2):25,00,36,00,30,00,25,00,00,00' \
	'"PagedPoolSize"=hex(7):43,00,3a,00,5c,00,70,00,61,00,67,00,65,00,66,00,69,00,6c,00,65,00,2e,00,73,00,79,00,00,00,36,00,00,00,00,00'
before "QWORD" '"PoolUsageMaximum"=hex(b):3c,00,00,00,00,00,00,00' '"PagedPoolSize"=hex(b):ff,ff,ff,ff,ff,ff,ff,ff'
before "no type, an odd one" '"PoolUsageMaximum"=hex(0):01' '"PagedPoolSize"=hex(2a):02,03'
listed "absent, DWORD" '"PagedPoolSize"=dword:00000000'
listed "string, bytes" '"PoolUsageMaximum"="60"' '"PagedPoolSize"=hex:3c,00'
above
# As XML spells them: &#13;&#10; is a line break, &quot; a quote.
hostile "line breaks" 'FS01&#13;&#10;[HKEY_LOCAL_MACHINE\SYSTEM\Evil]&#13;&#10;&quot;x&quot;=dword:1&#10;[HKEY_CURRENT_USER\Evil]&#10;@=&quot;y&quot;&#10;;'
# shellcheck disable=SC1003  # the name ends in a backslash
hostile "brackets and quotes" '[-HKEY_LOCAL_MACHINE\SYSTEM]&quot;PagedPoolSize&quot;=-\&#10;&quot;z&quot;=-&#x2028;[HKCU\Evil]\'
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
