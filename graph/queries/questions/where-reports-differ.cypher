// Where reports agree and contradict on what councils share
// Of a thing that several councils share: on which topics do reports of overlapping years say the same of it, and
// on which does one tell a strength where another tells a concern?
//
// group: sharing
// parameter thing (named thing, "Adopt North East"): its name or an alias; for a kind, such as the MASH, each council's own
// parameter years (number, 2): the maximum number of years between the beginnings of two inspections
// parameter only (agree | contradict, null): only topics on which reports agree, or contradict each other
// column thing: the thing
// column concept: what both findings are about
// column reports: agree or contradict
// column authority: the council of the first report
// column inspected: the first day of its inspection
// column polarity: strength, concern, mixed or neutral
// column quotation: their words
// column document: the file of the report
// column page: the page of the words
// column other: the council of the second report
// column then: the first day of its inspection
// column meant: strength, concern, mixed or neutral
// column words: their words
// column source: the file of that report
// column leaf: the page of those words
// column evidence: the IRIs of both findings
// example: thing=Adopt North East
MATCH (asked:Agency|Service|Programme|Body|Process) WHERE asked.iri IN $thing
MATCH (thing)-[:INSTANCE_OF*0..1]->(asked)
WITH DISTINCT asked, thing
MATCH (thing)<-[:INVOLVES]-(finding:Finding)<-[:STATES]-(document:Document)-[:REPORTS_ON]->(authority:LocalAuthority),
      (finding)-[:CONCERNS]->(concept:Concept), (inspection:Inspection)-[:REPORTED_IN]->(document)
WHERE finding.polarity IN ['strength', 'concern'] AND inspection.started IS NOT NULL
WITH asked, concept, authority, document, finding, inspection.started AS started
ORDER BY started IS NULL, started DESC, document.source, finding.confidence DESC
WITH asked, concept, authority, document, started, finding.polarity AS polarity, collect(finding)[0] AS finding
WITH asked, concept,
     collect({authority: authority, document: document, started: started, polarity: polarity, finding: finding}) AS said
UNWIND said AS one
UNWIND said AS two
WITH * WHERE one.authority.name < two.authority.name
  AND abs(duration.inMonths(one.started, two.started).months) <= 12 * $years
WITH *, CASE WHEN one.polarity = two.polarity THEN 'agree' ELSE 'contradict' END AS reports
WHERE $only IS NULL OR reports = $only
RETURN asked.name AS thing, concept.name AS concept, reports,
       one.authority.name AS authority, one.started AS inspected, one.polarity AS polarity,
       one.finding.text AS quotation, one.document.source AS document, one.finding.page AS page,
       two.authority.name AS other, two.started AS then, two.polarity AS meant,
       two.finding.text AS words, two.document.source AS source, two.finding.page AS leaf,
       [one.finding.iri, two.finding.iri] AS evidence
ORDER BY concept, reports DESC, authority, other, inspected IS NULL, inspected DESC, then IS NULL, then DESC
