"""Small tables for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Sized
from dataclasses import fields, is_dataclass
from enum import Enum
from html import escape


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]], colours: Sequence[str] = ()) -> str:
    """A table in HTML; of each row the last cell stands on the colour of that row, where there are any."""
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    lines: list[str] = []
    for place, row in enumerate(rows):
        cells = [f"<td>{escape(str(cell))}</td>" for cell in row]
        if place < len(colours) and cells:
            cells[-1] = f'<td style="background:{colours[place]};color:#000">{escape(str(row[-1]))}</td>'
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


class Shown:
    """A record that notebooks show field by field."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        assert is_dataclass(self)
        said = [(each.name, getattr(self, each.name)) for each in fields(self)]
        return table(type(self).__name__, ("field", "value"), [(name, _short(value)) for name, value in said if value is not None])


def _short(value: object) -> str:
    """A value in a cell: records inside one as Python writes them, and no more than a cell can hold."""
    if isinstance(value, Enum):
        return str(value.value)
    said = str(value)
    if isinstance(value, Sized) and not isinstance(value, str) and len(said) > _MOST:
        return f"{len(value)} entries"
    return said if len(said) <= _MOST else f"{said[:_MOST]}…"


#: More letters than these are cut.
_MOST = 400
