"""What goes wrong, with its place and what was expected; all faults of a document at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn, TypeVar

__all__ = [
    "AttainError",
    "DuplicateError",
    "Fault",
    "InconsistentError",
    "InvalidValueError",
    "LimitError",
    "MissingFieldError",
    "NotExactError",
    "SeveralFaultsError",
    "SyntaxFaultError",
    "UnknownFieldError",
    "UnknownReferenceError",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: what is wrong, where, and what was expected instead.

    ``kind`` is one of ``syntax``, ``unknown_field``, ``missing_field``, ``invalid_value``, ``duplicate``,
    ``unknown_reference``, ``inconsistent``, ``limit``. ``path`` leads from the document's root to the value, names of fields
    and columns as ``str``, places in lists (from 0) as ``int``. ``line`` and ``column`` count from 1 and are ``None`` where no
    text is behind the value.
    """

    kind: str
    path: tuple[str | int, ...]
    line: int | None
    column: int | None
    what: str
    expected: str
    text: str

    def __str__(self) -> str:
        return self.text


class AttainError(ValueError):
    """What every error of this package is.

    ``faults`` has every fault, in the order of the document; ``file`` is the name of the file they stand in, if there is one.
    It prints one line a fault: ``file:line:column: what; expected …``.
    """

    faults: tuple[Fault, ...]
    file: str | None

    def __init__(self, faults: Sequence[Fault], file: str | None = None) -> None:
        self.faults = tuple(faults)
        self.file = file
        before = "" if file is None else f"{file}:"
        super().__init__("\n".join(f"{before}{fault}" for fault in self.faults))

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.faults, self.file))

    def within(self, file: str) -> AttainError:
        """The same error, of a file of that name."""
        return type(self)(self.faults, file)

    def of_values(self, path: Callable[[tuple[str | int, ...]], tuple[str | int, ...]] = lambda path: path) -> AttainError:
        """The same error, of values that nobody wrote as a text: without lines, and at the places that ``path`` gives."""
        told: list[Fault] = []
        for fault in self.faults:
            at = path(fault.path)
            text = f"{place_in_words(at)}: {fault.what}; expected {fault.expected}"
            told.append(Fault(fault.kind, at, None, None, fault.what, fault.expected, text))
        # Two entries may have been made of one value, and both say what is wrong with it.
        return type(self)(list(dict.fromkeys(told)), self.file)


def place_in_words(path: Sequence[str | int]) -> str:
    """A path as messages write it, such as ``facts[2].value``."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


class SyntaxFaultError(AttainError):
    """The text is not TOML, JSON or CSV at all."""


class UnknownFieldError(AttainError):
    """A field or column that the format does not know."""


class MissingFieldError(AttainError):
    """A field or column that is required and absent."""


class InvalidValueError(AttainError):
    """A value of the wrong type, or outside what is allowed."""


class DuplicateError(AttainError):
    """Something given twice that may be given once."""


class UnknownReferenceError(AttainError):
    """A reference to something that does not exist."""


class InconsistentError(AttainError):
    """Values that contradict each other, such as a part above its whole."""


class LimitError(AttainError):
    """More than a stated limit allows."""


class NotExactError(AttainError, TypeError):
    """A ``float`` or ``bool`` where an exact number is meant.

    This is said of arguments. A column of floats is an :class:`InvalidValueError` with its name, as every other column
    that can not be read.
    """


class SeveralFaultsError(AttainError):
    """Faults of more than one kind; ``faults`` has them all, each with its ``kind``."""


_CLASSES: dict[str, type[AttainError]] = {
    "syntax": SyntaxFaultError,
    "unknown_field": UnknownFieldError,
    "missing_field": MissingFieldError,
    "invalid_value": InvalidValueError,
    "duplicate": DuplicateError,
    "unknown_reference": UnknownReferenceError,
    "inconsistent": InconsistentError,
    "limit": LimitError,
}

_Told = tuple[str, list[str | int], tuple[int, int] | None, str, str, str]


def of_faults(told: Sequence[_Told]) -> AttainError:
    """The exception that holds these faults: of the class of their kind, where all are of one."""
    faults: list[Fault] = []
    for kind, path, place, what, expected, text in told:
        line, column = place or (None, None)
        faults.append(Fault(kind, tuple(path), line, column, what, expected, text))
    kinds = {fault.kind for fault in faults}
    one = _CLASSES.get(kinds.pop(), AttainError) if len(kinds) == 1 else SeveralFaultsError
    return one(faults)


T = TypeVar("T")


def must_be(kind: type[T], value: object, name: str, expected: str | None = None) -> T:
    """The value of an argument that has to be of a class; raises ``TypeError`` where it is not, as Python itself does."""
    if isinstance(value, kind):
        return value
    wanted = expected or f"attain.{kind.__name__}"
    raise TypeError(f"{name}: {value!r:.100} of type {type(value).__name__}; expected {wanted}")


def refuse(kind: type[AttainError], where: str, what: str, expected: str) -> NoReturn:
    """Raises an error about one argument."""
    code = next((code for code, known in _CLASSES.items() if known is kind), "invalid_value")
    raise kind([Fault(code, (where,), None, None, what, expected, f"{where}: {what}; expected {expected}")])
