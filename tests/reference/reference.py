#!/usr/bin/env python3
"""An independent reference of SEMANTICS sections 1-8, 11 and 12, for testing.

Exact: Fraction and int only (but compound paths, path.py).  `python3 reference.py PLAN.toml FACTS.csv --as-of D --known-on D`
Where the page leaves a choice, the comment says READING; the full list is in READINGS.md beside this file.
"""
import argparse
import csv
import json
import sys
import tomllib
from datetime import date
from fractions import Fraction as F

import path as course
import periods as P

ORDER = ("zero_whole no_cases_yet bare_share no_baseline no_threshold target_equals_baseline baseline_meets_target "
         "no_single_direction negative_value zero_target zero_actual not_a_ratio not_countable no_outlook outlook_exceeded "
         "no_remaining never no_planned_progress single_fact recurring period_incomplete beyond_target no_unique_day "
         "not_moving no_time_left earlier_period nothing_due_yet report_overdue undated too_few_points constant_series "
         "equal_dates non_positive at_bound no_population decided before_baseline decided_by_rounding within_tolerance").split()
MEASURES = {
    "share": ("part", "whole"), "ratio": ("numerator", "denominator"), "mean": ("total", "weight"),
    "flow": ("value",), "stock": ("value",), "index": ("value",), "survey": ("positive", "valid"),
    "on_time": ("in_time", "late", "overdue", "not_due"), "deliverable": (),
}
BARE = ("share", "survey", "on_time")
LAST = ("stock", "index")
REQUIREMENTS = ("at_least", "at_most", "above", "below", "exactly", "between", "reduce_by", "increase_by", "improve", "deliver")
GROUP = {"met": "good", "secured": "good", "met_so_far": "good", "missed": "bad", "lost": "bad",
         "on_track": "good", "at_risk": "warning", "off_track": "bad"}
YEAR = F(3652425, 10000)             # days, for rates
NO_PATH_REQUIREMENTS = ("exactly", "between", "improve", "deliver")
NUMBERS = ("expected", "planned_progress", "pace", "lead_days", "observed_rate", "required_rate", "acceleration_needed")


class Undefined:
    """Section 1.6: what can not be computed is a typed reason."""
    def __init__(self, reason):
        self.reason = reason


def ok(x):
    return not isinstance(x, Undefined)


def num(x):
    """Section 1.1: a number is its text."""
    if isinstance(x, bool):
        raise ValueError("not a number")
    return F(x)


def fmt(x):
    """Section 1.3: 12 places, half away from zero, no trailing zeros."""
    x = F(x)
    n = (abs(x.numerator) * 10**12 * 2 + x.denominator) // (2 * x.denominator)
    whole, frac = divmod(n, 10**12)
    text = str(whole) + ("." + f"{frac:012d}".rstrip("0") if frac else "")
    return "-" + text if x < 0 and n else text


def ceil(x):
    return -((-x.numerator) // x.denominator) if isinstance(x, F) else x


def floor(x):
    return x.numerator // x.denominator if isinstance(x, F) else x


def round_to(x, scale):
    """Section 1.5: half away from zero at a scale."""
    m = 10**scale
    n = (abs(F(x)) * m * 2 + 1) // 2
    return F(n, m) if x >= 0 else F(-n, m)


def as_date(x):
    return x if isinstance(x, date) or x is None else date.fromisoformat(x)


# ---------------------------------------------------------------- facts (section 5)

class Fact:
    def __init__(self, row, plan):
        self.indicator = row["indicator"]
        self.unit = row.get("unit") or plan.owner
        self.kind = plan.indicators[self.indicator]["kind"]
        self.period = plan.cal.parse(row["period"])
        self.state = row.get("state") or "final"          # READING: default state
        self.done_on = as_date(row.get("done_on") or None)
        self.through = as_date(row.get("through") or None)
        self.recorded = as_date(row.get("recorded_on") or None)
        self.values = {k: F(row[k]) for k in
                       ("value", "part", "whole", "numerator", "denominator", "total", "weight", "positive", "valid",
                        "population", "in_time", "late", "overdue", "not_due") if row.get(k)}
        # the day it stands at
        self.stands = self.done_on or self.through or self.period.last
        self.known = self.recorded or self.stands

    @property
    def reported(self):
        return self.state != "missing"

    @property
    def na(self):
        return self.state == "not_applicable"

    @property
    def measured(self):
        return self.state not in ("missing", "not_applicable")

    @property
    def bare(self):
        return self.kind in BARE and self.measured and MEASURES[self.kind][0] not in self.values

    @property
    def days(self):
        return (self.stands - self.period.first).days + 1


class Ledger:
    """Records by indicator, unit and period; the two times."""
    def __init__(self, facts, as_of, known_on):
        self.as_of, self.known_on = as_of, known_on
        self.actual, self.expected = {}, {}
        for f in facts:
            store = self.expected if f.state == "expected" else self.actual
            store.setdefault((f.indicator, f.unit), {}).setdefault((f.period.first, f.period.last), []).append(f)
        self.cache = {}

    def at(self, as_of):
        other = object.__new__(Ledger)
        other.as_of, other.known_on, other.actual, other.expected, other.cache = as_of, self.known_on, self.actual, self.expected, {}
        return other

    def facts(self, indicator, unit, freeze=False):
        """One record a period: the latest known, or for a frozen baseline the first final, else the first."""
        key = (indicator, unit, freeze)
        if key not in self.cache:
            out = []
            for records in self.actual.get((indicator, unit), {}).values():
                seen = sorted((f for f in records if f.known <= self.known_on and f.stands <= self.as_of), key=lambda f: f.known)
                if not seen:
                    continue
                if freeze:
                    finals = [f for f in seen if f.state == "final"]
                    usable = [f for f in seen if f.reported]     # READING: a missing record is not the first record
                    out.append((finals or usable or seen)[0])
                else:
                    out.append(seen[-1])
            self.cache[key] = sorted(out, key=lambda f: (f.period.first, f.period.last))
        return self.cache[key]

    def expected_fact(self, indicator, unit, period):
        records = self.expected.get((indicator, unit), {}).get((period.first, period.last), [])
        seen = [f for f in records if f.known <= self.known_on]
        return max(seen, key=lambda f: f.known) if seen else None


# ---------------------------------------------------------------- figures: combining over time and units (sections 3, 5, 12)

class Figure:
    """What is reported for one unit and one period."""
    def __init__(self, kind, period):
        self.kind, self.period = kind, period
        self.comps = None            # measures, summed
        self.bare = None             # a percentage reported alone
        self.bare_mix = False        # bare percentages that would have to be combined
        self.covered = 0
        self.full = False
        self.na = False              # all of it says not applicable
        self.on = None
        self.provisional = False
        self.facts = []
        self.exact = False
        self.coverage = (0, 0, [])
        self.weighted = None         # survey over units, weighted by population
        self.people = None           # the population behind that
        self.below = None            # rolled up: the figures of the children
        self.excused = False         # some fact says not applicable

    @property
    def measured(self):
        return self.comps is not None or self.bare is not None or self.bare_mix

    def denominator(self):
        c = self.comps
        if c is None:
            return None
        return {"share": lambda: c["whole"], "ratio": lambda: c["denominator"], "mean": lambda: c["weight"],
                "survey": lambda: c["valid"], "on_time": lambda: c["in_time"] + c["late"] + c["overdue"]}.get(self.kind, lambda: None)()

    def zero(self):
        return self.denominator() == 0

    def keys(self):
        """Which facts with figures are behind it: (indicator, unit, first, last)."""
        return {(f.indicator, f.unit, f.period.first, f.period.last) for f in self.facts if f.measured}

    def silent(self):
        """Whether a unit below says nothing: neither a figure nor, of any days, that it does not apply."""
        return self.below is not None and any(g.silent() or (not g.measured and not g.says_na()) for g in self.below)

    def says_na(self):
        return self.excused or (self.below is not None and any(g.says_na() for g in self.below))

    def uneven(self):
        """Whether units below cover different numbers of days, so that there is no one share of the period."""
        return self.below is not None and (any(g.uneven() for g in self.below) or len({g.covered for g in self.below if not (g.na and g.kind in LAST)}) > 1)

    def part_of(self, phases):
        """The share of the period that is covered: by days, or by phases [(sub-period, share)] (section 8)."""
        if phases is None:
            return F(self.covered, self.period.days)
        if self.below is not None:
            return min(g.part_of(phases) for g in self.below)
        return sum((share * F(sum(overlap(sub, f) for f in self.facts), sub.days) for sub, share in phases), F(0))

    def answered(self):
        return self.comps["population"] if self.people is None else self.people

    def value(self):
        """The number of the kind's formula, or why there is none."""
        if self.bare_mix:
            return Undefined("bare_share")
        if self.bare is not None:
            return self.bare
        if self.comps is None:
            return Undefined("none")
        d = self.denominator()
        if d is None:
            return self.comps["value"]
        if d == 0:
            return Undefined("zero_whole")
        if self.weighted is not None:
            return self.weighted
        n = self.comps[MEASURES[self.kind][0]]
        return n / d if self.kind == "mean" else 100 * n / d


def overlap(period, fact):
    """Days of the period that the fact covers, up to `through`."""
    return max(0, (min(period.last, fact.stands) - max(period.first, fact.period.first)).days + 1)


def best_set(facts):
    """Disjoint facts that cover most days; then fewest; then the coarser earlier one (section 5)."""
    facts = sorted(facts, key=lambda f: (f.period.first, f.period.last))
    memo = {}

    def better(a, b):          # (days, count, ((length, start), ...), facts)
        if a[0] != b[0]:
            return a[0] > b[0]
        if a[1] != b[1]:
            return a[1] < b[1]
        return a[2] > b[2]

    def best(i):
        if i == len(facts):
            return (0, 0, (), ())
        if i in memo:
            return memo[i]
        f = facts[i]
        j = i + 1
        while j < len(facts) and facts[j].period.first <= f.period.last:
            j += 1
        rest = best(j)
        take = (rest[0] + f.days, rest[1] + 1, ((f.period.days, -f.period.first.toordinal()),) + rest[2], (f,) + rest[3])
        skip = best(i + 1)
        memo[i] = take if better(take, skip) else skip
        return memo[i]

    return list(best(0)[3])


def combine(ind, period, facts, as_of):
    """One unit, one period: the figure of its own facts."""
    kind = ind["kind"]
    inside = [f for f in facts if f.reported and period.contains(f.period)]
    if ind.get("periods_overlap"):
        inside = [f for f in inside if f.period.same(period) and not overlap_zero(ind, f, as_of)]
    if kind in LAST:
        return combine_last(kind, period, inside)
    exact = [f for f in inside if f.period.same(period)]
    return combine_sum(ind, period, exact or best_set(inside), bool(exact))


def overlap_zero(ind, f, as_of):
    """Section 3, periods_overlap: 0 of 0 in a period that ends after as_of is missing."""
    if not f.measured or f.bare or f.period.last <= as_of or ind["kind"] in ("flow", "stock", "index"):
        return False
    return all(f.values.get(k, 0) == 0 for k in MEASURES[ind["kind"]])


def combine_last(kind, period, inside):
    """Stock and index: the latest figure; of several on one day the one with the longest period."""
    fig = Figure(kind, period)
    nas = [f for f in inside if f.na]
    live = [f for f in inside if f.measured]
    fig.excused = bool(nas)
    if any(f.period.same(period) for f in live):
        fig.na = False                                                  # READING: a figure for exactly the period is preferred
    elif any(f.period.same(period) for f in nas):
        fig.na, fig.full = True, any(f.period.same(period) and f.stands == period.last for f in nas)
    else:
        fig.na = fig.full = sum(f.days for f in best_set(nas)) == period.days
    if fig.na:
        fig.facts, fig.exact = nas, True
        return fig
    if live:
        f = max(live, key=lambda f: (f.stands, f.period.days))
        fig.comps, fig.on, fig.facts = {"value": f.values["value"]}, f.stands, [f]
        fig.provisional = f.state == "provisional"
        fig.full = f.stands == period.last
        fig.exact = f.period.same(period)
        fig.covered = period.days if fig.full else (f.stands - period.first).days + 1
    return fig


def combine_sum(ind, period, chosen, exact):
    kind = ind["kind"]
    fig = Figure(kind, period)
    fig.facts, fig.exact = chosen, exact
    fig.covered = sum(f.days for f in chosen)
    fig.full = bool(chosen) and fig.covered == period.days
    live = [f for f in chosen if f.measured]
    fig.na = bool(chosen) and not live and (exact or fig.full)
    if not live:
        return fig
    fig.on = max(f.stands for f in live)
    fig.provisional = any(f.state == "provisional" for f in live)       # READING: estimated is not provisional
    if any(f.bare for f in live):
        if len(live) == 1:
            fig.bare = live[0].values["value"]
        else:
            fig.bare_mix = True
        return fig
    fig.comps = add_over_time(ind, live)
    return fig


def add_over_time(ind, live):
    kind = ind["kind"]
    comps = {k: sum((f.values[k] for f in live), F(0)) for k in MEASURES[kind]}
    last = max(live, key=lambda f: f.stands)
    if kind == "on_time" and not ind.get("cohort"):
        comps["overdue"], comps["not_due"] = last.values["overdue"], last.values["not_due"]
    if kind == "survey" and "population" in last.values:
        comps["population"] = last.values["population"]                 # READING: population of the last period
    return comps


def add_over_units(kind, period, figs):
    """Section 12: a parent from the data below it."""
    out = Figure(kind, period)
    live = [g for g in figs if g.measured]
    out.below = figs
    out.full = all(g.full for g in figs)
    out.na = all(g.na for g in figs)
    out.covered = min(g.covered for g in figs)
    out.facts = [f for g in figs for f in g.facts]
    out.coverage = (sum(g.coverage[0] for g in figs), sum(g.coverage[1] for g in figs), [m for g in figs for m in g.coverage[2]])
    if not live:
        return out
    out.on = max(g.on for g in live)
    out.provisional = any(g.provisional for g in live)
    if any(g.comps is None for g in live):
        if len(live) == 1:
            out.bare, out.bare_mix = live[0].bare, live[0].bare_mix
        else:
            out.bare_mix = True
        return out
    keys = MEASURES[kind]
    out.comps = {k: sum((g.comps[k] for g in live), F(0)) for k in keys}
    if kind == "survey" and all("population" in g.comps for g in live):
        weigh = [g for g in live if g.comps["valid"] != 0]
        # The people of units where somebody answered, however deep they lie: nesting plays no part.
        total = sum((g.answered() for g in weigh), F(0))
        out.comps["population"] = sum((g.comps["population"] for g in live), F(0))
        if total:
            out.people = total
            out.weighted = sum((g.answered() * g.value() for g in weigh), F(0)) / total
    return out


class Plan:
    def __init__(self, d):
        self.d = d
        self.owner = d["plan"]["owner"]
        self.start = as_date(d["plan"].get("start"))
        self.cal = P.Calendar(d["plan"].get("calendar", "gregorian"))
        self.units = [u["id"] for u in d.get("units", [])] or [self.owner]
        self.children = {u: [c["id"] for c in d.get("units", []) if c.get("parent") == u] for u in self.units}
        self.indicators = {i["id"]: i for i in d["indicators"]}
        self.targets = d.get("targets", [])
        self.rounding = d["plan"].get("compare_rounded")
        bands = d["plan"].get("pace_bands", {})
        self.bands = num(bands.get("on_track", "0.95")), num(bands.get("at_risk", "0.60"))


class Reader:
    """Figures of a unit for a period, with the findings that reading them gives."""
    def __init__(self, plan, ledger, findings):
        self.plan, self.ledger, self.findings = plan, ledger, findings

    def figure(self, ind, unit, period, freeze=False, note=False):
        led = self.ledger
        own_facts = led.facts(ind["id"], unit, freeze)
        own = combine(ind, period, own_facts, led.as_of)
        own.coverage = self.coverage(ind, period, own, own_facts)
        if note:
            self.note_parts(ind, unit, period, own, own_facts)
        kids = self.plan.children.get(unit, [])
        if not kids or ind["kind"] in ("index", "deliverable"):
            return own
        below = [self.figure(ind, k, period, freeze, note) for k in kids]
        for k, g in zip(kids, below):
            name_missing(ind, k, g, bool(self.plan.children.get(k)))
        total = add_over_units(ind["kind"], period, below)
        if own.na or (own.exact and own.measured):
            if note:
                self.note_children(ind, unit, period, own, below, total)
            return own
        if total.measured or not own.measured:
            return total
        return own

    def coverage(self, ind, period, fig, facts):
        """Sub-periods reported, expected by as_of, and missing (sections 3, 5)."""
        if "reported" not in ind:
            return (len(fig.facts), len(fig.facts), [])
        reported, expected, missing = 0, 0, []
        due_days = ind.get("report_due_days", 0)
        for sub in self.plan.cal.inside(ind["reported"], period):
            due = P.plus(sub.last, due_days) <= self.ledger.as_of
            there = is_reported(ind["kind"], sub, fig, facts)
            reported += there
            expected += due
            if due and not there:
                missing.append(sub.label)
        return (reported, expected, missing)

    def note_parts(self, ind, unit, period, own, facts):
        """coarse_fine_mismatch (section 5): the exact fact against its parts that cover the same days."""
        if not own.exact or own.comps is None or ind.get("periods_overlap"):
            return
        inside = [f for f in facts if f.reported and period.contains(f.period) and not f.period.same(period)]
        fact = own.facts[0]
        if ind["kind"] in LAST:
            parts = combine_last(ind["kind"], period, inside)
            if parts.comps is None or parts.on != own.on:
                return
        else:
            chosen = best_set([f for f in inside if f.stands <= fact.stands])
            parts = combine_sum(ind, period, chosen, False)
            if parts.comps is None or parts.covered != fact.days:
                return
        self.compare("coarse_fine_mismatch", ind, unit, period, own, parts)

    def note_children(self, ind, unit, period, own, below, total):
        """parent_children_mismatch (section 12): only where the children cover the same days."""
        if own.comps is None or total.comps is None:
            return
        if all(g.covered == own.covered for g in below):
            self.compare("parent_children_mismatch", ind, unit, period, own, total)

    def compare(self, code, ind, unit, period, a, b):
        keys = MEASURES[ind["kind"]]
        if any(a.comps[k] != b.comps[k] for k in keys):
            both = [" / ".join(fmt(x.comps[k]) for k in keys) for x in (a, b)]
            self.findings.add(code, f"{ind['id']} {unit} {period.label}", f"{both[0]} against {both[1]}")


def is_reported(kind, sub, fig, facts):
    if kind in LAST:
        return any(f.reported and sub.contains(f.period) and f.stands == sub.last or
                   f.reported and f.stands == sub.last and fig.period.contains(f.period) for f in facts)
    spans = [(f.period.first, f.stands) for f in fig.facts]
    return P.covered(sub, spans)


def name_missing(ind, unit, fig, nested):
    """Missing children are named (section 12)."""
    r, e, m = fig.coverage
    if nested:
        return
    if "reported" in ind:
        fig.coverage = (r, e, [f"{unit} {x}" for x in m])
    elif not fig.facts:
        fig.coverage = (r, e + 1, [unit])


class Findings:
    def __init__(self):
        self.items = []

    def add(self, code, where, detail=""):
        if not any(i["code"] == code and i["where"] == where for i in self.items):
            self.items.append({"code": code, "where": where, "detail": detail})


# ---------------------------------------------------------------- requirement, test, gap (sections 4, 6)

def requirement(t):
    for name in REQUIREMENTS:
        if name in t:
            return name, t[name]
    raise ValueError("a target without a requirement")


def side(req, ind):
    """+1: higher is better; -1: lower is better; 0: no single direction."""
    if req in ("at_least", "above", "increase_by"):
        return 1
    if req in ("at_most", "below", "reduce_by"):
        return -1
    if req == "improve":
        return -1 if ind.get("direction") == "decrease" else 1
    return 0


def threshold(req, arg, base):
    """T, or (L, H), or a reason.  improve: T = B (READING)."""
    if req == "between":
        return (num(arg[0]), num(arg[1]))
    if req == "deliver":
        return Undefined("no_threshold") if arg is True else num(arg)
    if req == "improve":
        return base if ok(base) else Undefined("no_baseline")
    if req in ("reduce_by", "increase_by"):
        if not ok(base):
            return Undefined("no_baseline")
        amount = abs(base) * F(arg[:-1].strip()) / 100 if isinstance(arg, str) and arg.endswith("%") else num(arg)
        return base - amount if req == "reduce_by" else base + amount
    return num(arg)


def holds(req, sgn, a, T, tau=F(0), scale=None):
    """The test: rounding first, then tolerance (sections 1.5, 4)."""
    if scale is not None:
        a = round_to(a, scale)
        T = (round_to(T[0], scale), round_to(T[1], scale)) if isinstance(T, tuple) else round_to(T, scale)
    if req == "between":
        return T[0] - tau <= a <= T[1] + tau
    if req == "exactly":
        return abs(a - T) <= tau
    if req == "improve":                               # READING: tolerance is not listed for improve
        return a > T if sgn > 0 else a < T
    if req in ("above", "below"):
        return a > T - tau if sgn > 0 else a < T + tau
    return a >= T - tau if sgn > 0 else a <= T + tau


def bounds(ind):
    """Natural bounds (section 3)."""
    low = high = None
    if ind["kind"] in BARE:
        low, high = F(0), F(100)
    if ind["kind"] in ("flow", "stock"):
        low = F(0)
    own = ind.get("bounds", {})
    low = num(own["low"]) if "low" in own else low
    high = num(own["high"]) if "high" in own else high
    return low, high


def unattainable(req, sgn, ind, T, tau, scale=None):
    """No value within the natural bounds satisfies it, tolerance included (section 4)."""
    low, high = bounds(ind)
    if scale is not None:                              # READING: as the verdict compares
        low, high = (None if x is None else round_to(x, scale) for x in (low, high))
        T = tuple(round_to(x, scale) for x in T) if isinstance(T, tuple) else round_to(T, scale)
    if req == "between":
        return (high is not None and T[0] - tau > high) or (low is not None and T[1] + tau < low)
    if req == "exactly":
        return (high is not None and T - tau > high) or (low is not None and T + tau < low)
    best = high if sgn > 0 else low
    return best is not None and not holds(req, sgn, best, T, tau)


def attainable(req, sgn, ind, T):
    if not ind.get("whole") or not ok(T) or isinstance(T, tuple) or sgn == 0:
        return None
    if req in ("above", "below", "improve"):           # READING: the nearest whole value that meets it
        return F(floor(T) + 1) if sgn > 0 else F(ceil(T) - 1)
    return F(ceil(T)) if sgn > 0 else F(floor(T))


def variance(req, a, T):
    if req == "between":
        return a - T[0] if a < T[0] else a - T[1] if a > T[1] else F(0)
    return a - T


def shortfall(req, sgn, a, T):
    if req == "between":
        return max(F(0), T[0] - a, a - T[1])
    if req == "exactly":
        return abs(a - T)
    return max(F(0), (T - a) * sgn)


def ratio_to_target(req, sgn, a, T):
    if sgn > 0 and a >= 0 and T > 0:
        return a / T
    if sgn < 0 and a > 0 and T >= 0:
        return T / a
    if sgn < 0 and a == 0 and T == 0:
        return F(1)
    return Undefined("negative_value" if a < 0 or T < 0 else "zero_target" if T == 0 else "zero_actual")


# ---------------------------------------------------------------- cases (section 7)

def least(x, strict):
    """The least whole number >= x, or > x."""
    return floor(F(x)) + 1 if strict else ceil(F(x))


def counts_of(ind, comps):
    if ind["kind"] == "share":
        return comps["part"], comps["whole"]
    return comps["in_time"], comps["in_time"] + comps["late"] + comps["overdue"]


def cases(req, sgn, N, D, T, outlook, open_, pending):
    """Counts of a share or on_time; everything against T."""
    strict = req in ("above", "below")
    t = T / 100
    if sgn < 0:
        N, t = D - N, 1 - t
    need = least(t * D, strict)
    out = {"short_by": F(max(0, need - N)), "allowance": F(N - need), "counts": "part" if sgn > 0 else "complement"}
    now = N > t * D if strict else N >= t * D
    if now:
        k = F(0)
    elif t >= 1:
        k = Undefined("never")
    else:
        q = (t * D - N) / (1 - t)
        k = F(least(q, strict))
    out["successes_needed_in_a_row"] = k
    why = None
    if not open_:
        why = "no_outlook"                               # they end when the window closes
    elif outlook is None:
        why = "no_outlook"
    elif D > outlook:
        why = "outlook_exceeded"
    if why:
        for k in ("remaining", "needed_of_remaining", "required_share", "feasibility"):
            out[k] = Undefined(why)
        if open_ and t >= 1 and not now:
            out["feasibility"] = "lost"
        return out
    R = max(outlook - D, pending)
    needed = max(0, least(t * (D + R), strict) - N)
    out["remaining"], out["needed_of_remaining"] = R, F(needed)
    out["required_share"] = F(needed) / R if R else Undefined("no_remaining")
    out["feasibility"] = "secured" if needed == 0 else "lost" if needed > R else "open"
    return out


# ---------------------------------------------------------------- one assessment

class Judge:
    def __init__(self, plan, ledger, findings, target, unit, sched):
        self.plan, self.led, self.findings = plan, ledger, findings
        self.t, self.unit, self.s = target, unit, sched
        self.ind = plan.indicators[target["indicator"]]
        self.req, self.arg = requirement(target)
        self.sgn = side(self.req, self.ind)
        self.tau = num(target.get("tolerance", 0))
        r = target.get("compare_rounded", plan.rounding)
        self.scale = r["scale"] if r else None
        self.reader = Reader(plan, ledger, findings)
        self.as_of = ledger.as_of
        self.where = f"{target['id']} {unit} {sched.label}"
        self.reasons = set()

    # -- window (section 2.2)
    @property
    def before(self):
        return self.as_of < self.s.first

    @property
    def closed(self):
        return self.s.due is not None and self.as_of >= self.s.due

    @property
    def open(self):
        return not self.before and not self.closed

    # -- baseline (section 4)
    def baseline(self, read):
        """(B or a reason, its day)"""
        b = self.t.get("baseline")
        self.base_fig = None
        none = (Undefined("no_baseline"), None)
        if b is None and "after" in self.t:
            # The stage that it follows reads it: that one's own window and revisions.
            earlier = next(t for t in self.plan.targets if t["id"] == self.t["after"])
            stage = Judge(self.plan, self.led, Findings(), earlier, self.unit, schedules(self.plan, earlier)[0])
            found = stage.baseline(read)
            self.base_fig = stage.base_fig
            return found
        if b is None:
            return none
        freeze = self.t.get("baseline_revisions", "freeze") == "freeze"
        if isinstance(b, dict) and "value" in b:
            return num(b["value"]), as_date(b.get("on"))
        if isinstance(b, dict):
            other = self.plan.indicators[b["indicator"]]
            if read is None:
                return none
            fig = self.reader.figure(other, self.unit, read, freeze)
            return self.base_value(fig, self.s.first)
        if b == "first":
            return self.first_fact(freeze)
        period = self.s.previous() if b == "previous" else self.plan.cal.parse(b)
        if period is None:
            return none
        fig = self.reader.figure(self.ind, self.unit, period, freeze)
        return self.base_value(fig, fig.on)

    def base_value(self, fig, on):
        v = fig.value()
        lacking = {"flow": not fig.full, "stock": fig.silent()}
        if not ok(v) or lacking.get(self.ind["kind"], False):
            return Undefined("no_baseline"), None
        self.base_fig = fig
        return v, on

    def first_fact(self, freeze):
        """The latest fact ending on or before the window's first day, else the first after it."""
        def own(u):
            return [f for f in self.led.facts(self.ind["id"], u, freeze) if f.measured]

        pool, todo = own(self.unit), list(self.plan.children.get(self.unit, []))
        while not pool and todo:
            pool = [f for u in todo for f in own(u)]
            todo = [c for u in todo for c in self.plan.children.get(u, [])]
        none = (Undefined("no_baseline"), None)
        if not pool:
            return none
        early = [f for f in pool if f.stands <= self.s.first]
        if early:
            f = max(early, key=lambda f: (f.stands, f.period.days))
        else:
            f = min(pool, key=lambda f: (f.stands, -f.period.days))
        if self.ind["kind"] == "flow" and (f.stands != f.period.last or not self.s.as_long(f.period)):
            return none
        if f.unit == self.unit:
            fig = combine(self.ind, f.period, [f], self.as_of) if not self.ind.get("periods_overlap") else None
            fig = fig or combine_sum(self.ind, f.period, [f], True)
        else:
            fig = self.reader.figure(self.ind, self.unit, f.period, freeze)
        return self.base_value(fig, f.stands)

    # -- which period is read (section 5)
    def subtree(self):
        units, todo = [], [self.unit]
        while todo:
            u = todo.pop()
            units.append(u)
            todo += self.plan.children.get(u, [])
        return units

    def earlier_year(self, base_day):
        """The latest year with a usable fact ending after the baseline's day."""
        floor_day = base_day if base_day is not None else P.plus(self.s.first, -1)
        units = [self.unit] if self.ind["kind"] in ("index", "deliverable") else self.subtree()
        facts = [f for u in units for f in self.led.facts(self.ind["id"], u) if f.measured and f.stands > floor_day]
        years = []
        for f in facts:
            y = self.plan.cal.year_of(f.period.first)
            if not y.contains(f.period):
                continue
            if self.ind.get("periods_overlap") and (not f.period.same(y) or overlap_zero(self.ind, f, self.as_of)):
                continue
            years.append(y)
        return max(years, key=lambda y: y.first) if years else None

    # -- reports due (sections 3, 5, 11)
    def report_due(self, fig):
        if "reported" not in self.ind:
            return True
        if self.early:
            # READING: before the judged period, the sub-periods of the window so far
            span = P.Period(self.s.first, self.as_of, "") if self.s.first <= self.as_of else None
            if span is None:
                return False
            days = self.ind.get("report_due_days", 0)
            return any(P.plus(p.last, days) <= self.as_of for p in self.plan.cal.inside(self.ind["reported"], span))
        return fig.coverage[1] > 0

    def late(self, read, fig):
        """Reports due and missing beside a figure: of the period read, and of the time since under earlier_period."""
        if "reported" not in self.ind:
            return []
        late = list(fig.coverage[2])
        if self.early and read.last < self.as_of:
            since = P.Period(P.plus(read.last, 1), self.as_of, "")
            late += self.reader.figure(self.ind, self.unit, since).coverage[2]
        return late

    def overdue(self):
        return self.closed and P.plus(self.s.due, self.ind.get("report_due_days", 0)) <= self.as_of

    # -- lost and secured (section 7, rows 6, 7)
    def outlook(self):
        if "outlook" in self.t:
            return num(self.t["outlook"]["whole"])
        def whole(unit):
            f = self.led.expected_fact(self.ind["id"], unit, self.s.judged)
            if f is not None:
                v = f.values
                return v.get("whole") if self.ind["kind"] == "share" else sum(v.get(k, F(0)) for k in MEASURES["on_time"])
            kids = self.plan.children.get(unit, [])
            below = [whole(k) for k in kids]
            return sum(below) if kids and all(b is not None for b in below) else None
        return whole(self.unit) if self.ind["kind"] in ("share", "on_time") else None

    def countable(self):
        return self.ind["kind"] in ("share", "on_time") and self.sgn != 0 and self.req != "improve"

    def feasible(self, fig, T, W, tau, scale):
        """'lost', 'secured' or None by what is reported (widened bound, the verdict's own rounding)."""
        def test(a):
            return holds(self.req, self.sgn, a, T, tau, scale)
        if self.ind["kind"] == "flow":
            low, _ = bounds(self.ind)
            if low is None or low < 0:
                return None
            a = fig.comps["value"]
            if self.sgn > 0:
                return "secured" if test(a) else None
            top = T[1] if isinstance(T, tuple) else T
            over = not test(a) if self.sgn < 0 else not test(a) and a > top     # READING: between, exactly exceeded
            return "lost" if over else None
        if not self.countable() or fig.comps is None:
            return None
        N, D = counts_of(self.ind, fig.comps)
        if N.denominator != 1 or D.denominator != 1:
            return None
        if W is None or D > W:
            if scale is not None or D == 0:          # READING: rounding could still carry it over
                return None
            t = (T - tau) / 100 if self.sgn > 0 else 1 - (T + tau) / 100
            return "lost" if t >= 1 and not test(100 * N / D) else None
        R = max(W - D, fig.comps.get("not_due", F(0)))
        if D + R == 0:
            return None
        least_, most = 100 * N / (D + R), 100 * (N + R) / (D + R)
        good, bad = (most, least_) if self.sgn > 0 else (least_, most)
        return "secured" if test(bad) else "lost" if not test(good) else None

    def lost_since(self, T, W):
        """The end of the first period at which it was lost: the same reading at each earlier day."""
        days = set()
        for u in self.subtree():
            for (first, last), records in self.led.actual.get((self.ind["id"], u), {}).items():
                if self.s.judged.first <= first and last <= self.s.judged.last:
                    days |= {f.stands for f in records if f.known <= self.led.known_on and f.stands <= self.as_of}
        for day in sorted(days):
            fig = Reader(self.plan, self.led.at(day), Findings()).figure(self.ind, self.unit, self.s.judged)
            if fig.measured and (self.unattainable or self.feasible(fig, T, W, self.tau, self.scale) == "lost"):
                return day
        return None

    # -- the period that is read, and the baseline
    def resolve(self):
        """(period read, B or a reason, its day)"""
        self.early = self.as_of < self.s.judged.first
        start = next((t["baseline"] for t in reversed(self.chain()) if "baseline" in t), None)
        companion = isinstance(start, dict) and "indicator" in start
        read = self.s.judged
        B, b_on = (None, None)
        if self.early:
            if companion:
                read = self.earlier_year(self.s.first)
                B, b_on = self.baseline(read)
                if not ok(B):
                    read = self.earlier_year(None)
                    B, b_on = self.baseline(read)
            else:
                B, b_on = self.baseline(None)
                read = self.earlier_year(b_on if ok(B) else None)
        else:
            B, b_on = self.baseline(read)
        return read, B, b_on

    # -- the whole
    def run(self):
        if self.s.judged is None:
            return self.undated()
        if self.req == "deliver":
            return self.deliver()
        read, B, b_on = self.resolve()
        if read is None:
            fig = Figure(self.ind["kind"], self.s.judged)
        else:
            fig = self.reader.figure(self.ind, self.unit, read, note=True)
        if ok(B) and self.ind["kind"] == "survey" and self.base_fig is not None and fig.measured:
            # READING: shares weighted by population and plain ones are not of the same people.
            if (self.base_fig.weighted is None) != (fig.weighted is None):
                B, b_on, self.base_fig = Undefined("no_baseline"), None, None
        self.read, self.fig, self.B = read, fig, B
        T = threshold(self.req, self.arg, B)
        self.unattainable = ok(T) and unattainable(self.req, self.sgn, self.ind, T, self.tau, self.scale)
        if self.unattainable:
            self.findings.add("unattainable", self.where)
        if self.open and fig.measured and self.late(read, fig):
            self.findings.add("late_report", self.where)
        a = fig.value()
        if not ok(a):
            a = Undefined(self.why_none(fig, a.reason))
        self.a, self.T = a, T
        if self.early and fig.measured:
            self.reasons.add("earlier_period")
        W = self.outlook()
        self.cases_out = self.make_cases(fig, a, T, W)
        self.path_out = self.path(b_on)
        row, status, lost = self.row(fig, a, T, W)
        return self.output(row, status, b_on, self.lost_since(T, W) if lost else None)

    def why_none(self, fig, reason):
        if reason == "zero_whole":
            return "zero_whole" if self.closed else "no_cases_yet"
        if reason == "none":
            if self.before:
                return "nothing_due_yet"
            if self.closed:
                return "report_overdue" if self.overdue() else "nothing_due_yet"
            return "report_overdue" if self.report_due(fig) else "nothing_due_yet"
        return reason

    def make_cases(self, fig, a, T, W):
        if self.open and not self.early and W is not None and fig.comps is not None and self.ind["kind"] in ("share", "on_time"):
            D = counts_of(self.ind, fig.comps)[1]
            if D > W:
                self.findings.add("outlook_exceeded", self.where, f"{fmt(D)} beyond {fmt(W)}")
        if not self.countable():
            return Undefined("not_countable")
        if self.early:
            return Undefined("earlier_period")
        if not ok(T):
            return Undefined("no_threshold")
        if fig.bare is not None or fig.bare_mix:
            return Undefined("bare_share")
        if fig.comps is None:
            return a
        N, D = counts_of(self.ind, fig.comps)
        if N.denominator != 1 or D.denominator != 1:
            return Undefined("not_countable")
        return cases(self.req, self.sgn, N, D, T, W, self.open, fig.comps.get("not_due", F(0)))

    def test(self, a, T):
        """The verdict, with the reasons that decided it."""
        verdict = holds(self.req, self.sgn, a, T, self.tau, self.scale)
        if self.scale is not None and verdict != holds(self.req, self.sgn, a, T, self.tau):
            self.reasons.add("decided_by_rounding")
        if self.tau and verdict != holds(self.req, self.sgn, a, T, F(0), self.scale):
            self.reasons.add("within_tolerance")
        return verdict

    def row(self, fig, a, T, W):
        """Section 11: (row, status, lost?)"""
        if self.before:
            return 2, "not_started", False
        if not self.early and fig.na:
            return 1, "not_applicable", False
        none = self.ind.get("when_no_cases", "not_applicable")
        if self.closed:
            return self.row_closed(fig, a, T, none)
        if not fig.measured and self.report_due(fig):
            return 5, "no_data", False
        if self.unattainable and fig.measured:
            return 6, "lost", not self.early
        if not self.early and ok(T) and fig.measured and not fig.bare_mix:
            f = self.feasible(fig, T, W, self.tau, self.scale)
            if f:
                self.feasible_reasons(f, fig, T, W)
                return (6, "lost", True) if f == "lost" else (7, "secured", False)
        if ok(a) and ok(T):
            lower = self.sgn < 0                      # READING: improve by falling included
            good = self.test(a, T)
            low, _ = bounds(self.ind)
            rises = self.sgn > 0 and low is not None and low >= 0
            more_to_come = self.ind["kind"] == "flow" and not self.sgn > 0 and not fig.full
            partial = self.ind["kind"] == "stock" and fig.silent() and not rises
            if good and not more_to_come and not partial:
                return 8, "met_so_far", False
            return self.row_pace(a)
        self.reasons_open(a, T)
        return 10, "in_progress", False

    def row_pace(self, a):
        """Row 9, else row 10 with the reason why there is no pace."""
        p = self.path_out
        if not ok(p):
            self.reasons.add(p.reason)
            return 10, "in_progress", False
        on_track, at_risk = self.plan.bands
        pace = p["pace"]
        older = p["observed_rate"]
        if not ok(older) and older.reason == "before_baseline":
            self.reasons.add("before_baseline")
            return 10, "in_progress", False
        if not ok(p["expected"]):
            self.reasons.add(p["expected"].reason)
            return 10, "in_progress", False
        ahead = (a - p["expected"]) * self.sgn
        # To stand on a strict threshold, where it is expected already, is not to hold it.
        strict = self.req in ("above", "below") and (p["maintain"] or p["expected"] == p["anchors"][-1]["value"])
        if ahead > 0 or (ahead == 0 and not strict):
            status = "on_track"
        elif p["maintain"]:
            status = "off_track"
        elif ok(pace):
            status = "on_track" if pace >= on_track else "at_risk" if pace >= at_risk else "off_track"
        else:
            self.reasons.add(pace.reason)
            return 10, "in_progress", False
        self.reasons &= {"earlier_period", "decided_by_rounding", "within_tolerance"}
        return 9, status, False

    def row_closed(self, fig, a, T, none):
        if fig.full and fig.zero():
            return (1, "not_applicable", False) if none == "not_applicable" else (3, none, False)
        if fig.full and ok(a) and ok(T):
            return 3, "met" if self.test(a, T) else "missed", False
        if fig.measured and ok(T):
            if self.unattainable or (not fig.full and not fig.bare_mix and self.feasible(fig, T, None, self.tau, self.scale) == "lost"):
                return 3, "missed", True
        if fig.bare_mix:
            self.reasons.add("bare_share")
        if not ok(T):
            self.reasons.add("no_threshold")
        if self.overdue():
            self.reasons.add("report_overdue")
        return 4, "awaiting_data", False

    def feasible_reasons(self, f, fig, T, W):
        if self.tau and self.feasible(fig, T, W, F(0), self.scale) != f:
            self.reasons.add("within_tolerance")
        if self.scale is not None and self.feasible(fig, T, W, self.tau, None) != f:
            self.reasons.add("decided_by_rounding")

    def reasons_open(self, a, T):
        """Row 10 without an actual or a threshold."""
        if not ok(a) and a.reason in ("no_cases_yet", "bare_share", "nothing_due_yet"):
            self.reasons.add(a.reason)
        if not ok(T):
            self.reasons.add("no_threshold")

    # -- progress and path (sections 6, 8)
    def no_way(self):
        """There is no way from the baseline to the threshold: why, else None."""
        if self.T == self.B:
            return Undefined("target_equals_baseline")
        if holds(self.req, self.sgn, self.B, self.T):
            return Undefined("baseline_meets_target")
        return None

    @property
    def unfinished(self):
        return self.ind["kind"] == "flow" and not self.fig.full

    def progress(self):
        a, T, B = self.a, self.T, self.B
        if self.req in NO_PATH_REQUIREMENTS:
            return Undefined("no_single_direction")
        if not ok(B):
            return Undefined("no_baseline")
        no_way = self.no_way()
        if no_way:
            return no_way
        if not ok(a):
            return a
        if self.unfinished:
            return Undefined("period_incomplete")
        return (a - B) / (T - B)

    def chain(self):
        """The targets of the path, from the earliest to this one."""
        by_id = {t["id"]: t for t in self.plan.targets}
        out = [self.t]
        while out[0].get("after") in by_id and len(out) <= len(by_id):
            out.insert(0, by_id[out[0]["after"]])
        return out

    def stage(self, t):
        """(id, due day, T or a reason, shape, points) of a target of the chain."""
        if t is self.t:
            due, T = self.s.due, self.T
        else:
            s = schedules(self.plan, t)[0]
            j = Judge(self.plan, self.led, Findings(), t, self.unit, s)
            due, T = s.due, Undefined("no_single_direction")
            if j.req not in NO_PATH_REQUIREMENTS:
                T = threshold(j.req, j.arg, j.resolve()[1])
        points = [(as_date(p["on"]), num(p["value"])) for p in t.get("points", [])]
        return t["id"], due, T, shape_of(t), points

    def course(self, b_on):
        """The path, or why there is none: the first that applies."""
        if self.s.judged is None:
            return Undefined("undated")
        if self.s.recurring:
            return Undefined("recurring")
        if self.req in NO_PATH_REQUIREMENTS or isinstance(self.t.get("scope"), dict):
            return Undefined("no_single_direction")
        if not ok(self.B) or not ok(self.T):
            return Undefined("no_baseline")
        if self.base_fig is not None and self.base_fig.keys() and self.fig.keys() == self.base_fig.keys():
            return Undefined("single_fact")
        if holds(self.req, self.sgn, self.B, self.T):
            return course.Path([course.Anchor(self.s.due, self.T, self.t["id"], shape_of(self.t))], maintain=True)
        stages = [self.stage(t) for t in self.chain()]
        for _, _, T, _, _ in stages:
            if not ok(T):
                return T                               # READING: without it no segment is known to be non_positive
        path = course.build(b_on, self.B, stages)
        return Undefined("non_positive") if path.non_positive() else path

    def phases(self):
        """[(sub-period, share)] of the period read, None: by days."""
        shares = self.t.get("phases")
        if shares is None:
            return None
        for unit in ("half", "quarter", "month"):
            subs = self.plan.cal.inside(unit, self.read)
            if len(subs) == len(shares) and sum(p.days for p in subs) == self.read.days:
                return list(zip(subs, [num(x) for x in shares]))
        return None

    def path(self, b_on):
        p = self.course(b_on)
        if not ok(p):
            return p
        self.lead_edge = False
        if ok(self.a):
            partial = self.unfinished or (self.ind["kind"] in ("stock", "index") and self.fig.uneven())
            numbers = self.path_partial(p) if partial else self.path_numbers(p, b_on)
        else:
            numbers = dict.fromkeys(NUMBERS, self.a)
        anchors = [{"on": q.on, "value": q.value, "from": q.source} for q in p.anchors]
        more = {"lead_edge": True} if self.lead_edge else {}        # for the comparison only
        return {**numbers, **more, "precision": "12_significant_digits" if p.compound else "exact",
                "maintain": p.maintain, "anchors": anchors}

    def path_numbers(self, p, b_on):
        a, T, B, on = self.a, self.T, self.B, self.fig.on
        E = p.value(on)
        planned = self.no_way() or (E - B) / (T - B)
        pace = planned
        if ok(planned):
            pace = self.progress() / planned if planned > 0 else Undefined("no_planned_progress")
        older = Undefined("before_baseline") if on < b_on else None
        if older and ok(self.progress()) and ok(planned):
            pace = older
        x = p.reached(a, self.sgn)
        lead = older or (Undefined(x) if isinstance(x, str) else floor(x - on.toordinal()))
        # where a computed day is all but whole, floats may floor it to either side
        self.lead_edge = p.compound and not isinstance(x, str) and x not in [q.on.toordinal() for q in p.anchors] and abs(x - round(x)) < F(1, 10**6)
        elapsed, remaining = (on - b_on).days, (self.s.due - on).days
        observed = (a - B) * YEAR / elapsed if elapsed > 0 else older or Undefined("equal_dates")
        required = (T - a) * YEAR / remaining if remaining > 0 else Undefined("no_time_left")
        if not ok(observed) or not ok(required):
            more = observed if not ok(observed) else required
        else:
            more = required / observed if observed else Undefined("not_moving")
        return dict(zip(NUMBERS, (E, planned, pace, lead, observed, required, more)))

    def path_partial(self, p):
        """A flow of an unfinished period, pro rata."""
        incomplete = Undefined("period_incomplete")
        planned = self.no_way() or incomplete
        pace = planned
        if self.fig.uneven():
            return {**dict.fromkeys(NUMBERS, incomplete), "planned_progress": planned, "pace": pace}
        E = p.value(self.read.last) * self.fig.part_of(self.phases())
        if planned is incomplete and self.sgn > 0:
            pace = self.a / E if E > 0 else Undefined("no_planned_progress")
        return {**dict.fromkeys(NUMBERS, incomplete), "expected": E, "planned_progress": planned, "pace": pace}

    def gap(self):
        a, T = self.a, self.T
        ratio_ok = self.sgn != 0 and self.req != "improve"
        if not ok(a) or not ok(T):
            r = a if not ok(a) else Undefined("no_threshold")
            return {"variance": r, "shortfall": r, "shortfall_share": r,
                    "ratio_to_target": r if ratio_ok else Undefined("not_a_ratio")}
        s = shortfall(self.req, self.sgn, a, T)
        if self.req in ("between", "improve"):
            share = Undefined("not_a_ratio")           # READING
        else:
            share = s / abs(T) if T else Undefined("zero_target")
        return {"variance": variance(self.req, a, T), "shortfall": s, "shortfall_share": share,
                "ratio_to_target": ratio_to_target(self.req, self.sgn, a, T) if ratio_ok else Undefined("not_a_ratio")}

    def output(self, row, status, b_on, lost_since):
        fig = self.fig
        r, e, m = fig.coverage
        actual = {"value": self.a, "on": fig.on, "coverage": {"reported": r, "expected": e, "missing": m}}
        if fig.comps is not None and self.ind["kind"] not in ("flow", "stock", "index"):
            actual.update(fig.comps)
        T = self.T
        if isinstance(T, tuple):
            th = {"low": T[0], "high": T[1]}
        else:
            th = {"value": T, "attainable": attainable(self.req, self.sgn, self.ind, T)}
        return self.envelope(row, status, fig.provisional, actual, th, {"value": self.B, "on": b_on},
                             {**self.gap(), "progress": self.progress(), "cases": self.cases_out, "path": self.path_out, "lost_since": lost_since})

    def envelope(self, row, status, provisional, actual, th, base, more):
        return {"target": self.t["id"], "kind": self.ind["kind"], "indicator": self.ind["id"], "unit": self.unit, "period": self.s.label,
                "status": status, "group": GROUP.get(status, "none"), "row": row,
                "reasons": sorted(self.reasons, key=ORDER.index), "provisional": provisional,
                "actual": actual, "threshold": th, "baseline": base, **more}

    # -- undated (section 4)
    def undated(self):
        self.read = None
        B, b_on = self.baseline(None)
        self.B, self.T = B, threshold(self.req, self.arg, B)
        self.a = Undefined("undated")
        self.fig = Figure(self.ind["kind"], None)
        self.cases_out = Undefined("undated")
        self.path_out = self.course(None)
        if self.req != "deliver" and ok(self.T) and unattainable(self.req, self.sgn, self.ind, self.T, self.tau, self.scale):
            self.findings.add("unattainable", self.where)
        row, status = (2, "not_started") if self.before else (10, "in_progress")
        if row == 10:
            self.reasons.add("undated")
        return self.output(row, status, b_on, None)

    # -- deliver (section 11)
    def deliver(self):
        led, s = self.led, self.s
        facts = [f for f in led.facts(self.ind["id"], self.unit) if f.reported]
        J = s.judged
        na_facts = [f for f in facts if f.na and J.contains(f.period)]
        na = any(f.period.same(J) for f in na_facts) or sum(f.days for f in best_set(na_facts)) == J.days
        if s.recurring:
            seen = [f for f in facts if not f.na and J.contains(f.period)]
        else:
            seen = [f for f in facts if not f.na and f.period.first <= s.due and f.period.last >= s.first]
        done_day, count, prov, behind = self.done(seen)
        late = None
        if self.before:
            row, status = 2, "not_started"
        elif na:
            row, status = 1, "not_applicable"
        elif done_day is not None:
            row, status = 3, "met" if done_day <= s.due else "missed"
            if done_day < s.first:
                self.findings.add("done_before_window", self.where)
        elif self.open:
            row, status = 10, "in_progress"
        elif any(f.done_on is None for f in seen):
            row, status = 3, "missed"
        else:
            row, status = 4, "awaiting_data"
            if self.overdue():
                self.reasons.add("report_overdue")
        late = max(0, ((done_day or self.as_of) - s.due).days)
        on = done_day or (max(f.stands for f in seen) if seen else None)
        value = F(count) if self.arg is not True else None
        actual = {"value": value, "on": on}
        th = {"value": Undefined("no_threshold") if self.arg is True else num(self.arg), "attainable": None}
        more = {"shortfall": F(late), "ratio_to_target": Undefined("not_a_ratio"), "progress": Undefined("no_single_direction"),
                "cases": Undefined("not_countable"), "path": self.course(None), "lost_since": None}
        return self.envelope(row, status, prov, actual, th, {"value": Undefined("no_baseline"), "on": None}, more)

    def done(self, seen):
        """(the day it was done or None, how many are done, provisional?, facts)"""
        items = []
        for f in sorted(seen, key=lambda f: f.stands):
            if self.arg is True:
                if f.done_on is not None:
                    items.append((f, F(1)))
            elif "value" in f.values:
                items.append((f, f.values["value"]))
            elif f.done_on is not None:
                items.append((f, F(1)))
        need = F(1) if self.arg is True else num(self.arg)
        total, day, behind = F(0), None, []
        for f, n in items:
            total += n
            if day is None:
                behind.append(f)
                if total >= need:
                    day = f.stands
        if day is None:
            behind = list(seen)
        return day, total, any(f.state == "provisional" for f in behind), behind


def shape_of(t):
    return "points" if "points" in t else t.get("path", "linear")


# ---------------------------------------------------------------- schedules (section 4)

class Schedule:
    def __init__(self, first, due, judged, label, recurring=False, months=None):
        self.first, self.due, self.judged, self.label, self.recurring, self.months = first, due, judged, label, recurring, months

    def previous(self):
        """The period of equal length just before the judged one."""
        J = self.judged
        if J is None:
            return None
        last = P.plus(J.first, -1)
        # READING: days that are whole months go back by months, also those of a window.
        end = P.plus(J.last, 1)
        whole = (end.year - J.first.year) * 12 + end.month - J.first.month if end.day == J.first.day else None
        months = self.months or whole
        first = P.add_months(J.first, -months) if months else P.plus(J.first, -J.days)
        return P.Period(first, last, "")

    def as_long(self, period):
        if self.judged is None:
            return False
        if self.months and period.months:
            return self.months == period.months
        return self.judged.days == period.days


def schedules(plan, t):
    cal = plan.cal
    start = as_date(t.get("from")) or plan.start
    if "every" in t:
        out = []
        for p in cal.series(t["every"], start, as_date(t["until"])):
            due = p.last
            if "due" in t:
                due = p.last.replace(day=t["due"]["day"])
            out.append(Schedule(p.first, due, p, p.label, True, p.months))
        return out
    by = t["by"]
    if by == "undated":
        return [Schedule(start, None, None, "undated")]
    if isinstance(by, str) and len(by) != 10:
        p = cal.parse(by)
        return [Schedule(start, p.last, p, p.label, False, p.months)]
    day = as_date(by)
    over = t.get("over", "year")
    if over == "window":
        J = P.Period(start, day, "")
    else:
        J = P.Period(P.add_months(P.plus(day, 1), -P.MONTHS[over]), day, "")
    J = cal.labelled(J)
    return [Schedule(start, day, J, J.label, False, P.MONTHS.get(over) or J.months)]


def in_force(plan, as_of):
    """Legal life (section 4): the versions in force on as_of."""
    def live(t):
        f = t.get("in_force", {})
        return (not f.get("from") or as_date(f["from"]) <= as_of) and (not f.get("to") or as_of <= as_date(f["to"]))
    by_id = {t["id"]: t for t in plan.targets}
    gone = set()
    for t in plan.targets:
        if live(t):
            old = t.get("supersedes")
            while old in by_id and old not in gone:
                gone.add(old)
                old = by_id[old].get("supersedes")
    return [t for t in plan.targets if live(t) and t["id"] not in gone]


def units_of(plan, t):
    """Scope (section 4): the owner, the named units, or each unit."""
    if "units" in t:
        return [u for u in plan.units if u in t["units"]]
    return [plan.owner] if t.get("scope", "total") == "total" else list(plan.units)


# ---------------------------------------------------------------- all

def plan_findings(plan, ledger, live, findings):
    ids = {t["id"] for t in live}
    for t in live:
        for other in t.get("conflicts_with", []):
            if other in ids:
                findings.add("conflicting_targets", t["id"], other)
                findings.add("conflicting_targets", other, t["id"])
    for ind in plan.indicators.values():
        if "within" in ind:
            within(plan, ledger, ind, findings)


def within(plan, ledger, ind, findings):
    """Section 3: the whole equals the other indicator's part, for the same unit and period."""
    top = {"share": "part", "survey": "positive", "on_time": "in_time"}
    whole = {"share": "whole", "survey": "valid"}
    other = plan.indicators[ind["within"]]
    for unit in plan.units:
        mine = {(f.period.first, f.period.last): f for f in ledger.facts(ind["id"], unit) if f.measured and not f.bare}
        for g in ledger.facts(other["id"], unit):
            f = mine.get((g.period.first, g.period.last))
            if f is None or not g.measured or g.bare:
                continue
            a, b = f.values.get(whole[ind["kind"]]), g.values.get(top[other["kind"]])
            if a != b:
                findings.add("within_mismatch", f"{ind['id']} {unit} {f.period.label}", f"{fmt(a)} against {fmt(b)}")


def plain(x):
    if isinstance(x, Undefined):
        return {"undefined": x.reason}
    if isinstance(x, F):
        return fmt(x)
    if isinstance(x, date):
        return x.isoformat()
    if isinstance(x, dict):
        return {k: plain(v) for k, v in x.items()}
    if isinstance(x, list):
        return [plain(v) for v in x]
    return x


def assess(plan_dict, fact_rows, as_of, known_on):
    plan = Plan(plan_dict)
    as_of, known_on = as_date(as_of), as_date(known_on)
    ledger = Ledger([Fact(r, plan) for r in fact_rows], as_of, known_on)
    findings = Findings()
    live = in_force(plan, as_of)
    plan_findings(plan, ledger, live, findings)
    out = []
    for t in live:
        for unit in units_of(plan, t):
            for s in schedules(plan, t):
                out.append(plain(Judge(plan, ledger, findings, t, unit, s).run()))
    return {"format": "attain-scorecard/1", "plan": {"id": plan_dict["plan"]["id"]}, "as_of": as_of.isoformat(),
            "known_on": known_on.isoformat(), "assessments": out, "findings": findings.items}


def load_plan(text):
    return tomllib.loads(text, parse_float=F)


def load_facts(text):
    return list(csv.DictReader(text.splitlines()))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("plan")
    ap.add_argument("facts")
    ap.add_argument("--as-of", required=True)
    ap.add_argument("--known-on")
    o = ap.parse_args()
    with open(o.plan, encoding="utf-8") as p, open(o.facts, encoding="utf-8") as f:
        card = assess(load_plan(p.read()), load_facts(f.read()), o.as_of, o.known_on or o.as_of)
    json.dump(card, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
