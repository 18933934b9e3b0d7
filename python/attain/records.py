"""What a scorecard, a difference and margins are made of, field by field as the documents have them.

Every record is frozen, compares and hashes by its fields, and can be pickled. Numbers are ``decimal.Decimal``, rounded once to
12 places as in the documents; what can not be computed is :class:`Undefined` with its reason, never 0 and never ``None``. ``None``
stands for what does not apply. Estimates (forecasts, intervals) have 12 significant digits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ._decode import KEY, Named
from ._html import Shown
from .words import Group, Reason, Status

__all__ = [
    "Actual",
    "Anchor",
    "Assessment",
    "AverageLeft",
    "Backtest",
    "Baseline",
    "Cases",
    "Change",
    "ChangeTally",
    "Changed",
    "Changes",
    "Citation",
    "ClauseSource",
    "ColumnChange",
    "Contribution",
    "Coverage",
    "Errors",
    "FactCause",
    "FactSource",
    "Finding",
    "Flip",
    "Forecast",
    "Margin",
    "Named",
    "OwnMovement",
    "Path",
    "PlanCause",
    "PlanReference",
    "RateMovement",
    "Remark",
    "RowAbove",
    "Side",
    "Source",
    "Standing",
    "Step",
    "SumLeft",
    "Summary",
    "Survey",
    "SurveyDifference",
    "Threshold",
    "TimeCause",
    "TimeEvent",
    "Trend",
    "Undefined",
    "UnitStanding",
]


@dataclass(frozen=True, slots=True)
class Undefined(Shown):
    """Why there is no number.

    - ``reason``: from the closed list, such as ``Reason.ZERO_WHOLE``.
    """

    reason: Reason = field(metadata={KEY: "undefined"})

    def __str__(self) -> str:
        return f"undefined:{self.reason.value}"

    def __bool__(self) -> Literal[False]:
        """Always ``False``: there is no number."""
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReference(Shown):
    """Which plan, in which version.

    - ``id``: the plan's id.
    - ``hash``: ``sha256:`` and the SHA-256 of the plan's canonical JSON, in hexadecimal.
    """

    id: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Shown):
    """Where a promise stands.

    - ``document``: the document, where it is not the plan's own.
    - ``section``: the section.
    - ``line``: the line.
    - ``clause``: the clause, word for word.
    - ``hash``: a hash of the document.
    """

    document: str | None = None
    section: str | None = None
    line: int | None = None
    clause: str | None = None
    hash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(Shown):
    """How much is reported.

    - ``reported``: the sub-periods that are reported.
    - ``expected``: the sub-periods that are expected.
    - ``missing``: the expected ones that are not reported.
    """

    reported: int
    expected: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actual(Shown):
    """What was reached.

    - ``value``: the value.
    - ``part``: the part of a share.
    - ``whole``: the whole of a share.
    - ``numerator``: the numerator of a ratio.
    - ``denominator``: the denominator of a ratio.
    - ``total``: the total of a mean.
    - ``weight``: the weight of a mean.
    - ``positive``: the positive answers of a survey.
    - ``valid``: the valid answers of a survey.
    - ``population``: how many people a survey speaks for.
    - ``in_time``: cases handled in time.
    - ``late``: cases handled late.
    - ``overdue``: cases not handled and overdue.
    - ``not_due``: cases not handled and not due yet.
    - ``lowest``: the lowest possible final on-time rate: ``i/(i+l+o+n)``.
    - ``highest``: the highest possible final on-time rate: ``(i+n)/(i+l+o+n)``.
    - ``maturity``: the share of cases whose outcome counts: ``(i+l+o)/(i+l+o+n)``.
    - ``on``: the last day that it covers.
    - ``period``: the period that was read, where it is not the judged one.
    - ``coverage``: how much is reported.
    - ``not_applicable``: what was reported as not applicable.
    """

    value: Decimal | Undefined
    part: Decimal | None = None
    whole: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    total: Decimal | None = None
    weight: Decimal | None = None
    positive: Decimal | None = None
    valid: Decimal | None = None
    population: Decimal | None = None
    in_time: Decimal | None = None
    late: Decimal | None = None
    overdue: Decimal | None = None
    not_due: Decimal | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    maturity: Decimal | None = None
    on: date | None
    period: str | None = None
    coverage: Coverage
    not_applicable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(Shown):
    """What is required.

    - ``value``: the threshold; a range has ``low`` and ``high`` in its place.
    - ``low``: the lower end of a range.
    - ``high``: the higher end of a range.
    - ``attainable``: for whole things: the last whole number that meets the threshold.
    - ``due``: the day on which the target is due.
    """

    value: Decimal | Undefined | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    attainable: Decimal | None
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline(Shown):
    """What is measured from.

    - ``value``: the value.
    - ``on``: its day.
    """

    value: Decimal | Undefined
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor(Shown):
    """A day and the value that a path has on it.

    - ``on``: the day.
    - ``value``: the value.
    - ``source``: ``baseline``, ``point``, or the id of the target whose threshold it is.
    - ``shape``: how the path comes here: ``linear``, ``step`` or ``compound``; absent where it starts.
    """

    on: date
    value: Decimal
    source: str = field(metadata={KEY: "from"})
    shape: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Path(Shown):
    """The path to a target, and how its actual stands against it.

    - ``expected``: where the actual should stand on its day.
    - ``planned_progress``: how much of the way should be done: (expected − baseline) / (threshold − baseline).
    - ``pace``: the progress in terms of the planned progress: progress / planned progress: 1 on the plan, below 1
      behind it.
    - ``lead_days``: how many days ahead of the path; behind it below 0.
    - ``observed_rate``: how fast the actual has moved, a year: (actual − baseline) / years since the baseline.
    - ``required_rate``: how fast it has to move from now on, a year: (threshold − actual) / years to the deadline.
    - ``acceleration_needed``: the required rate in terms of the observed one: required rate / observed rate.
    - ``maintain``: whether the baseline meets the target already, so that it is to be held on every day.
    - ``precision``: ``exact``, or ``12_significant_digits`` where a stage grows at a constant rate.
    - ``anchors``: the days and values that the path goes through.
    """

    expected: Decimal | Undefined
    planned_progress: Decimal | Undefined
    pace: Decimal | Undefined
    lead_days: int | Undefined
    observed_rate: Decimal | Undefined
    required_rate: Decimal | Undefined
    acceleration_needed: Decimal | Undefined
    maintain: bool
    precision: str
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Shown):
    """How the actual differs from that of an earlier period.

    - ``period``: the earlier period, or the same days to date of it.
    - ``value``: its value.
    - ``points``: the difference, in the indicator's unit; percentage points for percentages.
    - ``percent``: the difference in percent of the earlier value.
    """

    period: str
    value: Decimal
    points: Decimal
    percent: Decimal | Undefined


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes(Shown):
    """What has changed since earlier periods.

    - ``previous``: since the period of equal length just before.
    - ``year_before``: since the same days a year before.
    """

    previous: Change | Undefined
    year_before: Change | Undefined


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend(Shown):
    """The test of Mann and Kendall.

    - ``direction``: ``increasing``, ``decreasing`` or ``none``.
    - ``p_value``: the probability that a series without trend would look like having at least this one.
    """

    direction: str
    p_value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors(Shown):
    """What errors amount to; an error is the value less its forecast.

    - ``count``: how many there are.
    - ``mean_absolute``: the mean of their sizes.
    - ``root_mean_square``: the root of the mean of their squares.
    - ``bias``: their mean.
    """

    count: int
    mean_absolute: Decimal
    root_mean_square: Decimal
    bias: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest(Shown):
    """The errors that one method would have had.

    - ``method``: the method.
    - ``one_step``: one step ahead.
    - ``to_deadline``: as far ahead as the deadline is.
    """

    method: str
    one_step: Errors | Undefined
    to_deadline: Errors | Undefined


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast(Shown):
    """The series so far carried on to the deadline; it never decides whether a target is met.

    - ``method``: the method.
    - ``automatic``: whether the method was chosen by its errors on the series so far.
    - ``scale``: ``plain`` or ``logit``.
    - ``on``: the deadline.
    - ``of``: the part of the judged period that the value is of, where the series has shorter steps than that period.
    - ``value``: the value at the deadline.
    - ``level``: the level of the interval.
    - ``low``: the lower end of the prediction interval.
    - ``high``: the higher end of the prediction interval.
    - ``at_least``: what the judged period of a flow that can not fall has brought already, where the numbers here
      would be others without it.
    - ``distribution``: ``point``, ``normal``, ``student_t``, ``log_student_t``, ``logit_normal`` or
      ``logit_student_t``.
    - ``degrees_of_freedom``: the degrees of freedom of Student's t.
    - ``reached_on``: the first day at which the forecast meets the requirement.
    - ``probability``: the probability that the requirement holds at the deadline.
    - ``trend``: whether there is a trend to carry on.
    - ``points``: how many figures the series has.
    - ``first``: the day of its first figure.
    - ``last``: the day of its last figure.
    - ``step``: ``days``, or the number of months of an even step.
    - ``backtest``: the errors that methods would have had on the series so far, where they were asked for.
    """

    method: str
    automatic: bool
    scale: str
    on: date
    of: str | None = None
    value: Decimal
    level: Decimal
    low: Decimal
    high: Decimal
    at_least: Decimal | None = None
    distribution: str
    degrees_of_freedom: int | None = None
    reached_on: date | Undefined
    probability: Decimal | Undefined
    trend: Trend | Undefined
    points: int
    first: date
    last: date
    step: str
    backtest: tuple[Backtest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyDifference(Shown):
    """How one survey differs from an earlier one.

    - ``points``: the later share less the earlier one, in percentage points.
    - ``low``: the lower end of the interval of the difference.
    - ``high``: the higher end.
    - ``within_noise``: whether the interval holds 0: the answers do not say whether anything changed.
    """

    points: Decimal
    low: Decimal
    high: Decimal
    within_noise: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Shown):
    """How sure a survey is of its verdict; the verdict itself is by the point estimate.

    - ``method``: how the interval is estimated.
    - ``level``: its level.
    - ``low``: the lower end of the interval around the share, in percent.
    - ``high``: the higher end.
    - ``population_corrected``: whether the interval is narrowed because a known part of a population answered.
    - ``certainty``: ``surely_met``, ``surely_missed`` or ``undetermined``.
    - ``settling_size``: how many valid answers would settle it at the present share.
    - ``since_baseline``: how the share differs from that of the baseline's survey.
    """

    method: str
    level: Decimal
    low: Decimal
    high: Decimal
    population_corrected: bool
    certainty: str | Undefined
    settling_size: int | Undefined
    since_baseline: SurveyDifference | Undefined


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases(Shown):
    """What is missing, in cases.

    - ``short_by``: how many of today's cases would have to be successes besides: for part p of whole w and at least
      t: max(0, ⌈t·w⌉ − p).
    - ``allowance``: how many more misses today's whole would bear: ⌊p − t·w⌋; below 0 where the requirement does not
      hold.
    - ``successes_needed_in_a_row``: how many successes in a row would reach the threshold.
    - ``counts``: ``part`` or ``complement``.
    - ``remaining``: the cases to come.
    - ``needed_of_remaining``: how many of them have to succeed.
    - ``required_share``: which share of them has to succeed: needed of remaining / remaining.
    - ``feasibility``: ``secured``, ``open`` or ``lost``.
    """

    short_by: Decimal
    allowance: Decimal
    successes_needed_in_a_row: Decimal | Undefined
    counts: str
    remaining: Decimal | Undefined
    needed_of_remaining: Decimal | Undefined
    required_share: Decimal | Undefined
    feasibility: str | Undefined


@dataclass(frozen=True, slots=True, kw_only=True)
class SumLeft(Shown):
    """What the rest of a sum has to bring.

    - ``amount``: what is left to the threshold.
    - ``periods``: the sub-periods to come.
    - ``each``: what each of them must bring: amount / their number.
    - ``by_phase``: what each phase that is not fully reported must bring, where the plan spreads the amount.
    """

    amount: Decimal
    periods: tuple[str, ...]
    each: Decimal | Undefined
    by_phase: Named[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AverageLeft(Shown):
    """What the rest of a quotient has to bring.

    - ``remaining``: what is still to come below the line.
    - ``required_average``: the average that it must have.
    """

    remaining: Decimal | Undefined
    required_average: Decimal | Undefined


@dataclass(frozen=True, slots=True, kw_only=True)
class RateMovement(Shown):
    """What a unit did to a rate that is rolled up.

    - ``rate``: what its own rate did.
    - ``mix``: what its weight among the others did.
    """

    rate: Decimal
    mix: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMovement(Shown):
    """What a unit did to a sum that is rolled up.

    - ``own``: its own change.
    """

    own: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution(Shown):
    """What one unit directly below carries; over all units each adds up exactly.

    - ``unit``: the unit's id.
    - ``actual``: its part of the actual.
    - ``variance``: its part of the variance.
    - ``cases``: its part of the variance in cases.
    - ``held_against``: which part of the threshold it is held against: ``own_whole``, ``own_baseline`` or
      ``equal_part``.
    - ``since_previous``: its part of the change since the period of equal length just before.
    - ``since_year_before``: its part of the change since the same days a year before.
    """

    unit: str
    actual: Decimal
    variance: Decimal | None = None
    cases: Decimal | None = None
    held_against: str
    since_previous: RateMovement | OwnMovement | Undefined
    since_year_before: RateMovement | OwnMovement | Undefined


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStanding(Shown):
    """How one of several units stands.

    - ``unit``: the unit's id.
    - ``status``: its status.
    - ``value``: its value.
    """

    unit: str
    status: Status
    value: Decimal | Undefined


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAbove(Shown):
    """A row of the status table above the one that applies.

    - ``row``: the row.
    - ``because``: why it does not apply, from a closed list.
    """

    row: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSource(Shown):
    """A column of a fact.

    - ``indicator``: the indicator's id.
    - ``unit``: the unit's id.
    - ``period``: the period.
    - ``recorded_on``: the day the record was made, where it says so.
    - ``source``: who says so.
    - ``column``: the column.
    """

    indicator: str
    unit: str
    period: str
    recorded_on: date | None = None
    source: str | None = None
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseSource(Shown):
    """A field of a target.

    - ``target``: the target's id.
    - ``field_name``: the field, as the plan format names it.
    - ``section``: the section that it is cited from.
    - ``line``: the line that it is cited from.
    """

    target: str
    field_name: str = field(metadata={KEY: "field"})
    section: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Shown):
    """Where an input came from; one of its fields is there.

    - ``fact``: a column of a fact.
    - ``clause``: a field of a target.
    - ``setting``: a field that the target says, else the indicator, else the plan, else the format.
    - ``weight``: the weight that the indicator gives a unit.
    - ``step``: an earlier step.
    - ``unit``: how a unit stands.
    - ``word``: ``calendar``, ``as_of``, ``units_reporting`` for their number, or ``not_reported`` for the 0 of
      whoever reports nothing.
    - ``exact``: the exact value as a fraction, where it is no decimal of 12 places and does not stand in a step.
    """

    fact: FactSource | None = None
    clause: ClauseSource | None = None
    setting: str | None = None
    weight: str | None = None
    step: int | None = None
    unit: str | None = None
    word: str | None = field(default=None, metadata={KEY: "is"})
    exact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Shown):
    """One step of the derivation.

    - ``step``: its number, from 1.
    - ``formula``: the name of the formula.
    - ``version``: the version of the formula.
    - ``of``: the field of this assessment whose value it gives; absent for a step on the way.
    - ``inputs``: its inputs by name; numbered where they are one of a list.
    - ``result``: the result: a number rounded once to 12 places, a day, or a word.
    - ``exact``: the exact result as a fraction, where it is no decimal of 12 places.
    - ``records``: the facts that its figures came from: indicator, unit where it is not the owner, period, and when
      recorded.
    - ``sources``: where each input came from, by its name.
    """

    step: int
    formula: str
    version: int
    of: str | None = None
    inputs: Named[str]
    result: str
    exact: str | None = None
    records: tuple[str, ...] = field(metadata={KEY: "from"})
    sources: Named[Source]

    @property
    def fraction(self) -> Fraction | None:
        """The result without any rounding; ``None`` where it is no number."""
        try:
            return Fraction(self.result if self.exact is None else self.exact)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Shown):
    """One target, unit and time.

    - ``target``: the target's id.
    - ``key``: the caller's own key of the target.
    - ``indicator``: the indicator's id.
    - ``unit``: the unit's id.
    - ``period``: the judged days: a label, ``first/last``, or ``undated``.
    - ``status``: the status.
    - ``group``: whether that is good news.
    - ``row``: the row of the status table that fired.
    - ``rows``: why no row above it applies.
    - ``reasons``: why, or what decided.
    - ``provisional``: whether a fact behind the actual may still be revised.
    - ``actual``: what was reached.
    - ``threshold``: what is required.
    - ``baseline``: what is measured from.
    - ``variance``: the signed difference to the threshold: actual − threshold, in the indicator's unit, percentage
      points for percentages; for a range the distance to its nearer end.
    - ``shortfall``: what is lacking: max(0, threshold − actual) where more is better, max(0, actual − threshold)
      where less is, in the indicator's unit; 0 where the requirement holds.
    - ``shortfall_share``: the shortfall as a share of the threshold: ``shortfall / |threshold|``, a plain number (0.05 is
      5 %).
    - ``ratio_to_target``: the actual in terms of the target: actual / threshold where more is better, threshold /
      actual where less is; a plain number, 1 where both are equal.
    - ``progress``: how much of the way from the baseline is done: (actual − baseline) / (threshold − baseline), a
      plain number: 0 at the baseline, 1 at the target.
    - ``path``: the path to the target, and how the actual stands against it.
    - ``changes``: what has changed since earlier periods.
    - ``forecast``: where the series so far leads to; it never decides whether a target is met.
    - ``survey``: how sure a survey is of its verdict.
    - ``cases``: what is missing, in cases.
    - ``remainder``: what the rest has to bring.
    - ``lost_since``: the end of the first period at which the target was lost.
    - ``contributions``: what each unit directly below adds, where the figure is rolled up.
    - ``units``: how each unit stands, where so many of them are promised.
    - ``citation``: where the promise stands.
    - ``steps``: how the numbers were derived, each step after those it rests on.
    """

    target: str
    key: str | None = None
    indicator: str
    unit: str
    period: str
    status: Status
    group: Group
    row: int
    rows: tuple[RowAbove, ...] = ()
    reasons: tuple[Reason, ...]
    provisional: bool
    actual: Actual
    threshold: Threshold
    baseline: Baseline
    variance: Decimal | Undefined
    shortfall: Decimal | Undefined
    shortfall_share: Decimal | Undefined
    ratio_to_target: Decimal | Undefined
    progress: Decimal | Undefined
    path: Path | Undefined
    changes: Changes
    forecast: Forecast | Undefined
    survey: Survey | Undefined | None = None
    cases: Cases | Undefined
    remainder: SumLeft | AverageLeft | None = None
    lost_since: date | None = None
    contributions: tuple[Contribution, ...] = ()
    units: tuple[UnitStanding, ...] = ()
    citation: Citation | None = None
    steps: tuple[Step, ...]

    def exact(self, of: str) -> Fraction | None:
        """The number of a field without any rounding, from the last step that gives it; ``None`` where none does.

        ``of`` is the field as steps name it, such as ``"actual.value"``, ``"shortfall"``, ``"path.pace"``. Nothing is computed:
        a step carries its exact result.
        """
        for step in reversed(self.steps):
            if step.of == of:
                return step.fraction
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(Shown):
    """How many of each.

    - ``by_status``: by status.
    - ``by_group``: by group.
    - ``by_section``: by the cited section of the plan, the count of each status.
    - ``by_unit``: by unit, the count of each status.
    - ``assessed``: how many in all.
    """

    by_status: Named[int]
    by_group: Named[int]
    by_section: Named[Named[int]]
    by_unit: Named[Named[int]]
    assessed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark(Shown):
    """What the plan says and nothing can compute.

    - ``row``: the caller's own key.
    - ``why``: why nothing can be computed.
    - ``citation``: where it stands.
    """

    row: str | None = None
    why: str
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Shown):
    """What an auditor should see besides the verdicts.

    - ``code``: the kind of finding.
    - ``place``: where.
    - ``detail``: in one sentence.
    """

    code: str
    place: str = field(metadata={KEY: "where"})
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing(Shown):
    """How an assessment stands.

    - ``target``: the target's id; of two that replace each other, the one that was law.
    - ``status``: the status.
    - ``group``: whether that is good news.
    - ``reasons``: why, or what decided.
    - ``actual``: what was reached.
    - ``threshold``: what is required.
    - ``shortfall``: what is lacking.
    - ``expected``: where the actual should have stood.
    """

    target: str
    status: Status
    group: Group
    reasons: tuple[Reason, ...]
    actual: Actual
    threshold: Threshold
    shortfall: Decimal | Undefined
    expected: Decimal | Undefined


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCause(Shown):
    """A cause in the facts: a record that was added, revised or is gone.

    - ``what``: ``fact_added``, ``fact_revised`` or ``fact_gone``.
    - ``turned``: whether it made the status another, rather than numbers alone.
    - ``before``: the record that counted, as a row of the facts format; null where none did.
    - ``after``: the record that counts, as a row of the facts format; null where none does.
    """

    what: str
    turned: bool
    before: Named[str] | None
    after: Named[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCause(Shown):
    """A cause in the plan: an entry that was added, changed or is gone.

    - ``what``: ``plan_changed``.
    - ``turned``: whether it made the status another, rather than numbers alone.
    - ``entry``: ``plan``, ``unit``, ``indicator`` or ``target``.
    - ``id``: the entry's id; null for the head of the plan.
    - ``field_name``: the field, or the group of fields ``requirement``, ``window``, ``path``, ``scope``; null for the
      whole entry.
    - ``before``: what it said; null where that was nothing.
    - ``after``: what it says; null where that is nothing.
    """

    what: str
    turned: bool
    entry: str
    id: str | None
    field_name: str | None = field(metadata={KEY: "field"})
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeEvent(Shown):
    """What came about while time passed.

    - ``what``: ``window_opened``, ``period_began``, ``window_closed``, ``report_due``, ``came_into_force`` or
      ``went_out_of_force``.
    - ``on``: the day from which it holds.
    - ``of``: the target or period that it is about.
    """

    what: str
    on: date
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeCause(Shown):
    """A cause in the day: time passed, and what happened meanwhile.

    - ``what``: ``time_passed``.
    - ``turned``: whether it made the status another, rather than numbers alone.
    - ``begin``: the day that was spoken of.
    - ``end``: the day that is spoken of.
    - ``events``: what came about in between, in the order of the days.
    """

    what: str
    turned: bool
    begin: date = field(metadata={KEY: "from"})
    end: date = field(metadata={KEY: "to"})
    events: tuple[TimeEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed(Shown):
    """An assessment that is not what it was.

    - ``target``: the target's id: that of now, else that of before.
    - ``key``: the caller's own key of the target.
    - ``indicator``: the indicator's id.
    - ``unit``: the unit's id.
    - ``period``: the judged days: a label, ``first/last``, or ``undated``.
    - ``turn``: ``better``, ``worse``, ``other``, or ``numbers`` where the status is the same.
    - ``before``: how it stood; null where it was not assessed.
    - ``after``: how it stands; null where it is not assessed.
    - ``causes``: why: undoing them all gives back what was.
    """

    target: str
    key: str | None = None
    indicator: str
    unit: str
    period: str
    turn: str
    before: Standing | None
    after: Standing | None
    causes: tuple[FactCause | PlanCause | TimeCause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTally(Shown):
    """How many assessments changed, and how: `changed` is the sum of the four that follow.

    - ``changed``: all that are not what they were.
    - ``better``: those that turned for the better.
    - ``worse``: those that turned for the worse.
    - ``other``: those of another status that is neither.
    - ``numbers``: those of the same status with other numbers.
    - ``unchanged``: those that are what they were.
    """

    changed: int
    better: int
    worse: int
    other: int
    numbers: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Side(Shown):
    """A scorecard that is compared.

    - ``plan``: which plan.
    - ``as_of``: the day that is spoken of.
    - ``known_on``: the day up to which records count as known.
    """

    plan: PlanReference
    as_of: date
    known_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChange(Shown):
    """What would have to be another in a column.

    - ``column``: the column, as the facts format names it.
    - ``by``: by how much, below 0 for less; ``done_on`` in days.
    - ``direction``: ``up`` or ``down``; said beside the number, since of 0 and any more there are two directions.
    """

    column: str
    by: Decimal
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip(Shown):
    """A change of one fact that would turn a verdict.

    - ``fact``: the record as it is, as a row of the facts format.
    - ``change``: which of its columns would have to be others, all by the same size.
    - ``beyond``: whether it takes more than that, however little.
    - ``status``: the status that would follow.
    - ``group``: whether that would be good news.
    """

    fact: Named[str]
    change: tuple[ColumnChange, ...]
    beyond: bool
    status: Status
    group: Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin(Shown):
    """How little would have turned a verdict.

    - ``target``: the target's id.
    - ``key``: the caller's own key of the target.
    - ``indicator``: the indicator's id.
    - ``unit``: the unit's id.
    - ``period``: the judged days: a label, ``first/last``, or ``undated``.
    - ``status``: the status as it is.
    - ``group``: whether that is good news.
    - ``actual``: what was reached.
    - ``threshold``: what is required.
    - ``shortfall``: what is lacking.
    - ``flips``: the least change in each way there is, the smallest first; empty where no single fact can turn it.
    """

    target: str
    key: str | None = None
    indicator: str
    unit: str
    period: str
    status: Status
    group: Group
    actual: Actual
    threshold: Threshold
    shortfall: Decimal | Undefined
    flips: tuple[Flip, ...]
