"""The whole flow over the samples: what a build does with new, known, changed, removed and broken files."""

import pickle
import shutil
from dataclasses import replace
from datetime import date
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import pytest

from caregraph.build import build, remove
from caregraph.document_worker import DocumentWorker
from caregraph.extractors.pipeline import ReportReader
from caregraph.extractors.reading.read import read_report
from caregraph.graph.dataset.corrections import UNDONE, place_of
from caregraph.graph.dataset.document_cache import document_path
from caregraph.graph.dataset.store import Dataset
from caregraph.graph.neo4j.sync_plan import payload_version, plan_sync, planned_loads
from caregraph.graph.resolution.decision_files import append_decision
from caregraph.graph.resolution.decisions import Decision
from caregraph.inputs import files_in, find_inputs
from caregraph.ontology.errors import StoreError, UnknownDocument, UnreadableReport
from caregraph.reading.documents import UnreadDocument
from caregraph.workspace import Workspace

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
BAD_FILES = ROOT / "tests" / "bad_files"
LETTER = "ashmere_monitoring-visit_2019-11-20.txt"


@pytest.fixture(scope="module")
def reader():
    workspace = Workspace(ROOT / "no-such-folder")
    return ReportReader(workspace.vocabulary)


def new_workspace(data):
    made = Workspace(data)
    made.add_register(SAMPLES / "register.ttl")
    return made


@pytest.fixture
def unread(tmp_path):
    """A workspace without anything in it."""
    return new_workspace(tmp_path / "data")


@pytest.fixture
def workspace(unread, samples_built):
    """The same with the reports' records in its cache, so that a build need not read them; its dataset is empty."""
    take_records(samples_built, unread)
    return unread


def take_records(samples_built, workspace):
    (workspace.data / "records").mkdir()
    for path in SAMPLES.glob("*.txt"):
        name = f"{sha256(path.read_bytes()).hexdigest()}.json"
        shutil.copy(samples_built / "records" / name, workspace.data / "records")


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    for path in SAMPLES.glob("*.txt"):
        shutil.copy(path, folder)
    return folder


def statuses(workspace, folder):
    return {outcome.source: outcome.status for outcome in build(workspace, find_inputs([folder]), workers=1)}


def statements(workspace):
    with Dataset.read(workspace.dataset_folder) as dataset:
        return {(row["s"], row["p"], row["o"]) for row in dataset.sparql("SELECT ?s ?p ?o { ?s ?p ?o }").rows}


@pytest.mark.parametrize("path", files_in([SAMPLES]), ids=lambda path: path.stem)
def test_every_quotation_is_a_slice_of_its_report(reader, path):
    report = read_report(path)
    record = reader.read(path)

    quotes = [*record.judgements, *record.people, *record.mentions, *record.findings, *record.passages]
    assert quotes
    for quote in quotes:
        assert report.text[quote.start : quote.end] == quote.text
        assert report.page_at(quote.start) == quote.page
        assert quote.start < report.notes_end


def test_build_adds_then_skips(unread, reports):
    assert set(statuses(unread, reports).values()) == {"added"}
    before = statements(unread)

    assert set(statuses(unread, reports).values()) == {"skipped"}
    assert statements(unread) == before


def test_build_replaces_what_changed(workspace, reports):
    statuses(workspace, reports)
    letter = reports / LETTER
    with letter.open("a", encoding="utf-8") as file:
        file.write("\n\nSupervision is now regular in every team.\n")

    found = statuses(workspace, reports)
    assert found[LETTER] == "replaced"
    assert set(found.values()) == {"replaced", "skipped"}


def test_removed_document_leaves_what_a_build_without_it_has(workspace, reports, samples_built, tmp_path):
    statuses(workspace, reports)
    with Dataset.open(workspace.dataset_folder) as dataset:
        assert dataset.remove(LETTER)
    (reports / LETTER).unlink()
    fresh = new_workspace(tmp_path / "fresh")
    take_records(samples_built, fresh)
    statuses(fresh, reports)

    assert statements(workspace) == statements(fresh)


def test_build_keeps_each_document_and_removal_throws_it_away(workspace, reports):
    statuses(workspace, reports)
    with Dataset.read(workspace.dataset_folder) as dataset:
        hashes = {entry.source: entry.sha256 for entry in dataset.documents()}
    for source, hash in hashes.items():
        assert document_path(workspace.data, hash).read_bytes() == (reports / source).read_bytes()

    remove(workspace, LETTER)
    assert document_path(workspace.data, hashes[LETTER]) is None
    assert workspace.cache.record(hashes[LETTER], workspace.extractor) is None
    with pytest.raises(UnknownDocument, match=LETTER):
        remove(workspace, LETTER)
    assert len(list((workspace.data / "records").iterdir())) == len(hashes) - 1


def loads_of(dataset, cache=None):
    refused = {}
    loads = list(planned_loads(dataset, plan_sync(dataset), refused, cache))
    assert refused == {}
    return {load.graph: (load.version, comparable(load.payload)) for load in loads}


def comparable(payload):
    """A payload in an order that does not depend on that of its statements."""
    own, shared = payload.own, payload.contribution
    iris = [*own.iris(), *own.outside_iris]
    nodes = [(label, sorted(node.items())) for label, nodes in own.nodes.items() for node in nodes]
    bare = [
        (type, *map(iris.__getitem__, ends))
        for type, indices in own.bare_edges.items()
        for ends in zip(indices[::2], indices[1::2], strict=True)
    ]
    edges = [(type, iris[start], iris[end], sorted(values.items())) for start, end, type, values in own.edges]
    own_iris = [(label, iri) for label, iris in shared.own_iris.items() for iri in iris]
    parts = (nodes, bare, edges, own_iris, shared.nodes, shared.edges, shared.referenced_iris)
    return [sorted(map(repr, part)) for part in parts]


def test_cached_payload_is_that_of_the_statements(workspace, reports):
    shutil.copy(reports / LETTER, reports / "again.txt")
    statuses(workspace, reports)

    with Dataset.read(workspace.dataset_folder) as dataset:
        entries = dataset.documents()
        single = [entry for entry in entries if entry.source not in ("again.txt", LETTER)]
        assert single
        assert all(workspace.cache.payload(entry.sha256, payload_version(entry.fingerprint)) for entry in single)
        assert loads_of(dataset, workspace.cache) == loads_of(dataset)


def test_decision_is_applied_and_undone_without_reading_again(workspace, reports, monkeypatch):
    statuses(workspace, reports)
    before = statements(workspace)
    people = sorted(s for s, p, o in before if p.endswith("#type") and o.endswith("#Person"))
    monkeypatch.setattr(ReportReader, "read_bytes", lambda *_: pytest.fail("read again"))
    same = Decision(left=people[0], right=people[1], verdict="same", by="person:Ann", why="a test")
    decided = Workspace(workspace.data)
    append_decision(same, decided.decisions_file)

    assert set(statuses(decided, reports).values()) <= {"replaced", "skipped"}
    assert not {s for s, _, _ in statements(workspace)}.issuperset(people[:2])

    append_decision(replace(same, verdict="undone"), decided.decisions_file)
    assert "replaced" in statuses(Workspace(workspace.data), reports).values()
    assert statements(workspace) == before


def test_correction_is_applied_and_undone_without_reading_again(workspace, reports, monkeypatch):
    statuses(workspace, reports)
    before = statements(workspace)
    monkeypatch.setattr(ReportReader, "read_bytes", lambda *_: pytest.fail("read again"))
    corrected = Workspace(workspace.data)
    record = next(record for record in corrected.records() if record.findings and record.mentions)
    finding, mention = record.findings[0], record.mentions[0]
    right = "neutral" if finding.polarity != "neutral" else "concern"
    kind = "body" if mention.type != "body" else "service"
    made = [("polarity", finding.start, right), ("topics", finding.start, "none"), ("kind", mention.start, kind)]
    for field, start, value in made:
        place = place_of(record.sha256, start, field)
        corrected.correct(place, field, value, by="Ann", why="a test", when=date(2026, 11, 30))

    assert set(statuses(Workspace(workspace.data), reports).values()) == {"replaced", "skipped"}
    after = statements(workspace)
    iri = place_of(record.sha256, finding.start, "polarity")
    said = {p.rpartition("/")[2]: o for s, p, o in after if s == iri}
    assert any(p.endswith("polarity") and o.endswith(f"/{right}") for s, p, o in after if s == iri)
    assert not any(p.endswith("concerns") for p in said)
    assert sum("Ann corrected it" in str(o) for _, _, o in after) >= 3

    for field, start, _ in made:
        place = place_of(record.sha256, start, field)
        corrected.correct(place, field, UNDONE, by="Ann", why="a test", when=date(2026, 11, 30))
    statuses(Workspace(workspace.data), reports)
    assert statements(workspace) == before


def test_damaged_record_is_read_again(workspace, reports):
    statuses(workspace, reports)
    before = statements(workspace)
    for path in (workspace.data / "records").iterdir():
        path.write_bytes(b"{}")
    for path in (workspace.data / "documents").iterdir():
        path.unlink()
    other = Workspace(workspace.data)
    other.version = f"{workspace.version}-other"

    assert set(statuses(other, reports).values()) == {"replaced"}
    assert all(path.stat().st_size > 2 for path in (workspace.data / "records").iterdir())
    assert len(list((workspace.data / "documents").iterdir())) == len(list(reports.iterdir()))
    statuses(workspace, reports)
    assert statements(workspace) == before


def test_one_broken_file_stops_nothing(workspace, reports):
    for path in BAD_FILES.glob("*.*"):
        if path.suffix != ".md":
            shutil.copy(path, reports)

    found = {outcome.source: outcome for outcome in build(workspace, find_inputs([reports]), workers=1)}
    again = {outcome.source: outcome for outcome in build(workspace, find_inputs([reports]), workers=1)}

    assert found[LETTER].status == "added"
    failed = {source: outcome.reason for source, outcome in found.items() if outcome.status == "failed"}
    pictures = [] if find_spec("rapidocr") else ["scanned.pdf"]  # which the extra "ocr" reads
    assert len(failed) == 6 + len(pictures)
    assert all(failed.values())
    assert {source: again[source].reason for source in failed} == failed


def test_broken_version_of_a_file_keeps_what_it_said(workspace, reports):
    statuses(workspace, reports)
    before = statements(workspace)
    (reports / LETTER).write_bytes(b"")

    assert statuses(workspace, reports)[LETTER] == "failed"
    assert statements(workspace) == before


@pytest.fixture
def same_names(tmp_path):
    """Two councils' reports of one file name, a folder each."""
    folder = tmp_path / "same names"
    for council in ("Ashmere", "Wexholme"):
        path = folder / council.lower() / "inspection - 18 may 2026.txt"
        path.parent.mkdir(parents=True)
        letter = (SAMPLES / LETTER).read_text(encoding="utf-8").replace("Ashmere", council)
        path.write_text(letter, encoding="utf-8")
    return folder


@pytest.mark.parametrize("together", [True, False])
def test_two_files_of_one_name_are_two_documents(workspace, same_names, together):
    folders = [same_names] if together else sorted(same_names.iterdir())
    for folder in folders:
        assert set(statuses(workspace, folder).values()) == {"added"}
    for folder in folders:
        assert set(statuses(workspace, folder).values()) == {"skipped"}
    with Dataset.read(workspace.dataset_folder) as dataset:
        sources = [entry.source for entry in dataset.documents()]

    assert len(sources) == 2
    assert {record.authority.name for record in workspace.records()} == {"Ashmere", "Wexholme"}
    remove(workspace, f"wexholme/{Path(sources[0]).name}")
    assert [record.authority.name for record in workspace.records()] == ["Ashmere"]


def test_end_of_a_path_names_a_document_only_if_it_names_one(workspace, same_names):
    statuses(workspace, same_names)

    with pytest.raises(UnknownDocument, match="several documents"):
        remove(workspace, "inspection - 18 may 2026.txt")


def test_files_that_are_gone_are_reported_and_retracted_on_demand(workspace, reports):
    statuses(workspace, reports)
    (reports / LETTER).unlink()

    assert statuses(workspace, reports)[LETTER] == "gone"
    pruned = {outcome.source: outcome.status for outcome in build(workspace, find_inputs([reports]), prune=True)}
    assert pruned[LETTER] == "removed"
    assert LETTER not in statuses(workspace, reports)
    assert LETTER not in {record.source for record in workspace.records()}


def test_moved_folder_is_read_once(workspace, reports):
    before = statuses(workspace, reports)
    moved = reports.rename(reports.with_name("moved"))

    assert statuses(workspace, moved) == dict.fromkeys(before, "skipped")


def test_directory_of_an_earlier_version_is_carried_over_without_reading(workspace, reports, monkeypatch):
    """Documents were known by their bare names; now they have paths."""
    statuses(workspace, reports)
    with Dataset.open(workspace.dataset_folder) as dataset:
        for entry in dataset.documents():
            dataset.relocate(entry.source, None)
    nested = reports.parent / "nested"
    nested.mkdir()
    reports.rename(nested / "reports")
    monkeypatch.setattr("caregraph.extractors.pipeline.ReportReader.read_bytes", None)

    outcomes = statuses(workspace, nested)
    assert set(outcomes.values()) <= {"added", "skipped", "replaced"}
    with Dataset.read(workspace.dataset_folder) as dataset:
        assert {entry.source for entry in dataset.documents()} == set(outcomes)
    assert all(source.startswith("reports/") for source in outcomes)


def test_processes_side_by_side_read_what_one_alone_reads(unread, samples_built, tmp_path):
    files = find_inputs([SAMPLES])
    found = set(build(unread, files, workers=2))
    alone = new_workspace(tmp_path / "alone")
    shutil.copytree(samples_built / "records", alone.data / "records")

    assert {outcome.status for outcome in found} == {"added"}
    assert found == set(build(alone, files, workers=1))
    assert statements(unread) == statements(alone)


def test_record_is_kept_for_the_build_that_asked_for_it(unread, reports, monkeypatch):
    version = unread.extractor
    sent = pickle.loads(pickle.dumps(DocumentWorker(unread, "")))
    monkeypatch.setattr("caregraph.extractors.version.extractor_version", lambda vocabulary: "installed-meanwhile")

    made = sent(UnreadDocument(LETTER, "", reports / LETTER))

    assert made.record
    assert made.extractor == version


def test_document_whose_record_is_lost_is_told_of(workspace, reports, monkeypatch):
    monkeypatch.setattr("caregraph.graph.dataset.document_cache.DocumentCache.record", lambda *given: None)

    assert set(statuses(workspace, reports).values()) == {"failed"}
    monkeypatch.undo()
    assert set(statuses(workspace, reports).values()) == {"added"}


def test_register_is_whole_or_as_before(workspace, tmp_path, monkeypatch):
    def full(path, target):
        path.write_bytes(path.read_bytes()[:100])
        raise OSError(28, "No space left on device")

    before = workspace.vocabulary.sources
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(StoreError, match="No space left"):
        workspace.add_register(SAMPLES / "register.ttl")
    monkeypatch.undo()

    assert Workspace(workspace.data).vocabulary.sources == before
    broken = workspace.data / "registers" / "register.ttl"
    broken.write_text("@prefix", encoding="utf-8")
    workspace.add_register(SAMPLES / "register.ttl")
    assert broken.read_bytes() == (SAMPLES / "register.ttl").read_bytes()


def test_missing_path_is_an_error():
    with pytest.raises(UnreadableReport, match="does not exist"):
        files_in([Path("no-such-folder-here")])


def test_seeds_are_read_as_labelled(reader, shared):
    from caregraph.evaluation.measure import Labels, measure_records

    labels = [row for row in Labels.read(shared / "gold").record if row["id"].startswith("seed-")]
    records = {path.stem: reader.read(path).as_json() for path in (shared / "corpus" / "seeds").glob("*.txt")}

    figures = {figure.name: figure.value for figure in measure_records(labels, records, lambda *_: None)}
    assert len(labels) == 5
    assert {name: value for name, value in figures.items() if value != 1.0} == {}
