"""Scorecards: the answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from operator import index
from typing import TYPE_CHECKING, Any, overload

from . import _attain
from ._decode import decoder
from ._frozen import Frozen
from .colours import COLOURS
from .errors import InvalidValueError, UnknownReferenceError, must_be, refuse
from .facts import Facts
from .plan import Plan, day
from .records import Assessment, Finding, Remark, Summary
from .words import Group, Language, Status

if TYPE_CHECKING:
    import altair
    import great_tables

    from .check import Check, Waivers
    from .difference import Difference, Margins

__all__ = ["Assessments", "Cells", "Scorecard"]


class Cells(tuple[str, str, str, str, str]):
    """What a table says of an assessment in a language: period, actual, requirement, gap, status."""

    __slots__ = ()

    @property
    def period(self) -> str:
        """The judged period."""
        return self[0]

    @property
    def actual(self) -> str:
        """What was reached, with its figures and its unit."""
        return self[1]

    @property
    def requirement(self) -> str:
        """What is required."""
        return self[2]

    @property
    def gap(self) -> str:
        """How far off it is, in its unit and in cases."""
        return self[3]

    @property
    def status(self) -> str:
        """The status."""
        return self[4]


class Assessments(Frozen, Sequence[Assessment]):
    """The assessments of a scorecard, in the order of targets and units in the plan, then of periods."""

    __slots__ = ("_known", "_made_of", "_native")
    #: What a scorecard is made of; not the scorecard, which holds these assessments and would be freed late.
    _made_of: tuple[Plan, Facts, _attain.Scorecard, bool, tuple[int, ...] | None]
    _native: _attain.Scorecard
    _known: dict[int, Assessment]

    def __init__(
        self, plan: Plan, facts: Facts, native: _attain.Scorecard, steps: bool, kept: tuple[int, ...] | None
    ) -> None:
        self._set(_made_of=(plan, facts, native, steps, kept), _native=native, _known={})

    def _card(self) -> Scorecard:
        return Scorecard._of(*self._made_of)

    def __len__(self) -> int:
        return len(self._native)

    @overload
    def __getitem__(self, place: int) -> Assessment: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Assessment, ...]: ...

    def __getitem__(self, place: int | slice) -> Assessment | tuple[Assessment, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        at = index(place)
        at = at + len(self) if at < 0 else at
        if not 0 <= at < len(self):
            raise IndexError(f"assessment {place}; expected a place below {len(self)}")
        if at not in self._known:
            self._known[at] = decoder(Assessment)(self._native.assessment(at))
        return self._known[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Assessments) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[object, ...]:
        return (_of_card, (self._card(),))

    def __repr__(self) -> str:
        return f"<{len(self)} assessments>"

    def _repr_html_(self) -> str:
        return self._card()._repr_html_()


class Scorecard(Frozen):
    """Everything that can be said of a plan on a day. It can not be changed.

    >>> import attain
    >>> plan = attain.Plan.decision_333()
    >>> card = plan.assess(attain.Facts.decision_333(plan), as_of="2025-09-30")
    >>> a10 = card.of("A10", period="2023")
    >>> a10.actual.value, a10.cases.short_by  # 1999 of 2500, where 80 % are 2000
    (Decimal('79.96'), Decimal('1'))
    """

    __slots__ = ("_facts", "_kept", "_known", "_native", "_plan", "_steps")
    _native: _attain.Scorecard
    _plan: Plan
    _facts: Facts
    _steps: bool
    _kept: tuple[int, ...] | None
    _known: Assessments

    def __init__(self) -> None:
        raise TypeError("a scorecard is made by Plan.assess")

    @classmethod
    def _of(
        cls, plan: Plan, facts: Facts, native: _attain.Scorecard, steps: bool, kept: tuple[int, ...] | None = None
    ) -> Scorecard:
        card = object.__new__(cls)
        known = Assessments(plan, facts, native, steps, kept)
        card._set(_native=native, _plan=plan, _facts=facts, _steps=steps, _kept=kept, _known=known)
        return card

    @classmethod
    def assess(
        cls, plan: Plan, facts: Facts, *, as_of: date | str, known_on: date | str | None = None, steps: bool = True
    ) -> Scorecard:
        """The scorecard of a plan, as :meth:`Plan.assess` says."""
        known = None if known_on is None else day(known_on, "known_on")
        of, against = must_be(Plan, plan, "plan")._native, must_be(Facts, facts, "facts")._native
        native = _attain.Scorecard.of(of, against, day(as_of, "as_of"), known, steps)
        return cls._of(plan, facts, native, steps)

    @property
    def plan(self) -> Plan:
        """The plan that was assessed."""
        return self._plan

    @property
    def facts(self) -> Facts:
        """The facts that it was assessed against."""
        return self._facts

    @property
    def as_of(self) -> date:
        """The day that is spoken of, to its end."""
        return self._native.as_of

    @property
    def known_on(self) -> date:
        """The day up to which records count as known."""
        return self._native.known_on

    @property
    def assessments(self) -> Assessments:
        """The assessments, in the order of targets and units in the plan, then of periods."""
        return self._known

    @property
    def summary(self) -> Summary:
        """How many of each status and group."""
        return decoder(Summary)(self._native.summary())  # type: ignore[no-any-return]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What an auditor should see besides the verdicts, in English."""
        return self.findings_in("en")

    def findings_in(self, language: Language) -> tuple[Finding, ...]:
        """The same in a language."""
        return decoder(tuple[Finding, ...])(self._native.findings(language))  # type: ignore[no-any-return]

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the plan says and nothing can compute."""
        return decoder(tuple[Remark, ...])(self._native.remarks())  # type: ignore[no-any-return]

    @property
    def not_in_force(self) -> tuple[str, ...]:
        """The ids of the targets that are not law on the day."""
        return tuple(self._native.not_in_force())

    def __len__(self) -> int:
        return len(self._native)

    def __iter__(self) -> Iterator[Assessment]:
        return iter(self._known)

    def of(self, target: str, *, unit: str | None = None, period: str | None = None) -> Assessment:
        """The one assessment of a target, by its id or key, and by unit and period where it has several.

        Raises :class:`UnknownReferenceError` where there is none, or more than one.
        """
        target = must_be(str, target, "target", "the id or the key of a target")
        keys = self._native.keys()
        found = [at for at in self.places(target=target, unit=unit) if period is None or keys[at][3] == period]
        if len(found) == 1:
            return self._known[found[0]]
        asked = ", ".join(part for part in (target, unit, period) if part is not None)

        def units_and_periods(places: Sequence[int]) -> str:
            return f"one: say unit and period of {', '.join(sorted({f'{keys[at][2]} {keys[at][3]}' for at in places})[:8])}"

        if found:
            refuse(UnknownReferenceError, "of", f"{len(found)} assessments of {asked}", units_and_periods(found))
        others = self.places(target=target)
        near = ", ".join(sorted({key[1] or key[0] for key in keys})[:100])
        expected = units_and_periods(others) if others else f"one of {near}"
        refuse(UnknownReferenceError, "of", f"no assessment of {asked}", expected)

    def places(
        self,
        *,
        target: str | None = None,
        unit: str | None = None,
        period: str | None = None,
        status: Collection[str] | str | None = None,
        group: Collection[str] | str | None = None,
    ) -> list[int]:
        """The places of the assessments for which all that is given holds; targets by id or key.

        Raises :class:`InvalidValueError` where a status or group is none of the closed list, and
        :class:`UnknownReferenceError` where the plan has no such target or unit, or no assessment has such a period.
        """
        _known_codes(Status, status, "status")
        _known_codes(Group, group, "group")

        def holds(asked: Collection[str] | str | None, value: str) -> bool:
            return asked is None or (value == asked if isinstance(asked, str) else value in asked)

        found = [
            place
            for place, (id, key, of, at, state, sort) in enumerate(self._native.keys())
            if (target is None or target in (id, key))
            and holds(unit, of)
            and holds(period, at)
            and holds(status, state)
            and holds(group, sort)
        ]
        if not found:
            self._known_names(target, unit, period)
        return found

    def _known_names(self, target: str | None, unit: str | None, period: str | None) -> None:
        """Refuses what is not there at all: nothing would be of it, which reads like good news."""
        targets = list(dict.fromkeys(one.key or one.id for one in self._plan.targets))
        if target is not None and target not in targets and target not in [one.id for one in self._plan.targets]:
            refuse(UnknownReferenceError, "target", f"the plan has no target {target!r}", f"one of {', '.join(targets[:100])}")
        units = [one.id for one in self._plan.units]
        if unit is not None and unit not in units:
            refuse(UnknownReferenceError, "unit", f"the plan has no unit {unit!r}", f"one of {', '.join(units[:100])}")
        # Of a part of a scorecard it is not known which periods the others have.
        periods = sorted({at for (_, _, _, at, _, _) in self._native.keys()}) if self._kept is None else []
        if period is not None and periods and period not in periods:
            what = f"no assessment is of the period {period!r}"
            refuse(UnknownReferenceError, "period", what, f"one of {', '.join(periods[:100])}")

    def only(
        self,
        keep: Callable[[Assessment], bool] | None = None,
        /,
        *,
        target: str | None = None,
        unit: str | None = None,
        period: str | None = None,
        status: Collection[Status | str] | Status | str | None = None,
        group: Collection[Group | str] | Group | str | None = None,
    ) -> Scorecard:
        """The same scorecard with some of its assessments: those for which all that is given holds.

        >>> import attain
        >>> plan = attain.Plan.decision_333()
        >>> card = plan.assess(attain.Facts.decision_333(plan), as_of="2025-09-30")
        >>> {bad.status.value for bad in card.only(group="bad")} <= {"missed", "lost", "off_track"}
        True
        """
        found = self.places(target=target, unit=unit, period=period, status=status, group=group)
        if keep is not None:
            found = [place for place in found if keep(self._known[place])]
        before = range(len(self)) if self._kept is None else self._kept
        kept = tuple(before[place] for place in found)
        return Scorecard._of(self._plan, self._facts, self._native.only(found), self._steps, kept)

    def cells(self, place: int, language: Language = "vi") -> Cells:
        """What the tables say of an assessment, by its place: period, actual, requirement, gap and status in words."""
        at = index(place)
        if not 0 <= at < len(self):
            refuse(InvalidValueError, "place", str(at), f"a place from 0 and below {len(self)}")
        return Cells(self._native.cells(at, language))

    def explain(self, target: str, language: Language = "vi", *, markdown: bool = False) -> str:
        """How the numbers of a target came about, and why it has its status; by id or key.

        Raises :class:`AttainError` where the plan has no such target.
        """
        return self._native.explain(target, language)[markdown]

    def contributions(self, target: str, language: Language = "vi", *, markdown: bool = False) -> str:
        """What each unit below carries of the actual, the gap and the change of a target, by id or key.

        Raises :class:`AttainError` where the plan has no such target.
        """
        return self._native.contributions(target, language)[markdown]

    def since(self, earlier: Scorecard) -> Difference:
        """What has changed since an earlier scorecard, and which record, clause or day did it."""
        from .difference import Difference

        return Difference(earlier, self)

    def margins(self) -> Margins:
        """How little would have turned each verdict."""
        from .difference import Margins

        return Margins(self)

    def check(
        self,
        waivers: Waivers | None = None,
        *,
        strict: bool = False,
        severities: Mapping[str, str] | None = None,
    ) -> Check:
        """The scorecard as tests: good passes, bad fails, no data is an error, and waivers excuse while they hold.

        ``strict``: warnings fail too, unless the plan says otherwise of a target. ``severities``: of targets by id
        ``advisory``, ``required`` or ``strict``.
        """
        from .check import Check

        return Check(self, waivers, strict=strict, severities=severities)

    def plot(self, language: Language = "vi") -> altair.LayerChart:
        """All assessments as bars against their thresholds, by section of the plan: :func:`attain.viz.plot`."""
        from . import viz

        return viz.plot(self, language)

    def plot_path(
        self, target: str, unit: str | None = None, language: Language = "vi", *, period: str | None = None
    ) -> altair.LayerChart:
        """One target over time, with its path and its outlook: :func:`attain.viz.plot_path`."""
        from . import viz

        return viz.plot_path(self, target, unit, language, period=period)

    def plot_units(self, target: str, language: Language = "vi", *, period: str | None = None) -> altair.LayerChart:
        """The units of a target, the best first: :func:`attain.viz.plot_units`."""
        from . import viz

        return viz.plot_units(self, target, language, period=period)

    def table(self, language: Language = "vi") -> great_tables.GT:
        """The scorecard as a table, by section of the plan: :func:`attain.viz.table`."""
        from . import viz

        return viz.table(self, language)

    def document(self) -> dict[str, Any]:
        """The scorecard as the document ``attain-scorecard/1``, in dictionaries, lists and texts."""
        return self._native.document()

    def to_json(self) -> str:
        """The scorecard as JSON, format ``attain-scorecard/1``: byte for byte what every other binding writes."""
        return self._native.to_json()

    def to_csv(self) -> str:
        """The scorecard as CSV, a row an assessment."""
        return self._native.to_csv()

    def to_text(self, language: Language = "vi") -> str:
        """The scorecard as text, at most 110 columns wide."""
        return self._native.to_text(language)

    def to_markdown(self, language: Language = "vi") -> str:
        """The scorecard as Markdown."""
        return self._native.to_markdown(language)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The scorecard as an Arrow stream, a row an assessment: ``polars.DataFrame(card)``, ``pyarrow.table(card)``."""
        return self._native.__arrow_c_stream__(requested_schema)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scorecard) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[object, ...]:
        return (_again, (self._plan, self._facts, self.as_of, self.known_on, self._steps, self._kept))

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {group}" for group, count in self.summary.by_group.items())
        return f"<attain.Scorecard of {self._plan.id!r} as of {self.as_of}: {counts or 'nothing assessed'}>"

    def _repr_html_(self) -> str:
        from ._html import table

        names = {one.id: one.name.get() or one.id for one in self._plan.indicators}
        about = {one.id: (one.key or one.id, names.get(one.indicator, one.indicator)) for one in self._plan.targets}
        rows: list[tuple[str, ...]] = []
        colours: list[str] = []
        for place, (target, _, unit, _, _, group) in enumerate(self._native.keys()[:200]):
            rows.append((*about.get(target, (target, "")), unit, *self.cells(place)))
            colours.append(COLOURS[Group(group)])
        caption = repr(self) if len(self) <= 200 else f"{self!r}; the first 200"
        return table(caption, ("", "indicator", "unit", "period", "actual", "requirement", "gap", "status"), rows, colours)


def _known_codes(kind: type[Status] | type[Group], asked: Collection[str] | str | None, name: str) -> None:
    """Refuses a word that none of the list is: nothing would be of it, which reads like good news."""
    codes = [one.value for one in kind]
    for code in [asked] if isinstance(asked, str) else asked or ():
        if code not in codes:
            refuse(InvalidValueError, name, repr(code), f"one of {', '.join(codes)}")


def _of_card(card: Scorecard) -> Assessments:
    return card.assessments


def _again(
    plan: Plan, facts: Facts, as_of: date, known_on: date, steps: bool, kept: tuple[int, ...] | None
) -> Scorecard:
    """A scorecard made again of what it was made of."""
    card = Scorecard.assess(plan, facts, as_of=as_of, known_on=known_on, steps=steps)
    return card if kept is None else Scorecard._of(plan, facts, card._native.only(list(kept)), steps, kept)
