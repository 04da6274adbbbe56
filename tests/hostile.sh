#!/bin/sh
# SPDX-License-Identifier: MIT
# Does the built program survive what is broken, hostile or endless, say so by name, and end with the exit code that is
# promised for it? BUILD is where the program lies; SOAK=1 runs the long streams alone. Prints a line per check and ends
# with "N passed, N failed".
set -u
cd "$(dirname "$0")/.." || exit 1
export LC_ALL=C NO_COLOR=1 SOURCE_DATE_EPOCH=1262304000

build=${BUILD:-build}
case $build in /*) ;; *) build=$PWD/$build ;; esac
program=$build/pooltriage
files=tests/hostile
work=$(mktemp -d) || exit 1
writer=
# Folders that nobody may read are in there; a writer may still write.
trap '[ -z "$writer" ] || kill "$writer" 2>/dev/null; chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
chmod 755 "$work"
out=$work/stdout
err=$work/stderr
passed=0
failed=0
status=0
limit=30 # seconds a run may take; nothing here takes three
sanitized=0
grep -q fsanitize "$build/flags" 2>/dev/null && sanitized=1

ok() {
	passed=$((passed + 1))
	echo "ok $1"
}
fail() {
	failed=$((failed + 1))
	echo "FAIL $1: $2"
	head -n 5 "$err" | cut -c 1-300 | sed 's/^/    /'
}
skip() { echo "skipped: $1 ($2)"; }

if command -v timeout >/dev/null 2>&1; then
	limited() { timeout -k 5 "$limit" "$@"; }
else
	limited() { "$@"; }
fi

run() {
	limited "$program" "$@" >"$out" 2>"$err" </dev/null
	status=$?
}

# sound NAME CODE: the last run ended with that code, and with no fault of its own.
sound() {
	if [ "$status" -eq 124 ] || [ "$status" -eq 137 ]; then
		fail "$1" "still running after $limit s"
	elif grep -Eq 'internal fault|runtime error:|Sanitizer' "$err"; then
		fail "$1" "a fault of the program: $(grep -E 'internal fault|runtime error:|Sanitizer' "$err" | head -n 1)"
	elif [ "$status" -ne "$2" ]; then
		fail "$1" "exit $status, not $2"
	else
		return 0
	fi
	return 1
}

# expect NAME CODE WORDS ARGUMENTS...: so it ends, and standard error holds a line that matches WORDS.
expect() {
	name=$1 code=$2 words=$3
	shift 3
	run "$@"
	sound "$name" "$code" || return
	if [ -z "$words" ] || grep -Eq -e "$words" "$err"; then
		ok "$name"
	else
		fail "$name" "nothing says \"$words\""
	fi
}

# quiet_about NAME WORDS: neither output of the last run holds that.
quiet_about() {
	if grep -Eaq -e "$2" "$out" "$err"; then
		fail "$1" "an output holds $2"
	else
		ok "$1"
	fi
}

# event NUMBER EVENT-ID PROVIDER: one line of an exported log.
event() {
	printf "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='%s'/><EventID Qualifiers='49152'>%d</EventID><Level>2</Level><TimeCreated SystemTime='2009-03-01T10:%02d:00.000000000Z'/><EventRecordID>%d</EventRecordID><Channel>System</Channel><Computer>HOSTILE1</Computer></System><EventData><Data>one</Data></EventData></Event>\n" \
		"$3" "$2" $(($1 % 60)) "$1"
}

# repeat TEXT TIMES, doubling: a shell loop over megabytes would take minutes.
repeat() {
	printf '%s' "$1" >"$work/piece"
	pieces=1
	while [ "$pieces" -lt "$2" ]; do
		cat "$work/piece" "$work/piece" >"$work/pieces"
		mv "$work/pieces" "$work/piece"
		pieces=$((pieces * 2))
	done
	cat "$work/piece"
}

# ---- XML that wants something of its reader ----

xml() {
	doctype='a DOCTYPE or ENTITY declaration was ignored'
	expect "doctype" 0 "doctype.xml:2: $doctype" triage $files/doctype.xml
	expect "entity bomb" 0 "bomb.xml:2: $doctype" triage $files/bomb.xml
	expect "entity bomb, quadratic" 0 "1 event with an entity that nobody declares" triage $files/bomb-quadratic.xml
	expect "external entities" 0 "xxe.xml:2: $doctype" triage $files/xxe.xml
	expect "external entities, dumped" 0 "" dump $files/xxe.xml
	quiet_about "external entities stay unread" must-not-be-read
	if ! command -v strace >/dev/null 2>&1 || [ $sanitized = 1 ]; then
		skip "external entities touch no file and no network" "no strace, or sanitizers"
	elif ! strace -o "$work/trace" true 2>/dev/null; then
		skip "external entities touch no file and no network" "strace may not trace here"
	else
		(cd $files && strace -f -e trace=%file,%network -o "$work/trace" "$program" triage xxe.xml doctype.xml bomb.xml) \
			>"$out" 2>"$err"
		if ! grep -q 'xxe\.xml' "$work/trace"; then
			fail "external entities touch no file and no network" "nothing was traced"
		elif grep -Eq 'socket\(|connect\(|secret\.txt|events\.dtd|evil\.dtd' "$work/trace"; then
			fail "external entities touch no file and no network" "$(grep -E 'socket\(|connect\(|secret|\.dtd' "$work/trace" | head -n 1)"
		else
			ok "external entities touch no file and no network"
		fi
	fi
	{
		event 1 2020 Srv | sed 's/one<.*//'
		repeat '<a>' 200000
		event 2 2020 Srv
	} >"$work/nested.xml"
	expect "elements nested 200,000 deep" 0 "cannot be read to its end|is not closed before" triage "$work/nested.xml"
	expect "characters that XML forbids" 0 "3 events with characters that XML forbids; each became U\+FFFD" triage $files/nul.xml
	expect "events that are not closed" 0 "is not closed before the next one begins" triage $files/unclosed.xml
	expect "numbers without measure" 0 "4 events with a number in System that is none or too large" triage $files/numbers.xml
}

# ---- cut, empty, oversized ----

cut_inputs() {
	expect "log cut in an event" 3 "truncated.xml:4: the source ends inside the event with record id 2" triage $files/truncated.xml
	expect "log cut in a tag" 3 "the source ends without the end of its root element" triage $files/truncated-markup.xml
	expect "log of an odd number of bytes" 3 "are no UTF-16|ends without the end of its root" triage $files/odd-byte.xml
	expect "poolsnap cut in a row" 3 "truncated.txt:8: a row is cut or damaged; skipped" triage $files/truncated.txt
	expect "registry export cut in a value" 3 "values.reg:6: the source ends inside this value" triage $files/values.reg
	: >"$work/empty"
	expect "empty file alone" 4 "empty: the file is empty; listed, not read" triage "$work/empty"
	expect "empty file beside another" 3 "empty: the file is empty; listed, not read" triage "$work/empty" $files/doctype.xml
	printf '\377\376' >"$work/bom"
	expect "a byte order mark and nothing else" 4 "bom: " triage "$work/bom"
	head -c 300000 /dev/urandom >"$work/noise"
	expect "random bytes" 4 "noise: no known format" triage "$work/noise"
	head -c 3000000 /dev/zero >"$work/zeros"
	expect "nothing but zero bytes" 4 "zeros: no known format" triage "$work/zeros"
	{
		event 1 2020 Srv
		event 2 2020 Srv | tr -d '\n' | sed 's/one<.*/one/'
		repeat 0123456789abcdef 655360
		printf '</Data></EventData></Event>\n'
		event 3 2020 Srv
	} >"$work/long.xml"
	expect "event of 10 MB in one line" 0 "long.xml:2: the event with record id 2 is longer than 4 MiB; it was skipped" \
		triage "$work/long.xml"
	{
		cat $files/nul.txt
		printf ' '
		repeat 0123456789abcdef 655360
		printf '\r\n'
		tail -n 1 $files/nul.txt
	} >"$work/long.txt"
	expect "poolsnap with a line of 10 MB" 0 "1 lines are longer than 65536 bytes; the rest of each was skipped" \
		triage "$work/long.txt"
	expect "poolsnap with NUL bytes" 0 "nul.txt:8: 2 lines hold NUL bytes; read on past them" triage $files/nul.txt
	run dump $files/nul.txt
	if [ "$(grep -c '^pool' "$out")" -eq 4 ]; then
		ok "NUL bytes cost no row"
	else
		fail "NUL bytes cost no row" "$(grep -c '^pool' "$out") rows of 4"
	fi
	expect "poolsnap with impossible numbers" 0 "a number is too large for its column; row skipped" triage $files/numbers.txt
	cp $files/doctype.xml "$work/photo.jpg"
	cp $files/truncated.txt "$work/table.xml"
	expect "log called .jpg" 0 "photo.jpg:2: a DOCTYPE" triage "$work/photo.jpg"
	expect "poolsnap called .xml" 3 "table.xml:8: a row is cut" triage "$work/table.xml"
}

# ---- what lies in a folder ----

# unprivileged WORKING-NAME: sets `user` to the words that run a program as somebody whom permissions bind.
unprivileged() {
	user=
	[ "$(id -u)" -eq 0 ] || return 0
	user='setpriv --reuid=65534 --regid=65534 --clear-groups'
	# shellcheck disable=SC2086
	command -v setpriv >/dev/null 2>&1 && $user "$work/pooltriage" --version >/dev/null 2>&1
}

permissions() {
	mkdir "$work/closed" "$work/closed/locked"
	cp $files/doctype.xml "$work/closed/log.xml"
	cp $files/doctype.xml "$work/closed/secret.xml"
	cp $files/doctype.xml "$work/closed/locked/log.xml"
	cp "$program" "$work/pooltriage"
	chmod 000 "$work/closed/locked" "$work/closed/secret.xml"
	if ! unprivileged; then
		skip "folder that may not be read" "root, and no setpriv"
		return
	fi
	# shellcheck disable=SC2086
	limited $user "$work/pooltriage" triage "$work/closed" >"$out" 2>"$err"
	status=$?
	if sound "folder that may not be read" 3; then
		if grep -q 'locked: Permission denied' "$err" && grep -q 'secret.xml: Permission denied' "$err"; then
			ok "folder that may not be read"
		else
			fail "folder that may not be read" "Permission denied is not said of both"
		fi
	fi
	# shellcheck disable=SC2086
	limited $user "$work/pooltriage" triage "$work/closed/locked" "$work/closed/secret.xml" >"$out" 2>"$err"
	status=$?
	sound "named, and may not be read" 4 && ok "named, and may not be read"
	chmod 700 "$work/closed/locked"
}

folders() {
	bundle=$work/bundle
	mkdir "$bundle" "$bundle/sub"
	cp $files/doctype.xml "$bundle/log.xml"
	ln -s ../sub "$bundle/sub/loop"
	ln -s . "$bundle/here"
	expect "symlinks to folders in a loop" 0 "sub/loop: a symbolic link to a folder; listed, not followed" triage "$bundle"
	ln -s two "$bundle/one"
	ln -s one "$bundle/two"
	expect "symlinks in a loop" 3 "one: Too many levels of symbolic links|one: Symbolic link loop" triage "$bundle"
	rm "$bundle/one" "$bundle/two"
	ln -s nowhere "$bundle/dangling"
	expect "dangling symlink" 3 "dangling: No such file" triage "$bundle"
	expect "dangling symlink that is named" 4 "dangling: No such file" triage "$bundle/dangling"
	rm "$bundle/dangling"
	ln -s ../photo.jpg "$bundle/linked"
	expect "symlink to a file is read" 0 "linked:2: a DOCTYPE" triage "$bundle"
	mkfifo "$bundle/pipe"
	expect "FIFO in a folder" 0 "pipe: neither a file nor a folder; listed, not read" triage "$bundle"
	cat $files/truncated.xml >"$bundle/pipe" &
	writer=$!
	expect "FIFO that is named is read once" 3 "pipe:4: the source ends inside the event with record id 2" triage "$bundle/pipe"
	kill "$writer" 2>/dev/null
	wait "$writer" 2>/dev/null
	writer=
	expect "endless device" 4 "zero: no known format" triage /dev/zero

	deep=$work/deep
	path=$deep
	level=0
	while [ $level -lt 70 ]; do
		path=$path/d
		level=$((level + 1))
	done
	mkdir -p "$path"
	cp $files/doctype.xml "$path/log.xml"
	cp $files/doctype.xml "$deep/log.xml"
	expect "folders nested 70 deep" 3 "d/d: folders nested too deeply" triage "$deep"

	mkdir "$work/odd"
	odd=$(printf 'a\033[2Jb\nc\342\200\256d\377.xml')
	if cp $files/truncated.xml "$work/odd/$odd" 2>/dev/null; then
		expect "file name of control characters" 3 'a\\x1B\[2Jb\\x0Ac<U\+202E>d\\xFF.xml:4: ' triage "$work/odd"
	else
		skip "file name of control characters" "the file system refuses it"
	fi
	mkdir "$work/nothing"
	expect "folder without files" 4 "nothing usable: there is no file" triage "$work/nothing"
}

# Six hundred names of one file of 140 KiB: what is kept of each must not grow with its size.
many_files() {
	mkdir "$work/many"
	repeat 'nothing of interest in this line
' 4096 >"$work/many/0"
	i=1
	while [ $i -le 600 ]; do
		echo "$i"
		i=$((i + 1))
	done | (cd "$work/many" && xargs -n 1 ln -s 0)
	measure triage "$work/many" $files/doctype.xml
	if sound "six hundred files" 0; then
		within "six hundred files" 65536
	fi
}

# A file that another process is writing to: read up to some point, said to be cut if that was within an event.
growing() {
	event 1 2020 Srv >"$work/growing.xml"
	(
		i=2
		while [ $i -lt 20000 ]; do
			event $i 7036 Other
			i=$((i + 1))
		done >>"$work/growing.xml"
	) &
	writer=$!
	rounds=0
	while [ $rounds -lt 5 ]; do
		run triage "$work/growing.xml"
		[ $status -eq 3 ] && status=0 && ! grep -q 'the source ends' "$err" && status=3
		sound "file that grows" 0 || break
		rounds=$((rounds + 1))
	done
	kill "$writer" 2>/dev/null
	wait "$writer" 2>/dev/null
	writer=
	[ $rounds -eq 5 ] && ok "file that grows"
}

# ---- memory ----

# measure ARGUMENTS...: as run, with standard input; `peak` is the largest resident set in KiB, 0 when unknown.
if /usr/bin/time -v true 2>/dev/null; then
	measure() {
		limited /usr/bin/time -v -o "$work/time" "$program" "$@" >"$out" 2>"$err"
		status=$?
		peak=$(sed -n 's/.*Maximum resident set size (kbytes): //p' "$work/time")
	}
else
	# Address space instead: three times as much, for the libraries.
	measure() {
		(
			# shellcheck disable=SC3045  # where there is no such limit the run is only timed
			ulimit -v 200000 2>/dev/null
			limited "$program" "$@"
		) >"$out" 2>"$err"
		status=$?
		peak=0
	}
fi

# within NAME KIB
within() {
	if [ $sanitized = 1 ]; then
		ok "$1 (memory is not measured under sanitizers)"
	elif [ "$peak" -le "$2" ]; then
		ok "$1 ($((peak / 1024)) MiB)"
	else
		fail "$1" "$peak KiB resident, more than $2"
	fi
}

# A log of so many MiB, most of it of no interest, with an Event 2020 in every 4 MiB.
log_stream() {
	i=0
	while [ $i -lt 8192 ]; do
		event $i 7036 'Service Control Manager'
		i=$((i + 1))
	done >"$work/events" # 3.3 MiB
	i=0
	printf '<Events>\n'
	while [ $i -lt $(($1 * 3 / 10)) ]; do
		cat "$work/events"
		event $i 2020 Srv
		i=$((i + 1))
	done
	printf '</Events>\n'
}

# A capture that went on for weeks.
snap_stream() {
	awk -v mib="$1" 'BEGIN {
		for (s = 0; s * 0.0286 < mib; s++) {
			printf "===== 2009-%02d-%02d %02d:%02d:00 =====\r\n", 1 + int(s / 40320) % 12, 1 + int(s / 1440) % 28, int(s / 60) % 24, s % 60
			printf " Memory: 2096616K Avail: 1407472K  PageFlts:%8d   InRam Krnl: 4448K P:128160K\r\n", 1000 + s
			printf " Commit: 882264K Limit:4074984K Peak: 887036K            Pool N:27168K P:144028K\r\n\r\n"
			printf " Tag  Type     Allocs            Frees            Diff   Bytes      Per Alloc\r\n\r\n"
			for (t = 0; t < 500; t++)
				printf " T%03d Paged %9d %9d  %8d %8d %8d\r\n", t, 500 + s + t, 400 + s + t, 100, 100 * (64 + t), 64 + t
		}
	}'
}

# stream NAME MIB KIND
stream() {
	limit=300
	"$3_stream" "$2" | {
		measure triage - --json "$work/stream.json"
		echo "$status $peak" >"$work/measured"
	}
	limit=30
	read -r status peak <"$work/measured"
	sound "$1" 0 && within "$1" 65536
}

streams() {
	if [ $sanitized = 1 ]; then
		stream "log of 20 MiB through a pipe" 20 log
		return
	fi
	stream "log of 200 MiB through a pipe" 200 log
}

# ---- time ----

# Each writes so many thousand of what it is named after.
doubled_events() { log_stream "$1"; }
doubled_blocks() { snap_stream "$1"; }
doubled_rows() {
	awk -v n="$1" 'BEGIN {
		print " Tag  Type     Allocs            Frees            Diff   Bytes      Per Alloc\r\n\r"
		c = "abcdefghijklmnopqrstuvwxyz0123456789"
		for (t = 0; t < n * 1000; t++)
			printf " %s%s%s%s Paged %9d %9d  %8d %8d %8d\r\n", substr(c, t % 36 + 1, 1), substr(c, int(t / 36) % 36 + 1, 1),
				substr(c, int(t / 1296) % 36 + 1, 1), substr(c, int(t / 46656) % 36 + 1, 1), 500, 400, 100, 6400, 64
	}'
}
doubled_line() {
	cat $files/nul.txt
	printf ' '
	repeat 0123456789abcdef $(($1 * 64)) # a kilobyte each
	printf '\r\n'
}
doubled_values() {
	printf 'REGEDIT4\r\n\r\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management]\r\n'
	awk -v n="$1" 'BEGIN { for (i = 0; i < n * 1000; i++) printf "\"Value%d\"=dword:%08x\r\n", i, i }'
}
doubled_query() {
	printf '\r\nHKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management\r\n'
	awk -v n="$1" 'BEGIN { for (i = 0; i < n * 1000; i++) printf "    Value%d    REG_DWORD    0x%x\r\n", i, i }'
}
doubled_host() {
	cat samples/mmst-tune/systeminfo.txt
	awk -v n="$1" 'BEGIN { for (i = 0; i < n * 1000; i++) printf "                           [%02d]: KB%06d\r\n", i, i }'
}
doubled_hosts() {
	awk -v n="$1" '{ text = text $0 "\n" } END { for (i = 0; i < n * 1000; i++) printf "%s", text }' samples/mmst-tune/systeminfo.txt
}
doubled_stamps() {
	cat $files/numbers.txt
	awk -v n="$1" 'BEGIN { for (i = 0; i < n * 1000; i++) printf "===== 2009-01-%02d %02d:%02d:00 =====\r\n", 1 + i % 28, i % 24, i % 60 }'
}
doubled_garbage() {
	cat $files/nul.txt
	awk -v n="$1" 'BEGIN { for (i = 0; i < n * 1000; i++) printf "%c%c %x Paged %d <Event [%d \\ \"=%x\n", i % 251 + 1, i * 7 % 255 + 1, i * 77777, i, i * 31, i }'
}
doubled_broken() {
	event 1 2020 Srv
	awk -v n="$1" 'BEGIN { for (i = 0; i < n * 1000; i++) printf "<Event><System><Provider Name=\"%x\" %c<<EventID>%d</Event\n", i, i % 251 + 1, i }'
}

doubled_counters() {
	head -n 1 samples/dialects/csv/counters-relog.csv
	awk -v n="$1" 'BEGIN { for (i = 0; i < n * 1000; i++)
		printf "\"02/%02d/2011 %02d:%02d:%02d.%03d\",\"%d\",\"1\",\"2\",\"21004\",\"3\",\"4\",\"5\",\"6\",\"0\",\"0\",\" \",\"7\"\r\n",
			1 + i / 86400 % 28, i / 3600 % 24, i / 60 % 60, i % 60, i / 2419200, 100000000 + i }'
}
doubled_debugger() {
	awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) {
		printf "kd> !poolused 4\r\n   Sorting by  Paged Pool Consumed\r\n\r\n  Pool Used:\r\n            NonPaged            Paged\r\n"
		print " Tag    Allocs     Used    Allocs     Used\r"
		for (t = 0; t < 1000; t++)
			printf " T%03d        0        0  %8d %8dthing %d\r\n", t, i + t + 1, (i + t) * 64, t
	} }'
}
doubled_samples() {
	printf '"DateTime","Tag","PagedUsedBytes"\r\n'
	awk -v n="$1" 'BEGIN { for (i = 0; i < n * 1000; i++)
		printf "\"2011-02-07T%02d:%02d:%02d\",\"T%03d\",\"%d\"\r\n", i / 360000 % 24, i / 6000 % 60, i / 100 % 60, i % 100, i }'
}
doubled_owners() {
	awk -v n="$1" 'BEGIN { for (i = 0; i < n * 1000; i++) printf "%04x - driver%d.sys - what it is for\r\n", i % 65536, i }'
}

# doubles NAME KIND SIZE: twice as much takes less than 2.6 times as long, and no more memory than anything else.
doubles() {
	limit=300
	for size in "$3" $((2 * $3)); do
		"doubled_$2" "$size" | {
			measure triage - --quiet --json /dev/null
			echo "$status $peak"
			sed -n 's/.*User time (seconds): //p' "$work/time"
		} >"$work/measured.$size"
	done
	limit=30
	{
		read -r status peak
		read -r twice
	} <"$work/measured.$((2 * $3))"
	once=$(sed -n 2p "$work/measured.$3")
	[ "$status" -eq 3 ] && status=0 # what is cut on purpose
	[ "$status" -eq 4 ] && [ "$2" = owners ] && status=0 # a tag list alone leaves nothing to judge
	sound "$1" 0 || return
	within "$1: memory" 65536
	if awk -v a="$once" -v b="$twice" 'BEGIN { exit !(b < 2.6 * a || b < 0.2) }'; then
		ok "$1: $once s, twice as much $twice s"
	else
		fail "$1" "$once s, but $twice s for twice as much"
	fi
}

durations() {
	if [ $sanitized = 1 ] || ! /usr/bin/time -v true 2>/dev/null; then
		skip "time of twice as much" "no GNU time, or sanitizers"
		return
	fi
	doubles "events" events 40
	doubles "one long line" line 65536
	doubles "poolsnaps in one log" blocks 16
	doubles "rows of one poolsnap" rows 200
	doubles "values in a .reg" values 400
	doubles "values in reg query" query 400
	doubles "lines of a systeminfo" host 400
	doubles "systeminfos in one file" hosts 4
	doubles "time stamps" stamps 400
	doubles "performance counters" counters 40
	doubles "tables of a debugger" debugger 200
	doubles "samples of poolmon-powershell" samples 200
	doubles "rows of a tag list" owners 200
	doubles "lines that are nothing" garbage 400
	doubles "events that are none" broken 200
}

soak() {
	durations
	stream "log of 1 GiB through a pipe" 1024 log
	stream "poolsnaps of 100 MiB through a pipe" 100 snap
}

# ---- what comes out ----

# clean NAME FILE: no control or bidi character in a text that a terminal will show.
clean() {
	bad=$(printf '[\001-\010\013-\037\177]|\302[\200-\237]|\330\234|\342\200[\216\217\250-\256]|\342\201[\246-\251]|\357\273\277')
	if [ ! -s "$2" ]; then
		fail "$1" "there is no output"
	elif [ "$(tr -dc '\000' <"$2" | wc -c)" -ne 0 ] || grep -Eaq "$bad" "$2"; then
		fail "$1" "$(grep -Ean "$bad" "$2" | head -n 1 | od -c | head -n 4)"
	else
		ok "$1"
	fi
}

outputs() {
	run triage samples/hostile --text "$work/r.txt" --html "$work/r.html" --json "$work/r.json" --reg "$work/r.reg" \
		--markdown "$work/r.md" --csv "$work/tables" --ticket
	sound "hostile bundle" 0 && ok "hostile bundle"
	clean "ticket shows no control character" "$out"
	clean "Markdown shows no control character" "$work/r.md"
	cat "$work/tables"/*.csv | tr -d '\r' >"$work/tables.txt"
	clean "tables show no control character" "$work/tables.txt"
	if grep -Eaq '(^|,)"? *[=@+]|(^|,)"? *-[^0-9]' "$work/tables.txt"; then
		fail "tables hold no formula" "$(grep -Eao '(^|,)"? *[=@+].{20}|(^|,)"? *-[^0-9].{20}' "$work/tables.txt" | head -n 1)"
	else
		ok "tables hold no formula"
	fi
	expect "tables are no input" 4 "nothing usable" triage "$work/tables"
	clean "text report shows no control character" "$work/r.txt"
	clean "messages show no control character" "$err"
	for file in samples/hostile/*; do
		limited "$program" dump "$file"
	done >"$out" 2>&1
	tr -d '\t' <"$out" >"$work/dumps"
	clean "dump shows no control character" "$work/dumps"
	clean "page holds no control character" "$work/r.html"
	if grep -Eaiq '<script|<img|<iframe|<a [^>]*href="?[^#"]|javascript:[^<]*">|<[^>]* on[a-z]+=' "$work/r.html"; then
		fail "page runs nothing" "$(grep -Eaio '<script|<img|<iframe|<a [^>]*href="?[^#"].{20}|<[^>]* on[a-z]+=' "$work/r.html" | head -n 1)"
	elif [ "$(grep -aio '</style' "$work/r.html" | wc -l)" -ne 1 ]; then
		fail "page runs nothing" "its style sheet is closed more than once"
	else
		ok "page runs nothing"
	fi
	if python3 -c '' 2>/dev/null; then
		if python3 -c 'import json, sys
text = open(sys.argv[1], "rb").read().decode("utf-8", "strict")
report = json.loads(text, parse_constant=lambda c: sys.exit("constant " + c))
assert report["schema"] == "pooltriage.report/1"
assert len(report["servers"]) == 1
assert all(0x20 <= ord(c) < 0x7F or ord(c) > 0x9F or c in "\n\t\r" for c in text)
' "$work/r.json" 2>"$err"; then
			ok "JSON is valid"
		else
			fail "JSON is valid" "see"
		fi
	else
		skip "JSON is valid" "no python3"
	fi
	# UTF-16LE: what is left without its zero bytes and its mark is ASCII.
	tr -d '\000\r\377\376' <"$work/r.reg" >"$work/reg"
	printf '%s\n' '"PoolUsageMaximum"=dword:0000003c' '"PagedPoolSize"=dword:ffffffff' >"$work/values"
	grep -v '^;' "$work/reg" | grep -Ev '^$|^Windows Registry Editor Version 5.00$|^\[HKEY_LOCAL_MACHINE.SYSTEM.CurrentControlSet.Control.Session Manager.Memory Management\]$' >"$work/rest"
	if cmp -s "$work/values" "$work/rest"; then
		ok ".reg file holds the two values and no more"
	else
		fail ".reg file holds the two values and no more" "$(cat "$work/rest")"
	fi
}

writing() {
	if [ -c /dev/full ]; then
		expect "full disk" 4 "cannot write /dev/full: No space left" triage samples/healthy --quiet --json /dev/full
		limited "$program" triage samples/healthy --quiet >/dev/full 2>"$err"
		status=$?
		sound "full standard output" 4 && ok "full standard output"
	else
		skip "full disk" "no /dev/full"
	fi
	expect "folder of tables in a folder that is not there" 4 "cannot make the folder .*No such file" \
		triage samples/healthy --quiet --csv "$work/nowhere/tables"
	mkdir "$work/shut" && echo precious >"$work/shut/mine.csv" && chmod 500 "$work/shut"
	if [ "$(id -u)" -eq 0 ]; then
		skip "folder of tables that may not be written" "root may write anywhere"
	else
		expect "folder of tables that may not be written" 4 "cannot write .*report.csv: Permission denied" \
			triage samples/healthy --quiet --csv "$work/shut"
	fi
	chmod 700 "$work/shut"
	if [ -e /dev/full ]; then
		ln -s /dev/full "$work/shut/findings.csv"
		expect "full disk under the tables" 4 "cannot write .*findings.csv: No space left" \
			triage samples/healthy --quiet --csv "$work/shut"
		rm "$work/shut/findings.csv"
	fi
	run triage samples/healthy --quiet --csv "$work/shut"
	if sound "tables into a folder with other files" 0; then
		if [ "$(cat "$work/shut/mine.csv")" = precious ] && [ -s "$work/shut/findings.csv" ] &&
			[ -z "$(find "$work/shut" -name '*.part')" ]; then
			ok "tables into a folder with other files"
		else
			fail "tables into a folder with other files" "$(ls "$work/shut")"
		fi
	fi
	cp samples/dialects/csv/counters-cut-zone.csv "$work/shut/tags.csv"
	expect "tables are not written over an input" 2 "tags.csv: a report would overwrite this input" \
		triage "$work/shut/tags.csv" --quiet --csv "$work/shut"
	cp samples/healthy/System.xml "$work/log.xml"
	rm -f "$work/shut/tags.csv" && ln -s "$work/log.xml" "$work/shut/tags.csv"
	expect "tables are not written through a link" 4 "tags.csv is a link to a file" \
		triage samples/healthy --quiet --csv "$work/shut"
	ln "$work/log.xml" "$work/same.xml"
	if "$program" triage - --html "$work/same.xml" <"$work/log.xml" >"$out" 2>"$err"; then status=0; else status=$?; fi
	if [ "$status" -eq 2 ] && cmp -s samples/healthy/System.xml "$work/log.xml"; then
		ok "what is read from standard input is not replaced"
	else
		fail "what is read from standard input is not replaced" "exit $status, or other bytes"
	fi
	expect "folder that is not there" 4 "cannot write .*No such file" triage samples/healthy --quiet --html "$work/nowhere/r.html"
	limited "$program" triage samples/healthy --quiet >&- 2>"$err"
	status=$?
	sound "closed standard output" 4 && ok "closed standard output"
	limited "$program" triage samples/healthy --json "$work/closed.json" 2>&- >/dev/null
	limited "$program" triage samples/healthy --json "$work/open.json" 2>/dev/null >&2
	if cmp -s "$work/closed.json" "$work/open.json"; then
		ok "closed standard error"
	else
		fail "closed standard error" "the report is another one"
	fi
	echo precious >"$work/victim"
	# The shell becomes the program: the number in the temporary name is known.
	# shellcheck disable=SC2016  # they expand in the inner shell
	limited sh -c 'ln -s victim "$1/linked.txt.$$.part"; exec "$0" triage samples/healthy --quiet --text "$1/linked.txt"' \
		"$program" "$work" >"$out" 2>"$err"
	status=$?
	if sound "link in place of the temporary file" 0; then
		if [ "$(cat "$work/victim")" = precious ] && [ -s "$work/linked.txt" ] && [ ! -L "$work/linked.txt" ]; then
			ok "link in place of the temporary file"
		else
			fail "link in place of the temporary file" "what it leads to was written"
		fi
	fi
	mkdir "$work/beside"
	echo old >"$work/beside/r.txt"
	(
		ulimit -f 1
		limited "$program" triage samples/healthy --quiet --text "$work/beside/r.txt"
	) >"$out" 2>"$err"
	status=$?
	# The system ends a program that writes beyond the limit; what was there before is still whole.
	if [ $status -ne 0 ] && [ "$(cat "$work/beside/r.txt")" = old ]; then
		ok "report that cannot be finished leaves the old one"
	else
		fail "report that cannot be finished leaves the old one" "exit $status"
	fi
	rm -f "$work/beside"/*
	expect "report is not written over its own input" 4 "nothing usable" triage "$work/beside" --text "$work/beside/r.txt"
	if [ -z "$(ls "$work/beside")" ]; then
		ok "nothing is left behind"
	else
		fail "nothing is left behind" "$(ls "$work/beside")"
	fi
}

# A store that was being written when the program was killed can be used again.
store() {
	for delay in 0.002 0.01 0.02 0.04; do
		"$program" triage samples/toke-leak --quiet --store "$work/killed.db" >/dev/null 2>&1 &
		victim=$!
		sleep $delay
		kill -9 $victim 2>/dev/null
		wait $victim 2>/dev/null
	done 2>/dev/null
	run triage samples/toke-leak --quiet --store "$work/killed.db" --json "$work/killed.json"
	run triage samples/toke-leak --quiet --store "$work/whole.db" --json "$work/whole.json"
	if sound "store after a kill" 0; then
		if cmp -s "$work/killed.json" "$work/whole.json"; then
			ok "store after a kill"
		else
			fail "store after a kill" "the report differs from that of a store that was left in peace"
		fi
	fi
	# A disk that is full at any point: file sizes are bounded, in blocks of 512 bytes.
	full=0
	for blocks in 1 16 64 128 180 220 260 300 340 1000; do
		rm -f "$work/full.db" "$work/full.db-journal"
		(
			trap '' XFSZ
			ulimit -f $blocks
			limited "$program" triage samples/mmst-tune --quiet --store "$work/full.db"
		) 2>"$work/full" >/dev/null
		status=$?
		[ $status -eq 4 ] && full=$((full + 1))
		if [ $status -ne 0 ] && [ $status -ne 4 ]; then
			cp "$work/full" "$err"
			break
		fi
		run triage samples/mmst-tune --quiet --store "$work/full.db" --json "$work/full.json"
		[ $status -ne 0 ] && break
	done
	if sound "store on a full disk" 0; then
		if [ $full -gt 2 ]; then
			ok "store on a full disk"
		else
			fail "store on a full disk" "no limit was met"
		fi
	fi
	head -c 5000 /dev/urandom >"$work/no.db"
	expect "store that is none" 4 "no.db" triage samples/healthy --store "$work/no.db"
	[ -c /dev/full ] && expect "device as store" 4 "store cannot be used: database or disk is full" triage samples/healthy --quiet --store /dev/full
}

arguments() {
	expect "path that is not there" 4 "no-such: No such file" triage "$work/no-such"
	expect "path that is not there beside one that is" 3 "no-such: No such file" triage "$work/no-such" $files/doctype.xml
	expect "argument of control characters" 2 'no verb .*\\x1B' "$(printf 'x\033]0;y\007')"
	expect "data words that are none" 4 "." decode "$(printf '\001\002zz')"
	repeat 'E4070000' 1048576 >"$work/words"
	limited "$program" decode - <"$work/words" >"$out" 2>"$err"
	status=$?
	sound "8 MB of data words" 4 && ok "8 MB of data words"
	head -c 200000 /dev/zero | tr '\000' '\377' | limited "$program" decode - >"$out" 2>"$err"
	status=$?
	sound "no text as data words" 4 && ok "no text as data words"
}

if [ -n "${ONLY:-}" ]; then
	$ONLY
elif [ "${SOAK:-0}" = 1 ]; then
	soak
else
	xml
	cut_inputs
	permissions
	folders
	many_files
	growing
	streams
	outputs
	writing
	store
	arguments
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
