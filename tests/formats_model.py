# SPDX-License-Identifier: MIT
"""One model: does every format say the same findings, values, sentences and numbers? Each is read back by itself, and the
sets are compared with those of the JSON report."""

import csv
import io
import json
import re
import tempfile
import unicodedata

from formats_read import PARTS, UNKNOWN, Table, loose, plain, read_html, read_markdown, read_text
from formats_run import WIDE, samples, scenarios, triage

MINUS = "\N{MINUS SIGN}"
SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO", "ok": "OK", "not-assessed": "NOT ASSESSED"}
NUMBER = re.compile(r"[%s+]?\d[\d,.]*(e[-+]\d+)?( ([KMGTP]i)?B(/h)?| %%)?( \(0x[0-9A-F]+\))?|0x[0-9A-F]{8}|UTC[%s+]\d\d:\d\d"
                    r"|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d" % (MINUS, MINUS))
CHART = "Paged pool over time"
LONGEST = 2000  # characters of a text or of a run without a blank; people are shown the beginning of longer ones


# ---- from JSON to what people read, written anew from docs and not from reports/words.c ----

FILLERS = "\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"  # letters and marks that show as nothing


def is_hidden(character):
    """Does it not show as itself, or change how others show? Format characters, separators of lines, what is none."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") or character in FILLERS or \
        ord(character) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(character) < 0xFDF0 or 0xE0000 <= ord(character) < 0xE1000


def shown(text):
    """What would not show as itself is spelled out."""
    return "".join(("\\x%02X" if ord(character) < 0x80 else "<U+%04X>") % ord(character) if is_hidden(character) else character
                   for character in text)


def told(text):
    """A JSON text as a cell tells it."""
    if len(text) > LONGEST:
        text = "%s… (%s characters)" % (text[:LONGEST], format(len(text), ","))
    runs = [run if len(run) <= LONGEST else "%s… (%s characters)" % (run[:160], format(len(run), ",")) for run in text.split(" ")]
    return plain(shown(" ".join(runs)))


def sizes(number):
    """A size in the units people are shown."""
    sign, size = MINUS if number < 0 else "", abs(number)
    for unit, power, least in (("PiB", 5, 10), ("TiB", 4, 10), ("GiB", 3, 10), ("MiB", 2, 1), ("KiB", 1, 1)):
        if size >= least * 1024 ** power:
            return "%s%.1f %s" % (sign, size / 1024 ** power, unit)
    return "%s%.0f B" % (sign if size >= 0.5 else "", size)


def reals(number):
    """A number that is no count, with no more digits than it deserves."""
    sign, size = MINUS if number < 0 else "", abs(number)
    return "%s%.*f" % (sign, 0 if size >= 1000 else 1, size) if size >= 1 else "%s%.*g" % (sign, 2 if size < 0.001 else 3, size)


def spellings(value):
    """Every way in which people may be shown a JSON value."""
    if value is None:
        return {"not known"}
    if isinstance(value, bool):
        return {"yes" if value else "no"}
    if isinstance(value, str):
        moment = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?Z", value)
        return {"%s %s" % moment.group(1, 2)} if moment else {told(value)}
    sign = MINUS if value < 0 else ""
    found = {reals(value), sizes(value), sizes(value) + "/h", "%s%.1f %%" % (sign if abs(value) >= 0.05 else "", abs(value))}
    if isinstance(value, int):
        found |= {"%s%d" % (sign, abs(value)), "%s{:,}".format(abs(value)) % sign, "%d (0x%X)" % (value, value & 0xFFFFFFFF), "0x%08X" % (value & 0xFFFFFFFF),
                  "UTC%s%02d:%02d" % (sign or "+", abs(value) // 60, abs(value) % 60)}
    return found


def objects(value):
    """Every object in a report with all that is in it or beneath it, its keys as percentages among them."""
    if isinstance(value, list):
        return [found for part in value for found in objects(part)]
    if not isinstance(value, dict):
        return []
    return [beneath(value)] + [found for part in value.values() for found in objects(part)]


def beneath(value):
    """All spellings of all that is in an object."""
    if isinstance(value, dict):
        return set().union({key + " %" for key in value if key.isdigit()}, *map(beneath, value.values()))
    if isinstance(value, list):
        return set().union(*map(beneath, value))
    return spellings(value)


# ---- the sets ----

def column(table, *heads):
    """The cells under some heads, row by row."""
    return [tuple(loose(table.cell(row, head)) for head in heads) for row in range(len(table.rows))]


def rows_of(rows, *keys):
    """The same of JSON."""
    return [tuple(loose(told(str(row[key])) if row[key] is not None else "not known") for key in keys) for row in rows]


def check_verdict(checks, where, page, server):
    """Severity word, confidence word, rule, headline, reasons, and what would raise the confidence."""
    verdict = server["verdict"]
    said = page.words["Verdict"]
    found = re.search(r"(NOT ASSESSED|ERROR|WARNING|INFO|OK)\b.*?(?:confidence (\w+)|no confidence stated).*?(PT-V\d\d)", said)
    checks.check(found and found.groups() == (SEVERITIES[verdict["severity"]], verdict["confidence"], verdict["rule"]),
                 where + ": the verdict's words", said[:200])
    checks.check(told(verdict["headline"]) in said, where + ": the verdict's headline", said[:600])
    items = [loose(item) for part, _, items in page.lists if part == "Verdict" for item in items]
    checks.same([loose(told(text)) for text in verdict["reasons"] + verdict["would_raise_confidence"]], items,
                where + ": the verdict's reasons")


def check_values(checks, where, page, server):
    """What to set, and what not."""
    heads = ("Value", "Set to", "Now", "Rule")
    tables = [table for table in page.tables if table.rows and dict(table.rows[0]).keys() >= {"Value", "Set to"}]
    checks.check(len(tables) == bool(server["recommendations"]), where + ": one table of values to set")
    table = (tables or [Table(None, None)])[0]
    found = column(table, *heads)
    checks.check(len(found) == len(server["recommendations"]), where + ": as many values to set", found)
    for cells, row in zip(sorted(found), sorted(server["recommendations"], key=lambda row: row["value"])):
        data = row["data"]
        number = str(data) if data < 10 else "0x%08X" % data if data > 9999 else "%d (0x%X)" % (data, data)
        checks.check(cells[0] == row["value"] and cells[1] == number and cells[2] in map(loose, spellings(row["current"])) and
                     cells[3] == row["rule"], where + ": the value to set", cells, row)
    checks.same(column(page.table("Values not to set"), "Value", "Why it is not recommended", "Rule"),
                rows_of(server["withheld"], "value", "reason", "rule"), where + ": values not to set")


def check_lists(checks, where, page, server):
    """Findings, what was not checked, notes, inputs."""
    findings = page.table("Findings")
    checks.same(column(findings, "Rule", "Severity", "Confidence", "Finding", "What was seen", "Recommendation"),
                [(rule, SEVERITIES[severity], *rest) for (rule, severity, *rest) in rows_of(
                    server["findings"], "rule", "severity", "confidence", "title", "text", "recommendation")],
                where + ": findings")
    checks.check([loose(item) for item in page.items("Not checked")] == [loose(told(text)) for text in server["not_checked"]],
                 where + ": what was not checked", page.items("Not checked"), server["not_checked"])
    for title, key, heads, keys in (("Notes on the inputs", "notes",
                                     ("Source", "Line", "What happened; what was done about it"), ("source", "line", "text")),
                                    ("Inputs", "inputs", ("Source", "Format", "Records", "Notes", "Digest", "Status"),
                                     ("source", "parser", "records", "notes", "digest", "status"))):
        found = column(page.table(title), *heads)
        wanted = rows_of(server[key], *keys)
        part = page.words["What was not checked, and data quality" if key == "notes" else "Provenance"]
        if len(found) < len(wanted):
            checks.check("showing %d of %d" % (len(found), len(wanted)) in part, "%s: %s are cut, and it is said" % (where, key))
            wanted = wanted[:len(found)]
        checks.check(found == wanted, "%s: %s" % (where, key), *[(one, other) for one, other in zip(found, wanted) if one != other][:3],
                     len(found), len(wanted))


def is_chart(table):
    """The numbers of a chart as Markdown has them in its place."""
    return table.part == CHART and table.rows and table.rows[0][0][0] == "Series"


def check_alike(checks, where, page, other):
    """Two of people's formats: the same steps, text to copy, and tables row by row; a chart's numbers are told as is best."""
    tables, others = [[table for table in one.tables if not is_chart(table)] for one in (page, other)]
    checks.check(page.steps and page.steps == other.steps, where + ": steps", page.steps, other.steps)
    checks.check(page.codes == other.codes, where + ": text to copy", page.codes, other.codes)
    checks.check([(table.part, table.title, len(table.rows)) for table in tables] ==
                 [(table.part, table.title, len(table.rows)) for table in others], where + ": tables",
                 *[(one.part, one.title, two.part, two.title) for one, two in zip(tables, others)
                   if (one.part, one.title, len(one.rows)) != (two.part, two.title, len(two.rows))][:3])
    for one, two in zip(tables, others):
        differ = [(number + 1, head, cell, two.cell(number, head)) for number, row in enumerate(one.rows[:len(two.rows)])
                  for head, cell in row if loose(cell) != loose(two.cell(number, head)) and
                  (cell or two.cell(number, head) != UNKNOWN)]  # an empty text beneath a row is left out
        checks.check(not differ, "%s: the cells of %s" % (where, one.title), *differ)


def check_numbers(checks, where, page, report):
    """Every number of a table stands in one object of JSON, together with what its row is about and the row's others."""
    known = [found for part in report["servers"][0].values() for found in objects(part)]
    known.append(beneath([report["generated"], report["case"], report["servers"][0]["server"], report["servers"][0]["host"]]))
    inputs = report["servers"][0]["inputs"]
    for reason in {row["server_reason"] for row in inputs}:  # people are told once for all inputs of which the same is true
        known.append(beneath([reason, len([row for row in inputs if row["server_reason"] == reason])]))
    everything = set().union(*known)
    for table in page.tables:
        lacking = []
        for number, row in enumerate(table.rows if not is_chart(table) else []):
            numbers = {cell for head, cell in row if NUMBER.fullmatch(cell) and head not in NOT_IN_JSON}
            numbers |= everything & {row[0][1]}  # what the row is about
            if not any(numbers <= one for one in known):
                lacking.append((number + 1, row[0], numbers))
        checks.check(not lacking, "%s: the numbers of %s are in JSON" % (where, table.title), *lacking)


def check_sentences(checks, where, page, other):
    """Whatever one says in sentences the other says too."""
    words = {part: loose(text) for part, text in other.words.items()}
    lacking = [(part, text) for part, text in page.said if part and part != CHART and not OWN_WORDS.fullmatch(text)
               and loose(text) not in words.get(part, "")]
    checks.check(page.said and not lacking, where, *lacking)


# What is said of the page and not of the server.
OWN_WORDS = re.compile(r"Because:?|none|\? = not known|\? or no.*: not known|showing \d+ of .*|pooltriage [\d.]+, rules .*|"
                       r"(NOT ASSESSED|ERROR|WARNING|INFO|OK) .*PT-V\d\d")
# Bytes of an event's data as they lie there: JSON has words and fields.
NOT_IN_JSON = {"Bytes"}


# ---- CSV and the ticket's summary ----

def visible(text):
    """A JSON text as CSV spells it: what a spreadsheet would run stands behind an apostrophe."""
    text = shown(text)
    return "'" + text if re.match("[ \xa0\u3000]*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]", text) else text


def cells_of(row, front=""):
    """The cells of a row by their keys with dots; an object within is told by its own keys, a table is another file."""
    found = {}
    for key, value in row.items():
        if isinstance(value, dict):
            found.update(cells_of(value, front + key + "."))
        elif not (isinstance(value, list) and (front + key in TABLES_WITHIN or value and isinstance(value[0], dict))):
            found[front + key] = "" if value is None else visible("; ".join(value)) if isinstance(value, list) else \
                str(value).lower() if isinstance(value, bool) else value if isinstance(value, (int, float)) else visible(value)
    return found


TABLES_WITHIN = {"evidence", "points"}


def read_csv(data):
    """Rows by their heads; strict."""
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))


def same_cell(cell, value):
    """Numbers are numbers, texts are texts. Of bytes that are no UTF-8, JSON can only say that they are none."""
    cell, value = [re.sub("(\ufffd|\\\\x[89A-F][0-9A-F])+", "\ufffd", one) if isinstance(one, str) and "\ufffd" in value + "" else one
                   for one in (cell, value)] if isinstance(value, str) else (cell, value)
    if isinstance(value, (int, float)):
        return re.fullmatch(r"-?\d+(\.\d+)?(e[-+]?\d+)?", cell) is not None and float(cell) == value
    return cell == value


def check_csv(checks, name, files, report):
    """Each table of JSON is a file with the same rows and cells."""
    tables = {}
    for server in report["servers"]:
        for key, value in server.items():
            rows = [] if isinstance(value, str) else value if isinstance(value, list) else [value]
            for number, row in enumerate(rows, 1):
                row = {"text": row} if isinstance(row, str) else row
                first = {"server": visible(server["server"])}
                first.update({"row": number} if isinstance(value, list) else {})
                tables.setdefault(key, []).append({**first, **cells_of(row)})
                for within in sorted(TABLES_WITHIN & {head for head, cell in row.items() if isinstance(cell, list)}):
                    tables.setdefault(key + "_" + within, []).extend({**first, **cells_of(one)} for one in row[within])
    report_row = {key: value for key, value in report.items() if key not in ("servers", "fleet", "causes")}
    tables["report"] = [cells_of(report_row)]
    found = {path.removesuffix(".csv"): read_csv(data) for path, data in files.items()}
    checks.same({key for key, rows in found.items() if rows} - {"charts"}, tables, name + ", csv: files with rows")
    for key, rows in tables.items():
        read = found.get(key, [])
        differ = [(number, head, row.get(head), cells.get(head)) for number, (row, cells) in enumerate(zip(rows, read), 1)
                  for head in sorted(set(row) | set(cells)) if head not in row or head not in cells or not same_cell(cells[head], row[head])]
        checks.check(len(rows) == len(read) and not differ, "%s, csv: %s" % (name, key), (len(rows), len(read)), *differ)
    checks.check(all(same_cell(row["value"], float(row["value"])) for row in found.get("charts", [])), name + ", csv: charts")


def check_ticket(checks, name, arguments, server):
    """10 to 15 lines with the verdict, the values, and that something was not checked."""
    text = triage(arguments, ("ticket",)).files["ticket"].decode()
    lines, words = text.splitlines(), plain(text)
    verdict = server["verdict"]
    checks.check(10 <= len(lines) <= 15 and max(map(len, lines)) <= 100, name + ", ticket: 10 to 15 lines", len(lines), text)
    checks.check("%s, %s, %s" % (SEVERITIES[verdict["severity"]], "confidence " + verdict["confidence"] if verdict["confidence"] else
                                 "no confidence stated", verdict["rule"]) in words, name + ", ticket: the verdict's words", words)
    checks.check(told(verdict["headline"])[:80] in words, name + ", ticket: the verdict's headline", words)
    for row in server["recommendations"]:
        said = re.search(r"Set %s to (?:0x([0-9A-F]+)|(\d+))" % re.escape(row["value"]), words)
        checks.check(bool(said) == row["primary"], "%s, ticket: %s is told" % (name, row["value"]), words)
        checks.check(not said or int(said.group(1) or said.group(2), 16 if said.group(1) else 10) == row["data"],
                     "%s, ticket: the number of %s" % (name, row["value"]), words)
    counted = re.search(r"Not checked(?:, the first of (\d+))?: ?(.*?)(?:…|$)", words)
    if server["not_checked"]:
        checks.check(counted and int(counted.group(1) or 1) == len(server["not_checked"]) and
                     counted.group(2)[:60].startswith(told(server["not_checked"][0])[:len(counted.group(2))][:60]),
                     name + ", ticket: what was not checked", words, server["not_checked"])
    else:
        checks.check(not counted, name + ", ticket: nothing was not checked", words)


# ---- all ----

def check_report(checks, name, arguments):
    """One report of one server in all formats."""
    result = triage(list(arguments) + WIDE)
    if not checks.check(result.status in (0, 3), name + ": is triaged", result.status, result.err[-300:]):
        return
    report = json.loads(result.files["json"])
    server = report["servers"][0]
    pages = {"html": read_html(result.files["html"]), "text": read_text(result.files["text"]),
             "markdown": read_markdown(result.files["markdown"])}
    check_csv(checks, name, result.files["csv"], report)
    check_ticket(checks, name, arguments, server)
    for kind, page in pages.items():
        where = "%s, %s" % (name, kind)
        if not checks.check(set(page.words) >= set(PARTS), where + ": nine parts", set(PARTS) - set(page.words)):
            continue
        check_verdict(checks, where, page, server)
        check_values(checks, where, page, server)
        check_lists(checks, where, page, server)
        check_numbers(checks, where, page, report)
        if kind != "html":
            where = "%s, html and %s" % (name, kind)
            check_alike(checks, where, pages["html"], page)
            check_sentences(checks, where + ", said in html", pages["html"], page)
            check_sentences(checks, where + ", said in " + kind, page, pages["html"])


def test(checks):
    """All samples, and a server for each verdict."""
    for name, arguments in samples():
        check_report(checks, name, arguments)
    pair = triage(["samples/at-sixty", "samples/toke-leak"])
    check_csv(checks, "two servers", pair.files["csv"], json.loads(pair.files["json"]))
    codes = set()
    with tempfile.TemporaryDirectory(prefix="pooltriage-formats.") as work:
        for arguments in scenarios(work):
            server = json.loads(triage(arguments, ("json",)).files["json"])["servers"][0]
            new = {server["verdict"]["code"]} | {finding["rule"] for finding in server["findings"]} | {
                (row["value"], row["data"]) for row in server["recommendations"]}
            if new - codes:
                codes |= new
                check_report(checks, "scenario %s (%s)" % (arguments[0][-3:], server["verdict"]["code"]), arguments)
    verdicts = [code for code in codes if isinstance(code, str) and not code.startswith("PT-")]
    checks.check(len(verdicts) == 17, "all verdicts are among the scenarios", verdicts)
