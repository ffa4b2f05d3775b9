// Inspections with two grades for one area
// For which inspections were two different grades found for the same area, so that one of them was misread or misprinted?
//
// group: quality of the data
// parameter authority (local authority, null): only this authority
// column authority: the authority that was inspected
// column inspected: the first day of the inspection
// column area: the area that was judged
// column grade: one of the grades
// column grades: all of them
// column quotation: the words that give this grade
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example:
MATCH (authority:LocalAuthority)<-[:INSPECTED]-(inspection:Inspection)-[:GAVE]->(judgement:Judgement)
WHERE $authority IS NULL OR authority.iri IN $authority
WITH authority, inspection, judgement.area AS area, collect(judgement) AS judgements,
     collect(DISTINCT judgement.grade) AS grades
WHERE size(grades) > 1
UNWIND judgements AS judgement
CALL (judgement) {
  OPTIONAL MATCH (judgement)-[words:EVIDENCED_BY]->(passage:Passage)-[:PART_OF]->(document:Document)
  RETURN words, passage, document ORDER BY document.source, words.start LIMIT 1
}
RETURN authority.name AS authority, inspection.started AS inspected, area, judgement.grade AS grade, grades,
       words.text AS quotation, document.source AS document, words.page AS page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY authority, inspected, area, grade
