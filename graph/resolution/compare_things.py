"""How alike two named things are: by their names, whose they are, and how documents name them."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import product

from caregraph.graph.resolution.name_similarity import abbreviated, alike, common_words, one_acronym, wording
from caregraph.graph.resolution.profiles import Profile
from caregraph.graph.resolution.scoring import Likeness, Reason, because
from caregraph.ontology.thesaurus import ThingTerm
from caregraph.ontology.vocabulary import Vocabulary

# One of a kind in their part of the country, and known by name in all of it.
INSTITUTIONS = frozenset("university college hospital consortium alliance constabulary police".split())
SENTENCE = 60  # characters of a sentence that two documents do not share by chance
SLOGAN = 3  # telling words of a name that nobody gives twice: 'say something if you see something'


class Naming:
    """Compares named things in the light of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._councils = {term.gss: term for term in vocabulary.authorities}
        self._things = {thing.id: thing for thing in vocabulary.things}

    @cached_property
    def common(self) -> frozenset[str]:
        """The words of the kinds of thing that every council has, and of what councils do."""
        kinds = (
            spelling.text for thing in self._vocabulary.things if thing.scope == "local" for spelling in thing.spellings
        )
        return common_words((*kinds, *(concept.label for concept in self._vocabulary.concepts)))

    @cached_property
    def placed(self) -> frozenset[str]:
        """The words of places' names."""
        regions = (council.region_name for council in self._vocabulary.authorities)
        return common_words((*(council.name for council in self._vocabulary.authorities), *regions)) - self.common

    def likeness(self, left: Profile, right: Profile) -> Likeness | None:
        """Why two things may be one; None if nothing in their names says so, or they are known to be two."""
        if left.identity.term and right.identity.term:
            return None  # two entries of the thesaurus, or two councils' own
        named = self._named(left, right)
        if named is None:
            return None
        whose = self._whose(left, right, named)
        return because(named, whose, _types(left, right), _documents(left, right, named), *_across(left, right, whose))

    def _named(self, left: Profile, right: Profile) -> Reason | None:
        if right.iri in left.called or left.iri in right.called:
            return Reason("called", f"a document says that '{left.name}' is '{right.name}'", 4.5)
        pairs = product(self._spellings(left, right), self._spellings(right, left))
        reasons = [alike(one, other, common=self.common) for one, other in pairs]
        if self._one_place(left, right):
            reasons += [self._by_acronym(left, right), one_acronym(_all(left), _all(right))]
        return max(filter(None, reasons), key=lambda reason: reason.weight, default=None)

    def _one_place(self, left: Profile, right: Profile) -> bool:
        """Whether both are one council's, or one serves the other's."""
        places = {left.identity.place, right.identity.place}
        if len(places) == 1 or "" not in places:
            return len(places) == 1 and "" not in places
        listed = left if not left.identity.place else right
        thing = self._things.get(listed.identity.term or "")
        return thing is not None and not places.isdisjoint(member.authority for member in thing.members)

    def _by_acronym(self, left: Profile, right: Profile) -> Reason | None:
        for one, other in ((left, right), (right, left)):
            if all(wording(name).acronym for name in _all(one)):
                return abbreviated(_all(one), _all(other))
        return None

    def _spellings(self, profile: Profile, other: Profile) -> Iterable[str]:
        """What a thing goes by; in the company of its own council's things its short names, and without that council's.

        A list's thing is compared with names in full alone: 'Children in Need' may be short for many things.
        """
        place = profile.identity.place
        if not place or place != other.identity.place:
            return profile.names
        names = _all(profile)
        return dict.fromkeys((*names, *(self._without_council(name, place) for name in names)))

    def _without_council(self, name: str, place: str) -> str:
        council = self._councils.get(place)
        for spelling in sorted(council.spellings if council else (), key=len, reverse=True):
            name = re.sub(rf"(?i)\b{re.escape(spelling)}\b(['’]s)?\s*", "", name).strip() or name
        return name

    def _whose(self, left: Profile, right: Profile, named: Reason | None) -> Reason:
        if left.identity.place and left.identity.place == right.identity.place:
            return Reason("one-council", f"both are {left.council}'s", 2.0)
        listed, local = (left, right) if not left.identity.place else (right, left)
        thing = self._things.get(listed.identity.term or "")
        if thing is not None and not listed.identity.place:
            return self._listed(thing, local)
        return self._two_councils(left, right, named)

    def _listed(self, thing: ThingTerm, local: Profile) -> Reason:
        if thing.scope == "national":
            return Reason("national", f"{thing.label} is one for the whole country", 1.5)
        members = [self._councils[one.authority] for one in thing.members if one.authority in self._councils]
        if any(member.gss == local.identity.place for member in members):
            return Reason("serves", f"{thing.label} serves {local.council}", 2.0)
        if any(member.region == local.region for member in members):
            return Reason("serves-near", f"{thing.label} serves councils of its region", 0.0)
        return Reason("serves-elsewhere", f"{thing.label} serves other councils", -4.0)

    def _two_councils(self, left: Profile, right: Profile, named: Reason | None) -> Reason:
        whose = f"one is {left.council}'s, the other {right.council}'s"
        if named is None or not named.id.startswith("same-words"):
            return Reason("two-councils", whose, -5.0)
        words = set(wording(left.name).words)
        if words & INSTITUTIONS and not words - INSTITUTIONS <= self.common:
            return Reason(
                "institution", f"{whose}, but such a name is given once", 1.0 if left.region == right.region else 0.0
            )
        wide = words & self.placed - common_words(filter(None, (left.council, right.council)))
        if wide and left.region == right.region:
            return Reason("wider-place", f"{whose}, and it is named after more than either", 0.0)
        if len(words - self.common) >= SLOGAN:
            return Reason("slogan", f"{whose}, but nobody else would say it in these words", 0.5)
        return Reason("two-councils", whose, -2.0 if "programme" in (left.type, right.type) else -5.0)


def _across(left: Profile, right: Profile, whose: Reason) -> Iterator[Reason]:
    """What speaks for one thing in two councils."""
    if whose.weight > 0:
        return
    if left.national or right.national:
        yield Reason("called-national", "a document calls it national", 3.0)
    sentences = [{" ".join(quote.sentence.split()) for quote in side.quotes} for side in (left, right)]
    if any(len(sentence) >= SENTENCE for sentence in sentences[0] & sentences[1]):
        yield Reason("one-sentence", "two documents say the same of both in the same words", 5.0)


def _all(profile: Profile) -> tuple[str, ...]:
    return (*profile.names, *profile.aliases)


def _types(left: Profile, right: Profile) -> Reason | None:
    if left.type == right.type:
        return None
    weight = (
        -3.0 if "agency" in (left.type, right.type) and {left.type, right.type} & {"programme", "process"} else -0.5
    )
    return Reason("two-types", f"one is called {_a(left.type)}, the other {_a(right.type)}", weight)


def _a(type: str) -> str:
    return f"an {type}" if type[0] in "aeiou" else f"a {type}"


def _documents(left: Profile, right: Profile, named: Reason | None) -> Reason | None:
    """A document that uses two names may mean two things, unless they are the same words."""
    sure = ("called", "same-words", "same-letters", "acronym", "one-word-more")
    if named is None or named.id in sure or set(left.documents).isdisjoint(right.documents):
        return None
    return Reason("side-by-side", "one document uses both names", -0.5)
