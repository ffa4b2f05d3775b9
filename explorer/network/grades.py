"""Grades of councils in the network: the latest for overall effectiveness, told apart where it is an older one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from caregraph.graph.queries.judgements import LatestJudgement
from caregraph.graph.queries.nodes import Node

AREA = "overall"
OLDER = "older"  # than the latest full inspection, which gave none
UNDATED = "no date"  # so that nobody can call it the latest
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
    status = "" if judged.is_current else f" ({OLDER if judged.started else UNDATED})"
    return replace(council, grade=f"{judged.grade}{status}", day=judged.started)


def grade_and_status(grade: str) -> tuple[str, str]:
    """The id of a node's grade, and in brackets why it is not the latest, or nothing.

    >>> grade_and_status("good (older)"), grade_and_status("good")
    (('good', '(older)'), ('good', ''))
    """
    id, _, status = grade.partition(" (")
    return id, f"({status}" if status else ""
