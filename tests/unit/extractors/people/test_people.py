import pytest
import spacy
from spacy.language import Language

from caregraph.extractors.documents import kinds
from caregraph.extractors.people import people
from caregraph.extractors.people.leaders import role_of
from caregraph.ontology.vocabulary import load_vocabulary

TEAM = """The inspection team
Lead inspector: Ada Moor, HMI
Deputy lead inspector Bea Nash HMI
Team inspectors: Cy Orton (HMI), Dee Price HMI; Eve
Quill and Fay Rudd Contracted Inspector
Shadow inspectors: Not applicable
Senior data analyst: Gus Stone
Quality assurance manager: Hal Tate Senior HMI
Any complaints about the inspection should go to Ofsted."""

COLUMNS = """Inspection team
Ofsted Care Quality Commission
Ada Moor, Ofsted HMI Lead
inspector Bea Nash, CQC lead inspector
Mr Cy Orton HMI, Ofsted Dee Price, CQC Inspector
If you are not happy with the inspection, you can complain."""

LETTER = """5 April 2016
Ada Moor, Director of Children’s Services, Harrow Council
Dr Bea Nash QPM, Chief Constable of Kentish police force
Cy Orton, Chief Executive, Harrow Foundation
Trust
Sir Dee Price, Chair of Harrow LSCB
Dear local partnership
Joint targeted area inspection of the response to neglect in Harrow
Yours sincerely
Ofsted Care Quality Commission
Eve Quill
National Director, Social Care
Fay Rudd
Deputy Chief Inspector
HMI Constabulary HMI Probation
Gus Stone, CBE
Her Majesty’s Inspector of Constabulary Hal Tate Assistant Chief Inspector
"""

VISIT = """6 April 2022
Ada Moor
Director of Children's Services
Harrow
Dear Ms Moor
Focused visit to Harrow children's services
The inspectors were Bea Nash, Her Majesty's Inspector and Cy Orton, Her Majesty's Inspector.
Yours sincerely
Bea Nash
Her Majesty's Inspector"""

CONTACTS = """Local area partnership details
Local authority Integrated care board
Harrow Council NHS North West London
Ada Moor, Director of Children’s
Services
Bea Nash, CEO
www.harrow.example www.nwl.example
Victoria Road
Information about this inspection"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("en")
    for component in (kinds, people):
        component.add_to(nlp, load_vocabulary())
    return nlp


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lead inspector: Ada Moor, His Majesty’s Inspector\nJudgement Grade", {"Ada Moor": "lead"}),
        ("Inspection dates: 24 – 28 June 2013 Reporting inspector Ada Moor HMI Age group: All", {"Ada Moor": "lead"}),
        (
            TEAM,
            {
                "Ada Moor": "lead",
                "Bea Nash": "inspector",
                "Cy Orton": "inspector",
                "Dee Price": "inspector",
                "Eve Quill": "inspector",
                "Fay Rudd": "inspector",
                "Gus Stone": "inspector",
                "Hal Tate": "inspector",
            },
        ),
        (
            COLUMNS,
            {"Ada Moor": "lead", "Bea Nash": "lead", "Cy Orton": "inspector", "Dee Price": "inspector"},
        ),
        (
            LETTER,
            {
                "Ada Moor": "dcs",
                "Bea Nash": "other",
                "Cy Orton": "other",
                "Dee Price": "lscb-chair",
                "Eve Quill": "director",
                "Fay Rudd": "director",
                "Gus Stone": "director",
                "Hal Tate": "director",
            },
        ),
        (VISIT, {"Ada Moor": "dcs", "Bea Nash": "lead", "Cy Orton": "inspector"}),
        (CONTACTS, {"Ada Moor": "dcs", "Bea Nash": "other"}),
        (
            "Her Majesty's Inspectors for this visit were Ada Moor and Bea Nash.",
            {"Ada Moor": "inspector", "Bea Nash": "inspector"},
        ),
        (
            "Leaders report to Ada Moor, the Chief Executive of Harrow Council, every week.",
            {"Ada Moor": "chief-executive"},
        ),
        (
            "Councillor Ada Moor, Lead Member for Children, said Ofsted was right. Bea Nash, Head of Practice, too.",
            {"Ada Moor": "lead-member"},
        ),
        # Announced, but unreadable.
        ("Lead inspector: l0uise w@lker\nJudgement Grade", {"": "unread-lead"}),
        # Lines of a letter's head that ran together.
        (
            "5 April 2016 Ada Moor, Director of Children’s Services, Harrow Council Dr Bea Nash QPM, Chief Constable of"
            " Kent Cy Orton MBE, Youth Justice Service Dear partners",
            {"Ada Moor": "dcs", "Bea Nash": "other", "Cy Orton": "other"},
        ),
        # Bodies, posts and the lead inspector at large are no people.
        ("The lead inspector met leaders. HMI Constabulary and Her Majesty's Inspector of Schools came.", {}),
        ("The inspection was led by one of His Majesty’s Inspectors from Ofsted.", {}),
    ],
)
def test_people_have_the_role_the_text_gives(nlp: Language, text: str, expected: dict[str, str]) -> None:
    doc = nlp(text)

    assert {span.id_: span.label_ for span in doc.spans["people"]} == expected


def test_people_are_found_wherever_they_are_named(nlp: Language) -> None:
    doc = nlp(VISIT)
    spans = [span for span in doc.spans["people"] if span.id_ == "Bea Nash"]

    assert [span.label_ for span in spans] == ["lead", "lead"]
    assert {span.text for span in spans} == {"Bea Nash"}


@pytest.mark.parametrize(
    ("post", "role"),
    [
        ("Director of Children's Services, Harrow Council", "dcs"),
        ("Corporate Director Children’s Services", "dcs"),
        ("Executive Director, People Services", "dcs"),
        ("DCS", "dcs"),
        ("ICB Director (Children, Young People and Maternity)", "other"),
        ("Assistant Director, Children's Services", "other"),
        ("Director of Public Health", "other"),
        ("Cabinet Member for Children", "lead-member"),
        ("Chief Executive, Harrow Council", "chief-executive"),
        ("Chief Executive, Harrow Foundation Trust", "other"),
        ("Chair, Harrow Safeguarding Children Partnership", "lscb-chair"),
        ("Chair at NHS Harrow ICB", "other"),
        ("Independent Scrutineer", "other"),
    ],
)
def test_role_of_a_post(post: str, role: str) -> None:
    assert role_of(post) == role


@pytest.mark.parametrize("post", [", His Majesty’s Inspector", " HMI", ""])
@pytest.mark.parametrize(
    "below",
    [
        "Main Findings",
        "MAIN FINDINGS",
        "Ofsted Piccadilly Gate",
        "Piccadilly Gate, Store Street, Manchester",
        "Telephone Number",
        "Store Street",
        "Her Majesty's Inspector",
        "Aviation House\n125 Kingsway\nLondon WC2B 6SE",
        "Ashmere Families Ahead",
        "Tower Hamlets",
        "Early Help Hub",
        "Oxmarsh Youth Justice Service",
        "Key Strengths, Main Weaknesses",
        "Brackenford Virtual School",
    ],
)
def test_lines_below_the_lead_inspector_are_no_people(nlp: Language, below: str, post: str) -> None:
    doc = nlp(f"Inspection dates: 9 to 13 September 2024\nLead inspector: Nerys Osgathorpe{post}\n{below}\n\nJudgement")

    assert [(span.id_, span.label_) for span in doc.spans["people"]] == [("Nerys Osgathorpe", "lead")]


@pytest.mark.parametrize(
    "name",
    "Johannes van der Berg|Siobhán O’Neill|Aoife Ó Briain|Linh Nguyễn|Ada Moor-Quill|J Osgathorpe|NERYS OSGATHORPE"
    "|Ada Main|Ada Hope".split("|"),
)
@pytest.mark.parametrize(
    "text",
    [
        "Lead inspector: {}, His Majesty’s Inspector\nMain Findings\n",
        "Lead inspector: Dr {}\nJudgement Grade\n",
        "Lead inspector: Hal Tate HMI\nTeam inspectors: HMI {}, Bea Nash\n",
        "Lead inspector: Hal Tate\nTeam inspectors:\n{}\nBea Nash\nStore Street\nMain Findings\n",
    ],
)
def test_unusual_names_are_people(nlp: Language, text: str, name: str) -> None:
    doc = nlp(text.format(name))

    assert {span.id_ for span in doc.spans["people"]} - {"Hal Tate", "Bea Nash"} == {name}
