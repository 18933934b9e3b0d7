"""Facts: what was reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from os import PathLike
from typing import Any, Literal, cast

from . import _attain
from ._frozen import Frozen
from .errors import AttainError, InvalidValueError, LimitError, NotExactError, must_be, refuse
from .plan import Plan, read_bytes

__all__ = ["Facts"]

#: What a cell of a fact may be.
Cell = str | int | Decimal | Fraction | date | None


class Facts(Frozen):
    """Facts of a plan: figures by indicator, unit and period, each with the day on which it was recorded.

    They belong to the plan that they were read with, and can not be changed.
    """

    __slots__ = ("_native", "_plan")
    _native: _attain.Facts
    _plan: Plan

    def __init__(self) -> None:
        raise TypeError("facts are read: Facts.from_csv, from_json, from_rows, from_frame or Facts.read")

    @classmethod
    def _of(cls, plan: Plan, native: _attain.Facts) -> Facts:
        facts = object.__new__(cls)
        facts._set(_native=native, _plan=plan)
        return facts

    @classmethod
    def from_csv(cls, plan: Plan, text: str | bytes) -> Facts:
        """Reads facts from CSV, format ``attain-facts/1``: a header, then a row a fact.

        Raises :class:`AttainError` with every fault, its line and column.
        """
        return cls._of(plan, _attain.Facts.from_csv(must_be(Plan, plan, "plan")._native, text))

    @classmethod
    def from_json(cls, plan: Plan, text: str | bytes) -> Facts:
        """Reads facts from JSON, format ``attain-facts/1``. Raises :class:`AttainError` with every fault and its place."""
        return cls._of(plan, _attain.Facts.from_json(must_be(Plan, plan, "plan")._native, text))

    @classmethod
    def read(cls, plan: Plan, path: str | PathLike[str]) -> Facts:
        """Reads facts from a file: JSON where its name ends in ``.json``, else CSV.

        Raises ``OSError`` where it can not be read, and :class:`AttainError` with the file, line and column of every fault.
        """
        name, text = read_bytes(path)
        try:
            return cls.from_json(plan, text) if name.lower().endswith(".json") else cls.from_csv(plan, text)
        except AttainError as error:
            raise error.within(name) from None

    @classmethod
    def decision_333(cls, plan: Plan) -> Facts:
        """The facts of Decision 333 that ship with the package: illustrative, but for the published indices."""
        return cls.from_csv(plan, _attain.decision_333()[1])

    @classmethod
    def from_rows(cls, plan: Plan, rows: Iterable[Mapping[str, Cell]]) -> Facts:
        """Facts from rows of Python values, by the columns of ``attain-facts/1``.

        Numbers are ``int``, ``decimal.Decimal``, ``fractions.Fraction`` with a finite decimal, or ``str``; days are
        ``datetime.date`` or ``str``; ``None`` says nothing. A ``float`` or ``bool`` raises :class:`NotExactError`.

        >>> import attain
        >>> from decimal import Decimal
        >>> plan = attain.Plan.decision_333()
        >>> facts = attain.Facts.from_rows(plan, [{"indicator": "par-index", "period": "2024", "value": Decimal("85.12")}])
        >>> len(facts)
        1
        """
        import json

        must_be(Plan, plan, "plan")
        texts = [
            {name: exact_text(cell, f"facts[{place}].{name}") for name, cell in _row(row, place) if cell is not None}
            for place, row in enumerate(rows)
        ]
        try:
            return cls.from_json(plan, json.dumps({"format": "attain-facts/1", "facts": texts}))
        except AttainError as error:
            raise error.of_values() from None

    @classmethod
    def from_frame(cls, plan: Plan, frame: Any, *, floats: Literal["refused", "as_written"] = "refused") -> Facts:
        """Facts from anything that speaks the Arrow PyCapsule interface: polars, pandas, pyarrow, DuckDB, a stream of chunks.

        Columns are those of ``attain-facts/1``, in any order. Figures are integers, decimals of any width, or texts; days are
        dates or texts. Null says nothing, and is never 0. Columns of floats raise unless ``floats="as_written"``, which takes
        of each the shortest decimal that reads back as it: 0.1 is 0.1.

        Raises :class:`AttainError` with every fault, its column and its row from 0.
        """
        native = must_be(Plan, plan, "plan")._native
        return cls._of(plan, _attain.Facts.from_frame(native, frame, as_written(floats)))

    @property
    def plan(self) -> Plan:
        """The plan that they were read with."""
        return self._plan

    def rows(self) -> list[dict[str, str | None]]:
        """The rows as a document has them, in the order in which they were read."""
        return self._native.rows()

    def to_csv(self) -> str:
        """The facts as CSV."""
        return self._native.to_csv()

    def to_json(self) -> str:
        """The facts as JSON."""
        return self._native.to_json()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The facts as an Arrow stream: ``polars.DataFrame(facts)``, ``pyarrow.table(facts)``."""
        return self._native.__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return len(self._native)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Facts) and self._plan == other._plan and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash((self._plan, self.to_json()))

    def __reduce__(self) -> tuple[object, ...]:
        return (Facts.from_json, (self._plan, self.to_json()))

    def __repr__(self) -> str:
        return f"<attain.Facts of {self._plan.id!r}: {len(self)} records>"

    def _repr_html_(self) -> str:
        from ._html import table

        rows = self.rows()
        heads = [name for name in _attain.columns_of_facts() if any(row.get(name) is not None for row in rows[:50])]
        shown = [[row.get(name) or "" for name in heads] for row in rows[:50]]
        return table(repr(self), heads, shown)


#: What is far beyond the digits that a number may have is not written out only to be refused.
_DIGITS = 1000


def _row(row: object, place: int) -> Iterable[tuple[str, object]]:
    """The cells of a row by their columns."""
    where = f"facts[{place}]"
    if not isinstance(row, Mapping):
        raise TypeError(f"{where}: {row!r:.100} of type {type(row).__name__}; expected a mapping from columns to values")
    cells = cast("Mapping[object, object]", row)
    return ((must_be(str, name, where, "the name of a column"), cell) for name, cell in cells.items())


def as_written(floats: str) -> bool:
    """Whether columns of floats are taken as they are written."""
    if floats not in ("refused", "as_written"):
        refuse(InvalidValueError, "floats", repr(floats), "'refused' or 'as_written'")
    return floats == "as_written"


def exact_text(cell: object, where: str) -> str:
    """A value as a document has it; floats and truth values are refused."""
    if isinstance(cell, bool):
        refuse(NotExactError, where, f"the bool {cell}", "a number, text or day")
    if isinstance(cell, float):
        exact = f': Decimal("{cell}") or "{cell}"' if isfinite(cell) else ""
        refuse(NotExactError, where, f"the float {cell!r}", f"an exact number{exact}")
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int):
        _bounded(cell.bit_length() <= 4 * _DIGITS, where)
        return str(cell)
    if isinstance(cell, Decimal):
        if not cell.is_finite():
            refuse(InvalidValueError, where, str(cell), "a finite number")
        exponent = cell.as_tuple().exponent
        _bounded(isinstance(exponent, int) and abs(exponent) <= _DIGITS, where)
        return format(cell, "f")
    if isinstance(cell, Fraction):
        _bounded(max(cell.numerator.bit_length(), cell.denominator.bit_length()) <= 4 * _DIGITS, where)
        return _decimal(cell, where)
    if isinstance(cell, datetime):
        refuse(InvalidValueError, where, f"{cell!r}, which has a time of day", "a datetime.date")
    if isinstance(cell, date):
        return cell.isoformat()
    refuse(InvalidValueError, where, repr(cell), "an int, Decimal, Fraction, str or date")


def _bounded(holds: bool, where: str) -> None:
    if not holds:
        refuse(LimitError, where, f"a number of more than {_DIGITS} digits", "at most 28 digits")


def _decimal(cell: Fraction, where: str) -> str:
    """A fraction as a decimal, where it is one."""
    places, below = 0, cell.denominator
    while below % 10 == 0 or below % 2 == 0 or below % 5 == 0:
        below = below // 10 if below % 10 == 0 else below // 2 if below % 2 == 0 else below // 5
        places += 1
    if below != 1:
        refuse(NotExactError, where, f"{cell}, which no finite decimal is", "its counts, such as part and whole")
    scaled = abs(cell.numerator) * 10**places // cell.denominator
    digits = str(scaled).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if cell < 0 else text
