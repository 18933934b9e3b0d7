//! A check as JUnit XML, for everything that shows test results.

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use crate::plan::Language;
use crate::scorecard::check::{Case, Check, Outcome};

/// The name of the suite that holds no case, only what is to be said of the check; no id of an indicator has a blank.
const FINDINGS: &str = "findings of the check";

impl Check<'_> {
    /// Writes the check as JUnit XML: a suite for each indicator, a case for each assessment.
    ///
    /// | outcome | JUnit |
    /// | --- | --- |
    /// | passed | a case with nothing in it |
    /// | warning | a case that passes, with its report in `system-out` |
    /// | failed | `failure`, of the type of its status |
    /// | error | `error`, of the type of its status |
    /// | waived | `skipped`, of the type `waived` |
    /// | skipped | `skipped`, of the type of its status |
    ///
    /// There is no clock in it: every time is 0 and no moment is given, so that the same inputs give the same bytes. Waivers
    /// that waive nothing, severities of no target and that nothing is checked stand in a suite without cases.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_junit(&self, mut writer: impl io::Write, language: Language) -> io::Result<()> {
        let mut report = Report::new(self.scorecard().plan().id());
        report.set_time(Duration::ZERO);
        let mut suites: Vec<TestSuite> = Vec::new();
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for case in self.cases() {
            let indicator = &*case.assessment().indicator;
            let place = *places.entry(indicator).or_insert(suites.len());
            if place == suites.len() {
                suites.push(self.suite(indicator));
            }
            if let Some(suite) = suites.get_mut(place) {
                suite.add_test_case(self.junit_case(case, language));
            }
        }
        let said = self.findings_in_words(language);
        if !said.is_empty() {
            let mut suite = self.suite(FINDINGS);
            suite.set_system_err(said.join("\n"));
            suites.push(suite);
        }
        report.add_test_suites(suites);
        let text = report.to_string().map_err(io::Error::other)?;
        // The published schema has this count on each suite and not above them all.
        let text = text.replacen(&format!(" skipped=\"{}\"", report.skipped), "", 1);
        writer.write_all(text.as_bytes())
    }

    fn suite(&self, name: &str) -> TestSuite {
        let (card, plan) = (self.scorecard(), self.scorecard().plan());
        let mut suite = TestSuite::new(name);
        suite.set_time(Duration::ZERO);
        suite.add_property(Property::new("plan", plan.id()));
        suite.add_property(Property::new("plan_hash", plan.hash()));
        suite.add_property(Property::new("as_of", card.as_of().to_string()));
        suite.add_property(Property::new("known_on", card.known_on().to_string()));
        suite
    }

    fn junit_case(&self, case: &Case<'_>, language: Language) -> TestCase {
        let status = case.assessment().status.code();
        let (message, report) = (|| self.headline(case, language), || self.report(case, language));
        let mut outcome = match case.outcome() {
            Outcome::Passed | Outcome::Warned => TestCaseStatus::success(),
            Outcome::Failed => TestCaseStatus::non_success(NonSuccessKind::Failure),
            Outcome::Error => TestCaseStatus::non_success(NonSuccessKind::Error),
            Outcome::Waived | Outcome::Skipped => TestCaseStatus::skipped(),
        };
        match case.outcome() {
            Outcome::Passed | Outcome::Warned => {}
            Outcome::Failed | Outcome::Error => {
                outcome.set_message(message()).set_type(status).set_description(report());
            }
            Outcome::Waived => {
                outcome.set_message(message()).set_type(Outcome::Waived.code()).set_description(report());
            }
            Outcome::Skipped => {
                outcome.set_message(message()).set_type(status);
                if case.is_to_be_told() {
                    outcome.set_description(report());
                }
            }
        }
        let mut written = TestCase::new(case.name(), outcome);
        written.set_classname(format!("{}.{}", self.scorecard().plan().id(), case.assessment().indicator));
        written.set_time(Duration::ZERO);
        if case.outcome() == Outcome::Warned {
            written.set_system_out(report());
        }
        written
    }
}
