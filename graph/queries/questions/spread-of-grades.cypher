// How grades are spread
// How often was each grade given for an area, under each framework, and between which years? Each inspection counts once.
//
// group: inspections
// parameter area (area, null): only this area
// parameter region (region, null): only councils of this region
// column framework: the inspection framework
// column area: the area that was judged
// column grade: the grade
// column inspections: how many inspections gave it
// column first: the first day of the first of them
// column last: the first day of the last of them
// column quotation: the words that give it in the last of them
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: area=overall
MATCH (judgement:Judgement)<-[:GAVE]-(inspection:Inspection)-[:INSPECTED]->(authority:LocalAuthority)
WHERE ($area IS NULL OR judgement.area = $area)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH DISTINCT judgement, inspection ORDER BY inspection.started IS NULL, inspection.started DESC, inspection.iri
OPTIONAL MATCH (inspection)-[:UNDER]->(framework:Framework)
WITH framework, judgement.area AS area, judgement.grade AS grade, count(DISTINCT inspection) AS inspections,
     min(inspection.started) AS first, max(inspection.started) AS last, head(collect(judgement)) AS judgement
CALL (judgement) {
  OPTIONAL MATCH (judgement)-[words:EVIDENCED_BY]->(passage:Passage)-[:PART_OF]->(document:Document)
  RETURN words, passage, document ORDER BY document.source, words.start LIMIT 1
}
RETURN framework.name AS framework, area, grade, inspections, first, last, words.text AS quotation,
       document.source AS document, words.page AS page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY framework, area, inspections DESC, grade
