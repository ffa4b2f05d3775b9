import pytest

from caregraph.extractors.people.person_names import name_at, names_in, person_key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Louise Walker, Her Majesty's Inspector", "Louise Walker"),
        ("Dr Sean O’Kelly BSc MB ChB", "Sean O’Kelly"),
        ("Cllr Joan Atkinson OBE", "Joan Atkinson"),
        ("Fiona J Millns HMI", "Fiona J Millns"),
        ("Ralph Trevelyan-Butler and", "Ralph Trevelyan-Butler"),
        ("Brian McEntee HMI", "Brian McEntee"),
        ("Ana de Souza, Manager", "Ana de Souza"),
        # Surnames that are words of posts and streets as well.
        ("Patricia Head, Ofsted Inspector", "Patricia Head"),
        ("Ian Young Deputy", "Ian Young"),
        # A lost line end stuck the post to the name.
        ("Rebecca QuestedHis Majesty's Inspector", "Rebecca Quested"),
        # Names of many languages, and of many words.
        ("Johannes van der Berg, HMI", "Johannes van der Berg"),
        ("Anna Maria van der Berg, HMI", "Anna Maria van der Berg"),
        ("Siobhán O'Neill HMI", "Siobhán O'Neill"),
        ("Aoife Ó Briain HMI", "Aoife Ó Briain"),
        ("Máire Ní Dhomhnaill HMI", "Máire Ní Dhomhnaill"),
        ("Linh Nguyễn HMI", "Linh Nguyễn"),
        ("Đặng Thu Trang", "Đặng Thu Trang"),
        ("Łukasz Żak", "Łukasz Żak"),
        ("J. P. Osgathorpe", "J. P. Osgathorpe"),
        ("Ada Main, HMI", "Ada Main"),
        # A name that a line's end parts.
        ("Derrick\nBaughan, Cathy", "Derrick\nBaughan"),
        # The next line is another's.
        ("Nigel Parkes\nIan Young", "Nigel Parkes"),
        # None of these is a person.
        ("HMI Constabulary and Fire", None),
        ("Her Majesty's Inspector", None),
        ("Director of Services", None),
        ("Care Quality Commission", None),
        ("Not applicable", None),
        ("Main Findings", None),
        ("Telephone Number", None),
        ("Monday Morning", None),
        ("MAIN FINDINGS", None),
        ("de facto Leaders", None),
        ("Sussex CCGs", None),
        ("Harrow", None),
        ("the lead inspector", None),
    ],
)
def test_name_at_tells_a_person_from_a_post(text: str, expected: str | None) -> None:
    name = name_at(text, 0, wrapped=True)

    assert (text[name.start : name.end] if name else None) == expected


def test_names_in_are_found_between_posts() -> None:
    text = "Ofsted Care Quality Commission Nick Hudd Regional Director Sue McMill Deputy Chief Inspector"

    assert [text[name.start : name.end] for name in names_in(text, 0, len(text))] == ["Nick Hudd", "Sue McMill"]


def test_person_key_is_shared_by_two_ways_to_print_a_name() -> None:
    assert person_key("Fiona J Millns") == person_key("Fiona Millns") != person_key("Frank Millns")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NERYS OSGATHORPE HMI", "NERYS OSGATHORPE"),
        ("Nerys OSGATHORPE OBE", "Nerys OSGATHORPE"),
        ("NERYS VAN DER BERG", "NERYS VAN DER BERG"),
        ("Ada McDONALD, HMI", "Ada McDONALD"),
        ("Ada Moor OBE", "Ada Moor"),
        ("MAIN FINDINGS", None),
        ("CQC HMI", None),
    ],
)
def test_name_at_reads_capitals_where_it_may(text: str, expected: str | None) -> None:
    name = name_at(text, 0, capitals=True)

    assert (text[name.start : name.end] if name else None) == expected
