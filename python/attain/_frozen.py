"""What can not be changed once it is made."""

from __future__ import annotations

from typing import NoReturn


class Frozen:
    """A class whose values are set once, by itself."""

    __slots__ = ()

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} can not be changed: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} can not be changed: {name}")
