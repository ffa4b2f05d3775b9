"""Web pages of all sorts, and parts of them, give the facts that the plain text gives."""

import re
from html import escape

import pytest

from tests.unit.extractors.reading.one_report import PAGE, SITE, TABLE, TITLE, check, html, plain

GRID = "".join(f'<div class="row"><div>{area}</div><div>{grade}</div></div>' for area, grade in TABLE)
SPANS = "".join(f"<div><span>{area}</span><span>{grade}</span></div>" for area, grade in TABLE)
FLAT = '<div class="grid">' + "".join(f"<div>{area}</div><div>{grade}</div>" for area, grade in TABLE) + "</div>"
TERMS = "<dl>" + "".join(f"<dt>{area}</dt><dd>{grade}</dd>" for area, grade in TABLE) + "</dl>"
NESTED = (
    "<table><tr><td><table>"
    + "".join(f"<tr><td>{area}</td><td><b>{grade}</b></td></tr>" for area, grade in TABLE)
    + "</table></td><td></td></tr></table>"
)
COLUMNS = ("<br>".join(column) for column in zip(*TABLE, strict=True))
ONE_ROW = f"<table><tr>{''.join(f'<td>{column}</td>' for column in COLUMNS)}</tr></table>"


def wrapped(cell: str) -> str:
    """A cell of a table whose words go on in the next line."""
    return f"<td>{cell.replace(' to ', '<br>to ').replace(' and ', '<br>and ')}</td>"


ITEMS = f"<ul>{''.join(f'<li><span>{area}</span><span>{grade}</span></li>' for area, grade in TABLE[1:])}</ul>"
OWN = "".join(f"<x-row><x-cell>{area}</x-cell><x-cell>{grade}</x-cell></x-row>" for area, grade in TABLE)
CARDS = "".join(f"<section><h3>{area}</h3><p>{grade}</p></section>" for area, grade in TABLE[1:])
# As Word saves a page: headings are bold paragraphs, and the marks of items are words in a type of their own.
WORD = PAGE.format(TITLE, html())
for before, after in [
    ("<h1>", "<p class=MsoNormal><b>"),
    ("</h1>", "<o:p></o:p></b></p>"),
    ("<h2>", "<p class=MsoNormal><b>"),
    ("</h2>", "</b></p>"),
    ("<li>", "<p><![if !supportLists]><span style='font-family:Symbol'>·<span>&nbsp;&nbsp; </span></span><![endif]>"),
    ("</li>", "</p>"),
    ("<ul>", ""),
    ("</ul>", ""),
]:
    WORD = WORD.replace(before, after)
ASIDE = f"<aside><ul>{''.join(f'<li>{area}: {grade}</li>' for area, grade in TABLE[1:])}</ul></aside>"
LINKS = "<aside><h3>Read on</h3><a href='/x'>Caseloads in Ashmere are too high, and its leaders know it</a></aside>"
PICTURES = "".join(f"<tr><td>{area}</td><td><img src='g.png' alt='{grade}'></td></tr>" for area, grade in TABLE)
PICTURES = f"<table>{PICTURES}</table>"
WRAPPED = f"<table>{''.join(f'<tr>{wrapped(area)}{wrapped(grade)}</tr>' for area, grade in TABLE)}</table>"
LIST = "<ul>" + "".join(f"<li><strong>{area}</strong>: {grade}</li>" for area, grade in TABLE[1:]) + "</ul>"
BROKEN_LINES = "<br>\n".join(line and escape(line, quote=False) for line in plain().replace("\t", ": ").splitlines())

HTML = {
    "page": PAGE.format(TITLE, html()),
    "fragment": html(),
    "fragment in a div": f"<div>{html()}</div>",
    "fragment with a script first": f"<script>var a = 1;</script>{html()}",
    "long comment first": f"<!-- {'saved from the site ' * 500}-->\n" + PAGE.format(TITLE, html()),
    "white space first": "\n " * 9000 + PAGE.format(TITLE, html()),
    "XHTML": '<?xml version="1.0" encoding="utf-8"?>\n'
    + PAGE.format(TITLE, html()).replace("<html", '<html xmlns="http://www.w3.org/1999/xhtml"'),
    "upper case": re.sub(r"</?\w+", lambda tag: tag[0].upper(), PAGE.format(TITLE, html())),
    "divs for paragraphs": PAGE.format(TITLE, html(paragraph="div")),
    "grid of divs": PAGE.format(TITLE, html(table=GRID)),
    "grid of spans": PAGE.format(TITLE, html(table=SPANS)),
    "flat grid": PAGE.format(TITLE, html(table=FLAT)),
    "terms": PAGE.format(TITLE, html(table=TERMS)),
    "table in a table": PAGE.format(TITLE, html(table=NESTED)),
    "page in a table": PAGE.format(TITLE, f"<table><tr><td width=20></td><td>{html()}</td></tr></table>"),
    "table of one row": PAGE.format(TITLE, html(table=ONE_ROW)),
    "lines in cells": PAGE.format(TITLE, html(table=WRAPPED)),
    "pictures of grades": PAGE.format(TITLE, html(table=PICTURES)),
    "links to notes": PAGE.format(TITLE, html().replace("</h2>", "<a href='#n1'>1</a></h2>")),
    "items of spans": PAGE.format(TITLE, html(table=ITEMS)),
    "elements of its own": PAGE.format(TITLE, html(table=OWN)),
    "cards": PAGE.format(TITLE, html(table=CARDS)),
    "page of an older Word": WORD,
    "page without ends of elements": re.sub("</(?:p|li|td|tr)>", "", PAGE.format(TITLE, html())),
    "text area": PAGE.format(TITLE, f"<textarea>{plain()}</textarea>"),
    "CR": PAGE.format(TITLE, html()).replace("\n", "\r"),
    "list of grades": PAGE.format(TITLE, html(table=LIST)),
    "site around it": PAGE.format("News", SITE.format(html())),
    "grades beside the text": PAGE.format(TITLE, f"<main>{html(table=ASIDE)}</main>"),
    "links beside the text": PAGE.format(TITLE, f"<main>{html()}{LINKS}</main>"),
    "folded up": PAGE.format(TITLE, f"<div hidden='until-found'>{html()}</div><div hidden>Leaders are poor.</div>"),
    "lines broken": PAGE.format(TITLE, BROKEN_LINES),
    "lines broken in a fragment": BROKEN_LINES,
    "preformatted": PAGE.format(TITLE, f"<pre>{escape(plain(), quote=False)}</pre>"),
    "entities": PAGE.format(TITLE, html())
    .replace("’", "&rsquo;")
    .replace(" ", "&nbsp;")
    .replace("<html&nbsp;", "<html ")
    .replace("<!DOCTYPE&nbsp;", "<!DOCTYPE ")
    .replace("<div&nbsp;", "<div "),
    "soft hyphens": PAGE.format(TITLE, html().replace("children", "chil&shy;dren")),
    "notes": PAGE.format(TITLE, html().replace("</h2>", "<sup><a href='#n'>[1]</a></sup></h2>")),
    "form around it": PAGE.format(TITLE, f"<form action='x'><input type='hidden' value='1'>{html()}</form>"),
    "articles": PAGE.format(TITLE, f"<main><article>{html()}</article><article><p>More news.</p></article></main>"),
}


@pytest.mark.parametrize("text", HTML.values(), ids=HTML)
def test_html(read, expected, text):
    check(read(text), expected)


def test_numbered_list_of_a_page_has_its_numbers(read):
    page = PAGE.format(TITLE, html().replace("<ul>", "<ol start='4'>").replace("</ul>", "</ol>"))

    assert {finding.paragraph for finding in read(page).findings} >= {"4", "5"}
