#!/usr/bin/python3 -B
# SPDX-License-Identifier: MIT
"""Opens the HTML report of every sample in Chromium and looks: errors, requests, structure, widths, charts, colours, print
and accessibility; pictures and PDFs are left in $BUILD/pages. `tests/pages.py` ends with "N passed, N failed"."""

import base64
import collections
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unicodedata

from browser import Browser, BrowserError, Page

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get("BUILD", "build")
PICTURES = os.path.join(BUILD, "pages")
TOOLS = os.path.join(BUILD, "tools")

AXE = "4.14.1"
AXE_SHA512 = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="

# name, servers, arguments of triage
PAGES = [(name, 1, ["samples/" + name]) for name in ("mmst-tune", "toke-leak", "at-sixty", "healthy", "hostile")] + [
    ("two-servers", 2, ["samples/mmst-tune", "samples/toke-leak"]),
    ("no-data", 1, ["samples/healthy/systeminfo.txt"])]
PARTS = ["title", "verdict", "action", "chart", "findings", "evidence", "unchecked", "provenance", "glossary"]
WIDTHS = (360, 768, 1024, 1400, 1920)
PAPERS = {"A4": (8.27, 11.69), "Letter": (8.5, 11)}
PAPER_WIDTH = 688  # CSS pixels between the margins of A4

LIGHT = {"prefers_color_scheme": "light"}
DARK = {"prefers_color_scheme": "dark"}
PRINT = {"media": "print"}
FORCED = {"forced_colors": "active"}
# What is shown how; each is a picture, and a run of axe-core.
LOOKS = [("light", 1400, LIGHT), ("dark", 1400, DARK), ("phone", 360, LIGHT), ("wide", 1920, LIGHT),
         ("print", PAPER_WIDTH, PRINT), ("forced", 1024, FORCED)]


class Count:
    """Every check has a name; a failure says what is wrong and where."""

    def __init__(self, silent=False):
        self.silent = silent
        self.passed = self.failed = 0
        self.names = set()  # of what failed
        self.open = {}  # what axe-core could not tell, and of which elements

    def check(self, page, name, wrong):
        if not wrong:
            self.passed += 1
            return
        self.failed += 1
        self.names.add(name)
        if self.silent:
            return
        for line in wrong[:8]:
            print(f"FAIL {page}: {name}: {line}")
        if len(wrong) > 8:
            print(f"FAIL {page}: {name}: … {len(wrong)} in all")


def fetch_axe():
    """axe-core's source, and None; or None and why it cannot be had."""
    packed = os.path.join(TOOLS, f"axe-core-{AXE}.tgz")
    if not os.path.exists(packed):
        if not shutil.which("npm"):
            return None, "there is no npm"
        os.makedirs(TOOLS, exist_ok=True)
        done = subprocess.run(["npm", "pack", "--silent", "--fetch-retries=1", f"axe-core@{AXE}"], cwd=TOOLS,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        if done.returncode or not os.path.exists(packed):
            return None, "npm could not fetch it"
    with open(packed, "rb") as file:
        digest = base64.b64encode(hashlib.sha512(file.read()).digest()).decode()
    if digest != AXE_SHA512:
        os.remove(packed)
        raise SystemExit(f"axe-core-{AXE}.tgz is not the one that is known; its SHA-512 is {digest}")
    with tarfile.open(packed) as archive:
        return archive.extractfile("package/axe.min.js").read().decode(), None


def told(page):
    """What the console, the log, the page and the browser's own audits complained of."""
    lines = ["console." + e["type"] + ": " + " ".join(str(a.get("value", a.get("description"))) for a in e["args"])
             for e in page.events("Runtime.consoleAPICalled") if e["type"] in ("error", "warning", "assert")]
    lines += ["exception: " + e["exceptionDetails"]["text"] for e in page.events("Runtime.exceptionThrown")]
    lines += [f"{e['entry']['source']} {e['entry']['level']}: {e['entry']['text']}"
              for e in page.events("Log.entryAdded") if e["entry"]["level"] in ("warning", "error")]
    lines += [f"issue {e['issue']['code']}: {e['issue']['details']}" for e in page.events("Audits.issueAdded")]
    return lines


def requests(page):
    """Every request but the one for the page itself, blocked ones included."""
    return ["request " + e["request"]["url"][:200] for e in page.events("Network.requestWillBeSent")
            if e["request"]["url"] != page.url]


def words(text):
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


def lost(texts, pdf):
    """The words of the page that its PDF holds fewer times. pdftotext -raw gives them as they were drawn, and only a
    word that was broken at a line's end comes in pieces; those are looked for in the text without its blanks."""
    drawn = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", pdf, "-"], stdout=subprocess.PIPE, check=True).stdout.decode()
    have = collections.Counter(words(drawn))
    unbroken = "".join(words(drawn))
    need = collections.Counter(word for text in texts for word in words(text))
    missing = {word for word, n in need.items()
               if have[word] < n and not (len(word) > 6 and unbroken.count(word) >= n)}
    return [f'{have[word]} of {need[word]} "{word}", as in "{next(t for t in texts if word in words(t))[:80]}"'
            for word in sorted(missing, key=lambda w: have[w] - need[w])]


def structure(count, page, name, servers):
    count.check(name, "no script", page.run("pages.scripts()"))
    count.check(name, "document title", page.run("pages.title()"))
    count.check(name, "headings", page.run("pages.headings()"))
    count.check(name, "parts", page.run(f"pages.parts({PARTS}, {servers})"))
    count.check(name, "ids", page.run("pages.ids()"))
    count.check(name, "links", page.run("pages.links()"))


def layout(count, page, name):
    for width in WIDTHS:
        page.show(width)
        count.check(name, f"fits at {width} px", page.run("pages.fits()"))
        count.check(name, f"labels at {width} px", page.run("pages.labels()"))
        count.check(name, f"words at {width} px", page.run("pages.words()"))


def paper(count, page, name, folder):
    page.show(1400, **LIGHT)
    texts = page.run("pages.texts()")
    for size, (width, height) in PAPERS.items():
        pdf = os.path.join(folder, f"{name}-{size}.pdf")
        page.print(pdf, width, height)
        count.check(name, f"nothing lost on {size}", lost(texts, pdf) if texts else ["the page holds no text"])


def pictures(page, name, folder):
    for look, width, how in LOOKS:
        page.show(width, **how)
        page.picture(os.path.join(folder, f"{name}-{look}.png"))


def looks(count, page, name, axe):
    if axe:
        page.run(axe)
    page.run("pages.flat()")
    for look, width, how in LOOKS:
        page.show(width, **how)
        if look in ("print", "forced"):
            count.check(name, f"fits, {look}", page.run("pages.fits()"))
            count.check(name, f"labels, {look}", page.run("pages.labels()"))
            count.check(name, f"words, {look}", page.run("pages.words()"))
        if look == "forced":
            continue  # its colours are the user's
        count.check(name, f"paper, {look}", page.run(f"pages.paper({str(look == 'dark').lower()})"))
        count.check(name, f"contrast of charts, {look}", page.run("pages.contrast()"))
        if axe:
            answer = page.run("pages.axe()")
            wrong = ["{what}: {where}: {why}".format(**node) for node in answer["wrong"]]
            count.check(name, f"axe-core, {look}", wrong or ([] if answer["rules"] > 20 else ["it judged nothing"]))
            for node in answer["open"]:
                count.open.setdefault("{0}: {what}: {why}".format(look, **node), []).append(f"{name} {node['where']}")


def quiet(count, page, name):
    count.check(name, "no error, warning or policy violation", told(page))
    count.check(name, "no request", requests(page))


def spoilt(path, to, changes):
    """A copy of a page with faults. Its style may be changed, so its policy lets any style in."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for pattern, replacement in [(r"style-src 'sha256-[^']*'", "style-src 'unsafe-inline'"), *changes]:
        text, n = re.subn(pattern, replacement, text, count=1)
        if not n:
            raise SystemExit(f"the page that is to be spoilt has no {pattern}")
    with open(to, "w", encoding="utf-8") as file:
        file.write(text)


# No test that cannot fail: pages with faults, and the checks that must notice them.
FAULTS = [
    ("faults of structure", [
        ("<title>[^<]*", "<title>"), ("</h1>", "</h1><h3>a level left out</h3>"), ('id="findings"', 'id="found"'),
        ("<footer>", '<footer id="verdict"><script>1</script><img src="x.png" alt="">')],
     {"no script", "document title", "headings", "parts", "ids", "links", "no error, warning or policy violation",
      "no request"}),
    ("faults of layout", [
        ("</style>", "header p{width:70rem;max-width:none} .plot .value{fill:#aaa}</style>"),
        (r"@media \(prefers-color-scheme:dark\)", "@media (prefers-color-scheme:none)"),
        ("</style>", "dt{width:3em;word-break:break-all}</style>"), ('<html lang="en">', "<html>"), (r"(<text x=\")[^\"]*", r"\g<1>-900"),
        (r"(?s)(\"plot narrow\".*?<text x=\")[^\"]*", r"\g<1>-900")],
     {f"fits at {width} px" for width in WIDTHS[:3]} | {f"labels at {width} px" for width in WIDTHS}
     | {"words at 360 px", "words, print"} | {"paper, dark", "contrast of charts, light", "axe-core, light"}),
    ("folded text lost on paper", [("details::details-content{[^}]*}", "")],
     {f"nothing lost on {size}" for size in PAPERS}),
    ("one row lost on paper", [("</style>", "@media print{#evidence .table tr:nth-child(9){display:none}}</style>")],
     {f"nothing lost on {size}" for size in PAPERS}),
]


def notices(count, browser, script, axe, path, folder):
    """Are the faults found? A label at x=-900 lies beyond its chart; the chart of a phone is another one."""
    for name, changes, wanted in FAULTS:
        copy = os.path.join(folder, "spoilt.html")
        spoilt(path, copy, changes)
        found = Count(silent=True)
        page = Page(browser, copy, script)
        if "paper" in name:
            paper(found, page, name, folder)
        elif "layout" in name:
            layout(found, page, name)
            looks(found, page, name, axe)
        else:
            structure(found, page, name, 1)
            quiet(found, page, name)
        page.close()
        if not axe:
            wanted = {check for check in wanted if not check.startswith("axe-core")}
        count.check(name, "noticed", [f'"{check}" did not notice them' for check in sorted(wanted - found.names)])


def look_at(count, browser, script, axe, path, name, servers):
    """All checks of one page."""
    page = Page(browser, path, script)
    structure(count, page, name, servers)
    layout(count, page, name)
    paper(count, page, name, PICTURES)
    pictures(page, name, PICTURES)
    looks(count, page, name, axe)
    quiet(count, page, name)
    page.close()


def write_page(arguments, path):
    done = subprocess.run([os.path.join(BUILD, "pooltriage"), "triage", *arguments, "--quiet", "--html", path],
                          env={**os.environ, "SOURCE_DATE_EPOCH": "1262304000", "LC_ALL": "C"}, check=False)
    if done.returncode:
        raise SystemExit(f"triage {' '.join(arguments)} ended with {done.returncode}")


def main():
    os.chdir(os.path.join(HERE, ".."))
    os.makedirs(PICTURES, exist_ok=True)
    for old in os.listdir(PICTURES):
        if old.endswith((".png", ".pdf")):
            os.remove(os.path.join(PICTURES, old))
    with open(os.path.join(HERE, "pages.js"), encoding="utf-8") as file:
        script = file.read()
    axe, why = fetch_axe()
    if not axe:
        print(f"skipped: axe-core ({why})")
    count = Count()
    browser = Browser()
    try:
        with tempfile.TemporaryDirectory(prefix="pooltriage-pages.") as folder:
            for name, servers, arguments in PAGES:
                path = os.path.join(folder, name + ".html")
                write_page(arguments, path)
                look_at(count, browser, script, axe, path, name, servers)
            notices(count, browser, script, axe, os.path.join(folder, PAGES[0][0] + ".html"), folder)
    except BrowserError as error:
        count.check("browser", "it answers", [str(error)])
    finally:
        browser.close()
    for what, where in count.open.items():
        print(f"axe-core could not tell, {len(where)} times: {what}: {where[0]}")
    print(f"pictures and PDFs: {PICTURES}")
    print(f"{count.passed} passed, {count.failed} failed")
    return count.failed != 0


if __name__ == "__main__":
    sys.exit(main())
