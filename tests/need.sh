#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes sure that what a test needs is there, in the manner of setup.sh: installs the Debian packages that are missing
# when it may (as root or with password-less sudo), else prints the line to type and ends with 2. NO_INSTALL=1 only looks.
#
#     tests/need.sh FOR WHAT...     as in: tests/need.sh check-x chromium:chromium python3.html5lib:python3-html5lib
#
# FOR is who needs it, for the message. WHAT is COMMAND:PACKAGE, /PATH:PACKAGE or python3.MODULE:PACKAGE (a module of
# /usr/bin/python3, Debian's own: another python3 may stand before it in PATH and know none of them).
set -u

there() {
	case $1 in
	python3.*) /usr/bin/python3 -c "import ${1#python3.}" 2>/dev/null ;;
	/*) [ -e "$1" ] ;;
	*) command -v "$1" >/dev/null 2>&1 ;;
	esac
}

all_there() {
	for what; do
		there "${what%%:*}" || return 1
	done
}

who=$1
shift
packages=""
for what; do
	there "${what%%:*}" || packages="$packages ${what#*:}"
done
[ -n "$packages" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
	echo "$who needs what Debian calls$packages." >&2
	exit 2
fi

type="Type"
as_root=""
may=yes
if [ "$(id -u)" != 0 ]; then
	if command -v sudo >/dev/null 2>&1; then as_root="sudo "; else type="As root, type"; fi
	sudo -n true >/dev/null 2>&1 || may=no
fi
update="${as_root}apt-get update"
install="${as_root}apt-get install -y --no-install-recommends$packages"

if [ "${NO_INSTALL:-0}" != 0 ] || [ $may = no ]; then
	echo "$who needs packages that are not installed here. $type:" >&2
	echo "  $update && $install" >&2
	exit 2
fi

echo "$who needs packages that are not installed here; running:"
echo "  $update && $install"
# Nobody answers questions here; apt says little unless something goes wrong.
export DEBIAN_FRONTEND=noninteractive
if ! { $update -qq && $install -qq >/dev/null && all_there "$@"; }; then
	echo "The packages could not be installed." >&2
	exit 2
fi
