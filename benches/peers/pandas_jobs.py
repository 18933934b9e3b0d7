"""The jobs in pandas: columns of a frame; targets by merge and by map."""

import numpy as np
import pandas as pd
from jobs import STEPS_A_YEAR, Variant


def columns(frame):
    return {name: frame[name].to_numpy() for name in frame.columns}


def status(frame, missed):
    return np.where(frame["denominator"] == 0, 2, missed).astype(np.uint8)


def floats(frame, of):
    """As analysts write it: a quotient, compared with a percentage."""
    actual = frame["numerator"] / frame["denominator"] * 100
    variance = actual - of("threshold")
    short_by = np.ceil((of("threshold") / 100 * frame["denominator"] - frame["numerator"]) * of("sign"))
    return pd.DataFrame(
        {
            "actual": actual,
            "variance": variance,
            "status": status(frame, variance * of("sign") < 0),
            "short_by": short_by.clip(lower=0).astype(np.int64),
        }
    )


def integers(frame, of):
    """Verdict and count in whole numbers, quotients in floats."""
    actual = frame["numerator"] / frame["denominator"] * 100
    short_of = of("signed_hundredths") * frame["denominator"] - of("signed_scale") * frame["numerator"]
    return pd.DataFrame(
        {
            "actual": actual,
            "variance": actual - of("threshold"),
            "status": status(frame, short_of > 0),
            "short_by": (short_of.clip(lower=0) + 9_999) // 10_000,
        }
    )


def evaluate(rows, targets, threads):
    frame = pd.DataFrame(rows)
    known = pd.DataFrame(targets.columns())

    def merged(style):
        both = frame.merge(known, on="target", how="left")
        return style(both, lambda name: both[name])

    def mapped(style):
        codes = frame["target"].to_numpy()
        return style(frame, lambda name: pd.Series(known[name].to_numpy().take(codes)))

    return [
        Variant(f"{style.__name__}, {way.__name__}", lambda way=way, style=style: way(style), columns)
        for style in [floats, integers]
        for way in [merged, mapped]
    ]


def rollup(rows, targets, threads):
    frame = pd.DataFrame(rows)
    known = pd.DataFrame(targets.columns())
    units = targets.meta["units"]
    parts = ["numerator", "denominator"]

    def facts():
        """Rows with a day stand in the order in which they were recorded: of the records of a figure the last one counts."""
        return frame.drop_duplicates(["target", "unit", "period"], keep="last") if "recorded" in rows else frame

    def two_keys():
        return facts().groupby(["target", "unit"], sort=False)[parts].sum().reset_index()

    def one_key():
        counted = facts()
        key = counted["target"].to_numpy() * np.uint32(units) + counted["unit"].to_numpy()
        sums = counted[parts].groupby(key, sort=False).sum()
        key = sums.index.to_numpy()
        sums = sums.reset_index(drop=True)
        return sums.assign(target=(key // units).astype(np.uint32), unit=(key % units).astype(np.uint32))

    def judged(keys):
        sums = keys()
        codes = sums["target"].to_numpy()
        of = {name: pd.Series(known[name].to_numpy().take(codes)) for name in known.columns}
        actual = sums["numerator"] / sums["denominator"] * 100
        missed = of["signed_hundredths"] * sums["denominator"] - of["signed_scale"] * sums["numerator"] > 0
        rank = (actual * of["sign"]).groupby(sums["target"]).rank("min", ascending=False)
        return sums.assign(actual=actual, status=status(sums, missed), rank=rank.fillna(0).astype(np.uint32))

    return [
        Variant(keys.__name__.replace("_", " "), lambda keys=keys: judged(keys), columns)
        for keys in [two_keys, one_key]
    ]


def trajectory(rows, targets, threads):
    points, due = targets.meta["points"], targets.meta["due"]
    last, mean = points - 1, (points - 1) / 2
    squares = points * (points**2 - 1) / 12
    count = len(rows["target"])
    frame = pd.DataFrame(
        {
            "series": np.repeat(np.arange(count, dtype=np.uint32), points),
            "x": np.tile(np.arange(points), count),
            "numerator": rows["numerator"],
            "denominator": rows["denominator"],
        }
    )
    known = pd.DataFrame(targets.columns())
    codes = rows["target"]

    def grouped():
        y = frame["numerator"] / frame["denominator"] * 100
        sums = pd.DataFrame({"y": y, "xy": y * frame["x"]}).groupby(frame["series"], sort=False)
        total = sums.sum()
        actual = sums["y"].last()
        of = {name: pd.Series(known[name].to_numpy().take(codes)) for name in known.columns}
        slope = (total["xy"] - mean * total["y"]) / squares
        expected = of["start"] + (of["threshold"] - of["start"]) * (last / due)
        with np.errstate(divide="ignore", invalid="ignore"):
            pace = (actual - of["start"]) / (expected - of["start"])
        meets = (actual - of["threshold"]) * of["sign"] >= 0
        ahead = (actual - expected) * of["sign"] >= 0
        moving = np.select([ahead | (pace >= 0.95), pace >= 0.60], [0, 1], 2)
        verdict = np.where(of["maintained"] != 0, np.where(meets, 0, 2), moving)
        return pd.DataFrame(
            {
                "projection": total["y"] / points + slope * (due - mean),
                "expected": expected,
                "pace": pace,
                "required_rate": (of["threshold"] - actual) / (due - last) * STEPS_A_YEAR,
                "status": verdict.astype(np.uint8),
            }
        )

    return [Variant("grouped", grouped, columns)]


def csv(file, targets, threads):
    counts = {"part": np.int64, "whole": np.int64}
    categories = dict.fromkeys(["indicator", "unit", "period"], "category") | counts
    strings = dict.fromkeys(["indicator", "unit", "period"], "string") | counts
    return [
        Variant("C engine, categories", lambda: pd.read_csv(file, dtype=categories, engine="c")),
        Variant("C engine, strings", lambda: pd.read_csv(file, dtype=strings, engine="c")),
        Variant("pyarrow engine, categories", lambda: pd.read_csv(file, dtype=categories, engine="pyarrow")),
    ]
