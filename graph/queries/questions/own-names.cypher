// Things that one council alone has, by a name of its own
// Which services, programmes and bodies do reports name that no thesaurus knows and no other council's report names?
//
// group: services
// parameter authority (local authority, null): only this council's
// parameter region (region, null): only councils of this region
// parameter kind (kind of thing, null): only things of this kind
// parameter most (number, 500): the maximum number of rows
// column authority: the council
// column thing: the thing that is named
// column kind: its kind: agency, service, programme, body or process
// column reports: how many reports on the council name it
// column quotation: the sentence that names it in the latest of them, or where there is none the paragraph
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: authority=Durham
MATCH (authority:LocalAuthority)
WHERE ($authority IS NULL OR authority.iri IN $authority)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH authority
MATCH (authority)<-[:BELONGS_TO]-(thing:Agency|Service|Programme|Body|Process)
WHERE NOT EXISTS { (thing)-[:INSTANCE_OF]->() } AND ($kind IS NULL OR $kind IN labels(thing))
WITH thing, authority, COUNT { (thing)<-[:MENTIONS]-(:Document) } AS reports
WHERE reports > 0
WITH thing, authority, reports ORDER BY authority.name, reports DESC, thing.name, thing.iri LIMIT $most
CALL (thing) {
  MATCH (thing)<-[mention:MENTIONS]-(passage:Passage)-[:PART_OF]->(document:Document)
  WITH passage, mention, document,
       head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
  RETURN passage, mention, document
  ORDER BY inspected IS NULL, inspected DESC, document.source, mention.start LIMIT 1
}
RETURN authority.name AS authority, thing.name AS thing, labels(thing)[0] AS kind, reports,
       coalesce(head([(finding:Finding)-[:EVIDENCED_BY]->(passage)
                      WHERE finding.start <= mention.start AND mention.end <= finding.end | finding.text]),
                passage.text) AS quotation,
       document.source AS document, mention.page AS page, passage.paragraph AS paragraph, [passage.iri] AS evidence
ORDER BY authority, reports DESC, thing
