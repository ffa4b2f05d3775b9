"""Answers of the public API: rows by column, each with its evidence, that a notebook shows as a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, Self, overload

from caregraph import extras
from caregraph.ontology.iris import full_iri

if TYPE_CHECKING:
    import pandas

    from caregraph.api import Graph

_WIDTH = 300  # characters of a cell shown in a notebook


class Row(Mapping[str, Any]):
    """One row of an answer, keyed by column; `evidence` has the sentences that prove it."""

    def __init__(self, values: Mapping[str, Any], graph: "Graph | None" = None) -> None:
        self._values = dict(values)
        self._graph = graph

    def __getitem__(self, column: str) -> Any:
        return self._values[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Row({self._values!r})"

    @cached_property
    def evidence(self) -> "Answer":
        """Quotations behind this row, as `Graph.evidence` gives them; none where the row names nothing of the graph."""
        iris = dict.fromkeys(_iris(self._values.get("evidence")) or _iris(list(self._values.values())))
        return self._graph.evidence(*iris) if self._graph and iris else Answer(())


def _iris(value: object) -> list[str]:
    """IRIs of ours in a value of an answer, however nested."""
    if isinstance(value, str):
        return [value] if value.startswith(full_iri("")) else []
    if isinstance(value, Mapping):
        return _iris(list(value.values()))
    return [iri for part in value for iri in _iris(part)] if isinstance(value, list | tuple) else []


@dataclass(frozen=True, eq=False)
class Answer(Sequence[Row]):
    """Rows of an answer in their order. ``cut`` says that there were more rows than the limit."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...] = ()
    cut: bool = False

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]], graph: "Graph | None" = None, **fields: Any) -> Self:
        """Make an answer of plain rows; its columns are those of the first row, unless they are given."""
        made = tuple(Row(row, graph) for row in rows)
        return cls(made, **{"columns": tuple(made[0]) if made else (), **fields})

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> "Answer": ...
    def __getitem__(self, index: int | slice) -> "Row | Answer":
        if isinstance(index, slice):
            return Answer(self.rows[index], self.columns, self.cut)
        return self.rows[index]

    def __repr__(self) -> str:
        more = ", cut" if self.cut else ""
        return f"<Answer: {len(self)} rows of {', '.join(self.columns) or 'no columns'}{more}>"

    def _repr_html_(self) -> str:
        """Show the answer as a table in a notebook; all text in it is escaped."""
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        lines = ("".join(f"<td>{escape(_shown(row.get(column)))}</td>" for column in self.columns) for row in self.rows)
        body = "".join(f"<tr>{line}</tr>" for line in lines)
        note = "<p>There are more rows.</p>" if self.cut else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{note}"

    def to_pandas(self) -> "pandas.DataFrame":
        """Convert to a DataFrame, a column for each of ours.

        Raises:
            MissingExtra: if pandas is not installed.
        """
        extras.require("explorer", "to_pandas")
        import pandas  # half a second, which only this needs

        return pandas.DataFrame([dict(row) for row in self.rows], columns=list(self.columns))


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_shown(part)}" for key, part in value.items() if part not in (None, ""))
    text = "; ".join(map(_shown, value)) if isinstance(value, list | tuple) else str(value)
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"
