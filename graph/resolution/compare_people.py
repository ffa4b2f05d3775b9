"""How alike two people are: by their names, their posts, the years they are met in, and whom they stand beside."""

from caregraph.graph.resolution.name_similarity import near
from caregraph.graph.resolution.profiles import Profile
from caregraph.graph.resolution.scoring import Likeness, Reason, because
from caregraph.ontology.given_names import for_either, one_given_name
from caregraph.ontology.iris import slug
from caregraph.ontology.records import INSPECTOR_ROLES

FAR = {True: 8, False: 5}  # years between two mentions of an inspector, of a leader, from which they may be two people
NEAR_YEARS = 3


def person_likeness(left: Profile, right: Profile) -> Likeness | None:
    """Why two people may be one; None if their names say that they are two.

    >>> from caregraph.graph.resolution.identity import Identity
    >>> def met(name, year):
    ...     identity = Identity(name, name, "person", "", "inspector-name", "by name")
    ...     return Profile(identity=identity, names=(name,), documents=(), years=(year,), roles=frozenset({"lead"}))
    >>> person_likeness(met("Pete Example", 2015), met("Peter Example", 2016)).score > 0.9
    True
    >>> person_likeness(met("Pete Example", 2015), met("Petra Example", 2016)) is None
    True
    """
    named = _names(left.name, right.name)
    return because(named, _posts(left, right), _years(left, right), _together(left, right)) if named else None


def name_parts(name: str) -> tuple[str, str]:
    """A person's given name and family name as slugs, initials between them left out.

    >>> name_parts("Fiona J Mc Example"), name_parts("Jo Taylor-Example")
    (('fiona', 'mc-example'), ('jo', 'taylor-example'))
    """
    given, *others = [slug(part) for part in name.split()] or [""]
    telling = [part for part in others if len(part) > 1] or others
    return given, "-".join(telling)


def _names(left: str, right: str) -> Reason | None:
    (given, family), (other_given, other_family) = name_parts(left), name_parts(right)
    names = f"'{left}' and '{right}'"
    if (given + family).replace("-", "") == (other_given + other_family).replace("-", ""):
        return Reason("same-name", f"both are called {left}", 4.5)
    if given == other_given and _one_family_name(family, other_family):
        return Reason("family-name-spelt-alike", f"{names} have family names that are spelt alike", 2.5)
    if family.replace("-", "") != other_family.replace("-", ""):
        return None
    if one_given_name(given, other_given):
        words = f"'{given.title()}' and '{other_given.title()}' may be one given name"
        return Reason("short-given-name", words, 1.0 if {given, other_given} & for_either() else 3.0)
    if _one_spelling(given, other_given):
        return Reason("given-name-spelt-alike", f"{names} have given names that are spelt alike", 2.5)
    return None


def _one_family_name(one: str, other: str) -> bool:
    return len(one) >= 4 and len(other) >= 4 and near(one, other) and abs(len(one) - len(other)) <= 1


def _one_spelling(one: str, other: str) -> bool:
    """Whether one is the other with a letter more, not its last a or o: Clare and Claire, but not Paul and Paula."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) != 1 or len(short) < 4 or (long[-1] in "ao" and long[:-1] == short):
        return False
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def _inspects(profile: Profile) -> bool:
    return not profile.roles.isdisjoint(INSPECTOR_ROLES)


def _posts(left: Profile, right: Profile) -> Reason:
    if _inspects(left) and _inspects(right):
        return Reason("both-inspectors", "both are inspectors", 2.5)
    if _inspects(left) != _inspects(right):
        return Reason("inspector-and-leader", "one is an inspector and the other a leader", -2.5)
    if left.identity.place == right.identity.place:
        return Reason("one-council", f"both lead in {left.council}", 2.5)
    councils = f"one leads in {left.council}, the other in {right.council}"
    if left.region and left.region == right.region:
        return Reason("one-region", f"{councils}, in one region", 1.0)
    return Reason("two-regions", f"{councils}, in two regions", -1.0)


def _years(left: Profile, right: Profile) -> Reason | None:
    if not left.years or not right.years:
        return None
    gap = min(abs(one - other) for one in left.years for other in right.years)
    words = "in one year" if gap == 0 else f"{gap} year{'s' * (gap > 1)} apart"
    if gap <= NEAR_YEARS:
        return Reason("near-years", words, 0.5)
    return Reason("far-years", words, -3.0) if gap > FAR[_inspects(left) and _inspects(right)] else None


def _together(left: Profile, right: Profile) -> Reason | None:
    if right.name not in left.beside:
        return None
    weight = -6.0 if _inspects(left) and _inspects(right) else -1.0
    return Reason("side-by-side", "one document names both", weight)
