"""Words of a document as RDF: where they stand, and the passage that holds them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from rdflib import DCTERMS, RDF, SKOS, Literal, Namespace, URIRef
from rdflib.term import Node

from caregraph.graph.dataset.sparql import XSD
from caregraph.ontology.iris import passage_iri
from caregraph.ontology.records import Finding, Passage, Quote
from caregraph.ontology.schema import cg

Triple = tuple[Node, Node, Node]
INTEGER = URIRef(f"{XSD}integer")
OA = Namespace("http://www.w3.org/ns/oa#")
NAME_LENGTH = 80  # characters of a passage or finding that serve as its name


class Ours:
    """Our own terms by name, checked against the ontology: ``CG.gave``."""

    def __getattr__(self, name: str) -> URIRef:
        if name.startswith("_"):  # Python asks for such names; no term begins so
            raise AttributeError(name)
        term = URIRef(cg(name))
        setattr(self, name, term)
        return term


CG = Ours()


class Passages:
    """The passages of a document, found by the characters they hold."""

    def __init__(self, document: URIRef, passages: Iterable[Passage]) -> None:
        self._document = document
        self._passages = sorted(passages, key=lambda passage: passage.start)
        self._starts = [passage.start for passage in self._passages]
        self._unprinted: dict[int, Passage] = {}

    def holding(self, quote: Quote) -> URIRef:
        """The passage in which a quotation begins; where there is none, its words are one of their own."""
        index = bisect_right(self._starts, quote.start) - 1
        if index >= 0 and quote.start < self._passages[index].end:
            return self._iri(self._passages[index])
        alone = Passage(text=quote.text, page=quote.page, start=quote.start, end=quote.end)
        return self._iri(self._unprinted.setdefault(quote.start, alone))

    def statements(self) -> Iterator[Triple]:
        """Each passage, those that quotations needed included."""
        for passage in (*self._passages, *self._unprinted.values()):
            iri = self._iri(passage)
            yield iri, RDF.type, CG.Passage
            yield iri, SKOS.prefLabel, Literal(first_words(passage.text))
            yield iri, DCTERMS.isPartOf, self._document
            yield from numbered(iri, passage)
            yield from quoted(iri, passage)

    def _iri(self, passage: Passage) -> URIRef:
        return URIRef(passage_iri(self._document, passage.start))


def quoted(iri: URIRef, quote: Quote) -> Iterator[Triple]:
    yield iri, OA.exact, Literal(quote.text)
    yield iri, OA.start, integer(quote.start)
    yield iri, OA.end, integer(quote.end)
    yield iri, CG.page, integer(quote.page)


def numbered(iri: URIRef, quote: Finding | Passage) -> Iterator[Triple]:
    yield from maybe(iri, CG.paragraph, quote.paragraph)
    yield from maybe(iri, CG.section, quote.section)


def maybe(subject: URIRef, predicate: URIRef, value: object | None) -> Iterator[Triple]:
    if value is not None:
        yield subject, predicate, Literal(value)


def integer(number: int) -> Literal:
    return Literal(str(number), datatype=INTEGER, normalize=False)


def first_words(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= NAME_LENGTH else words[: NAME_LENGTH - 1].rsplit(" ", 1)[0] + "…"
