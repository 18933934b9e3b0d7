"""Pictures: each is drawn, in both languages, and says what the scorecard says."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import xml.etree.ElementTree as tree
import zlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape
from itertools import combinations
from pathlib import Path
from typing import Any

import altair
import great_tables
import pytest
import vl_convert

import attain
from attain import viz
from attain.colours import COLOURS, SHAPES
from attain.viz.figures import figures
from attain.viz.spec import by_section
from attain.viz.words import WORDS, number
from attain.words import Group, Language

LANGUAGES: tuple[Language, ...] = ("vi", "en")
EXAMPLES = Path(__file__).parents[2] / "examples"


def decision_333(as_of: str = "2025-09-30") -> attain.Scorecard:
    plan = attain.Plan.decision_333()
    return plan.assess(attain.Facts.decision_333(plan), as_of=as_of)


def phu_tho() -> attain.Scorecard:
    """The plan of the example with the 163 bodies that the portal lists, as examples/phu_tho/portal.rs makes it."""
    with (EXAMPLES / "phu_tho" / "on_time.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    document = json.loads(attain.Plan.read(EXAMPLES / "phu_tho" / "plan.toml").to_json())
    listed = [row for row in rows if row["period"] == "2026"]
    document["units"] = [
        {"id": row["code"], "name": {"vi": row["name"], "en": row["name"]}}
        | ({} if row["code"] == "H44" else {"parent": "H44"})
        for row in listed
    ]
    for target in document["targets"]:
        if target.get("scope") == "each":
            target["units"] = [row["code"] for row in listed if row["code"] != "H44"]
    plan = attain.Plan.from_json(json.dumps(document))
    facts = attain.Facts.from_rows(
        plan,
        (
            {
                "indicator": "on-time",
                "unit": row["code"],
                "period": row["period"],
                "part": row["on_time"],
                "whole": row["received"],
            }
            | ({"through": "2026-09-26"} if row["period"] == "2026" else {})
            for row in rows
            if row["code"] != "H44"
        ),
    )
    return plan.assess(facts, as_of="2026-09-26")


def trajectory(as_of: str, known_on: str) -> attain.Scorecard:
    plan = attain.Plan.read(EXAMPLES / "trajectory" / "plan.toml")
    return plan.assess(
        attain.Facts.read(plan, EXAMPLES / "trajectory" / "quarters.csv"), as_of=as_of, known_on=known_on
    )


def small(
    target: str, facts: str, *, units: str = "", indicator: str = 'kind = "share"', as_of: str = "2025-12-31"
) -> attain.Scorecard:
    plan = attain.Plan.from_toml(
        f"""
        format = "attain-plan/1"
        plan = {{ id = "demo", owner = "office", start = 2021-01-01, title = {{ vi = "Kế hoạch thử" }} }}
        {units}
        [[indicators]]
        id = "online"
        name = {{ vi = "Hồ sơ trực tuyến", en = "Online dossiers" }}
        {indicator}
        {target}
        """
    )
    return plan.assess(attain.Facts.from_csv(plan, facts), as_of=as_of)


ONE = '[[targets]]\nid = "t"\nindicator = "online"\nat_least = 57\nby = "2025"\n'
BARE = "indicator,period,part,whole\n"


def svg(chart: altair.LayerChart) -> str:
    return str(vl_convert.vegalite_to_svg(chart.to_dict()))


def said(chart: altair.LayerChart) -> set[str]:
    """The texts of a chart as a reader of the SVG sees them, without what only its description says."""
    root = tree.fromstring(svg(chart))
    return {"".join(node.itertext()).replace("\u00a0", " ") for node in root.iter("{http://www.w3.org/2000/svg}text")}


def data(chart: altair.LayerChart, kind: str) -> list[dict[str, Any]]:
    spec = chart.to_dict()
    return [row for row in spec["datasets"][spec["data"]["name"]] if row["kind"] == kind]


def pixels(png: bytes) -> bytes:
    """The rows of a PNG without their packing: enough to see whether anything is drawn."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    packed, at = b"", 8
    while at < len(png):
        size, kind = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        packed += png[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    return zlib.decompress(packed)


PICTURES: dict[str, Callable[[Language], altair.LayerChart]] = {
    "bullets": lambda language: decision_333().only(target="T38b").plot(language),
    "path": lambda language: decision_333().plot_path("T25", language=language),
    "outlook": lambda language: trajectory("2023-12-31", "2024-01-15").plot_path("T14", language=language),
    "undated": lambda language: decision_333().plot_path("T40", language=language),
    "units": lambda language: phu_tho().plot_units("each-2026", language),
    "empty": lambda language: decision_333().only(target="T25").only(group="bad").plot(language),
    "one unit": lambda language: small(ONE, BARE + "online,2025,57,100\n").plot_units("t", language),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_is_drawn_into_each_kind_of_file(name: str, language: Language, tmp_path: Path) -> None:
    chart = PICTURES[name](language)
    for ending in ("png", "svg", "html"):
        viz.save(chart, tmp_path / f"picture.{ending}", scale=1)
    drawn = pixels((tmp_path / "picture.png").read_bytes())
    assert len(set(drawn)) > 8
    assert "<svg" in (tmp_path / "picture.svg").read_text("utf-8")
    page = (tmp_path / "picture.html").read_text("utf-8")
    assert 'src="http' not in page and 'src="//' not in page
    assert "vegaEmbed" in page


def test_the_larger_scale_has_more_pixels(tmp_path: Path) -> None:
    chart = decision_333().only(target="T25").plot()
    sizes = []
    for scale in (1, 2):
        viz.save(chart, tmp_path / "picture.png", scale=scale)
        sizes.append(int.from_bytes((tmp_path / "picture.png").read_bytes()[16:20]))
    assert sizes[1] == 2 * sizes[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_bullets_say_every_assessment(language: Language) -> None:
    card = decision_333()
    chart = card.plot(language)
    rows = data(chart, "assessment")
    assert len(rows) == len(card) == 220
    order = [place for places in by_section(card).values() for place in places]
    for row, place in zip(rows, order, strict=True):
        cells, one = card.cells(place, language), card.assessments[place]
        assert (row["period"], row["requirement"], row["status"]) == (cells.period, cells.requirement, cells.status)
        assert (row["colour"], row["shape"]) == (COLOURS[one.group], SHAPES[one.group])
        if "value" in row:
            assert row["actual"] == cells.actual
        else:
            assert row["words"] == cells.actual
        if isinstance(one.actual.value, attain.Undefined):
            assert "value" not in row and row["exact"] is None
        else:
            assert row["exact"] == format(one.actual.value, "f")
    headings = {row["name"] for row in data(chart, "section")}
    assert {"Mục II.2.a" if language == "vi" else "Section II.2.a", "Phụ lục II.4"} <= headings


def test_bullets_write_numbers_as_each_language_does() -> None:
    card = decision_333().only(lambda one: one.key in ("A10", "T03", "T08", "T09", "T38a"))
    assert {
        "79,96 % (1.999/2.500)",
        "Không có số liệu",
        "0/0: mẫu số bằng 0",
        "giảm 25 %: ≤ 7,5 ngày",
        "100 %",
    } <= said(card.plot("vi"))
    assert {"79.96 % (1,999/2,500)", "No data", "no data", "down by 25 %: ≤ 7.5 days", "100 %"} <= said(card.plot("en"))


def test_bullets_of_other_quantities_stand_in_percent_of_their_threshold() -> None:
    card = decision_333()
    (days,) = data(card.only(target="T09").plot(), "assessment")  # 9 days, at most 7.5, from 10
    assert (days["value"], days["threshold"]) == (120.0, 100.0)
    assert days["baseline"] == pytest.approx(400 / 3)
    assert (days["exact"], days["exact_threshold"], days["exact_baseline"]) == ("9", "7.5", "10")
    assert days["is_own"] is True
    (share,) = data(card.only(target="A10").only(period="2023").plot(), "assessment")
    assert (share["value"], share["threshold"], share["baseline"], share["is_own"]) == (79.96, 80.0, None, False)


@pytest.mark.parametrize(("part", "arrow"), [("149", ""), ("151", "▸")])
def test_a_bar_beyond_the_frame_has_an_arrow(part: str, arrow: str) -> None:
    stock = 'kind = "stock"\nunit = "people"'
    target = '[[targets]]\nid = "t"\nindicator = "online"\nat_most = 100\nby = "2025"\n'
    card = small(target, f"indicator,period,value\nonline,2025,{part}\n", indicator=stock)
    (row,) = data(card.plot(), "assessment")
    assert row["beyond"] == arrow


def test_a_threshold_of_nothing_has_no_scale_and_says_its_number() -> None:
    stock = 'kind = "stock"\nunit = "people"'
    target = '[[targets]]\nid = "t"\nindicator = "online"\nat_most = 0\nby = "2025"\n'
    (row,) = data(small(target, "indicator,period,value\nonline,2025,3\n", indicator=stock).plot("en"), "assessment")
    assert "value" not in row and row["words"] == "3 people" and row["exact"] == "3"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_scorecard_says_so(language: Language) -> None:
    card = decision_333().only(target="T25").only(group="bad")
    assert len(card) == 0
    words = WORDS["no_assessments"][language == "en"]
    assert words in said(card.plot(language))
    assert words in card.table(language).as_raw_html()
    with pytest.raises(attain.UnknownReferenceError):
        card.plot_path("T25")
    with pytest.raises(attain.UnknownReferenceError):
        card.plot_units("T25")


def test_a_long_name_is_cut_and_stands_in_full_in_the_tooltip() -> None:
    name = "Tỷ lệ hồ sơ " + "giải quyết trực tuyến toàn trình " * 8
    name = name.strip()
    plan = small(ONE, BARE).plan
    document = json.loads(plan.to_json())
    document["indicators"][0]["name"] = {"vi": name, "en": name}
    plan = attain.Plan.from_json(json.dumps(document))
    card = plan.assess(attain.Facts.from_csv(plan, BARE + "online,2025,57,100\n"), as_of="2025-12-31")
    drawn = said(card.plot())
    assert any(text.startswith("Tỷ lệ hồ sơ giải quyết") and text.endswith("…") for text in drawn)
    assert name not in drawn
    (row,) = data(card.plot(), "assessment")
    assert row["full"] == f"t · {name}"
    title = card.plot_path("t").to_dict()["title"]["text"]
    assert len(title) > 1 and " ".join(title).split() == f"t · {name}".split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_path_goes_through_its_anchors_and_its_outlook_through_the_forecast(language: Language) -> None:
    card = trajectory("2023-12-31", "2024-01-15")
    one = card.of("T14")
    chart = card.plot_path("T14", language=language)
    assert isinstance(one.path, attain.records.Path) and isinstance(one.forecast, attain.records.Forecast)
    anchors = [(row["on"], row["exact"]) for row in data(chart, "path") if row["is_anchor"]]
    assert anchors == [("2021-12-31", "20"), ("2025-12-31", "50")]
    (ahead,) = data(chart, "outlook")
    exact = (ahead["on"], ahead["exact"], ahead["exact_low"], ahead["exact_high"])
    assert exact == ("2025-12-31", "70.7954502894", "60.0765088961", "79.6131055764")
    reported = {row["on"]: row["exact"] for row in data(chart, "figure")}
    assert len(reported) == 12
    assert reported["2021-12-31"] == "23.4375"  # 150 of 640
    (judged,) = data(chart, "judged")
    assert (judged["on"], judged["colour"]) == ("2023-12-31", COLOURS[Group.GOOD])
    texts = said(chart)
    if language == "vi":
        wanted = {
            "≥ 50 %",
            "dự báo 70,8 %",
            "60,08 %",
            "79,61 %",
            "Tính đến 31/12/2023",
            "Thời hạn 31/12/2025",
            "01/2022",
            "60 %",
        }
        assert {*wanted, "40,01 %"} <= texts
    else:
        wanted = {
            "≥ 50 %",
            "outlook 70.8 %",
            "60.08 %",
            "79.61 %",
            "As of 2023-12-31",
            "Due 2025-12-31",
            "2022-01",
            "60 %",
        }
        assert wanted <= texts


def test_figures_are_the_actuals_of_the_core() -> None:
    card = decision_333()
    compared = 0
    for one in card:
        kind = next(each.kind for each in card.plan.indicators if each.id == one.indicator)
        if (
            kind == "deliverable"
            or not one.period.isdigit()
            or isinstance(one.actual.value, attain.Undefined)
            or one.actual.period
        ):
            continue
        if one.key in ("A10", "A26", "T05", "T09", "T10", "T14", "T18", "T25", "T38b", "T38c"):
            of_period = [each for each in figures(card, one.indicator, one.unit, "vi") if each.period == one.period]
            rows = [
                row for row in card.facts.rows() if (row["indicator"], row["period"]) == (one.indicator, one.period)
            ]
            assert [(each.value, each.on) for each in of_period] == (
                [(one.actual.value, one.actual.on)] if rows else []
            )
            compared += len(of_period)
    assert compared >= len(("A10", "A26", "T05", "T10")) * 3


def test_a_deliverable_is_no_series() -> None:
    card = decision_333()
    assert figures(card, card.of("T40").indicator, "so-khcn", "vi") == []
    heights = [layer["encoding"].get("y", {}).get("axis") for layer in card.plot_path("A27", period="2025").to_dict()["layer"]]
    assert {(axis.get("labels"), axis.get("grid")) for axis in heights if axis} == {(False, False)}


def test_figures_that_were_not_known_are_not_drawn() -> None:
    early, late = (
        data(trajectory("2025-09-30", known).plot_path("T14"), "figure") for known in ("2025-09-30", "2025-10-31")
    )
    third = [[row["exact"] for row in rows if row["period"] == "2025-Q3"] for rows in (early, late)]
    assert third == [["81.034482758621"], ["81.176470588235"]]  # 470 of 580, then 690 of 850


STAGES = """
[[targets]]
id = "first"
indicator = "online"
at_least = 40
by = "2023"
baseline = { value = 20, on = 2021-12-31 }
[[targets]]
id = "second"
indicator = "online"
at_least = 80
by = "2025"
after = "first"
baseline = { value = 20, on = 2021-12-31 }
path = "%s"
"""


@pytest.mark.parametrize(
    ("shape", "between"),
    [("linear", []), ("step", [("2025-12-31", 40.0)]), ("compound", None)],
)
def test_legs_are_drawn_by_their_shape(shape: str, between: list[tuple[str, float]] | None) -> None:
    card = small(STAGES % shape, BARE + "online,2024,50,100\n", as_of="2025-06-30")
    rows = [(row["on"], row["value"], row["is_anchor"]) for row in data(card.plot_path("second"), "path")]
    assert rows[:2] == [("2021-12-31", 20.0, True), ("2023-12-31", 40.0, True)]
    assert rows[-1] == ("2025-12-31", 80.0, True)
    inner = [(on, value) for on, value, is_anchor in rows[2:-1] if not is_anchor]
    if between is not None:
        assert inner == between
    else:
        assert len(inner) == 31
        start = date(2023, 12, 31)
        for on, value in inner:
            assert value == pytest.approx(40 * 2 ** ((date.fromisoformat(on) - start).days / 731))
        assert [value for _, value in inner] == sorted(value for _, value in inner)


def test_what_is_not_there_is_said_with_its_reason() -> None:
    facts = "indicator,period,part,whole,through\nonline,2025,57,100,2025-06-30\n"
    card = small(ONE, facts, as_of="2025-06-30")
    chart = card.plot_path("t", language="en")
    about = chart.to_dict()["title"]["subtitle"]
    one = card.of("t")
    assert isinstance(one.path, attain.Undefined) and isinstance(one.forecast, attain.Undefined)
    assert f"No path: {one.path.reason.in_words('en')}" in about
    assert f"No outlook: {one.forecast.reason.in_words('en')}" in about
    assert not data(chart, "path") and not data(chart, "outlook")
    assert len(data(chart, "judged")) == 1  # a single point
    nothing = small(ONE, BARE, as_of="2025-06-30").plot_path("t", language="vi")
    assert "Không có số liệu nào để vẽ" in nothing.to_dict()["title"]["subtitle"]
    assert not data(nothing, "judged") and not data(nothing, "figure")
    assert "≥ 57 %" in said(nothing)


def test_a_path_of_several_periods_asks_which() -> None:
    card = decision_333()
    with pytest.raises(attain.UnknownReferenceError, match="say unit and period"):
        card.plot_path("A10")
    chart = card.plot_path("A10", period="2023")
    assert "79,96 %" in said(chart)
    assert data(chart, "judged")[0]["said"].replace("\u00a0", " ") == "79,96 % (1.999/2.500)"
    with pytest.raises(attain.UnknownReferenceError, match="the plan has no target 'T99'"):
        card.plot_path("T99")


@pytest.mark.parametrize("language", LANGUAGES)
def test_units_are_ranked_as_the_portal_does(language: Language) -> None:
    chart = phu_tho().plot_units("each-2026", language)
    rows = data(chart, "unit")
    assert len(rows) == 163
    with (EXAMPLES / "phu_tho" / "on_time.csv").open(encoding="utf-8") as file:
        listed = [row for row in csv.DictReader(file) if row["period"] == "2026" and row["code"] != "H44"]
    # Cross-multiplied, so that nothing is rounded: rank is one more than how many are better.
    for row in rows:
        own = next(each for each in listed if each["code"] == row["unit"])
        part, whole = int(own["on_time"]), int(own["received"])
        better = sum(
            int(each["on_time"]) * whole > part * int(each["received"]) for each in listed if int(each["received"])
        )
        assert row["rank"] == (str(better + 1) if whole else "–")
    assert rows[-1]["rank"] == "–" and rows[-1]["value"] is None
    texts = said(chart)
    assert (
        "98,90 % (2.882/2.914), đến 26/09/2026" if language == "vi" else "98.90 % (2,882/2,914), to 2026-09-26"
    ) in texts
    assert ("không có số liệu" if language == "vi" else "no data") in texts


UNITS = "".join(f'[[units]]\nid = "{name}"\n' for name in ("office", "a", "b", "c", "d"))


@pytest.mark.parametrize(
    ("requirement", "order"),
    [
        ("at_least = 50", [("c", "1"), ("a", "2"), ("b", "2"), ("d", "–")]),
        ("at_most = 50", [("a", "1"), ("b", "1"), ("c", "3"), ("d", "–")]),
        ("between = [30, 40]", [("a", "1"), ("b", "1"), ("c", "3"), ("d", "–")]),
    ],
)
def test_exact_ties_share_a_rank(requirement: str, order: list[tuple[str, str]]) -> None:
    target = f'[[targets]]\nid = "t"\nindicator = "online"\n{requirement}\nby = "2025"\nscope = "each"\nunits = ["a", "b", "c", "d"]\n'
    facts = "indicator,unit,period,part,whole\nonline,a,2025,1,3\nonline,b,2025,2,6\nonline,c,2025,3,4\n"
    rows = data(small(target, facts, units=UNITS).plot_units("t"), "unit")
    assert [(row["unit"], row["rank"]) for row in rows] == order


def test_what_only_looks_equal_is_no_tie() -> None:
    target = (
        '[[targets]]\nid = "t"\nindicator = "online"\nat_least = 50\nby = "2025"\nscope = "each"\nunits = ["a", "b"]\n'
    )
    whole = 3 * 10**14  # a third, and a third and a little: the same 12 places
    facts = f"indicator,unit,period,part,whole\nonline,a,2025,1,3\nonline,b,2025,{whole // 3 * 10 + 1},{whole * 10}\n"
    card = small(target, facts, units=UNITS)
    assert card.of("t", unit="a").actual.value == card.of("t", unit="b").actual.value
    rows = data(card.plot_units("t"), "unit")
    assert [(row["unit"], row["rank"]) for row in rows] == [("b", "1"), ("a", "2")]


def test_units_of_several_periods_ask_which() -> None:
    card = decision_333()
    with pytest.raises(attain.UnknownReferenceError, match="period"):
        card.plot_units("A10")
    assert len(data(card.plot_units("A10", period="2023"), "unit")) == 1
    with pytest.raises(attain.UnknownReferenceError, match="the plan has no target 'T99'"):
        card.plot_units("T99")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_every_cell(language: Language, tmp_path: Path) -> None:
    card = decision_333()
    table = card.table(language)
    assert isinstance(table, great_tables.GT)
    viz.save(table, tmp_path / "table.html")
    page = unescape((tmp_path / "table.html").read_text("utf-8")).replace("<br>", "\n")
    for place, one in enumerate(card):
        assert all(cell in page for cell in card.cells(place, language)), one
    assert page.count("<svg") == len(card)
    for group in Group:
        assert page.count(f"background-color: {COLOURS[group]}") == card.summary.by_group.get(group, 0)
    assert ("Kết luận" if language == "vi" else "Status") in page
    assert "http" not in page.replace("http://www.w3.org", "")


def test_a_table_shows_units_where_there_are_several() -> None:
    one = small(ONE, BARE + "online,2025,57,100\n").table("en")
    assert "Unit</th>" not in one.as_raw_html()
    assert "Đơn vị</th>" in decision_333().table("vi").as_raw_html()


def test_texts_of_a_plan_are_no_html() -> None:
    plan = small(ONE, BARE).plan
    document = json.loads(plan.to_json())
    document["indicators"][0]["name"] = document["plan"]["title"] = {"vi": "<b>đậm</b>", "en": "<b>bold</b>"}
    document["targets"][0]["citation"] = {"section": "<i>II</i>"}
    plan = attain.Plan.from_json(json.dumps(document))
    card = plan.assess(attain.Facts.from_csv(plan, BARE + "online,2025,57,100\n"), as_of="2025-12-31")
    page = card.table("en").as_raw_html()
    assert "<b>bold" not in page and "<i>II" not in page and "&lt;b&gt;bold" in page and "&lt;i&gt;II" in page


def test_texts_of_a_plan_end_no_script(tmp_path: Path) -> None:
    document = json.loads(small(ONE, BARE).plan.to_json())
    document["plan"]["title"] = {"vi": "</script><script>alert(1)</script>"}
    plan = attain.Plan.from_json(json.dumps(document))
    chart = plan.assess(attain.Facts.from_csv(plan, BARE), as_of="2025-12-31").plot()
    viz.save(chart, tmp_path / "chart.html")
    page = (tmp_path / "chart.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "\\u003cscript>alert(1)" in page


def test_a_path_of_a_plan_with_waivers() -> None:
    waived = ONE + '[[waivers]]\ntarget = "t"\nauthority = "the office"\nreason = "a flood"\nuntil = 2026-01-31\n'
    assert len(data(small(waived, BARE + "online,2025,57,100\n").plot_path("t"), "judged")) == 1


@pytest.mark.parametrize("as_of", ["0001-01-05", "9999-12-31"])
def test_a_path_ends_where_days_end(as_of: str) -> None:
    assert "2025" in svg(small(ONE, BARE, as_of=as_of).plot_path("t", language="en"))


@pytest.mark.parametrize("name", ["table.png", "table.svg", "table.pdf", "table"])
def test_a_table_is_html_alone(name: str, tmp_path: Path) -> None:
    with pytest.raises(attain.InvalidValueError, match=r"browser.*expected a name ending in \.html"):
        viz.save(decision_333().only(target="T25").table(), tmp_path / name)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["chart.pdf", "chart.jpg", "chart"])
def test_a_chart_is_png_svg_or_html(name: str, tmp_path: Path) -> None:
    with pytest.raises(attain.InvalidValueError, match=r"expected a name ending in \.png, \.svg or \.html"):
        viz.save(decision_333().only(target="T25").plot(), tmp_path / name)
    assert not (tmp_path / name).exists()


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(attain.InvalidValueError, match="expected a chart of altair or a table"):
        viz.save("a text", tmp_path / "chart.png")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("missing", "call"),
    [
        ("altair", "plot()"),
        ("great_tables", "plot_path('T25')"),
        ("vl_convert", "plot_units('T25')"),
        ("polars", "table()"),
    ],
)
def test_without_the_extra_it_says_how_to_install_it(missing: str, call: str) -> None:
    program = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "import attain\n"
        "plan = attain.Plan.decision_333()\n"
        "card = plan.assess(attain.Facts.decision_333(plan), as_of='2025-09-30')\n"
        f"try:\n    card.{call}\n"
        "except ImportError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"attain.viz needs {missing}, which is not installed: pip install 'attain[viz]'"


# The published matrices of Viénot, Brettel and Mollon (1999), in linear RGB.
SEEN = {
    "all colours": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "deuteranopia": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
    "protanopia": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
}


def linear(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def luminance(rgb: tuple[float, float, float]) -> float:
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), rgb, strict=True))


def lab(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    """CIE L*a*b* under D65."""
    rows = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
    xyz = (sum(share * part for share, part in zip(row, rgb, strict=True)) for row in rows)
    scaled = (value / white for value, white in zip(xyz, (0.95047, 1.0, 1.08883), strict=True))
    x, y, z = (value ** (1 / 3) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29 for value in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("eye", SEEN)
@pytest.mark.parametrize(("one", "other"), list(combinations(Group, 2)))
def test_colours_are_told_apart_by_every_eye(eye: str, one: Group, other: Group) -> None:
    def seen(group: Group) -> tuple[float, float, float]:
        red, green, blue = (sum(a * b for a, b in zip(row, linear(COLOURS[group]), strict=True)) for row in SEEN[eye])
        return lab((red, green, blue))

    distance = sum((a - b) ** 2 for a, b in zip(seen(one), seen(other), strict=True)) ** 0.5
    assert distance > 20, f"{one} and {other}: {distance:.1f}"


@pytest.mark.parametrize("group", Group)
def test_black_text_is_read_on_every_colour(group: Group) -> None:
    assert (luminance(linear(COLOURS[group])) + 0.05) / 0.05 >= 4.5


def test_each_group_has_a_shape_of_its_own() -> None:
    assert set(COLOURS) == set(SHAPES) == set(Group)
    assert len(set(SHAPES.values())) == len(Group)


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        ("0", "0", "0"),
        ("-0.004", "0", "0"),
        ("79.96", "79,96", "79.96"),
        ("1234.5", "1.234,5", "1,234.5"),
        ("-1234567.891", "-1.234.567,89", "-1,234,567.89"),
        ("0.005", "0,01", "0.01"),
        ("1" + "0" * 30, "1" + ".000" * 10, "1" + ",000" * 10),
    ],
)
def test_numbers_are_written_as_each_language_does(value: str, vietnamese: str, english: str) -> None:
    assert (number(Decimal(value), "vi"), number(Decimal(value), "en")) == (vietnamese, english)


def test_cells_have_plain_spaces() -> None:
    card = decision_333()
    texts = [cell for place in range(len(card)) for language in LANGUAGES for cell in card.cells(place, language)]
    assert not any(tied in text for text in texts for tied in "\ue000\u00a0")
    assert any("79,96 %" in text for text in texts)
