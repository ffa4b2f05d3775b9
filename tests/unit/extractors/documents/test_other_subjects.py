import pytest

from caregraph.extractors.documents.other_subjects import OtherSubjects
from caregraph.extractors.reading.read import read_report, report_from_bytes
from caregraph.extractors.reading.sections import segment
from caregraph.ontology.vocabulary import load_vocabulary

BODY = "\nInspectors found that leaders know their services well. Supervision is too infrequent in Durham.\n"
DAYS = "\nInspection dates: 3 to 7 June 2024\nLead inspector: Ann Example"


@pytest.fixture(scope="module")
def subjects() -> OtherSubjects:
    return OtherSubjects(load_vocabulary())


def subject_of(subjects: OtherSubjects, text: str) -> str | None:
    return subjects.find(segment(report_from_bytes("a.txt", (text + BODY).encode())))


@pytest.mark.parametrize(
    ("text", "seems"),
    [
        ("Harbour Light\nInspected under the social care common inspection framework\nInformation about this "
         "independent fostering agency", "a fostering agency"),
        ("National Child Protection Inspections\nDurham Constabulary 4 to 15 March 2024", "a police inspection"),
        ("Report of a joint inspection of services for children at risk of harm in Dundee City\nMay 2024", "Scotland"),
        ("Inspection reports: Durham\n- Focused visit to Durham, 4 March 2024 (PDF)\n- Monitoring visit to Durham, "
         "9 May 2019 (PDF)\n- Inspection of Durham children’s services, 3 June 2022 (PDF)", "a page that lists"),
        (f"Inspection of Durham Vale Academy{DAYS}\nThe quality of education: Good\nPersonal development: Good",
         "a school"),
        ("Durham Vale Church of England Primary School\nFull inspection report\nAchievement: Expected standard",
         "a school"),
        (f"Lambs Lane Pre-school\nInspection report{DAYS}\nTotal number of places: 24\nEarly Years Register",
         "a nursery"),
        ("Childminder report\nInspection: 4 June 2024\nWhat is it like to attend this early years setting?\n"
         "The childminder is kind.\nEarly Years Register", "a childminder"),
        (f"Durham Sixth Form College\nFurther education and skills inspection report{DAYS}\nApprenticeships: Good",
         "a college"),
        (f"Northgate Fostering Agency\nInspection report for fostering agency\nRegistered manager: Ann Example{DAYS}",
         "a fostering agency"),
        ("SC012345\nRegistered provider: Durham County Council\nInformation about this secure children's home\n"
         f"The home has 12 places.{DAYS}", "a secure children's home"),
        ("1234567\nAdoption support agency: full inspection\nInspected under the social care common inspection "
         f"framework{DAYS}", "an adoption support agency"),
        ("Residential holiday scheme for disabled children\nInspection report\nRegistered provider: Wave Ltd"
         f"{DAYS}", "a residential holiday scheme"),
        ("Durham County Council: local authority assessment\nHow we assess local authorities\nAssessment published: "
         "17 May 2024\nOverall summary: Good", "an assessment of adult social care"),
        ("Adult social care assessment of Durham\nThe Care Quality Commission looked at duties under the Care Act.",
         "an assessment of adult social care"),
        ("Durham Constabulary\nNational child protection inspection\nHMICFRS", "a police inspection"),
        ("PEEL 2023/25\nPolice effectiveness, efficiency and legitimacy\nAn inspection of Durham Constabulary",
         "a police"),
        ("An inspection of youth justice services in\nDurham\nHM Inspectorate of Probation, June 2024",
         "youth justice"),
        ("Report on an unannounced inspection of\nHMP Durham\nby HM Chief Inspector of Prisons", "a prison"),
        ("Inspecting local authority children’s services\nUpdated 13 December 2024\nApplies to England", "a framework"),
        ("Area SEND inspections: framework and handbook\nGuidance for inspectors", "a framework"),
        ("Framework and evaluation schedule for the inspection of services for children in need of help and protection",
         "a framework"),
        ("Durham County Council\nAll reports\nFocused visit: 4 March 2024\nFull inspection: 3 July 2023\nMonitoring "
         "visit: 2 May 2019", "a page that lists"),
        ("Inspection reports and letters\nInspection of Durham children's services\n18 May 2026\nFocused visit to "
         "Durham\n"
         "4 March 2024\nArea SEND inspection of Durham\n3 July 2023", "a page that lists"),
        ("Freedom of Information request FOI-2024-118\nThank you for asking about the inspection of Durham children's"
         " services.", "an answer to a request"),
        ("Response to your request for information\nDate: 4 June 2024\nYou asked how Durham was rated.", "an answer"),
        ("Inspection of Fife children’s services" + DAYS, "a report on Scotland, outside England"),
        ("Care Inspectorate\nJoint inspection of services for children and young people at risk of harm", "Scotland"),
        ("Focused visit to Powys County Council children's services" + DAYS, "a report on Wales, outside England"),
        ("Care Inspectorate Wales\nPerformance evaluation inspection of children’s services\nCeredigion", "on Wales"),
        ("Regulation and Quality Improvement Authority\nReview of children’s services", "on Northern Ireland"),
    ],
)  # fmt: skip
def test_what_is_no_report_on_a_council_is_named(subjects: OtherSubjects, text: str, seems: str) -> None:
    expected = "an inspection framework" if seems == "a framework" else seems

    assert expected in (subject_of(subjects, text) or "")


@pytest.mark.parametrize(
    "text",
    [
        f"Inspection of Durham local authority children’s services{DAYS}\nSchools, police and homes work well.",
        "Jo Hill, Chief Constable, Durham Constabulary\nPaul Reed, Headteacher, Vale School\nDear partners\nJoint"
        " targeted area inspection of the response to neglect in Durham",
        "Dear Ms Moor\nFocused visit to Durham children's services\nInspectors looked at the police and at schools.",
        "Dear Ms Moor\nMonitoring visit of Durham children's services\nThis is the second visit under the framework.",
        "Area SEND inspection of Durham Local Area Partnership\nInspection dates: 3 to 7 June 2024\nDates of previous"
        " inspection: 4 March 2019\nThere was a revisit on 24 May 2021.",
        "Judgement Grade\nThe impact of leaders on social work practice with children and families Good\nOverall"
        " effectiveness Good",
        "Durham rated good by Ofsted\nThe council’s children’s services were inspected in May, leaders said. Pupils at"
        " Vale School and police in Wales were glad.",
        "",
    ],
)
def test_reports_and_news_on_a_council_are_read(subjects: OtherSubjects, text: str) -> None:
    assert subject_of(subjects, text) is None


def test_every_case_is_left_out(shared, subjects: OtherSubjects) -> None:
    for path in sorted((shared / "cases" / "not-a-report-on-a-council").iterdir()):
        assert subjects.find(segment(read_report(path))), path.name
