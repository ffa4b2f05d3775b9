"""Tables whose grades do not stand one by one beside their areas: read by columns, with earlier grades, grades first.

A table is a run of areas and grades with nothing between them but the words of
its head. A table in which each area has one grade behind it is not read here.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from caregraph.extractors.judgements.graded_area import GradedArea
from caregraph.extractors.judgements.table_cells import (
    NOUN,
    Age,
    Cell,
    Grammar,
    cells_of,
    column_ages,
    only_age,
    part_tables,
    read_cells,
    says_age,
)

_EARLIER = re.compile(r"\b(?:previous|prior|last|earlier|former|old|past)", re.IGNORECASE)  # 'was' may say the present
_FORWARD, _BACK = re.compile("[→⟶➔➜>⇒►]"), re.compile("←")
_OPENS = re.compile(r"^|\b(?=judge?ments?\b)|(?<=[.\d]\s)(?=[A-Z])", re.IGNORECASE | re.MULTILINE)
_FEWEST_UNSHARED = 3  # areas before a grade on a line of its own: it may be the grade of all
_FEWEST_IN_SCALE = 3  # grades, in order, that are the head of a table in which ticks say the grade
_SCALE = ("outstanding", "good", "requires-improvement", "inadequate")


@dataclass
class _Row:
    areas: list[Cell] = field(default_factory=list)
    grades: list[Cell] = field(default_factory=list)


class Table(NamedTuple):
    """Characters ``start`` to ``end`` of a text, and the areas that they grade or whose grades cannot be read."""

    start: int
    end: int
    graded: list[GradedArea]


def find_tables(
    text: str, grammar: Grammar, *, line_starts: Sequence[int], years: frozenset[int] = frozenset()
) -> Iterator[Table]:
    """Yield the tables of a text in reading order.

    Args:
        line_starts: characters at which the printed lines begin.
        years: in which the inspection may have been or was published; empty if they are not known.
    """
    end = 0
    for opening in _OPENS.finditer(text):
        if opening.start() < end:
            continue
        cells, stop = read_cells(text, opening.start(), grammar)
        if not cells:
            end = stop  # words of a head that no table follows: the places among them need not be tried again
        if sum(cell.kind == "area" for cell in cells) and len(cells) > 1:
            start, end = opening.start(), cells[-1].end
            for part in part_tables(cells):
                graded = _TableReader(part, line_starts, years).read()
                if graded is not None:
                    yield Table(start, part[-1].end, graded)
                start = part[-1].end


class _TableReader:
    """Reader of one table's cells."""

    def __init__(self, cells: Sequence[Cell], line_starts: Sequence[int], years: frozenset[int]) -> None:
        self._cells = cells
        self._line_starts = line_starts
        self._years = years
        self._columns = column_ages(self._table_head())

    def read(self) -> list[GradedArea] | None:
        """Areas with their grades, or without where these cannot be told; None if the table is an ordinary one."""
        cells = self._cells
        if not any(cell.kind in ("grade", "tick") for cell in cells):
            return None
        mixed = [cell for cell in cells if cell.is_mixed]
        if mixed:
            return self._unread() if len(self._columns) > 1 else None
        kinds = "".join({"area": "A", "grade": "G", "tick": "T"}.get(cell.kind, "") for cell in cells)
        if "T" in kinds or self._is_scale(kinds):
            return self._unread() if "G" in kinds or kinds.count("T") > 1 else None
        if re.fullmatch(r"(?:G+A)+", kinds) and kinds.count("A") > 1:
            return self._read_rows(list(_rows_of(list(reversed(cells))))[::-1])
        if match := re.fullmatch(r"(G+)(A+)", kinds):
            areas, grades = cells_of(cells, "area"), cells_of(cells, "grade")
            return self._pair(areas, grades) if len(match[1]) == len(match[2]) > 1 else None
        rows = [self._without_lone_areas(row) for row in _rows_of(_from_first_area(cells))]
        if all(len(row.grades) <= 1 and len(row.areas) < _FEWEST_UNSHARED for row in rows):
            return self._read_single_grades(rows)
        return self._read_rows(rows)

    def _table_head(self) -> str:
        """Words over the table, or over its grades: the last line of them, and the line above if that names columns."""
        first_grade = next((cell for cell in self._cells if cell.kind == "grade"), None)
        head = self._cells[0].head
        lines = [line for line in head.split("\n") if line.strip()]
        kept = lines[-1:]
        if kept and len(lines) > 1 and not says_age(kept[0]) and re.search(NOUN, lines[-2], re.IGNORECASE):
            kept = lines[-2:]
        if len(lines) > 1 and _is_column_of_heads(lines):
            kept = lines
        words = " ".join(kept)
        if first_grade and first_grade is not self._cells[0] and not says_age(words):
            before = self._cells[self._cells.index(first_grade) - 1]
            if before is not self._cells[0]:
                words += " " + first_grade.head
        return words

    def _is_scale(self, kinds: str) -> bool:
        """Do the grades stand only over the areas, as the scale that ticks choose from?"""
        match = re.match(r"G+", kinds)
        grades = tuple(cell.value for cell in self._cells if cell.kind == "grade")[: match.end() if match else 0]
        return len(grades) >= _FEWEST_IN_SCALE and grades in (
            _SCALE[: len(grades)],
            _SCALE[::-1][: len(grades)],
        )

    def _without_lone_areas(self, row: _Row) -> _Row:
        """Row whose areas before the last one have no grade, where the grades stand on the last one's line."""
        if len(row.areas) < 2 or not row.grades:
            return row
        first, last = self._line(row.areas[0]), self._line(row.areas[-1])
        return _Row(row.areas[-1:], row.grades) if first != last == self._line(row.grades[0]) else row

    def _read_single_grades(self, rows: Sequence[_Row]) -> list[GradedArea] | None:
        """Leave a table with one grade to an area alone, unless its grades are said to be earlier ones."""
        if self._columns and all(age == "previous" for age in self._columns):
            return [] if _EARLIER.search(self._table_head()) else None
        grades = [grade for row in rows for grade in row.grades]
        if len(self._columns) > 1 and len(set(self._columns)) > 1 and len(rows) > 1 and grades:
            return self._read_rows(rows)
        return None

    def _read_rows(self, rows: Sequence[_Row]) -> list[GradedArea]:
        has_columns = any(len(row.areas) == 1 and len(row.grades) > 1 for row in rows)
        graded: list[GradedArea] = []
        for row in rows:
            if len(row.areas) == 1:
                graded.extend(self._read_row(row.areas[0], row.grades))
            elif has_columns or not row.grades:
                graded.extend(_unread(row.areas) if row.grades else [])
            else:
                graded.extend(self._read_columns(row.areas, row.grades))
        return graded

    def _read_row(self, area: Cell, grades: Sequence[Cell]) -> Iterator[GradedArea]:
        grades = self._placed(grades)
        if not grades:
            return
        index = self._present(grades)
        if index is None:
            yield GradedArea(area.start, area.end, area.value, None)
        elif index >= 0 and grades[index].kind == "grade":
            grade = grades[index]
            yield GradedArea(min(area.start, grade.start), max(area.end, grade.end), area.value, grade.value)

    def _placed(self, cells: Sequence[Cell]) -> list[Cell]:
        """Cells of a row that fill its columns; a dash fills one where the grades do not fill them all."""
        grades = [cell for cell in cells if cell.kind != "dash"]
        return list(cells) if len(grades) < len(self._columns) == len(cells) else grades

    def _present(self, grades: Sequence[Cell]) -> int | None:
        """Index of the present grade in a row; -1 if all are earlier ones, None if that cannot be told."""
        ages: list[Age] = [grade.age for grade in grades]
        if any(age is not None for age in ages):
            return self._choose(ages)
        if len(self._columns) == len(grades):
            return self._choose(self._columns)
        if len(self._columns) <= 1 and len(grades) == 1:
            return 0
        if len(grades) > 1:
            if all(_FORWARD.search(grade.head) for grade in grades[1:]):
                return len(grades) - 1
            if all(_BACK.search(grade.head) for grade in grades[1:]):
                return 0
            if len({grade.value for grade in grades}) == 1 and grades[0].kind == "grade":
                return 0
        return None

    def _choose(self, ages: Sequence[Age]) -> int | None:
        """Index of the present one of several ages; -1 if all are earlier, None if it cannot be told."""
        present = [index for index, age in enumerate(ages) if age == "present"]
        if present:
            return present[0] if len(present) == 1 else None
        years = [age for age in ages if isinstance(age, int)]
        if len(years) == len(ages) > 0:
            latest = max(years)
            known = not self._years or latest in self._years
            if len(years) == 1:
                return 0 if known else -1
            return years.index(latest) if known and years.count(latest) == 1 else None
        unsaid = [index for index, age in enumerate(ages) if age is None]
        if not unsaid:
            return -1
        return unsaid[0] if len(unsaid) == 1 and len(ages) > 1 and "previous" in ages else None

    def _read_columns(self, areas: Sequence[Cell], cells: Sequence[Cell]) -> list[GradedArea]:
        """Read a column of areas, and a column of grades behind it or several."""
        grades = [cell for cell in cells if cell.kind != "dash"]
        if len(grades) == len(areas):
            if set(self._columns) == {"previous"}:
                return [] if _EARLIER.search(self._table_head()) else _unread(areas)
            return self._pair(areas, grades) if len(self._columns) < 2 else _unread(areas)
        count, left = divmod(len(grades), len(areas))
        if left or not count:
            return _unread(areas)
        columns = [grades[index : index + len(areas)] for index in range(0, len(grades), len(areas))]
        ages = [only_age(column[0].head) for column in columns]
        if all(age is not None for age in ages):
            index = self._choose(ages)
            return self._pair(areas, columns[index]) if index is not None and index >= 0 else _unread(areas)
        index = self._choose(self._columns) if len(self._columns) == count else None
        if index is None or index < 0:
            return _unread(areas)
        by_rows = grades[index::count]
        if [grade.value for grade in by_rows] == [grade.value for grade in columns[index]]:
            return self._pair(areas, columns[index])
        if self._share_lines(grades, count):
            return self._pair(areas, by_rows)
        return _unread(areas)

    def _share_lines(self, grades: Sequence[Cell], count: int) -> bool:
        """Does each line have one row's grades?"""
        lines = [[*group] for _, group in groupby(grades, key=self._line)]
        return all(len(line) == count for line in lines)

    def _pair(self, areas: Sequence[Cell], grades: Sequence[Cell]) -> list[GradedArea]:
        """Pair areas with grades in order, if both fill lines of their own or both fill one."""
        lines = len({self._line(area) for area in areas}), len({self._line(grade) for grade in grades})
        if 1 in lines and lines[0] != lines[1]:
            return _unread(areas)
        return [
            GradedArea(grade.start, grade.end, area.value, grade.value if grade.kind == "grade" else None)
            for area, grade in zip(areas, grades, strict=True)
            if grade.kind == "grade"
        ]

    def _unread(self) -> list[GradedArea]:
        return _unread(cells_of(self._cells, "area"))

    def _line(self, cell: Cell) -> int:
        return bisect_right(self._line_starts, cell.start)


def _from_first_area(cells: Sequence[Cell]) -> list[Cell]:
    first = next(index for index, cell in enumerate(cells) if cell.kind == "area")
    return list(cells[first:])


def _rows_of(cells: Sequence[Cell]) -> Iterator[_Row]:
    """Yield areas that follow on each other, with the grades behind them."""
    row = _Row()
    for cell in cells:
        if cell.kind == "area":
            if row.grades:
                yield _turned(row)
                row = _Row()
            row.areas.append(cell)
        elif row.areas:
            row.grades.append(cell)
    yield _turned(row)


def _turned(row: _Row) -> _Row:
    """Row with its cells in reading order, also where they were taken from the end."""
    return _Row(sorted(row.areas, key=_start), sorted(row.grades, key=_start))


def _start(cell: Cell) -> int:
    return cell.start


def _unread(areas: Sequence[Cell]) -> list[GradedArea]:
    return [GradedArea(area.start, area.end, area.value, None) for area in areas]


def _is_column_of_heads(lines: Sequence[str]) -> bool:
    """Is each of the lines over a table the head of one column?"""
    return len(lines) <= 4 and sum(map(says_age, lines)) > 1 and bool(re.search(NOUN, lines[0], re.IGNORECASE))
