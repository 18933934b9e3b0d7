"""The closed lists: statuses, their groups, reasons, and what a check comes to."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, TypeVar

from . import _attain
from .errors import InvalidValueError, refuse

__all__ = ["Group", "Language", "Outcome", "Reason", "Status"]

#: Vietnamese or English.
Language = Literal["vi", "en"]

T = TypeVar("T")


def chosen(language: Language, vi: T, en: T) -> T:
    """The one of both that is of the language."""
    # Callers without a type checker can ask for any.
    asked: str = language
    if asked not in ("vi", "en"):
        refuse(InvalidValueError, "language", repr(asked), "'vi' or 'en'")
    return en if asked == "en" else vi


class Group(StrEnum):
    """Whether a status is good news."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    NONE = "none"


class _InWords(StrEnum):
    def in_words(self, language: Language = "vi") -> str:
        """In words: ``Status.MET.in_words("en")`` is ``"Met"``."""
        return chosen(language, *_WORDS[type(self)][self.value])


class Status(_InWords):
    """What an assessment says of a target."""

    MET = "met"
    SECURED = "secured"
    MET_SO_FAR = "met_so_far"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    LOST = "lost"
    MISSED = "missed"
    NO_DATA = "no_data"
    AWAITING_DATA = "awaiting_data"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    NOT_APPLICABLE = "not_applicable"

    @property
    def group(self) -> Group:
        """Whether that is good news."""
        return _GROUPS[self.value]


class Reason(_InWords):
    """Why a number is not there, or what decided a verdict."""

    ZERO_WHOLE = "zero_whole"
    NO_CASES_YET = "no_cases_yet"
    BARE_SHARE = "bare_share"
    NO_BASELINE = "no_baseline"
    NO_THRESHOLD = "no_threshold"
    TARGET_EQUALS_BASELINE = "target_equals_baseline"
    BASELINE_MEETS_TARGET = "baseline_meets_target"
    NO_SINGLE_DIRECTION = "no_single_direction"
    NEGATIVE_VALUE = "negative_value"
    ZERO_TARGET = "zero_target"
    ZERO_ACTUAL = "zero_actual"
    NOT_A_RATIO = "not_a_ratio"
    NOT_COUNTABLE = "not_countable"
    NO_OUTLOOK = "no_outlook"
    OUTLOOK_EXCEEDED = "outlook_exceeded"
    NO_REMAINING = "no_remaining"
    NEVER = "never"
    NO_PLANNED_PROGRESS = "no_planned_progress"
    SINGLE_FACT = "single_fact"
    RECURRING = "recurring"
    PERIOD_INCOMPLETE = "period_incomplete"
    BEYOND_TARGET = "beyond_target"
    NO_UNIQUE_DAY = "no_unique_day"
    NOT_MOVING = "not_moving"
    NO_TIME_LEFT = "no_time_left"
    EARLIER_PERIOD = "earlier_period"
    NOTHING_DUE_YET = "nothing_due_yet"
    REPORT_OVERDUE = "report_overdue"
    UNDATED = "undated"
    TOO_FEW_POINTS = "too_few_points"
    CONSTANT_SERIES = "constant_series"
    EQUAL_DATES = "equal_dates"
    NON_POSITIVE = "non_positive"
    AT_BOUND = "at_bound"
    NO_POPULATION = "no_population"
    UNEVEN_STEPS = "uneven_steps"
    OUT_OF_RANGE = "out_of_range"
    DECIDED = "decided"
    BEFORE_BASELINE = "before_baseline"
    DECIDED_BY_ROUNDING = "decided_by_rounding"
    WITHIN_TOLERANCE = "within_tolerance"


class Outcome(_InWords):
    """What an assessment comes to as a test."""

    PASSED = "passed"
    WARNING = "warning"
    FAILED = "failed"
    ERROR = "error"
    WAIVED = "waived"
    SKIPPED = "skipped"


_WORDS: dict[type[_InWords], dict[str, tuple[str, str]]] = {
    Status: {code: (vi, en) for code, _, vi, en in _attain.statuses()},
    Reason: {code: (vi, en) for code, vi, en in _attain.reasons()},
    Outcome: {code: (vi, en) for code, vi, en in _attain.outcomes()},
}
_GROUPS = {code: Group(group) for code, group, _, _ in _attain.statuses()}
