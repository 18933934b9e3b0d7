"""Pictures of a scorecard: charts as Vega-Lite, tables as HTML. Needs ``pip install 'attain[viz]'``."""

from __future__ import annotations

try:
    import altair as _altair
    import great_tables as _great_tables
    import polars as _polars
    import vl_convert as _vl_convert
except ImportError as error:
    raise ImportError(
        f"attain.viz needs {error.name}, which is not installed: pip install 'attain[viz]'", name=error.name
    ) from error

from .bullet import plot
from .path import plot_path
from .save import save
from .table import table
from .units import plot_units

__all__ = ["plot", "plot_path", "plot_units", "save", "table"]

del _altair, _great_tables, _polars, _vl_convert
