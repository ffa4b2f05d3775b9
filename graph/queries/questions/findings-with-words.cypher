// Findings with certain words
// Which findings have these words, whatever their endings, the best match first?
//
// group: findings
// parameter words (text, "waiting times"): the words; all of them must be there
// parameter polarity (polarity, null): only findings of this polarity
// parameter authority (local authority, null): only reports on this council
// parameter region (region, null): only councils of this region
// parameter most (number, 100): the maximum number of rows
// column authority: the council that the report is on
// column inspected: the first day of the inspection
// column polarity: strength, concern, mixed or neutral
// column quotation: their words
// column document: the file of the report
// column page: the page
// column paragraph: the printed number of the paragraph
// column evidence: the IRI of the finding
// example: words=waiting times; polarity=concern
WITH [word IN split(replace(replace(replace($words, '"', ' '), '\\', ' '), '/', ' '), ' ')
      WHERE word <> '' | '+"' + word + '"'] AS words
CALL db.index.fulltext.queryNodes('Finding_words', reduce(query = '', word IN words | query + word + ' ')) YIELD node, score
WHERE $polarity IS NULL OR node.polarity = $polarity
WITH node AS finding, score
MATCH (finding)<-[:STATES]-(document:Document)-[:REPORTS_ON]->(authority:LocalAuthority)
WHERE ($authority IS NULL OR authority.iri IN $authority)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
WITH authority, document, finding, score,
     head([(inspection:Inspection)-[:REPORTED_IN]->(document) | inspection.started]) AS inspected
ORDER BY score DESC, inspected IS NULL, inspected DESC, document.source, finding.start LIMIT $most
RETURN authority.name AS authority, inspected, finding.polarity AS polarity, finding.text AS quotation,
       document.source AS document, finding.page AS page, finding.paragraph AS paragraph, [finding.iri] AS evidence
