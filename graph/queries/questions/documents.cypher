// Documents and what was read in them
// Which documents are in the graph, what do they hold, and what could not be read in them? Files that could
// not be read at all are listed by `caregraph status`.
//
// group: quality of the data
// parameter authority (local authority, null): only documents on this council
// parameter kind (kind of document, null): only documents of this kind
// parameter unread (yes | no, "no"): only documents with something that could not be read
// column document: the file
// column title: its title
// column authority: the council that it is about
// column kind: the kind of document
// column published: the day of publication, where the document gives it
// column pages: how many pages it has
// column judgements: how many grades its inspection gave
// column people: in how many places it names inspectors and leaders
// column things: how many named things it names
// column findings: how many findings it makes
// column unread: the fields that could not be read, and the reasons
// column quotation: its first words
// column page: their page
// column paragraph: the printed number of their paragraph
// column evidence: the IRI of the passage
// example: kind=ilacs
MATCH (document:Document)
WHERE ($kind IS NULL OR document.kind = $kind) AND ($unread = 'no' OR document.unread IS NOT NULL)
OPTIONAL MATCH (document)-[:REPORTS_ON]->(authority:LocalAuthority)
WITH document, authority WHERE $authority IS NULL OR authority.iri IN $authority
CALL (document) {
  OPTIONAL MATCH (document)<-[:PART_OF]-(passage)
  RETURN passage ORDER BY passage.start LIMIT 1
}
RETURN document.source AS document, document.title AS title, authority.name AS authority, document.kind AS kind,
       document.published AS published, document.pages AS pages,
       COUNT { (document)<-[:REPORTED_IN]-(:Inspection)-[:GAVE]->(:Judgement) } AS judgements,
       COUNT { (document)<-[:REPORTED_IN]-()<-[part:TOOK_PART_IN]-() WHERE part.document = document.iri }
       + COUNT { (authority)<-[post:SERVED]-() WHERE post.document = document.iri } AS people,
       COUNT { (document)-[:MENTIONS]->() } AS things, COUNT { (document)-[:STATES]->() } AS findings,
       coalesce(document.unread, []) AS unread, passage.text AS quotation, passage.page AS page,
       passage.paragraph AS paragraph,
       [one IN [passage.iri] WHERE one IS NOT NULL] AS evidence
ORDER BY authority, document
