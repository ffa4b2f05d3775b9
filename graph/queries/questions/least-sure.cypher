// Findings whose polarity is least sure
// Of which findings is the reading as strength, concern or both least sure, so that a person should look?
//
// group: quality of the data
// parameter authority (local authority, null): only reports on this council
// parameter below (number, 60): only findings with a confidence below this percentage
// parameter most (number, 100): the maximum number of rows, the least sure first
// column confidence: the calibrated probability, from 0 to 1, that the polarity is right
// column polarity: how the finding was read
// column authority: the council that the report is on
// column quotation: the finding's words
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding
// example: authority=Durham
MATCH (document:Document)-[:REPORTS_ON]->(authority:LocalAuthority)
WHERE $authority IS NULL OR authority.iri IN $authority
MATCH (document)-[:STATES]->(finding:Finding) WHERE finding.confidence < $below / 100.0
WITH authority, document, finding ORDER BY finding.confidence, document.source, finding.start LIMIT $most
RETURN finding.confidence AS confidence, finding.polarity AS polarity, authority.name AS authority,
       finding.text AS quotation, document.source AS document, finding.page AS page, finding.paragraph AS paragraph,
       [finding.iri] AS evidence
ORDER BY confidence, document, finding.start
