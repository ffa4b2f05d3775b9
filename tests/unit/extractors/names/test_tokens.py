from caregraph.extractors.names.tokens import tokenize


def test_tokens_have_the_offsets_at_which_they_are_printed() -> None:
    text = "Young people’s Mockingbird3 – a co-located hub."
    tokens = tokenize(text)

    assert [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)] == tokens.raw
    assert "s" not in tokens.folded
    assert tokens.folded[:2] == ["young", "people"]
