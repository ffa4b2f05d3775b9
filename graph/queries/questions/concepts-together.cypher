// Topics that findings share with a topic
// Which other topics are findings on a topic about as well, and how many are strengths or concerns?
//
// group: concepts
// parameter concept (concept, "caseloads"): the topic's name, or another word for it
// parameter polarity (polarity, null): only findings of this polarity
// parameter region (region, null): only councils of this region
// column concept: the other topic
// column findings: how many findings are about both
// column strengths: how many of them are strengths
// column concerns: how many are concerns
// column quotation: the latest of them, a concern if there is one
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding
// example: concept=caseloads; polarity=concern
MATCH (asked:Concept) WHERE asked.iri IN $concept
MATCH (finding:Finding)-[:CONCERNS]->(asked) WHERE $polarity IS NULL OR finding.polarity = $polarity
MATCH (finding)<-[:STATES]-(document:Document)-[:REPORTS_ON]->(authority:LocalAuthority)
WHERE ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH asked, finding, document, head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
ORDER BY finding.polarity <> 'concern', inspected IS NULL, inspected DESC, document.source, finding.start
MATCH (finding)-[:CONCERNS]->(other:Concept) WHERE other <> asked
WITH other, count(finding) AS findings,
     count(CASE finding.polarity WHEN 'strength' THEN 1 END) AS strengths,
     count(CASE finding.polarity WHEN 'concern' THEN 1 END) AS concerns,
     head(collect({finding: finding, document: document})) AS shown
RETURN other.name AS concept, findings, strengths, concerns,
       shown.finding.text AS quotation, shown.document.source AS document, shown.finding.page AS page,
       shown.finding.paragraph AS paragraph, [shown.finding.iri] AS evidence
ORDER BY findings DESC, concept
