"""Tokens of a Cypher statement, as the server reads them: escapes resolved, comments blanked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from caregraph.ontology.errors import QueryRefused

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


def unescaped(cypher: str) -> str:
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


def tokenized(text: str) -> tuple[str, list[Token]]:
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


def token_at(tokens: Sequence[Token], index: int) -> Token:
    """Token at an index, ``END`` beyond both ends."""
    return tokens[index] if 0 <= index < len(tokens) else END
