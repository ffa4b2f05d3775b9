"""Files of kinds that are not read, by their bytes: each is refused by its name, with what to do instead."""

import json
import re
import zipfile
from collections.abc import Sequence

_SAVE_AS_PDF = "open it and save it as a PDF"
_OPENINGS = (
    (b"{\\rtf", f"is a document in Rich Text Format (RTF): {_SAVE_AS_PDF}"),
    (b"%!PS", f"is a PostScript file: {_SAVE_AS_PDF}"),
    (b"AT&TFORM", f"is a DjVu file: {_SAVE_AS_PDF}"),
    (b"\x89PNG\r\n", "is a picture (PNG), which has no text"),
    (b"\xff\xd8\xff", "is a picture (JPEG), which has no text"),
    (b"GIF8", "is a picture (GIF), which has no text"),
    (b"II*\0", "is a picture (TIFF), which has no text"),
    (b"MM\0*", "is a picture (TIFF), which has no text"),
    (b"BM", "is a picture (BMP), which has no text"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive: unpack it, then build the folder"),
    (b"Rar!\x1a\x07", "is a RAR archive: unpack it, then build the folder"),
    (b"\x1f\x8b", "is a gzip archive: unpack it, then build the folder"),
    (b"BZh", "is a bzip2 archive: unpack it, then build the folder"),
    (b"\xfd7zXZ\0", "is an xz archive: unpack it, then build the folder"),
    (b"(\xb5/\xfd", "is a zstandard archive: unpack it, then build the folder"),
    (b"\x78\x9f\x3e\x22", f"is an attachment that only Outlook reads (winmail.dat): {_SAVE_AS_PDF}"),
    (b"bplist00", "is a web archive of Safari: open it and save it as a PDF or a web page"),
    (b"!BDN", "is a mailbox of Outlook: save the reports in it as files"),
    (b"MZ", "is a program"),
    (b"\x7fELF", "is a program"),
)
_TEXT_OPENINGS = frozenset({b"BM", b"MZ", b"BZh"})  # which a text may begin with too
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of the streams in Microsoft's older files, in UTF-16.
_OLE_STREAMS = (
    ("EncryptedPackage", "is a Microsoft Office document that asks for a password: save it without one"),
    ("__substg1.0_", "is a mail of Outlook (.msg): save its attachments, or the mail as a PDF, and build these"),
    ("WordDocument", "is a document of an older Word (.doc): open it and save it as .docx or PDF"),
    ("Workbook", f"is a workbook of an older Excel (.xls): {_SAVE_AS_PDF}"),
    ("PowerPoint Document", f"is a presentation of an older PowerPoint (.ppt): {_SAVE_AS_PDF}"),
)
_ZIPPED = (
    ("xl/", f"is an Excel workbook (.xlsx): {_SAVE_AS_PDF}"),
    ("ppt/", f"is a PowerPoint presentation (.pptx): {_SAVE_AS_PDF}"),
    ("Index/Document.iwa", f"is a document of Apple Pages: {_SAVE_AS_PDF}"),
    ("Index.zip", f"is a document of Apple Pages: {_SAVE_AS_PDF}"),
    ("META-INF/container.xml", f"is an e-book (EPUB): {_SAVE_AS_PDF}"),
    ("content.xml", f"is an OpenDocument file that is no text: {_SAVE_AS_PDF}"),
)
_XML_ROOT = re.compile(r"\s*<\?xml\b|\s*<(?:svg|rss|feed|urlset|w:wordDocument|pkg:package|TEI)\b")


def reason_to_refuse(content: bytes) -> str | None:
    """Reason to refuse a file whose bytes are of a kind that is not read, and what to do; None if it may be read."""
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for opening, reason in _OPENINGS:
        if start.startswith(opening) and not (opening in _TEXT_OPENINGS and b"\0" not in content[:64]):
            return reason
    if content.startswith(_OLE):
        names = (reason for name, reason in _OLE_STREAMS if name.encode("utf-16-le") in content)
        return next(names, f"is a file of an older Microsoft program: {_SAVE_AS_PDF}")
    if content[257:262] == b"ustar":
        return "is a tar archive: unpack it, then build the folder"
    if content[4:8] == b"ftyp" or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return "is a picture or a film, which has no text"
    return None


def reason_to_refuse_zip(members: Sequence[zipfile.ZipInfo]) -> str:
    """Reason to refuse a zip file that is no document that is read, and what to do."""
    names = [member.filename for member in members if not member.is_dir()]
    for prefix, reason in _ZIPPED:
        if any(name.startswith(prefix) for name in names):
            return reason
    files = "1 file" if len(names) == 1 else f"{len(names)} files"
    return f"is a zip archive of {files}: unpack it, then build the folder"


def reason_to_refuse_text(text: str) -> str | None:
    """Reason to refuse a text that is data for programs; None if it is not."""
    if _XML_ROOT.match(text):
        return f"is an XML file, which is no page to read: {_SAVE_AS_PDF}"
    start, end = text.lstrip()[:1], text.rstrip()[-1:]
    if (start, end) in (("{", "}"), ("[", "]")) and _is_json(text):
        return "is data in JSON, which is no page to read"
    return None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
