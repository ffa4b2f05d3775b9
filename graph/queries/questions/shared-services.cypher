// What two or more authorities share
// Which things that reports name do two or more authorities share? One row for each of the authorities: those whose
// reports name the thing, and those that a list of members has. Processes, which the law gives to all alike, are left
// out unless they are asked for.
//
// group: sharing
// parameter region (region, null): only rows for authorities of this region
// parameter kind (kind of thing, null): only things of this kind
// parameter scope (scope, null): only things of this scope
// parameter least (number, 2): the minimum number of authorities that share it, in whatever region
// column thing: what is shared
// column kind: its kind: agency, service, programme, body or process
// column scope: its scope: national, regional or local
// column authorities: how many authorities share it, in whatever region
// column authority: one of them
// column standing: confirmed, contradicted or silent (what reports say of a listed member), asserted (listed, no report read), unlisted (named by a report alone), or named (of a thing that has no list)
// column list: the list that has the authority as a member
// column reports: how many reports on the authority were read
// column naming: how many of them name the thing
// column quotation: where a report on it first names the thing, or contradicts the list
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: region=North East; scope=regional
MATCH (thing:Agency|Service|Programme|Body|Process)-[:USES|SERVES|ATTESTED_FOR]-(authority:LocalAuthority)
WHERE CASE WHEN $kind IS NULL THEN NOT thing:Process ELSE $kind IN labels(thing) END
  AND NOT coalesce(thing.generic, false)
  AND ($scope IS NULL OR thing.scope = $scope)
WITH thing, collect(DISTINCT authority) AS sharing
WHERE size(sharing) >= $least
WITH thing, size(sharing) AS authorities,
     [one IN sharing WHERE $region IS NULL
        OR EXISTS { (one)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region }] AS sharing
WHERE any(one IN sharing WHERE EXISTS { (one)-[:USES]->(thing) })
WITH thing, authorities, sharing, EXISTS { (thing)-[:SERVES]->() } AS listing
CALL (thing) {
  MATCH (thing)<-[mention:MENTIONS]-(passage:Passage)-[:PART_OF]->(document:Document)-[:REPORTS_ON]->(one:LocalAuthority)
  WITH one, document, passage, mention ORDER BY document.source, mention.start
  WITH one, collect(document) AS documents, collect(passage)[0] AS passage, collect(mention)[0] AS mention,
       count(DISTINCT document) AS naming
  RETURN collect({authority: one, document: documents[0], passage: passage, mention: mention, naming: naming}) AS places
}
UNWIND sharing AS authority
OPTIONAL MATCH (thing)-[member:SERVES]->(authority)
WITH thing, authorities, listing, places, authority, head(collect(member)) AS member
CALL (thing, authority) {
  OPTIONAL MATCH (thing)-[said:ATTESTED_FOR]->(authority)
  OPTIONAL MATCH (told:Document {iri: said.document})
  WITH said, told, head([(inspection:Inspection)-[:REPORTED_IN]->(told) | inspection.started]) AS started
  ORDER BY coalesce(toString(started), toString(told.published), '') DESC, said.document
  WITH collect(said) AS attested, collect(told) AS documents
  RETURN attested[0] AS said, documents[0] AS told
}
WITH *, head([one IN places WHERE one.authority = authority | one]) AS place
WITH *, place.mention AS mention, place.passage AS held, place.document AS first, coalesce(place.naming, 0) AS naming
WITH *, said.standing = 'contradicted' AS denied, COUNT { (authority)<-[:REPORTS_ON]-(:Document) } AS reports
WITH *, CASE WHEN denied THEN told ELSE first END AS document,
        CASE WHEN denied THEN said.start ELSE mention.start END AS start,
        CASE WHEN denied THEN said.page ELSE mention.page END AS page
WITH *, CASE WHEN denied THEN head([(one:Passage)-[:PART_OF]->(told) WHERE one.start <= start < one.end | one]) ELSE held END
        AS passage
RETURN thing.name AS thing, labels(thing)[0] AS kind, thing.scope AS scope, authorities,
       authority.name AS authority,
       CASE WHEN denied AND member IS NOT NULL THEN 'contradicted'
            WHEN member IS NULL THEN CASE WHEN listing THEN 'unlisted' ELSE 'named' END
            WHEN naming > 0 THEN 'confirmed' WHEN reports > 0 THEN 'silent' ELSE 'asserted' END AS standing,
       member.source AS list, reports, naming,
       coalesce(head([(finding:Finding)-[:EVIDENCED_BY]->(passage)
                      WHERE finding.start <= start < finding.end | finding.text]),
                passage.text) AS quotation,
       document.source AS document, page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY authorities DESC, thing, authority
