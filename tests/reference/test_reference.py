#!/usr/bin/env python3
"""The reference on the worked example of DOCUMENTS.md and on hand-made cases, one for each row of section 11.

python3 test_reference.py
"""
import unittest

import reference as R

PLAN = """
format = "attain-plan/1"
[plan]
id = "p"
owner = "so"
start = {start}
calendar = {calendar}
[[units]]
id = "so"
{units}
[[indicators]]
id = "x"
kind = "{kind}"
unit = "u"
direction = "increase"
{ind}
[[targets]]
id = "t"
indicator = "x"
{target}
"""


def card(target, facts, as_of, kind="share", ind="", start="2021-12-29", calendar='"gregorian"', units="", known=None):
    text = PLAN.format(start=start, calendar=calendar, units=units, kind=kind, ind=ind, target=target)
    return R.assess(R.load_plan(text), R.load_facts(facts), as_of, known or as_of)


def one(*a, **k):
    c = card(*a, **k)
    assert len(c["assessments"]) == 1, c["assessments"]
    return c["assessments"][0]


SHARE = "indicator,period,part,whole,state,recorded_on,through\n"
FLOW = "indicator,unit,period,value,state,through\n"
T57 = 'at_least = 57\nby = "2025"'


class Example(unittest.TestCase):
    def test_documents(self):
        facts = SHARE + "x,2021,31,155,final,2022-01-10,\nx,2025-Q1,20,40,final,2025-04-05,\nx,2025-Q2,19,44,provisional,2025-07-05,\n"
        a = one('at_least = 50\nby = "2025"\nbaseline = "2021"\noutlook = { whole = 204 }', facts, "2025-06-30",
                ind='reported = "quarter"', known="2025-07-31")
        self.assertEqual(a["row"], 10)          # row 9 in the page
        self.assertTrue(a["provisional"])
        self.assertEqual(a["actual"], {"value": "46.428571428571", "part": "39", "whole": "84", "on": "2025-06-30",
                                       "coverage": {"reported": 2, "expected": 2, "missing": []}})
        self.assertEqual(a["threshold"], {"value": "50", "attainable": None})
        self.assertEqual(a["baseline"], {"value": "20", "on": "2021-12-31"})
        self.assertEqual((a["variance"], a["shortfall"], a["ratio_to_target"], a["progress"]),
                         ("-3.571428571429", "3.571428571429", "0.928571428571", "0.880952380952"))
        self.assertEqual(a["cases"], {"short_by": "3", "allowance": "-3", "successes_needed_in_a_row": "6", "counts": "part",
                                      "remaining": "120", "needed_of_remaining": "63", "required_share": "0.525", "feasibility": "open"})


class Rows(unittest.TestCase):
    def row(self, a, row, status):
        self.assertEqual((a["row"], a["status"]), (row, status), a)

    def test_1_not_applicable(self):
        self.row(one(T57, SHARE + "x,2025,,,not_applicable,,\n", "2025-12-31"), 1, "not_applicable")
        self.row(one(T57, SHARE + "x,2025,,,not_applicable,,2025-03-01\n", "2025-04-01"), 1, "not_applicable")
        self.row(one(T57, SHARE + "x,2025-H1,,,not_applicable,,\nx,2025-H2,,,not_applicable,,\n", "2025-12-31"), 1, "not_applicable")
        self.row(one(T57, SHARE + "x,2025,0,0,,,\n", "2025-12-31"), 1, "not_applicable")
        self.row(one(T57, SHARE + "x,2025,0,0,,,\n", "2025-12-31", ind='when_no_cases = "met"'), 3, "met")
        self.row(one(T57, SHARE + "x,2025,0,0,,,\n", "2025-12-31", ind='when_no_cases = "missed"'), 3, "missed")

    def test_2_not_started(self):
        self.row(one(T57, SHARE + "x,2025,57,100,,,\n", "2021-12-28"), 2, "not_started")

    def test_3(self):
        self.row(one(T57, SHARE + "x,2025,57,100,,,\n", "2025-12-31"), 3, "met")
        self.row(one("at_least = 80\nby = \"2025\"", SHARE + "x,2025,7996,10000,,,\n", "2025-12-31"), 3, "missed")
        a = one("at_least = 80\nby = \"2025\"\ncompare_rounded = { scale = 1, mode = \"half_up\" }", SHARE + "x,2025,7996,10000,,,\n", "2025-12-31")
        self.row(a, 3, "met")
        self.assertEqual(a["reasons"], ["decided_by_rounding"])
        a = one("at_least = 80\nby = \"2025\"\ntolerance = 0.04", SHARE + "x,2025,7996,10000,,,\n", "2025-12-31")
        self.row(a, 3, "met")
        self.assertEqual((a["reasons"], a["shortfall"]), (["within_tolerance"], "0.04"))
        self.row(one('at_least = 100\nby = "2025"', SHARE + "x,2025-Q1,9,10,,,\n", "2025-12-31"), 3, "missed")
        self.row(one('at_most = 10\nby = "2025"', FLOW + "x,,2025-Q1,11,,\n", "2025-12-31", kind="flow"), 3, "missed")
        self.row(one('at_least = 101\nby = "2025"', SHARE + "x,2025-Q1,9,10,,,\n", "2025-12-31"), 3, "missed")

    def test_4_awaiting(self):
        for facts in ("", "x,2025-Q1,9,10,,,\n"):
            a = one(T57, SHARE + facts, "2025-12-31", ind='reported = "quarter"\nreport_due_days = 11')
            self.row(a, 4, "awaiting_data")
            self.assertEqual(a["reasons"], [])
        a = one(T57, SHARE, "2026-01-11", ind='reported = "quarter"\nreport_due_days = 11')
        self.assertEqual(a["reasons"], ["report_overdue"])
        facts = "indicator,period,value\nx,2025-H1,60\nx,2025-H2,60\n"
        a = one(T57, facts, "2025-12-31")
        self.row(a, 4, "awaiting_data")
        self.assertEqual(a["actual"]["value"], {"undefined": "bare_share"})
        self.row(one('at_least = 10\nby = "2025"', FLOW + "x,,2025-Q1,11,,\n", "2025-12-31", kind="flow"), 4, "awaiting_data")

    def test_5_no_data(self):
        self.row(one(T57, SHARE, "2025-06-30"), 5, "no_data")
        self.row(one(T57, SHARE, "2025-06-30", ind='reported = "quarter"'), 5, "no_data")
        a = one(T57, SHARE, "2025-03-30", ind='reported = "quarter"')
        self.row(a, 10, "in_progress")
        self.assertEqual(a["reasons"], ["nothing_due_yet"])

    def test_6_lost(self):
        a = one('at_least = 100\nby = "2025"', SHARE + "x,2025-Q1,10,10,,,\nx,2025-Q2,9,10,,,\nx,2025-Q3,9,10,,,\n", "2025-10-30")
        self.row(a, 6, "lost")
        self.assertEqual(a["lost_since"], "2025-06-30")
        a = one('at_least = 50\nby = "2025"\noutlook = { whole = 100 }', SHARE + "x,2025-Q1,9,60,,,\n", "2025-05-30")
        self.row(a, 6, "lost")
        a = one('at_most = 10\nby = "2025"', FLOW + "x,,2025-Q1,11,,\n", "2025-05-31", kind="flow")
        self.row(a, 6, "lost")
        self.row(one('above = 100\nby = "2025"', SHARE + "x,2023,9,10,,,\n", "2024-05-31"), 6, "lost")

    def test_7_secured(self):
        self.row(one('at_least = 50\nby = "2025"\noutlook = { whole = 100 }', SHARE + "x,2025-Q1,50,60,,,\n", "2025-05-30"), 7, "secured")
        self.row(one('at_most = 50\nby = "2025"\noutlook = { whole = 100 }', SHARE + "x,2025-Q1,5,60,,,\n", "2025-05-30"), 7, "secured")
        self.row(one('at_least = 10\nby = "2025"', FLOW + "x,,2025-Q1,11,,\n", "2025-05-31", kind="flow"), 7, "secured")

    def test_8_met_so_far(self):
        self.row(one(T57, SHARE + "x,2025-Q1,57,100,,,\n", "2025-05-30"), 8, "met_so_far")
        self.row(one('at_most = 20\nby = "2025"', FLOW + "x,,2025-Q1,11,,\n", "2025-05-31", kind="flow"), 10, "in_progress")
        a = one(T57, SHARE + "x,2023,57,100,,,\nx,2022,1,2,,,\n", "2024-03-30")
        self.row(a, 8, "met_so_far")
        self.assertEqual((a["reasons"], a["actual"]["on"]), (["earlier_period"], "2023-12-31"))

    def test_10_undated(self):
        a = one('at_least = 57\nby = "undated"', SHARE + "x,2023,57,100,,,\n", "2024-03-30")
        self.row(a, 10, "in_progress")
        self.assertEqual((a["reasons"], a["period"]), (["undated"], "undated"))

    def test_deliver(self):
        head = "indicator,period,done_on,through\n"
        t = 'deliver = true\nby = 2025-06-30\nfrom = 2025-01-01'
        k = {"kind": "deliverable"}
        self.row(one(t, head + "x,2025,2025-06-30,\n", "2025-06-30", **k), 3, "met")
        self.row(one(t, head + "x,2025,2025-07-01,\n", "2025-07-01", **k), 3, "missed")
        self.row(one(t, head + "x,2025,,2025-06-30\n", "2025-06-30", **k), 3, "missed")
        self.row(one(t, head, "2025-06-30", **k), 4, "awaiting_data")
        self.row(one(t, head, "2025-06-29", **k), 10, "in_progress")
        c = card(t, head + "x,2024-12,2024-12-30,\nx,2025-H1,2024-12-31,\n", "2025-02-01", **k)
        self.row(c["assessments"][0], 3, "met")
        self.assertEqual([f["code"] for f in c["findings"]], ["done_before_window"])
        self.row(one(t.replace("true", "2"), head + "x,2025-Q1,2025-02-01,\nx,2025-Q2,2025-06-10,\n", "2025-06-10", **k), 3, "met")


class Other(unittest.TestCase):
    def test_whole_things(self):
        a = one('reduce_by = "10%"\nby = "2025"\nbaseline = { value = 52, on = 2021-12-31 }', FLOW + "x,,2025,46,,\n", "2025-12-31",
                kind="stock", ind="whole = true")
        self.assertEqual((a["threshold"], a["status"]), ({"value": "46.8", "attainable": "46"}, "met"))

    def test_dates(self):
        import periods as P
        c = P.Calendar("nd09_2019")
        self.assertEqual(str(c.parse("2025-Q1")), "2025-Q1[2024-12-15..2025-03-14]")
        months = c.inside("month", c.parse("2025"))
        self.assertEqual([m.label for m in months], [f"2025-{k:02d}" for k in range(1, 13)])
        a = one("at_least = 57\nby = 2024-02-29", SHARE, "2025-01-01")
        self.assertEqual(a["period"], "2023-03-01/2024-02-29")

    def test_units(self):
        units = '[[units]]\nid = "a"\nparent = "so"\n[[units]]\nid = "b"\nparent = "so"'
        a = one('at_least = 10\nby = "2025"', FLOW + "x,a,2025,4,,\nx,b,2025,7,,\n", "2025-12-31", kind="flow", units=units)
        self.assertEqual((a["status"], a["actual"]["value"]), ("met", "11"))
        a = one('at_least = 10\nby = "2025"', FLOW + "x,a,2025,14,,\n", "2025-12-31", kind="flow", units=units)
        self.assertEqual((a["status"], a["actual"]["coverage"]["missing"]), ("awaiting_data", ["b"]))
        c = card('at_least = 10\nby = "2025"', FLOW + "x,a,2025,4,,\nx,b,2025,7,,\nx,,2025,12,,\n", "2025-12-31", kind="flow", units=units)
        self.assertEqual((c["assessments"][0]["actual"]["value"], c["findings"][0]["code"]), ("12", "parent_children_mismatch"))

    def test_never(self):
        a = one('at_least = 100\nby = "2025"', SHARE + "x,2025,9,10,,,\n", "2025-12-31")
        self.assertEqual(a["cases"]["successes_needed_in_a_row"], {"undefined": "never"})
        a = one('at_most = 20\nby = "2025"', SHARE + "x,2025,3,10,,,\n", "2025-12-31")
        self.assertEqual((a["cases"]["counts"], a["cases"]["short_by"], a["cases"]["successes_needed_in_a_row"]), ("complement", "1", "5"))

    def test_best_set(self):
        facts = FLOW + "x,,2025-9M,9,,\nx,,2025-H1,5,,\nx,,2025-H2,5,,\nx,,2025-Q4,3,,\n"
        a = one('at_least = 10\nby = "2025"', facts, "2025-12-31", kind="flow")
        self.assertEqual(a["actual"]["value"], "12")

    def test_text(self):
        F = R.F
        for x, s in ((F(2, 3), "0.666666666667"), (F(-1, 10**13), "0"), (F(-5, 10**13), "-0.000000000001"), (F(5), "5")):
            self.assertEqual(R.fmt(x), s)


if __name__ == "__main__":
    unittest.main()
