"""Read a report file. The bytes tell the medium, never the file's name."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from caregraph.extractors.reading.furniture import line_roles
from caregraph.extractors.reading.html import read_html
from caregraph.extractors.reading.pdf import read_pdf
from caregraph.extractors.reading.raw_page import RawPage, single_page
from caregraph.ontology.errors import UnreadableReport
from caregraph.ontology.records import Line, Media, Page, Piece, Report

_HTML = re.compile(rb"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_SNIFF = 4096  # bytes in which a PDF's or a page's first mark must stand


def read_report(path: Path) -> Report:
    """Read a PDF, HTML or text file.

    Raises:
        UnreadableReport: if the file cannot be opened, is empty, encrypted,
            cut short, holds only pictures, is an error page, or is none of the
            three media. The message says which.
    """
    return report_from_bytes(path.name, read_content(path))


def read_content(path: Path) -> bytes:
    """Read the bytes of a file.

    Raises:
        UnreadableReport: if it cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableReport(path.name, f"cannot be opened: {(error.strerror or 'error').lower()}") from error


def report_from_bytes(source: str, content: bytes) -> Report:
    """Read a report from memory, such as an upload; ``source`` names it in messages. Raises as ``read_report``."""
    if not content.strip(b"\0 \t\r\n"):
        raise UnreadableReport(source, "is empty")
    media: Media
    title: str | None
    if b"%PDF-" in content[:_SNIFF]:
        media, (title, pages) = "pdf", read_pdf(source, content)
    else:
        text = _decode(source, content)
        if _HTML.search(content[:_SNIFF]):
            media, (title, pages) = "html", read_html(source, text)
        else:
            media, title, pages = "text", None, [single_page((line, "") for line in text.split("\n"))]
    if not any(page.text.strip() for page in pages):
        raise UnreadableReport(source, "has no words in it")
    return _assemble(source, hashlib.sha256(content).hexdigest(), media, title, pages)


def report_from_text(source: str, text: str) -> Report:
    """Read a report from plain text that is already decoded."""
    return report_from_bytes(source, text.encode())


def _decode(source: str, content: bytes) -> str:
    """Decode UTF-8 (or UTF-16 with its mark), else Windows-1252, the two that reports come in."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search("[\0-\x08\x0e-\x1a\x1c-\x1f]", text):
            return text
    raise UnreadableReport(source, "is neither PDF nor HTML nor text in UTF-8 or Windows-1252")


def _assemble(source: str, sha256: str, media: Media, title: str | None, pages: Sequence[RawPage]) -> Report:
    """Put the bodies first, then the footnotes, then the furniture, and remember where each line came from."""
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
                last = runs[-1] if runs else None
                if last and last.end == length and last.index + last.end - last.start == raw.start:
                    runs[-1] = replace(last, end=length + len(words))  # the line follows on the one before
                elif words:
                    runs.append(Piece(length, length + len(words), raw.start))
                lines.append(replace(raw.line, start=length, end=length + raw.length))
                if raw.stop == len(page.text) and not words.endswith("\n"):
                    words += "\n"  # a page's last line has no end of its own, and the next page would run into it
                text.append(words)
                length += len(words)
        ends.append(length)
    body_end, notes_end, _ = ends
    numbered = tuple(Page(number, tuple(runs)) for number, runs in pieces.items())
    return Report(source, sha256, media, title, "".join(text), numbered, tuple(lines), body_end, notes_end)
