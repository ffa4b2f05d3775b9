"""Which profiles are worth comparing: those whose names have the same words or letters, or look alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz import fuzz, process

from caregraph.graph.resolution.compare_people import name_parts
from caregraph.graph.resolution.name_similarity import LEADS, initials, wording
from caregraph.graph.resolution.profiles import Profile

LIKE = 80.0  # of 100, by rapidfuzz's token_sort_ratio
CROWD = 60  # profiles under one key: such a key tells nothing
MOST = 5  # lookalikes of one name


def candidates(profiles: Iterable[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Pairs of profiles that could be one thing, each once, the first IRI first."""
    people: list[Profile] = []
    things: list[Profile] = []
    for profile in profiles:
        (people if profile.type == "person" else things).append(profile)
    seen: set[tuple[str, str]] = set()
    for one, other in (*_people(people), *_things(things)):
        left, right = sorted((one, other), key=lambda profile: profile.iri)
        if left.iri != right.iri and (left.iri, right.iri) not in seen:
            seen.add((left.iri, right.iri))
            yield left, right


def _people(people: list[Profile]) -> Iterator[tuple[Profile, Profile]]:
    blocks: dict[str, list[Profile]] = defaultdict(list)
    for person in people:
        given, family = name_parts(person.name)
        blocks[family.replace("-", "")].append(person)
        blocks[f"{given} {family[:2]}"].append(person)
        blocks[(given + family).replace("-", "")].append(person)
    for block in blocks.values():
        yield from combinations(block, 2)


def _things(things: list[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """What no list has, with all that has the same words, and with lookalikes in its own council and the lists."""
    blocks: dict[str, list[Profile]] = defaultdict(list)
    by_place: dict[str, list[Profile]] = defaultdict(list)
    for thing in things:
        by_place[thing.identity.place].append(thing)
        for key in _keys(thing):
            blocks[key].append(thing)
    for block in blocks.values():
        if len(block) <= CROWD:
            yield from (
                pair for pair in combinations(block, 2) if not (pair[0].identity.term and pair[1].identity.term)
            )
    by_iri = {thing.iri: thing for thing in things}
    for place, own in sorted(by_place.items()):
        if place:
            for one in own:
                yield from ((one, by_iri[iri]) for iri in sorted(one.called) if iri in by_iri)
            yield from _lookalikes([one for one in own if not one.identity.term], [*own, *by_place[""]])


def _keys(thing: Profile) -> set[str]:
    keys: set[str] = set()
    for name in (*thing.names, *thing.aliases):
        words = wording(name)
        place = thing.identity.place
        if words.acronym:
            keys.add(f"{place} {words.acronym}")
            continue
        keys |= {
            f"{place} {' '.join(sorted(words.words))}",
            f"{place} {words.letters}",
            f"{place} {' '.join(words.core)}",
        }
        if thing.identity.term is None or not place:
            keys |= {" ".join(sorted(words.words)), words.letters}
            if words.words[0] in LEADS:
                keys.add(" ".join(sorted(words.words[1:])))
        keys |= {f"{place} {short}" for short in initials(name)}
    return keys


def _lookalikes(unlisted: list[Profile], others: list[Profile]) -> Iterator[tuple[Profile, Profile]]:
    names = [
        (" ".join(wording(name).words), other) for other in others for name in other.names if not wording(name).acronym
    ]
    spelled = [name for name, _ in names]
    for one in unlisted:
        for _, _, index in process.extract(
            " ".join(wording(one.name).words), spelled, scorer=fuzz.token_sort_ratio, score_cutoff=LIKE, limit=MOST * 4
        ):
            yield one, names[index][1]
