// What is said of a named thing
// What do inspectors say of it, wherever they name it? For a kind, such as the MASH, of each council's own.
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
// column concepts: what it is about
// column section: the heading above it
// column document: the file of the report
// column page: the page
// column paragraph: the printed number of the paragraph
// column evidence: the IRI of the finding
// example: thing=MASH; polarity=concern
MATCH (asked:Agency|Service|Programme|Body|Process) WHERE asked.iri IN $thing
MATCH (thing)-[:INSTANCE_OF*0..1]->(asked)
MATCH (finding:Finding)-[:INVOLVES]->(thing)
WHERE $polarity IS NULL OR finding.polarity = $polarity
WITH DISTINCT finding
MATCH (document:Document)-[:STATES]->(finding)
OPTIONAL MATCH (document)-[:REPORTS_ON]->(authority:LocalAuthority)
WITH * WHERE $authority IS NULL OR authority.iri IN $authority
WITH authority, document, finding,
     head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
ORDER BY inspected IS NULL, inspected DESC, authority.name, document.source, finding.start LIMIT $most
RETURN authority.name AS authority, inspected, finding.polarity AS polarity, finding.text AS quotation,
       COLLECT { MATCH (finding)-[:CONCERNS]->(concept:Concept) RETURN concept.name ORDER BY concept.name } AS concepts,
       finding.section AS section, document.source AS document, finding.page AS page, finding.paragraph AS paragraph,
       [finding.iri] AS evidence
