// Who was visited on a theme
// Which councils had a focused visit, a monitoring visit or a joint inspection that looked at a theme, when, and in
// which round of joint inspections?
//
// group: inspections
// parameter theme (theme): what was looked at, as front door, care leavers or domestic abuse
// parameter kind (kind of document, null): only letters of this kind
// parameter region (region, null): only councils of this region
// parameter since (day, null): only visits that began on this day or later
// column authority: the council
// column kind: the kind of visit or inspection
// column started: its first day
// column ended: its last day
// column round: the inspectorates' name for the round, where a joint inspection was held in one
// column quotation: the letter's statement of its focus
// column document: the file of the letter
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example: theme=front door
MATCH (theme:Theme)<-[focus:LOOKED_AT]-(inspection:Inspection)-[:INSPECTED]->(authority:LocalAuthority)
WHERE theme.iri IN $theme AND ($kind IS NULL OR inspection.kind = $kind)
  AND ($since IS NULL OR inspection.started >= $since)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
MATCH (document:Document {iri: focus.document})
WITH authority, inspection, focus, document ORDER BY document.source, focus.start
WITH authority, inspection, collect({focus: focus, document: document})[0] AS shown
WITH *, shown.focus AS focus, shown.document AS document
OPTIONAL MATCH (passage:Passage {iri: focus.passage})
RETURN authority.name AS authority, replace(inspection.kind, '-', ' ') AS kind, inspection.started AS started,
       inspection.ended AS ended, focus.round AS round, focus.text AS quotation, document.source AS document,
       focus.page AS page, passage.paragraph AS paragraph, [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY started IS NULL, started DESC, authority
