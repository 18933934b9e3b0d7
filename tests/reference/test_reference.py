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
        self.assertEqual((a["row"], a["status"], a["group"], a["reasons"]), (9, "on_track", "good", []))
        self.assertTrue(a["provisional"])
        self.assertEqual(a["actual"], {"value": "46.428571428571", "part": "39", "whole": "84", "on": "2025-06-30",
                                       "coverage": {"reported": 2, "expected": 2, "missing": []}})
        self.assertEqual(a["threshold"], {"value": "50", "attainable": None})
        self.assertEqual(a["baseline"], {"value": "20", "on": "2021-12-31"})
        self.assertEqual((a["variance"], a["shortfall"], a["ratio_to_target"], a["progress"]),
                         ("-3.571428571429", "3.571428571429", "0.928571428571", "0.880952380952"))
        self.assertEqual(a["cases"], {"short_by": "3", "allowance": "-3", "successes_needed_in_a_row": "6", "counts": "part",
                                      "remaining": "120", "needed_of_remaining": "63", "required_share": "0.525", "feasibility": "open"})
        self.assertEqual(a["path"], {
            "expected": "46.221765913758", "planned_progress": "0.874058863792", "pace": "1.007886788231", "lead_days": 10,
            "observed_rate": "7.558995693031", "required_rate": "7.08933423913", "acceleration_needed": "0.937867215041",
            "precision": "exact", "maintain": False,
            "anchors": [{"on": "2021-12-31", "value": "20", "from": "baseline"}, {"on": "2025-12-31", "value": "50", "from": "t"}]})


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


STOCK = "indicator,period,value\n"
ZERO = "baseline = { value = 0, on = 2024-12-31 }"
STAGES = """at_least = {first}
by = "2023"
baseline = {{ value = 20, on = 2021-12-31 }}
[[targets]]
id = "u"
indicator = "x"
after = "t"
by = "2025"
"""


def why(x):
    return x.get("undefined") if isinstance(x, dict) else None


class Paths(unittest.TestCase):
    """Section 8, on numbers that can be counted by hand: 365 in the 365 days of 2025."""
    def stock(self, a, target=None, on="2025-04-10", **k):
        target = target or f'at_least = 365\nby = "2025"\n{ZERO}'
        return one(target, STOCK + f"x,{on},{a}\n", on, kind="stock", **k)

    def is_(self, a, row, status, reasons=()):
        self.assertEqual((a["row"], a["status"], a["reasons"]), (row, status, list(reasons)), a)

    def test_numbers(self):
        a = self.stock(90)                      # 10/04 is the hundredth day
        self.is_(a, 9, "at_risk")
        self.assertEqual(a["group"], "warning")
        p = a["path"]
        # 90/100 of a year's days; (365 - 90)/265; (275/265)/(90/100)
        self.assertEqual([p[k] for k in R.NUMBERS], ["100", "0.27397260274", "0.9", -10, "328.71825", "379.025235849057", "1.153039832285"])

    def test_bands(self):
        for a, status in ((95, "on_track"), ("94.99", "at_risk"), (60, "at_risk"), ("59.99", "off_track"), (100, "on_track"), (0, "off_track")):
            self.is_(self.stock(a), 9, status)
        text = PLAN.replace("calendar =", 'pace_bands = {{ on_track = "1", at_risk = 0.9 }}\ncalendar =')
        for a, status in ((99, "at_risk"), ("89.9", "off_track")):
            plan = text.format(start="2021-12-29", calendar='"gregorian"', units="", kind="stock", ind="",
                               target=f'at_least = 365\nby = "2025"\n{ZERO}')
            c = R.assess(R.load_plan(plan), R.load_facts(STOCK + f"x,2025-04-10,{a}\n"), "2025-04-10", "2025-04-10")
            self.is_(c["assessments"][0], 9, status)

    def test_lead(self):
        for a, want in ((100, 0), ("99.5", -1), ("100.5", 0), (101, 1), (0, -100), (365, 265), (366, "beyond_target")):
            lead = self.stock(a)["path"]["lead_days"]
            self.assertEqual(why(lead) or lead, want)
        cut = f'at_most = 0\nby = "2025"\nbaseline = {{ value = 365, on = 2024-12-31 }}'
        self.assertEqual(self.stock(275, cut)["path"]["lead_days"], -10)
        self.assertEqual(self.stock(400, cut)["path"]["lead_days"], -100)

    def test_step(self):
        target = 'at_most = 10\nby = "2025"\npath = "step"\nbaseline = { value = 20, on = 2024-12-31 }'
        a = self.stock(25, target)
        self.is_(a, 10, "in_progress", ["no_planned_progress"])
        self.assertEqual((a["path"]["expected"], a["path"]["planned_progress"], why(a["path"]["pace"])), ("20", "0", "no_planned_progress"))
        self.assertEqual(a["path"]["lead_days"], -100)
        a = self.stock(20, target)
        self.is_(a, 9, "on_track")
        self.assertEqual((why(a["path"]["lead_days"]), why(a["path"]["acceleration_needed"])), ("no_unique_day", "not_moving"))
        self.assertEqual(why(self.stock(15, target)["path"]["lead_days"]), "no_unique_day")
        self.assertEqual(why(self.stock(9, target)["path"]["lead_days"]), "beyond_target")
        a = self.stock(15, target, on="2025-12-31")
        self.assertEqual((a["path"]["expected"], a["path"]["pace"], why(a["path"]["required_rate"])), ("10", "0.5", "no_time_left"))
        self.assertEqual(self.stock(15, target, on="2025-12-30")["path"]["expected"], "20")

    def test_compound(self):
        target = 'at_least = 400\nby = 2026-12-31\nover = "window"\npath = "compound"\nbaseline = { value = 100, on = 2024-12-31 }'
        a = self.stock(200, target, on="2025-12-31")        # 365 of 730 days: doubled once of twice
        self.is_(a, 9, "on_track")
        p = a["path"]
        self.assertEqual((p["expected"], p["planned_progress"], p["pace"], p["lead_days"], p["precision"]),
                         ("200", "0.333333333333", "1", 0, "12_significant_digits"))
        p = self.stock(150, target, on="2025-07-02")["path"]      # 183 of 730: 100 * 4 ** (183/730); log(1.5)/log(4) * 730 = 213.51...
        self.assertAlmostEqual(float(p["expected"]), 100 * 4 ** (183 / 730), 9)
        self.assertEqual(p["lead_days"], 30)
        p = self.stock(400, target, on="2025-12-31")["path"]
        self.assertEqual(p["lead_days"], 365)
        for value in ("0", "-5"):
            a = self.stock(5, target.replace("value = 100", f"value = {value}"), ind="bounds = { low = -100 }")
            self.is_(a, 10, "in_progress", ["non_positive"])
            self.assertEqual(a["path"], {"undefined": "non_positive"})

    def test_points(self):
        points = "points = [{ on = 2024-12-31, value = 7 }, { on = 2025-01-10, value = 50 }, { on = 2025-04-20, value = 40 }, { on = 2025-12-31, value = 9 }]"
        a = self.stock(45, f'at_least = 100\nby = "2025"\n{points}\n{ZERO}')
        p = a["path"]
        self.assertEqual([(q["on"], q["value"], q["from"]) for q in p["anchors"]],
                         [("2024-12-31", "0", "baseline"), ("2025-01-10", "50", "point"), ("2025-04-20", "40", "point"), ("2025-12-31", "100", "t")])
        self.assertEqual((p["expected"], p["planned_progress"], p["pace"], p["lead_days"]), ("41", "0.41", "1.09756097561", -91))
        # a path that first leads away
        a = self.stock(5, f'at_least = 100\nby = "2025"\npoints = [{{ on = 2025-04-20, value = 4 }}]\nbaseline = {{ value = 10, on = 2024-12-31 }}')
        self.assertEqual((why(a["path"]["pace"]), a["path"]["lead_days"]), ("no_planned_progress", -100))
        self.assertEqual(a["path"]["expected"], R.fmt(10 - R.F(6 * 100, 110)))

    def chain(self, last, facts, as_of, first=30):
        return card(STAGES.format(first=first) + last, STOCK + facts, as_of, kind="stock")["assessments"][1]

    def test_chain(self):
        base = "baseline = { value = 20, on = 2021-12-31 }\n"
        a = self.chain("at_least = 50\n" + base, "x,2025-01-01,35\n", "2025-01-01")
        p = a["path"]
        self.assertEqual([(q["on"], q["value"], q["from"]) for q in p["anchors"]],
                         [("2021-12-31", "20", "baseline"), ("2023-12-31", "30", "t"), ("2025-12-31", "50", "u")])
        # 367 of 731 days from 30 to 50; 35 is reached on day 731/4 = 182.75
        self.assertEqual((p["expected"], p["lead_days"]), (R.fmt(30 + R.F(20 * 367, 731)), -185))
        # each segment has the shape of the target it leads to
        p = self.chain("at_least = 50\npath = \"step\"\n" + base, "x,2022-12-31,35\n", "2022-12-31")["path"]
        self.assertEqual((p["expected"], why(p["lead_days"])), ("25", "no_unique_day"))
        # a stage not after the baseline's day plays no part
        p = self.chain("at_least = 50\nbaseline = { value = 20, on = 2023-12-31 }\n", "x,2025-01-01,35\n", "2025-01-01")["path"]
        self.assertEqual([q["from"] for q in p["anchors"]], ["baseline", "u"])
        # a flat stage
        p = self.chain("at_least = 30\n" + base, "x,2025-01-01,30\n", "2025-01-01")["path"]
        self.assertEqual(why(p["lead_days"]), "no_unique_day")
        p = self.chain("at_least = 30\n" + base, "x,2025-01-01,29\n", "2025-01-01")["path"]
        self.assertEqual((p["expected"], p["lead_days"]), ("30", -440))        # day 657 of 730 is 2023-10-19
        # a stage without a threshold of its own
        for first, reason in (("exactly = 30", "no_single_direction"), ('increase_by = "10%"', "no_baseline")):
            text = STAGES.replace("at_least = {first}", first).replace("{{ value = 20, on = 2021-12-31 }}", '"2020"').format()
            a = card(text + "at_least = 50\n" + base, STOCK + "x,2025-01-01,35\n", "2025-01-01", kind="stock")["assessments"][1]
            self.is_(a, 10, "in_progress", [reason])

    def test_baseline_after_the_due_day(self):
        a = self.stock(5, 'at_least = 10\nby = "2025"\nbaseline = { value = 2, on = 2026-02-01 }')
        p = a["path"]
        self.assertEqual((p["expected"], why(p["pace"]), why(p["observed_rate"])), ("2", "before_baseline", "before_baseline"))
        self.assertEqual([q["on"] for q in p["anchors"]], ["2025-12-31"])
        self.is_(a, 10, "in_progress", ["before_baseline"])

    def test_maintain(self):
        target = 'at_least = 50\nby = "2025"\nbaseline = { value = %d, on = 2024-12-31 }'
        for base, reason in ((60, "baseline_meets_target"), (50, "target_equals_baseline")):
            a = self.stock(45, target % base)
            self.is_(a, 9, "off_track")
            p = a["path"]
            self.assertEqual((p["maintain"], p["expected"], why(p["planned_progress"]), why(p["pace"]), why(p["lead_days"])),
                             (True, "50", reason, reason, "no_unique_day"))
            self.assertEqual(p["anchors"], [{"on": "2025-12-31", "value": "50", "from": "t"}])
        self.assertEqual(why(self.stock(51, target % 60)["path"]["lead_days"]), "beyond_target")
        # above: equal to the target and yet not met
        a = self.stock(49, 'above = 50\nby = "2025"\nbaseline = { value = 50, on = 2024-12-31 }')
        self.is_(a, 10, "in_progress", ["target_equals_baseline"])
        a = self.stock(50, 'above = 50\nby = "2025"\nbaseline = { value = 50, on = 2024-12-31 }')
        self.is_(a, 10, "in_progress", ["target_equals_baseline"])

    def flow(self, value, target, through="2025-03-31", period="2025-Q1", units="", **k):
        rows = value if "," in str(value) else f"x,,{period},{value},,{through}\n"
        return one(target, FLOW + rows, through, kind="flow", units=units, **k)

    def test_flow(self):
        rise = f'at_least = 365\nby = "2025"\n{ZERO}'
        for v, status in ((90, "on_track"), ("85.5", "on_track"), (81, "at_risk"), (50, "off_track")):
            self.is_(self.flow(v, rise), 9, status)
        p = self.flow(81, rise)["path"]
        self.assertEqual((p["expected"], p["pace"]), ("90", "0.9"))
        for k in ("planned_progress", "lead_days", "observed_rate", "required_rate", "acceleration_needed"):
            self.assertEqual(why(p[k]), "period_incomplete")
        cut = 'at_most = 365\nby = "2025"\nbaseline = { value = 730, on = 2024-12-31 }'
        self.is_(self.flow(90, cut), 9, "on_track")
        self.is_(self.flow(91, cut), 10, "in_progress", ["period_incomplete"])
        kept = cut.replace("730", "300")
        self.is_(self.flow(91, kept), 9, "off_track")
        self.assertEqual(why(self.flow(91, kept)["path"]["planned_progress"]), "baseline_meets_target")
        self.is_(self.flow(0, f'at_least = 365\nby = "2025"\n{ZERO}', through="2025-03-31"), 9, "off_track")

    def test_phases(self):
        rise = f'at_least = 1000\nby = "2025"\n{ZERO}\nphases = ["0.1", "0.2", 0.3, 0.4]'
        self.assertEqual(self.flow(100, rise)["path"]["expected"], "100")
        # 45 of the first quarter's 90 days
        self.assertEqual(self.flow(100, rise, through="2025-02-14")["path"]["expected"], "50")
        # Q1, and 30 days of 91
        self.assertEqual(self.flow("x,,2025-Q1,9,,\nx,,2025-Q2,9,,2025-04-30\n", rise, through="2025-04-30")["path"]["expected"], "165.934065934066")
        # a half: its two quarters, not the two halves of a year
        half = f'at_least = 1000\nby = "2025-H1"\n{ZERO}\nphases = [0.1, 0.9]'
        self.assertEqual(self.flow(100, half)["path"]["expected"], "100")

    def test_flow_of_units(self):
        units = '[[units]]\nid = "a"\nparent = "so"\n[[units]]\nid = "b"\nparent = "so"'
        rise = f'at_least = 365\nby = "2025"\n{ZERO}'
        rows = "x,a,2025-Q1,50,,2025-02-14\nx,b,2025-Q1,20,,2025-02-14\n"
        self.assertEqual(self.flow(rows, rise, units=units)["path"]["expected"], "45")
        phased = rise + '\nphases = [0.2, 0.2, 0.2, 0.4]'
        self.assertEqual(self.flow(rows, phased, units=units)["path"]["expected"], "36.5")
        for rows in ("x,a,2025-Q1,50,,\n", "x,a,2025-Q1,50,,\nx,b,2025-Q1,20,,2025-02-14\n"):
            a = self.flow(rows, rise, units=units)                      # b says less or nothing: no one share of the period
            self.assertEqual((why(a["path"]["expected"]), why(a["path"]["pace"])), ("period_incomplete", "period_incomplete"))
            self.is_(a, 10, "in_progress", ["period_incomplete"])

    def test_no_path(self):
        rows = STOCK + "x,2025-03-31,5\n"
        for target, reason in (('at_least = 9\nby = "undated"\n' + ZERO, "undated"),
                               ('at_least = 9\nevery = "year"\nfrom = 2025-01-01\nuntil = 2025-12-31\n' + ZERO, "recurring"),
                               ('exactly = 9\nby = "2025"\n' + ZERO, "no_single_direction"),
                               ('between = [8, 9]\nby = "2025"\n' + ZERO, "no_single_direction"),
                               ('improve = true\nby = "2025"\nbaseline = { value = 7, on = 2024-12-31 }', "no_single_direction"),
                               ('at_least = 9\nby = "2025"', "no_baseline"),
                               ('at_least = 9\nby = "2025"\nbaseline = "first"', "single_fact")):
            a = one(target, rows, "2025-03-31", kind="stock")
            self.assertEqual(a["path"], {"undefined": reason})
            self.is_(a, 10, "in_progress", [reason])
            if reason == "single_fact":
                self.assertEqual(a["progress"], "0")
        a = one('increase_by = 9\nby = "2025"\nbaseline = "2020"', rows, "2025-03-31", kind="stock")
        self.is_(a, 10, "in_progress", ["no_threshold"])
        self.assertEqual(why(a["path"]), "no_baseline")
        a = one(f'at_least = 9\nby = "2025"\n{ZERO}', STOCK, "2025-03-31", kind="stock")
        self.is_(a, 5, "no_data")
        self.assertEqual(len(a["path"]["anchors"]), 2)
        self.assertEqual({why(a["path"][k]) for k in R.NUMBERS}, {"report_overdue"})

    def test_earlier_period(self):
        a = self.stock(20, 'at_least = 731\nby = "2026"\nbaseline = { value = 1, on = 2024-12-31 }', on="2025-04-10")
        self.assertEqual(a["path"]["expected"], "101")
        self.is_(a, 9, "off_track", ["earlier_period"])


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
