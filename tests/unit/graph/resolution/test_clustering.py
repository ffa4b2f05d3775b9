"""What the rules make one thing across documents, and what they leave to a person."""

from datetime import date

import pytest

from caregraph.graph.resolution.clustering import together
from caregraph.graph.resolution.decisions import Decision, Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.graph.resolution.review import doubtful, linked
from caregraph.ontology.iris import THINGS
from caregraph.ontology.records import Authority, Mention, Passage, Person, Record


@pytest.fixture
def report():
    """A record of a report on a council, of some sentences; names stand in them between brackets, with their type."""

    def made(source, council, *sentences, aliases=(), inspectors=(), year=2022):
        text, mentions, passages, people = "", [], [], []
        for sentence in sentences:
            start = len(text)
            for number, part in enumerate(sentence.replace("]", "[").split("[")):
                name, _, type = part.partition("|")
                if number % 2:
                    place = {"text": name, "page": 1, "start": len(text), "end": len(text) + len(name)}
                    mentions.append(Mention(**place, name=name, type=type or "service", aliases=aliases))
                text += name if number % 2 else part
            passages.append(Passage(text=text[start:], page=1, start=start, end=len(text)))
            text += "\n"
        for name in inspectors:
            place = {"text": name, "page": 1, "start": len(text), "end": len(text) + len(name)}
            people.append(Person(**place, name=name, role="inspector"))
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

    return made


@pytest.fixture
def classes(vocabulary):
    """What each name of some reports is resolved to, by rule and some decisions."""

    def resolved(*records, decisions=()):
        people = Decisions(decisions)
        resolver = Resolver(vocabulary, together(linked(records, vocabulary, people).decisions, people))
        found = [resolver.resolve(record) for record in records]
        return [one.iri.removeprefix(THINGS) for record in found for one in (*record.mentions, *record.people)]

    return resolved


def test_one_councils_names_for_one_thing_are_one(classes, report):
    team, service = classes(
        report("a.pdf", "Durham", "The [Lantern Team] is new."),
        report("b.pdf", "Durham", "The [Lantern service] has grown."),
    )
    assert team == service


def test_what_two_reports_give_two_types_is_one_thing_of_one_type(classes, report):
    first, second = classes(
        report("a.pdf", "Durham", "The [Family Lantern|agency] is new."),
        report("b.pdf", "Durham", "The [Family Lantern|service] has grown."),
    )
    assert first == second == "agency/family-lantern-of-e06000047"


def test_two_councils_things_of_one_name_stay_two(classes, report):
    first, second = classes(
        report("a.pdf", "Durham", "The [Lantern Team] is new."),
        report("b.pdf", "Leeds", "The [Lantern Team] is new, too."),
    )
    assert first != second


def test_document_says_what_a_name_is_for(classes, report):
    hub, lantern = classes(report("a.pdf", "Durham", "The [MASH], known as [Lantern Gate], answers quickly."))
    assert hub == lantern == "service/mash-of-e06000047"

    hub, lantern = classes(report("a.pdf", "Durham", "Staff of the [MASH], [Lantern Gate], the board and others met."))
    assert hub != lantern


def test_misspelt_member_of_a_list_is_that_member(classes, report):
    (agency,) = classes(report("a.pdf", "Hartlepool", "Work with [Tees Valley Adoption|agency] is close."))
    assert agency == "agency/adoption-tees-valley"

    (elsewhere,) = classes(report("a.pdf", "Devon", "Work with [Tees Valley Adoption|agency] is close."))
    assert elsewhere != "agency/adoption-tees-valley"


def test_acronym_of_a_council_is_what_its_reports_define(classes, report):
    full, short = classes(
        report("a.pdf", "Durham", "The [Lantern Advice Team] is new.", aliases=("LAT",)),
        report("b.pdf", "Durham", "The [LAT] has grown."),
    )
    assert full == short


def test_university_is_one_for_all(classes, report):
    first, second = classes(
        report("a.pdf", "Durham", "[Wearside University|agency] trains staff."),
        report("b.pdf", "Sunderland", "[Wearside University|agency] trains staff here."),
    )
    assert first == second


def test_no_rule_joins_what_a_person_holds_apart(classes, report):
    records = (
        report("a.pdf", "Durham", inspectors=["Pete Example"]),
        report("b.pdf", "Leeds", inspectors=["Peter Example"]),
    )
    pete, peter = (f"{THINGS}person/{name}-example-inspector-2022" for name in ("pete", "peter"))
    assert len(set(classes(*records))) == 1

    for verdict in ("different", "unsure"):
        apart = Decision(left=peter, right=pete, verdict=verdict, by="person:Ann", why="they have met")
        assert len(set(classes(*records, decisions=[apart]))) == 2


def test_no_rule_joins_two_by_way_of_a_third(classes, report):
    names = ("Pete Example", "Peter Example", "Pete Examples")
    records = [report(f"{number}.pdf", "Durham", inspectors=[name]) for number, name in enumerate(names)]
    iris = [f"{THINGS}person/{name.lower().replace(' ', '-')}-inspector-2022" for name in names]
    apart = Decision(left=iris[0], right=iris[2], verdict="different", by="person:Ann", why="they have met")

    found = classes(*records, decisions=[apart])
    assert found[0] != found[2]


def test_order_of_documents_does_not_matter(vocabulary, report):
    records = [
        report(f"{number}.pdf", council, f"The [{name}] is new.", inspectors=["Ann Example", f"{first} Other"])
        for number, (council, name, first) in enumerate(
            [("Durham", "Lantern Team", "Sue"), ("Durham", "Lantern service", "Susan"), ("Leeds", "Lantern", "Susan")]
        )
    ]
    forth = linked(records, vocabulary, Decisions())
    back = linked(records[::-1], vocabulary, Decisions())

    assert forth.decisions == back.decisions
    assert [(pair.left.iri, pair.right.iri) for pair in forth.doubtful] == [
        (pair.left.iri, pair.right.iri) for pair in back.doubtful
    ]


def test_doubtful_pairs_have_both_sides_words_and_reasons(vocabulary, report):
    records = [
        report(f"{n}.pdf", "Durham", inspectors=[name]) for n, name in enumerate(("Chris Example", "Christine Example"))
    ]

    (doubt,) = doubtful(records, vocabulary, Decisions())
    assert {quote.words for side in (doubt.left, doubt.right) for quote in side.quotes} == {
        "Chris Example",
        "Christine Example",
    }
    assert 0.5 <= doubt.score < 0.9
    assert all(reason.words for reason in doubt.reasons)

    left, right = doubt.left.iri, doubt.right.iri
    settled = Decision(left=right, right=left, verdict="different", by="person:Ann", why="they have met")
    assert doubtful(records, vocabulary, Decisions([settled])) == []
    seen = Decision(left=right, right=left, verdict="unsure", by="person:Ann", why="cannot tell")
    assert [one.decision for one in doubtful(records, vocabulary, Decisions([seen]))] == [seen]


def test_nothing_is_doubtful_without_documents(vocabulary):
    assert doubtful([], vocabulary, Decisions()) == []
