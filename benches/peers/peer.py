"""Serves one peer with a number of threads: peer.py NAME THREADS DIRECTORY. A line of JSON in, a line of JSON out.

["load", JOB, DATASET] answers the variants as [name, allocates]; ["run", VARIANT] does the job once and answers the
nanoseconds; ["save", VARIANT, DIRECTORY] does it once more and writes its result as raw columns.
"""

import gc
import importlib
import json
import os
import sys
import time
from pathlib import Path

name, threads, directory = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
# Read by the libraries when they are imported.
for variable in ["POLARS_MAX_THREADS", "NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"]:
    os.environ[variable] = str(threads)

import data  # noqa: E402
from jobs import Targets  # noqa: E402

module = importlib.import_module(f"{name}_jobs")
targets = Targets(directory)
variants = {}


def load(job: str, dataset: str):
    variants.clear()
    gc.collect()
    offer = getattr(module, job, None)
    if offer is None:
        return []
    if job == "csv":
        made = offer(directory / "facts.csv", targets, threads)
    else:
        made = offer(data.read(directory / job / dataset), targets, threads)
    variants.update((one.name, one) for one in made)
    return [[one.name, one.allocates] for one in made]


def run(variant: str):
    call = variants[variant].call
    start = time.perf_counter_ns()
    result = call()
    stop = time.perf_counter_ns()
    del result  # freeing is not part of the time
    return stop - start


def save(variant: str, to: str):
    one = variants[variant]
    data.write(Path(to), one.columns(one.call()))


gc.disable()
print(json.dumps("ready"), flush=True)
for line in sys.stdin:
    command, *words = json.loads(line)
    print(json.dumps({"load": load, "run": run, "save": save}[command](*words)), flush=True)
