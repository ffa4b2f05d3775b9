// A council's inspections at a glance
// What did each inspection and visit of a council give: grades, strengths, concerns and things to improve?
//
// group: inspections
// parameter authority (local authority): the council's name or code
// column started: its first day
// column kind: the kind of inspection
// column grades: each area with its grade, where there are any
// column strengths: how many of the report's findings are strengths
// column concerns: how many are concerns
// column to_improve: how many recommendations, priority actions and areas for improvement it makes
// column quotation: the first of these, or else the first concern or strength
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRI of the finding that is quoted
// example: authority=South Tyneside
MATCH (authority:LocalAuthority)<-[:INSPECTED]-(inspection:Inspection) WHERE authority.iri IN $authority
OPTIONAL MATCH (inspection)-[:REPORTED_IN]->(document:Document)
CALL (document) {
  OPTIONAL MATCH (document)-[:STATES]->(finding:Finding)
  WITH finding, finding.kind <> 'finding' AS improving
  ORDER BY NOT improving, CASE finding.polarity WHEN 'concern' THEN 0 WHEN 'strength' THEN 1 ELSE 2 END, finding.start
  RETURN head(collect(finding)) AS shown, count(CASE WHEN improving THEN 1 END) AS to_improve,
         count(CASE finding.polarity WHEN 'strength' THEN 1 END) AS strengths,
         count(CASE finding.polarity WHEN 'concern' THEN 1 END) AS concerns
}
RETURN inspection.started AS started, inspection.kind AS kind,
       COLLECT { MATCH (inspection)-[:GAVE]->(judgement:Judgement)
                 RETURN judgement.area + ': ' + judgement.grade ORDER BY judgement.area } AS grades,
       strengths, concerns, to_improve, shown.text AS quotation, document.source AS document, shown.page AS page,
       shown.paragraph AS paragraph, [one IN [shown.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY started IS NULL, started DESC, document
