"""Client of the inspectorate's site: one request at a time with a pause, robots.txt, retries with back-off.

requests and urllib3 do the work, so that what a server says of waiting (429, 503, Retry-After) is done as they do it.
A redirect is followed within the site alone, and is a request like any other. Nothing is asked of another site.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import requests
from urllib3.util import Retry

from caregraph.extras import __version__
from caregraph.graph.system_trust import SystemTrust
from caregraph.ofsted.site import Site
from caregraph.ontology.errors import SiteError

PAUSE = 1.0  # seconds between the end of a request and the next one
LARGEST = 256 * 2**20  # bytes of a file, as much as is read of one
_ATTEMPTS = 5
_REDIRECTS = 5
_SILENCE = 30  # seconds without a byte, after which a connection counts as lost
_LONGEST_WAIT = 600  # seconds, whatever the server asks for
_BUSY = (429, 500, 502, 503, 504)
_CHUNK = 1 << 16


class _Retry(Retry):
    """Retry that waits at least the pause, and doubles it."""

    def get_backoff_time(self) -> float:
        """Seconds until the next try."""
        return max(self.backoff_factor, super().get_backoff_time())


@dataclass(frozen=True, slots=True)
class Reply:
    """What the site answered: ``content`` is whole, and empty where it ``is_unchanged``."""

    address: str
    content: bytes
    content_type: str
    validators: Mapping[str, str] = field(default_factory=dict)
    is_unchanged: bool = False


class Client:
    """A connection to the site; a context manager that closes it."""

    def __init__(
        self, site: Site, *, contact: str = "", pause: float = PAUSE, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Make a client.

        Args:
            contact: where whoever runs the site can reach who asks, such as an address for mail.
        """
        who = "".join(sign for sign in contact if " " <= sign <= "~")[:200]
        self.agent = f"caregraph/{__version__} (reads reports on children's services{'; ' if who else ''}{who})"
        self._site = site
        self._pause = pause
        self._sleep = sleep
        self._ended = 0.0
        self._robots: dict[str, RobotFileParser] = {}
        self._session = requests.Session()
        self._session.headers["User-Agent"] = self.agent
        retry = _Retry(
            total=_ATTEMPTS,
            status_forcelist=_BUSY,
            backoff_factor=pause,
            raise_on_status=False,
            retry_after_max=_LONGEST_WAIT,
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, SystemTrust(max_retries=retry, pool_maxsize=1))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def get(self, address: str, *, validators: Mapping[str, str] | None = None) -> Reply:
        """Ask for an address of the site.

        Args:
            validators: those of an earlier reply, so that the content comes only if it has changed since.

        Raises:
            SiteError: if it is not the site's, robots.txt forbids it, or it is not answered whole.
        """
        here = address
        for _ in range(_REDIRECTS):
            self._check_allowed(here)
            status, headers, content = self._whole(here, validators or {})
            if status in (301, 302, 303, 307, 308) and "Location" in headers:
                here = urljoin(here, headers["Location"])
                continue
            if status == 304 and validators:
                return Reply(here, b"", "", validators, is_unchanged=True)
            if status != 200:
                raise SiteError(f"{address}: the site answered {status}")
            sent = {name: headers[name] for name in ("ETag", "Last-Modified") if name in headers}
            return Reply(here, content, headers.get("Content-Type", "").partition(";")[0].strip().lower(), sent)
        raise SiteError(f"{address}: more than {_REDIRECTS} redirects")

    def _check_allowed(self, address: str) -> None:
        if not self._site.has(address):
            raise SiteError(f"{address[:200]} is no address of {self._site.pages} or {self._site.files}")
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = self._read_robots(f"{origin}/robots.txt")
        rules = self._robots[origin]
        if not rules.can_fetch(self.agent, address):
            raise SiteError(f"{address}: robots.txt of {origin} forbids it")
        self._pause = max(self._pause, float(rules.crawl_delay(self.agent) or 0))

    def _read_robots(self, address: str) -> RobotFileParser:
        """Read the rules of an origin; without a file of them all is allowed, and while it is refused nothing."""
        status, _, content = self._whole(address, {})
        rules = RobotFileParser(address)
        if status == 200:
            rules.parse(content.decode("utf-8", "replace").splitlines())
        elif status in (404, 410):
            rules.parse([])
        else:
            raise SiteError(f"{address}: the site answered {status}, so nothing is asked of it")
        return rules

    def _whole(self, address: str, validators: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and whole content of one answer; what is cut off is asked for again."""
        conditions = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
        headers = {conditions[name]: value for name, value in validators.items() if name in conditions}
        problem: requests.RequestException | None = None
        for attempt in range(_ATTEMPTS):
            self._wait(self._pause * (2**attempt if attempt else 1))
            try:
                with self._session.get(
                    address, headers=headers, stream=True, timeout=_SILENCE, allow_redirects=False
                ) as response:
                    return response.status_code, response.headers, self._content(response, address)
            except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError) as error:
                problem = error
            except requests.RequestException as error:
                raise SiteError(f"{address}: {_reason(error)}") from error
            finally:
                self._ended = time.monotonic()
        raise SiteError(f"{address}: cut off {_ATTEMPTS} times") from problem

    def _content(self, response: requests.Response, address: str) -> bytes:
        content = bytearray()
        for chunk in response.iter_content(_CHUNK):
            content += chunk
            if len(content) > LARGEST:
                raise SiteError(f"{address}: larger than {LARGEST >> 20} MB")
        return bytes(content)

    def _wait(self, seconds: float) -> None:
        left = self._ended + seconds - time.monotonic()
        if self._ended and left > 0:
            self._sleep(left)


def _reason(error: requests.RequestException) -> str:
    if "certificate verify failed" in str(error).lower():
        return "this machine does not trust the site's certificate"
    return f"the site cannot be reached ({type(error).__name__})"
