"""
What the package is made of; its other modules put a face on it.
"""

from _typeshed import SupportsGetItem
from datetime import date
from typing import SupportsIndex, final

__all__ = ["Check", "Difference", "Facts", "Margins", "Plan", "Scorecard", "Table", "Targets", "Waivers", "columns_of_facts", "decision_333", "evaluate", "fields_of_indicators", "outcomes", "rank", "reasons", "roll_up", "statuses", "trajectory"]

@final
class Check:
    """
    A scorecard held against a policy.
    """
    def cases(self, /) -> "list[dict[str, object]]": ...
    def counts_in_words(self, /, places: "list[int]", language: str) -> str: ...
    def findings(self, /, language: str) -> list[str]: ...
    def is_passed_of(self, /, places: "list[int]") -> bool: ...
    @staticmethod
    def of(card: Scorecard, waivers: Waivers | None, strict: bool, severities: dict[str, str]) -> Check: ...
    def to_junit(self, /, places: "list[int]", language: str) -> str: ...
    def to_sarif(self, /, places: "list[int]", plan: str, language: str) -> str: ...
    def told(self, /, language: str) -> list[tuple[str, str]]:
        """
        Of each case its headline and its report.
        """

@final
class Difference:
    """
    What changed between two scorecards, and why.
    """
    def document(self, /) -> "dict[str, object]": ...
    @staticmethod
    def of(before: Scorecard, after: Scorecard) -> Difference: ...
    def only(self, /, places: SupportsGetItem[int, SupportsIndex]) -> Difference: ...
    def to_json(self, /) -> str: ...
    def to_markdown(self, /, language: str) -> str: ...
    def to_text(self, /, language: str) -> str: ...

@final
class Facts:
    """
    Facts: what was reported.
    """
    def __arrow_c_stream__(self, /, requested_schema: "object | None" = None) -> "object": ...
    def __len__(self, /) -> int: ...
    @staticmethod
    def from_csv(plan: Plan, text: str | bytes) -> Facts: ...
    @staticmethod
    def from_frame(plan: Plan, frame: "object", as_written: bool) -> Facts: ...
    @staticmethod
    def from_json(plan: Plan, text: str | bytes) -> Facts: ...
    def rows(self, /) -> "list[dict[str, str | None]]": ...
    def to_csv(self, /) -> str: ...
    def to_json(self, /) -> str: ...

@final
class Margins:
    """
    The least changes that would turn verdicts.
    """
    def document(self, /) -> "dict[str, object]": ...
    @staticmethod
    def of(card: Scorecard) -> Margins: ...
    def only(self, /, places: SupportsGetItem[int, SupportsIndex]) -> Margins: ...
    def to_json(self, /) -> str: ...
    def to_markdown(self, /, language: str) -> str: ...
    def to_text(self, /, language: str) -> str: ...

@final
class Plan:
    """
    A plan: what was promised.
    """
    @staticmethod
    def from_json(text: str | bytes) -> Plan: ...
    @staticmethod
    def from_toml(text: str | bytes) -> Plan: ...
    @property
    def hash(self, /) -> str: ...
    @property
    def id(self, /) -> str: ...
    def indicators(self, /) -> "list[dict[str, object]]": ...
    def targets(self, /) -> "list[dict[str, object]]": ...
    def title(self, /) -> "dict[str, str | None]": ...
    def to_json(self, /) -> str: ...
    def to_toml(self, /) -> str: ...
    def units(self, /) -> "list[dict[str, object]]": ...

@final
class Scorecard:
    """
    A scorecard, with what it was made of.
    """
    def __arrow_c_stream__(self, /, requested_schema: "object | None" = None) -> "object": ...
    def __len__(self, /) -> int: ...
    @property
    def as_of(self, /) -> date: ...
    def assessment(self, /, place: SupportsIndex) -> "dict[str, object]": ...
    def cells(self, /, place: SupportsIndex, language: str) -> list[str]:
        """
        Period, actual, requirement, gap and status of an assessment in the words of a language.
        """
    def contributions(self, /, target: str, language: str) -> tuple[str, str]:
        """
        As text and as Markdown.
        """
    def document(self, /) -> "dict[str, object]": ...
    def explain(self, /, target: str, language: str) -> tuple[str, str]:
        """
        As text and as Markdown.
        """
    def findings(self, /, language: str) -> "list[dict[str, object]]": ...
    def keys(self, /) -> list[tuple[str, str | None, str, str, str, str]]:
        """
        Of each assessment its target, key, unit, period, status and group.
        """
    @property
    def known_on(self, /) -> date: ...
    def not_in_force(self, /) -> list[str]: ...
    @staticmethod
    def of(plan: Plan, facts: Facts, as_of: date, known_on: date | None, steps: bool) -> Scorecard: ...
    def only(self, /, places: "list[int]") -> Scorecard: ...
    def path_on(self, /, place: SupportsIndex, days: "list[date]") -> list[str]:
        """
        The values that the path of an assessment has on some days; nothing where there is no path.
        """
    def remarks(self, /) -> "list[dict[str, object]]": ...
    def summary(self, /) -> "dict[str, object]": ...
    def to_csv(self, /) -> str: ...
    def to_json(self, /) -> str: ...
    def to_markdown(self, /, language: str) -> str: ...
    def to_text(self, /, language: str) -> str: ...

@final
class Table:
    """
    Record batches that Python may take, as often as it likes.
    """
    def __arrow_c_stream__(self, /, requested_schema: "object | None" = None) -> "object": ...
    def __len__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    @property
    def column_names(self, /) -> list[str]: ...

@final
class Targets:
    """
    Rules of a plan's targets, with the baselines that are given.
    """
    @property
    def ids(self, /) -> list[str]: ...
    @staticmethod
    def of(plan: Plan, baselines: dict[str, str]) -> Targets: ...

@final
class Waivers:
    """
    Who excuses what until when.
    """
    def __len__(self, /) -> int: ...
    @staticmethod
    def from_json(plan: Plan, text: str | bytes) -> Waivers: ...
    @staticmethod
    def from_toml(plan: Plan, text: str | bytes) -> Waivers: ...

def columns_of_facts() -> list[str]:
    """
    The columns of the facts format.
    """

def decision_333() -> tuple[str, str]:
    """
    The plan that ships with the package, in TOML, and its facts, in CSV.
    """

def evaluate(frame: "object", targets: Targets, target: str, numerator: str, denominator: str | None, outputs: SupportsGetItem[int, str], places: SupportsIndex, keep: SupportsGetItem[int, str], as_written: bool, threads: bool) -> Table:
    """
    The statuses and numbers of every row.
    """

def fields_of_indicators() -> list[str]:
    """
    The fields of an indicator that a target does not have, as plans write them.
    """

def outcomes() -> list[tuple[str, str, str]]:
    """
    Code, Vietnamese, English.
    """

def rank(frame: "object", numerator: str, denominator: str | None, within: str | None, better: str, name: str, as_written: bool, threads: bool) -> Table:
    """
    The frame with a column of places.
    """

def reasons() -> list[tuple[str, str, str]]:
    """
    Code, Vietnamese, English.
    """

def roll_up(frame: "object", kind: str, keys: "list[tuple[str, str | dict[str, str]]]", measures: SupportsGetItem[int, str], plan: Plan | None, cohorts: bool, weighted: bool, as_written: bool, threads: bool) -> Table:
    """
    Sums by keys.
    """

def statuses() -> list[tuple[str, str, str, str]]:
    """
    Code, group, Vietnamese, English.
    """

def trajectory(frame: "object", targets: Targets, courses: dict[str, tuple[str, date, date]], target: str, series: SupportsGetItem[int, str], day: str, numerator: str, denominator: str | None, outputs: SupportsGetItem[int, str], places: SupportsIndex, as_written: bool, threads: bool) -> Table:
    """
    Where each series should stand and where it leads.
    """
