"""The tile map: what each council's tile shows, in colour, in letters and in a sentence."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from caregraph.explorer.figures.dom import Tree, tag
from caregraph.explorer.figures.tile_layout import Block, Tile
from caregraph.explorer.labels import counted, day, sentence_case, value
from caregraph.explorer.network.node_style import GRADES
from caregraph.explorer.state.links import address_of
from caregraph.graph.queries.authorities import RegisteredAuthority
from caregraph.graph.queries.judgements import LatestJudgement
from caregraph.graph.queries.overview import AuthorityUse
from caregraph.graph.queries.polarity_counts import PolarityCounts

FEW = 5  # findings below which a share says nothing
STEPS = (
    (0.8, "most", "4 in 5 or more"),
    (0.6, "more", "3 in 5 or more"),
    (0.4, "even", "about half"),
    (0.2, "less", "2 in 5 or fewer"),
    (0.0, "least", "fewer than 1 in 5"),
)


@dataclass(frozen=True, slots=True)
class Shade:
    """What a tile shows: a class of `style.css`, a mark of a letter or two, its entry in the legend, and a sentence."""

    kind: str
    mark: str
    legend: str
    said: str


UNREAD = Shade("unread", "", "no report read", "no report on it was read")


def by_judgement(
    councils: Iterable[RegisteredAuthority], latest: Mapping[str, LatestJudgement], area: str
) -> dict[str, Shade]:
    """The latest grade for an area, by the council's IRI."""
    return {one.node.iri: _graded(one, latest.get(one.node.iri), area) for one in councils}


def _graded(council: RegisteredAuthority, found: LatestJudgement | None, area: str) -> Shade:
    name = value("area", area)
    if found is None:
        none = Shade("none", "", "no such grade in the reports read", f"no grade for {name} in the reports read")
        return none if council.documents else UNREAD
    when = f", inspection of {day(found.started)}" if found.started else ""
    grade = value("grade", found.grade)
    under = f", {value('kind', found.kind)}" if found.kind else ""
    return Shade(f"grade-{found.grade}", GRADES.get(found.grade, "?"), grade, f"{name}: {grade}{when}{under}")


def by_reach(councils: Iterable[RegisteredAuthority], reaches: Iterable[AuthorityUse]) -> dict[str, Shade]:
    """Whether reports name a thing, by the council's IRI."""
    known = {reach.authority.iri: reach for reach in reaches}
    return {one.node.iri: _reached(one, known.get(one.node.iri)) for one in councils}


def _reached(council: RegisteredAuthority, reach: AuthorityUse | None) -> Shade:
    expected = reach is not None and (reach.member or reach.hosts)
    if reach is not None and reach.naming_reports:
        said = f"named in {reach.naming_reports} of {counted(reach.documents, 'report')}"
        return Shade("named", "●", "a report names it", said)
    if expected:
        if council.documents:
            return Shade("silent", "○", "listed as served, no report names it", "listed as served, no report names it")
        return Shade("expected", "–", "listed as served, no report read", "listed as served, no report was read")
    return Shade("none", "", "no report names it", "no report read names it") if council.documents else UNREAD


def by_balance(councils: Iterable[RegisteredAuthority], balances: Mapping[str, PolarityCounts]) -> dict[str, Shade]:
    """The share of strengths among what reports find on a concept, by the council's IRI."""
    return {one.node.iri: _balanced(one, balances.get(one.node.iri, PolarityCounts())) for one in councils}


def _balanced(council: RegisteredAuthority, found: PolarityCounts) -> Shade:
    if not council.documents:
        return UNREAD
    said = f"{counted(found.strengths, 'strength')}, {counted(found.concerns, 'concern')}, {found.mixed} mixed"
    said += f" in {counted(council.documents, 'report')}"
    step = step_of(found)
    if step is None:
        return Shade("none", "", f"fewer than {FEW} findings", said)
    share = found.strength_share or 0
    return Shade(f"step-{step}", f"{share * 100:.0f}", next(words for _, kind, words in STEPS if kind == step), said)


def step_of(found: PolarityCounts) -> str | None:
    """The step of a scale that a share of strengths falls in; None where too little is said.

    >>> step_of(PolarityCounts(9, 1)), step_of(PolarityCounts(1, 9)), step_of(PolarityCounts(2, 1))
    ('most', 'least', None)
    """
    if found.strength_share is None or found.rated < FEW:
        return None
    return next(kind for least, kind, _ in STEPS if found.strength_share >= least)


def atlas(blocks: Sequence[Block], shades: Mapping[str, Shade]) -> Tree:
    """The map; each tile leads to its council's page."""
    regions = []
    for block in blocks:
        column, row = block.place
        columns, rows = block.size
        tiles = [_tile(tile, shades.get(tile.council.node.iri, UNREAD)) for tile in block.tiles]
        regions.append(
            tag(
                "section",
                tag("h3", block.name),
                tag("div", *tiles, class_="tiles"),
                class_="block",
                aria_label=block.name,
                set_column=column,
                set_row=row - 1,
                set_columns=columns,
                set_rows=rows,
            )
        )
    return tag("div", *regions, class_="atlas")


def _tile(tile: Tile, shade: Shade) -> Tree:
    said = f"{tile.council.node.name}: {shade.said}"
    return tag(
        "a",
        tag("span", tile.short),
        tag("b", shade.mark) if shade.mark else None,
        class_=f"tile {shade.kind}", href=address_of(tile.council.node), title=said, aria_label=said,
        set_column=tile.place[0], set_row=tile.place[1],
    )  # fmt: skip


def legend(shades: Iterable[Shade]) -> Tree:
    """What the colours and marks mean, with the number of councils for each."""
    shown = list(shades)
    counts = Counter((shade.kind, shade.legend) for shade in shown)
    marks = {shade.kind: "%" if shade.kind.startswith("step-") else shade.mark for shade in shown}
    entries = [
        tag(
            "li",
            tag("i", marks[kind], class_=f"tile {kind}", aria_hidden="true"),
            f"{sentence_case(words)} {number}",
        )
        for (kind, words), number in sorted(counts.items(), key=lambda item: _order(item[0][0]))
    ]
    return tag("ul", *entries, class_="key", aria_label="Legend")


def _order(kind: str) -> tuple[int, str]:
    order = [f"grade-{grade}" for grade in GRADES] + [f"step-{step}" for _, step, _ in STEPS]
    order += ["named", "silent", "expected", "none", "unread"]
    return (order.index(kind) if kind in order else len(order), kind)
