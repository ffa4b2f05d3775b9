"""Tests of the files that Neo4j's own importer reads."""

import csv
from datetime import date

import pytest

from caregraph.graph.neo4j.first_load import import_files
from caregraph.graph.neo4j.first_load.import_files import ImportFiles, NoImportForm
from caregraph.graph.neo4j.first_load.staging import stage_loads
from caregraph.graph.neo4j.load_transaction import Change
from caregraph.graph.neo4j.loader import Load
from caregraph.graph.neo4j.payload import GraphPayload
from caregraph.graph.neo4j.property_graph import EdgeRow, GraphRows, NodeRow
from caregraph.ontology.iris import document_iri

FIRST, SECOND = document_iri("a" * 64), document_iri("b" * 64)
EMPTY_ALIAS = NodeRow("Service", "x", {"aliases": ["a", ""]}, own=True)
COUNCIL = "https://w3id.org/caregraph/id/authority/E99000001"


def load(graph: str, *, label: str = "LocalAuthority", end: str = COUNCIL, name: str = "Ashmere") -> Load:
    """A document that names a council, which others may name too."""
    nodes = (NodeRow("Document", graph, {"name": "a report"}, own=True), NodeRow(label, COUNCIL, {"name": name}))
    edges = (EdgeRow("REPORTS_ON", graph, end, own=True), EdgeRow("USES", COUNCIL, COUNCIL))
    return Load(GraphPayload.of(GraphRows(graph, nodes, edges)), "1")


def read_tables(folder) -> dict[str, list[dict[str, str]]]:
    """Rows by label or type."""
    tables: dict[str, list[dict[str, str]]] = {}
    for path in sorted(folder.glob("*/*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            tables.setdefault(path.stem.rpartition("-")[0], []).extend(csv.DictReader(file))
    return tables


def test_what_graphs_share_is_staged_once_with_all_that_state_it(tmp_path):
    staged = stage_loads([load(FIRST), load(SECOND)], tmp_path / "import")

    assert staged == Change(nodes_created=3, relationships_created=3)

    tables = read_tables(tmp_path / "import")
    [council] = tables["LocalAuthority"]
    assert (council["iri:string"], council["statedIn:string[]"]) == (COUNCIL, f"{FIRST}\x1f{SECOND}")
    assert len(tables["Document"]) == len(tables["REPORTS_ON"]) == len(tables["_Graph"]) == 2
    assert {row[":END_ID"] for row in tables["REPORTS_ON"]} == {council[":ID"]}
    [uses] = tables["USES"]
    assert uses[":START_ID"] == uses[":END_ID"] == council[":ID"]
    assert len(tables["_Lock"]) == 1
    numbers = [row[":ID"] for rows in tables.values() for row in rows if ":ID" in row]
    assert len(numbers) == len(set(numbers)) == 6


@pytest.mark.parametrize(
    "loads",
    [
        [load(FIRST, end="https://w3id.org/caregraph/id/authority/E99000009")],  # which no graph describes
        [load(FIRST), load(SECOND, label="Service")],
        [load(FIRST), Load(GraphPayload.of(GraphRows(SECOND, (EMPTY_ALIAS,))), "1")],
    ],
    ids=["an end that nobody states", "two labels", "a value that cannot be written"],
)
def test_nothing_is_staged_where_something_is_to_be_refused(tmp_path, loads):
    assert not stage_loads(loads, tmp_path / "import")
    assert not list(tmp_path.iterdir())


def test_values_keep_their_types(tmp_path):
    files = ImportFiles(tmp_path)
    values = {"name": 'a "b"\n,c', "empty": "", "count": 3, "right": 0.5, "is": True, "on": date(2026, 3, 1)}
    files.add_node(7, "Service", {**values, "names": ["x", 'y"z'], "said": bytes([0, 127, 128, 255])})
    files.close()

    [row] = read_tables(tmp_path)["Service"]
    assert row == {
        ":ID": "7", "name:string": 'a "b"\n,c', "empty:string": "", "count:long": "3", "right:double": "0.5",
        "is:boolean": "true", "on:date": "2026-03-01", "names:string[]": 'x\x1fy"z',
        "said:byte[]": "0\x1f127\x1f-128\x1f-1",
    }  # fmt: skip
    assert ',"",' in next(tmp_path.glob("*/*.csv")).read_text(encoding="utf-8")  # an empty cell would be no value


@pytest.mark.parametrize("value", [["a", ""], ["a\x1fb"], ["a", 1], [], {"a": 1}, None])
def test_a_value_that_would_come_back_as_another_is_refused(tmp_path, value):
    with pytest.raises(NoImportForm):
        ImportFiles(tmp_path).add_node(1, "Service", {"value": value})


@pytest.mark.parametrize(("text", "buffer"), [("a", "1m"), ("é" * 2**20, "5m"), ('"' * 3 * 2**18, "4m")])
def test_buffer_holds_the_largest_value_as_it_is_written(tmp_path, text, buffer):
    files = ImportFiles(tmp_path)
    files.add_edge("MENTIONS", 1, 2, {"count": 3, "text": text})
    files.close()

    options = (tmp_path / "options").read_text().split("\n")
    assert f"--read-buffer-size={buffer}" in options
    assert max(path.stat().st_size for path in tmp_path.glob("*/*.csv")) <= int(buffer[:-1]) * 2**20


def test_rows_of_a_label_are_in_one_file_whatever_they_have(tmp_path):
    files = ImportFiles(tmp_path)
    files.add_node(1, "Service", {"name": "MASH", "empty": ""})
    files.add_node(2, "Service", {"count": 3, "name": "a,b"})
    files.add_node(3, "Service", {"count": "three"})  # of another type, so in a file of its own
    files.close()

    contents = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("nodes/*")}
    assert contents == {
        "Service-0.csv": '":ID","name:string","empty:string","count:long"\n1,"MASH","",\n2,"a,b",,3\n',
        "Service-1.csv": '":ID","name:string","empty:string","count:string"\n3,,,"three"\n',
    }


def test_property_that_comes_when_rows_are_written_begins_a_file(tmp_path, monkeypatch):
    monkeypatch.setattr(import_files, "BUFFERED_ROWS", 2)
    files = ImportFiles(tmp_path)
    for number, properties in enumerate([{"name": "A"}, {"name": "B"}, {"name": "C", "count": 3}, {"name": "D"}], 1):
        files.add_node(number, "Service", properties)
    files.close()

    contents = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("nodes/*")}
    assert contents == {
        "Service-0.csv": '":ID","name:string"\n1,"A"\n2,"B"\n4,"D"\n',
        "Service-1.csv": '":ID","name:string","count:long"\n3,"C",3\n',
    }
