"""Buttons that put a card, a table or a chart into the reader's pack, and take a picture or a file of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256

import streamlit as st

from caregraph.brief.blocks import Table
from caregraph.explorer import markup
from caregraph.explorer.attribution import full_address, today
from caregraph.explorer.figures.dom import Tree, show_figure
from caregraph.explorer.figures.tree_tables import figure_legend, figure_tables
from caregraph.explorer.labels import scheme_label, source_date
from caregraph.explorer.pack.items import LIMIT, PackItem, with_item, without_item
from caregraph.explorer.pack.table_file import tables_as_csv
from caregraph.explorer.pictures.drawing import Drawing, as_png, as_svg
from caregraph.explorer.state import session
from caregraph.explorer.state.store_cache import cached_query
from caregraph.graph.queries import evidence
from caregraph.graph.queries.evidence import Evidence
from caregraph.graph.wording import sentence_case
from caregraph.ontology.errors import BadQuestion, CaregraphError
from caregraph.ontology.iris import slug


def show_pack_button(key: str, make: Callable[[], PackItem]) -> None:
    """Show a button that adds an item to the pack, or takes it out again.

    Args:
        key: of the item.
        make: makes it, when it is added.
    """
    items = session.PACK.get()
    if any(item.key == key for item in items):
        st.button(
            "In the pack", icon=":material/bookmark_added:", type="tertiary", key=f"pack-{key}",
            help="Take it out of the pack", on_click=remove_item, args=(key,),
        )  # fmt: skip
    else:
        st.button(
            "Add to pack", icon=":material/bookmark_add:", type="tertiary", key=f"pack-{key}",
            disabled=len(items) >= LIMIT, on_click=_add, args=(make,),
        )  # fmt: skip


def _add(make: Callable[[], PackItem]) -> None:
    try:
        item = make()
    except CaregraphError:
        return  # the page is drawn again now, and says what is wrong
    session.PACK.set(with_item(session.PACK.get(), replace(item, address=full_address(), day=today())))


def remove_item(key: str) -> None:
    """Take an item out of the pack, by its key."""
    session.PACK.set(without_item(session.PACK.get(), key))


def show_evidence_pack_button(fact: Evidence) -> None:
    """Show the button for a quotation."""
    start = fact.offset + fact.sentence[0]
    key = item_key(f"{fact.source.document} {start} {fact.about.iri} {fact.role}")
    show_pack_button(key, lambda: PackItem(key=key, title=_evidence_title(fact), sources=(fact,)))


def _evidence_title(fact: Evidence) -> str:
    """What a quotation is taken for, and of which council and inspection."""
    about = fact.about
    name = scheme_label("polarity", about.polarity or "neutral") if about.label == "Finding" else about.name
    role = scheme_label("role", fact.role) if fact.role else None
    return ", ".join(filter(None, (sentence_case(name), role, fact.source.authority, source_date(fact.source))))


def show_packed_figure(
    tree: Tree,
    *,
    key: str,
    title: str = "",
    about: str = "",
    picture: Callable[[str], Drawing] | None = None,
    numbers: bool = False,
) -> None:
    """Show a figure whose tables can be put into the pack.

    Args:
        title: in the pack; the caption of its first table, if it is empty.
        about: says what is counted; it goes into the pack with the figure.
        picture: draws the figure under a title.
        numbers: offer the figure's tables as a file; so are those of a figure with a picture.
    """
    show_figure(tree, key=key)
    key_of_item, page = item_key(f"{full_address()} {key} {tree}"), session.PAGE_TITLE.get()

    def make() -> PackItem:
        tables, findings = figure_tables(tree)
        words = " ".join(filter(None, (about, f"Signs: {legend}." if (legend := figure_legend(tree)) else "")))
        name = _titled(page, title or next((table.caption for table in tables), ""))
        drawing = picture(name) if picture else None
        sources = cited(findings)
        return PackItem(key=key_of_item, title=name, about=words, tables=tables, sources=sources, picture=drawing)

    with st.container(horizontal=True, gap="xsmall", key=f"take-{key}"):
        show_pack_button(key_of_item, make)
        if picture:
            show_picture_downloads(partial(picture, _titled(page, title)), key=key)
        if picture or numbers:
            figures = partial(tables_as_csv, title=_titled(page, title), address=full_address())
            _show_download("CSV", lambda: figures(figure_tables(tree)[0]), "text/csv", "table", key=key)


def _titled(page: str, title: str) -> str:
    """Title of a figure, with what its page is about before it."""
    return ": ".join(dict.fromkeys(filter(None, (page, title))))


def cited(findings: Sequence[str]) -> tuple[Evidence, ...]:
    """The sentences of some findings, in their order.

    Raises:
        BadQuestion: if the graph has not all of them any more.
    """
    facts = cached_query(evidence.evidence_of_findings, list(findings)) if findings else []
    if len(facts) != len(findings):
        raise BadQuestion("the graph has changed")
    return tuple(facts)


def show_packed_table(
    caption: str, columns: Sequence[str], rows: Iterable[Iterable[object]], *, about: str = ""
) -> None:
    """Show a table as `markup.show_table` does, with the button that puts it into the pack."""
    cells = [tuple(markup.cell_text(cell) for cell in row) for row in rows]
    markup.show_table(caption, columns, cells)
    key = item_key(f"{full_address()} {caption} {cells}")
    table = Table(caption, tuple(columns), tuple(cells))
    title = _titled(session.PAGE_TITLE.get(), caption)
    show_pack_button(key, lambda: PackItem(key=key, title=title, about=about, tables=(table,)))


def show_picture_downloads(draw: Callable[[], Drawing], *, key: str) -> None:
    """Show buttons that take a picture: PNG at twice its size, and SVG."""
    for form, mime, write in (("PNG", "image/png", as_png), ("SVG", "image/svg+xml", as_svg)):
        _show_download(form, partial(_written, draw, write), mime, "image", key=key)


def _show_download(form: str, write: Callable[[], bytes], mime: str, icon: str, *, key: str) -> None:
    """Show the button of a file, which is written when it is asked for."""
    st.download_button(
        form,
        write,
        f"{slug(session.PAGE_TITLE.get())}.{form.lower()}",
        mime,
        icon=f":material/{icon}:",
        type="tertiary",
        on_click="ignore",
        key=f"{form}-{key}",
    )


def _written(draw: Callable[[], Drawing], write: Callable[[Drawing], bytes]) -> bytes:
    return write(draw())


def item_key(text: str) -> str:
    """Key of an item of the pack, by all that it says."""
    return sha256(text.encode()).hexdigest()[:16]
