"""Sentences: the beginning of each.

Sets the sentence starts of every token. A sentence never crosses a block or a
line of a list; a bullet's lead-in ('The council should:') stands in its own
block and is a sentence of its own. Inside a block a sentence ends at a full
stop, question or exclamation mark, with the quotes, brackets and footnote
digits that follow it, where the next word begins as a sentence does.
"""

import re
from collections.abc import Iterator

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from caregraph.ontology.vocabulary import Vocabulary

_END = re.compile(r"(?:[.!?][’”'\"»)\]]*\d{0,2}|\n)\s*(?=\s[‘“'\"«(\[]*(?P<next>\w)|(?<=\n))")
_SHORTENED = re.compile(
    r"(?:dr|mr|mrs|ms|miss|prof|rev|cllr|st|sr|jr|hon|lt|sgt|insp|supt|dept|ltd|inc|co"
    r"|no|nos|vol|fig|para|paras|p|pp|e\.g|i\.e|cf|vs|approx)",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"[^\s(\[‘“'\"]*$")
_YES, _NO = 1, -1  # spaCy's codes for a token that begins a sentence, and for one that does not


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component; it needs nothing of the vocabulary."""
    nlp.add_pipe("sentences")


@Language.factory("sentences", assigns=["token.is_sent_start", "doc.sents"])
def make_sentences(nlp: Language, name: str) -> "SentenceExtractor":
    return SentenceExtractor()


class SentenceExtractor:
    """Mark the first token of each sentence."""

    def __call__(self, doc: Doc) -> Doc:
        if not len(doc):
            return doc
        offsets = doc.to_array(["IDX"]).astype(np.int64).ravel()
        marks = np.full(len(doc), _NO, dtype=np.int64)
        first = np.searchsorted(offsets, np.fromiter(sentence_starts(doc.text), dtype=np.int64))
        marks[first[first < len(doc)]] = _YES
        marks[0] = _YES
        return doc.from_array(["SENT_START"], marks.astype(np.uint64)[:, None])  # type: ignore[arg-type]


def sentence_starts(text: str) -> Iterator[int]:
    """Yield the offset of each sentence in a flow of blocks, one block or list line after another.

    >>> text = "Dr Ann Lee left. The council should:\\nact, e.g. by visiting"
    >>> [text[start:start + 3] for start in sentence_starts(text)]
    ['Dr ', 'The', 'act']
    """
    yield 0
    for match in _END.finditer(text):
        if match[0].endswith("\n"):
            yield match.end()
        elif _ends_sentence(text, match):
            yield match.end() + 1


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Does a sentence end here? Not after an abbreviation or an initial, and not before a small letter."""
    following = match["next"] or ""
    last = _LAST_WORD.search(text, max(0, match.start() - 20), match.start())
    word = last[0] if last else ""
    return not (
        following.islower()
        or (match[0][0] == "." and (_SHORTENED.fullmatch(word) or (len(word) == 1 and word.isupper())))
    )
