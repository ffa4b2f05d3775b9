"""Growth of linking with the number of documents: ``python -m benchmarks.scale.linking``.

The records of a build (`CAREGRAPH_DATA`) are copied once, twice, four times and eight times. A copy is about other
councils, of other days, with people and local names of its own and with another text, but for the boilerplate that all
reports have, so that all councils together have that many times the documents. Processor time is told, for each step of
a build's decisions about identity. Exits with an error where a step grows with more than the power `STEEPEST` of the
number of documents.
"""

import argparse
import math
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from typing import TypeVar

from caregraph.graph.resolution.blocking import candidate_pairs
from caregraph.graph.resolution.clustering import cluster_profiles
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.events import DocumentFacts, facts_of, find_witnesses
from caregraph.graph.resolution.profiles import Profile, build_profiles
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.records import Authority, Mention, Person, Record
from caregraph.settings import data_directory
from caregraph.workspace import Workspace

TIMES = (1, 2, 4, 8)
STEEPEST = 1.3  # power of the number of documents; 1 is in proportion
WORDS = ("", "Alder", "Birch", "Cedar", "Elder", "Gorse", "Hazel", "Juniper")  # of a copy's own names
COMMON_HASHES = 24  # of a sketch: runs of words that all reports have
DAYS_APART = 97

Result = TypeVar("Result")


def copies(records: Sequence[Record], times: int) -> Iterator[Record]:
    """Yield the records, and copies of them until there are so many times as many."""
    councils = sorted({record.authority.name for record in records if record.authority})
    for number in range(times):
        moved = {name: councils[(place + number) % len(councils)] for place, name in enumerate(councils)}
        yield from (record if number == 0 else _copy(record, number, moved) for record in records)


def _copy(record: Record, number: int, moved: Mapping[str, str]) -> Record:
    return replace(
        record,
        source=f"{number}/{record.source}",
        sha256=sha256(f"{number} {record.sha256}".encode()).hexdigest(),
        authority=Authority(moved[record.authority.name], None) if record.authority else None,
        inspected=tuple((_later(first, number), _later(last, number)) for first, last in record.inspected),
        published=_later(record.published, number) if record.published else None,
        people=tuple(_renamed_person(person, number) for person in record.people),
        mentions=tuple(_renamed_mention(mention, number) for mention in record.mentions),
    )


def _later(day: date, number: int) -> date:
    return day + timedelta(days=DAYS_APART * number)


def _renamed_person(person: Person, number: int) -> Person:
    return replace(person, name=f"{WORDS[number]}{person.name[:1].lower()}{person.name[1:]}")


def _renamed_mention(mention: Mention, number: int) -> Mention:
    if mention.term is not None:
        return mention
    name = f"{WORDS[number]} {mention.name}"
    return replace(mention, name=name, aliases=tuple(f"{WORDS[number]} {text}" for text in mention.aliases))


def facts(records: Sequence[Record], first: Mapping[str, DocumentFacts], resolver: Resolver) -> list[DocumentFacts]:
    """Facts that decide about witnesses; a copy's sketch is that of its record with other hashes, but some.

    Args:
        first: facts of the records that are no copies, by source.
    """
    common = _most_common(first.values())
    made = []
    for record in records:
        number, _, source = record.source.partition("/")
        bare = replace(record, passages=(), authority=resolver.authority(record))
        if record.source in first:
            made.append(replace(first[record.source], authority=facts_of(bare).authority))
        else:
            words = (hash((number, value)) % 2**32 for value in first[source].sketch)
            own = [value if value in common else word for value, word in zip(first[source].sketch, words, strict=True)]
            made.append(replace(facts_of(bare), sketch=tuple(sorted(own))))
    return made


def _most_common(documents: Iterable[DocumentFacts]) -> frozenset[int]:
    counts = Counter(value for document in documents for value in document.sketch)
    return frozenset(value for value, _ in counts.most_common(COMMON_HASHES))


class Growth:
    """Seconds of each step, or counts, by the number of documents; prints a row where all are known."""

    def __init__(self) -> None:
        self.values: dict[str, list[float]] = {}

    def time(self, step: str, work: Callable[[], Result]) -> Result:
        """Do the work, and remember the processor time that it took."""
        started = time.process_time()
        result = work()
        self.add(step, time.process_time() - started)
        return result

    def add(self, step: str, value: float) -> None:
        """Remember a value of a step."""
        self.values.setdefault(step, []).append(value)

    def power(self, step: str) -> float:
        """Power of the number of documents with which a step grows at its last doubling."""
        *_, before, last = self.values[step]
        return math.log2(max(last, 1e-9) / max(before, 1e-9))


def measure_growth(records: Sequence[Record], workspace: Workspace, times: Sequence[int]) -> Growth:
    """Decide identity over so many times the records, step by step."""
    growth = Growth()
    resolver = Resolver(workspace.vocabulary, Decisions())
    first = {record.source: facts_of(record) for record in records}
    for number in times:
        many = list(copies(records, number))
        growth.add("documents", len(many))
        resolver = Resolver(workspace.vocabulary, Decisions())
        profiles = growth.time("profiles, s", partial(build_profiles, many, resolver))
        growth.add("things and people", len(profiles))
        candidates = growth.time("candidates, s", partial(_candidates, profiles))
        growth.add("candidate pairs", len(candidates))
        decide = partial(cluster_profiles, profiles, workspace.vocabulary, Decisions())
        links = growth.time("decisions, candidates included, s", decide)
        growth.add("merged by rule", len(links.decisions))
        witnesses = growth.time("witnesses, s", partial(find_witnesses, facts(many, first, resolver), Decisions()))
        growth.add("copies and news found", sum(witness.role != "principal" for witness in witnesses.values()))
    return growth


def _candidates(profiles: Mapping[str, Profile]) -> list[tuple[Profile, Profile]]:
    return list(candidate_pairs(profiles.values()))


def main() -> None:
    """Print a table; exit 1 where a step grows too fast."""
    parser = argparse.ArgumentParser(description="Measure how linking grows with the number of documents.")
    parser.add_argument("--times", type=int, nargs="+", default=TIMES)
    times = parser.parse_args().times
    workspace = Workspace(data_directory())
    growth = measure_growth(list(workspace.records(as_read=True)), workspace, times)
    for step, values in growth.values.items():
        power = f"{growth.power(step):6.2f}" if len(values) > 1 else ""
        print(
            f"{step:36}",
            *(f"{value:>12,.2f}" if step.endswith(", s") else f"{value:>12,.0f}" for value in values),
            power,
        )
    steps = [step for step in growth.values if step.endswith(", s")]
    raise SystemExit(int(len(times) > 1 and any(growth.power(step) > STEEPEST for step in steps)))


if __name__ == "__main__":
    main()
