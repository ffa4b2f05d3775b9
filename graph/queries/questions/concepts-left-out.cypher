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
  WITH other, head([(inspection:Inspection)-[:REPORTED_IN]->(other) | inspection.started]) AS inspected
  ORDER BY inspected IS NULL, inspected DESC, other.source
  RETURN collect(other) AS others
}
CALL (latest) {
  MATCH (latest)-[:STATES]->(:Finding)-[:CONCERNS]->(concept:Concept)
  RETURN collect(DISTINCT concept) AS written
}
MATCH (concept:Concept) WHERE concept.topic AND NOT concept IN written
CALL (concept) {
  MATCH (concept)<-[:CONCERNS]-()<-[:STATES]-(document)  // a finding and its report: labels would only take time
  RETURN collect(DISTINCT document) AS documents
}
WITH *, [other IN others WHERE other IN documents] AS writing
WITH *, size(writing) AS number WHERE size(others) > 0 AND 100 * number >= $share * size(others)
WITH *, head(writing) AS document
CALL (concept, document) {
  MATCH (document)-[:STATES]->(finding:Finding)-[:CONCERNS]->(concept)
  RETURN finding ORDER BY finding.start LIMIT 1
}
WITH *, head([(document)-[:REPORTS_ON]->(authority:LocalAuthority) | authority.name]) AS elsewhere
RETURN concept.name AS concept, 100 * number / size(others) AS percent, latest.source AS latest, elsewhere,
       finding.text AS quotation, document.source AS document, finding.page AS page, finding.paragraph AS paragraph,
       [finding.iri] AS evidence
ORDER BY percent DESC, concept
