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
_WORD = re.compile(
    rf"[A-ZÀ-Ý]{_LETTER}*(?:(?:[’'‘]|-\s?){_LETTER}+)*\.?|(?:de|da|di|du|la|le|van|von|der|den|ter|al|el|ap|bin)\b"
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
    """a accountable acting additional adult adults age all an analyst and any area areas assistant associate
    assurance at authorities authority baroness between board borough bureau business by cabinet cafcass care ccg
    ceo chair chief child children childrens city civic clinical cllr commission commissioner commissioning
    committee communities community company constable constabulary contents contracted corporate council
    councillor county cqc crime dame data date dates dcs dear deputy designated director directors district
    division divisional doctor dr early education executive families fire for forum foundation from government
    grade group groups health healthcare her his hmi hmic hmicfrs hmip hospital hospitals icb improvement in independent
    information inspection inspector inspectors integrated interim joint judgement lead leader leaders learning
    local london lscb majesty majestys manager managing mayor medical member metropolitan ministry miss mr mrs ms
    mx national nhs not nurse nursing of offending office officer officers ofsted on operational our overall
    partner partners partnership people performance police policing primary principal probation prof professor
    public published quality regional regulation regulatory rehabilitation report rescue rev revd reverend royal
    safeguarding school schools scrutineer scrutiny seconded secretary senior service services shadow shmi sir
    social south state strategic supernumerary team teams temporary the this to town trust unit university we with
    yours youth""".split()
)
_SURNAMES_OF_STREETS_AND_POSTS = frozenset(
    """avenue centre church close court cross drive east floor gate green hall head hill house justice lane north park
    place road square street suite way west young""".split()
)
_MOST_WORDS = 4


class PersonName(NamedTuple):
    """Name, ``text[start:end]``, without title and letters; the letters behind it end at ``letters_end``."""

    start: int
    end: int
    letters_end: int


def name_at(text: str, start: int, *, wrapped: bool = False, most_words: int = _MOST_WORDS) -> PersonName | None:
    """Read the name that begins at a character, after its title; None if there is none.

    ``wrapped`` if a line's end may part its first two words.

    >>> name_at("Dr Sean O’Kelly BSc MB ChB, Chief Inspector", 0)
    PersonName(start=3, end=15, letters_end=26)
    """
    title = _TITLES.match(text, start)
    position = first = title.end() if title else start
    words: list[str] = []
    end = position
    while len(words) < most_words and (word := _WORD.match(text, position)) and _continues_name(word[0], words):
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


def names_in(text: str, start: int, end: int, *, wrapped: bool = False) -> Iterator[PersonName]:
    """Yield every name between two characters, from left to right."""
    position = start
    while word := _WORD.search(text, position, end):
        position = word.end()
        opens = word.start() == 0 or not text[word.start() - 1].isalnum()
        name = name_at(text, word.start(), wrapped=wrapped) if opens else None
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


def _continues_name(word: str, before: Sequence[str]) -> bool:
    """Can a word follow in a name on the words before it?"""
    folded = re.sub(r"[’'‘.]", "", word).lower()
    if word.endswith(("’s", "'s")) or folded in _NON_NAME_WORDS or re.match(_DEGREE, word):
        return False
    if folded in _SURNAMES_OF_STREETS_AND_POSTS:
        return len(before) == 1
    if before and re.sub(r"\W", "", before[-1]).lower() in _SURNAMES_OF_STREETS_AND_POSTS:
        return False
    return not re.search(r"[A-ZÀ-Ý]{2}", word)
