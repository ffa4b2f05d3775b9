"""Thesaurus of named things, and scheme of practice concepts."""

from collections.abc import Iterator
from dataclasses import dataclass

from caregraph.ontology.iris import THINGS
from caregraph.ontology.register import code
from caregraph.ontology.turtle import Statements

TYPES = ("agency", "service", "programme", "body", "process")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling of a name. ``exact``: only with these capitals, as for every acronym and for 'Pause'."""

    text: str
    acronym: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """An authority (by ONS code) that an agency or body serves, with the ``source`` and how sure it is."""

    authority: str
    standing: str
    certainty: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingTerm:
    """A named thing that reports mention.

    ``scope`` is "national", "regional" or "local": each authority has its own
    instance of a local thing, which is a kind, as the MASH is. ``hidden`` spellings
    are known but too common or too short to match by themselves.
    """

    iri: str
    id: str
    type: str
    label: str
    spellings: tuple[Spelling, ...]
    scope: str
    hidden: tuple[str, ...] = ()
    definition: str | None = None
    kind: str | None = None
    members: tuple[Membership, ...] = ()
    host: str | None = None

    @property
    def regional(self) -> bool:
        """True if it serves several authorities of one part of the country."""
        return self.scope == "regional"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptTerm:
    """A practice concept; broader and narrower are ids. A ``topic`` is one that findings are labelled with."""

    iri: str
    id: str
    label: str
    alt: tuple[str, ...]
    acronyms: tuple[str, ...]
    definition: str
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    topic: bool


def read_things(statements: Statements) -> Iterator[ThingTerm]:
    """Read the named things in the order written, type by type."""
    members = _members(statements)
    hosts = {
        statements.value(iri, "org:organization"): code(statements.value(iri, "org:member") or "")
        for iri in statements.of_type("cg:Hosting")
    }
    for kind in TYPES:
        for iri in statements.of_type(f"cg:{kind.capitalize()}"):
            generic = statements.value(iri, "cg:instanceOf")
            yield ThingTerm(
                iri=iri,
                id=term_id(iri),
                type=kind,
                label=statements.value(iri, "skos:prefLabel") or "",
                spellings=tuple(_spellings(statements, iri)),
                hidden=statements.values(iri, "skos:hiddenLabel"),
                scope=code(statements.value(iri, "cg:scope") or ""),
                definition=statements.value(iri, "skos:definition"),
                kind=term_id(generic) if generic else None,
                members=tuple(members.get(iri, ())),
                host=hosts.get(iri),
            )


def read_concepts(statements: Statements) -> Iterator[ConceptTerm]:
    """Read the concepts of the scheme in the order written."""
    narrower: dict[str, list[str]] = {}
    iris = list(statements.of_type("cg:Concept"))
    for iri in iris:
        for broader in statements.values(iri, "skos:broader"):
            narrower.setdefault(broader, []).append(code(iri))
    for iri in iris:
        yield ConceptTerm(
            iri=iri,
            id=code(iri),
            label=statements.value(iri, "skos:prefLabel") or "",
            alt=statements.values(iri, "skos:altLabel"),
            acronyms=statements.values(iri, "cg:acronym"),
            definition=statements.value(iri, "skos:definition") or "",
            broader=tuple(code(broader) for broader in statements.values(iri, "skos:broader")),
            narrower=tuple(narrower.get(iri, ())),
            topic=_is(statements, iri, "cg:topic"),
        )


def term_id(iri: str) -> str:
    """The id of a term by its IRI: "service:mash"."""
    return iri.removeprefix(THINGS).replace("/", ":", 1)


def _members(statements: Statements) -> dict[str, list[Membership]]:
    members: dict[str, list[Membership]] = {}
    for iri in statements.of_type("cg:Membership"):
        membership = Membership(
            code(statements.value(iri, "org:member") or ""),
            code(statements.value(iri, "cg:standing") or ""),
            code(statements.value(iri, "cg:certainty") or ""),
            statements.value(iri, "cg:source") or "",
        )
        members.setdefault(statements.value(iri, "org:organization") or "", []).append(membership)
    return members


def _spellings(statements: Statements, iri: str) -> Iterator[Spelling]:
    label = () if _is(statements, iri, "cg:silent") else statements.values(iri, "skos:prefLabel")
    cased = statements.values(iri, "cg:exactLabel")
    exact = _is(statements, iri, "cg:exact")
    for text in dict.fromkeys((*label, *statements.values(iri, "skos:altLabel"), *cased)):
        yield Spelling(text, exact=exact or text in cased)
    for text in statements.values(iri, "cg:acronym"):
        yield Spelling(text, acronym=True, exact=True)


def _is(statements: Statements, iri: str, curie: str) -> bool:
    return statements.value(iri, curie) == "true"
