#!/bin/sh
# SPDX-License-Identifier: MIT
# Turns a style sheet into a C header: its lines, and their SHA-256 as Content-Security-Policy spells it. Browsers refuse the
# sheet when the two differ by a byte, so both are made from the same text. Only sh, sed, base64 and a SHA-256 tool are used.
set -eu

# Comments stand on lines of their own, or close on a later line's end.
style() {
	sed -e '/^\/\*.*\*\/$/d' -e 's/^	*//' -e '/^$/d' "$1"
}

sha256() {
	if command -v sha256sum >/dev/null 2>&1; then sha256sum; else shasum -a 256; fi | cut -c1-64
}

digits=$(style "$1" | sha256 | sed 's/../ 0x&/g')
# shellcheck disable=SC2086  # thirty-two words on purpose
octal=$(printf '\\0%03o' $digits)

echo "/* Made by html_style.sh. */"
echo "static const char *const html_style[] = {"
style "$1" | sed -e 's/[\\"]/\\&/g' -e 's/.*/	"&\\n",/'
echo "};"
echo "static const char html_style_hash[] = \"sha256-$(printf '%b' "$octal" | base64)\";"
