"""Pack: what the reader has put aside, to be put in order, noted, printed or taken along as Word or HTML."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from caregraph.brief.files import WRITERS
from caregraph.explorer import markup
from caregraph.explorer.attribution import today
from caregraph.explorer.evidence.page_picture import pages_of
from caregraph.explorer.labels import escape_markdown, format_count, source_citation
from caregraph.explorer.pack.button import remove_item
from caregraph.explorer.pack.document import pack_document
from caregraph.explorer.pack.items import PackItem, moved_item, noted_item
from caregraph.explorer.page_shell import show_title
from caregraph.explorer.pictures.drawing import Drawing, as_png
from caregraph.explorer.state import session
from caregraph.graph.queries.evidence import Evidence
from caregraph.ontology.errors import CaregraphError
from caregraph.ontology.iris import slug

FORMS = {
    ".docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".html": ("Web page (HTML)", "text/html"),
}


def pack_name() -> str:
    """Name of the page in the menu, with the number of items."""
    count = len(session.PACK.get())
    return f"Pack ({count})" if count else "Pack"


def show_pack() -> None:
    """Show the page."""
    items = session.PACK.get()
    title = session.PACK_TITLE.get() if items else "Pack"
    show_title(title)
    if not items:
        markup.show_lead("For a meeting: quotations, tables and charts, with their sources, on paper or as a file.")
        st.info(
            "The pack is empty. Use “Add to pack” below a quotation, a table, a chart or the network.",
            icon=":material/bookmark_add:",
        )
        return
    markup.show_lead(
        f"{format_count(len(items), 'item')}. It stays until you close or reload this tab, and nobody else sees it."
    )
    st.text_input("Title of the pack", title, key=session.PACK_TITLE_BOX.name, max_chars=120, on_change=_set_title)
    with st.container(horizontal=True, vertical_alignment="center", key="pack files"):
        with_pages = st.checkbox("With pictures of the pages", key="pack pages")
        for suffix, (label, mime) in FORMS.items():
            write = partial(_write, items, title, suffix, with_pages=with_pages)  # when it is asked for
            st.download_button(
                label, write, f"{slug(title)}{suffix}", mime, icon=":material/download:", on_click="ignore"
            )
        st.button("Remove all", icon=":material/delete:", type="tertiary", on_click=session.PACK.set, args=((),))
    for number, item in enumerate(items):
        _show_item(item, first=number == 0, last=number == len(items) - 1)


def _set_title() -> None:
    session.PACK_TITLE.set(session.PACK_TITLE_BOX.get().strip() or "Pack")


def _write(items: Sequence[PackItem], title: str, suffix: str, *, with_pages: bool) -> bytes:
    document = pack_document(items, title=title, day=today(), page_pictures=_pages if with_pages else None)
    return WRITERS[suffix](document)


def _pages(fact: Evidence) -> Sequence[tuple[int, bytes]]:
    """Pictures of a quotation's pages; none where its report cannot be drawn, whose words and place stand anyway."""
    try:
        return pages_of(fact)
    except CaregraphError:
        return ()


def _show_item(item: PackItem, *, first: bool, last: bool) -> None:
    with st.container(border=True, key=f"item-{item.key}"):
        st.header(escape_markdown(item.title), anchor=False)
        with st.container(horizontal=True, gap="xsmall"):
            _show_button("Up", "arrow_upward", item, partial(_move, item.key, -1), disabled=first)
            _show_button("Down", "arrow_downward", item, partial(_move, item.key, 1), disabled=last)
            _show_button("Remove", "delete", item, partial(remove_item, item.key))
        note = session.PACK_NOTE.part(item.key)
        st.text_area("Note", item.note, key=note.name, height=68, max_chars=2000, on_change=_set_note, args=(item.key,))
        markup.show_note(item.note)
        _show_content(item)


def _show_button(name: str, icon: str, item: PackItem, action: partial[None], *, disabled: bool = False) -> None:
    st.button(
        name, icon=f":material/{icon}:", type="tertiary", key=f"{name} {item.key}", disabled=disabled, on_click=action
    )


def _move(key: str, step: int) -> None:
    session.PACK.set(moved_item(session.PACK.get(), key, step))


def _set_note(key: str) -> None:
    session.PACK.set(noted_item(session.PACK.get(), key, session.PACK_NOTE.part(key).get()))


def _show_content(item: PackItem) -> None:
    if item.picture:
        st.image(_png(item.picture), alt=item.title, width="stretch")
    for table in item.tables:
        markup.show_table(table.caption, table.head, table.rows, cards=True)
    if item.about:
        st.caption(escape_markdown(item.about))
    for fact in item.sources:
        if not item.tables:
            markup.show_card(fact, heading=False)
    if item.tables and item.sources:
        markup.show_sources([source_citation(fact) for fact in item.sources])
    if item.address:
        st.caption(escape_markdown(f"Seen on {item.day} at {item.address}"))


@st.cache_data(show_spinner=False, max_entries=100)
def _png(drawing: Drawing) -> bytes:
    return as_png(drawing)
