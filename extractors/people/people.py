"""People: who inspected, and whom the document names as leaders, each with the role it gives.

Reads doc.spans["kinds"]. Writes doc.spans["people"]: spans over the name as
printed, without title or letters; the label is the role, the id the name. One
person has one role, the highest that the document gives; every place that
says so is kept. Nothing else about a person is taken. A lead inspector who is
announced but cannot be read has the label "unread-lead".
"""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from caregraph.extractors.documents.kinds import NEWS
from caregraph.extractors.people import inspectors, leaders
from caregraph.extractors.people.inspectors import Named
from caregraph.extractors.people.person_names import key, plain
from caregraph.extractors.reading.printed_lines import printed_lines
from caregraph.extractors.spans import span_at, text_of
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "people"
UNREAD_LEAD = "unread-lead"

_OPENING = 5000  # characters in which a document tells who inspected
_RANKS = ("director", "lead", "dcs", "lead-member", "chief-executive", "lscb-chair", "inspector", "other")


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component; people are in no vocabulary."""
    nlp.add_pipe("people")


@Language.factory("people", requires=["doc.spans"], assigns=["doc.spans"])
def make_people(nlp: Language, name: str) -> "PersonExtractor":
    return PersonExtractor()


class PersonExtractor:
    """Look for people where a document of its kind names them."""

    def __call__(self, doc: Doc) -> Doc:
        doc.spans[SPANS_KEY] = list(self.find(doc))
        return doc

    def find(self, doc: Doc) -> Iterator[Span]:
        """Yield people in reading order, leaving ``doc`` as it was."""
        text = text_of(doc)
        roles: dict[tuple[str, str], str] = {}
        places: dict[tuple[int, int], str] = {}
        for start, end, role in sorted(_named(doc, text)):
            name = places[start, end] = plain(text[start:end])
            roles[key(name)] = min(roles.get(key(name), role), role, key=_RANKS.index)
        for (start, end), name in places.items():
            yield span_at(doc, start, end, label=roles[key(name)], id=name)
        if inspectors.LEAD not in roles.values():
            for start, end in inspectors.unread(text[:_OPENING]):
                yield span_at(doc, start, end, label=UNREAD_LEAD)


def _named(doc: Doc, text: str) -> Iterator[Named]:
    if any(span.label_ == NEWS for span in doc.spans.get("kinds", ())):
        yield from leaders.reported(text)
        return
    columns = list(inspectors.columns(text))
    yield from columns or inspectors.listed(text)
    yield from inspectors.told(text[:_OPENING])
    yield from inspectors.signed(text)
    yield from leaders.mentioned(text)
    yield from leaders.addressed(text, printed_lines(doc, 0, leaders.above_salutation(text[:_OPENING])))
    yield from leaders.contacted(text, printed_lines(doc, *leaders.contacts(text)))
