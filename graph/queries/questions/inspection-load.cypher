// Inspections of all kinds, council by council
// On one line for each council: when was each kind of inspection or visit last there, how many came in the last three
// years, and which day is three years after its latest inspection with grades began?
//
// group: inspections
// parameter region (region, null): only councils of this region
// parameter on (day, null): the day on which to count; today if left out
// column authority: the council
// column recent: how many inspections and visits began in the three years before that day
// column full: the first day of its latest inspection with grades of all its services
// column focused: the first day of its latest focused visit
// column monitoring: the first day of its latest monitoring visit
// column joint: the first day of its latest joint targeted area inspection
// column send: the first day of its latest area SEND inspection
// column three_years_on: the day three years after the latest inspection with grades of all its services began
// column inspected: the first day of the latest of all
// column quotation: the first words of the report on the latest
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of their passage
// example: region=North East; on=2026-01-01
MATCH (authority:LocalAuthority)<-[:INSPECTED]-(inspection:Inspection)
WHERE ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH authority, inspection, coalesce($on, date()) AS day
WHERE inspection.started <= day
WITH authority, day, inspection ORDER BY inspection.started IS NULL, inspection.started DESC, inspection.iri
WITH authority, day, collect(inspection) AS inspections
WITH *, inspections[0] AS latest,
     head([one IN inspections WHERE one.kind IN ['ilacs', 'sif', 'pre-2013'] | one.started]) AS full
CALL (latest) {
  OPTIONAL MATCH (latest)-[:REPORTED_IN]->(document:Document)<-[:PART_OF]-(passage:Passage)
  RETURN document, passage ORDER BY document.source, passage.start LIMIT 1
}
RETURN authority.name AS authority,
       size([one IN inspections WHERE one.started >= day - duration({years: 3})]) AS recent, full,
       head([one IN inspections WHERE one.kind = 'focused-visit' | one.started]) AS focused,
       head([one IN inspections WHERE one.kind = 'monitoring-visit' | one.started]) AS monitoring,
       head([one IN inspections WHERE one.kind = 'jtai' | one.started]) AS joint,
       head([one IN inspections WHERE one.kind = 'area-send' | one.started]) AS send,
       full + duration({years: 3}) AS three_years_on, latest.started AS inspected,
       passage.text AS quotation, document.source AS document, passage.page AS page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY full IS NULL, full, authority
