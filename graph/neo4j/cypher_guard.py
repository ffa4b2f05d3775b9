"""Guard over the words of a Cypher statement, the first layer of `neo4j.read_only`: only one plain read passes.

EXPLAIN and PROFILE may stand before one, and SHOW may list indexes, constraints, functions and procedures. A statement
that passes is handed on with its escapes resolved and its comments blanked, so that the server reads the same tokens as
the guard did.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from caregraph.graph.neo4j.cypher_tokens import END, Token, token_at, tokenized, unescaped
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
# minutes past a limit of five seconds. So a loop may not go over a long range, and may not hold another loop, nor a
# search in a long list; what a loop adds up, which may be text that is copied at each turn, comes from a short list.
LOOPS = frozenset({"reduce", "all", "any", "none", "single"})
SHORT_LISTS = frozenset({"labels", "keys", "nodes", "relationships"})
RANGE_DIGITS, SHORT_DIGITS = 5, 3
# Nor inside a regular expression: a repeated part in which something repeats takes for ever on thirty letters.
REPEATED_PART = re.compile(r"\)[*+{]|\\[1-9]")
REPETITION = re.compile(r"[*+{]")
MOST_REPETITIONS = 3
MAX_LENGTH, MAX_DEPTH = 20_000, 100  # characters of a statement, and brackets in brackets

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
    if len(cypher) > MAX_LENGTH:
        raise QueryRefused(f"a statement has at most {MAX_LENGTH:,} characters")
    text, tokens = tokenized(unescaped(cypher))
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
        if token.is_name and token_at(tokens, index - 1).text != ".":
            yield from _name_objections(tokens, index)
    yield from _loop_objections(tokens)
    yield from _pattern_objections(tokens)


def _show_objections(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the reasons to refuse a statement that begins with SHOW."""
    index = 1
    while token_at(tokens, index).kind == "word" and token_at(tokens, index).text in KINDS_IN_LISTS:
        index += 1
    listed, after = token_at(tokens, index), token_at(tokens, index + 1)
    if listed.kind != "word" or listed.text not in LISTS:
        yield "SHOW may list indexes, constraints, functions and procedures, and nothing else"
    if after not in (END, Token("word", "yield"), Token("word", "where")):
        yield "after the list that SHOW names come YIELD, WHERE or nothing"
    for position in range(index + 1, len(tokens)):
        token, before = tokens[position], tokens[position - 1]
        is_comparison = token.text == "with" and before.text in ("starts", "ends")
        if token.kind == "word" and token.text in CLAUSES and before.text != "." and not is_comparison:
            yield f"{token.text.upper()} may not follow in a statement with SHOW"


def _name_objections(tokens: Sequence[Token], index: int) -> Iterator[str]:
    """Yield the reasons to refuse a name that may be a clause, a procedure or a function."""
    before, token, after = token_at(tokens, index - 1), tokens[index], token_at(tokens, index + 1)
    if token.kind == "word" and after.is_name and before.text not in (":", "$"):
        if token.text == "load" and after.text == "csv":
            yield "LOAD CSV reads files and other servers"
        if token.text == "use":
            yield "USE turns to another database"
    name = _dotted_name(tokens, index)
    after_name = token_at(tokens, index + 2 * name.count(".") + 1)
    if before == Token("word", "call"):
        if name not in PROCEDURES and ("." in name or after.text == "("):
            yield f"the procedure {name} is not among those allowed"
    elif "." in name and after_name.text == "(" and name.split(".")[0] not in NAMESPACES:
        yield f"the function {name} is not among Neo4j's own"


def _dotted_name(tokens: Sequence[Token], index: int) -> str:
    """Join the name that begins at a token with the names that follow after dots."""
    parts = [tokens[index].text.replace(".", "`")]  # a dot inside back-ticks joins nothing
    while token_at(tokens, index + 1).text == "." and token_at(tokens, index + 2).is_name:
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
            if loop and token_at(tokens, index - 1).text == "reduce":
                yield from _reduce_objections(tokens, index)
            open_brackets.append("source" if loop else "plain")
            if len(open_brackets) > MAX_DEPTH:
                yield f"brackets in brackets, more than {MAX_DEPTH} deep"
        elif token.kind == "sign" and token.text in ")]}" and open_brackets:
            open_brackets.pop()
        elif open_brackets and open_brackets[-1] == "source" and token.text in ("|", "where"):
            open_brackets[-1] = "body"
        elif token == Token("word", "in") and "body" in open_brackets and open_brackets[-1] != "source":
            if not _is_short_list(tokens, index + 1):
                yield f"inside a loop, {LIST_WITH_END}"
        elif _is_long_range(tokens, index) and token_at(tokens, index - 1).text != "unwind":
            yield "a range in an expression takes numbers of up to five digits or a size(); after UNWIND, any"


LIST_WITH_END = f"IN takes a list that shows its length of up to {SHORT_DIGITS} digits, as names[..999] or [1, 2]"


def _reduce_objections(tokens: Sequence[Token], opening: int) -> Iterator[str]:
    """Yield the reason to refuse a ``reduce`` that adds to what it has over a list of any length."""
    closing = _closing(tokens, opening)
    arguments = tokens[opening:closing]
    if Token("sign", "+") not in arguments or Token("word", "in") not in arguments:
        return
    if not _is_short_list(tokens, opening + arguments.index(Token("word", "in")) + 1):
        yield f"in a reduce() that adds, {LIST_WITH_END}; sum() and collect() go over any number of rows"


def _closing(tokens: Sequence[Token], opening: int) -> int:
    """Index of the bracket that closes one, or behind the last token if none does."""
    depth = 0
    for index in range(opening, len(tokens)):
        if tokens[index].kind == "sign":
            depth += (tokens[index].text in "([{") - (tokens[index].text in ")]}")
        if depth == 0:
            return index
    return len(tokens)


def _is_short_list(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether a list is written out, a parameter, the result of a function that gives short ones, or cut short."""
    first, following = token_at(tokens, start), token_at(tokens, start + 1)
    end = start + 1 if first.is_name else start + 2 if first.text == "$" else _closing(tokens, start) + 1
    while token_at(tokens, end).text in (".", "(", "["):
        end = end + 2 if tokens[end].text == "." else _closing(tokens, end) + 1
    if token_at(tokens, end).text == "+":
        return False
    is_cut = [token.text for token in tokens[end - 4 : end - 2]] == [".", "."] and _is_small(token_at(tokens, end - 2))
    if token_at(tokens, end - 1).text == "]" and is_cut:
        return True
    if first == Token("word", "range") and following.text == "(":
        return not _is_long_range(tokens, start, digits=SHORT_DIGITS)
    is_written = first.text == "[" and not _opens_loop(tokens, start)
    return is_written or first.text == "$" or (first.text in SHORT_LISTS and following.text == "(")


def _is_small(token: Token) -> bool:
    return token.kind == "number" and len(token.text) <= SHORT_DIGITS


def _pattern_objections(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the reasons to refuse regular expressions that could run on."""
    for index in range(len(tokens) - 1):
        if (tokens[index].text, tokens[index + 1].text) != ("=", "~"):
            continue
        pattern, after = token_at(tokens, index + 2), token_at(tokens, index + 3)
        if pattern.kind != "string" or after.text in ("+", "["):
            yield "after =~ comes a pattern written in quotes; CONTAINS and STARTS WITH take any text"
        elif not _is_plain_pattern(pattern.text[1:-1]):
            yield f"a pattern after =~ repeats no part in brackets, and at most {MOST_REPETITIONS} signs"


def _is_plain_pattern(text: str) -> bool:
    """Tell whether a regular expression, as Cypher writes it, ends soon on every text of a usual length.

    >>> _is_plain_pattern("(?i).*(mash|hub).*"), _is_plain_pattern("(a|aa)+"), _is_plain_pattern("[*+]\\\\+")
    (True, False, True)
    """
    pattern = text.replace("\\\\", "\\")
    if REPEATED_PART.search(pattern):
        return False
    bare = re.sub(r"\\.|\[\^?\]?[^\[\]\\]*\]", "x", pattern, flags=re.DOTALL)
    return len(REPETITION.findall(bare)) <= MOST_REPETITIONS


def _opens_loop(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a bracket begins a list comprehension, or the arguments of a function such as reduce()."""
    before = token_at(tokens, index - 1)
    if tokens[index].text == "(":
        return before.kind == "word" and before.text in LOOPS
    names_variable = token_at(tokens, index + 1).is_name and token_at(tokens, index + 2) == Token("word", "in")
    return tokens[index].text == "[" and names_variable


def _loops_over_short_list(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether the list of a loop is the result of a function that always gives a short one."""
    later = range(index, len(tokens))
    source = next((position for position in later if tokens[position] == Token("word", "in")), len(tokens)) + 1
    return token_at(tokens, source).text in SHORT_LISTS and token_at(tokens, source + 1).text == "("


def _is_long_range(tokens: Sequence[Token], index: int, *, digits: int = RANGE_DIGITS) -> bool:
    """Tell whether a token calls ``range`` with arguments that may be large.

    Numbers of few digits, size() and length(), added or subtracted, are small; inside size() and length() anything may
    stand. The word without a bracket after it calls nothing.
    """
    if tokens[index] != Token("word", "range"):
        return False
    index, depth = index + 2, int(token_at(tokens, index + 1).text == "(")
    while depth and index < len(tokens):
        token = tokens[index]
        depth += (token.text == "(") - (token.text == ")")
        is_inside_call = depth > 1
        is_measure = token.text in ("size", "length") and token_at(tokens, index + 1).text == "("
        is_small = token.kind == "number" and len(token.text) <= digits
        if not (is_inside_call or is_measure or is_small or token.text in ("(", ")", ",", "+", "-")):
            return True
        index += 1
    return False
