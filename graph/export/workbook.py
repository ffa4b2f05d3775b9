"""Excel workbook: the overview that the sector knows, judgements, services, findings, evidence, and the licence.

No cell is a formula or a link: the words of reports are text.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

import xlsxwriter

from caregraph.graph.export import overview_sheet
from caregraph.graph.export.graph_xml import clean_xml
from caregraph.graph.export.tables import Tables, flat_value
from caregraph.graph.readers import RowReader
from caregraph.ontology.licence import attribution

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS, MAX_CHARACTERS = 1_048_575, 32_767  # that a sheet, without its header, and a cell of Excel can hold
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CREATED = datetime(1980, 1, 1, tzinfo=UTC)  # of every workbook, as of the files in it: the same graph, the same bytes
WIDE, NARROW = 60, 18  # characters
LONG = frozenset({"Text", "Words", "Concepts", "Named things", "Statistical neighbours", "Neighbours' overall grades"})

SERVICES = """
MATCH (t:Agency|Service|Programme|Body|Process)
CALL (t) {
  MATCH (c:LocalAuthority)-[:USES]->(t) RETURN c, 'used by' AS relation
  UNION ALL MATCH (t)-[:SERVES]->(c:LocalAuthority) RETURN c, 'serves' AS relation
  UNION ALL MATCH (t)-[:HOSTED_BY]->(c:LocalAuthority) RETURN c, 'hosted by' AS relation
}
WITH t, c, relation WHERE $region IS NULL OR EXISTS { (c)-[:IN_REGION]->(:Region {iri: $region}) }
RETURN t.name AS Name, labels(t)[0] AS Kind, t.scope AS Scope, relation AS Relation, c.name AS Authority,
       c.gss AS `GSS code`,
       COUNT { (t)<-[:MENTIONS]-(:Document)-[:REPORTS_ON]->(c) } AS `Documents that name it`, t.iri AS IRI
ORDER BY Name, IRI, Authority, Relation
"""
JUDGEMENTS = """
MATCH (c:LocalAuthority)<-[:INSPECTED]-(i:Inspection)-[:GAVE]->(j:Judgement)
WHERE $region IS NULL OR EXISTS { (c)-[:IN_REGION]->(:Region {iri: $region}) }
RETURN c.name AS Authority, c.laCode AS `LA code`, c.gss AS `GSS code`,
       head([(c)-[:IN_REGION]->(r) | r.name]) AS Region, i.kind AS Inspection,
       head([(i)-[:UNDER]->(f) | f.name]) AS Framework, i.started AS `Inspection start`, i.ended AS `Inspection end`,
       j.area AS Area, j.grade AS Grade,
       COLLECT { MATCH (i)-[:REPORTED_IN]->(d:Document) RETURN d.source ORDER BY d.source } AS Report, j.iri AS IRI
ORDER BY Authority, i.started IS NULL, i.started DESC, i.iri, Area, IRI
"""
DOCUMENTS = """
MATCH (d:Document)
WHERE $region IS NULL OR EXISTS { (d)-[:REPORTS_ON]->(:LocalAuthority)-[:IN_REGION]->(:Region {iri: $region}) }
RETURN d.iri AS iri ORDER BY d.source
"""
DOCUMENT = "MATCH (d:Document {iri: $document}) OPTIONAL MATCH (d)-[:REPORTS_ON]->(c:LocalAuthority)"
FINDINGS = f"""
{DOCUMENT} WITH d, head(collect(c.name)) AS authority
MATCH (d)-[:STATES]->(f:Finding)
RETURN authority AS Authority, d.source AS Document, f.kind AS Kind, f.polarity AS Polarity, f.confidence AS Confidence,
       COLLECT {{ MATCH (f)-[:CONCERNS]->(concept) RETURN concept.name ORDER BY concept.name }} AS Concepts,
       COLLECT {{ MATCH (f)-[:INVOLVES]->(thing) RETURN thing.name ORDER BY thing.name }} AS `Named things`,
       f.text AS Text, f.page AS Page, f.paragraph AS Paragraph, f.section AS Section, f.iri AS IRI
ORDER BY f.start
"""
EVIDENCE = f"""
{DOCUMENT} WITH d, head(collect(c.name)) AS authority
CALL (d) {{
  MATCH (d)<-[:PART_OF]-(:Passage)<-[r:EVIDENCED_BY]-(j:Judgement)
  RETURN 'grade' AS subject, j.area + ': ' + j.grade AS fact, r
  UNION ALL MATCH (d)<-[:REPORTED_IN]-(:Inspection)<-[r:TOOK_PART_IN]-(p:Person) WHERE r.document = d.iri
  RETURN 'inspector' AS subject, p.name + ': ' + r.role AS fact, r
  UNION ALL MATCH (d)-[:REPORTS_ON]->(:LocalAuthority)<-[r:SERVED]-(p:Person) WHERE r.document = d.iri
  RETURN 'post' AS subject, p.name + ': ' + r.role AS fact, r
  UNION ALL MATCH (d)<-[:PART_OF]-(:Passage)-[r:MENTIONS]->(t)
  RETURN 'named thing' AS subject, t.name AS fact, r
}}
RETURN authority AS Authority, d.source AS Document, subject AS `Evidence for`, fact AS Fact, r.text AS Words,
       r.page AS Page, r.start AS `First character`, r.end AS `Last character`
ORDER BY subject, r.start
"""


def write_workbook(store: RowReader, tables: Tables, output: BinaryIO) -> None:
    """Write six kinds of sheet, four without findings; rows that do not fit into a sheet go on in another."""
    with open_workbook(output, title="caregraph") as workbook:
        region = tables.selection.region
        write_sheet(workbook, "Overview", overview_sheet.overview_rows(store, region))
        write_sheet(workbook, "Judgements", store.stream(JUDGEMENTS, region=region))
        write_sheet(workbook, "Services", store.stream(SERVICES, region=region))
        documents = [row["iri"] for row in store.stream(DOCUMENTS, region=region)]
        sheets = (("Findings", FINDINGS), ("Evidence", EVIDENCE)) if tables.selection.findings else ()
        for name, cypher in sheets:
            write_sheet(workbook, name, (row for iri in documents for row in store.stream(cypher, document=iri)))
        write_sheet(workbook, "Licence", [{"Text": attribution()}])


def open_workbook(output: BinaryIO, *, title: str) -> Any:
    """A workbook, to be closed by whoever opened it, in which no text is run; it carries the licence."""
    options = {**SAFE, "constant_memory": True, "default_date_format": "yyyy-mm-dd", "remove_timezone": True}
    workbook = xlsxwriter.Workbook(output, options)
    workbook.set_properties({"title": title, "comments": attribution(), "created": CREATED})
    return workbook


def write_sheet(workbook: Any, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows under a header that stays in sight; without rows the sheet says so."""
    sheet: Any = None
    number = 0
    for count, row in enumerate(rows):
        number = count % MAX_ROWS + 1
        if number == 1:
            sheet = _new_sheet(workbook, name if count == 0 else f"{name} {count // MAX_ROWS + 1}", list(row))
        for column, value in enumerate(row.values()):
            sheet.write(number, column, _cell(value))
    if sheet is None:
        _new_sheet(workbook, name, ["none in the graph"])


def _new_sheet(workbook: Any, name: str, header: Sequence[str]) -> Any:
    sheet = workbook.add_worksheet(name)
    for column, title in enumerate(header):
        sheet.set_column(column, column, WIDE if title in LONG else NARROW)
        sheet.write_string(0, column, title, workbook.add_format({"bold": True, "text_wrap": True}))
    sheet.freeze_panes(1, 0)
    return sheet


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, int | float | date):
        return value
    text = clean_xml(flat_value(value))
    return text.replace("\r\n", "\n").replace("\r", "\n")[:MAX_CHARACTERS]  # Excel writes a return as _x000D_
