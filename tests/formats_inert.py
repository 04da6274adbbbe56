# SPDX-License-Identifier: MIT
"""Is hostile text inert in every format? Each is read by a parser that is not ours, which must find nothing but what the
reports of harmless samples are made of."""

import base64
import csv
import hashlib
import io
import json
import os
import re
import tempfile

import html5lib
from markdown_it import MarkdownIt

import formats_bundle
import formats_model
from formats_run import samples, triage
from formats_schema import Schema

FORMATS = ("text", "html", "json", "markdown", "csv", "ticket")

# Nothing here can run, load, move or send anything.
ELEMENTS = set("""html head meta style title body div nav ol ul li a main article aside header footer section p h1 h2 h3 h4 h5 h6 dl dt dd
    time small span strong em b figure figcaption pre code kbd table caption colgroup col thead tbody tfoot tr th td details summary br wbr hr
    svg g defs path rect line circle polyline polygon text tspan desc pattern clipPath""".split())
ATTRIBUTES = set("""class id data-head href lang charset http-equiv content name role tabindex scope colspan rowspan span datetime open start value title dir
    viewBox preserveAspectRatio x y x1 y1 x2 y2 dx dy cx cy r rx ry d points width height transform text-anchor dominant-baseline fill
    fill-opacity stroke stroke-width stroke-dasharray stroke-opacity stroke-linecap stroke-linejoin opacity clip-path focusable
    patternUnits patternTransform vector-effect textLength lengthAdjust translate""".split())
META = {"viewport", "color-scheme", "referrer", "generator", "robots", "format-detection"}
RENDERED = set("html head body p h1 h2 h3 h4 h5 h6 ul ol li table thead tbody tr th td pre code strong blockquote hr".split())
MARKDOWN_CODE = {"reg", "", "text", "bat"}  # what follows a fence
NUMBER = re.compile(r"-?\d+(\.\d+)?(e[-+]?\d+)?")


# ---- HTML ----

def check_style(checks, where, root):
    """One style sheet, and only that is allowed."""
    sheets = list(root.iter("style"))
    policies = [meta.get("content", "") for meta in root.iter("meta") if meta.get("http-equiv")]
    if not checks.check(len(sheets) == 1 and len(policies) == 1, where + ": one style sheet, one policy", len(sheets), policies):
        return
    digest = base64.b64encode(hashlib.sha256(sheets[0].text.encode()).digest()).decode()
    rules = dict((rule.split() + [""])[:1] + [rule.split()[1:]] for rule in policies[0].split(";"))
    checks.check(rules.get("default-src") == ["'none'"] and rules.get("style-src") == ["'sha256-%s'" % digest] and
                 rules.get("base-uri") == ["'none'"] and rules.get("form-action") == ["'none'"] and
                 all(values in (["'none'"], ["data:"]) for name, values in rules.items() if name != "style-src"),
                 where + ": the policy", policies[0], digest)
    checks.check("@import" not in sheets[0].text and not re.search(r"url\((?!#)", sheets[0].text), where + ": the style sheet loads nothing")


def check_html(checks, where, data):
    """Well formed, and of nothing but known elements and attributes."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    text = data.decode()  # strict
    root = parser.parse(text)
    checks.check(not parser.errors, where + ": no parse error", *parser.errors)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    names = {re.sub(r"\{.*\}", "", element.tag) for element in elements}
    checks.check(names <= ELEMENTS, where + ": elements", names - ELEMENTS)
    checks.check(len(elements) == sum(1 for _ in root.iter()) and "<!--" not in text, where + ": no comments")
    keys = {key for element in elements for key in element.keys()}
    checks.check(all(key in ATTRIBUTES or re.fullmatch("aria-[a-z]+", key) for key in keys), where + ": attributes", keys - ATTRIBUTES)
    ids = [element.get("id") for element in elements if element.get("id") is not None]
    checks.check(len(ids) == len(set(ids)), where + ": ids are unique", [one for one in ids if ids.count(one) > 1])
    links = [element.get("href") for element in elements if element.get("href") is not None]
    checks.check(links and all(link.startswith("#") and link[1:] in ids for link in links), where + ": links lead to ids of the page",
                 [link for link in links if link[1:] not in ids])
    labels = [name for element in elements for key in ("aria-labelledby", "aria-describedby") for name in element.get(key, "").split()]
    checks.check(set(labels) <= set(ids), where + ": labels are there", set(labels) - set(ids))
    painted = [value for element in elements for key in ("fill", "stroke", "clip-path") if "(" in (value := element.get(key, ""))]
    checks.check(all(re.fullmatch(r"url\(#[\w.-]+\)", value) for value in painted), where + ": paint", painted)
    checks.check({meta.get("name") for meta in root.iter("meta") if meta.get("name")} <= META, where + ": meta names")
    check_style(checks, where, root)


# ---- JSON, CSV, Markdown ----

def no_twins(pairs):
    """An object; dies of a key that stands twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice among %s" % [key for key, _ in pairs])
    return found


def check_json(checks, where, data, schema):
    """One value, as the schema says, that comes back from another writer."""
    text = data.decode()
    report = json.loads(text, object_pairs_hook=no_twins)
    checks.check(json.loads(json.dumps(report)) == report, where + ": comes back")
    checks.check(not (found := hidden(text)), where + ": no hidden character", found)
    checks.check(not (errors := schema.errors(report)), where + ": as the schema says", *errors)
    return report


def check_csv(checks, where, files):
    """As many cells as heads, no formulas, and the same through another writer."""
    for name, data in sorted(files.items()):
        text = data.decode()
        records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        checks.check(records and all(len(record) == len(records[0]) for record in records), "%s: %s: cells" % (where, name),
                     {len(record) for record in records})
        formulas = [cell for record in records for cell in record
                    if re.match("[ \xa0\u3000]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]", cell) and not NUMBER.fullmatch(cell)]
        checks.check(not formulas, "%s: %s: no formula" % (where, name), *formulas)
        checks.check(not (found := hidden(text.replace("\r\n", "\n"))), "%s: %s: no hidden character" % (where, name), found)
        again = io.StringIO(newline="")
        csv.writer(again).writerows(records)
        checks.check(list(csv.reader(io.StringIO(again.getvalue(), newline=""), strict=True)) == records,
                     "%s: %s: comes back" % (where, name))


def check_markdown(checks, where, data):
    """Rendered with everything on, it has no link, no picture and no HTML of its own."""
    text = data.decode()
    parser = MarkdownIt("commonmark", {"html": True, "linkify": True, "typographer": False}).enable(["table", "strikethrough", "linkify"])
    tokens = [inner for token in parser.parse(text) for inner in [token] + (token.children or [])]
    kinds = {token.type for token in tokens}
    bad = kinds & {"html_block", "html_inline", "image", "s_open", "em_open", "code_block", "lheading_open"}
    checks.check(not bad, where + ": inert", bad, *[token.content[:200] for token in tokens if token.type in bad])
    # GitHub makes links of what begins so, and of addresses; markdown-it's linkifier also of any name that ends in a domain's.
    links = [(token.markup, following.content) for token, following in zip(tokens, tokens[1:]) if token.type == "link_open"]
    bad = [link for link in links if link[0] != "linkify" or re.search(r"://|^www\.|@|^mailto:", link[1], re.I)]
    checks.check(not bad, where + ": no link", *bad)
    checks.check({token.info for token in tokens if token.type == "fence"} <= MARKDOWN_CODE, where + ": fences")
    root = html5lib.parse(parser.render(text), namespaceHTMLElements=False)
    names = {element.tag if isinstance(element.tag, str) else "comment" for element in root.iter()} - {"a" for _ in links[:1]}
    checks.check(names <= RENDERED, where + ": elements", names - RENDERED)
    checks.check(not (found := hidden(text)), where + ": no hidden character", found)


# ---- text ----

def hidden(text):
    """Characters that do not show as themselves, or change how others show; a line's end is none."""
    return sorted({"U+%04X" % ord(character) for character in text if character != "\n" and formats_model.is_hidden(character)})


def check_text(checks, where, data, ascii_only=False):
    """Valid UTF-8 without control characters; or ASCII."""
    try:
        text = data.decode("ascii" if ascii_only else "utf-8")
    except UnicodeDecodeError as error:
        checks.check(False, where + ": can be decoded", error, data[error.start - 20:error.end + 20])
        return
    checks.check(not (found := hidden(text)), where + ": no control, no hidden character", found)


def check_all(checks, name, arguments, schema, mark=None):
    """One bundle in all formats."""
    result = triage(list(arguments), FORMATS)
    if not checks.check(set(result.files) == set(FORMATS) and result.status in (0, 3), name + ": has a report", result.status, result.err[-300:]):
        return None
    check_html(checks, name + ", html", result.files["html"])
    report = check_json(checks, name + ", json", result.files["json"], schema)
    check_csv(checks, name + ", csv", result.files["csv"])
    formats_model.check_csv(checks, name, result.files["csv"], report)
    check_markdown(checks, name + ", markdown", result.files["markdown"])
    for kind in ("text", "ticket"):
        check_text(checks, "%s, %s" % (name, kind), result.files[kind])
    check_text(checks, name + ", standard error", result.err)
    plain = triage(list(arguments) + ["--ascii"], ("text", "markdown", "ticket"))
    for kind, data in plain.files.items():
        check_text(checks, "%s, %s, --ascii" % (name, kind), data, True)
    if mark:
        for kind in ("text", "html", "json", "markdown"):
            checks.check(result.files[kind].count(mark) > 20, "%s, %s: the text is there" % (name, kind), result.files[kind].count(mark))
    return report


def check_hostile(checks, name, raw, schema):
    """A bundle that carries the text everywhere, and with it told as well."""
    with tempfile.TemporaryDirectory(prefix="pooltriage-formats.") as work:
        formats_bundle.write(work, raw)
        told = raw.replace(b"\0", b"")
        report = check_all(checks, name, [work], schema, b"Zq7")
        if report and len(report["servers"]) == 1 and len(raw) < 2000:
            formats_model.check_report(checks, name, [work])
        check_all(checks, name + ", told", [work, "--case", told, "--server", told, "--os", b"Server 2003 " + told[:3000]], schema, b"Zq7")
        os.rename(work, moved := os.path.join(os.path.dirname(work), os.path.basename(work) + ".once"))
        os.mkdir(work)
        os.rename(moved, os.path.join(os.fsencode(work), b"FS " + told[:60].replace(b"/", b"\\")))
        check_all(checks, name + ", in a folder called so", [work], schema, b"Zq7")


def test(checks):
    """Harmless ones, and every text of formats_bundle."""
    schema = Schema()
    for name, arguments in samples():
        check_all(checks, name, arguments, schema)
    check_all(checks, "two servers", ["samples/hostile", "samples/toke-leak"], schema)
    for name, text in formats_bundle.TEXTS.items():
        check_hostile(checks, "hostile " + name, text.encode(), schema)
    check_hostile(checks, "hostile bytes", formats_bundle.BROKEN, schema)
    everything = b" ".join(text.encode() for name, text in formats_bundle.TEXTS.items() if not name.startswith("long"))
    check_hostile(checks, "hostile everything", everything, schema)
