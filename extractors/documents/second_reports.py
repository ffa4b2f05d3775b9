"""Second reports: the title page of another report further down in one file.

Such a file is two reports put together. Only the first is read: the council,
the people and the findings of the second would else be given to it.
"""

import re
from dataclasses import replace

from caregraph.extractors.documents.council_names import CouncilNames, spellings_of
from caregraph.extractors.documents.kinds import KindExtractor, KindProof, phrases_of_kinds
from caregraph.extractors.reading.flow import Reading
from caregraph.extractors.reading.sections import segment
from caregraph.ontology.vocabulary import Vocabulary

_NEAR = 500  # characters behind a title, in which a report gives its days, or before it, in which a letter greets
_FEWEST = 600  # characters of a first report: above them stand its own cover and letterhead
_LETTERHEAD = 12  # blocks at most between a letter's start and its title
_SHORT = 160  # characters at most of a block of a letterhead or a cover
_DAYS = re.compile(
    r"^(?:inspection|visit|review|fieldwork)\s+dates?\b|^(?:lead|reporting) inspector\b", re.IGNORECASE | re.MULTILINE
)
_GREETING = re.compile(r"^Dear\s+\w", re.MULTILINE)


class SecondReports:
    """Find where a second report begins, by its title page."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._kinds = KindExtractor(**phrases_of_kinds(vocabulary))
        self._names = CouncilNames(spellings_of(vocabulary))

    def split(self, reading: Reading) -> tuple[Reading, str | None]:
        """First report of a file, and a note that says where a second one begins; None if there is only one."""
        first = ""
        for index, block in enumerate(reading.blocks):
            title = self._kinds.title_at(reading.text, block.start)
            name = self._titled(reading.text, title) if title else None
            if not title or not name:
                continue
            if not first or block.start < _FEWEST:
                first = first or name
            elif name != first:
                start = _start_of_report(reading, index)
                if start:
                    return _until(reading, start), _note(reading, start, index)
        return reading, None

    def _titled(self, text: str, title: KindProof) -> str | None:
        """Council, and the days if it has them, of a title page; None if the words are not on one."""
        line_end = text.find("\n", title.end)
        line_end = line_end if line_end >= 0 else len(text)
        name = self._names.in_title(text, title.start, title.end, line_end)
        if not name:
            return None
        days = _DAYS.search(text, title.end, title.end + _NEAR)
        if not days and not _GREETING.search(text, max(0, title.start - _NEAR), title.start):
            return None
        council = name.entries[0].name if name.entries else text[name.start : name.end].casefold()
        days_line = text[days.start() : text.find("\n", days.start()) % (len(text) + 1)] if days else ""
        return f"{council} {title.kind} {days_line.casefold()}"


def _start_of_report(reading: Reading, index: int) -> int:
    """Index of the block with which the report begins whose title is block ``index``: its cover or its letterhead."""
    blocks, text = reading.blocks, reading.text
    title_page = _page(reading, index)
    lowest = max(index - _LETTERHEAD, 0)
    letter = _GREETING.search(text, blocks[lowest].start, blocks[index].start)
    start = index
    while start > lowest:
        above = blocks[start - 1]
        if _page(reading, start - 1) != title_page:
            break
        is_short = above.end - above.start <= _SHORT and not text[above.start : above.end].endswith((".", ";"))
        is_letterhead = letter is not None and (above.kind == "address" or above.start >= letter.start() or is_short)
        is_cover = above.kind in ("title", "heading", "imprint") and is_short
        if not (is_letterhead or is_cover) or above.paragraph:
            break
        start -= 1
    return start


def _until(reading: Reading, index: int) -> Reading:
    """Reading of the lines above a block, as if the file ended there: a letter below would make addresses of them."""
    report, end = reading.report, int(reading.offsets[reading.blocks[index].start])
    page = _page(reading, index)
    lines = (line for line in report.lines if line.start < end or (line.start >= report.body_end and line.page < page))
    return segment(replace(report, lines=tuple(lines)))


def _note(reading: Reading, start: int, title: int) -> str:
    block = reading.blocks[title]
    words = " ".join(reading.text[block.start : block.end].split())[:_SHORT]
    page = _page(reading, start)
    return f"a second report begins on page {page} with {words!r}: it was not read, save it as a file of its own"


def _page(reading: Reading, index: int) -> int:
    block = reading.blocks[index]
    return reading.quote(block.start, block.end)["page"]
