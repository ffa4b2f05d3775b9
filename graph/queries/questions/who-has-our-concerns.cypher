// Who has the same concerns
// For each part of practice in which the latest report on a council finds concerns: whose latest reports find concerns in
// it, too, and whose find strengths, among its region or its statistical neighbours?
//
// group: findings
// parameter authority (local authority): our name or code
// parameter among (region | neighbours, "neighbours"): the councils to compare with
// parameter kind (kind of document, "ilacs"): the latest report of this kind
// column concept: what the concern is about
// column ours: how many concerns our report finds there
// column with_concerns: the others whose latest report finds concerns there
// column with_strengths: the others whose latest report finds strengths there
// column quotation: one of our concerns
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding
// example: authority=Durham
MATCH (us:LocalAuthority) WHERE us.iri IN $authority
CALL (us) {
  MATCH (us)<-[:REPORTS_ON]-(document:Document)<-[:REPORTED_IN]-(inspection:Inspection)
  WHERE document.kind = $kind AND EXISTS { (document)-[:STATES]->() }
  RETURN document ORDER BY inspection.started IS NULL, inspection.started DESC, document.source LIMIT 1
}
MATCH (document)-[:STATES]->(finding:Finding {polarity: 'concern'})-[:CONCERNS]->(concept:Concept)
WITH us, document, concept, finding ORDER BY finding.start
WITH us, document, concept, collect(finding) AS findings
WITH us, collect({document: document, concept: concept, findings: findings}) AS found
CALL (us) {
  MATCH (other:LocalAuthority)
  WHERE CASE $among WHEN 'region' THEN other <> us AND EXISTS { (us)-[:IN_REGION]->(:Region)<-[:IN_REGION]-(other) }
             ELSE EXISTS { (us)-[:NEIGHBOUR_OF]->(other) } END
  CALL (other) {
    MATCH (other)<-[:REPORTS_ON]-(last:Document)<-[:REPORTED_IN]-(inspection:Inspection)
    WHERE last.kind = $kind AND EXISTS { (last)-[:STATES]->() }
    RETURN last ORDER BY inspection.started IS NULL, inspection.started DESC, last.source LIMIT 1
  }
  MATCH (last)-[:STATES]->(theirs:Finding)-[:CONCERNS]->(concept:Concept) WHERE theirs.polarity IN ['strength', 'concern']
  WITH DISTINCT other.name AS name, theirs.polarity AS polarity, concept ORDER BY name
  RETURN collect({name: name, polarity: polarity, concept: concept}) AS others
}
UNWIND found AS one
RETURN one.concept.name AS concept, size(one.findings) AS ours,
       [other IN others WHERE other.concept = one.concept AND other.polarity = 'concern' | other.name] AS with_concerns,
       [other IN others WHERE other.concept = one.concept AND other.polarity = 'strength' | other.name] AS with_strengths,
       head(one.findings).text AS quotation, one.document.source AS document, head(one.findings).page AS page,
       head(one.findings).paragraph AS paragraph, [head(one.findings).iri] AS evidence
ORDER BY ours DESC, concept
