"""Record of the facts of one report, which the stages hand on.

All offsets are characters from 0, end exclusive, into ``Report.text``; a
record's ``text`` is exactly that slice. The values of kinds, areas, grades,
roles, types, polarities and topics are the ids of the schemes in ``*.ttl``;
the closed ones are checked here when a record is made.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from typing import Any, Literal

from caregraph.ontology.errors import InvalidRecord
from caregraph.ontology.report import PicturePage

Kind = Literal[
    "ilacs", "sif", "pre-2013", "focused-visit", "monitoring-visit", "jtai", "jcpi", "area-send", "joint-area-review",
    "news",
]  # fmt: skip

KINDS = frozenset(Kind.__args__)  # type: ignore[attr-defined]
AREAS = frozenset(
    "overall leaders help-and-protection in-care-and-care-leavers in-care care-leavers adoption lscb disabled "
    "outcome".split()
)
GRADES = frozenset(
    "outstanding good requires-improvement inadequate adequate positive inconsistent systemic-failings".split()
)
INSPECTOR_ROLES = frozenset({"lead", "inspector", "director"})
LEADER_ROLES = frozenset({"dcs", "lead-member", "chief-executive", "lscb-chair", "other"})
MENTION_TYPES = frozenset({"agency", "service", "programme", "body", "process"})
POLARITIES = frozenset({"strength", "concern", "mixed", "neutral"})
FINDING_KINDS = frozenset({"finding", "recommendation", "priority-action", "area-for-improvement"})
SHARING_RELATIONS = frozenset("shares hosts hosted commissions-jointly delegated left joining".split())
DUE_ACTIONS = frozenset({"inspection", "monitoring-inspection"})
# Kinds of boilerplate: words of method, the pandemic's part of it, and words that define a grade.
METHOD, PANDEMIC, GRADE_WORDS = "method", "pandemic", "grade"
BOILERPLATE_KINDS = frozenset({METHOD, PANDEMIC, GRADE_WORDS})
SHARING_TIMES = frozenset({"now", "past", "future"})


def _check(field_name: str, value: object, allowed: Iterable[object]) -> None:
    if value not in allowed:
        raise InvalidRecord(f"{field_name}: expected one of {sorted(map(str, allowed))}, got {value!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words that prove a fact, with their place in the report: ``text`` is ``Report.text[start:end]``.

    It is empty in a record `WithoutWords`, but for names. Words that are ``from_picture`` were read from a picture of
    their page, and may be wrong.
    """

    text: str
    page: int
    start: int
    end: int
    from_picture: bool = False

    def __post_init__(self) -> None:
        if not (0 <= self.start < self.end and len(self.text) in (0, self.end - self.start)):
            raise InvalidRecord(f"quote: expected {len(self.text)} characters, got [{self.start}, {self.end})")
        if self.page < 1:
            raise InvalidRecord(f"page: expected 1 or more, got {self.page}")


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority by its register name; ``gss`` is the ONS code, None where the register has no such authority."""

    name: str
    gss: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement(Quote):
    """A grade that this inspection gave to an area; a record for each place that states it."""

    area: str
    grade: str

    def __post_init__(self) -> None:
        Quote.__post_init__(self)
        _check("area", self.area, AREAS)
        _check("grade", self.grade, GRADES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Quote):
    """An inspector or a leader, in the role this report gives; the name without titles and post-nominals.

    ``iri`` is None until ``resolution.resolver`` has decided who it is.
    """

    name: str
    role: str
    iri: str | None = None

    def __post_init__(self) -> None:
        Quote.__post_init__(self)
        _check("role", self.role, INSPECTOR_ROLES | LEADER_ROLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Quote):
    """A place where a named thing is mentioned.

    ``name`` is the fullest name that the document gives the thing, ``aliases`` the other names it goes by there.
    ``term`` is the id of the thesaurus entry whose spelling matched, None for a name that is in no list; ``iri`` is
    None until ``resolution.resolver`` has decided which thing it is.
    """

    name: str
    type: str
    aliases: tuple[str, ...] = ()
    term: str | None = None
    iri: str | None = None

    def __post_init__(self) -> None:
        Quote.__post_init__(self)
        _check("type", self.type, MENTION_TYPES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Quote):
    """A statement of the inspectors: a sentence or a bullet.

    ``confidence`` is the calibrated probability of ``polarity``. ``paragraph`` is the printed number of its paragraph,
    ``section`` the heading above it; both may be missing. ``involves`` names the mentions inside it: their names, and
    after ``resolution.resolver`` their IRIs. ``expectations`` are the ids of outcomes,
    enablers and principles of the National Framework to which its words, or its bullet's, refer it.
    """

    polarity: str
    confidence: float
    kind: str = "finding"
    topics: tuple[str, ...] = ()
    paragraph: str | None = None
    section: str | None = None
    involves: tuple[str, ...] = ()
    expectations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        Quote.__post_init__(self)
        _check("polarity", self.polarity, POLARITIES)
        _check("kind", self.kind, FINDING_KINDS)
        if not 0.0 <= self.confidence <= 1.0:
            raise InvalidRecord(f"confidence: expected 0 to 1, got {self.confidence}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Quote):
    """Words by which a finding is about a thing that the sentences before it name, as 'the panel' or 'it'.

    ``name`` is the mention's, ``finding`` the first character of the finding, ``confidence`` the share of references of
    its kind that are right. ``iri`` is the thing's, once it is resolved.
    """

    name: str
    finding: int
    confidence: float
    iri: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingStatement(Quote):
    """A sentence that says of a thing that it is shared between councils, or was, or will be.

    ``thing`` is the phrase for the thing, ``name`` its proper name where the sentence prints one. ``partners`` are
    other authorities than the document's own, by their register names, as far as the words make them certain;
    ``partners_text`` are the words for them. ``host`` is the authority that runs the thing for the others, or the trust
    or company that runs services for the council. ``iri`` is the thing's, once it is resolved.
    """

    thing: str
    name: str | None
    type: str
    relation: str
    partners: tuple[str, ...] = ()
    partners_text: str | None = None
    host: str | None = None
    time: str = "now"
    iri: str | None = None

    def __post_init__(self) -> None:
        Quote.__post_init__(self)
        _check("type", self.type, MENTION_TYPES)
        _check("relation", self.relation, SHARING_RELATIONS)
        _check("time", self.time, SHARING_TIMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus(Quote):
    """Words in which a letter states what a visit or a joint inspection looked at, and the ids of its ``themes``."""

    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due(Quote):
    """What is due within about so many ``months``: an "inspection" or a "monitoring-inspection".

    ``by`` is the ISO day at the end of these months after the inspection's last day, if that is known. ``rule`` is
    "stated" where the words say so themselves, else the id of the framework whose rule tells it of the quoted outcome.
    """

    action: str
    months: int
    rule: str
    by: str | None = None

    def __post_init__(self) -> None:
        Quote.__post_init__(self)
        _check("action", self.action, DUE_ACTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage(Quote):
    """A paragraph, bullet or table row as printed; ``paragraph`` is its printed number, if it has one.

    ``boilerplate`` is the kind of boilerplate that all its sentences are, None where one is about the authority.
    """

    paragraph: str | None = None
    section: str | None = None
    boilerplate: str | None = None

    def __post_init__(self) -> None:
        Quote.__post_init__(self)
        if self.boilerplate is not None:
            _check("boilerplate", self.boilerplate, BOILERPLATE_KINDS)


@dataclass(frozen=True, slots=True)
class Unread:
    """A field that the document gives but that could not be read, and the reason."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Address of a document, the council's page that lists it, and title and day as listed; any may be missing."""

    address: str | None = None
    page: str | None = None
    title: str | None = None
    listed: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutWords:
    """What the words of a report said of its identity, in a record that has them no more.

    ``same`` are pairs of first characters of mentions that the report says are one thing's; ``national`` are those of
    mentions that it calls national. ``shared`` has, for each sharing statement, that of the mention of its thing, -1
    where there is none. ``sketch`` and ``corrected`` are as in `resolution.events.DocumentFacts`. ``extractor`` is the
    version of the extractors that made the record.
    """

    extractor: str
    same: tuple[tuple[int, int], ...] = ()
    national: tuple[int, ...] = ()
    shared: tuple[int, ...] = ()
    sketch: tuple[int, ...] = ()
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Record of everything that one document says. A field that it does not give is None or empty."""

    source: str
    sha256: str
    title: str | None
    kind: str | None
    authority: Authority | None
    inspected: tuple[tuple[date, date], ...] = ()
    published: date | None = None
    judgements: tuple[Judgement, ...] = ()
    people: tuple[Person, ...] = ()
    mentions: tuple[Mention, ...] = ()
    findings: tuple[Finding, ...] = ()
    references: tuple[Reference, ...] = ()
    sharing: tuple[SharingStatement, ...] = ()
    theme_text: tuple[Focus, ...] = ()
    due: tuple[Due, ...] = ()
    unread: tuple[Unread, ...] = ()
    passages: tuple[Passage, ...] = field(default=(), repr=False)
    pages: int = 1
    picture_pages: tuple[PicturePage, ...] = field(default=(), repr=False)
    without_words: WithoutWords | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.kind is not None:
            _check("kind", self.kind, KINDS)
        for first, last in self.inspected:
            if first > last:
                raise InvalidRecord(f"inspected: expected a period that runs forwards, got {first} to {last}")

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes of the document, in the order in which its statement of focus names them."""
        return tuple(dict.fromkeys(theme for focus in self.theme_text for theme in focus.themes))

    def as_json(self) -> dict[str, Any]:
        """The record as ``extract --json`` prints it: plain values, ISO dates; passages are left to the graph.

        So are the places of words on pages that were read from pictures, and what is said of a record without words.
        """
        plain = {name: getattr(self, name) for name in _names(Record) if name not in _HIDDEN}
        plain |= {name: [plain_part(part) for part in plain[name]] for name in PARTS if name in plain}
        plain["authority"] = self.authority and plain_part(self.authority)
        plain["inspected"] = [[first.isoformat(), last.isoformat()] for first, last in self.inspected]
        plain["themes"] = list(self.themes)
        plain["published"] = self.published and self.published.isoformat()
        return plain


_HIDDEN = frozenset({"passages", "picture_pages", "without_words"})


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def plain_part(part: Any) -> dict[str, Any]:
    """Fields of a part of a record, none of which is an object; a third of the time of ``dataclasses.asdict``."""
    return {name: getattr(part, name) for name in _names(type(part))}  # type: ignore[arg-type]


# Parts of a record that are objects of their own, by the name of the field.
PARTS: Mapping[str, Callable[..., Any]] = {
    "judgements": Judgement,
    "people": Person,
    "mentions": Mention,
    "findings": Finding,
    "references": Reference,
    "sharing": SharingStatement,
    "theme_text": Focus,
    "due": Due,
    "unread": Unread,
    "passages": Passage,
}
