// Visits and joint inspections by theme
// What have focused visits, monitoring visits and joint inspections looked at, how often, and what does the latest letter
// on each theme say of its focus?
//
// group: inspections
// parameter kind (kind of document, null): only letters of this kind, as focused-visit or jtai
// parameter region (region, null): only councils of this region
// parameter since (day, null): only visits that began on this day or later
// column theme: what was looked at
// column visits: how many visits and joint inspections looked at it
// column authorities: on how many councils
// column first: the first day of the earliest of them
// column latest: the first day of the latest
// column quotation: the latest letter's statement of its focus
// column document: the file of that letter
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: kind=focused-visit
MATCH (inspection:Inspection)-[focus:LOOKED_AT]->(theme:Theme)
WHERE ($kind IS NULL OR inspection.kind = $kind) AND ($since IS NULL OR inspection.started >= $since)
MATCH (inspection)-[:INSPECTED]->(authority:LocalAuthority)
WHERE $region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region }
MATCH (document:Document {iri: focus.document})
WITH theme, inspection, authority, focus, document
ORDER BY inspection.started IS NULL, inspection.started DESC, document.source, focus.start
WITH theme, count(DISTINCT inspection) AS visits, count(DISTINCT authority) AS authorities,
     min(inspection.started) AS first, max(inspection.started) AS latest,
     collect({focus: focus, document: document})[0] AS shown
WITH *, shown.document AS document
OPTIONAL MATCH (passage:Passage {iri: shown.focus.passage})
RETURN theme.name AS theme, visits, authorities, first, latest, shown.focus.text AS quotation,
       document.source AS document, shown.focus.page AS page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY visits DESC, theme
