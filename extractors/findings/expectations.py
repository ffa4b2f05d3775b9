"""Expectations of the National Framework to which words refer a finding: '(outcome 3, national framework)'."""

import re

from caregraph.extractors.reading.flow import Block

_LARGEST = {"outcome": 4, "enabler": 3, "principle": 6}
_NUMBERED = re.compile(
    r"\b(?P<kind>outcome|enabler|principle)s?\s+(?P<numbers>\d(?:\s*(?:,|and|&|to)\s*\d){0,5})(?!\d)", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\((?P<words>[^()]{3,160})\)")
_FRAMEWORK = re.compile(r"\bnational\s+framework\b", re.IGNORECASE)


def expectations_in(text: str, start: int, end: int, block: Block) -> tuple[str, ...]:
    """Ids of the expectations to which a finding refers, in reading order; a bullet's first finding has all of it.

    They stand in brackets, or in a sentence that names the National Framework.

    >>> words = "Support for older children (Outcomes 3 and 4, national framework). More."
    >>> expectations_in(words, 0, 33, Block("bullet", 0, len(words)))
    ('outcome-3', 'outcome-4')
    """
    words = text[start : block.end] if block.kind == "bullet" and start == block.start else text[start:end]
    parts = [words] if _FRAMEWORK.search(words) else [match["words"] for match in _IN_BRACKETS.finditer(words)]
    found = (
        f"{match['kind'].lower()}-{number}"
        for part in parts
        for match in _NUMBERED.finditer(part)
        for number in re.findall(r"\d", match["numbers"])
        if 1 <= int(number) <= _LARGEST[match["kind"].lower()]
    )
    return tuple(dict.fromkeys(found))
