// What reports should give and the graph does not have
// In which reports was no council, no day of inspection or, where reports of their kind give them, no lead inspector or
// no grade found?
//
// group: quality of the data
// parameter kind (kind of document, null): only documents of this kind
// column missing: what was not found
// column authority: the council that the report is on
// column kind: the kind of document
// column quotation: its first words
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of their passage
// example:
MATCH (document:Document) WHERE ($kind IS NULL OR document.kind = $kind) AND document.kind <> 'news'
OPTIONAL MATCH (document)-[:REPORTS_ON]->(authority:LocalAuthority)
OPTIONAL MATCH (inspection:Inspection)-[:REPORTED_IN]->(document)
WITH document, authority,
     [one IN [CASE WHEN authority IS NULL THEN 'authority' END,
              CASE WHEN inspection.started IS NULL THEN 'day of inspection' END,
              CASE WHEN document.kind <> 'jtai' AND NOT EXISTS { (inspection)<-[:LED]-() } THEN 'lead inspector' END,
              CASE WHEN document.kind IN ['ilacs', 'sif', 'pre-2013'] AND NOT EXISTS { (inspection)-[:GAVE]->() }
                   THEN 'grades' END,
              CASE WHEN NOT EXISTS { (document)-[:STATES]->() } THEN 'findings' END] WHERE one IS NOT NULL] AS missing
WHERE size(missing) > 0
CALL (document) {
  OPTIONAL MATCH (document)<-[:PART_OF]-(passage:Passage)
  RETURN passage ORDER BY passage.start LIMIT 1
}
RETURN missing, authority.name AS authority, document.kind AS kind, passage.text AS quotation, document.source AS document,
       passage.page AS page, passage.paragraph AS paragraph, [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY document
