"""Inspectors and leaders whom the prose of a letter names, however it introduces them.

A name is introduced by the words right before or behind it, in its sentence: a post in apposition, before or behind; a
verb that says what a person is, was or became; or who carried out, led or joined a visit. Names that are joined to an
inspector's by commas or 'and' are inspectors too. A place that stands as a name would is none.
"""

import re
from collections.abc import Iterator, Sequence

from caregraph.extractors.people.inspectors import INSPECTOR, LEAD, PersonMention
from caregraph.extractors.people.leaders import CHIEF_EXECUTIVE, OTHER_LEADER, role_of
from caregraph.extractors.people.person_names import PersonName, names_in

_BEFORE, _BEHIND = 150, 130  # characters beside a name in which it is introduced
_SENTENCE_END = re.compile(r"[.;!?]\s|\n")
_TITLE = r"(?:(?:Mrs?|Ms|Miss|Mx|Dr|Sir|Dame|Prof(?:essor)?|Cllr|Councillor)\b\.?\s+)?"
_MAJESTY = r"H(?:er|is)\s+Majesty[’']s"
_VISIT = r"(?:visit|inspection|team|work)"
_MADE = (
    r"(?:carried\s+out|conducted|undertaken|undertook|completed|made|led|headed|visited|accompanied|joined|supported"
    r"|assisted|helped)"
)

# Behind a name: the post of an inspector, of one or of all named so far, or what inspectors do.
_INSPECTOR_BEHIND = re.compile(
    r"\s*[,(]?\s*(?:(?:one|two|three|both|all|each)\b[\w\s]{0,22}?)?(?:an?\s+|the\s+)?"
    rf"(?:(?:senior|social|care|regulatory|lead|deputy|Ofsted|CQC|{_MAJESTY})\s+){{0,4}}(?:HMIs?\b|inspectors?\b)"
    rf"|\s*\(lead\)|,?\s+(?:who\s+)?{_MADE}\s+(?:(?:out|this|the|our|a)\s+){{0,2}}(?:\w+\s+)?{_VISIT}\b",
    re.IGNORECASE,
)
# Before a name: inspectors, colleagues or a team, and what joins them to it.
_INSPECTOR_BEFORE = re.compile(
    rf"\b(?:inspectors?|colleagues?|HMIs?)(?:\s+(?:for|on|of|from)\s+(?:this\s+|the\s+)?\w+)?(?:\s+(?:who\s+\w+|was|were|are|is))?"
    rf"\s*[,:–-]?\s*{_TITLE}\Z"
    rf"|\b{_VISIT}\b[^.;]{{0,70}}\b(?:by|with|includ(?:ed|ing)|compris(?:ed|ing)|(?:consisted|made\s+up)\s+of|(?:was|were):?)\s*:?\s*"
    rf"(?:a\s+team\s+of\s+\w+\s*[:,]\s*)?{_TITLE}\Z"
    rf"|\b(?:I|me|she|he|inspector)\b[^.;]{{0,70}}\b(?:{_MADE}\s+by|with|and|alongside)\s+(?:my\s+colleagues?,?\s+)?{_TITLE}\Z"
    rf"|\balongside\s+me\s+(?:was|were)\s+{_TITLE}\Z",
    re.IGNORECASE,
)
_LED = re.compile(
    rf"\bled\s+by\s+{_TITLE}\Z|\blead\s+inspector\s*(?:was|is|for\s+\w+\s+\w+\s+was|[,:–-])?\s*{_TITLE}\Z",
    re.IGNORECASE,
)
_LEADS = re.compile(r"\s*,?\s*\(?(?:who\s+)?(?:led|headed|lead\b)", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:[,;]\s*(?:and\b\s*)?|and\b\s*|&\s*)(?:,?\s*for\s+\w+\s+\w+,\s+)?\s*", re.IGNORECASE)
_POST_OF_INSPECTOR = re.compile(
    r"\s*[,(]?\s*(?:an?\s+)?(?:(?:senior|social|care|regulatory|lead|Ofsted|of|[A-Z][a-z]+[’']s|His|Her)\s+){0,5}(?:HMI|inspectors?)\b\s*"
    r"(?:\([\w ]{1,30}\)|\))?",
    re.IGNORECASE,
)

_RANK = (
    r"(?:(?:the|a|an|its|their|your|our|her|his|council[’']s|authority[’']s|partnership[’']s|department[’']s|new|newly|now|then|former|current|present"
    r"|recently|appointed|permanent|substantive|interim|acting|temporary|independent|executive|corporate|strategic|group|joint|deputy|assistant"
    r"|associate|operational|divisional|regional|national|local|improvement|practice|sole|senior|statutory|first|also|long-serving|both)\s+){0,6}"
)
_POST = (
    r"(?:directors?\b|DCS\b|chief\s+(?:executive|constable|officer|nurs\w+|superintendent)|(?:lead|cabinet|executive)\s+member\b|portfolio\s+holder"
    r"|(?:council(?:[’']s)?\s+)?leader\b|mayor\b|chair(?:person|man|woman)?\b|scrutineer\b|commissioner\b|advis[eo]r\b|partner\b|head\s+of\b"
    r"|principal\s+social\s+worker|designated\s+(?:nurse|doctor|officer|lead|safeguarding)|superintendent\b|service\s+manager|deputy\b"
    r"|police\s+and\s+crime\s+commissioner)"
)
# Words of a post behind its noun: 'of children's services', 'for families in Ashmere', 'of the council'.
_TAIL = r"(?:\s+(?:of|for|to|at|in)\b[^.;,:()\n]{2,70})?"
_POST_BEFORE = re.compile(
    rf"\b(?P<post>{_RANK}{_POST}{_TAIL})"
    rf"(?:\s*,\s*|\s+(?:is|was|remains|being|called|named)\s+|\s*[:(–-]\s*|(?<=[a-zS])\s+){_TITLE}\Z",
    re.IGNORECASE,
)
_CHAIRED_BEFORE = re.compile(
    rf"(?P<post>[^.;,]{{0,60}},?\s*\b(?:chaired\s+(?:\w+\s+)?by|chairmanship\s+of|chair,))\s+{_TITLE}\Z", re.IGNORECASE
)
_BECOMES = (
    r"(?:is|was|became|becomes|remains|acts\s+as|serves\s+as|as"
    r"|(?:has|had|was|were|will|is)\s+(?:since\s+|now\s+)?(?:be|been)(?:\s+(?:now|appointed|made))?(?:\s+as)?"
    r"|(?:is|was|were)\s+(?:appointed|made)(?:\s+as)?|joined\s+as|started\s+as"
    r"|(?:took|has\s+taken|takes)\s+(?:up|on|over)(?:\s+(?:the|her|his|their|a))?(?:\s+(?:post|role|job))?(?:\s+(?:of|as))?)"
)
_POST_BEHIND = re.compile(
    rf"(?:\s*[,(–-]\s*(?:who\s+(?:is|was|became)\s+)?|\s+{_BECOMES}\s+)(?P<post>{_RANK}{_POST}{_TAIL})"
    r"|\s*,\s+who\s+(?P<verb>(?:chairs|leads|heads)\s+[^.;,]{3,60})",
    re.IGNORECASE,
)
_CAPITAL_FOLLOWS = re.compile(r"\s+(?:[A-Z][a-z]+\b|[A-Z]{2,}\b)")
_PARTNER_CHIEF = re.compile(r"\bchief\s+executive\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(r"\b(?:trust|nhs|charity|company|deputy|assistant|health|hospital)\b", re.IGNORECASE)


def people_in_prose(text: str, start: int, end: int, *, council_alone: bool) -> Iterator[PersonMention]:
    """Yield the inspectors and leaders whom the prose between two characters introduces, in reading order.

    In a letter on a ``council_alone`` the chief executive is the council's; in a joint one it may be a partner's.
    """
    names = list(names_in(text, start, end, wrapped=True))
    inspectors = dict(_inspectors(text, names))
    for name in names:
        role = inspectors.get(name) or _leader_role(text, name, council_alone=council_alone)
        if role:
            yield PersonMention(name.start, name.end, role)


def _inspectors(text: str, names: Sequence[PersonName]) -> Iterator[tuple[PersonName, str]]:
    """Yield the inspectors with their roles: all of a row of names of which one is introduced as an inspector."""
    for row in _rows(text, names):
        if any(_is_inspector(text, name, row[0]) for name in row):
            for name in row:
                leads = _LEADS.match(text, name.letters_end) or (name is row[0] and _LED.search(_before(text, name)))
                yield name, LEAD if leads else INSPECTOR


def _rows(text: str, names: Sequence[PersonName]) -> Iterator[list[PersonName]]:
    """Yield the rows of names that are joined by commas, semicolons or 'and', with inspectors' posts between them."""
    row: list[PersonName] = []
    for name in names:
        if row and not _JOINT.fullmatch(text, _end_of_post(text, row[-1]), _start_with_title(text, name)):
            yield row
            row = []
        row.append(name)
    if row:
        yield row


def _end_of_post(text: str, name: PersonName) -> int:
    post = _POST_OF_INSPECTOR.match(text, name.letters_end, name.letters_end + _BEHIND)
    return post.end() if post else name.letters_end


def _start_with_title(text: str, name: PersonName) -> int:
    title = re.search(rf"{_TITLE}\Z", text[max(0, name.start - 12) : name.start])
    return name.start - len(title[0]) if title else name.start


def _is_inspector(text: str, name: PersonName, first: PersonName) -> bool:
    behind = _INSPECTOR_BEHIND.match(text, name.letters_end, name.letters_end + _BEHIND)
    has_letters = "HMI" in text[name.end : name.letters_end] or "nspector" in text[name.end : name.letters_end]
    return bool(behind or has_letters or (name is first and _INSPECTOR_BEFORE.search(_before(text, name))))


def _leader_role(text: str, name: PersonName, *, council_alone: bool) -> str | None:
    """Role of a leader by the post before or behind the name; None where there is none."""
    behind = _POST_BEHIND.match(text, name.letters_end, _sentence_end(text, name.letters_end))
    if behind:
        return _role(behind["post"] or behind["verb"].replace("chairs", "chair of"), council_alone=council_alone)
    if _CAPITAL_FOLLOWS.match(text, name.letters_end):  # 'the director of children's services, Milton Keynes Council'
        return None
    before = _before(text, name)
    post = _POST_BEFORE.search(before) or _CHAIRED_BEFORE.search(before)
    return _role(post["post"], council_alone=council_alone) if post else None


def _role(post: str, *, council_alone: bool) -> str:
    role = role_of(post)
    if council_alone and role == OTHER_LEADER and _PARTNER_CHIEF.search(post) and not _OF_ANOTHER.search(post):
        return CHIEF_EXECUTIVE
    return role


def _before(text: str, name: PersonName) -> str:
    """Words of a name's sentence before it."""
    before = text[max(0, name.start - _BEFORE) : name.start]
    ends = [end.end() for end in _SENTENCE_END.finditer(before)]
    return before[ends[-1] :] if ends else before


def _sentence_end(text: str, start: int) -> int:
    end = _SENTENCE_END.search(text, start, start + _BEHIND)
    return end.start() if end else min(len(text), start + _BEHIND)
