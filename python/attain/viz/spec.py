"""What all charts have in common: Vega-Lite in dictionaries, its data inside, each number as text beside its float."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import altair

from ..colours import COLOURS, SHAPES
from ..words import Group, Language
from .words import NUMBERS, group_in_words, say

if TYPE_CHECKING:
    from ..records import Assessment
    from ..scorecard import Scorecard

#: A part of a Vega-Lite specification, and a row of its data.
Spec = dict[str, Any]
Row = dict[str, Any]

INK, QUIET, FAINT = "#1c1c1c", "#5c5c5c", "#dcdcdc"
#: Faces that have every Vietnamese letter come first: where one lacks some, a text falls into two faces.
_FONT = "Noto Sans, DejaVu Sans, Segoe UI, Helvetica Neue, Arial, sans-serif"


def chart(
    language: Language,
    *,
    title: str,
    about: Sequence[str],
    width: int,
    height: int | Mapping[str, int],
    data: Sequence[Mapping[str, object]],
    layers: Sequence[Spec],
) -> altair.LayerChart:
    """A chart of layers over the same data; ``about`` are the lines below its title."""
    letters = max(20, width // 8)
    return altair.LayerChart.from_dict(
        {
            "$schema": altair.SCHEMA_URL,
            "title": {
                "text": wrap(title, letters) or [""],
                "subtitle": [line for text in about for line in wrap(text, width // 6)],
                "anchor": "start",
                "frame": "group",
                "fontSize": 16,
                "subtitleFontSize": 12,
                "subtitleColor": QUIET,
                "subtitlePadding": 6,
                "offset": 14,
            },
            "width": width,
            "height": height,
            "padding": 16,
            "background": "white",
            "data": {"values": list(data)},
            "layer": list(layers),
            "config": {
                "font": _FONT,
                "view": {"stroke": None},
                "text": {"font": _FONT, "fontSize": 11.5, "color": INK},
                "title": {"font": _FONT, "subtitleFont": _FONT},
                "axis": {
                    "labelFont": _FONT,
                    "titleFont": _FONT,
                    "labelFontSize": 11,
                    "titleFontSize": 11,
                    "titleFontWeight": "normal",
                    "gridColor": FAINT,
                },
                "locale": {"number": NUMBERS[language]},
            },
        }
    )


def text(field: str, x: object, y: object, *, where: str | None = None, tooltip: object = None, **mark: object) -> Spec:
    """A layer of texts; ``x`` and ``y`` are pixels or an encoding."""
    encoding: Spec = {"x": _channel(x), "y": _channel(y), "text": {"field": field, "type": "nominal"}}
    if tooltip is not None:
        encoding["tooltip"] = tooltip
    layer: Spec = {"mark": {"type": "text", "align": "left", "baseline": "middle", **mark}, "encoding": encoding}
    has_text = f"isValid(datum.{field})"
    return {"transform": [{"filter": has_text if where is None else f"({where}) && {has_text}"}], **layer}


def icons(x: object, y: object, *, where: str, tooltip: object = None, size: int = 150) -> Spec:
    """A layer of shapes in the colours of their groups, from the fields ``shape`` and ``colour``."""
    encoding: Spec = {"x": _channel(x), "y": _channel(y), "shape": raw("shape"), "fill": raw("colour")}
    if tooltip is not None:
        encoding["tooltip"] = tooltip
    mark = {"type": "point", "filled": True, "size": size, "opacity": 1, "stroke": INK, "strokeWidth": 0.7}
    return {"transform": [{"filter": where}], "mark": mark, "encoding": encoding}


def raw(field: str) -> Spec:
    """A field that holds what is drawn: a colour, a shape."""
    return {"field": field, "type": "nominal", "scale": None}


def _channel(place: object) -> object:
    return {"value": place} if isinstance(place, int | float) else place


def look(group: Group) -> dict[str, str]:
    """The colour and the shape of a group, as fields."""
    return {"colour": COLOURS[group], "shape": SHAPES[group], "group": group.value}


def drawn(value: object) -> float | None:
    """A number as a place on paper; nothing where there is none."""
    return float(value) if isinstance(value, Decimal) else None


def exact(value: object) -> str | None:
    """A number as the scorecard has it; nothing where there is none."""
    return format(value, "f") if isinstance(value, Decimal) else None


def day_in_words(day: date, language: Language) -> str:
    """A day as the cells write it."""
    return day.strftime("%d/%m/%Y") if language == "vi" else day.isoformat()


def tally(card: Scorecard, language: Language) -> str:
    """How many assessments there are in each group, and the day."""
    counts = {group: 0 for group in Group} | {Group(name): count for name, count in card.summary.by_group.items()}
    parts = [f"{group_in_words(group, language)} {count}" for group, count in counts.items()]
    day = say("as_of", language, day_in_words(card.as_of, language))
    return f"{day} · {say('assessments', language, len(card))}: {', '.join(parts)}"


class Names:
    """What targets and units of a plan are called in a language."""

    def __init__(self, card: Scorecard, language: Language) -> None:
        plan = card.plan
        self.owner: str = json.loads(plan.to_json())["plan"]["owner"]
        self.plan = plan.title.get(language) or plan.id
        self._units = {one.id: one.name.get(language) or one.id for one in plan.units}
        self._indicators = {one.id: one.name.get(language) or one.id for one in plan.indicators}
        self._measures = {one.id: one.unit for one in plan.indicators}
        self.is_of_several = len({one.unit for one in card}) > 1

    def unit(self, id: str) -> str:
        """The name of a unit."""
        return self._units.get(id, id)

    def indicator(self, id: str) -> str:
        """The name of an indicator."""
        return self._indicators.get(id, id)

    def is_percentage(self, one: Assessment) -> bool:
        """Whether an assessment is about percentages."""
        return self._measures.get(one.indicator) in ("percent", "%")


def by_section(card: Scorecard) -> dict[str | None, list[int]]:
    """The places of the assessments by the section of the plan that they are cited from, in the order of the plan."""
    sections: dict[str | None, list[int]] = {}
    for place, one in enumerate(card):
        sections.setdefault(one.citation.section if one.citation else None, []).append(place)
    return sections


def section_in_words(section: str | None, language: Language) -> str:
    """The heading of a section; its own word stays in front where it brings one, as in "Phụ lục II.4"."""
    if section is None:
        return say("section_none", language)
    return say("section", language, section) if section[0] in "IVXLC0123456789" else section
