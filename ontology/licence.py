"""Attribution and licence of the words that the graph repeats; every export carries it."""

from functools import cache
from pathlib import Path

from caregraph.ontology.turtle import Statements

FILE = Path(__file__).with_name("dataset.ttl")


@cache
def attribution() -> str:
    """One line of attribution for a copy of the graph, from dataset.ttl.

    >>> "Open Government Licence v3.0" in attribution()
    True
    """
    described = Statements([FILE])
    [dataset] = described.of_type("dcat:Dataset")
    title, rights, licence = (described.value(dataset, f"dcterms:{term}") for term in ("title", "rights", "license"))
    return (
        f"{title}. {rights} Licence: {licence} "
        "Read from the reports by caregraph, a program that can be wrong; not made or endorsed by any inspectorate."
    )
