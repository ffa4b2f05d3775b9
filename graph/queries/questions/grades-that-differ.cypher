// Inspections with two grades for one area
// For which inspections do two documents, or two places of one, give different grades for the same area: a corrected version, news, a misprint?
//
// group: quality of the data
// parameter authority (local authority, null): only this council
// column authority: the council that was inspected
// column inspected: the first day of the inspection
// column area: the area that was judged
// column grade: one of the grades
// column grades: all of them
// column quotation: the words that give this grade
// column document: the file of the report, of its other version, or of the news item
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage, or of the other version or news item
// example:
MATCH (authority:LocalAuthority)<-[:INSPECTED]-(inspection:Inspection)
WHERE $authority IS NULL OR authority.iri IN $authority
CALL (authority, inspection) {
  MATCH (inspection)-[:GAVE]->(judgement:Judgement)
  RETURN judgement.area AS area, judgement.grade AS grade
  UNION
  MATCH (inspection)<-[:WITNESS_OF]-(:Witness)-[words:GIVES]->(authority)
  RETURN words.area AS area, words.grade AS grade
}
WITH authority, inspection, area, collect(grade) AS grades WHERE size(grades) > 1
CALL (authority, inspection, area) {
  MATCH (inspection)-[:GAVE]->(judgement:Judgement {area: area})
  CALL (judgement) {
    OPTIONAL MATCH (judgement)-[words:EVIDENCED_BY]->(passage:Passage)-[:PART_OF]->(document:Document)
    RETURN words, passage, document ORDER BY document.source, words.start LIMIT 1
  }
  RETURN judgement.grade AS grade, words.text AS quotation, document.source AS document,
         words.page AS page, passage.paragraph AS paragraph, passage.iri AS iri
  UNION
  MATCH (inspection)<-[:WITNESS_OF]-(witness:Witness)-[words:GIVES {area: area}]->(authority)
  RETURN words.grade AS grade, words.text AS quotation, witness.source AS document,
         words.page AS page, null AS paragraph, witness.iri AS iri
}
RETURN authority.name AS authority, inspection.started AS inspected, area, grade, grades,
       quotation, document, page, paragraph, [one IN [iri] WHERE one IS NOT NULL] AS evidence
ORDER BY authority, inspected, area, grade, document
