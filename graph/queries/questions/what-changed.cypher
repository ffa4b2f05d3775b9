// What changed since the inspection before
// For each council's last two inspections that gave grades: which areas went up, went down or stayed?
//
// group: change
// parameter authority (local authority, null): only this council
// parameter region (region, null): only councils of this region
// parameter change (better | worse | same, null): only areas whose grade changed in this way
// column authority: the council that was inspected
// column area: the area that was judged
// column before: the grade in the inspection before; empty if the area was not judged then
// column after: the grade in the latest inspection; empty if the area is not judged any more
// column change: better, worse or the same; empty where one of the two was not judged
// column inspected_before: the first day of the inspection before
// column inspected_after: the first day of the latest inspection
// column quotation: the words that give the latest grade
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: authority=South Tyneside
MATCH (authority:LocalAuthority)
WHERE ($authority IS NULL OR authority.iri IN $authority)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
CALL (authority) {
  MATCH (authority)<-[:INSPECTED]-(latest:Inspection)-[:GAVE]->(judgement:Judgement)
  WHERE latest.started IS NOT NULL AND judgement.area <> 'outcome'  // of area SEND inspections, which give no grades
  WITH latest, count(judgement) AS judgements
  RETURN latest ORDER BY latest.started IS NULL, latest.started DESC, judgements DESC, latest.iri LIMIT 1
}
CALL (authority, latest) {
  MATCH (authority)<-[:INSPECTED]-(former:Inspection)-[:GAVE]->(judgement:Judgement)
  WHERE former.started < latest.started AND judgement.area <> 'outcome'
  WITH former, count(judgement) AS judgements
  RETURN former ORDER BY former.started IS NULL, former.started DESC, judgements DESC, former.iri LIMIT 1
}
MATCH (inspection:Inspection)-[:GAVE]->(judged:Judgement) WHERE inspection IN [latest, former]
WITH DISTINCT authority, latest, former, judged.area AS area
OPTIONAL MATCH (former)-[:GAVE]->(before:Judgement {area: area})
OPTIONAL MATCH (latest)-[:GAVE]->(after:Judgement {area: area})
WITH *, {outstanding: 4, good: 3, `requires-improvement`: 2, adequate: 2, inadequate: 1} AS steps
WITH *, steps[after.grade] - steps[before.grade] AS step
WITH *, CASE WHEN step > 0 THEN 'better' WHEN step < 0 THEN 'worse' WHEN step = 0 THEN 'same' END AS changed
WHERE $change IS NULL OR changed = $change
CALL (after) {
  OPTIONAL MATCH (after)-[evidence:EVIDENCED_BY]->(passage:Passage)-[:PART_OF]->(document:Document)
  RETURN evidence, passage, document ORDER BY document.source, evidence.start LIMIT 1
}
RETURN authority.name AS authority, area, before.grade AS before, after.grade AS after,
       changed AS change, former.started AS inspected_before, latest.started AS inspected_after, evidence.text AS quotation,
       document.source AS document, evidence.page AS page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY authority, area
