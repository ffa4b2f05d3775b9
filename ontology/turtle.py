"""Fast reader of Turtle: subjects, their properties, and the values in the order written.

rdflib takes a second to import and parse what pyoxigraph reads in 30 ms, and
every command waits for it; so the vocabularies are read here and only the graph room uses rdflib.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from caregraph.ontology.errors import InvalidVocabulary
from caregraph.ontology.iris import ONTOLOGY, THINGS

PREFIXES = {
    "cg": ONTOLOGY,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "id": THINGS,
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def expand(curie: str) -> str:
    """The IRI of a prefixed name such as "skos:prefLabel"."""
    prefix, name = curie.split(":", 1)
    return PREFIXES[prefix] + name


class Statements:
    """The statements of some Turtle files; values are IRIs, blank node names or the characters of a literal."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._values: dict[str, dict[str, list[str]]] = {}
        self._subjects: dict[str, list[str]] = defaultdict(list)
        for path in paths:
            self._read(path)

    def _read(self, path: Path) -> None:
        kind = expand("rdf:type")
        try:
            for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE, without_named_graphs=True):
                subject, predicate, value = _term_text(quad.subject), quad.predicate.value, _term_text(quad.object)
                self._values.setdefault(subject, {}).setdefault(predicate, []).append(value)
                if predicate == kind:
                    self._subjects[value].append(subject)
        except OSError as error:
            raise InvalidVocabulary(path.name, f"cannot be opened: {(error.strerror or 'error').lower()}") from error
        except (SyntaxError, ValueError) as error:
            raise InvalidVocabulary(path.name, f"is no Turtle: {' '.join(str(error).split())}") from error

    def of_type(self, curie: str) -> Iterator[str]:
        """Yield the subjects of a class, in the order written."""
        yield from dict.fromkeys(self._subjects.get(expand(curie), ()))

    def subjects(self) -> Iterator[str]:
        """Yield every subject, in the order written."""
        yield from self._values

    def predicates(self, subject: str) -> dict[str, list[str]]:
        """All values of a subject by the IRI of their property."""
        return self._values.get(subject, {})

    def values(self, subject: str, curie: str) -> tuple[str, ...]:
        """The values of one property, in the order written; empty if there is none."""
        return tuple(self._values.get(subject, {}).get(expand(curie), ()))

    def value(self, subject: str, curie: str) -> str | None:
        """The first value of one property."""
        return next(iter(self.values(subject, curie)), None)

    def members(self, subject: str, curie: str) -> Iterator[str]:
        """Yield the members of the RDF list that is a property's value."""
        node = self.value(subject, curie)
        while node is not None and node != expand("rdf:nil"):
            yield from self.values(node, "rdf:first")
            node = self.value(node, "rdf:rest")


def _term_text(term: NamedNode | BlankNode | Literal) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value
