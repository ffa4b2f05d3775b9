"""Pages of the inspectorate's site: the list of local authorities, and the list of one's reports.

A page that lacks what is looked for is an error that says so. Words of a page are data: of an address only its
number is used, and of a title only its kind, besides the title itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args
from urllib.parse import urljoin

from lxml import etree, html

from caregraph.ofsted.site import file_number, provider_number
from caregraph.ontology.errors import SiteError

ListedKind = Literal["inspection", "focused-visit", "monitoring-visit", "jtai", "area-send", "other"]
LISTED_KINDS: tuple[ListedKind, ...] = get_args(ListedKind)

_WORDS: dict[str, ListedKind] = {  # of a title as listed, the telling ones first
    "focused visit": "focused-visit",
    "monitoring visit": "monitoring-visit",
    "joint area child protection": "jtai",
    "joint targeted area": "jtai",
    "area send": "area-send",
    "special educational needs": "area-send",
    "children's services inspection": "inspection",
}


@dataclass(frozen=True, slots=True)
class ListedAuthority:
    """A local authority in the site's list, by its number there and its name as printed."""

    urn: str
    name: str


@dataclass(frozen=True, slots=True)
class ListedReport:
    """A report on a local authority's page: address and number of the file, title and day as listed."""

    address: str
    number: str
    title: str
    published: date

    @property
    def kind(self) -> ListedKind:
        """Kind of report that the title tells of."""
        title = self.title.lower().replace("’", "'")
        return next((kind for words, kind in _WORDS.items() if words in title), "other")


def read_search_page(content: bytes, address: str) -> list[ListedAuthority]:
    """Read the local authorities of a page of the search, each once; none where the list has ended.

    Raises:
        SiteError: if it is no page of HTML.
    """
    links = ((provider_number(urljoin(address, href)), _text(link)) for link, href in _links(content, address))
    named: dict[str, str] = {}
    for urn, name in links:
        if urn and name:
            named.setdefault(urn, name)
    return [ListedAuthority(urn, name) for urn, name in named.items()]


def read_provider_page(content: bytes, address: str) -> list[ListedReport]:
    """Read the reports that a local authority's page links to, in the order of the page.

    Raises:
        SiteError: if it has none, or one whose address, title or day cannot be read.
    """
    links = [(link, href) for link, href in _links(content, address) if "publication-link" in _classes(link)]
    if not links:
        raise SiteError(f"{address} has changed: no link of the class publication-link is on it")
    return list({report.number: report for report in (_report(link, href, address) for link, href in links)}.values())


def _report(link: Any, href: str, page: str) -> ListedReport:
    address = urljoin(page, href)
    number = file_number(address)
    if number is None:
        raise SiteError(f"{page} has changed: a publication-link leads to {address[:200]!r}, not to /v1/file/NUMBER")
    words = next((_text(span) for span in link.iter("span") if "nonvisual" in _classes(span)), "")
    title, _, day = words.rpartition(" - ")
    title = title.rpartition(",")[0] if title.lower().endswith(", pdf") else title
    try:
        published = datetime.strptime(day.strip().title(), "%d %B %Y").date()
    except ValueError:
        published = None
    if not title or published is None:
        expected = "title, pdf - 27 october 2023"
        raise SiteError(f"{page} has changed: a publication-link says {words[:200]!r}; expected {expected!r}")
    return ListedReport(address, number, title.strip(), published)


def _links(content: bytes, address: str) -> Iterator[tuple[Any, str]]:
    try:
        page = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError) as error:
        raise SiteError(f"{address} is no page of HTML") from error
    for link in page.iter("a"):
        if href := link.get("href"):
            yield link, href


def _classes(element: Any) -> list[str]:
    return (element.get("class") or "").split()


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())
