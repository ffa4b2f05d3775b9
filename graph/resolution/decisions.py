"""Written decisions about identity: which two IRIs are one thing, which are two, and why.

They live in a line-JSON file, one decision a line, in the order they were
taken. The last line about a pair stands: `same`, `different` or, where someone
has looked and cannot tell, `unsure`. `undone` takes the one before it back, so
that what stood earlier stands again, and the file tells the whole story.
Nothing is rewritten but the IRI: mentions keep the words of their report.
"""

import json
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Literal, Self, get_args

from caregraph.graph.atomic_files import append_line, write_whole
from caregraph.ontology.errors import BadDecision

Verdict = Literal["same", "different", "unsure", "undone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided about two IRIs.

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
        return frozenset((self.left, self.right))


class Decisions:
    """Decisions that can all be true together.

    Raises:
        BadDecision: if they cannot; the message walks from the one IRI to the other.

    >>> pete = Decision(left="pete", right="peter", verdict="same", by="person:Ann", why="one post, one month")
    >>> sorted(Decisions([pete]).one_with("peter")), sorted(Decisions([pete]).one_with("petra"))
    (['pete', 'peter'], ['petra'])
    """

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._by_pair = _standing(decisions)
        self.standing: tuple[Decision, ...] = tuple(self._by_pair.values())
        self._same = self._links()
        self._classes = self._together()
        for decision in self.standing:
            if decision.verdict == "different" and decision.right in self.one_with(decision.left):
                raise BadDecision(self._contradiction(decision))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Replay the decisions of a line-JSON file; no file, no decisions.

        Raises:
            BadDecision: if a line is no decision (its number is given), or if they contradict each other.
        """
        return cls(_lines(path))

    def on(self, left: str, right: str) -> Decision | None:
        """The decision that stands about two IRIs, in whichever order; None if there is none."""
        return self._by_pair.get(frozenset((left, right)))

    def one_with(self, iri: str) -> frozenset[str]:
        """The IRIs decided to be the same thing as ``iri``, itself included."""
        return self._classes.get(iri, frozenset({iri}))

    @cached_property
    def fingerprint(self) -> str:
        """A digest of what stands: a decision taken back leaves no trace."""
        standing = sorted(f"{' '.join(sorted(one.pair))} {one.verdict}" for one in self.standing)
        return sha256("\n".join(standing).encode()).hexdigest()[:12]

    def _links(self) -> Mapping[str, list[Decision]]:
        links: dict[str, list[Decision]] = defaultdict(list)
        for decision in self.standing:
            if decision.verdict == "same":
                links[decision.left].append(decision)
                links[decision.right].append(decision)
        return links

    def _together(self) -> dict[str, frozenset[str]]:
        classes: dict[str, frozenset[str]] = {}
        for start in self._same:
            if start not in classes:
                together = frozenset(self._reachable(start))
                classes.update(dict.fromkeys(together, together))
        return classes

    def _reachable(self, start: str) -> dict[str, Decision | None]:
        """Every IRI decided to be ``start``, with the decision that led to it, nearest first."""
        reached: dict[str, Decision | None] = {start: None}
        waiting = deque([start])
        while waiting:
            iri = waiting.popleft()
            for decision in self._same.get(iri, ()):
                for other in decision.pair - reached.keys():
                    reached[other] = decision
                    waiting.append(other)
        return reached

    def between(self, left: str, right: str) -> list[Decision]:
        """The shortest chain of decisions that makes two IRIs one, from left to right; none if nothing does."""
        reached, steps, iri = self._reachable(left), [], right
        while (decision := reached.get(iri)) is not None:
            steps.append(decision)
            (iri,) = decision.pair - {iri}
        return steps[::-1]

    def _contradiction(self, different: Decision) -> str:
        if different.left == different.right:
            return f"{different.left} is said to differ from itself ({different.by}: {different.why})"
        steps, iri = [], different.left
        for decision in self.between(different.left, different.right):
            (following,) = decision.pair - {iri}
            steps.append(f"{iri} = {following} ({decision.by}: {decision.why})")
            iri = following
        chain = ", ".join(steps)
        return f"{chain}, but {different.left} ≠ {different.right} ({different.by}: {different.why})"


def write_decision(decision: Decision, path: Path) -> None:
    """Append one decision to the file, after checking that all of them can be true.

    Raises:
        BadDecision: if they cannot, or if nothing stands that could be undone; the file is left as it was.
        StoreError: if it cannot be written; then, too.
    """
    taken = _lines(path)
    if decision.verdict == "undone" and Decisions(taken).on(decision.left, decision.right) is None:
        raise BadDecision(f"no decision stands about {decision.left} and {decision.right}")
    Decisions([*taken, decision])
    append_line(path, json.dumps(asdict(decision), ensure_ascii=False))


def read_rulings(path: Path) -> tuple[str | None, list[Decision]]:
    """What the rules decided in the last build, and what that was made of; nothing if the file is not whole."""
    try:
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        return json.loads(head)["made_of"], [_decision(line, path.name) for line in lines]
    except (OSError, ValueError, KeyError, TypeError, BadDecision):
        return None, []


def write_rulings(path: Path, made_of: str, rulings: Iterable[Decision]) -> None:
    """Put what the rules decided, a decision a line as in the file of people's, in place of what they did before.

    Args:
        made_of: names what they depend on; a first line keeps it.

    Raises:
        StoreError: if it cannot be written.
    """
    lines = [json.dumps({"made_of": made_of}), *(json.dumps(asdict(one), ensure_ascii=False) for one in rulings)]
    write_whole(path, ("\n".join(lines) + "\n").encode())


def _standing(decisions: Iterable[Decision]) -> Mapping[frozenset[str], Decision]:
    """What stands of decisions in the order they were taken, by pair."""
    taken: dict[frozenset[str], list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.verdict != "undone":
            taken[decision.pair].append(decision)
        elif taken[decision.pair]:
            taken[decision.pair].pop()
    return {pair: taken[pair][-1] for pair in sorted(taken, key=sorted) if taken[pair]}


def _lines(path: Path) -> list[Decision]:
    if not path.exists():
        return []
    lines = enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
    return [_decision(line, f"{path.name}:{number}") for number, line in lines if line.strip()]


def _decision(line: str, place: str) -> Decision:
    try:
        return Decision(**json.loads(line))
    except (json.JSONDecodeError, TypeError, BadDecision) as error:
        raise BadDecision(f"{place}: {error}") from error
