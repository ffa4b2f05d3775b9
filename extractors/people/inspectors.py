"""Inspectors in labelled lines, lists of a team, sentences and signatures.

Each function yields ``PersonMention`` in reading order. The role is "lead" where the
text says so or where the inspector signs the letter, "director" for those who
sign a joint letter for their inspectorate, and else "inspector"; analysts and
quality assurance managers of the team are listed with it and count as such.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from caregraph.extractors.people.person_names import PersonName, is_address, name_at, names_in

LEAD, INSPECTOR, DIRECTOR = "lead", "inspector", "director"


class PersonMention(NamedTuple):
    """Person's name, characters ``start`` to ``end``, and role."""

    start: int
    end: int
    role: str


# A list begins at a label with a colon, at one that opens its line, or at one that stands nowhere else.
_LIST_HEAD = re.compile(
    r"\b(?i:Lead|Deputy lead|Team) (?i:inspectors?)\s*:|(?<![^\n])(?i:Inspectors|Inspection team)[ \t]*:"
    r"|(?<![^\n])(?:Lead|Deputy lead|Team) [Ii]nspectors?(?=\s+[A-Z])"
    r"|\bReporting [Ii]nspector\b|\bLead [Ii]nspector\s+(?=[A-Z][\w’'-]+ [A-Z])"
)
# Labels within a list: 'Quality assurance manager: ' or, at a line's beginning, 'Deputy lead inspector '.
_LABEL_IN_LIST = re.compile(
    r"(?<![^\n])[^\n:,;]{0,60}\b(?:inspector|analyst|officer|manager|lead|member|team)s?[ \t]*:"
    r"|\b(?:inspector|analyst|officer|manager)s?[ \t]*:"
    r"|(?<![^\n])(?:(?:deputy|lead|team|senior|additional|associate|contracted|seconded|shadow|regulatory|data|quality"
    r"|assurance)\s+)+(?:inspector|analyst|manager)s?(?=\s)",
    re.IGNORECASE,
)
_TITLES = re.compile(r"\b(?:Dr|Mrs?|Ms|Miss|Mx|Sir|Dame|Prof(?:essor)?|S?HMI|CQC)\b\.?")  # before a name
_LINE_AROUND = 60  # characters before and behind a name, in which the rest of its line is looked for
_PLURAL = re.compile(r"(?:inspector|analyst|officer|manager|member)s\b|\bteam\s*:", re.IGNORECASE)
_POST_BEHIND = re.compile(
    r"[ \t]*[,(–-]?\s*(?:Ofsted\b|CQC\b|HMI\b|H(?:er|is)\s+Majesty|Care Quality|(?:\w+[ \t]+){0,3}"
    r"(?:inspector|analyst|officer|manager)\b(?!s?[ \t]*:))",
    re.IGNORECASE,
)
_LEAD_LINE = re.compile(r"\b(?:Lead|Reporting) [Ii]nspector\s*:[ \t]*\S[^\n]{0,80}")
_POST_LABEL = re.compile(
    r"(?P<lead>(?<!deputy )\b(?:lead|reporting) inspector)|\b(?:inspector|analyst|officer|manager)s?\b", re.IGNORECASE
)
_PROSE = re.compile(r"(?:\b[a-z]+[ ,\n]+){4}")
_STANDARD_TEXT = re.compile(r"\b(?:If you are not happy|The Office for Standards|Any complaints)\b|©")
_SEPARATOR = re.compile(r"\s*(?:[,;]|\band\b|&)\s*(?:and\s+)?")
_NAMING_VERB = re.compile(
    r"\b(?:(?P<lead>lead )?inspectors?(?: for this (?:visit|inspection))? (?:was|were):?"
    r"|(?:carried out|conducted|undertaken|completed) by|(?P<led>led by))\s+"
    r"(?:(?:two |three |the )?(?:of )?(?:Ofsted|H(?:er|is) Majesty[’']s) Inspectors?,?\s+)?",
    re.IGNORECASE,
)
_CLOSING_WORDS = re.compile(
    r"\bYours? (?:sincerely|faithfully|truly)\b,?|(?<![^\n])(?:Sincerely|(?:With )?[Kk]ind regards)\b,?"
)
_LONGEST_LIST = 1600  # characters
_SIGNATURES = 1200  # characters after the closing words in which the signatures stand
_LAST_POST = 150  # characters in which the last one's post stands
_POST_OF_SIGNATORY = re.compile(
    r"[\s,]*(?:(?-i:[A-Z]{2,4})\b[\s,]*)*(?:(?:interim|acting|national|regional|senior|deputy|assistant|executive)\b[\s,]*)*"
    r"(?:director|chief inspector|h(?:er|is) majesty[’']s|hmi\b|lead inspector|inspector|ofsted\b|cqc\b)",
    re.IGNORECASE,
)
_POST_BELOW = re.compile(r"[.,]?\n(?:Senior\s+)?(?:H(?:er|is)\s+Majesty[’']s\s+Inspector|HMI\b|Ofsted\b)")
_UNCLOSED = 400  # characters at the end of a letter without closing words, in which it is signed
_DIRECTOR = re.compile(
    r"\bdirector\b|\bchief inspector\b|\binspector of (?:constabulary|probation)|\bhmi (?:constabulary|probation)", re.I
)
_COLUMNS_HEAD = re.compile(r"\bInspection team\s+(?=Ofsted\b.{0,20}?\b(?:Care Quality Commission|CQC)\b)")
_LEAD_WORD = re.compile(r"\blead\b", re.IGNORECASE)
_POST_OF_MEMBER = re.compile(r"[\s,]*(?:Ofsted|CQC|HMI|Care Quality Commission)\b", re.IGNORECASE)


def inspectors_in_lists(text: str) -> Iterator[PersonMention]:
    """Yield inspectors behind labels: 'Lead inspector: A B', 'Team inspectors: C D, E F and G H'."""
    end = 0
    closing = _CLOSING_WORDS.search(text)  # signatures below it give the post after each name, not before
    for head in _LIST_HEAD.finditer(text, 0, closing.start() if closing else len(text)):
        if head.start() < end:
            continue
        end = _list_end(text, head.end())
        labels = list(_POST_LABEL.finditer(text, head.start(), end))
        names = names_in(text, head.end(), end, wrapped=True, capitals=True)
        for name in _listed_names(text, head, names):
            label = next((label for label in reversed(labels) if label.end() <= name.start), None)
            yield PersonMention(name.start, name.end, LEAD if label and label["lead"] else INSPECTOR)


def lead_inspector_lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines that announce a lead inspector, for a report in which no name could be read."""
    return (line.span() for line in _LEAD_LINE.finditer(text))


def inspectors_in_sentences(text: str) -> Iterator[PersonMention]:
    """Yield inspectors named in a sentence: 'The inspectors were … and …'."""
    for verb in _NAMING_VERB.finditer(text):
        role = LEAD if verb["lead"] or verb["led"] else INSPECTOR
        for index, name in enumerate(_separated_names(text, verb.end())):
            yield PersonMention(name.start, name.end, role if index == 0 or verb["lead"] else INSPECTOR)


def signatories(text: str) -> Iterator[PersonMention]:
    """Yield the inspectors who sign a letter: if one signs as lead inspector, the next are not leads."""
    closing = _CLOSING_WORDS.search(text)
    start = closing.end() if closing else max(0, len(text) - _UNCLOSED)
    end = min(start + _SIGNATURES, len(text))
    names = [name for name in names_in(text, start, end) if _is_signatory(text, name, start if closing else None)]
    ends = [name.start for name in names[1:]] + [names[-1].end + _LAST_POST] if names else []
    posts = [text[name.end : stop] for name, stop in zip(names, ends, strict=True)]
    has_lead = any(_LEAD_WORD.search(post) for post in posts)
    for name, post in zip(names, posts, strict=True):
        role = INSPECTOR if has_lead and not _LEAD_WORD.search(post) else LEAD
        yield PersonMention(name.start, name.end, DIRECTOR if _DIRECTOR.search(post) else role)


def closing_words(text: str) -> int:
    """Beginning of the words that close a letter; the text's end if there are none."""
    closing = _CLOSING_WORDS.search(text)
    return closing.start() if closing else len(text)


def inspectors_in_columns(text: str) -> Iterator[PersonMention]:
    """Yield the team in the columns of an area SEND report: 'A B, Ofsted HMI lead inspector C D, CQC inspector'."""
    head = _COLUMNS_HEAD.search(text)
    if head is None:
        return
    end = min(head.end() + _LONGEST_LIST, len(text))
    stop = _STANDARD_TEXT.search(text, head.end(), end)
    end = stop.start() if stop else end
    names = [name for name in names_in(text, head.end(), end) if _POST_OF_MEMBER.match(text, name.end)]
    for name, following in zip(names, [*names[1:], None], strict=False):
        post = text[name.end : following.start if following else end]
        yield PersonMention(name.start, name.end, LEAD if _LEAD_WORD.search(post) else INSPECTOR)


def _list_end(text: str, start: int) -> int:
    """End of a list of the team: the beginning of prose or of the publisher's standard text."""
    end = min(start + _LONGEST_LIST, len(text))
    return min([end, *(match.start() for stop in (_PROSE, _STANDARD_TEXT) if (match := stop.search(text, start, end)))])


def _listed_names(text: str, head: re.Match[str], names: Iterable[PersonName]) -> Iterator[PersonName]:
    """Yield the names that a list introduces: behind a label, joined to the name before, with a post, or a line each.

    Headings, addresses and names of services below a list are introduced by nothing.
    """
    label_end, plural = head.end(), bool(_PLURAL.search(head[0]))
    last: PersonName | None = None
    for name in names:
        for label in _LABEL_IN_LIST.finditer(text, max(label_end, last.end if last else 0), name.start):
            label_end, plural, last = label.end(), bool(_PLURAL.search(label[0])), None
        has_post = name.letters_end > name.end or _POST_BEHIND.match(text, name.end) is not None
        below = last and (_is_line(text, name) or last.letters_end > last.end)
        if not has_post and below and is_address(text[name.start : name.end]):
            continue
        if has_post or _is_introduced(text, name, last, label_end, plural=plural):
            yield name
            last = name


def _is_introduced(text: str, name: PersonName, last: PersonName | None, label_end: int, *, plural: bool) -> bool:
    """Does the label, or the name before, introduce a name without a post?"""
    if last is None:
        return not _TITLES.sub("", text[label_end : name.start]).strip(" \t\r\n:•·–-(")
    joined = _SEPARATOR.fullmatch(_TITLES.sub("", text[last.letters_end : name.start]).rstrip() or " ")
    if joined and (plural or last.letters_end == last.end or "and" in joined[0] or "&" in joined[0]):
        return True
    return plural and _is_line(text, name) and (_is_line(text, last) or last.letters_end > last.end)


def _is_line(text: str, name: PersonName) -> bool:
    """Does a name fill its line?"""
    before = text[max(0, name.start - _LINE_AROUND) : name.start].rpartition("\n")[2]
    behind = text[name.letters_end : name.letters_end + _LINE_AROUND].partition("\n")[0]
    return not _TITLES.sub("", before).strip(" \t•·–-") and not behind.strip()


def _separated_names(text: str, start: int) -> Iterator[PersonName]:
    """Yield the names from a character on that are separated by commas or 'and'."""
    name = name_at(text, start, wrapped=True)
    while name:
        yield name
        following = _SEPARATOR.match(text, name.letters_end)
        name = name_at(text, following.end(), wrapped=True) if following else None


def _is_signatory(text: str, name: PersonName, closing_end: int | None) -> bool:
    """Does a name sign: right below the closing words, or with a post; without such words, on a line over its post?"""
    if closing_end is None:
        opens_line = name.start == 0 or text[name.start - 1] == "\n"
        return opens_line and bool(_POST_BELOW.match(text, name.end))
    alone = not text[closing_end : name.start].strip() and text[name.letters_end : name.letters_end + 1] in (
        "\n",
        "",
        ".",
    )
    return alone or bool(_POST_OF_SIGNATORY.match(text, name.end) or _POST_OF_SIGNATORY.match(text, name.letters_end))
