"""The tests that the cases of a check are."""

# pytest leaves the arguments of its nodes untyped.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import pytest

from .check import Case, Check, Waivers
from .errors import AttainError
from .facts import Facts
from .plan import Plan, day
from .words import Language, Outcome

__all__ = ["Promise", "PromiseWarning", "Promises"]

P = ParamSpec("P")
T = TypeVar("T")


class PromiseWarning(UserWarning):
    """A promise that is neither kept nor broken yet, such as one at risk; or what a check finds beside its cases."""


class Promises:
    """The plans that take part in a run, by their files."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._checks: dict[Path, Check] = {}
        self._is_left_out = False
        self._asked_for: set[Path] = set()
        self.language: Language = "en"

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        """Reads and assesses everything; all faults of all files are one usage error, and nothing is collected."""
        faults: list[str] = []
        pairs = self._pairs(faults)
        as_of = self._day("attain_as_of", faults)
        known_on = self._day("attain_known_on", faults)
        language = self._said("attain_language") or "en"
        if language not in ("vi", "en"):
            faults.append(f"attain_language: '{language}'; expected vi or en")
        if not as_of and not faults:
            faults.append(
                "attain_as_of: the day that is spoken of is missing; expected --attain-as-of YYYY-MM-DD, or "
                "attain_as_of = YYYY-MM-DD in the ini file: a test must not depend on the clock"
            )
        strict = bool(self._config.getoption("attain_strict") or self._config.getini("attain_strict"))
        for plan_file, facts_file, waivers_file in pairs:
            plan = _read(faults, plan_file, Plan.read, plan_file.path)
            if plan is None:
                continue
            facts = _read(faults, facts_file, Facts.read, plan, facts_file.path)
            waivers = None
            if waivers_file is not None:
                waivers = _read(faults, waivers_file, Waivers.read, plan, waivers_file.path)
            if facts is None or faults:
                continue
            check = plan.assess(facts, as_of=as_of, known_on=known_on or None).check(waivers, strict=strict)
            if not check.cases:
                faults.append(f"{plan_file}: nothing is in force on {as_of}; where nothing is checked, nothing is passed")
            self._checks[plan_file.path] = check
        if faults:
            raise pytest.UsageError("\n".join(faults))
        self.language = cast(Language, language)
        self._ask_for_plans()

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """The tests of a plan."""
        check = self._checks.get(file_path)
        if check is None:
            return None
        self._asked_for.discard(file_path)
        return PlanFile.from_parent(parent, path=file_path, check=check, language=self.language)

    def pytest_collection_finish(self) -> None:
        """A plan that is asked for and left out, such as one in a hidden directory, is not taken for one that is kept."""
        if self._asked_for:
            named = ", ".join(os.path.relpath(path, self._config.rootpath) for path in sorted(self._asked_for))
            expected = "a plan outside of what pytest ignores, or as an argument"
            raise pytest.UsageError(f"{named}: not collected; expected {expected}")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """A failure stands at the target's line in the plan and is summed up in a line."""
        report = yield
        crash = getattr(report.longrepr, "reprcrash", None)
        if isinstance(item, Promise) and crash is not None:
            crash.path, crash.lineno, crash.message = str(item.path), item.case.line or 1, item.headline()
        return report

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """What an auditor should see beside the cases, such as waivers that waive nothing."""
        if self._is_left_out:
            # Silence would be taken for good news.
            terminalreporter.line("attain: the plans of the ini file were not run: the command line names what to run")
        for path, check in self._checks.items():
            found = check.findings(self.language)
            if found:
                terminalreporter.section(f"attain: {os.path.relpath(path, self._config.rootpath)}")
                for said in found:
                    terminalreporter.line(said)

    def _ask_for_plans(self) -> None:
        """Has the plans collected: always where the command line names them, else where it names nothing at all to run."""
        config = self._config
        here = config.invocation_params.dir
        asked = {Path(os.path.abspath(here / argument.split("::")[0])) for argument in config.args}
        if not config.getoption("attain_plan") and config.args_source is pytest.Config.ArgsSource.ARGS:
            self._is_left_out = asked.isdisjoint(self._checks)
            return
        self._asked_for = set(self._checks)
        # What lies in a directory that is walked anyway is not named besides: pytest 8 would leave out the directory.
        config.args.extend(str(path) for path in self._checks if asked.isdisjoint([path, *path.parents]))

    def _said(self, name: str) -> str:
        return str(self._config.getoption(name) or self._config.getini(name))

    def _day(self, name: str, faults: list[str]) -> str:
        text = self._said(name)
        if text and not _is_day(text):
            faults.append(f"{name}: '{text}' is not a day; expected YYYY-MM-DD")
        return text

    def _files(self, name: str) -> list[_File]:
        asked: Sequence[str] | None = self._config.getoption(name)
        said: Sequence[str] = asked or self._config.getini(name)
        base = self._config.invocation_params.dir if asked else self._config.rootpath
        return [_File(text, Path(os.path.abspath(base / text))) for text in said]

    def _pairs(self, faults: list[str]) -> list[tuple[_File, _File, _File | None]]:
        plans, facts, waivers = (self._files(name) for name in ("attain_plan", "attain_facts", "attain_waivers"))
        for name, files in (("attain_facts", facts), ("attain_waivers", waivers)):
            if len(files) != len(plans) and (files or name == "attain_facts"):
                counts = f"{len(files)} for {len(plans)} of attain_plan"
                faults.append(f"{name}: {counts}; expected one for each, in their order")
        for place, plan in enumerate(plans):
            if any(plan.path == before.path for before in plans[:place]):
                faults.append(f"attain_plan: {plan} is given twice; expected each plan once")
        if faults:
            return []
        beside: Sequence[_File | None] = waivers or [None for _ in plans]
        return list(zip(plans, facts, beside, strict=True))


class _File:
    """A file by the name that it was given, and where it is."""

    def __init__(self, name: str, path: Path) -> None:
        self.name, self.path = name, path

    def __str__(self) -> str:
        return self.name


def _read(faults: list[str], file: _File, read: Callable[P, T], *given: P.args, **named: P.kwargs) -> T | None:
    """What is read of a file; its faults are added to the others."""
    try:
        return read(*given, **named)
    except AttainError as error:
        faults.append(str(error.within(file.name)))
    except OSError as error:
        faults.append(f"{file}: {error.strerror}; expected a file that can be read")
    return None


def _grouped(cases: Iterable[tuple[list[str], Case]], level: int) -> dict[str, list[tuple[list[str], Case]]]:
    """The cases by a part of their name, in their order."""
    groups: dict[str, list[tuple[list[str], Case]]] = {}
    for names, case in cases:
        groups.setdefault(names[level], []).append((names, case))
    return groups


class PlanFile(pytest.File):
    """A plan; below it its targets, their units, and of each unit the periods."""

    def __init__(self, *, check: Check, language: Language, **named: Any) -> None:
        super().__init__(**named)
        self.check = check
        self.language: Language = language
        #: Of each assessment the caller's own key of its target.
        self.keys = [key for _, key, *_ in check.scorecard._native.keys()]

    def collect(self) -> Iterator[pytest.Collector]:
        """The targets."""
        cases = [(case.name.split("::"), case) for case in self.check.cases]
        for target, found in _grouped(cases, 0).items():
            yield Group.from_parent(self, name=target, file=self, cases=found, level=1)


class Group(pytest.Collector):
    """A target, or one of its units."""

    def __init__(self, *, file: PlanFile, cases: list[tuple[list[str], Case]], level: int, **named: Any) -> None:
        super().__init__(**named)
        self._file, self._cases, self._level = file, cases, level

    def collect(self) -> Iterator[pytest.Collector | pytest.Item]:
        """The units, or the periods."""
        for name, found in _grouped(self._cases, self._level).items():
            if self._level == 1:
                yield Group.from_parent(self, name=name, file=self._file, cases=found, level=2)
            else:
                for _, case in found:
                    yield Promise.from_parent(self, name=name, file=self._file, case=case)


class Promise(pytest.Item):
    """A case of the check."""

    def __init__(self, *, file: PlanFile, case: Case, **named: Any) -> None:
        super().__init__(**named)
        self._file, self.case = file, case
        key = file.keys[case.assessment]
        if key is not None:
            self.extra_keyword_matches.add(key)
        # An expected failure is what a waiver makes of one; nothing that is waived may pass.
        if case.outcome is Outcome.WAIVED:
            self.add_marker(pytest.mark.xfail(reason=self.headline(), strict=True))
        if case.outcome is Outcome.SKIPPED:
            self.add_marker(pytest.mark.skip(reason=self.headline()))

    def setup(self) -> None:
        """No data is an error: nobody knows whether the promise is kept."""
        if self.case.outcome is Outcome.ERROR:
            self._fail()

    def runtest(self) -> None:
        """Passes where the case does."""
        if self.case.outcome is Outcome.WARNING:
            self.warn(PromiseWarning(f"{self.case.name}: {self.headline()}"))
        elif self.case.outcome is not Outcome.PASSED:
            self._fail()

    def reportinfo(self) -> tuple[Path, int, str]:
        """The target's line in the plan."""
        return self.path, (self.case.line or 1) - 1, self.case.name

    def headline(self) -> str:
        """The case in a line."""
        return self._file.check.headline(self.case, self._file.language)

    def _fail(self) -> None:
        pytest.fail(self._file.check.report(self.case, self._file.language), pytrace=False)


def _is_day(text: str) -> bool:
    try:
        day(text, "")
    except AttainError:
        return False
    return re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is not None
