"""The view: which nodes the network shows, how, and which is selected; the address and the file say the same."""

import base64
import binascii
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self, get_args

from caregraph.explorer.network import filters
from caregraph.explorer.network.filters import Filters
from caregraph.ontology.iris import full_iri, short_iri

Arrangement = Literal["free", "kinds", "years"]
ARRANGEMENTS: tuple[str, ...] = get_args(Arrangement)
NODES, PACKED, SELECTED, PINNED, ARRANGED = "nodes", "packed", "selected", "pinned", "arranged"
ADDRESS = (NODES, PACKED, SELECTED, PINNED, ARRANGED, *filters.NAMES)
LIMIT = 500  # nodes; more can no longer be told apart
_PLAIN = 1500  # characters of a list of nodes above which it is packed; mail programs break long addresses
_UNPACKED = 1_000_000  # characters that an honest list of nodes stays far below

Place = tuple[float, float]  # pixels, to the right and down


@dataclass(frozen=True, slots=True)
class View:
    """The IRIs of the nodes brought into the network, in the order they came, and of the one that is selected.

    ``pinned`` are nodes that stay where they are, by IRI, when the others are arranged anew.
    """

    shown: tuple[str, ...] = ()
    selected: str | None = None
    pinned: Mapping[str, Place] = field(default_factory=dict, hash=False)
    filters: Filters = field(default_factory=Filters)
    arranged: str = "free"

    def adding(self, iris: Iterable[str], *, selected: str | None = None) -> Self:
        """More nodes, up to the limit."""
        shown = tuple(dict.fromkeys((*self.shown, *iris)))[:LIMIT]
        return replace(self, shown=shown, selected=selected or self.selected)

    def keeping(self, iris: Iterable[str]) -> Self:
        """Only these nodes."""
        kept = set(iris)
        return replace(
            self,
            shown=tuple(iri for iri in self.shown if iri in kept),
            selected=self.selected if self.selected in kept else None,
            pinned={iri: place for iri, place in self.pinned.items() if iri in kept},
        )

    def pinning(self, iri: str, place: Place) -> Self:
        """With a node pinned to a place."""
        return replace(self, pinned={**self.pinned, iri: (round(place[0]), round(place[1]))})

    def releasing(self, iri: str) -> Self:
        """With a node pinned no more."""
        return replace(self, pinned={other: place for other, place in self.pinned.items() if other != iri})

    def address(self) -> dict[str, str]:
        """The view as query parameters."""
        nodes = ",".join(short_iri(iri) for iri in self.shown)
        values = {
            PACKED if len(nodes) > _PLAIN else NODES: _pack(nodes) if len(nodes) > _PLAIN else nodes,
            SELECTED: short_iri(self.selected or ""),
            PINNED: ",".join(f"{short_iri(iri)}@{x:.0f}@{y:.0f}" for iri, (x, y) in self.pinned.items()),
            ARRANGED: self.arranged if self.arranged != "free" else "",
        }
        return {key: value for key, value in values.items() if value} | self.filters.address()

    @classmethod
    def of(cls, address: Mapping[str, str]) -> Self:
        """The view that query parameters give; IRIs that the graph lacks are found out later."""
        nodes = address.get(NODES) or _unpack(address.get(PACKED, ""))
        shown = tuple(dict.fromkeys(full_iri(part) for part in nodes.split(",") if part))[:LIMIT]
        selected = full_iri(address[SELECTED]) if address.get(SELECTED) else None
        pinned = dict(_pins(address.get(PINNED, "")))
        arranged = address.get(ARRANGED, "free")
        return cls(
            shown,
            selected if selected in shown else None,
            {iri: place for iri, place in pinned.items() if iri in shown},
            Filters.of(address),
            arranged if arranged in ARRANGEMENTS else "free",
        )


def view_in_file(content: bytes) -> tuple[View, dict[str, Place]]:
    """The view and the places of its nodes that a file of `network_export.as_json` holds.

    Raises:
        ValueError: if it holds none; the message says why.
    """
    try:
        held = json.loads(content)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError("It is not a JSON file.") from error
    address = held.get("view") if isinstance(held, dict) else None
    if not isinstance(address, dict):
        raise ValueError("It has no view in it: choose a JSON file that was taken from this page.")
    view = View.of({key: value for key, value in address.items() if isinstance(value, str)})
    if not view.shown:
        raise ValueError("The view in it shows nothing.")
    return view, _places(held.get("nodes"))


def _places(rows: Any) -> dict[str, Place]:
    found = {}
    for row in rows if isinstance(rows, Sequence) else ():
        iri, x, y = (row.get(key) for key in ("iri", "x", "y")) if isinstance(row, dict) else (None,) * 3
        if isinstance(iri, str) and isinstance(x, int | float) and isinstance(y, int | float):
            found[iri] = (float(x), float(y))
    return found


def _pins(text: str) -> Iterable[tuple[str, Place]]:
    for part in text.split(","):
        iri, *place = part.split("@")
        try:
            x, y = (float(int(number)) for number in place)
        except ValueError:
            continue
        yield full_iri(iri), (x, y)


def _pack(text: str) -> str:
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode()


def _unpack(text: str) -> str:
    try:
        opened = zlib.decompressobj().decompress(base64.urlsafe_b64decode(text), _UNPACKED)
        return opened.decode()
    except (binascii.Error, zlib.error, ValueError):
        return ""
