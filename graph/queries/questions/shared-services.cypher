// What two or more councils share
// Which things that reports name do two or more councils share? One row for each of the councils: those whose
// reports name the thing, those of which a report says that they share it, and those that a list of members has.
// Processes, which the law gives to all alike, are left out unless they are asked for.
//
// group: sharing
// step: shared-services
// parameter thing (named thing, null): only this thing
// parameter region (region, null): only rows for councils of this region
// parameter kind (kind of thing, null): only things of this kind
// parameter scope (scope, null): only things of this scope
// parameter least (number, 2): the minimum number of councils that share it, in whatever region; a partner that a report does not name counts as one
// column thing: what is shared
// column kind: its kind: agency, service, programme, body or process
// column scope: its scope: national, regional or local
// column authorities: how many councils share it, in whatever region
// column authority: one of them
// column standing: confirmed, implied, contradicted, joining, left (as the list may say, too) or silent (what reports say of a listed member), asserted (listed, no report read since it began), shared, hosted or delegated (a report says so in a sentence), unlisted (named by a report alone), or named (of a thing that has no list)
// column relation: how a report says that it is shared: shares, hosts, hosted, commissions-jointly, delegated, joining or left; empty if reports only name it
// column time: whether it says so of its own time, of the past or of the future
// column host: the council, trust or company that runs it, where the sentence says so
// column partners: the sentence's words for those that it is shared with, whether they name councils or not
// column list: the list that has the council as a member
// column since: the day, month or year from which the list has it, as exact as the list is
// column until: the day, month or year in which its membership ended, by the list
// column reports: how many reports on the council were read
// column naming: how many of them name the thing
// column quotation: the sentence that says it is shared, or contradicts the list, else where a report on the council first names it
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding or passage
// example: region=North East; scope=regional
CALL () {
  MATCH (one:LocalAuthority)
  WHERE $region IS NULL OR EXISTS { (one)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region }
  RETURN collect(one) AS asked
}
CALL () {
  MATCH (thing:Agency|Service|Programme|Body|Process)
  WHERE CASE WHEN $kind IS NULL THEN NOT thing:Process ELSE $kind IN labels(thing) END
    AND ($thing IS NULL OR thing.iri IN $thing)
    AND ($scope IS NULL OR thing.scope = $scope)
  MATCH (thing)-[:USES|SERVES|ATTESTED_FOR|SHARED_BY]-(authority:LocalAuthority)
  WITH thing, collect(DISTINCT authority) AS sharing
  WHERE NOT coalesce(thing.generic, false) AND (size(sharing) >= $least
     OR ($least <= 2 AND EXISTS { (thing)-[told:SHARED_BY]->() WHERE NOT told.relation IN ['delegated', 'left'] }))
  RETURN thing, sharing
}
WITH thing, size(sharing) AS authorities, [one IN sharing WHERE one IN asked] AS sharing
WHERE any(one IN sharing WHERE EXISTS { (one)-[:USES|SHARED_BY]-(thing) })
WITH thing, authorities, sharing, EXISTS { (thing)-[:SERVES]->() } AS listing
CALL (thing) {
  MATCH (thing)<-[mention:MENTIONS]-(passage:Passage)-[:PART_OF]->(document:Document)-[:REPORTS_ON]->(one:LocalAuthority)
  WITH one, document, passage, mention ORDER BY document.source, mention.start
  WITH one, collect(passage)[0] AS passage, collect(mention)[0] AS mention, count(DISTINCT document) AS naming
  RETURN collect({authority: one, passage: passage, mention: mention, naming: naming}) AS places
}
CALL (thing) {
  OPTIONAL MATCH (thing)<-[:MENTIONS]-(:Document)<-[:REPORTED_IN]-(inspection:Inspection)
  RETURN toString(min(inspection.started)) AS begun
}
UNWIND sharing AS authority
WITH authority, collect({thing: thing, authorities: authorities, listing: listing, places: places, begun: begun}) AS shares
CALL (authority) {
  OPTIONAL MATCH (authority)<-[:REPORTS_ON]-(document:Document)
  OPTIONAL MATCH (inspection:Inspection)-[:REPORTED_IN]->(document)
  WITH document, min(inspection.started) AS started WHERE document IS NOT NULL
  RETURN collect(coalesce(toString(started), '')) AS days
}
UNWIND shares AS share
WITH authority, days, share.thing AS thing, share.authorities AS authorities, share.listing AS listing,
     share.places AS places, share.begun AS begun
WITH *, head([(thing)-[member:SERVES]->(authority) | member]) AS member
CALL (thing, authority) {
  OPTIONAL MATCH (thing)-[said:ATTESTED_FOR]->(authority)
  OPTIONAL MATCH (told:Document {iri: said.document})
  WITH said, told, head([(inspection:Inspection)-[:REPORTED_IN]->(told) | inspection.started]) AS started
  ORDER BY coalesce(toString(started), toString(told.published), '') DESC, said.document, said.start
  RETURN collect(said)[0] AS attested, collect(said.standing) AS standings
}
CALL (thing, authority) {
  OPTIONAL MATCH (thing)-[said:SHARED_BY]->(authority)
  OPTIONAL MATCH (told:Document {iri: said.document})
  WITH said, head([(inspection:Inspection)-[:REPORTED_IN]->(told) | inspection.started]) AS started
  ORDER BY started IS NULL, started DESC, said.document, said.start, said.relation, said.partners
  RETURN collect(said)[0] AS shared
}
WITH *, head([one IN places WHERE one.authority = authority | one]) AS place
CALL (attested, shared, place) {
  UNWIND [{by: 'attested', said: attested, passage: attested.passage}, {by: 'stated', said: shared, passage: shared.passage},
          {by: 'named', said: place.mention, passage: place.passage.iri}] AS proof
  MATCH (passage:Passage {iri: proof.passage})-[:PART_OF]->(document:Document)
  WITH *, head([(finding:Finding)-[:EVIDENCED_BY]->(passage)
                WHERE finding.start <= proof.said.start < finding.end | finding]) AS finding
  RETURN collect({by: proof.by, document: document.source, page: proof.said.page, paragraph: passage.paragraph,
                  quotation: coalesce(CASE WHEN proof.by <> 'named' THEN proof.said.text END, finding.text, passage.text),
                  evidence: [iri IN [coalesce(finding.iri, passage.iri)] WHERE iri IS NOT NULL]}) AS sentences
}
RETURN thing.name AS thing, labels(thing)[0] AS kind, thing.scope AS scope, authorities, authority.name AS authority,
       shared.relation AS relation, shared.time AS time, shared.host AS host, shared.partners AS partners,
       member.source AS list, member.since AS since, member.until AS until, size(days) AS reports,
       coalesce(place.naming, 0) AS naming, member IS NOT NULL AS member, listing, standings AS attested,
       days, begun, sentences
ORDER BY authorities DESC, thing, authority
