"""Capitals: runs of capitals that name a thing.

A run is a name if the noun of a thing ends it (Children's Improvement Board),
follows it in small letters (Full Moon team) or stands in apposition to it
(Stepwise, an early intervention project). A sentence's first word, posts, Acts
and councils stand in capitals too and are cut off or left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from caregraph.extractors.names.name_grammar import (
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
from caregraph.extractors.names.phrases import Match, Words

_ARTICLES = word_set("the a an")
_OF = word_set("of for")
_JOINING = word_set("at by for from in on to with")
# Words that begin a sentence or a letter far oftener than a name; 'first', 'next' and 'my' begin many a name.
_OPENERS = word_set(
    """a across after all also although an and another any as at authority because before both but by currently dear
    despite during each either every few following for from good he her his how however if in inspectors it its leaders
    local managers many more most neither no nor not of on or other outstanding overall partners recently senior
    several she similarly since so some staff such summary than that the their then there therefore these they this
    those though through to under until what when where whereas whether which while whilst who with within workers
    adequate inadequate january february march april may june july august september october november december"""
)
POSTS = word_set(
    """advocate adviser advisor ceo chair chairperson chief commissioner constable councillor director doctor dr
    executive head headteacher inspector judge leader lead magistrate majesty manager mayor minister mr mrs ms nurse
    officer practitioner president professional professor secretary specialist worker hmi shmi"""
)
_LAW_AND_PAPERS = word_set("act regulation inspection annex recommendation section chapter stage report judgement")
# Plans and reviews are written with capitals now and then, and are no names.
_NO_NAME = word_set(
    "plan assessment meeting order review procedure register report agreement process policy audit strategy framework"
)
_GENERAL = word_set(
    "child young people family adult social care health local authority council board service and the of in"
)
_SMALL_HEADS = TEAM_OR_BODY | word_set("hospital police constabulary university")
_ACTIVITIES = word_set("management training work pilot research senior leadership")
_COMPASS = word_set("north south east west central greater mid pan royal")
_ADDRESS = word_set("council county borough city district street road square house dockside hall centre")
_CLOSES_QUOTE = re.compile(r"[^s\W]['’]\s")
_ELECTED_BY_THE_YOUNG = word_set("youth young child care leaver change shadow junior school student pupil")


def capital_names(words: Words, *, known: Sequence[Match], councils: frozenset[str]) -> Iterator[Name]:
    """Yield the names in capitals, in order.

    A name that is ``known`` is not cut, and is no name by itself here.
    ``councils`` holds councils' names, folded.
    """
    whole = {place: match for match in known for place in range(match.first, match.last)}
    for start, end in _runs(words):
        for first, last in _pieces(words, start, end, whole, councils):
            first = _behind_opener(words, first, last, whole)
            if first < last and words.text[words.starts[first] - 1] not in '‘“"':
                yield from _name(words, first, last, whole, councils)


def _runs(words: Words) -> Iterator[tuple[int, int]]:
    """Yield each run of capitals with the small words inside it."""
    place = 0
    while place < len(words.raw):
        if words.raw[place][0].isupper():
            end = _run_end(words, place)
            hyphened = place > 0 and words.text[words.starts[place] - 1] == "-"  # 'i-Hub', '16-Plus'
            yield place - hyphened, end
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


def _pieces(
    words: Words, start: int, end: int, whole: Mapping[int, Match], councils: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Cut a run where it joins two names: 'the Trust and the Board', 'MARAC and MAPPA', 'Chair of the Forum'."""
    first = start
    for place in range(start + 1, end):
        inside_known = place in whole and whole[place] is whole.get(place - 1)
        if words.raw[place] not in SMALL or place <= first or inside_known:
            continue
        post = words.folded[place - 1] in POSTS
        article = bool(_ARTICLES & {*words.raw[place : place + 2]})
        ends_name = words.folded[place - 1] in TYPE_OF_HEAD or is_acronym(words.raw[place - 1])
        area = words.raw[place] != "and" and " ".join(words.folded[first:place]) in councils
        if article or post or ends_name or area:
            yield first, place
            first = _next_capital(words, place, end)
            of_agency = TYPE_OF_HEAD.get(words.folded[end - 1]) == "agency"
            if post and words.raw[place] in _OF and not article and not of_agency:  # a director of something
                return
    yield first, end


def _next_capital(words: Words, place: int, end: int) -> int:
    return next((look for look in range(place + 1, end) if words.raw[look][0].isupper()), end)


def _behind_opener(words: Words, first: int, last: int, whole: Mapping[int, Match]) -> int:
    """Where the name begins: behind a word that is capital only because the sentence begins with it."""
    opens = opens_sentence(words, first)
    while first < last and first not in whole:
        opens = opens or words.folded[first] in ("the", "dear")
        joined = first + 1 < last and words.raw[first + 1] in _JOINING
        if not opens or not (words.raw[first].lower() in _OPENERS or joined):
            break
        first = _next_capital(words, first, last)
    return first


def _name(words: Words, first: int, last: int, whole: Mapping[int, Match], councils: frozenset[str]) -> Iterator[Name]:
    folded = words.folded[first:last]
    if {*folded} & (POSTS | _LAW_AND_PAPERS) or " ".join(folded) in councils or folded[0][1:] == folded[-1][1:] == "":
        return
    if folded[0] == "operation":
        its_type = "programme" if last - first > 1 else ""
    elif last - first > 1 and folded[-1] in TYPE_OF_HEAD:
        its_type = _type_by_end(folded, councils)
    else:
        last, its_type = _type_by_surroundings(words, first, last, whole, councils)
    start, end = words.starts[first], words.ends[last - 1]
    if its_type and not _CLOSES_QUOTE.search(words.text, start, end):
        yield Name(start, end, its_type)


def _type_by_end(folded: list[str], councils: frozenset[str]) -> str:
    """The type of a name that a head ends, empty if it says no more than that a council has such a thing."""
    before, head = folded[:-1], folded[-1]
    its_type = "" if head in _NO_NAME else TYPE_OF_HEAD[head]
    if head == "council":
        return its_type if _ELECTED_BY_THE_YOUNG & {*before} else ""
    if " ".join(before) in councils:
        return its_type if its_type == "agency" else ""
    cut = max((cut for cut in range(len(before)) if " ".join(before[:cut]) in councils), default=0)
    return its_type if head not in ("service", "agency") or not {*before[cut:]} <= _GENERAL else ""


def _type_by_surroundings(
    words: Words, first: int, last: int, whole: Mapping[int, Match], councils: frozenset[str]
) -> tuple[int, str]:
    """Where a name without a head of its own ends, and the type that the words around it tell."""
    single = last - first == 1
    if single and opens_sentence(words, first):
        return last, ""
    head, end = _small_head(words, last)
    if head:
        return end, "" if first in whole and end - last < 2 else TYPE_OF_HEAD[head]
    if first in whole or {*words.folded[first:last]} <= _GENERAL | TYPE_OF_HEAD.keys():
        return last, ""
    plain = len(words.raw[last - 1]) > 1 and not (single and is_acronym(words.raw[first]))
    return last, (type_beside(words, first, last) if plain else "") or _of_a_place(words, first, last, councils)


def _of_a_place(words: Words, first: int, last: int, councils: frozenset[str]) -> str:
    """The type of a name made with the council's own: 'Children and Families Oldport', 'Young Oldport'."""
    folded, raw = words.folded[first:last], words.raw[first:last]
    written = words.text[words.starts[first] : words.ends[last - 1]]
    if {*folded} & _ADDRESS or {*raw} & _JOINING or any(map(is_acronym, raw)) or re.search("['’]", written):
        return ""
    for cut in range(1, len(folded)):
        before, behind = folded[:cut], folded[cut:]
        ends = " ".join(behind) in councils and before[-1] not in SMALL and not {*before} & _COMPASS
        begins = " ".join(before) in councils and behind[0] not in SMALL and not {*behind} <= _GENERAL | _COMPASS
        if ends or begins:
            return "service"
    return ""


def _small_head(words: Words, place: int) -> tuple[str, int]:
    """The head in small letters that follows, or that follows one word later, and where it ends."""
    for look in (place, place + 1):
        if look >= len(words.raw) or not words.raw[look].islower() or parted(words, look):
            break
        if words.raw[look] in SMALL or words.folded[look] in _ACTIVITIES:
            break
        if words.folded[look] in _SMALL_HEADS and words.raw[look] not in ("services", "groups", "councils"):
            return words.folded[look], look + 1
    return "", place
