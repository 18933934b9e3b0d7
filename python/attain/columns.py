"""Whole tables at once: the same questions, asked of columns, with the same answers to the last digit.

Frames are anything that speaks the Arrow PyCapsule interface: polars, pandas, pyarrow, DuckDB, or a stream of chunks. What comes
back is a :class:`Table`, which speaks it too: ``polars.DataFrame(table)``, ``pyarrow.table(table)``,
``pandas.DataFrame.from_arrow(table)``, ``from table`` in DuckDB. Null is what is missing or undefined, never 0. Nothing is computed
silently of what can not be: the column and the row (from 0) are named, all of them at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, TypeAlias, cast

from . import _attain
from ._attain import Table
from ._frozen import Frozen
from .errors import AttainError, InvalidValueError, MissingFieldError, must_be, refuse
from .facts import as_written, exact_text
from .plan import Plan, day

__all__ = ["Course", "Number", "Table", "Targets", "evaluate", "rank", "roll_up", "trajectory"]

#: An exact number. A ``float`` is none.
Number: TypeAlias = int | str | Decimal | Fraction

#: Whether columns of floats are refused, or each float is taken for the shortest decimal that reads back as it.
Floats: TypeAlias = Literal["refused", "as_written"]

#: What :func:`evaluate` can say of a row besides its status.
OUTPUTS = ("actual", "variance", "shortfall", "ratio_to_target", "progress", "short_by", "allowance")

#: What :func:`trajectory` can say of a series besides its status and projection.
TRAJECTORY_OUTPUTS = ("expected", "planned_progress", "pace", "observed_rate", "required_rate")

_RELATIVE = {"reduce_by", "increase_by", "improve"}
_OF_INDICATOR = frozenset(_attain.fields_of_indicators())


class Targets(Frozen):
    """The targets that rows are judged by: those of a plan, or of rules that stand here.

    Relative requirements (``reduce_by``, ``increase_by``, ``improve``) take their threshold from a baseline, and so does progress;
    ``baselines`` gives it by the target's id.

    >>> from attain.columns import Targets
    >>> Targets({"online": {"kind": "share", "at_least": 80}}).ids
    ('online',)
    """

    __slots__ = ("_baselines", "_native", "_plan")
    _baselines: dict[str, str]
    _native: _attain.Targets
    _plan: Plan

    def __init__(
        self, targets: Plan | Mapping[str, Mapping[str, Any]], *, baselines: Mapping[str, Number] | None = None
    ) -> None:
        plan = targets if isinstance(targets, Plan) else _plan_of(targets)
        given = {name: exact_text(value, f"baselines.{name}") for name, value in (baselines or {}).items()}
        self._set(_plan=plan, _baselines=given, _native=_attain.Targets.of(plan._native, given))

    @property
    def plan(self) -> Plan:
        """The plan that they stand in."""
        return self._plan

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that rows may name."""
        return tuple(self._native.ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Targets) and (self._plan, self._baselines) == (other._plan, other._baselines)

    def __hash__(self) -> int:
        return hash((self._plan, frozenset(self._baselines.items())))

    def __reduce__(self) -> tuple[object, ...]:
        return (_again, (self._plan, self._baselines))

    def __repr__(self) -> str:
        return f"<attain.columns.Targets: {', '.join(self.ids[:8])}{', …' if len(self.ids) > 8 else ''}>"


def _again(plan: Plan, baselines: Mapping[str, Number]) -> Targets:
    return Targets(plan, baselines=baselines)


def _plan_of(rules: Mapping[str, Mapping[str, Any]]) -> Plan:
    """A plan with these targets, each with an indicator of its own."""
    _must_map(rules, "targets", "an attain.Plan, or a mapping of rules by their ids")
    indicators: list[dict[str, Any]] = []
    targets: list[dict[str, Any]] = []
    for name, rule in rules.items():
        _must_map(rule, f"targets.{name}", "a mapping such as {'kind': 'share', 'at_least': 80}")
        said = {key: _value(value, f"{name}.{key}") for key, value in rule.items()}
        indicators.append({"id": name} | {key: said[key] for key in said if key in _OF_INDICATOR})
        rest = {key: said[key] for key in said if key not in _OF_INDICATOR}
        # What a change is measured from is given apart, and a plan wants a period to be named for it.
        since = {"baseline": "1970"} if _RELATIVE & rest.keys() else {}
        targets.append({"id": name, "indicator": name, "by": "undated"} | since | rest)
    document = {
        "format": "attain-plan/1",
        "plan": {"id": "targets", "owner": "owner", "start": "1970-01-01"},
        "indicators": indicators,
        "targets": targets,
    }
    names = list(rules)

    def of_rule(path: tuple[str | int, ...]) -> tuple[str | int, ...]:
        match path:
            case ("indicators" | "targets", int(place), *rest) if place < len(names):
                return (names[place], *rest)
            case _:
                return path

    try:
        return Plan.from_json(json.dumps(document))
    except AttainError as error:
        raise error.of_values(of_rule) from None


def _value(value: object, where: str) -> object:
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, object]", value)
        return {key: _value(one, f"{where}.{key}") for key, one in entries.items()}
    if isinstance(value, list | tuple):
        return [_value(one, where) for one in cast("Sequence[object]", value)]
    text = exact_text(value, where)
    return value if isinstance(value, int) else text


def _targets(targets: Plan | Targets | Mapping[str, Mapping[str, Any]]) -> Targets:
    return targets if isinstance(targets, Targets) else Targets(targets)


def evaluate(
    frame: Any,
    targets: Plan | Targets | Mapping[str, Mapping[str, Any]],
    *,
    target: str = "target",
    numerator: str = "numerator",
    denominator: str | None = "denominator",
    outputs: Iterable[str] = ("actual", "variance", "short_by"),
    keep: Iterable[str] = (),
    places: int = 12,
    floats: Floats = "refused",
    threads: bool = True,
) -> Table:
    """Judges every row by the target that it names: a table of as many rows, ``status`` first, then ``outputs``.

    A row has the id of its ``target``, and how many (``numerator``) of how many (``denominator``; ``None`` where every target is
    about amounts, for which it plays no part). ``outputs`` are any of ``actual`` N/D (times 100 for percentages), ``variance`` and ``shortfall`` to the
    threshold in its unit, ``ratio_to_target``, ``progress``, ``short_by`` and ``allowance`` in cases; what is not asked for is not
    computed. Quotients are exact decimals rounded once to ``places`` (0 to 18), halves away from zero. ``keep`` are columns of the
    frame that go on before the answers.

    A row without a figure is ``awaiting_data``; so is one whose target is measured from a baseline that is not given (``reduce_by``,
    ``increase_by``, ``improve``): :class:`Targets` takes baselines. Amounts of more than some nine millions need fewer ``places``
    than 12, since an answer has 64 bits; the error says so.

    Raises :class:`attain.AttainError` naming column and row: unknown targets, impossible figures (a part above its whole, a count
    below 0), floats unless ``floats="as_written"``.

    >>> import polars
    >>> from attain.columns import evaluate
    >>> frame = polars.DataFrame({"target": ["online", "online"], "part": [1999, 2000], "whole": [2500, 2500]})
    >>> rules = {"online": {"kind": "share", "at_least": 80}}
    >>> answers = evaluate(frame, rules, numerator="part", denominator="whole", places=2)
    >>> polars.DataFrame(answers)["status"].to_list(), polars.DataFrame(answers)["short_by"].to_list()
    (['missed', 'met'], [1, 0])
    """
    asked = _targets(targets)
    if isinstance(targets, Mapping):
        for name, rule in targets.items():
            if _RELATIVE & rule.keys():
                expected = "what its requirement is measured from: Targets(rules, baselines={…})"
                refuse(MissingFieldError, f"baselines.{name}", "no baseline", expected)
    return _attain.evaluate(
        frame,
        asked._native,
        target,
        numerator,
        denominator,
        _names(outputs, "outputs"),
        places,
        _names(keep, "keep"),
        as_written(floats),
        threads,
    )


def roll_up(
    frame: Any,
    kind: str,
    *,
    keys: Mapping[str, str | Mapping[str, str]],
    measures: Sequence[str],
    plan: Plan | None = None,
    cohorts: bool = False,
    weighted: bool = False,
    floats: Floats = "refused",
    threads: bool = True,
) -> Table:
    """Adds rows up by the rule of their kind: shares from their counts, states by the latest of each unit, never an average of
    percentages.

    ``keys`` says of each key column what it comes to: ``"each"`` value is a group; ``"sum"`` adds all of them up; ``"period"``,
    ``"period:quarter"``, ``"period:half"``, ``"period:year"`` take labels such as ``2025-Q1`` to the longer period, in which each
    has to lie; ``"unit:0"``, ``"unit:1"`` … to the unit above at that depth of the plan's tree, of units that have none below them;
    a dictionary to the group of each value, and leaves out what is not in it. Where periods are added up, those of one series (the
    same values of the other keys) must not overlap. Rows are added up as they are: of a figure that was revised keep the row that
    counts, or let :meth:`Plan.assess` choose it. Kinds with states (``stock``, ``index``, ``on_time``) need a key of periods, and one of units,
    whatever it comes to.

    ``measures`` are the columns: one of amounts (``flow``, ``stock``, ``index``), two of quotients (``share``, ``ratio``, ``mean``,
    ``survey``) or of scores and their weights (``index``, ``weighted``), four of cases (``on_time``: in time, late, overdue, not
    due). ``cohorts``: each case is in exactly one period, so that open ones add up over time too.

    The answer has the keys, ``numerator``, ``denominator``, ``not_due`` where the kind has them, and how many rows were
    ``reported`` and figures ``missing``, in the order of the keys.

    >>> import polars
    >>> from attain.columns import roll_up
    >>> wards = polars.DataFrame({"ward": ["a", "b", "c"], "part": [9, 90, 5], "whole": [10, 100, 10]})
    >>> groups = roll_up(wards, "share", keys={"ward": {"a": "north", "b": "north", "c": "south"}}, measures=["part", "whole"])
    >>> [int(part) for part in polars.DataFrame(groups)["numerator"]]  # 99 of 110, not the average of 90 % and 90 %
    [99, 5]
    """
    said: list[tuple[str, str | dict[str, str]]] = []
    _must_map(keys, "keys", "a mapping of key columns, such as {'unit': 'each'}")
    for name, word in keys.items():
        if isinstance(word, str):
            said.append((name, word))
        else:
            _must_map(word, f"keys.{name}", "'each', 'sum', 'period', 'unit:0' and the like, or a mapping of groups")
            said.append((name, dict(word)))
    of_plan = None if plan is None else must_be(Plan, plan, "plan")._native
    asked = _names(measures, "measures")
    return _attain.roll_up(frame, kind, said, asked, of_plan, cohorts, weighted, as_written(floats), threads)


def _must_map(value: object, name: str, expected: str) -> None:
    """Raises ``TypeError`` where a value is no mapping."""
    if not isinstance(value, Mapping):
        raise TypeError(f"{name}: {value!r:.100} of type {type(value).__name__}; expected {expected}")


def _names(names: Iterable[str], what: str) -> list[str]:
    """Names of columns; a text is one of them and no list of letters."""
    if isinstance(names, str):
        raise TypeError(f"{what}: {names!r}, a str; expected a list of names, such as [{names!r}]")
    return list(names)


def rank(
    frame: Any,
    *,
    numerator: str = "numerator",
    denominator: str | None = "denominator",
    within: str | None = None,
    better: Literal["higher", "lower"] = "higher",
    name: str = "rank",
    floats: Floats = "refused",
    threads: bool = True,
) -> Table:
    """The frame with the place of each row among those of its partition, the best first: 1, 1, 3 where two are equal and best.

    Rows are compared by N/D exactly, never by a rounded quotient; a row without figures or whose denominator is not above 0 has
    null. ``within`` is the column of the partitions.

    >>> import polars
    >>> from attain.columns import rank
    >>> frame = polars.DataFrame({"part": [9, 1, 90, 0], "whole": [10, 3, 100, 0]})
    >>> polars.DataFrame(rank(frame, numerator="part", denominator="whole"))["rank"].to_list()
    [1, 3, 1, None]
    """
    return _attain.rank(frame, numerator, denominator, within, better, name, as_written(floats), threads)


#: Of a target: its baseline, the day on which that stands, and the day on which the target is due.
Course: TypeAlias = tuple[Number, date | str, date | str]


def trajectory(
    frame: Any,
    targets: Plan | Targets | Mapping[str, Mapping[str, Any]],
    courses: Mapping[str, Course],
    *,
    target: str = "target",
    series: Iterable[str] = (),
    on: str = "day",
    numerator: str = "numerator",
    denominator: str | None = "denominator",
    outputs: Iterable[str] = ("expected", "pace", "required_rate"),
    places: int = 12,
    floats: Floats = "refused",
    threads: bool = True,
) -> Table:
    """Says of each series whether it is on the way: ``status`` by its pace, ``projection`` by least squares to the due day, and
    ``outputs``.

    Rows are points, those of a series one after the other in the order of their days (column ``on``); ``target`` and the columns of
    ``series``, such as the unit, tell series from each other. ``courses`` gives of each target its baseline, the day on which that
    stands, and the day on which the target is due: the straight path between them is where it should stand. ``outputs`` are any of
    ``expected``, ``planned_progress``, ``pace`` (progress / planned progress), ``observed_rate`` and ``required_rate`` (units a
    year). ``projection`` is an estimate, and decides nothing.

    >>> import polars
    >>> from attain.columns import trajectory
    >>> points = polars.DataFrame({"target": ["posts"], "day": ["2023-12-31"], "posts": [49]})
    >>> courses = {"posts": (52, "2021-12-31", "2025-12-31")}
    >>> rules = {"posts": {"kind": "stock", "at_most": 46}}
    >>> answer = trajectory(points, rules, courses, numerator="posts", denominator=None, places=2)
    >>> polars.DataFrame(answer)["status"].to_list()  # 52 − 6·730/1461 = 49.002…
    ['on_track']
    """
    said: dict[str, tuple[str, date, date]] = {}
    _must_map(courses, "courses", "a mapping of courses by the ids of targets")
    for name, course in courses.items():
        if len(course) != 3:  # pyright: ignore[reportUnnecessaryComparison]
            expected = "a tuple of the baseline, the day on which it stands, and the due day"
            refuse(InvalidValueError, f"courses.{name}", repr(course), expected)
        baseline, since, due = course
        at = f"courses.{name}"
        said[name] = (exact_text(baseline, at), day(since, at), day(due, at))
    return _attain.trajectory(
        frame,
        _targets(targets)._native,
        said,
        target,
        _names(series, "series"),
        on,
        numerator,
        denominator,
        _names(outputs, "outputs"),
        places,
        as_written(floats),
        threads,
    )
