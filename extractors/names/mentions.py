"""Mentions: the spans of text that name things, and a key for each thing.

A thing goes by several names in one document: its acronym, a fuller name, a
common name with the proper one beside it ('the regional adoption agency (Adopt
Us)'), or a kind of which the document names one thing only.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol, TypeVar

from caregraph.extractors.names.name_grammar import TYPE_OF_HEAD, word_set
from caregraph.extractors.names.tokens import fold, is_acronym, tokenize

# Two names that differ in these last words only are one thing's: 'Full Moon', 'the Full Moon team'.
_GENERIC_HEADS = word_set("team service programme project model scheme initiative approach")
_MAX_ALIASES = 30  # of one thing, which each of its mentions repeats; in reports a thing has up to six
_IGNORED_WORDS = word_set("nhs foundation the")
_BRACKET = re.compile(r" \([^()]*\)")
# A name that begins with capitals and goes on in small letters.
_DESCRIBED_TITLE = re.compile(r"([A-Z][\w’'-]*(?: (?:(?:and|for|in|of|the|to|with) )?[A-Z][\w’'-]*)*) [^A-Z]+$")
# Text between the common and the proper name of one thing, and behind the proper one.
_APPOSITION = re.compile(r" \(|, | \(?(?:which is )?(?:called|named|known(?: locally)? as) (?:the )?")
_APPOSITION_END = re.compile(
    r"[’'”\"]?(?:\)|\.|, (?:which|who|that|a|an|the)\b| and\b|, (?!(?:and|or)\b|[\w ’'-]{1,25}(?:,| and\b| or\b))[a-z])"
)
# Text between the proper name and the common one: ‘Tidal Voices’, the council’s children in care council.
_DESCRIPTION = re.compile(r"[’'”\"]?(?: \(|, )(?:(?:the|an?|its|their) (?:[\w-]+[’']s? )?|[\w-]+[’']s? )")
_DESCRIPTION_END = re.compile(r"\)|\.|, (?!(?:and|or|the|an?)\b|[\w ’'-]{1,25}(?:,| and\b| or\b))[a-z]")


class ThingMention(NamedTuple):
    """Characters ``start`` to ``end`` that name a thing, in full ``full``; mentions of one thing have one ``key``.

    ``kind`` is the key of the generic thing (integrated care board) that the name ends with, empty if with none.
    """

    start: int
    end: int
    key: str
    type: str
    full: str
    kind: str = ""


def thing_key(name: str) -> str:
    """Key of a thing that is not in the thesaurus: the words that all its names share.

    >>> thing_key("Full Moon"), thing_key("Full Moon teams"), thing_key("Lantern’s team")
    ('full moon', 'full moon', 'lantern')
    """
    folded = tokenize(_BRACKET.sub("", name)).folded
    folded = [token for token in folded if token not in _IGNORED_WORDS] or folded
    folded = folded[1:] if folded[0] == "a" and len(folded) > 2 else folded
    while len(folded) > 1 and folded[-1] in _GENERIC_HEADS:
        folded.pop()
    return " ".join(folded)


def unify_keys(
    text: str,
    mentions: Sequence[ThingMention],
    *,
    generic_kinds: Mapping[str, str],
    listed_types: Mapping[str, str],
    common_names: Collection[str],
) -> Iterator[ThingMention]:
    """Yield the mentions, all that name one thing with one key and one type, the most frequent.

    Args:
        text: the document's text.
        mentions: its mentions in order.
        generic_kinds: the key of the generic thing (a regional adoption agency) by that of its instance (Adopt Us).
        listed_types: the types of things by their keys, of those that are in a list.
        common_names: names in small letters that are common ones even where they are printed in capitals.
    """
    appositions = [*_appositions(text, mentions, listed_types, common_names)]
    described = {proper.key: common.type for common, proper in appositions if proper.key not in listed_types}
    proper_keys = {common.key: proper.key for common, proper in appositions}
    replacements = {
        **_sole_instances((mention for mention in mentions if mention.key not in proper_keys), generic_kinds),
        **_described_titles(mention for mention in mentions if mention.key not in listed_types),
        **proper_keys,
    }
    keys = [replacements.get(mention.key, mention.key) for mention in mentions]
    types: dict[str, Counter[str]] = {}
    for mention, key in zip(mentions, keys, strict=True):
        types.setdefault(key, Counter())[mention.type] += 1
    for mention, key in zip(mentions, keys, strict=True):
        yield mention._replace(key=key, type=described.get(key) or types[key].most_common(1)[0][0])


def _sole_instances(mentions: Iterable[ThingMention], generic_kinds: Mapping[str, str]) -> dict[str, str]:
    """Key of the only instance that a document names, by the key of the generic thing, an agency.

    A region's body or service is not the only one: each authority has its own beside it.
    """
    agencies = [mention for mention in mentions if mention.type == "agency"]
    kinds = {mention.key: mention.kind or generic_kinds.get(mention.key, "") for mention in agencies}
    instances: dict[str, list[str]] = {}
    for key, kind in sorted(kinds.items()):
        instances.setdefault(kind, []).append(key)
    instances.pop("", None)
    return {generic: keys[0] for generic, keys in instances.items() if len(keys) == 1}


def _described_titles(mentions: Iterable[ThingMention]) -> dict[str, str]:
    """Key of a title (Awake) by that of the title with what it is behind it (Awake multidisciplinary youth team)."""
    names = {mention.key: mention.full for mention in mentions}
    titles = {key: _DESCRIBED_TITLE.match(name) for key, name in names.items()}
    keys = {key: thing_key(title[1]) for key, title in titles.items() if title}
    return {key: title for key, title in keys.items() if title in names}


def _appositions(
    text: str, mentions: Sequence[ThingMention], listed_types: Mapping[str, str], common_names: Collection[str]
) -> Iterator[tuple[ThingMention, ThingMention]]:
    """Yield each common name with the proper one in apposition to it, on either side."""

    def is_common(mention: ThingMention) -> bool:
        name = mention.full
        return (name[1:].islower() and not name.endswith("s")) or name.lower() in common_names

    def is_proper(mention: ThingMention) -> bool:
        return mention.full[0].isupper() and mention.full.lower() not in common_names

    def is_short(mention: ThingMention) -> bool:
        return " " in mention.full and all(map(is_acronym, mention.full.split()))

    for first, second in pairwise(mentions):
        same_type = first.type == second.type
        if first.key == second.key:
            continue
        between = text[first.end : second.start]
        if is_common(first) and is_proper(second) and (same_type or second.key not in listed_types):
            if _APPOSITION.fullmatch(between.rstrip("‘“'\"")) and _APPOSITION_END.match(text, second.end):
                yield first, second
        elif is_proper(first) and is_common(second) and (same_type or first.key not in listed_types):
            if _DESCRIPTION.fullmatch(between) and _DESCRIPTION_END.match(text, second.end):
                yield second, first
        elif same_type and between == " (" and text[second.end : second.end + 1] == ")" and is_short(second):
            yield second, first


def names_by_key(mentions: Iterable[ThingMention]) -> dict[str, tuple[str, list[str]]]:
    """By key, the fullest name that mentions give a thing, in the singular, and its aliases, the first few in order."""
    names: dict[str, dict[str, None]] = {}
    for mention in mentions:
        names.setdefault(mention.key, {})[mention.full] = None
    return {key: _name_and_aliases([*names_of_thing]) for key, names_of_thing in names.items()}


def _name_and_aliases(names: list[str]) -> tuple[str, list[str]]:
    def fullness(name: str) -> tuple[bool, int, int]:
        return not is_acronym(name), len(tokenize(name).raw), -len(name)

    fullest = _with_singular_head(max(names, key=fullness))
    by_lowercase = {fullest.lower(): fullest}
    for name in names:
        by_lowercase.setdefault(name.lower(), name)
    return fullest, [*by_lowercase.values()][1 : _MAX_ALIASES + 1]


def _with_singular_head(name: str) -> str:
    """Put the head of a name into the singular, if it stands in small letters."""
    last = name.rpartition(" ")[2]
    return name[: -len(last)] + fold(last) if last.islower() and fold(last) in TYPE_OF_HEAD else name


class HasOffsets(Protocol):
    """A span of text: anything with a start and an end, in characters from 0, the end exclusive."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


SpanT = TypeVar("SpanT", bound=HasOffsets)


def longest_spans(spans: Iterable[SpanT]) -> list[SpanT]:
    """The longest of spans that overlap, and of equals the first given, in order of their starts.

    No span may be empty.
    """
    by_length = sorted(spans, key=lambda span: span.start - span.end)
    covered = bytearray(max((span.end for span in by_length), default=0))
    longest: list[SpanT] = []
    for span in by_length:
        # A span that was taken before is no shorter, so it covers an end of any that it overlaps.
        if not covered[span.start] and not covered[span.end - 1]:
            longest.append(span)
            covered[span.start : span.end] = b"\1" * (span.end - span.start)
    return sorted(longest, key=lambda span: span.start)
