"""Update: new reports are fetched and read, and what is new is written down.

<data>/news.jsonl       a change a line, with the day on which an update found it
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from caregraph.api import BuildReport, Graph
from caregraph.build import build
from caregraph.changes import ChangeRow, find_changes
from caregraph.graph.atomic_files import append_line, write_atomically
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.improvement.states import TOLD
from caregraph.graph.wording import sentence_case
from caregraph.inputs import InputFile, Inputs
from caregraph.ofsted.client import Client
from caregraph.ofsted.fetch import FetchOutcome, Wanted, fetch
from caregraph.ofsted.listing import ListedReport
from caregraph.ofsted.manifest import FetchedFile
from caregraph.ofsted.site import Site, file_number, provider_number
from caregraph.ontology.errors import StoreError
from caregraph.ontology.records import Origin

NEWS = "news.jsonl"
_ATOM = "http://www.w3.org/2005/Atom"
_ENTRIES = 200  # of a feed, the latest first


@dataclass(frozen=True, slots=True)
class NewsItem:
    """Change that an update found on a day."""

    found: str
    change: ChangeRow

    @property
    def title(self) -> str:
        """Change in a line of plain words."""
        row = self.change
        words = {
            "new document": f"new report: {row.document}",
            "document changed": f"report changed: {row.document}",
            "document gone": f"report gone: {row.document}",
            "grade": f"{row.about}: {row.before} became {row.after}",
            "first named": f"named for the first time: {row.about}",
            "recommendation": f"asked in {row.before}, {row.after}: {row.about}",
        }[row.change]
        return f"{row.authority}: {words}" if row.authority else sentence_case(words)


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """Result of an update: what was fetched, what the build made of it, and what is new."""

    outcomes: tuple[FetchOutcome, ...]
    built: BuildReport | None
    news: tuple[NewsItem, ...]

    @property
    def failed(self) -> dict[str, str]:
        """Reasons by address or document, of what could not be fetched, read or loaded."""
        unfetched = {outcome.address: outcome.reason or "" for outcome in self.outcomes if outcome.status == "failed"}
        return unfetched | (self.built.failed if self.built else {})


def update(
    graph: Graph, site: Site, client: Client, wanted: Wanted, *, today: date, workers: int | None = None
) -> UpdateReport:
    """Fetch and read what the graph does not have yet, and write down what is new.

    Raises:
        SiteError: if the site's list cannot be read, or it seems to be down.
        BadDecision, StoreError: as a build.
    """
    workspace = graph.workspace
    folder = workspace.data / "reports"
    before = list(workspace.records())
    known = _KnownReports(workspace.origins)
    fetched = fetch(folder, site, client, workspace.vocabulary, wanted, is_known=known.has)
    outcomes = tuple(fetched)
    with Dataset.read(workspace.dataset_folder) as dataset:
        hashes = {entry.sha256 for entry in dataset.documents()}
    files = [outcome.file for outcome in outcomes if outcome.file and outcome.file.sha256 not in hashes]
    if not files:
        return UpdateReport(outcomes, None, ())
    workspace.add_origins({file.sha256: _origin_of(file) for file in files})
    inputs = Inputs(tuple(InputFile(file.path, folder / file.path, file.address) for file in files))
    built = BuildReport(tuple(build(workspace, inputs, workers=workers)), graph.sync())
    changes = find_changes(before, workspace.records(), workspace.resolver)
    news = [NewsItem(today.isoformat(), row) for row in (*changes, *_requests(graph, changes))]
    for item in news:
        append_line(workspace.data / NEWS, json.dumps(asdict(item), ensure_ascii=False, default=str))
    return UpdateReport(outcomes, built, tuple(news))


class _KnownReports:
    """Reports of which the graph has the facts: by the number of their file, else by council's page and day."""

    def __init__(self, origins: dict[str, Origin]) -> None:
        self._numbers = {file_number(origin.address) for origin in origins.values()}
        without = (origin for origin in origins.values() if not origin.address and origin.page)
        self._days = {(provider_number(origin.page or ""), origin.listed) for origin in without}

    def has(self, page: str, report: ListedReport) -> bool:
        return report.number in self._numbers or (provider_number(page), report.published) in self._days


def _origin_of(file: FetchedFile) -> Origin:
    return Origin(file.address, file.page, file.title, date.fromisoformat(file.published))


def _requests(graph: Graph, changes: Sequence[ChangeRow]) -> Iterator[ChangeRow]:
    """Yield what became of the requests of earlier inspections, where a new report tells."""
    new = {row.document: row for row in changes if row.change == "new document" and row.authority}
    for authority in sorted({row.authority or "" for row in new.values()}):
        for row in graph.ask("improvement-ledger", authority=authority, show="all"):
            told = new.get(row["later_document"])
            if told and row["state"] in TOLD:
                asked = str(row["inspected"].year)
                yield replace(told, change="recommendation", about=row["quotation"], before=asked, after=row["state"])


def read_news(data: Path) -> list[NewsItem]:
    """Read what updates found, the latest first.

    Raises:
        StoreError: if the file cannot be read.
    """
    path = data / NEWS
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        return [_item_of(json.loads(line)) for line in reversed(lines)]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(f"{path} cannot be read: {error}") from error


def _item_of(row: dict[str, Any]) -> NewsItem:
    change = row["change"]
    day = date.fromisoformat(change["day"]) if change["day"] else None
    return NewsItem(row["found"], ChangeRow(**{**change, "day": day}))


def write_feed(path: Path, news: Sequence[NewsItem]) -> None:
    """Write news as an Atom feed, the latest first as they are given; the same news make the same bytes.

    Raises:
        StoreError: if it cannot be written.
    """
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", "urn:caregraph:news")
    _add(feed, "title", "What is new in inspections of children's services")
    _add(feed, "updated", _moment(news[0].found if news else "1970-01-01"))
    author = ET.SubElement(feed, f"{{{_ATOM}}}author")
    _add(author, "name", "caregraph")
    for item in news[:_ENTRIES]:
        key = json.dumps(asdict(item), sort_keys=True, default=str).encode()
        entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        _add(entry, "id", f"urn:sha256:{hashlib.sha256(key).hexdigest()}")
        _add(entry, "title", item.title)
        _add(entry, "updated", _moment(item.found))
        _add(entry, "summary", f"{item.title}. Source: {item.change.document}")
    write_atomically(path, ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _add(parent: ET.Element, name: str, text: str) -> None:
    allowed = "".join(sign for sign in text if sign.isprintable())  # XML has no control characters
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = allowed


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
