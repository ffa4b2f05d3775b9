// Which councils share what, pair by pair
// Which pairs of councils do reports show to have most in common, and what is it? A national programme that everybody
// follows says little, so it is left out unless it is asked for.
//
// group: sharing
// parameter authority (local authority, null): only pairs with this council
// parameter region (region, null): only councils of this region
// parameter scope (scope, "regional"): only things of this scope
// parameter least (number, 2): the minimum number of things that a pair shares
// column authority: one of the pair
// column other: the other
// column shared: how many things both have to do with
// column things: their names
// column quotation: where a report on the first names one of them
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRIs of the passages of both
// example: region=North East
MATCH (thing:Agency|Service|Programme|Body|Process)<-[:USES]-(authority:LocalAuthority)
WHERE thing.scope = $scope AND NOT thing:Process
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH thing, authority ORDER BY thing.name
MATCH (thing)<-[:USES]-(other:LocalAuthority)
WHERE ($region IS NULL OR EXISTS { (other)-[:IN_REGION]->(place:Region) WHERE place.iri IN $region })
  AND CASE WHEN $authority IS NULL THEN authority.name < other.name
           ELSE authority.iri IN $authority AND other <> authority END
WITH authority, other, collect(thing) AS things
WHERE size(things) >= $least
CALL (authority, other, things) {
  UNWIND [authority, other] AS council
  WITH council, things[0] AS thing, council <> authority AS second
  CALL (council, thing) {
    MATCH (council)<-[:REPORTS_ON]-(document:Document)-[:MENTIONS]->(thing)
    WITH thing, document ORDER BY document.source LIMIT 1
    MATCH (document)<-[:PART_OF]-(passage:Passage)-[mention:MENTIONS]->(thing)
    RETURN document, passage ORDER BY mention.start LIMIT 1
  }
  WITH document, passage, second ORDER BY second
  RETURN collect({document: document, passage: passage}) AS places
}
RETURN authority.name AS authority, other.name AS other, size(things) AS shared, [thing IN things | thing.name] AS things,
       head(places).passage.text AS quotation, head(places).document.source AS document,
       head(places).passage.page AS page, head(places).passage.paragraph AS paragraph,
       [place IN places | place.passage.iri] AS evidence
ORDER BY shared DESC, authority, other
