"""Heat map of topics by councils: the share of strengths in colour, and in numbers how many of how many findings."""

from collections.abc import Mapping, Sequence

from caregraph.explorer.figures.dom import Tree, legend, node_link, table, tag, tile
from caregraph.explorer.figures.share_scale import FEWEST, STEPS, share_step
from caregraph.explorer.labels import format_count
from caregraph.explorer.state.links import page_address
from caregraph.graph.queries.nodes import Node
from caregraph.graph.queries.polarity_counts import PolarityCounts


def heatmap(
    authorities: Sequence[Node],
    concepts: Sequence[Node],
    counts: Mapping[tuple[str, str], PolarityCounts],
    sources: Mapping[str, str],
    *,
    since: int | None = None,
    counted: str | None = None,
) -> Tree:
    """A row for each authority, a column for each concept; a cell such as 12/16 leads to the findings it counts.

    Args:
        counts: by the IRIs of authority and concept; a pair that is missing has no findings.
        sources: words for the reports that were counted, by the authority's IRI.
        since: the first year counted, for the links.
        counted: the reports that were counted, for the links.
    """
    head = [tag("span", "Council"), *map(node_link, concepts)]
    body = (
        [
            tag("span", node_link(authority, authority.name), tag("small", sources[authority.iri])),
            *(
                _cell(
                    authority,
                    concept,
                    counts.get((authority.iri, concept.iri), PolarityCounts()),
                    since=since,
                    counted=counted,
                )
                for concept in concepts
            ),
        ]
        for authority in authorities
    )
    return tag("div", _legend(), table("Strengths among findings, by council and topic", head, body, class_="heat"))


def _cell(authority: Node, concept: Node, counts: PolarityCounts, **scope: object) -> Tree:
    name = f"{authority.name}, {concept.name}"
    if not counts.rated:
        return tag("span", "–", class_="tile none", title=f"{name}: no findings")
    description = (
        f"{name}: {format_count(counts.strengths, 'strength')}, {format_count(counts.concerns, 'concern')}, "
        f"{counts.mixed} mixed"
    )
    step = share_step(counts)
    return tag(
        "a",
        f"{counts.strengths}/{counts.rated}",
        class_=f"tile {f'step-{step}' if step else 'none'}",
        href=page_address("findings", council=authority.iri, concept=concept.iri, **scope),
        title=description,
        aria_label=description,
    )


def _legend() -> Tree:
    entries = [(tile(f"step-{step}", "a/b"), f"strengths {words}") for _, step, words in STEPS]
    return legend([*entries, (tile("none", "a/b"), f"fewer than {FEWEST} findings")])
