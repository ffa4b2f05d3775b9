import pytest

from caregraph.extractors.names.phrases import Phrase, PhraseTrie

PHRASES = [
    Phrase("multi-agency safeguarding hub", "mash"),
    Phrase("MASH", "mash", exact=True),
    Phrase("child in need plan", "need-plan"),
    Phrase("child protection plan", "protection-plan"),
    Phrase("adoption panel", "adoption-panel"),
    Phrase("fostering panel", "fostering-panel"),
    Phrase("children's home", "home"),
    Phrase("home", "any-home"),
    Phrase("special guardianship order", "order"),
    Phrase("SGO", "order", exact=True),
    Phrase("education, health and care needs assessment", "needs"),
    Phrase("Pause", "pause", exact=True),
    Phrase("Mockingbird", "mockingbird"),
    Phrase("neurodevelopmental assessment", "neuro"),
    Phrase("ATV", "tees", exact=True),
    Phrase("ATV", "thames", exact=True),
]
TRIE = PhraseTrie(PHRASES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The multi-agency safeguarding hub is busy.", [("multi-agency safeguarding hub", "mash")]),
        ("Two multi agency safeguarding hubs merged.", [("multi agency safeguarding hubs", "mash")]),
        # A line break may have swallowed the hyphen, or put one in.
        ("A multiagency safeguarding hub opened.", [("multiagency safeguarding hub", "mash")]),
        ("A neuro-developmental assessment takes long.", [("neuro-developmental assessment", "neuro")]),
        # The longest wins, whatever the apostrophe and the number.
        ("Two childrens’ homes closed.", [("childrens’ homes", "home")]),
        ("Some children's homes closed.", [("children's homes", "home")]),
        ("They went home.", [("home", "any-home")]),
        # Acronyms keep their capitals, and may be many.
        ("SGOs are made, and the MASH sgo mash.", [("SGOs", "order"), ("MASH", "mash")]),
        # A footnote's digit is no part of the name.
        ("Families like Mockingbird3 a lot.", [("Mockingbird", "mockingbird")]),
        # An acronym in brackets inside a name does not break it.
        (
            "An education, health and care (EHC) needs assessment was late.",
            [("education, health and care (EHC) needs assessment", "needs")],
        ),
        ("Use of ‘special guardianship’ orders rose.", [("special guardianship’ orders", "order")]),
        # Neither a full stop nor a block's end is part of a name.
        ("She needs a special. Guardianship order.", []),
        ("special guardianship\norder", []),
        ("Children pause, and mashed potatoes are served by the atv.", []),
    ],
)
def test_phrases_find_spellings_as_reports_write_them(text: str, expected: list[tuple[str, str]]) -> None:
    matches = [(text[match.start : match.end], match.keys[0]) for match in TRIE.find(text)]

    assert matches == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Most child in need and child protection plans are clear.",
            [
                ("child in need", "child in need plans", "need-plan"),
                ("child protection plans",) * 2 + ("protection-plan",),
            ],
        ),
        (
            "The adoption and fostering panels meet.",
            [("adoption", "adoption panels", "adoption-panel"), ("fostering panels",) * 2 + ("fostering-panel",)],
        ),
        (
            "Under child in need (CIN) or child protection plans.",
            [
                ("child in need", "child in need plans", "need-plan"),
                ("child protection plans",) * 2 + ("protection-plan",),
            ],
        ),
        # What stands before 'and' spells nothing with the shared word.
        ("Clear and child protection plans.", [("child protection plans",) * 2 + ("protection-plan",)]),
        ("Children in need. And child protection plans.", [("child protection plans",) * 2 + ("protection-plan",)]),
    ],
)
def test_phrases_read_what_a_coordination_says_once(text: str, expected: list[tuple[str, str, str]]) -> None:
    matches = [(text[match.start : match.end], match.full, match.keys[0]) for match in TRIE.find(text)]

    assert matches == expected


def test_phrases_give_every_key_of_a_shared_spelling() -> None:
    assert [match.keys for match in TRIE.find("Adopters like ATV.")] == [("tees", "thames")]
