"""Reads JUnit and SARIF back with readers that know nothing of this project, and counts what they find.

What they should find is worked out here from the scorecard alone, by the table of SEMANTICS §14. JUnit is held against the
published schema too.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
from collections import Counter

import junitparser
import xmlschema
from sarif import loader

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTCOMES = {
    "met": "passed", "secured": "passed", "met_so_far": "passed", "on_track": "passed", "at_risk": "warning",
    "off_track": "failed", "lost": "failed", "missed": "failed", "no_data": "error", "awaiting_data": "skipped",
    "in_progress": "skipped", "not_started": "skipped", "not_applicable": "skipped",
}


def run(tool, *arguments):
    done = subprocess.run([tool, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout


def expected(card, strict, waived):
    """The outcomes by the table, from the scorecard alone."""
    late = {finding["where"] for finding in card["findings"] if finding["code"] == "late_report"}
    outcomes = {}
    for one in card["assessments"]:
        outcome = OUTCOMES[one["status"]]
        if one["status"] == "awaiting_data" and "report_overdue" in one["reasons"]:
            outcome = "error"
        if outcome == "passed" and f'{one["target"]} {one["unit"]} {one["period"]}' in late:
            outcome = "warning"
        if outcome == "warning" and strict:
            outcome = "failed"
        if outcome in ("failed", "error") and one["target"] in waived:
            outcome = "waived"
        outcomes[f'{one["target"]}::{one["unit"]}::{one["period"]}'] = outcome
    return outcomes


def of_junit(path):
    """The outcomes that junitparser reads, and the counts that the document gives itself."""
    read = junitparser.JUnitXml.fromfile(str(path))
    outcomes, counted = {}, Counter()
    for suite in read:
        counted.update(tests=suite.tests, failures=suite.failures, errors=suite.errors, skipped=suite.skipped)
        for case in suite:
            match case.result:
                case []:
                    outcome = "warning" if case.system_out else "passed"
                case [junitparser.Failure()]:
                    outcome = "failed"
                case [junitparser.Error()]:
                    outcome = "error"
                case [junitparser.Skipped(type="waived")]:
                    outcome = "waived"
                case [junitparser.Skipped()]:
                    outcome = "skipped"
                case other:
                    raise AssertionError(other)
            assert case.name not in outcomes, case.name
            outcomes[case.name] = outcome
    return outcomes, counted


def check(tool, schema, folder, strict, waivers, waived):
    arguments = ["--check"] + (["--strict"] if strict else []) + (["--waivers", waivers] if waivers else [])
    _, text = run(tool, "--format", "json")
    wanted = expected(json.loads(text), strict, waived)
    counts = Counter(wanted.values())
    assert counts["failed"] and counts["error"] and counts["skipped"] and counts["waived"] == len(waived), counts

    junit = folder / "check.xml"
    code, text = run(tool, *arguments, "--format", "junit")
    assert code == 1, code
    junit.write_text(text, encoding="utf-8")
    schema.validate(str(junit))
    found, counted = of_junit(junit)
    assert found == wanted, {name: (found.get(name), wanted.get(name)) for name in found.keys() ^ wanted.keys()}
    skipped = counts["skipped"] + counts["waived"]
    itself = Counter(tests=len(wanted), failures=counts["failed"], errors=counts["error"], skipped=skipped)
    assert +counted == +itself, (counted, itself)

    sarif = folder / "check.sarif"
    code, text = run(tool, *arguments, "--format", "sarif")
    assert code == 1, code
    sarif.write_text(text, encoding="utf-8")
    records = loader.load_sarif_file(str(sarif)).get_records()
    levels = Counter(record["Severity"] for record in records)
    wanted_levels = +Counter(error=counts["failed"] + counts["error"] + counts["waived"], warning=counts["warning"])
    assert levels == wanted_levels, (levels, wanted_levels)
    lines = (ROOT / "plans/decision-333.toml").read_text(encoding="utf-8").splitlines()
    for record in records:
        assert record["Location"] == "plans/decision-333.toml", record
        head, name = lines[int(record["Line"]) - 1 :][:2]
        assert (head, name) == ("[[targets]]", f'id = "{record["Code"].split()[0]}"'), (record, head, name)
    assert run(tool, *[a for a in arguments if a != "--check"], "--format", "sarif") == (0, text)

    broken = folder / "broken.xml"
    broken.write_text(junit.read_text(encoding="utf-8").replace("<testcase name=", "<testcase named="), encoding="utf-8")
    assert not schema.is_valid(str(broken)), "a schema that takes everything says nothing"
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tool", required=True, help="the example assess, built with the features junit and sarif")
    parser.add_argument("--schema", required=True, help="the published schema of JUnit")
    arguments = parser.parse_args()
    tool = str(pathlib.Path(arguments.tool).resolve())
    schema = xmlschema.XMLSchema(arguments.schema)
    with tempfile.TemporaryDirectory() as folder:
        for strict in (False, True):
            for waivers, waived in ((None, ()), ("examples/compliance/waivers.toml", ("decentralisation-decision-2022",))):
                counts = check(tool, schema, pathlib.Path(folder), strict, waivers, waived)
                print("junitparser and sarif-tools read", dict(sorted(counts.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
