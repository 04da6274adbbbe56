# SPDX-License-Identifier: MIT
# Writes analysis/ntstatus.inc, the sorted table of NTSTATUS codes, from the public domain ntstatus.h of mingw-w64.
#
# The table checked in was made with Debian's mingw-w64-common 10.0.0-3, from the root of this project:
#
#	awk -f analysis/ntstatus.awk /usr/share/mingw-w64/include/ntstatus.h > analysis/ntstatus.inc
#
# A code that several names share keeps the name the header lists first: STATUS_SUCCESS and not STATUS_WAIT_0,
# STATUS_ABANDONED and not STATUS_ABANDONED_WAIT_0. The other names are written beside it as a comment.

/^#define[ \t]+[A-Z][A-Za-z0-9_]*[ \t]+\(\(NTSTATUS\)0x[0-9A-Fa-f]+\)/ {
	match($0, /0x[0-9A-Fa-f]+\)/)
	code = "0x" toupper(substr($0, RSTART + 2, RLENGTH - 3))
	if (length(code) != 10) {
		print "ntstatus.awk: line " NR ": not eight digits: " $0 > "/dev/stderr"
		bad = 1
	} else if (code in name) {
		others[code] = (others[code] == "" ? "" : others[code] ", ") $2
	} else {
		name[code] = $2
		codes[++count] = code
	}
}

END {
	if (bad || !count)
		exit 1
	# Insertion sort: the header is all but sorted. Digits of equal length compare as text like numbers.
	for (i = 2; i <= count; i++) {
		code = codes[i]
		for (j = i - 1; j >= 1 && codes[j] "x" > code "x"; j--)
			codes[j + 1] = codes[j]
		codes[j + 1] = code
	}
	print "/* SPDX-License-Identifier: MIT"
	print " * Every NTSTATUS code with its name, by rising code; made by analysis/ntstatus.awk from mingw-w64's"
	print " * public domain ntstatus.h: change that, not this. */"
	for (i = 1; i <= count; i++) {
		code = codes[i]
		print "\t{ " code ", \"" name[code] "\" }," (code in others ? " /* also " others[code] " */" : "")
	}
}
