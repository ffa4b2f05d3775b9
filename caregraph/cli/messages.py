"""Remarks on standard error, a line each, printed without rich, which takes longer to import than most commands run."""

import sys

_CONTROL = dict.fromkeys((7, 8, 11, 12, 13))  # bell, backspace, vertical tab, form feed, carriage return


def note(words: str) -> None:
    """A remark on standard error. Words from reports are printed as they are, without what moves the cursor."""
    print(words.translate(_CONTROL), file=sys.stderr, flush=True)


def tell(words: str) -> None:
    """What is being waited for."""
    dots = "…" if sys.stderr.encoding.startswith("utf") else "..."
    note(f"  {words} {dots}")
