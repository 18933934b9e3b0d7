"""The data of all jobs, made from a seed: raw columns, facts.csv, and meta.json that says what they hold."""

import json
from fractions import Fraction
from pathlib import Path

import numpy as np

TARGETS = 50
DUE = 84  # the step at which a trajectory's target is due
CSV_PERIODS = 12
SUFFIXES = {"u1": "u8", "u4": "u32", "i8": "i64", "f8": "f64"}


def write(directory: Path, columns: dict[str, np.ndarray]) -> None:
    """Writes each column to a file of its own, named after it and its type."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, column in columns.items():
        column = np.ascontiguousarray(column)
        column.tofile(directory / f"{name}.{SUFFIXES[column.dtype.str[1:]]}")


def read(directory: Path) -> dict[str, np.ndarray]:
    """Reads every column of a directory."""
    types = {suffix: np.dtype("<" + code) for code, suffix in SUFFIXES.items()}
    return {file.stem: np.fromfile(file, types[file.suffix[1:]]) for file in sorted(directory.iterdir())}


def decimal(hundredths: int) -> str:
    """Hundredths as a document writes them: 7950 is "79.5"."""
    text = f"{hundredths // 100}.{hundredths % 100:02}"
    return text.rstrip("0").rstrip(".")


def make_targets(random: np.random.Generator) -> list[dict[str, str]]:
    """Fifty targets, thresholds with none to two decimals; two baselines meet theirs already."""
    at_least = [5700, 8000, 10000, 9990, 9850, 3333, 7996] + [int(t) for t in random.integers(300, 1000, 28) * 10]
    at_most = [500, 250, 1000, 2900, 1499] + [int(t) for t in random.integers(20, 400, 10) * 10]
    targets = []
    for threshold in at_least:
        targets.append(("at_least", threshold, max(0, threshold - int(random.integers(5, 300)) * 10)))
    for threshold in at_most:
        targets.append(("at_most", threshold, threshold + int(random.integers(5, 300)) * 10))
    targets[9] = ("at_least", targets[9][1], targets[9][1])
    targets[40] = ("at_most", targets[40][1], targets[40][1] - 100)
    random.shuffle(targets)
    return [{"requirement": r, "threshold": decimal(t), "baseline": decimal(b)} for r, t, b in targets]


def log_uniform(random: np.random.Generator, high: float, size: int) -> np.ndarray:
    """Whole numbers from 1 to `high`, as many of each order of magnitude."""
    return np.exp(random.uniform(0, np.log(high), size)).astype(np.int64).clip(1)


def part_of(whole: np.ndarray, share: np.ndarray) -> np.ndarray:
    return np.rint(whole * share.clip(0, 1)).astype(np.int64).clip(0, whole)


def make_evaluate(random, hundredths, rows: int, highest: float, empty: float, close: float) -> dict[str, np.ndarray]:
    """Rows of which the share `empty` has no cases, and `close` lies on its target or one case off it, half each."""
    target = random.integers(0, TARGETS, rows, dtype=np.uint32)
    threshold = hundredths[target]
    whole = log_uniform(random, highest, rows)
    part = part_of(whole, threshold / 10_000 + random.normal(0, 0.08, rows))

    fate = random.random(rows)
    on_target = (fate >= empty) & (fate < empty + close)
    divisor = np.gcd(threshold, 10_000)
    times = (whole // (10_000 // divisor)).clip(1)
    off = np.where(fate < empty + close / 2, 0, random.choice([-1, 1], rows))
    whole = np.where(on_target, 10_000 // divisor * times, whole)
    part = np.where(on_target, (threshold // divisor * times + off).clip(0, whole), part)

    whole[fate < empty] = 0
    part[fate < empty] = 0
    return {"target": target, "numerator": part, "denominator": whole}


def make_rollup(random, hundredths, rows: int) -> tuple[dict[str, np.ndarray], int, int]:
    """One row for each target, unit and period in this order; one group in a hundred has no cases at all."""
    units = max(1, min(4000, rows // (TARGETS * CSV_PERIODS)))
    periods = max(1, round(rows / (TARGETS * units)))
    groups, rows = TARGETS * units, TARGETS * units * periods
    group = np.repeat(np.arange(groups), periods)
    target, unit = group // units, group % units
    scale = log_uniform(random, 1e5, units)[unit]
    whole = (scale * random.lognormal(0, 0.7, rows)).astype(np.int64)
    whole[random.random(groups)[group] < 0.01] = 0
    share = hundredths[np.arange(groups) // units] / 10_000 + random.normal(0, 0.08, groups)
    part = part_of(whole, share[group] + random.normal(0, 0.03, rows))
    columns = {
        "unit": unit.astype(np.uint32),
        "target": target.astype(np.uint32),
        "period": np.tile(np.arange(periods, dtype=np.uint32), groups),
        "numerator": part,
        "denominator": whole,
    }
    return columns, units, periods


def make_revised(random, rollup: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The same table in the order in which it was recorded: one figure in twenty is a later record of another one.

    `recorded` counts days; no figure has two records of one day.
    """
    rows = len(rollup["unit"])
    chosen = random.permutation(rows)
    once = np.sort(chosen[rows // 20 :])
    again = random.choice(once, rows - len(once), replace=False)
    day = rollup["period"] * np.uint32(30) + random.integers(0, 20, rows, dtype=np.uint32)
    later = day[again] + random.integers(1, 400, len(again), dtype=np.uint32)
    revised = {name: np.concatenate([column[once], column[again]]) for name, column in rollup.items()}
    corrected = revised["numerator"][len(once) :]
    corrected[:] = part_of(corrected, random.uniform(0.8, 1, len(again)))
    revised["recorded"] = np.concatenate([day[once], later]).astype(np.uint32)
    order = np.argsort(revised["recorded"], kind="stable")
    return {name: column[order] for name, column in revised.items()}


def make_trajectory(random, targets, series: int, points: int) -> dict[str, np.ndarray]:
    """Series by series, point by point; one series in seven ends on a boundary of its verdict, or one case off it."""
    target = random.integers(0, TARGETS, series, dtype=np.uint32)
    threshold = np.array([float(t["threshold"]) for t in targets])[target]
    baseline = np.array([float(t["baseline"]) for t in targets])[target]
    step = np.arange(points)
    speed = random.normal(0.95, 0.35, series)
    rate = baseline[:, None] + ((threshold - baseline) * speed)[:, None] * step / DUE
    rate += random.normal(0, 1.5, (series, points))
    whole = np.repeat(20 * log_uniform(random, 5e3, series), points).reshape(series, points)
    whole += random.integers(0, 20, (series, points))
    part = part_of(whole, rate / 100)

    boundaries = np.zeros((TARGETS, 3, 2), dtype=np.int64)
    for index, one in enumerate(targets):
        t, b = Fraction(one["threshold"]), Fraction(one["baseline"])
        for which, pace in enumerate([Fraction(1), Fraction(95, 100), Fraction(60, 100)]):
            end = (b + pace * (t - b) * (points - 1) / DUE) / 100
            boundaries[index, which] = end.numerator, end.denominator
    chosen = np.flatnonzero(random.random(series) < 1 / 7)
    end = boundaries[target[chosen], random.integers(0, 3, len(chosen))]
    times = random.integers(1, 50, len(chosen))
    whole[chosen, -1] = end[:, 1] * times
    off = random.choice([0, 0, -1, 1], len(chosen))
    part[chosen, -1] = (end[:, 0] * times + off).clip(0, whole[chosen, -1])
    return {"target": target, "numerator": part.ravel(), "denominator": whole.ravel()}


def write_csv(random, file: Path, rows: int) -> None:
    """Facts with distinct keys, in the order in which reports come in: by period, unit, indicator."""
    units = max(1, min(4000, rows // TARGETS))
    keys = np.sort(random.choice(TARGETS * units * CSV_PERIODS, rows, replace=False))
    period, unit, indicator = keys // (TARGETS * units), keys // TARGETS % units, keys % TARGETS
    whole = log_uniform(random, 1e6, rows)
    part = part_of(whole, random.uniform(0, 1, rows))
    with file.open("w", newline="\n") as out:
        out.write("indicator,unit,period,part,whole\n")
        for i, u, p, n, d in zip(*(c.tolist() for c in (indicator, unit, period, part, whole)), strict=True):
            out.write(f"i{i:02},u{u:04},2025-{p + 1:02},{n},{d}\n")


def make(directory: Path, rows: int, rollup_rows: int, series: int, points: int, csv_rows: int, seed: int) -> dict:
    """Writes everything to `directory`, and gives what meta.json says."""
    random = np.random.default_rng(seed)
    targets = make_targets(random)
    hundredths = np.array([int(Fraction(t["threshold"]) * 100) for t in targets])

    write(directory / "evaluate" / "friendly", make_evaluate(random, hundredths, rows, 1e6, 0.02, 0.06))
    write(directory / "evaluate" / "adversarial", make_evaluate(random, hundredths, rows, 2.0**40, 0.2, 0.4))
    rollup, units, periods = make_rollup(random, hundredths, rollup_rows)
    write(directory / "rollup" / "sorted", rollup)
    shuffled = random.permutation(len(rollup["unit"]))
    write(directory / "rollup" / "unsorted", {name: column[shuffled] for name, column in rollup.items()})
    write(directory / "rollup" / "revised", make_revised(random, rollup))
    write(directory / "trajectory", make_trajectory(random, targets, series, points))
    write_csv(random, directory / "facts.csv", csv_rows)

    meta = {
        "seed": seed,
        "rows": rows,
        "targets": targets,
        "units": units,
        "periods": periods,
        "rollup_rows": len(rollup["unit"]),
        "series": series,
        "points": points,
        "due": DUE,
        "csv_rows": csv_rows,
    }
    (directory / "meta.json").write_text(json.dumps(meta, indent=1))
    return meta
