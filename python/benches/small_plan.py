"""Measures what assessing one small plan costs from Python, beside the same in Rust, taking turns in one run.

`python3 python/benches/small_plan.py`: installs the package from the clone into an environment of its own, builds
`benches/small_plan.rs`, and prints medians in microseconds. It needs cargo and Python 3.11 or later with its module `venv`.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
DAY = "2025-12-31"
PLAN = """
format = "attain-plan/1"
[plan]
id = "small"
owner = "office"
start = "2025-01-01"
[[indicators]]
id = "online"
kind = "share"
reported = "quarter"
[[indicators]]
id = "posts"
kind = "stock"
reported = "year"
[[targets]]
id = "online-2025"
indicator = "online"
at_least = 80
by = "2025"
[[targets]]
id = "posts-2025"
indicator = "posts"
at_most = 46
by = "2025"
"""
FACTS = """indicator,unit,period,part,whole,value
online,office,2025-Q1,90,100,
online,office,2025-Q2,80,100,
online,office,2025-Q3,79,100,
online,office,2025-Q4,81,100,
posts,office,2025,,,46
"""


def measure() -> None:
    """Takes turns with the Rust process."""
    import attain

    with tempfile.TemporaryDirectory() as folder:
        plan, facts = Path(folder, "plan.toml"), Path(folder, "facts.csv")
        plan.write_text(PLAN, encoding="utf-8")
        facts.write_text(FACTS, encoding="utf-8")
        command = ["cargo", "bench", "--quiet", "--bench", "small_plan", "--", plan, facts, DAY]
        rust = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        held = attain.Plan.read(plan)
        known = attain.Facts.read(held, facts)
        assert [one.status.value for one in held.assess(known, as_of=DAY)] == ["met", "met"]

        def from_rust(times: int) -> float:
            assert rust.stdin is not None and rust.stdout is not None
            rust.stdin.write(f"{times}\n")
            rust.stdin.flush()
            return int(rust.stdout.readline()) / 1000

        def from_python(times: int, look: bool) -> float:
            start = time.perf_counter_ns()
            for _ in range(times):
                card = held.assess(known, as_of=DAY)
                if look:
                    [one.status for one in card]
            return (time.perf_counter_ns() - start) / times / 1000

        forms = {
            "Rust": from_rust,
            "Python": lambda times: from_python(times, False),
            "Python, all assessments read": lambda times: from_python(times, True),
        }
        for form in forms.values():
            form(2_000)
        taken = {name: [] for name in forms}
        for _ in range(15):
            for name, form in forms.items():
                taken[name].append(form(2_000))
        least = median(taken["Rust"])
        for name, times in taken.items():
            middle = median(times)
            print(f"{name}: {middle:.1f} us ({min(times):.1f} to {max(times):.1f}), {middle / least:.2f} times Rust")
        rust.stdin.close()
        rust.wait()


def main() -> None:
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "small-plan"
    if not (target / "bin").exists():
        subprocess.run([sys.executable, "-m", "venv", target], check=True)
    pip = [target / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--force-reinstall"]
    subprocess.run([*pip, "--no-deps", ROOT / "python"], check=True)
    raise SystemExit(subprocess.run([target / "bin" / "python", __file__, "measure"], cwd=target).returncode)


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["measure"] else main()
