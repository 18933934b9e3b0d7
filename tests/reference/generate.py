#!/usr/bin/env python3
"""Seeded random documents that are valid by the specification, with edges on purpose.

`python3 generate.py SEED DIR` writes plan.toml, facts.csv and args (as-of, known-on).
As a module: case(seed) -> (plan text, facts text, as_of, known_on).
"""
import os
import random
import sys
from datetime import date, timedelta
from fractions import Fraction as F

import periods as P

PERCENT = ("share", "survey", "on_time")
KINDS = ["share"] * 7 + ["on_time"] * 4 + ["flow"] * 5 + ["stock"] * 2 + ["survey"] * 2 + ["ratio"] * 2 + ["mean"] * 2 + ["index", "deliverable", "deliverable"]
UPPER, LOWER = ("at_least", "above", "increase_by"), ("at_most", "below", "reduce_by")
COLUMNS = ("indicator unit period value part whole numerator denominator total weight positive valid population "
           "in_time late overdue not_due done_on through state recorded_on note").split()


def text(x):
    """A finite decimal as text."""
    x = F(x)
    if x.denominator == 1:
        return str(x.numerator)
    k = next(k for k in range(1, 60) if (x * 10**k).denominator == 1)
    n = abs(x * 10**k).numerator
    if len(str(n)) > 28:                # the limit of section 1.1
        cut = min(k, len(str(n)) - 28)
        return text(F(n // 10**cut * (1 if x > 0 else -1), 10**(k - cut)))
    return ("-" if x < 0 else "") + str(n // 10**k) + "." + str(n % 10**k).zfill(k)


def quote(s):
    return '"' + s.replace("\\", "\\\\").replace('"', '\\"') + '"'


def value(x):
    """A TOML value."""
    if isinstance(x, bool):
        return "true" if x else "false"
    if isinstance(x, F):
        return text(x)
    if isinstance(x, (int, date)):
        return str(x)
    if isinstance(x, str):
        return quote(x)
    if isinstance(x, list):
        return "[" + ", ".join(value(v) for v in x) + "]"
    return "{ " + ", ".join(f"{k} = {value(v)}" for k, v in x.items()) + " }"


def table(head, d):
    return head + "\n" + "".join(f"{k} = {value(v)}\n" for k, v in d.items()) + "\n"


class Case:
    def __init__(self, seed):
        self.r = random.Random(f"attain {seed}")
        self.x = random.Random(f"path {seed}")  # of its own, so that a seed's other choices stay
        self.bands = None
        self.gaps = 0.15
        self.indicators, self.targets, self.rows = [], [], []
        self.used = set()                       # (indicator, unit, period, expected?, known on)
        self.edges = []
        self.level = {}                         # indicator -> the number that facts are drawn around

    # ------------------------------------------------------------ helpers
    def p(self, chance):
        return self.r.random() < chance

    def pick(self, *xs):
        return self.r.choice(xs)

    def decimal(self, low, high, places=None):
        places = self.pick(0, 0, 0, 1, 1, 2, 3) if places is None else places
        m = 10**places
        return F(self.r.randint(int(low * m), int(high * m)), m)

    def long_decimal(self, low, high):
        """28 digits."""
        whole = self.r.randint(int(low), int(high) - 1)
        digits = 28 - len(str(whole))
        return F(int(str(whole) + str(self.r.randint(10**(digits - 1), 10**digits - 1))), 10**digits)

    # ------------------------------------------------------------ the frame
    def frame(self):
        r = self.r
        self.spec = self.pick("gregorian", "gregorian", "gregorian", "nd09_2019", "nd09_2019", "fiscal")
        if self.spec == "fiscal":
            self.spec = {"fiscal": self.pick(1, 2, 4, 4, 7, 10), "named_for": self.pick("start", "end")}
        self.cal = P.Calendar(self.spec)
        self.start = self.pick(date(2021, 12, 29), date(2022, 1, 1), date(2021, 1, 1), date(2020, 2, 29), date(2023, 4, 1),
                               date(2022, 12, 15), date(2021, 12, 15), date(2023, 7, 1), date(2022, 4, 1))
        shape = r.random()
        self.units = [("so", None)]
        if shape > 0.5:
            self.units += [("a", "so"), ("b", "so")]
        if shape > 0.75:
            self.units += [("a1", "a"), ("a2", "a")]
        if shape > 0.9:
            self.units += [("b1", "b"), ("c", "so")]
        self.parents = {p for _, p in self.units if p}
        self.names = [u for u, _ in self.units]
        self.leaves = [u for u in self.names if u not in self.parents]
        self.last_year = self.pick(2023, 2024, 2024, 2025, 2025)

    # ------------------------------------------------------------ indicators
    def indicator(self, kind, direction):
        i = {"id": f"i{len(self.indicators) + 1}", "kind": kind, "name": {"vi": f"Chỉ tiêu {len(self.indicators) + 1}"}}
        if kind in PERCENT or kind == "ratio":
            i["unit"] = "percent"
        elif kind in ("flow", "stock"):
            i["unit"] = self.pick("documents", "people", "vnd")
            if self.p(0.5):
                i["whole"] = True
        elif kind == "deliverable":
            i["unit"] = "documents"
        else:
            i["unit"] = self.pick("points", "days")
        i["direction"] = direction
        if self.p(0.4):
            i["reported"] = self.pick("month", "quarter", "quarter", "half", "year")
            if self.p(0.5):
                i["report_due_days"] = self.pick(0, 1, 5, 11, 25, 30)
        if kind in PERCENT and self.p(0.25):
            i["when_no_cases"] = self.pick("not_applicable", "met", "missed")
        if kind == "on_time" and self.p(0.3):
            i["cohort"] = True
        if kind in ("share", "on_time", "flow") and self.p(0.1):
            i["periods_overlap"] = True
        if kind in ("flow", "stock") and self.p(0.15):
            i["bounds"] = self.pick({"low": -1000}, {"low": 0, "high": 2000}, {"high": 1500})
        if kind in ("mean", "index") and self.p(0.2):
            i["bounds"] = {"low": 0, "high": self.pick(10, 100, 1000)}
        self.indicators.append(i)
        return i

    def number(self, kind, req, ind):
        """A threshold."""
        whole = ind.get("whole")
        if kind in PERCENT:
            if self.p(0.12):
                return self.long_decimal(1, 99)
            if req in UPPER:
                return F(self.pick(0, 1, 50, 57, 80, 95, 100, 100, 100, 90, 101) if self.p(0.6) else self.decimal(1, 100, self.pick(1, 2)))
            return F(self.pick(0, 0, 1, 5, 10, 20, 43, 100, 99) if self.p(0.6) else self.decimal(0, 60, self.pick(1, 2)))
        if kind == "ratio":
            return self.decimal(50, 120) if self.p(0.9) else self.long_decimal(20, 99)
        if kind == "mean":
            return self.pick(F(0), self.decimal(1, 10), self.decimal(1, 30), F(-2), self.long_decimal(1, 9))
        if kind == "index":
            return self.pick(F(0), self.decimal(50, 95), self.decimal(1, 100, 2))
        if whole:
            return F(self.pick(0, 1, 10, 12, 52, 100, 1407, self.r.randint(1, 500)))
        return self.pick(F(0), F(1), self.decimal(1, 300), self.decimal(10, 1000, 1), self.long_decimal(1, 900))

    # ------------------------------------------------------------ targets
    def target(self):
        r = self.r
        kind = r.choice(KINDS)
        if kind == "deliverable":
            req = "deliver"
        else:
            req = self.pick("at_least", "at_least", "at_least", "at_most", "at_most", "above", "below", "exactly", "between",
                            "reduce_by", "increase_by", "improve")
        direction = "increase" if req in UPPER or req == "deliver" else "decrease" if req in LOWER else self.pick("increase", "decrease") \
            if req == "improve" else "within"
        again = [i for i in self.indicators if i["kind"] == kind and i["direction"] == direction and i["id"] in self.level]
        ind = r.choice(again) if again and self.p(0.3) else self.indicator(kind, direction)
        t = {"id": f"t{len(self.targets) + 1}", "indicator": ind["id"]}
        if self.p(0.5):
            t["row"] = f"T{len(self.targets) + 1}"
        T = self.demand(t, req, kind, ind)
        self.level.setdefault(ind["id"], T)
        self.schedule(t, kind, ind)
        self.base(t, req, kind, ind, T)
        self.scope(t, kind)
        if kind != "deliverable" and self.p(0.2):
            t["tolerance"] = F(self.pick(0, 1, 2)) if ind.get("whole") else self.pick(F(1, 2), F(1, 100), F(5), F(1))
        if kind != "deliverable" and self.p(0.12):
            t["compare_rounded"] = {"scale": self.pick(0, 0, 1, 2), "mode": "half_up"}
        if kind in ("share", "on_time") and self.p(0.35):
            t["outlook"] = {"whole": self.pick(0, 1, 2, 10, 20, 50, 100, 155, 204, 400)}
        self.legal(t)
        t["citation"] = {"section": "II.2.a", "clause": "Tối thiểu."}
        self.targets.append(t)

    def demand(self, t, req, kind, ind):
        if req == "deliver":
            t["deliver"] = True if self.p(0.6) else self.pick(1, 2, 3)
            return F(1)
        if req == "improve":
            t["improve"] = True
            return self.number(kind, "at_least", ind)
        if req in ("reduce_by", "increase_by"):
            t[req] = self.pick("10%", "0.5%", "100%", "12.5%", "50%") if self.p(0.7) else self.pick(F(1), F(5), F(10)) \
                if ind.get("whole") or self.p(0.5) else F(5, 2)
            return self.number(kind, "at_least", ind)
        T = self.number(kind, req, ind)
        if req == "between":
            H = T + self.pick(0, 1, 5, 10)
            t["between"] = [T, H]
            return self.pick(T, H)
        t[req] = T
        return T

    def schedule(self, t, kind, ind):
        roll = self.r.random()
        y = self.last_year
        if roll < 0.05:
            t["by"] = "undated"
            self.note(self.start)
            return
        if roll < 0.5:
            t["by"] = self.label(y)
            J = self.cal.parse(t["by"])
            self.window(t, J.first, J.last)
            if kind == "deliverable" and self.p(0.4):
                t["from"] = P.plus(J.first, 20)
            self.note(J.first, J.last)
        elif roll < 0.75:
            self.by_date(t, y)
        else:
            self.every(t, kind, y)

    def label(self, y):
        return self.pick(f"{y}", f"{y}", f"{y}", f"{y}-H1", f"{y}-H2", f"{y}-9M", f"{y}-Q{self.r.randint(1, 4)}", f"{y}-{self.r.randint(1, 12):02d}")

    def by_date(self, t, y):
        if self.spec == "gregorian":
            d = self.pick(date(y, 12, 31), date(y, 12, 31), date(y, 6, 30), date(2024, 2, 29), date(2024, 2, 28), date(2025, 2, 28),
                          date(y, 3, 31), date(y, 4, 30), date(y, self.r.randint(1, 12), self.r.randint(1, 28)))
        elif self.p(0.7):
            d = self.cal.year(y).last
        else:
            d = self.cal.parse(f"{y}-{self.r.randint(1, 12):02d}").last
        t["by"] = d if self.p(0.5) else d.isoformat()
        over = self.pick("year", "year", "half", "quarter", "month", "window")
        if over != "year" or self.p(0.3):
            t["over"] = over
        first = P.add_months(P.plus(d, 1), -P.MONTHS[over]) if over != "window" else None
        if first is None:
            first = self.start if self.start < d else P.plus(d, -100)
        self.window(t, first, d)
        self.note(first, d)

    def window(self, t, first, due):
        """An own beginning now and then; always one when the plan begins after the due day."""
        if self.start > due:
            t["from"] = self.pick(first, P.plus(first, -400), P.plus(first, 1) if first < due else first)
        elif self.p(0.35):
            t["from"] = self.pick(first, P.plus(first, -100), P.plus(first, -500), min(P.plus(first, 20), due), due)
        self.note(t.get("from", self.start))

    def every(self, t, kind, y):
        t["every"] = self.pick("quarter", "quarter", "half", "year", "month")
        span = {"month": 3, "quarter": 9, "half": 12, "year": 24}[t["every"]]
        end = self.pick(self.cal.year(y).last, date(y, 12, 31), P.plus(self.cal.year(y).last, -1))
        begin = self.pick(P.add_months(P.plus(end, 1), -span), P.plus(P.add_months(P.plus(end, 1), -span), -3))
        t["from"], t["until"] = begin, end
        for q in self.cal.series(t["every"], begin, end):
            self.note(q.first, q.last)
        if kind == "deliverable" and self.p(0.5):
            t["due"] = {"day": self.pick(25, 25, 20, 28), "month": "last"}

    def note(self, *days):
        self.edges += [d for d in days if d]

    def judged(self, t):
        import reference as R
        plan = R.Plan({"plan": {"owner": "so", "start": self.start, "calendar": self.spec}, "indicators": [], "targets": []})
        return R.schedules(plan, t)

    def base(self, t, req, kind, ind, T):
        if kind == "deliverable":
            return
        if not (req in ("reduce_by", "increase_by", "improve") or self.p(0.6)):
            return
        undated = t.get("by") == "undated"
        form = self.pick("value", "value", "period") if undated else self.pick("value", "value", "period", "period", "previous", "first", "companion")
        if form == "value":
            step = F(1) if ind.get("whole") else self.pick(F(1), F(1, 2), F(10))
            v = self.pick(T, T - step, T + step, T / 2 if not ind.get("whole") else T, F(0), T - 10, T + 10)
            if kind in ("flow", "stock", "ratio") or kind in PERCENT:
                v = max(F(0), v)
            if kind in PERCENT:
                v = min(F(100), v)
            b = self.clamp(ind, self.finite(v))
            t["baseline"] = {"value": b, "on": self.pick(date(2021, 12, 31), P.plus(self.start, -1), self.start)}
        elif form == "period":
            t["baseline"] = self.base_label(t)
        elif form == "companion":
            c = dict(ind)
            for k in ("within", "reported", "report_due_days"):
                c.pop(k, None)
            c["id"] = f"i{len(self.indicators) + 1}"
            c["name"] = {"vi": "Theo quy định"}
            self.indicators.append(c)
            self.level[c["id"]] = T
            t["baseline"] = {"indicator": c["id"]}
        else:
            t["baseline"] = form
        if form != "value" and self.p(0.3):
            t["baseline_revisions"] = self.pick("freeze", "follow")

    def base_label(self, t):
        s = self.judged(t)
        if s and s[0].judged is not None and self.p(0.7):
            label = s[0].judged.label
            if "/" not in label and len(label) != 10:
                return f"{int(label[:4]) - self.pick(1, 1, 2):04d}" + label[4:]
        return str(self.pick(2021, 2022, 2023))

    def finite(self, v):
        return F(int(v * 10**6), 10**6)

    def clamp(self, ind, v):
        b = ind.get("bounds", {})
        if "low" in b:
            v = max(v, F(b["low"]))
        if "high" in b:
            v = min(v, F(b["high"]))
        return v

    def scope(self, t, kind):
        pool = self.leaves if kind in ("index", "deliverable") else self.names
        if kind in ("index", "deliverable") and "so" in self.parents:
            t["units"] = [u for u in pool if self.p(0.7)] or [pool[0]]
            if self.p(0.5):
                t["scope"] = "each"
            return
        roll = self.r.random()
        if len(self.names) > 1 and roll < 0.35:
            t["scope"] = self.pick("total", "each", "each")
            t["units"] = [u for u in pool if self.p(0.6)] or ["so"]
        elif roll < 0.4:
            t["scope"] = "total"

    def legal(self, t):
        if self.p(0.1):
            t["decided_on"] = self.start
        if self.p(0.12):
            mid = date(self.last_year, self.pick(1, 6, 12), 15)
            self.note(mid)
            t["in_force"] = self.pick({"from": mid}, {"to": mid}, {"from": min(self.start, mid), "to": mid})
        if self.targets and self.p(0.12):
            t["supersedes"] = self.r.choice(self.targets)["id"]
        elif self.targets and self.p(0.15):
            t["conflicts_with"] = [self.r.choice(self.targets)["id"]]
        if self.targets and self.p(0.08):
            t["depends_on"] = self.targets[0]["id"]
        if self.p(0.1):
            t["strength"] = self.pick("binding", "aspiration")

    # ------------------------------------------------------------ days
    def days(self):
        e = self.inner() if self.p(0.6) else self.r.choice(self.edges)
        near = [e, P.plus(e, -1), P.plus(e, 1), e, P.plus(e, -30), P.plus(e, 40), P.plus(e, -200), P.plus(e, 11), P.plus(e, 25), P.plus(e, 24)]
        if self.p(0.1):
            near = [date(2024, 2, 29), date(2024, 2, 28), date(self.last_year, 6, 30), date(self.last_year, 6, 14),
                    date(self.last_year, 12, 31), date(self.last_year, 9, 30), date(self.last_year, 3, 31), date(self.last_year, 7, 1)]
        self.as_of = self.r.choice(near)
        self.known_on = self.as_of if self.p(0.6) else P.plus(self.as_of, self.pick(1, 5, 30, 400))
        if self.p(0.03):
            self.known_on = P.plus(self.as_of, -20)

    def inner(self):
        """The end of a sub-period of a judged period, or its due day."""
        js = [s for t in self.targets for s in self.judged(t)[-3:] if s.judged]
        if not js:
            return self.r.choice(self.edges)
        s = self.r.choice(js)
        ends = [q.last for u in ("month", "quarter") for q in self.cal.inside(u, s.judged)]
        return self.pick(*ends, *([s.due] * max(1, len(ends) // 3)))

    def outlooks(self):
        """The whole expected, near what is reported: reached, exceeded by one, a few to come."""
        import reference as R
        for t in self.targets:
            if "outlook" not in t or self.p(0.3):
                continue
            plan, sheet = self.plan_text(), self.sheet()
            card = R.assess(R.load_plan(plan), R.load_facts(sheet), self.as_of, self.known_on)
            a = next((a["actual"] for a in card["assessments"] if a["target"] == t["id"] and "earlier_period" not in a["reasons"]
                      and ("whole" in a["actual"] or "late" in a["actual"])), None)
            if a:
                D = F(a["whole"]) if "whole" in a else F(a["in_time"]) + F(a["late"]) + F(a["overdue"])
                n = F(a.get("not_due", 0))
                t["outlook"] = {"whole": max(0, int(D + self.pick(0, 0, 1, 1, 2, -1, n, n + 1, n - 1, 10, D // 10, D // 3, D)))}

    # ------------------------------------------------------------ facts
    def facts(self):
        for ind in list(self.indicators):
            units = self.units_for(ind)
            js = [s.judged for t in self.targets if t["indicator"] == ind["id"] for s in self.judged(t) if s.judged]
            js += [s.judged for t in self.targets for s in self.judged(t)
                   if s.judged and isinstance(t.get("baseline"), dict) and t["baseline"].get("indicator") == ind["id"]]
            bare = ind["kind"] in PERCENT and self.p(0.12)
            everyone = self.p(0.5)
            for u in units:
                if self.p(0.1):
                    continue
                self.style = self.pick("plain", "plain", "wild")
                self.one_series(ind, u, js, bare)
                if everyone and ind["kind"] == "survey":
                    pass

    def units_for(self, ind):
        if ind["kind"] in ("index", "deliverable"):
            return self.leaves
        return [u for u in self.names if u in self.leaves or self.p(0.3)]

    def one_series(self, ind, u, js, bare):
        kind = ind["kind"]
        self.pop = kind == "survey" and self.p(0.5)
        if kind == "deliverable":
            return self.deliverables(ind, u, js)
        T = self.level.get(ind["id"], F(50))
        seen = {}
        parent = u in self.parents
        for y in range(max(2020, self.start.year - 1), self.last_year + 1):
            if self.p(self.gaps):
                continue
            for q in self.grain(y, js, parent):
                seen[(q.first, q.last)] = q
        for J in js:
            if "/" not in J.label and self.p(0.5):
                seen[(J.first, J.last)] = J
        periods = sorted(seen.values(), key=lambda q: (q.first, q.last))[-40:]
        total = {}
        for q in periods:
            if self.style == "wild" and self.p(0.15):
                continue
            self.record(ind, u, q, T, js, bare, total)

    def grain(self, y, js, parent):
        g = self.pick("year", "quarter", "quarter", "half", "both", "mixed", "month", "none") if not parent else self.pick("year", "year", "none", "half")
        c = self.cal
        quarters = [c.parse(f"{y}-Q{k}") for k in (1, 2, 3, 4)]
        if g == "year":
            return [c.year(y)]
        if g == "quarter":
            return quarters
        if g == "half":
            return [c.parse(f"{y}-H1"), c.parse(f"{y}-H2")]
        if g == "both":
            return [c.year(y)] + quarters
        if g == "mixed":
            return [c.parse(f"{y}-9M"), quarters[3], c.parse(f"{y}-H1")] + ([quarters[2]] if self.p(0.5) else []) + ([c.parse(f"{y}-H2")] if self.p(0.5) else [])
        if g == "month" and abs(y - self.as_of.year) <= 1:
            return c.inside("month", c.year(y)) + ([c.parse(f"{y}-02-10")] if self.p(0.1) else [])
        return []

    def record(self, ind, u, q, T, js, bare, total):
        """One period's records: a figure, its revisions, an expected one."""
        kind = ind["kind"]
        row = {"indicator": ind["id"], "unit": u, "period": q.label}
        if u == "so" and self.p(0.5):
            row["unit"] = ""
        if q.first <= self.as_of < q.last and self.p(0.6):
            row["through"] = self.r.choice([self.as_of, q.first, P.plus(q.first, (self.as_of - q.first).days // 2)])
        elif self.p(0.02):
            row["through"] = P.plus(q.first, (q.last - q.first).days // 2)
        stands = row.get("through", q.last)
        state = self.pick("final", "final", "final", "", "provisional", "estimated")
        if self.style == "wild":
            state = self.pick(state, state, state, "missing", "not_applicable", "provisional")
        if self.style == "plain" and self.p(0.01):
            state = "not_applicable"
        if kind in ("share", "on_time") and self.p(0.15) and any(J.same(q) for J in js):
            self.expected(ind, row, q, T)
        known = None
        if self.p(0.5):
            known = P.plus(stands, self.pick(0, 0, 1, 5, 10, 30, 100))
            if self.p(0.2):
                known = self.pick(self.known_on, P.plus(self.known_on, 1), P.plus(self.known_on, -1))
            known = max(known, stands)
        self.put(dict(row), ind, q, T, state, known, bare, js, total)
        if self.p(0.2):
            later = dict(row)
            if "through" in later and self.p(0.5):
                if self.p(0.5):
                    del later["through"]
                else:
                    later["through"] = min(q.last, P.plus(later["through"], self.pick(1, 20)))
            base = max(known or stands, later.get("through", q.last))
            known2 = max(self.pick(self.known_on, P.plus(base, 1), P.plus(base, 7), P.plus(self.known_on, 1)), later.get("through", q.last))
            self.put(later, ind, q, T, self.pick("final", "provisional", "final", state), known2, bare, js, {})

    def expected(self, ind, row, q, T):
        row = {k: v for k, v in row.items() if k != "through"}
        on = self.pick(q.first, self.start, self.as_of, P.plus(self.known_on, 1))
        self.put(row, ind, q, T, "expected", on, False, [], {}, scale=self.pick(1, 3, 10))

    def put(self, row, ind, q, T, state, known, bare, js, total, scale=1):
        stands = row.get("through", q.last)
        key = (ind["id"], row["unit"] or "so", q.first, q.last, state == "expected", known or stands)
        if key in self.used:
            return
        self.used.add(key)
        if state:
            row["state"] = state
        if known:
            row["recorded_on"] = known
        if state not in ("missing", "not_applicable"):
            self.measure(row, ind, q, T, bare, js, total, scale)
        self.rows.append(row)

    def measure(self, row, ind, q, T, bare, js, total, scale):
        kind = ind["kind"]
        if kind in PERCENT and (bare and self.p(0.8) or self.p(0.01)) and row.get("state") != "expected":
            row["value"] = text(min(F(100), max(F(0), self.near(T, ind))))
            return
        if kind in PERCENT:
            return self.percent(row, ind, T, scale)
        if kind == "ratio":
            d = F(0) if self.p(0.04) else self.pick(F(self.r.randint(1, 400)), self.decimal(1, 900, 2), F(100))
            n = d * self.finite(T) / 100 if self.p(0.5) else self.decimal(0, 500)
            row["numerator"], row["denominator"] = text(abs(n)), text(d)
        elif kind == "mean":
            w = F(0) if self.p(0.05) else self.pick(F(1), F(self.r.randint(1, 60)), self.decimal(1, 20, 1))
            row["total"], row["weight"] = text(self.clamp(ind, self.finite(T)) * w + self.pick(F(0), F(0), F(1, 10), F(-1, 10), w / 10)) if w else "0", text(w)
            b = ind.get("bounds")
            if b and w:
                row["total"] = text(self.clamp(ind, self.near(T, ind)) * w)
        elif kind == "flow":
            row["value"] = text(self.flow(ind, q, T, js, total, row))
        else:
            v = self.near(T, ind)
            row["value"] = text(self.clamp(ind, max(F(0), v)))

    def near(self, T, ind):
        """On the number, or one off."""
        if ind.get("whole"):
            return self.pick(T, T, T + 1, T - 1, F(self.r.randint(0, 200)), F(0), T * 2)
        return self.pick(T, T, T + F(1, 100), T - F(1, 100), T + 1, T - 1, T + F(4, 1000), T - F(4, 1000), F(0), self.decimal(0, 100), self.finite(T / 2))

    def percent(self, row, ind, T, scale):
        W = self.pick(0, 1, 2, 3, 5, 7, 10, 20, 40, 84, 100, 155, 1000, self.r.randint(1, 300)) * scale
        if self.style == "plain" and W == 0 and self.p(0.5):
            W = 20
        want = T * W / 100
        n = self.pick(int(want), -int(-want // 1), int(want) + 1, int(want) - 1, W, 0, self.r.randint(0, W), -int(-want // 1))
        n = max(0, min(W, n))
        kind = ind["kind"]
        if kind == "share":
            if self.p(0.02):
                row["part"], row["whole"] = text(F(n)), text(F(W) + F(1, 2))
            elif self.p(0.01):
                big = 10**self.pick(9, 20)
                row["part"], row["whole"] = text(F(n * big)), text(F(W * big))
            else:
                row["part"], row["whole"] = str(n), str(W)
        elif kind == "survey":
            row["positive"], row["valid"] = str(n), str(W)
            if self.pop:
                row["population"] = str(W * self.pick(1, 2, 10) + self.pick(0, 1))
        else:
            late = self.r.randint(0, W - n)
            row.update(in_time=str(n), late=str(late), overdue=str(W - n - late), not_due=str(self.pick(0, 0, 1, 5, self.r.randint(0, 60))))

    def flow(self, ind, q, T, js, total, row):
        """Amounts whose sum comes out on the target, or one off."""
        J = next((J for J in js if J.contains(q)), None)
        low = F(ind.get("bounds", {}).get("low", 0))
        if J is None:
            return self.clamp(ind, max(low, self.near(T, ind)))
        key = (J.first, J.last)
        share = F(q.days, J.days)
        if q.last == J.last and self.p(0.7):
            v = T - total.get(key, F(0)) + self.pick(0, 0, 1, -1) if not q.same(J) else self.near(T, ind)
        else:
            v = self.finite(T * share * self.pick(1, 1, 2, F(1, 2), 0))
        if ind.get("whole"):
            v = F(int(v))
        if low < 0 and self.p(0.2):
            v = -abs(v)
        v = self.clamp(ind, max(low, v))
        if not q.same(J):
            total[key] = total.get(key, F(0)) + v
        return v

    # ------------------------------------------------------------ deliverables
    def deliverables(self, ind, u, js):
        periods = {}
        for J in js or [self.cal.year(self.last_year)]:
            if "/" not in J.label and self.p(0.7):
                periods[(J.first, J.last)] = J
            if J.days > 100 and self.p(0.4):
                for q in self.cal.inside("quarter", J):
                    periods[(q.first, q.last)] = q
            if self.p(0.3):
                y = self.cal.year_of(J.last)
                periods[(y.first, y.last)] = y
        for q in sorted(periods.values(), key=lambda q: (q.first, q.last)):
            row = {"indicator": ind["id"], "unit": u, "period": q.label}
            day = None
            if self.p(0.5):
                edges = [q.first] * 2 + [e for e in self.edges if q.first <= e <= q.last] + [q.last, q.first, P.plus(q.first, q.days // 2), min(q.last, max(q.first, self.as_of))]
                day = self.r.choice(edges)
            if self.p(0.3) or day is None and self.p(0.3):
                first = dict(row)                      # reported as not done, while it ran
                first["through"] = P.plus(q.first, self.r.randint(0, q.days - 1))
                self.deliver_row(first, ind, None, first["through"], self.pick(first["through"], None))
            if self.p(0.85):
                stands = day or q.last
                known = self.pick(None, None, stands, P.plus(stands, 3), max(stands, self.known_on), P.plus(max(stands, self.known_on), 1))
                self.deliver_row(row, ind, day, stands, known)

    def deliver_row(self, row, ind, day, stands, known):
        q = self.cal.parse(row["period"])
        key = (ind["id"], row["unit"], q.first, q.last, False, known or stands)
        if key in self.used:
            return
        self.used.add(key)
        if day:
            row["done_on"] = day
        state = self.pick("final", "", "final", "provisional")
        if self.style == "wild" and self.p(0.2) and not day:
            state = self.pick("missing", "not_applicable")
        if state:
            row["state"] = state
        if known:
            row["recorded_on"] = known
        self.rows.append(row)

    # ------------------------------------------------------------ within
    def within(self):
        """An indicator whose whole is another's part."""
        shares = [i for i in self.indicators if i["kind"] == "share" and "within" not in i]
        if not shares or not self.p(0.25):
            return
        b = self.r.choice(shares)
        top = {"id": f"i{len(self.indicators) + 1}", "kind": "share", "name": {"vi": "Toàn bộ"}, "unit": "percent", "direction": "increase"}
        self.indicators.append(top)
        b["within"] = top["id"]
        for row in [x for x in self.rows if x["indicator"] == b["id"] and "whole" in x and x.get("state") != "expected"]:
            if self.p(0.6):
                w = F(row["whole"])
                part = w if self.p(0.8) else w + 1
                new = {k: row[k] for k in ("unit", "period", "through", "state", "recorded_on") if k in row}
                new.update(indicator=top["id"], part=text(part), whole=text(part + self.pick(0, 1, 100)))
                self.rows.append(new)

    # ------------------------------------------------------------ documents
    def demands(self):
        for _ in range(self.pick(1, 1, 2, 2, 3, 4)):
            self.target()

    def documents(self):
        self.frame()
        self.demands()
        self.targets_fit()
        self.paths()
        self.days()
        self.facts()
        self.within()
        self.rounding = {"scale": self.pick(0, 1, 2), "mode": "half_up"} if self.p(0.08) else None
        self.outlooks()
        self.r.shuffle(self.rows)
        return self.plan_text(), self.sheet(), self.as_of.isoformat(), self.known_on.isoformat()

    def plan_text(self):
        plan = {"id": "ke-hoach", "title": {"vi": "Kế hoạch"}, "owner": "so", "start": self.start, "calendar": self.spec}
        if self.rounding:
            plan["compare_rounded"] = self.rounding
        if self.bands:
            plan["pace_bands"] = self.bands
        out = 'format = "attain-plan/1"\n\n' + table("[plan]", plan)
        for u, parent in self.units:
            out += table("[[units]]", {"id": u, "name": {"vi": u.upper()}, **({"parent": parent} if parent else {})})
        for i in self.indicators:
            out += table("[[indicators]]", i)
        for t in self.targets:
            out += table("[[targets]]", t)
        return out

    def targets_fit(self):
        """A recurring target without a period in its range is not a target."""
        for t in self.targets:
            if "every" in t and not self.judged(t):
                del t["every"], t["from"], t["until"]
                t.pop("due", None)
                t["by"] = str(self.last_year)
                J = self.cal.parse(t["by"])
                if self.start > J.last:
                    t["from"] = J.first
                self.note(J.first, J.last)

    # ------------------------------------------------------------ paths
    def paths(self):
        """Shapes and bands."""
        x = self.x
        if x.random() < 0.35:
            self.bands = x.choice([{"on_track": "0.95", "at_risk": "0.60"}, {"on_track": "1", "at_risk": "0.8"}, {"on_track": F(9, 10), "at_risk": F(1, 2)},
                                   {"on_track": "0.975", "at_risk": "0.125"}, {"on_track": "1", "at_risk": "1"}])
        for t in self.targets:
            if "every" in t or t.get("by") == "undated" or not any(k in t for k in UPPER + LOWER):
                continue
            s = self.judged(t)[0]
            ind = next(i for i in self.indicators if i["id"] == t["indicator"])
            roll = x.random()
            if roll < 0.5:
                t["path"] = x.choice(["linear", "step", "step", "compound", "compound"])
            elif roll < 0.75:
                t["points"] = self.points(t, s, ind)
            if ind["kind"] == "flow" and t.get("over") != "window" and x.random() < 0.5:
                self.phases(t, s)

    def points(self, t, s, ind):
        """One to four before the due day, on strictly later days, a few on or before the baseline's day."""
        x = self.x
        first = max(self.base_day(t), P.plus(s.due, -1500))
        span = max(30, (s.due - first).days)
        days = {P.plus(first, x.randint(1, span)) for _ in range(x.choice([1, 1, 2, 2, 3]))}
        if x.random() < 0.25:
            days.add(x.choice([first, P.plus(first, -1), P.plus(first, -200), P.plus(s.due, -1)]))
        days = {day for day in days if day < s.due} or {P.plus(s.due, -1)}
        out = []
        for day in sorted(days):
            out.append({"on": day, "value": self.between(t, ind, F((day - first).days, span))})
        return out

    def base_day(self, t):
        b = t.get("baseline")
        return b["on"] if isinstance(b, dict) and "on" in b else max(self.start, date(2021, 12, 31))

    def between(self, t, ind, part):
        """A number on the way, now and then beside it."""
        x = self.x
        T = self.level.get(ind["id"], F(50))
        b = t.get("baseline")
        B = F(b["value"]) if isinstance(b, dict) and "value" in b else T / 2
        v = x.choice([B + (T - B) * part] * 3 + [B, T, B + (T - B) * part / 2, B + (T - B) * (part + 1) / 2, T + (T - B) / 10, B - (T - B) / 10])
        v = max(F(0), F(int(v * 100), 100))
        if ind["kind"] in PERCENT:
            v = min(F(100), v)
        if ind.get("whole"):
            v = F(int(v))
        return self.clamp(ind, v)

    def phases(self, t, s):
        x = self.x
        tiled = []
        for unit in ("half", "quarter", "month"):
            subs = self.cal.inside(unit, s.judged)
            if len(subs) > 1 and sum(q.days for q in subs) == s.judged.days:
                tiled.append(len(subs))
        if not tiled:
            return
        n = x.choice(tiled)
        cuts = sorted(x.randint(0, 100) for _ in range(n - 1))
        shares = [F(b - a, 100) for a, b in zip([0] + cuts, cuts + [100])]
        t["phases"] = [text(v) for v in shares] if x.random() < 0.6 else shares

    def sheet(self):
        keep = [c for c in COLUMNS if c in ("indicator", "period") or any(row.get(c) not in (None, "") for row in self.rows)]
        lines = [",".join(keep)]
        for row in self.rows:
            lines.append(",".join(str(row.get(c, "")) for c in keep))
        return "\n".join(lines) + "\n"


class PathCase(Case):
    """Chains of stages, seen while they run, with facts near the path."""

    def demands(self):
        self.roads, self.alone, self.gaps = {}, set(), 0.04
        for _ in range(self.pick(1, 1, 2)):
            self.chain()
        if self.p(0.15):
            self.target()

    def chain(self):
        kind = self.pick("share", "share", "flow", "flow", "flow", "flow", "stock", "stock", "ratio", "ratio", "mean", "survey", "on_time", "index")
        up = self.p(0.65)
        req = self.pick("at_least", "at_least", "at_least", "above", "increase_by") if up else self.pick("at_most", "at_most", "below", "reduce_by")
        ind = self.indicator(kind, "increase" if up else "decrease")
        ind.pop("periods_overlap", None)
        if "bounds" in ind and self.p(0.7):
            del ind["bounds"]
        top = 100 if kind in PERCENT else self.pick(20, 120, 1000)
        low, high = sorted((self.amount(ind, 0 if self.p(0.3) else 5, top // 2), self.amount(ind, top // 2, top)))
        B, T = (low, high) if up else (high, low)
        if self.p(0.08):
            T = B
        elif self.p(0.08):
            B, T = T, B
        if self.p(0.08):
            B = F(0)
        if self.p(0.03):
            T = F(0)
        self.level[ind["id"]] = T
        self.lonely = self.p(0.15)
        if self.lonely:
            self.alone.add(ind["id"])
        shared = {}
        self.scope(shared, kind)
        n = self.pick(1, 1, 1, 2, 2, 3)
        stages, last = [], None
        for k in range(n):
            t = self.stage(ind, kind, req, B, T, k, n)
            due = self.judged(t)[0].due
            if last is not None and due <= last:
                continue
            if stages:
                t["after"] = stages[-1]["id"]
            t.update(shared)
            stages.append(t)
            self.targets.append(t)
            last = due
            self.note(due)
        day = self.base_day(stages[-1])
        self.roads[ind["id"]] = (day, B, max(last, P.plus(day, 1)), T)
        # A stage without a baseline of its own starts from that of the stage it follows.
        for k, t in enumerate(stages):
            if any("baseline" in earlier for earlier in stages[:k]) and self.p(0.2):
                t.pop("baseline", None)
                t.pop("baseline_revisions", None)

    def amount(self, ind, low, high):
        return F(self.r.randint(low, high)) if ind.get("whole") else self.decimal(low, high)

    def stage(self, ind, kind, req, B, T, k, n):
        t = {"id": f"t{len(self.targets) + 1}", "indicator": ind["id"]}
        y = self.last_year - (n - 1 - k)
        own = k == n - 1
        part = F(k + 1, n)
        want = T if own else self.tidy(ind, self.pick(B + (T - B) * part, B + (T - B) * part, B, T, B + (T - B) * part / 2, B - (T - B) / 5))
        if not own and self.p(0.12):
            req = self.pick("exactly", "between", "improve", "increase_by", "reduce_by")
        if own and self.p(0.06):
            req = self.pick("exactly", "between", "improve")
        if req == "between":
            t["between"] = [want, want + 5]
        elif req == "improve":
            t["improve"] = True
        elif req in ("increase_by", "reduce_by"):
            t[req] = self.pick("10%", "12.5%", "50%", "0.5%", F(5), F(1))
        else:
            t[req] = want
        t["by"] = self.pick(*[f"{y}"] * 6, f"{y}-H2", f"{y}-Q3", f"{y}-9M", self.cal.year(y).last, self.cal.year(y).last)
        if not isinstance(t["by"], str):
            t["over"] = self.pick("year", "year", "half", "quarter", "window" if self.start < t["by"] else "year")
        s = self.judged(t)[0]
        if self.start > s.due:
            t["from"] = P.plus(s.judged.first, -self.pick(0, 300))
        elif self.p(0.15):
            t["from"] = self.pick(s.judged.first, P.plus(s.judged.first, -500))
        if t.get("over") == "window" and t.get("from", self.start) > s.due:
            del t["over"]
        self.start_from(t, ind, kind, req, B, want, s)
        if self.p(0.05):
            t["tolerance"] = F(1)
        if self.p(0.05):
            t["compare_rounded"] = {"scale": self.pick(0, 1), "mode": "half_up"}
        if not own and self.p(0.03):
            t["in_force"] = {"to": date(y, 6, 15)}
        t["citation"] = {"section": "II.2.a", "clause": "Theo lộ trình."}
        return t

    def start_from(self, t, ind, kind, req, B, want, s):
        relative = req in ("reduce_by", "increase_by", "improve")
        roll = self.r.random()
        if self.lonely:
            t["baseline"] = self.pick("first", "first", s.judged.label if "/" not in s.judged.label and len(s.judged.label) < 10 else "first")
        elif roll < 0.08 and not relative:
            return
        elif roll < 0.12 or relative and roll < 0.2:
            t["baseline"] = "2018"                      # before every fact
        elif roll < 0.3:
            self.base(t, req, kind, ind, want)
            if relative and "baseline" not in t:
                t["baseline"] = "first"
        else:
            day = self.pick(date(2021, 12, 31), P.plus(self.start, -1), self.start, P.plus(self.start, 200), P.plus(s.judged.first, -1),
                            P.plus(s.judged.first, -1), P.plus(s.judged.first, self.r.randint(0, 200)), P.plus(s.judged.first, -self.r.randint(1, 900)),
                            s.due if self.p(0.3) else self.start, P.plus(s.due, 40) if self.p(0.3) else self.start)
            t["baseline"] = {"value": self.clamp(ind, B), "on": day}

    def tidy(self, ind, v):
        v = max(F(0), F(int(v * 100), 100))
        if ind["kind"] in PERCENT:
            v = min(F(100), v)
        return F(int(v)) if ind.get("whole") else v

    def days(self):
        if self.p(0.15):
            return super().days()
        t = self.r.choice([t for t in self.targets if "after" in t] or self.targets)
        s = self.judged(t)[0] if self.judged(t) else None
        if s is None or s.due is None or s.due <= s.first:
            return super().days()
        first = max(s.first, P.plus(s.due, -1300))
        if self.p(0.7) and s.judged.first < s.due or t["indicator"] in self.alone:
            first = max(first, P.plus(s.judged.first, min(s.judged.days // 2, self.pick(0, 35, 100))))
        self.as_of = P.plus(first, self.r.randint(0, max(0, (s.due - first).days - 1)))
        if self.p(0.5):
            ends = [q.last for q in self.cal.inside("month", P.Period(first, s.due, "")) if q.last < s.due]
            self.as_of = self.r.choice(ends or [self.as_of])
        self.known_on = self.as_of if self.p(0.5) else P.plus(self.as_of, self.pick(1, 30, 200))

    def one_series(self, ind, u, js, bare):
        self.pace = self.pick(1, F(98, 100), F(9, 10), F(8, 10), F(7, 10), F(7, 10), F(1, 2), F(1, 5), F(6, 5))
        if ind["id"] in self.alone and js:
            return self.one_fact(ind, u, js[-1])
        return super().one_series(ind, u, js, bare and self.p(0.3))

    def one_fact(self, ind, u, J):
        """A single fact, so that a baseline "first" is the actual."""
        if u in self.parents:
            return
        self.pop, self.style = False, "plain"
        inside = [q for q in self.cal.inside("month", J) + self.cal.inside("quarter", J) if q.last <= self.as_of] or [J]
        q = self.r.choice(inside) if "/" in J.label or self.p(0.8) else J
        if "/" not in q.label:
            self.record(ind, u, q, self.level[ind["id"]], [J], False, {})

    def grain(self, y, js, parent):
        if self.p(0.3):
            return super().grain(y, js, parent)
        c, near = self.cal, abs(y - self.as_of.year) <= 1
        unit = self.pick("month", "month", "month", "quarter") if near and not parent else self.pick("quarter", "year") if not parent else "year"
        return c.inside(unit, c.year(y))

    def near(self, T, ind):
        if self.p(0.2):
            return super().near(T, ind)
        return self.pick(T, T, T, T * F(99, 100), T * F(101, 100)) if not ind.get("whole") else T

    def percent(self, row, ind, T, scale):
        if self.p(0.2) or ind["kind"] == "on_time" and self.p(0.3):
            return super().percent(row, ind, T, scale)
        W = self.pick(84, 100, 155, 204, 400, 1000) * scale
        n = max(0, min(W, int(T * W / 100) + self.pick(0, 0, 0, 1, -1)))
        row.update({"share": {"part": n, "whole": W}, "survey": {"positive": n, "valid": W},
                    "on_time": {"in_time": n, "late": (W - n) // 2, "overdue": W - n - (W - n) // 2, "not_due": self.pick(0, 0, 7)}}[ind["kind"]])
        if ind["kind"] == "survey" and self.pop:
            row["population"] = W * 10

    def flow(self, ind, q, T, js, total, row):
        J = next((J for J in js if J.contains(q)), None) or self.cal.year_of(q.first)
        if self.p(0.15):
            return super().flow(ind, q, T, js, total, row)
        days = (row.get("through", q.last) - q.first).days + 1
        v = T * F(days, J.days) * self.pick(1, 1, 1, F(9, 10), F(11, 10), F(7, 10))
        v = F(int(v + F(1, 2))) if ind.get("whole") else self.finite(v)
        return self.clamp(ind, max(F(ind.get("bounds", {}).get("low", 0)), v))

    def record(self, ind, u, q, T, js, bare, total):
        if ind["id"] in self.roads:
            day, B, due, end = self.roads[ind["id"]]
            part = min(F(1), max(F(0), F((q.last - day).days, (due - day).days)))
            part *= self.pace * self.pick(1, 1, 1, F(97, 100), F(9, 10), F(11, 10))
            T = B + (end - B) * part
            if ind["kind"] in ("flow", "stock") and len(self.leaves) > 1 and u in self.leaves and self.p(0.8):
                T /= len(self.leaves)
            T = self.tidy(ind, T)
        super().record(ind, u, q, T, js, bare, total)


def case(seed):
    road = random.Random(f"kind {seed}").random() < 0.7
    return (PathCase if road else Case)(seed).documents()


if __name__ == "__main__":
    plan, facts, as_of, known_on = case(sys.argv[1])
    folder = sys.argv[2] if len(sys.argv) > 2 else "."
    os.makedirs(folder, exist_ok=True)
    for name, body in (("plan.toml", plan), ("facts.csv", facts), ("args", f"--as-of {as_of} --known-on {known_on}\n")):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write(body)
