// Frameworks and their inspections
// Under which frameworks were inspections held, between which days, how many, and which areas did they judge?
//
// group: inspections
// parameter region (region, null): only councils of this region
// column framework: the inspection framework
// column kind: the kind of inspection
// column inspections: how many were read
// column first: the first day of the first of them
// column last: the first day of the last of them
// column areas: the areas that they judged
// column quotation: the first words of the last report
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of their passage
// example:
MATCH (framework:Framework)<-[:UNDER]-(inspection:Inspection)-[:INSPECTED]->(authority:LocalAuthority)
WHERE ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
OPTIONAL MATCH (inspection)-[:REPORTED_IN]->(document:Document)
WITH framework, inspection, document ORDER BY inspection.started IS NULL, inspection.started DESC, document.source
WITH framework, collect(DISTINCT inspection) AS inspections, head(collect(document)) AS document
CALL (document) {
  OPTIONAL MATCH (document)<-[:PART_OF]-(passage:Passage)
  RETURN passage ORDER BY passage.start LIMIT 1
}
CALL (inspections) {
  UNWIND inspections AS inspection
  OPTIONAL MATCH (inspection)-[:GAVE]->(judgement:Judgement)
  WITH inspection, judgement ORDER BY judgement.area
  RETURN min(inspection.started) AS first, collect(DISTINCT judgement.area) AS areas
}
RETURN framework.name AS framework, framework.kind AS kind, size(inspections) AS inspections,
       first, head(inspections).started AS last, areas, passage.text AS quotation, document.source AS document,
       passage.page AS page, passage.paragraph AS paragraph, [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY last IS NULL, last DESC, framework
