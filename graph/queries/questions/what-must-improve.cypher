// What must improve
// What do reports say that a council has to do or to do better: recommendations, priority actions and areas for
// improvement?
//
// group: findings
// parameter authority (local authority, null): only this council
// parameter region (region, null): only councils of this region
// parameter concept (concept, null): only what is about this topic, or a part of it
// parameter most (number, 500): the maximum number of rows, the latest inspections first
// parameter as_of (day, null): as reports stood on this day, by the first days of inspections
// column authority: the council
// column kind: recommendation, priority action or area for improvement
// column inspected: the first day of the inspection
// column quotation: what must improve, in the report's words
// column concepts: what it is about
// column document: the file of the report
// column page: the page
// column paragraph: the printed number of the paragraph
// column evidence: the IRI of the finding
// example: authority=South Tyneside
MATCH (finding:Finding) USING INDEX finding:Finding(kind)
WHERE finding.kind IN ['recommendation', 'priority-action', 'area-for-improvement']
MATCH (document:Document)-[:STATES]->(finding)
MATCH (document)-[:REPORTS_ON]->(authority:LocalAuthority)
WHERE ($authority IS NULL OR authority.iri IN $authority)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
  AND ($concept IS NULL OR EXISTS {
    (finding)-[:CONCERNS]->(:Concept)-[:BROADER*0..]->(concept:Concept) WHERE concept.iri IN $concept
  })
WITH authority, document, finding,
     head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
WHERE $as_of IS NULL OR inspected <= $as_of
WITH *
ORDER BY inspected IS NULL, inspected DESC, authority.name, document.source, finding.start LIMIT $most
RETURN authority.name AS authority, replace(finding.kind, '-', ' ') AS kind,
       inspected, finding.text AS quotation,
       COLLECT { MATCH (finding)-[:CONCERNS]->(concept:Concept) RETURN concept.name ORDER BY concept.name } AS concepts,
       document.source AS document, finding.page AS page, finding.paragraph AS paragraph, [finding.iri] AS evidence
