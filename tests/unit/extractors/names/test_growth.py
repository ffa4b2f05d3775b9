"""Work must grow with the length of a text, also where the text is nothing a report would print."""

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from types import SimpleNamespace
from typing import Any, SupportsIndex

import pytest

from caregraph.extractors.names import services
from caregraph.extractors.names.capitalised_names import find_capitalised_names
from caregraph.extractors.names.definitions import find_definitions
from caregraph.extractors.names.mentions import names_by_key
from caregraph.extractors.names.name_grammar import AuthorityNames
from caregraph.extractors.names.phrases import Phrase, PhraseTrie
from caregraph.extractors.names.quoted_names import find_quoted_names
from caregraph.extractors.names.services import ServiceExtractor, text_to_search
from caregraph.extractors.names.team_names import find_team_names
from caregraph.extractors.names.tokens import Tokens, tokenize

THINGS = [
    ("service:mash", "service", "multi-agency safeguarding hub", False),
    ("service:mash", "service", "MASH", True),
    ("agency:raa", "agency", "regional adoption agency", False),
    ("agency:adopt-us", "agency", "Adopt Us", True),
    ("process:need", "process", "child in need plan", False),
    ("process:protection", "process", "child protection plan", False),
    ("service:exploitation", "service", "child exploitation team", False),
]
AUTHORITIES = ["Oldport", "Oldport City Council", "Newbury Vale"]
TRIE = PhraseTrie(Phrase(text, id, exact) for id, _, text, exact in THINGS)
EXTRACTOR = ServiceExtractor(things=THINGS, generic_kinds={}, local=[], concept_acronyms=[], authorities=AUTHORITIES)
UNITS = [
    "( ",
    ") ",
    "(QXZ) ",
    "(Harbour ",
    "‘Harbour ",
    "A ",
    "Harbour ",
    "Harbour-",
    "Harbour and ",
    "Harbour, ",
    "and ",
    "- ",
    "12 ",
    "MASH ",
    "MASH and ",
    "Board ",
    "Oldport ",
    "Newbury Vale and ",
    "exploitation sub group ",
    "multi-agency safeguarding hub ",
    "child in need and child protection plans, ",
    "child in need, ",
    "regional adoption agency (Adopt Us). ",
    "Families Advice Service (FAS) ",
    "The {} Harbour Team (HT) met. ",
    "The Q{} Board met. Later q{} board and Q{}. ",
]


class CountedList(list[Any]):
    """A list that counts the items that are read of it, and of all its kind."""

    read = 0

    def __getitem__(self, index: SupportsIndex | slice) -> Any:
        items = super().__getitem__(index)
        if not isinstance(index, slice):
            CountedList.read += 1
            return items
        CountedList.read += len(items)
        return CountedList(items)

    def __iter__(self) -> Iterator[Any]:
        CountedList.read += len(self)
        return super().__iter__()


class CountedText(str):
    """A text that counts the characters that are copied of it, and of all its kind."""

    copied = 0

    def __getitem__(self, index: Any) -> "CountedText":
        CountedText.copied += len(part := super().__getitem__(index))
        return CountedText(part)

    def __add__(self, text: str) -> "CountedText":
        CountedText.copied += len(self)
        return CountedText(super().__add__(text))


def counted_tokens(text: str) -> Tokens:
    text, *lists = tokenize(text)
    return Tokens(text, *map(CountedList, lists))


def items_read(task: Callable[[], object]) -> int:
    before = CountedList.read
    task()
    return CountedList.read - before


def distinct(unit: str, count: int) -> str:
    """A unit again and again, each time with another word in its gaps."""
    return "".join(
        unit.replace("{}", f"{chr(97 + number // 26 % 26)}{chr(97 + number % 26)}") for number in range(count)
    )


@pytest.fixture
def extractor(monkeypatch: pytest.MonkeyPatch) -> ServiceExtractor:
    """An extractor of which the tokens and the matches count what is read of them."""

    def counted_spans(spans: Any) -> Sequence[Any]:
        return CountedList(longest_spans(spans))

    longest_spans = services.longest_spans
    monkeypatch.setattr(services, "tokenize", counted_tokens)
    monkeypatch.setattr(services, "longest_spans", counted_spans)
    return EXTRACTOR


@pytest.mark.parametrize("unit", UNITS)
def test_services_read_tokens_and_matches_in_proportion_to_the_text(extractor: ServiceExtractor, unit: str) -> None:
    def count(units: int) -> int:
        return items_read(lambda: [*extractor.find(distinct(unit, units))])

    assert 0 < count(320) <= 1.3 * 8 * count(40)


@pytest.mark.parametrize(
    "find",
    [
        lambda tokens, known: TRIE.find_in_tokens(tokens),
        lambda tokens, known: find_definitions(tokens),
        lambda tokens, known: find_quoted_names(tokens),
        lambda tokens, known: find_team_names(tokens, known=known, subject_words=frozenset({"exploitation"})),
        lambda tokens, known: find_capitalised_names(tokens, known=known, authorities=AuthorityNames(AUTHORITIES)),
    ],
    ids=["phrases", "definitions", "quoted names", "team names", "capitalised names"],
)
@pytest.mark.parametrize("unit", UNITS)
def test_finders_read_tokens_in_proportion_to_the_text(find: Callable[..., Iterator[object]], unit: str) -> None:
    def count(units: int) -> int:
        tokens = counted_tokens(distinct(unit, units))
        known = CountedList(TRIE.find_in_tokens(tokens))
        return items_read(lambda: [*find(tokens, known)])

    assert count(320) <= 1.3 * 8 * count(40)


def test_a_repeated_title_is_looked_for_no_further_than_names_are_long(extractor: ServiceExtractor) -> None:
    def count(units: int) -> int:
        return items_read(lambda: [*extractor.find("Harbour " * units + "Team. " + "harbour " * units)])

    assert count(320) <= 1.3 * 8 * count(40)


def test_the_people_of_a_text_are_read_once() -> None:
    text = distinct("Ann Lee met the Q{} Board. ", 100)
    people = CountedList((start, start + 7) for start in range(len(text)) if text.startswith("Ann Lee", start))

    before = CountedList.read
    mentions = [*EXTRACTOR.find(text, people=people)]

    assert len(mentions) == len(people) == 100
    assert CountedList.read - before == len(people)


def test_one_acronym_may_have_any_number_of_long_forms() -> None:
    text = distinct("Harbour {} Team (HT). ", 300)

    assert [mention.full for mention in EXTRACTOR.find(text)].count("HT") == 300


def test_every_mention_repeats_only_a_few_aliases() -> None:
    heads = product(["Team", "Service", "Project", "Scheme"], repeat=4)
    mentions = [*EXTRACTOR.find("".join(f"The Lantern {' '.join(words)} met. " for words in heads))]

    assert len({mention.full for mention in mentions}) == 4**4
    assert {key: len(aliases) for key, (_, aliases) in names_by_key(mentions).items()} == {"lantern": 30}


def test_a_coordination_may_have_any_number_of_members() -> None:
    trie = PhraseTrie([Phrase("plan plan plan", "plan")])

    matches = [*trie.find("plan plan, " * 3000 + "plan plan plan")]

    assert len(matches) == 3001


def test_a_phrase_may_be_broken_by_any_number_of_bracketed_acronyms() -> None:
    matches = [*TRIE.find("multi-agency safeguarding " + "(QXZ) " * 3000 + "hub")]

    assert [match.keys for match in matches] == [("service:mash",)]


def test_blanks_for_blocks_copy_the_text_once() -> None:
    blocks = [SimpleNamespace(kind="contents", start=start, end=start + 8) for start in range(0, 9 * 100, 9)]
    doc = SimpleNamespace(text=CountedText("Contents\n" * 100), user_data={"reading": SimpleNamespace(blocks=blocks)})
    copied = CountedText.copied

    assert text_to_search(doc).isspace()  # type: ignore[arg-type]
    assert CountedText.copied - copied <= len(doc.text)
