"""Matching: two sentences of reports on one council that speak of the same matter.

The only home of this decision; the ledger, its pages and exports ask here. Two sentences match where they share a
concept and enough of their rare words. A word's weight is its rarity in the reports on this council, so that a pair has
the same score whoever asks. `benchmarks.ledger_pairs.measure` measures the rules on pairs that were read one by one.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

MIN_SCORE = 0.42  # from 0 to 1; chosen on the pairs that `benchmarks.ledger_pairs.measure` measures
MIN_WORDS = 2  # that the sentences have in common
MIN_MATTER_WORDS = 2  # of a request, before its purpose
SHARED_THING = 0.1  # what a service that both name adds to the score
STEM = 6  # first letters of a word that stand for it: supervision, supervised
MAX_REASON_WORDS = 6
_WORD = re.compile(r"[a-z]+")
_ASIDE = re.compile(r"\([^()]*\)")  # as a paragraph that is referred to
_EVERYDAY = frozenset(
    "a all also an and any are as at be been before being but by can care child children do does effective "
    "effectively ensure ensuring for from had has have how improve improved improvement improving in include "
    "includes including increase increased increasing into is it its made make makes many meet meets more most "
    "not of on or other our people quality receive received receives service services should so some such than "
    "that the their them there these they this to too very was we well were what when where which while who "
    "will with would young your".split()
)
# A sentence that begins so speaks of something in the sentence before it.
_BACK_REFERENCE = re.compile(
    r"(?:however,? |additionally,? |nevertheless,? |while )?(?:this|these|they|it|such|those|some do)\b", re.IGNORECASE
)
# A later report that retells the earlier one says nothing new of the matter.
_RETELLING = re.compile(
    r"\b(?:(?:last|previous|earlier) (?:full |focused |monitoring )?(?:inspection|visit)|focused visit"
    r"|in (?:19|20)\d\d)\b[^.]{0,60}\b(?:found|identified|highlighted|recommended|noted|judged|asked)\b",
    re.IGNORECASE,
)
# What follows says what it is wanted for, not what is wanted.
_PURPOSE = re.compile(
    r",? (?:so that|in order (?:to|that)|in order for"
    r"|to (?:avoid|demonstrate|drive|enable|ensure|help|improve|inform|reduce|support))\b"
)
_RECORDING = re.compile(r"\brecord(?:s|ed|ing|ings)?\b", re.IGNORECASE)  # how work is written down is its own matter


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a report, with the names of the concepts and of the named things that it is about.

    ``send`` says that the report is on children with special educational needs, and not on a council's social care.
    """

    text: str
    concepts: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    send: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """Two sentences on one matter: a score from `MIN_SCORE` on, and in words the reasons for it."""

    score: float
    reasons: tuple[str, ...]


def content_words(text: str) -> dict[str, str]:
    """Words of a text that say what it is about, each by its stem; the first spelling stands for the others.

    >>> content_words("The quality of supervision for social workers")
    {'superv': 'supervision', 'social': 'social', 'worker': 'workers'}
    """
    words: dict[str, str] = {}
    for word in _WORD.findall(_ASIDE.sub(" ", text.lower())):
        if len(word) > 2 and word not in _EVERYDAY:
            words.setdefault(word[:STEM], word)
    return words


def matter_asked(text: str) -> str:
    """Words of a request that say what is wanted, without the purpose of it.

    >>> matter_asked("The quality of pathway plans so that parents know what has to change.")
    'The quality of pathway plans'
    >>> matter_asked("Work to improve visits.")
    'Work to improve visits.'
    """
    matter = _PURPOSE.split(text, maxsplit=1)[0]
    return matter if len(content_words(matter)) >= MIN_MATTER_WORDS else text


class Matcher:
    """Matcher of sentences on one council, by the rarity of words in all that its reports say."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        self._total = 1
        for text in texts:
            counts.update(content_words(text).keys())
            self._total += 1
        self._counts = counts
        self._words: dict[str, dict[str, str]] = {}

    def match(self, asked: Statement, later: Statement) -> Match | None:
        """Match what was asked with a later sentence; None if they are not surely about the same matter."""
        concepts = [concept for concept in asked.concepts if concept in later.concepts]
        if (
            not concepts
            or asked.send != later.send
            or _BACK_REFERENCE.match(asked.text)
            or _RETELLING.search(later.text)
        ):
            return None
        if bool(_RECORDING.search(asked.text)) != bool(_RECORDING.search(later.text)):
            return None
        words, later_words = self._content(matter_asked(asked.text)), self._content(later.text)
        shared = [stem for stem in words if stem in later_words]
        if len(shared) < MIN_WORDS:
            return None
        things = [thing for thing in asked.things if thing in later.things]
        likeness = self._squares(shared) / math.sqrt(self._squares(words) * self._squares(later_words))
        score = min(1.0, likeness + SHARED_THING * bool(things))
        if score < MIN_SCORE:
            return None
        rarest = sorted(shared, key=lambda stem: (self._counts[stem], stem))[:MAX_REASON_WORDS]
        reasons = [f"both about {', '.join(concepts)}"]
        reasons += [f"both name {', '.join(things)}"] if things else []
        reasons.append(f"words in common: {', '.join(words[stem] for stem in rarest)}")
        return Match(round(score, 2), tuple(reasons))

    def _content(self, text: str) -> dict[str, str]:
        if text not in self._words:
            self._words[text] = content_words(text)
        return self._words[text]

    def _squares(self, stems: Iterable[str]) -> float:
        return sum(math.log((self._total + 1) / (self._counts[stem] + 1)) ** 2 for stem in stems) or 1.0
