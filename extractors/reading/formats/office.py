"""Documents of office programs: zip files of XML, which become HTML and then lines."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from typing import NamedTuple
from xml.etree import ElementTree

from caregraph.extractors.reading.formats.elements import hide
from caregraph.extractors.reading.formats.html import parse_html
from caregraph.extractors.reading.formats.markup import markup_lines
from caregraph.extractors.reading.formats.refused import reason_to_refuse_zip
from caregraph.extractors.reading.raw_page import MarkedLine
from caregraph.ontology.errors import UnreadableReport

DAMAGED = "is a damaged document or zip archive that cannot be opened"
BROKEN_XML = (ElementTree.ParseError, LookupError, RecursionError)

_MOST_UNPACKED = 200_000_000  # bytes of XML: no letter has as many
_MEDIA_TYPE = 100  # bytes that the name of a media type has at most
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    NotImplementedError,
    RuntimeError,
)


class Package(NamedTuple):
    """Media type that the zip file of a document names, which may be empty, and its XML files by their names."""

    media_type: bytes
    parts: dict[str, bytes]
    members: list[zipfile.ZipInfo]

    @property
    def reason_to_refuse(self) -> str:
        """Reason to refuse it if it is no document that is read, and what to do."""
        return reason_to_refuse_zip(self.members)


def open_package(source: str, content: bytes) -> Package:
    """Open a zip file that may be a document.

    Raises:
        UnreadableReport: if it is damaged, asks for a password, or is larger than any report.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            parts = [member for member in members if member.filename.endswith((".xml", ".rels"))]
            if sum(member.file_size for member in parts) > _MOST_UNPACKED:
                raise UnreadableReport(source, "is a document that unpacks to more than any report has")
            media_type = b""
            if "mimetype" in archive.namelist():
                with archive.open("mimetype") as file:
                    media_type = file.read(_MEDIA_TYPE)
            return Package(media_type, {part.filename: archive.read(part) for part in parts}, members)
    except _BROKEN_ZIP as error:
        raise UnreadableReport(source, DAMAGED) from error


def office_lines(source: str, headers: Iterable[str], body: str) -> list[MarkedLine]:
    """Lines of the headers, each once, and of the body, whose notes come last."""
    root = parse_html(source, f"<html><body>{body}</body></html>")
    notes: list[MarkedLine] = []
    for note in root.xpath("//li[starts-with(@id, 'footnote-') or starts-with(@id, 'endnote-')]"):
        notes.append((note.text_content().replace("↑", " "), "note"))
        hide(note)
    lines = markup_lines(root, paragraph_mark="", numbered=False)
    printed = {" ".join(words.split()) for words, _ in lines}
    letterhead = dict.fromkeys(words for header in headers if (words := " ".join(header.split())) not in printed)
    return [*((words, "") for header in letterhead for words in (header, "")), *lines, *notes]
