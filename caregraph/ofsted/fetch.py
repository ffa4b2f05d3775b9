"""Fetch: from the inspectorate's lists to files in a folder, a folder a council.

    list of local authorities -> page of each -> its reports -> files, whole or not there

What is in the folder already is not asked for again, so that a fetch that was broken off goes on where it stopped.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from caregraph.graph.atomic_files import write_atomically
from caregraph.ofsted.client import Client, Reply
from caregraph.ofsted.listing import (
    ListedAuthority,
    ListedKind,
    ListedReport,
    read_provider_page,
    read_search_page,
)
from caregraph.ofsted.manifest import FetchedFile, ListedPage, Manifest
from caregraph.ofsted.site import Site
from caregraph.ontology.errors import SiteError, StoreError
from caregraph.ontology.iris import slug
from caregraph.ontology.register import AuthorityTerm
from caregraph.ontology.vocabulary import Vocabulary

FileStatus = Literal["fetched", "changed", "here", "failed"]

_PDF_TYPES = frozenset({"application/pdf", "application/octet-stream", "binary/octet-stream", ""})
_TAIL = 2048  # bytes at the end of a whole PDF, in which its end is marked
_FAILURES = 5  # in a row, after which the site counts as down
_PAGES = 50  # of the search, far more than there can be


@dataclass(frozen=True, slots=True)
class Wanted:
    """Choice of reports; what is not given is not narrowed. ``authorities`` are ONS codes, ``region`` a region's."""

    authorities: frozenset[str] = frozenset()
    region: str | None = None
    kinds: frozenset[ListedKind] = frozenset()
    since: date | None = None

    def has_authority(self, term: AuthorityTerm) -> bool:
        """Tell whether an authority is chosen."""
        return (not self.authorities or term.gss in self.authorities) and self.region in (None, term.region)

    def has_report(self, report: ListedReport) -> bool:
        """Tell whether a listed report is chosen."""
        return (not self.kinds or report.kind in self.kinds) and (self.since is None or report.published >= self.since)


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """Outcome for one address: of a report, or of a page that could not be read. ``file`` is there if a file is."""

    address: str
    status: FileStatus
    authority: str
    file: FetchedFile | None = None
    reason: str | None = None


def _none_is_known(page: str, report: ListedReport) -> bool:
    return False


def fetch(
    folder: Path,
    site: Site,
    client: Client,
    vocabulary: Vocabulary,
    wanted: Wanted,
    *,
    recheck: bool = False,
    is_known: Callable[[str, ListedReport], bool] = _none_is_known,
) -> Iterator[FetchOutcome]:
    """Fetch the wanted reports that a folder lacks; yield the outcome for each, and for pages that cannot be read.

    Args:
        recheck: ask also for files that are there, whether they have changed.
        is_known: tells of a page's address and a report whether it is to be left out.

    Raises:
        SiteError: if the list of local authorities cannot be read, lacks a wanted one, or the site seems to be down.
        StoreError: if the folder cannot be written, or another fetch is at it.
    """
    with open_folder(folder) as manifest:
        failures = 0
        for term, authority in _chosen(site, client, vocabulary, wanted):
            chosen = _Choice(wanted, is_known, recheck)
            for outcome in _fetch_authority(site.provider_page(authority.urn), client, manifest, term, chosen):
                yield outcome
                failures = failures + 1 if outcome.status == "failed" else 0
                if failures == _FAILURES:
                    raise SiteError(f"{failures} addresses in a row failed; the last: {outcome.reason}")


@contextmanager
def open_folder(folder: Path) -> Iterator[Manifest]:
    """Open a folder of fetched reports for one process; tidy its manifest at the end.

    Raises:
        StoreError: if it cannot be written, or another fetch is at it.
    """
    lock = FileLock(folder / ".fetch.lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreError(f"{folder}: another fetch is at it") from None
    except OSError as error:
        raise StoreError(f"{folder} cannot be written: {error.strerror or error}") from error
    try:
        for unfinished in folder.rglob("*.part"):
            unfinished.unlink(missing_ok=True)
        manifest = Manifest(folder)
        yield manifest
        manifest.tidy()
    finally:
        lock.release()


def listed_authorities(site: Site, client: Client) -> list[ListedAuthority]:
    """List every local authority of the site, page by page until one has nothing new.

    Raises:
        SiteError: if there is none, or the list does not end.
    """
    listed: dict[str, ListedAuthority] = {}
    for _ in range(_PAGES):
        address = site.search_page(len(listed))  # the site may give fewer on a page than were asked for
        page = read_search_page(client.get(address).content, address)
        new = {authority.urn: authority for authority in page if authority.urn not in listed}
        listed |= new
        if not listed:
            raise SiteError(f"{address} has changed: no link to /provider/44/NUMBER is on it")
        if not new:
            return list(listed.values())
    raise SiteError(f"{site.search_page(0)} does not end after {_PAGES} pages")


def _chosen(
    site: Site, client: Client, vocabulary: Vocabulary, wanted: Wanted
) -> Iterator[tuple[AuthorityTerm, ListedAuthority]]:
    """Yield the wanted authorities with what the site lists of them; one that it lacks is an error, told first."""
    listed = {authority.urn: authority for authority in listed_authorities(site, client)}
    terms = [term for term in vocabulary.authorities if term.urn and term.ended is None and wanted.has_authority(term)]
    lacking = [term.name for term in terms if term.urn not in listed]
    if lacking:
        raise SiteError(f"{site.search_page(0)} has changed: it does not list {', '.join(sorted(lacking))}")
    for term in sorted(terms, key=lambda term: term.name):
        yield term, listed[term.urn or ""]


@dataclass(frozen=True, slots=True)
class _Choice:
    wanted: Wanted
    is_known: Callable[[str, ListedReport], bool]
    recheck: bool


def _fetch_authority(
    page: str, client: Client, manifest: Manifest, term: AuthorityTerm, choice: _Choice
) -> Iterator[FetchOutcome]:
    try:
        reports = listed_reports(page, client, manifest)
    except SiteError as error:
        yield FetchOutcome(page, "failed", term.name, reason=str(error))
        return
    for report in filter(choice.wanted.has_report, reports):
        if choice.is_known(page, report):
            continue
        present = manifest.present(report.address)
        if present and not choice.recheck:
            yield FetchOutcome(report.address, "here", term.name, present)
            continue
        try:
            yield fetch_report(report, page, term.name, client, manifest)
        except SiteError as error:
            yield FetchOutcome(report.address, "failed", term.name, reason=str(error))


def listed_reports(page: str, client: Client, manifest: Manifest) -> tuple[ListedReport, ...]:
    """Reports that a local authority's page lists; where the page has not changed, those that the manifest has.

    Raises:
        SiteError: if it cannot be had, or is not as it was.
    """
    known = manifest.pages.get(page)
    reply = client.get(page, validators=known.validators if known else None)
    if known and reply.is_unchanged:
        return known.reports
    reports = tuple(read_provider_page(reply.content, page))
    entry = ListedPage(page=page, validators=reply.validators, reports=reports)
    if entry != known:
        manifest.add(entry)
    return reports


def fetch_report(report: ListedReport, page: str, authority: str, client: Client, manifest: Manifest) -> FetchOutcome:
    """Fetch one report into the folder, whatever is there.

    Raises:
        SiteError: if it cannot be had whole, or is no PDF.
        StoreError: if it cannot be written.
    """
    present = manifest.present(report.address)
    reply = client.get(report.address, validators=present.validators if present else None)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if present and reply.is_unchanged:
        manifest.confirm(present, now)
        return FetchOutcome(report.address, "here", authority, present)
    check_pdf(reply)
    path = f"{slug(authority)}/{slug(authority)}_{report.kind}_{report.published}_{report.number}.pdf"
    write_atomically(manifest.folder / path, reply.content, durable=True)
    entry = FetchedFile(
        address=report.address,
        path=path,
        authority=authority,
        page=page,
        title=report.title,
        published=report.published.isoformat(),
        sha256=hashlib.sha256(reply.content).hexdigest(),
        fetched=now,
        validators=reply.validators,
    )
    manifest.add(entry)
    is_same = present is not None and present.sha256 == entry.sha256
    status: FileStatus = "fetched" if present is None else "here" if is_same else "changed"
    return FetchOutcome(report.address, status, authority, entry)


def check_pdf(reply: Reply) -> None:
    """Check that a reply is a whole PDF, by what it is called and by its bytes.

    Raises:
        SiteError: if it is not.
    """
    if reply.content_type not in _PDF_TYPES or not reply.content.lstrip()[:5] == b"%PDF-":
        raise SiteError(f"{reply.address}: expected a PDF, got {reply.content_type or 'something else'}")
    if b"%%EOF" not in reply.content[-_TAIL:]:
        raise SiteError(f"{reply.address}: the PDF lacks its end")
