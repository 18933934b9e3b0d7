"""Bad input: each of it is refused with its class, its place, and what was expected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from common import ROOT, shipped

import attain
from attain import Facts, Plan

CARD = shipped()
PLAN, FACTS = CARD.plan, CARD.facts


def a_value(value: Any) -> Callable[[], object]:
    return lambda: Facts.from_rows(PLAN, [{"indicator": "par-index", "period": "2024", "value": value}])


def a_day(value: Any) -> Callable[[], object]:
    return lambda: PLAN.assess(FACTS, as_of=value)


anything: Any = None
TEXT: Any = "text"

VALUES = [
    (1.5, attain.NotExactError, 'facts[0].value: the float 1.5; expected an exact number: Decimal("1.5") or "1.5"'),
    (0.1, attain.NotExactError, 'Decimal("0.1")'),
    (float("nan"), attain.NotExactError, "the float nan; expected an exact number"),
    (float("inf"), attain.NotExactError, "the float inf; expected an exact number"),
    (True, attain.NotExactError, "facts[0].value: the bool True; expected a number, text or day"),
    (False, attain.NotExactError, "the bool False"),
    (Fraction(1, 3), attain.NotExactError, "1/3, which no finite decimal is; expected its counts"),
    (Fraction(-22, 7), attain.NotExactError, "-22/7"),
    (Decimal("NaN"), attain.InvalidValueError, "facts[0].value: NaN; expected a finite number"),
    (Decimal("sNaN"), attain.InvalidValueError, "sNaN; expected a finite number"),
    (Decimal("Infinity"), attain.InvalidValueError, "Infinity; expected a finite number"),
    (Decimal("-Infinity"), attain.InvalidValueError, "-Infinity; expected a finite number"),
    (Decimal("1E+999999999"), attain.LimitError, "a number of more than 1000 digits; expected at most 28 digits"),
    (Decimal("1E-999999999"), attain.LimitError, "a number of more than 1000 digits"),
    (10**5000, attain.LimitError, "a number of more than 1000 digits"),
    (Fraction(1, 10**5000), attain.LimitError, "a number of more than 1000 digits"),
    (10**40, attain.InvalidValueError, "has too many digits; expected at most 28"),
    (Fraction(1, 2**100), attain.InvalidValueError, "has too many digits; expected at most 28"),
    (b"5", attain.InvalidValueError, "facts[0].value: b'5'; expected an int, Decimal, Fraction, str or date"),
    ([5], attain.InvalidValueError, "facts[0].value: [5]; expected an int"),
    (5 + 0j, attain.InvalidValueError, "facts[0].value: (5+0j)"),
    (datetime(2024, 1, 1), attain.InvalidValueError, "which has a time of day; expected a datetime.date"),
    ("5,5", attain.InvalidValueError, "'5,5' is not a plain decimal number"),
    ("", attain.AttainError, "facts[0].value"),
]


@pytest.mark.parametrize(("value", "kind", "said"), VALUES, ids=[said[:40] for _, _, said in VALUES])
def test_values(value: Any, kind: type[attain.AttainError], said: str) -> None:
    with pytest.raises(kind) as caught:
        a_value(value)()
    assert said in str(caught.value)
    assert "value" in caught.value.faults[0].path or caught.value.faults[0].path == ("facts[0].value",)


def test_what_is_not_exact_is_a_type_error_too() -> None:
    with pytest.raises(TypeError):
        a_value(1.5)()
    with pytest.raises(ValueError):
        a_value(True)()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(-1, 8), "-0.125"),
        (Fraction(3), "3"),
        (Fraction(7, 50), "0.14"),
        (Fraction(1, 1024), "0.0009765625"),
        (Decimal("1E+3"), "1000"),
        (Decimal("85.120"), "85.12"),
        (10**27, "1" + "0" * 27),
        ("79.9994001", "79.9994001"),
    ],
)
def test_exact_values_are_taken_as_they_are(value: Any, text: str) -> None:
    plan = Plan.from_toml("""
        format = "attain-plan/1"
        plan = { id = "p", owner = "o", start = 2025-01-01 }
        [[indicators]]
        id = "level"
        kind = "stock"
        unit = "points"
        bounds = { low = -1000 }
    """)
    rows = Facts.from_rows(plan, [{"indicator": "level", "period": "2025", "value": value}]).rows()
    assert Fraction(str(rows[0]["value"])) == Fraction(text)


DAYS = [
    (datetime(2024, 1, 1), attain.InvalidValueError, "as_of: datetime.datetime(2024, 1, 1, 0, 0), which has a time of day"),
    ("2025-02-30", attain.InvalidValueError, "as_of: '2025-02-30'; expected a day such as 2025-09-30"),
    ("20250101", attain.InvalidValueError, "as_of: '20250101'; expected a day such as 2025-09-30"),
    ("2025-W01-1", attain.InvalidValueError, "as_of: '2025-W01-1'"),
    ("2025-09-30T00:00", attain.InvalidValueError, "as_of: '2025-09-30T00:00'"),
    ("30/09/2025", attain.InvalidValueError, "as_of: '30/09/2025'"),
    ("", attain.InvalidValueError, "as_of: ''"),
    (None, TypeError, "as_of: None of type NoneType; expected a datetime.date, or a day such as '2025-09-30'"),
    (5, TypeError, "as_of: 5 of type int"),
    (2025.5, TypeError, "as_of: 2025.5 of type float"),
    (b"2025-09-30", TypeError, "as_of: b'2025-09-30' of type bytes"),
]


@pytest.mark.parametrize(("value", "kind", "said"), DAYS, ids=lambda one: repr(one)[:30])
def test_days(value: Any, kind: type[Exception], said: str) -> None:
    with pytest.raises(kind) as caught:
        a_day(value)()
    assert said in str(caught.value)
    if value is not None:
        with pytest.raises(kind) as caught:
            PLAN.assess(FACTS, as_of=date(2025, 9, 30), known_on=value)
        assert said.replace("as_of", "known_on") in str(caught.value)


ARGUMENTS: list[tuple[Callable[[], object], type[Exception], str]] = [
    (lambda: Plan.from_toml(Path("plan.toml")), TypeError, "expected the text itself, as str or bytes; 'read' takes the path"),  # type: ignore[arg-type]
    (lambda: Plan.from_toml(anything), TypeError, "a NoneType; expected the text itself"),
    (lambda: Plan.from_json([1, 2]), TypeError, "a list; expected the text itself"),  # type: ignore[arg-type]
    (lambda: Plan.from_toml(bytearray(b"x")), TypeError, "a bytearray; expected the text itself"),  # type: ignore[arg-type]
    (lambda: Plan.from_toml("\ud800"), ValueError, "surrogates not allowed"),
    (lambda: Plan.from_toml(b"a = \xff"), attain.AttainError, "is not UTF-8; expected text in UTF-8"),
    (lambda: Facts.from_csv(PLAN, anything), TypeError, "a NoneType; expected the text itself"),
    (lambda: Facts.from_csv(TEXT, "x"), TypeError, "plan: 'text' of type str; expected attain.Plan"),
    (lambda: Facts.from_json(anything, "{}"), TypeError, "plan: None of type NoneType; expected attain.Plan"),
    (lambda: Facts.from_rows(TEXT, []), TypeError, "plan: 'text' of type str; expected attain.Plan"),
    (lambda: Facts.from_rows(PLAN, [5]), TypeError, "facts[0]: 5 of type int; expected a mapping from columns to values"),  # type: ignore[list-item]
    (lambda: Facts.from_rows(PLAN, TEXT), TypeError, "facts[0]: 't' of type str; expected a mapping"),
    (lambda: Facts.from_rows(PLAN, [{5: "x"}]), TypeError, "facts[0]: 5 of type int; expected the name of a column"),  # type: ignore[dict-item]
    (lambda: PLAN.assess(TEXT, as_of="2025-09-30"), TypeError, "facts: 'text' of type str; expected attain.Facts"),
    (lambda: PLAN.assess(FACTS, as_of="2025-09-30", steps=TEXT), TypeError, "'str' object is not an instance of 'bool'"),
    (lambda: CARD.since(TEXT), TypeError, "before: 'text' of type str; expected attain.Scorecard"),
    (lambda: attain.Difference(CARD, TEXT), TypeError, "after: 'text' of type str; expected attain.Scorecard"),
    (lambda: attain.Margins(TEXT), TypeError, "card: 'text' of type str; expected attain.Scorecard"),
    (lambda: attain.Check(TEXT), TypeError, "card: 'text' of type str; expected attain.Scorecard"),
    (lambda: CARD.check(TEXT), TypeError, "waivers: 'text' of type str; expected attain.Waivers"),
    (lambda: CARD.check().report(TEXT), TypeError, "case: 'text' of type str; expected attain.Case"),
    (lambda: CARD.check().headline(TEXT), TypeError, "case: 'text' of type str; expected attain.Case"),
    (lambda: CARD.check().assessment(TEXT), TypeError, "case: 'text' of type str; expected attain.Case"),
    (lambda: CARD.check(severities={"A10": "strict"}), attain.InvalidValueError, "severities: no target 'A10'; expected the ids"),
    (lambda: CARD.check(severities={"posts": "very"}), attain.InvalidValueError, "severities: 'very'; expected 'advisory'"),
    (lambda: CARD.of("A99"), attain.UnknownReferenceError, "target: the plan has no target 'A99'; expected one of T01, T02"),
    (lambda: CARD.only(target="A99"), attain.UnknownReferenceError, "target: the plan has no target 'A99'; expected one of T01"),
    (lambda: CARD.only(unit="so"), attain.UnknownReferenceError, "unit: the plan has no unit 'so'; expected one of"),
    (lambda: CARD.only(period="2099"), attain.UnknownReferenceError, "period: no assessment is of the period '2099'"),
    (lambda: CARD.of("A10", period="1999"), attain.UnknownReferenceError, "of: no assessment of A10, 1999"),
    (lambda: CARD.of("A10"), attain.UnknownReferenceError, "4 assessments of A10; expected one: say unit and period of so-khcn 2022"),
    (lambda: CARD.of(anything), TypeError, "target: None of type NoneType; expected the id or the key of a target"),
    (lambda: CARD.explain("A99"), attain.InvalidValueError, "nothing is said of a target 'A99' (did you mean 'A09'?)"),
    (lambda: CARD.contributions("A99"), attain.InvalidValueError, "target: the plan has no target 'A99'; expected the id or the key"),
    (lambda: CARD.cells(220), attain.InvalidValueError, "place: 220; expected a place from 0 and below 220"),
    (lambda: CARD.cells(-1), attain.InvalidValueError, "place: -1; expected a place from 0"),
    (lambda: CARD.cells(TEXT), TypeError, "'str' object cannot be interpreted as an integer"),
    (lambda: CARD.assessments[220], IndexError, "assessment 220; expected a place below 220"),
    (lambda: CARD.assessments[-221], IndexError, "assessment -221"),
    (lambda: CARD.assessments[TEXT], TypeError, "'str' object cannot be interpreted as an integer"),
    (lambda: CARD.only(status="mised"), attain.InvalidValueError, "status: 'mised'; expected one of met, secured"),
    (lambda: CARD.only(status=["met", "lots"]), attain.InvalidValueError, "status: 'lots'"),
    (lambda: CARD.only(group="baad"), attain.InvalidValueError, "group: 'baad'; expected one of good, warning, bad, none"),
    (lambda: CARD.explain("A10", "fr"), attain.InvalidValueError, "language: 'fr'; expected 'vi' or 'en'"),  # type: ignore[arg-type]
    (lambda: CARD.to_text("EN"), attain.InvalidValueError, "language: 'EN'; expected 'vi' or 'en'"),  # type: ignore[arg-type]
    (lambda: CARD.findings_in("fr"), attain.InvalidValueError, "language: 'fr'"),  # type: ignore[arg-type]
    (lambda: CARD.to_text(anything), TypeError, "is not an instance of 'str'"),
    (lambda: attain.Status.MET.in_words("fr"), attain.InvalidValueError, "language: 'fr'; expected 'vi' or 'en'"),  # type: ignore[arg-type]
    (lambda: PLAN.title.get("fr"), attain.InvalidValueError, "language: 'fr'; expected 'vi' or 'en'"),  # type: ignore[arg-type]
    (lambda: Plan.read("nowhere.toml"), FileNotFoundError, "nowhere.toml"),
    (lambda: Plan.read(anything), TypeError, "NoneType"),
    (lambda: Plan(), TypeError, "a plan is read"),
    (lambda: Facts(), TypeError, "facts are read"),
    (lambda: attain.Scorecard(), TypeError, "a scorecard is made by Plan.assess"),
    (lambda: attain.Waivers(), TypeError, "waivers are read"),
    (lambda: attain.Status("mised"), ValueError, "mised"),
]


@pytest.mark.parametrize(("call", "kind", "said"), ARGUMENTS, ids=[said[:40] for _, _, said in ARGUMENTS])
def test_arguments(call: Callable[[], object], kind: type[Exception], said: str) -> None:
    with pytest.raises(kind) as caught:
        call()
    assert said in str(caught.value)
    # A plain TypeError is one of the caller's program, and no fault of what was given.
    assert isinstance(caught.value, attain.AttainError) == issubclass(kind, attain.AttainError)


def test_facts_of_another_plan() -> None:
    text = (ROOT / "plans" / "decision-333.toml").read_text(encoding="utf-8")
    other = Plan.from_toml(text.replace("at_least = 80", "at_least = 81"))
    assert other != PLAN
    with pytest.raises(attain.InvalidValueError) as caught:
        other.assess(FACTS, as_of="2025-09-30")
    assert "facts that were read with plan 'qd-333-skhcn' in another version" in str(caught.value)
    same = Plan.from_json(PLAN.to_json())
    assert same.assess(FACTS, as_of="2025-09-30") == CARD


def test_all_faults_are_told_with_file_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text('format = "attain-plan/1"\n[plan]\nid = "p"\nowner = "o"\n[[targets]]\nid = "t"\natleast = 5\n', encoding="utf-8")
    with pytest.raises(attain.SeveralFaultsError) as caught:
        Plan.read(file)
    error = caught.value
    assert {fault.kind for fault in error.faults} == {"missing_field", "unknown_field"}
    assert len(error.faults) == len(str(error).splitlines()) >= 4
    assert error.file == str(file)
    misspelt = next(fault for fault in error.faults if fault.kind == "unknown_field")
    assert (misspelt.path, misspelt.line, misspelt.column) == (("targets", 0, "atleast"), 7, 1)
    assert f"{file}:7:1: targets[0].atleast: unknown field 'atleast' (did you mean 'at_least'?)" in str(error)


def test_a_text_that_is_no_toml(tmp_path: Path) -> None:
    with pytest.raises(attain.SyntaxFaultError) as caught:
        Plan.from_toml("format = \n")
    assert (caught.value.faults[0].line, caught.value.file) == (1, None)
    file = tmp_path / "plan.json"
    file.write_text("{", encoding="utf-8")
    with pytest.raises(attain.SyntaxFaultError, match="plan.json:1:"):
        Plan.read(file)
