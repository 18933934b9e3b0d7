"""``python -m attain assess`` against the library's own tool: standard output, standard error and exit status, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLAN, FACTS = "plans/decision-333.toml", "plans/decision-333.facts.csv"
GIVEN = (PLAN, FACTS, "--as-of", "2025-09-30")

#: Each needs no clock.
ASKED: list[tuple[str | bytes, ...]] = [
    (),
    ("--lang", "en"),
    ("--help",),
    ("-h", "--bogus"),
    ("--check", "--lang=en"),
    ("--check", "--strict", "--format", "csv"),
    ("--check", "--unit", "so-khcn", "--format", "markdown"),
    (*GIVEN, "--format", "json", "--only", "bad,warning"),
    (*GIVEN, "--format", "junit", "--lang", "en", "--check"),
    (*GIVEN, "--format", "sarif", "--only", "missed"),
    ("--format", "sarif", "--lang", "en"),
    (*GIVEN, "--known-on", "2025-01-31", "--only", "good", "--only", "no_data"),
    (*GIVEN, "--waivers", "examples/compliance/waivers.toml", "--check", "--lang", "en", "--format", "csv"),
    ("--explain", "A10", "--lang", "en", "--only", "missed"),
    ("--explain", "T25", "--format", "markdown"),
    ("--since", "2025-06-30", "--as-of", "2025-07-31", "--lang", "en"),
    ("--since", "2025-06-30", "--format", "json", "--only", "bad", "--unit", "so-khcn"),
    ("--since", "2025-06-30", "--since-known-on", "2025-09-30", "--format", "markdown", "--check"),
    (*GIVEN, "--since-plan", PLAN, "--since-known-on", "2024-12-31"),
    (*GIVEN, "--since-facts", FACTS, "--known-on", "2025-01-01"),
    ("--since-plan", "./" + PLAN, "--known-on", "2025-01-01"),
    ("--margins", "--lang", "en", "--only", "bad"),
    ("--margins", "--format", "json", "--unit", "so-khcn", "--only", "met"),
    ("--contributions", "T32"),
    ("--contributions", "T32", "--format", "markdown", "--lang", "en"),
    ("--contributions", "T32", "--format", "json"),
    ("--", PLAN, FACTS, "--as-of"),
    # What is refused.
    ("--explain", "none"),
    ("--contributions", "none"),
    ("--unit", "none"),
    ("--bogus",),
    ("--bogus=1",),
    ("-x",),
    ("-xh",),
    ("--lang",),
    ("--lang", "fr"),
    ("--lang=",),
    ("--format", "yaml"),
    ("--only", "bad,fine"),
    ("--only", ""),
    ("--as-of", "2025-02-30"),
    ("--as-of", "20250930"),
    ("--as-of", "0000-01-01"),
    ("--check=yes",),
    ("--check=\"a\\b\tc\"",),
    ("--check=Vi\u1ec7t",),
    ("--unit", b"\xff\"x"),
    (b"--\xff",),
    ("--explain", "A10", "--margins"),
    ("--margins", "--since", "2025-06-30"),
    ("--explain", "A10", "--format", "json"),
    ("--margins", "--format", "csv"),
    (PLAN,),
    (PLAN, FACTS, FACTS),
    ("none.toml", FACTS),
    (PLAN, "plans"),
    (b"\xff.toml", FACTS),
    (FACTS, FACTS),
    (PLAN, PLAN),
    ("./" + PLAN, "schemas/attain-facts-1.schema.json"),
    (*GIVEN, "--waivers", PLAN),
    (*GIVEN, "--since-facts", PLAN),
]


@pytest.fixture(scope="session")
def tool() -> str:
    """The library's own tool."""
    path = os.environ.get("ATTAIN_TOOL")
    if not path:
        pytest.fail(
            "ATTAIN_TOOL is not set; expected the path of the tool that "
            "`cargo build --release --features junit,sarif --example assess` builds (target/release/examples/assess)",
            pytrace=False,
        )
    return os.path.abspath(path)


def command(*arguments: str | bytes) -> list[str | bytes]:
    """The command of the package."""
    return [sys.executable, "-m", "attain", *arguments]


@pytest.mark.parametrize("asked", ASKED, ids=[" ".join(map(os.fsdecode, asked)).encode("ascii", "replace").decode() or "nothing" for asked in ASKED])
def test_it_says_what_the_tool_says(tool: str, asked: tuple[str | bytes, ...]) -> None:
    expected = subprocess.run([tool, *asked], cwd=ROOT, capture_output=True, check=False)
    found = subprocess.run(command("assess", *asked), cwd=ROOT, capture_output=True, check=False)
    assert found.stderr.decode(errors="replace") == expected.stderr.decode(errors="replace")
    assert (found.returncode, found.stdout, found.stderr) == (expected.returncode, expected.stdout, expected.stderr)
    assert expected.returncode in (0, 1, 2)


@pytest.mark.parametrize("arguments", [("assess",), ("assess", "--check", "--lang", "en")])
def test_a_reader_that_has_seen_enough_is_no_fault(tool: str, arguments: tuple[str, ...]) -> None:
    def run(program: list[str | bytes]) -> tuple[int, bytes]:
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as closed:
            done = subprocess.run(program, cwd=ROOT, stdout=closed, stderr=subprocess.PIPE, check=False)
        return done.returncode, done.stderr

    assert run(command(*arguments)) == run([tool, *arguments[1:]])


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device here that is always full")
def test_standard_output_that_can_not_be_written_is_a_fault(tool: str) -> None:
    def run(program: list[str | bytes]) -> tuple[int, bytes]:
        with open("/dev/full", "wb") as full:
            done = subprocess.run(program, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False)
        return done.returncode, done.stderr

    found = run(command("assess", "--check"))
    assert found == run([tool, "--check"])
    assert found == (2, b"standard output: No space left on device (os error 28)\n")


@pytest.mark.parametrize("arguments", [(), ("judge",), ("--lang", "en")])
def test_another_command_is_refused(arguments: tuple[str, ...]) -> None:
    found = subprocess.run(command(*arguments), cwd=ROOT, capture_output=True, check=False)
    assert (found.returncode, found.stdout) == (2, b"")
    assert found.stderr.startswith("expected a command: attain assess …".encode())
