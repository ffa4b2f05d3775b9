"""Review: the pairs that the rules leave to a person, and the person's decisions.

`record_decision` and `record_undo` append a line to the file of decisions. The graph follows with the next build, or
at once with `caregraph.build.rebuild`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
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
