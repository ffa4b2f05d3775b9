import pytest

from caregraph.extractors.names.definitions import find_definitions
from caregraph.extractors.names.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The new families advice service (FAS) opened.", [("families advice service", "FAS", "service")]),
        # Behind the acronym, and with small words that give no letter.
        ("The FAS (families advice service) opened.", [("families advice service", "FAS", "service")]),
        ("Making a Real Choice (MRC) groups meet.", [("Making a Real Choice", "MRC", "group")]),
        ("The children in care council (CiCC) meets.", [("children in care council", "CiCC", "council")]),
        ("A health and well-being board (H&WB) sits.", [("health and well-being board", "H&WB", "board")]),
        ("Return interviews (RIs) are late.", [("Return interviews", "RIs", "interview")]),
        # A bracket that the initials do not fit defines nothing, and neither does a sentence before it.
        ("The council (NEW) is small.", []),
        ("The hub is open. Weekends are hard (HIOW).", []),
        ("Most plans (over half) are good.", []),
        ("Few (12) were seen (see paragraph 3).", []),
    ],
)
def test_definitions_fit_an_acronym_to_its_words(text: str, expected: list[tuple[str, str, str]]) -> None:
    tokens = tokenize(text)
    definitions = [
        (
            text[slice(*tokens.characters(definition.first, definition.last))],
            text[slice(*definition.acronym)],
            definition.head,
        )
        for definition in find_definitions(tokens)
    ]

    assert definitions == expected
