"""Words of reports of which a snapshot has the facts alone: fetched from the inspectorate, checked by hash, read.

A report whose bytes have the hash of the snapshot's keeps its facts, and its words stand where the facts say. One with
another hash is another version: it is read anew and takes the other's place.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from caregraph.api import BuildReport, Graph
from caregraph.build import build, rebuild
from caregraph.graph.atomic_files import write_atomically
from caregraph.graph.dataset.catalogue import Entry
from caregraph.graph.dataset.document_cache import DocumentCache, document_path
from caregraph.graph.dataset.store import Dataset
from caregraph.inputs import InputFile, Inputs
from caregraph.ofsted.client import Client
from caregraph.ofsted.fetch import check_pdf
from caregraph.ofsted.listing import read_provider_page
from caregraph.ofsted.site import Site, file_number, provider_number, the_site
from caregraph.ontology.errors import SiteError, UnknownDocument
from caregraph.ontology.records import Origin, Passage
from caregraph.settings import contact
from caregraph.uploads import preview
from caregraph.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FetchedReport:
    """Report that was fetched; ``file`` is there, and gives it, if it is not the one that the facts are of."""

    entry: Entry
    file: InputFile | None = None

    @property
    def is_same(self) -> bool:
        """True if its bytes are those that the facts were read from."""
        return self.file is None


def reports_without_words(workspace: Workspace) -> list[Entry]:
    """List the documents of the dataset of which only the facts are here.

    Raises:
        StoreError: if the dataset cannot be read.
    """
    with Dataset.read(workspace.dataset_folder) as dataset:
        done = [entry for entry in dataset.documents() if entry.status == "done"]
    return [entry for entry in done if workspace.cache.lacks_words(entry.sha256)]


def fetch_report(workspace: Workspace, entry: Entry, site: Site, client: Client) -> FetchedReport:
    """Fetch a report into the data directory; nothing is asked if its bytes are there.

    Raises:
        SiteError: if it is not to be had whole, or no address of it is known.
        StoreError: if it cannot be written.
    """
    if document_path(workspace.data, entry.sha256):
        return FetchedReport(entry)
    addresses = _addresses(entry, workspace.origins.get(entry.sha256) or Origin(), site, client)
    contents = []
    for address in addresses:
        reply = client.get(address)
        check_pdf(reply)
        if hashlib.sha256(reply.content).hexdigest() == entry.sha256:
            workspace.cache.add_document(reply.content)
            return FetchedReport(entry)
        contents.append(reply.content)
    if len(contents) != 1:
        raise SiteError(f"{entry.source}: none of {len(contents)} reports that were listed on its day is the one read")
    sha256 = hashlib.sha256(contents[0]).hexdigest()
    path = workspace.data / "reports" / f"{sha256}.pdf"
    write_atomically(path, contents[0])
    workspace.add_origins({sha256: replace(workspace.origins[entry.sha256], address=addresses[0])})
    return FetchedReport(entry, InputFile(entry.source, path, entry.location))


def _addresses(entry: Entry, origin: Origin, site: Site, client: Client) -> list[str]:
    """Addresses at which a report may be: the one that is known, else those that its council's page has of that day."""
    if number := file_number(origin.address):
        return [site.file(number)]
    urn = provider_number(origin.page) if origin.page else None
    if urn is None or origin.listed is None:
        raise SiteError(f"{entry.source}: no address of it is known")
    page = site.provider_page(urn)
    reports = read_provider_page(client.get(page).content, page)
    listed = [report.address for report in reports if report.published == origin.listed]
    if not listed:
        raise SiteError(f"{entry.source}: {page} lists no report of {origin.listed}")
    return listed


def get_report(data: Path, sha256: str) -> FetchedReport:
    """Fetch the report of a document and read it, so that its words can be shown; one that differs joins the graph.

    The words of one that is the same join answers and search with the next build.

    Raises:
        UnknownDocument: if the dataset has none with this hash.
        SiteError, UnreadableReport, StoreError: if it cannot be had, read or written.
    """
    workspace = Workspace(data)
    with Dataset.read(workspace.dataset_folder) as dataset:
        entry = next((entry for entry in dataset.documents() if entry.sha256 == sha256), None)
    if entry is None:
        raise UnknownDocument(f"no document with the hash {sha256}")
    site = the_site()
    with Client(site, contact=contact()) as client:
        fetched = fetch_report(workspace, entry, site, client)
    if fetched.is_same:
        preview(workspace, entry.source, workspace.cache.document(sha256) or b"")
    else:
        with Graph(data) as graph:
            read_fetched(graph, [fetched])
    return fetched


def fetch_missing(graph: Graph, site: Site, client: Client) -> Iterator[FetchedReport | SiteError]:
    """Fetch all reports of which only the facts are here; yield each, or why it is not to be had.

    Raises:
        StoreError: if the dataset cannot be read, or a report not written.
    """
    for entry in reports_without_words(graph.workspace):
        try:
            yield fetch_report(graph.workspace, entry, site, client)
        except SiteError as error:
            yield error


def read_fetched(graph: Graph, fetched: Iterable[FetchedReport], *, workers: int | None = None) -> BuildReport:
    """Read reports that were fetched, and bring the graph up to date with them.

    Raises:
        BadDecision, StoreError: as a build.
    """
    files = tuple(report.file for report in fetched if report.file)
    outcomes = [*build(graph.workspace, Inputs(files), workers=workers)] if files else []
    outcomes += rebuild(graph.workspace, workers=workers)
    return BuildReport(tuple(outcomes), graph.sync())


def fetched_passage(data: Path, sha256: str, start: int) -> Passage | None:
    """Passage of a report around a character of it, if the report has been read here; None if it has not."""
    cache = DocumentCache(data)
    record = None if cache.lacks_words(sha256) else cache.record(sha256, None)
    passages = record.passages if record else ()
    return next((passage for passage in passages if passage.start <= start < passage.end), None)
