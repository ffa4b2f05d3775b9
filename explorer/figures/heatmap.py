"""Concepts by councils: the share of strengths in colour, and in figures how many of how many findings."""

from collections.abc import Mapping, Sequence

from caregraph.explorer.figures.dom import Tree, link, table, tag
from caregraph.explorer.figures.tile_map import FEW, STEPS, step_of
from caregraph.explorer.labels import counted, sentence_case
from caregraph.explorer.state.links import address, address_of
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.polarity_counts import PolarityCounts


def heatmap(
    councils: Sequence[Node],
    concepts: Sequence[Node],
    balances: Mapping[tuple[str, str], PolarityCounts],
    reports: Mapping[str, int],
    *,
    since: int | None = None,
) -> Tree:
    """A council a row, a concept a column; a cell says "strengths of all that value something" and leads to them.

    Args:
        balances: by the IRIs of council and concept; what is not there is nothing said.
        reports: how many reports on each council were read, by its IRI.
        since: the first year counted, for the links.
    """
    head = [
        tag("span", "Council"),
        tag("span", "Reports"),
        *(link(sentence_case(one.name), address_of(one)) for one in concepts),
    ]
    body = (
        [
            link(council.name, address_of(council)),
            str(reports.get(council.iri, 0)),
            *(
                _cell(council, concept, balances.get((council.iri, concept.iri), PolarityCounts()), since)
                for concept in concepts
            ),
        ]
        for council in councils
    )
    return tag("div", key(), table("Strengths among findings, by council and concept", head, body, class_="heat"))


def _cell(council: Node, concept: Node, found: PolarityCounts, since: int | None) -> Tree:
    name = f"{council.name}, {concept.name}"
    if not found.rated:
        return tag("span", "–", class_="tile none", title=f"{name}: nothing said")
    said = f"{name}: {counted(found.strengths, 'strength')}, {counted(found.concerns, 'concern')}, {found.mixed} mixed"
    return tag(
        "a",
        f"{found.strengths}/{found.rated}",
        class_=f"tile {_step(found)}",
        href=address("findings", council=council.iri, concept=concept.iri, since=since),
        title=said,
        aria_label=said,
    )


def _step(found: PolarityCounts) -> str:
    step = step_of(found)
    return f"step-{step}" if step else "none"


def key() -> Tree:
    """What the colours mean."""
    entries = [
        tag("li", tag("i", "a/b", class_=f"tile step-{kind}", aria_hidden="true"), f"strengths {words}")
        for _, kind, words in STEPS
    ]
    few = tag("li", tag("i", "a/b", class_="tile none", aria_hidden="true"), f"fewer than {FEW} findings")
    return tag("ul", *entries, few, class_="key", aria_label="Legend")
