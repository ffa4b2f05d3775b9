// Triads for peer challenge
// Which three councils of a region could challenge and support each other, since each has strengths where another has
// concerns? A row is a pairing inside a triad: one council's strength beside the other's concern, by their latest
// inspections with grades. In a triad each council both gives and receives; those with the most pairings come first.
//
// group: change
// parameter region (region, "North East"): the region
// parameter authority (local authority, null): only triads with this council
// parameter most (number, 5): the maximum number of triads
// column triad: the three councils
// column authority: the council that has the strength
// column receives: the council that has the concern
// column concept: the topic on which one has mostly strengths and the other mostly concerns
// column strengths: how many strengths on it the first has
// column concerns: how many concerns the other has
// column quotation: a strength of the first, in the report's words
// column document: the file of its report
// column page: the page
// column paragraph: the printed number of the paragraph
// column meant: a concern of the other, in the words of its report
// column other_document: the file of that report
// column other_page: its page
// column evidence: the IRIs of the two findings
// example: region=North East
MATCH (region:Region)<-[:IN_REGION]-(council:LocalAuthority) WHERE region.iri IN $region AND council.ended IS NULL
CALL (council) {
  MATCH (council)<-[:INSPECTED]-(inspection:Inspection)-[:REPORTED_IN]->(document:Document)
  WHERE inspection.kind IN ['ilacs', 'sif', 'pre-2013'] AND inspection.started IS NOT NULL
    AND EXISTS { (document)-[:STATES]->() }
  RETURN document ORDER BY inspection.started IS NULL, inspection.started DESC, document.source LIMIT 1
}
MATCH (document)-[:STATES]->(finding:Finding)-[:CONCERNS]->(concept:Concept)
WHERE finding.polarity IN ['strength', 'concern'] AND finding.text IS NOT NULL
WITH council, document, concept, finding ORDER BY finding.confidence DESC, finding.start
WITH council, document, concept,
     [one IN collect(finding) WHERE one.polarity = 'strength'] AS strengths,
     [one IN collect(finding) WHERE one.polarity = 'concern'] AS concerns
WITH collect({council: council, document: document, concept: concept, strengths: strengths, concerns: concerns}) AS said
UNWIND said AS gives
UNWIND said AS receives
WITH gives, receives
WHERE gives.council <> receives.council AND gives.concept = receives.concept
  AND size(gives.strengths) >= 2 AND size(gives.strengths) > 2 * size(gives.concerns)
  AND size(receives.concerns) >= 2 AND size(receives.concerns) > size(receives.strengths)
WITH gives, receives
ORDER BY size(receives.concerns) + size(gives.strengths) DESC, gives.concept.name
WITH gives.council AS giver, receives.council AS receiver, head(collect({gives: gives, receives: receives})) AS pairing
WITH collect({giver: giver, receiver: receiver, pairing: pairing}) AS pairings
UNWIND pairings AS first
UNWIND pairings AS second
WITH pairings, first, second WHERE first.receiver = second.giver AND second.receiver <> first.giver
WITH pairings, [first.giver, first.receiver, second.receiver] AS members
UNWIND members AS member
WITH pairings, members, member ORDER BY member.name
WITH pairings, members, collect(member) AS sorted
WITH DISTINCT pairings, sorted
WITH sorted, [one IN pairings WHERE one.giver IN sorted AND one.receiver IN sorted] AS inside
WHERE all(member IN sorted WHERE any(one IN inside WHERE one.giver = member)
                             AND any(one IN inside WHERE one.receiver = member))
  AND ($authority IS NULL OR any(member IN sorted WHERE member.iri IN $authority))
WITH sorted, inside, [member IN sorted | member.name] AS triad ORDER BY size(inside) DESC, triad LIMIT $most
UNWIND inside AS one
WITH triad, size(inside) AS size, one.giver AS giver, one.receiver AS receiver, one.pairing.gives AS gives,
     one.pairing.receives AS receives
WITH *, head(gives.strengths) AS strength, head(receives.concerns) AS concern
RETURN triad, giver.name AS authority, receiver.name AS receives, gives.concept.name AS concept,
       size(gives.strengths) AS strengths, size(receives.concerns) AS concerns, strength.text AS quotation,
       gives.document.source AS document, strength.page AS page, strength.paragraph AS paragraph, concern.text AS meant,
       receives.document.source AS other_document, concern.page AS other_page, [strength.iri, concern.iri] AS evidence
ORDER BY size DESC, triad, authority, receives
