// A topic, region by region
// In how many reports of each region do inspectors find strengths and concerns in a part of practice? Regions differ in how
// many reports were read, and when their councils were inspected.
//
// group: concepts
// parameter concept (concept, "permanence"): the topic's name, or another word for it; with all that is narrower
// parameter since (day, null): only inspections that began on this day or later
// parameter counted (as at, "latest"): the reports counted: each council's latest full inspection, those since, or all
// column region: the region
// column reports: how many reports on its councils write of it
// column with_strengths: how many of these find strengths
// column with_concerns: how many find concerns
// column strengths: how many strengths they find
// column concerns: how many concerns
// column quotation: the latest concern, or else the latest strength
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding
// example: concept=permanence
MATCH (concept:Concept)-[:BROADER*0..]->(asked:Concept) WHERE asked.iri IN $concept
WITH collect(DISTINCT concept) AS concepts
// Of some reports all findings are looked at, of all reports those on the topic; without labels, which take time.
CALL (concepts) {
  UNWIND $counted AS iri
  MATCH (document:Document {iri: iri})-[:STATES]->(finding)-[:CONCERNS]->(concept) WHERE concept IN concepts
  RETURN document, finding
  UNION ALL
  WITH concepts WHERE $counted IS NULL
  UNWIND concepts AS concept
  MATCH (concept)<-[:CONCERNS]-(finding)<-[:STATES]-(document)
  RETURN document, finding
}
WITH document, collect(DISTINCT finding) AS findings
WITH document, findings, head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
WHERE $since IS NULL OR inspected >= $since
MATCH (document)-[:REPORTS_ON]->(:LocalAuthority)-[:IN_REGION]->(region:Region)
WITH region, document, inspected, [one IN findings WHERE one.polarity = 'concern'] AS concerns,
     [one IN findings WHERE one.polarity = 'strength'] AS strengths
WHERE size(concerns) + size(strengths) > 0
WITH * ORDER BY size(concerns) = 0, inspected IS NULL, inspected DESC, document.source
WITH region, count(document) AS reports, count(CASE WHEN size(strengths) > 0 THEN 1 END) AS with_strengths,
     count(CASE WHEN size(concerns) > 0 THEN 1 END) AS with_concerns, sum(size(strengths)) AS strengths,
     sum(size(concerns)) AS concerns,
     head(collect({findings: CASE size(concerns) WHEN 0 THEN strengths ELSE concerns END, document: document})) AS shown
CALL (shown) {
  UNWIND shown.findings AS finding RETURN finding ORDER BY finding.start LIMIT 1
}
RETURN region.name AS region, reports, with_strengths, with_concerns, strengths, concerns,
       finding.text AS quotation, shown.document.source AS document, finding.page AS page,
       finding.paragraph AS paragraph, [finding.iri] AS evidence
ORDER BY region
