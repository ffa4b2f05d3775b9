"""Mails and saved web pages (MHTML): a letter sent as a mail, or a page that its browser saved so.

A mail's own headers are no part of the letter: its day is that on which
somebody sent it. Nor are those of the mails that it answers or forwards.
"""

import email
import email.policy
import re
from collections.abc import Iterable, Iterator
from email.errors import MessageError
from email.message import EmailMessage
from itertools import chain
from typing import Literal, NamedTuple

from caregraph.extractors.reading.raw_page import BLANK, MarkedLine
from caregraph.ontology.errors import UnreadableReport

_BEFORE = rb"\A(?:\xef\xbb\xbf)?\s*(?:From [^\n]*\n)?"
_HEADERS = re.compile(_BEFORE + rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_MARKS = re.compile(
    rb"^(?:MIME-Version|Content-Type|Message-ID|Received|Return-Path|Delivered-To|X-[\w-]+|Snapshot-Content-Location):",
    re.IGNORECASE | re.MULTILINE,
)
_SENT = re.compile(rb"^Date[ \t]*:.*\d{1,2}:\d\d", re.IGNORECASE | re.MULTILINE)
_FROM = re.compile(rb"^(?:From|Subject|To)[ \t]*:", re.IGNORECASE | re.MULTILINE)
_SNIFF = 65_536  # bytes in which the headers end
_NEXT_MAIL = re.compile(rb"\n\r?\nFrom \S+@\S+ [^\n]*\d{4}\s*\n[!-9;-~]+:")

_BESIDE = ("image/", "audio/", "video/", "text/calendar", "text/x-vcard", "text/vcard", "application/pgp-signature")
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-keys"})
_LARGEST_LOGO = 100_000  # bytes
_SEALED = frozenset(
    {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime", "application/ms-tnef"}
)
_FORWARDED = re.compile(r"^(?:(?:re|fw|fwd|aw|wg)\s*:\s*)+", re.IGNORECASE)

# Headers of a mail that this one answers or forwards, in the words of the usual programs.
_FIELD = re.compile(
    r"[>\s*|]*(?:From|Sent|Date|To|Cc|Bcc|Subject|Reply-To|Importance|Attachments?)\s*\*?\s*:", re.IGNORECASE
)
_WROTE = re.compile(r"[>\s]*On\b.{6,200}\b(?:wrote|writes)\s*:\s*", re.IGNORECASE)
_CUT = re.compile(
    r"[>\s]*(?:[-_]{2,}\s*(?:original message|forwarded (?:message|by)).*|begin forwarded message:\s*)", re.IGNORECASE
)
_HOUR = re.compile(r"^[>\s*|]*(?:Sent|Date)[\s*]*:.*\b\d{1,2}[:.]\d\d\b", re.IGNORECASE)
_FEWEST_FIELDS = 3
_QUOTATION = re.compile(r"^(?:>[ \t]?)+")

Language = Literal["html", "text"]


class Letter(NamedTuple):
    """Subject of a mail, which may be missing, and its text or the HTML of it; a saved page's is ``is_page``."""

    subject: str | None
    language: Language
    text: str
    is_page: bool


def is_mail(content: bytes) -> bool:
    """Do the bytes begin with the headers of a mail, and not with a letter's own 'To:' and 'Date:'?"""
    headers = _HEADERS.match(content[:_SNIFF])
    if headers is None:
        return False
    marks = len({mark[0].lower() for mark in _MARKS.finditer(headers[0])})
    fields = len({mark[0].lower() for mark in _FROM.finditer(headers[0])})
    return marks >= 2 or (fields >= 1 and (marks >= 1 or bool(_SENT.search(headers[0]))))


def read_mail(source: str, content: bytes) -> Letter:
    """Read the letter that a mail is, or the page that was saved as one.

    Raises:
        UnreadableReport: if the mail has attachments, is one of several, or cannot be read.
    """
    if _NEXT_MAIL.search(content):
        raise UnreadableReport(source, "is a mailbox of several mails: save each as a file, and build these")
    try:
        return _read_letter(source, _parse(content))
    except (MessageError, LookupError, ValueError, AttributeError, TypeError) as error:
        raise UnreadableReport(source, "is a damaged mail: open it and save it as a PDF") from error


def _parse(content: bytes) -> EmailMessage:
    return email.message_from_bytes(re.sub(_BEFORE, b"", content, count=1), policy=email.policy.default)


def _read_letter(source: str, mail: EmailMessage) -> Letter:
    is_page = _is_saved_page(mail)
    if not is_page:
        _refuse_attachments(source, mail)
    html, plain = _body(mail, "html"), _body(mail, "plain")
    if html and (is_page or not plain or "<table" in html.lower()):
        return Letter(_subject(mail), "html", html, is_page)
    if plain is None:
        raise UnreadableReport(source, "is a mail without text in it")
    return Letter(_subject(mail), "text", plain, is_page)


def _is_saved_page(mail: EmailMessage) -> bool:
    related = mail.get_content_type() in ("multipart/related", "text/html")
    saved = "saved by" in str(mail.get("From", "")).lower() or "Snapshot-Content-Location" in mail
    return related and (saved or ("To" not in mail and "Received" not in mail and _has_location(mail)))


def _has_location(mail: EmailMessage) -> bool:
    return any("Content-Location" in part for part in mail.walk())


def _refuse_attachments(source: str, mail: EmailMessage) -> None:
    if any(part.get_content_type() in _SEALED for part in mail.walk()):
        raise UnreadableReport(source, "is a mail that only its own program can open: save the letter in it as a PDF")
    names = list(dict.fromkeys(_attachments(mail)))
    if names:
        raise UnreadableReport(
            source, f"is a mail with attachments: save its attachments {', '.join(names)} and build these"
        )


def _attachments(mail: EmailMessage) -> Iterator[str]:
    """Yield the names of the attachments that may be reports."""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            yield "the mail that is attached"
        elif part.is_multipart() or (kind.startswith(_BESIDE) and not _is_scan(part)) or kind in _SIGNATURES:
            continue
        elif part.get_content_disposition() == "attachment" or part.get_filename() or not kind.startswith("text/"):
            yield " ".join((part.get_filename() or f"a part of the kind {kind}").split())


def _is_scan(part: EmailMessage) -> bool:
    """Is a picture large enough for that of a letter's page? Logos are smaller."""
    size = len(part.get_payload(decode=True) or b"") if part.get_content_maintype() == "image" else 0
    return size > _LARGEST_LOGO


def _body(mail: EmailMessage, kind: str) -> str | None:
    part = mail.get_body(preferencelist=(kind,))
    if part is None:
        return None
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return None
    charset = part.get_content_charset() or "utf-8"
    try:
        return content.decode(charset if charset != "us-ascii" else "utf-8")
    except (UnicodeDecodeError, LookupError):
        return content.decode("utf-8", errors="caregraph-windows-1252")


def _subject(mail: EmailMessage) -> str | None:
    subject = _FORWARDED.sub("", " ".join(str(mail.get("Subject", "")).split()))
    return subject or None


def without_headers(lines: Iterable[MarkedLine], *, sent: bool = False) -> Iterator[MarkedLine]:
    """Yield lines without the headers of mails among them, and without marks of quotation.

    Args:
        sent: leave out only headers that say at which hour a mail was sent; a memo has a day.

    >>> lines = ["> Sent: Friday", "> To: A", "> Subject: B", "> Dear Ms Pask"]
    >>> [words for words, _ in without_headers((line, "") for line in lines)]
    ['Dear Ms Pask', '']
    """
    fields: list[MarkedLine] = []
    for words, mark in chain(lines, [BLANK]):
        if _FIELD.match(words):
            fields.append((words, mark))
            continue
        if len(fields) < _FEWEST_FIELDS or (sent and not any(_HOUR.search(field) for field, _ in fields)):
            yield from fields
        fields.clear()
        if not (_WROTE.fullmatch(words) or _CUT.fullmatch(words)):
            yield _QUOTATION.sub("", words), mark
