"""Review: the pairs that the rules leave to a person, and the person's decisions.

`record_decision` and `record_undo` append a line to the file of decisions. The graph follows with the next build, or
at once with `caregraph.build.rebuild`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from caregraph.graph.resolution.clustering import Clustering, cluster_profiles
from caregraph.graph.resolution.decision_files import append_decision
from caregraph.graph.resolution.decisions import Decision, Decisions, Verdict
from caregraph.graph.resolution.profiles import Profile, build_profiles
from caregraph.graph.resolution.resolver import Resolver
from caregraph.graph.resolution.scoring import Reason
from caregraph.ontology.errors import BadDecision
from caregraph.ontology.iris import THINGS
from caregraph.ontology.records import Record
from caregraph.ontology.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPair:
    """Two profiles that may be one thing, with the reasons; ``decision`` is a person's `unsure`, if there is one."""

    left: Profile
    right: Profile
    probability: float
    reasons: tuple[Reason, ...]
    decision: Decision | None = None

    @property
    def reports(self) -> int:
        """Number of reports that name either: those that the decision is about."""
        return len({*self.left.documents, *self.right.documents})

    @property
    def kind_of_pair(self) -> tuple[str, frozenset[str], bool]:
        """The type, the two names and whether both are one council's, in which pairs may be alike."""
        names = frozenset(profile.name.casefold() for profile in (self.left, self.right))
        return self.left.type, names, self.left.authority_name == self.right.authority_name


def cluster_records(records: Iterable[Record], vocabulary: Vocabulary, decisions: Decisions) -> Clustering:
    """Cluster everything that the records name, and the thesaurus."""
    return cluster_profiles(build_profiles(records, Resolver(vocabulary, Decisions())), vocabulary, decisions)


def pairs_for_review(records: Iterable[Record], vocabulary: Vocabulary, decisions: Decisions) -> list[ReviewPair]:
    """Pairs that a person should look at, the most probable first; pairs decided `unsure` come last.

    Args:
        records: of all documents, from extraction (`workspace.Workspace.records`).
    """
    pairs = [
        ReviewPair(
            left=pair.left,
            right=pair.right,
            probability=pair.score.probability,
            reasons=pair.score.reasons,
            decision=decisions.for_pair(pair.left.iri, pair.right.iri),
        )
        for pair in cluster_records(records, vocabulary, decisions).undecided
    ]
    return sorted(pairs, key=lambda pair: pair.decision is not None)


def open_pairs(pairs: Sequence[ReviewPair], decisions: Decisions) -> list[ReviewPair]:
    """Pairs that are not decided yet, those that most reports name first; pairs decided `unsure` come last.

    Args:
        pairs: of `pairs_for_review`, however many decisions ago: no names are compared again.
    """
    current = [(pair, decisions.for_pair(pair.left.iri, pair.right.iri)) for pair in pairs]
    undecided = [
        replace(pair, decision=decision)
        for pair, decision in current
        if decision is None or decision.verdict == "unsure"
    ]
    return sorted(undecided, key=lambda pair: (pair.decision is not None, -pair.reports, -pair.probability))


def alike_pairs(pair: ReviewPair, pairs: Iterable[ReviewPair]) -> list[ReviewPair]:
    """Pairs of the same two names as a pair, itself among them, and as it of one council or of two."""
    return [other for other in pairs if other.kind_of_pair == pair.kind_of_pair]


def record_decision(file: Path, left: str, right: str, verdict: Verdict, *, by: str, why: str, when: date) -> Decision:
    """Append a person's decision about two IRIs to the file.

    Raises:
        BadDecision: if it contradicts earlier decisions; nothing is written then.
    """
    if _is_person(left) != _is_person(right) and verdict == "same":
        raise BadDecision(f"one of {left} and {right} is a person, the other is not")
    decision = Decision(left=left, right=right, verdict=verdict, by=f"person:{by}", why=why, when=when.isoformat())
    append_decision(decision, file)
    return decision


def record_undo(file: Path, left: str, right: str, *, by: str, why: str, when: date) -> Decision:
    """Undo the decision about two IRIs, in either order; the decision before it counts again.

    Raises:
        BadDecision: if there is none, or the decision before it contradicts others now; nothing is written then.
    """
    return record_decision(file, left, right, "undone", by=by, why=why, when=when)


def _is_person(iri: str) -> bool:
    return iri.startswith(f"{THINGS}person/")
