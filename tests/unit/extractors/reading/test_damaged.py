"""Damaged files of every form are read or refused by name, and each quotation of them stays true."""

import contextlib
import random

import pytest

from caregraph.extractors.reading.read import report_from_bytes
from caregraph.extractors.reading.sections import segment
from caregraph.ontology.errors import UnreadableReport
from tests.unit.extractors.reading.one_report import PAGE, TITLE, html, markdown, plain
from tests.unit.extractors.reading.test_mail import MAILS, saved_page
from tests.unit.extractors.reading.test_office import OPEN_DOCUMENT, WORD
from tests.unit.extractors.reading.test_pdf import canvas_of, form

FORMS = {
    "text": plain().encode(),
    "Markdown": markdown().encode(),
    "HTML": PAGE.format(TITLE, html()).encode(),
    "mail": MAILS["both"].encode(),
    "saved page": saved_page("<Saved by Blink>").encode(),
    "Word": WORD["table"],
    "OpenDocument": OPEN_DOCUMENT["table"],
    "OpenDocument in one file": OPEN_DOCUMENT["one file"],
    "PDF with a form": canvas_of(form),
}
SIGNS = [
    b"<",
    b"\0",
    b"\r",
    b"|",
    b"](",
    b"<table>",
    b"</td>",
    b"<!--",
    b"\xff\xfe",
    b"\xe2\x80",
    b"&#0;",
    b"\n\n",
    b"PK\3\4",
]


def damage(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 3, 20))):
        place = chance.randrange(len(damaged) + 1)
        match chance.randrange(4):
            case 0:
                damaged[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                damaged[place:place] = chance.choice(SIGNS)
            case 2:
                del damaged[place : place + chance.randrange(1, 200)]
            case _:
                source = chance.randrange(len(damaged) + 1)
                damaged[place:place] = damaged[source : source + chance.randrange(1, 300)]
    return bytes(damaged)


@pytest.mark.parametrize("name", FORMS)
def test_damaged_file_is_read_or_refused(name):
    chance = random.Random(name)
    for _ in range(60):
        with contextlib.suppress(UnreadableReport):
            report = report_from_bytes(name, damage(FORMS[name], chance))
            reading = segment(report)
            for block in reading.blocks:
                quote = reading.quote(block.start, block.end)
                assert quote["text"] == report.text[quote["start"] : quote["end"]]
