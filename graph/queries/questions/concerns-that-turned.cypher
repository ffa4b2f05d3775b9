// Where concerns turned into strengths, or strengths into concerns
// In which parts of practice did the balance of findings turn between the last two full inspections of a council?
//
// group: change
// parameter authority (local authority, null): only this council
// parameter region (region, null): only councils of this region
// parameter to (strengths | concerns, "strengths"): what they turned into
// parameter least (number, 3): the minimum number of findings on the topic in each of the two
// column authority: the council
// column concept: what they are about
// column before: strengths and concerns in the inspection before
// column after: strengths and concerns in the latest
// column quotation_before: a finding before
// column inspected_before: the first day of the inspection before
// column inspected: the first day of the latest inspection
// column quotation: a finding of the latest
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRIs of the two findings
// example: region=North East
MATCH (authority:LocalAuthority)<-[:REPORTS_ON]-(document:Document)
WHERE ($authority IS NULL OR authority.iri IN $authority) AND document.kind IN ['ilacs', 'sif', 'pre-2013']
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
MATCH (inspection:Inspection)-[:REPORTED_IN]->(document) WHERE inspection.started IS NOT NULL
WITH DISTINCT authority, inspection.started AS inspected, document ORDER BY inspected IS NULL, inspected DESC, document.source
WITH authority, collect({document: document, inspected: inspected})[..2] AS reports
WHERE size(reports) = 2
UNWIND [0, 1] AS turn
WITH authority, reports, turn, reports[turn].document AS document
MATCH (document)-[:STATES]->(finding:Finding)-[:CONCERNS]->(concept:Concept)
WHERE finding.polarity IN ['strength', 'concern']
WITH authority, reports, turn, concept, finding ORDER BY finding.start
WITH authority, reports, concept, turn,
     collect(CASE finding.polarity WHEN 'strength' THEN finding END) AS strengths,
     collect(CASE finding.polarity WHEN 'concern' THEN finding END) AS concerns
WHERE size(strengths) + size(concerns) >= $least
WITH authority, reports, concept, turn, strengths, concerns ORDER BY turn
WITH authority, reports, concept, collect({strengths: strengths, concerns: concerns}) AS found
WHERE size(found) = 2
WITH authority, reports, concept, found[0] AS new, found[1] AS old
WITH *, size(new.strengths) - size(new.concerns) AS now, size(old.strengths) - size(old.concerns) AS then
WHERE CASE $to WHEN 'strengths' THEN then < 0 AND now > 0 ELSE then > 0 AND now < 0 END
WITH *, CASE $to WHEN 'strengths' THEN head(new.strengths) ELSE head(new.concerns) END AS shown,
     CASE $to WHEN 'strengths' THEN head(old.concerns) ELSE head(old.strengths) END AS former, reports[0] AS latest
RETURN authority.name AS authority, concept.name AS concept,
       size(old.strengths) + ' strengths, ' + size(old.concerns) + ' concerns' AS before,
       size(new.strengths) + ' strengths, ' + size(new.concerns) + ' concerns' AS after,
       former.text AS quotation_before, reports[1].inspected AS inspected_before, latest.inspected AS inspected,
       shown.text AS quotation, latest.document.source AS document, shown.page AS page, shown.paragraph AS paragraph,
       [shown.iri, former.iri] AS evidence
ORDER BY authority, abs(now - then) DESC, concept
