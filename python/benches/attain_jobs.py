"""The jobs by the Python package: a polars frame in, a polars frame out, so that the border is part of the time."""

import polars as pl
from jobs import UNDEFINED, Variant

from attain.columns import Targets, evaluate as judged

PLACES = 12
STATUS = {"met": 0, "missed": 1, "not_applicable": 2}


def columns(answers):
    """The answers as arrays: quotients in fixed point, statuses as numbers."""
    frame = answers.with_columns(
        pl.col("status").cast(pl.String).replace_strict(STATUS, return_dtype=pl.UInt8),
        *((pl.col(name) * 10**PLACES).cast(pl.Int64).fill_null(UNDEFINED) for name in ["actual", "variance"]),
        pl.col("short_by").fill_null(0),
    )
    return {name: frame[name].to_numpy() for name in ["actual", "variance", "status", "short_by"]}


def evaluate(rows, targets, threads):
    said = targets.meta["targets"]
    names = [f"t{code:02}" for code in range(len(said))]
    rules = Targets({name: {"kind": "share", one["requirement"]: one["threshold"]} for name, one in zip(names, said)})
    ids = pl.DataFrame({"target": rows["target"]})["target"].cast(pl.Int64)
    words = pl.Series(names, dtype=pl.Enum(names)).gather(ids)
    figures = {name: rows[name] for name in ["numerator", "denominator"]}
    frames = {"ids as enumeration": words, "ids as text": words.cast(pl.String)}

    def variant(how, frame):
        def call():
            return pl.DataFrame(
                judged(frame, rules, outputs=["actual", "variance", "short_by"], places=PLACES, threads=threads > 1)
            )

        return Variant(how, call, columns)

    return [variant(how, pl.DataFrame({"target": column, **figures})) for how, column in frames.items()]
