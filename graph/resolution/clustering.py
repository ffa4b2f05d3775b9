"""Which profiles are one thing: what the rules decide across documents, and what they leave to a person.

Every two profiles that could be one (`resolution.blocking`) get a score with its reasons. From `SAME` on they are one;
from `DOUBT` on a person is asked; below, they are two. What people decided goes before: the rules join nothing that
a person held apart or doubted, directly or by way of a third, and no two entries of the thesaurus. A result depends
on the profiles and the decisions alone, not on their order.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from caregraph.graph.resolution.blocking import candidates
from caregraph.graph.resolution.compare_people import person_likeness
from caregraph.graph.resolution.compare_things import Naming
from caregraph.graph.resolution.decisions import Decision, Decisions
from caregraph.graph.resolution.profiles import Profile
from caregraph.graph.resolution.scoring import Likeness
from caregraph.ontology.vocabulary import Vocabulary

SAME = 0.9
DOUBT = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two profiles, and how alike they are."""

    left: Profile
    right: Profile
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Links:
    """What the rules decided, and the pairs that they leave to a person, the likest first."""

    decisions: tuple[Decision, ...]
    doubtful: tuple[Pair, ...]


def link(profiles: Mapping[str, Profile], vocabulary: Vocabulary, decisions: Decisions) -> Links:
    """Decide about all pairs that could be one thing, in keeping with what people decided."""
    pairs = sorted(scored(profiles, vocabulary), key=lambda pair: (-pair.likeness.score, pair.left.iri, pair.right.iri))
    classes = _Classes(profiles, decisions)
    joined, left_over = [], []
    for pair in pairs:
        left, right = pair.left.iri, pair.right.iri
        if classes.one(left, right):
            continue
        if pair.likeness.score >= SAME and classes.may_join(left, right):
            classes.join(left, right)
            joined.append(_decision(pair))
        else:
            left_over.append(pair)
    return Links(tuple(joined), tuple(classes.unsettled(left_over)))


def together(rulings: Iterable[Decision], decisions: Decisions) -> Decisions:
    """What the rules and people decided, as one: rulings that people no longer agree with are left out."""
    classes, standing = _Classes({}, decisions), []
    for ruling in rulings:
        if not classes.one(ruling.left, ruling.right) and classes.may_join(ruling.left, ruling.right):
            classes.join(ruling.left, ruling.right)
            standing.append(ruling)
    return Decisions([*standing, *decisions.standing])


def scored(profiles: Mapping[str, Profile], vocabulary: Vocabulary) -> Iterator[Pair]:
    """The pairs that are one thing or may be, in no order."""
    naming = Naming(vocabulary)
    for left, right in candidates(profiles.values()):
        people = (left.type == "person") + (right.type == "person")
        likeness = person_likeness(left, right) if people == 2 else naming.likeness(left, right) if not people else None
        if likeness is not None and likeness.score >= DOUBT:
            yield Pair(left, right, likeness)


def _decision(pair: Pair) -> Decision:
    by = f"rule:{pair.likeness.rule}"
    return Decision(left=pair.left.iri, right=pair.right.iri, verdict="same", by=by, why=pair.likeness.why)


class _Classes:
    """What is one thing so far, beginning with what people decided, and what must not become one."""

    def __init__(self, profiles: Mapping[str, Profile], decisions: Decisions) -> None:
        self._listed = {iri: profile.identity for iri, profile in profiles.items() if profile.identity.term}
        self._decisions = decisions
        self._members: dict[str, frozenset[str]] = {}
        self._apart: dict[str, dict[str, Decision]] = {}
        for decision in decisions.standing:
            if decision.verdict != "same":
                self._apart.setdefault(decision.left, {})[decision.right] = decision
                self._apart.setdefault(decision.right, {})[decision.left] = decision

    def join(self, left: str, right: str) -> None:
        together = self.members(left) | self.members(right)
        self._members.update(dict.fromkeys(together, together))

    def members(self, iri: str) -> frozenset[str]:
        return self._members.get(iri) or self._decisions.one_with(iri)

    def one(self, left: str, right: str) -> bool:
        return right in self.members(left)

    def may_join(self, left: str, right: str) -> bool:
        return not self._held_apart(left, right) and not self._two_entries(self.members(left) | self.members(right))

    def unsettled(self, pairs: list[Pair]) -> Iterator[Pair]:
        """Of the pairs in order the first about any two classes on which people have not the last word."""
        seen: set[frozenset[frozenset[str]]] = set()
        for pair in pairs:
            left, right = self.members(pair.left.iri), self.members(pair.right.iri)
            decisions = self._held_apart(pair.left.iri, pair.right.iri)
            settled = left == right or any(decision.verdict == "different" for decision in decisions)
            if not settled and not self._two_entries(left | right) and frozenset((left, right)) not in seen:
                seen.add(frozenset((left, right)))
                yield pair

    def _two_entries(self, together: frozenset[str]) -> bool:
        """Whether things that the thesaurus knows to be two are among some.

        A council's instance of a kind may be a listed one: its regional adoption agency is Adopt North East.
        """
        listed = [self._listed[iri] for iri in sorted(together) if iri in self._listed]
        whole = [identity for identity in listed if not identity.place]
        own = [identity for identity in listed if identity.place]
        return len(whole) > 1 or len(own) > 1 or any(whole and one.kind != whole[0].kind for one in own)

    def _held_apart(self, left: str, right: str) -> list[Decision]:
        others = self.members(right)
        return [
            decision
            for iri in self.members(left)
            for other, decision in self._apart.get(iri, {}).items()
            if other in others
        ]
