// Judgements over time
// Which grades did each council get, area by area and inspection by inspection, and what was the grade before?
//
// group: inspections
// parameter authority (local authority, null): only this council
// parameter region (region, null): only councils of this region
// parameter area (area, null): only this area
// column authority: the council that was inspected
// column area: the area that was judged
// column started: the first day of the inspection
// column grade: the grade
// column before: the grade for the same area in the inspection before, if there was one
// column status: whether that is what the latest full inspection gave, replaced by a later grade, or older
// column newer_inspection: the first day of the latest full inspection, where that is a later one
// column framework: the inspection framework
// column quotation: the words that give it
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: area=overall
MATCH (authority:LocalAuthority)<-[:INSPECTED]-(inspection:Inspection)-[:GAVE]->(judgement:Judgement)
WHERE ($authority IS NULL OR authority.iri IN $authority) AND ($area IS NULL OR judgement.area = $area)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH authority, inspection, judgement, inspection.started AS started
ORDER BY started IS NULL, started DESC, judgement.iri
WITH authority, judgement.area AS area, collect({inspection: inspection, judgement: judgement, started: started}) AS given
UNWIND given AS one
WITH authority, one.inspection AS inspection, one.judgement AS judgement,
     head([earlier IN given WHERE earlier.started < one.started | earlier.judgement.grade]) AS before, null AS day
// include grade-status
CALL (judgement) {
  OPTIONAL MATCH (judgement)-[evidence:EVIDENCED_BY]->(passage:Passage)-[:PART_OF]->(document:Document)
  RETURN evidence, passage, document ORDER BY document.source, evidence.start LIMIT 1
}
OPTIONAL MATCH (inspection)-[:UNDER]->(framework:Framework)
RETURN authority.name AS authority, judgement.area AS area, inspection.started AS started, judgement.grade AS grade,
       before, status, newer_inspection, framework.name AS framework, evidence.text AS quotation, document.source AS document,
       evidence.page AS page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY authority, area, started
