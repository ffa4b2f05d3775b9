"""Page as its medium gives it, before page furniture is separated from the body."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from caregraph.extractors.reading.characters import clean
from caregraph.ontology.report import Line, Mark, PicturePage

MarkedLine = tuple[str, Mark]  # words, and the line's mark where the medium gives one
BLANK: MarkedLine = ("", "")


@dataclass(frozen=True, slots=True)
class RawLine:
    """``page.text[start:stop]`` with its line end; the first ``length`` characters are the line itself."""

    start: int
    stop: int
    length: int
    line: Line


@dataclass(frozen=True, slots=True)
class RawPage:
    """Text of a page and its lines in order.

    ``indexes`` are those by which the medium counts the text's characters, where
    some were left out; otherwise they are the text's own. A page ``is_picture``
    if it shows one where its text should be, which was not read; ``picture`` is what was read from one.
    """

    number: int
    text: str
    lines: tuple[RawLine, ...]
    height: float = 0.0
    indexes: Sequence[int] | None = None
    is_picture: bool = False
    picture: PicturePage | None = None

    def runs(self, start: int, stop: int) -> Iterator[tuple[int, int, int]]:
        """Yield start and end of each run of characters that the medium counts one after the other, and its index."""
        if self.indexes is None:
            yield start, stop, start
            return
        for place in range(start + 1, stop + 1):
            if place == stop or self.indexes[place] != self.indexes[place - 1] + 1:
                yield start, place, self.indexes[start]
                start = place


def single_page(lines: Iterable[MarkedLine]) -> RawPage:
    """Make the one page of a medium without pages, from its lines and each line's mark (see ``Line.mark``)."""
    text: list[str] = []
    raw_lines: list[RawLine] = []
    start = 0
    for line, mark in lines:
        words = clean(line)
        raw_lines.append(RawLine(start, start + len(words) + 1, len(words), Line(0, 0, 1, mark=mark)))
        text.append(words + "\n")
        start += len(words) + 1
    return RawPage(1, "".join(text), tuple(raw_lines))
