// How much was read, region by region
// Of how many of a region's councils were reports read, how many, and of which years?
//
// group: quality of the data
// parameter region (region, null): only this region
// column region: the region
// column authorities: how many councils it has now
// column reported: on how many of them, or of those before them, a report was read
// column without: the present ones on which none was read
// column reports: how many reports
// column first: the first day of the first inspection
// column last: the first day of the last inspection
// column quotation: the first words of the latest report
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of their passage
// example:
MATCH (authority:LocalAuthority)-[:IN_REGION]->(region:Region) WHERE $region IS NULL OR region.iri IN $region
OPTIONAL MATCH (authority)<-[:REPORTS_ON]-(document:Document)
OPTIONAL MATCH (inspection:Inspection)-[:REPORTED_IN]->(document)
WITH region, authority, document, inspection.started AS inspected
ORDER BY inspected IS NULL, inspected DESC, document.source
WITH region, collect(DISTINCT CASE WHEN authority.ended IS NULL THEN authority END) AS present,
     collect(DISTINCT CASE WHEN document IS NOT NULL THEN authority END) AS reported,
     collect(DISTINCT document) AS documents, min(inspected) AS first, max(inspected) AS last
WITH *, head(documents) AS document
CALL (document) {
  OPTIONAL MATCH (document)<-[:PART_OF]-(passage:Passage)
  RETURN passage ORDER BY passage.start LIMIT 1
}
RETURN region.name AS region, size(present) AS authorities, size(reported) AS reported,
       COLLECT { UNWIND present AS one WITH one WHERE NOT one IN reported RETURN one.name ORDER BY one.name } AS without,
       size(documents) AS reports, first, last, passage.text AS quotation, document.source AS document,
       passage.page AS page, passage.paragraph AS paragraph, [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY region
