#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes sure that the libraries pooltriage is built with are there: installs them on Debian and its relatives when it
# may (as root or with password-less sudo), else prints the line to type and ends with 2. NO_INSTALL=1 only looks.
set -u

packages="libc6-dev pkg-config libxml2-dev libpcre2-dev libsqlite3-dev libxxhash-dev"
modules="libxml-2.0 libpcre2-8 libpcre2-16 sqlite3 libxxhash"

# shellcheck disable=SC2086  # the list is words on purpose
if command -v pkg-config >/dev/null 2>&1 && pkg-config --exists $modules; then
	exit 0
fi

if ! command -v apt-get >/dev/null 2>&1; then
	echo "pooltriage needs pkg-config and the development files of libxml2, PCRE2 (8 and 16 bit), SQLite and xxHash." >&2
	echo "README.md names the packages for dnf, apk, brew and pacman." >&2
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
install="${as_root}apt-get install -y --no-install-recommends $packages"

if [ "${NO_INSTALL:-0}" != 0 ] || [ $may = no ]; then
	echo "pooltriage needs packages that are not installed here. $type:" >&2
	echo "  $update && $install" >&2
	exit 2
fi

echo "pooltriage needs packages that are not installed here; running:"
echo "  $update && $install"
# Nobody answers questions here; apt says little unless something goes wrong.
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086  # the list is words on purpose
if ! { $update -qq && $install -qq >/dev/null && pkg-config --exists $modules; }; then
	echo "The packages could not be installed." >&2
	exit 2
fi
