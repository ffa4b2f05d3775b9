"""Named questions in the real database: each answers, with its evidence."""

import re
from datetime import date
from hashlib import sha256

import pyoxigraph as ox
import pytest

from caregraph.graph.dataset.rdf_terms import quads_of
from caregraph.graph.dataset.statements import to_graph
from caregraph.graph.neo4j.property_graph import graph_rows
from caregraph.graph.neo4j.store import Neo4jStore
from caregraph.graph.queries.name_lookup import look_up_name
from caregraph.graph.queries.questions import answer_question, load_questions
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.graph.server import launcher
from caregraph.ontology.errors import BadQuestion, QueryRefused
from caregraph.ontology.records import Authority, Finding, Judgement, Mention, Passage, Person, Record

QUESTIONS = load_questions()
MARK = re.compile(r"\[([^|\]]+)\|([^|\]]+)\]")  # [words|id of a named thing, an area and grade, or a role]


def report(source, council, kind, first, last, lines):
    """The record of an invented report, of lines as "polarity topics kind: sentence" with marks in the sentences."""
    text, parts = "", {"judgements": [], "people": [], "mentions": [], "findings": [], "passages": []}
    for number, line in enumerate(lines, start=1):
        head, marked = line.split(": ", 1)
        start, plain, at, involved = len(text), "", 0, []
        for mark in MARK.finditer(marked):
            plain += marked[at : mark.start()]
            place = {"text": mark[1], "page": number, "start": start + len(plain), "end": start + len(plain + mark[1])}
            plain, at = plain + mark[1], mark.end()
            involved += _marked(parts, place, mark[2])
        plain += marked[at:]
        place = {"text": plain, "page": number, "start": start, "end": start + len(plain)}
        parts["passages"].append(Passage(**place, paragraph=str(number), section="What we found"))
        polarity, _, labels = head.partition(" ")
        words = labels.split()
        kinds = [word for word in words if word in ("recommendation", "area-for-improvement")]
        parts["findings"].append(
            Finding(
                **place,
                polarity=polarity,
                confidence=0.9,
                kind=kinds[0] if kinds else "finding",
                topics=tuple(word for word in words if word not in kinds),
                involves=tuple(involved),
                paragraph=str(number),
            )
        )
        text += plain + "\n"
    return Record(
        source=source,
        sha256=sha256(source.encode()).hexdigest(),
        title=f"{council} report",
        kind=kind,
        authority=Authority(council, None),
        inspected=((date.fromisoformat(first), date.fromisoformat(last)),),
        pages=len(lines),
        **{name: tuple(part) for name, part in parts.items()},
    )


def _marked(parts, place, meaning):
    if " " in meaning:
        area, grade = meaning.split()
        parts["judgements"].append(Judgement(**place, area=area, grade=grade))
    elif ":" in meaning:
        parts["mentions"].append(Mention(**place, name=place["text"], type=meaning.split(":")[0], term=meaning))
        return [place["text"]]
    else:
        parts["people"].append(Person(**place, name=place["text"], role=meaning))
    return []


REPORTS = [
    report("south-tyneside-2019.pdf", "South Tyneside", "ilacs", "2019-05-13", "2019-05-17", [
        "neutral: Lead inspector: [Ann Example|lead], with [Bo Sample|inspector].",
        "neutral: Overall effectiveness is [good|overall good].",
        "strength adoption: Adopters of [Adopt North East|agency:adopt-north-east] are well prepared.",
    ]),
    report("south-tyneside-2022.pdf", "South Tyneside", "ilacs", "2022-12-05", "2022-12-09", [
        "neutral: Lead inspector: [Cy Instance|lead].",
        "neutral: Overall we found it [inadequate|overall inadequate]; leaders are [inadequate|leaders inadequate].",
        "concern permanence: Children wait too long before [ANE|agency:adopt-north-east] is asked to find a family.",
        "concern front-door recommendation: The council should answer referrals on the day they come.",
        "neutral: The director is [Di Prototype|dcs].",
    ]),
    report("north-tyneside-2020.pdf", "North Tyneside", "ilacs", "2020-02-10", "2020-02-14", [
        "neutral: Lead inspector: [Ann Example|lead].",
        "neutral: Overall effectiveness is [outstanding|overall outstanding].",
        "strength adoption: The council hosts [Adopt North East|agency:adopt-north-east] with care.",
        "strength fostering: Carers value [Mockingbird|programme:mockingbird].",
    ]),
    report("durham-2022.pdf", "Durham", "ilacs", "2022-05-09", "2022-05-20", [
        "neutral: Lead inspector: [Ed Pattern|lead].",
        "neutral: Overall effectiveness is [good|overall good].",
        "concern front-door: The [MASH|service:mash] loses sight of some referrals.",
        "strength permanence: [Mockingbird|programme:mockingbird] keeps brothers and sisters together.",
    ]),
    report("halton-2024.txt", "Halton", "focused-visit", "2024-03-05", "2024-03-06", [
        "strength front-door: The [MASH|service:mash] answers within the hour.",
        "strength permanence: Plans for a lasting home are made early.",
    ]),
    report("surrey-2022.pdf", "Surrey", "ilacs", "2022-01-17", "2022-01-28", [
        "neutral: Overall effectiveness is [good|overall good].",
    ]),
]  # fmt: skip


@pytest.fixture(scope="module")
def asked(emptied, vocabulary, vocabulary_rows):
    """The real database with the vocabularies and the reports in it."""
    resolver = Resolver(vocabulary, Decisions())
    emptied.load("1", vocabulary_rows)
    for record in REPORTS:
        graph = to_graph(resolver.resolve(record), vocabulary, extractor="1")
        name = str(graph.identifier)
        emptied.load("1", graph_rows(name, quads_of(graph, ox.NamedNode(name))))
    return emptied


OF_SAMPLES = {
    "local authority": "Ashmere",
    "council": "Ashmere",
    "region": "Farrowdale",
    "named thing": "Farrowdale Adoption Alliance",
}
MAYBE_NOTHING = {  # what these look for need not be in the samples
    "concepts-left-out",
    "concepts-together",
    "concerns-that-turned",
    "concerns-that-came-back",
    "grades-that-differ",
    "said-by-reference",
    "national-framework",
    "what-is-missing",
    "triads",
}


@pytest.fixture(scope="module")
def samples(samples_graph):
    with Neo4jStore.connect(launcher.start(samples_graph, progress=print)) as store:
        yield store


def in_the_samples(question):
    """The example of a question, with the samples' names."""
    names = {name: OF_SAMPLES[kind] for name, kind in question.name_parameters.items() if kind in OF_SAMPLES}
    if "other" in names:
        names["other"] = "Brackenford"
    if question.name == "named-together":
        names["thing"] = "Signs of Safety"
    needed = {parameter.name for parameter in question.parameters if parameter.required}
    return {**question.example, **{name: names[name] for name in names if name in needed or name in question.example}}


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_answers_with_what_proves_it(samples, name):
    question = QUESTIONS[name]
    given = in_the_samples(question)

    rows = answer_question(samples, question, **given)

    assert rows or name in MAYBE_NOTHING, given
    iris = {iri for row in rows for iri in row["evidence"]}
    proof = {row["iri"]: " ".join(row["text"].split()) for row in samples.read(PROOF, iris=sorted(iris))}
    assert proof.keys() == iris
    for row in rows:
        assert list(row) == [column.name for column in question.columns]
        assert row["quotation"] is None or any(row["quotation"] in proof[iri] for iri in row["evidence"])
    assert not rows or any(row["quotation"] and row["document"] for row in rows)


@pytest.mark.parametrize(
    "name", ["shared-services", "silent-members", "who-led", "latest-grades", "improvement-ledger"]
)
def test_rows_read_in_one_record_are_those_of_the_cypher(samples, name, monkeypatch):
    question, asked = QUESTIONS[name], []

    def read_and_note(cypher, columns, **values):
        rows = Neo4jStore.read_in_one_record(samples, cypher, columns, **values)
        asked.append((rows, columns, samples.read(cypher, **values)))
        return rows

    monkeypatch.setattr(samples, "read_in_one_record", read_and_note)
    answer_question(samples, question, **in_the_samples(question))

    assert len(asked) == (question.step != "improvement-ledger")
    for rows, columns, row_by_row in asked:
        assert rows == row_by_row
        assert all(row.keys() == set(columns) for row in row_by_row)


def test_what_is_said_by_reference_has_the_words_and_their_confidence(samples):
    question = QUESTIONS["said-by-reference"]

    [row] = answer_question(samples, question, thing="corporate parenting board")

    assert (row["authority"], row["reference"], row["confidence"]) == ("Pellmouth", "It", 0.9)
    assert row["quotation"].startswith("It ")
    named = answer_question(samples, QUESTIONS["what-is-said-of"], thing="corporate parenting board")
    assert row["quotation"] not in {other["quotation"] for other in named}


PROOF = "UNWIND $iris AS iri MATCH (n:Finding|Passage {iri: iri}) RETURN iri, n.text AS text"


@pytest.mark.parametrize(
    "name", [name for name in QUESTIONS if not any(parameter.required for parameter in QUESTIONS[name].parameters)]
)
def test_question_answers_with_its_defaults(samples, name):
    answer_question(samples, QUESTIONS[name])


def answers(store, name, *columns, **given):
    return [tuple(row[column] for column in columns) for row in answer_question(store, QUESTIONS[name], **given)]


def test_who_uses_tells_hosts_members_and_users(asked):
    rows = answers(asked, "who-uses", "authority", "part", "reports", "document", thing="ANE")

    assert rows == [
        ("North Tyneside", "hosts it", 1, "north-tyneside-2020.pdf"),
        ("Gateshead", "is a member", 0, None),
        ("Newcastle upon Tyne", "is a member", 0, None),
        ("Northumberland", "is a member", 0, None),
        ("South Tyneside", "is a member", 2, "south-tyneside-2022.pdf"),
    ]


def test_who_mentions_gives_each_place(asked):
    rows = answers(asked, "who-mentions", "authority", "words", "quotation", thing="mockingbird")

    assert rows == [
        ("Durham", "Mockingbird", "Mockingbird keeps brothers and sisters together."),
        ("North Tyneside", "Mockingbird", "Carers value Mockingbird."),
    ]


def test_a_kind_stands_for_each_councils_own(asked):
    rows = answers(asked, "what-is-said-of", "authority", "polarity", thing="MASH")

    assert rows == [("Halton", "strength"), ("Durham", "concern")]


def test_shared_things_leave_out_what_only_has_the_same_kind(asked):
    rows = answers(asked, "shared-services", "thing", "authority", "naming")

    assert [(thing, authority) for thing, authority, naming in rows if naming] == [
        ("Adopt North East", "North Tyneside"),
        ("Adopt North East", "South Tyneside"),
        ("Mockingbird family model", "Durham"),
        ("Mockingbird family model", "North Tyneside"),
    ]
    assert answers(asked, "shared-services", "thing", region="London") == []


def test_who_led_gives_each_inspections_lead(asked):
    rows = answers(asked, "who-led", "authority", "started", "lead")

    assert rows == [
        ("Durham", date(2022, 5, 9), "Ed Pattern"),
        ("North Tyneside", date(2020, 2, 10), "Ann Example"),
        ("South Tyneside", date(2019, 5, 13), "Ann Example"),
        ("South Tyneside", date(2022, 12, 5), "Cy Instance"),
    ]
    assert len(answers(asked, "who-led", "lead", since="2022-06-01")) == 1


def test_judgements_over_time_know_the_grade_before(asked):
    rows = answers(asked, "judgements-over-time", "area", "grade", "before", "quotation", authority="South Tyneside")

    assert rows == [
        ("leaders", "inadequate", None, "inadequate"),
        ("overall", "good", None, "good"),
        ("overall", "inadequate", "good", "inadequate"),
    ]


def test_what_changed_compares_the_last_two_inspections(asked):
    rows = answers(asked, "what-changed", "authority", "area", "before", "after")

    assert rows == [
        ("South Tyneside", "leaders", None, "inadequate"),
        ("South Tyneside", "overall", "good", "inadequate"),
    ]


def test_what_must_improve_gives_recommendations_alone(asked):
    rows = answers(asked, "what-must-improve", "authority", "kind", "quotation", "concepts")

    assert rows == [
        (
            "South Tyneside",
            "recommendation",
            "The council should answer referrals on the day they come.",
            ["front door"],
        )
    ]
    assert answers(asked, "what-must-improve", "quotation", concept="permanence") == []


def test_silent_members_tell_who_says_nothing(asked):
    rows = answers(asked, "silent-members", "authority", "finding", thing="Adopt North East")

    assert rows == [
        ("North Tyneside", "expected and named"),
        ("South Tyneside", "expected and named"),
        ("Gateshead", "expected but no report"),
        ("Newcastle upon Tyne", "expected but no report"),
        ("Northumberland", "expected but no report"),
    ]


def test_strengths_and_concerns_take_in_the_parts_of_a_concept(asked):
    rows = answers(asked, "strengths-and-concerns", "concept", "authority", "polarity", concept="permanence")

    assert ("adoption", "North Tyneside", "strength") in rows  # adoption is a part of permanence
    assert ("permanence", "South Tyneside", "concern") in rows
    assert "neutral" not in {polarity for *_, polarity in rows}


def test_who_near_us_does_well_looks_at_neighbours_alone(asked):
    rows = answers(
        asked,
        "who-near-us-does-well",
        "rank",
        "neighbour",
        "quotation",
        authority="Durham",
        concept="front door",
        counted="all",
    )

    assert rows == [(1, "Halton", "The MASH answers within the hour.")]
    near = {"authority": "Durham", "concept": "front door"}
    assert answers(asked, "who-near-us-does-well", "rank", **near) == []  # no full inspection of Halton was read


def test_what_is_announced_is_kept_apart_from_what_is_in_force(samples):
    later, earlier = (
        answer_question(samples, QUESTIONS["what-is-inherited"], on=day) for day in ("2026-01-01", "2000-01-01")
    )

    assert {row["standing"] for row in later} == {"in force"}
    assert {row["standing"] for row in earlier} == {"announced"}
    assert [row["quotation"] for row in later] == [row["quotation"] for row in earlier]
    assert {("Tarrowby", "grade"), ("Tarrowby", "service")} <= {(row["authority"], row["inherits"]) for row in later}


@pytest.mark.parametrize("council", ["West Surrey", "West Surrey Council", "Surrey"])
def test_announced_council_inherits_what_its_source_says(asked, council):
    rows = answer_question(asked, QUESTIONS["what-is-inherited"], authority=council, on="2030-01-01")

    assert {row["successor"] for row in rows} == {"West Surrey"} | ({"East Surrey"} if council == "Surrey" else set())
    assert {(row["authority"], row["standing"], row["date"].isoformat()) for row in rows} == {
        ("Surrey", "announced", "2027-04-01")
    }
    assert all("28 October 2025" in row["announced"] and "https://" in row["announced"] for row in rows)
    assert {row["inherits"] for row in rows} == {"grade"}


def test_announced_council_is_no_council_of_today(asked):
    with pytest.raises(BadQuestion, match="West Surrey"):
        answer_question(asked, QUESTIONS["what-must-improve"], authority="West Surrey")
    assert "West Surrey" not in {row["authority"] for row in answer_question(asked, QUESTIONS["authorities"])}


def test_a_day_shows_what_stood_and_who_existed(samples):
    def grade(**day):
        rows = answer_question(samples, QUESTIONS["latest-grades"], **day)
        return {row["authority"]: (row["grade"], row["inspected"].year) for row in rows}

    def councils(day):
        rows = answer_question(samples, QUESTIONS["authorities"], reported="no", as_of=day)
        return {row["authority"] for row in rows}

    assert grade()["Ashmere"][1] == 2025
    assert grade(as_of="2023-01-01")["Ashmere"][1] == 2022
    asked = answer_question(samples, QUESTIONS["what-must-improve"], authority="Ashmere", as_of="2021-01-01")
    assert {row["inspected"].year for row in asked} <= {2018, 2019}
    assert "Northamptonshire" in councils("2020-01-01") - councils("2022-01-01")
    assert "West Northamptonshire" in councils("2022-01-01") - councils("2020-01-01")


def test_inspection_load_counts_to_its_day(samples):
    by_day = {
        day: {row["authority"]: row for row in answer_question(samples, QUESTIONS["inspection-load"], on=day)}
        for day in ("2019-06-01", "2026-01-01")
    }

    first, last = (rows["Ashmere"] for rows in by_day.values())
    assert first["full"] < last["full"]
    assert (last["three_years_on"].year, last["three_years_on"].month) == (last["full"].year + 3, last["full"].month)
    assert first["inspected"] <= date(2019, 6, 1)
    assert "Wexholme" not in by_day["2019-06-01"]


def test_inspectors_are_not_counted(asked):
    rows = answers(asked, "inspectors", "person", "role", "authority")

    assert rows == [
        ("Ann Example", "lead", "South Tyneside"),  # in the order of their days
        ("Ann Example", "lead", "North Tyneside"),
        ("Bo Sample", "inspector", "South Tyneside"),
        ("Cy Instance", "lead", "South Tyneside"),
        ("Ed Pattern", "lead", "Durham"),
    ]


@pytest.mark.parametrize(
    ("kind", "text", "tail"),
    [
        ("named thing", "Adopt North East", "agency/adopt-north-east"),
        ("named thing", "  adopt  north-east ", "agency/adopt-north-east"),
        ("named thing", "ANE", "agency/adopt-north-east"),
        ("named thing", "Adoption Northeast", "agency/adopt-north-east"),
        ("named thing", "virtual-school", "service/virtual-school"),
        ("local authority", "county durham", "authority/E06000047"),
        ("local authority", "E06000047", "authority/E06000047"),
        ("concept", "Front Door", "concept/front-door"),
        ("concept", "front-door", "concept/front-door"),
        ("region", "north east", "region/E12000001"),
        ("person", "cy instance", None),
    ],
)
def test_names_are_forgiving(asked, kind, text, tail):
    iris = look_up_name(asked, kind, text)

    assert len(iris) == 1
    assert tail is None or iris[0].endswith(tail)


def test_a_name_is_found_among_many_that_share_a_word_of_it(asked):
    others = [{"iri": f"urn:{n}", "name": "Partners", "aliases": ["Partners of partners"] * 9} for n in range(60)]
    long = {
        "iri": "urn:long",
        "name": "Board of partners",
        "aliases": [f"Forum of the city, part {n}" for n in range(99)],
    }
    asked.write("UNWIND $nodes AS node CREATE (body:Body) SET body = node", nodes=[*others, long])
    asked.write("CALL db.awaitIndexes(60)")

    try:
        iris = look_up_name(asked, "body", "board of partners")
    finally:
        asked.write("MATCH (n:Body) WHERE n.iri STARTS WITH 'urn:' DELETE n")

    assert iris == ["urn:long"]


def test_a_shared_acronym_stands_for_all_who_share_it(asked, vocabulary):
    assert look_up_name(asked, "named thing", "ATV") == sorted(thing.iri for thing in vocabulary.things_spelled("ATV"))


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("named thing", "Adopt North Est", "did you mean Adopt North East"),
        ("local authority", "Durhan", "did you mean Durham"),
        ("concept", "xyzzyx", "no concept is called 'xyzzyx'"),
        ("region", 'x" OR *:*', "no region is called"),
    ],
)
def test_a_name_that_nothing_has_is_refused(asked, kind, text, reason):
    with pytest.raises(BadQuestion) as caught:
        look_up_name(asked, kind, text)

    assert reason in str(caught.value)


GOOD = """// Regions
// Which regions are there?
//
// group: authorities
// parameter like (text, null): a part of the name
// column region: the region
// example: like=north
MATCH (r:Region) WHERE $like IS NULL OR toLower(r.name) CONTAINS $like RETURN r.name AS region ORDER BY region
"""


def test_users_questions_are_asked_beside_ours(asked, tmp_path):
    (tmp_path / "regions.cypher").write_text(GOOD)

    question = load_questions(tmp_path)["regions"]

    assert not question.built_in
    assert answer_question(asked, question, like="north") == [{"region": "North East"}, {"region": "North West"}]
    assert len(load_questions(tmp_path)) == len(QUESTIONS) + 1


def test_a_users_question_that_answers_otherwise_than_it_says_is_refused(asked, tmp_path):
    (tmp_path / "regions.cypher").write_text(
        GOOD.replace("AS region ORDER", "AS place ORDER").replace("BY region", "BY place")
    )

    with pytest.raises(BadQuestion, match="regions: expected the columns region, got place"):
        answer_question(asked, load_questions(tmp_path)["regions"])


def test_users_questions_meet_the_guard(asked, tmp_path):
    (tmp_path / "regions.cypher").write_text(GOOD.replace("RETURN", "SET r.name = 'x' RETURN"))

    with pytest.raises(QueryRefused):
        answer_question(asked, load_questions(tmp_path)["regions"])
