// Who uses an agency, service or programme, and who hosts it
// Which councils does it serve, which one hosts it, and which reports speak of it? A council that the
// thesaurus lists without a report that says so has no quotation.
//
// group: sharing
// parameter thing (named thing, "Adopt North East"): its name or an alias
// parameter region (region, null): only councils of this region
// parameter as_of (day, null): members as the lists have them for this day, and reports of inspections that began by then
// column thing: what was asked for
// column authority: a council that it serves, or that hosts or uses it
// column part: hosts it, is or was a member of it, or uses it, as a report says without being listed
// column standing: the standing of the membership: confirmed or contradicted by a report, or asserted by a list
// column certainty: the certainty that the thesaurus gives: high or medium
// column since: the day, month or year from which it is a member, as exact as the list is
// column until: the day, month or year in which its membership ended, by the list
// column reports: how many reports on the council name it
// column quotation: where the latest of them first names it
// column document: the file of that report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: thing=ANE
MATCH (asked:Agency|Service|Programme|Body|Process) WHERE asked.iri IN $thing
MATCH (thing)-[:INSTANCE_OF*0..1]->(asked)
MATCH (thing)-[:SERVES|HOSTED_BY|USES]-(authority:LocalAuthority)
WHERE $region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region }
WITH DISTINCT thing, authority
OPTIONAL MATCH (thing)-[member:SERVES]->(authority)
OPTIONAL MATCH (thing)-[host:HOSTED_BY]->(authority)
WITH thing, authority, member, host, coalesce(member.since > toString($as_of), false) AS later,
     member.until < substring(coalesce(toString($as_of), '9999-12-31'), 0, size(member.until)) AS ended
CALL (thing, authority) {
  OPTIONAL MATCH (authority)<-[:REPORTS_ON]-(document:Document)-[:MENTIONS]->(thing)
  OPTIONAL MATCH (inspection:Inspection)-[:REPORTED_IN]->(document)
  WITH document, inspection WHERE $as_of IS NULL OR inspection.started <= $as_of
  WITH document, coalesce(document.published, max(inspection.ended)) AS day
  ORDER BY day IS NULL, day DESC, document.source
  WITH collect(document) AS documents
  RETURN size(documents) AS reports, documents[0] AS document
}
CALL (thing, document) {
  OPTIONAL MATCH (document)<-[:PART_OF]-(passage:Passage)-[mention:MENTIONS]->(thing)
  RETURN passage, mention ORDER BY mention.start LIMIT 1
}
WITH * WHERE reports > 0 OR NOT later AND (member IS NOT NULL OR host IS NOT NULL)
RETURN thing.name AS thing, authority.name AS authority,
       CASE WHEN later THEN 'uses it' WHEN ended THEN 'was a member' WHEN host IS NOT NULL THEN 'hosts it'
            WHEN member IS NOT NULL THEN 'is a member' ELSE 'uses it' END AS part,
       coalesce(host.standing, member.standing) AS standing, coalesce(host.certainty, member.certainty) AS certainty,
       member.since AS since, member.until AS until, reports,
       coalesce(head([(finding:Finding)-[:EVIDENCED_BY]->(passage)
                      WHERE finding.start <= mention.start AND mention.end <= finding.end | finding.text]),
                passage.text) AS quotation,
       document.source AS document, mention.page AS page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY thing, part, authority
