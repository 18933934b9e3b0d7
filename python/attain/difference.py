"""What changed between two scorecards and why, and how little would have turned a verdict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import _attain
from ._decode import decoder
from ._frozen import Frozen
from .errors import must_be
from .records import Changed, ChangeTally, Margin, Side
from .scorecard import Scorecard
from .words import Language

__all__ = ["Difference", "Margins"]


class Difference(Frozen):
    """What changed between two scorecards, and which record, clause or day did it."""

    __slots__ = ("_after", "_before", "_document", "_kept", "_native")
    _before: Scorecard
    _after: Scorecard
    _native: _attain.Difference
    _document: dict[str, Any]
    _kept: tuple[int, ...]

    def __init__(self, before: Scorecard, after: Scorecard) -> None:
        was, now = must_be(Scorecard, before, "before"), must_be(Scorecard, after, "after")
        native = _attain.Difference.of(was._native, now._native)
        document: dict[str, Any] = native.document()
        self._set(_before=was, _after=now, _native=native, _document=document, _kept=tuple(range(len(document["changed"]))))

    @property
    def before(self) -> Side:
        """Which plan, as of when and known on which day, it was."""
        return decoder(Side)(self._document["before"])  # type: ignore[no-any-return]

    @property
    def after(self) -> Side:
        """Which plan, as of when and known on which day, it is."""
        return decoder(Side)(self._document["after"])  # type: ignore[no-any-return]

    @property
    def changed(self) -> tuple[Changed, ...]:
        """What changed, in the order of the later scorecard; what is assessed no longer comes last."""
        return decoder(tuple[Changed, ...])(self._document["changed"])  # type: ignore[no-any-return]

    @property
    def summary(self) -> ChangeTally:
        """How many of each."""
        return decoder(ChangeTally)(self._document["summary"])  # type: ignore[no-any-return]

    def only(self, keep: Callable[[Changed], bool]) -> Difference:
        """The same difference with some of what changed."""
        return self._at([place for place, one in enumerate(self.changed) if keep(one)])

    def _at(self, places: list[int]) -> Difference:
        found = object.__new__(Difference)
        native = self._native.only(places)
        kept = tuple(self._kept[place] for place in places)
        found._set(_before=self._before, _after=self._after, _native=native, _document=native.document(), _kept=kept)
        return found

    def to_json(self) -> str:
        """The difference as JSON, format ``attain-difference/1``."""
        return self._native.to_json()

    def to_text(self, language: Language = "vi") -> str:
        """The difference as text."""
        return self._native.to_text(language)

    def to_markdown(self, language: Language = "vi") -> str:
        """The difference as Markdown."""
        return self._native.to_markdown(language)

    def __len__(self) -> int:
        return len(self._document["changed"])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Difference) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[object, ...]:
        return (_difference_again, (self._before, self._after, self._kept))

    def __repr__(self) -> str:
        tally = self.summary
        return (
            f"<attain.Difference: {tally.better} better, {tally.worse} worse, {tally.other} other, "
            f"{tally.numbers} in numbers alone, {tally.unchanged} unchanged>"
        )

    def _repr_html_(self) -> str:
        from ._html import table

        def state(standing: Any) -> str:
            return "" if standing is None else str(standing.status.value)

        rows = [
            (one.key or one.target, one.unit, one.period, state(one.before), state(one.after), one.turn)
            for one in self.changed[:200]
        ]
        return table(repr(self), ("target", "unit", "period", "before", "after", "turn"), rows)


class Margins(Frozen):
    """For every verdict the least change of a single fact that would turn it, in each way there is."""

    __slots__ = ("_card", "_document", "_kept", "_native")
    _card: Scorecard
    _native: _attain.Margins
    _document: dict[str, Any]
    _kept: tuple[int, ...]

    def __init__(self, card: Scorecard) -> None:
        native = _attain.Margins.of(must_be(Scorecard, card, "card")._native)
        document: dict[str, Any] = native.document()
        self._set(_card=card, _native=native, _document=document, _kept=tuple(range(len(document["margins"]))))

    @property
    def margins(self) -> tuple[Margin, ...]:
        """One for each assessment with a verdict."""
        return decoder(tuple[Margin, ...])(self._document["margins"])  # type: ignore[no-any-return]

    def only(self, keep: Callable[[Margin], bool]) -> Margins:
        """The same margins of some of the verdicts."""
        return self._at([place for place, one in enumerate(self.margins) if keep(one)])

    def _at(self, places: list[int]) -> Margins:
        found = object.__new__(Margins)
        native = self._native.only(places)
        kept = tuple(self._kept[place] for place in places)
        found._set(_card=self._card, _native=native, _document=native.document(), _kept=kept)
        return found

    def to_json(self) -> str:
        """The margins as JSON, format ``attain-margins/1``."""
        return self._native.to_json()

    def to_text(self, language: Language = "vi") -> str:
        """The margins as text."""
        return self._native.to_text(language)

    def to_markdown(self, language: Language = "vi") -> str:
        """The margins as Markdown."""
        return self._native.to_markdown(language)

    def __len__(self) -> int:
        return len(self._document["margins"])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Margins) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[object, ...]:
        return (_margins_again, (self._card, self._kept))

    def __repr__(self) -> str:
        return f"<attain.Margins of {len(self)} verdicts>"

    def _repr_html_(self) -> str:
        from ._html import table

        def least(margin: Margin) -> str:
            changes = margin.flips[0].change if margin.flips else ()
            return ", ".join(f"{change.column} {change.by:+f}" for change in changes)

        rows = [(one.key or one.target, one.unit, one.period, one.status.value, least(one)) for one in self.margins[:200]]
        return table(repr(self), ("target", "unit", "period", "status", "least change"), rows)


def _difference_again(before: Scorecard, after: Scorecard, kept: tuple[int, ...]) -> Difference:
    return Difference(before, after)._at(list(kept))


def _margins_again(card: Scorecard, kept: tuple[int, ...]) -> Margins:
    return Margins(card)._at(list(kept))
