"""Files of kinds that are not read are refused by name, with what to do."""

import io
import json
import re
import tarfile
import zipfile

import pytest

from caregraph.extractors.reading.read import report_from_bytes
from caregraph.ontology.errors import UnreadableReport

LETTER = "Dear Ms Pask\n\nLeaders in Ashmere know their services well. " * 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


def zipped(*names: str, **contents: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, contents.get(name.split(".")[0], b"%PDF-1.7 " + LETTER.encode()))
    return target.getvalue()


def tar() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("letter.txt"))
    return target.getvalue()


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + LETTER.encode()


def mail(*parts: str, kind: str = "mixed") -> bytes:
    head = "From: a@council.example\nTo: b@council.example\nSubject: Letter\nDate: Mon, 5 Jan 2026 09:12:00 +0000\n"
    body = "".join(f"--x1\n{part}\n" for part in parts)
    return f'{head}MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary="x1"\n\n{body}--x1--\n'.encode()


NOTE = f"Content-Type: text/plain\n\n{LETTER}"


def attached(name: str, kind: str = "application/octet-stream", content: str = "x") -> str:
    return f'Content-Type: {kind}\nContent-Disposition: attachment; filename="{name}"\n\n{content}\n'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (zipped("a/letter.pdf", "b/letter.pdf"), "zip archive of 2 files: unpack it, then build the folder"),
        (zipped("letter.pdf"), "zip archive of 1 file: unpack"),
        (zipped(), "zip archive of 0 files"),
        (zipped("letter.pdf")[:-30], "damaged document or zip archive"),
        (zipped("xl/workbook.xml"), "Excel workbook"),
        (zipped("ppt/presentation.xml"), "PowerPoint presentation"),
        (zipped("mimetype", "content.xml", mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "no text"),
        (zipped("word/document.xml"), "damaged document"),
        (b"{\\rtf1\\ansi " + LETTER.encode() + b"}", "Rich Text Format (RTF): open it and save it as a PDF"),
        (ole("WordDocument"), "older Word (.doc): open it and save it as .docx or PDF"),
        (ole("EncryptedPackage"), "asks for a password"),
        (ole("__substg1.0_"), "mail of Outlook (.msg)"),
        (ole("Workbook"), "Excel (.xls)"),
        (ole(""), "older Microsoft program"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "picture (PNG)"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 100, "picture (JPEG)"),
        (tar(), "tar archive: unpack it"),
        (b"7z\xbc\xaf\x27\x1c" + b"\0" * 100, "7z archive: unpack it"),
        (b"%!PS-Adobe-3.0\n" + LETTER.encode(), "PostScript"),
        (f"<?xml version='1.0'?><w:wordDocument><w:t>{LETTER}</w:t></w:wordDocument>".encode(), "XML file"),
        (json.dumps({"text": LETTER}).encode(), "data in JSON"),
        (
            mail(NOTE, attached("letter.pdf"), attached("annex A.docx")),
            "save its attachments letter.pdf, annex A.docx and",
        ),
        (mail(NOTE, attached("page1.jpg", "image/jpeg", "x" * 200_000)), "save its attachments page1.jpg"),
        (mail(NOTE, attached("=?utf-8?q?caf=C3=A9.pdf?=")), "save its attachments café.pdf"),
        (mail(NOTE, f"Content-Type: message/rfc822\n\n{mail(NOTE).decode()}"), "the mail that is attached"),
        (mail("Version: 1", attached("x.asc"), kind="encrypted"), "only its own program can open"),
        (mail(attached("winmail.dat", "application/ms-tnef")), "only its own program can open"),
        (mail(NOTE) + b"\n\nFrom a@council.example Mon Jan  5 09:12:00 2026\n" + mail(NOTE), "several mails"),
        (b"".join(bytes([code]) for code in range(256)) * 4, "neither PDF nor HTML nor text"),
        (b"<div>" * 400 + LETTER.encode() + b"</div>" * 400, "nested too deep"),
    ],
)
def test_kind_that_is_not_read_is_refused_by_name(content, reason):
    with pytest.raises(UnreadableReport, match=re.escape(reason)) as failure:
        report_from_bytes("sent.bin", content)

    assert str(failure.value).startswith("sent.bin: ")


@pytest.mark.parametrize(
    "content",
    [
        mail(NOTE),
        mail(NOTE, attached("logo.png", "image/png"), attached("card.vcf", "text/vcard")),
        b"BMG Research found much. " + LETTER.encode(),
        b"[1] A note first.\n\n" + LETTER.encode(),
        b"{A remark first}\n\n" + LETTER.encode() + b"{and last}",
        LETTER.encode() + b"\x00\x07",
    ],
)
def test_what_only_looks_like_another_kind_is_read(content):
    assert "Leaders in Ashmere" in report_from_bytes("letter.txt", content).text
