"""Addresses of the inspectorate's site: pages that list, and files."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from caregraph.settings import inspectorate_site

ROWS = 100  # local authorities on a page of the search
_FILE = re.compile(r"/v1/file/(\d{1,12})/?")
_PROVIDER = re.compile(r"/provider/44/(\d{1,12})/?")


@dataclass(frozen=True, slots=True)
class Site:
    """Origin of the pages, and origin of the files; nothing is asked of any other."""

    pages: str = "https://reports.ofsted.gov.uk"
    files: str = "https://files.ofsted.gov.uk"

    def search_page(self, start: int) -> str:
        """Address of the list of local authorities, from one of them on."""
        types = "level_1_types=3&level_2_types%5B%5D=12"
        return f"{self.pages}/search?q=&location=&lat=&lon=&radius=&{types}&start={start}&rows={ROWS}"

    def provider_page(self, urn: str) -> str:
        """Address of the page of a local authority, by its number at the inspectorate."""
        return f"{self.pages}/provider/44/{urn}"

    def file(self, number: str) -> str:
        """Address of a file."""
        return f"{self.files}/v1/file/{number}"

    def has(self, address: str) -> bool:
        """True if an address is one of this site's, whatever its path."""
        return _origin(address) in (self.pages, self.files)


def the_site() -> Site:
    """The inspectorate's site, or the one that the environment names in its place."""
    other = inspectorate_site()
    return Site(other, other) if other else Site()


def file_number(address: str | None) -> str | None:
    """Number of the file at an address of any origin; None if it is no address of a file.

    >>> file_number("https://files.ofsted.gov.uk/v1/file/50004256"), file_number("https://example.org/a.pdf")
    ('50004256', None)
    """
    found = _FILE.fullmatch(urlsplit(address).path) if address else None
    return found.group(1) if found else None


def provider_number(address: str) -> str | None:
    """Number of the local authority whose page is at an address; None if it is no such page's."""
    found = _PROVIDER.fullmatch(urlsplit(address).path)
    return found.group(1) if found else None


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
