#!/usr/bin/env python3
"""Random cases through the reference and the tool, compared field by field.

python3 compare.py --tool PATH --count N --seed S [--jobs 2] [--keep DIR] [--ignore FIELD ...] [--only FIELD] [--case SEED]
Exit 1 on any difference.  Fields ending in "[why]" are quantities that both call undefined, with different reasons.
Numbers are compared as text, exactly; those of a path with a compound segment within 1e-11 (see `allowed`).
"""
import argparse
import collections
import concurrent.futures as futures
import json
import os
import subprocess
import sys
import tempfile
from fractions import Fraction as F

import generate
import reference

SIMPLE = ("indicator", "status", "group", "row", "reasons", "provisional", "variance", "shortfall", "shortfall_share",
          "ratio_to_target", "progress", "lost_since")
PATH = ("maintain", "precision", "expected", "planned_progress", "pace", "lead_days", "observed_rate", "required_rate",
        "acceleration_needed")
NESTED = ("actual", "threshold", "baseline", "cases")
ABSENT = object()
OWN = {"provisional", "actual.value", "actual.on", "actual.coverage.reported", "actual.coverage.expected", "variance", "shortfall_share", "cases"}


def norm(x):
    """Absent, null and empty are the same; a coverage's missing list is a set."""
    return None if x is ABSENT or x == [] or x == {} else x


def number(x):
    """Numbers and their text are the same."""
    if isinstance(x, (int,)) and not isinstance(x, bool):
        return str(x)
    return x


def whole_undefined(x):
    """{"undefined": r} in the place of an object."""
    return x["undefined"] if isinstance(x, dict) and set(x) == {"undefined"} else None


def differ(field, want, got, out):
    want, got = number(norm(want)), number(norm(got))
    if want == got:
        return
    a, b = whole_undefined(want), whole_undefined(got)
    # null where the other says why not: only noted as a difference of the reason
    if (a or want is None) and (b or got is None):
        if field not in ("lost_since", "actual.on", "baseline.on", "threshold.attainable"):
            out.append((field + "[why]", want, got))
        elif a is not None or b is not None:
            return
        return
    out.append((field, want, got))


def diff_object(name, want, got, out):
    if want is None:
        return
    got = got if isinstance(got, dict) else {"undefined": "(absent)"} if got in (None, ABSENT) else {"value": got}
    wu, gu = whole_undefined(want), whole_undefined(got)
    if name == "cases":
        if wu or gu:
            if wu != gu:
                out.append((name + ("[why]" if wu and gu else ""), want, got))
            return
    elif gu:
        # the whole object undefined: its value
        got = {"value": got}
    for key, w in want.items():
        if key == "coverage":
            g = got.get("coverage") or {}
            for k in ("reported", "expected"):
                differ(f"{name}.coverage.{k}", w[k], g.get(k), out)
            if sorted(w["missing"]) != sorted(g.get("missing") or []):
                out.append((f"{name}.coverage.missing", w["missing"], g.get("missing")))
        else:
            differ(f"{name}.{key}", w, got.get(key, ABSENT), out)


def decimal(x):
    try:
        return F(x) if isinstance(x, str) else None
    except ValueError:
        return None


def allowed(key, want):
    """How far a number of a compound path may lie off: 1e-11 of it, and of what it was subtracted from; one in the last place."""
    v, one = decimal(want.get(key)), F(1, 10**11)
    off = abs(v) * one
    E, B, T = decimal(want.get("expected")), decimal(want["anchors"][0]["value"]), decimal(want["anchors"][-1]["value"])
    if key in ("planned_progress", "pace") and E is not None:
        if T == B:                      # as written, to 12 places: what lies between them has no digit left
            return F(10**40)
        planned = decimal(want.get("planned_progress"))
        loss = max(abs(E), abs(B)) * one / abs(T - B)
        if key == "planned_progress":
            off += loss
        elif planned:
            off += abs(v) * loss / abs(planned)
    return off + F(12, 10**13)


def near(key, want, got):
    if key == "lead_days":
        return bool(want.get("lead_edge")) and isinstance(got, int) and isinstance(want[key], int) and abs(want[key] - got) <= 1
    if key not in PATH[2:]:
        return False
    a, b = decimal(want.get(key)), decimal(got)
    return a is not None and b is not None and abs(a - b) <= allowed(key, want)


def anchors(path):
    """(day, number, from) of each, in order."""
    return [(a.get("on"), number(a.get("value")), a.get("from")) for a in path.get("anchors") or []]


def diff_path(want, got, out):
    got = got if isinstance(got, dict) else {"undefined": "(absent)"}
    wu, gu = whole_undefined(want), whole_undefined(got)
    if wu or gu:
        if wu != gu:
            out.append(("path" + ("[why]" if wu and gu else ""), want, got))
        return
    if anchors(want) != anchors(got):
        out.append(("path.anchors", anchors(want), anchors(got)))
    for key in PATH:
        g = got.get(key, ABSENT)
        if isinstance(want[key], (bool, int)) or isinstance(g, (bool, int)):    # a JSON integer is not its text
            same = type(want[key]) is type(g) and want[key] == g
            if not same and not (want["precision"] != "exact" and near(key, want, g)):
                out.append((f"path.{key}", want[key], None if g is ABSENT else repr(g)))
        elif want["precision"] == "exact" or not near(key, want, g):
            differ(f"path.{key}", want[key], g, out)


def diff_summary(got, out):
    """The tool's own summary against its assessments."""
    for field, key in (("by_status", "status"), ("by_group", "group")):
        there = {k: n for k, n in got.get("summary", {}).get(field, {}).items() if n}
        counted = dict(collections.Counter(a.get(key) for a in got["assessments"]))
        if there != counted:
            out.append((("-", "-", "-"), f"summary.{field}", counted, there))


def diff_assessment(want, got):
    out = []
    for f in SIMPLE:
        if f in want:
            differ(f, want[f], got.get(f, ABSENT), out)
    for f in NESTED:
        diff_object(f, want.get(f), got.get(f, ABSENT), out)
    diff_path(want["path"], got.get("path", ABSENT), out)
    if want.get("kind") == "deliverable":
        # The page gives numbers for done and late only; what else an assessment of a deliverable shows is the tool's own.
        out = [d for d in out if d[0].split("[")[0] not in OWN]
    return out


def diff_cards(want, got):
    """[(key, field, reference, tool)]"""
    out = []

    def keyed(card):
        d = collections.defaultdict(list)
        for a in card["assessments"]:
            d[(a["target"], a["unit"], a["period"])].append(a)
        return d

    w, g = keyed(want), keyed(got)
    for key in list(w) + [k for k in g if k not in w]:
        if len(w.get(key, [])) != len(g.get(key, [])):
            out.append((key, "assessments", len(w.get(key, [])), len(g.get(key, []))))
            continue
        for a, b in zip(w[key], g[key]):
            for f, x, y in diff_assessment(a, b):
                out.append((key, f"{f}", x, y))
    if [k for k in w] != [k for k in g] and set(w) == set(g):
        out.append((("-", "-", "-"), "order", list(w), list(g)))
    diff_summary(got, out)
    codes = [collections.Counter(f["code"] for f in c.get("findings", [])) for c in (want, got)]
    for code in sorted(set(codes[0]) | set(codes[1])):
        if codes[0][code] != codes[1][code]:
            where = [[f["where"] for f in c.get("findings", []) if f["code"] == code] for c in (want, got)]
            out.append((("-", "-", "-"), f"finding.{code}", where[0], where[1]))
    return out


def run(job):
    """One seed: (seed, differences, documents)."""
    seed, o = job
    plan, facts, as_of, known_on = generate.case(seed)
    try:
        want = reference.assess(reference.load_plan(plan), reference.load_facts(facts), as_of, known_on)
    except Exception as e:  # the reference's own fault
        return seed, [(("-", "-", "-"), "reference crashed", repr(e), "")], (plan, facts, as_of, known_on), 0
    with tempfile.TemporaryDirectory() as d:
        p, f = os.path.join(d, "plan.toml"), os.path.join(d, "facts.csv")
        for name, body in ((p, plan), (f, facts)):
            with open(name, "w", encoding="utf-8") as h:
                h.write(body)
        cmd = [*o["tool"], p, f, "--as-of", as_of, "--known-on", known_on, "--format", "json"]
        try:
            r = subprocess.run(cmd, capture_output=True, text=True, timeout=60)
        except subprocess.TimeoutExpired:
            return seed, [(("-", "-", "-"), "timeout", "", "60 s")], (plan, facts, as_of, known_on), 0
    try:
        got = json.loads(r.stdout)
        got["assessments"]
    except (ValueError, KeyError, TypeError):
        return seed, [(("-", "-", "-"), "refused", f"exit {r.returncode}", (r.stderr or r.stdout).strip()[:600])], (plan, facts, as_of, known_on), 0
    diffs = diff_cards(want, got)
    diffs = [x for x in diffs if not any(x[1] == i or x[1].startswith(i + ".") for i in o["ignore"])]
    if o["only"]:
        diffs = [x for x in diffs if any(x[1] == i or x[1].startswith(i + ".") for i in o["only"])]
    return seed, diffs, (plan, facts, as_of, known_on), len(want["assessments"])


def short(x, n=90):
    s = x if isinstance(x, str) else json.dumps(x, ensure_ascii=False)
    return s if len(s) <= n else s[:n] + "…"


def keep(folder, seed, docs):
    d = os.path.join(folder, str(seed))
    os.makedirs(d, exist_ok=True)
    for name, body in (("plan.toml", docs[0]), ("facts.csv", docs[1]), ("args", f"--as-of {docs[2]} --known-on {docs[3]}\n")):
        with open(os.path.join(d, name), "w", encoding="utf-8") as f:
            f.write(body)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--tool", required=True, help="the binary, or a command with arguments")
    ap.add_argument("--count", type=int, default=1000)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--jobs", type=int, default=2)
    ap.add_argument("--keep", help="directory for failing documents")
    ap.add_argument("--show", type=int, default=40, help="differences printed in full; 0: none")
    ap.add_argument("--per-field", type=int, default=3, help="of one field, at most this many")
    ap.add_argument("--ignore", action="append", default=[])
    ap.add_argument("--only", action="append", default=[])
    ap.add_argument("--case", type=int, help="one case only")
    o = ap.parse_args()
    tool = [o.tool] if os.path.exists(o.tool) else o.tool.split()
    opts = {"tool": tool, "ignore": o.ignore, "only": o.only}
    seeds = [o.case] if o.case is not None else range(o.seed, o.seed + o.count)
    by_field, failing, shown, done, judged = collections.Counter(), 0, 0, 0, 0
    per = collections.Counter()
    first = {}
    with futures.ProcessPoolExecutor(max_workers=o.jobs) as pool:
        for seed, diffs, docs, n in pool.map(run, ((s, opts) for s in seeds), chunksize=8):
            done += 1
            judged += n
            if not diffs:
                continue
            failing += 1
            if o.keep:
                keep(o.keep, seed, docs)
            for key, field, want, got in diffs:
                by_field[field] += 1
                first.setdefault(field, seed)
                if shown < o.show and (per[field] < o.per_field or o.case is not None):
                    shown += 1
                    per[field] += 1
                    print(f"case {seed}  {' '.join(key)}  {field}\n    reference {short(want)}\n    tool      {short(got, 600 if field == 'refused' else 90)}")
    print(f"\n{done} cases, {judged} assessments, {failing} cases differ")
    for field, n in by_field.most_common():
        print(f"{n:7}  {field}   (first: case {first[field]})")
    return 1 if failing else 0


if __name__ == "__main__":
    sys.exit(main())
