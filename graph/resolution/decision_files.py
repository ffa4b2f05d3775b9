"""Files of decisions, in JSON lines: people's in the order in which they were taken, and automatic ones.

The file of people's decisions is only appended to, so that it holds its whole history. A build writes the file of
automatic decisions anew; its first line has a fingerprint of their inputs.
"""

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from caregraph.graph.atomic_files import append_line, write_atomically
from caregraph.graph.resolution.decisions import Decision, Decisions
from caregraph.graph.resolution.events import Witness
from caregraph.graph.resolution.sharing import MergedThing
from caregraph.ontology.errors import BadDecision

log = logging.getLogger(__name__)

T = TypeVar("T")


class AutomaticDecisions(NamedTuple):
    """Decisions by rule of the last build, and the fingerprint of their inputs; None if no file tells."""

    inputs: str | None
    decisions: list[Decision]


def read_decisions(path: Path) -> Decisions:
    """Read people's decisions; a file that does not exist has none.

    Raises:
        BadDecision: if a line is no decision (its number is given), or if they contradict each other.
    """
    return Decisions(_read_lines(path))


def append_decision(decision: Decision, path: Path) -> None:
    """Append a decision to the file, after checking that all decisions can be true.

    Raises:
        BadDecision: if they cannot, or if there is no decision to undo; the file is left as it was.
        StoreError: if the file cannot be written; it is left as it was.
    """
    earlier = _read_lines(path)
    if decision.verdict == "undone" and Decisions(earlier).for_pair(decision.left, decision.right) is None:
        raise BadDecision(f"no decision stands about {decision.left} and {decision.right}")
    Decisions([*earlier, decision])
    append_line(path, json.dumps(asdict(decision), ensure_ascii=False))


def read_automatic_decisions(path: Path) -> AutomaticDecisions:
    """Read the automatic decisions of the last build; none if there is no file, or if it is damaged."""
    if not path.exists():
        return AutomaticDecisions(None, [])
    try:
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        return AutomaticDecisions(json.loads(head)["made_of"], [_parse(line, path.name) for line in lines])
    except (OSError, ValueError, KeyError, TypeError, BadDecision) as error:
        log.warning("%s cannot be read, the next build writes it anew: %s", path, error)
        return AutomaticDecisions(None, [])


def write_automatic_decisions(path: Path, inputs: str, decisions: Iterable[Decision]) -> None:
    """Replace the automatic decisions of the last build.

    Args:
        inputs: fingerprint of everything that the decisions depend on.

    Raises:
        StoreError: if the file cannot be written.
    """
    lines = [json.dumps({"made_of": inputs})]
    lines += [json.dumps(asdict(decision), ensure_ascii=False) for decision in decisions]
    write_atomically(path, ("\n".join(lines) + "\n").encode())


def _read_lines(path: Path) -> list[Decision]:
    if not path.exists():
        return []
    lines = enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
    return [_parse(line, f"{path.name}:{number}") for number, line in lines if line.strip()]


def _parse(line: str, location: str) -> Decision:
    try:
        return Decision(**json.loads(line))
    except (json.JSONDecodeError, TypeError, BadDecision) as error:
        raise BadDecision(f"{location}: {error}") from error


def write_witnesses(path: Path, witnesses: Mapping[str, Witness]) -> None:
    """Write every document's part as JSON, in place of the file that was there.

    Raises:
        StoreError: if it cannot be written.
    """
    _write_rows(path, [witness.as_json() for _, witness in sorted(witnesses.items())])


def read_witnesses(path: Path) -> dict[str, Witness]:
    """Read every document's part, by its hash; empty if no build wrote any, or the file is damaged."""
    return _read_rows(path, lambda row: (row["sha256"], Witness(**row)))


def write_merged_things(path: Path, merged: Mapping[str, MergedThing]) -> None:
    """Write the things of several names or councils as JSON, in place of the file that was there.

    Raises:
        StoreError: if it cannot be written.
    """
    _write_rows(path, [{"iri": iri, **asdict(thing)} for iri, thing in sorted(merged.items())])


def read_merged_things(path: Path) -> dict[str, MergedThing]:
    """Read the things of several names or councils by IRI; empty if no build wrote any, or the file is damaged."""
    return _read_rows(path, lambda row: (row["iri"], MergedThing(str(row["name"]), tuple(row["authorities"]))))


def _write_rows(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    write_atomically(path, json.dumps(rows, indent=0).encode())


def _read_rows(path: Path, read: Callable[[dict[str, Any]], tuple[str, T]]) -> dict[str, T]:
    """Read what a build wrote of each row, by its key; empty if there is no file, or it is damaged."""
    try:
        return dict(map(read, json.loads(path.read_bytes())))
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, KeyError) as error:
        log.warning("%s is damaged and is made anew by the next build: %s", path, error)
        return {}
