"""Cells of a table: areas, grades and the marks that stand for one, each with the age that the words over it say."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Age = Literal["previous", "present"] | int | None  # of a grade, by the words or the year over it or beside it

_PREVIOUS = r"previous(?:ly)?|prior|last|earlier|before|then|was|were|old|former(?:ly)?|past"
_PRESENT = r"current(?:ly)?|present|this|now|new|latest|today|is|are|after"
NOUN = r"judge?ments?|grades?|gradings?|ratings?|outcomes?|results?"
_MONTH = "(?:jan|febr)(?:uary)?|feb|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|(?:sep|oct|nov|dec)[a-z]{0,6}"
_CHANGE = "change[sd]?|trend|direction|travel|improve[sd]|improving|declined?|unchanged|same|better|worse|up|down"
_HEAD_WORD = re.compile(
    rf"(?:(?:{_PREVIOUS}|{_PRESENT}|{NOUN}|{_MONTH}|{_CHANGE}|areas?|inspections?|inspected|visit|time|year|dates?"
    r"|at|in|of|on|our|the|and|to|from|for|it|they|that|(?:19|20)\d\d)(?![\w’'-])|\d{1,2}(?=[ \t]+[A-Z][a-z]{2}|/)"
    r"|[][():;|/,*=→←⟶➔➜>↑↓↗↘↔⇒▲▼►–—-])",
    re.IGNORECASE,
)
_AGE = re.compile(
    rf"\b(?:(?P<previous>{_PREVIOUS})|(?P<present>{_PRESENT})|(?P<year>(?:19|20)\d\d)|(?P<noun>{NOUN}))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?![\d.])")  # not the number of an area
_IN_BRACKETS = re.compile(r"^\s*\([^)]*\)")
_NOT_GRADED = re.compile(r"(?:not\s+(?:judged|graded|inspected|applicable|available)|n/a|none)(?!\w)", re.IGNORECASE)
_DASH = re.compile(r"[–—-](?=\s)")
_TICK = re.compile(r"[✓✔☑✅●⬤■◼☒✗✘]|[xX](?=\s|$)")
_MOST_ITEMS = 80  # areas and grades of one table
_MOST_LINES, _MOST_WORDS = 6, 60  # between two of them


class TableArea(NamedTuple):
    """Area whose words are characters ``start`` to ``end``; ``inside`` are words of a grade among them."""

    start: int
    end: int
    area: str
    inside: tuple[str, ...]


class Grammar(NamedTuple):
    """How a framework prints areas and grades: each reads what begins at a place of a text, None if nothing does."""

    area_at: Callable[[str, int], TableArea | None]
    grade_at: Callable[[str, int], tuple[int, str] | None]  # end and grade
    is_whole: Callable[[str, int], bool]  # ends the sentence with a grade that ends there?


@dataclass
class Cell:
    """Area or grade of a table, or a mark instead of a grade, with the words of the head before it."""

    kind: Literal["area", "grade", "none", "dash", "tick"]
    start: int
    end: int
    value: str = ""
    head: str = ""
    age: Age = None
    is_mixed: bool = False  # are there words of a grade among those of the area?


def part_tables(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Yield the cells of each table: another begins with a line of its own that says another age."""
    part: list[Cell] = []
    for cell in cells:
        if part and cell.kind == "area" and part[-1].kind != "area" and says_age(_IN_BRACKETS.sub("", cell.head)):
            yield part
            part = []
        part.append(cell)
    yield part


def read_cells(text: str, start: int, grammar: Grammar) -> tuple[list[Cell], int]:
    """Areas and grades that follow on each other from a place, and the place of the first words of another kind."""
    cells: list[Cell] = []
    place = start
    head: list[str] = []
    line_ends = 0  # in the head: counted as it grows, since a head may be long
    while len(cells) < _MOST_ITEMS:
        while place < len(text) and text[place].isspace():
            if text[place] == "\n":
                head.append("\n")
                line_ends += 1
            place += 1
        cell = None if _YEAR.match(text, place) else _cell_at(text, place, grammar)
        if cell is not None:
            cell.head, head, line_ends = " ".join(head), [], 0
            cells.append(cell)
            place = cell.end
            continue
        word = _HEAD_WORD.match(text, place)
        if word is None or (cells and (line_ends > _MOST_LINES or len(head) > _MOST_WORDS)):
            break
        head.append(word[0])
        place = word.end()
    _give_ages(cells, " ".join(head))
    while cells and cells[-1].kind in ("grade", "none") and not grammar.is_whole(text, cells[-1].end):
        cells.pop()
    while cells and cells[-1].kind in ("dash", "tick") and not any(cell.kind == "grade" for cell in cells):
        cells.pop()
    return cells, place


def _cell_at(text: str, place: int, grammar: Grammar) -> Cell | None:
    if area := grammar.area_at(text, place):
        return Cell("area", area.start, area.end, area.area, is_mixed=bool(area.inside))
    if grade := grammar.grade_at(text, place):
        return Cell("grade", place, grade[0], grade[1])
    for kind, pattern in (("none", _NOT_GRADED), ("dash", _DASH), ("tick", _TICK)):
        if match := pattern.match(text, place):
            return Cell(kind, place, match.end())  # type: ignore[arg-type]
    return None


def _give_ages(cells: Sequence[Cell], tail: str) -> None:
    """Give a grade the age that is said right before it, or behind it in brackets."""
    for index, cell in enumerate(cells):
        if cell.kind != "grade":
            continue
        after = cells[index + 1].head if index + 1 < len(cells) else tail
        if bracketed := re.match(r"\s*\(([^)]*)\)", after):
            cell.age = only_age(bracketed[1])
        if cell.age is None and index and cells[index - 1].kind in ("area", "grade", "none"):
            cell.age = only_age(_IN_BRACKETS.sub("", cell.head))


def only_age(head: str) -> Age:
    ages = column_ages(head)
    return ages[0] if len(ages) == 1 else None


def column_ages(head: str) -> list[Age]:
    """Ages of the columns that the head of a table names, in order."""
    matches = list(_AGE.finditer(head))
    named: list[Age] = [
        "previous" if match["previous"] else "present" for match in matches if match["previous"] or match["present"]
    ]
    years: list[Age] = [int(match["year"]) for match in matches if match["year"]]
    if len(named) == 1 and len(years) < 2:
        return _with_plain_column(matches, named)
    return named if len(named) > 1 or not years else years


def _with_plain_column(matches: Sequence[re.Match[str]], named: list[Age]) -> list[Age]:
    """Ages of 'Previous grade' and plain 'Grade': the plain one is the present."""
    index = next(index for index, match in enumerate(matches) if match["previous"] or match["present"])
    before = [match for match in matches[:index] if match["noun"] and match[0].lower().startswith(("grad", "rat"))]
    after = [match for match in matches[index + 1 :] if match["noun"]]
    if named == ["previous"] and len(after) == 2:
        return ["previous", "present"]
    if named == ["previous"] and before:
        return ["present", "previous"]
    return named


def cells_of(cells: Sequence[Cell], kind: str) -> list[Cell]:
    """Cells of one kind, in order."""
    return [cell for cell in cells if cell.kind == kind]


def says_age(head: str) -> bool:
    return any(match["previous"] or match["present"] or match["year"] for match in _AGE.finditer(head))
