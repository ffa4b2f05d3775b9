"""Clustering across documents: automatic decisions and the pairs that are left to a person."""

from datetime import date

import pytest

from caregraph.graph.resolution.clustering import combine_decisions
from caregraph.graph.resolution.decisions import Decision, Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.graph.resolution.review import cluster_records, pairs_for_review, read_pairs, write_pairs
from caregraph.ontology.iris import THINGS
from caregraph.ontology.records import Authority, Mention, Passage, Person, Record


@pytest.fixture
def report():
    """Makes the record of a report on a council from sentences; brackets hold a name and its type: `[name|type]`."""

    def make(source, council, *sentences, aliases=(), inspectors=(), year=2022):
        text, mentions, passages, people = "", [], [], []
        for sentence in sentences:
            start = len(text)
            for number, part in enumerate(sentence.replace("]", "[").split("[")):
                name, _, type = part.partition("|")
                if number % 2:
                    quote = {"text": name, "page": 1, "start": len(text), "end": len(text) + len(name)}
                    mentions.append(Mention(**quote, name=name, type=type or "service", aliases=aliases))
                text += name if number % 2 else part
            passages.append(Passage(text=text[start:], page=1, start=start, end=len(text)))
            text += "\n"
        for name in inspectors:
            quote = {"text": name, "page": 1, "start": len(text), "end": len(text) + len(name)}
            people.append(Person(**quote, name=name, role="inspector"))
            text += name
        return Record(
            source=source,
            sha256=source.encode().hex().ljust(64, "0"),
            title=None,
            kind="ilacs",
            authority=Authority(council, None),
            inspected=((date(year, 5, 9), date(year, 5, 20)),),
            mentions=tuple(mentions),
            people=tuple(people),
            passages=tuple(passages),
        )

    return make


@pytest.fixture
def resolve(vocabulary):
    """Resolves all names of reports, by rule and by decisions, to IRIs after their common beginning."""

    def resolve(*records, decisions=()):
        people = Decisions(decisions)
        resolver = Resolver(
            vocabulary, combine_decisions(cluster_records(records, vocabulary, people).decisions, people)
        )
        resolved = [resolver.resolve(record) for record in records]
        return [name.iri.removeprefix(THINGS) for record in resolved for name in (*record.mentions, *record.people)]

    return resolve


def test_one_councils_names_for_one_thing_are_one(resolve, report):
    team, service = resolve(
        report("a.pdf", "Durham", "The [Lantern Team] is new."),
        report("b.pdf", "Durham", "The [Lantern service] has grown."),
    )
    assert team == service


def test_what_two_reports_give_two_types_is_one_thing_of_one_type(resolve, report):
    first, second = resolve(
        report("a.pdf", "Durham", "The [Family Lantern|agency] is new."),
        report("b.pdf", "Durham", "The [Family Lantern|service] has grown."),
    )
    assert first == second == "agency/family-lantern-of-e06000047"


def test_two_councils_things_of_one_name_stay_two(resolve, report):
    first, second = resolve(
        report("a.pdf", "Durham", "The [Lantern Team] is new."),
        report("b.pdf", "Leeds", "The [Lantern Team] is new, too."),
    )
    assert first != second


def test_document_says_what_a_name_is_for(resolve, report):
    hub, lantern = resolve(report("a.pdf", "Durham", "The [MASH], known as [Lantern Gate], answers quickly."))
    assert hub == lantern == "service/mash-of-e06000047"

    hub, lantern = resolve(report("a.pdf", "Durham", "Staff of the [MASH], [Lantern Gate], the board and others met."))
    assert hub != lantern


@pytest.mark.parametrize(
    "sentence",
    [
        "The [MASH], \r\n[Lantern Gate], answers quickly.",  # lines of a page
        "The [MASH] \r\n([Lantern Gate]) answers quickly.",
        "[Lantern Gate], the council’s [MASH], answers quickly.",
        "[Lantern Gate], Durham’s in-house [MASH], answers quickly.",
    ],
)
def test_apposition_says_what_a_name_is_for(resolve, report, sentence):
    assert set(resolve(report("a.pdf", "Durham", sentence))) == {"service/mash-of-e06000047"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Help comes from [Lantern Gate], the council’s [MASH], and from schools.",
        "The board, [Lantern Gate], the council’s [MASH] and others met.",
    ],
)
def test_enumeration_says_nothing_of_what_a_name_is_for(resolve, report, sentence):
    assert len(set(resolve(report("a.pdf", "Durham", sentence)))) == 2


def test_misspelt_member_of_a_list_is_that_member(resolve, report):
    (agency,) = resolve(report("a.pdf", "Hartlepool", "Work with [Tees Valley Adoption|agency] is close."))
    assert agency == "agency/adoption-tees-valley"

    (elsewhere,) = resolve(report("a.pdf", "Devon", "Work with [Tees Valley Adoption|agency] is close."))
    assert elsewhere != "agency/adoption-tees-valley"


def test_acronym_of_a_council_is_what_its_reports_define(resolve, report):
    full, short = resolve(
        report("a.pdf", "Durham", "The [Lantern Advice Team] is new.", aliases=("LAT",)),
        report("b.pdf", "Durham", "The [LAT] has grown."),
    )
    assert full == short


def test_body_named_after_two_councils_is_both_councils(resolve, report):
    name = "Durham and Sunderland Safeguarding Forum"

    first, second, third = resolve(
        report("a.pdf", "Durham", f"The [{name}|body] is new."),
        report("b.pdf", "Sunderland", f"The [{name}|body] meets."),
        report("c.pdf", "Leeds", f"The [{name}|body] meets there."),
    )
    assert first == second != third


def test_university_is_one_for_all(resolve, report):
    first, second = resolve(
        report("a.pdf", "Durham", "[Wearside University|agency] trains staff."),
        report("b.pdf", "Sunderland", "[Wearside University|agency] trains staff here."),
    )
    assert first == second


def test_sentence_of_two_councils_reports_is_about_one_thing(resolve, report):
    sentence = "Young people of both councils designed the [Lantern Pledge|programme] at a weekend by the sea."

    first, second = resolve(report("a.pdf", "Durham", sentence), report("b.pdf", "Leeds", sentence))
    assert first == second


def test_sentence_of_many_councils_reports_is_boilerplate(resolve, report):
    sentence = "This visit followed the guidance of the [Harbour Inspection Service] for councils of every size."
    councils = ("Durham", "Leeds", "Devon")

    assert len(set(resolve(*(report(f"{council}.pdf", council, sentence) for council in councils)))) == 3


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("Grow your own", False),
        ("Have Your Say", False),
        ("Our Voice Matters", False),
        ("Ask twice if you doubt it once", True),
        ("Lanterns over Lower Farrowdale", True),
    ],
)
def test_everyday_words_make_no_slogan(resolve, report, name, one):
    first, second = resolve(
        report("a.pdf", "Durham", f"The [{name}|programme] is new."),
        report("b.pdf", "Leeds", f"The [{name}|programme] has grown."),
    )
    assert (first == second) == one


def test_no_rule_joins_what_a_person_decided_to_be_two(resolve, report):
    records = (
        report("a.pdf", "Durham", inspectors=["Pete Example"]),
        report("b.pdf", "Leeds", inspectors=["Peter Example"]),
    )
    pete, peter = (f"{THINGS}person/{name}-example-inspector-2022" for name in ("pete", "peter"))
    assert len(set(resolve(*records))) == 1

    for verdict in ("different", "unsure"):
        decision = Decision(left=peter, right=pete, verdict=verdict, by="person:Ann", why="they have met")
        assert len(set(resolve(*records, decisions=[decision]))) == 2


def test_no_rule_joins_two_by_way_of_a_third(resolve, report):
    names = ("Pete Example", "Peter Example", "Pete Examples")
    records = [report(f"{number}.pdf", "Durham", inspectors=[name]) for number, name in enumerate(names)]
    iris = [f"{THINGS}person/{name.lower().replace(' ', '-')}-inspector-2022" for name in names]
    apart = Decision(left=iris[0], right=iris[2], verdict="different", by="person:Ann", why="they have met")

    first, _, third = resolve(*records, decisions=[apart])
    assert first != third


def test_order_of_documents_does_not_matter(vocabulary, report):
    records = [
        report(f"{number}.pdf", council, f"The [{name}] is new.", inspectors=["Ann Example", f"{first} Other"])
        for number, (council, name, first) in enumerate(
            [("Durham", "Lantern Team", "Sue"), ("Durham", "Lantern service", "Susan"), ("Leeds", "Lantern", "Susan")]
        )
    ]
    forwards = cluster_records(records, vocabulary, Decisions())
    backwards = cluster_records(records[::-1], vocabulary, Decisions())

    assert forwards.decisions == backwards.decisions
    assert [(pair.left.iri, pair.right.iri) for pair in forwards.undecided] == [
        (pair.left.iri, pair.right.iri) for pair in backwards.undecided
    ]


def test_review_pairs_have_both_sides_words_and_reasons(vocabulary, report):
    records = [
        report(f"{n}.pdf", "Durham", inspectors=[name]) for n, name in enumerate(("Chris Example", "Christine Example"))
    ]

    (pair,) = pairs_for_review(records, vocabulary, Decisions())
    assert {quote.words for side in (pair.left, pair.right) for quote in side.quotes} == {
        "Chris Example",
        "Christine Example",
    }
    assert 0.5 <= pair.probability < 0.9
    assert all(reason.text for reason in pair.reasons)

    left, right = pair.left.iri, pair.right.iri
    different = Decision(left=right, right=left, verdict="different", by="person:Ann", why="they have met")
    assert pairs_for_review(records, vocabulary, Decisions([different])) == []
    unsure = Decision(left=right, right=left, verdict="unsure", by="person:Ann", why="cannot tell")
    undecided = pairs_for_review(records, vocabulary, Decisions([unsure]))
    assert [pair.decision for pair in undecided] == [unsure]


def test_pairs_that_a_build_wrote_are_those_that_comparing_anew_finds(vocabulary, report, tmp_path):
    file, text = tmp_path / "pairs.json", "The [Lantern Team] is new, and so is the [Lantern service]."
    records = [
        report(f"{n}.pdf", "Durham", text, inspectors=[name])
        for n, name in enumerate(("Chris Example", "Christine Example"))
    ]
    assert read_pairs(file, Decisions()) is None
    write_pairs(file, cluster_records(records, vocabulary, Decisions()).undecided)

    found = pairs_for_review(records, vocabulary, Decisions())
    assert found
    assert read_pairs(file, Decisions()) == found
    pair = found[0]
    unsure = Decision(left=pair.left.iri, right=pair.right.iri, verdict="unsure", by="person:Ann", why="cannot tell")
    assert unsure in [pair.decision for pair in read_pairs(file, Decisions([unsure]))]
    file.write_text('[{"left": 1}]')
    assert read_pairs(file, Decisions()) is None


def test_nothing_is_left_to_review_without_documents(vocabulary):
    assert pairs_for_review([], vocabulary, Decisions()) == []
