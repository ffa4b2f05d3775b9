import pytest
import spacy

from caregraph.extractors.names.phrases import Phrases, Spelling, split_words

SPELLINGS = [
    Spelling("multi-agency safeguarding hub", "mash"),
    Spelling("MASH", "mash", exact=True),
    Spelling("child in need plan", "need-plan"),
    Spelling("child protection plan", "protection-plan"),
    Spelling("adoption panel", "adoption-panel"),
    Spelling("fostering panel", "fostering-panel"),
    Spelling("children's home", "home"),
    Spelling("home", "any-home"),
    Spelling("special guardianship order", "order"),
    Spelling("SGO", "order", exact=True),
    Spelling("education, health and care needs assessment", "needs"),
    Spelling("Pause", "pause", exact=True),
    Spelling("Mockingbird", "mockingbird"),
    Spelling("neurodevelopmental assessment", "neuro"),
    Spelling("ATV", "tees", exact=True),
    Spelling("ATV", "thames", exact=True),
]
PHRASES = Phrases(SPELLINGS)


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
    found = [(text[match.start : match.end], match.keys[0]) for match in PHRASES.find(text)]

    assert found == expected


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
    found = [(text[match.start : match.end], match.full, match.keys[0]) for match in PHRASES.find(text)]

    assert found == expected


def test_phrases_give_every_key_of_a_shared_spelling() -> None:
    assert [match.keys for match in PHRASES.find("Adopters like ATV.")] == [("tees", "thames")]


def test_phrases_become_spans_of_whole_tokens() -> None:
    doc = spacy.blank("en")("The MASH and Mockingbird3 work.")

    assert [(span.text, span.label_) for span in PHRASES.spans(doc)] == [
        ("MASH", "mash"),
        ("Mockingbird3", "mockingbird"),
    ]


def test_split_words_keeps_every_word_in_its_place() -> None:
    text = "Young people’s Mockingbird3 – a co-located hub."
    words = split_words(text)

    assert [text[start:end] for start, end in zip(words.starts, words.ends, strict=True)] == words.raw
    assert "s" not in words.folded
    assert words.folded[:2] == ["young", "people"]
