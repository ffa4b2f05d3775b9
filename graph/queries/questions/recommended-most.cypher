// What councils are asked to improve, topic by topic
// Which parts of practice are recommendations, priority actions and areas for improvement about, and in how many
// councils' reports?
//
// group: findings
// parameter region (region, null): only councils of this region
// parameter since (day, null): only inspections that began on this day or later
// parameter kind (recommendation | priority-action | area-for-improvement, null): only this kind
// column concept: the topic
// column authorities: in how many councils' reports
// column asked: how many of these there are
// column quotation: the latest of them
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding
// example: since=2020-01-01
MATCH (finding:Finding) USING INDEX finding:Finding(kind)
WHERE finding.kind IN ['recommendation', 'priority-action', 'area-for-improvement']
  AND ($kind IS NULL OR finding.kind = $kind)
MATCH (finding)<-[:STATES]-(document:Document)-[:REPORTS_ON]->(authority:LocalAuthority)
WHERE ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH authority, document, collect(finding) AS findings
WITH *, head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
WHERE $since IS NULL OR inspected >= $since
UNWIND findings AS finding
MATCH (finding)-[:CONCERNS]->(concept:Concept)
WITH concept, finding, document, authority, inspected
ORDER BY inspected IS NULL, inspected DESC, document.source, finding.start
WITH concept, count(DISTINCT authority) AS authorities, count(finding) AS asked,
     head(collect({finding: finding, document: document})) AS shown
RETURN concept.name AS concept, authorities, asked,
       shown.finding.text AS quotation, shown.document.source AS document, shown.finding.page AS page,
       shown.finding.paragraph AS paragraph, [shown.finding.iri] AS evidence
ORDER BY authorities DESC, asked DESC, concept
