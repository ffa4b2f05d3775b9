// When the next inspection is due
// Of which councils is an inspection due, by about when, and what tells so: the report's own words, or a rule of the
// framework for the outcome that it gave?
//
// group: inspections
// parameter authority (local authority, null): only this council
// parameter region (region, null): only councils of this region
// parameter before (day, null): only what is due by this day
// column authority: the council
// column action: an inspection or a monitoring inspection
// column by: about when it is due at the latest, counted from the last day of the inspection before
// column months: within about how many months
// column rule: what tells it
// column inspected: the first day of the inspection that leads to it
// column quotation: the words that tell it, or those of the outcome
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the passage
// example:
MATCH (inspection:Inspection)-[due:DUE]->(authority:LocalAuthority)
WHERE ($authority IS NULL OR authority.iri IN $authority) AND ($before IS NULL OR due.by <= $before)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
MATCH (document:Document {iri: due.document})
OPTIONAL MATCH (passage:Passage {iri: due.passage})
RETURN authority.name AS authority, replace(due.action, '-', ' ') AS action, due.by AS by, due.months AS months,
       due.rule AS rule, inspection.started AS inspected, due.text AS quotation, document.source AS document,
       due.page AS page, passage.paragraph AS paragraph, [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY by IS NULL, by, authority, action
