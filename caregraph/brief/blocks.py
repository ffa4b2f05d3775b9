"""Blocks of a brief: headings, quotations with their citations, counts with their questions, notes and tables.

Each block is one line of plain text, whatever file it stands in, so that a line can be read back from the file and
checked, even after a person has edited it:

    “Visits are regular.” [Ashmere; ashmere.pdf; page 3; paragraph 7; strength]
    Concerns about adoption: 4 [strengths-and-concerns; authority=Ashmere; concept=adoption; polarity=concern]
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from caregraph.graph.export.graph_xml import clean_xml

Kind = Literal["title", "heading", "subheading", "quotation", "citation", "count", "note", "recipe"]
_SIGNS = str.maketrans({"“": "‘", "”": "’", "[": "(", "]": ")"})
_QUOTATION = re.compile(r"(?P<label>[^“”\[\]]*?)“(?P<words>.+)” \[(?P<source>[^\[\]]+)\]", re.DOTALL)
_COUNT = re.compile(r"(?P<label>[^\[\]]+): (?P<number>[\d,]+) \[(?P<question>[^\[\]]+)\]")
_RECIPE = re.compile(r"Made by caregraph brief \[(?P<values>[^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a brief; ``address`` is that of the report it cites, where it has one."""

    kind: Kind
    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Table with a caption and a head; each row is a line of its cells."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """Picture as PNG; ``text`` says in words what it shows, for those who do not see it."""

    caption: str
    png: bytes
    text: str


Part = Block | Table | Picture
CELLS = " | "  # between the cells of a row's line


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a report with their place; ``fact`` is what the brief takes them for, such as their polarity."""

    words: str
    authority: str
    document: str
    page: int
    paragraph: str | None = None
    fact: str | None = None

    def line(self, label: str = "") -> str:
        """The quotation as a line of a brief."""
        place = [self.authority, self.document, f"page {self.page}"]
        place += [f"paragraph {self.paragraph}"] if self.paragraph else []
        place += [self.fact] if self.fact else []
        source = "; ".join(plain(part).replace(";", ",") for part in place)
        return f"{label}{': ' if label else ''}“{plain(self.words)}” [{source}]"


@dataclass(frozen=True, slots=True)
class Count:
    """Number of rows of a question's answer."""

    label: str
    number: int
    question: str
    values: Mapping[str, str]

    def line(self) -> str:
        """The count as a line of a brief."""
        values = "; ".join([self.question, *(f"{name}={value}" for name, value in self.values.items())])
        return f"{self.label}: {self.number:,} [{values}]"


def quotation_of(row: Mapping[str, Any], authority: str, *, prefix: str = "", fact: str | None = None) -> Quotation:
    """Quotation of a row of an answer; of the ledger's later sentence, with the prefix ``later_``."""
    words = row["later" if prefix else "quotation"]
    return Quotation(words, authority, row[f"{prefix}document"], row[f"{prefix}page"], row[f"{prefix}paragraph"], fact)


def parse_quotation(line: str) -> Quotation | None:
    """Read a quotation out of a line; None if the line is none.

    >>> quotation = parse_quotation("Later: “Visits are regular.” [Ashmere; a.pdf; page 3; strength]")
    >>> quotation.authority, quotation.page, quotation.paragraph, quotation.fact
    ('Ashmere', 3, None, 'strength')
    """
    match = _QUOTATION.fullmatch(line.strip())
    if match is None:
        return None
    fields = [field.strip() for field in match["source"].split(";")]
    page = next((field for field in fields if re.fullmatch(r"page \d+", field)), None)
    if page is None or fields.index(page) != 2:
        return None
    rest = fields[3:]
    paragraph = rest.pop(0).removeprefix("paragraph ") if rest and rest[0].startswith("paragraph ") else None
    return Quotation(
        match["words"], fields[0], fields[1], int(page.removeprefix("page ")), paragraph, rest[0] if rest else None
    )


def parse_count(line: str) -> Count | None:
    """Read a count out of a line; None if the line is none.

    >>> parse_count("Concerns: 1,204 [what-must-improve; authority=Ashmere]")
    Count(label='Concerns', number=1204, question='what-must-improve', values={'authority': 'Ashmere'})
    """
    match = _COUNT.fullmatch(line.strip())
    if match is None:
        return None
    question, *pairs = (part.strip() for part in match["question"].split(";"))
    values = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    return Count(match["label"], int(match["number"].replace(",", "")), question, values)


def recipe_line(values: Mapping[str, str]) -> str:
    """The line that says how a brief was made."""
    return f"Made by caregraph brief [{'; '.join(f'{name}={value}' for name, value in values.items())}]"


def parse_recipe(line: str) -> dict[str, str] | None:
    """Read the values of a brief's recipe out of a line; None if the line is none."""
    match = _RECIPE.fullmatch(line.strip())
    return dict(pair.strip().split("=", 1) for pair in match["values"].split(";") if "=" in pair) if match else None


def lines_of(parts: tuple[Part, ...]) -> list[str]:
    """Every line of a brief, as it is read back from a file."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Block):
            lines.append(f"{part.text} {part.address}".strip())
        elif isinstance(part, Picture):
            lines.append(part.caption)
        else:
            lines += [part.caption, CELLS.join(part.head), *(CELLS.join(row) for row in part.rows)]
    return lines


def plain(text: str) -> str:
    """Text of a report without the signs by which a brief marks its own quotations and citations."""
    folded = " ".join(clean_xml(text).split())
    return folded.translate(_SIGNS)
