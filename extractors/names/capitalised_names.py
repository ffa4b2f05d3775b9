"""Capitalised names: runs of words with a capital that name a thing.

A run is a name if the noun of a thing ends it (Children's Improvement Board),
follows it in small letters (Full Moon team) or stands in apposition to it
(Stepwise, an early intervention project). The first word of a sentence, posts,
Acts, authorities and addresses have capitals too and are cut off or left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from spacy.lang.en.stop_words import STOP_WORDS

from caregraph.extractors.names.addresses import address_indexes
from caregraph.extractors.names.name_grammar import (
    ADDRESS_WORDS,
    COMPASS,
    FUNCTION_WORDS,
    LOWERCASE_HEADS,
    TYPE_OF_HEAD,
    AuthorityNames,
    NameSpan,
    has_quote_before,
    starts_sentence,
    type_by_apposition,
    word_set,
)
from caregraph.extractors.names.phrases import PhraseMatch
from caregraph.extractors.names.prose_titles import UNTYPED, is_prose_title
from caregraph.extractors.names.tokens import Tokens, is_acronym

_ARTICLES = word_set("the a an")
_OF = word_set("of for")
_PREPOSITIONS = word_set("at by for from in on to with")
# Words that begin a sentence or a letter far oftener than a name; 'first', 'next' and 'my' begin many a name.
_SENTENCE_OPENERS = word_set(
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
_NO_NAME_HEADS = word_set(
    "plan assessment meeting order review procedure register report agreement process policy audit strategy framework"
)
_GENERAL_WORDS = word_set(
    "child young people family adult social care health education local authority council board service and the of in"
)
_FOLLOWING_HEADS = LOWERCASE_HEADS | word_set(
    """hospital police constabulary university consortium collaborative alliance network club clinic course package
    award fund grant toolkit"""
)
_PLURALS_IN_GENERAL = word_set("services groups councils courses")
_MAX_BRACKET = 12  # tokens
_MAX_WORDS_BEFORE_HEAD = 3  # in small letters, behind a name that is no acronym, known thing or place
_ACTIVITY_WORDS = word_set("management training work pilot research senior leadership")
_OF_THE_NHS = TYPE_OF_HEAD.keys() | word_set("app number constitution digital therapy")  # behind NHS, no place
_HEADS_BEFORE_OF = word_set("university diocese department")  # 'University of Oldport'
_COUNTRIES = word_set("england wales scotland uk")
_CUT_NAMES = frozenset({"care board", "commissioning group", "health trust", "trust board"})  # too general, or cut
_WORDS_OF_AUTHORITIES = word_set("council borough")
_CLOSING_QUOTE = re.compile(r"[^s\W]['’]\s")
_YOUTH_COUNCIL_WORDS = word_set("youth young child care leaver change shadow junior school student pupil")


def find_capitalised_names(
    tokens: Tokens, *, known: Sequence[PhraseMatch], authorities: AuthorityNames
) -> Iterator[NameSpan]:
    """Yield the capitalised names, in order.

    A name that is ``known`` is not cut, and is no name by itself here.
    """
    known_at = {index: match for match in known for index in range(match.first, match.last)}
    addresses = address_indexes(tokens)
    for start, end in _runs(tokens):
        if start in addresses:
            continue
        for first, last in _split_run(tokens, start, end, known_at, authorities):
            first = _skip_opener(tokens, first, last, known_at, authorities)
            if first < last and tokens.text[tokens.starts[first] - 1] not in '‘“"':
                yield from _name(tokens, first, last, known_at, authorities)


def _runs(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Yield each run of capitalised tokens, with the function words inside it."""
    index = 0
    while index < len(tokens.raw):
        if tokens.raw[index][0].isupper():
            end = _run_end(tokens, index)
            hyphened = index > 0 and _is_hyphened(tokens, index)  # 'i-Hub', '16-Plus'
            yield index - hyphened, end
            index = end
        else:
            index += 1


def _run_end(tokens: Tokens, start: int) -> int:
    end = index = start + 1
    while index < len(tokens.raw) and index - end < 3 and not has_quote_before(tokens, index):
        token = tokens.raw[index]
        if token[0].isupper() or (token.isdigit() and tokens.ends[index - 1] == tokens.starts[index]):
            end = index + 1
        elif token not in FUNCTION_WORDS and not _is_before_lone_head(tokens, index):
            break
        index += 1
    return end


def _is_before_lone_head(tokens: Tokens, index: int) -> bool:
    """Tell if a token is a line's end, and the next line only the end of a name: 'Board', 'Care Board'."""
    if tokens.raw[index] != "\n":
        return False
    line = tokens.raw[index + 1 : index + 4]
    size = line.index("\n") if "\n" in line else len(line)
    ending = " ".join(line[:size])
    return ending.istitle() and (ending.lower() in TYPE_OF_HEAD or ending.lower() in _CUT_NAMES)


def _split_run(
    tokens: Tokens, start: int, end: int, known_at: Mapping[int, PhraseMatch], authorities: AuthorityNames
) -> Iterator[tuple[int, int]]:
    """Cut a run where it joins two names: 'the Trust and the Board', 'MARAC and MAPPA', 'Chair of the Forum'."""
    first = start
    for index in range(start + 1, end):
        inside_known = index in known_at and known_at[index] is known_at.get(index - 1)
        if index <= first or inside_known or _is_hyphened(tokens, index):
            continue
        if index < _behind_authority(tokens, first, end, authorities):  # 'Ash with Oldport’s Board'
            continue
        if tokens.raw[index] not in FUNCTION_WORDS:
            if tokens.raw[index - 1] == "Council" and _is_authority(tokens, first, index, authorities):
                first = index  # 'Oldport Council Coast Care Board' has two names, of which the first is no thing's
            continue
        after_post = tokens.folded[index - 1] in POSTS
        article = bool(_ARTICLES & {*tokens.raw[index : index + 2]})
        if tokens.raw[index] == "of" and tokens.folded[index - 1] in _HEADS_BEFORE_OF:
            continue
        after_name = tokens.folded[index - 1] in TYPE_OF_HEAD or is_acronym(tokens.raw[index - 1])
        after_authority = _is_authority(tokens, first, index, authorities) and (
            tokens.raw[index] != "and" or bool(_WORDS_OF_AUTHORITIES & {*tokens.folded[first:index]})
        )
        before_agency = _is_agency(known_at.get(index + 1), index + 1) or (
            tokens.raw[end - 1] == "Council" and _is_authority(tokens, index + 1, end, authorities)
        )
        if article or after_post or after_name or after_authority or before_agency:
            yield first, index
            first = _next_capital(tokens, index, end)
            of_agency = TYPE_OF_HEAD.get(tokens.folded[end - 1]) == "agency"
            if after_post and tokens.raw[index] in _OF and not article and not of_agency:  # a director of something
                return
    yield first, end


def _behind_authority(tokens: Tokens, first: int, end: int, authorities: AuthorityNames) -> int:
    """Index behind the longest name of an authority that begins at a token; the token's if none does."""
    return first + max(authorities.prefixes(tokens.folded[first : min(end, first + authorities.max_tokens)]), default=0)


def _is_hyphened(tokens: Tokens, index: int) -> bool:
    """Tell if a token is joined to the one before, as the second of 'Ashton-on-Mere' is."""
    return tokens.text[tokens.starts[index] - 1] == "-"


def _is_agency(match: PhraseMatch | None, first: int) -> bool:
    """Tell if a known name that begins at ``first`` is an agency's."""
    return match is not None and match.first == first and match.keys[0].startswith("agency:")


def _is_authority(tokens: Tokens, first: int, last: int, authorities: AuthorityNames) -> bool:
    return last - first <= authorities.max_tokens and tokens.folded[first:last] in authorities


def _next_capital(tokens: Tokens, start: int, end: int) -> int:
    return next((index for index in range(start + 1, end) if tokens.raw[index][0].isupper()), end)


def _skip_opener(
    tokens: Tokens, first: int, last: int, known_at: Mapping[int, PhraseMatch], authorities: AuthorityNames
) -> int:
    """Index of a name's first token, behind words that are capital only because the sentence begins with them."""
    opens = starts_sentence(tokens, first)
    while first < last and first not in known_at and _behind_authority(tokens, first, last, authorities) < first + 2:
        opens = opens or tokens.folded[first] in ("the", "dear")
        before_preposition = (
            first + 1 < last and tokens.raw[first + 1] in _PREPOSITIONS and not _is_hyphened(tokens, first + 1)
        )
        if not opens or not (tokens.raw[first].lower() in _SENTENCE_OPENERS or before_preposition):
            break
        first = _next_capital(tokens, first, last)
    return first


def _name(
    tokens: Tokens, first: int, last: int, known_at: Mapping[int, PhraseMatch], authorities: AuthorityNames
) -> Iterator[NameSpan]:
    """Yield the name that a run is, if it is one."""
    folded = tokens.folded[first:last]
    if {*folded} & (POSTS | _LAW_AND_PAPERS) or folded in authorities or folded[0][1:] == folded[-1][1:] == "":
        return
    if {*folded} <= _COUNTRIES or folded[-2:] == ["civic", "centre"] or " ".join(folded) in _CUT_NAMES:
        return
    if folded[0] == "operation":
        type_ = "programme" if last - first > 1 else ""
    elif _is_agency_by_first_words(tokens, first, last):
        type_ = "agency"
    elif last - first > 1 and folded[-1] in TYPE_OF_HEAD:
        type_ = _type_by_head(folded, authorities)
    else:
        last, type_ = _type_by_context(tokens, first, last, known_at, authorities)
    start, end = tokens.characters(first, last)
    if type_ and not _CLOSING_QUOTE.search(tokens.text, start, end):
        yield NameSpan(start, end, type_)


def _is_agency_by_first_words(tokens: Tokens, first: int, last: int) -> bool:
    """Tell if a name is of the health service in a place, or has its head first: 'University of Oldport'."""
    folded = tokens.folded[first:last]
    if folded[0] == "nhs":  # a comma parts a longer name: 'NHS Oldport, Newbury and Marsh'
        return last - first > 1 and not {*folded} & _OF_THE_NHS and tokens.raw[last : last + 1] not in ([","], ["&"])
    return bool(_OF & {*folded} and _HEADS_BEFORE_OF & {*folded})


def _type_by_head(folded: list[str], authorities: AuthorityNames) -> str:
    """Type of a name that a head ends, empty if it says no more than that an authority has such a thing."""
    before, head = folded[:-1], folded[-1]
    type_ = "" if head in _NO_NAME_HEADS else TYPE_OF_HEAD[head]
    if head == "council":
        return type_ if _YOUTH_COUNCIL_WORDS & {*before} else ""
    if before in authorities:
        return type_ if type_ == "agency" else ""
    authority = max(authorities.prefixes(before), default=0)  # tokens
    return type_ if head not in ("service", "agency") or not {*before[authority:]} <= _GENERAL_WORDS else ""


def _type_by_context(
    tokens: Tokens, first: int, last: int, known_at: Mapping[int, PhraseMatch], authorities: AuthorityNames
) -> tuple[int, str]:
    """End of a name without a head of its own, and the type that the words around it give, empty if none."""
    single = last - first == 1
    if single and starts_sentence(tokens, first):
        return last, ""
    is_own = (
        first in known_at or (single and is_acronym(tokens.raw[first])) or bool(COMPASS & {*tokens.folded[first:last]})
    )
    head, end = _following_head(tokens, last, 1 if is_own else _MAX_WORDS_BEFORE_HEAD)
    if head:
        return end, "" if first in known_at and end - last < 2 else TYPE_OF_HEAD[head]
    if first in known_at or {*tokens.folded[first:last]} <= _GENERAL_WORDS | TYPE_OF_HEAD.keys():
        return last, ""
    plain = len(tokens.raw[last - 1]) > 1
    if single:
        plain = plain and not (is_acronym(tokens.raw[first]) or authorities.has_word(tokens.folded[first]))
    type_ = type_by_apposition(tokens, first, last) if plain else ""
    type_ = type_ or _type_by_authority(tokens, first, last, authorities)
    is_title = known_at.keys().isdisjoint(range(first, last)) and is_prose_title(tokens, first, last, authorities)
    return last, type_ or (UNTYPED if is_title else "")


def _type_by_authority(tokens: Tokens, first: int, last: int, authorities: AuthorityNames) -> str:
    """Type of a name made with an authority's: 'Children and Families Oldport', 'Young Oldport'; else empty."""
    folded, raw = tokens.folded[first:last], tokens.raw[first:last]
    start, end = tokens.characters(first, last)
    if {*folded} & ADDRESS_WORDS or {*raw} & _PREPOSITIONS or any(map(is_acronym, raw)):
        return ""
    if re.search("['’]", tokens.text[start:end]):
        return ""
    for size in authorities.suffixes(folded[1:]):
        before = folded[:-size]
        if before[-1] not in FUNCTION_WORDS and not {*before} & COMPASS:
            return "service"
    for size in authorities.prefixes(folded[:-1]):
        behind = folded[size:]
        is_footnote = all(map(str.isdigit, behind))
        if behind[0] not in FUNCTION_WORDS and not is_footnote and not {*behind} <= _GENERAL_WORDS | COMPASS:
            return "service"
    return ""


def _following_head(tokens: Tokens, index: int, skipped: int) -> tuple[str, int]:
    """The head in small letters at ``index``, or behind some ``skipped`` words at most, and its end; empty if none."""
    index = _behind_bracket(tokens, index)
    for position in range(index, min(index + skipped + 1, len(tokens.raw))):
        if not tokens.raw[position].islower() or has_quote_before(tokens, position):
            break
        if tokens.raw[position] in STOP_WORDS or tokens.folded[position] in _ACTIVITY_WORDS:
            break
        if tokens.folded[position] in _FOLLOWING_HEADS and tokens.raw[position] not in _PLURALS_IN_GENERAL:
            return tokens.folded[position], position + 1
    return "", index


def _behind_bracket(tokens: Tokens, index: int) -> int:
    """Index behind the bracket that opens at ``index`` and describes a name: 'Start Near (early help) service'.

    It is ``index`` where there is none, or where it has one word or an acronym.
    """
    inside = tokens.raw[index + 1 : index + _MAX_BRACKET] if tokens.raw[index : index + 1] == ["("] else []
    words = inside[: inside.index(")")] if ")" in inside else []
    return index + len(words) + 2 if len(words) > 1 and not any(map(is_acronym, words)) else index
