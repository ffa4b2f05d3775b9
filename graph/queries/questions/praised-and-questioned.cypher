// How inspectors rate what several councils have
// Of the agencies and programmes that reports on several councils name, how many findings are strengths, how many
// concerns? A count is of sentences in the reports that were read, not a score of the thing.
//
// group: services
// parameter kind (kind of thing, "Programme"): only things of this kind
// parameter region (region, null): only councils of this region
// parameter least (number, 3): the minimum number of councils whose reports name it
// parameter counted (as at, "latest"): the reports counted: each council's latest full inspection, those since, or all
// column thing: the thing that is named
// column authorities: in how many councils' reports
// column strengths: how many of the findings that name it are strengths
// column concerns: how many are concerns
// column mixed: how many are both
// column quotation: the latest concern, or else the latest strength
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding
// example: kind=Programme
MATCH (thing:Agency|Service|Programme|Body|Process)<-[:USES]-(authority:LocalAuthority)
WHERE $kind IN labels(thing)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH thing, collect(authority) AS users WHERE size(users) >= $least
MATCH (thing)<-[:INVOLVES]-(finding:Finding)<-[:STATES]-(document:Document)-[:REPORTS_ON]->(authority)
WHERE authority IN users AND ($counted IS NULL OR document.iri IN $counted)
WITH thing, finding, document, authority,
     head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
ORDER BY CASE finding.polarity WHEN 'concern' THEN 0 WHEN 'strength' THEN 1 ELSE 2 END, inspected IS NULL, inspected DESC,
         document.source, finding.start
WITH thing, count(DISTINCT authority) AS authorities,
     count(CASE finding.polarity WHEN 'strength' THEN 1 END) AS strengths,
     count(CASE finding.polarity WHEN 'concern' THEN 1 END) AS concerns,
     count(CASE finding.polarity WHEN 'mixed' THEN 1 END) AS mixed,
     head(collect({finding: finding, document: document})) AS shown
RETURN thing.name AS thing, authorities, strengths, concerns, mixed,
       shown.finding.text AS quotation, shown.document.source AS document, shown.finding.page AS page,
       shown.finding.paragraph AS paragraph, [shown.finding.iri] AS evidence
ORDER BY authorities DESC, thing
