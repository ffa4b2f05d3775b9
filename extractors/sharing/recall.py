"""Recall: shared things that a later sentence of the report calls by their kind, as in 'the joint adoption service'."""

import re
from collections.abc import Sequence

from caregraph.extractors.sharing.grammar import Statement

_CALLED = re.compile(r"\b(?:[Tt]he|[Tt]his|[Ii]ts)\s(?:joint|shared)\s(?P<words>\w[\w’'-]*(?:\s\w[\w’'-]*){1,4})")
_JOINT = re.compile(r"^(?:joint|shared)\s", re.IGNORECASE)
_SHARED = ("shares", "commissions-jointly", "hosts")


class KnownThings:
    """Things that the sentences of a report so far have said to be shared, by their words in small letters."""

    def __init__(self) -> None:
        self._by_words: dict[str, Statement] = {}

    def recall(self, sentence: str) -> Sequence[Statement]:
        """Statement of the known thing that a sentence calls joint or shared, if its words are two or more.

        It names no partners, as the sentence does not.
        """
        for match in _CALLED.finditer(sentence):
            words = match["words"].lower().split()
            for count in range(len(words), 1, -1):
                known = self._by_words.get(" ".join(words[:count]))
                if known:
                    return [known._replace(name=None, partners=(), partners_text=None)]
        return ()

    def add(self, statements: Sequence[Statement]) -> None:
        """Keep the shared things of a sentence."""
        for statement in statements:
            if statement.relation in _SHARED and statement.time == "now":
                self._by_words.setdefault(_JOINT.sub("", statement.thing).lower(), statement)
