"""The types of the installed package, of its tests, and of what it is built on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=HERE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_package_and_tests_are_typed(tmp_path: Path) -> None:
    strict = ["mypy", "--strict", "--config-file", str(HERE.parent / "pyproject.toml"), "--cache-dir", str(tmp_path)]
    run(*strict, "--package", "attain")
    run(*strict, ".")


def test_the_stub_is_what_was_compiled() -> None:
    run("mypy.stubtest", "attain._attain")
