"""Comparison of two named things: their names, the authorities they belong to, and the documents that name them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import product

from caregraph.graph.resolution.name_similarity import (
    compare_names,
    match_acronyms,
    match_initials,
    tokenize_name,
    words_of,
)
from caregraph.graph.resolution.profiles import Profile
from caregraph.graph.resolution.scoring import MatchScore, Reason
from caregraph.ontology.thesaurus import ThingTerm
from caregraph.ontology.vocabulary import Vocabulary

# One of a kind in their part of the country, and known by name in all of it.
INSTITUTIONS = frozenset("university college hospital consortium alliance constabulary police".split())
MIN_SENTENCE = 60  # characters; two documents do not share a sentence this long by chance
MIN_SLOGAN = 3  # telling words of a name that nobody gives twice
MIN_SAYING, MIN_SAYING_TELLING = 5, 2  # words, and telling ones among them: 'say something if you see something'
# Words of everyday speech, which tell no slogan from another: 'have your say', 'grow your own'.
EVERYDAY_WORDS = frozenset(
    """all and are as be being can count do does every everyone for from get go have he hear heard her here him his how
    i if into is it its just let listen make matter me mine more my no not now of off on one or our ours out own say
    she so speak tell that the their them then they this thing those to together too up us use view voice we what when
    where who why will with you your yours""".split()
)
MIN_BOILERPLATE = 3  # councils whose reports have a sentence word for word, which is then no sentence about them


class ThingComparer:
    """Scores pairs of named things with the help of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary, *, boilerplate: frozenset[str] = frozenset()) -> None:
        """Make a comparer.

        Args:
            boilerplate: sentences that say nothing of the things that they name (see `boilerplate_sentences`).
        """
        self._vocabulary = vocabulary
        self._boilerplate = boilerplate
        self._authorities = {term.gss: term for term in vocabulary.authorities}
        self._things = {thing.id: thing for thing in vocabulary.things}

    @cached_property
    def common_words(self) -> frozenset[str]:
        """Words of the kinds of thing that every authority has, and of the concepts."""
        kinds = (
            spelling.text for thing in self._vocabulary.things if thing.scope == "local" for spelling in thing.spellings
        )
        return words_of((*kinds, *(concept.label for concept in self._vocabulary.concepts)))

    @cached_property
    def place_words(self) -> frozenset[str]:
        """Words of the names of authorities and regions."""
        regions = (authority.region_name for authority in self._vocabulary.authorities)
        names = (authority.name for authority in self._vocabulary.authorities)
        return words_of((*names, *regions)) - self.common_words

    def score(self, left: Profile, right: Profile) -> MatchScore | None:
        """Score two things; None if nothing in their names says that they are one, or they are known to be two."""
        if right.iri in left.stated_shared or left.iri in right.stated_shared:
            return MatchScore.of(*_reasons_of_statements(left, right))
        if left.identity.term and right.identity.term:
            return self._score_listed(left, right)
        name_reason = self._compare_names(left, right)
        if name_reason is None:
            return None
        owner_reason = self._compare_owners(left, right, name_reason)
        return MatchScore.of(
            name_reason,
            owner_reason,
            _compare_types(left, right),
            _named_side_by_side(left, right, name_reason),
            *self._reasons_across_authorities(left, right, owner_reason),
        )

    def _score_listed(self, left: Profile, right: Profile) -> MatchScore | None:
        """Score an authority's instance of a kind with the only listed thing of it that serves all who share it.

        Two entries of the thesaurus are two, and so are two authorities' instances that no report ties.
        """
        listed, local = (left, right) if right.identity.authority_key else (right, left)
        if listed.identity.authority_key or not local.shared_with:
            return None
        sharing = {local.identity.authority_key, *local.shared_with}
        fitting = [thing for thing in self._regional_of(local) if sharing <= _members_of(thing)]
        if [thing.id for thing in fitting] != [listed.identity.term]:
            return None
        why = f"a report says that councils share it, and {fitting[0].label} serves them"
        return MatchScore.of(Reason("stated-members", why, 6.0), *_reasons_of_leaving(local))

    def _regional_of(self, local: Profile) -> list[ThingTerm]:
        """Listed things of the kind of an authority's instance."""
        kind = local.identity.term
        return [thing for thing in self._things.values() if thing.regional and thing.kind == kind]

    def _compare_names(self, left: Profile, right: Profile) -> Reason | None:
        if right.iri in left.stated_same or left.iri in right.stated_same:
            return Reason("called", f"a document says that '{left.name}' is '{right.name}'", 4.5)
        pairs = product(self._spellings(left, right), self._spellings(right, left))
        reasons = [compare_names(*pair, common=self.common_words) for pair in pairs]
        if self._share_authority(left, right):
            reasons += [self._match_initials(left, right), match_acronyms(_all_names(left), _all_names(right))]
        return max(filter(None, reasons), key=lambda reason: reason.weight, default=None)

    def _share_authority(self, left: Profile, right: Profile) -> bool:
        """Tell if both belong to one authority, or one serves the other's authority."""
        keys = {left.identity.authority_key, right.identity.authority_key}
        if len(keys) == 1 or "" not in keys:
            return len(keys) == 1 and "" not in keys
        listed = left if not left.identity.authority_key else right
        thing = self._things.get(listed.identity.term or "")
        return thing is not None and not keys.isdisjoint(member.authority for member in thing.members)

    def _match_initials(self, left: Profile, right: Profile) -> Reason | None:
        for short, full in ((left, right), (right, left)):
            if all(tokenize_name(name).acronym for name in _all_names(short)):
                return match_initials(_all_names(short), _all_names(full))
        return None

    def _spellings(self, profile: Profile, counterpart: Profile) -> Iterable[str]:
        """Names of a thing to compare with its counterpart's.

        Within one authority these include short names, and names without the authority's. A thing of the thesaurus is
        compared by its full names alone: 'Children in Need' may be short for many things.
        """
        authority_key = profile.identity.authority_key
        if not authority_key or authority_key != counterpart.identity.authority_key:
            return profile.names
        names = _all_names(profile)
        return dict.fromkeys((*names, *(self._without_authority(name, authority_key) for name in names)))

    def _without_authority(self, name: str, authority_key: str) -> str:
        authority = self._authorities.get(authority_key)
        for spelling in sorted(authority.spellings if authority else (), key=len, reverse=True):
            name = re.sub(rf"(?i)\b{re.escape(spelling)}\b(['’]s)?\s*", "", name).strip() or name
        return name

    def _compare_owners(self, left: Profile, right: Profile, name_reason: Reason) -> Reason:
        if left.identity.authority_key and left.identity.authority_key == right.identity.authority_key:
            return Reason("one-council", f"both are {left.authority_name}'s", 2.0)
        listed, local = (left, right) if not left.identity.authority_key else (right, left)
        thing = self._things.get(listed.identity.term or "")
        if thing is not None and not listed.identity.authority_key:
            return self._compare_membership(thing, local)
        return self._compare_two_authorities(left, right, name_reason)

    def _compare_membership(self, thing: ThingTerm, local: Profile) -> Reason:
        if thing.scope == "national":
            return Reason("national", f"{thing.label} is one for the whole country", 1.5)
        members = [
            self._authorities[member.authority] for member in thing.members if member.authority in self._authorities
        ]
        if any(member.gss == local.identity.authority_key for member in members):
            return Reason("serves", f"{thing.label} serves {local.authority_name}", 2.0)
        if any(member.region == local.region for member in members):
            return Reason("serves-near", f"{thing.label} serves councils of its region", 0.0)
        return Reason("serves-elsewhere", f"{thing.label} serves other councils", -4.0)

    def _compare_two_authorities(self, left: Profile, right: Profile, name_reason: Reason) -> Reason:
        owners = f"one is {left.authority_name}'s, the other {right.authority_name}'s"
        if not name_reason.id.startswith("same-words"):
            return Reason("two-councils", owners, -5.0)
        words = set(tokenize_name(left.name).tokens)
        if words & INSTITUTIONS and not words - INSTITUTIONS <= self.common_words:
            return Reason(
                "institution", f"{owners}, but such a name is given once", 1.0 if left.region == right.region else 0.0
            )
        if self._names_both(words, left, right):
            return Reason("both-named", f"{owners}, and it is named after both", 1.0)
        wide = words & self.place_words - words_of(filter(None, (left.authority_name, right.authority_name)))
        if wide and left.region == right.region:
            return Reason("wider-place", f"{owners}, and it is named after more than either", 0.0)
        if self._is_slogan(words):
            return Reason("slogan", f"{owners}, but nobody else would say it in these words", 0.5)
        return Reason("two-councils", owners, -2.0 if "programme" in (left.type, right.type) else -5.0)

    def _names_both(self, words: set[str], left: Profile, right: Profile) -> bool:
        """Tell if a name has the names of both authorities: 'Ashmere and Fenwick Safeguarding Forum'."""
        names = [words_of(filter(None, (side.authority_name,))) for side in (left, right)]
        return all(name and name <= words for name in names)

    def _is_slogan(self, words: set[str]) -> bool:
        telling = words - self.common_words - EVERYDAY_WORDS
        return len(telling) >= MIN_SLOGAN or (
            len(words - self.common_words) >= MIN_SAYING and len(telling) >= MIN_SAYING_TELLING
        )

    def _reasons_across_authorities(self, left: Profile, right: Profile, owner_reason: Reason) -> Iterator[Reason]:
        """Yield reasons for one thing in two authorities."""
        if owner_reason.weight > 0:
            return
        if left.called_national or right.called_national:
            yield Reason("called-national", "a document calls it national", 3.0)
        shared = _sentences(left) & _sentences(right) - self._boilerplate
        if any(len(sentence) >= MIN_SENTENCE for sentence in shared):
            yield Reason("one-sentence", "two documents say the same of both in the same words", 5.0)


def boilerplate_sentences(profiles: Iterable[Profile]) -> frozenset[str]:
    """Sentences that reports on several councils have word for word: a title, a paragraph on the method."""
    authorities: dict[str, set[str]] = defaultdict(set)
    for profile in profiles:
        if profile.identity.authority_key:
            for sentence in _sentences(profile):
                authorities[sentence].add(profile.identity.authority_key)
    return frozenset(sentence for sentence, keys in authorities.items() if len(keys) >= MIN_BOILERPLATE)


def _sentences(profile: Profile) -> set[str]:
    return {" ".join(quote.sentence.split()) for quote in profile.quotes}


def _reasons_of_statements(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield reasons for and against one thing of two councils, where a report says that they share it."""
    councils = f"{left.authority_name} and {right.authority_name}"
    yield Reason("stated-shared", f"a report says that {councils} share it", 6.0)
    yield from _reasons_of_leaving(left, right)


def _reasons_of_leaving(*sides: Profile) -> Iterator[Reason]:
    for side in sides:
        if side.left:
            yield Reason("stated-left", f"a report says that {side.authority_name} left it", -3.5)


def _members_of(thing: ThingTerm) -> set[str]:
    """Keys of the authorities that a listed thing serves, or served."""
    return {member.authority for member in thing.members}


def _all_names(profile: Profile) -> tuple[str, ...]:
    return (*profile.names, *profile.aliases)


def _compare_types(left: Profile, right: Profile) -> Reason | None:
    if left.type == right.type:
        return None
    weight = (
        -3.0 if "agency" in (left.type, right.type) and {left.type, right.type} & {"programme", "process"} else -0.5
    )
    return Reason(
        "two-types", f"one is called {_with_article(left.type)}, the other {_with_article(right.type)}", weight
    )


def _with_article(type: str) -> str:
    return f"an {type}" if type[0] in "aeiou" else f"a {type}"


def _named_side_by_side(left: Profile, right: Profile, name_reason: Reason) -> Reason | None:
    """Weigh that one document uses both names: it may mean two things, unless the names are the same words."""
    certain = ("called", "same-words", "same-letters", "acronym", "one-word-more")
    if name_reason.id in certain or set(left.documents).isdisjoint(right.documents):
        return None
    return Reason("side-by-side", "one document uses both names", -0.5)
