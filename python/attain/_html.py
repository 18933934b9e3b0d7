"""Small tables for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
