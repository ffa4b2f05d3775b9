"""Typed rows: a dataclass made of one row of a query, with its columns checked against the fields."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")
Convert = Callable[[Any], Any]


def row_as(kind: type[T], row: Mapping[str, Any]) -> T:
    """Make a dataclass of a row; a map in a column becomes the dataclass of its field, a list a tuple.

    Raises:
        TypeError: if the row lacks a field's column, or has a column that is no field's.

    >>> from dataclasses import make_dataclass
    >>> Grade = make_dataclass("Grade", [("area", str), ("grade", str)])
    >>> row_as(Grade, {"area": "overall", "grade": "good"})
    Grade(area='overall', grade='good')
    >>> row_as(Grade, {"area": "overall", "mark": "good"})
    Traceback (most recent call last):
    TypeError: Grade: the row lacks the columns grade; Grade has no field for the columns mark
    """
    hashable: Any = kind  # a class is hashable, which mypy does not see of type[T]
    converters, required = _converters(hashable), _required(hashable)
    if not required <= row.keys() <= converters.keys():
        raise TypeError(f"{kind.__name__}: " + "; ".join(_faults(hashable, row)))
    return kind(**{column: converters[column](value) for column, value in row.items()})


def rows_as(kind: type[T], rows: Iterable[Mapping[str, Any]]) -> list[T]:
    """Make a dataclass of each row, as `row_as`."""
    return [row_as(kind, row) for row in rows]


def _faults(kind: Any, row: Mapping[str, Any]) -> Iterable[str]:
    if missing := sorted(_required(kind) - row.keys()):
        yield f"the row lacks the columns {', '.join(missing)}"
    if unknown := sorted(row.keys() - _converters(kind).keys()):
        yield f"{kind.__name__} has no field for the columns {', '.join(unknown)}"


@cache
def _converters(kind: Any) -> Mapping[str, Convert]:
    hints = get_type_hints(kind)
    return {field.name: _converter(hints[field.name]) for field in _fields(kind)}


@cache
def _required(kind: Any) -> frozenset[str]:
    return frozenset(
        field.name for field in _fields(kind) if field.default is MISSING and field.default_factory is MISSING
    )


def _fields(kind: Any) -> tuple[Field[Any], ...]:
    return fields(kind)


def _converter(hint: Any) -> Convert:
    """Conversion from the value of a column to the type of a field; a missing value stays missing."""
    if isinstance(hint, UnionType):
        [hint] = [option for option in get_args(hint) if option is not NoneType]
    if is_dataclass(hint):
        return lambda value: None if value is None else row_as(hint, value)  # type: ignore[arg-type]
    if get_origin(hint) is tuple:
        convert = _converter(get_args(hint)[0])
        return lambda value: None if value is None else tuple(map(convert, value))
    return lambda value: value
