"""A scorecard as tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from os import PathLike

from . import _attain
from ._decode import decoder
from ._frozen import Frozen
from ._html import Shown
from .errors import AttainError, InvalidValueError, must_be, refuse
from .plan import Plan, read_bytes
from .records import Assessment
from .scorecard import Scorecard
from .words import Language, Outcome

__all__ = ["Case", "Check", "Waiver", "Waivers"]


class Waivers(Frozen):
    """Who excuses what until when, format ``attain-waivers/1``; those of the plan itself count besides."""

    __slots__ = ("_native", "_source")
    _native: _attain.Waivers
    _source: tuple[str, Plan, bytes]

    def __init__(self) -> None:
        raise TypeError("waivers are read: Waivers.from_toml, Waivers.from_json or Waivers.read")

    @classmethod
    def _of(cls, native: _attain.Waivers, kind: str, plan: Plan, text: str | bytes) -> Waivers:
        waivers = object.__new__(cls)
        source = text.encode() if isinstance(text, str) else text
        waivers._set(_native=native, _source=(kind, plan, source))
        return waivers

    @classmethod
    def from_toml(cls, plan: Plan, text: str | bytes) -> Waivers:
        """Reads waivers from TOML. Raises :class:`AttainError` with every fault and its place."""
        return cls._of(_attain.Waivers.from_toml(must_be(Plan, plan, "plan")._native, text), "from_toml", plan, text)

    @classmethod
    def from_json(cls, plan: Plan, text: str | bytes) -> Waivers:
        """Reads waivers from JSON. Raises :class:`AttainError` with every fault and its place."""
        return cls._of(_attain.Waivers.from_json(must_be(Plan, plan, "plan")._native, text), "from_json", plan, text)

    @classmethod
    def read(cls, plan: Plan, path: str | PathLike[str]) -> Waivers:
        """Reads waivers from a file: JSON where its name ends in ``.json``, else TOML."""
        name, text = read_bytes(path)
        try:
            return cls.from_json(plan, text) if name.lower().endswith(".json") else cls.from_toml(plan, text)
        except AttainError as error:
            raise error.within(name) from None

    def __len__(self) -> int:
        return len(self._native)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Waivers) and self._source == other._source

    def __hash__(self) -> int:
        return hash(self._source)

    def __reduce__(self) -> tuple[object, ...]:
        kind, plan, text = self._source
        return (getattr(Waivers, kind), (plan, text))

    def __repr__(self) -> str:
        return f"<{len(self)} attain.Waivers>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(Shown):
    """What excuses a failure: which target, of which unit and period (all where ``None``), by whom, why, until when."""

    target: str
    unit: str | None
    period: str | None
    authority: str
    reason: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Shown):
    """One assessment as a test case.

    - ``name``: ``target::unit::period``, one of a kind in a scorecard.
    - ``assessment``: the place of its assessment in the scorecard.
    - ``outcome``: what it comes to.
    - ``severity``: ``advisory``, ``required`` or ``strict``: what it was held to.
    - ``late_reports``: the reports that are due and missing beside a figure that is there.
    - ``to_be_told``: whether someone should look at it.
    - ``waiver``: the waiver that speaks of what fails here.
    - ``line``: where its target begins in the plan's text.
    """

    name: str
    assessment: int
    outcome: Outcome
    severity: str
    late_reports: tuple[str, ...]
    to_be_told: bool
    waiver: Waiver | None
    line: int | None = field(compare=False)


class Check(Frozen):
    """A scorecard as tests: good passes, bad fails, **no data is an error, never a pass**.

    >>> import attain
    >>> plan = attain.Plan.decision_333()
    >>> check = plan.assess(attain.Facts.decision_333(plan), as_of="2025-09-30").check()
    >>> check.is_passed
    False
    """

    __slots__ = ("_card", "_cases", "_native", "_severities", "_strict", "_told", "_waivers")
    _card: Scorecard
    _waivers: Waivers | None
    _strict: bool
    _severities: dict[str, str]
    _native: _attain.Check
    _cases: tuple[Case, ...]
    _told: dict[Language, list[tuple[str, str]]]

    def __init__(
        self,
        card: Scorecard,
        waivers: Waivers | None = None,
        *,
        strict: bool = False,
        severities: Mapping[str, str] | None = None,
    ) -> None:
        held, asked = must_be(Scorecard, card, "card"), dict(severities or {})
        excused = None if waivers is None else must_be(Waivers, waivers, "waivers")._native
        native = _attain.Check.of(held._native, excused, strict, asked)
        self._set(_card=held, _waivers=waivers, _strict=strict, _severities=asked, _native=native, _told={})
        self._set(_cases=decoder(tuple[Case, ...])(native.cases()))

    @property
    def scorecard(self) -> Scorecard:
        """The scorecard that is held against the policy."""
        return self._card

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases, in the order of the assessments."""
        return self._cases

    @property
    def is_passed(self) -> bool:
        """Whether no case fails or is an error."""
        return self._native.is_passed_of([case.assessment for case in self._cases])

    def assessment(self, case: Case) -> Assessment:
        """The assessment behind a case."""
        return self._card.assessments[must_be(Case, case, "case").assessment]

    def only(self, keep: Callable[[Case], bool]) -> Check:
        """The same check with some of its cases."""
        check = Check(self._card, self._waivers, strict=self._strict, severities=self._severities)
        check._set(_cases=tuple(case for case in self._cases if keep(case)))
        return check

    def report(self, case: Case, language: Language = "en") -> str:
        """What is to be said of a case: status, actual against threshold, gap, clause, days, formula."""
        return self._told_of(case, language)[1]

    def headline(self, case: Case, language: Language = "en") -> str:
        """The same in a line."""
        return self._told_of(case, language)[0]

    def _told_of(self, case: Case, language: Language) -> tuple[str, str]:
        """Headline and report of a case. Those of all cases are made at once: to tell of one the whole check is needed."""
        place = must_be(Case, case, "case").assessment
        if language not in self._told:
            self._told[language] = self._native.told(language)
        told = self._told[language]
        if not 0 <= place < len(told):
            refuse(InvalidValueError, "case", f"the place {place}", f"a case of this check, which has {len(told)}")
        return told[place]

    def findings(self, language: Language = "en") -> list[str]:
        """What an auditor should see besides, in words."""
        return self._native.findings(language)

    def counts(self, language: Language = "en") -> str:
        """How many came to what, in words."""
        return self._native.counts_in_words(self._places(), language)

    def to_junit(self, language: Language = "en") -> str:
        """The check as JUnit XML."""
        return self._native.to_junit(self._places(), language)

    def to_sarif(self, plan: str, language: Language = "en") -> str:
        """The check as SARIF 2.1.0; ``plan`` is where the plan's file is, as readers will find it."""
        return self._native.to_sarif(self._places(), plan, language)

    def _places(self) -> list[int]:
        return [case.assessment for case in self._cases]

    def _key(self) -> tuple[object, ...]:
        return (self._card, self._waivers, self._strict, tuple(sorted(self._severities.items())), self._cases)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Check) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> tuple[object, ...]:
        return (_again, (self._card, self._waivers, self._strict, self._severities, self._places()))

    def __repr__(self) -> str:
        return f"<attain.Check: {self.counts()}>"

    def _repr_html_(self) -> str:
        from ._html import table

        shown = [(case.name, self.headline(case), case.outcome.value) for case in self._cases if case.to_be_told]
        return table(self.counts(), ("case", "", "outcome"), shown[:200])


def _again(
    card: Scorecard, waivers: Waivers | None, strict: bool, severities: Mapping[str, str], places: Sequence[int]
) -> Check:
    kept = set(places)
    return Check(card, waivers, strict=strict, severities=severities).only(lambda case: case.assessment in kept)
