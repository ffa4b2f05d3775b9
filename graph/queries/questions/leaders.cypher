// Leaders whom reports name
// Who led a council's services, or a partner's, when its reports were written?
//
// group: people
// parameter authority (local authority, null): only reports on this council
// parameter role (role of leader, null): only people in this role
// column authority: the council
// column person: the leader
// column role: what the leader was
// column published: the day on which the report was published, or the last day of its inspection
// column quotation: the words that first name the leader in it
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: authority=South Tyneside
MATCH (person:Person)-[post:SERVED]->(authority:LocalAuthority)
WHERE ($authority IS NULL OR authority.iri IN $authority) AND ($role IS NULL OR post.role = $role)
WITH authority, person, post ORDER BY post.document, post.start
WITH authority, person, post.role AS role, post.document AS iri, collect(post)[0] AS post
OPTIONAL MATCH (document:Document {iri: iri})
OPTIONAL MATCH (passage:Passage {iri: post.passage})
CALL (document) {
  OPTIONAL MATCH (inspection:Inspection)-[:REPORTED_IN]->(document)
  RETURN max(inspection.ended) AS ended
}
RETURN authority.name AS authority, person.name AS person, role,
       coalesce(document.published, ended) AS published,
       coalesce(passage.text, post.text) AS quotation, document.source AS document, post.page AS page,
       passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY authority, published, role, person
