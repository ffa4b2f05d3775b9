"""Chart of strengths and concerns: drawn on the page, and as a picture; its numbers go into the pack."""

from collections.abc import Sequence

from caregraph.explorer.attribution import source_notes
from caregraph.explorer.figures.bars import BarRow, polarity_bars
from caregraph.explorer.figures.tree_tables import tree_text
from caregraph.explorer.pack.button import show_packed_figure
from caregraph.explorer.pictures.chart_pictures import polarity_picture
from caregraph.explorer.pictures.drawing import Drawing


def show_polarity_chart(
    title: str, row_heading: str, rows: Sequence[BarRow], *, key: str, about: str, peers: str | None = None
) -> None:
    """Show bars of concerns and strengths that can be put into the pack and taken as a picture.

    Args:
        row_heading: the noun for the rows, such as "Topic".
        about: says what is counted.
        peers: a name for those compared with.
    """
    notes = (about, *source_notes())

    def picture(name: str) -> Drawing:
        return polarity_picture(name, [(tree_text(row.name), row.counts) for row in rows], notes=notes)

    figure = polarity_bars(title, row_heading, rows, peers=peers)
    show_packed_figure(figure, key=key, title=title, about=about, picture=picture)
