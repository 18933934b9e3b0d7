"""Verdicts on shares against fractions: met or missed, what is short in points and in cases, all of it exact."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from attain import Assessment, Facts, Plan, Status

#: Of rounding to 12 places, once.
HALF = Fraction(1, 2 * 10**12)
MANY = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))

wholes = st.one_of(st.integers(1, 50), st.integers(1, 10**6), st.integers(1, 10**15))


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int, str]:
    """Part, whole, and a threshold of up to 18 places that is often close to the share, or it."""
    whole = draw(wholes)
    part = draw(st.integers(0, whole))
    places = draw(st.integers(0, 18))
    share = Fraction(100 * part, whole)
    near = floor(share * 10**places) + draw(st.integers(-1, 1))
    scaled = draw(st.one_of(st.just(near), st.integers(0, 100 * 10**places)))
    scaled = min(max(scaled, 0), 100 * 10**places)
    return part, whole, format(Decimal(scaled).scaleb(-places), "f")


def judged(requirement: str, part: int, whole: int, threshold: str) -> Assessment:
    plan = Plan.from_toml(f"""
        format = "attain-plan/1"
        plan = {{ id = "p", owner = "o", start = 2025-01-01 }}
        [[indicators]]
        id = "s"
        kind = "share"
        [[targets]]
        id = "t"
        indicator = "s"
        {requirement} = "{threshold}"
        by = "2025"
    """)
    facts = Facts.from_rows(plan, [{"indicator": "s", "period": "2025", "part": part, "whole": whole}])
    return plan.assess(facts, as_of="2026-01-31").of("t")


def expected(requirement: str, part: int, whole: int, threshold: str) -> tuple[bool, Fraction, int]:
    """Whether it holds, the shortfall in points, and the cases that are short, by the definitions alone."""
    actual, required = Fraction(100 * part, whole), Fraction(threshold)
    needed = required * whole / 100
    match requirement:
        case "at_least":
            return actual >= required, max(Fraction(0), required - actual), max(0, ceil(needed) - part)
        case "above":
            return actual > required, max(Fraction(0), required - actual), max(0, floor(needed) + 1 - part)
        case "at_most":
            return actual <= required, max(Fraction(0), actual - required), max(0, part - floor(needed))
        case _:
            return actual < required, max(Fraction(0), actual - required), max(0, part - (ceil(needed) - 1))


@MANY
@given(st.sampled_from(["at_least", "above", "at_most", "below"]), shares())
@example("at_least", (57, 100, "57"))
@example("at_least", (1999, 2500, "80"))
@example("at_least", (1, 3, "33.333333333333333333"))
@example("above", (1, 3, "33.333333333333333333"))
@example("at_most", (2, 3, "66.666666666666666667"))
@example("below", (0, 1, "0"))
@example("above", (1, 1, "100"))
@example("at_least", (0, 1, "0.000000000000000001"))
def test_shares(requirement: str, share: tuple[int, int, str]) -> None:
    part, whole, threshold = share
    one = judged(requirement, part, whole, threshold)
    holds, shortfall, short_by = expected(requirement, part, whole, threshold)
    assert one.status is (Status.MET if holds else Status.MISSED)
    assert one.exact("actual.value") == Fraction(part, whole) * 100
    variance = Fraction(100 * part, whole) - Fraction(threshold)
    assert one.exact("variance") == variance
    assert one.exact("shortfall") == shortfall
    assert one.cases and one.cases.short_by == short_by
    assert (short_by > 0) == (not holds)
    assert one.cases.counts == ("part" if requirement in ("at_least", "above") else "complement")
    # What the document shows is the same, rounded once to 12 places.
    for shown, exact in ((one.actual.value, one.exact("actual.value")), (one.variance, variance), (one.shortfall, shortfall)):
        assert isinstance(shown, Decimal) and exact is not None
        assert abs(Fraction(shown) - exact) <= HALF
        assert Fraction(shown) == exact or (exact * 10**12).denominator != 1


@MANY
@given(shares())
def test_what_is_missing_is_just_enough(share: tuple[int, int, str]) -> None:
    part, whole, threshold = share
    one = judged("at_least", part, whole, threshold)
    assert one.cases
    short = int(one.cases.short_by)
    assert judged("at_least", part + short, whole, threshold).status is Status.MET
    if short:
        assert judged("at_least", part + short - 1, whole, threshold).status is Status.MISSED
