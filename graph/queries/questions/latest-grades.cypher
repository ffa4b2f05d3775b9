// Latest grades
// Which grade did each council get for an area when it was last judged, and is it that of its latest full inspection?
//
// group: inspections
// parameter area (area, "overall"): the area that was judged
// parameter grade (grade, null): only those who got this grade
// parameter region (region, null): only councils of this region
// parameter as_of (day, null): as reports stood on this day, by the first days of inspections
// column authority: the council
// column region: the region that it lies in
// column grade: the grade
// column inspected: the first day of the inspection
// column status: whether that is what the latest full inspection gave, or older than it
// column newer_inspection: the first day of a later full inspection that gave no grade for the area; empty where there is none
// column framework: the inspection framework
// column quotation: the words that give it
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: area=overall
MATCH (authority:LocalAuthority)
WHERE EXISTS { (authority)<-[:INSPECTED]-() }
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
CALL (authority) {
  MATCH (authority)<-[:INSPECTED]-(inspection:Inspection)-[:GAVE]->(judgement:Judgement {area: $area})
  WHERE $as_of IS NULL OR inspection.started <= $as_of
  RETURN inspection, judgement ORDER BY inspection.started IS NULL, inspection.started DESC, inspection.iri LIMIT 1
}
WITH *, $as_of AS day WHERE $grade IS NULL OR judgement.grade = $grade
// include grade-status
CALL (judgement) {
  OPTIONAL MATCH (judgement)-[words:EVIDENCED_BY]->(passage:Passage)-[:PART_OF]->(document:Document)
  RETURN words, passage, document ORDER BY document.source, words.start LIMIT 1
}
OPTIONAL MATCH (authority)-[:IN_REGION]->(place:Region)
OPTIONAL MATCH (inspection)-[:UNDER]->(framework:Framework)
RETURN authority.name AS authority, place.name AS region, judgement.grade AS grade, inspection.started AS inspected,
       status, newer_inspection, framework.name AS framework,
       words.text AS quotation, document.source AS document, words.page AS page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY authority, grade
