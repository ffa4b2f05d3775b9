"""Inspectors, where reports name them: labelled lines, lists of a team, sentences, signatures.

Each function yields ``Named`` in reading order. The role is "lead" where the
text says so or where the inspector signs the letter, "director" for those who
sign a joint letter for their inspectorate, and else "inspector"; analysts and
quality assurance managers of the team are listed with it and count as such.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from caregraph.extractors.people.person_names import Name, name_at, names_in

LEAD, INSPECTOR, DIRECTOR = "lead", "inspector", "director"


class Named(NamedTuple):
    """A person's name, characters ``start`` to ``end``, and role."""

    start: int
    end: int
    role: str


# A list begins at a label with a colon, at one that opens its line, or at one that stands nowhere else.
_LIST = re.compile(
    r"\b(?:Lead|Deputy lead|Team) [Ii]nspectors?\s*:|(?<![^\n])(?:Lead|Deputy lead|Team) [Ii]nspectors?(?=\s+[A-Z])"
    r"|\bReporting [Ii]nspector\b|\bLead [Ii]nspector\s+(?=[A-Z][\w’'-]+ [A-Z])"
)
_LEAD_LINE = re.compile(r"\b(?:Lead|Reporting) [Ii]nspector\s*:[ \t]*\S[^\n]{0,80}")
_LABEL = re.compile(
    r"(?P<lead>(?<!deputy )\b(?:lead|reporting) inspector)|\b(?:inspector|analyst|officer|manager)s?\b", re.IGNORECASE
)
_PROSE = re.compile(r"(?:\b[a-z]+[ ,\n]+){4}")
_STANDING = re.compile(r"\b(?:If you are not happy|The Office for Standards|Any complaints)\b|©")
_NEXT = re.compile(r"\s*(?:[,;]|\band\b|&)\s*(?:and\s+)?")
_SENTENCE = re.compile(
    r"\b(?:(?P<lead>lead )?inspectors?(?: for this (?:visit|inspection))? (?:was|were):?"
    r"|(?:carried out|conducted|undertaken|completed) by|(?P<led>led by))\s+"
    r"(?:(?:two |three |the )?(?:of )?(?:Ofsted|H(?:er|is) Majesty[’']s) Inspectors?,?\s+)?",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\bYours (?:sincerely|faithfully)\b,?")
_LONGEST_LIST = 1600  # characters
_SIGNATURES = 1200  # characters after the closing words in which the signatures stand
_LAST_POST = 150  # characters in which the last one's post stands
_POST_OF_SIGNATORY = re.compile(
    r"[\s,]*(?:(?-i:[A-Z]{2,4})\b[\s,]*)*(?:(?:interim|acting|national|regional|senior|deputy|assistant|executive)\b[\s,]*)*"
    r"(?:director|chief inspector|h(?:er|is) majesty[’']s|hmi\b|lead inspector|inspector|ofsted\b|cqc\b)",
    re.IGNORECASE,
)
_DIRECTOR = re.compile(
    r"\bdirector\b|\bchief inspector\b|\binspector of (?:constabulary|probation)|\bhmi (?:constabulary|probation)", re.I
)
_COLUMNS = re.compile(r"\bInspection team\s+(?=Ofsted\b.{0,20}?\b(?:Care Quality Commission|CQC)\b)")
_LEADS = re.compile(r"\blead\b", re.IGNORECASE)
_POST_OF_MEMBER = re.compile(r"[\s,]*(?:Ofsted|CQC|HMI|Care Quality Commission)\b", re.IGNORECASE)


def listed(text: str) -> Iterator[Named]:
    """Those behind labels: 'Lead inspector: A B', 'Team inspectors: C D, E F and G H'."""
    end = 0
    closing = _SIGNED.search(text)  # signatures below it give the post after each name, not before
    for head in _LIST.finditer(text, 0, closing.start() if closing else len(text)):
        if head.start() < end:
            continue
        end = _list_end(text, head.end())
        labels = list(_LABEL.finditer(text, head.start(), end))
        for name in names_in(text, head.end(), end, wrapped=True):
            label = next((label for label in reversed(labels) if label.end() <= name.start), None)
            yield Named(name.start, name.end, LEAD if label and label["lead"] else INSPECTOR)


def unread(text: str) -> Iterator[tuple[int, int]]:
    """The lines that announce a lead inspector, for a report in which none could be read."""
    return (line.span() for line in _LEAD_LINE.finditer(text))


def told(text: str) -> Iterator[Named]:
    """Those named in a sentence: 'The inspectors were … and …'."""
    for verb in _SENTENCE.finditer(text):
        role = LEAD if verb["lead"] or verb["led"] else INSPECTOR
        for place, name in enumerate(_parted(text, verb.end())):
            yield Named(name.start, name.end, role if place == 0 or verb["lead"] else INSPECTOR)


def signed(text: str) -> Iterator[Named]:
    """Those who sign a letter: where one signs as its lead, the other inspectors do not lead it."""
    closing = _SIGNED.search(text)
    if closing is None:
        return
    end = min(closing.end() + _SIGNATURES, len(text))
    names = [name for name in names_in(text, closing.end(), end) if _is_signatory(text, name, closing)]
    ends = [name.start for name in names[1:]] + [names[-1].end + _LAST_POST] if names else []
    posts = [text[name.end : stop] for name, stop in zip(names, ends, strict=True)]
    led = any(_LEADS.search(post) for post in posts)
    for name, post in zip(names, posts, strict=True):
        role = INSPECTOR if led and not _LEADS.search(post) else LEAD
        yield Named(name.start, name.end, DIRECTOR if _DIRECTOR.search(post) else role)


def columns(text: str) -> Iterator[Named]:
    """The members in the columns of an area SEND report: 'A B, Ofsted HMI lead inspector C D, CQC lead inspector'."""
    head = _COLUMNS.search(text)
    if head is None:
        return
    end = min(head.end() + _LONGEST_LIST, len(text))
    stop = _STANDING.search(text, head.end(), end)
    end = stop.start() if stop else end
    names = [name for name in names_in(text, head.end(), end) if _POST_OF_MEMBER.match(text, name.end)]
    for name, following in zip(names, [*names[1:], None], strict=False):
        post = text[name.end : following.start if following else end]
        yield Named(name.start, name.end, LEAD if _LEADS.search(post) else INSPECTOR)


def _list_end(text: str, start: int) -> int:
    """Where a list of the team ends: where prose begins, or the standing words."""
    end = min(start + _LONGEST_LIST, len(text))
    return min([end, *(match.start() for stop in (_PROSE, _STANDING) if (match := stop.search(text, start, end)))])


def _parted(text: str, start: int) -> Iterator[Name]:
    """The names from a character on that are parted by commas or 'and'."""
    name = name_at(text, start, wrapped=True)
    while name:
        yield name
        following = _NEXT.match(text, name.stop)
        name = name_at(text, following.end(), wrapped=True) if following else None


def _is_signatory(text: str, name: Name, closing: re.Match[str]) -> bool:
    alone = not text[closing.end() : name.start].strip() and text[name.stop : name.stop + 1] in ("\n", "")
    return alone or bool(_POST_OF_SIGNATORY.match(text, name.end) or _POST_OF_SIGNATORY.match(text, name.stop))
