#!/bin/sh
# SPDX-License-Identifier: MIT
# Triages the article's own case and says where the page is.
set -eu
cd "$(dirname "$0")/.."
out=${BUILD:-build}/demo
mkdir -p "$out"
echo "\$ pooltriage triage samples/mmst-tune --paged-pool-max 343M --text - --html $out/report.html"
"$1" triage samples/mmst-tune --paged-pool-max 343M --quiet --text - --html "$out/report.html"
echo
echo "The same report as a page: $(pwd)/$out/report.html"
echo "More bundles: samples/README.md"
