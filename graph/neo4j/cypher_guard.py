"""Cypher read token by token, to refuse what is not one plain read: the first wall of `neo4j.read_only`.

A statement that passes is handed on with its escapes resolved and its comments
blanked, so that the server cannot read into it what was not read here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caregraph.ontology.errors import QueryRefused

FIRST_WORDS = frozenset({"match", "optional", "unwind", "with", "return", "call"})
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
# minutes past a limit of five seconds. So a loop goes over no list that a range makes endless, and holds no other loop.
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
    """``text`` is in lower case for words, and without its quotes for a name in back-ticks."""

    kind: str
    text: str

    @property
    def is_name(self) -> bool:
        return self.kind in ("word", "quoted")


END = Token("end", "")


def plain_read(cypher: str) -> str:
    """The statement as the server shall get it.

    Raises:
        QueryRefused: if it is not a single statement that can only read, as far as its words tell.

    >>> plain_read("MATCH (n) // all of them\\nRETURN n.\\u006eame;")
    'MATCH (n)               \\nRETURN n.name '
    """
    text, tokens = _read(_unescaped(cypher))
    for reason in _objections(tokens):
        raise QueryRefused(reason)
    return text


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


def _read(text: str) -> tuple[str, list[Token]]:
    """The text with blanks for comments and for semicolons at its end, and its tokens."""
    tokens: list[Token] = []
    pieces: list[str] = []
    for match in TOKENS.finditer(text):
        kind, found = match.lastgroup or "", match[0]
        if kind == "sign" and found in ("'", '"', "`", "/*"):
            raise QueryRefused("a string, a name or a comment has no end")
        if kind == "space":
            pieces.append(re.sub(r"[^\n\r]", " ", found))
            continue
        pieces.append(found)
        tokens.append(Token(kind, _spelled(kind, found)))
    while tokens and tokens[-1].text == ";":
        tokens.pop()
        pieces[len(pieces) - 1 - pieces[::-1].index(";")] = " "
    return "".join(pieces), tokens


def _spelled(kind: str, found: str) -> str:
    if kind == "quoted":
        return found[1:-1].replace("``", "`").lower()
    # upper() as well, for letters such as the long s and the dotless i that are capital S and I
    return found.casefold().upper().lower() if kind == "word" else found


def _objections(tokens: Sequence[Token]) -> Iterator[str]:
    """Why a statement is refused, the first reason first."""
    if not tokens:
        yield "there is nothing to run"
    elif tokens[0].kind != "word" or tokens[0].text not in FIRST_WORDS:
        yield f"a statement that reads begins with one of {', '.join(sorted(FIRST_WORDS)).upper()}"
    for at, token in enumerate(tokens):
        if token == Token("sign", ";"):
            yield "only one statement at a time"
        if token.is_name and _at(tokens, at - 1).text != ".":
            yield from _name_objections(tokens, at)
    yield from _loop_objections(tokens)


def _at(tokens: Sequence[Token], at: int) -> Token:
    return tokens[at] if 0 <= at < len(tokens) else END


def _name_objections(tokens: Sequence[Token], at: int) -> Iterator[str]:
    """What is wrong with a name that may be a clause, a procedure or a function."""
    before, token, after = _at(tokens, at - 1), tokens[at], _at(tokens, at + 1)
    if token.kind == "word" and after.is_name and before.text not in (":", "$"):
        if token.text == "load" and after.text == "csv":
            yield "LOAD CSV reads files and other servers"
        if token.text == "use":
            yield "USE turns to another database"
    name = _dotted(tokens, at)
    if before == Token("word", "call"):
        if name not in PROCEDURES and ("." in name or after.text == "("):
            yield f"the procedure {name} is not among those allowed"
    elif "." in name and _at(tokens, at + 2 * name.count(".") + 1).text == "(" and name.split(".")[0] not in NAMESPACES:
        yield f"the function {name} is not among Neo4j's own"


def _dotted(tokens: Sequence[Token], at: int) -> str:
    """The name that begins at a token, with those that dots join to it."""
    parts = [tokens[at].text.replace(".", "`")]  # a dot inside back-ticks joins nothing
    while _at(tokens, at + 1).text == "." and _at(tokens, at + 2).is_name:
        at += 2
        parts.append(tokens[at].text.replace(".", "`"))
    return ".".join(parts)


def _loop_objections(tokens: Sequence[Token]) -> Iterator[str]:
    """Loops that could run on while the server does not look at the clock."""
    open_brackets: list[str] = []  # of each: "plain", a loop's "source", or its "body"
    for at, token in enumerate(tokens):
        if token.kind == "sign" and token.text in "([{":
            loop = _opens_loop(tokens, at)
            if loop and "body" in open_brackets and not _over_short_list(tokens, at):
                yield "a loop inside a loop cannot be stopped by the server; UNWIND makes rows of a list"
            open_brackets.append("source" if loop else "plain")
        elif token.kind == "sign" and token.text in ")]}" and open_brackets:
            open_brackets.pop()
        elif open_brackets and open_brackets[-1] == "source" and token.text in ("|", "where"):
            open_brackets[-1] = "body"
        elif token == Token("word", "range") and _at(tokens, at - 1).text != "unwind" and not _short_range(tokens, at):
            yield "a range in an expression takes numbers of up to five digits or a size(); after UNWIND, any"


def _opens_loop(tokens: Sequence[Token], at: int) -> bool:
    if tokens[at].text == "(":
        return _at(tokens, at - 1).kind == "word" and _at(tokens, at - 1).text in LOOPS
    return tokens[at].text == "[" and _at(tokens, at + 1).is_name and _at(tokens, at + 2) == Token("word", "in")


def _over_short_list(tokens: Sequence[Token], at: int) -> bool:
    """Whether a loop goes over something that a node, a path or the statement itself keeps short."""
    source = next((place for place in range(at, len(tokens)) if tokens[place] == Token("word", "in")), len(tokens)) + 1
    return _at(tokens, source).text in SHORT_LISTS and _at(tokens, source + 1).text == "("


def _short_range(tokens: Sequence[Token], at: int) -> bool:
    """Whether a range is short by its words; a name that is no function's is not long."""
    at, depth = at + 2, int(_at(tokens, at + 1).text == "(")
    while depth and at < len(tokens):
        token = tokens[at]
        depth += (token.text == "(") - (token.text == ")")
        inside_size = depth > 1
        measures = token.text in ("size", "length") and _at(tokens, at + 1).text == "("
        small = token.kind == "number" and len(token.text) <= RANGE_DIGITS
        if not (inside_size or measures or small or token.text in ("(", ")", ",", "+", "-")):
            return False
        at += 1
    return True
