// Where reports are silent about a shared agency
// Which members of regional agencies do reports name them for, which members' reports of the time since any report
// first named the agency are silent or say otherwise, and which councils name an agency without being listed as
// members?
//
// group: sharing
// step: silent-members
// parameter thing (named thing, null): only this agency or body
// parameter region (region, null): only councils of this region
// column thing: the agency or body
// column authority: a member, or a council whose report names it
// column finding: expected and named, expected and implied, expected but contradicted, expected but left, expected but still joining, expected but silent, expected but no report, expected and said by another’s report, or named but not expected
// column standing: as in `shared-services`: confirmed, implied, joining, left, contradicted, silent, asserted by a list alone, unlisted, or shared, hosted or delegated by a sentence
// column reports: how many reports on the council were read
// column quotation: the sentence that says it is shared, or contradicts the list, else where a report names it
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding or passage
// example: thing=Adopt North East
MATCH (thing:Agency|Service|Programme|Body)-[:SERVES]->(:LocalAuthority)
WHERE $thing IS NULL OR thing.iri IN $thing
WITH DISTINCT thing
MATCH (thing)-[:SERVES|USES|ATTESTED_FOR|SHARED_BY]-(authority:LocalAuthority)
WHERE $region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region }
WITH DISTINCT thing, authority
OPTIONAL MATCH (thing)-[member:SERVES]->(authority)
WITH thing, authority, head(collect(member)) AS member
CALL (thing) {
  OPTIONAL MATCH (thing)<-[:MENTIONS]-(:Document)<-[:REPORTED_IN]-(inspection:Inspection)
  RETURN toString(min(inspection.started)) AS begun
}
CALL (authority) {
  OPTIONAL MATCH (authority)<-[:REPORTS_ON]-(document:Document)
  OPTIONAL MATCH (inspection:Inspection)-[:REPORTED_IN]->(document)
  WITH document, min(inspection.started) AS started WHERE document IS NOT NULL
  RETURN collect(coalesce(toString(started), '')) AS days
}
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
CALL (thing, authority) {
  OPTIONAL MATCH (thing)<-[mention:MENTIONS]-(passage:Passage)-[:PART_OF]->(document:Document)-[:REPORTS_ON]->(authority)
  WITH mention, passage, document ORDER BY document.source, mention.start
  RETURN {mention: head(collect(mention)), passage: head(collect(passage.iri)), naming: count(DISTINCT document)} AS place
}
WITH * WHERE $thing IS NOT NULL OR place.naming > 0 OR size(days) > 0
CALL (attested, shared, place) {
  UNWIND [{by: 'attested', said: attested, passage: attested.passage}, {by: 'stated', said: shared, passage: shared.passage},
          {by: 'named', said: place.mention, passage: place.passage}] AS proof
  MATCH (passage:Passage {iri: proof.passage})-[:PART_OF]->(document:Document)
  WITH *, head([(finding:Finding)-[:EVIDENCED_BY]->(passage)
                WHERE finding.start <= proof.said.start < finding.end | finding]) AS finding
  RETURN collect({by: proof.by, document: document.source, page: proof.said.page, paragraph: passage.paragraph,
                  quotation: coalesce(CASE WHEN proof.by <> 'named' THEN proof.said.text END, finding.text, passage.text),
                  evidence: [iri IN [coalesce(finding.iri, passage.iri)] WHERE iri IS NOT NULL]}) AS sentences
}
RETURN thing.name AS thing, authority.name AS authority, size(days) AS reports, place.naming AS naming, shared.relation AS relation,
       member IS NOT NULL AS member, true AS listing, standings AS attested,
       member.since AS since, member.until AS until, days, begun, sentences
