// Councils that others took over from
// Which councils have ended, who took over their areas and when, and which reports are there on the former ones?
//
// group: authorities
// parameter authority (local authority, null): only this council, former or present
// column authority: the council that ended
// column successor: a council that took over its area, or a part of it
// column date: the day on which it took over
// column inspected: the first day of the inspection reported, if a report on the former council was read
// column quotation: the report's first words
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of their passage
// example:
MATCH (authority:LocalAuthority)-[change:SUCCEEDED_BY]->(successor:LocalAuthority)
WHERE $authority IS NULL OR authority.iri IN $authority OR successor.iri IN $authority
OPTIONAL MATCH (document:Document)-[:REPORTS_ON]->(authority)
CALL (document) {
  OPTIONAL MATCH (document)<-[:PART_OF]-(passage:Passage)
  RETURN passage ORDER BY passage.start LIMIT 1
}
WITH *, head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
RETURN authority.name AS authority, successor.name AS successor, change.date AS date, inspected,
       passage.text AS quotation, document.source AS document, passage.page AS page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY date IS NULL, date DESC, authority, successor, inspected
