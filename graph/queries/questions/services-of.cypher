// What a council has and uses
// Which agencies, services, programmes and bodies do reports on a council name, and where first? Processes, which the
// law gives to all alike, are left out unless they are asked for.
//
// group: services
// parameter authority (local authority): the council's name or code
// parameter kind (kind of thing, null): only things of this kind
// column thing: the thing that is named
// column kind: its kind: agency, service, programme, body or process
// column scope: its scope: national, regional or local
// column instance_of: the kind that the council's own thing is one of
// column reports: how many reports on the council name it
// column strengths: how many findings that name it are strengths
// column concerns: how many are concerns
// column quotation: where the latest report first names it
// column document: the file of that report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: authority=Durham; kind=Service
MATCH (authority:LocalAuthority) WHERE authority.iri IN $authority
MATCH (authority)-[:USES]->(thing)
WHERE CASE WHEN $kind IS NULL THEN NOT thing:Process ELSE $kind IN labels(thing) END
OPTIONAL MATCH (thing)-[:INSTANCE_OF]->(generic)
CALL (authority, thing) {
  MATCH (authority)<-[:REPORTS_ON]-(document:Document)-[:MENTIONS]->(thing)
  OPTIONAL MATCH (inspection:Inspection)-[:REPORTED_IN]->(document)
  WITH document, coalesce(document.published, max(inspection.ended)) AS day
  ORDER BY day IS NULL, day DESC, document.source
  WITH collect(document) AS documents
  RETURN documents, documents[0] AS document
}
CALL (thing, documents) {
  UNWIND documents AS stating
  OPTIONAL MATCH (stating)-[:STATES]->(finding:Finding)-[:INVOLVES]->(thing)
  RETURN count(CASE finding.polarity WHEN 'strength' THEN 1 END) AS strengths,
         count(CASE finding.polarity WHEN 'concern' THEN 1 END) AS concerns
}
CALL (thing, document) {
  MATCH (document)<-[:PART_OF]-(passage:Passage)-[mention:MENTIONS]->(thing)
  RETURN passage, mention ORDER BY mention.start LIMIT 1
}
RETURN thing.name AS thing, labels(thing)[0] AS kind, thing.scope AS scope, generic.name AS instance_of,
       size(documents) AS reports, strengths, concerns,
       coalesce(head([(finding:Finding)-[:EVIDENCED_BY]->(passage)
                      WHERE finding.start <= mention.start AND mention.end <= finding.end | finding.text]),
                passage.text) AS quotation,
       document.source AS document, mention.page AS page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY kind, reports DESC, thing
