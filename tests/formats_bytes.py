# SPDX-License-Identifier: MIT
"""Is a report small enough, and is it the same bytes whenever and wherever it is made?"""

import os
import random
import re
import shutil
import tempfile

from formats_run import FROZEN, GOLDEN, ROOT, samples, triage

USUAL = 200 * 1024  # bytes of a page that shows a server
EMPTY = 40 * 1024  # of one that has neither a poolsnap nor an event to show
FORMATS = ("text", "html", "json", "markdown", "csv", "ticket")

# ---- sizes ----

SYSTEMINFO = """Host Name:                 FS01
OS Name:                   Microsoft(R) Windows(R) Server 2003, Standard Edition
OS Version:                5.2.3790 Service Pack 2 Build 3790
System Type:               X86-based PC
Total Physical Memory:     2,047 MB
"""
EVENT = """<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Tape'/><EventID>7</EventID>
<TimeCreated SystemTime='2010-03-04T10:00:00Z'/><EventRecordID>7</EventRecordID><Channel>System</Channel><Computer>FS01</Computer></System></Event>
"""


def check_sizes(checks):
    """What the page weighs."""
    for name, arguments in samples():
        size = len(triage(arguments, ("html",)).files["html"])
        print("size of %s.html: %.1f KB" % (name, size / 1024))
        checks.check(size <= USUAL, "%s: a page of at most 200 KB" % name, size)
    for name, text in (("systeminfo alone", SYSTEMINFO), ("log without an event of interest", EVENT)):
        with tempfile.TemporaryDirectory(prefix="pooltriage-formats.") as work:
            with open(os.path.join(work, "file.txt"), "w", encoding="utf-8") as file:
                file.write(text)
            size = len(triage([work], ("html",)).files["html"])
        print("size of a %s: %.1f KB" % (name, size / 1024))
        checks.check(size <= EMPTY, "%s: a page of at most 40 KB" % name, size)


# ---- the same bytes ----

def differing(one, other):
    """The names of the formats that differ, and where."""
    found = []
    for name in one.files.keys() | other.files.keys():
        first, second = one.files.get(name), other.files.get(name)
        if first != second or not first:
            lines = zip(str(first).split("\\n"), str(second).split("\\n"))
            found.append((name, next((pair for pair in lines if pair[0] != pair[1]), None)))
    return found


def same(checks, what, base, arguments, **how):
    """The report once more, under other circumstances."""
    again = triage(arguments, tuple(base.files), **how)
    checks.check(not (found := differing(base, again)), what, *found)


def without_time(files):
    """A report but for when it was made; by day and by second, as each format writes it."""
    plain = {}
    for name, data in files.items():
        for part, text in (data.items() if isinstance(data, dict) else [("", data)]):
            plain[name, part] = re.sub(rb"20[2-9]\d-\d\d-\d\d([T ]\d\d:\d\d:\d\d)?", b"", text)
    return plain


def formats_of(name):
    """With .reg where there is something to set."""
    return FORMATS + ("reg",) if os.path.exists(os.path.join(GOLDEN, name + ".reg")) else FORMATS


def check_elsewhere(checks, name, arguments):
    """Other clocks, languages, homes, folders, threads, masks; other names of the folder, other times and orders of its files."""
    base = triage(arguments, formats_of(name))
    folder, told = arguments[0], arguments[1:]
    same(checks, name + ": again", base, arguments)
    for key, value in (("TZ", "America/New_York"), ("TZ", "Asia/Kathmandu"), ("LC_ALL", "de_DE.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"),
                       ("LC_ALL", ""), ("LANG", "ja_JP.UTF-8"), ("HOME", "/nonexistent"), ("COLUMNS", "40"), ("TERM", "xterm-256color"),
                       ("MALLOC_PERTURB_", "165")):
        same(checks, "%s: with %s=%s" % (name, key, value), base, arguments, env={**FROZEN, key: value})
    for mask in (0o077, 0):
        same(checks, "%s: umask %03o" % (name, mask), base, arguments, umask=mask)
    for jobs in ("1", "2", "4"):
        same(checks, "%s: --jobs %s" % (name, jobs), base, arguments + ["--jobs", jobs])
    with tempfile.TemporaryDirectory(prefix="pooltriage-formats.") as work:
        copy = os.path.join(work, "another name", "of the folder")
        os.makedirs(copy)
        names = os.listdir(os.path.join(ROOT, folder))
        random.Random(7).shuffle(names)
        for number, file in enumerate(names):
            shutil.copyfile(os.path.join(ROOT, folder, file), os.path.join(copy, file))
            os.utime(os.path.join(copy, file), (1400000000 + 86400 * number,) * 2)
        same(checks, name + ": elsewhere, files of other times", base, [copy] + told)
        same(checks, name + ": from within", base, ["."] + told, cwd=copy)
        same(checks, name + ": with a slash", base, [copy + "/"] + told)
        same(checks, name + ": by a path with dots", base, [os.path.join(work, "another name", "..", "another name", "of the folder")] + told)
    now = {key: value for key, value in FROZEN.items() if key != "SOURCE_DATE_EPOCH"}
    one, other = triage(arguments, FORMATS, env=now).files, triage(arguments, FORMATS, env={**FROZEN, "SOURCE_DATE_EPOCH": "1700000000"}).files
    checks.check(one["json"] != other["json"] and without_time(one) == without_time(other), name + ": the same but for the report's time",
                 [key for key, text in without_time(one).items() if without_time(other).get(key) != text])


def check_store(checks, name, arguments):
    """A store gives the same report each time, and that of the bundle itself."""
    base = triage(arguments, formats_of(name))
    with tempfile.TemporaryDirectory(prefix="pooltriage-formats.") as work:
        store = ["--store", os.path.join(work, "case.db")]
        same(checks, name + ": into a store", base, arguments + store)
        same(checks, name + ": into a store again", base, arguments + store)
        same(checks, name + ": into another store", base, arguments + ["--store", os.path.join(work, "other.db")], umask=0o077)


def test(checks):
    """All of it."""
    check_sizes(checks)
    for name, arguments in samples():
        check_elsewhere(checks, name, arguments)
        check_store(checks, name, arguments)
