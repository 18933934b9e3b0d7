"""The jobs in Numba: plain loops compiled to machine code, serial and parallel, into new or the caller's buffers."""

import numpy as np
from jobs import STEPS_A_YEAR, UNDEFINED, Variant
from numba import njit, prange, set_num_threads

# `fast` lets the compiler reorder sums, so that it can use vector instructions.
FAST = {"reassoc", "contract", "nsz"}


def compiled(threads):
    """The decorator of the kernels: parallel on one thread too, since serial loops got no vector instructions."""
    set_num_threads(threads)
    return njit(parallel=True, error_model="numpy", fastmath=FAST, boundscheck=False)


def evaluate(rows, targets, threads):
    target, part, whole = rows["target"], rows["numerator"], rows["denominator"]
    threshold, sign = targets.threshold, targets.sign.astype(np.float64)
    signed_hundredths, signed_scale = targets.signed_hundredths, targets.signed_scale

    @compiled(threads)
    def floats(actual, variance, status, short_by):
        """As analysts write it: a quotient, compared with a percentage."""
        for row in prange(len(target)):
            code = target[row]
            t, s = threshold[code], sign[code]
            n, d = np.float64(part[row]), np.float64(whole[row])
            a = n / d * 100
            actual[row] = a
            variance[row] = a - t
            status[row] = 2 if d == 0 else (1 if (a - t) * s < 0 else 0)
            short_by[row] = np.int64(max(0.0, np.ceil((t / 100 * d - n) * s)))

    @compiled(threads)
    def integers(actual, variance, status, short_by):
        """Verdict and count in whole numbers, quotients in floats."""
        for row in prange(len(target)):
            code = target[row]
            n, d = part[row], whole[row]
            p = signed_hundredths[code] * d - signed_scale[code] * n
            a = np.float64(n) / np.float64(d) * 100
            actual[row] = a
            variance[row] = a - threshold[code]
            status[row] = 2 if d == 0 else (1 if p > 0 else 0)
            short_by[row] = np.int64((np.uint64(max(p, 0)) + np.uint64(9_999)) // np.uint64(10_000))

    thresholds = targets.hundredths * 10**10

    @compiled(threads)
    def exact(actual, variance, status, short_by):
        """The quotients too: to 12 decimal places, half away from zero.

        A float is at most one off; what it leaves over is small, so that it is right in integers that wrap.
        """
        for row in prange(len(target)):
            code = target[row]
            n, d = part[row], whole[row]
            p = signed_hundredths[code] * d - signed_scale[code] * n
            status[row] = 2 if d == 0 else (1 if p > 0 else 0)
            short_by[row] = np.int64((np.uint64(max(p, 0)) + np.uint64(9_999)) // np.uint64(10_000))
            safe = d if d != 0 else 1
            q = np.int64(np.rint(np.float64(n) * 1e14 / np.float64(safe)))
            left = n * 100_000_000_000_000 - q * safe
            one = np.int64(2 * left >= safe) - np.int64(2 * left < -safe)
            q += one
            left -= one * safe
            v = q - thresholds[code]
            v -= np.int64((2 * left == -safe) & (v <= 0))
            actual[row] = q if d != 0 else UNDEFINED
            variance[row] = v if d != 0 else UNDEFINED

    def new(rows, quotient=np.float64):
        return np.empty(rows, quotient), np.empty(rows, quotient), np.empty(rows, np.uint8), np.empty(rows, np.int64)

    def into(kernel, outputs):
        kernel(*outputs)
        return outputs

    def columns(outputs):
        return dict(zip(["actual", "variance", "status", "short_by"], outputs, strict=True))

    made = []
    for kernel, quotient in [(floats, np.float64), (integers, np.float64), (exact, np.int64)]:
        name, buffers = kernel.__name__, new(len(target), quotient)
        made += [
            Variant(f"{name}, new", lambda k=kernel, q=quotient: into(k, new(len(target), q)), columns),
            Variant(f"{name}, into", lambda k=kernel, b=buffers: into(k, b), columns, allocates=False),
        ]
    return made


def rollup(rows, targets, threads):
    target, unit, part, whole = rows["target"], rows["unit"], rows["numerator"], rows["denominator"]
    units, count = targets.meta["units"], len(targets.sign)
    groups = units * count
    sign, signed_hundredths, signed_scale = targets.sign, targets.signed_hundredths, targets.signed_scale
    is_sorted = bool((target[1:] >= target[:-1]).all())
    bounds = np.linspace(0, len(target), threads + 1).astype(np.int64)

    is_revised, periods = "recorded" in rows, targets.meta["periods"]
    period = rows["period"]

    @compiled(threads)
    def dense():
        """Each thread sums its rows into an array over all groups; then the arrays are added.

        Rows with a day stand in the order in which they were recorded: of the records of a figure the last one counts.
        """
        last = np.empty(groups * periods if is_revised else 0, np.int64)
        if is_revised:
            for row in range(len(target)):
                last[(np.int64(target[row]) * units + np.int64(unit[row])) * periods + period[row]] = row
        sums = np.zeros((threads, groups, 2), np.int64)
        for thread in prange(threads):
            own = sums[thread]
            for row in range(bounds[thread], bounds[thread + 1]):
                group = np.int64(target[row]) * units + np.int64(unit[row])
                if is_revised and last[group * periods + period[row]] != row:
                    continue
                own[group, 0] += part[row]
                own[group, 1] += whole[row]
        return sums

    @compiled(threads)
    def runs():
        """The same for sorted rows: a run of equal groups is summed in registers."""
        sums = np.zeros((threads, groups, 2), np.int64)
        for thread in prange(threads):
            own = sums[thread]
            row, stop = bounds[thread], bounds[thread + 1]
            while row < stop:
                t, u = target[row], unit[row]
                n = d = 0
                while row < stop and unit[row] == u and target[row] == t:
                    n += part[row]
                    d += whole[row]
                    row += 1
                own[np.int64(t) * units + np.int64(u), 0] += n
                own[np.int64(t) * units + np.int64(u), 1] += d
        return sums

    @compiled(threads)
    def judged(sums):
        codes, unit_codes = np.empty(groups, np.uint32), np.empty(groups, np.uint32)
        numerator, denominator = np.empty(groups, np.int64), np.empty(groups, np.int64)
        actual, status, rank = np.empty(groups), np.empty(groups, np.uint8), np.zeros(groups, np.uint32)
        for t in prange(count):
            first = t * units
            key = np.empty(units)
            for u in range(units):
                group = first + u
                n = d = 0
                for thread in range(threads):
                    n += sums[thread, group, 0]
                    d += sums[thread, group, 1]
                codes[group], unit_codes[group] = t, u
                numerator[group], denominator[group] = n, d
                a = np.float64(n) / np.float64(d) * 100
                actual[group] = a
                p = signed_hundredths[t] * d - signed_scale[t] * n
                status[group] = 2 if d == 0 else (1 if p > 0 else 0)
                key[u] = -a * sign[t] if d != 0 else np.inf
            order = np.argsort(key)
            standing = 0
            for place in range(units):
                u = order[place]
                if key[u] == np.inf:
                    break
                if place == 0 or key[u] != key[order[place - 1]]:
                    standing = place + 1
                rank[first + u] = standing
        return codes, unit_codes, numerator, denominator, actual, status, rank

    names = ["target", "unit", "numerator", "denominator", "actual", "status", "rank"]
    return [
        Variant(kernel.__name__, lambda kernel=kernel: judged(kernel()), lambda r: dict(zip(names, r, strict=True)))
        for kernel in [dense] + [runs] * is_sorted
    ]


def trajectory(rows, targets, threads):
    points, due = targets.meta["points"], targets.meta["due"]
    last, codes, part, whole = points - 1, rows["target"], rows["numerator"], rows["denominator"]
    threshold, begun, sign = targets.threshold, targets.start, targets.sign
    hundredths, from_hundredths, maintained = targets.hundredths, targets.baseline_hundredths, targets.maintained
    weights = targets.projection_weights()
    passed = last / due

    def kernel_with(whole_numbers):
        @compiled(threads)
        def kernel(projection, expected, pace, required_rate, status):
            for series in prange(len(codes)):
                code, start = codes[series], series * points
                total = 0.0
                for x in range(points):
                    total += np.float64(part[start + x]) / np.float64(whole[start + x]) * 100 * weights[x]
                n, d = part[start + last], whole[start + last]
                a = np.float64(n) / np.float64(d) * 100
                t, b, s = threshold[code], begun[code], sign[code]
                e = b + (t - b) * passed
                projection[series] = total
                expected[series] = e
                pace[series] = (a - b) / (e - b)
                required_rate[series] = (t - a) / (due - last) * STEPS_A_YEAR
                if whole_numbers:
                    gained = s * (10_000 * n - from_hundredths[code] * d) * due * 20
                    planned = s * (hundredths[code] - from_hundredths[code]) * last * d
                    met = s * (10_000 * n - hundredths[code] * d) >= 0
                    on_track, at_risk = gained >= 19 * planned, gained >= 12 * planned
                else:
                    met = s * (a - t) >= 0
                    on_track, at_risk = s * (a - e) >= 0 or pace[series] >= 0.95, pace[series] >= 0.60
                if maintained[code]:
                    status[series] = 0 if met else 2
                else:
                    status[series] = 0 if on_track else (1 if at_risk else 2)

        return kernel

    def new():
        return (*(np.empty(len(codes)) for _ in range(4)), np.empty(len(codes), np.uint8))

    buffers = new()

    def into(kernel, outputs):
        kernel(*outputs)
        return outputs

    def columns(outputs):
        return dict(zip(["projection", "expected", "pace", "required_rate", "status"], outputs, strict=True))

    made = []
    for name, kernel in {"floats": kernel_with(False), "integers": kernel_with(True)}.items():
        made.append(Variant(f"{name}, new", lambda kernel=kernel: into(kernel, new()), columns))
        made.append(Variant(f"{name}, into", lambda kernel=kernel: into(kernel, buffers), columns, allocates=False))
    return made
