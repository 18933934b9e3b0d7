"""The scorecard as a table, by section of the plan."""

# Great Tables leaves some of its types open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

import great_tables
import polars

from ..colours import COLOURS, SHAPES
from ..words import Group, Language
from .spec import INK, Names, by_section, section_in_words, tally
from .words import say

if TYPE_CHECKING:
    from ..scorecard import Scorecard

#: The columns, and how wide they are.
_COLUMNS = {
    "code": 56,
    "indicator": 330,
    "unit": 180,
    "period": 105,
    "actual": 210,
    "requirement": 170,
    "gap": 150,
    "status": 190,
}


def table(card: Scorecard, language: Language = "vi") -> great_tables.GT:
    """A row an assessment: key, name, unit where there are several, period, actual, requirement, gap, and the status in
    words, on the colour of its group and beside its shape.
    """
    names = Names(card, language)
    rows: list[dict[str, str]] = []
    groups: list[Group] = []
    for section, places in by_section(card).items():
        before: tuple[str, str] | None = None
        for place in places:
            one = card.assessments[place]
            name, unit = (
                (names.indicator(one.indicator), names.unit(one.unit)) if before != (one.target, one.unit) else ("", "")
            )
            values = (one.key or one.target, name, unit, *card.cells(place, language))
            rows.append({"section": section_in_words(section, language), **dict(zip(_COLUMNS, values, strict=True))})
            groups.append(one.group)
            before = (one.target, one.unit)
    frame = polars.DataFrame(rows, schema=dict.fromkeys(("section", *_COLUMNS), polars.String))
    made = (
        great_tables.GT(frame, groupname_col="section")
        .tab_header(title=names.plan, subtitle=tally(card, language) if rows else say("no_assessments", language))
        .cols_label({name: say(name, language) for name in _COLUMNS})
        .cols_align("left")
        .cols_width({name: f"{width}px" for name, width in _COLUMNS.items()})
        .fmt(_lines, columns="gap")
        .tab_options(
            table_font_size="13px",
            table_font_color=INK,
            heading_align="left",
            heading_title_font_size="18px",
            row_group_font_weight="bold",
            row_group_background_color="#ececec",
            data_row_padding="4px",
        )
    )
    for group in Group:
        found = [place for place, of in enumerate(groups) if of is group]
        if found:
            fill, cells = great_tables.style.fill(COLOURS[group]), great_tables.loc.body(columns="status", rows=found)
            made = made.tab_style(fill, cells).fmt(_beside(_icon(group)), columns="status", rows=found)
    return made if names.is_of_several else made.cols_hide("unit")


def _lines(said: str) -> str:
    return escape(said).replace("\n", "<br>")


def _beside(icon: str) -> Callable[[str], str]:
    return lambda said: f"{icon}&nbsp;{escape(said)}"


def _icon(group: Group) -> str:
    return (
        '<svg aria-hidden="true" width="11" height="11" viewBox="-1.1 -1.1 2.2 2.2" style="vertical-align:-1px">'
        f'<path d="{SHAPES[group]}" fill="{INK}"/></svg>'
    )
