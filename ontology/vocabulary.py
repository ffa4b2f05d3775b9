"""Vocabularies as the stages use them: authorities, named things, concepts and frameworks.

They are read from the Turtle files beside this module and not repeated in code.
A term that the ontology does not have raises UnknownTerm.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

from caregraph.ontology.checks import check_file
from caregraph.ontology.errors import UnknownTerm
from caregraph.ontology.frameworks import AreaTerm, FrameworkTerm, ThemeTerm, read_areas, read_frameworks, read_themes
from caregraph.ontology.register import AuthorityTerm, read_authorities
from caregraph.ontology.thesaurus import ConceptTerm, ThingTerm, read_concepts, read_things
from caregraph.ontology.turtle import Statements

Term = TypeVar("Term")
FILES = tuple(sorted(Path(__file__).parent.glob("*.ttl")))


@dataclass(frozen=True)
class Vocabulary:
    """Everything that is known before a report is read. ``extra`` are a user's files beside the built-in ones."""

    authorities: tuple[AuthorityTerm, ...]
    things: tuple[ThingTerm, ...]
    concepts: tuple[ConceptTerm, ...]
    frameworks: tuple[FrameworkTerm, ...]
    spoken_areas: tuple[AreaTerm, ...]
    themes: tuple[ThemeTerm, ...]
    extra: tuple[Path, ...] = ()

    def authority(self, gss: str) -> AuthorityTerm:
        """The authority with an ONS code, present or former.

        Raises:
            UnknownTerm: if the register has no such code.
        """
        return _known(self._authorities, gss, "council")

    def thing(self, id: str) -> ThingTerm:
        """The named thing with an id such as "service:mash".

        Raises:
            UnknownTerm: if the thesaurus has no such id.
        """
        return _known(self._things, id, "named thing")

    def concept(self, id: str) -> ConceptTerm:
        """The concept with an id such as "front-door".

        Raises:
            UnknownTerm: if the scheme has no such id.
        """
        return _known(self._concepts, id, "concept")

    def framework(self, id: str) -> FrameworkTerm:
        """The framework with an id such as "ilacs".

        Raises:
            UnknownTerm: if there is no such framework.
        """
        return _known(self._frameworks, id, "framework")

    def theme(self, id: str) -> ThemeTerm:
        """The theme with an id such as "care-leavers".

        Raises:
            UnknownTerm: if there is no such theme.
        """
        return _known(self._themes, id, "theme")

    def authorities_named(self, text: str) -> tuple[AuthorityTerm, ...]:
        """Authorities that a spelling may mean, capitals aside; a present and a former authority may share it."""
        return tuple(self._authority_names.get(text.casefold(), ()))

    def authority_on(self, text: str, day: date | None) -> AuthorityTerm | None:
        """The authority that a spelling means on a day, or without a day, today; None if it means none or several.

        One that had ended counts where none of that name was there: it may be reported on after its last day.
        """
        named = self.authorities_named(text)
        existing = [term for term in named if (term.existed_on(day) if day else term.ended is None)]
        candidates = existing or named
        return candidates[0] if len(candidates) == 1 else None

    def things_spelled(self, text: str) -> tuple[ThingTerm, ...]:
        """Things that a spelling may mean: several where they share an acronym, as ATV does."""
        exact = self._spellings.get(text, ())
        return tuple(dict.fromkeys((*exact, *self._spellings.get(text.casefold(), ()))))

    def serves(self, thing: ThingTerm, gss: str) -> bool:
        """True if the thesaurus lists a thing as serving an authority or its successor.

        Memberships are of today's authorities: an agency that serves Cumberland also counts for Cumbria.
        """
        councils = self._and_successors(gss)
        members = {member.authority for member in thing.members if member.standing != "contradicted"}
        return thing.host in councils or not members.isdisjoint(councils)

    def _and_successors(self, gss: str) -> set[str]:
        term = self._authorities.get(gss)
        return {gss}.union(*(self._and_successors(successor) for successor in term.successors)) if term else {gss}

    def framework_for(self, kind: str, on: date | None = None, *, areas: Iterable[str] = ()) -> FrameworkTerm | None:
        """The framework of a kind that ran on a day and judges ``areas``, if several ran; None if none or many fit.

        Without a day any of them may be meant: an undated SEND inspection belongs to neither round.
        """
        fitting = [term for term in self.frameworks if term.kind == kind and (on is None or term.runs_on(on))]
        if len(fitting) > 1 and (judged := set(areas)):
            fitting = [term for term in fitting if judged <= {area.id for area in term.areas}]
        return fitting[0] if len(fitting) == 1 else None

    @property
    def sources(self) -> tuple[Path, ...]:
        """Every Turtle file that the vocabulary was read from."""
        return FILES + self.extra

    @cached_property
    def topics(self) -> frozenset[str]:
        """The ids of the concepts that findings are labelled with."""
        return frozenset(term.id for term in self.concepts if term.topic)

    @cached_property
    def _authorities(self) -> dict[str, AuthorityTerm]:
        return {term.gss: term for term in self.authorities}

    @cached_property
    def _things(self) -> dict[str, ThingTerm]:
        return {term.id: term for term in self.things}

    @cached_property
    def _concepts(self) -> dict[str, ConceptTerm]:
        return {term.id: term for term in self.concepts}

    @cached_property
    def _frameworks(self) -> dict[str, FrameworkTerm]:
        return {term.id: term for term in self.frameworks}

    @cached_property
    def _themes(self) -> dict[str, ThemeTerm]:
        return {term.id: term for term in self.themes}

    @cached_property
    def _authority_names(self) -> dict[str, list[AuthorityTerm]]:
        names: dict[str, list[AuthorityTerm]] = {}
        for term in self.authorities:
            for spelling in term.spellings:
                names.setdefault(spelling.casefold(), []).append(term)
        return names

    @cached_property
    def _spellings(self) -> dict[str, list[ThingTerm]]:
        spellings: dict[str, list[ThingTerm]] = {}
        for term in self.things:
            for spelling in term.spellings:
                key = spelling.text if spelling.exact else spelling.text.casefold()
                spellings.setdefault(key, []).append(term)
        return spellings


def load_vocabulary(extra: Sequence[Path] = ()) -> Vocabulary:
    """Read the vocabularies, and further registers or thesauri in Turtle with them.

    Raises:
        InvalidGraph: if a file of ``extra`` is no Turtle, or its broader concepts run in a circle.
        UnknownTerm: if one uses a term that the ontology does not have, or a thing that has no description.
    """
    return _load(tuple(extra)) if extra else _standard()


@cache
def _standard() -> Vocabulary:
    return _load(())


def _load(extra: tuple[Path, ...]) -> Vocabulary:
    statements = Statements(FILES + extra)
    for path in extra:
        check_file(path, statements)
    return Vocabulary(
        authorities=tuple(read_authorities(statements)),
        things=tuple(read_things(statements)),
        concepts=tuple(read_concepts(statements)),
        frameworks=tuple(read_frameworks(statements)),
        spoken_areas=tuple(read_areas(statements)),
        themes=tuple(read_themes(statements)),
        extra=extra,
    )


def _known(terms: Mapping[str, Term], key: str, noun: str) -> Term:
    try:
        return terms[key]
    except KeyError:
        raise UnknownTerm(f"no {noun} is called {key!r}") from None
