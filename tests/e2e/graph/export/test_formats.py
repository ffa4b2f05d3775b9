"""Exports in every form: each opens again, with as much in it, and text stays text."""

import csv
import io
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import networkx
import openpyxl
import pytest
from pyarrow import parquet

from caregraph.graph.export.cypher_script import literal
from caregraph.graph.export.formats import FORMS, export_graph
from caregraph.graph.export.spreadsheet import safe_cell
from caregraph.graph.export.tables import WHOLE, Selection, Tables
from caregraph.graph.neo4j.property_graph import EdgeRow, GraphRows, NodeRow
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.server import launcher
from caregraph.ontology.errors import StoreError
from caregraph.ontology.iris import document_iri, thing_iri

LICENCE = "Open Government Licence v3.0"
HOSTILE = [
    '=HYPERLINK("http://127.0.0.1/", "a grade")',
    "+1+1", "-2", "@SUM(A1)", "\t=1", "＝1",
    "'); MATCH (n) DETACH DELETE n; //", "a \\' b \\u0027 c \\\\u0027 \\", "`x` $rows {a: 1}",
    "]]></data><node id='x'/>", "<script>&amp;</script>", "nothing\x00\x0b\x1f\ufffe seen",
    "two\nlines\r\nand \u2028 more", "a lone\rreturn",
    'a "quoted" word, and; more', "a\x1fb", "😀 Ñ ‘quotes’", " ",
]  # fmt: skip


def exported(store, form, selection=WHOLE):
    output = io.BytesIO()
    export_graph(store, output, form, selection)
    return output.getvalue()


@pytest.fixture(scope="module")
def samples(samples_graph):
    with Neo4jStore.connect(launcher.start(samples_graph, progress=print)) as store:
        yield store


@pytest.fixture(scope="module")
def counts(samples):
    """Numbers of nodes and relationships, by label and type; those without any are left out."""
    return {name: count for part in samples.counts().values() for name, count in part.items() if count}


@pytest.fixture
def hostile(store):
    """A graph whose names and texts try to be something else."""
    graph = document_iri("ab12")
    nodes = [
        NodeRow("Passage", thing_iri("passage", f"ab12-{at}"), {"name": text, "text": text, "start": at}, own=True)
        for at, text in enumerate(HOSTILE)
    ]
    service = NodeRow("Service", thing_iri("service", "hub"), {"name": "Hub", "aliases": HOSTILE, "generic": True})
    edges = [
        EdgeRow("MENTIONS", node.iri, service.iri, f"{node.iri}-m", {"text": node.properties["text"]}, own=True)
        for node in nodes
    ]
    edges += [EdgeRow("PART_OF", node.iri, graph, own=True) for node in nodes]
    document = NodeRow("Document", graph, {"name": "=1", "source": "=cmd|' /C calc'!A0.pdf"}, own=True)
    store.load("1", GraphRows(graph, (document, service, *nodes), tuple(edges)))
    return store


def dump(store):
    """All nodes and relationships with their properties."""
    nodes = "MATCH (n) WHERE NOT n:_Graph|_Ledger|_Lock RETURN labels(n) AS labels, properties(n) AS held"
    edges = "MATCH (a)-[r]->(b) RETURN a.iri AS a, type(r) AS type, b.iri AS b, properties(r) AS held"
    return [
        sorted(str(sorted(in_one_order(row).items(), key=str)) for row in store.read(query)) for query in (nodes, edges)
    ]


def in_one_order(value):
    """Lists in one order: they are sets, as RDF has them."""
    if isinstance(value, dict):
        return {key: in_one_order(part) for key, part in sorted(value.items())}
    return sorted(map(str, value)) if isinstance(value, list) else value


def csv_files(archive):
    with ZipFile(io.BytesIO(archive)) as opened:
        for name in opened.namelist():
            if name.endswith(".csv"):
                text = opened.read(name).decode("utf-8-sig")
                yield Path(name).stem, list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_has_every_node_and_relationship(samples, counts):
    archive = exported(samples, "csv")

    assert {name: len(rows) for name, rows in csv_files(archive)} == counts
    assert LICENCE in ZipFile(io.BytesIO(archive)).read("ATTRIBUTION.txt").decode()


@pytest.mark.parametrize("form", FORMS)
def test_the_same_graph_makes_the_same_bytes(samples, form, monkeypatch):
    first = exported(samples, form)
    monkeypatch.setattr("time.time", lambda: 1_900_000_000.0)

    assert exported(samples, form) == first


def test_a_region_has_its_councils_with_their_reports_alone(samples, counts):
    region = thing_iri("region", "E99000000")
    tables = dict(csv_files(exported(samples, "csv", Selection(region))))
    near = "(:LocalAuthority)-[:IN_REGION]->(:Region {iri: $region})"

    def number(match):
        return samples.read(f"MATCH {match} RETURN count(DISTINCT n) AS count", region=region)[0]["count"]

    assert len(tables["Document"]) == number(f"(n:Document)-[:REPORTS_ON]->{near}") > 0
    assert len(tables["Finding"]) == number(f"(n:Finding)<-[:STATES]-(:Document)-[:REPORTS_ON]->{near}") > 0
    assert [row["iri"] for row in tables["Region"]] == [region]
    assert len(tables["LocalAuthority"]) < counts["LocalAuthority"]
    assert 0 < len(tables["Person"]) <= counts["Person"]
    assert len(tables["Concept"]) == counts["Concept"]
    iris = {row["iri"] for rows in tables.values() for row in rows if "iri" in row}
    assert all(row["from"] in iris and row["to"] in iris for rows in tables.values() for row in rows if "from" in row)


def test_without_findings_no_sentence_is_exported(samples, counts):
    tables = dict(csv_files(exported(samples, "csv", Selection(findings=False))))

    assert not {"Finding", "Passage", "STATES"} & tables.keys()
    assert len(tables["Document"]) == counts["Document"]
    workbook = openpyxl.load_workbook(io.BytesIO(exported(samples, "xlsx", Selection(findings=False))))
    assert workbook.sheetnames == ["Overview", "Judgements", "Services", "Licence"]


def test_csv_runs_nothing_in_a_spreadsheet(hostile):
    files = dict(csv_files(exported(hostile, "csv")))

    cells = [cell for rows in files.values() for row in rows for cell in row.values()]
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r＝＋－＠]", cell)]
    assert [row["text"] for row in sorted(files["Passage"], key=lambda row: int(row["start"]))] == [
        safe_cell(text) for text in HOSTILE
    ]


IMPORT = """
import os, sys
import jpype
from caregraph.graph.server.jars import class_path, jar_directory
from caregraph.graph.server.process import java_library

archive = [f"-XX:SharedArchiveFile={path}" for path in jar_directory().glob("classes-*.jsa")]
quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:cds=off", *archive]
jpype.startJVM(*quick, "--add-opens=java.base/java.nio=ALL-UNNAMED", jvmpath=java_library(), classpath=class_path())
context = jpype.JClass("org.neo4j.cli.ExecutionContext")(*(jpype.JClass("java.nio.file.Path").of(sys.argv[1]),) * 2)
command = jpype.JClass("org.neo4j.importer.ImportCommand$Full")(context)
os._exit(jpype.JClass("picocli.CommandLine")(command).execute(*sys.argv[2:]))
"""


def test_neo4j_admin_imports_what_is_exported_for_it(hostile, tmp_path):
    archive = exported(hostile, "neo4j-admin")
    with ZipFile(io.BytesIO(archive)) as opened:
        opened.extractall(tmp_path)
        readme = opened.read("README.txt").decode()
    options = re.findall(r"--[a-z-]+(?:=\S+)?", readme)

    done = subprocess.run(
        [sys.executable, "-c", IMPORT, str(tmp_path), "neo4j", "--threads=1", *options],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[4])}, capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    nodes, edges = (sum(part.values()) for part in hostile.counts().values())
    assert f"{nodes} nodes" in done.stdout
    assert f"{edges} relationships" in done.stdout
    assert LICENCE in readme


def run_script(store, script):
    for statement in script.decode().split("\n"):
        if statement and not statement.startswith("//"):
            store.write(statement)


def test_cypher_script_makes_the_same_graph(samples, store):
    script = exported(samples, "cypher")
    run_script(store, script)

    assert dump(store) == dump(samples)
    assert script.decode().startswith("// ")
    assert LICENCE in script.decode().split("\n")[0]


def test_cypher_script_holds_texts_as_they_are(hostile):
    before = dump(hostile)
    script = exported(hostile, "cypher")
    hostile.write("MATCH (n) DETACH DELETE n")
    run_script(hostile, script)

    assert dump(hostile) == before


@pytest.mark.parametrize("text", HOSTILE)
def test_literal_is_one_line_that_ends_where_it_should(text):
    written = literal(text)

    assert "\n" not in written
    assert re.fullmatch(r"'(\\.|[^'\\])*'", written)


@pytest.mark.parametrize(("form", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_networks_open_again_with_every_node_and_relationship(samples, counts, form, read):
    written = exported(samples, form)
    graph = read(io.BytesIO(written))

    nodes = sum(samples.counts()["nodes"].values())
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (nodes, sum(counts.values()) - nodes)
    classes = Counter(data["class"] for _, data in graph.nodes(data=True))
    assert classes == {label: count for label, count in samples.counts()["nodes"].items() if count}
    assert LICENCE in written.decode()


@pytest.mark.parametrize(("form", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
def test_networks_hold_texts_but_for_what_xml_cannot(hostile, form, read):
    graph = read(io.BytesIO(exported(hostile, form)))

    texts = {data["text"] for _, data in graph.nodes(data=True) if "text" in data}
    as_xml_reads = {re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", "\ufffd", text) for text in HOSTILE}
    assert {_folded(text) for text in texts} == {_folded(text) for text in as_xml_reads}
    assert graph.number_of_nodes() == len(HOSTILE) + 2


def _folded(text):
    """XML gives line ends back as line feeds, and those of attributes as spaces."""
    return re.sub(r"\r\n|[\r\n\t]", " ", text)


def test_parquet_keeps_every_value_and_its_kind(samples, counts, hostile):
    files = {}
    with ZipFile(io.BytesIO(exported(samples, "parquet"))) as archive:
        for name in archive.namelist():
            if name.endswith(".parquet"):
                files[Path(name).stem] = parquet.read_table(io.BytesIO(archive.read(name)))

    assert {name: table.num_rows for name, table in files.items()} == counts
    assert all(LICENCE.encode() in table.schema.metadata[b"attribution"] for table in files.values())
    kinds = {name: str(files["Document"].schema.field(name).type) for name in ("published", "pages", "source")}
    assert kinds == {"published": "date32[day]", "pages": "int64", "source": "string"}
    with ZipFile(io.BytesIO(exported(hostile, "parquet"))) as archive:
        [hub] = parquet.read_table(io.BytesIO(archive.read("nodes/Service.parquet"))).to_pylist()
    assert sorted(hub["aliases"]) == sorted(HOSTILE)  # a set, as RDF has it


def test_workbook_opens_with_the_overview_first(samples, counts):
    book = openpyxl.load_workbook(io.BytesIO(exported(samples, "xlsx")))

    assert book.sheetnames == ["Overview", "Judgements", "Services", "Findings", "Evidence", "Licence"]
    header, *rows = book["Overview"].iter_rows(values_only=True)
    columns = ["URN", "LA code", "Region", "Authority", "Grade: Overall", "Framework", "Lead inspector"]
    columns += ["Inspection start", "Inspection end", "Publication date", "Statistical neighbours"]
    assert set(columns) <= set(header)
    [ashmere] = [dict(zip(header, row, strict=True)) for row in rows if "Ashmere" in row]
    assert ashmere["Grade: Overall"]
    assert ashmere["Inspection start"].isoformat() == "2025-01-06T00:00:00"
    [wexholme] = [dict(zip(header, row, strict=True)) for row in rows if "Wexholme" in row]
    assert wexholme["Grade: Overall"] == "No overall grade"  # as from April 2026
    assert wexholme["Inspection start"].year == 2026  # not its area SEND inspection, which has no grade
    assert book["Judgements"].max_row - 1 == counts["Judgement"]
    assert book["Findings"].max_row - 1 == counts["Finding"]
    assert not any("_x000D_" in str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert LICENCE in book["Licence"]["A2"].value
    assert LICENCE in book.properties.description


def test_sector_overview_has_its_columns_codes_and_spellings(samples):
    book = openpyxl.load_workbook(io.BytesIO(exported(samples, "ilacs-overview")))

    header, *rows = book["ofsted_cs_inspections_overview"].iter_rows(values_only=True)
    assert header == (
        "urn", "la_code", "region_code", "ltla23cd", "stat_neighbours", "stat_neighbour_judgement", "local_authority",
        "inspection_link", "overall_effectiveness_grade", "inspection_framework", "inspector_name",
        "inspection_start_date", "inspection_end_date", "publication_date", "local_link_to_all_inspections",
        "impact_of_leaders_grade", "help_and_protection_grade", "in_care_grade", "care_leavers_grade",
        "inspectors_inspections_count",
    )  # fmt: skip
    authorities = {row["local_authority"]: row for row in (dict(zip(header, row, strict=True)) for row in rows)}
    ashmere, wexholme = authorities["ashmere"], authorities["wexholme"]
    assert ashmere["overall_effectiveness_grade"] in {"outstanding", "good", "requires improvement", "inadequate"}
    assert ashmere["inspection_start_date"] == "06/01/2025"
    assert ashmere["inspector_name"] == ashmere["inspector_name"].lower() != ""
    assert ashmere["inspectors_inspections_count"] == "1"
    assert wexholme["overall_effectiveness_grade"] == "not_reported_post_reform"


def test_workbook_has_no_formula_and_no_link(hostile):
    book = openpyxl.load_workbook(io.BytesIO(exported(hostile, "xlsx")))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
    assert not [cell for cell in cells if cell.hyperlink]
    words = [cell.value for cell in book["Evidence"]["E"]][1:]
    assert len(words) == len(HOSTILE)
    assert HOSTILE[0] in words


def test_empty_graph_can_be_exported(store):
    for form in FORMS:
        assert exported(store, form)


def test_unknown_form_is_refused(store):
    with pytest.raises(StoreError, match="no format called 'docx'; expected one of csv"):
        exported(store, "docx")


def test_graph_that_changes_meanwhile_is_not_exported(hostile, monkeypatch):
    versions = iter([{"a": "1"}, {"a": "2"}])
    monkeypatch.setattr(hostile, "loaded", lambda: next(versions))

    with pytest.raises(StoreError, match="changed the graph"):
        exported(hostile, "csv")


def test_tables_leave_out_what_the_ontology_does_not_have(hostile):
    hostile.write("MATCH (n:Passage) SET n.embedding = [0.5, 0.25]")
    [passages] = [table for table in Tables.of(hostile).nodes if table.name == "Passage"]

    assert "embedding" not in {column.key for column in passages.columns}
    assert all("embedding" not in row for row in passages.rows(hostile))
