"""Document of a pack: its items as parts that Word and HTML are written from, each quotation with its citation."""

from collections.abc import Callable, Iterator, Sequence

from caregraph.brief.answers import Brief
from caregraph.brief.blocks import Block, Part, Picture, Table
from caregraph.explorer.attribution import ATTRIBUTION, LICENCE, LICENCE_NAME
from caregraph.explorer.labels import source_citation
from caregraph.explorer.pack.items import PackItem
from caregraph.explorer.pictures.drawing import as_png
from caregraph.graph.export.graph_xml import clean_xml
from caregraph.graph.queries.evidence import Evidence

WIDEST = 7  # columns of a table on a sheet; one with more is parted
PagePictures = Callable[[Evidence], Sequence[tuple[int, bytes]]]


def pack_document(
    items: Sequence[PackItem], *, title: str, day: str, page_pictures: PagePictures | None = None
) -> Brief:
    """The items in their order, with their notes, citations and pictures, and the attribution at the end.

    Args:
        day: on which it is made.
        page_pictures: gives the pages of a quotation with their numbers; without it there are no pictures of pages.
    """
    name = _clean(title) or "Pack"
    parts: list[Part] = [Block("title", name), Block("note", f"Put together with caregraph on {day}.")]
    for item in items:
        parts += _item_parts(item, page_pictures)
    parts += [
        Block("heading", "Attribution and licence"),
        Block("note", ATTRIBUTION),
        Block("citation", f"{LICENCE_NAME}:", LICENCE),
    ]
    return Brief(name, tuple(parts))


def _item_parts(item: PackItem, page_pictures: PagePictures | None) -> Iterator[Part]:
    yield Block("heading", _clean(item.title))
    for line in item.note.splitlines():
        if line.strip():
            yield Block("note", _clean(line))
    if item.picture:
        yield Picture(_clean(item.picture.title), as_png(item.picture), _picture_text(item))
    for table in item.tables:
        yield from _sheets(table)
    if item.about:
        yield Block("note", _clean(item.about))
    if item.tables and item.sources:
        yield Block("subheading", "Sources")
    for number, fact in enumerate(item.sources, start=1):
        if item.tables:
            yield _citation(fact, label=f"[{number}] ")
        else:
            yield Block("quotation", f"“{_clean(fact.sentence_words)}”" if fact.has_words else _clean(fact.passage))
            yield _citation(fact)
            yield from _pages(fact, page_pictures)
    if item.address:
        yield Block("citation", f"Seen on {item.day} at", item.address)


def _picture_text(item: PackItem) -> str:
    """Words for a picture: the table under it says the same."""
    return _clean(f"Picture: {item.title}. " + ("The table that follows has the same." if item.tables else item.about))


def _citation(fact: Evidence, *, label: str = "") -> Block:
    address = fact.source.address or fact.source.council_page or ""
    return Block("citation", f"{label}{_clean(source_citation(fact))}.", _clean(address))


def _pages(fact: Evidence, page_pictures: PagePictures | None) -> Iterator[Picture]:
    for number, png in page_pictures(fact) if page_pictures else ():
        caption = f"Page {number} of {_clean(fact.source.name)}"
        yield Picture(caption, png, f"{caption}, with this sentence boxed: {_clean(fact.sentence_words)}")


def _sheets(table: Table) -> Iterator[Table]:
    """A table in parts that are no wider than a sheet, each with the first column."""
    head, rows = tuple(map(_clean, table.head)), [tuple(map(_clean, row)) for row in table.rows]
    caption, step = _clean(table.caption), WIDEST - 1
    for start in range(1, max(len(head), 2), step):
        here = slice(start, start + step)
        part = f"{caption} (columns {start} to {min(start + step, len(head)) - 1} of {len(head) - 1})"
        yield Table(
            part if len(head) > WIDEST else caption,
            (*head[:1], *head[here]),
            tuple((*row[:1], *row[here]) for row in rows),
        )


def _clean(text: str) -> str:
    return " ".join(clean_xml(text).split())
