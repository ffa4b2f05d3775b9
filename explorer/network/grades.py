"""Grades of councils in the network: the latest for overall effectiveness, told apart where it is an older one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from caregraph.graph.queries.judgements import LatestJudgement
from caregraph.graph.queries.nodes import Node

AREA = "overall"
OLDER = "older grade"  # than the latest full inspection, which gave none
UNDATED = "grade without a date"  # which nobody can call the latest
NONE = "no grade"


def with_grades(nodes: Sequence[Node], latest: Mapping[tuple[str, str], LatestJudgement]) -> list[Node]:
    """Nodes, of which each council tells its grade, and the day of the inspection that gave it.

    Args:
        latest: grades by council and area, as `judgements.latest_judgements_of` gives them.
    """
    return [
        _with_grade(node, latest.get((node.iri, AREA))) if node.label == "LocalAuthority" else node for node in nodes
    ]


def _with_grade(council: Node, judged: LatestJudgement | None) -> Node:
    if judged is None:
        return replace(council, grade=NONE)
    not_current = OLDER if judged.started else UNDATED
    return replace(council, grade=judged.grade if judged.is_current else not_current, day=judged.started)
