"""Spans by characters: components search the flow's text, and a span is made of tokens."""

from spacy.tokens import Doc, Span

from caregraph.extractors.reading.flow import Reading


def text_of(doc: Doc) -> str:
    """Text of a document: ``doc.text``, which spaCy puts together from its tokens whenever it is asked for."""
    reading: Reading | None = doc.user_data.get("reading")
    return doc.text if reading is None else reading.text


def span_at(doc: Doc, start: int, end: int, *, label: str, id: str = "", kb_id: str = "") -> Span:
    """Make the span of characters ``start`` to ``end`` (exclusive), widened to whole tokens.

    Raises:
        ValueError: if the document has no such characters.
    """
    span = doc.char_span(start, end, label=label, span_id=id, kb_id=kb_id, alignment_mode="expand")
    if span is None:
        raise ValueError(f"no characters {start} to {end} in a document of {len(doc)} tokens")
    return span


def strip_space(span: Span) -> Span:
    """Span without the white space around it; empty if it is nothing else."""
    start, end = span.start, span.end
    while start < end and span.doc[start].is_space:
        start += 1
    while end > start and span.doc[end - 1].is_space:
        end -= 1
    return span.doc[start:end]
