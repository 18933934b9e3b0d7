"""Section 2: days, periods, calendars.  A period is kept as its first and last day."""
import calendar
import re
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def plus(day, n):
    return day + timedelta(days=n)


def add_months(day, n):
    """n calendar months on, clipped to the month's end."""
    y, m = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(y, m + 1, min(day.day, calendar.monthrange(y, m + 1)[1]))


class Period:
    def __init__(self, first, last, label, months=None):
        self.first, self.last, self.label, self.months = first, last, label or f"{first}/{last}", months

    @property
    def days(self):
        return (self.last - self.first).days + 1

    def contains(self, other):
        return self.first <= other.first and other.last <= self.last

    def same(self, other):
        return self.first == other.first and self.last == other.last

    def __repr__(self):
        return f"{self.label}[{self.first}..{self.last}]"


def covered(period, spans):
    """Is every day of the period in one of the spans (first, last)?"""
    need = period.first
    for a, b in sorted(spans):
        if a <= need <= b:
            need = plus(b, 1)
    return need > period.last


class Calendar:
    """gregorian, {fiscal, named_for}, nd09_2019.  Months are counted absolutely: year * 12 + month - 1."""
    def __init__(self, spec):
        self.nd09 = spec == "nd09_2019"
        self.fiscal = spec["fiscal"] if isinstance(spec, dict) else 1
        self.named_end = isinstance(spec, dict) and spec.get("named_for", "start") == "end"   # READING: default start

    def month(self, m):
        y, k = divmod(m, 12)
        if self.nd09:
            py, pk = divmod(m - 1, 12)
            return date(py, pk + 1, 15), date(y, k + 1, 14)
        return date(y, k + 1, 1), date(y, k + 1, calendar.monthrange(y, k + 1)[1])

    def span(self, m, n, label):
        return Period(self.month(m)[0], self.month(m + n - 1)[1], label, n)

    def year_start(self, name):
        """The absolute month in which the year called `name` begins."""
        shift = 1 if self.named_end and self.fiscal > 1 else 0
        return (name - shift) * 12 + self.fiscal - 1

    def year(self, name):
        return self.span(self.year_start(name), 12, f"{name:04d}")

    def parse(self, label):
        label = label.isoformat() if isinstance(label, date) else str(label)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", label):
            d = date.fromisoformat(label)
            return Period(d, d, label)
        if re.fullmatch(r"\d{4}-\d\d", label):
            return self.span(int(label[:4]) * 12 + int(label[5:]) - 1, 1, label)
        y = int(label[:4])
        s = self.year_start(y)
        rest = label[5:]
        if not rest:
            return self.year(y)
        if rest == "9M":
            return self.span(s, 9, label)
        if rest in ("H1", "H2"):
            return self.span(s + 6 * (int(rest[1]) - 1), 6, label)
        if rest in ("Q1", "Q2", "Q3", "Q4"):
            return self.span(s + 3 * (int(rest[1]) - 1), 3, label)
        raise ValueError(label)

    def month_of(self, day):
        m = day.year * 12 + day.month - 1
        return m + 1 if self.nd09 and day.day >= 15 else m

    def name_of(self, m):
        """(year name, month within the year) of an absolute month."""
        y, k = divmod(m - (self.fiscal - 1), 12)
        return (y + 1 if self.named_end and self.fiscal > 1 else y), k

    def year_of(self, day):
        return self.year(self.name_of(self.month_of(day))[0])

    def of(self, unit, m):
        """The period of a length that contains the absolute month m."""
        y, k = self.name_of(m)
        if unit == "year":
            return self.year(y)
        if unit == "half":
            return self.parse(f"{y:04d}-H{k // 6 + 1}")
        if unit == "quarter":
            return self.parse(f"{y:04d}-Q{k // 3 + 1}")
        return self.parse(f"{m // 12:04d}-{m % 12 + 1:02d}")

    def series(self, unit, start, until):
        """From the first period beginning on or after start to the last ending on or before until."""
        out, m = [], self.month_of(start)
        while True:
            p = self.of(unit, m)
            if p.last > until:
                return out
            if p.first >= start:
                out.append(p)
            m = self.month_of(plus(p.last, 1))

    def inside(self, unit, period):
        return self.series(unit, period.first, period.last)

    def labelled(self, p):
        """The calendar's label of these days, else first/last."""
        if p.first == p.last:
            return Period(p.first, p.last, p.first.isoformat())
        m = self.month_of(p.first)
        tries = [self.of(u, m) for u in ("year", "half", "quarter", "month")]
        tries.append(self.parse(f"{self.name_of(m)[0]:04d}-9M"))
        for q in tries:
            if q.same(p):
                return q
        return p
