"""Frames in and out: every library, every width, nulls, and faults by column and row."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import duckdb
import pandas
import polars
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import attain
from attain import Facts, Plan, columns

PLAN = Plan.from_toml(
    """
format = "attain-plan/1"
plan = { id = "demo", owner = "office", start = 2024-01-01 }
[[indicators]]
id = "online"
kind = "share"
[[indicators]]
id = "posts"
kind = "stock"
[[targets]]
id = "online-2025"
indicator = "online"
at_least = 57
by = "2025"
"""
)

TEXT = "indicator,period,part,whole,recorded_on\nonline,2024,19,44,2025-01-10\nonline,2025,57,100,2026-01-10\n"
FACTS = Facts.from_csv(PLAN, TEXT)
DAYS = [datetime.date(2025, 1, 10), datetime.date(2026, 1, 10)]
COLUMNS: dict[str, list[Any]] = {
    "indicator": ["online", "online"],
    "period": ["2024", "2025"],
    "part": [19, 57],
    "whole": [44, 100],
    "recorded_on": DAYS,
}


def of_duckdb(columns: dict[str, list[Any]]) -> Any:
    table = pyarrow.table(columns)
    return duckdb.connect().from_arrow(table)


FRAMES: dict[str, Callable[[dict[str, list[Any]]], Any]] = {
    "polars": polars.DataFrame,
    "pandas": pandas.DataFrame,
    "pyarrow": pyarrow.table,
    "duckdb": of_duckdb,
    "reader": lambda columns: pyarrow.table(columns).to_reader(max_chunksize=1),
    "batch": lambda columns: pyarrow.record_batch(columns),
    "chunks": lambda columns: pyarrow.concat_tables([pyarrow.table(columns).slice(0, 1), pyarrow.table(columns).slice(1)]),
}


@pytest.mark.parametrize("library", FRAMES)
def test_facts_come_from_frames_of_every_library(library: str) -> None:
    assert Facts.from_frame(PLAN, FRAMES[library](COLUMNS)) == FACTS


@pytest.mark.parametrize(
    "kind",
    [
        *(getattr(pyarrow, f"{sign}int{bits}")() for sign in ("", "u") for bits in (8, 16, 32, 64)),
        pyarrow.decimal32(7, 2),
        pyarrow.decimal64(12, 0),
        pyarrow.decimal128(38, 10),
        pyarrow.decimal256(60, 3),
        pyarrow.string(),
        pyarrow.large_string(),
        pyarrow.string_view(),
        pyarrow.dictionary(pyarrow.int8(), pyarrow.string()),
    ],
    ids=str,
)
def test_figures_may_be_of_every_width_and_texts(kind: Any) -> None:
    table = pyarrow.table(COLUMNS)
    if pyarrow.types.is_dictionary(kind):
        part = table["part"].cast(pyarrow.string()).dictionary_encode()
    elif pyarrow.types.is_decimal(kind):
        part = pyarrow.chunked_array([pyarrow.array([Decimal(19), Decimal(57)], kind)])
    else:
        part = table["part"].cast(pyarrow.string()).cast(kind)
    assert Facts.from_frame(PLAN, table.set_column(2, "part", part)) == FACTS


def test_objects_of_pandas_may_be_decimals() -> None:
    frame = pandas.DataFrame(COLUMNS | {"part": [Decimal("19"), Decimal("57.00")]})
    assert Facts.from_frame(PLAN, frame) == FACTS


@pytest.mark.parametrize("kind", [pyarrow.string(), pyarrow.string_view(), pyarrow.dictionary(pyarrow.uint32(), pyarrow.string())], ids=str)
def test_ids_and_labels_may_be_texts_of_every_kind(kind: Any) -> None:
    table = pyarrow.table(COLUMNS)
    for place, name in enumerate(["indicator", "period"]):
        column = table[name].dictionary_encode() if pyarrow.types.is_dictionary(kind) else table[name].cast(kind)
        table = table.set_column(place, name, column)
    assert Facts.from_frame(PLAN, table) == FACTS


def test_labels_may_be_categories_and_years_may_be_numbers() -> None:
    frame = polars.DataFrame(COLUMNS).with_columns(polars.col("indicator").cast(polars.Categorical), period=polars.Series([2024, 2025]))
    assert Facts.from_frame(PLAN, frame) == FACTS


@pytest.mark.parametrize("kind", [pyarrow.date32(), pyarrow.date64(), pyarrow.timestamp("s"), pyarrow.timestamp("us"), pyarrow.timestamp("ns"), pyarrow.string()], ids=str)
def test_days_may_be_days_moments_and_texts(kind: Any) -> None:
    table = pyarrow.table(COLUMNS)
    assert Facts.from_frame(PLAN, table.set_column(4, "recorded_on", table["recorded_on"].cast(kind))) == FACTS


def test_a_null_says_nothing_and_is_never_zero() -> None:
    frame = polars.DataFrame(COLUMNS).with_columns(part=polars.Series([19, None], dtype=polars.Int64))
    with pytest.raises(attain.MissingFieldError) as caught:
        Facts.from_frame(PLAN, frame)
    (fault,) = caught.value.faults
    assert fault.path == ("facts", 1, "part")


def test_floats_are_refused_unless_they_are_taken_as_written() -> None:
    frame = polars.DataFrame(COLUMNS | {"part": [19.0, 0.1]})
    with pytest.raises(attain.InvalidValueError, match="part: Float64; expected integers or decimals"):
        Facts.from_frame(PLAN, frame)
    facts = Facts.from_frame(PLAN, frame, floats="as_written")
    assert [row["part"] for row in facts.rows()] == ["19", "0.1"]
    for bad, shown in ((float("nan"), "NaN"), (float("inf"), "inf")):
        with pytest.raises(attain.InvalidValueError, match=rf"facts\[1\]\.part: {shown}"):
            Facts.from_frame(PLAN, polars.DataFrame(COLUMNS | {"part": [19.0, bad]}), floats="as_written")


def test_truth_values_are_no_figures() -> None:
    with pytest.raises(attain.InvalidValueError, match="part: Boolean"):
        Facts.from_frame(PLAN, polars.DataFrame(COLUMNS | {"part": [True, False]}))


def test_all_faults_are_told_at_once_with_rows_through_all_chunks() -> None:
    columns = COLUMNS | {"indicator": ["onlin", "online"], "whole": [44, 56], "recorded_on": ["2025-01-10", "2026-13-01"]}
    with pytest.raises(attain.SeveralFaultsError) as caught:
        Facts.from_frame(PLAN, FRAMES["reader"](columns))
    assert [fault.path for fault in caught.value.faults] == [
        ("facts", 0, "indicator"),
        ("facts", 1, "part"),
        ("facts", 1, "recorded_on"),
    ]
    assert "the plan has no 'onlin'" in str(caught.value)


@pytest.mark.parametrize("frame", [None, 5, "indicator,period", [1, 2], {"indicator": ["online"]}, object()], ids=repr)
def test_what_is_no_frame_is_refused_with_what_would_be_one(frame: Any) -> None:
    with pytest.raises(attain.InvalidValueError, match="does not speak the Arrow PyCapsule interface; expected a DataFrame"):
        Facts.from_frame(PLAN, frame)


@pytest.mark.parametrize(
    "array", [pyarrow.array([1, 2]), pyarrow.chunked_array([[1], [2]]), polars.Series([1, 2])], ids=type
)
def test_an_array_is_no_table(array: Any) -> None:
    with pytest.raises(attain.InvalidValueError, match="an array of Int64; expected a table"):
        Facts.from_frame(PLAN, array)


ROW = {"indicator": "online", "period": "2025", "part": 57, "whole": 100, "recorded_on": DAYS[1]}


@pytest.mark.parametrize(
    "array",
    [pyarrow.array([ROW, None]), pyarrow.chunked_array([[ROW], [None]], pyarrow.array([ROW]).type)],
    ids=["array", "chunks"],
)
def test_a_row_that_is_null_as_a_whole_is_no_row(array: Any) -> None:
    with pytest.raises(attain.InvalidValueError, match="frame: row 1 is null as a whole; expected rows, with null in"):
        Facts.from_frame(PLAN, array)


def test_columns_of_nothing_are_missing_figures_in_every_library() -> None:
    rules = {"o": {"kind": "share", "at_least": 80}}
    nothing = {"target": ["o"], "n": [None], "d": [2], "note": [None]}
    for frame in (polars.DataFrame(nothing), pyarrow.table(nothing), pandas.DataFrame(nothing)):
        answers = polars.DataFrame(columns.evaluate(frame, rules, numerator="n", denominator="d", outputs=[]))
        assert answers["status"].to_list() == ["awaiting_data"]
    assert len(Facts.from_frame(PLAN, polars.DataFrame({"indicator": [], "period": []}))) == 0


def test_what_was_taken_is_not_taken_again() -> None:
    class Given:
        def __init__(self, capsules: Any) -> None:
            self.capsules = capsules

        def __arrow_c_array__(self, requested_schema: object = None) -> Any:
            return self.capsules

    batch = pyarrow.RecordBatch.from_pydict({"indicator": ["posts"], "period": ["2024"], "value": [46]})
    once = Given(batch.__arrow_c_array__())
    assert len(Facts.from_frame(PLAN, once)) == 1
    with pytest.raises(attain.InvalidValueError, match="frame: an array that was taken before; expected one that is there"):
        Facts.from_frame(PLAN, once)
    without_schema = Given(batch.__arrow_c_array__())
    pyarrow.Schema._import_from_c_capsule(without_schema.capsules[0])
    with pytest.raises(attain.InvalidValueError, match="taken before"):
        Facts.from_frame(PLAN, without_schema)

    class Stream:
        capsule = batch.__arrow_c_stream__()

        def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
            return self.capsule

    assert len(Facts.from_frame(PLAN, Stream())) == 1
    with pytest.raises(attain.InvalidValueError, match="gives no batches, or has given them"):
        Facts.from_frame(PLAN, Stream())


def test_an_array_of_rows_is_a_table() -> None:
    assert Facts.from_frame(PLAN, pyarrow.array([ROW])).rows() == [FACTS.rows()[1]]


def test_a_table_without_rows_has_its_columns() -> None:
    nothing = pyarrow.table(COLUMNS).schema.empty_table()
    for frame in (nothing, nothing.to_reader(), pyarrow.RecordBatchReader.from_batches(nothing.schema, [])):
        assert len(Facts.from_frame(PLAN, frame)) == 0
    other = pyarrow.RecordBatchReader.from_batches(pyarrow.schema([("period", pyarrow.string())]), [])
    with pytest.raises(attain.MissingFieldError, match="the column 'indicator' is missing"):
        Facts.from_frame(PLAN, other)


def test_a_column_that_the_format_does_not_know_is_refused() -> None:
    with pytest.raises(attain.UnknownFieldError, match="'parts' .*did you mean 'part'"):
        Facts.from_frame(PLAN, polars.DataFrame({"indicator": ["online"], "period": ["2025"], "parts": [1]}))


def test_facts_go_out_and_come_back() -> None:
    plan = Plan.decision_333()
    facts = Facts.decision_333(plan)
    assert Facts.from_frame(plan, facts) == facts
    assert Facts.from_frame(plan, polars.DataFrame(facts)) == facts
    assert Facts.from_frame(plan, pandas.DataFrame.from_arrow(facts)) == facts
    assert Facts.from_frame(plan, pyarrow.table(facts)) == facts


def test_a_scorecard_goes_out_to_every_library() -> None:
    plan = Plan.decision_333()
    card = plan.assess(Facts.decision_333(plan), as_of="2025-09-30")
    frame = polars.DataFrame(card)
    assert frame["status"].to_list() == [one.status.value for one in card]
    assert pandas.DataFrame.from_arrow(card)["status"].to_list() == frame["status"].to_list()
    assert pyarrow.table(card)["status"].to_pylist() == frame["status"].to_list()
    counts = duckdb.connect().sql("select status, count(*) from frame group by 1").fetchall()
    assert dict(counts) == dict(card.summary.by_status)
    # Numbers are exact decimals, and undefined ones are null with their reason beside them.
    for row, one in zip(frame.iter_rows(named=True), card, strict=True):
        value = one.actual.value
        if isinstance(value, Decimal):
            assert row["actual"] == value
        else:
            assert row["actual"] is None
            assert f"actual:{value.reason.value}" in row["undefined"]


def test_what_was_given_out_outlives_what_gave_it() -> None:
    def give() -> tuple[polars.DataFrame, pyarrow.Table]:
        facts = Facts.from_csv(PLAN, TEXT)
        return polars.DataFrame(facts), pyarrow.table(facts)

    frame, table = give()
    assert frame["whole"].to_list() == table["whole"].to_pylist() == [44, 100]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.decimals(min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False, places=4),
            st.decimals(min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False, places=2),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_frames_of_decimals_say_what_rows_of_decimals_say(pairs: list[tuple[Decimal, Decimal]]) -> None:
    rows: list[dict[str, Any]] = [
        {"indicator": "online", "period": f"{2024 + place // 12}-{place % 12 + 1:02}", "part": part, "whole": part + more}
        for place, (part, more) in enumerate(pairs)
    ]
    facts = Facts.from_rows(PLAN, rows)
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    kinds = {"part": pyarrow.decimal128(38, 6), "whole": pyarrow.decimal128(30, 4)}
    table = pyarrow.table({name: pyarrow.array(column, kinds.get(name)) for name, column in columns.items()})
    assert Facts.from_frame(PLAN, table) == facts
    assert Facts.from_frame(PLAN, pyarrow.table(facts)) == facts
