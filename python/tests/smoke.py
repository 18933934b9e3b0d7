"""That the package works in an interpreter with nothing else: prints the hash of the shipped scorecard's JSON."""

from __future__ import annotations

import copy
import hashlib
import pickle
from decimal import Decimal
from fractions import Fraction

import attain

plan = attain.Plan.decision_333()
facts = attain.Facts.decision_333(plan)
card = plan.assess(facts, as_of="2025-09-30")
assert len(card) == 220 and len(facts) > 100
a10 = card.of("A10", period="2023")
assert a10.status is attain.Status.MISSED and a10.actual.value == Decimal("79.96")
assert a10.exact("actual.value") == Fraction(1999, 25)
assert a10.cases and a10.cases.short_by == 1

check, margins, difference = card.check(), card.margins(), card.since(plan.assess(facts, as_of="2025-06-30"))
assert not check.is_passed and len(margins) > 0 and len(difference) > 0
for one in (plan, facts, card, a10, check, margins, difference, attain.Undefined(attain.Reason.ZERO_WHOLE)):
    for again in (pickle.loads(pickle.dumps(one)), copy.deepcopy(one)):
        assert again == one and hash(again) == hash(one)

rows: list[dict[str, str | Decimal]] = [{"indicator": "par-index", "period": "2024", "value": Decimal("85.12")}]
assert len(attain.Facts.from_rows(plan, rows)) == 1
try:
    attain.Facts.from_rows(plan, [{"indicator": "par-index", "period": "2024", "value": 85.12}])  # type: ignore[dict-item]
except attain.NotExactError as error:
    assert "the float 85.12" in str(error)
else:
    raise AssertionError("a float was taken")
try:
    attain.Plan.from_toml("format = 1\n")
except attain.AttainError as error:
    assert error.faults[0].line == 1
else:
    raise AssertionError("a bad plan was taken")

documents = (card.to_json(), card.to_text("vi"), check.to_junit("en"), margins.to_json(), difference.to_json(), plan.to_json())
print(hashlib.sha256("".join(documents).encode()).hexdigest())
