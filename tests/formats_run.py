# SPDX-License-Identifier: MIT
"""Runs the built program for the tests of its formats, and counts what holds."""

import os
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.path.join(ROOT, os.environ.get("BUILD", "build"))
PROGRAM = os.path.join(BUILD, "pooltriage")
SAMPLES = os.path.join(ROOT, "samples")
GOLDEN = os.path.join(ROOT, "tests", "golden", "report")
CORPUS = next((path for path in (os.environ.get("POOLTRIAGE_CORPUS"), "../shared/corpus", "../../shared/corpus")
               if path and os.path.isdir(os.path.join(ROOT, path))), None)
LIMIT = 120  # seconds a run may take; none here takes ten

# What is printed must not depend on when, where and in which colours it is.
FROZEN = {"LC_ALL": "C", "SOURCE_DATE_EPOCH": "1262304000", "NO_COLOR": "1", "PATH": os.environ["PATH"], "HOME": "/"}

# Wide enough that no cell of a text table takes a second line.
WIDE = ["--width", "40000"]


class Checks:
    """What held and what did not, in the words of the other tests."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, holds, what, *details):
        """One line for what does not hold, and some for why."""
        if holds:
            self.passed += 1
            return True
        self.failed += 1
        print("FAIL " + what)
        for detail in details[:10]:
            print("    " + str(detail)[:600])
        return False

    def same(self, one, other, what):
        """Two sets, or lists as sets, hold the same."""
        one, other = set(one), set(other)
        return self.check(one == other, what, *["only here: %r" % (x,) for x in sorted(one - other, key=repr)[:4]],
                          *["only there: %r" % (x,) for x in sorted(other - one, key=repr)[:4]])

    def skip(self, what, why):
        """What cannot be looked at is named."""
        print("skipped: %s (%s)" % (what, why))


class Result:
    """One run: exit code, standard output and error, and the files of the formats asked for, as bytes."""

    def __init__(self, status, out, err, files):
        self.status, self.out, self.err, self.files = status, out, err, files


def run(arguments, cwd=ROOT, env=None, umask=-1):
    """The program with these arguments; bytes may stand among them."""
    done = subprocess.run([PROGRAM] + list(arguments), cwd=cwd, env=FROZEN if env is None else env, umask=umask,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT, check=False)
    return Result(done.returncode, done.stdout, done.stderr, {})


def files_of(folder):
    """Name to bytes of all files in and below a folder."""
    found = {}
    for path, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(path, name), "rb") as file:
                found[os.path.relpath(os.path.join(path, name), folder)] = file.read()
    return found


def triage(arguments, formats=("text", "html", "json", "markdown", "csv"), verb="triage", **how):
    """A report in several formats from one run; .files has bytes for each, for csv a dictionary of files."""
    with tempfile.TemporaryDirectory(prefix="pooltriage-formats.") as work:
        words = []
        for name in formats:
            words += ["--ticket"] if name == "ticket" else ["--" + name, os.path.join(work, name)]
        result = run([verb] + list(arguments) + words, **how)
        for name in formats:
            path = os.path.join(work, name)
            if os.path.isdir(path):
                result.files[name] = files_of(path)
            elif os.path.exists(path):
                with open(path, "rb") as file:
                    result.files[name] = file.read()
        if "ticket" in formats:
            result.files["ticket"] = result.out
    return result


def samples():
    """The bundles of samples/, each with the arguments of its golden report."""
    found = []
    for name in sorted(os.listdir(SAMPLES)):
        folder = os.path.join(SAMPLES, name)
        if name == "dialects" or not os.path.isdir(folder):
            continue
        arguments = ["samples/" + name]
        extra = os.path.join(GOLDEN, name + ".args")
        if os.path.exists(extra):
            with open(extra, encoding="utf-8") as file:
                arguments += file.read().split()
        found.append((name, arguments))
    return found


def scenarios(work):
    """The servers of tests/scenarios_*.c as bundles below a folder: lists of arguments."""
    writer = os.path.join(BUILD, "tests", "write_scenarios")
    count = subprocess.run([writer], capture_output=True, text=True, timeout=LIMIT, check=True).stdout
    for number in range(int(count)):
        os.mkdir(os.path.join(work, "%03d" % (number + 1)))
    done = subprocess.run([writer, work], capture_output=True, text=True, timeout=LIMIT, check=True)
    return [block.split("\n") for block in done.stdout.strip().split("\n\n")]
