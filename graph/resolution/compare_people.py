"""Comparison of two people: their names, their posts, the years of their documents, and who is named beside them."""

from caregraph.graph.resolution.name_similarity import similar_words
from caregraph.graph.resolution.profiles import Profile
from caregraph.graph.resolution.scoring import MatchScore, Reason
from caregraph.ontology.given_names import may_be_same_given_name, unisex_short_forms
from caregraph.ontology.iris import slug
from caregraph.ontology.records import INSPECTOR_ROLES

# Years between two mentions of an inspector, of a leader, from which they may be two people.
FAR_YEARS = {True: 8, False: 5}
NEAR_YEARS = 3
MIN_LONG_NAME = 6  # letters of a family name that hardly anybody else has but for a vowel
VOWELS = frozenset("aeiouy")


def score_people(left: Profile, right: Profile) -> MatchScore | None:
    """Score two people; None if their names say that they are two.

    >>> from caregraph.graph.resolution.identity import Identity
    >>> def inspector(name, year):
    ...     identity = Identity(name, name, "person", "", "inspector-name", "by name")
    ...     return Profile(identity=identity, names=(name,), documents=(), years=(year,), roles=frozenset({"lead"}))
    >>> score_people(inspector("Pete Example", 2015), inspector("Peter Example", 2016)).probability > 0.9
    True
    >>> score_people(inspector("Pete Example", 2015), inspector("Petra Example", 2016)) is None
    True
    """
    name_reason = _compare_names(left.name, right.name)
    if name_reason is None:
        return None
    return MatchScore.of(
        name_reason,
        _one_vowel_apart(left, right),
        _compare_posts(left, right),
        _compare_years(left, right),
        _named_side_by_side(left, right),
    )


def name_parts(name: str) -> tuple[str, str]:
    """Split a person's name into given name and family name, as slugs, without the initials between them.

    >>> name_parts("Fiona J Mc Example"), name_parts("Jo Taylor-Example")
    (('fiona', 'mc-example'), ('jo', 'taylor-example'))
    """
    given, *later = [slug(part) for part in name.split()] or [""]
    without_initials = [part for part in later if len(part) > 1] or later
    return given, "-".join(without_initials)


def _compare_names(left: str, right: str) -> Reason | None:
    (left_given, left_family), (right_given, right_family) = name_parts(left), name_parts(right)
    names = f"'{left}' and '{right}'"
    if (left_given + left_family).replace("-", "") == (right_given + right_family).replace("-", ""):
        return Reason("same-name", f"both are called {left}", 4.5)
    if left_given == right_given and _similar_family_names(left_family, right_family):
        return Reason("family-name-spelt-alike", f"{names} have family names that are spelt alike", 2.5)
    if left_family.replace("-", "") != right_family.replace("-", ""):
        return None
    if may_be_same_given_name(left_given, right_given):
        text = f"'{left_given.title()}' and '{right_given.title()}' may be one given name"
        return Reason("short-given-name", text, 1.0 if {left_given, right_given} & unisex_short_forms() else 3.0)
    if _similar_given_names(left_given, right_given):
        return Reason("given-name-spelt-alike", f"{names} have given names that are spelt alike", 2.5)
    return None


def _similar_family_names(left: str, right: str) -> bool:
    lengths_agree = len(left) >= 4 and len(right) >= 4 and abs(len(left) - len(right)) <= 1
    return lengths_agree and similar_words(left, right)


def _one_vowel_apart(left: Profile, right: Profile) -> Reason | None:
    """Weigh that two of one region have a long family name but for a vowel: Farrowan and Farrowen."""
    (given, family), (right_given, right_family) = name_parts(left.name), name_parts(right.name)
    pairs = [pair for pair in zip(family, right_family, strict=False) if pair[0] != pair[1]]
    same_length = given == right_given and len(family) == len(right_family) >= MIN_LONG_NAME
    if not same_length or len(pairs) != 1 or not set(pairs[0]) <= VOWELS or left.region != right.region:
        return None
    return Reason("one-vowel-apart", "a single vowel parts their names", 1.0)


def _similar_given_names(left: str, right: str) -> bool:
    """Compare given names that differ by one letter, but not by a last a or o: Clare and Claire, not Paul and Paula."""
    short, long = sorted((left, right), key=len)
    if len(long) - len(short) != 1 or len(short) < 4 or (long[-1] in "ao" and long[:-1] == short):
        return False
    return any(long[:index] + long[index + 1 :] == short for index in range(len(long)))


def _is_inspector(profile: Profile) -> bool:
    return not profile.roles.isdisjoint(INSPECTOR_ROLES)


def _compare_posts(left: Profile, right: Profile) -> Reason:
    if _is_inspector(left) and _is_inspector(right):
        return Reason("both-inspectors", "both are inspectors", 2.5)
    if _is_inspector(left) != _is_inspector(right):
        return Reason("inspector-and-leader", "one is an inspector and the other a leader", -2.5)
    if left.identity.authority_key == right.identity.authority_key:
        return Reason("one-council", f"both lead in {left.authority_name}", 2.5)
    councils = f"one leads in {left.authority_name}, the other in {right.authority_name}"
    if "dcs" in left.roles & right.roles:
        return Reason("both-directors", f"{councils}, both as director of children's services", 1.0)
    if left.region and left.region == right.region:
        return Reason("one-region", f"{councils}, in one region", 1.0)
    return Reason("two-regions", f"{councils}, in two regions", -1.0)


def _compare_years(left: Profile, right: Profile) -> Reason | None:
    if not left.years or not right.years:
        return None
    gap = min(abs(left_year - right_year) for left_year in left.years for right_year in right.years)
    text = "in one year" if gap == 0 else f"{gap} year{'s' * (gap > 1)} apart"
    if gap <= NEAR_YEARS:
        return Reason("near-years", text, 0.5)
    far = FAR_YEARS[_is_inspector(left) and _is_inspector(right)]
    return Reason("far-years", text, -3.0) if gap > far else None


def _named_side_by_side(left: Profile, right: Profile) -> Reason | None:
    if right.name not in left.named_with:
        return None
    weight = -6.0 if _is_inspector(left) and _is_inspector(right) else -1.0
    return Reason("side-by-side", "one document names both", weight)
