"""Reports of which only the facts are here, fetched from an imitation of the inspectorate's site."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from caregraph.build import load_snapshot
from caregraph.extractors.pipeline import ReportReader
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.graph.resolution.review import pairs_for_review, read_pairs
from caregraph.missing_words import fetch_report, fetched_passage, reports_without_words
from caregraph.ofsted.client import Client
from caregraph.ofsted.site import Site
from caregraph.ontology.errors import SiteError
from caregraph.ontology.records import Origin
from caregraph.snapshot import write_snapshot
from caregraph.uploads import preview
from caregraph.workspace import Workspace
from tests.imitation_site import Fault, Imitation, serving

SAMPLES = Path(__file__).parents[2] / "samples"
REPORT = SAMPLES / "ashmere_cs_2022-05-16.pdf"
LISTED = "children's services inspection, pdf - 4 july 2022"
ADDRESS = "https://files.ofsted.gov.uk/v1/file/501"
PAGE = "https://reports.ofsted.gov.uk/provider/44/990001"


@pytest.fixture(scope="module")
def record():
    return ReportReader(Workspace(Path("none")).vocabulary).read(REPORT)


@pytest.fixture
def site():
    imitation = Imitation()
    imitation.add("990001", "Ashmere", ("501", LISTED))
    imitation.files["501"] = REPORT.read_bytes()
    with serving(imitation):
        yield imitation


@pytest.fixture(scope="module")
def facts(record, tmp_path_factory):
    """A data directory with the facts of the report, to be copied."""
    folder = tmp_path_factory.mktemp("facts")
    workspace = Workspace(folder / "data")
    resolver = Resolver(workspace.vocabulary, Decisions())
    write_snapshot(folder / "facts.xz", [record], {record.sha256: Origin(address=ADDRESS)}, resolver, extractor="1")
    outcomes = list(load_snapshot(workspace, folder / "facts.xz", workers=1))
    assert [outcome.status for outcome in outcomes] == ["added"]
    assert workspace.origins == {record.sha256: Origin(address=ADDRESS)}
    found = pairs_for_review(workspace.records(), workspace.vocabulary, Decisions())
    assert read_pairs(workspace.pairs_file, Decisions()) == found
    return workspace.data


@pytest.fixture
def workspace_of(facts, record, tmp_path):
    """Makes a data directory with the facts of a report that its publisher gives at an origin."""

    def copied(origin):
        workspace = Workspace(shutil.copytree(facts, tmp_path / "data"))
        workspace.add_origins({record.sha256: origin})
        return workspace

    return copied


def fetched(workspace, site):
    [entry] = reports_without_words(workspace)
    here = Site(site.origin, site.origin)
    with Client(here, pause=0.001) as client:
        return fetch_report(workspace, entry, here, client)


@pytest.mark.parametrize(
    "origin", [Origin(address=ADDRESS), Origin(page=PAGE, listed=date(2022, 7, 4))], ids=["by address", "by page"]
)
def test_words_stand_where_the_facts_say(record, site, workspace_of, origin):
    workspace = workspace_of(origin)
    finding = record.findings[10]
    assert fetched_passage(workspace.data, record.sha256, finding.start) is None

    report = fetched(workspace, site)
    assert report.is_same
    preview(workspace, report.entry.source, workspace.cache.document(record.sha256))
    passage = fetched_passage(workspace.data, record.sha256, finding.start)
    assert finding.text in passage.text
    assert reports_without_words(workspace) == []


def test_another_hash_is_told_and_kept_apart(record, site, workspace_of):
    workspace = workspace_of(Origin(address=ADDRESS))
    site.files["501"] += b"\n% corrected\n%%EOF\n"

    report = fetched(workspace, site)
    assert not report.is_same
    assert report.file.path.read_bytes() == site.files["501"]
    assert report.file.source == record.source
    assert workspace.cache.document(record.sha256) is None


@pytest.mark.parametrize(
    ("origin", "fault", "says"),
    [
        (Origin(), None, "no address of it is known"),
        (Origin(page=PAGE, listed=date(2021, 1, 1)), None, "lists no report of 2021-01-01"),
        (Origin(address=ADDRESS), Fault(99, 404), "answered 404"),
        (Origin(address=ADDRESS), Fault(99, body=b"<html></html>"), "expected a PDF"),
    ],
)
def test_what_is_not_to_be_had_is_said(record, site, workspace_of, origin, fault, says):
    workspace = workspace_of(origin)
    if fault:
        site.faults["/v1/file/501"] = fault

    with pytest.raises(SiteError, match=says):
        fetched(workspace, site)
    assert len(reports_without_words(workspace)) == 1
