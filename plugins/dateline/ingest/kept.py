"""Small frozen values as JSON objects and back, by their own type hints: what polling remembers of a source.

A field that a newer version added takes its default; one that it dropped is forgotten.
"""

from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from pendulum import DateTime

from dateline.warehouse.metadata import moment_of, sortable

Value = TypeVar("Value")


def to_json(value: Any) -> Any:
    """Write a frozen value (or a list, a moment, a word, a number in one) as plain JSON data."""
    if is_dataclass(value):
        return {one.name: to_json(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, datetime):
        return sortable(value)
    if isinstance(value, Enum):
        return value.value
    return [to_json(one) for one in value] if isinstance(value, tuple) else value


def from_json(kind: type[Value], kept: dict[str, Any]) -> Value:
    """Read a frozen value of this kind back."""
    hints = _hints_of(kind)  # type: ignore[arg-type] # a class can be hashed
    return kind(**{name: _read(hints[name], value) for name, value in kept.items() if name in hints})


@cache  # they are read from their text each time, which took longer than all else here
def _hints_of(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(hint: Any, kept: Any) -> Any:
    if kept is None:
        return None
    if isinstance(hint, UnionType):
        return _read(next(one for one in get_args(hint) if one is not NoneType), kept)
    if get_origin(hint) is tuple:
        return tuple(_read(get_args(hint)[0], one) for one in kept)
    if hint is DateTime:
        return moment_of(kept)
    if is_dataclass(hint) and isinstance(hint, type):
        return from_json(hint, kept)
    return hint(kept) if isinstance(hint, type) and issubclass(hint, Enum) else kept
