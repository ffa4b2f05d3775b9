"""Capitals: runs of capitals that name a thing.

A run is a name if the noun of a thing ends it (Children's Improvement Board),
follows it in small letters (Full Circle team) or stands in apposition to it
(Reboot, an early intervention project). A sentence's first word, posts, Acts
and councils stand in capitals too and are cut off or left out.
"""

from collections.abc import Iterator, Mapping, Sequence

from spacy.lang.en.stop_words import STOP_WORDS

from extractors.names import (
    SMALL,
    TEAM_OR_BODY,
    TYPE_OF_HEAD,
    Name,
    is_acronym,
    opens_sentence,
    parted,
    type_beside,
    word_set,
)
from extractors.phrases import Match, Words

_ARTICLES = word_set("the a an")
_OF = word_set("of for")
_JOINING = word_set("at by for from in on to with")
# Words that begin a sentence or a letter far oftener than a name.
_OPENERS = STOP_WORDS | word_set(
    """currently dear despite following good inspectors leaders local managers outstanding overall partners recently senior
    staff summary workers adequate inadequate january february march april may june july august september october november
    december"""
)
POSTS = word_set(
    """advocate adviser ceo chair chairperson chief commissioner constable councillor director doctor dr executive head
    headteacher inspector judge leader lead magistrate majesty manager mayor minister mr mrs ms nurse officer practitioner
    president professor secretary worker hmi shmi"""
)
_LAW_AND_PAPERS = word_set("act regulation inspection annex recommendation section chapter stage report judgement")
# Plans and reviews are written with capitals now and then, and are no names.
_NO_NAME = word_set(
    "plan assessment meeting order review procedure register report agreement process policy audit strategy framework"
)
_GENERAL = word_set(
    "child young people family adult social care health local authority council board service and the of in"
)
_ACTIVITIES = word_set("management training work pilot research senior leadership")
_ELECTED_BY_THE_YOUNG = word_set("youth young child care leaver change shadow junior school student pupil")


def capital_names(words: Words, *, known: Sequence[Match], councils: frozenset[str]) -> Iterator[Name]:
    """Yield the names in capitals, in order.

    A name that is ``known`` is not cut, and is no name by itself here.
    ``councils`` holds councils' names, folded.
    """
    whole = {place: match for match in known for place in range(match.first, match.last)}
    for start, end in _runs(words):
        for first, last in _pieces(words, start, end, whole):
            first = _behind_opener(words, first, last, whole)
            if first < last and words.text[words.starts[first] - 1] not in '‘“"':
                yield from _name(words, first, last, whole, councils)


def _runs(words: Words) -> Iterator[tuple[int, int]]:
    """Yield each run of capitals with the small words inside it."""
    place = 0
    while place < len(words.raw):
        if words.raw[place][0].isupper():
            end = _run_end(words, place)
            yield place, end
            place = end
        else:
            place += 1


def _run_end(words: Words, place: int) -> int:
    end = look = place + 1
    while look < len(words.raw) and look - end < 3 and not parted(words, look):
        word = words.raw[look]
        if word[0].isupper() or (word.isdigit() and words.ends[look - 1] == words.starts[look]):
            end = look + 1
        elif word not in SMALL:
            break
        look += 1
    return end


def _pieces(words: Words, start: int, end: int, whole: Mapping[int, Match]) -> Iterator[tuple[int, int]]:
    """Cut a run where it joins two names: 'the Trust and the Board', 'MARAC and MAPPA', 'Chair of the Forum'."""
    first = start
    for place in range(start + 1, end):
        inside_known = place in whole and whole[place] is whole.get(place - 1)
        if words.raw[place] not in SMALL or place <= first or inside_known:
            continue
        post = words.folded[place - 1] in POSTS
        article = bool(_ARTICLES & {*words.raw[place : place + 2]})
        if article or post or words.folded[place - 1] in TYPE_OF_HEAD or is_acronym(words.raw[place - 1]):
            yield first, place
            first = _next_capital(words, place, end)
            if post and words.raw[place] in _OF and not article:  # a director of something
                return
    yield first, end


def _next_capital(words: Words, place: int, end: int) -> int:
    return next((look for look in range(place + 1, end) if words.raw[look][0].isupper()), end)


def _behind_opener(words: Words, first: int, last: int, whole: Mapping[int, Match]) -> int:
    """Where the name begins: behind a word that is capital only because the sentence begins with it."""
    while first < last and first not in whole:
        opens = opens_sentence(words, first) or words.folded[first] in ("the", "dear")
        joined = first + 1 < last and words.raw[first + 1] in _JOINING
        if not opens or not (words.raw[first].lower() in _OPENERS or joined):
            break
        first = _next_capital(words, first, last)
    return first


def _name(words: Words, first: int, last: int, whole: Mapping[int, Match], councils: frozenset[str]) -> Iterator[Name]:
    folded = words.folded[first:last]
    if {*folded} & (POSTS | _LAW_AND_PAPERS) or " ".join(folded) in councils:
        return
    if last - first > 1 and folded[-1] in TYPE_OF_HEAD:
        if folded[-1] not in _NO_NAME and _distinct(folded, councils):
            yield Name(words.starts[first], words.ends[last - 1], TYPE_OF_HEAD[folded[-1]])
        return
    if first in whole:
        return
    opens = last - first == 1 and opens_sentence(words, first)
    head, end = ("", last) if opens else _small_head(words, last)
    its_type = TYPE_OF_HEAD.get(head) or type_beside(words, first, last)
    if its_type:
        yield Name(words.starts[first], words.ends[end - 1], its_type)


def _distinct(folded: list[str], councils: frozenset[str]) -> bool:
    """Does it say more than that a council has such a thing?"""
    own = [word for word in folded[:-1] if word not in _GENERAL]
    if folded[-1] == "council":
        return bool(_ELECTED_BY_THE_YOUNG & {*folded})
    return bool(own or folded[-1] != "service") and " ".join(folded[:-1]) not in councils


def _small_head(words: Words, place: int) -> tuple[str, int]:
    """The head in small letters that follows, or that follows one word later, and where it ends."""
    for look in (place, place + 1):
        if look >= len(words.raw) or not words.raw[look].islower() or parted(words, look):
            break
        if words.raw[look] in SMALL or words.folded[look] in _ACTIVITIES:
            break
        if words.folded[look] in TEAM_OR_BODY and words.raw[look] != "services":
            return words.folded[look], look + 1
    return "", place
