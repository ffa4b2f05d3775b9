// How reports write of a topic where grades differ
// In the reports that give each overall grade, how many findings on a topic are strengths, how many concerns? Reports of
// full inspections that give none, as from April 2026 for overall effectiveness, have a row of their own.
//
// group: concepts
// parameter concept (concept, "permanence"): the topic's name, or another word for it; with all that is narrower
// parameter area (area, "overall"): the area whose grade is compared
// parameter counted (as at, "latest"): the reports counted: each council's latest full inspection, those since, or all
// column grade: the grade; empty for reports of full inspections that give none for the area
// column reports: how many reports that give it write of the topic
// column strengths: how many of their findings on it are strengths
// column concerns: how many are concerns
// column quotation: the latest concern, or else the latest strength
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding
// example: concept=supervision
MATCH (concept:Concept)-[:BROADER*0..]->(asked:Concept) WHERE asked.iri IN $concept
WITH DISTINCT concept
MATCH (concept)<-[:CONCERNS]-(finding:Finding) WHERE finding.polarity IN ['strength', 'concern']
WITH DISTINCT finding
MATCH (finding)<-[:STATES]-(document:Document)
WHERE ($counted IS NULL OR document.iri IN $counted)
WITH document, finding ORDER BY document.source, finding.start
WITH document, collect(finding) AS findings
MATCH (document)<-[:REPORTED_IN]-(inspection:Inspection)
OPTIONAL MATCH (inspection)-[:GAVE]->(judgement:Judgement {area: $area})
WITH * WHERE judgement IS NOT NULL
  OR inspection.kind IN CASE $area WHEN 'outcome' THEN ['area-send'] ELSE ['ilacs', 'sif', 'pre-2013'] END
WITH DISTINCT judgement.grade AS grade, document, inspection.started AS inspected,
     [one IN findings WHERE one.polarity = 'concern'] AS concerns,
     [one IN findings WHERE one.polarity = 'strength'] AS strengths
ORDER BY size(concerns) = 0, inspected IS NULL, inspected DESC, document.source
WITH grade, count(document) AS reports, sum(size(strengths)) AS strengths, sum(size(concerns)) AS concerns,
     head(collect({finding: head(concerns + strengths), document: document})) AS shown
RETURN grade, reports, strengths, concerns,
       shown.finding.text AS quotation, shown.document.source AS document, shown.finding.page AS page,
       shown.finding.paragraph AS paragraph, [shown.finding.iri] AS evidence
ORDER BY CASE grade WHEN 'outstanding' THEN 1 WHEN 'good' THEN 2 WHEN 'requires-improvement' THEN 3 WHEN 'inadequate' THEN 4 ELSE 5 END,
         grade
