"""Named questions: each says what it asks, and parses what is typed for its parameters."""

import os
import re
from datetime import date

import pytest

from caregraph.graph.queries.comparison.as_at import FULL_INSPECTIONS
from caregraph.graph.queries.questions import (
    DOCS,
    GROUPS,
    MAX_NUMBER,
    known_questions,
    load_questions,
    questions_page,
    read_question,
)
from caregraph.ontology.errors import BadQuestion

QUESTIONS = load_questions()
REGIONS = """// Regions
// Which regions are there?
//
// group: authorities
// parameter like (text, null): a part of the name
// column region: the region
// example: like=north
MATCH (r:Region) WHERE $like IS NULL OR toLower(r.name) CONTAINS $like RETURN r.name AS region ORDER BY region
"""


@pytest.mark.parametrize("name", QUESTIONS)
def test_question_says_what_it_asks_and_what_comes_back(name):
    question = QUESTIONS[name]

    assert question.heading
    assert question.description.endswith((".", "?"))
    assert question.group in GROUPS
    assert question.built_in
    used = set(re.findall(r"\$(\w+)", question.cypher))
    unused = {parameter.name for parameter in question.parameters} - used
    assert unused == ({"state", "show"} if question.step == "improvement-ledger" else set())
    columns = {column.name for column in question.columns}
    assert {"quotation", "document", "page", "evidence"} - columns == set(), "each row must prove itself"


def test_every_group_has_questions_and_there_are_many():
    assert {question.group for question in QUESTIONS.values()} == set(GROUPS)
    assert len(QUESTIONS) >= 40
    assert len({question.heading for question in QUESTIONS.values()}) == len(QUESTIONS)


def test_only_words_to_search_for_are_free_text():
    free = {
        (question.name, parameter.name)
        for question in QUESTIONS.values()
        for parameter in question.parameters
        if parameter.type == "text"
    }

    assert free == {("findings-with-words", "words")}


@pytest.mark.parametrize(
    ("name", "given", "reason"),
    [
        ("who-uses", {"think": "x"}, "no parameter 'think'; it has thing, region"),
        ("who-led", {"since": "May"}, "since: expected a day such as 2024-01-31, got 'May'"),
        ("shared-services", {"least": "two"}, "least: expected a number, got 'two'"),
        ("shared-services", {"kind": "Gremlin"}, "kind: expected one of Agency, Service"),
        ("services-of", {}, "authority: a value is needed"),
        ("services-of", {"authority": "  "}, "authority: a value is needed"),
        ("latest-grades", {"area": "overal"}, "got 'overal'; did you mean overall?"),
        ("latest-grades", {"grade": "excellent"}, "grade: expected one of outstanding, good"),
        ("inspections", {"kind": "illacs"}, "got 'illacs'; did you mean ilacs?"),
        ("leaders", {"role": "mayor"}, "role: expected one of dcs, lead-member"),
        ("shared-services", {"least": str(MAX_NUMBER + 1)}, f"least: expected a number from {-MAX_NUMBER - 1} to"),
        ("shared-services", {"least": "-99999999999999999999"}, "got -99999999999999999999"),
    ],
)
def test_bad_values_are_refused_with_what_is_expected(name, given, reason):
    with pytest.raises(BadQuestion) as caught:
        QUESTIONS[name].parse_values(given)

    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("latest-grades", {"area": "Overall", "grade": "Requires improvement"}, ("overall", "requires-improvement")),
        ("inspections", {"kind": "ILACS"}, ("ilacs",)),
        ("shared-services", {"kind": "agency", "scope": "Regional"}, ("Agency", "regional")),
        ("strengths-and-concerns", {"polarity": "CONCERN"}, ("concern",)),
        ("authorities", {"reported": "No"}, ("no",)),
        ("shared-services", {"least": str(MAX_NUMBER)}, (MAX_NUMBER,)),
    ],
)
def test_choices_may_be_typed_in_any_case(name, given, expected):
    values = QUESTIONS[name].parse_values(given)

    assert tuple(values[parameter] for parameter in given) == expected


def test_values_are_typed_and_may_be_typed_twice():
    question = QUESTIONS["who-led"]

    values = question.parse_values({"since": "2022-06-01", "region": ""})

    assert values == {"authority": None, "region": None, "since": date(2022, 6, 1)}
    assert question.parse_values(values) == values


def test_users_questions_are_known_where_they_lie(tmp_path, monkeypatch):
    (tmp_path / "data" / "questions").mkdir(parents=True)
    (tmp_path / "listed").mkdir()
    (tmp_path / "data" / "questions" / "regions.cypher").write_text(REGIONS)
    (tmp_path / "data" / "questions" / "empty.cypher").write_text("")
    (tmp_path / "listed" / "areas.cypher").write_text(REGIONS)
    (tmp_path / "listed" / "bytes.cypher").write_bytes(b"// \xff")
    (tmp_path / "listed" / "notes.txt").write_text("no question")
    folders = os.pathsep.join(map(str, (tmp_path / "listed", tmp_path / "not there")))

    monkeypatch.setenv("CAREGRAPH_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CAREGRAPH_QUESTIONS", folders)

    questions, faults = known_questions()

    assert questions.keys() - QUESTIONS.keys() == {"regions", "areas"}
    assert questions.keys() >= QUESTIONS.keys()
    assert [re.search(r"\w+\.cypher", fault)[0] for fault in faults] == ["empty.cypher", "bytes.cypher"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("// group: authorities\n", "", "expected one line `group:`, got 0"),
        ("// example: like=north\n", "", "expected one line `example:`, got 0"),
        ("like=north", "unlike=north", "no parameter 'unlike'"),
        ("(text, null)", "(colour, null)", "got colour"),
        ("(text, null)", "(text, north)", "regions.cypher"),
        ("(text, null)", '(grade, "north")', "like: expected one of outstanding"),
        ("(text, null): a part", "text a part", "cannot be read"),
        ("// column region: the region\n", "", "expected a heading"),
        ("// Which regions are there?\n", "", "expected a heading"),
        (REGIONS, "", "regions.cypher"),
    ],
)
def test_a_badly_written_question_is_refused(tmp_path, old, new, reason):
    path = tmp_path / "regions.cypher"
    path.write_text(REGIONS.replace(old, new))

    with pytest.raises(BadQuestion) as caught:
        read_question(path)

    assert reason in str(caught.value)


def test_a_users_question_may_take_a_closed_list(tmp_path):
    path = tmp_path / "regions.cypher"
    path.write_text(REGIONS.replace("(text, null)", "(grade, null)").replace("like=north", "like=Good"))

    [parameter] = read_question(path).parameters

    assert parameter.choices[:2] == ("outstanding", "good")
    assert parameter.parse("GOOD") == "good"


def test_docs_list_every_question():
    assert DOCS.read_text(encoding="utf-8") == questions_page(QUESTIONS.values()), (
        "run python -m caregraph.graph.queries.questions"
    )


def test_full_inspections_are_of_the_same_kinds_in_every_question():
    lists = {
        tuple(re.findall(r"'([\w-]+)'", kinds))
        for question in QUESTIONS.values()
        for kinds in re.findall(r"\.kind IN (\[[^\]]*'ilacs'[^\]]*\])", question.cypher)
    }

    assert lists == {FULL_INSPECTIONS}
