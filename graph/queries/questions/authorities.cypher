// Councils and what is known of them
// Which councils are there, in which region, how many reports on each were read, and what did the latest say overall?
//
// group: authorities
// parameter region (region, null): only councils of this region
// parameter reported (yes | no, "yes"): only councils that a report was read on
// parameter as_of (day, null): the councils that there were on this day, and their grades as they stood
// column authority: the council
// column region: the region that it lies in
// column gss: its ONS code
// column reports: how many reports on it were read
// column latest: the first day of its latest inspection with grades
// column overall: the overall grade then; empty where none is given
// column quotation: the words that give it
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: region=North East
MATCH (authority:LocalAuthority)
WHERE $as_of IS NULL
   OR (coalesce(authority.started, $as_of) <= $as_of AND coalesce(authority.ended, $as_of) >= $as_of)
OPTIONAL MATCH (authority)-[:IN_REGION]->(region:Region)
WITH authority, region, COUNT { (authority)<-[:REPORTS_ON]-(:Document) } AS reports
WHERE ($region IS NULL OR region.iri IN $region) AND ($reported = 'no' OR reports > 0)
CALL (authority) {
  OPTIONAL MATCH (authority)<-[:INSPECTED]-(inspection:Inspection)-[:GAVE]->(given:Judgement)
  WHERE given.area <> 'outcome'  // of area SEND inspections, which give no grades
    AND ($as_of IS NULL OR inspection.started <= $as_of)
  WITH inspection, count(given) AS judgements
  RETURN inspection ORDER BY inspection.started IS NULL, inspection.started DESC, judgements DESC, inspection.iri LIMIT 1
}
CALL (inspection) {
  OPTIONAL MATCH (inspection)-[:GAVE]->(judgement:Judgement {area: 'overall'})
  OPTIONAL MATCH (judgement)-[evidence:EVIDENCED_BY]->(passage:Passage)-[:PART_OF]->(document:Document)
  RETURN judgement, evidence, passage, document ORDER BY document.source, evidence.start LIMIT 1
}
RETURN authority.name AS authority, region.name AS region, authority.gss AS gss, reports, inspection.started AS latest,
       judgement.grade AS overall, evidence.text AS quotation, document.source AS document, evidence.page AS page,
       passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY region, authority
