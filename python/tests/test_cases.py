"""The case tables of `tests/cases`, from which the Rust tests have their expected values too."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from common import CASES, shipped

from attain import Assessment, AttainError, Facts, Language, Plan, Reason, Scorecard, SeveralFaultsError, Waivers

LANGUAGES: tuple[Language, ...] = ("vi", "en")
BAD = sorted(
    path
    for folder in ("plans", "facts")
    for path in (CASES / "bad" / folder).iterdir()
    if path.suffix in (".toml", ".csv", ".json")
)


def bad_error(document: Path, text: str | bytes) -> AttainError:
    """What reading a bad document raises."""
    with pytest.raises(AttainError) as caught:
        if document.parent.name == "plans":
            Plan.from_json(text) if document.suffix == ".json" else Plan.from_toml(text)
        else:
            plan = Plan.read(CASES / "bad" / "good-plan.toml")
            Facts.from_json(plan, text) if document.suffix == ".json" else Facts.from_csv(plan, text)
    return caught.value


def test_no_document_is_lost() -> None:
    assert len(BAD) >= 280
    assert all(path.with_suffix(".expected").is_file() for path in BAD)


@pytest.mark.parametrize("document", BAD, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_bad_documents(document: Path) -> None:
    expected = document.with_suffix(".expected").read_text(encoding="utf-8").splitlines()
    error = bad_error(document, document.read_bytes())
    assert [str(fault) for fault in error.faults] == expected
    assert str(error) == "\n".join(expected)
    # One kind of fault has the class of that kind; faults of several kinds are told as such.
    kinds = {fault.kind for fault in error.faults}
    assert isinstance(error, SeveralFaultsError) == (len(kinds) > 1)
    assert type(error) is not AttainError
    for fault, line in zip(error.faults, expected, strict=True):
        assert fault.line is None or line.startswith(f"{fault.line}:{fault.column}: ")
        assert fault.what
        assert line.endswith(fault.expected)

    plan = Plan.read(CASES / "bad" / "good-plan.toml")
    with pytest.raises(AttainError) as caught:
        Plan.read(document) if document.parent.name == "plans" else Facts.read(plan, document)
    assert caught.value.faults == error.faults and type(caught.value) is type(error)
    assert caught.value.file == str(document)
    assert str(caught.value) == "\n".join(f"{document}:{line}" for line in expected)


def page(name: str) -> str:
    # As bytes: what ends a line is part of the page.
    return (CASES / name).read_bytes().decode()


def are_the_pages(name: str, card: Scorecard, target: str) -> None:
    for language in LANGUAGES:
        assert card.explain(target, language) == page(f"explained/{name}.{language}.txt")
        markdown = CASES / "explained" / f"{name}.{language}.md"
        if markdown.exists():
            assert card.explain(target, language, markdown=True) == page(f"explained/{markdown.name}")


@pytest.mark.parametrize("target", ["T17", "T25", "T18", "T14"])
def test_explained_targets(target: str) -> None:
    are_the_pages(target, shipped(), target)


@pytest.mark.parametrize(
    ("target", "period"), [("T10", "2025"), ("quarterly-reports", "2024-Q2"), ("T37", "2024"), ("T38b", "2022")]
)
def test_explained_periods(target: str, period: str) -> None:
    are_the_pages(f"{target}-{period}", shipped().only(period=period), target)


@pytest.mark.parametrize(
    ("name", "as_of", "target"),
    [("rounding", "2025-01-31", "days-2024"), ("phases", "2025-07-31", "trees-2025"), ("units", "2025-07-31", "online-2025")],
)
def test_explained_small_plans(name: str, as_of: str, target: str) -> None:
    plan = Plan.read(CASES / "explained" / f"{name}.toml")
    facts = Facts.read(plan, CASES / "explained" / f"{name}.csv")
    are_the_pages(name, plan.assess(facts, as_of=as_of), target)


def test_every_explained_page_is_asked_for() -> None:
    asked = {"T17", "T25", "T18", "T14", "T10-2025", "quarterly-reports-2024-Q2", "T37-2024", "T38b-2022"}
    pages = [path for path in (CASES / "explained").iterdir() if path.suffix in (".txt", ".md")]
    assert {path.name.split(".")[0] for path in pages} == asked | {"rounding", "phases", "units"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts(language: Language) -> None:
    def some(card: Scorecard, *targets: str) -> Scorecard:
        return card.only(lambda one: one.target in targets)

    month = ("dossiers-on-time-each-year", "online-applications-2025")
    found = some(shipped("2025-07-31"), *month).since(some(shipped("2025-06-30"), *month))
    assert found.to_text(language) == page(f"texts/difference.{language}.txt")
    assert found.to_markdown(language) == page(f"texts/difference.{language}.md")

    documents = "steering-documents-each-year"
    was, now = some(shipped("2024-06-30", "2024-06-01"), documents), some(shipped("2024-06-30"), documents)
    assert now.since(was).to_text(language) == page(f"texts/revision.{language}.txt")

    near = ("dossiers-on-time-each-year", "dossiers-circulated-electronically-each-year", "posts-2025", "par-index-rank")
    assert some(shipped(), *near).margins().to_text(language) == page(f"texts/margins.{language}.txt")

    card = shipped()
    target = next(one.target for one in card if one.indicator == "work-files-online" and one.contributions)
    assert card.contributions(target, language) == page(f"texts/contributions.{language}.txt")


def test_check_as_junit() -> None:
    plan = Plan.read(CASES / "check.plan.toml")
    card = plan.assess(Facts.read(plan, CASES / "check.facts.csv"), as_of="2025-06-30")
    waived = "[[waivers]]\ntarget = 'striven'\nauthority = 'A & B'\nreason = '<none>'\nuntil = 2025-12-31\n"
    idle = "[[waivers]]\ntarget = 'kept'\nauthority = 'A'\nreason = 'B'\nuntil = 2025-12-31\n"
    waivers = Waivers.from_toml(plan, f'format = "attain-waivers/1"\n{waived}{idle}')
    assert card.check(waivers).to_junit("en") == page("check.junit.xml")


def table(name: str) -> list[dict[str, str]]:
    lines = page(name).splitlines(keepends=True)
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


#: Two days a unit of time, so that half a unit is a day.
START = date(2022, 1, 1)
#: A unit of time in years of 365.2425 days.
YEAR = Fraction(2 * 10_000, 3_652_425)


def after(units: str) -> date:
    days = Fraction(units) * 2
    assert days.denominator == 1
    return START + timedelta(days=int(days))


def on_the_way(begin: str, end: str, actual: str, elapsed: str, total: str) -> Assessment:
    """A target on a straight line from `begin` to `end`, with an actual after some of the time."""
    requirement = "at_most" if Fraction(end) < Fraction(begin) else "at_least"
    plan = Plan.from_toml(f"""
        format = "attain-plan/1"
        plan = {{ id = "p", owner = "o", start = {START} }}
        [[indicators]]
        id = "level"
        kind = "stock"
        unit = "points"
        bounds = {{ low = -1000000 }}
        [[targets]]
        id = "t"
        indicator = "level"
        {requirement} = {end}
        by = {after(total)}
        over = "window"
        baseline = {{ value = {begin}, on = {START} }}
    """)
    day = after(elapsed)
    facts = Facts.from_rows(plan, [{"indicator": "level", "period": day.isoformat(), "value": actual}])
    return plan.assess(facts, as_of=day).of("t")


def test_linear_paths() -> None:
    cases = table("linear-paths.csv")
    assert len(cases) == 26
    for case in cases:
        one = on_the_way(case["begin"], case["end"], case["begin"], case["at"], case["years"])
        assert one.exact("path.expected") == Fraction(case["value"]), case


def test_run_rates() -> None:
    cases = table("run-rates.csv")
    assert len(cases) == 18
    for case in cases:
        one = on_the_way(case["baseline"], case["target"], case["actual"], case["elapsed"], case["total"])
        for field, column in (("observed_rate", "current"), ("required_rate", "required")):
            found = one.exact(f"path.{field}")
            assert (None if found is None else found * YEAR) == (Fraction(case[column]) if case[column] else None), (field, case)
        assert one.exact("path.acceleration_needed") == (Fraction(case["ratio"]) if case["ratio"] else None), case
        assert one.exact("path.expected") == Fraction(case["expected"]), case
        assert one.path
        assert (case["required"] == "") == (getattr(one.path.required_rate, "reason", None) is Reason.NO_TIME_LEFT), case


def test_every_row_of_the_decision_is_a_target_or_a_remark_with_its_clause() -> None:
    rows = table("decision-333-targets.csv")
    assert len(rows) == 79
    card = shipped()
    for row in rows:
        cited = [target.citation for target in card.plan.targets if target.key == row["row_id"]]
        remarked = [remark.citation for remark in card.remarks if remark.row == row["row_id"]]
        assert cited or remarked, row
        for citation in cited + remarked:
            assert citation is not None, row
            assert (citation.clause, citation.line) == (row["vi_verbatim"], int(row["line"])), row
        assert bool(remarked) == (row["kind"] == "qual"), row
