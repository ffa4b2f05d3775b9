// What a new council inherits
// Which grades, requests and services do the latest inspections of the councils before it leave to a council that takes
// their place? A change that is announced and not yet in force is marked so, with where it is announced.
//
// group: change
// parameter authority (council, null): only this new council, or one before it
// parameter on (day, null): the day on which a change is in force or not; today if left out
// column successor: the council that takes the place
// column authority: the council before it
// column standing: in force or announced
// column announced: where the change is announced, and its address, unless it is in force
// column date: the successor's first day
// column inherits: grade, request or service
// column what: the area and the grade, the kind of request, or the service
// column inspected: the first day of the inspection
// column quotation: the words that say it
// column document: the file of the report
// column page: the page
// column paragraph: the printed number of the paragraph
// column evidence: the IRIs of the findings or passages
// example:
MATCH (authority:LocalAuthority)-[change:SUCCEEDED_BY|TO_BE_SUCCEEDED_BY]->(successor)
WHERE $authority IS NULL OR authority.iri IN $authority OR successor.iri IN $authority
WITH DISTINCT authority, successor, change.date AS date,
     change.source + ', ' + change.sourceAddress AS announced,
     type(change) = 'SUCCEEDED_BY' AND change.date <= coalesce($on, date()) AS inForce
CALL (authority) {
  MATCH (authority)<-[:INSPECTED]-(inspection:Inspection) WHERE inspection.started IS NOT NULL
  RETURN inspection ORDER BY inspection.started IS NULL, inspection.started DESC, inspection.iri
}
WITH authority, successor, date, announced, inForce, collect(inspection) AS inspections
WITH *, head([one IN inspections WHERE one.kind IN ['ilacs', 'sif', 'pre-2013']]) AS full
CALL (authority, full) {
  MATCH (full)-[:GAVE]->(judgement:Judgement)-[words:EVIDENCED_BY]->(passage:Passage)-[:PART_OF]->(document:Document)
  WITH judgement, words, passage, document ORDER BY document.source, words.start
  WITH judgement, head(collect({words: words, passage: passage, document: document})) AS shown
  RETURN 'grade' AS inherits, judgement.area + ': ' + judgement.grade AS what, full.started AS inspected,
         shown.words.text AS quotation, shown.document.source AS document, shown.words.page AS page,
         shown.passage.paragraph AS paragraph, [shown.passage.iri] AS evidence, 0 AS rank
  UNION ALL
  MATCH (full)-[:REPORTED_IN]->(document:Document)-[:STATES]->(finding:Finding)
  WHERE finding.kind IN ['recommendation', 'priority-action', 'area-for-improvement']
  RETURN 'request' AS inherits, replace(finding.kind, '-', ' ') AS what, full.started AS inspected,
         finding.text AS quotation, document.source AS document, finding.page AS page,
         finding.paragraph AS paragraph, [finding.iri] AS evidence, 1 AS rank
  UNION ALL
  MATCH (authority)<-[:REPORTS_ON]-(document:Document)
  OPTIONAL MATCH (inspection:Inspection)-[:REPORTED_IN]->(document)
  WITH document, max(inspection.started) AS began
  MATCH (document)<-[:PART_OF]-(passage:Passage)
  WITH document, began, passage
  MATCH (passage)-[mention:MENTIONS]->(thing:Agency|Service|Programme|Body) WHERE NOT coalesce(thing.generic, false)
  WITH thing, mention, passage, document, began
  ORDER BY began IS NULL, began DESC, document.source, mention.start
  WITH thing, head(collect({mention: mention, passage: passage, document: document, began: began})) AS shown
  RETURN 'service' AS inherits, thing.name AS what, shown.began AS inspected, shown.passage.text AS quotation,
         shown.document.source AS document, shown.mention.page AS page, shown.passage.paragraph AS paragraph,
         [shown.passage.iri] AS evidence, 2 AS rank
}
RETURN successor.name AS successor, authority.name AS authority,
       CASE WHEN inForce THEN 'in force' ELSE 'announced' END AS standing, announced, date, inherits, what, inspected, quotation,
       document, page, paragraph, evidence
ORDER BY successor, authority, rank, what, document, page, quotation
