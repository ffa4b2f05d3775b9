// Inspections, the latest first
// Which inspections were held, of which councils, when, under which framework, and how many grades did they give?
//
// group: inspections
// parameter authority (local authority, null): only inspections of this council
// parameter region (region, null): only councils of this region
// parameter kind (kind of document, null): only this kind
// parameter since (day, null): only inspections that began on this day or later
// column authority: the council that was inspected
// column kind: the kind of inspection
// column framework: the inspection framework
// column started: its first day
// column ended: its last day
// column grades: how many grades it gave
// column findings: how many findings its report makes
// column quotation: the report's first words
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of their passage
// example: region=North East; since=2018-01-01
MATCH (inspection:Inspection)-[:INSPECTED]->(authority:LocalAuthority)
WHERE ($authority IS NULL OR authority.iri IN $authority) AND ($kind IS NULL OR inspection.kind = $kind)
  AND ($since IS NULL OR inspection.started >= $since)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
OPTIONAL MATCH (inspection)-[:REPORTED_IN]->(document:Document)
OPTIONAL MATCH (inspection)-[:UNDER]->(framework:Framework)
CALL (document) {
  OPTIONAL MATCH (document)<-[:PART_OF]-(passage:Passage)
  RETURN passage ORDER BY passage.start LIMIT 1
}
RETURN authority.name AS authority, inspection.kind AS kind, framework.name AS framework, inspection.started AS started,
       inspection.ended AS ended, COUNT { (inspection)-[:GAVE]->(:Judgement) } AS grades,
       COUNT { (document)-[:STATES]->(:Finding) } AS findings, passage.text AS quotation, document.source AS document,
       passage.page AS page, passage.paragraph AS paragraph, [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY started IS NULL, started DESC, authority, document
