import pytest

from caregraph.extractors.findings.wordpiece import MAX_PIECES, WordPieceTokenizer

PIECES = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "care", "##leaver", "##s", "cafe", ".", "'", "a", "##b"]


@pytest.mark.parametrize(
    ("text", "pieces"),
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
def test_words_are_cut_into_the_longest_pieces(text, pieces):
    assert WordPieceTokenizer(PIECES).encode(text) == [PIECES.index(piece) for piece in ["[CLS]", *pieces, "[SEP]"]]


def test_a_long_sentence_leaves_room_for_its_context():
    encoded = WordPieceTokenizer(PIECES).encode("care " * 500, context="a " * 500)

    assert len(encoded) == MAX_PIECES
    assert (encoded.count(PIECES.index("a")), encoded.count(PIECES.index("[SEP]"))) == (40, 2)
