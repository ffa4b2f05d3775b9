// Who like us does well at something
// Which of a council's statistical neighbours have strengths in a part of practice, the most alike first?
//
// group: authorities
// parameter authority (local authority): our name or code
// parameter concept (concept, "permanence"): the topic's name, or another word for it
// parameter nearest (number, 10): the number of neighbours to compare with, the nearest first
// parameter counted (as at, "latest"): the reports counted: each council's latest full inspection, those since, or all
// column rank: the neighbour's place, 1 the most alike
// column neighbour: the neighbour
// column concept: what the strength is in
// column strengths: how many strengths the reports counted have there
// column concerns: how many concerns
// column quotation: a strength, in the inspectors' words
// column inspected: the first day of the inspection
// column document: the file of the report
// column page: the page
// column paragraph: the printed number of the paragraph
// column evidence: the IRI of the finding
// example: authority=Durham; concept=front door
MATCH (concept:Concept)-[:BROADER*0..]->(asked:Concept) WHERE asked.iri IN $concept
WITH collect(DISTINCT concept) AS concepts
MATCH (us:LocalAuthority)-[near:NEIGHBOUR_OF]->(neighbour:LocalAuthority)
WHERE us.iri IN $authority AND near.rank <= $nearest
MATCH (neighbour)<-[:REPORTS_ON]-(document:Document) WHERE ($counted IS NULL OR document.iri IN $counted)
WITH concepts, near.rank AS rank, neighbour, document
MATCH (document)-[:STATES]->(finding:Finding) WHERE finding.polarity IN ['strength', 'concern']
WITH concepts, rank, neighbour, document, finding
MATCH (finding)-[:CONCERNS]->(concept) WHERE concept IN concepts
WITH rank, neighbour, concept, collect({finding: finding, document: document}) AS found,
     count(CASE finding.polarity WHEN 'strength' THEN 1 END) AS strengths,
     count(CASE finding.polarity WHEN 'concern' THEN 1 END) AS concerns
UNWIND found AS one
WITH *, one.finding AS finding, one.document AS document
WHERE finding.polarity = 'strength'
RETURN rank, neighbour.name AS neighbour, concept.name AS concept, strengths, concerns, finding.text AS quotation,
       head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected,
       document.source AS document, finding.page AS page, finding.paragraph AS paragraph, [finding.iri] AS evidence
ORDER BY rank, concept, inspected IS NULL, inspected DESC, document, finding.start
