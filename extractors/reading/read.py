"""Read a report file. The bytes tell the medium, never the file's name."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from caregraph.extractors.reading.characters import decode, make_lines
from caregraph.extractors.reading.columns import lines_by_column
from caregraph.extractors.reading.file_content import read_content
from caregraph.extractors.reading.formats.html import is_page, is_part_of_page, parse_html, read_html
from caregraph.extractors.reading.formats.mail import is_mail, read_mail, without_headers
from caregraph.extractors.reading.formats.markdown import count_marks, read_markdown
from caregraph.extractors.reading.formats.markup import markup_lines
from caregraph.extractors.reading.formats.office import open_package
from caregraph.extractors.reading.formats.opendocument import (
    MEDIA_TYPE,
    is_flat_opendocument,
    read_flat_opendocument,
    read_opendocument,
)
from caregraph.extractors.reading.formats.refused import reason_to_refuse, reason_to_refuse_text
from caregraph.extractors.reading.formats.word import BODY, read_word
from caregraph.extractors.reading.furniture import line_roles
from caregraph.extractors.reading.pdf.read_pdf import read_pdf
from caregraph.extractors.reading.raw_page import MarkedLine, RawPage, single_page
from caregraph.ontology.errors import UnreadableReport
from caregraph.ontology.report import Line, Media, Page, PicturePage, Piece, Report

_SNIFF = 4096  # bytes in which a PDF's first mark must stand
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


class _Document(NamedTuple):
    """Medium of a file, its own title, which may be missing, and its pages."""

    media: Media
    title: str | None
    pages: Sequence[RawPage]


def read_report(path: Path) -> Report:
    """Read a PDF, a web page, a text, which may be Markdown, a Word or OpenDocument text, or a mail that is a letter.

    Raises:
        UnreadableReport: if the file cannot be opened, is empty, encrypted,
            cut short, holds only pictures, is an error page, or is of another
            kind. The message says which, and what to do.
    """
    return report_from_bytes(path.name, read_content(path))


def report_from_bytes(source: str, content: bytes, picture_pages: Sequence[PicturePage] | None = None) -> Report:
    """Read a report from memory, such as an upload; ``source`` names it in messages. Raises as ``read_report``.

    Args:
        picture_pages: what was read from pictures of its pages before, if they were looked at: none is read again.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise UnreadableReport(source, "is empty")
    document = _read(source, content, picture_pages)
    if not any(page.text.strip() for page in document.pages):
        raise UnreadableReport(source, "has no words in it")
    return _assemble(source, hashlib.sha256(content).hexdigest(), document)


def report_from_text(source: str, text: str) -> Report:
    """Read a report from plain text that is already decoded."""
    return report_from_bytes(source, text.encode())


def _read(source: str, content: bytes, picture_pages: Sequence[PicturePage] | None) -> _Document:
    if reason := reason_to_refuse(content):
        raise UnreadableReport(source, reason)
    if content.startswith(_ZIP):
        return _read_package(source, content)
    if is_mail(content):
        return _read_mail(source, content)
    if b"%PDF-" in content[:_SNIFF]:
        return _Document("pdf", *read_pdf(source, content, picture_pages))
    return _read_text(source, decode(source, content))


def _read_package(source: str, content: bytes) -> _Document:
    package = open_package(source, content)
    if any(map(BODY.fullmatch, package.parts)):
        return _Document("word", None, [single_page(read_word(source, package.parts))])
    if package.media_type.startswith(MEDIA_TYPE):
        return _Document("opendocument", None, [single_page(read_opendocument(source, package.parts))])
    raise UnreadableReport(source, package.reason_to_refuse)


def _read_mail(source: str, content: bytes) -> _Document:
    """Read a mail: its subject is the letter's heading, and no header of it or of an earlier mail is in the text."""
    letter = read_mail(source, content)
    if letter.is_page:
        return _Document("html", *read_html(source, letter.text))
    lines: list[MarkedLine]
    if letter.language == "html":
        lines = markup_lines(parse_html(source, letter.text), paragraph_mark="")
    else:
        lines = [(line, "") for line in make_lines(letter.text)]
    subject: list[MarkedLine] = [(letter.subject, "heading")] if letter.subject else []
    return _Document(letter.language, letter.subject, [single_page([*subject, *without_headers(lines)])])


def _read_text(source: str, text: str) -> _Document:
    if is_page(text):
        return _Document("html", *read_html(source, text))
    if is_flat_opendocument(text):
        return _Document("opendocument", None, [single_page(read_flat_opendocument(source, text))])
    if reason := reason_to_refuse_text(text):
        raise UnreadableReport(source, reason)
    lines = make_lines(text)
    text = "\n".join(lines)
    marks = count_marks(text)
    if is_part_of_page(text, marks):
        return _Document("html", *read_html(source, text))
    if marks:
        return _Document("text", *read_markdown(source, text))
    plain: Iterable[MarkedLine] = ((line, "") for line in lines_by_column(lines))
    if "Subject:" in text:  # a mail that was copied into a text
        plain = without_headers(plain, sent=True)
    return _Document("text", None, [single_page(plain)])


def _assemble(source: str, sha256: str, document: _Document) -> Report:
    """Put the bodies first, then the footnotes, then the furniture, and remember where each line came from."""
    media, title, pages = document
    roles = line_roles(pages)
    text: list[str] = []
    lines: list[Line] = []
    pieces: dict[int, list[Piece]] = {page.number: [] for page in pages}
    ends: list[int] = []
    length = 0
    for role in ("body", "note", "furniture"):
        for page in pages:
            runs = pieces[page.number]
            for raw, role_of_line in zip(page.lines, roles[page.number], strict=True):
                if role_of_line != role:
                    continue
                words = page.text[raw.start : raw.stop]
                for start, stop, index in page.runs(raw.start, raw.stop):
                    _add_run(runs, length + start - raw.start, length + stop - raw.start, index)
                lines.append(replace(raw.line, start=length, end=length + raw.length))
                if raw.stop == len(page.text) and not words.endswith("\n"):
                    words += "\n"  # a page's last line has no end of its own, and the next page would run into it
                text.append(words)
                length += len(words)
        ends.append(length)
    body_end, notes_end, _ = ends
    return Report(
        source=source,
        sha256=sha256,
        media=media,
        title=title,
        text="".join(text),
        pages=tuple(Page(number, tuple(runs)) for number, runs in pieces.items()),
        lines=tuple(lines),
        body_end=body_end,
        notes_end=notes_end,
        pictures=tuple(page.number for page in pages if page.is_picture),
        picture_pages=tuple(page.picture for page in pages if page.picture),
    )


def _add_run(pieces: list[Piece], start: int, end: int, index: int) -> None:
    """Add a run of characters to the pieces of its page; it may follow on the last one."""
    last = pieces[-1] if pieces else None
    if last and last.end == start and last.index + last.end - last.start == index:
        pieces[-1] = replace(last, end=end)
    elif start < end:
        pieces.append(Piece(start, end, index))
