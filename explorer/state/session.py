"""Session state: every entry that the explorer keeps for one reader, named once, with its type.

Streamlit keeps a widget's value in the session under the widget's key. The entries of widgets that other code reads or
sets are here too; a widget that nobody else asks for has a key of its own where it is drawn.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar, cast

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from caregraph.explorer.pack.items import PackItem
from caregraph.explorer.state.history import ViewHistory
from caregraph.explorer.state.network_view import Position

T = TypeVar("T")


class SessionKey(Generic[T]):
    """Name and type of an entry of the session state.

    Args:
        default: makes the value of an entry that is missing.
    """

    def __init__(self, name: str, default: Callable[[], T]) -> None:
        self.name = name
        self._default = default

    def get(self) -> T:
        """Value of the entry, or the default."""
        return cast(T, st.session_state[self.name]) if self.name in st.session_state else self._default()

    def set(self, value: T) -> None:
        """Set the entry; a widget's entry only before the widget is drawn, or in a callback."""
        st.session_state[self.name] = value

    def pop(self) -> T:
        """Take the value out of the session."""
        value = self.get()
        st.session_state.pop(self.name, None)
        return value

    def part(self, name: str) -> "SessionKey[T]":
        """Entry of one of several widgets of the same kind."""
        return SessionKey(f"{self.name} {name}", self._default)


def _nothing() -> None:
    """Default of an entry that may be missing."""


# A choice that stands in the page's address, by the name of its query parameter.
CHOICE = SessionKey[Any]("choice", _nothing)
CHOSEN_AUTHORITIES = SessionKey[Sequence[str]]("chosen authorities", tuple)  # IRIs of those compared with
CHOSEN_KINDS = SessionKey[Sequence[str]]("chosen kinds", tuple)  # Neo4j labels of shared services
SEARCH_WORDS = SessionKey[str]("search words", str)  # of the findings page

PAGE_TITLE = SessionKey[str]("page title", str)  # of the page that is shown
PACK = SessionKey[Sequence[PackItem]]("pack", tuple)
PACK_TITLE = SessionKey[str]("pack title", lambda: "Pack")
PACK_TITLE_BOX = SessionKey[str]("pack title box", str)
PACK_NOTE = SessionKey[str]("pack note", str)

HISTORY = SessionKey[ViewHistory]("view history", ViewHistory)
VIEW_PARAMETERS = SessionKey[Mapping[str, str]]("view parameters", dict)  # of the address, as last read or written
NODE_POSITIONS = SessionKey[dict[str, Position]]("node positions", dict)  # where nodes were last drawn, by IRI
LAYOUTS = SessionKey[Mapping[int, dict[str, Position]]]("layouts", dict)  # positions in those left, by number
NETWORK_EVENTS = SessionKey[Mapping[str, Any]]("network", dict)  # clicks and drags, by the network's name
NETWORK_MESSAGE = SessionKey[str]("network message", str)  # shown by the next run: a callback must not draw
NETWORK_NODES = SessionKey[frozenset[str]]("network nodes", frozenset)  # IRIs of those drawn, by the network's name
NETWORK_SEARCH = SessionKey[str]("network search", str)
PAGE_RERUN = SessionKey[bool]("page rerun", bool)  # True: not only a fragment, the whole page has changed
SELECTED_GROUP = SessionKey[str | None]("selected group", _nothing)  # id of a group of the network
SELECTED_ITEM = SessionKey[str | tuple[str, str] | None]("selected item", _nothing)  # a node, or the ends of a line

VIEW_WIDGETS = SessionKey[Mapping[str, object]]("view widgets", dict)  # of `state.view_widgets`, by their names
VIEW_VALUE = SessionKey[Any]("view value", _nothing)
SAVED_VIEW = SessionKey[UploadedFile | None]("saved view", _nothing)

EVIDENCE_LIMIT = SessionKey[int]("evidence limit", int)  # of quotations in a list; 0 until the reader asks for more
FACT_GROUP = SessionKey[str | None]("fact group", _nothing)
POLARITY = SessionKey[str | None]("polarity", _nothing)
ANSWER_NODE = SessionKey[str | None]("answer node", _nothing)  # the node selected in an answer's network

QUESTION = SessionKey[str | None]("question", _nothing)
QUESTION_FORM = SessionKey[str]("question form", str)
CYPHER = SessionKey[str]("cypher", str)
CYPHER_HISTORY = SessionKey[Sequence[str]]("cypher history", tuple)
EARLIER_CYPHER = SessionKey[str | None]("earlier cypher", _nothing)

REVIEWER = SessionKey[str]("reviewer", str)
REVIEW_REASON = SessionKey[str]("review reason", str)
SKIPPED_PAIRS = SessionKey[Sequence[str]]("skipped pairs", tuple)  # by the IRIs of both, in the order of skipping
REVIEW_MESSAGE = SessionKey[str]("review message", str)
UNAPPLIED_DECISIONS = SessionKey[bool]("unapplied decisions", bool)

WORDS_MESSAGE = SessionKey[str]("words message", str)  # of the last report that was asked for

UPLOAD_MESSAGE = SessionKey[str]("upload message", str)
UPLOAD_FAILURE = SessionKey[str]("upload failure", str)
UPLOAD_ROUND = SessionKey[int]("upload round", int)  # a file uploader with a new key is an empty one
