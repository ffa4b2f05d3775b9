"""Sharing statements make one thing of what councils have together, explained, and undone by a person."""

from dataclasses import replace
from datetime import date

import pytest
from rdflib import RDF, SKOS, URIRef

from caregraph.graph.dataset.rdf_terms import CG
from caregraph.graph.dataset.statements import to_graph
from caregraph.graph.dataset.validation import find_violations
from caregraph.graph.resolution.clustering import cluster_profiles, combine_decisions
from caregraph.graph.resolution.decisions import Decision, Decisions
from caregraph.graph.resolution.profiles import build_profiles, merge_profiles
from caregraph.graph.resolution.resolver import Resolver
from caregraph.graph.resolution.sharing import mention_of
from caregraph.ontology.iris import THINGS
from caregraph.ontology.records import Authority, Mention, Passage, Person, Record, SharingStatement

LEEDS, BRADFORD, YORK = "E08000035", "E08000032", "E06000014"
SHARES = "Leeds and Bradford share the MASH."


def report(source, council, sentence, *, thing="MASH", name=None, type="service", mentions=True, **said):
    """Record of a report of one sentence that names a thing; ``said`` is what a statement in it says, if anything."""
    quote = {"text": sentence, "page": 1, "start": 0, "end": len(sentence)}
    words = name or thing
    start = sentence.index(words)
    place = {"text": words, "page": 1, "start": start, "end": start + len(words)}
    return Record(
        source=source,
        sha256=source.encode().hex().ljust(64, "0"),
        title=None,
        kind="ilacs",
        authority=Authority(council, None),
        inspected=((date(2022, 5, 9), date(2022, 5, 20)),),
        mentions=(Mention(**place, name=words, type=type),) if mentions else (),
        sharing=(SharingStatement(**quote, thing=thing, name=name, type=type, **said),) if said else (),
        passages=(Passage(**quote),),
    )


@pytest.fixture
def decide(vocabulary):
    """Decides about records, with people's decisions; returns the resolver that a build would make, and the doubts."""

    def decide(*records, decisions=()):
        people, undecided = Decisions(decisions), Resolver(vocabulary, Decisions())
        profiles = build_profiles(records, undecided)
        clustering = cluster_profiles(profiles, vocabulary, people)
        combined = combine_decisions(clustering.decisions, people)
        merged = merge_profiles(profiles, Resolver(vocabulary, combined))
        return Resolver(vocabulary, combined, merged), clustering

    return decide


def iris(resolver, *records):
    return [mention.iri.removeprefix(THINGS) for record in records for mention in resolver.resolve(record).mentions]


LEEDS_REPORT = report("leeds.pdf", "Leeds", SHARES, relation="shares", partners=("Bradford",))
BRADFORD_REPORT = report("bradford.pdf", "Bradford", "The MASH answers quickly.")


def test_kind_that_two_councils_share_is_one_thing(decide):
    resolver, clustering = decide(LEEDS_REPORT, BRADFORD_REPORT)

    left, right = iris(resolver, LEEDS_REPORT, BRADFORD_REPORT)
    assert left == right == f"service/mash-of-{BRADFORD.lower()}"
    (decision,) = clustering.decisions
    assert decision.by == "rule:stated-shared"
    assert "a report says that Bradford and Leeds share it" in decision.why
    thing = resolver.merged[f"{THINGS}{left}"]
    assert (thing.name, thing.authorities) == ("multi-agency safeguarding hub, Bradford and Leeds", (BRADFORD, LEEDS))


@pytest.mark.parametrize(
    ("partner", "thing"),
    [("Hartlepool", "hartlepool-and-stockton-on-tees-childrens-hub"), ("Darlington", "mash-of-e06000004")],
)
def test_kind_that_councils_share_is_the_listed_thing_that_serves_them(decide, partner, thing):
    sentence = f"The MASH is shared with {partner}."
    record = report("a.pdf", "Stockton-on-Tees", sentence, relation="shares", partners=(partner,))
    unsaid = report("b.pdf", "Stockton-on-Tees", "The MASH answers quickly.")

    assert iris(decide(record)[0], record) == [f"service/{thing}"]
    assert iris(decide(unsaid)[0], unsaid) == ["service/mash-of-e06000004"]


def test_name_that_two_councils_share_is_one_thing(decide):
    """Things of one name in two councils are two, but for a statement."""
    sentence = "The Harbour Team is shared with Bradford."
    first = report("a.pdf", "Leeds", sentence, name="Harbour Team", relation="shares", partners=("Bradford",))
    second = report("b.pdf", "Bradford", "The Harbour Team is trusted.", name="Harbour Team")
    unsaid = report("a.pdf", "Leeds", "The Harbour Team is trusted.", name="Harbour Team")

    shared, apart = decide(first, second)[0], decide(unsaid, second)[0]
    assert len(set(iris(shared, first, second))) == 1
    assert len(set(iris(apart, unsaid, second))) == 2


def test_third_council_stays_apart(decide):
    york = report("york.pdf", "York", "The MASH answers quickly.")
    resolver, _ = decide(LEEDS_REPORT, BRADFORD_REPORT, york)

    assert iris(resolver, york) == [f"service/mash-of-{YORK.lower()}"]


@pytest.mark.parametrize(
    "said",
    [
        {"relation": "shares"},  # with nobody by name
        {"relation": "shares", "partners": ("Bradford",), "time": "future"},
        {"relation": "joining", "partners": ("Bradford",)},
        {"relation": "left", "partners": ("Bradford",)},
        {"relation": "delegated", "partners": ("Bradford",)},
    ],
    ids=lambda said: " ".join(map(str, said.values())),
)
def test_what_does_not_tie_councils_joins_nothing(decide, said):
    record = report("leeds.pdf", "Leeds", SHARES, **said)
    resolver, clustering = decide(record, BRADFORD_REPORT)

    assert clustering.decisions == ()
    assert len(set(iris(resolver, record, BRADFORD_REPORT))) == 2


def test_council_that_left_is_for_a_person_to_decide(decide):
    left = report("bradford.pdf", "Bradford", "Since it left the shared MASH, it has its own.", relation="left")
    _, clustering = decide(LEEDS_REPORT, left)

    assert clustering.decisions == ()
    (pair,) = clustering.undecided
    assert "a report says that Bradford left it" in pair.score.why


def test_person_overrides_a_statement(decide):
    pair = {"left": f"{THINGS}service/mash-of-{LEEDS.lower()}", "right": f"{THINGS}service/mash-of-{BRADFORD.lower()}"}
    different = Decision(**pair, verdict="different", by="person:Ann", why="two since 2021")
    resolver, clustering = decide(LEEDS_REPORT, BRADFORD_REPORT, decisions=[different])

    assert clustering.decisions == ()
    assert len(set(iris(resolver, LEEDS_REPORT, BRADFORD_REPORT))) == 2


def test_partner_whose_report_is_not_read_is_a_council_of_the_thing(decide, vocabulary):
    resolver, _ = decide(LEEDS_REPORT)
    graph = to_graph(resolver.resolve(LEEDS_REPORT), vocabulary, extractor="1", merged=resolver.merged)
    rows = graph.query(
        """SELECT ?member ?relation ?scope WHERE {
            ?sharing a cg:Sharing ; org:organization ?thing ; org:member ?member ; cg:relation ?relation .
            ?thing cg:scope ?scope MINUS { ?thing cg:belongsTo ?owner } }""",
        initNs={"cg": "https://w3id.org/caregraph/ontology#", "org": "http://www.w3.org/ns/org#"},
    )

    assert find_violations(graph, source="leeds.pdf") == []
    told = {(str(member)[-9:], str(relation), str(scope).rsplit("/")[-1]) for member, relation, scope in rows}
    assert told == {(LEEDS, "shares", "regional"), (BRADFORD, "shares", "regional")}


def test_thing_that_no_name_was_found_for_is_made_of_the_words(decide):
    sentence = "The child death overview panel is shared with Bradford."
    said = {"thing": "child death overview panel", "type": "body", "relation": "shares", "partners": ("Bradford",)}
    record = report("leeds.pdf", "Leeds", sentence, mentions=False, **said)
    resolver, _ = decide(record)

    (mention,) = resolver.resolve(record).mentions
    assert sentence[mention.start : mention.end] == mention.text == "child death overview panel"
    assert resolver.resolve(record).sharing[0].iri == mention.iri


def test_mention_that_says_the_end_of_the_thing_is_its_mention():
    sentence = "The tri-borough MASH is trusted."
    record = report("leeds.pdf", "Leeds", sentence, thing="tri-borough MASH", relation="shares")
    short = Mention(text="MASH", page=1, start=16, end=20, name="MASH", type="service")

    assert mention_of(record.sharing[0], replace(record, mentions=(short,))) == short


def test_documents_of_one_thing_give_it_one_name(decide, vocabulary):
    records = [
        report("a.pdf", "Leeds", "The Harbour Lights hub is open.", name="Harbour Lights hub"),
        report("b.pdf", "Leeds", "The Harbour Lights Hub is open.", name="Harbour Lights Hub"),
    ]
    resolver, _ = decide(*records)
    resolved = [resolver.resolve(record) for record in records]
    (iri,) = {record.mentions[0].iri for record in resolved}
    graphs = [to_graph(record, vocabulary, extractor="1", merged=resolver.merged) for record in resolved]

    assert {str(graph.value(URIRef(iri), SKOS.prefLabel)) for graph in graphs} == {"Harbour Lights Hub"}
    assert "Harbour Lights hub" in {str(name) for name in graphs[0].objects(URIRef(iri), SKOS.altLabel)}


def test_documents_of_one_person_give_them_one_name(decide, vocabulary):
    """Two spellings of an inspector's name that rules join are one label and another name, in every document."""
    names = ("Ada Moor", "Ada J Moor")
    records = [
        replace(
            report(f"{name}.pdf", council, "The MASH is trusted."),
            people=(Person(text=name, page=1, start=30, end=30 + len(name), name=name, role="lead"),),
        )
        for name, council in zip(names, ("Leeds", "Bradford"), strict=True)
    ]
    left, right = (f"{THINGS}person/{name}-inspector-2022" for name in ("ada-moor", "ada-j-moor"))
    same = Decision(left=left, right=right, verdict="same", by="person:Ann", why="one inspector")
    resolver, _ = decide(*records, decisions=[same])
    graphs = [
        to_graph(resolver.resolve(record), vocabulary, extractor="1", merged=resolver.merged) for record in records
    ]
    merged = graphs[0] + graphs[1]

    (person,) = merged.subjects(RDF.type, CG.Person)
    assert {str(name) for name in merged.objects(person, SKOS.prefLabel)} == {"Ada J Moor"}
    assert {str(name) for name in merged.objects(person, SKOS.altLabel)} == {"Ada Moor"}


def test_bare_noun_means_the_last_thing_of_that_noun(decide):
    sentence = "The consortium is shared with neighbours."
    record = report("leeds.pdf", "Leeds", sentence, thing="consortium", mentions=False, relation="shares")
    named = Mention(text="Moor Consortium", page=1, start=0, end=15, name="Moor Consortium", type="agency")
    later = replace(record.sharing[0], start=90, end=90 + len(sentence))

    assert mention_of(record.sharing[0], record) is None
    assert mention_of(later, replace(record, mentions=(named,))) == named
    assert decide(record)[0].resolve(record).sharing[0].iri is None


@pytest.mark.parametrize(
    "thing",
    [
        "procedures",
        "training",
        "director of services",
        "senior managers",
        "new arrangements",
        "her networks",
        "board",
        "exemplary services",
        "children’s services",
        "council",
    ],
)
def test_posts_work_and_bare_nouns_are_no_things(thing):
    sentence = f"It has {thing} with Bradford."
    said = {"thing": thing, "type": "process", "relation": "shares", "partners": ("Bradford",)}
    record = report("leeds.pdf", "Leeds", sentence, mentions=False, **said)
    named = [
        Mention(text=name, page=1, start=start, end=start + len(name), name=name, type="body")
        for name, start in (("Youth Council", 4), ("Moor Board", 8))
    ]

    assert mention_of(record.sharing[0], replace(record, mentions=tuple(named))) is None


def test_acronym_is_a_name_by_itself():
    record = report("leeds.pdf", "Leeds", SHARES, mentions=False, relation="shares", partners=("Bradford",))

    assert mention_of(record.sharing[0], record).name == "MASH"


def test_words_that_say_little_are_no_part_of_a_name():
    sentence = "It has a new shared emergency duty team with Bradford."
    said = {"thing": "new shared emergency duty team", "type": "service", "relation": "shares"}
    record = report("leeds.pdf", "Leeds", sentence, mentions=False, **said)

    assert mention_of(record.sharing[0], record).name == "emergency duty team"
