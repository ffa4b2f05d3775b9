"""Form fields: what was typed into a page's form goes behind the labels that it stands beside."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from caregraph.extractors.reading.pdf.upright_text import UprightText, measure, origin
from caregraph.extractors.reading.raw_page import RawLine
from caregraph.ontology.report import Line

_SAME_HEIGHT = 2.5  # points: what was typed at heights so near may be one line
_FIELD = 0.7  # of the type size: what was typed into a field stands so much higher or lower than its label, at most


def has_fields(page: pypdfium2.PdfPage) -> bool:
    for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, number)
        subtype = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if subtype == pdfium.FPDF_ANNOT_WIDGET:
            return True
    return False


def printed_characters(document: pypdfium2.PdfDocument, index: int) -> int | None:
    """Number of the characters of a page that has a form, without those typed into it; None if it has none."""
    if not document.formenv or not has_fields(page := document[index]):
        return None
    return int(page.get_textpage().count_chars())


def part_by_height(upright: UprightText, text: str, line: RawLine, printed: int) -> Iterator[RawLine]:
    """Yield the parts of a line that stand at one height each: PDFium joins what was typed into several fields."""
    start, end = line.start, line.start + line.length
    for place in range(max(start, printed) + 1, end):
        if text[place - 1] == " " and abs(origin(upright, place)[1] - origin(upright, start)[1]) > _SAME_HEIGHT:
            measured = measure(upright, start, text[start : place - 1], line.line.page)
            yield RawLine(start, place, place - 1 - start, measured)
            start = place
    measured = line.line if start == line.start else measure(upright, start, text[start:end], line.line.page)
    yield RawLine(start, line.stop, end - start, measured)


def put_beside_labels(lines: Sequence[RawLine], printed: int) -> Iterator[RawLine]:
    """Yield lines in order, each that was typed into a form behind the printed one beside it, or the last one above it.

    Args:
        printed: number of the characters that were not typed.
    """
    labels = [line for line in lines if line.start < printed]
    typed: dict[int, list[RawLine]] = {}
    for field in lines[len(labels) :]:
        beside = [index for index, label in enumerate(labels) if _is_beside(label.line, field.line)]
        above = [index for index, label in enumerate(labels) if label.line.baseline > field.line.baseline]
        if beside:  # a row of text
            field = replace(field, line=replace(field.line, baseline=labels[beside[-1]].line.baseline))
        typed.setdefault((beside or above or [len(labels) - 1])[-1], []).append(field)
    for index, label in enumerate(labels):
        yield label
        yield from sorted(typed.pop(index, []), key=lambda field: (-field.line.baseline, field.line.left))
    yield from (field for fields in typed.values() for field in fields)


def _is_beside(label: Line, field: Line) -> bool:
    return label.size > 0 and abs(label.baseline - field.baseline) < _FIELD * label.size and label.left < field.left
