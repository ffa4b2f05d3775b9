"""Wording: names and places put into a sentence."""

from collections.abc import Sequence


def join_names(names: Sequence[str]) -> str:
    """Write names as a list in words; empty if there are none.

    >>> join_names(["Ashmere", "Fenwick", "Oxmoor"]), join_names(["Ashmere"])
    ('Ashmere, Fenwick and Oxmoor', 'Ashmere')
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def place_of(page: int, paragraph: str | None) -> str:
    """Write the place of a quotation in its document.

    >>> place_of(7, "23"), place_of(7, None)
    ('page 7, paragraph 23', 'page 7')
    """
    return f"page {page}, paragraph {paragraph}" if paragraph else f"page {page}"


def words_not_fetched(page: int, paragraph: str | None) -> str:
    """Text that stands where the words of a document are not here.

    >>> words_not_fetched(7, "23")
    '(page 7, paragraph 23: words not fetched)'
    """
    return f"({place_of(page, paragraph)}: words not fetched)"


def sentence_case(text: str) -> str:
    """Text with its first letter as a capital, the others unchanged."""
    return text[:1].upper() + text[1:]
