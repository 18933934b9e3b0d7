"""What a sample of rows has to be, in Python's fractions, straight from what the jobs ask."""

import math
from bisect import bisect_right
from fractions import Fraction

import numpy as np
from jobs import AT_RISK, MET, MISSED, NOT_APPLICABLE, OFF_TRACK, ON_TRACK, PLACES, STEPS_A_YEAR, UNDEFINED

SAMPLE = 3_000


def rounded(value: Fraction) -> int:
    """To 12 decimal places, half away from zero, as a whole number of the last place."""
    scaled = abs(value) * PLACES
    size = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return size if value >= 0 else -size


def case(n: int, d: int, t: Fraction, sign: int) -> dict[str, int]:
    """A row of evaluate."""
    if d == 0:
        return {"status": NOT_APPLICABLE, "short_by": 0, "actual": UNDEFINED, "variance": UNDEFINED}
    needed, actual = t / 100 * d, Fraction(100 * n, d)
    return {
        "status": MET if sign * (actual - t) >= 0 else MISSED,
        "short_by": max(0, math.ceil(needed) - n) if sign > 0 else max(0, n - math.floor(needed)),
        "actual": rounded(actual),
        "variance": rounded(actual - t),
    }


def series(n: int, d: int, t: Fraction, b: Fraction, sign: int, meta: dict) -> dict[str, int]:
    """A series whose last point is n of d, but for its line."""
    actual, last = Fraction(100 * n, d), meta["points"] - 1
    expected = b + (t - b) * last / meta["due"]
    if sign * (b - t) >= 0:
        expected, pace = t, None
        status = ON_TRACK if sign * (actual - t) >= 0 else OFF_TRACK
    else:
        pace = (actual - b) / (expected - b)
        ahead = sign * (actual - expected) >= 0
        at_risk = AT_RISK if pace >= Fraction(60, 100) else OFF_TRACK
        status = ON_TRACK if ahead or pace >= Fraction(95, 100) else at_risk
    return {
        "status": status,
        "expected": rounded(expected),
        "pace": UNDEFINED if pace is None else rounded(pace),
        "required_rate": rounded((t - actual) / (meta["due"] - last) * Fraction(str(STEPS_A_YEAR))),
    }


def groups(n: list[int], d: list[int], t: Fraction, sign: int) -> list[dict[str, int]]:
    """The groups of a target: its units by code, and their competition ranks."""
    found = [{"numerator": p, "denominator": w, **case(p, w, t, sign)} for p, w in zip(n, d, strict=True)]
    keys = sorted(sign * Fraction(p, w) for p, w in zip(n, d, strict=True) if w != 0)
    for row in found:
        del row["variance"], row["short_by"]
        p, w = row["numerator"], row["denominator"]
        row["rank"] = 1 + len(keys) - bisect_right(keys, sign * Fraction(p, w)) if w != 0 else 0
    return found


def expected(job: str, rows: dict, meta: dict) -> tuple[list[int], list[dict[str, int]]]:
    """Places of a result and what stands there: some rows or series, or all groups of two targets."""
    random = np.random.default_rng(meta["seed"])

    def stated(code):
        one = meta["targets"][code]
        sign = 1 if one["requirement"] == "at_least" else -1
        return Fraction(one["threshold"]), Fraction(one["baseline"]), sign

    if "recorded" in rows:
        figures: dict[tuple[int, int, int], int] = {}
        keys = zip(rows["target"].tolist(), rows["unit"].tolist(), rows["period"].tolist(), strict=True)
        for place, key in enumerate(keys):
            if key not in figures or rows["recorded"][place] > rows["recorded"][figures[key]]:
                figures[key] = place
        rows = {name: column[list(figures.values())] for name, column in rows.items()}
    part, whole, target = rows["numerator"], rows["denominator"], rows["target"]
    if job == "rollup":
        places, found, units = [], [], meta["units"]
        for code in random.choice(len(meta["targets"]), 2, replace=False).tolist():
            sums = np.zeros((2, units), np.int64)
            mine = target == code
            np.add.at(sums[0], rows["unit"][mine], part[mine])
            np.add.at(sums[1], rows["unit"][mine], whole[mine])
            t, _, sign = stated(code)
            places += range(code * units, (code + 1) * units)
            found += groups(*sums.tolist(), t, sign)
        return places, found

    places = random.choice(len(target), min(SAMPLE, len(target)), replace=False).tolist()
    found = []
    for place in places:
        t, b, sign = stated(int(target[place]))
        if job == "evaluate":
            found.append(case(int(part[place]), int(whole[place]), t, sign))
        else:
            last = (place + 1) * meta["points"] - 1
            found.append(series(int(part[last]), int(whole[last]), t, b, sign, meta))
    return places, found


def wrong(result: dict, places: list[int], expected: list[dict[str, int]]) -> dict[str, int]:
    """How many places of a result differ from what was expected, by column; quotients only in fixed point."""
    return {
        name: sum(int(result[name][place]) != row[name] for place, row in zip(places, expected, strict=True))
        for name in expected[0]
        if result[name].dtype.kind != "f"
    }
