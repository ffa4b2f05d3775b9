// Who was in post at each inspection
// Whom do a council's reports name as director of children's services, chief executive or lead member, report by
// report? A change of person is no judgement on either; a report that names nobody has no row.
//
// group: people
// parameter authority (local authority, null): only this council
// parameter region (region, null): only councils of this region
// parameter role (dcs | lead-member | chief-executive | lscb-chair, null): only this post
// column authority: the council
// column role: the post
// column day: the last day of the inspection, or the day of publication where the report gives no other
// column person: who is named in it
// column before: who was named in the report before; empty in the first
// column quotation: the words that name the person
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: role=dcs
MATCH (person:Person)-[part:SERVED]->(authority:LocalAuthority)
WHERE ($authority IS NULL OR authority.iri IN $authority) AND part.role <> 'other' AND ($role IS NULL OR part.role = $role)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH authority, person, part ORDER BY part.start
WITH authority, person, part.role AS role, part.document AS iri, head(collect(part)) AS part
OPTIONAL MATCH (document:Document {iri: part.document})
OPTIONAL MATCH (passage:Passage {iri: part.passage})
WITH *, head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.ended]) AS ended
WITH *, coalesce(ended, document.published) AS day ORDER BY day, person.name
WITH authority, role, collect({day: day, person: person, part: part, passage: passage, document: document}) AS found
UNWIND range(0, size(found) - 1) AS place
WITH authority, role, found[place] AS one, CASE WHEN place > 0 THEN found[place - 1].person.name END AS before
RETURN authority.name AS authority, role, one.day AS day, one.person.name AS person, before,
       coalesce(one.passage.text, one.part.text) AS quotation, one.document.source AS document, one.part.page AS page,
       one.passage.paragraph AS paragraph, [iri IN [one.passage.iri] WHERE iri IS NOT NULL] AS evidence
ORDER BY authority, role, day, person
