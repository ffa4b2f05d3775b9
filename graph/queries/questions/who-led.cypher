// Who led each inspection
// Who were the lead inspectors of inspections, and when? Where two inspectorates each name a lead, both are given.
//
// group: people
// parameter authority (local authority, null): only inspections of this council
// parameter region (region, null): only councils of this region
// parameter since (day, null): only inspections that began on this day or later
// column authority: the council that was inspected
// column inspection: what it was
// column started: its first day
// column ended: its last day
// column lead: the inspector who led it
// column quotation: the words that first name the inspector
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: since=2020-01-01
MATCH (person:Person)-[part:TOOK_PART_IN {role: 'lead'}]->(inspection:Inspection)
WHERE $since IS NULL OR inspection.started >= $since
MATCH (inspection)-[:INSPECTED]->(authority:LocalAuthority)
WHERE ($authority IS NULL OR authority.iri IN $authority)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH authority, inspection, person, part ORDER BY part.document, part.start
WITH authority, inspection, person, collect(part)[0] AS part
OPTIONAL MATCH (document:Document {iri: part.document})
OPTIONAL MATCH (passage:Passage {iri: part.passage})
RETURN authority.name AS authority, inspection.name AS inspection, inspection.started AS started,
       inspection.ended AS ended, person.name AS lead, coalesce(passage.text, part.text) AS quotation,
       document.source AS document, part.page AS page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY authority, started, lead
