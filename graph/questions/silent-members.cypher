// Where reports are silent about a shared agency
// Which members of regional agencies do reports name them for, which members' reports are silent, and which authorities
// name an agency without being listed as members?
//
// group: sharing
// parameter thing (named thing, null): only this agency or body
// parameter region (region, null): only authorities of this region
// column thing: the agency or body
// column authority: a member, or an authority whose report names it
// column finding: expected and named, expected but silent, expected but no report, or named but not expected
// column standing: who vouches for the membership
// column reports: how many reports on the authority were read
// column quotation: where a report names it
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// example: thing=Adopt North East
MATCH (thing:Agency|Service|Programme|Body)-[:SERVES]->(:LocalAuthority)
WHERE $thing IS NULL OR thing.iri IN $thing
WITH DISTINCT thing
MATCH (thing)-[:SERVES|USES]-(authority:LocalAuthority)
WHERE $region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region }
WITH DISTINCT thing, authority
OPTIONAL MATCH (thing)-[member:SERVES]->(authority)
WITH thing, authority, member, COUNT { (authority)<-[:REPORTS_ON]-(:Document) } AS reports
CALL (thing, authority) {
  OPTIONAL MATCH (authority)<-[:REPORTS_ON]-(document:Document)<-[:PART_OF]-(passage:Passage)-[mention:MENTIONS]->(thing)
  RETURN document, passage, mention ORDER BY document.source, mention.start LIMIT 1
}
WITH *, EXISTS { (authority)-[:USES]->(thing) } AS named
WHERE $thing IS NOT NULL OR named OR reports > 0
RETURN thing.name AS thing, authority.name AS authority,
       CASE WHEN member IS NULL THEN 'named but not expected' WHEN named THEN 'expected and named'
            WHEN reports > 0 THEN 'expected but silent' ELSE 'expected but no report' END AS finding,
       member.standing AS standing, reports,
       coalesce(head([(finding:Finding)-[:EVIDENCED_BY]->(passage)
                      WHERE finding.start <= mention.start AND mention.end <= finding.end | finding.text]),
                passage.text) AS quotation,
       document.source AS document, mention.page AS page, passage.paragraph AS paragraph
ORDER BY thing, finding, authority
