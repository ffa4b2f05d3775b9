// A topic, year by year
// In each year, how many reports write of a part of practice, and how many findings are strengths and concerns? Each year
// has other councils and other frameworks.
//
// group: change
// parameter concept (concept, "permanence"): the topic's name, or another word for it; with all that is narrower
// parameter authority (local authority, null): only reports on this council
// parameter region (region, null): only councils of this region
// column year: the year in which the inspections began
// column reports: how many reports write of it
// column strengths: how many findings are strengths
// column concerns: how many are concerns
// column quotation: the latest concern of the year, or else the latest strength
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding
// example: concept=exploitation; region=North East
MATCH (authority:LocalAuthority)<-[:REPORTS_ON]-(document:Document)
WHERE ($authority IS NULL OR authority.iri IN $authority)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH collect(DISTINCT document) AS documents
MATCH (concept:Concept)-[:BROADER*0..]->(asked:Concept) WHERE asked.iri IN $concept
WITH DISTINCT documents, concept
MATCH (concept)<-[:CONCERNS]-(finding:Finding)<-[:STATES]-(document) WHERE document IN documents
WITH document, collect(DISTINCT finding) AS findings
WITH document, findings, head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
WHERE inspected IS NOT NULL
UNWIND findings AS finding
WITH inspected, document, finding, finding.polarity AS polarity WHERE polarity IN ['strength', 'concern']
WITH * ORDER BY polarity, inspected IS NULL, inspected DESC, document.source, finding.start
WITH inspected.year AS year, count(DISTINCT document) AS reports,
     count(CASE polarity WHEN 'strength' THEN 1 END) AS strengths,
     count(CASE polarity WHEN 'concern' THEN 1 END) AS concerns,
     head(collect({finding: finding, document: document})) AS shown
RETURN year, reports, strengths, concerns,
       shown.finding.text AS quotation, shown.document.source AS document, shown.finding.page AS page,
       shown.finding.paragraph AS paragraph, [shown.finding.iri] AS evidence
ORDER BY year
