// What is said of a named thing without its name
// Which findings are about it by words such as 'the panel' or 'it', behind a sentence that names it? No other question counts these.
//
// group: services
// parameter thing (named thing, "Adopt North East"): its name or an alias
// parameter polarity (polarity, null): only findings of this polarity
// parameter authority (local authority, null): only reports on this council
// parameter most (number, 500): the maximum number of rows, the latest inspections first
// column authority: the council that the report is on
// column inspected: the first day of the inspection
// column polarity: strength, concern, mixed or neutral
// column quotation: their words
// column reference: the words that refer to it
// column confidence: the share of such references that mean the thing, from 0 to 1
// column section: the heading above it
// column document: the file of the report
// column page: the page
// column paragraph: the printed number of the paragraph
// column evidence: the IRI of the finding
// example: thing=Corporate Parenting Board
MATCH (asked:Agency|Service|Programme|Body|Process) WHERE asked.iri IN $thing
MATCH (thing)-[:INSTANCE_OF*0..1]->(asked)
MATCH (finding:Finding)-[reference:REFERS_TO]->(thing)
WHERE $polarity IS NULL OR finding.polarity = $polarity
MATCH (document:Document)-[:STATES]->(finding)
OPTIONAL MATCH (document)-[:REPORTS_ON]->(authority:LocalAuthority)
WITH DISTINCT finding, reference, document, authority
WHERE $authority IS NULL OR authority.iri IN $authority
WITH *, head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
ORDER BY inspected IS NULL, inspected DESC, authority.name, document.source, finding.start LIMIT $most
RETURN authority.name AS authority, inspected, finding.polarity AS polarity, finding.text AS quotation,
       reference.text AS reference, reference.confidence AS confidence, finding.section AS section,
       document.source AS document, finding.page AS page, finding.paragraph AS paragraph, [finding.iri] AS evidence
