// What the latest report on a council says
// What do inspectors find in the latest inspection of a council, in the order in which the report says it?
//
// group: findings
// parameter authority (local authority): the council's name or code
// parameter kind (kind of document, null): the latest report of this kind
// parameter polarity (polarity, null): only findings of this polarity; neutral ones only if asked for
// parameter concept (concept, null): only what is about this topic, or a part of it
// column section: the heading above it
// column polarity: strength, concern, mixed or neutral
// column kind: finding, recommendation, priority action or area for improvement
// column quotation: their words
// column concepts: what it is about
// column inspected: the first day of the inspection
// column document: the file of the report
// column page: the page
// column paragraph: the printed number of the paragraph
// column evidence: the IRI of the finding
// example: authority=South Tyneside; polarity=concern
MATCH (authority:LocalAuthority)<-[:REPORTS_ON]-(document:Document)<-[:REPORTED_IN]-(inspection:Inspection)
WHERE authority.iri IN $authority AND ($kind IS NULL OR document.kind = $kind) AND EXISTS { (document)-[:STATES]->() }
WITH document, inspection.started AS inspected ORDER BY inspected IS NULL, inspected DESC, document.source LIMIT 1
MATCH (document)-[:STATES]->(finding:Finding)
WHERE CASE WHEN $polarity IS NULL THEN finding.polarity <> 'neutral' ELSE finding.polarity = $polarity END
  AND ($concept IS NULL OR EXISTS {
    (finding)-[:CONCERNS]->(:Concept)-[:BROADER*0..]->(concept:Concept) WHERE concept.iri IN $concept
  })
RETURN finding.section AS section, finding.polarity AS polarity, replace(finding.kind, '-', ' ') AS kind,
       finding.text AS quotation,
       COLLECT { MATCH (finding)-[:CONCERNS]->(concept:Concept) RETURN concept.name ORDER BY concept.name } AS concepts,
       inspected, document.source AS document, finding.page AS page, finding.paragraph AS paragraph,
       [finding.iri] AS evidence
ORDER BY finding.start
