"""Matching: two sentences of reports on one council that speak of the same matter.

The only home of this decision; the ledger, its pages and exports ask here. Two sentences match where they share a
concept, a word of the request's head, and enough of their rare words. A word's weight is its rarity in the reports on
this council, so that a pair has the same score whoever asks. `benchmarks.ledger_pairs.measure` measures the rules on
pairs that were read one by one.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from caregraph.graph.improvement.changes import improved_matters
from caregraph.graph.improvement.content_words import content_words
from caregraph.graph.improvement.requests import SIDES, core_asked, head_asked, matter_asked

# Scores from 0 to 1, chosen on the pairs that `benchmarks.ledger_pairs.measure` measures: of any pair, of one whose
# later sentence has the whole head of the request, and of one whose request is about no concept that we know.
MIN_SCORE, MIN_SCORE_OF_HEAD, MIN_SCORE_WITHOUT_CONCEPT = 0.3, 0.25, 0.5
MIN_WORDS = 2  # that the sentences have in common
SHARED_THING = 0.1  # what a service that both name adds to the score
MAX_REASON_WORDS = 6
OPENING = 5  # content words
# Of the matter that a sentence says has got better, by weight of words: the share of the request's core that it has,
# or else it is a part of what was asked; and its own share that the request has, or else it is narrower, or another.
MIN_CORE, MIN_WITHIN = 0.5, 0.5
# Words of such a matter that narrow it to nothing.
_GENERAL = SIDES | content_words("area authority borough leaders local overall service").keys()
# A sentence that begins so speaks of something in the sentence before it.
BACK_REFERENCE = re.compile(
    r"(?:however,? |additionally,? |nevertheless,? |for example,? |while )?(?:this|these|they|it|such|those|some do)\b",
    re.IGNORECASE,
)
# A request that begins so does not say what it is about.
_POINTING = re.compile(r"(?:also )?ensure that (?:this|these|they|it)\b", re.IGNORECASE)
# A later report that retells the earlier one says nothing new of the matter.
_RETELLING = re.compile(
    r"\b(?:(?:last|previous|earlier) (?:full |focused |monitoring )?(?:inspection|visit)|focused visit"
    r"|in (?:19|20)\d\d)\b[^.]{0,60}\b(?:found|identified|highlighted|recommended|noted|judged|asked)\b"
    r"|\bat the time of the (?:last|previous) (?:inspection|visit)\b",
    re.IGNORECASE,
)
_ADDED = re.compile(r",? including ")  # what follows is no more than a part of what the sentence is about
_ACRONYM = re.compile(r"(?<!\()\b[A-Z]{3,}\b")  # of whom or what is asked, as a board
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
    """Two sentences that may be on one matter: a score from 0 to 1, and in words the reasons for it.

    ``covered`` is the share, by weight of words from 0 to 1, of what is asked that the later sentence speaks of,
    ``covered_words`` that of the request with its purpose, and ``head`` that of its head. The later sentence ``opens``
    with the whole head, ``refers_back`` to one before it, says that what was asked has ``improved``, or that something
    with a word of its head has ``changed`` for the better.
    """

    score: float
    covered: float
    covered_words: float
    head: float
    opens: bool
    refers_back: bool
    improved: bool
    changed: bool
    reasons: tuple[str, ...]


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
        self._matters: dict[str, tuple[dict[str, str], frozenset[str]]] = {}

    def match(self, asked: Statement, later: Statement) -> Match | None:
        """Match what was asked with a later sentence; None if they are not surely about the same matter."""
        concepts = [concept for concept in asked.concepts if concept in later.concepts]
        if bool(concepts) != bool(asked.concepts) or asked.send != later.send:
            return None
        (words, head), later_words = self._matter(asked.text), self._content(later.text)
        shared = [stem for stem in words if stem in later_words]
        if len(shared) < min(MIN_WORDS, len(words.keys() - SIDES)) or head.isdisjoint(later_words):
            return None
        if BACK_REFERENCE.match(asked.text) or _POINTING.match(asked.text) or _RETELLING.search(later.text):
            return None
        if bool(_RECORDING.search(asked.text)) != bool(_RECORDING.search(later.text)):
            return None
        things = [thing for thing in asked.things if thing in later.things]
        changed = self._changed(asked.text, later.text)
        improved = next((matter for matter in changed if self._is_what_was_asked(matter, asked.text)), None)
        likeness = self._likeness(words, improved or later_words)
        score = min(1.0, likeness + SHARED_THING * bool(things))
        of_head = head <= later_words.keys()
        if score < (MIN_SCORE_WITHOUT_CONCEPT if not concepts else MIN_SCORE_OF_HEAD if of_head else MIN_SCORE):
            return None
        rarest = sorted(shared, key=lambda stem: (self._counts[stem], stem))[:MAX_REASON_WORDS]
        reasons = [f"both about {', '.join(concepts)}"] if concepts else []
        reasons += [f"both name {', '.join(things)}"] if things else []
        reasons.append(f"words in common: {', '.join(words[stem] for stem in rarest)}")
        covered = round(self._share(words, later_words), 2)
        reasons.append(f"speaks of {covered:.0%} of what was asked")
        return Match(
            score=round(score, 2),
            covered=covered,
            covered_words=self._share(self._content(asked.text), later_words),
            head=self._share(head, self._content(_ADDED.split(later.text, maxsplit=1)[0])),
            opens=head <= set(list(later_words)[:OPENING]),
            refers_back=bool(BACK_REFERENCE.match(later.text)),
            improved=improved is not None,
            changed=any(not head.isdisjoint(matter) for matter in changed),
            reasons=tuple(reasons),
        )

    def _changed(self, asked: str, later: str) -> list[dict[str, str]]:
        """Words of each matter that a later sentence says has got better; none if it is not on the board asked."""
        if not set(_ACRONYM.findall(matter_asked(asked))) <= set(_ACRONYM.findall(later)):
            return []
        return [self._content(matter) for matter in improved_matters(later)]

    def _is_what_was_asked(self, matter: Mapping[str, str], asked: str) -> bool:
        """Tell if a matter that has got better is what was asked, and no part of it."""
        if not self._matter(asked)[1] <= matter.keys():
            return False
        covered = self._share(content_words(core_asked(asked)).keys() - SIDES, matter)
        within = self._share([stem for stem in matter if stem not in _GENERAL], self._content(asked))
        return covered >= MIN_CORE and within >= MIN_WITHIN

    def _likeness(self, words: Mapping[str, str], later: Mapping[str, str]) -> float:
        shared = [stem for stem in words if stem in later]
        return self._squares(shared) / math.sqrt(self._squares(words) * self._squares(later)) if shared else 0.0

    def _share(self, stems: Collection[str], later: Mapping[str, str]) -> float:
        """Share by weight of words that a later sentence has."""
        shared = [stem for stem in stems if stem in later]
        return self._squares(shared) / self._squares(stems) if shared else 0.0

    def _matter(self, text: str) -> tuple[dict[str, str], frozenset[str]]:
        """Words of what a request asks, and the stems of its head."""
        if text not in self._matters:
            self._matters[text] = content_words(matter_asked(text)), head_asked(text)
        return self._matters[text]

    def _content(self, text: str) -> dict[str, str]:
        if text not in self._words:
            self._words[text] = content_words(text)
        return self._words[text]

    def _squares(self, stems: Iterable[str]) -> float:
        return sum(math.log((self._total + 1) / (self._counts[stem] + 1)) ** 2 for stem in stems) or 1.0
