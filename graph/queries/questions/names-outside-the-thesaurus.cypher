// Names that several reports use and no thesaurus knows
// Which names of services and bodies were found by their form alone in the reports on two or more councils, so that they
// may be one thing, or a kind that the thesaurus should have?
//
// group: quality of the data
// parameter kind (kind of thing, null): only things of this kind
// parameter least (number, 2): the minimum number of councils whose reports name it
// column name: the name, the same but for capitals
// column kind: the kind that it was taken for
// column authorities: the councils whose reports use it; to each it is a thing of its own
// column quotation: where the first of them names it
// column document: the file of the report
// column page: the page of the quotation
// column paragraph: the printed number of its paragraph
// column evidence: the IRIs of a passage of each
// example: kind=Programme
MATCH (thing:Agency|Service|Programme|Body|Process)-[:BELONGS_TO]->(authority:LocalAuthority)
WHERE NOT EXISTS { (thing)-[:INSTANCE_OF]->() } AND ($kind IS NULL OR $kind IN labels(thing))
WITH toLower(thing.name) AS name, labels(thing)[0] AS kind, thing, authority ORDER BY authority.name, thing.iri
WITH name, kind, collect(DISTINCT authority.name) AS authorities, collect(thing) AS things
WHERE size(authorities) >= $least
CALL (things) {
  UNWIND range(0, size(things) - 1) AS place
  WITH place, things[place] AS thing
  MATCH (thing)<-[mention:MENTIONS]-(passage:Passage)-[:PART_OF]->(document:Document)
  WITH place, mention, passage, document ORDER BY document.source, mention.start
  WITH place, head(collect({mention: mention, passage: passage, document: document})) AS shown ORDER BY place
  RETURN collect(shown) AS places
}
WITH *, head(places) AS shown
RETURN head(things).name AS name, kind, authorities, shown.passage.text AS quotation, shown.document.source AS document,
       shown.mention.page AS page, shown.passage.paragraph AS paragraph, [one IN places | one.passage.iri] AS evidence
ORDER BY size(authorities) DESC, name, kind
