"""Cells of CSV files that people open in a spreadsheet."""

from typing import TypeVar

T = TypeVar("T")

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # a text that begins so is run as a formula
ENCODING = "utf-8-sig"  # Excel reads UTF-8 only after this mark


def safe_cell(value: T) -> T | str:
    """Quote a text that a spreadsheet would run as a formula; any other value stays as it is.

    >>> safe_cell("=1+1"), safe_cell(-1), safe_cell("a - b")
    ("'=1+1", -1, 'a - b')
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
