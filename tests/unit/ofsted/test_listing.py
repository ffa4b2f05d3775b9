from datetime import date

import pytest

from caregraph.ofsted.listing import ListedAuthority, ListedReport, read_provider_page, read_search_page
from caregraph.ontology.errors import SiteError

PAGE = "https://reports.example.org/provider/44/990001"


def link(words: str, *, href: str = "/v1/file/501", classes: str = "publication-link") -> str:
    return f'<a class="{classes}" href="{href}">Report<span class="nonvisual">{words}</span></a>'


@pytest.mark.parametrize(
    ("words", "title", "day", "kind"),
    [
        (
            "children's services inspection, pdf - 27 october 2023",
            "children's services inspection",
            date(2023, 10, 27),
            "inspection",
        ),
        (
            "Children’s services focused visit, PDF - 1 May 2024",
            "Children’s services focused visit",
            date(2024, 5, 1),
            "focused-visit",
        ),
        (
            "joint area child protection inspection, pdf - 03 march 2020",
            "joint area child protection inspection",
            date(2020, 3, 3),
            "jtai",
        ),
        ("area send full inspection, pdf - 8 july 2024", "area send full inspection", date(2024, 7, 8), "area-send"),
        # A title has commas and hyphens of its own, and other kinds are told too.
        (
            "review of post - war homes, part 2, pdf - 8 july 2024",
            "review of post - war homes, part 2",
            date(2024, 7, 8),
            "other",
        ),
    ],
)
def test_reports_have_title_day_and_kind(words, title, day, kind):
    [report] = read_provider_page(link(words).encode(), PAGE)

    assert report == ListedReport("https://reports.example.org/v1/file/501", "501", title, day)
    assert report.kind == kind


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("<h1>Ashmere</h1>", "no link of the class publication-link"),
        (link("area send, pdf - 8 july 2024", classes="publication"), "no link of the class publication-link"),
        (link("area send, pdf"), "says 'area send, pdf'; expected"),
        (link("area send, pdf - 31 february 2024"), "expected 'title, pdf"),
        (link("area send, pdf - 8 july 2024", href="/report.pdf"), "leads to 'https://reports.example.org/report.pdf'"),
        (link("area send, pdf - 8 july 2024", href="/v1/file/../../etc"), "not to /v1/file/NUMBER"),
        ("", "is no page of HTML"),
    ],
)
def test_a_changed_page_says_what_was_looked_for(page, says):
    with pytest.raises(SiteError, match="990001") as raised:
        read_provider_page(page.encode(), PAGE)

    assert says in str(raised.value)


def test_a_report_linked_twice_is_one():
    words = "area send, pdf - 8 july 2024"

    assert len(read_provider_page(f"{link(words)}{link(words)}".encode(), PAGE)) == 1


def test_authorities_are_those_with_pages():
    page = (
        '<a href="/">Home</a><a href="/provider/44/990001"> Ashmere\n Council </a>'
        '<a href="/provider/44/990001">more</a>'
        '<a href="/provider/21/3">A school</a><a href="https://reports.example.org/provider/44/990002/">Brackenford</a>'
    )

    assert read_search_page(page.encode(), PAGE) == [
        ListedAuthority("990001", "Ashmere Council"),
        ListedAuthority("990002", "Brackenford"),
    ]
    assert read_search_page(b"<p>No results</p>", PAGE) == []
