// Kinds of service, team and panel that councils have of their own
// Of which kinds do councils have one of their own, such as a virtual school or an adoption panel, and how many
// councils' reports name theirs?
//
// group: services
// parameter kind (kind of thing, null): only things of this kind
// parameter region (region, null): only councils of this region
// column thing: the kind
// column kind: its kind: agency, service, programme, body or process
// column authorities: how many councils' reports name their own
// column strengths: how many findings that name one are strengths
// column concerns: how many are concerns
// column quotation: the latest finding that names one, a concern if there is one
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding
// example: kind=Body; region=North East
MATCH (kind:Agency|Service|Programme|Body|Process)<-[:INSTANCE_OF]-(own)-[:BELONGS_TO]->(authority:LocalAuthority)
WHERE ($kind IS NULL OR $kind IN labels(kind))
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH kind, own, authority
MATCH (document:Document)-[:REPORTS_ON]->(authority)
MATCH (document)-[:MENTIONS]->(own)
WITH kind, document, own, authority,
     head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
OPTIONAL MATCH (own)<-[:INVOLVES]-(finding:Finding)<-[:STATES]-(document)
WITH kind, authority, finding, document, inspected
ORDER BY CASE finding.polarity WHEN 'concern' THEN 0 WHEN 'strength' THEN 1 ELSE 2 END, inspected IS NULL, inspected DESC,
         document.source, finding.start
WITH kind, count(DISTINCT authority) AS authorities,
     count(CASE finding.polarity WHEN 'strength' THEN 1 END) AS strengths,
     count(CASE finding.polarity WHEN 'concern' THEN 1 END) AS concerns,
     head([one IN collect({finding: finding, document: document}) WHERE one.finding IS NOT NULL]) AS shown
RETURN kind.name AS thing, labels(kind)[0] AS kind, authorities, strengths, concerns, shown.finding.text AS quotation,
       shown.document.source AS document, shown.finding.page AS page, shown.finding.paragraph AS paragraph,
       [iri IN [shown.finding.iri] WHERE iri IS NOT NULL] AS evidence
ORDER BY authorities DESC, thing
