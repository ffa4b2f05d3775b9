"""News of updates: written, read, and as a feed; and reports that need not be fetched."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from caregraph.changes import ChangeRow
from caregraph.graph.atomic_files import append_line
from caregraph.graph.dataset.origins import read_origins, write_origins
from caregraph.ofsted.listing import ListedReport
from caregraph.ontology.errors import StoreError
from caregraph.ontology.records import Origin
from caregraph.update import NEWS, NewsItem, _KnownReports, _requests, read_news, write_feed

ATOM = "{http://www.w3.org/2005/Atom}"


def item(found: str, **changes) -> NewsItem:
    fields = {"change": "new document", "authority": "Ashmere", "document": "a.pdf", "kind": "ilacs", "day": None}
    return NewsItem(found, ChangeRow(**{**fields, **changes}))


@pytest.mark.parametrize(
    ("changes", "title"),
    [
        ({}, "Ashmere: new report: a.pdf"),
        ({"authority": None}, "New report: a.pdf"),
        (
            {"change": "grade", "about": "overall", "before": "good (2022-05-05)", "after": "outstanding (2025-05-05)"},
            "Ashmere: overall: good (2022-05-05) became outstanding (2025-05-05)",
        ),
        ({"change": "first named", "about": "MASH"}, "Ashmere: named for the first time: MASH"),
        (
            {"change": "recommendation", "about": "The pace of visits.", "before": "2019", "after": "improved"},
            "Ashmere: asked in 2019, improved: The pace of visits.",
        ),
    ],
)
def test_a_change_is_a_line_of_plain_words(changes, title):
    assert item("2026-11-30", **changes).title == title


class Ledger:
    """Graph that answers one question, of one council, with two rows."""

    def ask(self, question, **values):
        assert (question, values) == ("improvement-ledger", {"authority": "Ashmere", "show": "all"})
        row = {"inspected": date(2019, 1, 21), "quotation": "The pace of visits.", "state": "improved"}
        return [
            {**row, "later_document": "new.pdf"},
            {**row, "later_document": "older.pdf"},
            {**row, "later_document": "new.pdf", "state": "mentioned since"},
        ]


def test_what_became_of_a_request_is_news_where_a_new_report_tells():
    changes = [item("", document="new.pdf").change, item("", document="round-up.html", authority=None).change]

    [told] = _requests(Ledger(), changes)

    assert (told.change, told.document, told.before, told.after) == ("recommendation", "new.pdf", "2019", "improved")


def test_feed_is_atom_and_the_same_each_time(tmp_path):
    news = [item("2026-11-30", about="<b>&\x07"), item("2026-11-23")]
    news[0] = item("2026-11-30", change="first named", about="<b>&\x07 Team")
    for name in ("one", "two"):
        write_feed(tmp_path / name, news)
    feed = ET.parse(tmp_path / "one").getroot()

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert feed.findtext(f"{ATOM}updated") == "2026-11-30T00:00:00Z"
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == ["Ashmere: named for the first time: <b>& Team", "Ashmere: new report: a.pdf"]
    assert len({entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")}) == 2


def test_news_that_cannot_be_read_are_an_error_and_none_are_none(tmp_path):
    assert read_news(tmp_path) == []
    append_line(tmp_path / NEWS, "{}")
    with pytest.raises(StoreError, match=NEWS):
        read_news(tmp_path)


@pytest.mark.parametrize(
    ("number", "page", "day", "is_known"),
    [
        ("501", "1", date(2026, 1, 1), True),  # by its number
        ("777", "2", date(2024, 7, 8), True),  # by its council's page and day
        ("777", "1", date(2024, 7, 8), False),
        ("777", "2", date(2026, 1, 1), False),
    ],
)
def test_reports_whose_facts_are_here_are_known(number, page, day, is_known):
    origins = {
        "a": Origin(address="https://files.ofsted.gov.uk/v1/file/501"),
        "b": Origin(page="https://reports.ofsted.gov.uk/provider/44/2", listed=date(2024, 7, 8)),
    }
    report = ListedReport(f"http://127.0.0.1:80/v1/file/{number}", number, "title", day)

    assert _KnownReports(origins).has(f"http://127.0.0.1:80/provider/44/{page}", report) is is_known


def test_origins_are_read_as_they_were_written(tmp_path):
    origins = {"a": Origin("https://x.org/1", None, "focused visit", date(2024, 1, 2)), "b": Origin()}
    write_origins(tmp_path / "origins.json", origins)

    assert read_origins(tmp_path / "origins.json") == origins
    assert read_origins(tmp_path / "none.json") == {}
    (tmp_path / "origins.json").write_text("[1]")
    with pytest.raises(StoreError, match="cannot be read"):
        read_origins(tmp_path / "origins.json")
