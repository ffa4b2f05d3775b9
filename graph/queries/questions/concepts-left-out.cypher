// What a council's latest report does not write of
// Which topics do most reports of the same kind write about, but not the latest on this council? Silence is silence of
// the report, and says nothing of the practice.
//
// group: concepts
// parameter authority (local authority): the council's name or code
// parameter kind (kind of document, null): the latest report of this kind
// parameter share (number, 70): the minimum percentage of the other reports of this kind that write of it
// column concept: the topic
// column percent: in how many percent of the other reports
// column latest: the file of the council's latest report with findings
// column elsewhere: the council whose report, the latest of the others, is quoted
// column quotation: what that report says of it
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding
// example: authority=South Tyneside
MATCH (us:LocalAuthority)<-[:REPORTS_ON]-(latest:Document)<-[:REPORTED_IN]-(inspection:Inspection)
WHERE us.iri IN $authority AND ($kind IS NULL OR latest.kind = $kind) AND EXISTS { (latest)-[:STATES]->() }
WITH us, latest ORDER BY inspection.started IS NULL, inspection.started DESC LIMIT 1
CALL (latest) {
  MATCH (other:Document) WHERE other.kind = latest.kind AND other <> latest
  RETURN count(other) AS others
}
MATCH (concept:Concept) WHERE concept.topic AND NOT EXISTS { (latest)-[:STATES]->(:Finding)-[:CONCERNS]->(concept) }
CALL (concept, latest) {
  MATCH (concept)<-[:CONCERNS]-(finding:Finding)<-[:STATES]-(document:Document)
  WHERE document.kind = latest.kind
  WITH document, finding ORDER BY document.source, finding.start
  WITH document, collect(finding) AS findings
  WITH document, findings, head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
  ORDER BY inspected IS NULL, inspected DESC, document.source
  RETURN count(document) AS writing, head(collect({document: document, finding: head(findings)})) AS shown
}
WITH *, shown.document AS document WHERE others > 0 AND 100 * writing >= $share * others
WITH *, head([(document)-[:REPORTS_ON]->(authority:LocalAuthority) | authority.name]) AS elsewhere
RETURN concept.name AS concept, 100 * writing / others AS percent, latest.source AS latest,
       elsewhere,
       shown.finding.text AS quotation, shown.document.source AS document, shown.finding.page AS page,
       shown.finding.paragraph AS paragraph, [shown.finding.iri] AS evidence
ORDER BY percent DESC, concept
