// Everyone whom reports on a council name
// Which inspectors and which leaders do reports on a council name, in which role, and when? Nobody is judged by being
// named.
//
// group: people
// parameter authority (local authority): the council's name or code
// column document: the file of the report
// column inspected: the first day of the inspection
// column person: who is named
// column role: lead, inspector or director of the inspection, or what they did for the council or a partner
// column quotation: the words that first name the person in it
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: authority=South Tyneside
MATCH (authority:LocalAuthority) WHERE authority.iri IN $authority
CALL (authority) {
  MATCH (authority)<-[:INSPECTED]-(:Inspection)<-[part:TOOK_PART_IN]-(person:Person) RETURN person, part
  UNION
  MATCH (authority)<-[part:SERVED]-(person:Person) RETURN person, part
}
WITH person, part ORDER BY part.start
WITH person, part.role AS role, part.document AS iri, head(collect(part)) AS part
OPTIONAL MATCH (document:Document {iri: part.document})
OPTIONAL MATCH (passage:Passage {iri: part.passage})
WITH *, head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
RETURN document.source AS document, inspected, person.name AS person, role,
       coalesce(passage.text, part.text) AS quotation, part.page AS page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY inspected IS NULL, inspected DESC, document, role, person
