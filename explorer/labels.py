"""Labels: the words in which the explorer names kinds, relationships, values, days and sources, as readers see them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from caregraph import ontology
from caregraph.graph.queries.comparison.as_at import ALL, LATEST, SINCE, FullInspection
from caregraph.graph.queries.evidence import Evidence, SourceDocument
from caregraph.graph.queries.nodes import Node
from caregraph.graph.wording import join_names, sentence_case
from caregraph.ontology.iris import THINGS
from caregraph.ontology.schema import load_schema
from caregraph.ontology.turtle import Statements

NO_DATE = "Date not given"
FROM_PICTURE = "read from a picture"
SCHEMES = ("schemes.ttl", "frameworks.ttl", "themes.ttl", "national_framework.ttl")

# The words of council officers, where the ontology has others.
_KINDS: Mapping[str, str] = {
    "LocalAuthority": "council",
    "Document": "report",
    "Concept": "topic",
    "Witness": "copy or news item",
}

_VALUES: Mapping[tuple[str, str], str] = {
    ("counted", LATEST): "latest full inspection",
    ("counted", SINCE): "reports since then",
    ("counted", ALL): "all years",
    ("match-reason", "nearly"): "most words the same",
    ("match-reason", "near-years"): "years near each other",
    ("match-reason", "far-years"): "years far apart",
    ("match-reason", "both-named"): "named after both councils",
    ("match-reason", "called"): "a document says so",
    ("match-reason", "slogan"): "unusual words",
    ("standing", "asserted"): "published list",
    ("standing", "confirmed"): "confirmed by a report",
    ("standing", "contradicted"): "contradicted by a report",
}

# Relationships read along the arrow, where the ontology has no words for it or has words of its own language.
FORWARD: Mapping[str, str] = {
    "ATTESTED_FOR": "reported membership",
    "BROADER": "part of",
    "CONCERNS": "about",
    "CROSS_REFERENCES": "cross-referenced with",
    "DUE": "next inspection due of",
    "GIVES": "gives a grade to",
    "HOSTED_BY": "hosted by",
    "INSTANCE_OF": "is a",
    "INVOLVES": "mentions",
    "LOOKED_AT": "looked at",
    "NEIGHBOUR_OF": "statistical neighbour",
    "PART_OF": "part of",
    "REFERS_TO": "refers to",
    "SERVED": "in post at",
    "SERVES": "serves",
    "SHARED_BY": "shared by",
    "SUCCEEDED_BY": "succeeded by",
    "TO_BE_SUCCEEDED_BY": "to be succeeded by",
    "TOOK_PART_IN": "took part in",
}
# Relationships read against the arrow.
BACKWARD: Mapping[str, str] = {
    "ABOUT": "copies and news about it",
    "ATTESTED_FOR": "reported membership",
    "BELONGS_TO": "own services",
    "BROADER": "sub-topics",
    "CONCERNS": "findings about it",
    "CROSS_REFERENCES": "areas for improvement under it",
    "DUE": "due after",
    "GAVE": "given by",
    "GIVES": "given a grade in",
    "HOSTED_BY": "hosts",
    "INSPECTED": "inspected in",
    "INSTANCE_OF": "local examples",
    "INVOLVES": "mentioned in",
    "IN_REGION": "councils in the region",
    "LED": "led by",
    "LOOKED_AT": "looked at in",
    "MENTIONS": "mentioned in",
    "NEIGHBOUR_OF": "statistical neighbour of",
    "PART_OF": "parts",
    "REFERS_TO": "referred to in",
    "REPORTED_IN": "reports",
    "REPORTS_ON": "reported on in",
    "SERVED": "people in post",
    "SERVES": "served by",
    "SHARED_BY": "shares",
    "STATES": "stated in",
    "SUCCEEDED_BY": "succeeded",
    "TO_BE_SUCCEEDED_BY": "is to succeed",
    "TOOK_PART_IN": "inspection team",
    "UNDER": "inspections under it",
    "USES": "used by",
    "VARIANT_OF": "variants",
    "WITNESS_OF": "copies and news of it",
}

_PLURALS = {"person": "people"}


def escape_markdown(text: str) -> str:
    r"""Escape text so that Markdown shows it as it is: every punctuation mark is escaped, and it stays on one line.

    >>> escape_markdown("*Loud* & :red[Clear] costs $5$")
    '\\*Loud\\* \\& \\:red\\[Clear\\] costs \\$5\\$'
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))


@cache
def kind_label(label: str) -> str:
    """Noun for the nodes of a Neo4j label, such as "council" or "inspection"."""
    terms = load_schema().classes.values()
    return _KINDS.get(label) or next((term.label for term in terms if term.neo4j_label == label), label)


def format_count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> format_count(1, "body"), format_count(2, "body"), format_count(1200, "process")
    ('1 body', '2 bodies', '1,200 processes')
    """
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """Plural of a noun."""
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith("s") else "s")


@cache
def relationship_label(type: str, *, outgoing: bool = True) -> str:
    """A relationship type in words, read along the arrow or against it."""
    in_words = type.replace("_", " ").lower()
    if not outgoing:
        return BACKWARD.get(type, in_words)
    properties = load_schema().properties.values()
    defined = next((term.label for term in properties if term.relationship_type == type), in_words)
    return FORWARD.get(type, defined)


@cache
def _schemes() -> Statements:
    folder = Path(ontology.__file__).parent
    return Statements([folder / name for name in SCHEMES])


@cache
def scheme_label(scheme: str, id: str) -> str:
    """Name of a value of a closed scheme, such as the role "dcs"; without a name, the id in words."""
    name = _VALUES.get((scheme, id)) or _schemes().value(f"{THINGS}{scheme}/{id}", "skos:prefLabel")
    return name or id.replace("-", " ")


@cache
def scheme_values(scheme: str) -> Sequence[str]:
    """Ids of the values of a scheme such as "grade", in the order of the ontology.

    >>> scheme_values("polarity")
    ('strength', 'concern', 'mixed', 'neutral')
    """
    prefix = f"{THINGS}{scheme}/"
    return tuple(iri.removeprefix(prefix) for iri in _schemes().subjects() if iri.startswith(prefix))


def scheme_order(scheme: str, id: str) -> tuple[int, str]:
    """Sort key of a value: its place in the scheme; values that the scheme lacks come last."""
    values = scheme_values(scheme)
    return (values.index(id) if id in values else len(values), id)


def format_day(iso: str | None) -> str | None:
    """An ISO day as reports print it.

    >>> format_day("2025-01-06")
    '6 January 2025'
    """
    if not iso:
        return None
    day = date.fromisoformat(iso[:10])
    return f"{day.day} {day:%B %Y}"


def format_term(since: str | None, until: str | None) -> str:
    """Term of a membership, from days, months or years; empty where nothing is known of it.

    >>> format_term("2018-10-01", None), format_term("2014", "2022-03")
    ('since 1 October 2018', 'from 2014 until March 2022')
    """
    words = []
    for iso, word in ((since, "from" if until else "since"), (until, "until")):
        if iso:
            whole = format_day((iso + "-01-01")[:10]) or ""
            words.append(f"{word} {whole.split(' ', 2 - iso.count('-'))[-1]}")
    return " ".join(words)


def format_period(started: str | None, ended: str | None) -> str | None:
    """Two ISO days as one period.

    >>> format_period("2025-01-06", "2025-01-17"), format_period("2022-11-28", "2022-12-02")
    ('6 to 17 January 2025', '28 November to 2 December 2022')
    >>> format_period("2025-01-06", None)
    '6 January 2025'
    """
    first, last = format_day(started), format_day(ended)
    if not first or not last or first == last:
        return first or last
    left, right = first.split(), last.split()
    while left and left[-1] == right[-1]:
        left.pop()
        right.pop()
    return f"{' '.join(left)} to {last}"


def as_at_label(latest: FullInspection | None) -> str:
    """Date as at which a council is compared, and the number of its reports since."""
    if latest is None:
        return "no full inspection read"
    since = f", {format_count(len(latest.since), 'report')} since" if latest.since else ""
    return f"full inspection of {format_day(latest.started) or NO_DATE.lower()}{since}"


def counted_label(counted: str, latest: Iterable[FullInspection]) -> str:
    """Sentence that says which reports a comparison counts.

    Args:
        latest: the latest full inspections of those compared.
    """
    if counted == ALL:
        return "All reports of all years are counted: how a council was long ago counts as much as how it is now."
    if counted == SINCE:
        return "Only reports since each council’s latest full inspection count. Visits look at a part of the work."
    inspections = list(latest)
    years = sorted({report.started[:4] for report in inspections if report.started})
    when = f", {years[0]} to {years[-1]}" if len(years) > 1 else f", {years[0]}" if years else ""
    return f"Each council as at its latest full inspection ({format_count(len(inspections), 'council')}{when})."


def node_title(node: Node) -> str:
    """Name of a node; documents, which often share a name, with their year, unless the name says it."""
    name, year = sentence_case(node.name), (node.day or "")[:4]
    return f"{name} ({year})" if node.label == "Document" and year and year not in name else name


def source_date(source: SourceDocument) -> str:
    """Date of a document's inspection, or of its publication; empty if neither is known."""
    if source.started:
        return f"inspection of {format_period(source.started, source.ended)}"
    return f"published {format_day(source.published)}" if source.published else ""


def location_label(evidence: Evidence) -> str:
    """Page, paragraph and section of a quotation in its document, and that it was read from a picture if it was."""
    parts = (
        f"page {evidence.page}" if evidence.page else "",
        FROM_PICTURE if evidence.from_picture else "",
        f"paragraph {evidence.paragraph}" if evidence.paragraph else "",
        f"“{evidence.section}”" if evidence.section else "",
    )
    return ", ".join(part for part in parts if part)


def source_label(source: SourceDocument) -> str:
    """Council, kind and date of a document; empty if none is known."""
    kind = scheme_label("kind", source.kind) if source.kind else None
    return ", ".join(filter(None, (source.authority, kind, source_date(source))))


def source_link(source: SourceDocument) -> tuple[str, str] | None:
    """Words and address of the link to a document at its inspectorate, or to its council's page there."""
    if source.address:
        return "At the inspectorate", source.address
    return ("The council’s page there", source.council_page) if source.council_page else None


def fact_label(evidence: Evidence) -> str:
    """What a sentence is evidence of: a finding's polarity, or the name of a thing or a person, with the role."""
    if evidence.about.label == "Finding":
        return scheme_label("polarity", evidence.about.polarity or "neutral")
    return ", ".join(filter(None, (evidence.about.name, evidence.role and scheme_label("role", evidence.role))))


def source_citation(evidence: Evidence) -> str:
    """Where a quotation stands: publisher, title, council, dates, page and paragraph."""
    source = evidence.source
    published = f"published {format_day(source.published)}" if source.published and source.started else ""
    publishers = join_names(source.publishers) if source.publishers else ""
    parts = (publishers, source.name, source.authority, source_date(source), published, location_label(evidence))
    return ", ".join(" ".join(part.split()) for part in parts if part)


def citation(evidence: Evidence) -> str:
    """A line to cite a quotation by: the sentence, if it is here, where it stands, and the address of its report."""
    quoted = f"“{' '.join(evidence.sentence_words.split())}” " if evidence.has_words else ""
    source = evidence.source
    return f"{quoted}{', '.join(filter(None, (source_citation(evidence), source.address or source.council_page)))}."
