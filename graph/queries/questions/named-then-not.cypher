// What reports name anew, and no longer
// Which services, programmes and agencies does the latest full inspection of a council name that the one before did not,
// and the other way round? A report that is silent does not say that a service has ended.
//
// group: change
// parameter authority (local authority): the council's name or code
// parameter kind (Agency | Service | Programme | Body, null): only things of this kind
// column thing: the thing that is named
// column kind: its kind: agency, service, programme, body or process
// column named: in the latest only, or in the one before only
// column inspected: the first day of the inspection that names it
// column quotation: where its report first names it
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: authority=Durham; kind=Programme
MATCH (authority:LocalAuthority)<-[:REPORTS_ON]-(document:Document)
WHERE authority.iri IN $authority AND document.kind IN ['ilacs', 'sif', 'pre-2013']
MATCH (inspection:Inspection)-[:REPORTED_IN]->(document) WHERE inspection.started IS NOT NULL
WITH DISTINCT authority, inspection.started AS inspected, document ORDER BY inspected IS NULL, inspected DESC, document.source
WITH authority, collect({document: document, inspected: inspected})[..2] AS reports
WHERE size(reports) = 2
UNWIND [0, 1] AS turn
WITH reports[turn] AS report, reports[turn].document AS document, reports[1 - turn].document AS other,
     ['in the latest only', 'in the one before only'][turn] AS named
MATCH (document)-[:MENTIONS]->(thing:Agency|Service|Programme|Body)
WHERE ($kind IS NULL OR $kind IN labels(thing)) AND NOT EXISTS { (other)-[:MENTIONS]->(thing) }
CALL (document, thing) {
  MATCH (document)<-[:PART_OF]-(passage:Passage)-[mention:MENTIONS]->(thing)
  RETURN passage, mention ORDER BY mention.start LIMIT 1
}
RETURN thing.name AS thing, labels(thing)[0] AS kind, named, report.inspected AS inspected,
       coalesce(head([(finding:Finding)-[:EVIDENCED_BY]->(passage)
                      WHERE finding.start <= mention.start AND mention.end <= finding.end | finding.text]),
                passage.text) AS quotation,
       document.source AS document, mention.page AS page, passage.paragraph AS paragraph, [passage.iri] AS evidence
ORDER BY named DESC, kind, thing
