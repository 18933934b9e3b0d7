"""What was reported of an indicator, period by period, as the core reads it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ..facts import Facts
from ..plan import Plan
from ..words import Language

if TYPE_CHECKING:
    from ..scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its period as its rows name it, the last day that it covers, its value, and how the cells say it."""

    period: str
    on: date
    value: Decimal
    said: str


def figures(card: Scorecard, indicator: str, unit: str, language: Language) -> list[Figure]:
    """The figures of an indicator and unit, as they were known, one a period that the facts name, in the order of their
    days.

    What a row amounts to, which revision counts and which days a label means is not decided here: the same plan, with a
    target a period in place of its own, is assessed against the same facts, and the actuals are read off. A deliverable
    has no figures: it is done or not.
    """
    document = json.loads(card.plan.to_json())
    owner = document["plan"]["owner"]
    rows = [row for row in card.facts.rows() if row["indicator"] == indicator]
    own = [row for row in rows if (row["unit"] or owner) == unit]
    periods = list(dict.fromkeys(period for row in own or rows if (period := row["period"])))
    measure = next(each for each in document["indicators"] if each["id"] == indicator)
    if not periods or measure["kind"] == "deliverable":
        return []
    of = {"scope": "each", "units": [unit]} if len(document.get("units", [])) else {}
    document["targets"] = [
        {"id": f"figure-{place}", "indicator": indicator, "by": period, "at_least": "0", **of}
        for place, period in enumerate(periods)
    ]
    document["plan"]["start"] = "0001-01-01"  # figures from before the plan's first day count too
    for of_targets in ("remarks", "waivers"):
        document.pop(of_targets, None)
    plan = Plan.from_json(json.dumps(document))
    facts = Facts.from_json(plan, card.facts.to_json())
    read = plan.assess(facts, as_of=card.as_of, known_on=card.known_on, steps=False)
    found = [
        Figure(
            periods[int(one.target.removeprefix("figure-"))],
            one.actual.on,
            one.actual.value,
            read.cells(place, language).actual,
        )
        for place, one in enumerate(read)
        # A figure of another period stands in for one that is missing; it is drawn where it belongs.
        if isinstance(one.actual.value, Decimal) and one.actual.on is not None and one.actual.period is None
    ]
    return sorted(found, key=lambda figure: (figure.on, figure.period))
