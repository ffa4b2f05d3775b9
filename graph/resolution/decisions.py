"""Decisions about identity: IRIs that are one thing or two, and why.

Decisions are kept in the order in which they were taken. The last one about a pair counts: `same`, `different` or,
where a person has looked and cannot tell, `unsure`. `undone` withdraws the decision before it, so that the earlier
one counts again. Decisions change nothing but IRIs: mentions keep the words of their report.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import pairwise
from typing import Literal, get_args

import networkx as nx

from caregraph.ontology.errors import BadDecision

Verdict = Literal["same", "different", "unsure", "undone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Verdict about two IRIs.

    ``by`` is `rule:` and the rule's id, or `person:` and a name; ``when`` is
    an ISO date, None for a rule, which decides the same on every day.
    """

    left: str
    right: str
    verdict: Verdict
    by: str
    why: str
    when: str | None = None

    def __post_init__(self) -> None:
        if self.verdict not in get_args(Verdict):
            raise BadDecision(f"verdict: expected one of {', '.join(get_args(Verdict))}, got {self.verdict!r}")
        for field in ("left", "right", "by", "why"):
            if not isinstance(getattr(self, field), str) or not getattr(self, field).strip():
                raise BadDecision(f"{field}: expected words, got {getattr(self, field)!r}")

    @property
    def pair(self) -> frozenset[str]:
        """IRIs in no order."""
        return frozenset((self.left, self.right))


class Decisions:
    """Decisions that can all be true together.

    ``current`` has the one decision that counts for each pair, in the order of the pairs.

    Raises:
        BadDecision: if they contradict each other; the message has the chain of decisions from one IRI to the other.

    >>> pete = Decision(left="pete", right="peter", verdict="same", by="person:Ann", why="one post, one month")
    >>> sorted(Decisions([pete]).cluster_of("peter")), sorted(Decisions([pete]).cluster_of("petra"))
    (['pete', 'peter'], ['petra'])
    """

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._by_pair = _current(decisions)
        self.current: tuple[Decision, ...] = tuple(self._by_pair.values())
        self._same = nx.Graph()
        self._same.add_edges_from(
            (decision.left, decision.right) for decision in self.current if decision.verdict == "same"
        )
        self._clusters = {iri: frozenset(iris) for iris in nx.connected_components(self._same) for iri in iris}
        for decision in self.current:
            if decision.verdict == "different" and decision.right in self.cluster_of(decision.left):
                raise BadDecision(self._contradiction(decision))

    def for_pair(self, left: str, right: str) -> Decision | None:
        """Decision that counts for two IRIs, in either order; None if there is none."""
        return self._by_pair.get(frozenset((left, right)))

    def cluster_of(self, iri: str) -> frozenset[str]:
        """IRIs decided to be the same thing as ``iri``, itself included."""
        return self._clusters.get(iri, frozenset({iri}))

    @cached_property
    def fingerprint(self) -> str:
        """Digest of the current decisions; one that was undone is no part of it."""
        lines = sorted(f"{' '.join(sorted(decision.pair))} {decision.verdict}" for decision in self.current)
        return sha256("\n".join(lines).encode()).hexdigest()[:12]

    def chain_between(self, left: str, right: str) -> list[Decision]:
        """Shortest chain of decisions that makes two IRIs one, from left to right; empty if none does."""
        if left == right or right not in self.cluster_of(left):
            return []
        # All paths from one side: of several shortest ones this takes the first in the decisions' order, every time.
        path = nx.single_source_shortest_path(self._same, left)[right]
        return [self._by_pair[frozenset(step)] for step in pairwise(path)]

    def _contradiction(self, different: Decision) -> str:
        if different.left == different.right:
            return f"{different.left} is said to differ from itself ({different.by}: {different.why})"
        steps, iri = [], different.left
        for decision in self.chain_between(different.left, different.right):
            (following,) = decision.pair - {iri}
            steps.append(f"{iri} = {following} ({decision.by}: {decision.why})")
            iri = following
        chain = ", ".join(steps)
        return f"{chain}, but {different.left} ≠ {different.right} ({different.by}: {different.why})"


def _current(decisions: Iterable[Decision]) -> Mapping[frozenset[str], Decision]:
    """Decision that counts for each pair, of decisions in the order in which they were taken."""
    taken: dict[frozenset[str], list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.verdict != "undone":
            taken[decision.pair].append(decision)
        elif taken[decision.pair]:
            taken[decision.pair].pop()
    return {pair: taken[pair][-1] for pair in sorted(taken, key=sorted) if taken[pair]}
