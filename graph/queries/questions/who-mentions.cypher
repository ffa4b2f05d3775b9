// Who mentions a named thing
// Which reports name it, and in which words? Each place where it is named is a row.
//
// group: sharing
// parameter thing (named thing, "Mockingbird"): its name or an alias
// parameter region (region, null): only councils of this region
// parameter most (number, 500): the maximum number of rows, the latest inspections first
// column authority: the council that the report is on
// column inspected: the first day of the inspection
// column thing: the thing that is named; a council's own instance, where the thing is a kind
// column words: the words that name it there
// column quotation: the sentence, or where there is none the paragraph
// column document: the file of the report
// column page: the page
// column paragraph: the printed number of the paragraph
// column evidence: the IRI of the passage
// example: thing=Mockingbird
MATCH (asked:Agency|Service|Programme|Body|Process) WHERE asked.iri IN $thing
MATCH (thing)-[:INSTANCE_OF*0..1]->(asked)
MATCH (passage:Passage)-[mention:MENTIONS]->(thing)
MATCH (passage)-[:PART_OF]->(document:Document)
OPTIONAL MATCH (document)-[:REPORTS_ON]->(authority:LocalAuthority)
WITH * WHERE $region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region }
WITH authority, document, thing, passage, mention,
     head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
ORDER BY inspected IS NULL, inspected DESC, authority.name, document.source, mention.start LIMIT $most
RETURN authority.name AS authority, inspected, thing.name AS thing, mention.text AS words,
       coalesce(head([(finding:Finding)-[:EVIDENCED_BY]->(passage)
                      WHERE finding.start <= mention.start AND mention.end <= finding.end | finding.text]),
                passage.text) AS quotation,
       document.source AS document, mention.page AS page, passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
