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
from caregraph.extractors.people import inspectors, leaders, prose
from caregraph.extractors.people.inspectors import PersonMention
from caregraph.extractors.people.person_names import normalized_name, person_key
from caregraph.extractors.reading.printed_lines import printed_lines
from caregraph.extractors.spans import span_at, text_of
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "people"
UNREAD_LEAD = "unread-lead"

_OPENING = 5000  # characters in which a document names its inspectors
_VISITS = frozenset({"focused-visit", "monitoring-visit"})  # whose letters go to the director
_LETTERS = _VISITS | {"jtai"}
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
    kind = next((span.label_ for span in doc.spans.get("kinds", ())), "")
    if kind == NEWS:
        yield from leaders.leaders_in_news(text)
        return
    columns = list(inspectors.inspectors_in_columns(text))
    yield from columns or inspectors.inspectors_in_lists(text)
    yield from inspectors.inspectors_in_sentences(text[:_OPENING])
    yield from inspectors.signatories(text)
    yield from leaders.leaders_in_apposition(text)
    head = leaders.end_of_letterhead(text[:_OPENING])
    lines = printed_lines(doc, 0, head)
    yield from leaders.addressees(text, lines)
    if kind in _VISITS:
        yield from leaders.greeted(text, lines, head)
    if kind in _LETTERS:
        yield from prose.people_in_prose(text, head, inspectors.closing_words(text), council_alone=kind in _VISITS)
    yield from leaders.listed_contacts(text, printed_lines(doc, *leaders.contact_table(text)))
