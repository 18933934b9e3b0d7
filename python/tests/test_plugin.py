"""The pytest plugin: each outcome, what it says, exit statuses, JUnit, faults, and an assertion for tests of one's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

import attain
import attain.pytest_items as _  # the runs inside of a test share the native module, which loads once a process

pytest_plugins = ["pytester"]

PLAN = """\
format = "attain-plan/1"
plan = { id = "demo", owner = "office", start = 2024-01-01 }

[[indicators]]
id = "online"
kind = "share"

[[indicators]]
id = "silent"
kind = "share"

[[targets]]
id = "kept"
row = "K1"
indicator = "online"
at_least = 50
by = "2024"

[[targets]]
id = "broken"
row = "B1"
indicator = "online"
at_least = 80
by = "2024"
citation = { section = "II.2", line = 134, clause = "at least 80 %" }

[[targets]]
id = "advised"
indicator = "online"
at_least = 80
by = "2024"
severity = "advisory"

[[targets]]
id = "silent"
indicator = "silent"
at_least = 80
by = "2024"

[[targets]]
id = "excused"
indicator = "online"
at_least = 90
by = "2024"

[[targets]]
id = "later"
indicator = "silent"
at_least = 90
every = "year"
from = "2026-01-01"
until = "2026-12-31"

[[waivers]]
target = "excused"
authority = "the council"
reason = "a flood"
until = 2025-12-31
"""
# 1999 of 2500 are 79.96 %: 2000 are needed for 80 %, 2250 for 90 %.
FACTS = "indicator,period,part,whole\nonline,2024,1999,2500\n"
GIVEN = ("--attain", "plan.toml", "--attain-facts", "facts.csv", "--attain-as-of", "2025-06-30")
NAMES = ["kept::office::2024", "broken::office::2024", "advised::office::2024", "silent::office::2024"]
NAMES += ["excused::office::2024", "later::office::2026"]

Run = Callable[..., pytest.RunResult]


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs pytest where a plan and its facts lie."""
    pytester.makefile(".toml", plan=PLAN)
    pytester.makefile(".csv", facts=FACTS)

    # Of the plugins that are installed this one alone.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")

    def run(*arguments: str) -> pytest.RunResult:
        return pytester.runpytest_inprocess("-p", "attain", "-p", "no:cacheprovider", *arguments)

    return run


def test_each_outcome_of_the_check_is_one_of_pytest(run: Run) -> None:
    result = run(*GIVEN, "-rA")
    result.assert_outcomes(passed=2, failed=1, errors=1, xfailed=1, skipped=1, warnings=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines_random(
        [
            "PASSED plan.toml::kept::office::2024",
            "PASSED plan.toml::advised::office::2024",
            "FAILED plan.toml::broken::office::2024 - Missed: 79.96*",
            "ERROR plan.toml::silent::office::2024 - Awaiting*",
            "XFAIL plan.toml::excused::office::2024 - Missed: 79.96*waived until 2025-12-31; the council: a flood",
            "SKIPPED*Not started*",
        ]
    )


def test_a_failure_is_the_report_and_no_traceback(run: Run) -> None:
    result = run(*GIVEN, "-k", "broken")
    plan = attain.Plan.from_toml(PLAN)
    check = plan.assess(attain.Facts.from_csv(plan, FACTS), as_of="2025-06-30").check()
    report = check.report(check.cases[1], "en")
    assert report in result.stdout.str()
    for said in ("79.96 % (1,999/2,500)", "≥ 80 %", "0.04 pp short; 1 case short", "at least 80 %", "line 134"):
        assert said in report
    assert "Traceback" not in result.stdout.str()
    assert ".py" not in result.stdout.str().partition("= FAILURES =")[2].partition("short test summary")[0]


def test_no_data_is_an_error_and_never_a_pass(run: Run) -> None:
    result = run(*GIVEN, "-k", "silent")
    result.assert_outcomes(errors=1, deselected=5)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*ERROR at setup of silent::office::2024*", "error: silent::office::2024"])


def test_what_is_waived_passes_in_no_way(run: Run) -> None:
    run(*GIVEN, "-k", "excused").assert_outcomes(xfailed=1, deselected=5)
    # Whoever asks pytest to take expected failures for failures gets one.
    run(*GIVEN, "-k", "excused", "--runxfail").assert_outcomes(failed=1, deselected=5)


def test_a_waiver_that_is_over_excuses_nothing(run: Run) -> None:
    run(*GIVEN[:-1], "2026-01-01", "-k", "excused").assert_outcomes(failed=1, deselected=5)


def test_waivers_beside_the_plan(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makefile(
        ".toml",
        waivers='format = "attain-waivers/1"\n[[waivers]]\ntarget = "broken"\nauthority = "A"\nreason = "R"\nuntil = 2025-12-31\n',
    )
    run(*GIVEN, "--attain-waivers", "waivers.toml", "-k", "broken").assert_outcomes(xfailed=1, deselected=5)


def test_a_waiver_that_waives_nothing_is_told(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makefile(".toml", plan=PLAN.replace('target = "excused"', 'target = "kept"'))
    result = run(*GIVEN)
    result.stdout.fnmatch_lines(["*= attain: plan.toml =*", "*kept*"])


def test_a_warning_is_a_warning_of_pytest_at_the_line_of_the_target(run: Run) -> None:
    result = run(*GIVEN, "-k", "advised")
    result.assert_outcomes(passed=1, warnings=1, deselected=5)
    line = PLAN.splitlines().index('id = "advised"')  # of the line above it, from 1
    result.stdout.fnmatch_lines([f"*plan.toml:{line}: PromiseWarning: advised::office::2024: Missed: 79.96*"])


def test_strict_lets_warnings_fail_unless_the_plan_says_otherwise(run: Run, pytester: pytest.Pytester) -> None:
    # From 79.96 % in 2024 to 99.96 % in 2026: after 181 of 730 days 4.96 points were due, and 4 are there. Four fifths are at risk.
    plan = PLAN + """
[[targets]]
id = "behind"
indicator = "online"
at_least = 99.96
by = "2026"
baseline = "2024"
"""
    pytester.makefile(".toml", plan=plan)
    pytester.makefile(".csv", facts=FACTS + "online,2025-H1,2099,2500\n")
    run(*GIVEN, "-k", "behind").assert_outcomes(passed=1, warnings=1, deselected=6)
    run(*GIVEN, "-k", "behind", "--attain-strict").assert_outcomes(failed=1, deselected=6)
    run(*GIVEN, "-k", "advised", "--attain-strict").assert_outcomes(passed=1, warnings=1, deselected=6)


def test_names_lines_and_order_are_those_of_the_check(run: Run, pytester: pytest.Pytester) -> None:
    result = run(*GIVEN, "--collect-only", "-q")
    assert [line for line in result.outlines if "::" in line] == [f"plan.toml::{name}" for name in NAMES]
    items, _ = pytester.inline_genitems("-p", "attain", *GIVEN)
    places = {item.nodeid: item.location for item in items}
    line = PLAN.splitlines().index('id = "broken"')
    assert places["plan.toml::broken::office::2024"] == ("plan.toml", line - 1, "broken::office::2024")


@pytest.mark.parametrize("chosen", ["plan.toml::broken", "plan.toml::broken::office", "plan.toml::broken::office::2024"])
def test_a_case_is_run_by_its_name(run: Run, chosen: str) -> None:
    result = run(*GIVEN, chosen)
    result.assert_outcomes(failed=1)


@pytest.mark.parametrize("word", ["broken", "B1"])
def test_a_target_is_selected_by_id_or_key(run: Run, word: str) -> None:
    run(*GIVEN, "-k", word).assert_outcomes(failed=1, deselected=5)


def test_tests_of_ones_own_run_beside_them(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_own="def test_own(): pass")
    run(*GIVEN, "-k", "kept or own").assert_outcomes(passed=2, deselected=5)


def test_a_plan_that_pytest_ignores_is_not_taken_for_kept(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_own="def test_own(): pass")
    hidden = pytester.mkdir(".hidden") / "plan.toml"
    hidden.write_text(PLAN, encoding="utf-8")
    result = run("--attain", ".hidden/plan.toml", *GIVEN[2:])
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert ".hidden/plan.toml: not collected; expected a plan outside of what pytest ignores" in result.stderr.str()
    run("--attain", ".hidden/plan.toml", *GIVEN[2:], ".hidden/plan.toml::kept").assert_outcomes(passed=1)


INI = """\
[pytest]
attain_plan = plan.toml
attain_facts = facts.csv
attain_as_of = 2025-06-30
"""


def test_ini_and_its_paths_from_below_the_root(run: Run, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    pytester.makeini(INI + "attain_language = vi\n")
    below = pytester.mkdir("below")
    monkeypatch.chdir(below)
    result = run()
    result.assert_outcomes(passed=2, failed=1, errors=1, xfailed=1, skipped=1, warnings=1)
    assert "Trượt" in result.stdout.str() or "Không đạt" in result.stdout.str()


def test_the_command_line_takes_the_place_of_the_ini(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makeini(INI.replace("2025-06-30", "2026-01-01"))
    run("-k", "excused").assert_outcomes(failed=1, deselected=5)
    run("-k", "excused", "--attain-as-of", "2025-06-30").assert_outcomes(xfailed=1, deselected=5)


def test_what_the_ini_names_is_left_out_where_something_else_is_asked_for(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makeini(INI)
    pytester.makepyfile(test_own="def test_own(): pass")
    untold = "attain: the plans of the ini file were not run: the command line names what to run"
    result = run("test_own.py")
    result.assert_outcomes(passed=1)
    assert untold in result.stdout.str()
    for asked, counts in [(["plan.toml::kept"], {"passed": 1}), (["-k", "kept or own"], {"passed": 2, "deselected": 5})]:
        result = run(*asked)
        result.assert_outcomes(**counts)
        assert untold not in result.stdout.str()


def test_command_line_paths_are_relative_to_the_call(run: Run, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    pytester.makeini("[pytest]\n")
    monkeypatch.chdir(pytester.mkdir("below"))
    result = run("--attain", "../plan.toml", "--attain-facts", "../facts.csv", "--attain-as-of", "2025-06-30", "-k", "kept")
    result.assert_outcomes(passed=1, deselected=5)


def test_several_plans_with_their_facts(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makefile(".toml", other=PLAN)
    pytester.makefile(".csv", more=FACTS.replace("1999", "2000"))
    result = run(*GIVEN, "--attain", "other.toml", "--attain-facts", "more.csv", "-k", "broken", "-rA")
    result.assert_outcomes(passed=1, failed=1, deselected=10)
    result.stdout.fnmatch_lines_random(["PASSED other.toml::broken*", "FAILED plan.toml::broken*"])


def test_junit(run: Run, pytester: pytest.Pytester) -> None:
    run(*GIVEN, "--junitxml", "out.xml")
    root = ElementTree.parse(pytester.path / "out.xml").getroot()
    [suite] = root.iter("testsuite")
    assert {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "6",
        "failures": "1",
        "errors": "1",
        "skipped": "2",
    }
    cases = {f"{case.get('classname')}.{case.get('name')}": case for case in root.iter("testcase")}
    assert list(cases) == [f"plan.toml.{name.replace('::', '.')}" for name in NAMES]
    [failure] = cases["plan.toml.broken.office.2024"]
    assert failure.tag == "failure"
    assert failure.get("message") == "Missed: 79.96\u00a0% (1,999/2,500); ≥\u00a080\u00a0%; 0.04\u00a0pp short; 1 case short".replace("\u00a0", " ")
    assert "Citation     section II.2, line 134" in (failure.text or "")
    [error] = cases["plan.toml.silent.office.2024"]
    assert error.tag == "error" and "the report is overdue" in (error.get("message") or "")
    [waived] = cases["plan.toml.excused.office.2024"]
    assert (waived.tag, waived.get("type")) == ("skipped", "pytest.xfail")
    assert "the council: a flood" in (waived.get("message") or "")
    [skipped] = cases["plan.toml.later.office.2026"]
    assert (skipped.tag, skipped.get("type")) == ("skipped", "pytest.skip")
    assert [len(cases[name]) for name in ("plan.toml.kept.office.2024", "plan.toml.advised.office.2024")] == [0, 0]


def refused(result: pytest.RunResult) -> str:
    """What a usage error says, of a run that collected nothing."""
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "collected" not in result.stdout.str()
    return result.stderr.str()


def test_all_faults_are_listed_with_their_places(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makefile(".csv", facts="indicator,period,part,whole\nonline,2024,30,20\nnone,2024,1,2\n")
    pytester.makefile(".toml", other=PLAN.replace("at_least = 50", "at_leest = 50"))
    said = refused(run(*GIVEN, "--attain", "other.toml", "--attain-facts", "facts.csv"))
    faults = [line.removeprefix("ERROR: ") for line in said.splitlines() if line]
    assert len(faults) >= 3
    assert all(re.match(r"(facts\.csv|other\.toml):\d+:\d+: .+; expected .+", fault) for fault in faults), faults
    assert {fault.split(":")[1] for fault in faults if fault.startswith("facts.csv")} == {"2", "3"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (GIVEN[:4], "attain_as_of: the day that is spoken of is missing; expected --attain-as-of YYYY-MM-DD"),
        ((*GIVEN[:5], "2025-02-30"), "attain_as_of: '2025-02-30' is not a day; expected YYYY-MM-DD"),
        ((*GIVEN[:5], "20250630"), "attain_as_of: '20250630' is not a day; expected YYYY-MM-DD"),
        ((*GIVEN, "--attain-known-on", "soon"), "attain_known_on: 'soon' is not a day; expected YYYY-MM-DD"),
        ((*GIVEN, "--attain-language", "fr"), "attain_language: 'fr'; expected vi or en"),
        (GIVEN[:2] + GIVEN[4:], "attain_facts: 0 for 1 of attain_plan; expected one for each"),
        (GIVEN[2:], "attain_facts: 1 for 0 of attain_plan; expected one for each"),
        ((*GIVEN, "--attain-facts", "facts.csv"), "attain_facts: 2 for 1 of attain_plan; expected one for each"),
        ((*GIVEN, "--attain", "./plan.toml", "--attain-facts", "facts.csv"), "attain_plan: ./plan.toml is given twice"),
        ((*GIVEN[:3], "none.csv", *GIVEN[4:]), "none.csv: No such file or directory; expected a file that can be read"),
        ((*GIVEN, "--attain-waivers", "plan.toml"), "plan.toml:1:"),
    ],
)
def test_what_is_wrong_is_a_usage_error(run: Run, arguments: tuple[str, ...], said: str) -> None:
    assert said in refused(run(*arguments))


def test_where_nothing_is_checked_nothing_is_passed(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makefile(".toml", plan=PLAN.replace("\nindicator =", "\nin_force = { from = 2025-01-01 }\nindicator ="))
    said = refused(run(*GIVEN[:5], "2024-12-31"))
    assert "plan.toml: nothing is in force on 2024-12-31; where nothing is checked, nothing is passed" in said


def test_xdist_gives_the_same(run: Run, pytester: pytest.Pytester) -> None:
    pytest.importorskip("xdist")
    result = pytester.runpytest_subprocess("-p", "xdist", "-p", "attain", *GIVEN, "-n2", "-rA", "--junitxml", "out.xml")
    result.assert_outcomes(passed=2, failed=1, errors=1, xfailed=1, skipped=1, warnings=1)
    result.stdout.fnmatch_lines_random(["FAILED plan.toml::broken::office::2024 - Missed: 79.96*"])
    pytester.makefile(".csv", facts="indicator,period\n?,?\n")
    assert pytester.runpytest_subprocess("-p", "xdist", "-p", "attain", *GIVEN, "-n2").ret == pytest.ExitCode.USAGE_ERROR


def test_without_the_plugin_its_options_are_unknown(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_own="def test_own(): pass")
    assert pytester.runpytest_subprocess("-p", "no:attain").ret == pytest.ExitCode.OK
    assert pytester.runpytest_subprocess("-p", "no:attain", *GIVEN).ret == pytest.ExitCode.USAGE_ERROR


def test_without_a_plan_nothing_of_the_package_is_loaded(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_own="""
        import sys
        def test_own(pytestconfig):
            assert pytestconfig.pluginmanager.has_plugin("attain")
            assert [name for name in sys.modules if name.startswith("attain.")] == ["attain.pytest_plugin"]
        """
    )
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(passed=1)


def test_every_name_of_the_package_is_there() -> None:
    assert [name for name in attain.__all__ if not hasattr(attain, name)] == []
    assert set(attain.__all__) <= set(dir(attain))
    assert len(set(attain.__all__)) == len(attain.__all__)
    with pytest.raises(AttributeError, match="no attribute 'none'"):
        attain.none  # noqa: B018


class TestAssertKept:
    @pytest.fixture
    def card(self) -> attain.Scorecard:
        plan = attain.Plan.from_toml(PLAN)
        return plan.assess(attain.Facts.from_csv(plan, FACTS), as_of="2025-06-30")

    @pytest.mark.parametrize("target", ["kept", "K1", "advised", "excused", "later"])
    def test_kept(self, card: attain.Scorecard, target: str) -> None:
        attain.assert_kept(card, target)

    def test_broken_says_the_report(self, card: attain.Scorecard) -> None:
        check = card.check()
        for target in ("broken", "B1"):
            with pytest.raises(AssertionError) as raised:
                attain.assert_kept(card, target, unit="office", period="2024")
            assert str(raised.value) == check.report(check.cases[1], "en")
        with pytest.raises(AssertionError, match="^trượt|^không đạt"):
            attain.assert_kept(card, "broken", language="vi")

    def test_no_data_is_not_kept(self, card: attain.Scorecard) -> None:
        with pytest.raises(AssertionError, match="^error: silent::office::2024"):
            attain.assert_kept(card, "silent")

    def test_all_that_fail_are_told(self) -> None:
        plan = attain.Plan.decision_333()
        card = plan.assess(attain.Facts.decision_333(plan), as_of="2025-09-30")
        with pytest.raises(AssertionError) as raised:
            attain.assert_kept(card, "A10")
        names = re.findall("^failed: (.+)$", str(raised.value), re.MULTILINE)
        assert names == [f"dossiers-circulated-electronically-each-year::so-khcn::{year}" for year in (2022, 2023)]

    @pytest.mark.parametrize(
        ("named", "said"),
        [
            ({"target": "none"}, "the plan has no target 'none'; expected one of K1, B1, advised"),
            ({"target": "kept", "period": "1999"}, "period: no assessment is of the period '1999'; expected one of 2024, 2026"),
            ({"target": "kept", "period": "2026"}, "nothing is assessed of kept, 2026"),
            ({"target": "kept", "unit": "none"}, "the plan has no unit 'none'; expected one of office"),
        ],
    )
    def test_nothing_checked_is_nothing_kept(self, card: attain.Scorecard, named: dict[str, str], said: str) -> None:
        with pytest.raises(attain.UnknownReferenceError, match=re.escape(said)):
            attain.assert_kept(card, **named)  # type: ignore[arg-type]
