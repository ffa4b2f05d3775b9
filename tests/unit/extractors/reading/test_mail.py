"""Mails and saved pages give the facts that the plain text gives, and no day of their own."""

import base64
import quopri
import re

import pytest

from tests.unit.extractors.reading.one_report import GRADES, PAGE, SITE, TITLE, check, facts, html, plain

SENT = (
    "From: A Clerk <a.clerk@council.example>\nTo: b@council.example\nSubject: {}\n"
    "Date: Mon, 5 Jan 2026 09:12:00 +0000\nMIME-Version: 1.0\n"
)
SUBJECT = "FW: " + TITLE.replace("’", "'")


def mail(body: str, kind: str = "plain", *, subject: str = SUBJECT, headers: str = SENT) -> str:
    encoded = base64.encodebytes(body.encode()).decode()
    part = f'Content-Type: text/{kind}; charset="utf-8"\nContent-Transfer-Encoding: base64\n\n{encoded}'
    return headers.format(subject) + part


def in_parts(subtype: str, *parts: str, headers: str = SENT.format(SUBJECT)) -> str:
    joined = "".join(f"--x1\n{part}\n" for part in parts)
    return f'{headers}Content-Type: multipart/{subtype}; boundary="x1"\n\n{joined}--x1--\n'


def part_of(body: str, kind: str) -> str:
    encoded = quopri.encodestring(body.encode()).decode()
    return f'Content-Type: text/{kind}; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n\n{encoded}'


FORWARDED = (
    "-----Original Message-----\nFrom: Ofsted\nSent: Tuesday, 6 January 2026 10:00\nTo: A Clerk\nSubject: Letter\n\n"
)
LOGO = (
    "Content-Type: image/png; name=logo.png\nContent-Disposition: inline; filename=logo.png\n"
    "Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
)
MAILS = {
    "base64": mail(plain()),
    "HTML": mail(PAGE.format("", html()), "html"),
    "both": in_parts("alternative", part_of(plain(), "plain"), part_of(PAGE.format("", html()), "html")),
    "HTML and a logo": in_parts("related", part_of(html(), "html"), LOGO),
    "forwarded": mail(FORWARDED + plain()),
    "forwarded, as HTML": mail("<p>" + FORWARDED.replace("\n", "<br>") + "</p>" + html(), "html"),
    "answered": mail(
        "On Tue, 6 Jan 2026 at 10:00, A Clerk <a@council.example> wrote:\n"
        + re.sub("^", "> ", plain(), flags=re.MULTILINE)
    ),
    "CR LF": mail(plain()).replace("\n", "\r\n"),
    "with the mark of UTF-8": "\ufeff" + mail(plain()),
    "of a mailbox": "From a.clerk@council.example Mon Jan  5 09:12:00 2026\n" + mail(plain()),
    "no type": SENT.format(SUBJECT).replace("MIME-Version: 1.0\n", "") + "\n" + plain().replace("’", "'"),
}


@pytest.mark.parametrize("content", MAILS.values(), ids=MAILS)
def test_mail(read, expected, content):
    record = read(content)

    assert record.published is None  # the day on which somebody sent it
    assert facts(record)["inspected"] == expected["inspected"]
    assert facts(record)["grades"] == GRADES
    assert {words.replace("'", "’") for words in facts(record)["findings"]} == expected["findings"]
    assert "2026" not in "".join(passage.text for passage in record.passages)


def saved_page(sender: str) -> str:
    return in_parts(
        "related",
        part_of(PAGE.format(TITLE, SITE.format(html())), "html"),
        LOGO,
        headers=f"From: {sender}\nSubject: Inspection\nDate: Mon, 5 Jan 2026 10:00:00 -0000\nMIME-Version: 1.0\n",
    )


@pytest.mark.parametrize("sender", ["<Saved by Blink>", "<Saved by Internet Explorer 11>"])
def test_saved_page(read, expected, sender):
    record = read(saved_page(sender))

    check(record, expected)
    assert record.published is None


def test_mail_that_was_copied_into_a_text_loses_its_headers(read):
    record = read("From: A Clerk\nSent: 5 January 2026 09:12\nTo: B\nSubject: inspection\n\n" + plain())

    assert record.published is None
    assert "2026" not in "".join(passage.text for passage in record.passages)


def test_memo_that_begins_as_a_mail_does_is_a_text(read):
    memo = "To: the Director\nFrom: Ofsted\nDate: 5 January 2026\nSubject: inspection\n\n" + plain()

    assert "To: the Director" in " ".join(passage.text for passage in read(memo).passages)
