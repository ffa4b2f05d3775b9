"""Tile map of England: each council's tile shows a value in colour, in letters and in a sentence."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from caregraph.explorer.figures.dom import Tree, counted_legend, tag
from caregraph.explorer.figures.grade_mark import grade_class, grade_letter, legend_words, status_words
from caregraph.explorer.figures.membership_marks import MEANINGS, SYMBOLS
from caregraph.explorer.figures.share_scale import FEWEST, STEPS, share_step, step_words
from caregraph.explorer.figures.tile_layout import MapTile, RegionBlock
from caregraph.explorer.labels import format_count, format_day, scheme_label, scheme_values
from caregraph.explorer.state.links import node_address
from caregraph.graph.queries.authorities import RegisteredAuthority
from caregraph.graph.queries.judgements import LatestJudgement
from caregraph.graph.queries.overview import AuthorityUse, find_standings
from caregraph.graph.queries.polarity_counts import PolarityCounts
from caregraph.graph.standings import Standing


@dataclass(frozen=True, slots=True)
class TileValue:
    """Value of a tile: a class of `style.css`, a symbol of a letter or two, its entry in the legend, and a sentence."""

    css_class: str
    symbol: str
    legend: str
    description: str


UNREAD = TileValue("unread", "", "no report", "no report on this council was read")


def judgement_values(
    councils: Iterable[RegisteredAuthority], latest: Mapping[str, LatestJudgement], area: str
) -> dict[str, TileValue]:
    """The latest grade for an area, by the authority's IRI, told apart where it is older than the latest inspection."""
    return {council.node.iri: _judgement_value(council, latest.get(council.node.iri), area) for council in councils}


def _judgement_value(council: RegisteredAuthority, judged: LatestJudgement | None, area: str) -> TileValue:
    name = scheme_label("area", area)
    if judged is None:
        none = TileValue("none", "", "no grade in the reports read", f"no grade for {name} in the reports read")
        return none if council.documents else UNREAD
    date = f", inspection of {format_day(judged.started)}" if judged.started else ""
    grade = scheme_label("grade", judged.grade)
    kind = f", {scheme_label('kind', judged.kind)}" if judged.kind else ""
    status = f"; {words}" if (words := status_words(judged)) else ""
    return TileValue(
        grade_class(judged.grade, judged.status),
        grade_letter(judged.grade),
        legend_words(judged.grade, judged.status),
        f"{name}: {grade}{date}{kind}{status}",
    )


def mention_values(councils: Iterable[RegisteredAuthority], uses: Iterable[AuthorityUse]) -> dict[str, TileValue]:
    """Standing of a service in each council, by the authority's IRI, with the number of reports that mention it."""
    by_council = {use.authority.iri: use for use in uses}
    standings = find_standings(tuple(by_council.values()))
    return {
        council.node.iri: _mention_value(council, by_council.get(council.node.iri), standings.get(council.node.iri))
        for council in councils
    }


def _mention_value(council: RegisteredAuthority, use: AuthorityUse | None, status: Standing | None) -> TileValue:
    if (
        use is None
        or status is None
        or not (use.naming_reports or use.member or use.hosts or use.attested or use.relation)
    ):
        return TileValue("none", "", "not mentioned", "not mentioned in a report") if council.documents else UNREAD
    described = [] if status in ("confirmed", "named") else [MEANINGS[status]]
    if use.naming_reports:
        described.append(f"mentioned in {use.naming_reports} of {format_count(use.documents, 'report')}")
    return TileValue(status, SYMBOLS[status], MEANINGS[status], "; ".join(described))


def polarity_values(
    councils: Iterable[RegisteredAuthority], counts: Mapping[str, PolarityCounts], sources: Mapping[str, str]
) -> dict[str, TileValue]:
    """The share of strengths among the findings on a concept, by the authority's IRI.

    Args:
        sources: words for the reports that were counted, by the authority's IRI.
    """
    return {
        council.node.iri: _polarity_value(
            council, counts.get(council.node.iri, PolarityCounts()), sources[council.node.iri]
        )
        for council in councils
    }


def _polarity_value(council: RegisteredAuthority, counts: PolarityCounts, source: str) -> TileValue:
    if not council.documents:
        return UNREAD
    description = (
        f"{format_count(counts.strengths, 'strength')}, {format_count(counts.concerns, 'concern')}, "
        f"{counts.mixed} mixed; {source}"
    )
    step = share_step(counts)
    if step is None:
        return TileValue("none", "", f"fewer than {FEWEST} findings", description)
    return TileValue(f"step-{step}", f"{(counts.strength_share or 0) * 100:.0f}", step_words(step), description)


def tile_map(blocks: Sequence[RegionBlock], values: Mapping[str, TileValue]) -> Tree:
    """The map; each tile leads to its authority's page."""
    regions = []
    for block in blocks:
        column, row = block.position
        columns, rows = block.size
        tiles = [_tile(tile, values.get(tile.council.node.iri, UNREAD)) for tile in block.tiles]
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


def _tile(tile: MapTile, value: TileValue) -> Tree:
    description = f"{tile.council.node.name}: {value.description}"
    return tag(
        "a",
        tag("span", tile.letters),
        tag("b", value.symbol) if value.symbol else None,
        class_=f"tile {value.css_class}", href=node_address(tile.council.node), title=description,
        aria_label=description, set_column=tile.position[0], set_row=tile.position[1],
    )  # fmt: skip


def map_legend(values: Iterable[TileValue]) -> Tree:
    """The colours and symbols on the map with their meanings, and the number of councils for each."""
    counts = Counter(
        (value.css_class, "%" if value.css_class.startswith("step-") else value.symbol, value.legend)
        for value in values
    )
    return counted_legend(dict(sorted(counts.items(), key=lambda entry: _legend_order(entry[0][0]))))


def _legend_order(css_class: str) -> tuple[int, str]:
    order = [f"grade-{grade}" for grade in scheme_values("grade")] + [f"step-{step}" for _, step, _ in STEPS]
    order += [f"{css_class} older" for css_class in order] + [*SYMBOLS, "none", "unread"]
    return (order.index(css_class) if css_class in order else len(order), css_class)
