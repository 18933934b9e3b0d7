"""The jobs in NumPy: whole columns with temporaries, and blocks that stay in the cache, with every `out=` given.

NumPy lets go of the interpreter's lock while it computes, so blocks can be done by several threads.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from jobs import NOT_APPLICABLE, STEPS_A_YEAR, Variant

BLOCK = 65_536  # longer blocks leave the cache, shorter ones make threads wait for the interpreter


class Threads:
    """Calls `part(start, stop)` for as many equal parts of the rows as there are threads."""

    def __init__(self, count):
        self.count, self.pool = count, ThreadPoolExecutor(count)

    def over(self, rows, part):
        bounds = [rows * thread // self.count for thread in range(self.count + 1)]
        if self.count == 1:
            part(0, rows)
        else:
            list(self.pool.map(part, bounds[:-1], bounds[1:]))


def empty(rows):
    return {
        "actual": np.empty(rows),
        "variance": np.empty(rows),
        "status": np.empty(rows, np.uint8),
        "short_by": np.empty(rows, np.int64),
    }


def evaluate(rows, targets, threads):
    target, part, whole = rows["target"], rows["numerator"], rows["denominator"]
    np.seterr(invalid="ignore")

    def floats():
        """As analysts write it: a quotient, compared with a percentage."""
        threshold, sign = targets.threshold[target], targets.sign[target]
        actual = part / whole * 100
        variance = actual - threshold
        status = np.where(whole == 0, NOT_APPLICABLE, variance * sign < 0).astype(np.uint8)
        short_by = np.ceil((threshold / 100 * whole - part) * sign).clip(0).astype(np.int64)
        return {"actual": actual, "variance": variance, "status": status, "short_by": short_by}

    def integers():
        """Verdict and count in whole numbers, quotients in floats."""
        actual = part / whole * 100
        short_of = targets.signed_hundredths[target] * whole - targets.signed_scale[target] * part
        status = np.where(whole == 0, NOT_APPLICABLE, short_of > 0).astype(np.uint8)
        return {
            "actual": actual,
            "variance": actual - targets.threshold[target],
            "status": status,
            "short_by": (short_of.clip(0) + 9_999) // 10_000,
        }

    def in_blocks(into, start, stop):
        """The same in whole numbers, a block at a time, without temporaries."""
        np.seterr(invalid="ignore")  # each thread has its own
        wide, count = np.empty(BLOCK), np.empty(BLOCK, np.int64)
        index, none = np.empty(BLOCK, np.intp), np.empty(BLOCK, bool)
        for first in range(start, stop, BLOCK):
            rows = slice(first, min(first + BLOCK, stop))
            n, d = part[rows], whole[rows]
            size = len(n)
            code, float_scratch, count_scratch, no_cases = index[:size], wide[:size], count[:size], none[:size]
            actual, variance = into["actual"][rows], into["variance"][rows]
            status, short_by = into["status"][rows], into["short_by"][rows]
            np.copyto(code, target[rows])
            np.divide(n, d, out=actual)
            np.multiply(actual, 100, out=actual)
            np.take(targets.threshold, code, out=float_scratch, mode="clip")
            np.subtract(actual, float_scratch, out=variance)
            np.take(targets.signed_hundredths, code, out=short_by, mode="clip")
            np.multiply(short_by, d, out=short_by)
            np.take(targets.signed_scale, code, out=count_scratch, mode="clip")
            np.multiply(count_scratch, n, out=count_scratch)
            np.subtract(short_by, count_scratch, out=short_by)
            np.maximum(short_by, 0, out=short_by)
            np.greater(short_by, 0, out=status.view(bool))
            np.equal(d, 0, out=no_cases)
            np.copyto(status, NOT_APPLICABLE, where=no_cases)
            np.add(short_by, 9_999, out=short_by)
            np.floor_divide(short_by, 10_000, out=short_by)

    workers, given = Threads(threads), empty(len(target))

    def blocks(into):
        workers.over(len(target), lambda start, stop: in_blocks(into, start, stop))
        return into

    return [
        Variant("floats, temporaries", floats),
        Variant("integers, temporaries", integers),
        Variant("integers, blocks, new", lambda: blocks(empty(len(target)))),
        Variant("integers, blocks, into", lambda: blocks(given), allocates=False),
    ]


def ranks(key):
    """Competition ranks of each row of a matrix, best first; NaN has none."""
    order = np.argsort(-key, axis=1)
    ordered = np.take_along_axis(key, order, axis=1)
    place = np.arange(1, key.shape[1] + 1, dtype=np.uint32)
    first = np.ones(key.shape, bool)
    first[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    ranked = np.maximum.accumulate(np.where(first, place, 0), axis=1)
    ranked[np.isnan(ordered)] = 0
    result = np.empty(key.shape, np.uint32)
    np.put_along_axis(result, order, ranked.astype(np.uint32), axis=1)
    return result


def rollup(rows, targets, threads):
    np.seterr(divide="ignore", invalid="ignore")
    target, unit, part, whole = rows["target"], rows["unit"], rows["numerator"], rows["denominator"]
    units, count = targets.meta["units"], len(targets.sign)
    groups = units * count
    is_sorted = bool((target[1:] >= target[:-1]).all())

    def judged(part, whole):
        """Sums by target and unit, as matrices."""
        part, whole = part.reshape(count, units), whole.reshape(count, units)
        actual = part / whole * 100
        short_of = targets.signed_hundredths[:, None] * whole - targets.signed_scale[:, None] * part
        status = np.where(whole == 0, NOT_APPLICABLE, short_of > 0).astype(np.uint8)
        rank = ranks(actual * targets.sign[:, None])
        return {
            "target": np.repeat(np.arange(count, dtype=np.uint32), units),
            "unit": np.tile(np.arange(units, dtype=np.uint32), count),
            "numerator": part.ravel(),
            "denominator": whole.ravel(),
            "actual": actual.ravel(),
            "status": status.ravel(),
            "rank": rank.ravel(),
        }

    def keys():
        return target * np.intp(units) + unit

    def facts():
        """Keys and figures. Rows with a day stand in the order in which they were recorded: of the records of a figure the
        last one counts.
        """
        key = keys()
        if "recorded" not in rows:
            return key, part, whole
        periods = targets.meta["periods"]
        last = np.full(groups * periods, -1)
        last[key * periods + rows["period"]] = np.arange(len(key))
        known = last[last >= 0]
        return key[known], part[known], whole[known]

    def bincount():
        """Sums in floats, exact below 2⁵³."""
        key, *figures = facts()
        sums = [np.bincount(key, weights=column, minlength=groups).astype(np.int64) for column in figures]
        return judged(*sums)

    def add_at():
        key, *figures = facts()
        sums = [np.zeros(groups, np.int64) for _ in range(2)]
        for total, column in zip(sums, figures, strict=True):
            np.add.at(total, key, column)
        return judged(*sums)

    def reduceat():
        """Sums of runs of equal keys; a group without rows would have none."""
        key = keys()
        starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
        sums = [np.zeros(groups, np.int64) for _ in range(2)]
        for total, column in zip(sums, (part, whole), strict=True):
            total[key[starts]] = np.add.reduceat(column, starts)
        return judged(*sums)

    return [Variant(way.__name__, way) for way in [bincount, add_at] + [reduceat] * is_sorted]


def trajectory(rows, targets, threads):
    points, due = targets.meta["points"], targets.meta["due"]
    last = points - 1
    codes = rows["target"]
    part = rows["numerator"].reshape(-1, points)
    whole = rows["denominator"].reshape(-1, points)
    weights = targets.projection_weights()
    np.seterr(divide="ignore", invalid="ignore")

    def judged(projection, actual):
        threshold, begun, sign = targets.threshold[codes], targets.start[codes], targets.sign[codes]
        expected = begun + (threshold - begun) * (last / due)
        pace = (actual - begun) / (expected - begun)
        ahead = (actual - expected) * sign >= 0
        moving = np.where(ahead | (pace >= 0.95), 0, np.where(pace >= 0.60, 1, 2))
        holding = np.where((actual - threshold) * sign >= 0, 0, 2)
        return {
            "projection": projection,
            "expected": expected,
            "pace": pace,
            "required_rate": (threshold - actual) / (due - last) * STEPS_A_YEAR,
            "status": np.where(targets.maintained[codes], holding, moving).astype(np.uint8),
        }

    def whole_matrix():
        rate = part / whole * 100
        return judged(rate @ weights, rate[:, -1].copy())

    workers = Threads(threads)

    def blocks():
        """A few hundred series at a time, so that the rates stay in the cache."""
        block = max(1, BLOCK // points)
        projection, actual = np.empty(len(codes)), np.empty(len(codes))

        def in_blocks(start, stop):
            rate = np.empty((block, points))
            for first in range(start, stop, block):
                series = slice(first, min(first + block, stop))
                some = rate[: len(codes[series])]
                np.divide(part[series], whole[series], out=some)
                np.multiply(some, 100, out=some)
                np.matmul(some, weights, out=projection[series])
                actual[series] = some[:, -1]

        workers.over(len(codes), in_blocks)
        return judged(projection, actual)

    return [Variant("whole matrix", whole_matrix), Variant("blocks", blocks)]
