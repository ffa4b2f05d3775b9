"""Page as its medium gives it, before page furniture is separated from the body."""

from collections.abc import Iterable
from dataclasses import dataclass

from caregraph.ontology.records import Line


@dataclass(frozen=True, slots=True)
class RawLine:
    """``page.text[start:stop]`` with its line end; the first ``length`` characters are the line itself."""

    start: int
    stop: int
    length: int
    line: Line


@dataclass(frozen=True, slots=True)
class RawPage:
    """Text of a page, character for character as the medium counts them, and its lines in order."""

    number: int
    text: str
    lines: tuple[RawLine, ...]
    height: float = 0.0


def single_page(lines: Iterable[tuple[str, str]]) -> RawPage:
    """Make the one page of a medium without pages, from its lines and each line's mark (see ``Line.mark``)."""
    text: list[str] = []
    raw_lines: list[RawLine] = []
    start = 0
    for words, mark in lines:
        words = words.rstrip("\r")
        raw_lines.append(RawLine(start, start + len(words) + 1, len(words), Line(0, 0, 1, mark=mark)))  # type: ignore[arg-type]
        text.append(words + "\n")
        start += len(words) + 1
    return RawPage(1, "".join(text), tuple(raw_lines))
