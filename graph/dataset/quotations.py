"""Quotations as RDF: the words of a document, their positions and the passages around them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date

from caregraph.graph.dataset.terms import CG, DCTERMS, IRI, OA, RDF, SKOS, Triple, literal_of
from caregraph.graph.wording import place_of
from caregraph.ontology.iris import passage_iri
from caregraph.ontology.records import Finding, Passage, Quote

NAME_LENGTH = 80  # characters of a passage or finding that serve as its name


class Passages:
    """Passages of a document, by the characters that they hold."""

    def __init__(self, document: IRI, passages: Iterable[Passage]) -> None:
        self.document = document
        self._passages = sorted(passages, key=lambda passage: passage.start)
        self._starts = [passage.start for passage in self._passages]
        self._added: dict[int, Passage] = {}

    def passage_of(self, quote: Quote) -> IRI:
        """Passage in which a quotation begins; where there is none, the quotation's words become a passage."""
        index = bisect_right(self._starts, quote.start) - 1
        if index >= 0 and quote.start < self._passages[index].end:
            return self._iri(self._passages[index])
        words = Passage(
            text=quote.text, page=quote.page, start=quote.start, end=quote.end, from_picture=quote.from_picture
        )
        return self._iri(self._added.setdefault(quote.start, words))

    def quotation(self, iri: IRI, quote: Quote) -> Iterator[Triple]:
        """Yield a quotation with its passage and its document."""
        yield iri, CG.inPassage, self.passage_of(quote)
        yield iri, DCTERMS.source, self.document
        yield from quotation_statements(iri, quote)

    def statements(self) -> Iterator[Triple]:
        """Yield the statements of each passage, also of those that `passage_of` added."""
        for passage in (*self._passages, *self._added.values()):
            iri = self._iri(passage)
            yield iri, RDF.type, CG.Passage
            yield iri, SKOS.prefLabel, literal_of(quotation_name(passage))
            yield iri, DCTERMS.isPartOf, self.document
            yield from optional_statement(iri, CG.fromPicture, passage.from_picture or None)
            yield from optional_statement(iri, CG.boilerplate, passage.boilerplate)
            yield from heading_statements(iri, passage)
            yield from quotation_statements(iri, passage)

    def _iri(self, passage: Passage) -> IRI:
        return IRI(passage_iri(self.document, passage.start))


def quotation_statements(iri: IRI, quote: Quote) -> Iterator[Triple]:
    """Yield the words of a quotation and their position: characters from 0, end exclusive, and the page.

    No words, where the record has none.
    """
    yield from optional_statement(iri, OA.exact, quote.text or None)
    yield iri, OA.start, literal_of(quote.start)
    yield iri, OA.end, literal_of(quote.end)
    yield iri, CG.page, literal_of(quote.page)


def heading_statements(iri: IRI, quote: Finding | Passage) -> Iterator[Triple]:
    """Yield the paragraph's number and the section's heading, where the document gives them."""
    yield from optional_statement(iri, CG.paragraph, quote.paragraph)
    yield from optional_statement(iri, CG.section, quote.section)


def optional_statement(subject: IRI, predicate: IRI, value: str | int | float | date | None) -> Iterator[Triple]:
    """Yield a statement, unless its value is None."""
    if value is not None:
        yield subject, predicate, literal_of(value)


def quotation_name(quote: Finding | Passage) -> str:
    """Name of a finding or passage: its first words, or its place where the record has no words."""
    return first_words(quote.text) if quote.text else place_of(quote.page, quote.paragraph)


def first_words(text: str) -> str:
    """First words of a text as a name, at most `NAME_LENGTH` characters."""
    words = " ".join(text.split())
    return words if len(words) <= NAME_LENGTH else words[: NAME_LENGTH - 1].rsplit(" ", 1)[0] + "…"
