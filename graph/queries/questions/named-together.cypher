// What is named together with a named thing
// Which other things do findings name in the same sentence, in how many councils' reports?
//
// group: services
// parameter thing (named thing, "Mockingbird"): its name or an alias
// parameter region (region, null): only councils of this region
// column thing: the thing that is named beside it; a kind stands for each council's own
// column kind: its kind: agency, service, programme, body or process
// column authorities: in how many councils' reports
// column findings: in how many findings
// column quotation: the latest of them
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding
// example: thing=virtual school; region=North East
MATCH (asked:Agency|Service|Programme|Body|Process) WHERE asked.iri IN $thing
MATCH (thing)-[:INSTANCE_OF*0..1]->(asked)
MATCH (finding:Finding)-[:INVOLVES]->(thing)
WITH collect(DISTINCT asked) AS asked, collect(DISTINCT thing) AS things, collect(DISTINCT finding) AS findings
UNWIND findings AS finding
MATCH (finding)<-[:STATES]-(document:Document)-[:REPORTS_ON]->(authority:LocalAuthority)
WHERE ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH asked, things, finding, document, authority,
     head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
MATCH (finding)-[:INVOLVES]->(other) WHERE NOT other IN things
OPTIONAL MATCH (other)-[:INSTANCE_OF]->(generic)
WITH DISTINCT coalesce(generic, other) AS other, asked, finding, document, authority, inspected
WHERE NOT other IN asked
ORDER BY inspected IS NULL, inspected DESC, document.source, finding.start
WITH other, count(DISTINCT authority) AS authorities, count(finding) AS findings,
     head(collect({finding: finding, document: document})) AS shown
RETURN other.name AS thing, labels(other)[0] AS kind, authorities, findings,
       shown.finding.text AS quotation, shown.document.source AS document, shown.finding.page AS page,
       shown.finding.paragraph AS paragraph, [shown.finding.iri] AS evidence
ORDER BY authorities DESC, findings DESC, thing
