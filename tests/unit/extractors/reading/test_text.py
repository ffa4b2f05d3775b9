"""Text as it comes, of any system and encoding, with characters that nobody sees, gives the facts of the plain text."""

import re

import pytest

from tests.unit.extractors.reading.one_report import GRADES, check, facts, plain


def test_plain_text_gives_all_that_it_says(expected):
    assert expected["kind"] == "ilacs"
    assert expected["authority"] == "Brackenford"
    assert expected["grades"] == GRADES
    assert expected["people"] == {("Imelda Quarrington", "lead")}
    assert len(expected["findings"]) == 8


def parted(words: str, sign: str) -> str:
    """Each word of seven letters or more with a sign in it."""
    return re.sub(r"(\w{3})(?=\w{4})", rf"\1{sign}", words)


LINE_ENDS = {
    "CR": "\r",
    "CR LF": "\r\n",
    "CR CR LF": "\r\r\n",
    "NEL": "\x85",
    "VT": "\v",
    "FF": "\f",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
}


@pytest.mark.parametrize("end", LINE_ENDS.values(), ids=LINE_ENDS)
def test_line_ends_of_any_system(read, expected, end):
    check(read(plain().replace("\n", end)), expected)


def test_page_end_does_not_part_a_paragraph(read, expected):
    text = plain().replace("know them well. The", "know them\n\fwell. The")

    check(read(text), expected)


INVISIBLE = {
    "soft hyphen": "\xad",
    "zero-width space": "\u200b",
    "zero-width non-joiner": "\u200c",
    "zero-width joiner": "\u200d",
    "word joiner": "\u2060",
    "byte-order mark": "\ufeff",
    "left-to-right mark": "\u200e",
    "right-to-left embedding": "\u202b",
    "isolate": "\u2068",
    "variation selector": "\ufe0f",
    "null": "\0",
    "bell": "\x07",
}


@pytest.mark.parametrize("sign", INVISIBLE.values(), ids=INVISIBLE)
def test_what_nobody_sees_is_in_no_word(read, expected, sign):
    text = parted(plain(), sign) if sign >= "\x80" else plain().replace("children who", f"chil{sign}dren who")

    check(read(text), expected)
    check(read(re.sub("^", sign, plain(), flags=re.MULTILINE)) if sign >= "\x80" else read(sign + plain()), expected)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (" ", "\xa0"),
        (" ", "\u202f"),
        (" ", "\u2003"),
        ("-", "\u2011"),
        ("-", "\u2010"),
        ("-", "\ufffe"),
        ("Multi-", "Multi\x02"),
        ("fi", "\ufb01"),
        ("ff", "\ufb00"),
        ("’", "'"),
        ("’", "&rsquo;"),
        ("’", "â€™"),
        ("’", "\x92"),
        ("’", "\u02bc"),
        ("’", "\ufffd"),
        ("•", "·"),
        ("•", "\u2043"),
        ("•", "\x01"),
        ("find", "fi\xad\nnd"),
        ("\tGood", "\tGood¹"),
        ("\tGood", "\tGood1"),
        ("\tGood", "\tGood[1]"),
        ("leavers\t", "leavers2\t"),
        ("leavers\t", "leavers[2]\t"),
        ("effectiveness\t", "effectiveness*\t"),
        ("improve?", "improve?³"),
        ("improve?", "improve?3"),
        ("care: good", "care4: good"),
        ("care: good", "care: good†"),
        ("\t", " | "),
        ("\tGood", "\t✓ Good"),
        ("\tInadequate", "\t🔴 Inadequate"),
    ],
)
def test_signs_that_stand_for_others(read, expected, before, after):
    assert before in plain()
    given = facts(read(plain().replace(before, after)))

    if after == "'":
        assert {words.replace("'", "’") for words in given["findings"]} == expected["findings"]
    else:
        check(read(plain().replace(before, after)), expected)


def test_figure_of_a_note_in_a_sentence_parts_no_words(read, expected):
    record = read(plain().replace("frequent, but", "frequent,[5] but[6]"))

    assert {re.sub(r"\[\d\]", "", words) for words in facts(record)["findings"]} == expected["findings"]
    assert facts(record)["names"] == expected["names"]


ENCODINGS = {
    "UTF-8 with its mark": plain().encode("utf-8-sig"),
    "UTF-16": plain().encode("utf-16"),
    "UTF-16 without its mark": plain().encode("utf-16-le"),
    "UTF-16 of the other order without its mark": plain().encode("utf-16-be"),
    "Windows-1252": plain().encode("cp1252"),
    "UTF-8 with one byte of Windows-1252": plain().encode().replace("’".encode(), b"\x92", 1),
}


@pytest.mark.parametrize("content", ENCODINGS.values(), ids=ENCODINGS)
def test_encodings(read, expected, content):
    check(read(content), expected)
