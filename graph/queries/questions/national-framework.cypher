// What must improve, by the National Framework
// Which areas for improvement do reports refer to which outcome, enabler or principle of the Children's Social Care
// National Framework?
//
// group: findings
// parameter authority (local authority, null): only this council
// parameter region (region, null): only councils of this region
// parameter expectation (expectation, null): only this one, as outcome 3 or enabler 2
// column expectation: the outcome, enabler or principle
// column meaning: what it expects
// column authority: the council
// column inspected: the first day of the inspection
// column quotation: what must improve, in the report's words
// column document: the file of the report
// column page: the page
// column paragraph: the printed number of the paragraph
// column evidence: the IRI of the finding
// example:
MATCH (expectation:Expectation)<-[:CROSS_REFERENCES]-(finding:Finding)<-[:STATES]-(document:Document)
WHERE $expectation IS NULL OR expectation.iri IN $expectation
MATCH (document)-[:REPORTS_ON]->(authority:LocalAuthority)
WHERE ($authority IS NULL OR authority.iri IN $authority)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
RETURN expectation.name AS expectation, expectation.definition AS meaning, authority.name AS authority,
       head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected,
       finding.text AS quotation, document.source AS document, finding.page AS page, finding.paragraph AS paragraph,
       [finding.iri] AS evidence
ORDER BY expectation, inspected IS NULL, inspected DESC, authority, finding.start
