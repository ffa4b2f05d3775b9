from caregraph.explorer.figures.bars import BarRow, polarity_bars
from caregraph.explorer.figures.dom import legend, page_link, table, tag, tile
from caregraph.explorer.figures.tree_tables import figure_legend, figure_tables
from caregraph.explorer.state.links import page_address
from caregraph.graph.queries.polarity_counts import PolarityCounts
from caregraph.ontology.iris import THINGS

FIRST, SECOND = f"{THINGS}finding/a/1-2", f"{THINGS}finding/b/3-4"


def quoted(words, finding, source):
    link = page_link(words, page_address("findings", finding=finding), class_="quotation")
    return tag("div", link, tag("small", source))


def test_quotations_have_numbers_that_go_on_from_table_to_table():
    figure = tag(
        "div",
        table("First", ("Asked", "Later"), [(quoted("Plans.", FIRST, "page 1"), quoted("Better.", SECOND, "page 2"))]),
        table("Second", ("Asked", "Later"), [(quoted("Plans.", FIRST, "page 1"), tag("span", "Not mentioned"))]),
    )
    tables, findings = figure_tables(figure)

    assert findings == (FIRST, SECOND)
    assert [shown.rows for shown in tables] == [
        (("Plans. [1] · page 1", "Better. [2] · page 2"),),
        (("Plans. [1] · page 1", "Not mentioned"),),
    ]


def test_heads_of_two_rows_become_one_and_span_their_columns():
    head = tag(
        "thead",
        tag("tr", tag("th", "Framework"), tag("th", "New", colspan=2)),
        tag("tr", tag("th", "Started"), tag("th", "2025"), tag("th", "2022")),
    )
    body = tag("tbody", tag("tr", tag("th", "Overall"), tag("td", tile("grade-good", "G"), "Good")))
    [shown], _ = figure_tables(tag("div", tag("table", tag("caption", "Grades"), head, body)))

    assert shown.head == ("Framework · Started", "New · 2025", "New · 2022")
    assert shown.rows == (("Overall", "Good", ""),)


def test_bars_give_their_numbers_and_a_legend_its_signs():
    rows = [BarRow(name="Adoption", counts=PolarityCounts(3, 1))]
    [shown], findings = figure_tables(polarity_bars("Findings", "Topic", rows))

    assert shown.rows == (("Adoption", "1", "3", "", "75% of 4"),)
    assert findings == ()
    assert figure_legend(tag("div", legend([(tile("mentioned", "●"), "mentioned 3")]))) == "● mentioned 3"
