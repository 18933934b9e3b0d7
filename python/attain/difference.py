"""What changed between two scorecards and why, and how little would have turned a verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Self

from . import _attain
from ._decode import decoder
from ._frozen import Frozen
from .errors import must_be
from .records import Changed, ChangeTally, Margin, Side
from .scorecard import Scorecard
from .words import Language

__all__ = ["Difference", "Margins"]


class _Told(Frozen):
    """What is told of scorecards, entry by entry: as a document and for people."""

    __slots__ = ("_document", "_kept", "_native", "_of")
    #: What the document calls its entries.
    _entries: ClassVar[str]
    #: The scorecards that it is told of.
    _of: tuple[Scorecard, ...]
    _native: Any
    _document: dict[str, Any]
    _kept: tuple[int, ...]

    def _tell(self, native: Any, *of: Scorecard) -> None:
        document: dict[str, Any] = native.document()
        self._set(_of=of, _native=native, _document=document, _kept=tuple(range(len(document[self._entries]))))

    def _at(self, places: Sequence[int]) -> Self:
        """The same with the entries at some places."""
        found = object.__new__(type(self))
        native = self._native.only(list(places))
        kept = tuple(self._kept[place] for place in places)
        found._set(_of=self._of, _native=native, _document=native.document(), _kept=kept)
        return found

    def to_json(self) -> str:
        """The same as JSON, in its own format."""
        text: str = self._native.to_json()
        return text

    def to_text(self, language: Language = "vi") -> str:
        """The same as text."""
        text: str = self._native.to_text(language)
        return text

    def to_markdown(self, language: Language = "vi") -> str:
        """The same as Markdown."""
        text: str = self._native.to_markdown(language)
        return text

    def __len__(self) -> int:
        return len(self._document[self._entries])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Told) and type(self) is type(other) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[object, ...]:
        return (_again, (type(self), self._of, self._kept))


def _again(kind: Callable[..., _Told], of: tuple[Scorecard, ...], kept: tuple[int, ...]) -> _Told:
    return kind(*of)._at(kept)


class Difference(_Told):
    """What changed between two scorecards, and which record, clause or day did it: as JSON ``attain-difference/1``."""

    __slots__ = ()
    _entries = "changed"

    def __init__(self, before: Scorecard, after: Scorecard) -> None:
        was, now = must_be(Scorecard, before, "before"), must_be(Scorecard, after, "after")
        self._tell(_attain.Difference.of(was._native, now._native), was, now)

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


class Margins(_Told):
    """For every verdict the least change of a single fact that would turn it, in each way there is: as JSON
    ``attain-margins/1``.
    """

    __slots__ = ()
    _entries = "margins"

    def __init__(self, card: Scorecard) -> None:
        self._tell(_attain.Margins.of(must_be(Scorecard, card, "card")._native), card)

    @property
    def margins(self) -> tuple[Margin, ...]:
        """One for each assessment with a verdict."""
        return decoder(tuple[Margin, ...])(self._document["margins"])  # type: ignore[no-any-return]

    def only(self, keep: Callable[[Margin], bool]) -> Margins:
        """The same margins of some of the verdicts."""
        return self._at([place for place, one in enumerate(self.margins) if keep(one)])

    def __repr__(self) -> str:
        return f"<attain.Margins of {len(self)} verdicts>"

    def _repr_html_(self) -> str:
        from ._html import table

        def least(margin: Margin) -> str:
            changes = margin.flips[0].change if margin.flips else ()
            return ", ".join(f"{change.column} {change.by:+f}" for change in changes)

        rows = [(one.key or one.target, one.unit, one.period, one.status.value, least(one)) for one in self.margins[:200]]
        return table(repr(self), ("target", "unit", "period", "status", "least change"), rows)
