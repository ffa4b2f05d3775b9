"""How alike two profiles are: reasons that speak for one thing or for two, and the probability they add up to.

A reason's weight is a log-odds: 0 says nothing, 2 makes "one thing" about seven times as likely. The weights were
set by hand on half of `benchmarks/pairs.jsonl`; the other half measures them.
"""

from dataclasses import dataclass
from functools import cached_property
from math import exp

PRIOR = -2.0  # two profiles that share a block are two things more often than one


@dataclass(frozen=True, slots=True)
class Reason:
    """Words for a person to read; a weight above 0 speaks for one thing, below 0 for two. ``id`` names the feature."""

    id: str
    words: str
    weight: float


@dataclass(frozen=True)
class Likeness:
    """Why two profiles may be one thing, the strongest reason first, and how probable that is.

    >>> Likeness((Reason("same-name", "both are called Ann", 4.0), Reason("far-years", "ten years apart", -2.0))).score
    0.5
    """

    reasons: tuple[Reason, ...]

    @cached_property
    def score(self) -> float:
        """From 0, surely two, to 1, surely one."""
        return 1 / (1 + exp(-PRIOR - sum(reason.weight for reason in self.reasons)))

    @property
    def rule(self) -> str:
        """The id of the strongest reason for one thing."""
        return max(self.reasons, key=lambda reason: reason.weight).id

    @property
    def why(self) -> str:
        """The reasons in one line, the strongest first, and the score."""
        told = sorted(self.reasons, key=lambda reason: -abs(reason.weight))
        return f"{'; '.join(reason.words for reason in told)} ({self.score:.2f})"


def because(*reasons: Reason | None) -> Likeness:
    """The likeness that some reasons make; those that do not apply are None."""
    return Likeness(tuple(sorted(filter(None, reasons), key=lambda reason: -reason.weight)))
