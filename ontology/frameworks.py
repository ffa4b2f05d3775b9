"""Inspection frameworks, with the areas they judge and the grades they give."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from caregraph.ontology.register import code, parse_day
from caregraph.ontology.turtle import Statements


@dataclass(frozen=True, slots=True)
class AreaTerm:
    """An area as one framework judges it. ``labels`` are the words reports print for it, the usual first."""

    id: str
    labels: tuple[str, ...]
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class GradeTerm:
    """A grade; the higher its rank, the better."""

    id: str
    labels: tuple[str, ...]
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkTerm:
    """Inspection framework, in force from its first day to its last; ``end`` is None while it lasts.

    ``titles`` are the headings of its documents; '…' in a title, or in an area's
    label, stands for a name.
    """

    iri: str
    id: str
    label: str
    kind: str
    start: date
    end: date | None
    areas: tuple[AreaTerm, ...]
    grades: tuple[GradeTerm, ...]
    titles: tuple[str, ...] = ()

    def runs_on(self, on: date) -> bool:
        """True if the framework was in force on a day."""
        return self.start <= on <= (self.end or on)

    def areas_on(self, on: date) -> tuple[AreaTerm, ...]:
        """The areas that an inspection on a day may judge: no overall grade from April 2026."""
        return tuple(area for area in self.areas if (area.start or on) <= on <= (area.end or on))


def read_areas(statements: Statements) -> Iterator[AreaTerm]:
    """Read the areas without regard to a framework; their labels are the words of running text."""
    for iri in statements.of_type("cg:JudgementArea"):
        yield AreaTerm(code(iri), _labels(statements, iri))


def read_frameworks(statements: Statements) -> Iterator[FrameworkTerm]:
    """Read the frameworks in the order written."""
    for iri in statements.of_type("cg:Framework"):
        start = parse_day(statements.value(iri, "cg:started"))
        yield FrameworkTerm(
            iri=iri,
            id=code(iri),
            label=statements.value(iri, "skos:prefLabel") or "",
            kind=code(statements.value(iri, "cg:kind") or ""),
            start=start or date.min,
            end=parse_day(statements.value(iri, "cg:ended")),
            areas=tuple(_area(statements, area) for area in statements.values(iri, "cg:judges")),
            grades=tuple(_grade(statements, grade) for grade in statements.values(iri, "cg:grades")),
            titles=statements.values(iri, "cg:documentTitle"),
        )


def _area(statements: Statements, iri: str) -> AreaTerm:
    return AreaTerm(
        code(statements.value(iri, "cg:area") or ""),
        _labels(statements, iri),
        parse_day(statements.value(iri, "cg:started")),
        parse_day(statements.value(iri, "cg:ended")),
    )


def _grade(statements: Statements, iri: str) -> GradeTerm:
    return GradeTerm(code(iri), _labels(statements, iri), int(statements.value(iri, "cg:rank") or 0))


def _labels(statements: Statements, iri: str) -> tuple[str, ...]:
    return (*statements.values(iri, "skos:prefLabel"), *statements.values(iri, "skos:altLabel"))
