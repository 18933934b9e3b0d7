//! The promises of a plan as test cases of `cargo test`: one for each target, unit and period.
//!
//! A test target without a harness of its own, `harness = false` in the manifest, hands its scorecard to [`Harness`]:
//!
//! ```no_run
//! use std::process::ExitCode;
//!
//! use attain::{Facts, Plan, assess, time::parse_day};
//! use attain_harness::Harness;
//!
//! fn main() -> ExitCode {
//!     let plan = Plan::from_toml(include_str!("../../plans/decision-333.toml")).expect("a valid plan");
//!     let facts = Facts::from_csv(&plan, include_str!("../../plans/decision-333.facts.csv")).expect("valid facts");
//!     let card = assess(&plan, &facts, parse_day("2025-09-30").expect("a day"));
//!     Harness::default().run(&card)
//! }
//! ```
//!
//! | outcome of the check | test case |
//! | --- | --- |
//! | passed | ok |
//! | warning | ok, and told after the run |
//! | failed | FAILED, with its report |
//! | error | FAILED, with a report that begins with `error:` |
//! | waived, skipped | ignored, with the reason |

use std::process::ExitCode;

use attain::check::{Case, Check, Outcome, Policy, check};
use attain::plan::Waivers;
use attain::{Language, Scorecard};
use libtest_mimic::{Arguments, Completion, Failed, Trial};

/// The exit code of a run without any case: that of a run with a failure.
const NOTHING_CHECKED: u8 = 101;

/// How a scorecard is run as tests.
#[derive(Clone, Debug)]
pub struct Harness {
    /// The waivers beside those of the plan; none by default.
    pub waivers: Waivers,
    /// How severe the check is.
    pub policy: Policy,
    /// The language of the reports; English by default.
    pub language: Language,
}

impl Default for Harness {
    fn default() -> Self {
        Self { waivers: Waivers::default(), policy: Policy::default(), language: Language::English }
    }
}

impl Harness {
    /// Runs the cases that the command line asks for, as any test of `cargo test` or `cargo nextest` does.
    ///
    /// Filters, `--exact`, `--skip`, `--list`, `--ignored`, `--test-threads` and so on mean what they always mean. The exit
    /// code says whether a case that was asked for failed, or that the scorecard has none at all: where nothing is checked,
    /// nothing is kept.
    #[must_use]
    pub fn run(&self, card: &Scorecard) -> ExitCode {
        let check = check(card, &self.waivers, &self.policy);
        let arguments = Arguments::from_args();
        // That runner asks beforehand which cases are ignored. Asked to run them all the same it takes for passed whatever
        // ends without a failure, so they fail there.
        let asks_before = std::env::var_os("NEXTEST").is_some();
        let trials: Vec<Trial> = check.cases().iter().map(|case| self.trial(&check, case, asks_before)).collect();
        let chosen: Vec<bool> = trials.iter().map(|trial| !arguments.is_filtered_out(trial)).collect();
        let conclusion = libtest_mimic::run(&arguments, trials);
        if !arguments.list {
            let cases = check.cases().iter().zip(&chosen).filter(|(_, chosen)| **chosen).map(|(case, _)| case);
            self.tell(&check, cases);
        }
        if check.cases().is_empty() && !arguments.list {
            return ExitCode::from(NOTHING_CHECKED);
        }
        conclusion.exit_code()
    }

    /// The test case of one assessment.
    fn trial(&self, check: &Check<'_>, case: &Case<'_>, asks_before: bool) -> Trial {
        let headline = check.headline(case, self.language);
        let is_ignored = matches!(case.outcome(), Outcome::Waived | Outcome::Skipped);
        let outcome = match case.outcome() {
            Outcome::Passed | Outcome::Warned => Ok(Completion::Completed),
            Outcome::Waived | Outcome::Skipped if !asks_before => Ok(Completion::ignored_with(headline)),
            _ => Err(check.report(case, self.language)),
        };
        let trial = Trial::ignorable_test(case.name(), move || outcome.map_err(Failed::from));
        trial.with_ignored_flag(is_ignored && asks_before)
    }

    /// What passes and should be looked at all the same, on standard error.
    fn tell<'c>(&self, check: &Check<'_>, cases: impl Iterator<Item = &'c Case<'c>>) {
        let warned = Outcome::Warned;
        for case in cases.filter(|case| case.outcome() == warned) {
            eprintln!("{}: {}: {}", warned.in_words(self.language), case.name(), check.headline(case, self.language));
        }
        for said in check.findings_in_words(self.language) {
            eprintln!("{}: {said}", warned.in_words(self.language));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::ExitCode;

    use attain::plan::{HeaderDraft, PLAN_FORMAT, PlanDraft};
    use attain::time::{Day, parse_day};
    use attain::{Facts, assess};

    use super::Harness;

    /// A plan without a target has no case, and a run without any case keeps nothing.
    #[test]
    fn a_scorecard_without_a_case_fails() {
        let day = parse_day("2025-01-01").expect("a day");
        let plan = HeaderDraft {
            id: Some("plan".to_owned()),
            owner: Some("office".to_owned()),
            start: Some(Day(day)),
            ..HeaderDraft::default()
        };
        let draft = PlanDraft { format: Some(PLAN_FORMAT.to_owned()), plan, ..PlanDraft::default() };
        let card = assess(&draft.validate().expect("a plan"), &Facts::default(), day);
        assert_eq!(Harness::default().run(&card), ExitCode::from(101));
    }
}
