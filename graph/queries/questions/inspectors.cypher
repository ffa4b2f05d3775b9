// Inspectors and their inspections
// Which inspections did inspectors take part in, and in which role? It counts nobody's inspections and compares no
// inspectors: a name is here because a report prints it.
//
// group: people
// parameter person (person, null): only this person
// parameter authority (local authority, null): only inspections of this council
// column person: the inspector
// column role: lead, inspector or director
// column authority: the council that was inspected
// column inspection: what the inspection was
// column started: its first day
// column quotation: the words that first name the inspector in it
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: authority=South Tyneside
MATCH (person:Person)-[part:TOOK_PART_IN]->(inspection:Inspection)-[:INSPECTED]->(authority:LocalAuthority)
WHERE ($person IS NULL OR person.iri IN $person) AND ($authority IS NULL OR authority.iri IN $authority)
WITH person, inspection, authority, part ORDER BY part.document, part.start
WITH person, inspection, authority, part.role AS role, collect(part)[0] AS part
OPTIONAL MATCH (document:Document {iri: part.document})
OPTIONAL MATCH (passage:Passage {iri: part.passage})
RETURN person.name AS person, role, authority.name AS authority, inspection.name AS inspection,
       inspection.started AS started, coalesce(passage.text, part.text) AS quotation, document.source AS document,
       part.page AS page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY person, started, authority, role
