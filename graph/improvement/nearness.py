"""Nearness: later sentences that are nearest to a request, where none matches it.

Nearness is that of words and concepts together, by their rarity in the reports on a council: a concept is one word
more. A sentence that is near may speak of the same matter; it says nothing of what became of the request.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from caregraph.graph.improvement.content_words import content_words
from caregraph.graph.improvement.matching import MAX_REASON_WORDS, Statement
from caregraph.graph.improvement.requests import SIDES

# Nearness, from 0 to 1, of a sentence that shares at least this share, by weight, of the concepts of a request, and so
# is on its topic; and of one that does not, by how many words they share: one, or more.
MIN_CONCEPTS, MIN_NEARNESS_OF_CONCEPT = 0.4, 0.07
MIN_NEARNESS_OF_WORD, MIN_NEARNESS_OF_WORDS = 0.2, 0.15
# Words of any request and of any report.
_EVERYDAY = content_words(
    "action actions carried carry continue continued continues continuing further immediate immediately may out "
    "particular require required requires take taken taking through underpin underpinned up whether"
).keys()
_CONCEPT = "about "  # before the name of a concept among words


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence, by its number, near to a request: ``nearness`` from 0 to 1, and in words the reasons for it."""

    number: int
    nearness: float
    reasons: tuple[str, ...]


class NearnessIndex:
    """Index of the sentences on one council by their words and concepts."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._terms = [_terms(statement.text, statement.concepts) for statement in statements]
        self._numbers: dict[str, list[int]] = defaultdict(list)
        for number, terms in enumerate(self._terms):
            for term in terms:
                self._numbers[term].append(number)
        total = len(self._terms) + 1
        self._weights = {term: math.log(total / (len(numbers) + 1)) ** 2 for term, numbers in self._numbers.items()}
        self._weight_of_others = math.log(total) ** 2
        self._sizes = [self._squares(terms) for terms in self._terms]

    def nearest(self, asked: Statement, among: Collection[int]) -> list[Near]:
        """Sentences, of those with these numbers, that are near to a request; first those on its topic."""
        terms = _terms(asked.text, asked.concepts)
        shared: dict[int, list[str]] = defaultdict(list)
        for term in terms:
            for number in self._numbers.get(term, ()):
                if number in among:
                    shared[number].append(term)
        size = self._squares(terms)
        concepts = self._squares([term for term in terms if term.startswith(_CONCEPT)])
        near = []
        for number, common in shared.items():
            product = size * self._sizes[number]
            nearness = self._squares(common) / math.sqrt(product) if product else 0.0
            shared_concepts = self._squares([term for term in common if term.startswith(_CONCEPT)])
            on_topic = concepts > 0 and shared_concepts >= MIN_CONCEPTS * concepts
            if nearness >= _least_nearness(common, on_topic=on_topic):
                near.append((not on_topic, -nearness, number))
        return [
            Near(number, round(-nearness, 2), self._reasons(terms, shared[number]))
            for _, nearness, number in sorted(near)
        ]

    def _squares(self, terms: Iterable[str]) -> float:
        return sum(self._weights.get(term, self._weight_of_others) for term in terms)

    def _reasons(self, terms: Mapping[str, str], common: Sequence[str]) -> tuple[str, ...]:
        concepts = [terms[term] for term in common if term.startswith(_CONCEPT)]
        words = [term for term in common if not term.startswith(_CONCEPT)]
        rarest = sorted(words, key=lambda term: (len(self._numbers[term]), term))[:MAX_REASON_WORDS]
        reasons = [f"both about {', '.join(concepts)}"] if concepts else []
        return (*reasons, f"words in common: {', '.join(terms[term] for term in rarest)}") if words else tuple(reasons)


def _least_nearness(common: Sequence[str], *, on_topic: bool) -> float:
    if on_topic:
        return MIN_NEARNESS_OF_CONCEPT
    words = [term for term in common if not term.startswith(_CONCEPT) and term not in SIDES]
    return MIN_NEARNESS_OF_WORDS if len(words) > 1 else MIN_NEARNESS_OF_WORD if words else math.inf


def _terms(text: str, concepts: Sequence[str]) -> dict[str, str]:
    """Words and concepts of a sentence, each as it is named in reasons."""
    words = {stem: word for stem, word in content_words(text).items() if stem not in _EVERYDAY}
    return words | {f"{_CONCEPT}{concept}": concept for concept in concepts}
