"""Services: the named things a report mentions, those of the thesaurus and those that are in no list.

Writes doc.spans["services"], one span for each place where a thing is
mentioned. Its label is the thing's type, its kb_id the thesaurus term whose
spelling it is ("" for a name that is in no list), its id the fullest name that
the document gives the thing; attrs["aliases"] holds, span for span, the other
names it goes by there. Mentions with one id are one thing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol, TypeVar

from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from extractors.capitals import POSTS, capital_names
from extractors.definitions import definitions
from extractors.names import TYPE_OF_HEAD, Name, is_acronym, opens_sentence
from extractors.phrases import Match, Phrases, Spelling, Words, fold, split_words
from extractors.quotations import quoted_names
from extractors.teams import team_names
from ontology.terms import Vocabulary

SPANS_KEY = "services"
_AUTHOR = "agency:ofsted"
_SILENT = frozenset({"imprint", "contents"})  # kinds of blocks that name nothing
# Two names that differ in these last words only are one thing's: 'Full Circle', 'the Full Circle team'.
_PLAIN_HEADS = frozenset(["team", "service", "programme", "project", "model", "scheme", "initiative", "approach"])


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component, with the spellings of the vocabulary's things, concepts and councils."""
    config = {
        "things": [
            (term.id, term.type, name.text, name.exact) for term in vocabulary.things for name in term.spellings
        ],
        "concepts": [word for term in vocabulary.concepts for word in (term.label, *term.alt)],
        "ideas": [acronym for term in vocabulary.concepts for acronym in term.acronyms],
        "councils": [name for term in vocabulary.authorities for name in (term.name, *term.spellings)],
    }
    nlp.add_pipe("services", config=config)


@Language.factory(
    "services",
    assigns=["doc.spans"],
    default_config={"things": [], "concepts": [], "ideas": [], "councils": []},
)
def make_services(
    nlp: Language,
    name: str,
    things: list[tuple[str, str, str, bool]],
    concepts: list[str],
    ideas: list[str],
    councils: list[str],
) -> "ServiceExtractor":
    """Things are (term id, type, spelling, whether its capitals count); ideas are acronyms that name no thing."""
    return ServiceExtractor(things=things, concepts=concepts, ideas=ideas, councils=councils)


class Mention(NamedTuple):
    """Characters ``start`` to ``end`` name a thing, in full ``full``; mentions with one ``key`` name the same thing."""

    start: int
    end: int
    key: str
    type: str
    full: str


class ServiceExtractor:
    """Match the thesaurus, then what the document itself defines, then find the names beside both."""

    def __init__(
        self,
        *,
        things: Iterable[tuple[str, str, str, bool]],
        concepts: Iterable[str],
        ideas: Iterable[str],
        councils: Iterable[str],
    ) -> None:
        things = [*things]
        self.phrases = Phrases(Spelling(text, id, exact) for id, _, text, exact in things)
        self.types = {id: type for id, type, _, _ in things}
        self.ordinary = frozenset(text for _, _, text, exact in things if exact and text.isalpha() and text.istitle())
        named = [text for _, type, text, exact in things if not exact and type in ("service", "body")]
        folded = {word for text in named for word in split_words(text).folded if word.isalpha()}
        self.subjects = frozenset(folded - STOP_WORDS)
        self.ideas = frozenset(ideas) - {text for _, _, text, exact in things if exact}
        self.councils = frozenset(" ".join(split_words(name).folded) for name in councils)

    def __call__(self, doc: Doc) -> Doc:
        mentions = [*self.find(_spoken(doc))]
        called = names_of(mentions)
        spans = [
            doc.char_span(
                mention.start,
                mention.end,
                label=mention.type,
                kb_id=mention.key if mention.key in self.types else "",
                span_id=called[mention.key][0],
                alignment_mode="expand",
            )
            for mention in mentions
        ]
        aliases = [[*called[mention.key][1]] for mention in mentions]
        doc.spans[SPANS_KEY] = SpanGroup(doc, name=SPANS_KEY, spans=spans, attrs={"aliases": aliases})
        return doc

    def find(self, text: str) -> Iterator[Mention]:
        """Yield the mentions in a text in order, none overlapping."""
        words = split_words(text)
        known = [match for match in self.phrases.find_in(words) if not self._is_no_name(words, match)]
        types = dict(self.types)
        defined = Phrases(self._defined(words, known, types))
        known = _longest([*defined.find_in(words), *known])
        names = [
            *capital_names(words, known=known, councils=self.councils),
            *quoted_names(words),
            *team_names(words, known=known, subjects=self.subjects),
        ]
        sure = {match.keys[0] for match in known if len(match.keys) == 1}
        mentions = [_mention(match, sure, types) for match in known]
        for name in names:
            mentions.extend(_beside(words, name, known, types))
        yield from _apposed(text, _longest(mentions))

    def _is_no_name(self, words: Words, match: Match) -> bool:
        """Is it the report's author, agencies in general, or an ordinary word, capital because it opens a sentence?"""
        if _AUTHOR in match.keys:
            return True
        last = words.raw[match.last - 1]
        if self.types[match.keys[0]] == "agency" and last.islower() and last.endswith("s"):
            return True
        single = match.last - match.first == 1
        return single and words.raw[match.first] in self.ordinary and opens_sentence(words, match.first)

    def _defined(self, words: Words, known: Sequence[Match], types: dict[str, str]) -> Iterator[Spelling]:
        """Yield the spellings, long and short, that the document itself defines; add their types to ``types``."""
        by_end = {match.last: match for match in known}
        by_start = {match.start: match for match in known}
        for definition in definitions(words):
            long = words.text[words.starts[definition.first] : words.ends[definition.last - 1]]
            short = words.text[slice(*definition.short)].removesuffix("s")
            match = by_end.get(definition.last) or by_start.get(definition.short[0])
            if match:
                key = match.keys[0]
            elif short in self.ideas or POSTS & {*words.folded[definition.first : definition.last]}:
                continue
            elif definition.head:
                key = _key(long)
                types[key] = TYPE_OF_HEAD[definition.head]
            else:
                continue
            yield Spelling(short, key, exact=True)
            yield Spelling(long, key)


def _mention(match: Match, sure: set[str], types: Mapping[str, str]) -> Mention:
    """Of the things that share a spelling, the one that the document names by another of its names, or the first."""
    key = next((key for key in match.keys if key in sure), match.keys[0])
    return Mention(match.start, match.end, key, types[key], match.full)


def _beside(words: Words, name: Name, known: Sequence[Match], types: Mapping[str, str]) -> Iterator[Mention]:
    """Yield the name, unless it is no more than a known one with a head behind it, as 'the MASH team' is."""
    text = words.text[name.start : name.end]
    inside = [match for match in known if name.start <= match.start and match.end <= name.end]
    if not inside:
        yield Mention(name.start, name.end, _key(text), name.type, text)
        return
    last = inside[-1]
    if last.end == name.end:
        yield Mention(name.start, name.end, last.keys[0], types[last.keys[0]], text)
    elif len(split_words(words.text[last.end : name.end]).raw) > 1:
        yield Mention(name.start, name.end, _key(text), name.type, text)


# What stands between the common and the proper name of one thing, and behind the proper one.
_BETWEEN = re.compile(r" \(|, | \(?(?:which is )?(?:called|named|known(?: locally)? as) (?:the )?")
_BEHIND = re.compile(r"[’'”\"]?(?:\)|\.|, (?:which|who|that|a|an|the)\b| and\b)")


def _apposed(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions, a common name with the proper one beside it as one thing: 'regional agency (Adopt Us)'."""
    same: dict[str, str] = {}
    for one, other in pairwise(mentions):
        between = text[one.end : other.start].rstrip("‘“'\"")
        common = one.full[-1].islower() and not one.full.endswith("s") and one.full[1:].islower()
        proper = other.full[0].isupper() and one.type == other.type and one.key != other.key
        if common and proper and _BETWEEN.fullmatch(between) and _BEHIND.match(text, other.end):
            same[one.key] = other.key
    for mention in mentions:
        yield mention._replace(key=same.get(mention.key, mention.key))


def _key(text: str) -> str:
    """What names of one thing in no list have in common."""
    folded = split_words(text).folded
    while len(folded) > 1 and folded[-1] in _PLAIN_HEADS:
        folded.pop()
    return " ".join(folded)


def names_of(mentions: Iterable[Mention]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """By key: the fullest name that mentions give a thing, in the singular where they do, and its other names."""
    texts: dict[str, dict[str, None]] = {}
    for mention in mentions:
        texts.setdefault(mention.key, {})[mention.full] = None
    return {key: _fullest(list(names)) for key, names in texts.items()}


def _fullest(names: list[str]) -> tuple[str, tuple[str, ...]]:
    def fullness(name: str) -> tuple[bool, int, int]:
        return (not is_acronym(name), len(split_words(name).raw), -len(name))

    name = _singular(max(names, key=fullness))
    different = {name.lower(): name}
    for other in names:
        different.setdefault(other.lower(), other)
    return name, tuple(different.values())[1:]


def _singular(name: str) -> str:
    """The name with its head in the singular, if the head stands in small letters."""
    last = name.rpartition(" ")[2]
    return name[: -len(last)] + fold(last) if last.islower() and fold(last) in TYPE_OF_HEAD else name


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=_Placed)


def _longest(placed: Iterable[P]) -> list[P]:
    """The longest of those that overlap, and of equals the first given, in order."""
    kept: list[P] = []
    taken: set[int] = set()
    for one in sorted(placed, key=lambda one: one.start - one.end):
        if one.start not in taken and one.end - 1 not in taken:
            kept.append(one)
            taken.update(range(one.start, one.end))
    return sorted(kept, key=lambda one: one.start)


def _spoken(doc: Doc) -> str:
    """The document's text with blanks for the blocks that name nothing."""
    text = doc.text
    reading = doc.user_data.get("reading")
    for block in reading.blocks if reading else ():
        if block.kind in _SILENT:
            text = text[: block.start] + " " * (block.end - block.start) + text[block.end :]
    return text
