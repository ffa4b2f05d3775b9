"""Review: the pairs that the rules leave to a person, and the person's decisions.

`record_decision` and `record_undo` append a line to the file of decisions. The graph follows with the next build, or
at once with `caregraph.build.rebuild`.
"""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from caregraph.graph.atomic_files import write_atomically
from caregraph.graph.resolution.clustering import Clustering, ScoredPair, cluster_profiles
from caregraph.graph.resolution.decision_files import append_decision
from caregraph.graph.resolution.decisions import Decision, Decisions, Verdict
from caregraph.graph.resolution.identity import Identity
from caregraph.graph.resolution.profiles import Profile, Quotation, build_profiles
from caregraph.graph.resolution.resolver import Resolver
from caregraph.graph.resolution.scoring import Reason
from caregraph.ontology.errors import BadDecision
from caregraph.ontology.iris import THINGS
from caregraph.ontology.records import Record
from caregraph.ontology.vocabulary import Vocabulary

_SETS = ("roles", "named_with", "stated_same", "stated_shared", "shared_with")  # fields of a profile

log = logging.getLogger(__name__)


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
    pairs = (
        ReviewPair(left=pair.left, right=pair.right, probability=pair.score.probability, reasons=pair.score.reasons)
        for pair in cluster_records(records, vocabulary, decisions).undecided
    )
    return _in_order(pairs, decisions)


def write_pairs(path: Path, pairs: Iterable[ScoredPair]) -> None:
    """Write the pairs that a build has left to a person as JSON, in place of the file that was there.

    Raises:
        StoreError: if it cannot be written.
    """
    rows = [
        {
            "left": asdict(pair.left),
            "right": asdict(pair.right),
            "probability": pair.score.probability,
            "reasons": [asdict(reason) for reason in pair.score.reasons],
        }
        for pair in pairs
    ]
    write_atomically(path, json.dumps(rows, ensure_ascii=False, default=sorted).encode())  # sorted: members of sets


def read_pairs(path: Path, decisions: Decisions) -> list[ReviewPair] | None:
    """Read the pairs as ``pairs_for_review`` has them; None if no build wrote any, or the file is damaged."""
    try:
        return _in_order(map(_pair_of, json.loads(path.read_bytes())), decisions)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        log.warning("%s cannot be read, the next build writes it anew: %s", path, error)
        return None


def _pair_of(row: Mapping[str, Any]) -> ReviewPair:
    reasons = tuple(Reason(**reason) for reason in row["reasons"])
    left, right = _profile_of(row["left"]), _profile_of(row["right"])
    return ReviewPair(left=left, right=right, probability=row["probability"], reasons=reasons)


def _profile_of(row: Mapping[str, Any]) -> Profile:
    sets = {name: frozenset(row[name]) for name in _SETS}
    lists = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
    quotes = tuple(Quotation(**quote) for quote in row["quotes"])
    return Profile(**{**row, **lists, **sets, "identity": Identity(**row["identity"]), "quotes": quotes})


def _in_order(pairs: Iterable[ReviewPair], decisions: Decisions) -> list[ReviewPair]:
    decided = (replace(pair, decision=decisions.for_pair(pair.left.iri, pair.right.iri)) for pair in pairs)
    return sorted(decided, key=lambda pair: pair.decision is not None)


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
