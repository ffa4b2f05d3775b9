"""Scale of the share of strengths, in five steps; `style.css` has a colour for each."""

from caregraph.graph.queries.polarity_counts import PolarityCounts

FEWEST = 5  # findings; a share of fewer says nothing
# Least share, name, words for a legend.
STEPS = (
    (0.8, "most", "4 in 5 or more"),
    (0.6, "more", "3 in 5 or more"),
    (0.4, "even", "about half"),
    (0.2, "less", "2 in 5 or fewer"),
    (0.0, "least", "fewer than 1 in 5"),
)


def share_step(counts: PolarityCounts) -> str | None:
    """Step of the scale that a share of strengths falls in; None where there are too few findings.

    >>> share_step(PolarityCounts(9, 1)), share_step(PolarityCounts(1, 9)), share_step(PolarityCounts(2, 1))
    ('most', 'least', None)
    """
    if counts.strength_share is None or counts.rated < FEWEST:
        return None
    return next(step for least, step, _ in STEPS if counts.strength_share >= least)


def step_words(step: str) -> str:
    """Words for a step of the scale, such as "about half"."""
    return next(words for _, name, words in STEPS if name == step)
