"""The jobs in Polars: expressions over a frame; targets by join, by gather and by replacement; both engines."""

import polars as pl
from jobs import STEPS_A_YEAR, UNDEFINED, Variant

WHOLE, PART = pl.col("denominator"), pl.col("numerator")
ENGINES = {"in memory": "in-memory", "streaming": "streaming"}


def looked_up(targets, how):
    """A function from a column of the targets to an expression: its value for each row."""
    columns = targets.columns()
    if how == "join":
        return pl.col
    if how == "gather":
        return lambda name: pl.lit(pl.Series(columns[name])).gather(pl.col("target"))
    codes = columns["target"].tolist()
    return lambda name: pl.col("target").replace_strict(
        codes, columns[name].tolist(), return_dtype=pl.Series(columns[name]).dtype
    )


def joined(frame, targets, how):
    lazy = frame.lazy()
    if how == "join":
        lazy = lazy.join(pl.LazyFrame(targets.columns()), on="target", how="left", maintain_order="left")
    return lazy


def status(missed):
    return pl.when(WHOLE == 0).then(pl.lit(2, pl.UInt8)).otherwise(missed.cast(pl.UInt8)).alias("status")


def short_of(of):
    """sign · (t · D − 10 000 · N), in whole numbers."""
    return of("signed_hundredths") * WHOLE - of("signed_scale") * PART


def floats(of):
    """As analysts write it: a quotient, compared with a percentage."""
    actual = PART / WHOLE * 100
    return [
        actual.alias("actual"),
        (actual - of("threshold")).alias("variance"),
        status((actual - of("threshold")) * of("sign") < 0),
        ((of("threshold") / 100 * WHOLE - PART) * of("sign")).ceil().clip(0).cast(pl.Int64).alias("short_by"),
    ]


def integers(of):
    """Verdict and count in whole numbers, quotients in floats."""
    actual = PART / WHOLE * 100
    return [
        actual.alias("actual"),
        (actual - of("threshold")).alias("variance"),
        status(short_of(of) > 0),
        ((short_of(of).clip(0) + 9_999) // 10_000).alias("short_by"),
    ]


def exact(of):
    """The quotients too: to 12 decimal places, half away from zero, in 128 bits."""
    wide = pl.Int128
    whole = pl.when(WHOLE == 0).then(None).otherwise(WHOLE).cast(wide)
    actual = (PART.cast(wide) * (2 * 10**14) + whole) // (2 * whole)
    over = PART.cast(wide) * 10_000 - (of("signed_hundredths") * of("sign")).cast(wide) * WHOLE.cast(wide)
    variance = (over.abs() * (2 * 10**10) + whole) // (2 * whole) * over.sign()
    return [
        actual.cast(pl.Int64).alias("actual"),
        variance.cast(pl.Int64).alias("variance"),
        *integers(of)[2:],
    ]


def columns(frame):
    return {name: frame[name].to_numpy() for name in frame.columns}


def exact_columns(frame):
    return columns(frame.with_columns(pl.col("actual", "variance").fill_null(UNDEFINED)))


def evaluate(rows, targets, threads):
    frame = pl.DataFrame(rows)

    def variant(style, how, engine):
        def call():
            lazy = joined(frame, targets, how)
            return lazy.select(style(looked_up(targets, how))).collect(engine=ENGINES[engine])

        return Variant(f"{style.__name__}, {how}, {engine}", call, exact_columns if style is exact else columns)

    ways = [(style, how) for style in [floats, integers] for how in ["join", "gather"]]
    ways += [(floats, "replace"), (exact, "gather")]
    return [variant(style, how, engine) for style, how in ways for engine in ENGINES]


def rollup(rows, targets, threads):
    frame = pl.DataFrame(rows)
    units = targets.meta["units"]
    is_sorted = bool(frame["target"].is_sorted())
    of = looked_up(targets, "join")

    def judged(sums):
        """Verdict and rank of each group."""
        actual = PART / pl.when(WHOLE != 0).then(WHOLE) * 100
        rank = (actual * of("sign")).rank("min", descending=True).over("target").fill_null(0).cast(pl.UInt32)
        return sums.join(pl.LazyFrame(targets.columns()), on="target", how="left").select(
            "target",
            "unit",
            "numerator",
            "denominator",
            actual.alias("actual"),
            status(short_of(of) > 0),
            rank.alias("rank"),
        )

    # Rows with a day stand in the order in which they were recorded: of the records of a figure the last one counts.
    figure = ["target", "unit", "period"]
    facts = {"": lambda: frame.lazy()}
    if "recorded" in rows:
        facts = {
            ", unique": lambda: frame.lazy().unique(figure, keep="last"),
            ", last of groups": lambda: frame.lazy().group_by(figure).agg(PART.last(), WHOLE.last()),
        }

    def two_keys(lazy):
        return lazy.group_by("target", "unit").agg(PART.sum(), WHOLE.sum())

    def one_key(lazy):
        key = (pl.col("target") * units + pl.col("unit")).alias("key")
        if is_sorted:
            key = key.set_sorted()
        sums = lazy.select(key, PART, WHOLE).group_by("key").agg(PART.sum(), WHOLE.sum())
        return sums.with_columns(target=pl.col("key") // units, unit=pl.col("key") % units)

    def variant(keys, how, engine):
        return Variant(
            f"{keys.__name__.replace('_', ' ')}{how}, {engine}",
            lambda: judged(keys(facts[how]())).collect(engine=ENGINES[engine]),
            lambda frame: columns(frame.with_columns(pl.col("actual").fill_null(float("nan")))),
        )

    return [variant(keys, how, engine) for keys in [two_keys, one_key] for how in facts for engine in ENGINES]


def trajectory(rows, targets, threads):
    points, due = targets.meta["points"], targets.meta["due"]
    last, passed = points - 1, (points - 1) / due
    series = pl.DataFrame({"target": rows["target"]})
    by_point = pl.DataFrame({"numerator": rows["numerator"], "denominator": rows["denominator"]}).with_columns(
        x=pl.int_range(pl.len()) % points,
        series=(pl.int_range(pl.len()) // points).cast(pl.UInt32).set_sorted(),
    )
    x_mean = last / 2
    squares = points * (points**2 - 1) / 12
    y = PART / WHOLE * 100

    def judged(sums, how):
        """The line at the due month, and how the last point stands on the path, from Σy, Σxy and the last y."""
        of = looked_up(targets, how)
        mean = pl.col("sum_y") / points
        slope = (pl.col("sum_xy") - x_mean * pl.col("sum_y")) / squares
        expected = of("start") + (of("threshold") - of("start")) * passed
        pace = (pl.col("last") - of("start")) / (expected - of("start"))
        meets = (pl.col("last") - of("threshold")) * of("sign") >= 0
        ahead = (pl.col("last") - expected) * of("sign") >= 0
        moving = pl.when(ahead | (pace >= 0.95)).then(0).when(pace >= 0.60).then(1).otherwise(2)
        holding = pl.when(meets).then(0).otherwise(2)
        return sums.select(
            (mean + slope * (due - x_mean)).alias("projection"),
            expected.alias("expected"),
            pace.alias("pace"),
            ((of("threshold") - pl.col("last")) / (due - last) * STEPS_A_YEAR).alias("required_rate"),
            pl.when(of("maintained") != 0).then(holding).otherwise(moving).cast(pl.UInt8).alias("status"),
        )

    def grouped():
        sums = (
            by_point.lazy()
            .with_columns(y.alias("y"))
            .group_by("series", maintain_order=True)
            .agg(
                pl.col("y").sum().alias("sum_y"),
                (pl.col("y") * pl.col("x")).sum().alias("sum_xy"),
                pl.col("y").last().alias("last"),
            )
        )
        return pl.concat([sums, series.lazy()], how="horizontal")

    def reshaped():
        """A series is a row of an array column: sums along arrays need no groups."""
        by_series = (-1, points)
        sums = (
            by_point.lazy()
            .with_columns(y.alias("y"))
            .select(
                pl.col("y").reshape(by_series).arr.sum().alias("sum_y"),
                (pl.col("y") * pl.col("x")).reshape(by_series).arr.sum().alias("sum_xy"),
                pl.col("y").gather_every(points, last).alias("last"),
            )
        )
        return pl.concat([sums, series.lazy()], how="horizontal")

    def variant(sums, engine):
        return Variant(
            f"{sums.__name__}, {engine}", lambda: judged(sums(), "gather").collect(engine=ENGINES[engine]), columns
        )

    return [variant(sums, engine) for sums in [grouped, reshaped] for engine in ENGINES]


def csv(file, targets, threads):
    units = [f"u{u:04}" for u in range(10_000)]
    indicators = [f"i{i:02}" for i in range(100)]
    periods = [f"2025-{m:02}" for m in range(1, 13)]
    counts = {"part": pl.Int64, "whole": pl.Int64}
    categorical = {"indicator": pl.Categorical, "unit": pl.Categorical, "period": pl.Categorical} | counts
    known = {"indicator": pl.Enum(indicators), "unit": pl.Enum(units), "period": pl.Enum(periods)} | counts
    strings = {"indicator": pl.String, "unit": pl.String, "period": pl.String} | counts
    schemas = {"categorical": categorical, "enum": known, "strings": strings}
    read = [
        Variant(f"read_csv, {name}", lambda schema=schema: pl.read_csv(file, schema=schema))
        for name, schema in schemas.items()
    ]
    scan = [
        Variant(
            f"scan_csv, {name}, {engine}",
            lambda schema=schema, engine=engine: pl.scan_csv(file, schema=schema).collect(engine=ENGINES[engine]),
        )
        for name, schema in schemas.items()
        for engine in ENGINES
    ]
    return read + scan
