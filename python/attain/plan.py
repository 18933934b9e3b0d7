"""Plans: what was promised."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from os import PathLike
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from . import _attain
from ._decode import decoder
from ._frozen import Frozen
from ._html import Shown
from .errors import AttainError, InvalidValueError, must_be, refuse
from .records import Citation
from .words import Language, chosen

if TYPE_CHECKING:
    from .facts import Facts
    from .scorecard import Scorecard

__all__ = ["Indicator", "LocalText", "Plan", "Target", "Unit"]


@dataclass(frozen=True, slots=True)
class LocalText(Shown):
    """A text in Vietnamese and in English; where a plan has it in one language alone, that one stands for both."""

    vi: str | None
    en: str | None

    def get(self, language: Language = "vi") -> str | None:
        """The text in a language."""
        return chosen(language, self.vi, self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Shown):
    """A body that reports, or that others report to.

    - ``parent``: the id of the unit that it reports to.
    """

    id: str
    name: LocalText
    parent: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Shown):
    """What is measured.

    - ``kind``: ``share``, ``ratio``, ``mean``, ``flow``, ``stock``, ``index``, ``survey``, ``on_time`` or ``deliverable``.
    - ``unit``: the unit of measure; ``%`` for percentages.
    """

    id: str
    name: LocalText
    kind: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Shown):
    """One promise of a plan.

    - ``key``: the caller's own key, such as ``A10``.
    - ``indicator``: the id of the indicator that it is about.
    - ``requirement``: ``at_least``, ``at_most``, ``above``, ``below``, ``exactly``, ``between``, ``reduce_by``,
      ``increase_by``, ``improve`` or ``deliver``.
    - ``better``: ``higher`` or ``lower``; ``None`` where a range, a single value or things to be done are required.
    - ``recurring``: whether it is judged period by period.
    - ``strength``: ``binding`` or ``aspiration``.
    - ``citation``: where the promise stands.
    - ``line``: the line of the plan's text at which it begins; ``None`` where it was not read from a text.
    """

    id: str
    key: str | None
    indicator: str
    requirement: str
    better: str | None
    recurring: bool
    strength: str
    citation: Citation | None
    line: int | None = field(compare=False)


def day(value: date | str, name: str) -> date:
    """A day, from a ``date`` or a text such as ``2025-09-30``."""
    if isinstance(value, datetime):
        refuse(InvalidValueError, name, f"{value!r}, which has a time of day", "a datetime.date")
    if isinstance(value, date):
        return value
    # As in documents: other ways of writing days, which Python reads too, are none.
    text = must_be(str, value, name, "a datetime.date, or a day such as '2025-09-30'")
    try:
        read = date.fromisoformat(text)
    except ValueError:
        read = None
    if read is None or read.isoformat() != text:
        refuse(InvalidValueError, name, f"'{text}'", "a day such as 2025-09-30")
    return read


def read_bytes(path: str | PathLike[str]) -> tuple[str, bytes]:
    """The name of a file, and what it holds."""
    file = FilePath(path)
    return str(file), file.read_bytes()


class Plan(Frozen):
    """A plan: units, indicators, and what was promised of them. A plan that exists is valid, and it can not be changed.

    >>> import attain
    >>> plan = attain.Plan.from_toml('''
    ... format = "attain-plan/1"
    ... plan = { id = "demo", owner = "office", start = 2025-01-01 }
    ... [[indicators]]
    ... id = "online"
    ... kind = "share"
    ... [[targets]]
    ... id = "online-2025"
    ... indicator = "online"
    ... at_least = 57
    ... by = "2025"
    ... ''')
    >>> facts = attain.Facts.from_csv(plan, "indicator,period,part,whole\\nonline,2025,57,100\\n")
    >>> plan.assess(facts, as_of="2025-12-31").assessments[0].status  # 57 of 100 is 57 %
    <Status.MET: 'met'>
    """

    __slots__ = ("_native", "_source")
    _native: _attain.Plan
    #: How and of what it was read: its targets have the lines of that text, which no other text would give again.
    _source: tuple[str, bytes]

    def __init__(self) -> None:
        raise TypeError("a plan is read: Plan.from_toml, Plan.from_json or Plan.read")

    @classmethod
    def _of(cls, native: _attain.Plan, kind: str, text: str | bytes) -> Plan:
        plan = object.__new__(cls)
        plan._set(_native=native, _source=(kind, text.encode() if isinstance(text, str) else text))
        return plan

    @classmethod
    def from_toml(cls, text: str | bytes) -> Plan:
        """Reads a plan from TOML, format ``attain-plan/1``. Raises :class:`AttainError` with every fault and its place."""
        return cls._of(_attain.Plan.from_toml(text), "from_toml", text)

    @classmethod
    def from_json(cls, text: str | bytes) -> Plan:
        """Reads a plan from JSON, format ``attain-plan/1``. Raises :class:`AttainError` with every fault and its place."""
        return cls._of(_attain.Plan.from_json(text), "from_json", text)

    @classmethod
    def read(cls, path: str | PathLike[str]) -> Plan:
        """Reads a plan from a file: JSON where its name ends in ``.json``, else TOML.

        Raises ``OSError`` where it can not be read, and :class:`AttainError` with the file, line and column of every fault.
        """
        name, text = read_bytes(path)
        try:
            return cls.from_json(text) if name.lower().endswith(".json") else cls.from_toml(text)
        except AttainError as error:
            raise error.within(name) from None

    @classmethod
    def decision_333(cls) -> Plan:
        """The plan of Decision 333/QĐ-SKHCN of Quảng Trị province, which ships with the package."""
        return cls.from_toml(_attain.decision_333()[0])

    @property
    def id(self) -> str:
        """The plan's id."""
        return self._native.id

    @property
    def hash(self) -> str:
        """``sha256:`` and the SHA-256 of the plan's canonical JSON, in hexadecimal."""
        return self._native.hash

    @property
    def title(self) -> LocalText:
        """The plan's title."""
        return decoder(LocalText)(self._native.title())  # type: ignore[no-any-return]

    @property
    def units(self) -> tuple[Unit, ...]:
        """The bodies that report, the owner among them."""
        return decoder(tuple[Unit, ...])(self._native.units())  # type: ignore[no-any-return]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """What is measured."""
        return decoder(tuple[Indicator, ...])(self._native.indicators())  # type: ignore[no-any-return]

    @property
    def targets(self) -> tuple[Target, ...]:
        """What was promised."""
        return decoder(tuple[Target, ...])(self._native.targets())  # type: ignore[no-any-return]

    def assess(
        self, facts: Facts, *, as_of: date | str, known_on: date | str | None = None, steps: bool = True
    ) -> Scorecard:
        """Assesses every target that is in force on a day, against the facts that were known.

        ``as_of`` is the day that is spoken of, to its end; records count as known up to ``known_on``, which is ``as_of``
        unless given. Without ``steps`` nothing says how numbers came about, and all else is the same.

        Raises :class:`AttainError` where the facts were read with another plan.
        """
        from .scorecard import Scorecard

        return Scorecard.assess(self, facts, as_of=as_of, known_on=known_on, steps=steps)

    def to_toml(self) -> str:
        """The plan as TOML."""
        return self._native.to_toml()

    def to_json(self) -> str:
        """The plan as JSON."""
        return self._native.to_json()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plan) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    def __reduce__(self) -> tuple[object, ...]:
        kind, text = self._source
        return (getattr(Plan, kind), (text,))

    def __repr__(self) -> str:
        return f"<attain.Plan {self.id!r}: {len(self.targets)} targets, {len(self.indicators)} indicators>"

    def _repr_html_(self) -> str:
        from ._html import table

        names = {indicator.id: indicator.name.get() or indicator.id for indicator in self.indicators}
        rows = [
            (target.key or target.id, names.get(target.indicator, target.indicator), target.requirement)
            for target in self.targets
        ]
        return table(self.title.get() or self.id, ("", "indicator", "requirement"), rows)
