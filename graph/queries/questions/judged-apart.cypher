// Inspections whose grades lie far apart
// In which inspections did areas get grades two steps or more from one another, such as good for one and inadequate for
// another?
//
// group: inspections
// parameter authority (local authority, null): only this council
// parameter region (region, null): only councils of this region
// column authority: the council that was inspected
// column inspected: the first day of the inspection
// column best: the areas with the best grade, and the grade
// column weakest: the areas with the weakest grade, and the grade
// column quotation: the words that give one of the weakest
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRIs of the passages that give all of these
// example:
MATCH (authority:LocalAuthority)<-[:INSPECTED]-(inspection:Inspection)-[:GAVE]->(judgement:Judgement)
WHERE ($authority IS NULL OR authority.iri IN $authority)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH authority, inspection, judgement,
     CASE judgement.grade WHEN 'outstanding' THEN 1 WHEN 'good' THEN 2 WHEN 'requires-improvement' THEN 3
                          WHEN 'adequate' THEN 3 WHEN 'inadequate' THEN 4 END AS step
WHERE step IS NOT NULL
WITH authority, inspection, collect({judgement: judgement, step: step}) AS given, min(step) AS top, max(step) AS bottom
WHERE bottom - top >= 2
WITH authority, inspection, [one IN given WHERE one.step = top | one.judgement] AS high,
     [one IN given WHERE one.step = bottom | one.judgement] AS low
CALL (high, low) {
  UNWIND high + low AS judgement
  MATCH (judgement)-[words:EVIDENCED_BY]->(passage:Passage)-[:PART_OF]->(document:Document)
  WITH words, passage, document ORDER BY NOT judgement IN low, document.source, words.start
  RETURN head(collect({words: words, passage: passage, document: document})) AS first,
         collect(DISTINCT passage.iri) AS evidence
}
RETURN authority.name AS authority, inspection.started AS inspected,
       COLLECT { UNWIND high AS one RETURN one.area + ': ' + one.grade ORDER BY one.area } AS best,
       COLLECT { UNWIND low AS one RETURN one.area + ': ' + one.grade ORDER BY one.area } AS weakest,
       first.words.text AS quotation, first.document.source AS document, first.words.page AS page,
       first.passage.paragraph AS paragraph, evidence
ORDER BY inspected IS NULL, inspected DESC, authority
