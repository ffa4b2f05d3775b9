"""Figures of a chart as a file that a spreadsheet opens and does not run."""

import csv

from caregraph.brief.blocks import Table
from caregraph.explorer.pack.table_file import ORIGIN, tables_as_csv


def rows_of(*tables: Table) -> list[list[str]]:
    content = tables_as_csv(tables, title="Ashmere: Topics", address="https://example.org/authority")
    return list(csv.reader(content.decode("utf-8-sig").splitlines()))


def test_a_table_has_its_numbers_and_says_where_they_are_from() -> None:
    head, row = rows_of(Table("Topics", ("Topic", "Strengths"), (("=adoption", "3"),)))

    assert head == ["Topic", "Strengths", *ORIGIN]
    assert row[:2] == ["'=adoption", "3"]
    assert row[2:4] == ["Ashmere: Topics", "https://example.org/authority"]
    assert row[-1].startswith("Open Government Licence")


def test_rows_of_several_tables_say_which_they_are_of() -> None:
    rows = rows_of(Table("North", ("Topic",), (("adoption",),)), Table("South", ("Topic",), (("adoption",),)))

    assert [row[:2] for row in rows] == [
        ["Table", "Topic"],
        ["North", "adoption"],
        ["Table", "Topic"],
        ["South", "adoption"],
    ]
