#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Reads every format of the report back with parsers that are not ours. BUILD is where the program lies; arguments name
the parts to run, all without. Ends with "N passed, N failed"."""

import sys
import traceback

import formats_bytes
import formats_inert
import formats_model
import formats_schema
from formats_run import Checks

PARTS = {"schema": formats_schema.test, "model": formats_model.test, "inert": formats_inert.test, "bytes": formats_bytes.test}


def main():
    """Runs the parts and counts."""
    sys.stdout.reconfigure(errors="backslashreplace")
    checks = Checks()
    for name in sys.argv[1:] or PARTS:
        before = checks.passed
        try:
            PARTS[name](checks)
        except Exception:  # a format may be so broken that a reader cannot go on; the other parts run all the same
            checks.check(False, name + ": runs to its end", *traceback.format_exc().splitlines()[-8:])
        print("%s: %d checks" % (name, checks.passed - before))
    print("%d passed, %d failed" % (checks.passed, checks.failed))
    return 1 if checks.failed else 0


sys.exit(main())
