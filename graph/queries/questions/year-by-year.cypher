// Inspections and findings, year by year
// How many inspections began in each year, of how many councils, and what did their reports find?
//
// group: change
// parameter region (region, null): only councils of this region
// parameter kind (kind of document, null): only inspections of this kind
// column year: the year
// column inspections: how many began in it
// column authorities: of how many councils
// column strengths: how many strengths their reports find
// column concerns: how many concerns
// column to_improve: how many recommendations, priority actions and areas for improvement they make
// column quotation: the first concern of the latest of them
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding
// example: region=North East
MATCH (authority:LocalAuthority)<-[:INSPECTED]-(inspection:Inspection)
WHERE inspection.started IS NOT NULL AND ($kind IS NULL OR inspection.kind = $kind)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
MATCH (inspection)-[:REPORTED_IN]->(document:Document)
CALL (document) {
  OPTIONAL MATCH (document)-[:STATES]->(one)
  RETURN sum(CASE one.polarity WHEN 'strength' THEN 1 ELSE 0 END) AS strengths,
         sum(CASE one.polarity WHEN 'concern' THEN 1 ELSE 0 END) AS concerns,
         sum(CASE WHEN one.kind <> 'finding' THEN 1 ELSE 0 END) AS to_improve
}
WITH authority, inspection, document, strengths, concerns, to_improve
ORDER BY inspection.started IS NULL, inspection.started DESC, document.source
WITH inspection.started.year AS year, count(DISTINCT inspection) AS inspections, count(DISTINCT authority) AS authorities,
     sum(strengths) AS strengths, sum(concerns) AS concerns, sum(to_improve) AS to_improve,
     head(collect(CASE WHEN concerns > 0 THEN document END)) AS document
CALL (document) {
  OPTIONAL MATCH (document)-[:STATES]->(finding {polarity: 'concern'})
  RETURN finding ORDER BY finding.start LIMIT 1
}
RETURN year, inspections, authorities, strengths, concerns, to_improve, finding.text AS quotation,
       document.source AS document, finding.page AS page, finding.paragraph AS paragraph,
       [iri IN [finding.iri] WHERE iri IS NOT NULL] AS evidence
ORDER BY year
