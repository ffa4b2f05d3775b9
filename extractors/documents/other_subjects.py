"""Other subjects: what a document seems to be that is no report on an English council's children's services.

Only the title and the opening decide, never words further down: a report on a
council speaks of schools, homes and police too. A rule that is in doubt says
nothing, and the document is read.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from caregraph.extractors.documents.council_names import CouncilNames, nation_of_name, slot_of_title, spellings_of
from caregraph.extractors.documents.kinds import NEWS, KindExtractor, KindProof, phrases_of_kinds
from caregraph.extractors.reading.flow import Reading
from caregraph.ontology.vocabulary import Vocabulary

_OPENING = 3000  # characters in which a document says what it is
_HEAD = 8  # lines among which its title is
_FIRST = 4  # lines among which a document of other people's making has its title
_TITLE_LINE = 160  # characters at most of a title's line
_FEWEST_LISTED, _LISTED = 2, 4  # reports from which a page is a list of them: under such a heading, and without it
_SIGNS = 2  # signs of a school that make one where its name is no title

_LETTER_OR_REPORT = re.compile(r"^\s*Dear\s|\b(?:lead|reporting) inspector\b", re.IGNORECASE | re.MULTILINE)
_DAYS = re.compile(r"^\s*(?:inspection|visit) dates?\b", re.IGNORECASE | re.MULTILINE)
_INSPECTION = re.compile(r"\binspect(?:ions?|ed|ors?|ing|orate)\b|\bOfsted\b", re.IGNORECASE)
_CHILDRENS_SERVICES = re.compile(
    r"\bchildren[’']s\s+(?:social\s+care\s+)?services\b|\bsocial (?:care|work(?:ers?)?)\b", re.IGNORECASE
)
_COUNCIL_IN_TITLE = re.compile(
    r"\b(?:children[’']s\s+(?:social\s+care\s+)?services|local authority|councils?|local area)\b", re.IGNORECASE
)

# Lines that say whose document it is, in the first lines.
_DRAWN_UP = (
    (re.compile(r"\bfreedom of information\b|\bFOI\b(?:\s+\w+){0,2}\s*(?:request|ref|response|[:\d/-])|\brequest for "
                r"information\b|\benvironmental information regulations\b", re.IGNORECASE),
     "an answer to a request for information"),
    (re.compile(r"^Inspecting\b(?![^\n]*\b(?:found|rated|said)\b)|\binspection (?:framework|handbook|guidance)\b"
                r"|\b(?:framework|handbook|guidance)\b[^.\n]{0,60}\binspect(?:ion|ions|ing|ors)\b"
                r"|\binspect(?:ion|ions|ing|ors)\b[^.\n]{0,80}\b(?:framework|handbook|guidance)\b"
                r"|\bevaluation (?:schedule|criteria)\b|\bgrade descriptors\b|\binspector guidance\b"
                r"|\binspections? of\b[^.\n]{0,60}[:–-] (?:how|what)\b", re.IGNORECASE),
     "an inspection framework"),
    (re.compile(r"\b(?:improvement|action) plan\b|\bwritten statement of action\b", re.IGNORECASE),
     "a plan for improvement"),
    (re.compile(r"\b(?:improvement notice|statutory direction|direction (?:issued )?under section)\b", re.IGNORECASE),
     "a direction from the government"),
    (re.compile(r"\b(?:serious case review|child safeguarding practice review|safeguarding adults review)\b",
                re.IGNORECASE),
     "a review of a case"),
    (re.compile(r"\bself[- ](?:evaluation|assessment)\b", re.IGNORECASE), "a council's account of itself"),
    (re.compile(r"\b(?:agenda|minutes) (?:of|for)\b|\bminutes\b.{0,40}\bmeeting\b|\bagenda item\b|^report to:?\s"
                r"|\bscrutiny (?:committee|panel|board|commission)\b", re.IGNORECASE),
     "a paper for a council's committee"),
    (re.compile(r"\b(?:annual report|state of the nation)\b|\bofficial statistics\b|\bstatistical (?:release|first "
                r"release)\b", re.IGNORECASE),
     "an annual report or statistics"),
)  # fmt: skip

_UNDER_FRAMEWORK = re.compile(r"\b(?:inspect(?:ed|ion) under|in line with|in accordance with)\b", re.IGNORECASE)
_PUBLISHERS = (
    (re.compile(r"\bCare Inspectorate Wales\b|\bEstyn\b|\bArolygiaeth Gofal Cymru\b|\bin Wales\b"), "Wales"),
    (re.compile(r"\bCare Inspectorate\b(?! Wales)|\bEducation Scotland\b|\bHealthcare Improvement Scotland\b"
                r"|\bin Scotland\b"), "Scotland"),
    (re.compile(r"\bRegulation and Quality Improvement Authority\b|\bRQIA\b|\bin Northern Ireland\b"
                r"|\bEducation and Training Inspectorate\b|\bCriminal Justice Inspection Northern Ireland\b"),
     "Northern Ireland"),
    (re.compile(r"\bHealth Information and Quality Authority\b|\bHIQA\b"), "Ireland"),
)  # fmt: skip
_PLACE = re.compile(
    r"\b(?:in|of|to)\s+(?:the\s+)?(?P<name>[A-Z][\w’'&-]*(?:\s+(?:(?:and|of|the|na)\s+)?[A-Z][\w’'&-]*){0,4})"
)
_COUNCIL = re.compile(
    r"(?P<name>[A-Z][\w’'.&-]*(?:\s+(?:(?:and|of|the|nan|na)\s+)?[A-Z][\w’'.&-]*){0,5})"
    r"\s+(?:Council|[Cc]hildren[’']s [Ss]ervices)\b"
)

_ADULT_CARE = re.compile(
    r"\blocal authority assessment\b|\badult social care\b|\badults[’'] services\b|\bCare Act 2014\b", re.IGNORECASE
)
_CARE_ACT = re.compile(
    r"\bHow we assess local authorities\b|\bCare Act\b|\badult social care\b|\bAssessment published\b", re.IGNORECASE
)
_HEALTH = re.compile(
    r"(?:\b(?:Hospitals?|Surgery|Medical (?:Centre|Practice)|Health Centre|Hospice|Nursing Home|Care Home"
    r"|Dental Practice|Ambulance Service)|\bNHS (?:Foundation )?Trust)\b"
)
_CARE_QUALITY = re.compile(r"\bCare Quality Commission\b|\bCQC\b")
_POLICE_TITLE = re.compile(
    r"\bPEEL\b|\bpolice (?:effectiveness|efficiency|legitimacy|custody|inspection)\b|\bcrime data integrity\b"
    r"|\bchild protection (?:post-)?inspections?\b|\binspections?\b[^.\n]*\b(?:police|constabulary)\b"
    r"|\b(?:Police|Constabulary)\b[^.\n]*\binspections?\b|\bhow (?:well|effectively|effective)\b[^.\n]*\bpolice\b",
    re.IGNORECASE,
)
_FORCE = re.compile(r"^[^.\n]{0,60}\b[A-Z]\w+ (?:Police(?: Service)?|Constabulary)(?:\s*[:–-][^\n]*)?$", re.MULTILINE)
_POLICE = re.compile(r"\bpolice\b|\bconstabulary\b|\bHMICFRS\b|\bHMIC\b", re.IGNORECASE)
_POLICE_INSPECTORATE = re.compile(r"\bHMICFRS\b|\bHMIC\b|\bInspectorate of Constabulary\b|\bPEEL\b", re.IGNORECASE)
_FIRE = re.compile(r"\bFire (?:and|&) Rescue (?:Service|Authority)\b(?!s)", re.IGNORECASE)
_PROBATION = re.compile(
    r"\byouth (?:offending|justice)\b|\bprobation (?:services?|delivery|inspection|unit)\b"
    r"|\binspectorate of probation\b",
    re.IGNORECASE,
)
_PRISON = re.compile(
    r"\bHM ?P\b|\bHMYOI\b|\bYoung Offender Institution\b|\bInspectorate of Prisons\b|\bimmigration removal centre\b"
)

_HOMES = {
    "secure children’s home": "a secure children's home",
    "secure training centre": "a secure training centre",
    "residential holiday scheme": "a residential holiday scheme",
    "residential family centre": "a residential family centre",
    "residential special school": "a residential special school",
    "supported accommodation": "supported accommodation",
    "boarding school": "a boarding school",
    "fostering agency": "a fostering agency",
    "fostering service": "a fostering service",
    "adoption support agency": "an adoption support agency",
    "adoption agency": "an adoption agency",
    "adoption service": "an adoption service",
    "children’s home": "a children's home",
}
_HOME = re.compile("|".join(words.replace("’", "[’']").replace(" ", r"\s+") for words in _HOMES), re.IGNORECASE)
_HOME_SIGNS = re.compile(
    r"\bsocial care common inspection framework\b|^\s*SC\d{5,7}\b|^Information about this\b"
    r"|^(?:Registered provider|Registered manager|Responsible individual|Unique reference number)\b"
    r"|^How well children and young people are helped and protected\b"
    r"|^Overall experiences and progress of (?:the )?(?:children|young people|service users)\b"
    r"|\bkey inspection\b|\bnational minimum standards\b|\bInspection report for (?:children|adoption|fostering)",
    re.IGNORECASE | re.MULTILINE,
)

_SCHOOLS = (
    (re.compile(r"\b(?:Childminders?|Child[- ]minding)\b", re.IGNORECASE), "a childminder inspection report"),
    (re.compile(r"\b(?:Nursery(?! School)|Nurseries|Pre-?school|Playgroup|Day ?care|Kindergarten|Montessori"
                r"|Out of School|After School Club|Holiday Club|Children[’']s Centre)\b", re.IGNORECASE),
     "a nursery or childcare inspection report"),
    (re.compile(r"\b(?:Sixth Form|Further Education|(?<!\bKing[’']s )College|University|Apprenticeships?"
                r"|Training Provider|Adult (?:and )?Community Learning|Skills)\b", re.IGNORECASE),
     "a college or training inspection report"),
    (re.compile(r"\b(?:Schools?|Academy|Academies|Pupil Referral Unit|Infants?|Juniors?|Grammar"
                r"|Alternative Provision)\b",
                re.IGNORECASE),
     "a school inspection report"),
)  # fmt: skip
_INSTITUTION = re.compile(
    r"(?:[A-Z][\w’'.&-]*,?\s+(?:(?:of|and|the|for|at|in|on|CofE|&)\s+)*){1,8}"
    r"(?:School|Academy|College|Nursery|Nurseries|Pre-?[Ss]chool|Playgroup|Kindergarten|Day ?care|Childcare|Montessori"
    r"|University|Children[’']s Centre|Childminding|Pupil Referral Unit|Sixth Form|Club)\b"
    r"|^\s*Childminder\b|\bInspection of (?:a )?[Cc]hildminder\b"
)
_SCHOOL_SIGNS = re.compile(
    r"^(?:The )?quality of (?:education|teaching|provision)\b|^Behaviour and attitudes\b|^Personal development\b"
    r"|^(?:The )?(?:effectiveness of )?Early years (?:provision|foundation)\b|^Achievement\b"
    r"|^Attendance and behaviour\b"
    r"|^Curriculum and teaching\b|^Outcomes for (?:pupils|children|learners)\b|^Pupil achievement\b"
    r"|\bWhat is it like to (?:attend|be a learner)\b|^Type of (?:school|setting|provision|provider|premises)\b"
    r"|^School (?:category|details|name)\b|^Age range\b|^Number of (?:pupils|children|learners)\b"
    r"|^Total number of places\b"
    r"|^Unique reference number\b|^(?:Headteacher|Principal|Proprietor|Chair of governors)\b|\bEarly Years Register\b"
    r"|\bChildcare Register\b|\bfurther education and skills\b|\b(?:The )?(?:pupils|learners|students)\b"
    r"|\bhead ?teacher\b|^Apprenticeships\b|^Adult learning programmes\b|\bearly years foundation stage\b"
    r"|\bstaff (?:help|teach|support) (?:babies|children)\b"
    r"|\b(?:this|the) (?:nursery|pre-?school|childminder|school)\b",
    re.IGNORECASE | re.MULTILINE,
)
_LIST_ENTRY = re.compile(
    r"\b(?:inspections?|inspected|(?:focused|monitoring) visits?|SEND|JTAI|reviews?|reports?|rated)\b", re.IGNORECASE
)
_LIST_DATE = re.compile(
    r"(?:\b\d{1,2}(?:st|nd|rd|th)?\s+)?\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+(?:19|20)\d\d\b"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b"
)
_LIST_HEAD = re.compile(
    r"\b(?:all (?:\w+ )?reports|search results|latest (?:reports|inspections)"
    r"|(?:inspection )?reports and (?:letters|documents)|previous reports|list of (?:\w+ )?(?:reports|inspections)"
    r"|\d+ (?:results|reports|documents))\b|^URN\b|^(?:Ofsted |Our )?(?:inspection )?reports\b",
    re.IGNORECASE,
)
_LINE_OF_LIST = 120  # characters at most of a line that lists a report


class _Opening(NamedTuple):
    """Opening of a document: its text, its first lines, and its council title, if it has one."""

    text: str
    lines: tuple[str, ...]
    title: KindProof | None

    @property
    def head(self) -> tuple[str, ...]:
        """Lines among which the title is."""
        return tuple(line for line in self.lines[:_HEAD] if len(line) <= _TITLE_LINE)

    @property
    def is_report(self) -> bool:
        """Is it a letter, or a report that names its lead inspector?"""
        return bool(_LETTER_OR_REPORT.search(self.text))


class OtherSubjects:
    """Name what a document is of, where its opening says that it is not a council's children's services."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._kinds = KindExtractor(**phrases_of_kinds(vocabulary))
        self._names = CouncilNames(spellings_of(vocabulary))

    def find(self, reading: Reading) -> str | None:
        """Name what a document seems to be; None if it may be a report on a council.

        Its lines count as they are printed too: in the flow, a list of short lines may be one paragraph.
        """
        printed = reading.report.text
        return next(self._subjects(reading.text), None) or next(self._subjects(printed), None)

    def _subjects(self, text: str) -> Iterator[str]:
        """Yield what the document may be of, the surest first."""
        proofs = list(self._kinds.proofs(text[: 2 * _OPENING]))
        is_news = bool(proofs) and proofs[0].kind == NEWS
        title = next((proof for proof in proofs if proof.framework and _is_at_line_start(text, proof.start)), None)
        lines = tuple(line.strip() for line in text[:_OPENING].splitlines() if line.strip())
        opening = _Opening(text[:_OPENING], lines, title)
        yield from self._outside_england(text, opening)
        yield from _list_of_reports(opening)
        if is_news:
            yield from _news_of_a_school(text, opening)
            return
        yield from _drawn_up_by_others(text, opening)
        if title and _PROBATION.search(_line_at(text, title.start)) and title.framework == "joint-inspection":
            yield _PROBATION_REPORT
        if not any(_is_at_line_start(text, proof.start) for proof in proofs):
            yield from _of_another_service(opening)

    def _outside_england(self, text: str, opening: _Opening) -> Iterator[str]:
        """Yield the nation of a report on a place outside England, by its title and its first lines."""
        if opening.title:
            start, end = opening.title.start, opening.title.end
            line_end = text.find("\n", end)
            slot = slot_of_title(text, start, end, line_end if line_end >= 0 else len(text))
            if slot and (nation := nation_of_name(text[slice(*slot)])):
                yield _outside(nation)
            if slot and self._names.read(text, *slot).entries:
                return
        first = [line for line in opening.lines[:_FIRST] if len(line) <= _TITLE_LINE and not line.endswith(".")]
        if any(name for line in first for name in self._names.in_text(line)):
            return
        for line in first:
            for match in _COUNCIL.finditer(line):
                words = match["name"].split()
                for skipped in range(len(words)):
                    if nation := nation_of_name(" ".join(words[skipped:])):
                        yield _outside(nation)
            for match in _PLACE.finditer(line):
                if nation := nation_of_name(match["name"]):
                    yield _outside(nation)
            for pattern, nation in _PUBLISHERS:
                if pattern.search(line):
                    yield _outside(nation)


_PROBATION_REPORT = "an inspection report on youth justice or probation"


def _outside(nation: str) -> str:
    return f"a report on {nation}, outside England"


def _is_at_line_start(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] == "\n"


def _line_at(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _drawn_up_by_others(text: str, opening: _Opening) -> Iterator[str]:
    """Yield what the first lines say of a document that no inspection team wrote."""
    if opening.is_report:
        request, seems = _DRAWN_UP[0]
        yield from (seems for line in opening.lines[:_FIRST] if len(line) <= _TITLE_LINE and request.search(line))
        return
    for line in opening.lines[:_FIRST]:
        if len(line) > _TITLE_LINE or line.endswith(".") or _UNDER_FRAMEWORK.search(line):
            continue
        yield from (seems for pattern, seems in _DRAWN_UP if pattern.search(line))


def _list_of_reports(opening: _Opening) -> Iterator[str]:
    """Yield a page whose first lines each name a report and its day."""
    if opening.is_report or (opening.title and _DAYS.search(opening.text)):
        return
    lines = [line for line in opening.lines if len(line) <= _LINE_OF_LIST and not line.endswith(".")]
    entries = 0
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else ""
        is_dated = _LIST_DATE.search(line) or (_LIST_DATE.search(below) and not _LIST_ENTRY.search(below))
        entries += bool(_LIST_ENTRY.search(line) and is_dated and not line.endswith(":"))
    prose = sum(len(line) > _LINE_OF_LIST for line in opening.lines)
    is_listing = any(_LIST_HEAD.search(line) for line in opening.lines[:_HEAD]) or (
        entries >= _LISTED and entries > 2 * prose
    )
    if entries >= _FEWEST_LISTED and is_listing:
        yield "a page that lists reports"


def _news_of_a_school(text: str, opening: _Opening) -> Iterator[str]:
    headline = opening.lines[0] if opening.lines else ""
    if _INSTITUTION.search(headline) and not _CHILDRENS_SERVICES.search(text):
        yield _school(headline).replace("inspection report", "in the news")


def _of_another_service(opening: _Opening) -> Iterator[str]:
    """Yield the service that the title or the opening of an inspection report is of."""
    head = "\n".join(opening.head)
    if _HOME_SIGNS.search(opening.text) and (home := _home(opening, head)):
        yield home
    if any(_ADULT_CARE.search(line) for line in opening.head) and _CARE_ACT.search(opening.text):
        yield "an assessment of adult social care"
    if not _INSPECTION.search(opening.text):
        return
    if _HEALTH.search(head) and _CARE_QUALITY.search(opening.text):
        yield "an inspection report on health or adult care"
    if any(_PRISON.search(line) for line in opening.head):
        yield "a prison inspection report"
    if any(_PROBATION.search(line) for line in opening.head):
        yield _PROBATION_REPORT
    if any(_FIRE.search(line) and not _POLICE_INSPECTORATE.search(line) for line in opening.head):
        yield "a fire and rescue inspection report"
    if any(_POLICE_TITLE.search(line) for line in opening.head) and _POLICE.search(head):
        yield "a police inspection report"
    if _FORCE.search(head) and _POLICE_INSPECTORATE.search(opening.text):
        yield "a police inspection report"
    yield from _school_report(opening)


def _home(opening: _Opening, head: str) -> str | None:
    """Home or agency that the opening names as the subject, None if it names none."""
    about = re.search(r"^Information about this ([^\n]{3,60})", opening.text, re.IGNORECASE | re.MULTILINE)
    named = (about and _HOME.search(about[1])) or _HOME.search(head)
    signs = len({match[0].casefold() for match in _HOME_SIGNS.finditer(opening.text)})
    if not named and signs >= _SIGNS:
        named = _HOME.search(opening.text)
    if named and signs:
        words = " ".join(named[0].lower().replace("'", "’").split())
        noun = _HOMES[words]
        return f"{noun} inspection report" if noun.startswith("a") else f"an inspection report on {noun}"
    return None


def _school_report(opening: _Opening) -> Iterator[str]:
    signs = {match[0].casefold() for match in _SCHOOL_SIGNS.finditer(opening.text)}
    for line in opening.head:
        if _INSTITUTION.search(line) and signs and not _COUNCIL_IN_TITLE.search(line):
            yield _school(line)
    if len(signs) > _SIGNS:
        yield _school(opening.text)


def _school(words: str) -> str:
    return next((seems for pattern, seems in _SCHOOLS if pattern.search(words)), "a school inspection report")
