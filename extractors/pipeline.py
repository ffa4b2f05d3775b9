"""The components in order, and what they found as records.

``documents`` runs one spaCy pipeline over the flow of each report; each
component leaves its findings in ``doc.spans`` under its own name and says in
its module what its labels and ids mean. ``record_of`` turns the spans into a
record: offsets into the report as read, with the words themselves.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from caregraph.extractors import sentences
from caregraph.extractors.dates import dates
from caregraph.extractors.documents import authorities, kinds
from caregraph.extractors.findings import findings
from caregraph.extractors.judgements import judgements
from caregraph.extractors.names import services
from caregraph.extractors.people import people
from caregraph.extractors.reading.flow import Reading, Words
from caregraph.ontology.records import Authority, Finding, Judgement, Mention, Passage, Person, Record, Unread
from caregraph.ontology.vocabulary import Vocabulary

_COMPONENTS = (sentences, kinds, dates, authorities, judgements, people, services, findings)
_UNREAD = "unread"


def make_pipeline(vocabulary: Vocabulary) -> Language:
    """A blank English pipeline with our components in order, given the vocabulary's spellings."""
    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000  # characters; the default is for models whose memory grows with the text
    for module in _COMPONENTS:
        module.add_to(nlp, vocabulary)
    return nlp


def version(vocabulary: Vocabulary) -> str:
    """Names everything that a record depends on besides its document: a digest of the code of the extractors,
    their weights, and what of the vocabulary they are given. Who is a member of what is not among it."""
    told = _Told()
    for module in _COMPONENTS:
        module.add_to(told, vocabulary)
    return hashlib.sha256(f"{_code()} {told.configs}".encode()).hexdigest()[:16]


class _Told:
    """Stands in for a pipeline, which takes a second to make, to hear what its components would be given."""

    def __init__(self) -> None:
        self.configs: list[object] = []

    def add_pipe(self, factory: str, *, config: object = None) -> None:
        self.configs.append((factory, config))


@cache
def _code() -> str:
    digest = hashlib.sha256()
    extractors, words = Path(__file__).parent, Path(__file__).parents[1] / "ontology"
    for path in sorted((*extractors.rglob("*"), *words.rglob("*.py"))):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def document(nlp: Language, reading: Reading) -> Doc:
    """Run the components over one report. ``doc.text`` is the reading's flow."""
    doc = nlp.make_doc(reading.text)
    doc.user_data["reading"] = reading
    return nlp(doc)


def extract(nlp: Language, readings: Iterable[Reading]) -> Iterator[Record]:
    """Turn readings into records, one at a time."""
    for reading in readings:
        yield record_of(document(nlp, reading))


def record_of(doc: Doc) -> Record:
    """Gather what the components found in a document."""
    reading: Reading = doc.user_data["reading"]
    report = reading.report
    return Record(
        source=report.source,
        sha256=report.sha256,
        title=_title(reading),
        kind=next((span.label_ for span in doc.spans["kinds"]), None),
        authority=_authority(doc),
        inspected=tuple(_periods(doc)),
        published=next((date.fromisoformat(span.id_) for span in _labelled(doc, "dates", "published")), None),
        judgements=tuple(
            Judgement(area=span.label_, grade=span.id_, **_quote(reading, span))
            for span in doc.spans["judgements"]
            if span.label_ != _UNREAD
        ),
        people=tuple(
            Person(name=span.id_, role=span.label_, **_quote(reading, span))
            for span in doc.spans["people"]
            if span.label_ != people.UNREAD_LEAD
        ),
        mentions=tuple(_mentions(doc)),
        findings=tuple(_findings(doc)),
        unread=tuple(_unread(doc)),
        passages=tuple(_passages(reading)),
        pages=len(report.pages),
    )


def _quote(reading: Reading, span: Span) -> Words:
    return reading.quote(span.start_char, span.end_char)


def _labelled(doc: Doc, key: str, label: str) -> Iterator[Span]:
    return (span for span in doc.spans[key] if span.label_ == label)


def _title(reading: Reading) -> str | None:
    """The title as printed: large type on the first page, or a letter’s subject, or what the file says of itself."""
    text = reading.text
    titles = [block for block in reading.blocks[:8] if block.kind == "title"]
    subject = next((block for block in reading.blocks[:20] if block.kind == "heading"), None)
    shown = titles or ([subject] if subject else [])
    return " ".join(text[block.start : block.end] for block in shown) or reading.report.title


def _authority(doc: Doc) -> Authority | None:
    """The first span is the inspected authority; its id is the register's name, or the printed one."""
    for span in doc.spans["authorities"]:
        return Authority(span.id_ or span.text, span.kb_id_ or None)
    return None


def _periods(doc: Doc) -> Iterator[tuple[date, date]]:
    periods = dict.fromkeys(span.id_ for span in _labelled(doc, "dates", "inspected"))
    for period in sorted(periods):
        first, last = period.split("/")
        yield date.fromisoformat(first), date.fromisoformat(last)


def _mentions(doc: Doc) -> Iterator[Mention]:
    group = doc.spans["services"]
    for span, aliases in zip(group, group.attrs["aliases"], strict=True):
        yield Mention(
            name=span.id_,
            type=span.label_,
            term=span.kb_id_ or None,
            aliases=tuple(aliases),
            **_quote(doc.user_data["reading"], span),
        )


def _findings(doc: Doc) -> Iterator[Finding]:
    reading: Reading = doc.user_data["reading"]
    group = doc.spans["findings"]
    named = sorted((span.start_char, span.end_char, span.id_) for span in doc.spans["services"])
    for span, confidence, topics in zip(group, group.attrs["confidence"], group.attrs["topics"], strict=True):
        block = reading.block_at(span.start_char)
        inside = (name for start, end, name in named if span.start_char <= start and end <= span.end_char)
        yield Finding(
            polarity=span.label_,
            kind=span.id_,
            confidence=round(confidence, 4),
            topics=tuple(topics),
            paragraph=block.paragraph,
            section=block.section,
            involves=tuple(dict.fromkeys(inside)),
            **_quote(reading, span),
        )


def _unread(doc: Doc) -> Iterator[Unread]:
    for span in doc.spans["dates"]:
        if span.label_.startswith(_UNREAD):
            yield Unread(span.label_.removeprefix(f"{_UNREAD}-"), f"cannot read {span.text!r}")
    for span in _labelled(doc, "people", people.UNREAD_LEAD):
        yield Unread("people.lead", f"cannot read {span.text!r}")
    for span in _labelled(doc, "judgements", _UNREAD):
        yield Unread(f"judgements.{span.id_}", f"no grade could be read beside {span.text!r}")
    for key, field in (("authorities", "authority"), ("kinds", "kind")):
        if not doc.spans[key]:
            yield Unread(field, "not recognised")


def _passages(reading: Reading) -> Iterator[Passage]:
    """Every block whose words can be evidence: the imprint and the table of contents cannot."""
    for block in reading.blocks:
        if block.kind not in ("imprint", "contents"):
            yield Passage(paragraph=block.paragraph, section=block.section, **reading.quote(block.start, block.end))
