from datetime import date
from pathlib import Path

import pytest

from caregraph.ontology import records
from caregraph.ontology.errors import InvalidGraph, UnknownTerm
from caregraph.ontology.turtle import Statements
from caregraph.ontology.vocabulary import FILES, Vocabulary, load_vocabulary

PREFIXES = """\
@prefix agency: <https://w3id.org/caregraph/id/agency/> .
@prefix authority: <https://w3id.org/caregraph/id/authority/> .
@prefix cg: <https://w3id.org/caregraph/ontology#> .
@prefix concept: <https://w3id.org/caregraph/id/concept/> .
@prefix region: <https://w3id.org/caregraph/id/region/> .
@prefix scope: <https://w3id.org/caregraph/id/scope/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
ADDED = """
region:E99000009 a cg:Region ; skos:prefLabel "Elsewhere" ; cg:gss "E99000009" .
authority:E99000091 a cg:LocalAuthority ; skos:prefLabel "Nowhere" ; cg:gss "E99000091" ; cg:inRegion region:E99000009 .
agency:adopt-elsewhere a cg:Agency ; skos:prefLabel "Adopt Elsewhere" ; cg:acronym "ADEL" ; cg:scope scope:regional .
"""


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.mark.parametrize("lookup", ["authority", "thing", "concept", "framework"])
def test_vocabulary_refuses_an_unknown_id(vocabulary: Vocabulary, lookup: str) -> None:
    with pytest.raises(UnknownTerm, match="'misspelt'"):
        getattr(vocabulary, lookup)("misspelt")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("multi-agency safeguarding hub", ["service:mash"]),
        ("Multi-Agency Safeguarding Hub", ["service:mash"]),
        ("MASH", ["service:mash"]),
        ("mash", []),  # an acronym only with its capitals
        ("Pause", ["programme:pause"]),
        ("pause", []),  # and so a name that is a word
        ("ATV", ["agency:adopt-thames-valley", "agency:adoption-tees-valley"]),
        ("Adoption Northeast", ["agency:adopt-north-east"]),
        ("Adoption Now", ["agency:adoption-now"]),
        ("adoption now", []),  # nor a name that is made of words
        ("academy", []),  # known but hidden: too common
        ("children's home", []),  # silent: its label is an everyday phrase
        ("social workers", []),
    ],
)
def test_vocabulary_finds_what_a_spelling_means(vocabulary: Vocabulary, text: str, ids: list[str]) -> None:
    assert sorted(term.id for term in vocabulary.things_spelled(text)) == ids


@pytest.mark.parametrize(
    ("kind", "on", "areas", "expected"),
    [
        ("ilacs", date(2019, 9, 9), (), "ilacs"),
        ("ilacs", None, (), "ilacs"),
        ("sif", date(2016, 2, 22), ("overall", "lscb"), "sif"),
        # Letters without grades ran beside the inspections of safeguarding and care.
        ("pre-2013", date(2010, 5, 1), ("in-care",), "slac"),
        ("pre-2013", date(2010, 5, 1), (), None),
        ("area-send", date(2018, 3, 5), (), "area-send-2016"),
        ("area-send", date(2024, 3, 5), ("outcome",), "area-send-2023"),
        ("area-send", None, (), None),
        ("ilacs", date(2012, 1, 1), (), None),
        ("pre-2013", date(2010, 5, 1), ("lscb",), None),
        ("news", None, (), None),
    ],
)
def test_vocabulary_gives_the_one_framework_that_fits(
    vocabulary: Vocabulary, kind: str, on: date | None, areas: tuple[str, ...], expected: str | None
) -> None:
    framework = vocabulary.framework_for(kind, on, areas=areas)

    assert (framework and framework.id) == expected


def test_vocabulary_takes_in_what_is_added(tmp_path: Path) -> None:
    path = tmp_path / "more.ttl"
    path.write_text(PREFIXES + ADDED)

    vocabulary = load_vocabulary([path])

    assert vocabulary.authority("E99000091").region_name == "Elsewhere"
    assert vocabulary.thing("agency:adopt-elsewhere").regional
    assert path in vocabulary.sources
    assert not load_vocabulary().authorities_named("Nowhere")  # and keeps it to that vocabulary


@pytest.mark.parametrize(
    ("turtle", "error", "words"),
    [
        ('authority:E99000091 a cg:LocalAuthorty ; skos:prefLabel "Nowhere" .', UnknownTerm, "cg:LocalAuthorty"),
        ('authority:E99000091 a cg:LocalAuthority ; cg:gs "E99000091" .', UnknownTerm, "cg:gs"),
        ('authority:E99000091 a cg:LocalAuthority ; skos:prefLable "Nowhere" .', UnknownTerm, "skos:prefLable"),
        ("agency:adopt-elsewhere a cg:Agency ; cg:scope scope:reginal .", UnknownTerm, "scope/reginal"),
        ("authority:E99000091 a cg:LocalAuthority ; cg:inRegion region:E99000009 .", UnknownTerm, "region/E99000009"),
        ('authority:E99000091 a cg:LocalAuthority ; cg:gss "E99000091', InvalidGraph, "more.ttl"),
        (
            "concept:a a cg:Concept ; skos:broader concept:b . concept:b a cg:Concept ; skos:broader concept:a .",
            InvalidGraph,
            "concept/a > concept/b > concept/a",
        ),
    ],
)
def test_vocabulary_refuses_what_breaks_the_ontology(
    tmp_path: Path, turtle: str, error: type[Exception], words: str
) -> None:
    path = tmp_path / "more.ttl"
    path.write_text(PREFIXES + turtle)

    with pytest.raises(error, match=words):
        load_vocabulary([path])


def test_vocabulary_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidGraph, match=r"nothing\.ttl"):
        load_vocabulary([tmp_path / "nothing.ttl"])


@pytest.mark.parametrize(
    ("curie", "values"),
    [
        ("cg:Kind", records.KINDS),
        ("cg:JudgementArea", records.AREAS),
        ("cg:Grade", records.GRADES),
        ("cg:Role", records.INSPECTOR_ROLES | records.LEADER_ROLES),
        ("cg:Polarity", records.POLARITIES),
        ("cg:FindingKind", records.FINDING_KINDS),
    ],
)
def test_records_hold_the_values_of_the_schemes(curie: str, values: frozenset[str]) -> None:
    statements = Statements(FILES)

    assert {statements.value(iri, "skos:notation") for iri in statements.of_type(curie)} == values
