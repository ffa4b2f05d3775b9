"""Inspectors, where reports name them: labelled lines, lists of a team, sentences, signatures.

Each function yields ``Named`` in reading order. The role is "lead" where the
text says so or where the inspector signs the letter, "director" for those who
sign a joint letter for their inspectorate, and else "inspector"; analysts and
quality assurance managers of the team are listed with it and count as such.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.persons import Name, name_at, names_in

LEAD, INSPECTOR, DIRECTOR = "lead", "inspector", "director"


class Named(NamedTuple):
    """A person's name, characters ``start`` to ``end``, and role."""

    start: int
    end: int
    role: str


_LEADER = re.compile(r"\b(?:Lead|Reporting) [Ii]nspector\s*:?\s*")
_LABEL = re.compile(r"(?P<lead>(?<!deputy )lead inspector)|\b(?:inspector|analyst|officer|manager)s?\b", re.IGNORECASE)
_LIST = re.compile(r"(?<![^\n])(?:(?:The )?[Ii]nspection team(?= *\n)|(?:Deputy lead|Team) inspectors?\b)")
_LINE = re.compile(r"^[^\n]+", re.MULTILINE)
_NAMELESS = 3
_PROSE = re.compile(r"(?:\b[a-z]+[ ,]+){4}")
_NEXT = re.compile(r"\s*(?:[,;]|\band\b|&)\s*(?:and\s+)?")
_SENTENCE = re.compile(
    r"\b(?:(?P<lead>lead )?inspectors?(?: for this (?:visit|inspection))? (?:was|were):?"
    r"|(?:carried out|conducted|undertaken|completed) by|(?P<led>led by))\s+"
    r"(?:(?:two |three |the )?(?:of )?(?:Ofsted|H(?:er|is) Majesty[’']s) Inspectors?,?\s+)?",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\bYours (?:sincerely|faithfully)\b,?")
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
_COLUMNS = re.compile(
    r"^Inspection team\b[^\n]*\n+(?=Ofsted\b[^\n]{0,20}\b(?:Care Quality Commission|CQC)\b)", re.MULTILINE
)
_LIST_END = re.compile(r"^(?:If you |The Office for Standards|Any complaints|©)", re.MULTILINE)
_LEADS = re.compile(r"\blead\b", re.IGNORECASE)
_POST_OF_MEMBER = re.compile(r"[\s,]*(?:Ofsted|CQC|HMI|Care Quality Commission)\b", re.IGNORECASE)


def labelled(text: str) -> Iterator[Named]:
    """Those named behind 'Lead inspector:' or 'Reporting inspector', one each."""
    closing = _SIGNED.search(text)  # the signatures below it give a post after each name, not before
    for label in _LEADER.finditer(text, 0, closing.start() if closing else len(text)):
        name = name_at(text, label.end(), wrapped=True)
        if name:
            yield Named(name.start, name.end, LEAD)


def team(text: str) -> Iterator[Named]:
    """Those in the list of the team, line by line behind labels: 'Team inspectors: A B, C D and E F'."""
    for head in _LIST.finditer(text):
        end = _list_end(text, head.start())
        labels = list(_LABEL.finditer(text, head.start(), end))
        for name in names_in(text, head.start(), end, wrapped=True):
            label = next((label for label in reversed(labels) if label.end() <= name.start), None)
            yield Named(name.start, name.end, LEAD if label and label["lead"] else INSPECTOR)


def told(text: str) -> Iterator[Named]:
    """Those named in a sentence: 'The inspectors were … and …'."""
    for verb in _SENTENCE.finditer(text):
        role = LEAD if verb["lead"] or verb["led"] else INSPECTOR
        for place, name in enumerate(_listed(text, verb.end(), one=False)):
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
    stop = _LIST_END.search(text, head.end())
    end = stop.start() if stop else min(len(text), head.end() + _SIGNATURES)
    names = [name for name in names_in(text, head.end(), end) if _POST_OF_MEMBER.match(text, name.end)]
    for name, following in zip(names, [*names[1:], None], strict=False):
        post = text[name.end : following.start if following else end]
        yield Named(name.start, name.end, LEAD if _LEADS.search(post) else INSPECTOR)


def _list_end(text: str, start: int) -> int:
    """Where the list of a team ends: at prose, at the third line in a row that names nobody, at the standing words."""
    nameless, begun = 0, False
    for line in _LINE.finditer(text, start):
        named = next(names_in(text, line.start(), line.end()), None) is not None
        prose = bool(_PROSE.search(line[0]))
        begun |= named and not prose
        nameless = 0 if named else nameless + 1
        if nameless == _NAMELESS or (begun and prose) or _LIST_END.match(line[0]):
            return line.start()
    return len(text)


def _listed(text: str, start: int, *, one: bool) -> Iterator[Name]:
    """The names from a character on that are parted by commas or 'and', or stand in lines of their own."""
    name = name_at(text, start, wrapped=not one)
    while name:
        yield name
        following = None if one else _NEXT.match(text, name.stop)
        if following:
            name = name_at(text, following.end(), wrapped=True)
        else:
            name = None if one else _on_own_line(text, name.stop)


def _on_own_line(text: str, end: int) -> Name | None:
    """The name on the line below, if that holds nothing else."""
    if text[end : end + 1] != "\n":
        return None
    name = name_at(text, end + 1)
    return name if name and text[name.stop : name.stop + 1] in ("\n", "") else None


def _is_signatory(text: str, name: Name, closing: re.Match[str]) -> bool:
    alone = not text[closing.end() : name.start].strip() and text[name.stop : name.stop + 1] in ("\n", "")
    return alone or bool(_POST_OF_SIGNATORY.match(text, name.end) or _POST_OF_SIGNATORY.match(text, name.stop))
