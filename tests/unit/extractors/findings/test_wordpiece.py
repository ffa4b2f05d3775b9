import pytest

from caregraph.extractors.findings.wordpiece import LONGEST, WordPieces

PIECES = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "care", "##leaver", "##s", "cafe", ".", "'", "a", "##b"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Care", ["care"]),
        ("Careleavers.", ["care", "##leaver", "##s", "."]),
        ("Café", ["cafe"]),
        ("care's", ["care", "'", "[UNK]"]),
        ("ab", ["a", "##b"]),
        ("Ω care", ["[UNK]", "care"]),
        ("a" * 101, ["[UNK]"]),
        ("", []),
    ],
)
def test_words_are_cut_into_the_longest_pieces(text, found):
    assert WordPieces(PIECES).encode(text) == [PIECES.index(piece) for piece in ["[CLS]", *found, "[SEP]"]]


def test_a_long_sentence_leaves_room_for_what_stands_beside_it():
    encoded = WordPieces(PIECES).encode("care " * 500, beside="a " * 500)

    assert len(encoded) == LONGEST
    assert (encoded.count(PIECES.index("a")), encoded.count(PIECES.index("[SEP]"))) == (40, 2)
