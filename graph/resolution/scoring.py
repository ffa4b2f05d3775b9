"""Match scores: reasons for and against two profiles being one, and the probability they add up to.

A reason's weight is in log-odds: 0 says nothing, 2 makes "one thing" about seven times as likely. The weights were
set by hand on half of `benchmarks/pairs.jsonl`; the other half measures them.
"""

from dataclasses import dataclass
from functools import cached_property
from math import exp
from typing import Self

PRIOR = -2.0  # log-odds; two profiles that share a block are two things more often than one


@dataclass(frozen=True, slots=True)
class Reason:
    """Feature of a pair that speaks for one thing (weight above 0) or for two (below 0).

    ``id`` names the feature, ``text`` explains it to a person.
    """

    id: str
    text: str
    weight: float


@dataclass(frozen=True)
class MatchScore:
    """Reasons, those for one thing first, and the probability of one thing that they add up to.

    >>> same_name, far_years = Reason("same-name", "both are Ann", 4.0), Reason("far-years", "ten years apart", -2.0)
    >>> MatchScore.of(far_years, same_name).probability
    0.5
    """

    reasons: tuple[Reason, ...]

    @classmethod
    def of(cls, *reasons: Reason | None) -> Self:
        """Make a score from reasons in any order; None stands for a feature that does not apply."""
        return cls(tuple(sorted(filter(None, reasons), key=lambda reason: -reason.weight)))

    @cached_property
    def probability(self) -> float:
        """Probability from 0, surely two, to 1, surely one."""
        return 1 / (1 + exp(-PRIOR - sum(reason.weight for reason in self.reasons)))

    @property
    def rule(self) -> str:
        """Id of the strongest reason for one thing."""
        return max(self.reasons, key=lambda reason: reason.weight).id

    @property
    def why(self) -> str:
        """Reasons in one line, the strongest first, and the probability."""
        strongest_first = sorted(self.reasons, key=lambda reason: -abs(reason.weight))
        return f"{'; '.join(reason.text for reason in strongest_first)} ({self.probability:.2f})"
