"""Markdown, as converters write it: its headings, paragraphs, items and tables, by way of the HTML that it stands for.

Found by its marks, never by a file's name. Paragraphs are read as plain text
is: a converter that lost the type of a heading left it a paragraph.
"""

import re
from html import escape

from markdown_it import MarkdownIt

from caregraph.extractors.reading.formats.html import parse_html
from caregraph.extractors.reading.formats.markup import TAB, markup_lines
from caregraph.extractors.reading.raw_page import MarkedLine, RawPage, single_page
from caregraph.ontology.report import Mark

_MARKS = (
    r"^ {0,3}#{1,6}[ \t]+(?=.*[A-Za-z]{2})",  # a heading
    r"^ {0,3}\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|[ \t:-]*$",  # the rule below a table's head
    r"^[A-Z*][^\n]{2,100}\n(?:={3,}|-{4,})[ \t]*$",  # the rule below a heading
    r"\[[^\[\]\n]{1,200}\]\((?:https?:|mailto:|#|\.{0,2}/)[^)\s]{0,300}\)",  # a link
    r"\[\^[\w-]{1,20}\]",  # the figure of a note
)
_WEAK_MARKS = (
    r"(?<![\w*])\*\*(?=[^\s*])[^*\n]{1,200}\*\*",  # bold type
    r"^ {0,3}\|[^|\n]+\|.*\|[ \t]*$",  # a row of a table
    r"^[^|\n]{3,200} \| [^|\n]{3,60}$",  # one without a sign at its ends
    r"^ {0,3}\+(?:[-=:]{2,}\+)+[ \t]*$",  # a rule in a table that is drawn
    r"\\[.#*_()\[\]|-]",  # a sign that is no mark
)
_ANY_MARK, _ANY_WEAK_MARK = (re.compile("|".join(marks), re.MULTILINE) for marks in (_MARKS, _WEAK_MARKS))
_FEWEST_WEAK_MARKS = 2
_MOST_TO_A_MARK = 20_000  # characters

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n((?:[\w-]+:.*\n|[ \t]+.*\n|- .*\n)+)(?:---|\.\.\.)[ \t]*\n")
_FRONT_TITLE = re.compile(r"^title:[ \t]*(.*)$", re.MULTILINE)
_FENCE = re.compile(r"\A\s*(`{3,}|~{3,})[ \t]*(?:markdown|md)?[ \t]*\n(.*)\n\1\s*\Z", re.DOTALL)
_NOTE = re.compile(r"^ {0,3}\[\^[\w-]{1,20}\]:[ \t]*(.*(?:\n(?: {2,}|\t).+)*)", re.MULTILINE)

# Each with what it is replaced by: what this or that converter writes, and no parser of the common Markdown knows.
_DIALECTS = (
    (re.compile(r"\[\^[\w-]{1,20}\]|\^\[?\d{1,2}\]?\^|\$\s?\^\{?\d{1,2}\}?\s?\$"), ""),  # figures of notes
    (re.compile(r"\[([^\[\]\n]{1,200})\]\{[^{}\n]{0,200}\}"), r"\1"),  # words of a class
    (
        re.compile(r"(?<![ \t])[ \t]*+\{[#.][\w# .=-]{0,200}\}[ \t]*$|^:{3,}.*$", re.MULTILINE),
        "",
    ),  # classes of a heading, of a part
    (re.compile(r"(?:(?<=\n\n)|\A)={3,}[ \t]*\n"), ""),  # a rule above a heading
)
# Wide white space between cells, but not behind the mark of an item or a heading, nor beside a table's own signs.
_CELL_END = re.compile(r"(?<=[^\s|#*+>-])(?<!\d[.)])(?:\t+| {3,})(?=[^\s|\\])")
_HTML_TABLE = re.compile(r"<table\b(?:(?!</?table\b).)*</table\s*>", re.DOTALL | re.IGNORECASE)
_DRAWN_TABLE = re.compile(
    r"(?:^ {0,3}\+(?:[-=:]{2,}\+)+[ \t]*\n(?: {0,3}\|.*\|[ \t]*\n)+)+^ {0,3}\+[-=:+]+\+[ \t]*$", re.MULTILINE
)
_BLANK_LINES, _LINE_END = re.compile(r"\n\s*\n"), "\n"
_RULE = re.compile(r"\s*[-:|+= \t]+\s*")

_PARSER = MarkdownIt("commonmark", {"breaks": True}).enable("table").disable(["code", "reference"])


def count_marks(text: str) -> int:
    """Number of the marks of Markdown in a text; 0 if it may have them by chance, being so few."""
    strong = sum(1 for _ in _ANY_MARK.finditer(text))
    weak = sum(1 for _ in _ANY_WEAK_MARK.finditer(text))
    is_marked = (strong or weak >= _FEWEST_WEAK_MARKS) and (strong + weak) * _MOST_TO_A_MARK >= len(text)
    return strong + weak if is_marked else 0


def read_markdown(source: str, text: str) -> tuple[str | None, list[RawPage]]:
    """Read the title in the front matter, which may be missing, and the text as one page, its notes last.

    Raises:
        UnreadableReport: if HTML in it cannot be read.
    """
    if fenced := _FENCE.match(text):
        text = fenced[2]
    title = None
    if front := _FRONT_MATTER.match(text):
        named = _FRONT_TITLE.search(front[1])
        title = (named[1].strip().strip("\"'") or None) if named else None
        text = text[front.end() :]
    notes: list[MarkedLine] = [(" ".join(note[1].split()), "note") for note in _NOTE.finditer(text)]
    root = parse_html(source, _as_html(_NOTE.sub("", text)))
    lines = [_as_row(words) if mark == "" else (words, mark) for words, mark in markup_lines(root, paragraph_mark="")]
    if title and title.lower() not in text.lower():
        lines.insert(0, (title, "heading"))
    return title, [single_page([*lines, *notes])]


def _as_html(text: str) -> str:
    for pattern, replacement in _DIALECTS:
        text = pattern.sub(replacement, text)
    text = _CELL_END.sub(TAB, text)
    text = _HTML_TABLE.sub(
        lambda table: "\n" + "".join(filter(str.strip, table[0].splitlines(keepends=True))) + "\n", text
    )
    text = _DRAWN_TABLE.sub(lambda table: _drawn_table(table[0]), text)
    tokens = _PARSER.parse(text)
    for token in tokens:
        if token.type == "list_item_open" and token.info:
            token.attrSet("value", token.info)
    return f"<html><body>{_PARSER.renderer.render(tokens, _PARSER.options, {})}</body></html>"


def _drawn_table(text: str) -> str:
    """HTML of a table that is drawn with rules; between two of them is one row, whose cells may have several lines."""
    rows: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.lstrip().startswith("+"):
            rows.append([])
            continue
        cells = _cells(line)
        rows[-1] = [f"{before} {cell}" for before, cell in zip(rows[-1] or [""] * len(cells), cells, strict=False)]
    html = "".join(f"<tr>{''.join(f'<td>{escape(cell.strip())}</td>' for cell in row)}</tr>" for row in rows if row)
    return f"\n<table>{html}</table>\n"


def _as_row(words: str) -> MarkedLine:
    """Row of a table that has no rule below its head, which no parser takes for one; any other line as it is."""
    if not (words.startswith("|") and words.endswith("|") and len(words) > 1) and " | " not in words:
        return words, ""
    mark: Mark = "" if _RULE.fullmatch(words) else "row"
    return "\t".join(_cells(words)).rstrip() if mark else "", mark


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
