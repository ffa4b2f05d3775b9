"""Tokens: a text cut for the matching of names, each token as printed and folded.

They are not spaCy's. Letters and digits are tokens of their own, so that a
footnote's digit can stand outside a match. Hyphens between letters, apostrophes
and quotation marks are no tokens; every other mark is one, and ends a phrase.
"""

import re
from typing import NamedTuple

HYPHENS = frozenset("-‐‑–")
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s'’‘`\"“”‐‑–-]|(?<!\w)[‐‑–-]|[‐‑–-](?!\w)|\n")
_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z]s?")
_APOSTROPHES = frozenset("'’`")
_SIBILANT = ("ches", "shes", "sses", "xes")


class Tokens(NamedTuple):
    """The tokens of a text in parallel lists, each token's index the same in all.

    ``starts`` and ``ends`` are characters of ``text`` (end exclusive); ``raw`` is
    the token as printed, ``folded`` its form for comparison (see ``fold``).
    """

    text: str
    starts: list[int]
    ends: list[int]
    raw: list[str]
    folded: list[str]

    def characters(self, first: int, last: int) -> tuple[int, int]:
        """Start and end, in characters, of the tokens ``first`` to ``last`` (exclusive, at least one)."""
        return self.starts[first], self.ends[last - 1]


def tokenize(text: str) -> Tokens:
    """Cut ``text`` into tokens; the ``s`` of a possessive belongs to no token."""
    tokens = Tokens(text, [], [], [], [])
    folded_forms: dict[str, str] = {}
    after_apostrophe = -1
    for match in _TOKEN.finditer(text):
        start, token = match.start(), match[0]
        if token == "s" and start == after_apostrophe:
            continue
        folded = folded_forms.get(token)
        if folded is None:
            folded = folded_forms[token] = fold(token)
        end = match.end()
        after_apostrophe = end + 1 if text[end : end + 1] in _APOSTROPHES else -1
        tokens.starts.append(start)
        tokens.ends.append(end)
        tokens.raw.append(token)
        tokens.folded.append(folded)
    return tokens


def fold(token: str) -> str:
    """Put a token into lower case and the singular.

    >>> [fold(token) for token in ("Enquiries", "panels", "Children", "access", "RHIs", "&")]
    ['enquiry', 'panel', 'child', 'access', 'rhi', 'and']
    """
    return "and" if token == "&" else strip_plural(token).lower()


def strip_plural(token: str) -> str:
    """Put a token into the singular, its capitals as they are."""
    if token.lower() in ("children", "childrens"):
        return token[:5]
    if len(token) < 4 or token[-1] != "s" or token.endswith(("ss", "us", "is")):
        return token
    if token.endswith("ies"):
        return token[:-3] + "y"
    return token[:-2] if token.endswith(_SIBILANT) else token[:-1]


def is_acronym(name: str) -> bool:
    """Tell if a name is made of capitals, two or more, as 'CiCC', 'H&WB' and 'RHIs' are."""
    return bool(_ACRONYM.fullmatch(name.replace("&", "")))
