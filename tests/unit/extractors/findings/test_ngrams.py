from caregraph.extractors.findings.ngrams import HashedText


def test_the_same_words_hash_alike_wherever_they_stand():
    grams = HashedText(["Plans drift", "then all plans drift."]).words(2)

    assert grams.texts.tolist() == [0, 1, 1, 1]
    assert grams.hashes[0] == grams.hashes[3]
    assert len(set(grams.hashes.tolist())) == 3


def test_no_ngram_crosses_two_texts():
    assert HashedText(["plans", "drift"]).words(2).hashes.size == 0
    assert HashedText(["ab", "c"]).characters(3).texts.tolist() == [0, 0, 1]


def test_texts_without_words_have_no_words():
    assert HashedText(["", "…"]).words(1).hashes.size == 0
