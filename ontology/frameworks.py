"""Inspection frameworks, with the areas they judge and the grades they give, and the themes of visits."""

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


@dataclass(frozen=True, slots=True)
class IntervalTerm:
    """Rule on what is due within about so many months after a grade: "inspection" or "monitoring-inspection"."""

    grade: str
    action: str
    months: int


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
    intervals: tuple[IntervalTerm, ...] = ()

    def runs_on(self, on: date) -> bool:
        """True if the framework was in force on a day."""
        return self.start <= on <= (self.end or on)

    def areas_on(self, on: date) -> tuple[AreaTerm, ...]:
        """The areas that an inspection on a day may judge: no overall grade from April 2026."""
        return tuple(area for area in self.areas if (area.start or on) <= on <= (area.end or on))


@dataclass(frozen=True, slots=True)
class RoundTerm:
    """Round of joint inspections with a theme: the inspectorates' name for it, and its days; ``end`` may be open."""

    label: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeTerm:
    """Theme that letters of some kinds have.

    ``wide`` are words that mean it where no part of the work is named; ``wider`` are themes that it is a part of.
    """

    iri: str
    id: str
    label: str
    words: tuple[str, ...]
    wide: tuple[str, ...]
    wider: tuple[str, ...]
    kinds: tuple[str, ...]
    rounds: tuple[RoundTerm, ...]

    def round_on(self, on: date | None) -> RoundTerm | None:
        """Round in which an inspection that began on a day was held; None if it was in none, or has no day."""
        fitting = (term for term in self.rounds if on and (term.start or on) <= on <= (term.end or on))
        return next(fitting, None)


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
            intervals=tuple(_intervals(statements, iri)),
        )


def _intervals(statements: Statements, framework: str) -> Iterator[IntervalTerm]:
    for iri in statements.of_type("cg:Interval"):
        if statements.value(iri, "cg:ofFramework") == framework:
            grade, action = (statements.value(iri, name) or "" for name in ("cg:afterGrade", "cg:action"))
            yield IntervalTerm(code(grade), action, int(statements.value(iri, "cg:months") or 0))


def read_themes(statements: Statements) -> Iterator[ThemeTerm]:
    """Read the themes in the order written."""
    rounds: dict[str, list[RoundTerm]] = {}
    for iri in statements.of_type("cg:Round"):
        start, end = (parse_day(statements.value(iri, name)) for name in ("cg:started", "cg:ended"))
        term = RoundTerm(statements.value(iri, "skos:prefLabel") or "", start, end)
        rounds.setdefault(statements.value(iri, "cg:theme") or "", []).append(term)
    for iri in statements.of_type("cg:Theme"):
        yield ThemeTerm(
            iri=iri,
            id=code(iri),
            label=statements.value(iri, "skos:prefLabel") or "",
            words=statements.values(iri, "cg:focusWords"),
            wide=statements.values(iri, "cg:wideFocusWords"),
            wider=tuple(code(wider) for wider in statements.values(iri, "cg:widerTheme")),
            kinds=tuple(code(kind) for kind in statements.values(iri, "cg:themeOf")),
            rounds=tuple(rounds.get(iri, ())),
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
