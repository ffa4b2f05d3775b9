"""Guard over the words of a Cypher statement, the first layer of `neo4j.read_only`: only one plain read passes.

EXPLAIN and PROFILE may stand before one, and SHOW may list indexes, constraints, functions and procedures. A statement
that passes is handed on with its escapes resolved and its comments blanked, so that the server reads the same tokens as
the guard did.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from caregraph.ontology.errors import QueryRefused

FIRST_WORDS = frozenset({"match", "optional", "unwind", "with", "return", "call"})
PREFIXES = frozenset({"explain", "profile"})
# Lists that SHOW may print: nothing of users, settings, transactions or other databases.
LISTS = frozenset({"index", "indexes", "constraint", "constraints", "function", "functions", "procedure", "procedures"})
KINDS_IN_LISTS = frozenset(
    """all built defined exist existence exists fulltext in key lookup node point property range rel relationship text
    type unique uniqueness user vector""".split()
)
# Words that begin another clause or command. None may follow in a statement with SHOW, which can be composed.
CLAUSES = frozenset(
    """alter call create delete deny detach drop explain finish foreach grant insert load match merge optional profile
    remove revoke set show start stop terminate union unwind use with""".split()
)
PROCEDURES = frozenset(
    {
        "db.labels",
        "db.relationshiptypes",
        "db.propertykeys",
        "db.schema.visualization",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.index.fulltext.querynodes",
        "db.index.vector.querynodes",
    }
)
# Functions whose names have dots come with plug-ins, and some of those run Cypher; these are Neo4j's own.
NAMESPACES = frozenset({"date", "datetime", "localdatetime", "time", "localtime", "duration", "point", "vector"})
# The server does not look at the clock inside an expression: ten thousand million turns of one `reduce` ran for four
# minutes past a limit of five seconds. So a loop may not go over a long range, and may not hold another loop.
LOOPS = frozenset({"reduce", "all", "any", "none", "single"})
SHORT_LISTS = frozenset({"labels", "keys", "nodes", "relationships"})
RANGE_DIGITS = 5

ESCAPES = re.compile(r"\\\\|\\u([0-9A-Fa-f]{4})")
TOKENS = re.compile(
    r"""(?P<space>\s+|//[^\n\r]*|/\*.*?\*/)
      | (?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
      | (?P<quoted>`(?:``|[^`])*`)
      | (?P<number>\d+)
      | (?P<word>[^\W\d]\w*)
      | (?P<sign>/\*|.)""",
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """Token of a statement; ``text`` is lower case for words, and without its quotes for a name in back-ticks."""

    kind: str
    text: str

    @property
    def is_name(self) -> bool:
        return self.kind in ("word", "quoted")


END = Token("end", "")  # beyond the last token, and before the first
Mode = Literal["read", "explain", "profile", "show"]


@dataclass(frozen=True, slots=True)
class GuardedStatement:
    """Statement in the form in which the server shall get it, without EXPLAIN or PROFILE before it."""

    text: str
    mode: Mode = "read"


def guarded_statement(cypher: str) -> GuardedStatement:
    """Return the statement in the form in which the server shall get it.

    Raises:
        QueryRefused: if its words show that it is not a single statement that only reads.

    >>> guarded_statement("MATCH (n) // all of them\\nRETURN n.\\u006eame;")
    GuardedStatement(text='MATCH (n)               \\nRETURN n.name ', mode='read')
    >>> guarded_statement("Explain RETURN 1")
    GuardedStatement(text='        RETURN 1', mode='explain')
    """
    text, tokens = _tokenized(_unescaped(cypher))
    mode: Mode = "read"
    first = tokens[0] if tokens else END
    if first.kind == "word" and first.text in PREFIXES:
        mode = "explain" if first.text == "explain" else "profile"
        start = len(text) - len(text.lstrip())
        text = text[:start] + " " * len(first.text) + text[start + len(first.text) :]
        tokens = tokens[1:]
    elif first == Token("word", "show"):
        mode = "show"
    for objection in (*(_show_objections if mode == "show" else _beginning_objections)(tokens), *_objections(tokens)):
        raise QueryRefused(objection)
    return GuardedStatement(text, mode)


def _unescaped(cypher: str) -> str:
    """Resolve ``\\uXXXX``, which Neo4j does before all else, but leave pairs of backslashes as they are."""

    def resolved(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        character = chr(int(match[1], 16))
        if character == "\\":
            raise QueryRefused("a backslash may not be written as an escape")
        return character

    try:
        return ESCAPES.sub(resolved, cypher).encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError as error:
        raise QueryRefused("an escape stands for half a character") from error


def _tokenized(text: str) -> tuple[str, list[Token]]:
    """Split a statement into tokens, and blank its comments and the semicolons at its end."""
    tokens: list[Token] = []
    pieces: list[str] = []
    for match in TOKENS.finditer(text):
        kind, piece = match.lastgroup or "", match[0]
        if kind == "sign" and piece in ("'", '"', "`", "/*"):
            raise QueryRefused("a string, a name or a comment has no end")
        if kind == "space":
            pieces.append(re.sub(r"[^\n\r]", " ", piece))
            continue
        pieces.append(piece)
        tokens.append(Token(kind, _normalized(kind, piece)))
    while tokens and tokens[-1].text == ";":
        tokens.pop()
        pieces[len(pieces) - 1 - pieces[::-1].index(";")] = " "
    return "".join(pieces), tokens


def _normalized(kind: str, piece: str) -> str:
    if kind == "quoted":
        return piece[1:-1].replace("``", "`").lower()
    # upper() as well, for letters such as the long s and the dotless i that are capital S and I
    return piece.casefold().upper().lower() if kind == "word" else piece


def _beginning_objections(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the reason to refuse a statement for its first word."""
    if not tokens:
        yield "there is nothing to run"
    elif tokens[0].kind != "word" or tokens[0].text not in FIRST_WORDS:
        yield f"a statement that reads begins with one of {', '.join(sorted(FIRST_WORDS)).upper()}"


def _objections(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the reasons to refuse a statement for any of its words."""
    for index, token in enumerate(tokens):
        if token == Token("sign", ";"):
            yield "only one statement at a time"
        if token.is_name and _token(tokens, index - 1).text != ".":
            yield from _name_objections(tokens, index)
    yield from _loop_objections(tokens)


def _show_objections(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the reasons to refuse a statement that begins with SHOW."""
    index = 1
    while _token(tokens, index).kind == "word" and _token(tokens, index).text in KINDS_IN_LISTS:
        index += 1
    listed, after = _token(tokens, index), _token(tokens, index + 1)
    if listed.kind != "word" or listed.text not in LISTS:
        yield "SHOW may list indexes, constraints, functions and procedures, and nothing else"
    if after not in (END, Token("word", "yield"), Token("word", "where")):
        yield "after the list that SHOW names come YIELD, WHERE or nothing"
    for position in range(index + 1, len(tokens)):
        token, before = tokens[position], tokens[position - 1]
        is_comparison = token.text == "with" and before.text in ("starts", "ends")
        if token.kind == "word" and token.text in CLAUSES and before.text != "." and not is_comparison:
            yield f"{token.text.upper()} may not follow in a statement with SHOW"


def _token(tokens: Sequence[Token], index: int) -> Token:
    return tokens[index] if 0 <= index < len(tokens) else END


def _name_objections(tokens: Sequence[Token], index: int) -> Iterator[str]:
    """Yield the reasons to refuse a name that may be a clause, a procedure or a function."""
    before, token, after = _token(tokens, index - 1), tokens[index], _token(tokens, index + 1)
    if token.kind == "word" and after.is_name and before.text not in (":", "$"):
        if token.text == "load" and after.text == "csv":
            yield "LOAD CSV reads files and other servers"
        if token.text == "use":
            yield "USE turns to another database"
    name = _dotted_name(tokens, index)
    after_name = _token(tokens, index + 2 * name.count(".") + 1)
    if before == Token("word", "call"):
        if name not in PROCEDURES and ("." in name or after.text == "("):
            yield f"the procedure {name} is not among those allowed"
    elif "." in name and after_name.text == "(" and name.split(".")[0] not in NAMESPACES:
        yield f"the function {name} is not among Neo4j's own"


def _dotted_name(tokens: Sequence[Token], index: int) -> str:
    """Join the name that begins at a token with the names that follow after dots."""
    parts = [tokens[index].text.replace(".", "`")]  # a dot inside back-ticks joins nothing
    while _token(tokens, index + 1).text == "." and _token(tokens, index + 2).is_name:
        index += 2
        parts.append(tokens[index].text.replace(".", "`"))
    return ".".join(parts)


def _loop_objections(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the reasons to refuse loops that could run on while the server does not look at the clock."""
    open_brackets: list[str] = []  # of each: "plain", a loop's "source", or its "body"
    for index, token in enumerate(tokens):
        if token.kind == "sign" and token.text in "([{":
            loop = _opens_loop(tokens, index)
            if loop and "body" in open_brackets and not _loops_over_short_list(tokens, index):
                yield "a loop inside a loop cannot be stopped by the server; UNWIND makes rows of a list"
            open_brackets.append("source" if loop else "plain")
        elif token.kind == "sign" and token.text in ")]}" and open_brackets:
            open_brackets.pop()
        elif open_brackets and open_brackets[-1] == "source" and token.text in ("|", "where"):
            open_brackets[-1] = "body"
        elif _is_long_range(tokens, index) and _token(tokens, index - 1).text != "unwind":
            yield "a range in an expression takes numbers of up to five digits or a size(); after UNWIND, any"


def _opens_loop(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a bracket begins a list comprehension, or the arguments of a function such as reduce()."""
    before = _token(tokens, index - 1)
    if tokens[index].text == "(":
        return before.kind == "word" and before.text in LOOPS
    names_variable = _token(tokens, index + 1).is_name and _token(tokens, index + 2) == Token("word", "in")
    return tokens[index].text == "[" and names_variable


def _loops_over_short_list(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether the list of a loop is the result of a function that always gives a short one."""
    later = range(index, len(tokens))
    source = next((position for position in later if tokens[position] == Token("word", "in")), len(tokens)) + 1
    return _token(tokens, source).text in SHORT_LISTS and _token(tokens, source + 1).text == "("


def _is_long_range(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a token calls ``range`` with arguments that may be large.

    Numbers of few digits, size() and length(), added or subtracted, are small; inside size() and length() anything may
    stand. The word without a bracket after it calls nothing.
    """
    if tokens[index] != Token("word", "range"):
        return False
    index, depth = index + 2, int(_token(tokens, index + 1).text == "(")
    while depth and index < len(tokens):
        token = tokens[index]
        depth += (token.text == "(") - (token.text == ")")
        is_inside_call = depth > 1
        is_measure = token.text in ("size", "length") and _token(tokens, index + 1).text == "("
        is_small = token.kind == "number" and len(token.text) <= RANGE_DIGITS
        if not (is_inside_call or is_measure or is_small or token.text in ("(", ")", ",", "+", "-")):
            return True
        index += 1
    return False
