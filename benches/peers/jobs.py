"""What the jobs ask, in the words all peers share: targets as arrays, the weights of a line, and a variant of a job."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

MET, MISSED, NOT_APPLICABLE = 0, 1, 2
ON_TRACK, AT_RISK, OFF_TRACK = 0, 1, 2
STEPS_A_YEAR = 365.2425  # a step of a trajectory is a day to ours, whose rates are in units a year
PLACES = 10**12  # a quotient in fixed point is a whole number of these parts
UNDEFINED = -(2**63)  # of a quotient in fixed point


@dataclass
class Variant:
    """One way of doing a job: `call` is what is timed, `columns` reads its result as arrays, untimed.

    `allocates` says whether the result is written into fresh memory or into buffers that were there before.
    """

    name: str
    call: Callable[[], Any]
    columns: Callable[[Any], dict[str, np.ndarray]] = field(default=lambda result: result)
    allocates: bool = True


class Targets:
    """Meta.json, its targets as arrays by code.

    `sign` is 1 for at_least and −1 for at_most. With t = threshold · 100 and p = sign · (t · D − 10 000 · N) a row is
    met where p ≤ 0 and short by ⌈max(p, 0) / 10 000⌉ cases; `signed_hundredths` and `signed_scale` are sign · t and
    sign · 10 000. Where `maintained`, the baseline meets the threshold already, and the path is T on every day: so
    `start`, where a path begins, is the baseline, and T where it is maintained.
    """

    def __init__(self, directory: Path):
        self.meta = json.loads((directory / "meta.json").read_text())
        targets = self.meta["targets"]
        self.threshold = np.array([float(t["threshold"]) for t in targets])
        self.hundredths = np.array([int(Fraction(t["threshold"]) * 100) for t in targets])
        self.baseline_hundredths = np.array([int(Fraction(t["baseline"]) * 100) for t in targets])
        self.sign = np.array([1 if t["requirement"] == "at_least" else -1 for t in targets])
        self.signed_hundredths = self.sign * self.hundredths
        self.signed_scale = self.sign * 10_000
        self.maintained = self.sign * (self.baseline_hundredths - self.hundredths) >= 0
        self.start = np.where(self.maintained, self.threshold, self.baseline_hundredths / 100)

    def columns(self) -> dict[str, np.ndarray]:
        """A row for each target, for peers that join."""
        return {
            "target": np.arange(len(self.sign), dtype=np.uint32),
            "threshold": self.threshold,
            "start": self.start,
            "sign": self.sign,
            "signed_hundredths": self.signed_hundredths,
            "signed_scale": self.signed_scale,
            "maintained": self.maintained.astype(np.uint8),
        }

    def projection_weights(self) -> np.ndarray:
        """The least squares line of y over x = 0..points−1, read at `due`, is the sum of weight · y.

        The weight of a point is 1/n + (due − x̄)(x − x̄)/Sxx.
        """
        x = np.arange(self.meta["points"])
        centred = x - x.mean()
        return 1 / len(x) + (self.meta["due"] - x.mean()) * centred / (centred @ centred)
