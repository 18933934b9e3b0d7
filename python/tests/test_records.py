"""Every class of the package: equality, hash, repr, pickling, that nothing can be changed, and that it is what the schemas say."""

from __future__ import annotations

import copy
import json
import pickle
import types
import typing
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

import pytest
from common import CASES, ROOT, random_card, records, shipped
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import attain
from attain import _attain
from attain import records as made
from attain._decode import KEY, Named, required

SLOW = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
seeds = st.integers(min_value=1, max_value=3000)
days = st.dates(date(2021, 12, 1), date(2031, 1, 31))


@cache
def card_of(day: date) -> attain.Scorecard:
    return shipped(day.isoformat())


def said(card: attain.Scorecard) -> Iterator[Any]:
    """Every record that a scorecard leads to."""
    yield from records(tuple(card))
    yield from records((card.summary, card.findings, card.remarks, card.margins().margins, card.check().cases))
    yield from records((card.plan.title, card.plan.units, card.plan.indicators, card.plan.targets))


def is_itself_again(one: Any) -> None:
    """Whatever is made of it again is equal, and reads and hashes the same."""
    for again in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):
        assert type(again) is type(one)
        assert again == one and not again != one
        assert hash(again) == hash(one)
        assert repr(again) == repr(one)


@SLOW
@given(seeds)
def test_records_of_random_plans(seed: int) -> None:
    for one in said(random_card(seed)):
        is_itself_again(one)
        assert repr(one).startswith(f"{type(one).__name__}(")
        assert all(f"{field.name}=" in repr(one) for field in fields(one))


@SLOW
@given(days, days)
def test_what_a_day_and_a_change_say(day: date, earlier: date) -> None:
    card = card_of(day)
    difference = card.since(card_of(earlier))
    assert len(difference) == len(difference.changed)
    for one in records((difference.changed, difference.summary, difference.before, difference.after)):
        is_itself_again(one)
    for one in (card, card.plan, card.facts, difference, card.margins(), card.check(), card.check(strict=True)):
        is_itself_again(one)


@SLOW
@given(seeds, st.sampled_from(["good", "warning", "bad", "none"]))
def test_a_narrowed_scorecard_is_itself_again(seed: int, group: str) -> None:
    card = random_card(seed).only(group=group)
    is_itself_again(card)
    assert pickle.loads(pickle.dumps(card)).to_json() == card.to_json()
    assert pickle.loads(pickle.dumps(card.assessments)) == card.assessments
    assert all(one.group == group for one in card)
    again = card.only(lambda one: one.target != card.plan.targets[0].id)
    is_itself_again(again)
    is_itself_again(card.check().only(lambda case: case.outcome == "passed"))


def test_documents_are_equal_by_what_they_say() -> None:
    card = shipped()
    plan = attain.Plan.from_json(card.plan.to_json())
    assert plan == card.plan and hash(plan) == hash(card.plan)
    facts = attain.Facts.from_csv(plan, card.facts.to_csv())
    assert facts == card.facts and hash(facts) == hash(card.facts)
    other = attain.Plan.from_toml(card.plan.to_toml().replace("qd-333-skhcn", "other"))
    assert other != plan and other.id == "other"
    assert card != shipped("2025-09-29")
    assert card.check() != card.check(strict=True)
    assert card != card.plan and plan != plan.id and facts != 1 and card.check() != () and card.margins() != []


@cache
def everything() -> dict[type[Any], Any]:
    """Of each class of records one, from scorecards of the shipped and of random plans."""
    found: dict[type[Any], Any] = {}
    cards = [card_of(date(2025, 9, 30)), card_of(date(2024, 6, 30)), *(random_card(seed) for seed in range(1, 60))]
    # Of the units of a target, so many of which have to reach it.
    plan = attain.Plan.read(CASES / "explained" / "units.toml")
    cards.append(plan.assess(attain.Facts.read(plan, CASES / "explained" / "units.csv"), as_of="2025-07-31"))
    for one in (one for card in cards for one in said(card)):
        found.setdefault(type(one), one)
    text = (ROOT / "plans" / "decision-333.toml").read_text(encoding="utf-8")
    revised = attain.Plan.from_toml(text.replace("at_least = 80", "at_least = 81"))
    other = revised.assess(attain.Facts.from_csv(revised, cards[0].facts.to_csv()), as_of="2025-09-30")
    for difference in (cards[0].since(cards[1]), other.since(cards[0])):
        for one in records((difference.changed, difference.summary, difference.before)):
            found.setdefault(type(one), one)
    return found


def frozen() -> list[Any]:
    """Of each class of the package one."""
    card = shipped()
    toml = "format = 'attain-waivers/1'\n[[waivers]]\ntarget = 'budget-paid-posts-2025'\nauthority = 'A'\nreason = 'B'\nuntil = 2026-12-31\n"
    waivers = attain.Waivers.from_toml(card.plan, toml)
    waived = next(case.waiver for case in card.only(target="budget-paid-posts-2025").check(waivers, strict=True).cases)
    whole = [card, card.plan, card.facts, card.assessments, card.margins(), card.since(card), card.check(), waivers, Named({"a": 1})]
    return [*whole, *everything().values(), *([waived] if waived else [])]


def test_every_class_of_records_is_seen() -> None:
    classes = {one for name in made.__all__ if is_dataclass(one := getattr(made, name))}
    unseen = {getattr(one, "__name__", "") for one in classes - everything().keys()}
    assert unseen <= {"Backtest", "Errors"}, "records that no test reaches"


def test_nothing_can_be_changed() -> None:
    for one in frozen():
        slots = [name for kind in type(one).__mro__ for name in getattr(kind, "__slots__", ())]
        for name in [*(slots if not is_dataclass(one) else [field.name for field in fields(one)]), "another"]:
            # A frozen dataclass with slots raises a TypeError for a name that it does not have.
            with pytest.raises((AttributeError, FrozenInstanceError, TypeError)):
                setattr(one, name, 1)
            with pytest.raises((AttributeError, FrozenInstanceError, TypeError)):
                delattr(one, name)
        is_itself_again(one) if not isinstance(one, attain.Assessments) else None


def test_waivers_are_themselves_again() -> None:
    plan = attain.Plan.decision_333()
    toml = "format = 'attain-waivers/1'\n[[waivers]]\ntarget = 'budget-paid-posts-2025'\nauthority = 'A'\nreason = 'B'\nuntil = 2026-12-31\n"
    as_toml = attain.Waivers.from_toml(plan, toml)
    text = '{"format":"attain-waivers/1","waivers":[{"target":"budget-paid-posts-2025","authority":"A","reason":"B","until":"2026-12-31"}]}'
    as_json = attain.Waivers.from_json(plan, text.encode())
    for one in (as_toml, as_json):
        is_itself_again(one)
        assert len(one) == 1 and "1" in repr(one)


def test_errors_are_pickled_with_their_faults() -> None:
    kinds = [one for name in attain.__all__ if isinstance(one := getattr(attain, name), type) and issubclass(one, attain.AttainError)]
    assert len(kinds) == 11
    fault = attain.Fault("limit", ("plan", 3), 2, 1, "a thing", "another", "2:1: plan[3]: a thing; expected another")
    for kind in kinds:
        for file in (None, "plan.toml"):
            error = kind([fault, fault], file)
            again = pickle.loads(pickle.dumps(error))
            assert type(again) is kind
            assert (again.faults, again.file, str(again)) == (error.faults, file, str(error))
            assert repr(again) == repr(error)
    assert str(attain.LimitError([fault], "p.toml")) == "p.toml:2:1: plan[3]: a thing; expected another"
    is_itself_again(fault)


def test_what_is_named_is_a_mapping() -> None:
    named: Named[int] = Named({"b": 1, "a": 2})
    assert list(named) == ["b", "a"] and named["a"] == 2 and len(named) == 2
    assert named == {"a": 2, "b": 1} and hash(named) == hash(Named({"a": 2, "b": 1}))
    with pytest.raises(TypeError):
        named["a"] = 3  # type: ignore[index]


def test_undefined_is_no_number() -> None:
    undefined = attain.Undefined(attain.Reason.ZERO_WHOLE)
    assert not undefined and str(undefined) == "undefined:zero_whole"
    zero: object = 0
    assert undefined != zero


# --- Against the closed lists and the schemas.


def test_closed_lists_are_those_of_the_library() -> None:
    assert [(one.value, one.group.value, one.in_words("vi"), one.in_words("en")) for one in attain.Status] == _attain.statuses()
    assert [(one.value, one.in_words("vi"), one.in_words("en")) for one in attain.Reason] == _attain.reasons()
    assert [(one.value, one.in_words("vi"), one.in_words("en")) for one in attain.Outcome] == _attain.outcomes()
    assert all(one.name == one.value.upper() for kind in (attain.Status, attain.Reason, attain.Outcome, attain.Group) for one in kind)


class Schema:
    """A JSON Schema, against which the types of fields are held."""

    def __init__(self, name: str) -> None:
        self.root: dict[str, Any] = json.loads((ROOT / "schemas" / f"attain-{name}-1.schema.json").read_text(encoding="utf-8"))
        self.seen: set[Any] = set()

    def alternatives(self, node: dict[str, Any]) -> list[dict[str, Any]]:
        """What may stand in a place, references followed."""
        if "$ref" in node:
            return self.alternatives(self.root["$defs"][node["$ref"].removeprefix("#/$defs/")])
        found = [inner for key in ("anyOf", "oneOf") for one in node.get(key, ()) for inner in self.alternatives(one)]
        if isinstance(node.get("type"), list):
            return [node | {"type": kind} for kind in node["type"]]
        return found or [node]

    def holds(self, kind: Any, node: dict[str, Any], where: str) -> None:
        """Fails where the type of a field is not what the schema has in its place."""
        kinds = typing.get_args(kind) if typing.get_origin(kind) in (typing.Union, types.UnionType) else (kind,)
        there = self.alternatives(node)
        nulls = [one for one in there if one.get("type") == "null"]
        assert not nulls or type(None) in kinds, f"{where}: null is possible, and {kind} does not say so"
        objects = [one for one in there if "properties" in one]
        for one in kinds:
            origin = typing.get_origin(one)
            if isinstance(one, type) and is_dataclass(one):
                keys = {field.metadata.get(KEY, field.name) for field in fields(one)}
                same = [candidate for candidate in objects if set(candidate["properties"]) == keys]
                assert same, f"{where}: {one.__name__} has {sorted(keys)}; the schema has {[sorted(o['properties']) for o in objects]}"
                objects = [candidate for candidate in objects if candidate is not same[0]]
                self.record(one, same[0], where)
            elif origin is tuple:
                lists = [candidate for candidate in there if candidate.get("type") == "array"]
                assert lists, f"{where}: no list in the schema"
                self.holds(typing.get_args(one)[0], lists[0]["items"], f"{where}[]")
            elif origin is Named:
                maps = [candidate for candidate in there if "additionalProperties" in candidate and "properties" not in candidate]
                drafts = [candidate for candidate in objects if "indicator" in candidate["properties"]]
                assert maps or drafts, f"{where}: no names in the schema"
                # A row of facts has texts by its columns.
                objects = [candidate for candidate in objects if candidate not in drafts]
                if maps:
                    self.holds(typing.get_args(one)[0], maps[0]["additionalProperties"], f"{where}.*")
            elif isinstance(one, type) and issubclass(one, Enum):
                words: list[object] = [candidate["enum"] for candidate in there if "enum" in candidate]
                assert words == [[member.value for member in one]], where
            elif one in (int, bool):
                assert {"int": "integer", "bool": "boolean"}[one.__name__] in {candidate.get("type") for candidate in there}, where
        assert not objects, f"{where}: the schema has {[sorted(one['properties']) for one in objects]} besides"

    def record(self, kind: type[Any], node: dict[str, Any], where: str) -> None:
        if kind in self.seen:
            return
        self.seen.add(kind)
        assert set(required(kind)) == set(node.get("required", ())), f"{where}: what {kind.__name__} always has"
        hints = typing.get_type_hints(kind)
        for field in fields(kind):
            key = field.metadata.get(KEY, field.name)
            self.holds(hints[field.name], node["properties"][key], f"{where}.{key}")


def test_fields_are_those_of_the_schemas() -> None:
    seen: set[Any] = set()
    for name, parts in {
        "scorecard": {
            "plan": made.PlanReference,
            "assessments": tuple[made.Assessment, ...],
            "summary": made.Summary,
            "findings": tuple[made.Finding, ...],
            "remarks": tuple[made.Remark, ...],
        },
        "difference": {"before": made.Side, "after": made.Side, "changed": tuple[made.Changed, ...], "summary": made.ChangeTally},
        "margins": {"margins": tuple[made.Margin, ...], "plan": made.PlanReference},
    }.items():
        schema = Schema(name)
        properties = schema.root["properties"]
        plain = {"format", "as_of", "known_on", "not_in_force", "plan"}
        assert properties.keys() - plain == parts.keys() - plain, name
        for part, kind in parts.items():
            schema.holds(kind, properties[part], f"{name}.{part}")
        seen |= schema.seen
    assert seen == {one for name in made.__all__ if is_dataclass(one := getattr(made, name))}
