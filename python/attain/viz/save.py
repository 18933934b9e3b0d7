"""Pictures as files, made without a network."""

from __future__ import annotations

import json
from os import PathLike
from pathlib import Path

import altair
import great_tables

from ..errors import InvalidValueError, refuse


class _InScript(json.JSONEncoder):
    """JSON inside a script of a page: no text of a plan may end the script."""

    def encode(self, o: object) -> str:
        return super().encode(o).replace("<", "\\u003c")


def save(picture: altair.TopLevelMixin | great_tables.GT, path: str | PathLike[str], *, scale: float = 2) -> None:
    """Writes a picture to a file: charts as ``.png``, ``.svg`` or ``.html``, tables as ``.html``.

    The HTML holds all that it needs and loads nothing. ``scale``: pixels of the PNG for each pixel of the chart.

    Raises :class:`InvalidValueError` for any other ending, and for a table as PNG or SVG, which would need a browser.
    """
    file = Path(path)
    ending = file.suffix.lower().removeprefix(".")
    if isinstance(picture, great_tables.GT):
        if ending != "html":
            refuse(
                InvalidValueError,
                "path",
                f"a table as '{file.name}', which would need a browser",
                "a name ending in .html",
            )
        page = picture.as_raw_html(make_page=True)  # pyright: ignore[reportUnknownMemberType]
        file.write_text(page, encoding="utf-8")
        return
    if not isinstance(picture, altair.TopLevelMixin):  # pyright: ignore[reportUnnecessaryIsInstance]
        refuse(InvalidValueError, "picture", type(picture).__name__, "a chart of altair or a table of great_tables")
    if ending == "html":
        picture.save(str(file), format="html", inline=True, json_kwds={"cls": _InScript})
    elif ending == "png":
        picture.save(str(file), format="png", scale_factor=scale)
    elif ending == "svg":
        picture.save(str(file), format="svg")
    else:
        refuse(InvalidValueError, "path", f"'{file.name}'", "a name ending in .png, .svg or .html")
