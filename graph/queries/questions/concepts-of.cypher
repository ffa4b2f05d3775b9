// What a council's reports are about
// Which topics do reports on a council write about, how many strengths and concerns do they find, and what is a
// concern, or else a strength, in the latest of them?
//
// group: concepts
// parameter authority (local authority): the council's name or code
// parameter counted (as at, "latest"): the reports counted: each council's latest full inspection, those since, or all
// column concept: what findings are about
// column strengths: how many of them are strengths
// column concerns: how many are concerns
// column mixed: how many are both
// column quotation: a concern of the latest report that has one; a strength where there is no concern
// column document: the file of that report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding that is quoted
// example: authority=Durham
MATCH (authority:LocalAuthority) WHERE authority.iri IN $authority
MATCH (authority)<-[:REPORTS_ON]-(document:Document)-[:STATES]->(finding:Finding)-[:CONCERNS]->(concept:Concept)
WHERE finding.polarity <> 'neutral' AND ($counted IS NULL OR document.iri IN $counted)
OPTIONAL MATCH (inspection:Inspection)-[:REPORTED_IN]->(document)
WITH concept, finding, document, coalesce(document.published, max(inspection.ended)) AS day
ORDER BY CASE finding.polarity WHEN 'concern' THEN 0 WHEN 'strength' THEN 1 ELSE 2 END, day IS NULL, day DESC, document.source,
         finding.start
WITH concept, collect({finding: finding, source: document.source}) AS found,
     count(CASE finding.polarity WHEN 'strength' THEN 1 END) AS strengths,
     count(CASE finding.polarity WHEN 'concern' THEN 1 END) AS concerns,
     count(CASE finding.polarity WHEN 'mixed' THEN 1 END) AS mixed
WITH *, found[0].finding AS shown
RETURN concept.name AS concept, strengths, concerns, mixed, shown.text AS quotation, found[0].source AS document,
       shown.page AS page, shown.paragraph AS paragraph, [shown.iri] AS evidence
ORDER BY concerns DESC, strengths DESC, concept
