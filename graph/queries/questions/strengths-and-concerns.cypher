// Strengths and concerns on a topic
// What do inspectors find about a part of practice, its own parts included?
//
// group: concepts
// parameter concept (concept, "permanence"): the topic's name, or another word for it
// parameter polarity (polarity, null): only findings of this polarity; neutral ones only if asked for
// parameter authority (local authority, null): only reports on this council
// parameter region (region, null): only councils of this region
// parameter most (number, 500): the maximum number of rows, the latest inspections first
// column concept: what the finding is about
// column authority: the council that the report is on
// column polarity: strength, concern, mixed or neutral
// column quotation: their words
// column inspected: the first day of the inspection
// column document: the file of the report
// column page: the page
// column paragraph: the printed number of the paragraph
// column evidence: the IRI of the finding
// example: concept=front door; polarity=concern
MATCH (asked:Concept) WHERE asked.iri IN $concept
MATCH (concept:Concept)-[:BROADER*0..]->(asked)
WITH DISTINCT concept
// Only findings concern a concept: to look at the label of each would take time.
MATCH (concept)<-[:CONCERNS]-(finding)
WHERE CASE WHEN $polarity IS NULL THEN finding.polarity <> 'neutral' ELSE finding.polarity = $polarity END
MATCH (finding)<-[:STATES]-(document)
WITH document, collect([concept, finding]) AS found
MATCH (document)-[:REPORTS_ON]->(authority:LocalAuthority)
WHERE ($authority IS NULL OR authority.iri IN $authority)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH *, head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
// Reports are sorted first: then findings are sorted report by report, and only as far as there are rows to give.
ORDER BY inspected IS NULL, inspected DESC, authority.name, document.source
UNWIND found AS one
WITH authority, document, inspected, one[0] AS concept, one[1] AS finding
ORDER BY inspected IS NULL, inspected DESC, authority.name, document.source, finding.start, concept.name LIMIT $most
RETURN concept.name AS concept, authority.name AS authority, finding.polarity AS polarity, finding.text AS quotation,
       inspected, document.source AS document, finding.page AS page, finding.paragraph AS paragraph, [finding.iri] AS evidence
