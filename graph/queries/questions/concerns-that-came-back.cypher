// Concerns in one inspection after another
// In which parts of practice do both of the last two full inspections of a council find concerns?
//
// group: change
// parameter authority (local authority, null): only this council
// parameter region (region, null): only councils of this region
// parameter least (number, 2): the minimum number of concerns in each of the two
// column authority: the council
// column concept: what the concerns are about
// column before: how many concerns there were in the inspection before
// column after: how many there are in the latest
// column quotation_before: one of those before
// column inspected_before: the first day of the inspection before
// column inspected: the first day of the latest inspection
// column quotation: one of the latest
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRIs of the two findings
// example: authority=South Tyneside
MATCH (authority:LocalAuthority)<-[:REPORTS_ON]-(document:Document)
WHERE ($authority IS NULL OR authority.iri IN $authority) AND document.kind IN ['ilacs', 'sif', 'pre-2013']
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
MATCH (inspection:Inspection)-[:REPORTED_IN]->(document) WHERE inspection.started IS NOT NULL
WITH DISTINCT authority, inspection.started AS inspected, document ORDER BY inspected IS NULL, inspected DESC, document.source
WITH authority, collect({document: document, inspected: inspected})[..2] AS reports
WHERE size(reports) = 2
UNWIND [0, 1] AS turn
WITH authority, reports, turn, reports[turn].document AS document
MATCH (document)-[:STATES]->(finding:Finding) WHERE finding.polarity = 'concern'
WITH authority, reports, turn, finding ORDER BY finding.start
MATCH (finding)-[:CONCERNS]->(concept:Concept)
WITH authority, reports, concept, turn, collect(finding) AS findings
WHERE size(findings) >= $least
WITH authority, reports, concept, turn, findings ORDER BY turn
WITH authority, reports, concept, collect(findings) AS found
WHERE size(found) = 2
WITH *, found[0] AS new, found[1] AS old
WITH *, head(new) AS now, head(old) AS then, reports[0] AS latest
RETURN authority.name AS authority, concept.name AS concept, size(old) AS before, size(new) AS after,
       then.text AS quotation_before, reports[1].inspected AS inspected_before, latest.inspected AS inspected,
       now.text AS quotation, latest.document.source AS document, now.page AS page, now.paragraph AS paragraph,
       [now.iri, then.iri] AS evidence
ORDER BY authority, after DESC, before DESC, concept
