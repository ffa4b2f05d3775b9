// What two authorities share
// Which named things, one and the same, do reports on both of two authorities name?
//
// group: sharing
// parameter authority (local authority): one authority
// parameter other (local authority): the other
// parameter kind (kind of thing, null): only things of this kind
// column thing: what both have to do with
// column kind: its kind: agency, service, programme, body or process
// column scope: its scope: national, regional or local
// column authority: the authority on which the report is
// column strengths: how many findings that name it in reports on this authority are strengths
// column concerns: how many are concerns
// column quotation: where a report on it first names the thing
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: authority=Durham; other=South Tyneside
MATCH (one:LocalAuthority)-[:USES]->(thing:Agency|Service|Programme|Body|Process)<-[:USES]-(two:LocalAuthority)
WHERE one.iri IN $authority AND two.iri IN $other
  AND CASE WHEN $kind IS NULL THEN NOT thing:Process ELSE $kind IN labels(thing) END
UNWIND [one, two] AS authority
CALL (thing, authority) {
  MATCH (authority)<-[:REPORTS_ON]-(document:Document)-[:MENTIONS]->(thing)
  WITH thing, document ORDER BY document.source LIMIT 1
  MATCH (document)<-[:PART_OF]-(passage:Passage)-[mention:MENTIONS]->(thing)
  RETURN document, passage, mention ORDER BY mention.start LIMIT 1
}
CALL (thing, authority) {
  MATCH (authority)<-[:REPORTS_ON]-(document:Document)-[:MENTIONS]->(thing)
  OPTIONAL MATCH (document)-[:STATES]->(finding:Finding)-[:INVOLVES]->(thing)
  RETURN count(CASE finding.polarity WHEN 'strength' THEN 1 END) AS strengths,
     count(CASE finding.polarity WHEN 'concern' THEN 1 END) AS concerns
}
RETURN thing.name AS thing, labels(thing)[0] AS kind, thing.scope AS scope, authority.name AS authority, strengths, concerns,
       coalesce(head([(finding:Finding)-[:EVIDENCED_BY]->(passage)
                      WHERE finding.start <= mention.start AND mention.end <= finding.end | finding.text]),
                passage.text) AS quotation,
       document.source AS document, mention.page AS page, passage.paragraph AS paragraph, [passage.iri] AS evidence
ORDER BY kind, thing, authority
