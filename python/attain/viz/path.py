"""One target over time: where it should stand, where it stands, and where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import altair

from ..colours import SHAPES
from ..records import Anchor, Assessment, Forecast, Path, Undefined
from ..words import Group, Language
from .figures import Figure, figures
from .spec import INK, QUIET, Names, Row, Spec, chart, day_in_words, drawn, exact, look, raw
from .words import number, say

if TYPE_CHECKING:
    from ..scorecard import Scorecard

_WIDTH, _HEIGHT = 860, 400
_PATH, _OUTLOOK = "#35507a", "#8a4fa3"
#: How many pieces a leg of constant growth is drawn in.
_PIECES = 32


def plot_path(
    card: Scorecard, target: str, unit: str | None = None, language: Language = "vi", *, period: str | None = None
) -> altair.LayerChart:
    """The planned path, the reported figures and the judged one, the requirement, and the outlook with its interval at
    the deadline; the day that is spoken of and the deadline are upright lines.

    What is not there is said with its reason below the title. Raises :class:`UnknownReferenceError` where ``target``,
    ``unit`` and ``period`` do not name exactly one assessment.
    """
    one = card.of(target, unit=unit, period=period)
    place = next(place for place in card.places(target=one.target, unit=one.unit, period=one.period))
    names = Names(card, language)
    cells = card.cells(place, language)
    reported = figures(card, one.indicator, one.unit, language)
    end = one.threshold.due
    percent = "\u00a0%" if names.is_percentage(one) else ""
    rows = [
        *(_path(card, place, one.path, language, percent) if isinstance(one.path, Path) else []),
        *_figures(reported, one),
        *_judged(one, cells.actual, cells.status, language, percent),
        *(_outlook(one.forecast, reported, language, percent) if isinstance(one.forecast, Forecast) else []),
    ]
    days = [date.fromisoformat(str(row["on"])) for row in rows] + [card.as_of] + ([end] if end else [])
    if not any(row["kind"] == "judged" for row in rows):
        for row in [row for row in rows if row["kind"] == "figure"][-1:]:
            row["label"] = row["said"]
    first, last = min(days), max(days)
    margin = timedelta(days=max(20, (last - first).days // 16))
    left, right = _moved(first, -margin), _moved(last, margin * (3 if isinstance(one.forecast, Forecast) else 1))
    rows += _requirement(one, cells.requirement, left)
    rows.append(_rule("as_of", card.as_of, say("as_of", language, day_in_words(card.as_of, language)), first, last))
    if end:
        rows.append(_rule("deadline", end, say("deadline", language, day_in_words(end, language)), first, last))
    about = [
        f"{names.unit(one.unit)} · {cells.period} · {cells.status}",
        f"{say('actual', language)}: {cells.actual} · {say('requirement', language)}: {cells.requirement}",
        *_missing(one, language),
    ]
    if not any(row["kind"] in ("figure", "judged") for row in rows):
        about.append(say("no_figures", language))
    return chart(
        language,
        title=f"{one.key or one.target} · {names.indicator(one.indicator)}",
        about=about,
        width=_WIDTH,
        height=_HEIGHT,
        data=rows,
        layers=_layers(
            rows,
            left,
            right,
            one,
            language,
            is_percentage=names.is_percentage(one),
        ),
    )


def _moved(day: date, by: timedelta) -> date:
    """A day moved, no further than there are days."""
    days = max(date.min.toordinal(), min(date.max.toordinal(), day.toordinal() + by.days))
    return date.fromordinal(days)


def _missing(one: Assessment, language: Language) -> list[str]:
    """Why there is no path or outlook."""
    told = {"no_path": one.path, "no_forecast": one.forecast}
    return [
        say(word, language, what.reason.in_words(language))
        for word, what in told.items()
        if isinstance(what, Undefined)
    ]


def _path(card: Scorecard, place: int, path: Path, language: Language, sign: str) -> list[Row]:
    corners = [(path.anchors[0].on, path.anchors[0].value, True)] if path.anchors else []
    for before, after in pairwise(path.anchors):
        corners += _leg(card, place, before, after)
    rows: list[Row] = []
    last = path.anchors[-1].on if path.anchors else None
    for order, (on, value, is_anchor) in enumerate(corners):
        row: Row = {"kind": "path", "on": on.isoformat(), "value": drawn(value), "is_anchor": is_anchor, "order": order}
        if is_anchor:
            row["exact"] = exact(value)
        if is_anchor and on != last:  # the last is the threshold, which the line of the requirement says
            row["said"] = number(value, language) + sign
        rows.append(row)
    return rows


def _leg(card: Scorecard, place: int, before: Anchor, after: Anchor) -> list[tuple[date, Decimal, bool]]:
    """The corners after the first of one leg; those between the anchors are for the eye alone."""
    if after.shape == "step":
        return [(after.on, before.value, False), (after.on, after.value, True)]
    if after.shape != "compound":
        return [(after.on, after.value, True)]
    length = (after.on - before.on).days
    between = sorted({length * piece // _PIECES for piece in range(1, _PIECES)} - {0})
    days = [before.on + timedelta(days=day) for day in between]
    values = card._native.path_on(place, days)
    return [*((on, Decimal(value), False) for on, value in zip(days, values, strict=True)), (after.on, after.value, True)]


def _figures(reported: Sequence[Figure], one: Assessment) -> list[Row]:
    return [
        {
            "kind": "figure",
            "on": each.on.isoformat(),
            "value": drawn(each.value),
            "exact": exact(each.value),
            "period": each.period,
            "said": each.said,
        }
        for each in reported
        if not (each.on == one.actual.on and each.value == one.actual.value)
    ]


def _judged(one: Assessment, said: str, status: str, language: Language, sign: str) -> list[Row]:
    if not isinstance(one.actual.value, Decimal) or one.actual.on is None:
        return []
    value = {"value": drawn(one.actual.value), "exact": exact(one.actual.value)}
    short = number(one.actual.value, language) + sign
    period = one.actual.period or one.period
    return [
        {
            "kind": "judged",
            "on": one.actual.on.isoformat(),
            **value,
            "period": period,
            "said": said,
            "label": short,
            "status": status,
            **look(one.group),
        }
    ]


def _outlook(forecast: Forecast, reported: Sequence[Figure], language: Language, sign: str) -> list[Row]:
    value, low, high = (number(each, language) + sign for each in (forecast.value, forecast.low, forecast.high))
    level = number(forecast.level * 100, language) + "\u00a0%"
    on = day_in_words(forecast.on, language)
    said = say("forecast", language, on, value, level, low, high)
    short = {"said_short": f"{say('outlook', language)} {value}", "said_low": low, "said_high": high}
    ends = {
        "low": drawn(forecast.low),
        "high": drawn(forecast.high),
        "exact_low": exact(forecast.low),
        "exact_high": exact(forecast.high),
    }
    here: Row = {
        "kind": "outlook",
        "on": forecast.on.isoformat(),
        "value": drawn(forecast.value),
        "exact": exact(forecast.value),
        "said": said,
        **short,
        **ends,
    }
    start = next((each for each in reversed(reported) if each.on <= forecast.last), None)
    if start is None:
        return [here]
    value_there = drawn(start.value)
    return [
        {
            "kind": "outlook_start",
            "on": start.on.isoformat(),
            "value": value_there,
            "low": value_there,
            "high": value_there,
        },
        here,
    ]


def _requirement(one: Assessment, said: str, first: date) -> list[Row]:
    row: Row = {"kind": "requirement", "on": first.isoformat(), "said": said}
    if one.threshold.low is not None and one.threshold.high is not None:
        ends = {"low": drawn(one.threshold.low), "high": drawn(one.threshold.high)}
        return [
            row
            | ends
            | {"value": ends["high"], "exact_low": exact(one.threshold.low), "exact": exact(one.threshold.high)}
        ]
    if isinstance(one.threshold.value, Decimal):
        return [row | {"value": drawn(one.threshold.value), "exact": exact(one.threshold.value)}]
    return []


def _rule(kind: str, on: date, said: str, first: date, last: date) -> Row:
    is_right = (on - first) * 2 > (last - first)
    return {"kind": kind, "on": on.isoformat(), "said": said, "side": "right" if is_right else "left"}


def _layers(
    rows: Sequence[Row], first: date, last: date, one: Assessment, language: Language, *, is_percentage: bool
) -> list[Spec]:
    x_scale = {"type": "utc", "domain": [first.isoformat(), last.isoformat()], "nice": False}
    form = "%m/%Y" if language == "vi" else "%Y-%m"
    x: Spec = {
        "field": "on",
        "type": "temporal",
        "scale": x_scale,
        "axis": {"title": None, "format": form, "tickCount": 8, "grid": False, "labelOverlap": True},
    }
    low, high = _span(rows, is_percentage)
    shown = "datum.label + ' %'" if is_percentage else "datum.label"
    y_axis: Spec = {"title": None, "tickCount": 6, "labelExpr": shown, "domain": False, "ticks": False}
    if all(value.is_integer() for value in _values(rows)):
        y_axis["tickMinStep"] = 1
    if not _values(rows):
        # Nothing stands at any height, so heights mean nothing.
        y_axis |= {"labels": False, "grid": False}

    def y(field: str = "value") -> Spec:
        scale = {"domain": [low, high], "nice": False, "zero": False, "clamp": True}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": y_axis}

    tooltip = [
        {"field": "period", "type": "nominal", "title": say("period", language)},
        {"field": "said", "type": "nominal", "title": say("actual", language)},
        {"field": "status", "type": "nominal", "title": say("status", language)},
    ]

    def layer(kind: str, mark: Spec, **encoding: object) -> Spec:
        return {
            "transform": [{"filter": kind if " " in kind else f"datum.kind === '{kind}'"}],
            "mark": mark,
            "encoding": encoding,
        }

    is_outlook = "datum.kind === 'outlook' || datum.kind === 'outlook_start'"
    layers = [
        layer(
            "datum.kind === 'requirement' && isValid(datum.low)",
            {"type": "rect", "color": INK, "opacity": 0.08},
            y=y("low"),
            y2={"field": "high"},
        ),
        layer("requirement", {"type": "rule", "color": INK, "strokeDash": [6, 4]}, y=y()),
        layer(is_outlook, {"type": "area", "color": _OUTLOOK, "opacity": 0.16}, x=x, y=y("low"), y2={"field": "high"}),
        layer(is_outlook, {"type": "line", "color": _OUTLOOK, "strokeDash": [3, 3], "strokeWidth": 2}, x=x, y=y()),
        layer(
            "path",
            {"type": "line", "color": _PATH, "strokeWidth": 2},
            x=x,
            y=y(),
            order={"field": "order", "type": "quantitative"},
        ),
        layer(
            "datum.kind === 'path' && datum.is_anchor",
            {"type": "point", "shape": "square", "filled": True, "size": 46, "color": _PATH, "opacity": 1},
            x=x,
            y=y(),
        ),
        layer("as_of", {"type": "rule", "color": QUIET}, x=x),
        layer("deadline", {"type": "rule", "color": INK, "strokeWidth": 1.6}, x=x),
        layer("figure", {"type": "line", "color": QUIET, "strokeWidth": 1}, x=x, y=y()),
        layer(
            "figure",
            {
                "type": "point",
                "shape": "circle",
                "filled": True,
                "fill": "white",
                "stroke": INK,
                "size": 50,
                "opacity": 1,
            },
            x=x,
            y=y(),
            tooltip=tooltip,
        ),
        layer("outlook", {"type": "rule", "color": _OUTLOOK, "strokeWidth": 4}, x=x, y=y("low"), y2={"field": "high"}),
        layer(
            "outlook",
            {"type": "point", "shape": "diamond", "filled": True, "color": _OUTLOOK, "size": 80, "opacity": 1},
            x=x,
            y=y(),
            tooltip={"field": "said", "type": "nominal"},
        ),
        layer(
            "judged",
            {"type": "point", "filled": True, "size": 190, "stroke": INK, "strokeWidth": 0.8, "opacity": 1},
            x=x,
            y=y(),
            shape=raw("shape"),
            fill=raw("colour"),
            tooltip=tooltip,
        ),
    ]

    def label(kind: str, field: str, place: Spec, *, dx: float = 0, dy: float = 0, **mark: object) -> list[Spec]:
        where = f"datum.kind === '{kind}' && isValid(datum.{field})"
        sized: Spec = {"type": "text", "fontSize": 11.5, "baseline": "middle", "dx": dx, "dy": dy, **mark}
        halo = sized | {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round", "opacity": 0.85}
        said = {"field": field, "type": "nominal"}
        return [layer(where, each, x=x, y=place, text=said) for each in (halo, sized)]

    ahead = next((row for row in rows if row["kind"] == "outlook"), None)
    above, below = (_apart(ahead, end, _HEIGHT / (high - low)) for end in ("high", "low"))
    judged = next((row for row in rows if row["kind"] == "judged"), None)
    beside = _beside(judged, [row for row in rows if row["kind"] == "figure"], first, last)
    layers += [
        *label("requirement", "said", y(), dx=4, dy=-9, align="left", fontWeight="bold"),
        *label("path", "said", y(), dy=15, align="center", color=_PATH),
        *label("judged", "label", y(), fontWeight="bold", **beside),
        *label("figure", "label", y(), dy=-15, align="left", fontWeight="bold"),
        *label("outlook", "said_short", y(), dx=10, align="left", color=_OUTLOOK, fontWeight="bold"),
        *label("outlook", "said_low", y("low"), dx=10, dy=below, align="left", color=_OUTLOOK),
        *label("outlook", "said_high", y("high"), dx=10, dy=-above, align="left", color=_OUTLOOK),
        *label("as_of", "said", {"value": -43}, align="center", color=QUIET),
        *label("deadline", "said", {"value": -28}, align="center"),
    ]
    return layers + _legend(rows, language)


def _beside(judged: Row | None, reported: Sequence[Row], first: date, last: date) -> Spec:
    """Where the label of the judged figure stands: away from the line that leads there, and within the frame."""
    if judged is None:
        return {}
    on, value = date.fromisoformat(str(judged["on"])), judged["value"]
    before = reported[-1]["value"] if reported else None
    falls = isinstance(before, float) and isinstance(value, float) and before > value
    is_early = (on - first) / (last - first) * _WIDTH < 7.5 * len(str(judged["label"])) + 20
    return {"dx": 12 if is_early else -12, "dy": 15 if falls else -15, "align": "left" if is_early else "right"}


def _apart(ahead: Row | None, end: str, pixels: float) -> float:
    """By how many pixels the label of one end of the interval has to move so as not to lie on that of the outlook."""
    value, at = (ahead or {}).get("value"), (ahead or {}).get(end)
    return max(0.0, 15 - abs(value - at) * pixels) if isinstance(value, float) and isinstance(at, float) else 0.0


def _legend(rows: Sequence[Row], language: Language) -> list[Spec]:
    """What the signs mean, in a line below the picture; only of those that are there."""
    signs: dict[str, tuple[str, Spec]] = {
        "figure": (
            "figure",
            {"type": "point", "shape": "circle", "filled": True, "fill": "white", "stroke": INK, "size": 50},
        ),
        "judged": ("judged", {"type": "point", "shape": SHAPES[Group.GOOD], "filled": True, "fill": INK, "size": 150}),
        "path": ("path", {"type": "point", "shape": "stroke", "strokeWidth": 2, "stroke": _PATH, "size": 300}),
        "outlook": (
            "interval",
            {"type": "point", "shape": "square", "filled": True, "fill": _OUTLOOK, "opacity": 0.4, "size": 150},
        ),
        "requirement": (
            "threshold",
            {"type": "point", "shape": "stroke", "strokeDash": [6, 4], "stroke": INK, "size": 300},
        ),
    }
    kinds = {row["kind"] for row in rows}
    layers: list[Spec] = []
    at = 8
    for kind, (word, mark) in signs.items():
        if kind not in kinds:
            continue
        said = say(word, language)
        one = {"data": {"values": [{"legend": said}]}}
        place = {"y": {"value": _HEIGHT + 44}}
        layers.append({**one, "mark": {"opacity": 1, **mark}, "encoding": {"x": {"value": at}, **place}})
        texts = {"type": "text", "align": "left", "baseline": "middle", "color": QUIET}
        layers.append(
            {**one, "mark": texts, "encoding": {"x": {"value": at + 14}, **place, "text": {"field": "legend"}}}
        )
        at += 40 + 7 * len(said)
    return layers


def _values(rows: Sequence[Row]) -> list[float]:
    return [value for row in rows for name in ("value", "low", "high") if isinstance(value := row.get(name), float)]


def _span(rows: Sequence[Row], is_percentage: bool) -> tuple[float, float]:
    """From where to where the upright axis goes: 0 to 100 for percentages, else all that is drawn and a little more."""
    values = _values(rows)
    if is_percentage:
        return min([0.0, *values]), max([100.0, *values])
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    room = (high - low) * 0.15 or abs(high) * 0.15 or 1.0
    return (0.0 if 0 <= low * 2 <= high else low - room), high + room
