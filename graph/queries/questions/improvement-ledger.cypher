// The improvement ledger
// What became of each recommendation, priority action and area for improvement: what does the latest later inspection
// that speaks of the same matter say of it? Improved: the later report says itself that it has got better. Praised since: it
// praises the matter, or a part of it. Mentioned since: it may speak of it; read both sentences. Perhaps spoken of since: no
// sentence surely speaks of it; the nearest of all later reports are shown, on its topic or with words of it. Not spoken of
// since says that no sentence is even near; it is not that nothing was done.
//
// group: change
// step: improvement-ledger
// parameter authority (local authority, null): only this council
// parameter region (region, null): only councils of this region
// parameter concept (concept, null): only what is about this topic, or a part of it
// parameter state (improved | praised since | partly | again a concern | mentioned since | perhaps spoken of since | not spoken of since | not inspected since | words not fetched, null): only this
// parameter show (latest | all, "latest"): the latest inspection that speaks of it, or all that do
// parameter as_of (day, null): as reports stood on this day, by the first days of inspections
// column authority: the council
// column state: improved, praised since, partly, again a concern, mentioned since, perhaps spoken of since, not spoken of since, not inspected since, words not fetched
// column kind: recommendation, priority action or area for improvement
// column inspected: the first day of the inspection that asked it
// column quotation: what was asked, in the report's words
// column concepts: what it is about
// column document: the file of the report that asked it
// column page: its page
// column paragraph: the printed number of its paragraph
// column later: the sentence of the later inspection that is nearest to it
// column later_polarity: strength, concern, mixed or neutral
// column later_inspected: the first day of the later inspection
// column later_document: the file of its report
// column later_page: the page
// column later_paragraph: the printed number of the paragraph
// column also: up to two more of its sentences, the next nearest, each with its document and page
// column sentences: how many sentences of that inspection speak of it; of perhaps spoken of since, how many are shown
// column score: how near the two sentences are, from 0 to 1
// column reasons: why they are taken to be about one matter
// column evidence: the IRIs of what was asked and of the later findings
// example: authority=South Tyneside
MATCH (authority:LocalAuthority)<-[:REPORTS_ON]-(document:Document)
WHERE ($authority IS NULL OR authority.iri IN $authority)
  AND ($region IS NULL OR EXISTS { (authority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region })
MATCH (inspection:Inspection)-[:REPORTED_IN]->(document)
WHERE inspection.started IS NOT NULL AND ($as_of IS NULL OR inspection.started <= $as_of)
WITH authority, document, min(inspection.started) AS inspected,
     COLLECT { MATCH (document)-[:STATES]->(said:Finding) WHERE document.withoutWords AND said.polarity <> 'neutral'
               RETURN said.iri LIMIT 1 } AS told
MATCH (document)-[:STATES]->(finding:Finding)
WITH *, finding.kind IN ['recommendation', 'priority-action', 'area-for-improvement'] AS asked
WHERE finding.text IS NOT NULL AND (asked OR document.withoutWords IS NULL OR finding.iri IN told)
RETURN authority.name AS authority, inspected, document.source AS document, document.kind = 'area-send' AS send,
       finding.iri AS iri, finding.text AS text, finding.start AS start, finding.end AS end,
       finding.kind AS kind, finding.polarity AS polarity,
       coalesce(finding.confidence, 1.0) AS confidence, finding.page AS page, finding.paragraph AS paragraph,
       COLLECT { MATCH (finding)-[:CONCERNS]->(about:Concept) RETURN about.name ORDER BY about.name } AS concepts,
       COLLECT { MATCH (finding)-[:INVOLVES]->(thing) WHERE NOT coalesce(thing.generic, false)
                 RETURN thing.name ORDER BY thing.name } AS things,
       $concept IS NULL OR EXISTS {
         (finding)-[:CONCERNS]->(:Concept)-[:BROADER*0..]->(concept:Concept) WHERE concept.iri IN $concept
       } AS wanted, document.withoutWords IS NULL AS has_words
ORDER BY authority, inspected IS NULL, inspected DESC, document, finding.start
