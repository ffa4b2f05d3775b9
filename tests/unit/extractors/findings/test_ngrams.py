from caregraph.extractors.findings.ngrams import HashedTexts


def test_the_same_words_hash_alike_wherever_they_stand():
    ngrams = HashedTexts(["Plans drift", "then all plans drift."]).words(2)

    assert ngrams.texts.tolist() == [0, 1, 1, 1]
    assert ngrams.hashes[0] == ngrams.hashes[3]
    assert len(set(ngrams.hashes.tolist())) == 3


def test_no_ngram_crosses_two_texts():
    assert HashedTexts(["plans", "drift"]).words(2).hashes.size == 0
    assert HashedTexts(["ab", "c"]).characters(3).texts.tolist() == [0, 0, 1]


def test_texts_without_words_have_no_words():
    assert HashedTexts(["", "…"]).words(1).hashes.size == 0
