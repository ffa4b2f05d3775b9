// Our statistical neighbours and how they were judged last
// Which councils are most like ours, and which grade did each get in its latest inspection that judged the area?
// Likeness is of the places and the people who live there, not of the services.
//
// group: authorities
// parameter authority (local authority): our name or code
// parameter area (area, "overall"): the area that was judged
// column rank: the neighbour's place, 1 the most alike
// column neighbour: the neighbour
// column region: the region that it lies in
// column reports: how many reports on it were read
// column inspected: the first day of that inspection
// column grade: the grade; empty where no report that was read gives one
// column status: whether that is what the latest full inspection gave, or older than it
// column newer_inspection: the first day of a later full inspection that gave no grade for the area; empty where there is none
// column quotation: the words that give it
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: authority=Durham
MATCH (us:LocalAuthority)-[near:NEIGHBOUR_OF]->(authority:LocalAuthority) WHERE us.iri IN $authority
OPTIONAL MATCH (authority)-[:IN_REGION]->(region:Region)
CALL (authority) {
  OPTIONAL MATCH (authority)<-[:INSPECTED]-(inspection:Inspection)-[:GAVE]->(judgement:Judgement {area: $area})
  RETURN inspection, judgement ORDER BY inspection.started IS NULL, inspection.started DESC, inspection.iri LIMIT 1
}
WITH *, null AS day
// include grade-status
CALL (judgement) {
  OPTIONAL MATCH (judgement)-[words:EVIDENCED_BY]->(passage:Passage)-[:PART_OF]->(document:Document)
  RETURN words, passage, document ORDER BY document.source, words.start LIMIT 1
}
RETURN near.rank AS rank, authority.name AS neighbour, region.name AS region,
       COUNT { (authority)<-[:REPORTS_ON]-(:Document) } AS reports, inspection.started AS inspected,
       judgement.grade AS grade, status, newer_inspection,
       words.text AS quotation, document.source AS document, words.page AS page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY rank, neighbour
