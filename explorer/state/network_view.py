"""Network view: the nodes that the network shows, their filters and layout; the address and a file carry the same."""

import base64
import binascii
import json
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self, get_args

from caregraph.explorer.network import filters
from caregraph.explorer.network.filters import Filters
from caregraph.ontology.iris import THINGS, full_iri, short_iri

Arrangement = Literal["free", "kinds", "years"]
ARRANGEMENTS: tuple[str, ...] = get_args(Arrangement)
COLOURINGS = ("kinds", "grades")  # what the colours of councils tell
NODES, PACKED, SELECTED, LINK, PINNED, ARRANGED = "nodes", "packed", "selected", "link", "pinned", "arranged"
COLOURED = "coloured"
OPENED = "opened"  # groups whose members are drawn one by one
AROUND = "around"  # a node that is shown with its neighbours
# Of the address.
PARAMETERS = (AROUND, NODES, PACKED, SELECTED, LINK, PINNED, ARRANGED, COLOURED, OPENED, *filters.PARAMETERS)
PLACES = "at"  # where the nodes are drawn; beside the view, which is the same wherever they are
_SEPARATOR = "~"  # in no IRI of ours
LIMIT = 500  # nodes; more can no longer be told apart
_LONGEST_LIST = 1500  # characters of a list of nodes above which it is packed; mail programs break long addresses
_UNPACKED_LIMIT = 1_000_000  # characters; an honest list of nodes is far shorter

Position = tuple[float, float]  # pixels, to the right and down
Link = tuple[str, str]  # IRIs of two nodes, between which there is a line
_UNPLACED, _FARTHEST = -32768, 32767  # pixels, in the two bytes of a coordinate in the address


@dataclass(frozen=True, slots=True)
class NetworkView:
    """IRIs of the nodes in the network, in the order they came, and of the selected one, or of the ends of a line.

    ``pinned`` are positions, by IRI, of the nodes that stay there when the others are laid out anew; ``opened`` are ids
    of groups whose members are drawn one by one. ``layout`` is the number of the reader's layout; another one puts the
    nodes elsewhere, and no address has it.
    """

    shown: tuple[str, ...] = ()
    selected: str | None = None
    pinned: Mapping[str, Position] = field(default_factory=dict, hash=False)
    filters: Filters = field(default_factory=Filters)
    arranged: str = "free"
    link: Link | None = None
    opened: tuple[str, ...] = ()
    layout: int = 0
    coloured: str = COLOURINGS[0]

    def with_nodes(self, iris: Iterable[str], *, selected: str | None = None) -> Self:
        """View with more nodes, up to the limit."""
        shown = tuple(dict.fromkeys((*self.shown, *iris)))[:LIMIT]
        return replace(self, shown=shown, selected=selected or self.selected, link=None if selected else self.link)

    def only_nodes(self, iris: Iterable[str]) -> Self:
        """View without any other nodes."""
        remaining = set(iris)
        return replace(
            self,
            shown=tuple(iri for iri in self.shown if iri in remaining),
            selected=self.selected if self.selected in remaining else None,
            link=self.link if remaining.issuperset(self.link or ()) else None,
            pinned={iri: position for iri, position in self.pinned.items() if iri in remaining},
        )

    def with_selected(self, selected: str | None) -> Self:
        """View with another node selected, and no line."""
        return replace(self, selected=selected, link=None)

    def with_link(self, link: Link) -> Self:
        """View with a line selected, and no node."""
        return replace(self, selected=None, link=link)

    def with_pin(self, iri: str, position: Position) -> Self:
        """View with a node pinned to a position."""
        return replace(self, pinned={**self.pinned, iri: (round(position[0]), round(position[1]))})

    def without_pin(self, iri: str) -> Self:
        """View with a node no longer pinned."""
        return replace(self, pinned={pinned: position for pinned, position in self.pinned.items() if pinned != iri})

    def as_parameters(self) -> dict[str, str]:
        """The view as query parameters."""
        nodes = ",".join(short_iri(iri) for iri in self.shown)
        packed = len(nodes) > _LONGEST_LIST
        values = {
            PACKED if packed else NODES: _pack(nodes) if packed else nodes,
            SELECTED: short_iri(self.selected or ""),
            LINK: _SEPARATOR.join(map(short_iri, self.link or ())),
            PINNED: ",".join(f"{short_iri(iri)}@{x:.0f}@{y:.0f}" for iri, (x, y) in self.pinned.items()),
            ARRANGED: self.arranged if self.arranged != "free" else "",
            COLOURED: self.coloured if self.coloured != COLOURINGS[0] else "",
            OPENED: _SEPARATOR.join(self.opened).replace(THINGS, ""),
        }
        return {name: value for name, value in values.items() if value} | self.filters.as_parameters()

    @classmethod
    def from_parameters(cls, parameters: Mapping[str, str]) -> Self:
        """Read a view from query parameters. IRIs that the graph lacks stay in it until they are looked up."""
        nodes = parameters.get(NODES) or _unpack(parameters.get(PACKED, ""))
        shown = tuple(dict.fromkeys(full_iri(part) for part in nodes.split(",") if part))[:LIMIT]
        selected = full_iri(parameters[SELECTED]) if parameters.get(SELECTED) else None
        pinned = dict(_read_pins(parameters.get(PINNED, "")))
        arranged = parameters.get(ARRANGED, "free")
        link = _read_link(parameters.get(LINK, ""))
        return cls(
            shown,
            selected if selected in shown else None,
            {iri: position for iri, position in pinned.items() if iri in shown},
            Filters.from_parameters(parameters),
            arranged if arranged in ARRANGEMENTS else "free",
            link if link and set(link) <= set(shown) else None,
            tuple(_read_groups(parameters.get(OPENED, ""))),
            coloured=parameters[COLOURED] if parameters.get(COLOURED) in COLOURINGS else COLOURINGS[0],
        )


def unknown_values(parameters: Mapping[str, str], view: NetworkView) -> list[str]:
    """Values of an address's parameters that name nothing, so that the view has nothing of them.

    Nodes are looked up elsewhere.

    >>> unknown_values({"nodes": "a", "arranged": "neatly", "first": "soon"}, NetworkView(("a",)))
    ['neatly', 'soon']
    """
    values = [parameters[name] for name in filters.NUMBERS if not parameters.get(name, "0").isdecimal()]
    if parameters.get(ARRANGED, "free") not in ARRANGEMENTS:
        values.insert(0, parameters[ARRANGED])
    if parameters.get(COLOURED, COLOURINGS[0]) not in COLOURINGS:
        values.insert(0, parameters[COLOURED])
    if PACKED in parameters and not view.shown:
        values.insert(0, parameters[PACKED])
    if LINK in parameters and view.link is None:
        values.insert(0, parameters[LINK])
    if SELECTED in parameters and view.selected != full_iri(parameters[SELECTED]):
        values.insert(0, parameters[SELECTED])
    return values


def read_saved_view(content: bytes) -> tuple[NetworkView, dict[str, Position]]:
    """Read a file of `network_export.network_as_json`: the view, and the positions of its nodes by IRI.

    Raises:
        ValueError: if the file holds no view; the message says why.
    """
    try:
        saved = json.loads(content)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError("This is not a JSON file.") from error
    parameters = saved.get("view") if isinstance(saved, dict) else None
    if not isinstance(parameters, dict):
        raise ValueError("There is no saved view in this file. Choose a JSON file that was exported from this page.")
    view = NetworkView.from_parameters({name: value for name, value in parameters.items() if isinstance(value, str)})
    if not view.shown:
        raise ValueError("The saved view in this file is empty.")
    return view, _read_positions(saved.get("nodes"))


def pack_positions(view: NetworkView, positions: Mapping[str, Position]) -> str:
    """Positions of a view's nodes for the address, in the order of the nodes: two bytes for each coordinate."""
    pairs = (positions.get(iri, (_UNPLACED, _UNPLACED)) for iri in view.shown)
    numbers = (max(_UNPLACED, min(_FARTHEST, round(number))) for pair in pairs for number in pair)
    content = struct.pack(f">{2 * len(view.shown)}h", *numbers)
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def unpack_positions(view: NetworkView, text: str) -> dict[str, Position]:
    """Positions of a view's nodes, by IRI, as `pack_positions` wrote them; empty if they are not those of its nodes.

    >>> view = NetworkView(("a", "b"))
    >>> unpack_positions(view, pack_positions(view, {"a": (1.2, -3.0)}))
    {'a': (1.0, -3.0)}
    """
    try:
        content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        numbers = struct.unpack(f">{2 * len(view.shown)}h", content)
    except (binascii.Error, ValueError, struct.error):
        return {}
    pairs = zip(view.shown, numbers[::2], numbers[1::2], strict=True)
    return {iri: (float(x), float(y)) for iri, x, y in pairs if x != _UNPLACED}


def _read_positions(rows: Any) -> dict[str, Position]:
    positions = {}
    for row in rows if isinstance(rows, Sequence) else ():
        iri, x, y = (row.get(key) for key in ("iri", "x", "y")) if isinstance(row, dict) else (None,) * 3
        if isinstance(iri, str) and isinstance(x, int | float) and isinstance(y, int | float):
            positions[iri] = (float(x), float(y))
    return positions


def _read_link(text: str) -> Link | None:
    ends = sorted(full_iri(part) for part in text.split(_SEPARATOR))
    return (ends[0], ends[1]) if len(ends) == 2 else None


def _read_groups(text: str) -> Iterable[str]:
    for part in text.split(_SEPARATOR):
        kind, _, hub = part.rpartition(" ")
        if kind and hub:
            yield f"{kind} {full_iri(hub)}"


def _read_pins(text: str) -> Iterable[tuple[str, Position]]:
    for part in text.split(","):
        iri, *numbers = part.split("@")
        try:
            x, y = (float(int(number)) for number in numbers)
        except ValueError:
            continue
        yield full_iri(iri), (x, y)


def _pack(text: str) -> str:
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode()


def _unpack(text: str) -> str:
    try:
        content = zlib.decompressobj().decompress(base64.urlsafe_b64decode(text), _UNPACKED_LIMIT)
        return content.decode()
    except (binascii.Error, zlib.error, ValueError):
        return ""
