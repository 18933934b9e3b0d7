"""All targets at a glance: of each assessment a bar, its threshold and its baseline, by section of the plan."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

import altair

from ..colours import COLOURS
from ..words import Group, Language
from .spec import (
    INK,
    QUIET,
    Names,
    Row,
    Spec,
    by_section,
    chart,
    drawn,
    exact,
    icons,
    look,
    raw,
    section_in_words,
    tally,
    text,
)
from .words import group_in_words, say

if TYPE_CHECKING:
    from ..records import Assessment
    from ..scorecard import Scorecard

_ROW = 21
_LEFT, _RIGHT, _WIDTH = 680, 940, 1950
#: Where each column begins, and how far its texts go before they are cut off with an ellipsis.
_COLUMNS = {
    "key": (4, 46),
    "name": (52, 450),
    "period": (512, 156),
    "actual": (_RIGHT + 20, 384),
    "requirement": (1356, 220),
    "status": (1588, 340),
}
#: How far the frame goes, in percent: what lies beyond is cut off at its edge, with an arrow.
_LOWEST, _HIGHEST = -50.0, 150.0


def plot(card: Scorecard, language: Language = "vi") -> altair.LayerChart:
    """A row an assessment: the actual as a bar, the threshold as a thick mark, the baseline as a thin one, the status
    by colour and shape.

    Percentages stand on an axis from 0 to 100; other quantities on a scale of their own, in percent of their threshold.
    What has no number, or no threshold to be held against, says so in words in place of the bar.
    """
    names = Names(card, language)
    rows: list[Row] = []
    _legend(rows, language)
    for section, places in by_section(card).items():
        rows.append({"kind": "section", "name": section_in_words(section, language)})
        before: tuple[str, str] | None = None
        for place in places:
            one = card.assessments[place]
            rows.append(_row(card, place, names, language, is_first=before != (one.target, one.unit)))
            before = (one.target, one.unit)
    if not len(card):
        rows.append({"kind": "empty", "name": say("no_assessments", language)})
    for number, row in enumerate(rows):
        row["row"] = number
    drawn_to = [
        value
        for row in rows
        for name in ("value", "threshold", "low", "high", "baseline")
        if isinstance(value := row.get(name), float)
    ]
    ends = [min(max(value, _LOWEST), _HIGHEST) for value in (0.0, 100.0, *drawn_to)]
    domain = [math.floor(min(ends) / 10) * 10, math.ceil(max(ends) / 10) * 10]
    return chart(
        language,
        title=names.plan,
        about=[tally(card, language)],
        width=_WIDTH,
        height={"step": _ROW},
        data=rows,
        layers=_layers(language, domain),
    )


def _row(card: Scorecard, place: int, names: Names, language: Language, *, is_first: bool) -> Row:
    one, cells = card.assessments[place], card.cells(place, language)
    name = names.indicator(one.indicator)
    full = f"{name} · {names.unit(one.unit)}" if names.is_of_several else name
    short = full if one.unit != names.owner else name
    row: Row = {
        "kind": "assessment",
        "key": (one.key or one.target) if is_first else "",
        "name": short if is_first else "",
        "full": f"{one.key or one.target} · {full}",
        "period": cells.period,
        "requirement": cells.requirement,
        "status": cells.status,
        "gap": cells.gap.replace("\n", "; "),
        "said": cells.actual,
        "exact": exact(one.actual.value),
        "exact_threshold": exact(one.threshold.value),
        "exact_baseline": exact(one.baseline.value),
        **look(one.group),
    }
    scale = _scale(one, names)
    value = one.actual.value
    if scale is None or not isinstance(value, Decimal):
        return row | {"words": cells.actual, "actual": ""}
    in_percent = {
        "value": value,
        "threshold": one.threshold.value,
        "low": one.threshold.low,
        "high": one.threshold.high,
        "baseline": one.baseline.value,
    }
    places = {
        name: drawn(number * scale if isinstance(number, Decimal) else None) for name, number in in_percent.items()
    }
    beyond = "▸" if value * scale > _HIGHEST else "◂" if value * scale < _LOWEST else ""
    return row | places | {"actual": cells.actual, "is_own": not names.is_percentage(one), "beyond": beyond}


def _scale(one: Assessment, names: Names) -> Decimal | None:
    """What a number is multiplied by to stand on the axis; nothing where it has no place there."""
    if names.is_percentage(one):
        return Decimal(1)
    threshold = one.threshold.value if one.threshold.high is None else one.threshold.high
    return Decimal(100) / threshold if isinstance(threshold, Decimal) and threshold > 0 else None


def _legend(rows: list[Row], language: Language) -> None:
    groups: Row = {f"legend_{group}": group_in_words(group, language) for group in Group}
    rows.append({"kind": "legend", "marks": say("threshold", language), "base": say("baseline", language), **groups})
    heads = ("actual", "requirement", "status", "period")
    rows.append(
        {
            "kind": "head",
            "key": say("code", language),
            "name": say("indicator", language),
            **{name: say(name, language) for name in heads},
        }
    )


def _layers(language: Language, domain: list[int]) -> list[Spec]:
    y: Spec = {"field": "row", "type": "ordinal", "axis": None, "scale": {"padding": 0}}
    axis = {
        "orient": "top",
        "title": say("axis", language),
        "tickCount": 4,
        "labelExpr": "datum.label + ' %'",
        "domain": False,
        "ticks": False,
    }

    def x(field: str) -> Spec:
        scale = {"domain": domain, "range": [_LEFT, _RIGHT], "clamp": True, "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}

    names = ("full", "period", "said", "requirement", "gap", "status")
    heads = ("indicator", "period", "actual", "requirement", "gap", "status")
    tooltip = [
        {"field": name, "type": "nominal", "title": say(head, language)}
        for name, head in zip(names, heads, strict=True)
    ]
    is_one, is_head = "datum.kind === 'assessment'", "datum.kind === 'head'"
    outline = {"condition": {"test": "datum.is_own", "value": INK}, "value": None}
    layers: list[Spec] = [
        _stripe(y, "datum.kind === 'section'", "#ececec"),
        {
            "transform": [{"filter": is_one}],
            "mark": {"type": "rule", "color": "#f0f0f0"},
            "encoding": {"x": {"value": 0}, "x2": {"value": _WIDTH}, "y": {**y, "bandPosition": 1}},
        },
        text("name", 4, y, where="datum.kind === 'section' || datum.kind === 'empty'", fontWeight="bold"),
        {
            "transform": [{"filter": f"{is_one} && isValid(datum.value)"}],
            "mark": {"type": "bar", "height": {"band": 0.56}},
            "encoding": {
                "x": x("value"),
                "x2": {"datum": 0},
                "y": y,
                "fill": raw("colour"),
                "stroke": outline,
                "tooltip": tooltip,
            },
        },
        {
            "transform": [{"filter": f"{is_one} && isValid(datum.low)"}],
            "mark": {"type": "rect", "color": INK, "opacity": 0.2, "height": {"band": 0.8}},
            "encoding": {"x": x("low"), "x2": {"field": "high"}, "y": y},
        },
        _mark(x("threshold"), y, f"{is_one} && isValid(datum.threshold)", 0.86, 3, INK),
        _mark(x("baseline"), y, f"{is_one} && isValid(datum.baseline)", 0.56, 1.5, QUIET),
        text("beyond", _RIGHT + 4, y, where=is_one),
        text(
            "words",
            _LEFT + 4,
            y,
            where=is_one,
            tooltip=tooltip,
            fontStyle="italic",
            color=QUIET,
            limit=_RIGHT - _LEFT - 8,
        ),
        icons(_COLUMNS["status"][0] + 7, y, where=is_one, tooltip=tooltip),
    ]
    for name, (place, limit) in _COLUMNS.items():
        at = place + 20 if name == "status" else place
        weight = {"fontWeight": "bold"} if name == "key" else {}
        layers.append(text(name, at, y, where=is_one, tooltip=tooltip, limit=limit, **weight))
        layers.append(text(name, place, y, where=is_head, fontWeight="bold"))
    return layers + _legend_layers(y)


def _stripe(y: Spec, where: str, colour: str) -> Spec:
    encoding = {"x": {"value": 0}, "x2": {"value": _WIDTH}, "y": y}
    return {"transform": [{"filter": where}], "mark": {"type": "rect", "color": colour}, "encoding": encoding}


def _mark(x: Spec, y: Spec, where: str, height: float, thickness: float, colour: str) -> Spec:
    mark = {
        "type": "tick",
        "orient": "vertical",
        "thickness": thickness,
        "size": height * _ROW,
        "color": colour,
        "opacity": 1,
    }
    return {"transform": [{"filter": where}], "mark": mark, "encoding": {"x": x, "y": y}}


def _legend_layers(y: Spec) -> list[Spec]:
    is_legend = "datum.kind === 'legend'"
    layers: list[Spec] = []
    for number, group in enumerate(Group):
        at = 10 + 130 * number
        shape = {key: {"value": value} for key, value in (("shape", look(group)["shape"]), ("fill", COLOURS[group]))}
        mark = {"type": "point", "filled": True, "size": 150, "opacity": 1, "stroke": INK, "strokeWidth": 0.7}
        layers.append(
            {"transform": [{"filter": is_legend}], "mark": mark, "encoding": {"x": {"value": at}, "y": y, **shape}}
        )
        layers.append(text(f"legend_{group}", at + 12, y, where=is_legend))
    layers.append(_mark({"value": _LEFT + 6}, y, is_legend, 0.86, 3, INK))
    layers.append(text("marks", _LEFT + 14, y, where=is_legend))
    layers.append(_mark({"value": _LEFT + 106}, y, is_legend, 0.56, 1.5, QUIET))
    layers.append(text("base", _LEFT + 114, y, where=is_legend))
    return layers
