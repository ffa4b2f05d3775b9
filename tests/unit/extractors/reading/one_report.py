"""One report, as plain text, as HTML and as Markdown, and the facts that each form of it must give."""

from caregraph.ontology.records import Record

TITLE = "Inspection of Brackenford local authority children’s services"
DATES = "Inspection dates: 3 to 14 March 2025"
LEAD = "Lead inspector: Imelda Quarrington, His Majesty’s Inspector"
TABLE = [
    ("Judgement", "Grade"),
    ("The impact of leaders on social work practice with children and families", "Inadequate"),
    ("The experiences and progress of children who need help and protection", "Requires improvement to be good"),
    ("The experiences and progress of children in care", "Good"),
    ("The experiences and progress of care leavers", "Outstanding"),
    ("Overall effectiveness", "Requires improvement to be good"),
]
OPENING = (
    "Services for children in Brackenford have weakened since the last inspection. "
    "Senior leaders do not find out soon enough when practice slips."
)
IMPROVE = "What needs to improve?"
BULLETS = ["The oversight of children’s plans by first-line managers.", "The supply of homes for brothers and sisters."]
SECTIONS = [
    (
        "The experiences and progress of children in care: good",
        [
            "Most children in care live with carers who know them well. The Lanterns team finds good matches quickly.",
            "Visits by personal advisers are frequent, but a few children wait too long for a dentist.",
        ],
    ),
    (
        "The impact of leaders on social work practice with children and families: inadequate",
        ["Multi-agency audits are effective, yet the findings of audits are seldom shared with staff."],
    ),
]
GRADES = {
    "leaders": "inadequate",
    "help-and-protection": "requires-improvement",
    "in-care": "good",
    "care-leavers": "outstanding",
    "overall": "requires-improvement",
}


def plain(*, tab: str = "\t") -> str:
    """The report as plain text, with a paragraph a line."""
    parts = [TITLE, DATES, LEAD, "\n".join(tab.join(row) for row in TABLE), OPENING, IMPROVE]
    parts += [f"• {bullet}" for bullet in BULLETS]
    number = 0
    for heading, paragraphs in SECTIONS:
        parts.append(heading)
        for paragraph in paragraphs:
            number += 1
            parts.append(f"{number}. {paragraph}")
    return "\n\n".join(parts) + "\n"


def html(*, table: str | None = None, paragraph: str = "p") -> str:
    """The body of the report as HTML."""
    rows = "".join(f"<tr><td>{area}</td><td>{grade}</td></tr>\n" for area, grade in TABLE)
    parts = [f"<h1>{TITLE}</h1>", *(f"<{paragraph}>{words}</{paragraph}>" for words in (DATES, LEAD))]
    parts += [f"<table>{rows}</table>" if table is None else table, f"<{paragraph}>{OPENING}</{paragraph}>"]
    parts += [f"<h2>{IMPROVE}</h2><ul>", *(f"<li>{bullet}</li>" for bullet in BULLETS), "</ul>"]
    number = 0
    for heading, paragraphs in SECTIONS:
        parts.append(f"<h2>{heading}</h2>")
        for words in paragraphs:
            number += 1
            parts.append(f"<{paragraph}>{number}. {words}</{paragraph}>")
    return "\n".join(parts)


def markdown(*, table: str | None = None, heading: str = "## {}", escaped: str = ".") -> str:
    """The report as Markdown."""
    rows = [f"| {area} | {grade} |" for area, grade in TABLE]
    parts = [f"# {TITLE}", DATES, LEAD, table or "\n".join([rows[0], "| --- | --- |", *rows[1:]]), OPENING]
    parts += [heading.format(IMPROVE), "\n".join(f"- {bullet}" for bullet in BULLETS)]
    number = 0
    for words, paragraphs in SECTIONS:
        parts.append(heading.format(words))
        for paragraph in paragraphs:
            number += 1
            parts.append(f"{number}{escaped} {paragraph}")
    return "\n\n".join(parts) + "\n"


def facts(record: Record) -> dict[str, object]:
    """What a record says, whatever the form it was read from."""
    return {
        "kind": record.kind,
        "authority": record.authority and record.authority.name,
        "inspected": record.inspected,
        "grades": {judgement.area: judgement.grade for judgement in record.judgements},
        "people": {(person.name, person.role) for person in record.people},
        "findings": {" ".join(finding.text.split()) for finding in record.findings},
        "sections": {(" ".join(finding.text.split()), finding.section) for finding in record.findings},
        "names": {mention.name for mention in record.mentions},
    }


def check(record: Record, expected: dict[str, object], *, but: str = "") -> None:
    """A record says what is expected, but for one sort of facts."""
    given = facts(record)
    assert {key: given[key] for key in given if key != but} == {key: expected[key] for key in given if key != but}


PAGE = '<!DOCTYPE html><html lang="en"><head><title>{}</title></head><body>{}</body></html>'
SITE = (
    "<header><a href='/'>Home</a></header><nav><ul><li><a href='/a'>Inspection of Wexholme</a></li></ul></nav>"
    "<main>{}</main><aside><p>Ashmere: overall effectiveness: outstanding</p></aside><footer>Cookies</footer>"
)
