// Where reports are silent about a shared agency
// Which members of regional agencies do reports name them for, which members' reports of the time since any report
// first named the agency are silent or say otherwise, and which authorities name an agency without being listed as
// members?
//
// group: sharing
// parameter thing (named thing, null): only this agency or body
// parameter region (region, null): only authorities of this region
// column thing: the agency or body
// column authority: a member, or an authority whose report names it
// column finding: expected and named, expected and implied, expected but contradicted, expected but left, expected but still joining, expected but silent, expected but no report, or named but not expected
// column standing: the standing of the membership: confirmed, implied, joining, left or contradicted by a report, or asserted by a list
// column reports: how many reports on the authority were read
// column quotation: where a report names it, or contradicts the list
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: thing=Adopt North East
MATCH (thing:Agency|Service|Programme|Body)-[:SERVES]->(:LocalAuthority)
WHERE $thing IS NULL OR thing.iri IN $thing
WITH DISTINCT thing
MATCH (thing)-[:SERVES|USES|ATTESTED_FOR]-(authority:LocalAuthority)
WHERE $region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region }
WITH DISTINCT thing, authority
OPTIONAL MATCH (thing)-[member:SERVES]->(authority)
WITH thing, authority, head(collect(member)) AS member
CALL (thing) {
  OPTIONAL MATCH (thing)<-[:MENTIONS]-(:Document)<-[:REPORTED_IN]-(inspection:Inspection)
  RETURN min(inspection.started) AS begun
}
CALL (authority, begun) {
  OPTIONAL MATCH (authority)<-[:REPORTS_ON]-(document:Document)
  OPTIONAL MATCH (inspection:Inspection)-[:REPORTED_IN]->(document)
  WITH document, begun, min(inspection.started) AS started
  RETURN count(document) AS reports, count(CASE WHEN begun IS NULL OR started >= begun THEN 1 END) AS since
}
CALL (thing, authority) {
  OPTIONAL MATCH (thing)-[said:ATTESTED_FOR]->(authority)
  OPTIONAL MATCH (told:Document {iri: said.document})
  WITH said, told, head([(inspection:Inspection)-[:REPORTED_IN]->(told) | inspection.started]) AS started
  ORDER BY coalesce(toString(started), toString(told.published), '') DESC, said.document
  WITH collect(said) AS attested, collect(told) AS documents
  RETURN attested[0] AS said, documents[0] AS told
}
CALL (thing, authority) {
  OPTIONAL MATCH (thing)<-[mention:MENTIONS]-(passage:Passage)-[:PART_OF]->(document:Document)-[:REPORTS_ON]->(authority)
  RETURN mention, passage AS held, document AS first ORDER BY document.source, mention.start LIMIT 1
}
WITH *, said.standing IN ['contradicted', 'joining', 'left'] AS denied, EXISTS { (authority)-[:USES]->(thing) } AS named
WHERE $thing IS NOT NULL OR named OR reports > 0
WITH *, CASE WHEN denied THEN told ELSE first END AS document,
        CASE WHEN denied THEN said.start ELSE mention.start END AS start,
        CASE WHEN denied THEN said.page ELSE mention.page END AS page
WITH *, CASE WHEN denied THEN head([(one:Passage)-[:PART_OF]->(told) WHERE one.start <= start < one.end | one]) ELSE held END
        AS passage
RETURN thing.name AS thing, authority.name AS authority,
       CASE WHEN member IS NULL THEN 'named but not expected' WHEN denied AND said.standing = 'joining' THEN 'expected but still joining'
            WHEN denied THEN 'expected but ' + said.standing
            WHEN named THEN CASE said.standing WHEN 'implied' THEN 'expected and implied' ELSE 'expected and named' END
            WHEN since > 0 THEN 'expected but silent'
            ELSE 'expected but no report' END AS finding,
       coalesce(said.standing, member.standing) AS standing, reports,
       coalesce(head([(finding:Finding)-[:EVIDENCED_BY]->(passage)
                      WHERE finding.start <= start < finding.end | finding.text]),
                passage.text) AS quotation,
       document.source AS document, page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY thing, finding, authority
