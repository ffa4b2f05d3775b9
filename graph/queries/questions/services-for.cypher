// What councils use for a part of practice
// Which named things do findings on a topic name, in how many councils' reports, and how many of these findings are
// strengths or concerns? That a thing is named beside a strength does not say that it is its cause.
//
// group: services
// parameter concept (concept, "permanence"): the topic's name, or another word for it; with all that is narrower
// parameter kind (kind of thing, null): only things of this kind
// parameter region (region, null): only councils of this region
// parameter least (number, 1): the minimum number of councils whose reports name it
// column thing: the thing that is named; a kind stands for each council's own
// column kind: its kind: agency, service, programme, body or process
// column authorities: in how many councils' reports
// column strengths: how many of the findings are strengths
// column concerns: how many are concerns
// column quotation: the latest of them, a strength if there is one
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding
// example: concept=care leavers; region=North East
MATCH (authority:LocalAuthority)<-[:REPORTS_ON]-(document:Document)
WHERE $region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region }
WITH collect(DISTINCT document) AS documents
MATCH (concept:Concept)-[:BROADER*0..]->(asked:Concept) WHERE asked.iri IN $concept
WITH DISTINCT documents, concept
// Only findings concern a concept: to look at the label of each would take time.
MATCH (concept)<-[:CONCERNS]-(finding) WHERE EXISTS { (finding)-[:INVOLVES]->() }
MATCH (finding)<-[:STATES]-(document) WHERE document IN documents
WITH document, collect(DISTINCT finding) AS findings
MATCH (document)-[:REPORTS_ON]->(authority:LocalAuthority)
WITH authority, document, findings,
     head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
UNWIND findings AS finding
MATCH (finding)-[:INVOLVES]->(named) WHERE $kind IS NULL OR $kind IN labels(named)
OPTIONAL MATCH (named)-[:INSTANCE_OF]->(generic)
WITH DISTINCT coalesce(generic, named) AS thing, authority, document, inspected, finding
ORDER BY finding.polarity <> 'strength', inspected IS NULL, inspected DESC, document.source, finding.start
WITH thing, count(DISTINCT authority) AS authorities,
     count(CASE finding.polarity WHEN 'strength' THEN 1 END) AS strengths,
     count(CASE finding.polarity WHEN 'concern' THEN 1 END) AS concerns,
     head(collect({finding: finding, document: document})) AS shown
WHERE authorities >= $least
RETURN thing.name AS thing, labels(thing)[0] AS kind, authorities, strengths, concerns,
       shown.finding.text AS quotation, shown.document.source AS document, shown.finding.page AS page,
       shown.finding.paragraph AS paragraph, [shown.finding.iri] AS evidence
ORDER BY authorities DESC, strengths DESC, thing
