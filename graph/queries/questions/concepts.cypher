// Parts of practice and how reports write of them
// Which topics do reports write about, on how many councils, and how many findings are strengths and concerns?
//
// group: concepts
// parameter region (region, null): only councils of this region
// parameter since (day, null): only inspections that began on this day or later
// parameter counted (as at, "latest"): the reports counted: each council's latest full inspection, those since, or all
// column concept: the topic
// column authorities: in how many councils' reports
// column strengths: how many findings are strengths
// column concerns: how many are concerns
// column quotation: the latest concern, or else the latest strength
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding
// example: region=North East; since=2021-01-01
MATCH (authority:LocalAuthority)<-[:REPORTS_ON]-(document:Document)
WHERE ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH authority, document, head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
WHERE ($since IS NULL OR inspected >= $since) AND ($counted IS NULL OR document.iri IN $counted)
WITH authority, document ORDER BY inspected IS NULL, inspected DESC, document.source
MATCH (document)-[:STATES]->(finding:Finding)-[:CONCERNS]->(concept:Concept)
WHERE finding.polarity IN ['strength', 'concern']
WITH concept, count(DISTINCT authority) AS authorities,
     collect(CASE finding.polarity WHEN 'strength' THEN finding END) AS strengths,
     collect(CASE finding.polarity WHEN 'concern' THEN finding END) AS concerns
WITH concept, authorities, size(strengths) AS strengths, size(concerns) AS concerns,
     coalesce(head(concerns), head(strengths)) AS one
MATCH (document:Document)-[:STATES]->(one)
CALL (concept, document, one) {
  MATCH (document)-[:STATES]->(shown:Finding)-[:CONCERNS]->(concept) WHERE shown.polarity = one.polarity
  RETURN shown ORDER BY shown.start LIMIT 1
}
RETURN concept.name AS concept, authorities, strengths, concerns, shown.text AS quotation,
       document.source AS document, shown.page AS page, shown.paragraph AS paragraph, [shown.iri] AS evidence
ORDER BY strengths + concerns DESC, concept
