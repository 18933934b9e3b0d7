"""What several tests stand on: the repository's documents, the tool, and walks through records."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from attain import Facts, Plan, Scorecard

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
#: The shipped facts end here.
DAY = "2025-09-30"


def shipped(as_of: str = DAY, known_on: str | None = None) -> Scorecard:
    """The scorecard of Decision 333."""
    plan = Plan.decision_333()
    return plan.assess(Facts.decision_333(plan), as_of=as_of, known_on=known_on)


def documents(seed: int) -> tuple[str, str, str, str]:
    """A random plan in TOML, its facts in CSV, the day and the day up to which records are known; always the same of a seed."""
    folder = str(ROOT / "tests" / "reference")
    if folder not in sys.path:
        sys.path.append(folder)
    made: tuple[str, str, str, str] = importlib.import_module("generate").case(seed)
    return made


def random_card(seed: int) -> Scorecard:
    """The scorecard of random documents."""
    toml, csv, as_of, known_on = documents(seed)
    plan = Plan.from_toml(toml)
    return plan.assess(Facts.from_csv(plan, csv), as_of=as_of, known_on=known_on)


def told(*arguments: str | Path) -> bytes:
    """What the tool writes."""
    tool = os.environ.get("ATTAIN_TOOL")
    if not tool or not Path(tool).is_file():
        pytest.fail(
            f"ATTAIN_TOOL is {tool!r}; expected the path of the tool, which "
            "'cargo build --release --features junit,sarif --example assess' leaves at target/release/examples/assess"
        )
    done = subprocess.run([tool, *map(str, arguments)], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def records(value: object) -> Iterator[Any]:
    """Every record in a value, itself included."""
    if is_dataclass(value) and not isinstance(value, type):
        yield value
        for one in fields(value):
            yield from records(getattr(value, one.name))
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from records(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from records(inner)
