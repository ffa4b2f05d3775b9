"""What people are asked about identity, what they answer, and taking an answer back.

`doubtful` lists what the rules leave open; `decide` and `undo` write a line into the file of decisions. The graph
follows with the next build, or at once with `pipeline.replay`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caregraph.graph.resolution.clustering import Links, link
from caregraph.graph.resolution.decisions import Decision, Decisions, Verdict, write_decision
from caregraph.graph.resolution.profiles import Profile, profiles
from caregraph.graph.resolution.resolver import Resolver
from caregraph.graph.resolution.scoring import Reason
from caregraph.ontology.errors import BadDecision
from caregraph.ontology.iris import THINGS
from caregraph.ontology.records import Record
from caregraph.ontology.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Two things or people that may be one, and why; ``decision`` is what a person said who could not tell either."""

    left: Profile
    right: Profile
    score: float
    reasons: tuple[Reason, ...]
    decision: Decision | None = None


def linked(records: Iterable[Record], vocabulary: Vocabulary, decisions: Decisions) -> Links:
    """What the rules make of all records together: what is one, and what is left to a person."""
    return link(profiles(records, Resolver(vocabulary, Decisions())), vocabulary, decisions)


def doubtful(records: Iterable[Record], vocabulary: Vocabulary, decisions: Decisions) -> list[Doubt]:
    """What a person should look at, the likest first; last what somebody has looked at and could not tell.

    Args:
        records: of all documents, as extraction made them (`workspace.Workspace.records`).
    """
    doubts = [
        Doubt(
            left=pair.left,
            right=pair.right,
            score=pair.likeness.score,
            reasons=pair.likeness.reasons,
            decision=decisions.on(pair.left.iri, pair.right.iri),
        )
        for pair in linked(records, vocabulary, decisions).doubtful
    ]
    return sorted(doubts, key=lambda doubt: doubt.decision is not None)


def decide(file: Path, left: str, right: str, verdict: Verdict, *, by: str, why: str, when: date) -> Decision:
    """Write down what a person decided about two IRIs.

    Raises:
        BadDecision: if it cannot be true together with what was decided before; nothing is written then.
    """
    if _is_person(left) != _is_person(right) and verdict == "same":
        raise BadDecision(f"one of {left} and {right} is a person, the other is not")
    return _write(
        Decision(left=left, right=right, verdict=verdict, by=f"person:{by}", why=why, when=when.isoformat()), file
    )


def undo(file: Path, left: str, right: str, *, by: str, why: str, when: date) -> Decision:
    """Take back what stands about two IRIs, in whichever order; what stood before it stands again.

    Raises:
        BadDecision: if nothing stands, or what stood before cannot be true now; nothing is written then.
    """
    return _write(
        Decision(left=left, right=right, verdict="undone", by=f"person:{by}", why=why, when=when.isoformat()), file
    )


def _write(decision: Decision, file: Path) -> Decision:
    write_decision(decision, file)
    return decision


def _is_person(iri: str) -> bool:
    return iri.startswith(f"{THINGS}person/")
