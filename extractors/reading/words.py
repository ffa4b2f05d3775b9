"""Words of a line, without marks that are none: a tick or a coloured dot before a grade, the figure of a footnote."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

_WORD = re.compile(r"\S+")
# An empty box is none of them: it says that the grade behind it was not given.
_TICK = re.compile(r"(?<=\s)[✓✔☑✅✪★⭐●◉◆■▪◼⚫🔴🟠🟡🟢🔵🟣🟤🟥🟧🟨🟩🟦🟪](?=\s+\S)")
_BOX = re.compile("[☐☒□▢◻○◯⚪⬜✗✘✕❌]")
# The figure or sign of a footnote at a word's end; a word with a capital may be a name that has a figure.
_FIGURE = re.compile(r"(?P<word>[A-Za-z][a-z’-]{3,}|[\w’]*[?’)])(?:\d{1,2}|[*†‡]{1,3})(?P<end>:?)")
_BRACKETED = re.compile(r"(?P<word>\S*[\w?!.,;:’”)])\[\d{1,2}\](?P<end>[.,;:?!]?)")
_ENDS_CELL = re.compile(r"[ ]*(?:\t|$)")
_NUMBERED = frozenset(
    "annex appendix chapter covid form grade level note page paragraph part phase regulation schedule section stage "
    "step team tier unit version year".split()
)
_LONGEST_HEADING = 200  # characters


def words_of(line: str, start: int, *, is_printed: bool) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield each word of a line that begins at ``start``, and the place of each of its characters.

    Args:
        is_printed: do the type and place of words say which of them is a figure? Then none is looked for here.
    """
    tick = _only_tick(line)
    if is_printed and tick is None:
        for match in _WORD.finditer(line):
            yield match[0], range(start + match.start(), start + match.end())
        return
    is_heading = not is_printed and len(line) < _LONGEST_HEADING and not line.rstrip().endswith((".", ";", ","))
    for match in _WORD.finditer(line):
        first, last = start + match.start(), start + match.end()
        if match.span() == tick:
            continue
        figure = None if is_printed else _figure(line, match, is_heading=is_heading)
        if figure:
            places = range(first, first + len(figure["word"]))
            yield figure["word"] + figure["end"], [*places, last - 1] if figure["end"] else places
        else:
            yield match[0], range(first, last)


def _figure(line: str, match: re.Match[str], *, is_heading: bool) -> re.Match[str] | None:
    """A word of a line as one with the figure of a footnote, if it is one; bare figures are looked for in headings."""
    if bracketed := _BRACKETED.fullmatch(match[0]):
        return bracketed
    figure = _FIGURE.fullmatch(match[0]) if is_heading else None
    if figure is None or figure["word"].lower() in _NUMBERED:
        return None
    is_name = figure["word"][:1].isupper() and not figure["end"] and not _ENDS_CELL.match(line, match.end())
    return None if is_name else figure


def _only_tick(line: str) -> tuple[int, int] | None:
    """Start and end of a tick between two words of a line that has no other mark: several mark one choice of many."""
    if line.isascii() or _BOX.search(line):
        return None
    indent = len(line) - len(line.lstrip())
    ticks = [match.span() for match in islice(_TICK.finditer(line, indent + 1), 2)]
    return ticks[0] if len(ticks) == 1 else None
