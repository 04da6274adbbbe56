# SPDX-License-Identifier: MIT
"""Reads a report back from each of people's formats into one shape: parts, tables, lists, steps, text to copy. HTML is
parsed by html5lib; Markdown is rendered by markdown-it and parsed so too; text is cut at the columns of its rules."""

import re
import unicodedata

import html5lib
from markdown_it import MarkdownIt

PARTS = ("Verdict", "Do this", "Paged pool over time", "Findings", "Evidence", "What was not checked, and data quality",
         "Provenance", "Glossary")
UNKNOWN = "not known"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = HEADINGS + ("p", "li", "tr", "td", "th", "dt", "dd", "div", "ul", "ol", "dl", "pre", "figcaption", "summary", "span",
                     "blockquote", "table")


def plain(text):
    """White space is as good as any other."""
    return " ".join(text.split())


def loose(text):
    """What is left where lists are divided by commas here and stand beneath each other there, or a name has a colon."""
    return re.sub(r"[\s,;:]+", " ", text).strip()


class Table:
    """Rows of (head, cell); what is the same in every row stands in `once` as it is told."""

    def __init__(self, part, title, rows=(), once=""):
        self.part, self.title, self.once = part, title, once
        self.rows = list(rows)

    def cell(self, row, head):
        """The cell under that head; told once or not known where the row has none."""
        found = dict(self.rows[row]).get(head)
        if found is None:
            told = re.search(r"(?:^|[:;] )%s: (.*?)(?:; [A-Z][^:;]*: |\.?$)" % re.escape(head), self.once)
            found = told.group(1) if told else UNKNOWN
        return found


class Page:
    """One server's section, or a page of one server."""

    def __init__(self):
        self.tables, self.lists, self.codes, self.steps = [], [], [], []
        self.said = []  # every paragraph, item and title, as (part, text)
        self.words = {}  # part to all of its text

    def table(self, title):
        """The table of that title, or none at all."""
        found = [table for table in self.tables if table.title == title]
        return found[0] if found else Table(None, title)

    def items(self, title):
        """The list of that title."""
        return [item for _, name, items in self.lists if name == title for item in items]


def cell_of(head, text):
    """A head and a cell in one spelling, whether the zone stands above or behind."""
    head, text = plain(head), plain(text)
    head = head.removesuffix(", UTC")
    if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", text):
        text = text.removesuffix(" UTC")
    return head, UNKNOWN if text == "?" else text


# ---- HTML ----

def flat(element, between=""):
    """All text beneath an element; blocks and spans stand apart when asked to."""
    pieces = [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str) or child.tag in ("svg", "style") or (child.tag == "a" and "".join(child.itertext()) == "evidence"):
            pieces.append(child.tail or "")
            continue
        apart = between if child.tag in BLOCKS else ""
        pieces += [apart, flat(child, between), apart, child.tail or ""]
    return "".join(pieces)


def listed(element):
    """A cell: a list in it is told with semicolons, as in the text report."""
    if element.tag in ("ul", "ol"):
        return "; ".join(plain(flat(item, " ")) for item in element if item.tag == "li")
    inner = [child for child in element if child.tag in ("ul", "ol")]
    if not inner:
        return plain(flat(element))
    front = plain(element.text or "")
    return plain(" ".join([front] + [listed(child) if child.tag in ("ul", "ol") else flat(child) for child in element]))


class Markup:
    """Walks a document in its order and fills a page."""

    def __init__(self, root):
        self.page = Page()
        self.part = self.title = None
        self.once = ""
        self.labels = {element.get("id"): plain(flat(element)) for element in root.iter() if element.get("id")}
        self.walk(root)
        for part, text in self.page.said:
            self.page.words[part] = self.page.words.get(part, "") + " " + text

    def say(self, text):
        """Remembers a sentence."""
        if plain(text):
            self.page.said.append((self.part, plain(text)))

    def walk(self, element):
        """Everything beneath an element."""
        for child in element:
            if isinstance(child.tag, str):
                self.take(child)

    def take(self, element):
        """One element: by its kind, or what is in it."""
        tag = element.tag
        if tag in ("nav", "style", "svg", "head", "footer"):
            return
        if tag in HEADINGS:
            self.heading(element)
        elif tag == "table":
            self.table(element)
        elif tag == "dl":
            self.pairs(element)
        elif tag in ("ul", "ol"):
            self.items(element)
        elif tag == "pre":
            self.page.codes.append(flat(element).rstrip("\n"))
            self.say(flat(element))
        elif tag in ("p", "figcaption"):
            self.paragraph(element)
        else:
            self.walk(element)

    def heading(self, element):
        """A title; the parts' titles are known."""
        text = plain(flat(element))
        if element.tag == "h1":
            self.part = self.title = None
        elif text in PARTS and element.tag == "h2":
            self.part = self.title = text
        else:
            self.title = text
            self.say(text)

    def paragraph(self, element):
        """A sentence; or what all rows of the table to come have."""
        text = plain(flat(element, " ")).removesuffix(" one click selects all")
        if text.startswith("The same in every row: "):
            self.once = text
            self.page.words[self.part] = self.page.words.get(self.part, "") + " " + text
        else:
            self.say(text)

    def table(self, element):
        """Rows, with what stands beneath them."""
        heads = [plain(flat(head)) for row in element.iter("thead") for head in row.iter("th")]
        table = Table(self.part, self.labels.get(element.get("aria-labelledby"), self.title), once=self.once)
        self.once = ""
        for body in element.iter("tbody"):
            for row in body:
                cells = [cell for cell in row if cell.tag in ("td", "th")]
                if len(cells) == 1 and len(heads) > 1:
                    table.rows[-1] += self.beneath(cells[0])
                else:
                    table.rows.append([cell_of(head, listed(cell)) for head, cell in zip(heads, cells)])
        self.page.tables.append(table)
        self.page.words[self.part] = self.page.words.get(self.part, "") + " " + plain(flat(element, " "))

    @staticmethod
    def beneath(cell):
        """Long texts of a row: a name and a text each."""
        found = []
        for line in cell:
            name = line[0]
            found.append(cell_of(flat(name), (name.tail or "") + " " + " ".join(listed(child) + (child.tail or "") for child in line[1:])))
        return found

    def pairs(self, element):
        """Names and values: a table of one row, or what all rows of the next one have."""
        row = []
        for group in element:
            row.append(cell_of(flat(group[0]), listed(group[1])))
        if row and row[0] == ("The same in every row", ""):
            self.once = "The same in every row: " + "; ".join(": ".join(cell) for cell in row[1:])
        else:
            self.single(row)
        self.page.words[self.part] = self.page.words.get(self.part, "") + " " + plain(flat(element, " "))

    def single(self, row):
        """A row of names and values; several under one title are rows of one table."""
        last = self.page.tables[-1] if self.page.tables else None
        if last and last.title == self.title and last.part == self.part and last.rows and \
                [head for head, _ in last.rows[0]] == [head for head, _ in row]:
            last.rows.append(row)
        else:
            self.page.tables.append(Table(self.part, self.title, [row]))

    def items(self, element):
        """Items of a list; of Markdown also names and values, and what stands beneath rows."""
        items = [item for item in element if item.tag == "li"]
        named = [item for item in items if (inner := bold_of(item)) is not None and plain(flat(inner)).endswith(":")]
        if items and len(named) == len(items):
            self.single([cell_of(plain(flat(bold_of(item))).removesuffix(":"), value_of(item)) for item in items])
        elif items and all(re.match(r"No\. \d+\s", plain(flat(item, " "))) for item in items):
            self.numbered(items)
        else:
            texts = [plain(flat(item)) for item in items]
            if element.tag == "ol":
                self.page.steps += texts
            self.page.lists.append((self.part, self.title, texts))
            self.page.said += [(self.part, text) for text in texts if text]
            return
        self.page.words[self.part] = self.page.words.get(self.part, "") + " " + plain(flat(element, " "))

    def numbered(self, items):
        """"No. 3" with "name: text" beneath: more cells of row 3 of the last table."""
        table = self.page.tables[-1]
        for item in items:
            number = int(re.match(r"No\. (\d+)", plain(flat(item, " "))).group(1))
            for line in item.iter("li"):
                if line is not item:
                    name, _, text = plain(flat(line)).partition(": ")
                    table.rows[number - 1].append(cell_of(name, text))


def bold_of(item):
    """The bold words that an item begins with."""
    while len(item) and not plain(item.text or "") and item[0].tag == "p":
        item = item[0]
    return item[0] if len(item) and item[0].tag == "strong" and not plain(item.text or "") else None


def value_of(item):
    """What follows the bold words."""
    return plain(flat(item))[len(plain(flat(bold_of(item)))):]


def read_html(data):
    """A page of one server."""
    return Markup(html5lib.parse(data, namespaceHTMLElements=False)).page


def render_markdown(data):
    """As GitHub and others do: tables, bare links made links, HTML let through."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
    return parser.render(data.decode())


def read_markdown(data):
    """The same of Markdown: "No." is no column of the report."""
    page = Markup(html5lib.parse(render_markdown(data), namespaceHTMLElements=False)).page
    for table in page.tables:
        table.rows = [[cell for cell in row if cell[0] != "No."] for row in table.rows]
    return page


# ---- text ----

def width(character):
    """Columns of a character in a fixed-width font."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(line, edges):
    """The pieces of a line between columns."""
    pieces, column, at = [""] * len(edges), 0, 0
    for character in line:
        while at + 1 < len(edges) and column >= edges[at + 1]:
            at += 1
        pieces[at] += character
        column += width(character)
    return pieces


class Text:
    """Goes through the lines of a text report that is so wide that none is wrapped."""

    def __init__(self, text):
        self.page = Page()
        self.part = None
        self.lines = text.split("\n")
        self.at = 0
        self.paragraph = []  # lines since the last blank one
        self.before = []  # paragraphs before it, within the part
        while self.at < len(self.lines):
            self.step()
        self.close()

    def step(self):
        """One line, or a table of several."""
        line = self.lines[self.at]
        following = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        if part := re.match(r"── (.*?) ─+ [a-z]+ ──$", line):
            self.close()
            self.part, self.before = part.group(1), []
        elif re.fullmatch(r"─+(  ─+)*", following):
            self.grid(line, following)
            return
        elif not line.strip("═ "):
            self.close()
        else:
            self.paragraph.append(line)
            self.page.words[self.part] = self.page.words.get(self.part, "") + " " + plain(line.lstrip("┃ •"))
        self.at += 1

    def title(self):
        """Of a table that follows: its own line, before what is told about it."""
        if self.paragraph:
            return self.paragraph[0], ""
        paragraphs = list(self.before)
        once = ""
        if paragraphs and paragraphs[-1][0].startswith("The same in every row: "):
            once = plain(" ".join(paragraphs.pop()))
        return (paragraphs[-1][0] if paragraphs else self.part), once

    def grid(self, line, rule):
        """Heads, rule and rows."""
        edges = [match.start() for match in re.finditer("─+", rule)]
        heads = cut(line, edges)
        title, once = self.title()
        table = Table(self.part, title, once=once)
        self.close()
        self.at += 2
        while self.at < len(self.lines) and self.lines[self.at].strip():
            row = self.lines[self.at]
            if row == "? = not known" or row.startswith(("? or no line", "showing ")):
                break
            if row.startswith("    ") and ": " in row and not cut(row, edges)[0].strip():
                name, _, text = row.strip().partition(": ")
                table.rows[-1].append(cell_of(name, text))
            else:
                table.rows.append([cell_of(*cell) for cell in zip(heads, cut(row, edges))])
            self.at += 1
        self.page.tables.append(table)
        told = " ".join(heads + [": ".join(cell) for row in table.rows for cell in row])
        self.page.words[self.part] = self.page.words.get(self.part, "") + " " + plain(told)

    def close(self):
        """The end of a paragraph: names and values, items, steps, text to copy, or sentences."""
        lines, self.paragraph = self.paragraph, []
        if not lines:
            return
        self.before.append(lines)
        if self.part == "Paged pool over time":
            return  # a drawing is no text
        if any(re.match(r" *(•|\d+\.) ", line) for line in lines):
            self.items(lines)
        elif lines[-1].startswith("    "):
            self.code(lines)
        elif not self.pairs(lines):
            self.page.said += [(self.part, plain(line.lstrip("┃ "))) for line in lines]

    def pairs(self, lines):
        """Names and values, all values at one column, with or without a title; false when that is none."""
        titled = not re.match(r"\S+(?: \S+)*  +\S", lines[0])
        cells = [re.fullmatch(r"(\S+(?: \S+)*)(?:(  +)(.*))?", line) for line in lines[titled:]]
        if not cells or not all(cells) or len({cell.start(3) for cell in cells if cell.group(3)}) != 1:
            return False
        title = lines[0] if titled else self.before[-2][0] if len(self.before) > 1 else self.part
        self.single(title if self.part else None, [cell_of(cell.group(1), cell.group(3) or "") for cell in cells])
        return True

    def single(self, title, row):
        """A row of names and values; several of the same names are rows of one table."""
        last = self.page.tables[-1] if self.page.tables else Table(None, None)
        if last.part == self.part and last.rows and [head for head, _ in last.rows[0]] == [head for head, _ in row]:
            last.rows.append(row)
        else:
            self.page.tables.append(Table(self.part, title, [row]))

    def items(self, lines):
        """Items with or without a title."""
        title = self.before[-2][-1] if len(self.before) > 1 else self.part
        items = []
        for line in lines:
            item = re.match(r" *(•|\d+\.) (.*)", line)
            if not item:
                title = line
                self.page.said.append((self.part, plain(line)))
                continue
            items.append(plain(item.group(2)))
            self.page.said.append((self.part, plain(item.group(2))))
            if item.group(1) != "•":
                self.page.steps.append(plain(item.group(2)))
        self.page.lists.append((self.part, plain(title), items))

    def code(self, lines):
        """Text to copy, indented; blank lines in it end a paragraph, and are put back."""
        body = [line for line in lines if line.startswith("    ")]
        if len(body) == len(lines) and self.page.codes:
            self.page.codes[-1] += "\n\n" + "\n".join(line[4:] for line in body)
        else:
            self.page.said += [(self.part, plain(line)) for line in lines if line not in body]
            self.page.codes.append("\n".join(line[4:] for line in body))


def read_text(data):
    """A text report of one server."""
    return Text(data.decode()).page
