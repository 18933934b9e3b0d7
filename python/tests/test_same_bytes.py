"""Every document that Python writes is that of the Rust tool, byte for byte."""

from __future__ import annotations

import csv
import json
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from common import DAY, ROOT, documents, shipped, told

from attain import Facts, Language, Plan, Scorecard, Waivers

PLAN = ROOT / "plans" / "decision-333.toml"
FACTS = ROOT / "plans" / "decision-333.facts.csv"
LANGUAGES: tuple[Language, ...] = ("vi", "en")


def of_files(plan: Path, facts: Path, *more: str) -> bytes:
    return told(plan, facts, *more, "--format", "json")


def test_the_shipped_plan_in_every_format() -> None:
    card = shipped()
    assert card.to_json().encode() == of_files(PLAN, FACTS, "--as-of", DAY)
    assert card.to_csv().encode() == told("--format", "csv")
    for language in LANGUAGES:
        said = ("--lang", language, "--format")
        assert card.to_text(language).encode() == told(*said, "text")
        assert card.to_markdown(language).encode() == told(*said, "markdown")
        assert card.check().to_junit(language).encode() == told(*said, "junit")
        assert card.check().to_sarif(str(PLAN), language).encode() == told(PLAN, FACTS, "--as-of", DAY, *said, "sarif")


def test_the_shipped_files_are_those_in_the_package() -> None:
    plan = Plan.decision_333()
    assert plan == Plan.read(PLAN)
    assert Facts.decision_333(plan) == Facts.read(plan, FACTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_besides(language: Language) -> None:
    card, said = shipped(), ("--lang", language)
    for target in ("T25", "T17", "A10", "T04"):
        assert card.explain(target, language).encode() == told("--explain", target, *said)
        assert card.explain(target, language, markdown=True).encode() == told("--explain", target, *said, "--format", "markdown")
    for target in ("T32", "work-files-online-2025", "T10"):
        assert card.contributions(target, language).encode() == told("--contributions", target, *said)
    assert card.margins().to_text(language).encode() == told("--margins", *said)
    difference = card.since(shipped("2025-06-30"))
    assert difference.to_text(language).encode() == told("--since", "2025-06-30", *said)
    assert difference.to_markdown(language).encode() == told("--since", "2025-06-30", *said, "--format", "markdown")


def test_differences_and_margins_as_documents() -> None:
    card = shipped()
    assert card.margins().to_json().encode() == told("--margins", "--format", "json")
    assert card.since(shipped("2024-12-31")).to_json().encode() == told("--since", "2024-12-31", "--format", "json")


def test_a_scorecard_that_was_narrowed() -> None:
    card = shipped()
    bad = card.only(group="bad")
    assert bad.to_json().encode() == told("--only", "bad", "--format", "json")
    assert bad.margins().to_json().encode() == told("--only", "bad", "--margins", "--format", "json")
    province = card.only(unit="tinh-quang-tri")
    assert province.to_json().encode() == told("--unit", "tinh-quang-tri", "--format", "json")


def test_waivers(tmp_path: Path) -> None:
    text = "format = 'attain-waivers/1'\n[[waivers]]\ntarget = 'dossiers-on-time-each-year'\nauthority = 'Sở'\nreason = 'bão lũ'\n"
    file = tmp_path / "waivers.toml"
    file.write_text(text + "until = 2026-12-31\n", encoding="utf-8")
    card = shipped()
    waived = card.check(Waivers.read(card.plan, file), strict=True)
    assert "dossiers-on-time-each-year" in {case.waiver.target for case in waived.cases if case.waiver}
    assert waived.to_junit("vi").encode() == told("--strict", "--waivers", file, "--format", "junit")


def phu_tho() -> tuple[dict[str, Any], str, list[dict[str, str]]]:
    """The plan and facts of what the portal published, made as `examples/phu_tho/portal.rs` says, and its rows."""
    folder = ROOT / "examples" / "phu_tho"
    plan = tomllib.loads((folder / "plan.toml").read_text(encoding="utf-8"))
    with (folder / "on_time.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    plan["plan"]["start"] = plan["plan"]["start"].isoformat()
    units = []
    for row in (row for row in rows if row["period"] == "2026"):
        unit = {"id": row["code"], "name": {"vi": row["name"], "en": row["name"]}}
        units.append(unit if row["code"] == "H44" else unit | {"parent": "H44"})
    plan["units"] = units
    for target in plan["targets"]:
        if target["scope"] == "each":
            target["units"] = [unit["id"] for unit in units if unit["id"] != "H44"]
    facts = "indicator,unit,period,part,whole,through\n"
    for row in (row for row in rows if row["code"] != "H44"):
        through = "2026-09-26" if row["period"] == "2026" else ""
        facts += f"on-time,{row['code']},{row['period']},{row['on_time']},{row['received']},{through}\n"
    return plan, facts, rows


def test_real_data_of_163_bodies(tmp_path: Path) -> None:
    document, rows_of_facts, published = phu_tho()
    plan_file, facts_file = tmp_path / "plan.json", tmp_path / "facts.csv"
    plan_file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    facts_file.write_text(rows_of_facts, encoding="utf-8")
    plan = Plan.read(plan_file)
    card = plan.assess(Facts.from_csv(plan, rows_of_facts), as_of="2026-09-26")
    assert card.to_json().encode() == of_files(plan_file, facts_file, "--as-of", "2026-09-26")
    shares = {(one.unit, one.period): one.exact("actual.value") for one in card}
    assert len(shares) == len(published) == 328
    for row in published:
        received, share = int(row["received"]), shares[row["code"], row["period"]]
        assert share == (Fraction(100 * int(row["on_time"]), received) if received else None), row
        # Published to 2 decimals, half up.
        assert share is None or (share * 100 + Fraction(1, 2)).__floor__() == Fraction(row["ratio_pct"]) * 100, row


def test_500_random_plans_and_facts(tmp_path: Path) -> None:
    plan_file, facts_file = tmp_path / "plan.toml", tmp_path / "facts.csv"
    assessed, different = 0, []
    for seed in range(1, 501):
        plan_text, facts_text, as_of, known_on = documents(seed)
        plan_file.write_text(plan_text, encoding="utf-8")
        facts_file.write_text(facts_text, encoding="utf-8")
        plan = Plan.from_toml(plan_text)
        card: Scorecard = plan.assess(Facts.from_csv(plan, facts_text), as_of=as_of, known_on=known_on)
        assessed += len(card)
        if card.to_json().encode() != of_files(plan_file, facts_file, "--as-of", as_of, "--known-on", known_on):
            different.append(seed)
    assert not different, f"seeds whose scorecards differ: {different}"
    assert assessed > 1000
