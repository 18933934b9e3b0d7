"""Section 8: a path through its anchors, its value on a day, and the first day on which it reaches a number.

Linear and step paths are exact.  Compound segments are computed to 60 digits and kept to 45, so that a value which comes out
even (1, 2, 4 in equal steps) is that value; callers compare them with a tolerance.
"""
from decimal import Context, Decimal, localcontext
from fractions import Fraction as F

DIGITS, KEPT = 60, 45


class Anchor:
    """`shape`: of the segment that leads here; `source`: "baseline", "point" or the id of a target."""
    def __init__(self, on, value, source, shape=None):
        self.on, self.value, self.source, self.shape = on, value, source, shape


def decimal(x):
    return Decimal(x.numerator) / Decimal(x.denominator)


def kept(d):
    return F(Context(prec=KEPT).plus(d))


def grown(v0, v1, part, whole):
    """v0 * (v1 / v0) ** (part / whole)"""
    with localcontext() as c:
        c.prec = DIGITS
        return kept(decimal(v0) * (decimal(v1 / v0).ln() * part / whole).exp())


def growing(v0, v1, a, whole):
    """The days until growth from v0 to v1 in `whole` days has come to a."""
    with localcontext() as c:
        c.prec = DIGITS
        return kept(decimal(a / v0).ln() / decimal(v1 / v0).ln() * whole)


class Path:
    def __init__(self, anchors, maintain=False, before=None):
        """`before`: the value before the only anchor, where the target is due before its baseline stands."""
        self.anchors, self.maintain, self.before = anchors, maintain, before

    @property
    def segments(self):
        return list(zip(self.anchors, self.anchors[1:]))

    @property
    def compound(self):
        return any(q.shape == "compound" for _, q in self.segments)

    def non_positive(self):
        """A compound segment whose ends are not of one sign, or 0."""
        return any(q.shape == "compound" and p.value * q.value <= 0 for p, q in self.segments)

    def value(self, day):
        first, last = self.anchors[0], self.anchors[-1]
        if self.maintain or day >= last.on:
            return last.value
        if self.before is not None:
            return self.before
        if day <= first.on:
            return first.value
        p, q = next((p, q) for p, q in self.segments if p.on <= day < q.on)
        part, whole = (day - p.on).days, (q.on - p.on).days
        if q.shape == "step" or part == 0:
            return p.value
        if q.shape == "compound":
            return grown(p.value, q.value, part, whole)
        return p.value + (q.value - p.value) * F(part, whole)

    def reached(self, a, sgn):
        """The first day (an ordinal, with a fraction) from the first anchor on which the path is at or beyond a, or a reason."""
        last = self.anchors[-1]
        if self.maintain:
            return "beyond_target" if (a - last.value) * sgn > 0 else "no_unique_day"
        first = self.anchors[0]
        if self.before is not None:
            return "beyond_target" if (a - last.value) * sgn > 0 else "no_unique_day"
        start = F(first.on.toordinal())
        q = self.anchors[1]
        if (a - first.value) * sgn <= 0:
            held = q.value == first.value or q.shape == "step"
            return "no_unique_day" if a == first.value and held else start
        for k, (p, q) in enumerate(self.segments):
            if (q.value - a) * sgn < 0:
                continue
            if q.shape == "step":
                return "no_unique_day"
            whole = (q.on - p.on).days
            if q.value == a:
                after = self.anchors[k + 2] if k + 2 < len(self.anchors) else None
                if after is not None and (after.value == a or after.shape == "step"):
                    return "no_unique_day"      # reached where a flat stage or a step begins, which holds it
                return F(q.on.toordinal())
            begin = p.on.toordinal()
            if q.shape == "compound":
                return begin + growing(p.value, q.value, a, whole)
            return begin + (a - p.value) / (q.value - p.value) * whole
        return "beyond_target"


def build(base_on, base, stages):
    """`stages`: (id, due day, T, shape, points [(day, value)]) from the earliest to this target."""
    anchors = [Anchor(base_on, base, "baseline")]
    for k, (name, due, T, shape, points) in enumerate(stages):
        own = k == len(stages) - 1
        if due <= base_on:
            if own:
                return Path([Anchor(due, T, name, shape)], before=base)
            continue
        for day, value in points:
            if anchors[-1].on < day < due:
                anchors.append(Anchor(day, value, "point", "points"))
        anchors.append(Anchor(due, T, name, shape))
    return Path(anchors)
