// How long since the last inspection with grades
// When was each council last inspected with grades, and how many months ago is that? Outcomes of area SEND inspections
// are no grades.
//
// group: inspections
// parameter region (region, null): only councils of this region
// parameter on (day, null): the day on which to count; today if left out
// column authority: the council
// column inspected: the first day of its latest inspection with grades
// column months: whole months from then to that day
// column kind: the kind of inspection
// column quotation: words that give one of its grades
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: region=North East; on=2025-01-01
MATCH (authority:LocalAuthority)
WHERE EXISTS { (authority)<-[:INSPECTED]-() }
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH authority, coalesce($on, date()) AS day
CALL (authority, day) {
  MATCH (authority)<-[:INSPECTED]-(inspection:Inspection)-[:GAVE]->(judgement:Judgement) 
  WHERE inspection.started <= day AND judgement.area <> 'outcome'
  RETURN inspection, judgement
  ORDER BY inspection.started IS NULL, inspection.started DESC, inspection.iri, judgement.area <> 'overall', judgement.area LIMIT 1
}
CALL (judgement) {
  OPTIONAL MATCH (judgement)-[words:EVIDENCED_BY]->(passage:Passage)-[:PART_OF]->(document:Document)
  RETURN words, passage, document ORDER BY document.source, words.start LIMIT 1
}
RETURN authority.name AS authority, inspection.started AS inspected,
       duration.between(inspection.started, day).months AS months, inspection.kind AS kind,
       words.text AS quotation, document.source AS document, words.page AS page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY inspected, authority
