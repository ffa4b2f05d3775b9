"""Page docs/ontology.md, written from the Turtle files by ``python -m caregraph.ontology.docs``."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from caregraph.ontology.register import code
from caregraph.ontology.schema import ClassTerm, PropertyTerm, Schema, curie, load_schema
from caregraph.ontology.thesaurus import TYPES, ConceptTerm
from caregraph.ontology.turtle import Statements, expand
from caregraph.ontology.vocabulary import FILES, Vocabulary, load_vocabulary

PAGE = Path(__file__).resolve().parents[1] / "docs" / "ontology.md"
OPENING = """\
# The ontology

<!-- Written by `python -m caregraph.ontology.docs` from `ontology/*.ttl`: change those, then run it. -->

What the graph can say. Classes and properties carry their RDF names (`cg:` is `https://w3id.org/caregraph/ontology#`)
and, where they reach Neo4j, the label, relationship type or property key that they become there. Every node has `iri`,
which is unique, and `name`. A relationship made from a class has properties of its own; it carries the words that prove
it, with their page and place, if that class is a kind of `cg:Quotation`.
"""


def ontology_page(schema: Schema, vocabulary: Vocabulary, statements: Statements) -> str:
    """Make the page in Markdown."""
    parts = (
        [OPENING],
        _section("In one drawing", _drawing(schema)),
        _section("Nodes", _nodes(schema)),
        _section("Relationships", _relationships(schema)),
        _section("Properties", _properties(schema)),
        _section("What stays in RDF", _rdf_only(schema)),
        _section("Schemes", _schemes(statements)),
        _section("Frameworks", _frameworks(vocabulary)),
        _section("Concepts", _concepts(vocabulary)),
        _section("Named things", _things(vocabulary)),
        _section("Annotations", _annotations(statements)),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"## {heading}\n"
    yield from lines
    yield ""


def _drawing(schema: Schema) -> Iterator[str]:
    things = [term.label for term in schema.classes.values() if expand("cg:NamedThing") in term.broader]
    yield "```mermaid\nflowchart LR"
    yield f'    NamedThing["{", ".join(things)}"]'
    for term in _related(schema):
        yield f"    {_local_name(term.starts_at)} -->|{term.relationship_type}| {_local_name(term.ends_at)}"
    yield "```"


def _nodes(schema: Schema) -> Iterator[str]:
    for term in schema.classes.values():
        if term.neo4j_label:
            searched = ", ".join(filter(None, (_key(schema, iri) for iri in term.searchable)))
            yield f"### {term.neo4j_label}\n"
            yield f"{term.definition} `{curie(term.iri)}`{_is_a(term)}."
            yield f"Full-text search reads {searched}.\n" if searched else ""


def _relationships(schema: Schema) -> Iterator[str]:
    yield from _table("Type", "From", "To", "RDF", "Meaning")
    for term in sorted(_related(schema), key=lambda term: term.relationship_type or ""):
        ends = (_local_name(term.starts_at), _local_name(term.ends_at))
        yield _row(f"`{term.relationship_type}`", *ends, f"`{curie(term.iri)}`", term.definition)


def _properties(schema: Schema) -> Iterator[str]:
    yield from _table("Key", "Of", "Value", "RDF", "Meaning")
    for term in sorted(schema.properties.values(), key=lambda term: term.key or ""):
        if term.key:
            value = _local_name(term.range) + (", several" if term.list else "")
            yield _row(
                f"`{term.key}`", _local_name(term.domain) or "any", value, f"`{curie(term.iri)}`", term.definition
            )


def _rdf_only(schema: Schema) -> Iterator[str]:
    related = {term.iri for term in _related(schema)}
    yield from _table("Term", "Meaning")
    for term in schema.classes.values():
        if not term.neo4j_label and term.iri not in related:
            yield _row(f"`{curie(term.iri)}`", term.definition)
    for property_term in schema.properties.values():
        if not property_term.key and property_term.iri not in related:
            yield _row(f"`{curie(property_term.iri)}`", property_term.definition)


def _schemes(statements: Statements) -> Iterator[str]:
    members: dict[str, list[str]] = {}
    for iri in statements.subjects():
        for scheme in statements.values(iri, "skos:inScheme"):
            members.setdefault(scheme, []).append(iri)
    for scheme in statements.of_type("skos:ConceptScheme"):
        yield f"### {statements.value(scheme, 'skos:prefLabel')}\n"
        yield f"{statements.value(scheme, 'skos:definition')}\n"
        if any(statements.value(iri, "skos:notation") for iri in members[scheme]):
            yield from _table("Id", "Name", "Meaning")
            for iri in members[scheme]:
                words = [statements.value(iri, name) or "" for name in ("skos:prefLabel", "skos:definition")]
                yield _row(f"`{code(iri)}`", *words)
            yield ""


def _frameworks(vocabulary: Vocabulary) -> Iterator[str]:
    yield from _table("Framework", "Kind", "From", "To", "Areas it judges", "Grades")
    for term in sorted(vocabulary.frameworks, key=lambda term: term.start):
        areas = ", ".join(f"`{area.id}`{f' until {area.end}' if area.end else ''}" for area in term.areas)
        grades = ", ".join(f"`{grade.id}`" for grade in term.grades)
        yield _row(term.label, f"`{term.kind}`", str(term.start), str(term.end or ""), areas, grades)


def _concepts(vocabulary: Vocabulary) -> Iterator[str]:
    yield "Those in bold are the topics that findings are labelled with.\n"
    for term in vocabulary.concepts:
        if not term.broader:
            yield from _branch(vocabulary, term, depth=0)


def _branch(vocabulary: Vocabulary, term: ConceptTerm, *, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}- {f'**{term.label}**' if term.topic else term.label} (`{term.id}`): {term.definition}"
    for narrower in term.narrower:
        yield from _branch(vocabulary, vocabulary.concept(narrower), depth=depth + 1)


def _things(vocabulary: Vocabulary) -> Iterator[str]:
    yield "Of a local thing each council has its own. Spellings, members and hosts are in `services.ttl`.\n"
    for kind in TYPES:
        for scope in ("national", "regional", "local"):
            names = [term.label for term in vocabulary.things if (term.type, term.scope) == (kind, scope)]
            if names:
                listed = ", ".join(sorted(names, key=str.casefold))
                yield f"**{kind.capitalize()}, {scope} ({len(names)}):** {listed}.\n"


def _annotations(statements: Statements) -> Iterator[str]:
    yield from _table("Annotation", "Meaning")
    for iri in statements.of_type("owl:AnnotationProperty"):
        yield _row(f"`{curie(iri)}`", statements.value(iri, "skos:definition") or "")


def _related(schema: Schema) -> Iterator[ClassTerm | PropertyTerm]:
    """Terms that become relationships."""
    terms: list[ClassTerm | PropertyTerm] = [*schema.properties.values(), *schema.classes.values()]
    return (term for term in terms if term.relationship_type)


def _key(schema: Schema, iri: str) -> str | None:
    key = schema.properties[iri].key
    return f"`{key}`" if key else None


def _is_a(term: ClassTerm) -> str:
    return f", a kind of {', '.join(f'`{curie(iri)}`' for iri in term.broader)}" if term.broader else ""


def _local_name(iri: str | None) -> str:
    """The name of a class or datatype without its prefix; empty for none."""
    return curie(iri).split(":", 1)[-1] if iri else ""


def _table(*heads: str) -> tuple[str, str]:
    return _row(*heads), _row(*("---" for _ in heads))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def write_page() -> None:
    """Write the page where the repository keeps it."""
    page = ontology_page(load_schema(), load_vocabulary(), Statements(FILES))
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    write_page()
