"""People of invented letters in wordings that reports at hand lack: prose, heads, greetings and signatures."""

import pytest
import spacy

from caregraph.extractors.documents import kinds
from caregraph.extractors.people import people
from caregraph.extractors.reading.read import report_from_text
from caregraph.extractors.reading.sections import segment
from caregraph.ontology.vocabulary import load_vocabulary

TITLES = {
    "fv": "Focused visit to Ashmere children’s services",
    "mv": "Monitoring visit of Ashmere children’s services",
    "jtai": "Joint targeted area inspection of the multi-agency response to neglect in Ashmere",
}
CLOSING = " Children are seen by workers who know them, and plans are reviewed by those who lead the service."


@pytest.fixture(scope="module")
def people_of():
    nlp, vocabulary = spacy.blank("en"), load_vocabulary()
    for module in (kinds, people):
        module.add_to(nlp, vocabulary)

    def read(kind, address, greeting, body, signature):
        parts = ("12 May 2023", address, f"Dear {greeting}", TITLES[kind], body + CLOSING, signature)
        reading = segment(report_from_text("own.txt", "\n\n".join(parts)))
        doc = nlp.make_doc(reading.text)
        doc.user_data["reading"] = reading
        return {span.id_: span.label_ for span in nlp(doc).spans["people"]}

    return read


@pytest.mark.parametrize(
    ("kind", "address", "greeting", "body", "signature", "expected"),
    [
        (
            "fv",
            "Nerys Osgathorpe\nAshmere Council\nCivic Hall\nAshmere\nZZ1 1AA",
            "Ms Osgathorpe",
            "The visit was undertaken by Imelda Thackwray HMI and Tobias Wrenfield HMI.",
            "Your sincerely\n\nImelda Thackwray\nHis Majesty’s Inspector",
            {"Imelda Thackwray": "lead", "Tobias Wrenfield": "inspector", "Nerys Osgathorpe": "dcs"},
        ),
        (
            "fv",
            "Hamza Thistlewood and Rosalind Quillan\nJoint Interim Directors of Children’s Services\nAshmere "
            "Council\nZZ1 1AA",
            "Mr Thistlewood and Ms Quillan",
            "Imelda Thackwray and Tobias Wrenfield, His Majesty’s Inspectors, spent two days in the council.",
            "Yours sincerely\n\n2\n\nImelda Thackwray\nHis Majesty’s Inspector",
            {
                "Imelda Thackwray": "lead",
                "Tobias Wrenfield": "inspector",
                "Hamza Thistlewood": "dcs",
                "Rosalind Quillan": "dcs",
            },
        ),
        (
            "mv",
            "Leonora Pask\nDirector of Children’s Services\nAshmere City Council\nZZ1 1AA",
            "Leonora",
            "I visited Ashmere with my colleague Tobias Wrenfield, His Majesty’s Inspector, on 3 and 4 May "
            "2023. The improvement board, chaired by Gideon Marrable, meets every six weeks. The lead member, "
            "Councillor Priya Velloor, visits teams.",
            "Yours sincerely\n\nImelda Thackwray\nHis Majesty’s Inspector",
            {
                "Imelda Thackwray": "lead",
                "Tobias Wrenfield": "inspector",
                "Leonora Pask": "dcs",
                "Gideon Marrable": "other",
                "Priya Velloor": "lead-member",
            },
        ),
        (
            "mv",
            "Leonora Pask\nDirector of Children’s Services\nAshmere City Council\nZZ1 1AA",
            "Ms Pask",
            "The inspection team comprised Imelda Thackwray, Tobias Wrenfield and Callum Oakenshaw. The new "
            "chief executive of the council, Anselm Cathcart, has made children a priority.",
            "Yours sincerely\n\nImelda Thackwray\nHis Majesty’s Inspector",
            {
                "Imelda Thackwray": "lead",
                "Tobias Wrenfield": "inspector",
                "Callum Oakenshaw": "inspector",
                "Leonora Pask": "dcs",
                "Anselm Cathcart": "chief-executive",
            },
        ),
        (
            "mv",
            "Leonora Pask\nDirector of Children’s Services\nAshmere City Council\nZZ1 1AA",
            "Ms Pask",
            "The lead inspector was Imelda Thackwray, who was supported by Tobias Wrenfield and Callum "
            "Oakenshaw. Anselm Cathcart became chief executive of the council in March. Josephine Tarn, who "
            "chairs the safeguarding partnership, knows its weaknesses.",
            "Yours sincerely\n\nImelda Thackwray\nHis Majesty’s Inspector",
            {
                "Imelda Thackwray": "lead",
                "Tobias Wrenfield": "inspector",
                "Callum Oakenshaw": "inspector",
                "Leonora Pask": "dcs",
                "Anselm Cathcart": "chief-executive",
                "Josephine Tarn": "lscb-chair",
            },
        ),
        (
            "mv",
            "Leonora Pask\nExecutive Director\nAshmere City Council\nZZ1 1AA",
            "Ms Pask",
            "Imelda Thackwray led the visit. She was accompanied by Tobias Wrenfield HMI. Under the interim "
            "director of children’s services, Leonora Pask, the pace has quickened. The appointment of Gideon "
            "Marrable as assistant director has helped.",
            "Yours sincerely\n\nImelda Thackwray\nHis Majesty’s Inspector",
            {
                "Imelda Thackwray": "lead",
                "Tobias Wrenfield": "inspector",
                "Leonora Pask": "dcs",
                "Gideon Marrable": "other",
            },
        ),
        (
            "fv",
            "Dr Ada Fenwright-\nMoor\nDeputy Chief Executive and Executive Director for People\nAshmere "
            "Council\nZZ1 1AA",
            "Dr Fenwright-Moor",
            "His Majesty’s Inspectors for this visit were Imelda Thackwray and Tobias\nWrenfield.",
            "Yours sincerely\n\nImelda Thackwray\nHis Majesty’s Inspector",
            {"Imelda Thackwray": "lead", "Tobias Wrenfield": "inspector", "Ada Fenwright-Moor": "dcs"},
        ),
        (
            "fv",
            "Leonora Pask\nDeputy Chief Executive\nAshmere Council\nZZ1 1AA",
            "Ms Pask",
            "Two of His Majesty’s Inspectors, Imelda Thackwray and Tobias Wrenfield, visited the council.",
            "Yours faithfully,\n\nImelda Thackwray, HMI",
            {"Imelda Thackwray": "lead", "Tobias Wrenfield": "inspector", "Leonora Pask": "dcs"},
        ),
        (
            "jtai",
            "Leonora Pask, Director of Children’s Services, Ashmere\nAnselm Cathcart, Chief Constable, "
            "Farrowdale Police\nJosephine Tarn, Chair, Ashmere Safeguarding Children Partnership",
            "local partnership",
            "The director of public health, Bea Nashwick, and the chief nurse, Cy Ortonby, sit on the executive.",
            "Yours sincerely\n\nEve Quillby\nNational Director, Social Care, Ofsted",
            {
                "Eve Quillby": "director",
                "Leonora Pask": "dcs",
                "Anselm Cathcart": "other",
                "Josephine Tarn": "lscb-chair",
                "Bea Nashwick": "other",
                "Cy Ortonby": "other",
            },
        ),
        (
            "fv",
            "Leonora Pask\nDirector of Children’s Services\nAshmere City Council\nZZ1 1AA",
            "Ms Pask",
            "Our inspectors on this visit were: Imelda Thackwray (lead), Tobias Wrenfield and Callum Oakenshaw."
            " Leonora Pask took up her post as director of children’s services in January. The council leader, "
            "Councillor Una Sallow, is well informed.",
            "Yours sincerely\n\nImelda Thackwray\nSenior His Majesty’s Inspector",
            {
                "Imelda Thackwray": "lead",
                "Tobias Wrenfield": "inspector",
                "Callum Oakenshaw": "inspector",
                "Leonora Pask": "dcs",
                "Una Sallow": "other",
            },
        ),
        (
            "mv",
            "Leonora Pask\nDirector of Children’s Services\nAshmere City Council\nZZ1 1AA",
            "Ms Pask",
            "The visit was carried out by a team of three: Imelda Thackwray, Tobias Wrenfield and Callum "
            "Oakenshaw, all of them His Majesty’s Inspectors. Milton Keynes and South Tyneside send leaders to "
            "learn. Support comes from the Department’s adviser, Dee Pricewell. Gus Stonely, the principal "
            "social worker, leads on practice.",
            "Yours sincerely\n\nImelda Thackwray\nHis Majesty’s Inspector",
            {
                "Imelda Thackwray": "lead",
                "Tobias Wrenfield": "inspector",
                "Callum Oakenshaw": "inspector",
                "Leonora Pask": "dcs",
                "Dee Pricewell": "other",
                "Gus Stonely": "other",
            },
        ),
        (
            "mv",
            "Leonora Pask\nDirector of Children’s Services\nAshmere City Council\nZZ1 1AA",
            "Ms Pask",
            "Alongside me were Tobias Wrenfield HMI and Callum Oakenshaw, a social care regulatory inspector. "
            "The cabinet member for children’s services is Councillor Priya Velloor.",
            "Yours sincerely\n\nImelda Thackwray\nHis Majesty’s Inspector",
            {
                "Imelda Thackwray": "lead",
                "Tobias Wrenfield": "inspector",
                "Callum Oakenshaw": "inspector",
                "Leonora Pask": "dcs",
                "Priya Velloor": "lead-member",
            },
        ),
        (
            "fv",
            "Leonora Pask\nAshmere Council\nCivic Hall, High Street\nZZ1 1AA",
            "Leonora Pask",
            "This visit to the council was led by Imelda Thackwray and included Tobias Wrenfield and Callum Oakenshaw.",
            "Yours sincerely\n\nImelda Thackwray\nHis Majesty’s Inspector",
            {
                "Imelda Thackwray": "lead",
                "Tobias Wrenfield": "inspector",
                "Callum Oakenshaw": "inspector",
                "Leonora Pask": "dcs",
            },
        ),
        (
            "mv",
            "Leonora Pask\nDirector of Children’s Services\nAshmere City Council\nZZ1 1AA",
            "Ms Pask",
            "Inspectors met no leaders by name. The Mockingbird programme and Signs of Safety are used in "
            "Ashmere Council, Civic Hall. The council’s director has left.",
            "Yours sincerely\n\nImelda Thackwray\nHis Majesty’s Inspector",
            {"Imelda Thackwray": "lead", "Leonora Pask": "dcs"},
        ),
        (
            "mv",
            "Leonora Pask\nDirector of Children’s Services\nAshmere City Council\nZZ1 1AA",
            "Ms Pask",
            "The visit was conducted by Imelda Thackwray, Senior HMI, and Tobias Wrenfield, HMI (Social Care). "
            "The chief executive, Anselm Cathcart, and the leader of the council, Una Sallow, attend the board,"
            " whose independent chair is Gideon Marrable.",
            "Yours sincerely\n\nImelda Thackwray\nHis Majesty’s Inspector",
            {
                "Imelda Thackwray": "lead",
                "Tobias Wrenfield": "inspector",
                "Leonora Pask": "dcs",
                "Anselm Cathcart": "chief-executive",
                "Una Sallow": "other",
                "Gideon Marrable": "other",
            },
        ),
        (
            "mv",
            "Maud Harkin\nAshmere Council\nTown House\nZZ1 1AA",
            "Mrs Harkin",
            "Ivo Brandreth, one of His Majesty’s Inspectors, carried out this visit together with Petra Lunn "
            "and Sol Tamberlin. Oversight by the council’s chief executive, Rufus Dell, is strong. Ines Corby, "
            "the newly appointed head of safeguarding, has begun well.",
            "Yours sincerely\n\nIvo Brandreth\nHis Majesty’s Inspector",
            {
                "Ivo Brandreth": "lead",
                "Petra Lunn": "inspector",
                "Sol Tamberlin": "inspector",
                "Maud Harkin": "dcs",
                "Rufus Dell": "chief-executive",
                "Ines Corby": "other",
            },
        ),
        (
            "fv",
            "Maud Harkin & Rufus Dell\nCo-directors\nAshmere Council\nZZ1 1AA",
            "Ms Harkin and Mr Dell",
            "Ivo Brandreth and Petra Lunn conducted the visit on site.",
            "Yours sincerely\n\nIvo Brandreth\nHis Majesty’s Inspector",
            {"Ivo Brandreth": "lead", "Petra Lunn": "inspector", "Maud Harkin": "dcs", "Rufus Dell": "dcs"},
        ),
        (
            "mv",
            "Maud Harkin\nDirector of Children’s Services\nAshmere Council\nZZ1 1AA",
            "Ms Harkin",
            "I was joined on this visit by Petra Lunn, His Majesty’s Inspector. Since the appointment of a "
            "permanent director, Maud Harkin, turnover has slowed. Her deputy, Ines Corby, leads on quality. "
            "Councillor Ned Olcott, cabinet member for families, asks hard questions.",
            "Yours sincerely\n\nIvo Brandreth\nHis Majesty’s Inspector",
            {
                "Ivo Brandreth": "lead",
                "Petra Lunn": "inspector",
                "Maud Harkin": "dcs",
                "Ines Corby": "other",
                "Ned Olcott": "lead-member",
            },
        ),
        (
            "mv",
            "Maud Harkin\nDirector of Children’s Services\nAshmere Council\nZZ1 1AA",
            "Ms Harkin",
            "The team of inspectors, led by Ivo Brandreth, included Petra Lunn. The Secretary of State’s "
            "commissioner, Dame Hilda Stroud, reports each quarter.",
            "Yours sincerely\n\nIvo Brandreth\nHis Majesty’s Inspector",
            {"Ivo Brandreth": "lead", "Petra Lunn": "inspector", "Maud Harkin": "dcs", "Hilda Stroud": "other"},
        ),
        (
            "fv",
            "Professor Maud Harkin OBE\nTown House\nZZ1 1AA",
            "Professor Harkin",
            "Inspectors Ivo Brandreth and Petra Lunn looked at the front door.",
            "Yours sincerely\n\n3\n\nIvo Brandreth\nHis Majesty’s Inspector",
            {"Ivo Brandreth": "lead", "Petra Lunn": "inspector", "Maud Harkin": "dcs"},
        ),
        (
            "mv",
            "Maud Harkin\nDirector of Children’s Services\nAshmere Council\nZZ1 1AA",
            "Ms Harkin",
            "Visiting inspectors: Ivo Brandreth and Petra Lunn. Rufus Dell has been chief executive of the "
            "council since June, and Ned Olcott has been appointed director of children’s services at Fenwick.",
            "Yours sincerely\n\nIvo Brandreth\nHis Majesty’s Inspector",
            {
                "Ivo Brandreth": "lead",
                "Petra Lunn": "inspector",
                "Maud Harkin": "dcs",
                "Rufus Dell": "chief-executive",
                "Ned Olcott": "dcs",
            },
        ),
        (
            "fv",
            "Maud Harkin\nCorporate Director\nAshmere Council\nZZ1 1AA",
            "Ms Harkin,",
            "This visit was made by Ivo Brandreth and, for one day, Petra Lunn.",
            "Yours sincerely,\n\nIvo Brandreth\nHMI, Ofsted",
            {"Ivo Brandreth": "lead", "Petra Lunn": "inspector", "Maud Harkin": "dcs"},
        ),
        (
            "mv",
            "Maud Harkin\nDirector of Children’s Services\nAshmere Council\nZZ1 1AA",
            "Ms Harkin",
            "Ivo Brandreth (HMI) and Petra Lunn (HMI) met staff. Governance rests with a board under the "
            "chairmanship of Rufus Dell. Ines Corby is the assistant director for care.",
            "Yours sincerely\n\nIvo Brandreth\nHis Majesty’s Inspector",
            {
                "Ivo Brandreth": "lead",
                "Petra Lunn": "inspector",
                "Maud Harkin": "dcs",
                "Rufus Dell": "other",
                "Ines Corby": "other",
            },
        ),
        (
            "mv",
            "Maud Harkin\nDirector of Children’s Services\nAshmere Council\nZZ1 1AA",
            "Ms Harkin",
            "The inspectors, Ivo Brandreth and Petra Lunn, read 40 records in Great Yarmouth House. The lead "
            "member for children, Ned Olcott, and the chief executive Rufus Dell met them.",
            "Yours sincerely\n\nIvo Brandreth\nHis Majesty’s Inspector",
            {
                "Ivo Brandreth": "lead",
                "Petra Lunn": "inspector",
                "Maud Harkin": "dcs",
                "Ned Olcott": "lead-member",
                "Rufus Dell": "chief-executive",
            },
        ),
        (
            "fv",
            "Maud Harkin\nDirector for Children and Families\nAshmere Council\nZZ1 1AA",
            "Ms Harkin",
            "The visit team was made up of Ivo Brandreth, His Majesty’s Inspector, and Petra Lunn, Regulatory "
            "Inspector.",
            "Yours sincerely\n\nIvo Brandreth\nHis Majesty’s Inspector",
            {"Ivo Brandreth": "lead", "Petra Lunn": "inspector", "Maud Harkin": "dcs"},
        ),
        (
            "mv",
            "Maud Harkin\nDirector of Children’s Services\nAshmere Council\nZZ1 1AA",
            "Ms Harkin",
            "My colleagues Petra Lunn and Sol Tamberlin joined me. Staff speak warmly of the director, Maud "
            "Harkin. Practice is overseen by Ines Corby as principal social worker.",
            "Yours sincerely\n\nIvo Brandreth\nHis Majesty’s Inspector",
            {
                "Ivo Brandreth": "lead",
                "Petra Lunn": "inspector",
                "Sol Tamberlin": "inspector",
                "Maud Harkin": "dcs",
                "Ines Corby": "other",
            },
        ),
        (
            "fv",
            "Maud Harkin\nHead of Paid Service and Director of People\nAshmere Council\nZZ1 1AA",
            "Ms Harkin",
            "Inspectors were not named on arrival. Families in Stoke Mandeville and Market Harborough spoke "
            "well of Family Hubs.",
            "Yours sincerely\n\nIvo Brandreth\nHis Majesty’s Inspector",
            {"Ivo Brandreth": "lead", "Maud Harkin": "dcs"},
        ),
        (
            "mv",
            "Maud Harkin\nDirector of Children’s Services\nAshmere Council\nZZ1 1AA",
            "Ms Harkin",
            "Ivo Brandreth headed the team, assisted by Petra Lunn. The improvement partner, Hilda Stroud of "
            "Fenwick Council, coaches managers.",
            "Yours sincerely\n\nIvo Brandreth\nHis Majesty’s Inspector",
            {"Ivo Brandreth": "lead", "Petra Lunn": "inspector", "Maud Harkin": "dcs", "Hilda Stroud": "other"},
        ),
    ],
)
def test_people_are_found_however_a_letter_introduces_them(
    people_of, kind, address, greeting, body, signature, expected
):
    assert people_of(kind, address, greeting, body, signature) == expected
