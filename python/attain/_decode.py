"""From the documents' dictionaries to records, by the records' own types."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union

from ._frozen import Frozen

T = TypeVar("T")

#: The key that a document uses where a record's field has another name.
KEY = "key"


class Named(Frozen, Mapping[str, T]):
    """Values by their names, in the document's order; it can not be changed."""

    __slots__ = ("_items",)
    _items: dict[str, T]

    def __init__(self, items: Mapping[str, T] | None = None) -> None:
        self._set(_items=dict(items or {}))

    def __getitem__(self, name: str) -> T:
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __reduce__(self) -> tuple[object, ...]:
        return (Named, (self._items,))

    def __repr__(self) -> str:
        return f"Named({self._items!r})"


@cache
def decoder(kind: Any) -> Callable[[Any], Any]:
    """What makes a value of this type of what a document has in its place."""
    origin = typing.get_origin(kind)
    if kind is Decimal:
        return Decimal
    if kind is date:
        return date.fromisoformat
    if origin in (Union, types.UnionType):
        return _either(typing.get_args(kind))
    if origin is tuple:
        inner = decoder(typing.get_args(kind)[0])
        return lambda values: tuple(inner(value) for value in values)
    if origin is Named:
        inner = decoder(typing.get_args(kind)[0])
        return lambda values: Named({name: inner(value) for name, value in values.items()})
    if _is_record(kind):
        return _record(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return lambda value: value


def _is_record(kind: Any) -> bool:
    return is_dataclass(kind) and isinstance(kind, type)


def _either(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    from .records import Undefined

    others = [kind for kind in kinds if kind is not type(None) and kind is not Undefined]
    records = [(set(required(kind)), decoder(kind)) for kind in others if _is_record(kind)]
    # The keys of one may all be keys of another: whoever asks for most comes first.
    records.sort(key=lambda record: len(record[0]), reverse=True)
    plain = [decoder(kind) for kind in others if not _is_record(kind)]
    undefined = decoder(Undefined) if Undefined in kinds else None

    def decode(value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, dict):
            if undefined is not None and "undefined" in value:
                return undefined(value)
            for needed, record in records:
                if needed <= value.keys():
                    return record(value)
        return plain[0](value)

    return decode


def required(record: type[Any]) -> list[str]:
    """The keys that a document always has for this record."""
    return [
        field.metadata.get(KEY, field.name)
        for field in fields(record)
        if field.default is MISSING and field.default_factory is MISSING
    ]


def _record(record: type[Any]) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(record)
    parts = [
        (field.name, field.metadata.get(KEY, field.name), hints[field.name]) for field in fields(record)
    ]
    ready: list[tuple[str, str, Callable[[Any], Any]]] = []

    def decode(value: Any) -> Any:
        if not ready:
            ready.extend((name, key, decoder(kind)) for name, key, kind in parts)
        return record(**{name: make(value[key]) for name, key, make in ready if key in value})

    return decode
