"""Blocking: candidate pairs of profiles, whose names share words or letters or look alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from rapidfuzz import fuzz, process

from caregraph.graph.resolution.compare_people import name_parts
from caregraph.graph.resolution.name_similarity import LEADING_WORDS, initials, tokenize_name
from caregraph.graph.resolution.profiles import Profile
from caregraph.ontology.given_names import full_names

MIN_SIMILARITY = 80.0  # of 100, by rapidfuzz's ratio of their sorted words
MAX_BLOCK = 60  # profiles; a key that more profiles share tells nothing
MAX_LOOKALIKES = 20  # spellings compared with one name


def candidate_pairs(profiles: Iterable[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Yield pairs of profiles that could be one thing, each pair once, the first IRI first."""
    people: list[Profile] = []
    things: list[Profile] = []
    for profile in profiles:
        (people if profile.type == "person" else things).append(profile)
    seen: set[tuple[str, str]] = set()
    for pair in (*_pairs_of_people(people), *_pairs_of_things(things)):
        left, right = sorted(pair, key=lambda profile: profile.iri)
        if left.iri != right.iri and (left.iri, right.iri) not in seen:
            seen.add((left.iri, right.iri))
            yield left, right


def _pairs_of_people(people: list[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Pair people of one family name whose given names may be one or are a letter apart, and those of like names."""
    blocks: dict[str, list[Profile]] = defaultdict(list)
    for person in people:
        given, family = name_parts(person.name)
        names = {given, *full_names(given), *(given[:index] + given[index + 1 :] for index in range(len(given)))}
        for key in {f"{family.replace('-', '')}, {name}" for name in names}:
            blocks[key].append(person)
        blocks[f"{given} {family[:2]}"].append(person)
        blocks[(given + family).replace("-", "")].append(person)
    for block in blocks.values():
        yield from combinations(block, 2)


def _pairs_of_things(things: list[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Pair things that share a key, and unlisted things with lookalikes in their own authority and the thesaurus.

    What a report says to be shared is paired with the listed things of its kind.
    """
    blocks: dict[str, list[Profile]] = defaultdict(list)
    by_authority: dict[str, list[Profile]] = defaultdict(list)
    for thing in things:
        by_authority[thing.identity.authority_key].append(thing)
        for key in _block_keys(thing):
            blocks[key].append(thing)
    for block in blocks.values():
        if len(block) <= MAX_BLOCK:
            yield from (
                pair for pair in combinations(block, 2) if not (pair[0].identity.term and pair[1].identity.term)
            )
    by_iri = {thing.iri: thing for thing in things}
    for thing in things:
        yield from ((thing, by_iri[iri]) for iri in sorted(thing.stated_shared) if iri in by_iri)
        if thing.shared_with and thing.identity.kind:
            yield from ((thing, listed) for listed in by_authority[""] if listed.identity.kind == thing.identity.kind)
    for authority_key, own in sorted(by_authority.items()):
        if authority_key:
            for thing in own:
                yield from ((thing, by_iri[iri]) for iri in sorted(thing.stated_same) if iri in by_iri)
            yield from _lookalikes([thing for thing in own if not thing.identity.term], [*own, *by_authority[""]])


def _block_keys(thing: Profile) -> set[str]:
    keys: set[str] = set()
    for name in (*thing.names, *thing.aliases):
        words = tokenize_name(name)
        authority_key = thing.identity.authority_key
        if words.acronym:
            keys.add(f"{authority_key} {words.acronym}")
            continue
        keys |= {
            f"{authority_key} {' '.join(sorted(words.tokens))}",
            f"{authority_key} {words.letters}",
            f"{authority_key} {' '.join(words.core)}",
        }
        if thing.identity.term is None or not authority_key:
            keys |= {" ".join(sorted(words.tokens)), words.letters}
            if words.tokens[0] in LEADING_WORDS:
                keys.add(" ".join(sorted(words.tokens[1:])))
        keys |= {f"{authority_key} {short}" for short in initials(name)}
    return keys


def _lookalikes(unlisted: list[Profile], things: list[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Pair each unlisted thing with the things that have a spelling like its name."""
    spellings = [
        (_sorted_words(name), thing) for thing in things for name in thing.names if not tokenize_name(name).acronym
    ]
    texts = [text for text, _ in spellings]
    for thing in unlisted:
        for _, _, index in process.extract(
            _sorted_words(thing.name), texts, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=MAX_LOOKALIKES
        ):
            yield thing, spellings[index][1]


def _sorted_words(name: str) -> str:
    return " ".join(sorted(tokenize_name(name).tokens))
