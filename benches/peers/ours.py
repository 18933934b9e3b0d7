"""The batch engine of this crate: a Rust process that is asked line by line."""

import json
import os
import subprocess
import sys
from pathlib import Path

COMMAND = ["cargo", "bench", "--quiet", "--bench", "columns", "--features", "parallel,csv", "--", "serve"]
# Freed memory is kept and large pages are asked for, as the allocator that Polars brings does.
ALLOCATOR = ":".join(
    f"glibc.malloc.{setting}"
    for setting in ["hugetlb=1", "mmap_max=0", "trim_threshold=68719476736", "top_pad=67108864", "arena_max=1"]
)
SETS = ["avx512", "avx2", "portable"]


def forms(job: str, dataset: str, threads: list[int]) -> list[tuple[str, str, int, bool]]:
    """Each form of a job as (name, command, threads, whether it allocates its result)."""
    ways = {
        "evaluate": ["new", "into"],
        "rollup": ["new"],
        "trajectory": ["new", "into"],
        "csv": ["new"],
    }[job]
    words = f"{job} {dataset}" if dataset else job
    made = [(way, f"{words} {way} {n} auto", n, way == "new") for way in ways for n in threads]
    if job == "evaluate":
        made += [(f"into, {one}", f"{words} into 1 {one}", 1, False) for one in SETS]
    if job == "csv":
        made += [("csv crate", "csv csv-crate 1 auto", 1, True)]
    return made


class Ours:
    """The process with the data of one directory; a command that it does not answer is None."""

    def __init__(self, directory: Path, command: list[str] = COMMAND):
        self.process = subprocess.Popen(
            [*command, str(directory.resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "GLIBC_TUNABLES": ALLOCATOR},
        )

    def ask(self, command: str) -> dict | None:
        try:
            self.process.stdin.write(command + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            return None
        answer = json.loads(line)
        if "error" in answer:
            print(f"ours does not answer {command!r}: {answer['error']}", file=sys.stderr)
            return None
        return answer

    def answers(self, command: str) -> bool:
        return self.ask(command) is not None

    def nanoseconds(self, command: str) -> int:
        answer = self.ask(command)
        if answer is None:
            raise SystemExit(f"ours has stopped to answer {command!r}")
        return answer["nanoseconds"]

    def close(self) -> None:
        try:
            self.process.stdin.write("quit\n")
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait()
