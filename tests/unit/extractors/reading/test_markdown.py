"""Markdown, as this or that converter writes it, gives the facts that the plain text gives."""

import re
from itertools import zip_longest
from textwrap import wrap

import pytest

from tests.unit.extractors.reading.one_report import TABLE, TITLE, check, html, markdown

PIPES = "\n".join(f"| {area} | {grade} |" for area, grade in TABLE)
RULE = f"+{'-' * 42}+{'-' * 22}+"
DRAWN = "\n".join(
    [RULE]
    + [
        line
        for row in TABLE
        for line in [
            f"| {area:40} | {grade:20} |"
            for area, grade in zip_longest(*(wrap(cell, 40 if cell == row[0] else 20) for cell in row), fillvalue="")
        ]
        + [RULE]
    ]
)
HTML_TABLE = (
    "<table>\n\n"
    + "\n\n".join(f"<tr>\n<td>{area}</td>\n\n<td>{grade}</td></tr>" for area, grade in TABLE)
    + "\n</table>"
)

MARKDOWN = {
    "as it is": markdown(),
    "escaped": markdown(escaped="\\."),
    "bold grades": markdown().replace(" Good |", " **Good** |").replace("Inadequate |", "<br>**Inadequate** |"),
    "bold headings": markdown(heading="**{}**"),
    "bold in headings": markdown(heading="### **{}** {{#anchor}}"),
    "bold numbers": re.sub(r"^(\d\.)", r"**\1**", markdown(), flags=re.MULTILINE),
    "closed headings": markdown(heading="## {} ##"),
    "underlined headings": markdown(heading="{}\n------------------"),
    "front matter": "---\ntitle: " + TITLE + "\ndate: 2026-01-02\n---\n\n" + markdown(),
    "in a fence": f"```markdown\n{markdown()}\n```\n",
    "table without a rule": markdown(table=PIPES),
    "drawn table": markdown(table=DRAWN),
    "table in HTML": markdown(table=HTML_TABLE),
    "wide items": re.sub(r"^(- |\d\. )", r"\1   ", markdown().replace("# ", "#    "), flags=re.MULTILINE),
    "wide table": markdown().replace(" | ", "     |    "),
    "table of tabs": markdown(table="\n".join("\t".join(row) for row in TABLE)),
    "table of white space": markdown(table="\n".join(f"  {area:76}{grade}" for area, grade in TABLE)),
    "table without signs at its ends": markdown(
        table="\n".join([f"{a} | {b}" for a, b in [TABLE[0], ("--", "--"), *TABLE[1:]]])
    ),
    "list of grades": markdown(table="\n".join(f"* **{area}**: *{grade}*" for area, grade in TABLE[1:])),
    "HTML in it": f"# {TITLE}\n\n" + html().split("\n", 1)[1],
    "CR": markdown().replace("\n", "\r"),
    "stars for items": markdown().replace("\n- ", "\n* "),
    "notes": markdown(heading="## {}[^1]").replace("frequent,", "frequent,[^2]")
    + "\n[^1]: First.\n[^2]: Second one.\n",
    "raised notes": markdown(heading="## {}<sup>1</sup>").replace("frequent,", "frequent,<sup>[2](#n)</sup>"),
    "notes as formulas": markdown(heading="## {}$^{{1}}$").replace("frequent,", "frequent,^2^"),
    "bare notes": markdown(heading="## {}1"),
    "comments and pictures": "<!-- image -->\n\n" + markdown().replace("\n\n", "\n\n![](page_1.png)\n\n", 1),
    "anchors": '<span id="page-0-0"></span>' + markdown(heading='<a id="x"></a>\n## {}'),
    "CR LF": markdown().replace("\n", "\r\n"),
    "links": markdown().replace("Lanterns team", "[Lanterns team](https://council.example/l)"),
}


@pytest.mark.parametrize("text", MARKDOWN.values(), ids=MARKDOWN)
def test_markdown(read, expected, text):
    check(read(text), expected)


def test_wrapped_markdown_has_its_sentences(read, expected):
    text = re.sub(r"(.{50,70}) (?=\S)", r"\1\n", markdown(escaped="\\."))
    table = re.compile(r"^\|.*?(?=\n\n)", re.MULTILINE | re.DOTALL)

    check(read(table.sub(table.search(markdown())[0], text)), expected, but="sections")
