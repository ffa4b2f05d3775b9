"""The named questions: `.cypher` files that say in their comments what they ask, of whom, and what comes back.

    // Who uses an agency                               the heading
    // Which councils does it serve, and who hosts it?  the question in plain English, in one or more lines
    //
    // group: sharing
    // parameter thing (named thing, "Adopt North East"): its name, or another by which it goes
    // parameter polarity (strength | concern, null): choices instead of a type; null: it may be left out
    // column authority: the council                    each column that comes back, in order
    // column evidence: the IRIs of findings and passages that prove the row
    // example: thing=ANE                               values that give an answer; empty for the defaults

A type is one of READERS, or what a name is a name of, in the ontology's words: the
Cypher then gets the list of the IRIs that the name stands for. A parameter without a
default must be given. A row of ours proves itself: `quotation`, with its document,
page and paragraph, and in `evidence` a list of IRIs.
``python -m caregraph.graph.queries.questions`` writes docs/questions.md.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from caregraph.graph.neo4j.values import Answer
from caregraph.graph.queries.name_lookup import kinds, named
from caregraph.graph.readers import Reader
from caregraph.ontology.errors import BadQuestion
from caregraph.settings import question_folders

ANSWER_LIMIT = 10_000  # rows of a question by a user
EVIDENCE = "evidence"  # the column of IRIs that prove a row
FOLDER = Path(__file__).with_name("questions")
DOCS = Path(__file__).resolve().parents[2] / "docs" / "questions.md"
GROUPS = (
    "authorities", "inspections", "people", "services", "concepts", "findings", "sharing", "change",
    "quality of the data",
)  # fmt: skip
PARAMETER = re.compile(r"parameter (?P<name>\w+) \((?P<type>[^,()]+)(?:, (?P<default>.+?))?\): (?P<meaning>.+)")
COLUMN = re.compile(r"column (?P<name>\w+): (?P<meaning>.+)")

Value = str | int | date | bool | None


def _truth(text: str) -> bool:
    return {"true": True, "yes": True, "false": False, "no": False}[text.lower()]


READERS: Mapping[str, Callable[[str], Value]] = {
    "text": str,
    "number": int,
    "day": date.fromisoformat,
    "truth": _truth,
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question asks for: one of ``choices``, where there are any, else of the type."""

    name: str
    type: str
    choices: tuple[str, ...]
    required: bool
    default: Value
    meaning: str

    def read(self, value: object) -> Value:
        """A value from what was typed; nothing typed is the default.

        Raises:
            BadQuestion: if it cannot be the parameter's.
        """
        if value is None or (isinstance(value, str) and not value.strip()):
            if self.required:
                raise BadQuestion(f"{self.name}: a value is needed: {self.meaning}")
            return self.default
        text = value.isoformat() if isinstance(value, date) else str(value).strip()
        if self.choices and text not in self.choices:
            raise BadQuestion(f"{self.name}: expected one of {', '.join(self.choices)}, got {text!r}")
        try:
            return text if self.choices else READERS.get(self.type, str)(text)
        except (ValueError, KeyError) as error:
            raise BadQuestion(f"{self.name}: expected a {self.type}, got {text!r}") from error


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that can be asked by its name.

    ``example`` are values that show what it is for. One that is not ``ours`` is
    a user's, and trusted as little as any Cypher.
    """

    name: str
    group: str
    heading: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    example: Mapping[str, str]
    cypher: str
    ours: bool

    @property
    def names(self) -> dict[str, str]:
        """The parameters that are names, and of what."""
        return {one.name: one.type for one in self.parameters if one.type in kinds()}

    @property
    def usage(self) -> str:
        """The parameters with their defaults, in brackets those that may be left out."""
        return " ".join(
            one.name if one.required else f"[{one.name}]" if one.default is None else f"[{one.name}={one.default}]"
            for one in self.parameters
        )

    def values(self, given: Mapping[str, object]) -> dict[str, Value]:
        """The value of every parameter, from what was typed or the defaults.

        Raises:
            BadQuestion: if a name is no parameter's, or a value cannot be its parameter's.
        """
        names = [one.name for one in self.parameters]
        if unknown := sorted(given.keys() - names):
            raise BadQuestion(f"{self.name} has no parameter {unknown[0]!r}; it has {', '.join(names) or 'none'}")
        return {one.name: one.read(given.get(one.name)) for one in self.parameters}


def load_questions(*folders: Path) -> dict[str, Question]:
    """The questions by name, group by group; those in ``folders`` may take the place of ours.

    Raises:
        BadQuestion: if a file lacks what it must say, or cannot be read.
    """
    return _sorted(read_question(path) for folder in (FOLDER, *folders) for path in _files(folder))


class Store(Reader, Protocol):
    """A database that answers trusted reads, and statements by anybody under guard."""

    def query(self, cypher: str, parameters: Mapping[str, object], *, limit: int) -> Answer: ...


def ask(store: Store, question: Question, **parameters: object) -> list[dict[str, Any]]:
    """Answer a named question, one dict a row, keyed by column; white space in quotations is folded.

    Raises:
        BadQuestion: if a parameter is unknown to the question or cannot have that value, such as an unknown name, or
            the answer's columns are not those that a user's question declares.
        QueryRefused: if the question does not only read.
    """
    values: dict[str, Any] = dict(question.values(parameters))
    for parameter, kind in question.names.items():
        if values[parameter] is not None:
            values[parameter] = named(store, kind, values[parameter])
    if question.ours:
        rows: Iterable[dict[str, Any]] = store.read(question.cypher, **values)
    else:
        answer = store.query(question.cypher, values, limit=ANSWER_LIMIT)
        declared = tuple(column.name for column in question.columns)
        if answer.columns != declared:
            got = ", ".join(answer.columns)
            raise BadQuestion(f"{question.name}: expected the columns {', '.join(declared)}, got {got}")
        rows = answer.rows
    return [{column: _fold(value) for column, value in row.items()} for row in rows]


def _fold(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def known_questions() -> tuple[dict[str, Question], list[str]]:
    """Load our questions and the users'; the second value says which of theirs are broken, and why."""
    questions, faults = [read_question(path) for path in _files(FOLDER)], []
    for folder in question_folders():
        for path in _files(folder):
            try:
                questions.append(read_question(path))
            except BadQuestion as error:
                faults.append(f"{path.parent}: {error}")
    return _sorted(questions), faults


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.cypher"))


def _sorted(questions: Iterable[Question]) -> dict[str, Question]:
    """Questions by name, the last of each, group by group."""
    order = {group: place for place, group in enumerate(GROUPS)}
    found = {question.name: question for question in questions}.values()
    by_group = sorted(found, key=lambda one: (order.get(one.group, len(GROUPS)), one.group, one.name))
    return {question.name: question for question in by_group}


def read_question(path: Path) -> Question:
    """The question that a file holds.

    Raises:
        BadQuestion: if it lacks what it must say, or cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestion(f"{path.name}: cannot be read: {error}") from error
    lines = text.splitlines()
    count = next((number for number, line in enumerate(lines) if not line.startswith("//")), len(lines))
    said = [line.removeprefix("//").strip() for line in lines[:count]]
    facts = [line for line in said if line.startswith(("parameter ", "column ", "group:", "example:"))]
    prose = [line for line in said if line and line not in facts]
    cypher = "\n".join(lines[count:]).strip()
    try:
        question = Question(
            name=path.stem,
            group=_only(facts, "group:"),
            heading=prose[0],
            description=" ".join(prose[1:]),
            parameters=tuple(_parameter(line) for line in facts if line.startswith("parameter ")),
            columns=tuple(Column(**_fields(COLUMN, line)) for line in facts if line.startswith("column ")),
            example=_example(_only(facts, "example:")),
            cypher=cypher,
            ours=path.parent == FOLDER,
        )
        question.values(question.example)
    except (ValueError, IndexError) as error:
        raise BadQuestion(f"{path.name}: {error}") from error
    if not (question.description and question.columns and question.cypher):
        raise BadQuestion(f"{path.name}: expected a heading, a description, columns and Cypher")
    return question


def _only(facts: Iterable[str], what: str) -> str:
    found = [line.removeprefix(what).strip() for line in facts if line.startswith(what)]
    if len(found) != 1:
        raise ValueError(f"expected one line `{what}`, got {len(found)}")
    return found[0]


def _fields(pattern: re.Pattern[str], line: str) -> dict[str, str]:
    match = pattern.fullmatch(line)
    if match is None:
        raise ValueError(f"cannot be read: {line}")
    return match.groupdict()


def _parameter(line: str) -> Parameter:
    fields = _fields(PARAMETER, line)
    type, default = fields["type"].strip(), fields["default"]
    choices = tuple(choice.strip() for choice in type.split("|")) if "|" in type else ()
    if not choices and type not in READERS and type not in kinds():
        raise ValueError(f"{fields['name']}: expected one of {', '.join((*READERS, *kinds()))}, or choices, got {type}")
    parameter = Parameter(
        fields["name"], "choice" if choices else type, choices, default is None, None, fields["meaning"]
    )
    value = json.loads(default) if default else None
    return parameter if value is None else replace(parameter, default=parameter.read(value))


def _example(text: str) -> dict[str, str]:
    """Values written as ``name=value``, separated by semicolons."""
    pairs = (part.partition("=") for part in text.split(";") if part.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def markdown(questions: Iterable[Question]) -> str:
    """The page that lists questions."""
    return "\n".join(_page(list(questions))) + "\n"


def _page(questions: list[Question]) -> Iterator[str]:
    yield INTRODUCTION
    group = None
    for question in questions:
        if question.group != group:
            group = question.group
            yield f"\n## {group.capitalize()}"
        given = "".join(f' --param {name}="{value}"' for name, value in question.example.items())
        yield f"\n### {question.heading}\n\n{question.description}\n"
        yield f"```text\ncaregraph ask {question.name}{given}\n```\n"
        if question.parameters:
            yield "| Parameter | Takes | If left out | What it is |\n|---|---|---|---|"
            for one in question.parameters:
                takes = " or ".join(one.choices) or one.type
                left_out = "must be given" if one.required else "any" if one.default is None else str(one.default)
                yield f"| `{one.name}` | {takes} | {left_out} | {one.meaning} |"
            yield ""
        yield "| Column | What it holds |\n|---|---|"
        for column in question.columns:
            yield f"| `{column.name}` | {column.meaning} |"


INTRODUCTION = """# Questions

Written by `python -m caregraph.graph.queries.questions` from `graph/questions/*.cypher`; change those.

`caregraph ask` lists them; `caregraph ask NAME --param name=value` asks one. In JSON and CSV, `evidence` has the IRIs
of the findings and passages that prove a row.

A question of your own is a `.cypher` file of the same form in the folder `questions` of the data directory, or in one
that `CAREGRAPH_QUESTIONS` lists, separated as in `PATH`. It runs under the same guard as any Cypher that is typed in:

```cypher
// Councils of a region
// Which councils lie in a region?
//
// group: authorities
// parameter region (region, "North East"): the region
// column authority: the council
// column gss: its ONS code
// example: region=London
MATCH (authority:LocalAuthority)-[:IN_REGION]->(region:Region) WHERE region.iri IN $region
RETURN authority.name AS authority, authority.gss AS gss ORDER BY authority
```"""


if __name__ == "__main__":
    DOCS.write_text(markdown(load_questions().values()), encoding="utf-8")
