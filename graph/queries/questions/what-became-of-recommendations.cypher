// What became of recommendations
// What did the inspection before ask an authority to improve, and what does the latest full inspection find on the same
// parts of practice? The later finding is about the same concept, not always about the very thing that was asked.
//
// group: change
// parameter authority (local authority): the authority's name or code
// column asked: what was asked, in the report's words
// column asked_in: the first day of the inspection that asked it
// column concept: what both are about
// column strengths: how many strengths the latest inspection finds there
// column concerns: how many concerns
// column inspected: the first day of the latest inspection
// column quotation: a concern that it finds there, or else a strength
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRIs of what was asked and of this finding
// example: authority=South Tyneside
MATCH (authority:LocalAuthority)<-[:REPORTS_ON]-(document:Document)
WHERE authority.iri IN $authority AND document.kind IN ['ilacs', 'sif', 'pre-2013']
MATCH (inspection:Inspection)-[:REPORTED_IN]->(document) WHERE inspection.started IS NOT NULL
WITH DISTINCT authority, inspection.started AS inspected, document ORDER BY inspected IS NULL, inspected DESC, document.source
WITH authority, collect({document: document, inspected: inspected})[..2] AS reports
WHERE size(reports) = 2
WITH reports[1] AS former, reports[0] AS latest, reports[1].document AS before, reports[0].document AS document
MATCH (before)-[:STATES]->(asked:Finding)-[:CONCERNS]->(concept:Concept)
WHERE asked.kind IN ['recommendation', 'priority-action', 'area-for-improvement']
CALL (document, concept) {
  MATCH (document)-[:STATES]->(finding:Finding)-[:CONCERNS]->(concept) WHERE finding.polarity IN ['strength', 'concern']
  WITH finding ORDER BY finding.polarity, finding.start
  RETURN head(collect(finding)) AS shown,
     count(CASE finding.polarity WHEN 'strength' THEN 1 END) AS strengths,
     count(CASE finding.polarity WHEN 'concern' THEN 1 END) AS concerns
}
WITH * ORDER BY asked.start, concept.name
RETURN asked.text AS asked, former.inspected AS asked_in, concept.name AS concept, strengths, concerns,
       latest.inspected AS inspected, shown.text AS quotation,
       CASE WHEN shown IS NOT NULL THEN document.source END AS document, shown.page AS page, shown.paragraph AS paragraph,
       [iri IN [asked.iri, shown.iri] WHERE iri IS NOT NULL] AS evidence
