"""The batch engine on frames says what fractions say, and what an assessment says."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas
import polars
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import attain
from attain.columns import OUTPUTS, Targets, evaluate, rank, roll_up, trajectory

RULES: dict[str, dict[str, Any]] = {
    "online": {"kind": "share", "at_least": 80},
    "late": {"kind": "share", "at_most": Decimal("2.5")},
    "all": {"kind": "share", "at_least": 100},
}


def told(table: Any) -> polars.DataFrame:
    return polars.DataFrame(table)


counts = st.integers(min_value=0, max_value=10**6)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(RULES)), counts, counts), min_size=1, max_size=40), st.integers(0, 12))
def test_answers_are_those_of_fractions(rows: list[tuple[str, int, int]], places: int) -> None:
    frame = polars.DataFrame(
        {"target": [row[0] for row in rows], "n": [row[1] for row in rows], "d": [row[1] + row[2] for row in rows]}
    )
    answers = told(evaluate(frame, RULES, numerator="n", denominator="d", places=places))
    for (target, n, more), answer in zip(rows, answers.iter_rows(named=True), strict=True):
        d = n + more
        if d == 0:
            assert (answer["status"], answer["actual"], answer["variance"]) == ("not_applicable", None, None)
            continue
        rule = RULES[target]
        actual = Fraction(n, d) * 100
        threshold = Fraction(rule["at_least"]) if "at_least" in rule else Fraction(rule["at_most"])
        is_met = actual >= threshold if "at_least" in rule else actual <= threshold
        assert answer["status"] == ("met" if is_met else "missed")
        assert answer["actual"] == rounded(actual, places)
        assert answer["variance"] == rounded(actual - threshold, places)
        if "at_least" in rule:
            needed = -(-threshold * d // 100)
            assert answer["short_by"] == max(0, needed - n)
        else:
            allowed = threshold * d // 100
            assert answer["short_by"] == max(0, n - allowed)


def rounded(value: Fraction, places: int) -> Decimal:
    """To the nearest decimal, halves away from zero."""
    scaled = abs(value) * 10**places
    whole = (scaled.numerator * 2 + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-whole if value < 0 else whole).scaleb(-places)


def test_a_table_of_a_plan_says_what_the_assessment_says() -> None:
    plan = attain.Plan.decision_333()
    card = plan.assess(attain.Facts.decision_333(plan), as_of="2025-09-30")
    closed = [
        one
        for one in card
        if one.status in ("met", "missed") and one.actual.part is not None and one.threshold.value is not None
    ]
    assert len(closed) > 20
    frame = pyarrow.table(
        {
            "target": [one.target for one in closed],
            "part": pyarrow.array([one.actual.part for one in closed], pyarrow.decimal128(20, 2)),
            "whole": pyarrow.array([one.actual.whole for one in closed], pyarrow.decimal128(20, 2)),
        }
    )
    answers = told(evaluate(frame, plan, numerator="part", denominator="whole", outputs=["actual", "variance", "shortfall"]))
    assert answers["status"].to_list() == [one.status.value for one in closed]
    for name in ("variance", "shortfall"):
        assert answers[name].to_list() == [getattr(one, name) for one in closed]


FRAME = {"target": ["online", "late", "all"], "n": [1999, 3, 7], "d": [2500, 100, 7]}


@pytest.mark.parametrize("frame", [polars.DataFrame(FRAME), pandas.DataFrame(FRAME), pyarrow.table(FRAME), pyarrow.table(FRAME).to_reader(1)], ids=type)
def test_every_frame_and_any_chunks_give_the_same(frame: Any) -> None:
    answers = told(evaluate(frame, RULES, numerator="n", denominator="d", outputs=OUTPUTS, places=2))
    assert answers["status"].to_list() == ["missed", "missed", "met"]
    assert answers["actual"].to_list() == [Decimal("79.96"), Decimal("3.00"), Decimal("100.00")]
    assert answers["short_by"].to_list() == [1, 1, 0]
    assert answers.columns == ["status", *OUTPUTS]


def test_what_is_not_asked_for_is_not_there_and_what_is_kept_is() -> None:
    frame = polars.DataFrame(FRAME | {"unit": ["a", "b", "c"]})
    answers = told(evaluate(frame, RULES, numerator="n", denominator="d", outputs=[], keep=["unit", "target"]))
    assert answers.columns == ["unit", "target", "status"]
    assert answers["unit"].to_list() == ["a", "b", "c"]


def test_threads_change_nothing() -> None:
    rows = 300_000
    frame = polars.DataFrame({"target": ["online", "late", "all"] * (rows // 3), "n": range(rows), "d": range(7, 7 + rows)})
    ask = [told(evaluate(frame, RULES, numerator="n", denominator="d", outputs=OUTPUTS, threads=threads)) for threads in (True, False)]
    assert ask[0].equals(ask[1])


@pytest.mark.parametrize(
    ("change", "kind", "message"),
    [
        ({"n": [1999, 3, 8]}, attain.InconsistentError, "n[2]: 8 of 7; expected 0 ≤ numerator ≤ denominator"),
        ({"n": [-1, 3, 7]}, attain.InconsistentError, "n[0]: -1 of 2500; expected 0 ≤ numerator ≤ denominator"),
        ({"d": [2500, 100, -7]}, attain.InconsistentError, "n[2]: 7 of -7; expected 0 ≤ numerator ≤ denominator"),
        ({"target": ["online", "lat", "all"]}, attain.UnknownReferenceError, "target[1]: 'lat' is not known (did you mean 'late'?)"),
        ({"target": ["online", None, "all"]}, attain.MissingFieldError, "target[1]: no id"),
        ({"target": [1, 2, 3]}, attain.InvalidValueError, "target: Int64; expected ids as texts"),
        ({"n": [0.5, 3.0, 7.0]}, attain.InvalidValueError, "n: Float64; expected integers or decimals"),
        ({"n": [True, False, True]}, attain.InvalidValueError, "n: Boolean"),
        ({"n": ["x", "3", "7"]}, attain.InvalidValueError, "n"),
    ],
)
def test_nothing_is_computed_of_what_can_not_be(change: dict[str, Any], kind: type[Exception], message: str) -> None:
    with pytest.raises(attain.AttainError) as caught:
        evaluate(polars.DataFrame(FRAME | change), RULES, numerator="n", denominator="d")
    assert message in str(caught.value)
    assert isinstance(caught.value, kind | attain.SeveralFaultsError)


def test_a_null_figure_awaits_data_and_is_never_zero() -> None:
    frame = polars.DataFrame(FRAME | {"n": [1999, None, 7]})
    answers = told(evaluate(frame, RULES, numerator="n", denominator="d"))
    assert answers["status"].to_list() == ["missed", "awaiting_data", "met"]
    assert answers["short_by"].to_list() == [1, None, 0]


@pytest.mark.parametrize("kind", ["flow", "stock"])
def test_periods_of_one_series_that_overlap_are_not_added_up(kind: str) -> None:
    rows = [("a", "2025", 100), ("a", "2025-Q1", 30), ("b", "2025-Q1", 7), ("b", "2025-Q2", 8), ("c", "2025", 9)]
    frame = polars.DataFrame(rows, schema=["unit", "period", "n"], orient="row")
    keys = {"unit": "each", "period": "period:year"}
    with pytest.raises(attain.InconsistentError) as caught:
        roll_up(frame, kind, keys=keys, measures=["n"])
    assert str(caught.value) == (
        "period: '2025' and '2025-Q1' overlap: unit 'a'; expected periods that are apart, since a figure is added up once"
    )
    # Of others it is no harm, and where each period stays what it is there is nothing to be counted twice.
    others = frame.filter(polars.col("unit") != "a")
    told_of = told(roll_up(others, kind, keys=keys, measures=["n"]))
    assert told_of["numerator"].to_list() == [15 if kind == "flow" else 8, 9]
    assert len(told(roll_up(frame, kind, keys=keys | {"period": "period"}, measures=["n"]))["unit"]) == len(rows)


def test_faults_of_all_batches_are_told_at_once() -> None:
    frame = pyarrow.table({"unit": ["a", "b", "c"], "n": [2, 1, 3], "d": [1, 1, 1]})
    with pytest.raises(attain.InconsistentError) as caught:
        roll_up(frame.to_reader(1), "share", keys={"unit": "each"}, measures=["n", "d"])
    assert [fault.path for fault in caught.value.faults] == [("n", 0), ("n", 2)]


def test_a_course_goes_forward() -> None:
    points = polars.DataFrame({"target": ["posts"], "day": ["2023-12-31"], "posts": [60]})
    rules = {"posts": {"kind": "stock", "at_most": 46}}
    for due in ("2021-12-31", "2025-12-31"):
        with pytest.raises(attain.InconsistentError, match=f"courses.posts: due on {due}, and its baseline stands on 2025-12-31"):
            trajectory(points, rules, {"posts": (52, "2025-12-31", due)}, numerator="posts", denominator=None)


def test_a_change_wants_a_baseline() -> None:
    frame = polars.DataFrame({"target": ["p"], "n": [40]})
    rule = {"p": {"kind": "stock", "reduce_by": "10%"}}
    with pytest.raises(attain.MissingFieldError, match="baselines.p: no baseline; expected what its requirement is measured from"):
        evaluate(frame, rule, numerator="n", denominator=None)
    answers = evaluate(frame, Targets(rule, baselines={"p": 50}), numerator="n", denominator=None)
    assert told(answers)["status"].to_list() == ["met"]  # 40 of 50 are 20 % fewer


def test_rules_have_the_fields_of_indicators_and_targets() -> None:
    rules = {
        "index": {"kind": "index", "improve": True, "direction": "increase"},
        "share": {"kind": "share", "at_least": 80, "compare_rounded": {"scale": 2, "mode": "half_up"}},
    }
    assert Targets(rules).ids == ("index", "share")


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"online": {"kind": "share", "at_leest": 80}}, "online.at_leest: unknown field 'at_leest' (did you mean 'at_least'?)"),
        ({"on line": {"kind": "share", "at_least": 80}}, "on line.id: 'on line' is not an id"),
        ({"a": {"kind": "share", "at_least": 80}, "b": {"kind": "shares", "at_least": 8}}, "b.kind: 'shares' is not known"),
    ],
)
def test_faults_of_rules_stand_at_the_rule(rules: dict[str, dict[str, Any]], said: str) -> None:
    with pytest.raises(attain.AttainError) as caught:
        Targets(rules)
    (fault,) = caught.value.faults
    assert (fault.line, fault.column) == (None, None)
    assert str(caught.value).startswith(said)


ROW = polars.DataFrame({"target": ["o"], "n": [1], "d": [2]})
SHARE = {"o": {"kind": "share", "at_least": 80}}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Targets(5), "targets: 5 of type int; expected an attain.Plan, or a mapping of rules"),  # type: ignore[arg-type]
        (lambda: Targets({"a": 5}), "targets.a: 5 of type int; expected a mapping such as"),  # type: ignore[dict-item]
        (lambda: evaluate(ROW, SHARE, keep="n"), "keep: 'n', a str; expected a list of names, such as ['n']"),
        (lambda: evaluate(ROW, SHARE, outputs="actual"), "outputs: 'actual', a str; expected a list of names"),
        (lambda: roll_up(ROW, "flow", keys={"target": "each"}, measures="n"), "measures: 'n', a str"),
        (lambda: roll_up(ROW, "flow", keys=["target"], measures=["n"]), "keys: ['target'] of type list"),  # type: ignore[arg-type]
        (lambda: roll_up(ROW, "flow", keys={"target": None}, measures=["n"]), "keys.target: None of type NoneType"),  # type: ignore[dict-item]
        (lambda: roll_up(ROW, "flow", keys={"target": "each"}, measures=["n"], plan=5), "plan: 5 of type int"),  # type: ignore[arg-type]
        (lambda: attain.Facts.from_frame(5, ROW), "plan: 5 of type int; expected attain.Plan"),  # type: ignore[arg-type]
    ],
)
def test_arguments_of_another_type_are_named(call: Callable[[], object], said: str) -> None:
    with pytest.raises(TypeError) as caught:
        call()
    assert str(caught.value).startswith(said)


def test_floats_are_one_of_two_words() -> None:
    with pytest.raises(attain.InvalidValueError, match="floats: 'aswritten'; expected 'refused' or 'as_written'"):
        evaluate(ROW, SHARE, numerator="n", denominator="d", floats="aswritten")  # type: ignore[arg-type]


def test_a_table_says_what_it_is() -> None:
    assert repr(evaluate(ROW, SHARE, numerator="n", denominator="d", outputs=["actual"])) == (
        "<attain.columns.Table: 1 rows of status, actual>"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"outputs": ["gap"]}, "outputs: 'gap'; expected one of actual, variance"),
        ({"places": 19}, "places"),
        ({"numerator": "part"}, "no column 'part'"),
        ({"keep": ["nothing"]}, "no column 'nothing'"),
        ({"keep": ["status"]}, "status"),
    ],
)
def test_arguments_are_refused_with_what_was_expected(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(attain.AttainError) as caught:
        evaluate(polars.DataFrame(FRAME), RULES, **({"numerator": "n", "denominator": "d"} | arguments))
    assert message in str(caught.value)


def test_rules_are_checked_as_a_plan_is() -> None:
    with pytest.raises(attain.AttainError, match="at_leest"):
        Targets({"a": {"kind": "share", "at_leest": 80}})
    with pytest.raises(attain.NotExactError, match="a.at_least"):
        Targets({"a": {"kind": "share", "at_least": 0.1}})
    with pytest.raises(attain.InvalidValueError, match="baselines: no target 'b'"):
        Targets({"a": {"kind": "share", "at_least": 80}}, baselines={"b": 1})


def test_a_relative_requirement_takes_its_threshold_from_the_baseline() -> None:
    rules = Targets({"posts": {"kind": "stock", "reduce_by": "10%"}}, baselines={"posts": 52})
    frame = polars.DataFrame({"target": ["posts", "posts"], "posts": [46, 47]})
    answers = told(evaluate(frame, rules, numerator="posts", denominator=None, outputs=["variance", "progress"], places=4))
    # 52 less 10 % are 46.8; of the way of 5.2 posts 6 and 5 are gone.
    assert answers["status"].to_list() == ["met", "missed"]
    assert answers["variance"].to_list() == [Decimal("-0.8000"), Decimal("0.2000")]
    assert answers["progress"].to_list() == [Decimal("1.1538"), Decimal("0.9615")]
    assert pickle.loads(pickle.dumps(rules)) == rules


def test_shares_are_added_up_from_their_counts() -> None:
    wards = polars.DataFrame(
        {"ward": ["a", "b", "c", "a"], "month": ["2025-01", "2025-01", "2025-02", "2025-02"], "n": [9, 90, 5, 1], "d": [10, 100, 10, 10]}
    )
    districts = {"a": "north", "b": "north", "c": "south"}
    groups = told(roll_up(wards, "share", keys={"ward": districts, "month": "period:quarter"}, measures=["n", "d"]))
    assert groups["ward"].to_list() == ["north", "south"]
    assert groups["month"].to_list() == ["2025-Q1", "2025-Q1"]
    assert (groups["numerator"].to_list(), groups["denominator"].to_list()) == ([100, 5], [120, 10])
    assert groups["reported"].to_list() == [3, 1]
    total = told(roll_up(wards, "share", keys={"ward": "sum", "month": "sum"}, measures=["n", "d"]))
    assert total.select("numerator", "denominator").row(0) == (105, 130)
    # And on: judged by their counts, never by an average of percentages.
    judged = groups.with_columns(target=polars.lit("online"))
    assert told(evaluate(judged, RULES))["status"].to_list() == ["met", "missed"]


def test_a_stock_is_the_latest_of_each_unit() -> None:
    posts = pyarrow.table({"unit": ["a", "a", "b"], "month": ["2025-01", "2025-02", "2025-01"], "posts": [5, 6, 7]})
    groups = told(roll_up(posts, "stock", keys={"unit": "sum", "month": "period:year"}, measures=["posts"]))
    assert groups.select("month", "numerator").rows() == [("2025", Decimal(13))]
    with pytest.raises(attain.MissingFieldError, match="no key of periods"):
        roll_up(posts, "stock", keys={"unit": "sum"}, measures=["posts"])
    twice = pyarrow.table({"unit": ["a", "a"], "month": ["2025-01", "2025-01"], "posts": [5, 6]})
    with pytest.raises(attain.InconsistentError, match="two figures .* of the series unit 'a', month '2025-01'"):
        roll_up(twice, "stock", keys={"unit": "sum", "month": "period"}, measures=["posts"])


def test_units_are_added_up_through_the_tree_of_a_plan() -> None:
    plan = attain.Plan.decision_333()
    parents = {unit.id: unit.parent for unit in plan.units}
    below = [unit for unit, parent in parents.items() if parent is not None and unit not in parents.values()]
    root = below[0]
    while (above := parents[root]) is not None:
        root = above
    frame = polars.DataFrame({"unit": below, "n": [1] * len(below)})
    groups = told(roll_up(frame, "flow", keys={"unit": "unit:0"}, measures=["n"], plan=plan))
    assert dict(zip(groups["unit"], groups["numerator"], strict=True))[root] >= 2
    wrong = polars.DataFrame({"unit": ["nobody", root, *below], "n": [1] * (2 + len(below))})
    with pytest.raises(attain.SeveralFaultsError) as caught:
        roll_up(wrong, "flow", keys={"unit": "unit:0"}, measures=["n"], plan=plan)
    assert [fault.what for fault in caught.value.faults] == [
        "no unit 'nobody'",
        f"'{root}' consists of other units, which are what is added up",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"kind": "shares"}, "kind: 'shares'; expected one of share, ratio"),
        ({"keys": {"ward": "every"}}, "keys: 'every'; expected 'each', 'sum'"),
        ({"keys": {"war": "each"}}, "war: no such column"),
        ({"keys": {"month": "period:week"}}, "expected one of day, month, quarter, half, nine_months, year"),
        ({"keys": {"ward": "period"}}, 'ward: "a" is no period of the calendar gregorian; expected 2025, 2025-H1'),
        ({"keys": {"war": "each", "moth": "sum"}}, "moth: no such column; expected one of 'ward', 'month', 'n', 'd'\nwar: no such column"),
        ({"keys": {"month": "period:day"}}, "month: '2025-01' is no part of a day; expected periods that lie in a day"),
        ({"keys": {"ward": "unit:1"}}, "(with a plan)"),
        ({"measures": ["n", "d", "n"]}, "measures: 3 columns; expected one column of amounts"),
        ({"measures": ["d", "n"]}, "d[0]: d 10, n 9; expected 0 ≤ numerator ≤ denominator"),
        ({"measures": ["n"]}, "measures: amounts; expected numerators, denominators, the columns of a share"),
        ({"kind": "deliverable"}, "deliverable"),
    ],
)
def test_roll_ups_are_refused_with_what_was_expected(arguments: dict[str, Any], message: str) -> None:
    frame = polars.DataFrame({"ward": ["a"], "month": ["2025-01"], "n": [9], "d": [10]})
    asked: dict[str, Any] = {"kind": "share", "keys": {"ward": "each"}, "measures": ["n", "d"]} | arguments
    with pytest.raises(attain.AttainError) as caught:
        roll_up(frame, asked.pop("kind"), **asked)
    assert message in str(caught.value)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=25))
def test_ranks_are_exact(rows: list[tuple[str, int, int]]) -> None:
    frame = polars.DataFrame({"of": [r[0] for r in rows], "n": [r[1] for r in rows], "d": [r[2] for r in rows]})
    places = told(rank(frame, numerator="n", denominator="d", within="of"))["rank"].to_list()
    for (of, n, d), place in zip(rows, places, strict=True):
        if d == 0:
            assert place is None
        else:
            better = sum(1 for other, m, e in rows if other == of and e > 0 and Fraction(m, e) > Fraction(n, d))
            assert place == 1 + better


def test_a_rank_does_not_write_over_a_column() -> None:
    frame = polars.DataFrame({"numerator": [1], "denominator": [2], "rank": [0]})
    with pytest.raises(attain.InvalidValueError, match="name: 'rank', which is a column of the frame"):
        rank(frame)
    assert told(rank(frame, name="place"))["place"].to_list() == [1]


POINTS = {
    "target": ["posts"] * 3,
    "unit": ["n", "n", "s"],
    "day": ["2022-12-31", "2023-12-31", "2023-12-31"],
    "posts": [51, 49, 51],
}
COURSES = {"posts": (52, "2021-12-31", "2025-12-31")}
STOCK = {"posts": {"kind": "stock", "at_most": 46}}


def test_series_are_followed_to_their_due_day() -> None:
    answers = told(
        trajectory(polars.DataFrame(POINTS), STOCK, COURSES, series=["unit"], numerator="posts", denominator=None, places=6)
    )
    assert answers["unit"].to_list() == ["n", "s"]
    # Of 1461 days 730 are gone: 52 − 6·730/1461; the pace of a fall of 3 and of 1.
    expected = 52 - Fraction(6 * 730, 1461)
    assert answers["expected"].to_list() == [rounded(expected, 6)] * 2
    assert answers["pace"].to_list() == [rounded(Fraction(fall) / (52 - expected), 6) for fall in (3, 1)]
    assert answers["status"].to_list() == ["on_track", "off_track"]
    # The line through 51 and 49 falls by 2 in 365 days; 731 days are left. No line goes through a single point.
    assert answers["projection"][0] == pytest.approx(49 - 2 * 731 / 365)
    assert answers["projection"][1] is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"unit": ["n", "s", "n"]}, "target[2]: a series that has been there before"),
        ({"day": ["2023-12-31", "2022-12-31", "2023-12-31"]}, "day[1]"),
        ({"day": ["2022-12-31", None, "2023-12-31"]}, "day[1]: no day"),
        ({"day": ["2022-12-31", "2023-02-30", "2023-12-31"]}, "day[1]: '2023-02-30'"),
        ({"posts": [51, -1, 51]}, "posts[1]: -1"),
        ({"target": ["posts", "post", "posts"]}, "target[1]: 'post' is not known"),
    ],
)
def test_points_are_refused_by_column_and_row(change: dict[str, Any], message: str) -> None:
    frame = polars.DataFrame(POINTS | change)
    with pytest.raises(attain.AttainError) as caught:
        trajectory(frame, STOCK, COURSES, series=["unit"], numerator="posts", denominator=None)
    assert message in str(caught.value)


def test_a_table_can_be_taken_more_than_once() -> None:
    table = evaluate(polars.DataFrame(FRAME), RULES, numerator="n", denominator="d")
    assert len(table) == 3
    assert table.column_names == ["status", "actual", "variance", "short_by"]
    assert told(table).equals(told(table))
    assert pyarrow.table(table).num_rows == 3
    assert pandas.DataFrame.from_arrow(table).shape == (3, 4)


def test_empty_frames_have_empty_answers() -> None:
    table = pyarrow.table(FRAME).schema.empty_table()
    for make in (polars.DataFrame, lambda table: table, lambda table: pyarrow.RecordBatchReader.from_batches(table.schema, [])):
        answers = evaluate(make(table), RULES, numerator="n", denominator="d")
        assert answers.column_names == ["status", "actual", "variance", "short_by"]
        assert told(answers).shape == (0, 4)
        assert told(rank(make(table), numerator="n", denominator="d")).columns == ["target", "n", "d", "rank"]
        groups = roll_up(make(table), "share", keys={"target": "each"}, measures=["n", "d"])
        assert groups.column_names[:3] == ["target", "numerator", "denominator"]
        with pytest.raises(attain.AttainError, match="unit: no such column"):
            roll_up(make(table), "share", keys={"unit": "each"}, measures=["n", "d"])


def test_a_missing_column_is_told_once_of_a_long_table() -> None:
    rows = 600_000
    frame = polars.DataFrame({"target": ["online"] * rows, "x": range(rows)})
    with pytest.raises(attain.MissingFieldError) as caught:
        evaluate(frame, RULES, numerator="n", denominator="d")
    assert [fault.path for fault in caught.value.faults] == [("d",), ("n",)]


def test_faults_are_told_by_their_rows_in_a_long_table() -> None:
    rows = 600_000
    part = [1] * rows
    part[3] = part[599_999] = 3
    frame = polars.DataFrame({"target": ["online"] * rows, "n": part, "d": [2] * rows})
    with pytest.raises(attain.InconsistentError) as caught:
        evaluate(frame, RULES, numerator="n", denominator="d")
    assert [fault.path for fault in caught.value.faults] == [("n", 3), ("n", 599_999)]


def test_a_rank_leaves_the_other_columns_as_they_are() -> None:
    unit = pyarrow.field("unit", pyarrow.string(), nullable=False, metadata={"note": "ids"})
    schema = pyarrow.schema([unit, ("numerator", pyarrow.int32()), ("denominator", pyarrow.int32())])
    ranked = pyarrow.table(rank(pyarrow.table([["a"], [1], [2]], schema=schema)))
    assert ranked.schema.field("unit").equals(unit, check_metadata=True)
    assert ranked.schema.names == [*schema.names, "rank"]


def test_a_group_without_a_name_is_a_group() -> None:
    wards = polars.DataFrame({"ward": ["a", "b"], "n": [1, 2], "d": [2, 2]})
    groups = told(roll_up(wards, "share", keys={"ward": {"a": "", "b": ""}}, measures=["n", "d"]))
    assert groups.select("ward", "numerator").rows() == [("", Decimal(3))]


def test_faults_of_a_roll_up_name_figures_by_their_columns_alone() -> None:
    frame = polars.DataFrame({"unit": ["a"], "month": ["2025-01"], "late": [-1], "overdue": [2], "not_due": [3], "in_time": [4]})
    with pytest.raises(attain.InconsistentError, match="late.0.: late -1, overdue 2, not_due 3, in_time 4; expected counts"):
        keys = {"unit": "each", "month": "period"}
        roll_up(frame, "on_time", keys=keys, measures=["late", "overdue", "not_due", "in_time"])


def test_ranks_and_series_go_on_through_chunks() -> None:
    frame = pyarrow.table({"of": ["a", "b", "a", "b"], "n": [9, 1, 90, 0], "d": [10, 3, 100, 0]})
    whole = told(rank(frame, numerator="n", denominator="d", within="of"))
    assert whole["rank"].to_list() == [1, 1, 1, None]
    assert told(rank(frame.to_reader(1), numerator="n", denominator="d", within="of")).equals(whole)
    points = pyarrow.table(POINTS)
    ask = [trajectory(one, STOCK, COURSES, series=["unit"], numerator="posts", denominator=None) for one in (points, points.to_reader(1))]
    assert told(ask[0]).equals(told(ask[1]))
    with pytest.raises(attain.AttainError, match=r"posts\[1\]: -1"):
        below = pyarrow.table(POINTS | {"posts": [51, -1, 51]}).to_reader(1)
        trajectory(below, STOCK, COURSES, series=["unit"], numerator="posts", denominator=None)
