"""The jobs in DuckDB: SQL over its own tables in memory; results as Arrow tables, which was the fastest way out."""

import duckdb
import pyarrow as pa
from jobs import STEPS_A_YEAR, UNDEFINED, Variant

P = "(signed_hundredths * denominator - signed_scale * numerator)"
STATUS = f"CASE WHEN denominator = 0 THEN 2 WHEN {P} > 0 THEN 1 ELSE 0 END::UTINYINT AS status"
# 0 / 0 is NaN, which DuckDB orders above all numbers.
ACTUAL = "numerator / denominator * 100"
STYLES = {
    "floats": f"""
        {ACTUAL} AS actual, actual - threshold AS variance,
        CASE WHEN denominator = 0 THEN 2 WHEN sign * variance < 0 THEN 1 ELSE 0 END::UTINYINT AS status,
        greatest(ceil(sign * (threshold / 100 * denominator - numerator)), 0)::BIGINT AS short_by""",
    "integers": f"""
        {ACTUAL} AS actual, actual - threshold AS variance, {STATUS},
        (greatest({P}, 0) + 9999) // 10000 AS short_by""",
    # The quotients too: to 12 decimal places, half away from zero, in 128 bits.
    "exact": f"""
        ((numerator::HUGEINT * 200000000000000 + denominator) // nullif(2 * denominator::HUGEINT, 0))::BIGINT AS actual,
        ((abs({P})::HUGEINT * 20000000000 + denominator) // nullif(2 * denominator::HUGEINT, 0)
            * -sign({P}) * sign)::BIGINT AS variance,
        {STATUS}, (greatest({P}, 0) + 9999) // 10000 AS short_by""",
}


def connection(threads, targets, **tables):
    """A database in memory that holds the targets and the given tables as tables of its own."""
    database = duckdb.connect()
    database.execute(f"SET threads = {threads}")
    for name, columns in {"targets": targets.columns(), **tables}.items():
        given = pa.table(columns)
        database.register("given", given)
        database.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
        database.unregister("given")
    return database


def columns(result):
    undefined = {"d": float("nan"), "l": UNDEFINED}
    read = {}
    for name, column in result.items():
        read[name] = column.filled(undefined[column.dtype.char]) if hasattr(column, "filled") else column
    return read


def answered(database, name, query, ordered=None):
    """The query with its result as an Arrow table; `ordered` is the query by which results are compared row by row."""
    return Variant(
        name,
        lambda: database.sql(query).to_arrow_table(),
        lambda _: columns(database.sql(ordered or query).fetchnumpy()),
    )


def evaluate(rows, targets, threads):
    database = connection(threads, targets, facts=rows)
    # What is timed may give its rows in any order, as a database does; results are compared in the order of the table.
    in_order = "(SELECT rowid AS place, * FROM facts)"
    return [
        answered(
            database,
            name,
            f"SELECT {style} FROM facts JOIN targets USING (target)",
            f"SELECT {style} FROM {in_order} JOIN targets USING (target) ORDER BY place",
        )
        for name, style in STYLES.items()
    ]


def rollup(rows, targets, threads):
    database = connection(threads, targets, facts=rows)
    units = targets.meta["units"]
    sums = "sum(numerator)::BIGINT AS numerator, sum(denominator)::BIGINT AS denominator"
    facts = "facts"
    if "recorded" in rows:
        facts = """(
            SELECT target, unit, arg_max(numerator, recorded) AS numerator, arg_max(denominator, recorded) AS denominator
            FROM facts GROUP BY target, unit, period)"""
    keys = {
        "two keys": f"SELECT target, unit, {sums} FROM {facts} GROUP BY target, unit",
        "one key": f"""
            SELECT (key // {units})::UINTEGER AS target, (key % {units})::UINTEGER AS unit, numerator, denominator
            FROM (SELECT target * {units} + unit AS key, {sums} FROM {facts} GROUP BY key)""",
    }
    judged = f"""
        SELECT target, unit, numerator, denominator, {ACTUAL} AS actual, {STATUS},
            CASE WHEN denominator = 0 THEN 0 ELSE
                rank() OVER (PARTITION BY target ORDER BY nullif(sign * actual, 'NaN') DESC NULLS LAST)
            END::UINTEGER AS rank
        FROM ({{}}) JOIN targets USING (target)"""

    def with_perfect_hash(variant, bits):
        """Groups by an array over all keys of so many bits where their bounds are known, instead of by a hash table."""
        call = variant.call

        def perfect():
            database.execute(f"SET perfect_ht_threshold = {bits}")
            return call()

        return Variant(f"{variant.name}{', perfect hash' if bits > 12 else ''}", perfect, variant.columns)

    return [
        with_perfect_hash(answered(database, name, judged.format(query)), bits)
        for name, query in keys.items()
        for bits in [12, 24]
    ]


def trajectory(rows, targets, threads):
    points, due = targets.meta["points"], targets.meta["due"]
    last, passed = points - 1, (points - 1) / due
    database = connection(
        threads,
        targets,
        points={"numerator": rows["numerator"], "denominator": rows["denominator"]},
        series_targets={"target": rows["target"]},
    )
    database.execute(f"""
        CREATE TABLE facts AS
            SELECT (rowid // {points})::UINTEGER AS series, (rowid % {points})::UTINYINT AS x, numerator, denominator
            FROM points;
        DROP TABLE points;
        CREATE TABLE series AS SELECT rowid::UINTEGER AS series, target FROM series_targets""")
    y = "numerator / denominator * 100"
    squares, mean = points * (points**2 - 1) / 12, last / 2
    lines = {
        "sums": f"sum({y}) / {points} + (sum(x * ({y})) - {mean} * sum({y})) / {squares} * {due - mean}",
        "regr_slope": f"regr_intercept({y}, x) + regr_slope({y}, x) * {due}",
    }
    judged = f"""
        SELECT projection,
            start + (threshold - start) * {passed} AS expected,
            (actual - start) / (expected - start) AS pace,
            (threshold - actual) / {due - last} * {STEPS_A_YEAR} AS required_rate,
            CASE WHEN maintained <> 0 THEN CASE WHEN sign * (actual - threshold) >= 0 THEN 0 ELSE 2 END
                WHEN sign * (actual - expected) >= 0 OR pace >= 0.95 THEN 0
                WHEN pace >= 0.60 THEN 1 ELSE 2 END::UTINYINT AS status
        FROM (
            SELECT series, {{}} AS projection, max({y}) FILTER (x = {last}) AS actual FROM facts GROUP BY series
        ) JOIN series USING (series) JOIN targets USING (target)"""

    return [
        answered(database, name, judged.format(line), judged.format(line) + " ORDER BY series")
        for name, line in lines.items()
    ]


def csv(file, targets, threads):
    database = connection(threads, targets)
    for name, texts in {
        "indicators": [f"i{i:02}" for i in range(100)],
        "units": [f"u{u:04}" for u in range(10_000)],
        "periods": [f"2025-{m:02}" for m in range(1, 13)],
    }.items():
        listed = ", ".join(f"'{text}'" for text in texts)
        database.execute(f"CREATE TYPE {name} AS ENUM ({listed})")
    types = {
        "enums": {"indicator": "indicators", "unit": "units", "period": "periods"},
        "strings": dict.fromkeys(["indicator", "unit", "period"], "VARCHAR"),
    }
    made = []
    for name, texts in types.items():
        columns = texts | {"part": "BIGINT", "whole": "BIGINT"}
        query = f"SELECT * FROM read_csv('{file}', header = true, auto_detect = false, columns = {columns})"
        made.append(answered(database, name, query))
    return made
