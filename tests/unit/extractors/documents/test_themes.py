"""Themes of letters, by their statement of focus: invented letters, in the words of letters and in other ones."""

import pytest
import spacy

from caregraph.extractors import sentences
from caregraph.extractors.documents import kinds, themes
from caregraph.extractors.reading.read import report_from_text
from caregraph.extractors.reading.sections import segment
from caregraph.ontology.vocabulary import load_vocabulary

VISIT = (
    "Dear Ms Moor\n\nFocused visit to Ashmere children’s services\n\nThis letter gives the findings of the visit.\n\n"
)
MONITORING = (
    "Dear Ms Moor\n\nMonitoring visit of Ashmere children’s services\n\nThis was the second visit since 2021.\n\n"
)
JOINT = "Dear partners\n\nJoint targeted area inspection of Ashmere\n\n"
PANDEMIC = (
    "The Chief Inspector is leading Ofsted’s work into how care was given within the context of the restrictions placed"
    " on society by the pandemic.\n\n"
)
CIN, CARE = "child-in-need-and-child-protection", "children-in-care"


@pytest.fixture(scope="module")
def focus_of():
    nlp, vocabulary = spacy.blank("en"), load_vocabulary()
    for module in (sentences, kinds, themes):
        module.add_to(nlp, vocabulary)

    def read(text):
        reading = segment(report_from_text("own.txt", text))
        doc = nlp.make_doc(reading.text)
        doc.user_data["reading"] = reading
        group = nlp(doc).spans["themes"]
        return [(span.text, tuple(named)) for span, named in zip(group, group.attrs["themes"], strict=True)]

    return read


def named(focuses):
    return sorted({theme for _, themes in focuses for theme in themes})


@pytest.mark.parametrize(
    ("focus", "expected"),
    [
        ("Inspectors looked at the local authority’s arrangements for the ‘front-door’.", ["front-door"]),
        ("Inspectors evaluated what the council does at the first point of contact.", ["front-door"]),
        ("Inspectors looked at arrangements for children in need and those with a child protection plan.", [CIN]),
        ("This visit focussed on children in need of help and protection.", [CIN]),
        # 'Help and protection' is the width of the front door, not a theme of its own.
        (
            "Inspectors considered arrangements for children who need help and protection. Specifically, they looked"
            " at how contacts and referrals are handled.",
            ["front-door"],
        ),
        (
            "We concentrated on the experiences of young people in care and of care-experienced adults.",
            ["care-leavers", CARE],
        ),
        # Permanence is for children in care, who are no theme beside it; the other way round both are.
        ("The focus of this visit was planning for permanence for children in care.", ["permanence"]),
        (
            "Inspectors examined the care of children in care. They also reviewed early permanence.",
            [CARE, "permanence"],
        ),
        (
            "Inspectors looked at help for children in need. The visit had a particular focus on the application of"
            " thresholds and on the impact of leaders on social work practice.",
            [CIN, "leadership", "thresholds"],
        ),
        (
            "The visit covered the edge of care and the response to children who go missing.",
            ["edge-of-care", "exploitation-and-missing"],
        ),
        ("Inspectors scrutinised how the council keeps vulnerable adolescents safe.", ["vulnerable-adolescents"]),
        # What was not looked at, an example and the evidence are no focus.
        ("Inspectors looked at arrangements for care leavers. They did not look at adoption.", ["care-leavers"]),
        (
            "Inspectors looked at arrangements for care leavers (for example, those at risk of exploitation).",
            ["care-leavers"],
        ),
        (
            "Inspectors looked at arrangements for care leavers. They considered a range of evidence, such as talks"
            " with children in care and the front door.",
            ["care-leavers"],
        ),
        ("Inspectors looked at the council’s arrangements for private fostering.", ["other"]),
        ("Inspectors spoke to social workers. The office is open.", []),
    ],
)
def test_a_focused_visit_has_the_themes_of_its_scope(focus_of, focus, expected):
    assert named(focus_of(f"{VISIT}{focus}\n\nMain findings\n\nInspectors looked at adoption.")) == expected


def test_bullets_below_the_scope_belong_to_it(focus_of):
    focus = "Inspectors looked at services for care leavers, with a focus on:\n\n• homes\n• the impact of leaders\n\n"

    focuses = focus_of(f"{VISIT}{focus}Main findings\n\nGood.")

    assert named(focuses) == ["care-leavers", "leadership"]
    assert [text for text, _ in focuses] == [focus.partition("\n")[0], "the impact of leaders"]


@pytest.mark.parametrize(
    ("focus", "expected"),
    [
        ("", ["covid-19"]),
        ("Inspectors looked at arrangements for children in care.\n\n", [CARE]),
        (
            "The visit looked at decisions in help and protection, for children in care and care leavers.\n\n",
            ["care-leavers", CIN, CARE, "covid-19"],
        ),
    ],
)
def test_a_visit_in_the_pandemic_has_it_as_a_theme_unless_it_names_a_part_of_the_work(focus_of, focus, expected):
    assert named(focus_of(f"{VISIT}{PANDEMIC}{focus}Main findings\n\nGood.")) == expected


@pytest.mark.parametrize(
    ("focus", "expected"),
    [
        (
            "Areas covered by the visit\n\nDuring this visit, inspectors reviewed the progress made for care leavers.",
            ["care-leavers"],
        ),
        (
            "Inspectors reviewed the progress made in the following areas:\n\n• the front door\n• thresholds",
            ["front-door", "thresholds"],
        ),
        ("The inspectors checked doors. They tested the quality of social work.", ["quality-of-practice"]),
        ("Inspectors followed up what had been asked of leadership and supervision.", ["leadership"]),
        # Below a heading that says so, no sentence needs to say again that it states the focus.
        (
            "Areas covered by the visit\n\n• Children in care who live with their parents\n• Care leavers over 18",
            ["care-leavers", CARE],
        ),
        ("Areas covered by the visit\n\nThe council’s front door, by day and by night.", ["front-door"]),
        ("Scope\n\nHow the council now helps teenagers at the edge of care.", ["edge-of-care"]),
        ("The visit’s purpose\n\nTwo of us came back to see how adoption has fared.", ["permanence"]),
        ("Areas covered by the visit\n\n• private fostering\n• respite at weekends", ["other"]),
        ("Areas covered by the visit\n\nWe read a range of evidence about care leavers.", []),
        ("Background\n\nThe council has many care leavers.", []),
    ],
)
def test_a_monitoring_visit_has_the_areas_that_it_covered(focus_of, focus, expected):
    assert named(focus_of(f"{MONITORING}{focus}\n\nSummary of findings\n\nInspectors looked at adoption.")) == expected


@pytest.mark.parametrize(
    ("focus", "expected"),
    [
        (
            "This letter tells of the joint inspection of the multi-agency response to serious youth violence.",
            ["serious-youth-violence"],
        ),
        (
            "We held an inspection of the multi-agency responses to identification of initial need and risk in Ashmere"
            " for families who need help.",
            ["front-door"],
        ),
        ("This was an inspection of the multi-agency response to families in Ashmere who need help.", ["early-help"]),
        (
            "This was an inspection of the multi-agency response to abuse and neglect. It included a ‘deep dive’ focus"
            " on children living with domestic abuse.",
            ["domestic-abuse"],
        ),
        (
            "This was an inspection of the multi-agency response to victims of domestic abuse. The inspection focused"
            " on unborn children and those aged 0 to 7.",
            ["domestic-abuse", "unborn-to-seven"],
        ),
        (
            "This was an inspection of the multi-agency response to sexual abuse within the family environment.",
            ["sexual-abuse-in-the-family-environment"],
        ),
        ("This was an inspection of the multi-agency response to abuse and neglect in Ashmere.", []),
    ],
)
def test_a_joint_inspection_has_its_official_theme(focus_of, focus, expected):
    assert named(focus_of(f"{JOINT}{focus}\n\nHeadline findings\n\nStrong.")) == expected


def test_a_full_inspection_has_no_theme(focus_of):
    report = (
        "Inspection of Ashmere local authority children’s services\n\nInspectors looked at arrangements for adoption."
    )

    assert focus_of(report) == []
