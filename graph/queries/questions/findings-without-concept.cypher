// Findings that no topic was found for
// Which strengths and concerns did not match any topic?
//
// group: quality of the data
// parameter authority (local authority, null): only reports on this council
// parameter most (number, 100): the maximum number of rows, the latest inspections first
// column authority: the council that the report is on
// column inspected: the first day of the inspection
// column polarity: strength, concern, mixed or neutral
// column quotation: their words
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding
// example: authority=Durham
MATCH (document:Document)-[:REPORTS_ON]->(authority:LocalAuthority)
WHERE $authority IS NULL OR authority.iri IN $authority
WITH authority, document, head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
ORDER BY inspected IS NULL, inspected DESC, document.source
MATCH (document)-[:STATES]->(finding:Finding)
WHERE finding.polarity IN ['strength', 'concern'] AND NOT EXISTS { (finding)-[:CONCERNS]->() }
WITH authority, inspected, document, finding
ORDER BY inspected IS NULL, inspected DESC, document.source, finding.start LIMIT $most
RETURN authority.name AS authority, inspected, finding.polarity AS polarity, finding.text AS quotation,
       document.source AS document, finding.page AS page, finding.paragraph AS paragraph, [finding.iri] AS evidence
