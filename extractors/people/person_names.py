"""Grammar of a person's name as reports print it: titles before it, letters after it, words that are no names.

A name is two to four capitalised words. The names of posts, bodies and streets
around it are known by the words that they are made of; a few of these are
surnames as well (Hall, Head, Young) and may end a name of two words.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# More titles than a person has are left: a search from each of a thousand would read on to the last.
_TITLES = re.compile(
    r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Lord|Lady|Baroness|Prof|Professor|Cllr|Councillor|Rev|Revd|Reverend)"
    r"\b\.?\s+){0,8}"
)
# A lost line end may have stuck a post to the name: 'Jane SmithHer Majesty's Inspector'.
_LETTER = r"(?:(?!(?<=[a-z])(?:H(?:er|is)\sMaj|HMI\b|Director\b|Judge?ment\b|Ofsted\b))[^\W\d_])"
# Capitals of every language that is written in Latin letters: Čapek, Łukasz, Đặng.
_CAPITAL = (
    "[A-Z" + "".join(chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper()) + "]"
)
_PARTICLES = frozenset(
    """abu al ap ben bin bint da dal das de del della den der des di dos du el ferch ibn la le mac ní nic ter ua uí van
    von zu""".split()
)
_WORD = re.compile(
    rf"{_CAPITAL}{_LETTER}*(?:(?:[’'‘]|-\s?){_LETTER}+)*\.?|(?:{'|'.join(sorted(_PARTICLES, key=len, reverse=True))})\b"
)
_SPACE = re.compile(r"[ \t]+")
_WHITE = re.compile(r"\s+")
_DEGREE = r"(?:BA|BSc|BEd|MA|MB|MSc|MPhil|ChB|LLB|PhD|DPhil|Hons)\b"
# What may follow a name before its separator: letters of honour, of an inspector's standing, words in brackets.
_LETTERS = re.compile(
    r"(?:\s*,?\s*(?:\([^()\n]{1,60}\)?|(?!CEO|DCS|NHS|ICB|CCG|LSC|PCC)[A-Z]{2,5}\b(?:\s+[Dd]esignate)?\)?"
    r"|(?:Senior\s+)?(?:S?HMIs?|H(?:er|is)\s+Majesty[’']s\s+Inspectors?)(?:\s+[Dd]esignate)?\)?"
    r"|(?:Ofsted|CQC|Contracted|Seconded|Additional|Associate|Regulatory)\s+[Ii]nspector"
    rf"|{_DEGREE}))*"
)
_NON_NAME_WORDS = frozenset(
    """a accountable acting action actions additional address adequate adoption adult adults age all an analyst and
    annex any appendix area areas assessment assistant associate assurance at authorities authority background
    baroness between board borough bureau business by cabinet cafcass care ccg ceo chair chief child children
    childrens city civic clinical cllr commission commissioner commissioning committee communities community
    company conference constable constabulary contact contents context contracted copyright corporate council
    councillor county cqc crime crown dame data date dates dcs dear december deputy description designated
    details director directors district division divisional doctor door dr early education effectiveness email
    emergency enquiries evaluation executive experience experiences families fax february finding findings fire
    focused for forum fostering foundation friday from governance government grade grades group groups guidance
    health healthcare help her his hmi hmic hmicfrs hmip homes hospital hospitals hub icb improvement in
    inadequate independent information inspection inspector inspectors integrated interim introduction january
    joint judgement judgements judgment judgments july lead leader leaders leadership learning leaver leavers
    licence local london lscb majesty majestys management manager managing mayor medical member metropolitan
    ministry miss monday monitoring mr mrs ms multiagency mx national nhs not notes november number nurse
    nursing october of offending office officer officers ofsted on operational our outcome outcomes outstanding
    overall overview partner partners partnership people performance piccadilly police policing practice
    previous primary principal priority probation prof professor progress protection provider provision public
    published purpose quality rating ratings recommendation recommendations reference regional registered
    registration regulation regulatory rehabilitation remit report requires rescue response rev revd reverend
    reviewing royal safeguarding saturday school schools scope scrutineer scrutiny seconded secretary senior
    september service services shadow shmi sir social south standard standards state strategic strategy
    strengths summary sunday supernumerary supervision support team teams telephone temporary textphone the
    theme this thursday to town trust tuesday unique unit university urn visit we weaknesses web website
    wednesday what where with workforce yours youth""".split()
)
_SURNAMES_OF_STREETS_AND_POSTS = frozenset(
    """avenue centre church close court cross drive east floor gate green hall head hill house justice lane main north
    park place road square street suite way west young""".split()
)
_STREETS = frozenset(
    "avenue centre close court drive floor gate house lane park place road square street suite way".split()
)
_MOST_WORDS = 4  # particles not counted: 'Anna Maria van der Berg'
_SHORTEST_SURNAME_IN_CAPITALS = 4  # letters, after a first name in small ones: 'Ada MOOR', but 'Ada OBE'


class PersonName(NamedTuple):
    """Name, ``text[start:end]``, without title and letters; the letters behind it end at ``letters_end``."""

    start: int
    end: int
    letters_end: int


def name_at(
    text: str, start: int, *, wrapped: bool = False, capitals: bool = False, most_words: int = _MOST_WORDS
) -> PersonName | None:
    """Read the name that begins at a character, after its title; None if there is none.

    ``wrapped`` if a line's end may part its first two words, ``capitals`` if it may be printed in capitals.

    >>> name_at("Dr Sean O’Kelly BSc MB ChB, Chief Inspector", 0)
    PersonName(start=3, end=15, letters_end=26)
    """
    title = _TITLES.match(text, start)
    position = first = title.end() if title else start
    words: list[str] = []
    end = position
    while sum(word not in _PARTICLES for word in words) < most_words and (word := _WORD.match(text, position)):
        if not _continues_name(word[0], words, capitals=capitals) or len(words) > _MOST_WORDS + 2:
            break
        words.append(word[0])
        end = word.end()
        initial = len(word[0].rstrip(".")) == 1
        gap = (_WHITE if wrapped and (len(words) == 1 or initial) else _SPACE).match(text, end)
        if gap is None or (word[0].endswith(".") and not initial):
            break
        position = gap.end()
    if len(words) < 2 or not words[-1][0].isupper() or len(words[-1].rstrip(".")) < 2:
        return None
    end -= words[-1].endswith(".")
    letters = _LETTERS.match(text, end)
    return PersonName(first, end, letters.end() if letters else end)


def names_in(text: str, start: int, end: int, *, wrapped: bool = False, capitals: bool = False) -> Iterator[PersonName]:
    """Yield every name between two characters, from left to right."""
    position = start
    while word := _WORD.search(text, position, end):
        position = word.end()
        opens = word.start() == 0 or not text[word.start() - 1].isalnum()
        name = name_at(text, word.start(), wrapped=wrapped, capitals=capitals) if opens else None
        if name and name.end <= end:
            yield name
            position = name.end


def normalized_name(text: str) -> str:
    """Name as printed with one space between words, and its hyphens whole.

    >>> normalized_name("Paula Thomson- Jones")
    'Paula Thomson-Jones'
    """
    return re.sub(r"-\s+", "-", " ".join(text.split()))


def person_key(name: str) -> tuple[str, str]:
    """Key that two ways to print one person's name share: the surname and the first three letters of the first name."""
    words = [re.sub(r"\W", "", word).lower() for word in name.split()]
    return words[-1], words[0][:3]


def is_address(name: str) -> bool:
    """True if a name may be an address as well: 'Store Street'."""
    return name.split()[-1].lower() in _STREETS


def _is_particle(word: str) -> bool:
    return word.lower() in _PARTICLES


def _continues_name(word: str, before: Sequence[str], *, capitals: bool) -> bool:
    """Can a word follow in a name on the words before it?"""
    folded = re.sub(r"[’'‘.]", "", word).lower()
    if word in _PARTICLES and not before:
        return False
    if word.endswith(("’s", "'s")) or folded in _NON_NAME_WORDS or re.match(_DEGREE, word):
        return False
    if folded in _SURNAMES_OF_STREETS_AND_POSTS:
        return len(before) == 1
    if before and re.sub(r"\W", "", before[-1]).lower() in _SURNAMES_OF_STREETS_AND_POSTS:
        return False
    return not re.search(r"[A-ZÀ-Ý]{2}", word) or (capitals and _continues_capitals(word, before))


def _continues_capitals(word: str, before: Sequence[str]) -> bool:
    """Can a word in capitals follow: in a name all in capitals, or as its surname? Letters of honour cannot."""
    if _is_particle(word) or not before:
        return len(word) > 1
    letters = re.sub(r"\W", "", word)
    if all(part.isupper() for part in before):
        return len(before) == 1 or len(letters) >= _SHORTEST_SURNAME_IN_CAPITALS
    return len(letters) >= _SHORTEST_SURNAME_IN_CAPITALS
