"""Named questions: `.cypher` files whose comments say what they ask, which parameters they take and what comes back.

    // Who uses an agency                               the heading
    // Which councils does it serve, and who hosts it?  the question in plain English, in one or more lines
    //
    // group: sharing
    // step: improvement-ledger                         what makes the answer of the Cypher's rows, if it is more
    // parameter thing (named thing, "Adopt North East"): its name, or another by which it goes
    // parameter polarity (polarity, null): a closed list; null: it may be left out
    // parameter order (newest | oldest, "newest"): choices instead of a type
    // column authority: the council                    each column that comes back, in order
    // column evidence: the IRIs of findings and passages that prove the row
    // example: thing=ANE                               values that give an answer; empty for the defaults

A line ``// include NAME`` in the Cypher stands for the part of that name of `INCLUDED`, a rule that several share.

A type is one of PARSERS, a closed list of `queries.choices`, or what a name is a name
of, in the ontology's words: the Cypher then gets the list of the IRIs that the name
stands for, and of ``as at`` the list of the IRIs of the documents that are counted, or
null for all. A parameter without a default must be given. A row of a built-in question
proves itself: `quotation`, with its document, page and paragraph, and in `evidence` a
list of IRIs. ``python -m caregraph.graph.queries.questions`` writes docs/questions.md.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from caregraph.graph import standings
from caregraph.graph.improvement.ledger import ledger_rows
from caregraph.graph.queries.choices import AS_AT, choose, closed_lists
from caregraph.graph.queries.comparison.as_at import counted_documents
from caregraph.graph.queries.comparison.grade_status import GRADE_STATUS
from caregraph.graph.queries.comparison.stored_ledgers import refresh_ledgers, stored_rows
from caregraph.graph.queries.name_lookup import look_up_name, name_kinds
from caregraph.graph.query_result import QueryResult
from caregraph.graph.readers import BulkReader, ReadWriter
from caregraph.ontology.errors import BadQuestion
from caregraph.settings import question_folders

LEDGER = "improvement-ledger"  # the question, answered from what the database keeps of it
ANSWER_LIMIT = 10_000  # rows of a question by a user
# What makes an answer of the rows of a built-in question's Cypher and the values of its parameters.
Step = Callable[[Iterable[Mapping[str, Any]], Mapping[str, Any]], list[dict[str, Any]]]
STEPS: Mapping[str, Step] = {
    LEDGER: ledger_rows,
    "shared-services": standings.shared_service_rows,
    "silent-members": standings.expectation_rows,
}
INCLUDED: Mapping[str, str] = {"grade-status": GRADE_STATUS}  # parts of Cypher that questions share
EVIDENCE = "evidence"  # the column of IRIs that prove a row
FOLDER = Path(__file__).with_name("questions")
DOCS = Path(__file__).resolve().parents[2] / "docs" / "questions.md"
GROUPS = (
    "authorities", "inspections", "people", "services", "concepts", "findings", "sharing", "change",
    "quality of the data",
)  # fmt: skip
PARAMETER = re.compile(r"parameter (?P<name>\w+) \((?P<type>[^,()]+)(?:, (?P<default>.+?))?\): (?P<meaning>.+)")
FACTS = ("parameter ", "column ", "group:", "step:", "example:")
INCLUDE = re.compile(r"^// include (\S+)$", re.MULTILINE)
COLUMN = re.compile(r"column (?P<name>\w+): (?P<meaning>.+)")

MIN_NUMBER, MAX_NUMBER = -(2**63), 2**63 - 1  # that Neo4j can hold

Value = str | int | date | bool | None


def _parse_number(text: str) -> int:
    number = int(text)
    if not MIN_NUMBER <= number <= MAX_NUMBER:
        raise OverflowError(f"expected a number from {MIN_NUMBER} to {MAX_NUMBER}, got {number}")
    return number


def _parse_truth(text: str) -> bool:
    return {"true": True, "yes": True, "false": False, "no": False}[text.lower()]


PARSERS: Mapping[str, Callable[[str], Value]] = {
    "text": str,
    "number": _parse_number,
    "day": date.fromisoformat,
    "truth": _parse_truth,
}
EXPECTED: Mapping[str, str] = {"number": "a number", "day": "a day such as 2024-01-31", "truth": "yes or no"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question asks for: one of ``choices``, where there are any, else of the type."""

    name: str
    type: str
    choices: tuple[str, ...]
    required: bool
    default: Value
    meaning: str

    def parse(self, value: object) -> Value:
        """Parse what was typed; an empty text gives the default. A choice may be typed in any case.

        Raises:
            BadQuestion: if the parameter cannot have this value.
        """
        if value is None or (isinstance(value, str) and not value.strip()):
            if self.required:
                raise BadQuestion(f"{self.name}: a value is needed: {self.meaning}")
            return self.default
        text = value.isoformat() if isinstance(value, date) else str(value).strip()
        if self.choices:
            return choose(self.name, text, self.choices)
        try:
            return PARSERS.get(self.type, str)(text)
        except OverflowError as error:
            raise BadQuestion(f"{self.name}: {error}") from error
        except (ValueError, KeyError) as error:
            raise BadQuestion(f"{self.name}: expected {EXPECTED[self.type]}, got {text!r}") from error


@dataclass(frozen=True, slots=True)
class QuestionColumn:
    """A column of a question's answer."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that can be asked by its name.

    ``example`` are values that show what it is for. A question that is not ``built_in`` is a user's, and trusted as
    little as any Cypher. ``step`` is one of `STEPS`, or empty.
    """

    name: str
    group: str
    heading: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[QuestionColumn, ...]
    example: Mapping[str, str]
    cypher: str
    built_in: bool
    step: str = ""

    @property
    def name_parameters(self) -> dict[str, str]:
        """The parameters that are names, with the kind of name."""
        return {parameter.name: parameter.type for parameter in self.parameters if parameter.type in name_kinds()}

    @property
    def usage(self) -> str:
        """The parameters with their defaults, in brackets those that may be left out."""
        return " ".join(map(_usage, self.parameters))

    def parse_values(self, given: Mapping[str, object]) -> dict[str, Value]:
        """Parse the value of every parameter, from what was typed or the defaults.

        Raises:
            BadQuestion: if a name is no parameter's, or a parameter cannot have its value.
        """
        names = [parameter.name for parameter in self.parameters]
        if unknown := sorted(given.keys() - names):
            raise BadQuestion(f"{self.name} has no parameter {unknown[0]!r}; it has {', '.join(names) or 'none'}")
        return {parameter.name: parameter.parse(given.get(parameter.name)) for parameter in self.parameters}


def _usage(parameter: Parameter) -> str:
    if parameter.required:
        return parameter.name
    return f"[{parameter.name}]" if parameter.default is None else f"[{parameter.name}={parameter.default}]"


def load_questions(*folders: Path) -> dict[str, Question]:
    """The questions by name, group by group; one in ``folders`` replaces a built-in one of its name.

    Raises:
        BadQuestion: if a file lacks what it must say, or cannot be read.
    """
    return _sorted(read_question(path) for folder in (FOLDER, *folders) for path in _files(folder))


class GuardedReader(BulkReader, Protocol):
    """A database that answers trusted reads, and under guard the statements of users."""

    def query(self, cypher: str, parameters: Mapping[str, object], *, limit: int) -> QueryResult: ...


def answer_question(store: GuardedReader, question: Question, **parameters: object) -> list[dict[str, Any]]:
    """Answer a named question, one dict a row, keyed by column; white space in quotations is folded.

    Raises:
        BadQuestion: if a parameter is unknown to the question or cannot have that value, such as an unknown name, or
            the answer's columns are not those that a user's question declares.
        QueryRefused: if the question does not only read.
    """
    values: dict[str, Any] = dict(question.parse_values(parameters))
    for parameter, kind in question.name_parameters.items():
        if values[parameter] is not None:
            values[parameter] = look_up_name(store, kind, values[parameter])
    for asked in question.parameters:
        if asked.type == AS_AT:
            values[asked.name] = counted_documents(store, values[asked.name])
    if question.built_in:
        rows: Iterable[Mapping[str, Any]] = _built_in_rows(store, question, values)
    else:
        answer = store.query(question.cypher, values, limit=ANSWER_LIMIT)
        declared = tuple(column.name for column in question.columns)
        if answer.columns != declared:
            got = ", ".join(answer.columns)
            raise BadQuestion(f"{question.name}: expected the columns {', '.join(declared)}, got {got}")
        rows = answer.rows
    return [_fold_quotations(row) for row in rows]


def _built_in_rows(store: BulkReader, question: Question, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows that the database keeps of the answer, or else those that the Cypher and its step make."""
    if question.name == LEDGER:
        stored = stored_rows(store, question.cypher, values)
        return ledger_rows(store.read(question.cypher, **values), values) if stored is None else stored
    columns = standings.ROW_COLUMNS.get(question.step) or [column.name for column in question.columns]
    rows = store.read_in_one_record(question.cypher, columns, **values)
    return STEPS[question.step](rows, values) if question.step else rows


def refresh_stored_answers(store: ReadWriter) -> int:
    """Make anew, after a load, what the database keeps of answers; return the number of councils that had changed."""
    return refresh_ledgers(store, load_questions()[LEDGER].cypher)


def _fold_quotations(row: Mapping[str, Any]) -> dict[str, Any]:
    return {column: " ".join(value.split()) if isinstance(value, str) else value for column, value in row.items()}


def known_questions() -> tuple[dict[str, Question], list[str]]:
    """Load the built-in questions and the users'; the second value names the broken ones of users, with the reason."""
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
    """Questions by name, group by group; of those with one name the last."""
    order = {group: position for position, group in enumerate(GROUPS)}
    by_name = {question.name: question for question in questions}

    def key(question: Question) -> tuple[int, str, str]:
        return order.get(question.group, len(GROUPS)), question.group, question.name

    return {question.name: question for question in sorted(by_name.values(), key=key)}


def read_question(path: Path) -> Question:
    """Read a question from a file.

    Raises:
        BadQuestion: if it lacks what it must say, or cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadQuestion(f"{path.name}: cannot be read: {error}") from error
    lines = text.splitlines()
    count = next((number for number, line in enumerate(lines) if not line.startswith("//")), len(lines))
    comments = [line.removeprefix("//").strip() for line in lines[:count]]
    facts = [line for line in comments if line.startswith(FACTS)]
    prose = [line for line in comments if line and line not in facts]
    cypher = "\n".join(lines[count:]).strip()
    try:
        question = Question(
            name=path.stem,
            group=_only(facts, "group:"),
            heading=prose[0],
            description=" ".join(prose[1:]),
            parameters=tuple(_parameter(line) for line in facts if line.startswith("parameter ")),
            columns=tuple(QuestionColumn(**_fields(COLUMN, line)) for line in facts if line.startswith("column ")),
            example=_example(_only(facts, "example:")),
            cypher=INCLUDE.sub(lambda match: INCLUDED[match[1]], cypher),
            built_in=path.parent == FOLDER,
            step=_only(facts, "step:") if any(fact.startswith("step:") for fact in facts) else "",
        )
        if question.step and (question.step not in STEPS or not question.built_in):
            raise ValueError("only a built-in question has a step")
        question.parse_values(question.example)
    except (ValueError, IndexError, KeyError) as error:
        raise BadQuestion(f"{path.name}: {error}") from error
    if not (question.description and question.columns and question.cypher):
        raise BadQuestion(f"{path.name}: expected a heading, a description, columns and Cypher")
    return question


def _only(facts: Iterable[str], prefix: str) -> str:
    values = [line.removeprefix(prefix).strip() for line in facts if line.startswith(prefix)]
    if len(values) != 1:
        raise ValueError(f"expected one line `{prefix}`, got {len(values)}")
    return values[0]


def _fields(pattern: re.Pattern[str], line: str) -> dict[str, str]:
    match = pattern.fullmatch(line)
    if match is None:
        raise ValueError(f"cannot be read: {line}")
    return match.groupdict()


def _parameter(line: str) -> Parameter:
    fields = _fields(PARAMETER, line)
    type, default = fields["type"].strip(), fields["default"]
    choices = tuple(choice.strip() for choice in type.split("|")) if "|" in type else closed_lists().get(type, ())
    if not choices and type not in PARSERS and type not in name_kinds():
        types = ", ".join((*PARSERS, *closed_lists(), *name_kinds()))
        raise ValueError(f"{fields['name']}: expected one of {types}, or choices, got {type}")
    kind = "choice" if choices and type != AS_AT else type
    parameter = Parameter(fields["name"], kind, choices, default is None, None, fields["meaning"])
    value = json.loads(default) if default else None
    return parameter if value is None else replace(parameter, default=parameter.parse(value))


def _example(text: str) -> dict[str, str]:
    """Values written as ``name=value``, separated by semicolons."""
    pairs = (part.partition("=") for part in text.split(";") if part.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def questions_page(questions: Iterable[Question]) -> str:
    """The page that lists questions, in Markdown."""
    return "\n".join(_page(list(questions))) + "\n"


def _page(questions: list[Question]) -> Iterator[str]:
    yield INTRODUCTION.format(lists="`, `".join(closed_lists()), kinds="`, `".join(name_kinds()))
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
            yield from map(_parameter_row, question.parameters)
            yield ""
        yield "| Column | What it holds |\n|---|---|"
        for column in question.columns:
            yield f"| `{column.name}` | {column.meaning} |"


def _parameter_row(parameter: Parameter) -> str:
    takes = " or ".join(parameter.choices) or parameter.type
    left_out = "must be given" if parameter.required else "any" if parameter.default is None else str(parameter.default)
    return f"| `{parameter.name}` | {takes} | {left_out} | {parameter.meaning} |"


INTRODUCTION = """# Questions

Written by `python -m caregraph.graph.queries.questions` from `graph/queries/questions/*.cypher`; change those.

`caregraph ask` lists them; `caregraph ask NAME --param name=value` asks one. Capitals do not matter, in names or in
choices. In JSON and CSV, `evidence` has the IRIs of the findings and passages that prove a row.

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
```

A parameter takes `text`, a `number`, a `day` or a `truth` (yes or no); choices, written as `newest | oldest`; one of
the closed lists `{lists}`; or a name, by its kind: `{kinds}`.
The Cypher gets of `as at` the list of the IRIs of the documents that are counted, or null for all."""


if __name__ == "__main__":
    DOCS.write_text(questions_page(load_questions().values()), encoding="utf-8")
