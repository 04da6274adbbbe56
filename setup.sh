#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes sure that the libraries pooltriage is built with are there: installs them on Debian and its relatives when it
# may (as root or with password-less sudo), else prints the line to type and ends with 2. NO_INSTALL=1 only looks.
set -u

packages="pkg-config libxml2-dev libpcre2-dev libsqlite3-dev libxxhash-dev"
modules="libxml-2.0 libpcre2-8 libpcre2-16 sqlite3 libxxhash"

# shellcheck disable=SC2086  # the lists are words on purpose
if command -v pkg-config >/dev/null 2>&1 && pkg-config --exists $modules; then
	exit 0
fi

if ! command -v apt-get >/dev/null 2>&1; then
	echo "pooltriage needs pkg-config and the development files of libxml2, PCRE2 (8 and 16 bit), SQLite and xxHash." >&2
	echo "README.md names the packages for dnf, apk, brew and pacman." >&2
	exit 2
fi

install="apt-get install -y --no-install-recommends $packages"
if [ "${NO_INSTALL:-0}" = 1 ]; then
	echo "Packages are missing (NO_INSTALL=1: not installing them). As root, type:" >&2
	echo "  apt-get update && $install" >&2
	exit 2
fi
if [ "$(id -u)" = 0 ]; then
	as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
	as_root="sudo "
else
	echo "Packages are missing and this account may not install them. Type:" >&2
	echo "  sudo apt-get update && sudo $install" >&2
	exit 2
fi

echo "Packages are missing; running:"
echo "  ${as_root}apt-get update && ${as_root}$install"
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive ${as_root}apt-get -qq update &&
	DEBIAN_FRONTEND=noninteractive ${as_root}apt-get -qq install -y --no-install-recommends $packages >/dev/null || {
	echo "The packages could not be installed." >&2
	exit 2
}
