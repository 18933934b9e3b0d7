"""Measures `attain.columns.evaluate`, from a polars frame and back, beside polars, DuckDB, pandas and NumPy, in one run.

`python3 python/benches/peers.py [--rows N] [--repeat N] …`: makes the environment of `benches/peers`, builds the wheel and puts
it there too, and runs `benches/peers/compare.py` with the package as one more peer, and the Rust engine as ours: the difference
between the two is what the border costs. It needs cargo and Python 3.11 or later with its module `venv`.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MATURIN = "maturin>=1.16,<2"


def main() -> None:
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    python, wheels = target / "peers" / "bin" / "python", target / "peers-wheel"
    subprocess.run(["bash", "benches/peers/install"], cwd=ROOT, check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", MATURIN], check=True)
    for old in wheels.glob("*.whl"):
        old.unlink()
    build = [python, "-m", "maturin", "build", "--profile", "wheel", "--quiet", "--out", wheels, "--interpreter", python]
    subprocess.run(build, cwd=ROOT / "python", check=True)
    (wheel,) = wheels.glob("*.whl")
    install = ["install", "--quiet", "--disable-pip-version-check", "--force-reinstall", "--no-deps", wheel]
    subprocess.run([python, "-m", "pip", *install], check=True)
    job = ["--only", "evaluate", "--peers", "attain", "polars", "duckdb", "pandas", "numpy"]
    sizes = ["--rows", "10000000", "--repeat", "5"]
    # What is said on the command line comes last, and counts.
    command = [python, ROOT / "benches" / "peers" / "compare.py", *job, *sizes, *sys.argv[1:]]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    raise SystemExit(subprocess.run(command, cwd=ROOT, env=environment).returncode)


if __name__ == "__main__":
    main()
