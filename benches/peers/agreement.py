"""Whether two results of a job say the same: how many rows differ, and how far quotients are apart."""

import math
from fractions import Fraction

import numpy as np
from jobs import AT_RISK, MET, MISSED, NOT_APPLICABLE, OFF_TRACK, ON_TRACK, UNDEFINED, Targets

PLACES = 10**12
WHOLE_NUMBERS = {
    "evaluate": ["status", "short_by"],
    "rollup": ["numerator", "denominator", "status", "rank"],
    "trajectory": ["status"],
}
QUOTIENTS = {
    "evaluate": ["actual", "variance"],
    "rollup": ["actual"],
    "trajectory": ["projection", "expected", "required_rate"],
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


def differences(job: str, reference: dict, other: dict) -> dict[str, int]:
    """How many rows differ in each whole number."""
    return {name: int((reference[name] != other[name]).sum()) for name in WHOLE_NUMBERS[job]}


def farthest(job: str, reference: dict, other: dict) -> float:
    """The largest distance of two quotients, in units of the larger of 1 and the reference; infinite where one is undefined alone."""
    largest = 0.0
    for name in QUOTIENTS[job]:
        left, right = percent(reference[name]), percent(other[name])
        if (np.isfinite(left) != np.isfinite(right)).any():
            return math.inf
        distance = np.abs(left - right) / np.maximum(1, np.abs(left))
        largest = max(largest, float(np.nanmax(distance, initial=0)))
    return largest


def rounded(value: Fraction) -> int:
    """To 12 decimal places, half away from zero, as a whole number of the last place."""
    scaled = abs(value) * PLACES
    return int(math.copysign(1, value)) * ((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator))


def judged_path(t, b, sign, actual, expected):
    if sign * (b - t) >= 0:
        return ON_TRACK if sign * (actual - t) >= 0 else OFF_TRACK
    pace = (actual - b) / (expected - b)
    if sign * (actual - expected) >= 0 or pace >= Fraction(95, 100):
        return ON_TRACK
    return AT_RISK if pace >= Fraction(60, 100) else OFF_TRACK


def oracle(job: str, rows: dict, targets: Targets, sample: list[int]) -> dict[str, list]:
    """The columns of a sample of rows (or series) in fractions, straight from what the job asks."""
    meta = targets.meta
    found: dict[str, list] = {}

    def add(**values):
        for name, value in values.items():
            found.setdefault(name, []).append(value)

    for row in sample:
        one = meta["targets"][int(rows["target"][row])]
        t, b = Fraction(one["threshold"]), Fraction(one["baseline"])
        sign = 1 if one["requirement"] == "at_least" else -1
        place = row if job == "evaluate" else row * meta["points"] + meta["points"] - 1
        n, d = int(rows["numerator"][place]), int(rows["denominator"][place])
        if job == "evaluate":
            needed = t / 100 * d
            short = max(0, math.ceil(needed) - n) if sign > 0 else max(0, n - math.floor(needed))
            if d == 0:
                add(status=NOT_APPLICABLE, short_by=0, actual=UNDEFINED, variance=UNDEFINED)
            else:
                actual = Fraction(100 * n, d)
                status = MET if sign * (actual - t) >= 0 else MISSED
                add(status=status, short_by=short, actual=rounded(actual), variance=rounded(actual - t))
        else:
            actual, last = Fraction(100 * n, d), meta["points"] - 1
            expected = b + (t - b) * last / meta["due"]
            rate = (t - actual) / (meta["due"] - last) * 12
            add(
                status=judged_path(t, b, sign, actual, expected),
                expected=rounded(expected),
                required_rate=rounded(rate),
            )
    return found


def against_oracle(job: str, result: dict, expected: dict, sample: list[int]) -> dict[str, int]:
    """How many rows of the sample differ from the oracle; quotients only where the result has them in fixed point."""
    wrong = {}
    for name, column in expected.items():
        given = result[name][sample]
        if given.dtype.kind != "f":
            wrong[name] = sum(int(left) != right for left, right in zip(given, column, strict=True))
    return wrong
