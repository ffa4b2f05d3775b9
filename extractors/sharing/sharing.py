"""Sharing: what the sentences of a report say of things that councils share.

Reads doc.spans["authorities"] and doc.spans["dates"]. Writes doc.spans["sharing"]: a span for each statement, which is
the sentence that makes it, its label the relation. The group's attribute "statements" has, span for span, the thing,
its name and type, the partners, the host and the time.
"""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from caregraph.extractors.documents.council_names import Spelling, spellings_of
from caregraph.extractors.reading.flow import PROSE, Reading
from caregraph.extractors.sharing.grammar import SharingGrammar, Statement
from caregraph.extractors.sharing.partners import Council, PartnerReader
from caregraph.extractors.sharing.recall import KnownThings
from caregraph.extractors.spans import span_at, text_of
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "sharing"
STATEMENTS = "statements"
_ADOPTION_AGENCY, _COMPANY = "agency:regional-adoption-agency", "agency:childrens-trust-company"
_LONGEST = 2000  # characters of a sentence that is read; a longer one is a table or a list that ran together


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component, with the spellings of the register, of regional adoption agencies and of councils' trusts."""
    nlp.add_pipe("sharing", config={"spellings": spellings_of(vocabulary), **names_of_agencies(vocabulary)})


def names_of_agencies(vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Names of the regional adoption agencies, and of the trusts and companies of councils."""
    return {"agencies": _names_of(vocabulary, _ADOPTION_AGENCY), "companies": _names_of(vocabulary, _COMPANY)}


@Language.factory(
    "sharing",
    requires=["doc.spans", "doc.sents"],
    assigns=["doc.spans"],
    default_config={"spellings": [], "agencies": [], "companies": []},
)
def make_sharing(
    nlp: Language, name: str, spellings: list[Spelling], agencies: list[str], companies: list[str]
) -> "SharingExtractor":
    """``spellings`` are the register's; ``agencies`` and ``companies`` names of organisations that councils share."""
    return SharingExtractor(spellings, agencies=agencies, companies=companies)


class SharingExtractor:
    """Read each sentence of prose that has a word of sharing or the name of another council in it."""

    def __init__(self, spellings: Iterable[Spelling], *, agencies: Iterable[str], companies: Iterable[str]) -> None:
        self._grammar = SharingGrammar(PartnerReader(spellings, agencies=agencies, companies=companies))

    def __call__(self, doc: Doc) -> Doc:
        found = list(self.find(doc))
        doc.spans[SPANS_KEY] = [span for span, _ in found]
        doc.spans[SPANS_KEY].attrs[STATEMENTS] = tuple(statement for _, statement in found)
        return doc

    def find(self, doc: Doc) -> Iterator[tuple[Span, Statement]]:
        """Yield the statements in reading order, each with its sentence, leaving ``doc`` as it was."""
        council = _council_of(doc)
        known = KnownThings()
        before = ""
        for start, end in _sentences(doc):
            sentence = text_of(doc)[start:end]
            if len(sentence) <= _LONGEST:
                statements = self._grammar.read(sentence, before, council) or known.recall(sentence)
                known.add(statements)
                for statement in statements:
                    yield span_at(doc, start, end, label=statement.relation), statement
            before = sentence[:_LONGEST]


def _council_of(doc: Doc) -> Council:
    name = next((span.id_ or span.text for span in doc.spans.get("authorities", ())), "")
    period = next((span.id_ for span in doc.spans.get("dates", ()) if span.label_ == "inspected"), "")
    return Council(name, period[-len("2000-01-01") :])


def _sentences(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the characters of each sentence of prose, without the space around it."""
    reading: Reading | None = doc.user_data.get("reading")
    text = text_of(doc)
    for span in doc.sents:
        sentence = text[span.start_char : span.end_char]
        start = span.start_char + len(sentence) - len(sentence.lstrip())
        if sentence.strip() and (reading is None or reading.block_at(start).kind in PROSE):
            yield start, start + len(sentence.strip())


def _names_of(vocabulary: Vocabulary, kind: str) -> list[str]:
    return [name.text for term in vocabulary.things if term.kind == kind for name in term.spellings]
