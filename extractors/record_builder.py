"""Build the record of a document from its spans: offsets into the report as read, with the words themselves."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile

from spacy.tokens import Doc, Span

from caregraph.extractors.documents import boilerplate, due, themes
from caregraph.extractors.documents.authorities import NOTES
from caregraph.extractors.findings.expectations import expectations_in
from caregraph.extractors.missing import MISSING_KEY
from caregraph.extractors.names.references import CONFIDENCE, FINDINGS
from caregraph.extractors.people.people import UNREAD_LEAD
from caregraph.extractors.reading.file_content import MOST_PICTURES
from caregraph.extractors.reading.flow import QuoteFields, Reading
from caregraph.extractors.sharing.sharing import STATEMENTS
from caregraph.ontology.records import (
    Authority,
    Due,
    Finding,
    Focus,
    Judgement,
    Mention,
    Passage,
    Person,
    Record,
    Reference,
    SharingStatement,
    Unread,
)
from caregraph.ontology.report import Report

_UNREAD = "unread"
_TITLE_BLOCKS = 8  # of the report, in which its title stands
_SUBJECT_BLOCKS = 20  # of a letter, in which its subject stands


def build_record(doc: Doc) -> Record:
    """Gather what the components found in a document; ``doc.user_data["reading"]`` is its reading."""
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
            if span.label_ != UNREAD_LEAD
        ),
        mentions=tuple(_mentions(doc)),
        findings=tuple(_findings(doc)),
        references=tuple(_references(doc)),
        sharing=tuple(_sharing(doc)),
        theme_text=tuple(_focuses(doc)),
        due=tuple(_due(doc)),
        unread=tuple(_notes(doc)),
        passages=tuple(_passages(doc)),
        pages=len(report.pages),
        picture_pages=report.picture_pages,
    )


def _quote(reading: Reading, span: Span) -> QuoteFields:
    return reading.quote(span.start_char, span.end_char)


def _labelled(doc: Doc, key: str, label: str) -> Iterator[Span]:
    return (span for span in doc.spans[key] if span.label_ == label)


def _title(reading: Reading) -> str | None:
    """Title as printed: large type on the first page, or a letter’s subject, or the title in the file's metadata."""
    text = reading.text
    titles = [block for block in reading.blocks[:_TITLE_BLOCKS] if block.kind == "title"]
    subject = next((block for block in reading.blocks[:_SUBJECT_BLOCKS] if block.kind == "heading"), None)
    shown = titles or ([subject] if subject else [])
    return " ".join(text[block.start : block.end] for block in shown) or reading.report.title


def _authority(doc: Doc) -> Authority | None:
    """Inspected authority, the first span; its id is the register's name, or it has the printed one."""
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
    mentions = sorted((span.start_char, span.end_char, span.id_) for span in doc.spans["services"])
    for span, confidence, topics in zip(group, group.attrs["confidence"], group.attrs["topics"], strict=True):
        block = reading.block_at(span.start_char)
        yield Finding(
            polarity=span.label_,
            kind=span.id_,
            confidence=round(confidence, 4),
            topics=tuple(topics),
            paragraph=block.paragraph,
            section=block.section,
            involves=_names_inside(mentions, span.start_char, span.end_char),
            expectations=expectations_in(reading.text, span.start_char, span.end_char, block),
            **_quote(reading, span),
        )


def _references(doc: Doc) -> Iterator[Reference]:
    reading: Reading = doc.user_data["reading"]
    group = doc.spans["references"]
    for span, start in zip(group, group.attrs[FINDINGS], strict=True):
        finding, _ = reading.source_span(start, start + 1)
        yield Reference(name=span.id_, finding=finding, confidence=CONFIDENCE[span.label_], **_quote(reading, span))


def _sharing(doc: Doc) -> Iterator[SharingStatement]:
    group = doc.spans["sharing"]
    for span, statement in zip(group, group.attrs[STATEMENTS], strict=True):
        yield SharingStatement(**statement._asdict(), **_quote(doc.user_data["reading"], span))


def _focuses(doc: Doc) -> Iterator[Focus]:
    group = doc.spans[themes.SPANS_KEY]
    for span, named in zip(group, group.attrs[themes.THEMES], strict=True):
        yield Focus(themes=tuple(named), **_quote(doc.user_data["reading"], span))


def _due(doc: Doc) -> Iterator[Due]:
    last = max((last for _, last in _periods(doc)), default=None)
    for span in doc.spans[due.SPANS_KEY]:
        months = int(span.id_)
        by = due.months_after(last, months).isoformat() if last else None
        yield Due(action=span.label_, months=months, rule=span.kb_id_, by=by, **_quote(doc.user_data["reading"], span))


def _names_inside(mentions: list[tuple[int, int, str]], start: int, end: int) -> tuple[str, ...]:
    """Names of the mentions, sorted (start, end, name), that lie between two characters, each once."""
    following = (mentions[index] for index in range(bisect_left(mentions, (start,)), len(mentions)))
    inside = takewhile(lambda mention: mention[0] < end, following)
    return tuple(dict.fromkeys(name for _, mention_end, name in inside if mention_end <= end))


def _notes(doc: Doc) -> Iterator[Unread]:
    """Yield the fields that could not be read, and then the missing ones that are not among them."""
    unread = list(_unread_fields(doc))
    fields = {note.field for note in unread}
    yield from unread
    yield from (note for note in doc.user_data.get(MISSING_KEY, ()) if note.field not in fields)


def _unread_fields(doc: Doc) -> Iterator[Unread]:
    """Yield the fields that the document gives but that could not be read."""
    for span in doc.spans["dates"]:
        if span.label_.startswith(_UNREAD):
            yield Unread(span.label_.removeprefix(f"{_UNREAD}-"), f"{span.id_ or 'cannot read'} {span.text!r}")
    for span in _labelled(doc, "people", UNREAD_LEAD):
        yield Unread("people.lead", f"cannot read {span.text!r}")
    for span in _labelled(doc, "judgements", _UNREAD):
        yield Unread(f"judgements.{span.id_}", f"no grade could be read beside {span.text!r}")
    yield from (Unread("pages", note) for note in _picture_notes(doc.user_data["reading"].report))
    notes = doc.spans["authorities"].attrs.get(NOTES, ())
    yield from (Unread("authority", note) for note in notes)
    for key, field in (("authorities", "authority"), ("kinds", "kind")):
        if not doc.spans[key] and not (notes and field == "authority"):
            yield Unread(field, "not recognised")


def _picture_notes(report: Report) -> Iterator[str]:
    """Yield what is to be said of the pages that are pictures: those that were read, without words, and not read."""
    read = [page.number for page in report.picture_pages if page.lines]
    empty = [page.number for page in report.picture_pages if not page.lines]
    limit = f": at most {MOST_PICTURES} are read" if report.picture_pages else ""
    for pages, of_one, of_many in (
        (read, "was read from a picture: words may be wrong", "were read from pictures: words may be wrong"),
        (empty, "is a picture in which no words were found", "are pictures in which no words were found"),
        (report.pictures, f"is a picture and was not read{limit}", f"are pictures and were not read{limit}"),
    ):
        if pages:
            yield f"page {pages[0]} {of_one}" if len(pages) == 1 else f"pages {_name_numbers(pages)} {of_many}"


def _name_numbers(numbers: Sequence[int]) -> str:
    """Name several numbers in order.

    >>> _name_numbers([1, 2, 4, 5, 6, 9]), _name_numbers([2, 3])
    ('1, 2, 4 to 6 and 9', '2 and 3')
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    names = [name for run in runs for name in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _passages(doc: Doc) -> Iterator[Passage]:
    """Yield every block whose words can be evidence: the imprint and the table of contents cannot."""
    reading: Reading = doc.user_data["reading"]
    kinds = boilerplate.kinds_of_blocks(doc)
    for block in reading.blocks:
        if block.kind not in ("imprint", "contents"):
            kind = kinds.get(block.start)
            quote = reading.quote(block.start, block.end)
            yield Passage(paragraph=block.paragraph, section=block.section, boilerplate=kind, **quote)
