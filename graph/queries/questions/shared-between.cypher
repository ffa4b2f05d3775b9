// What two councils share
// Which named things, one and the same, do reports name for both of two councils, or say that both share?
//
// group: sharing
// parameter authority (local authority): one council
// parameter other (local authority): the other
// parameter kind (kind of thing, null): only things of this kind
// column thing: what both have to do with
// column kind: its kind: agency, service, programme, body or process
// column scope: its scope: national, regional or local
// column authority: one of the two
// column relation: how a report says that it is shared: shares, hosts, hosted, commissions-jointly, delegated, joining or left; empty if reports only name it
// column time: whether it says so of its own time, of the past or of the future
// column host: the council, trust or company that runs it, where the sentence says so
// column partners: the sentence's words for those that it is shared with, whether they name councils or not
// column strengths: how many findings that name it in reports on this council are strengths
// column concerns: how many are concerns
// column quotation: the latest sentence that says it is shared, else where a report on the council first names it
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding or passage
// example: authority=Durham; other=South Tyneside
MATCH (one:LocalAuthority) WHERE one.iri IN $authority
MATCH (two:LocalAuthority) WHERE two.iri IN $other
MATCH (one)-[:USES|SHARED_BY]-(thing:Agency|Service|Programme|Body|Process)-[:USES|SHARED_BY]-(two)
WHERE CASE WHEN $kind IS NULL THEN NOT thing:Process ELSE $kind IN labels(thing) END
WITH one, two, collect(DISTINCT thing) AS things
UNWIND [one, two] AS authority
CALL (authority, things) {
  MATCH (authority)<-[:REPORTS_ON]-(:Document)-[:STATES]->(finding:Finding)
  WITH finding, things
  MATCH (finding)-[:INVOLVES]->(thing) WHERE thing IN things
  WITH thing, count(CASE finding.polarity WHEN 'strength' THEN 1 END) AS strengths,
     count(CASE finding.polarity WHEN 'concern' THEN 1 END) AS concerns
  RETURN collect({thing: thing, strengths: strengths, concerns: concerns}) AS counts
}
UNWIND things AS thing
WITH authority, thing, head([one IN counts WHERE one.thing = thing]) AS counted
WITH authority, thing, coalesce(counted.strengths, 0) AS strengths, coalesce(counted.concerns, 0) AS concerns
CALL (thing, authority) {
  OPTIONAL MATCH (thing)-[said:SHARED_BY]->(authority)
  OPTIONAL MATCH (told:Document {iri: said.document})
  OPTIONAL MATCH (inspection:Inspection)-[:REPORTED_IN]->(told)
  WITH said, told, inspection.started AS started
  ORDER BY started IS NULL, started DESC, said.document, said.start, said.relation, said.partners
  RETURN collect(said)[0] AS said, collect(told)[0] AS told
}
CALL (thing, authority) {
  OPTIONAL MATCH (authority)<-[:REPORTS_ON]-(document:Document)-[:MENTIONS]->(thing)
  WITH thing, document ORDER BY document.source LIMIT 1
  OPTIONAL MATCH (document)<-[:PART_OF]-(passage:Passage)
  WITH thing, document, passage
  OPTIONAL MATCH (passage)-[mention:MENTIONS]->(thing)
  RETURN document AS first, CASE WHEN mention IS NOT NULL THEN passage END AS held, mention ORDER BY mention.start LIMIT 1
}
WITH *, coalesce(told, first) AS document, coalesce(said.start, mention.start) AS start
OPTIONAL MATCH (passage:Passage {iri: CASE WHEN said IS NULL THEN held.iri ELSE said.passage END})
RETURN thing.name AS thing, labels(thing)[0] AS kind, thing.scope AS scope, authority.name AS authority,
       said.relation AS relation, said.time AS time, said.host AS host, said.partners AS partners,
       strengths, concerns,
       coalesce(said.text, head([(finding:Finding)-[:EVIDENCED_BY]->(passage)
                                 WHERE finding.start <= mention.start AND mention.end <= finding.end | finding.text]),
                passage.text) AS quotation,
       document.source AS document, coalesce(said.page, mention.page) AS page, passage.paragraph AS paragraph,
       [one IN [CASE WHEN said IS NULL THEN passage.iri
                     ELSE coalesce(head([(finding:Finding)-[:EVIDENCED_BY]->(passage)
                                         WHERE finding.start <= start < finding.end | finding.iri]), passage.iri) END]
        WHERE one IS NOT NULL] AS evidence
ORDER BY relation IS NULL, kind, thing, authority
