"""Metrics of an evaluation: named values, and the counts that they are computed from."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Metric:
    """One line of the table; ``note`` is the count, or the precision and recall, behind the value."""

    name: str
    value: float
    note: str = ""


@dataclass(slots=True)
class Tally:
    """Counts of true positives, false positives and false negatives."""

    true_positives: int = 0
    false_positives: int = 0
    false_negatives: int = 0

    def add(self, expected: set[Any], actual: set[Any]) -> None:
        """Count the members of two sets as found, invented or missed."""
        self.true_positives += len(expected & actual)
        self.false_positives += len(actual - expected)
        self.false_negatives += len(expected - actual)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where nothing was counted."""
        total = 2 * self.true_positives + self.false_positives + self.false_negatives
        return 2 * self.true_positives / total if total else 0.0

    def metric(self, name: str) -> Metric:
        """F1, with precision and recall in the note."""
        predicted = self.true_positives + self.false_positives
        labelled = self.true_positives + self.false_negatives
        precision = self.true_positives / predicted if predicted else 0.0
        recall = self.true_positives / labelled if labelled else 0.0
        return Metric(name, self.f1, f"P {precision:.3f} R {recall:.3f}")


@dataclass(slots=True)
class Accuracy:
    """Share of correct answers."""

    correct: int = 0
    total: int = 0

    def add(self, is_correct: bool) -> None:
        """Count one answer."""
        self.correct, self.total = self.correct + is_correct, self.total + 1

    def metric(self, name: str) -> Metric:
        """The share, with the counts in the note; 0 where nothing was counted."""
        return Metric(name, self.correct / self.total if self.total else 0.0, f"{self.correct}/{self.total}")
