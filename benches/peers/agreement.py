"""Whether two results of a job say the same: how many rows differ, and how far quotients are apart."""

import math

import numpy as np
from jobs import PLACES, UNDEFINED

WHOLE_NUMBERS = {
    "evaluate": ["status", "short_by"],
    "rollup": ["numerator", "denominator", "status", "rank"],
    "trajectory": ["status"],
}
QUOTIENTS = {
    "evaluate": ["actual", "variance"],
    "rollup": ["actual"],
    "trajectory": ["projection", "expected", "pace", "required_rate"],
}


def in_order(job: str, columns: dict) -> dict:
    """Groups come in any order."""
    if job != "rollup":
        return columns
    order = np.lexsort((columns["unit"], columns["target"]))
    return {name: column[order] for name, column in columns.items()}


def percent(column: np.ndarray) -> np.ndarray:
    """A quotient as a float; fixed-point ones have 12 decimal places."""
    if column.dtype.kind == "f":
        return column
    return np.where(column == UNDEFINED, np.nan, column / PLACES)


def farthest(job: str, reference: dict, other: dict) -> float:
    """The largest distance of two quotients, in units of the larger of 1 and the reference.

    It is infinite where one of the two is undefined alone.
    """
    largest = 0.0
    for name in QUOTIENTS[job]:
        left, right = percent(reference[name]), percent(other[name])
        if (np.isfinite(left) != np.isfinite(right)).any():
            return math.inf
        distance = np.abs(left - right) / np.maximum(1, np.abs(left))
        largest = max(largest, float(np.nanmax(distance, initial=0)))
    return largest


def heads(job: str) -> list[str]:
    """The head of a table of `line`s."""
    names = WHOLE_NUMBERS[job]
    differ = " | ".join(f"rows that differ in {name}" for name in names)
    return [
        f"| peer | forms | {differ} | quotients apart by at most |",
        "| --- | --- |" + " --- |" * (len(names) + 1),
    ]


def line(job: str, reference: dict, other: dict) -> str:
    """How many rows differ in each whole number, and how far quotients are apart."""
    differ = " | ".join(f"{int((reference[name] != other[name]).sum()):,}" for name in WHOLE_NUMBERS[job])
    return f"{differ} | {farthest(job, reference, other):.1e} |"
