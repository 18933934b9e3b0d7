"""Measures the batch engine beside its peers in one run: back to back and interleaved, and whether they agree."""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import agreement
import data
import oracle
from jobs import Targets
from ours import Ours, forms
from tables import best, timing_table

PEERS = ["polars", "duckdb", "pandas", "numpy", "numba", "pyarrow"]
SERIAL = ["pandas"]  # what has no threads runs in one worker
JOBS = {
    "evaluate": ["friendly", "adversarial"],
    "rollup": ["unsorted", "sorted", "revised"],
    "trajectory": [""],
    "csv": [""],
}
SLOW = 1_000_000_000  # nanoseconds


class Peer:
    """A process with one peer and its number of threads."""

    def __init__(self, name: str, threads: int, directory: Path):
        self.name, self.threads = name, threads
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("peer.py")), name, str(threads), str(directory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} on {self.threads} threads has ended; its message is above")
        return json.loads(line)

    def ask(self, *words):
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


@dataclass
class Task:
    """One form of one peer doing one job; times are nanoseconds of a whole run."""

    peer: str
    name: str
    threads: int
    allocates: bool
    run: object
    save: object
    back_to_back: list[int] = field(default_factory=list)
    interleaved: list[int] = field(default_factory=list)


def tasks_of(job: str, dataset: str, ours: Ours, peers: list[Peer], threads: list[int]) -> tuple[list[Task], list[str]]:
    """All forms that answer, after a first run that nobody times; and our forms that do not answer yet."""
    tasks, silent = [], []
    for name, command, count, allocates in forms(job, dataset, threads):
        if not ours.answers(command):
            silent.append(f"{name}, {count}")
            continue
        ask = " ".join(["results", job, dataset]).strip()
        tasks.append(
            Task(
                "ours",
                name,
                count,
                allocates,
                lambda c=command: ours.nanoseconds(c),
                lambda to, a=ask: ours.ask(f"{a} {to}"),
            )
        )
    for peer in peers:
        for name, allocates in peer.ask("load", job, dataset):
            peer.ask("run", name)
            tasks.append(
                Task(
                    peer.name,
                    name,
                    peer.threads,
                    allocates,
                    lambda p=peer, n=name: p.ask("run", n),
                    lambda to, p=peer, n=name: p.ask("save", n, str(to)),
                )
            )
    return tasks, silent


def measure(tasks: list[Task], repeat: int) -> None:
    """Times every task back to back, then all in turns; what takes longer than a second is run three times at most."""
    rounds = []
    for task in tasks:
        first = task.run()
        rounds.append(repeat if first < SLOW else min(repeat, 3))
        task.back_to_back = [task.run() for _ in range(rounds[-1])]
    for turn in range(repeat):
        for task, count in zip(tasks, rounds, strict=True):
            if turn < count:
                task.interleaved.append(task.run())


def answer(task: Task, job: str, scratch: Path) -> dict:
    """The columns that a task gives; none where it can not tell them."""
    scratch.mkdir(parents=True)
    task.save(scratch.resolve())
    columns = data.read(scratch)
    shutil.rmtree(scratch)
    return agreement.in_order(job, columns) if columns else {}


def agree(job: str, dataset: str, directory: Path, tasks: list[Task]) -> list[str]:
    """How each form differs from ours, or from Numba where ours does not answer; and a sample in fractions.

    One form of ours speaks for all, and one number of threads: they give the same bytes.
    """
    forms = list({(task.peer, task.name): task for task in tasks}.values())
    numba = [task for task in forms if task.peer == "numba" and task.name.startswith(("integers", "dense"))]
    candidates = [task for task in forms if task.peer == "ours"][:1] + numba[:1]
    answers = ((task, answer(task, job, directory / "results")) for task in candidates)
    reference, right = next(((task, columns) for task, columns in answers if columns), (None, {}))
    if reference is None:
        return []

    places, expected = oracle.expected(job, data.read(directory / job / dataset), Targets(directory).meta)
    forms_by_line, beside_fractions = {}, {}
    for task in forms:
        columns = (
            right if task is reference else {} if task.peer == "ours" else answer(task, job, directory / "results")
        )
        if not columns:
            continue
        if task is not reference:
            line = agreement.line(job, right, columns)
            forms_by_line.setdefault((task.peer, line), []).append(task.name)
        if task is reference or "exact" in task.name:
            beside_fractions[task.peer, task.name] = oracle.wrong(columns, places, expected)
    lines = [f"Agreement with {reference.peer} ({reference.name}):", "", *agreement.heads(job)]
    lines += [f"| {peer} | {'; '.join(names)} | {line}" for (peer, line), names in forms_by_line.items()]
    lines += ["", f"Beside fractions, of {len(places):,} rows differ:", ""]
    for (peer, name), wrong in beside_fractions.items():
        lines.append(f"* {peer} ({name}): " + ", ".join(f"{column} {count}" for column, count in wrong.items()))
    return [*lines, ""]


def report(job: str, dataset: str, directory: Path, tasks: list[Task], silent: list[str]) -> list[str]:
    """The tables of one job and data set."""
    meta = Targets(directory).meta
    rows = {
        "evaluate": meta["rows"],
        "rollup": meta["rollup_rows"],
        "trajectory": meta["series"] * meta["points"],
        "csv": meta["csv_rows"],
    }[job]
    what = {
        "rollup": f", {len(meta['targets']) * meta['units']:,} groups",
        "trajectory": f" of {meta['series']:,} series",
    }
    unit = "points" if job == "trajectory" else "rows"
    lines = [f"## {job}{dataset and ', '}{dataset}: {rows:,} {unit}{what.get(job, '')}", ""]
    lines += ["Best of each peer:", "", *timing_table(best(tasks), silent, rows), ""]
    lines += ["All forms:", "", *timing_table(tasks, silent, rows), ""]
    return lines if job == "csv" else lines + agree(job, dataset, directory, tasks)


def machine() -> str:
    model = platform.processor() or platform.machine()
    information = Path("/proc/cpuinfo")
    if information.exists():
        said = [line for line in information.read_text().splitlines() if line.startswith("model name")]
        model = said[0].partition(":")[2].strip() if said else model
    rust = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    versions = ", ".join(f"{name} {version(name)}" for name in PEERS)
    python = f"Python {platform.python_version()}"
    return ", ".join(
        [model, f"{os.cpu_count()} cores", platform.system(), rust, python, versions, f"{time.strftime('%Y-%m-%d')}."]
    )


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000], help="rows of evaluate")
    parser.add_argument("--rollup-rows", type=int, default=10_000_000)
    parser.add_argument("--series", type=int, default=200_000)
    parser.add_argument("--points", type=int, default=60)
    parser.add_argument("--csv-rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=JOBS, help="this job alone")
    parser.add_argument("--peers", nargs="*", default=PEERS, help="these peers alone; of each there is a module NAME_jobs")
    parser.add_argument("--markdown", type=Path, help="write the tables to this file too")
    return parser.parse_args()


def main():
    wanted = arguments()
    root = Path(os.environ.get("CARGO_TARGET_DIR", "target")) / "peers-data"
    shutil.rmtree(root, ignore_errors=True)
    lines = [machine(), ""]
    try:
        for number, rows in enumerate(wanted.rows):
            # The other jobs do not depend on --rows, and are done once.
            jobs = [job for job in JOBS if (number == 0 or job == "evaluate") and wanted.only in (None, job)]
            if not jobs:
                continue
            directory = root / str(rows)
            data.make(directory, rows, wanted.rollup_rows, wanted.series, wanted.points, wanted.csv_rows, wanted.seed)
            ours = Ours(directory)
            peers = [
                Peer(name, threads, directory)
                for name in wanted.peers
                for threads in (wanted.threads[-1:] if name in SERIAL else wanted.threads)
            ]
            for peer in peers:
                peer.answer()
            for job in jobs:
                for dataset in JOBS[job]:
                    tasks, silent = tasks_of(job, dataset, ours, peers, wanted.threads)
                    measure(tasks, wanted.repeat)
                    told = report(job, dataset, directory, tasks, silent)
                    print("\n".join(told), flush=True)
                    lines += told
            for process in [ours, *peers]:
                process.close()
            shutil.rmtree(directory)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print(lines[0])
    if wanted.markdown:
        wanted.markdown.write_text("\n".join(lines).rstrip() + "\n")


if __name__ == "__main__":
    main()
