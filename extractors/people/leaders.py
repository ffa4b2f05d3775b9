"""Leaders of an authority and its partners, in a letter's head, a table of contacts, running text and the news.

Each function that yields ``PersonMention`` does so in reading order; the role follows from the post.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set

from caregraph.extractors.dates.periods import single_days
from caregraph.extractors.people.inspectors import PersonMention
from caregraph.extractors.people.person_names import PersonName, is_address, name_at, names_in, normalized_name

DCS, LEAD_MEMBER, CHIEF_EXECUTIVE, LSCB_CHAIR, OTHER_LEADER = (
    "dcs",
    "lead-member",
    "chief-executive",
    "lscb-chair",
    "other",
)

_PARTNER = re.compile(
    r"\b(?:NHS|ICB|ICS|CCGs?|integrated|clinical|trust|police|constabulary|probation|rehabilitation|health|nurs\w+|cafcass"
    r"|youth|hospitals?|public)\b",
    re.IGNORECASE,
)
_DIRECTOR = re.compile(
    r"\bDCS\b|\bdirector\b[^;]*\b(?:child|people|famil|education)|\b(?:child|people)\w*[^;]*\bdirector\b", re.I
)
_SUBORDINATE = re.compile(r"\b(?:assistant|deputy|operational|service)\s+direct", re.IGNORECASE)
_BOARD = re.compile(r"\bLSC[BP]\b|\b[Ss]afeguarding\b|\w+SC[BP]\b")
_MEMBER = re.compile(r"\b(?:lead|cabinet|executive)\s+member\b|\bportfolio holder\b", re.IGNORECASE)
_COUNCIL = re.compile(r"\b(?:council|borough|county|city|authority)\b", re.IGNORECASE)
_POST = re.compile(
    r"[\s,–-]*(?:(?:the|interim|acting|temporary|independent|executive|corporate|strategic|group|deputy|assistant|joint|"
    r"clinical|medical|nursing|local|area|nominated|"
    r"managing|operational|divisional|regional|national|principal|senior|A/)\b[\s,/]*)*"
    r"(?:direct\w*|chief|head|chair\w*|CEO|DCS|officer|leader|lead|cabinet|portfolio|mayor|commissioner|scrutineer|manager|"
    r"accountable|designated|service|ICB|youth|police|[A-Z]\w+(?:\s[A-Z]\w+)? police)\b",
    re.IGNORECASE,
)
_LONGEST_POST = 200  # characters
_TWO_POSTS = 2 * _LONGEST_POST
_NEXT_POST = re.compile(r"\s(?=Chief|Deputy|ICB|NHS|www)")
_COMMA = re.compile(r"\s*,")
_PLACE_FOLLOWS = re.compile(r"(?:,|\b(?:of|for|in|and|at|East|West|North|South))\s+\Z")
_LONGEST_JOINT = 20  # characters
_DEPUTY_CHIEF = re.compile(r"\b(?:deputy|assistant)\s+chief\s+executive\b", re.IGNORECASE)
_GREETING = re.compile(r"Dear\s+(?P<names>[^\n]{2,120})")
_PLAIN_NAME = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2}")
_SALUTATION = re.compile(r"\bDear\s+(?=\w)")
_CONTACTS = re.compile(r"\bLocal area partnership details\b")
_CONTACTS_END = re.compile(r"\bwww\d?\.|\bhttps?:|\bInformation about this inspection", re.IGNORECASE)
_NEWS_POST = re.compile(
    r"\s*,?\s*(?:the\s+)?(?:(?:council|authority)[’']s\s+)?(?:(?:interim|acting|deputy)\s+)*"
    r"(?:(?:executive|corporate|strategic)\s+director|director\s+of\s+(?:children|education|people)|leader\s+of|council\s+leader"
    r"|(?:lead|cabinet)\s+member|portfolio\s+holder|chair\s+of\s+[^.,]{0,60}safeguarding"
    r"|chief\s+executive\s+of\s+(?-i:[A-Z])[\w\s]{2,40}council)[^.\n]{0,80}",
    re.IGNORECASE,
)
_NEWS_POST_BEFORE = re.compile(
    r"\b(?:(?:lead|cabinet)\s+member\s+for[^.\n]{3,80}?|director\s+of\s+children[’']s\s+services"
    r"|council(?:[’']s)?\s+(?:leader|chief\s+executive)|(?:Councillor|Cllr)\b\.?),?\s+(?:(?:Councillor|Cllr)\b\.?\s+)?\Z",
    re.IGNORECASE,
)
_LONGEST_BEFORE = 110  # characters
_LONGEST_NAME = 60  # characters
_APPOSITION = re.compile(
    r",\s+the\s+(?:(?:interim|acting|independent|executive|corporate|strategic)\s+)*"
    r"(?:chief\s+(?:executive|constable|officer|nurs)|director\s+of|(?:lead|cabinet)\s+member|police\s+and\s+crime|chair\s+of"
    r"|leader\s+of)[^,.;]{0,80}",
    re.IGNORECASE,
)


def role_of(post: str) -> str:
    """Role that belongs to a post.

    >>> role_of("Executive Director of People and Communities"), role_of("Chief Executive, NHS Trust")
    ('dcs', 'other')
    """
    if _MEMBER.search(post):
        return LEAD_MEMBER
    if re.search(r"\bchair", post, re.IGNORECASE) and _BOARD.search(post):
        return LSCB_CHAIR
    if _PARTNER.search(post) or _SUBORDINATE.search(post):
        return OTHER_LEADER
    if _DIRECTOR.search(post):
        return DCS
    if (
        re.search(r"\bchief executive\b", post, re.IGNORECASE)
        and _COUNCIL.search(post)
        and not _DEPUTY_CHIEF.search(post)
    ):
        return CHIEF_EXECUTIVE
    return OTHER_LEADER


def addressees(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[PersonMention]:
    """Yield the leaders to whom a letter is sent; ``lines`` are the printed lines above its salutation."""
    names = [name for start, end in lines for name in _names_in_line(text, start, end, lines)]
    yield from _with_roles(text, names, lines[-1][1] if lines else 0)


def greeted(text: str, lines: Sequence[tuple[int, int]], salutation: int) -> Iterator[PersonMention]:
    """Yield those whom the salutation of a visit's letter greets, by their names in the lines above it.

    Such a letter goes to the director of children's services, whatever post is printed, if any is, unless it is a
    post of a partner, a councillor's or the chief executive's.
    """
    greeting = _GREETING.match(text, salutation)
    words = {word.casefold() for word in re.findall(r"\w[\w’'-]+", greeting["names"])} if greeting else set()
    head = lines[-1][1] if lines else 0
    start = lines[0][0] if lines else 0
    names = [
        name for name in names_in(text, start, head, wrapped=True) if words & _words_of(text[name.start : name.end])
    ]
    names = names or list(_lines_that_name(text, lines, words))[:1]
    for index, name in enumerate(names):
        stop = names[index + 1].start if index + 1 < len(names) else head
        post = text[name.letters_end : min(stop, name.letters_end + _LONGEST_POST)]
        yield PersonMention(name.start, name.end, _role_of_greeted(post))


def _lines_that_name(text: str, lines: Sequence[tuple[int, int]], words: Set[str]) -> Iterator[PersonName]:
    """Yield the lines that are a name of which a word is greeted, though another is no word of names: 'Ada South'."""
    for start, end in lines:
        if _PLAIN_NAME.fullmatch(text, start, end) and words & _words_of(text[start:end]):
            yield PersonName(start, end, end)


def _words_of(name: str) -> set[str]:
    return {word.casefold() for word in normalized_name(name).split()}


def _role_of_greeted(post: str) -> str:
    """Role of whom a visit's letter greets, by the words below the name: post, council and address."""
    line = post.strip(" ,\n").partition("\n")[0]
    role = role_of(line)
    chief = re.search(r"\bchief executive\b", line, re.IGNORECASE)
    is_other = (_PARTNER.search(line) and not _DIRECTOR.search(line)) or (chief and not _DEPUTY_CHIEF.search(line))
    return DCS if role == OTHER_LEADER and not is_other else role


def end_of_letterhead(text: str) -> int:
    """End of a letter's head, which is its salutation; 0 if this is no letter."""
    salutation = _SALUTATION.search(text)
    return salutation.start() if salutation else 0


def contact_table(text: str) -> tuple[int, int]:
    """Start and end of the table of contacts in an area SEND report, without their addresses; empty if it has none."""
    head = _CONTACTS.search(text)
    if head is None:
        return 0, 0
    end = _CONTACTS_END.search(text, head.end())
    return head.end(), end.start() if end else head.end()


def listed_contacts(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[PersonMention]:
    """Yield the leaders in the table of contacts, whose columns may share a line: 'A B C D' are two names there."""
    names: list[PersonName] = []
    for start, end in lines:
        first = name_at(text, start, most_words=2)
        second = first and name_at(text, first.letters_end + 1)
        if first and second and second.end >= end - 1:
            # Their posts share the line below, the council's first: it ends where that of the health board begins.
            below = text[second.end : min(second.end + _TWO_POSTS, lines[-1][1])].strip()
            yield PersonMention(first.start, first.end, role_of(_NEXT_POST.split(below)[0]))
            yield PersonMention(second.start, second.end, OTHER_LEADER)
        else:
            names.extend(_names_in_line(text, start, end, lines))
    yield from _with_roles(text, names, lines[-1][1] if lines else 0)


def _with_roles(text: str, names: Sequence[PersonName], end: int) -> Iterator[PersonMention]:
    """Give each name the role of its post, which reaches to the next name or to ``end``."""
    for name, following in zip(names, [*names[1:], None], strict=False):
        post = " ".join(text[name.end : following.start if following else end].split())
        yield PersonMention(name.start, name.end, role_of(post[:_LONGEST_POST]))


def leaders_in_apposition(text: str) -> Iterator[PersonMention]:
    """Yield the leaders whom running text names with their post in apposition: 'A B, the Chief Constable'."""
    for post in _APPOSITION.finditer(text):
        names = names_in(text, max(0, post.start() - _LONGEST_NAME), post.start())
        for name in names:
            if name.letters_end == post.start():
                yield PersonMention(name.start, name.end, role_of(post[0].partition(",")[2]))


def leaders_in_news(text: str) -> Iterator[PersonMention]:
    """Yield the leaders whom a news item names with their post at the authority, and councillors."""
    for name in names_in(text, 0, len(text)):
        before = _NEWS_POST_BEFORE.search(text[max(0, name.start - _LONGEST_BEFORE) : name.start])
        post = _NEWS_POST.match(text, name.letters_end) or before
        if post:
            yield PersonMention(name.start, name.end, role_of(post[0]))


def _names_in_line(text: str, start: int, end: int, lines: Sequence[tuple[int, int]]) -> Iterator[PersonName]:
    """Yield the name that opens a line, and more names where lines or columns ran together; a post follows each."""
    dated = next((start + day.end for day in single_days(text[start:end])), start)  # '6 April 2022 Jane Smith Director'
    first = name_at(text, end - len(text[dated:end].lstrip()))
    if first and first.end <= end and _has_post(text, first, end, lines):
        yield first
    for name in names_in(text, first.end if first else start, end):
        if _COMMA.match(text, name.letters_end, end) and _POST.match(text, name.letters_end):
            yield _without_place(text, name)


def _without_place(text: str, name: PersonName) -> PersonName:
    """Cut the place of the post before it from a name: 'Commissioner for Kent Jo Lee, Chief Constable'."""
    words = text[name.start : name.end].split()
    if len(words) < 3 or not _PLACE_FOLLOWS.search(text, max(0, name.start - _LONGEST_JOINT), name.start):
        return name
    return PersonName(text.index(words[1], name.start), name.end, name.letters_end)


def _has_post(text: str, name: PersonName, end: int, lines: Sequence[tuple[int, int]]) -> bool:
    """Does a post follow the name that opens a line, in it or opening the line below?"""
    if name.letters_end >= end - 1:
        below = bisect_left(lines, (end,))
        return below < len(lines) and bool(_POST.match(text, lines[below][0]))
    behind = text[name.letters_end : end].lstrip()
    if is_address(text[name.start : name.end]) and not _POST.match(text, name.letters_end):
        return False
    return bool(behind.startswith(",") and behind.strip(" ,")) or bool(_POST.match(text, name.letters_end))
