"""People: inspectors, and leaders whom the document names, each with the role it gives.

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
from caregraph.extractors.people.inspectors import PersonMention
from caregraph.extractors.people.person_names import normalized_name, person_key
from caregraph.extractors.reading.printed_lines import printed_lines
from caregraph.extractors.spans import span_at, text_of
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "people"
UNREAD_LEAD = "unread-lead"

_OPENING = 5000  # characters in which a document names its inspectors
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
        names: dict[tuple[int, int], str] = {}
        for start, end, role in sorted(_mentions(doc, text)):
            name = names[start, end] = normalized_name(text[start:end])
            key = person_key(name)
            roles[key] = min(roles.get(key, role), role, key=_RANKS.index)
        for (start, end), name in names.items():
            yield span_at(doc, start, end, label=roles[person_key(name)], id=name)
        if inspectors.LEAD not in roles.values():
            for start, end in inspectors.lead_inspector_lines(text[:_OPENING]):
                yield span_at(doc, start, end, label=UNREAD_LEAD)


def _mentions(doc: Doc, text: str) -> Iterator[PersonMention]:
    """Yield the people in the parts of the document where one of its kind names them."""
    if any(span.label_ == NEWS for span in doc.spans.get("kinds", ())):
        yield from leaders.leaders_in_news(text)
        return
    columns = list(inspectors.inspectors_in_columns(text))
    yield from columns or inspectors.inspectors_in_lists(text)
    yield from inspectors.inspectors_in_sentences(text[:_OPENING])
    yield from inspectors.signatories(text)
    yield from leaders.leaders_in_apposition(text)
    yield from leaders.addressees(text, printed_lines(doc, 0, leaders.end_of_letterhead(text[:_OPENING])))
    yield from leaders.listed_contacts(text, printed_lines(doc, *leaders.contact_table(text)))
