"""A promise as an assertion in tests of one's own."""

from __future__ import annotations

from .check import Waivers
from .errors import UnknownReferenceError, refuse
from .scorecard import Scorecard
from .words import Language, Outcome

__all__ = ["assert_kept"]


def assert_kept(
    card: Scorecard,
    target: str,
    *,
    unit: str | None = None,
    period: str | None = None,
    waivers: Waivers | None = None,
    strict: bool = False,
    language: Language = "en",
) -> None:
    """Asserts that a target, by its id or key, is kept: by every unit and in every period, unless one is named.

    What only warns, is waived or is skipped does not fail; no data that is due does. Raises ``AssertionError`` with the reports of
    all cases that fail or are errors, and :class:`AttainError` where the scorecard has no case of what is named: where nothing is
    checked, nothing is kept.

    >>> import attain
    >>> plan = attain.Plan.decision_333()
    >>> card = plan.assess(attain.Facts.decision_333(plan), as_of="2025-09-30")
    >>> attain.assert_kept(card, "A10", period="2024")
    >>> attain.assert_kept(card, "A10", period="2023")
    Traceback (most recent call last):
    ...
    AssertionError: failed: dossiers-circulated-electronically-each-year::so-khcn::2023
    ...
    """
    __tracebackhide__ = True
    places = set(card.places(target=target, unit=unit, period=period))
    if not places:
        asked = ", ".join(part for part in (target, unit, period) if part is not None)
        refuse(UnknownReferenceError, "target", f"nothing is assessed of {asked}", "a target that is in force, its units and periods")
    check = card.check(waivers, strict=strict).only(lambda case: case.assessment in places)
    failing = [case for case in check.cases if case.outcome in (Outcome.FAILED, Outcome.ERROR)]
    if failing:
        raise AssertionError("\n\n".join(check.report(case, language) for case in failing))
