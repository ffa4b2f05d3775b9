"""An Excel workbook: the overview that the sector knows, then services, findings and evidence, and the licence.

No cell is a formula or a link: what reports say is text.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, BinaryIO

import xlsxwriter

from caregraph.graph.export import overview_sheet
from caregraph.graph.export.tables import Tables, shown
from caregraph.graph.export.xml import clean
from caregraph.graph.readers import RowReader
from caregraph.ontology.licence import attribution

ROWS, CHARACTERS = 1_048_575, 32_767  # what a sheet and a cell of Excel hold, a sheet's header apart
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDE, NARROW = 60, 18  # characters
LONG = frozenset({"Text", "Words", "Concepts", "Named things", "Statistical neighbours", "Neighbours' overall grades"})

SERVICES = """
MATCH (t:Agency|Service|Programme|Body|Process)
CALL (t) {
  MATCH (c:LocalAuthority)-[:USES]->(t) RETURN c, 'used by' AS how
  UNION ALL MATCH (t)-[:SERVES]->(c:LocalAuthority) RETURN c, 'serves' AS how
  UNION ALL MATCH (t)-[:HOSTED_BY]->(c:LocalAuthority) RETURN c, 'hosted by' AS how
}
RETURN t.name AS Name, labels(t)[0] AS Kind, t.scope AS Scope, how AS Relation, c.name AS Authority,
       c.gss AS `GSS code`,
       COUNT { (t)<-[:MENTIONS]-(:Document)-[:REPORTS_ON]->(c) } AS `Documents that name it`, t.iri AS IRI
ORDER BY Name, IRI, Authority, Relation
"""
DOCUMENTS = "MATCH (d:Document) RETURN d.iri AS iri ORDER BY d.source"
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
  RETURN 'grade' AS what, j.area + ': ' + j.grade AS said, r
  UNION ALL MATCH (d)<-[:REPORTED_IN]-(:Inspection)<-[r:TOOK_PART_IN]-(p:Person) WHERE r.document = d.iri
  RETURN 'inspector' AS what, p.name + ': ' + r.role AS said, r
  UNION ALL MATCH (d)-[:REPORTS_ON]->(:LocalAuthority)<-[r:SERVED]-(p:Person) WHERE r.document = d.iri
  RETURN 'post' AS what, p.name + ': ' + r.role AS said, r
  UNION ALL MATCH (d)<-[:PART_OF]-(:Passage)-[r:MENTIONS]->(t)
  RETURN 'named thing' AS what, t.name AS said, r
}}
RETURN authority AS Authority, d.source AS Document, what AS `Evidence for`, said AS Fact, r.text AS Words,
       r.page AS Page, r.start AS `First character`, r.end AS `Last character`
ORDER BY what, r.start
"""


def write(store: RowReader, tables: Tables, output: BinaryIO) -> None:
    """Five kinds of sheet; one that is longer than a sheet can be goes on in another."""
    options = {**SAFE, "constant_memory": True, "default_date_format": "yyyy-mm-dd", "remove_timezone": True}
    with xlsxwriter.Workbook(output, options) as workbook:
        workbook.set_properties({"title": "caregraph", "comments": attribution()})
        _sheet(workbook, "Overview", overview_sheet.rows(store))
        _sheet(workbook, "Services", store.stream(SERVICES))
        documents = [row["iri"] for row in store.stream(DOCUMENTS)]
        for name, cypher in (("Findings", FINDINGS), ("Evidence", EVIDENCE)):
            _sheet(workbook, name, (row for iri in documents for row in store.stream(cypher, document=iri)))
        _sheet(workbook, "Licence", [{"Text": attribution()}])


def _sheet(workbook: Any, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows under a header that stays in sight; an empty sheet says that it is."""
    sheet: Any = None
    number = 0
    for place, row in enumerate(rows):
        number = place % ROWS + 1
        if number == 1:
            sheet = _new_sheet(workbook, name if place == 0 else f"{name} {place // ROWS + 1}", list(row))
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
    return clean(shown(value))[:CHARACTERS]
