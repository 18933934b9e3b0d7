"""How units stand beside each other."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import altair

from ..errors import UnknownReferenceError, refuse
from ..words import Language
from .spec import INK, QUIET, Names, Row, Spec, chart, day_in_words, drawn, exact, icons, look, raw, text
from .words import say

if TYPE_CHECKING:
    from ..records import Assessment
    from ..scorecard import Scorecard

_ROW = 18
_LEFT, _RIGHT, _WIDTH = 410, 750, 1250


def plot_units(
    card: Scorecard, target: str, language: Language = "vi", *, period: str | None = None
) -> altair.LayerChart:
    """The units of a target, the best first: rank, value as a bar, threshold as a mark, status by colour and shape.

    Exact ties share a rank, and the next rank counts them: 1, 2, 2, 4. A unit without a number has no rank and stands
    last, with its reason. Equality is that of the exact values; of a scorecard without steps, that of their 12 places.

    Raises :class:`UnknownReferenceError` where there is no such target, or several periods and none is said.
    """
    places = card.places(target=target, period=period)
    if not places:
        known = sorted({one.key or one.target for one in card})
        refuse(UnknownReferenceError, "target", f"no assessment of {target}", f"one of {', '.join(known[:100])}")
    if len({(card.assessments[place].target, card.assessments[place].period) for place in places}) > 1:
        several = sorted({f"{card.assessments[place].target} {card.assessments[place].period}" for place in places})
        refuse(
            UnknownReferenceError,
            "period",
            f"several of {target}",
            f"the id and the period of one of {', '.join(several[:20])}",
        )
    names = Names(card, language)
    first = card.assessments[places[0]]
    rows = [_row(card, place, rank, names, language) for rank, place in _ranking(card, places)]
    head = {
        "kind": "head",
        "rank": say("rank", language),
        "name": say("unit", language),
        "said": say("actual", language),
    }
    rows.insert(0, {**head, "status": say("status", language)})
    for number, row in enumerate(rows):
        row["row"] = number
    with_figure = sum(isinstance(card.assessments[place].actual.value, Decimal) for place in places)
    as_of = say("as_of", language, day_in_words(card.as_of, language))
    return chart(
        language,
        title=f"{first.key or first.target} · {names.indicator(first.indicator)}",
        about=[
            f"{names.plan} · {card.cells(places[0], language).period}",
            f"{as_of} · {say('units', language, len(places), with_figure)}",
            f"{say('requirement', language)}: {_requirements(card, places, language)}",
        ],
        width=_WIDTH,
        height={"step": _ROW},
        data=rows,
        layers=_layers(language, rows, is_percentage=names.is_percentage(first)),
    )


def _requirements(card: Scorecard, places: list[int], language: Language) -> str:
    said = list(dict.fromkeys(card.cells(place, language).requirement for place in places))
    return said[0] if len(said) == 1 else f"{said[0]}; …"


def _ranking(card: Scorecard, places: list[int]) -> list[tuple[int | None, int]]:
    """Each place with its rank, the best first."""
    merits = {place: merit for place in places if (merit := _merit(card, place)) is not None}
    ranked = sorted(merits, key=lambda place: -merits[place])
    ranks: dict[int, int] = {}
    for count, place in enumerate(ranked, start=1):
        before = ranked[count - 2] if count > 1 else None
        ranks[place] = ranks[before] if before is not None and merits[before] == merits[place] else count
    return [(ranks.get(place), place) for place in (*ranked, *(place for place in places if place not in merits))]


def _merit(card: Scorecard, place: int) -> Fraction | None:
    """What a unit is ranked by: its exact value, turned round where less is better, or how near it comes."""
    one = card.assessments[place]
    value = _fraction(one, "actual.value", one.actual.value)
    target = next(target for target in card.plan.targets if target.id == one.target)
    if value is None or target.requirement not in ("exactly", "between"):
        return value if value is None or target.better != "lower" else -value
    off = _fraction(one, "variance", one.variance)
    return None if off is None else -abs(off)


def _fraction(one: Assessment, of: str, value: object) -> Fraction | None:
    return (one.exact(of) or Fraction(value)) if isinstance(value, Decimal) else None


def _row(card: Scorecard, place: int, rank: int | None, names: Names, language: Language) -> Row:
    one, cells = card.assessments[place], card.cells(place, language)
    return {
        "kind": "unit",
        "rank": "–" if rank is None else str(rank),
        "name": names.unit(one.unit),
        "unit": one.unit,
        "value": drawn(one.actual.value),
        "exact": exact(one.actual.value),
        "threshold": drawn(one.threshold.value),
        "low": drawn(one.threshold.low),
        "high": drawn(one.threshold.high),
        "exact_threshold": exact(one.threshold.value),
        "said": cells.actual,
        "requirement": cells.requirement,
        "gap": cells.gap.replace("\n", "; "),
        "status": cells.status,
        **look(one.group),
    }


def _layers(language: Language, rows: list[Row], *, is_percentage: bool) -> list[Spec]:
    y: Spec = {"field": "row", "type": "ordinal", "axis": None, "scale": {"padding": 0}}
    numbers = [
        value for row in rows for name in ("value", "threshold", "high") if isinstance(value := row.get(name), float)
    ]
    top = max([100.0, *numbers]) if is_percentage else max([0.0, *numbers]) * 1.05 or 1.0
    scale = {"domain": [min([0.0, *numbers]), top], "range": [_LEFT, _RIGHT], "nice": False, "zero": False}
    label = "datum.label + ' %'" if is_percentage else "datum.label"
    axis = {"orient": "top", "title": None, "tickCount": 6, "labelExpr": label, "domain": False, "ticks": False}

    def x(field: str) -> Spec:
        return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}

    shown = {
        "name": "unit",
        "rank": "rank",
        "said": "actual",
        "requirement": "requirement",
        "gap": "gap",
        "status": "status",
    }
    tooltip = [{"field": field, "type": "nominal", "title": say(head, language)} for field, head in shown.items()]
    is_unit, is_head = "datum.kind === 'unit'", "datum.kind === 'head'"
    columns = {"name": (50, 350), "said": (_RIGHT + 14, 270), "status": (_RIGHT + 310, 190)}
    layers: list[Spec] = [
        {
            "transform": [{"filter": f"{is_unit} && isValid(datum.low)"}],
            "mark": {"type": "rect", "color": INK, "opacity": 0.12},
            "encoding": {"x": x("low"), "x2": {"field": "high"}, "y": y},
        },
        {
            "transform": [{"filter": f"{is_unit} && isValid(datum.value)"}],
            "mark": {"type": "bar", "height": {"band": 0.64}},
            "encoding": {"x": x("value"), "x2": {"datum": 0}, "y": y, "fill": raw("colour"), "tooltip": tooltip},
        },
        {
            "transform": [{"filter": f"{is_unit} && isValid(datum.threshold)"}],
            "mark": {"type": "tick", "orient": "vertical", "thickness": 2, "size": _ROW, "color": INK, "opacity": 1},
            "encoding": {"x": x("threshold"), "y": y},
        },
        text("rank", 36, y, where=is_unit, align="right", color=QUIET),
        text("rank", 36, y, where=is_head, align="right", fontWeight="bold"),
        icons(_RIGHT + 298, y, where=is_unit, tooltip=tooltip, size=120),
    ]
    for name, (place, limit) in columns.items():
        layers.append(text(name, place, y, where=is_unit, tooltip=tooltip, limit=limit))
        layers.append(text(name, place, y, where=is_head, fontWeight="bold"))
    return layers
