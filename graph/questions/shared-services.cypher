// What two or more authorities share
// Which named things do reports on two or more authorities name? One row for each of the authorities.
// Processes, which the law gives to all alike, are left out unless they are asked for.
//
// group: sharing
// parameter region (region, null): only authorities of this region
// parameter kind (Agency | Service | Programme | Body | Process, null): only things of this kind
// parameter scope (national | regional | local, null): only things that reach so far
// parameter least (number, 2): how many authorities at least
// column thing: what is shared
// column kind: what sort of thing it is
// column scope: how far one and the same thing reaches
// column authorities: how many authorities share it, among those asked for
// column authority: one of them
// column quotation: where a report on it first names the thing
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// example: region=North East; scope=regional
MATCH (thing:Agency|Service|Programme|Body|Process)<-[:USES]-(authority:LocalAuthority)
WHERE CASE WHEN $kind IS NULL THEN NOT thing:Process ELSE $kind IN labels(thing) END
  AND ($scope IS NULL OR thing.scope = $scope)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH thing, collect(authority) AS sharing
WHERE size(sharing) >= $least
CALL (thing, sharing) {
  MATCH (thing)<-[mention:MENTIONS]-(passage:Passage)-[:PART_OF]->(document:Document)-[:REPORTS_ON]->(authority)
  WHERE authority IN sharing
  WITH authority, document, passage, mention ORDER BY document.source, mention.start
  WITH authority, collect({document: document, passage: passage, mention: mention})[0] AS first
  RETURN authority, first.document AS document, first.passage AS passage, first.mention AS mention
}
RETURN thing.name AS thing, labels(thing)[0] AS kind, thing.scope AS scope, size(sharing) AS authorities,
       authority.name AS authority,
       coalesce(head([(finding:Finding)-[:EVIDENCED_BY]->(passage)
                      WHERE finding.start <= mention.start AND mention.end <= finding.end | finding.text]),
                passage.text) AS quotation,
       document.source AS document, mention.page AS page, passage.paragraph AS paragraph
ORDER BY authorities DESC, thing, authority
