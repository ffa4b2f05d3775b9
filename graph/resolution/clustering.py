"""Clustering: the profiles that the rules make one thing, and the pairs that they leave to a person.

Every candidate pair (`resolution.blocking`) gets a probability with its reasons. From `MATCH_THRESHOLD` on the two are
one; from `REVIEW_THRESHOLD` on a person is asked; below, they stay two. People's decisions come first: the rules join
nothing that a person decided to be different or unsure, directly or by way of a third, and no two entries of the
thesaurus. The result depends on the profiles and the decisions alone, not on their order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from caregraph.graph.resolution.blocking import candidate_pairs
from caregraph.graph.resolution.compare_people import score_people
from caregraph.graph.resolution.compare_things import ThingComparer, boilerplate_sentences
from caregraph.graph.resolution.decisions import Decision, Decisions
from caregraph.graph.resolution.identity import Identity
from caregraph.graph.resolution.profiles import Profile
from caregraph.graph.resolution.scoring import MatchScore
from caregraph.ontology.vocabulary import Vocabulary

MATCH_THRESHOLD = 0.9
REVIEW_THRESHOLD = 0.5

Cluster = frozenset[str]  # the IRIs of one thing


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Candidate pair with its match score."""

    left: Profile
    right: Profile
    score: MatchScore


@dataclass(frozen=True, slots=True)
class Clustering:
    """Automatic decisions, and the pairs that the rules leave to a person, the most probable first."""

    decisions: tuple[Decision, ...]
    undecided: tuple[ScoredPair, ...]


def cluster_profiles(profiles: Mapping[str, Profile], vocabulary: Vocabulary, decisions: Decisions) -> Clustering:
    """Decide about all candidate pairs, in keeping with people's decisions."""
    return join_pairs(score_pairs(profiles, vocabulary), profiles, decisions)


def join_pairs(
    pairs: Iterable[ScoredPair],
    profiles: Mapping[str, Profile],
    decisions: Decisions,
    *,
    threshold: float = MATCH_THRESHOLD,
) -> Clustering:
    """Decide about scored pairs, the most probable first, in keeping with people's decisions.

    Args:
        threshold: probability from which on two profiles are one.
    """
    clusters = _Clusters(profiles, decisions)
    joined, undecided = [], []
    for pair in sorted(pairs, key=lambda pair: (-pair.score.probability, pair.left.iri, pair.right.iri)):
        left, right = clusters.of(pair.left.iri), clusters.of(pair.right.iri)
        if left == right:
            continue
        if pair.score.probability >= threshold and clusters.may_join(left, right):
            clusters.join(pair.left.iri, pair.right.iri)
            joined.append(_automatic_decision(pair))
        else:
            undecided.append(pair)
    return Clustering(tuple(joined), tuple(clusters.undecided(undecided)))


def combine_decisions(automatic: Iterable[Decision], decisions: Decisions) -> Decisions:
    """Combine automatic decisions with people's; those that contradict people's are left out."""
    clusters, consistent = _Clusters({}, decisions), []
    for decision in automatic:
        left, right = clusters.of(decision.left), clusters.of(decision.right)
        if left != right and clusters.may_join(left, right):
            clusters.join(decision.left, decision.right)
            consistent.append(decision)
    return Decisions([*consistent, *decisions.current])


def score_pairs(profiles: Mapping[str, Profile], vocabulary: Vocabulary) -> Iterator[ScoredPair]:
    """Score candidate pairs, and yield those from `REVIEW_THRESHOLD` on, in no order."""
    things = ThingComparer(vocabulary, boilerplate=boilerplate_sentences(profiles.values()))
    for left, right in candidate_pairs(profiles.values()):
        people = (left.type == "person") + (right.type == "person")
        score = score_people(left, right) if people == 2 else things.score(left, right) if not people else None
        if score is not None and score.probability >= REVIEW_THRESHOLD:
            yield ScoredPair(left, right, score)


def _automatic_decision(pair: ScoredPair) -> Decision:
    by = f"rule:{pair.score.rule}"
    return Decision(left=pair.left.iri, right=pair.right.iri, verdict="same", by=by, why=pair.score.why)


class _Clusters:
    """Clusters so far, beginning with people's decisions, and the pairs that must stay apart."""

    def __init__(self, profiles: Mapping[str, Profile], decisions: Decisions) -> None:
        self._listed = {iri: profile.identity for iri, profile in profiles.items() if profile.identity.term}
        self._same, self._apart, self._shared = nx.Graph(), nx.Graph(), nx.Graph()
        for iri, profile in profiles.items():
            self._shared.add_edges_from((iri, counterpart) for counterpart in profile.stated_shared)
        for decision in decisions.current:
            if decision.verdict == "same":
                self._same.add_edge(decision.left, decision.right)
            else:
                self._apart.add_edge(decision.left, decision.right, verdict=decision.verdict)

    def join(self, left: str, right: str) -> None:
        """Make the clusters of two IRIs one."""
        self._same.add_edge(left, right)

    def of(self, iri: str) -> Cluster:
        """Cluster of an IRI, itself included."""
        return frozenset(nx.node_connected_component(self._same, iri)) if iri in self._same else frozenset({iri})

    def may_join(self, left: Cluster, right: Cluster) -> bool:
        """Tell if no decision separates two clusters, and the thesaurus does not know them to be two."""
        return not self._verdicts_between(left, right) and not self._are_two_entries(left | right)

    def undecided(self, pairs: list[ScoredPair]) -> Iterator[ScoredPair]:
        """Of the pairs in order, yield the first about any two clusters for which no decision is final."""
        seen: set[frozenset[Cluster]] = set()
        for pair in pairs:
            left, right = self.of(pair.left.iri), self.of(pair.right.iri)
            final = left == right or "different" in self._verdicts_between(left, right)
            if not final and not self._are_two_entries(left | right) and frozenset((left, right)) not in seen:
                seen.add(frozenset((left, right)))
                yield pair

    def _are_two_entries(self, cluster: Cluster) -> bool:
        """Tell if a cluster has things that the thesaurus knows to be two.

        An authority's instance of a kind may be a listed thing: its regional adoption agency is Adopt North East. It
        may be another authority's instance only where reports say that they share it.
        """
        listed = [self._listed[iri] for iri in sorted(cluster) if iri in self._listed]
        entries = [identity for identity in listed if not identity.authority_key]
        instances = [identity for identity in listed if identity.authority_key]
        kinds_differ = any(entries and instance.kind != entries[0].kind for instance in instances)
        return len(entries) > 1 or kinds_differ or not self._are_shared(instances)

    def _are_shared(self, instances: Sequence[Identity]) -> bool:
        """Tell if instances are of one kind and tied together by what reports say; a single one is."""
        if len(instances) < 2:
            return True
        tied = self._shared.subgraph(instance.iri for instance in instances)
        return (
            len({instance.kind for instance in instances}) == 1
            and len(tied) == len(instances)
            and nx.is_connected(tied)
        )

    def _verdicts_between(self, left: Cluster, right: Cluster) -> set[str]:
        """Verdicts `different` and `unsure` about an IRI of either cluster."""
        return {
            data["verdict"]
            for iri in left
            if iri in self._apart
            for neighbour, data in self._apart.adj[iri].items()
            if neighbour in right
        }
