//! What a status comes to as a test, and how many of each there are.

use std::collections::BTreeMap;

use crate::assess::{Assessment, Group, Reason, Status};
use crate::plan::{Language, Severity};

macro_rules! outcomes {
    ($($(#[$doc:meta])* $name:ident $code:literal $vietnamese:literal $english:literal;)*) => {
        /// What an assessment comes to as a test.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Outcome { $($(#[$doc])* $name,)* }

        impl Outcome {
            /// Every outcome, in the order in which a summary lists them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word that documents use.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// In words.
            #[must_use]
            pub fn in_words(self, language: Language) -> &'static str {
                match language {
                    Language::Vietnamese => match self { $(Self::$name => $vietnamese),* },
                    Language::English => match self { $(Self::$name => $english),* },
                }
            }
        }
    };
}

outcomes! {
    /// Good.
    Passed "passed" "đạt" "passed";
    /// It passes, and someone should look at it.
    Warned "warning" "cảnh báo" "warning";
    /// Bad, or a warning where warnings fail.
    Failed "failed" "không đạt" "failed";
    /// Nothing can be said because data that is due is not there; never a pass.
    Error "error" "lỗi" "error";
    /// It would fail or be an error, and an authority excuses it; never a pass.
    Waived "waived" "được miễn" "waived";
    /// There is nothing to say yet, or nothing at all.
    Skipped "skipped" "bỏ qua" "skipped";
}

impl Outcome {
    /// Whether it makes the whole check fail.
    #[must_use]
    pub fn is_failure(self) -> bool {
        matches!(self, Self::Failed | Self::Error)
    }
}

/// What an assessment comes to before any waiver.
///
/// | status | advisory | required | strict |
/// | --- | --- | --- | --- |
/// | good | passed | passed | passed |
/// | good, and a report is late | warning | warning | failed |
/// | warning | warning | warning | failed |
/// | bad | warning | failed | failed |
/// | `no_data`, or `awaiting_data` and the report is overdue | error | error | error |
/// | else | skipped | skipped | skipped |
pub(super) fn told(assessment: &Assessment, is_late: bool, severity: Severity) -> Outcome {
    outcome(assessment.status, assessment.reasons.contains(&Reason::ReportOverdue), is_late, severity)
}

pub(super) fn outcome(status: Status, is_overdue: bool, is_late: bool, severity: Severity) -> Outcome {
    let warned = if severity == Severity::Strict { Outcome::Failed } else { Outcome::Warned };
    match status.group() {
        Group::Good if is_late => warned,
        Group::Good => Outcome::Passed,
        Group::Warning => warned,
        Group::Bad if severity == Severity::Advisory => Outcome::Warned,
        Group::Bad => Outcome::Failed,
        // A want of data is not a matter of severity: nobody knows how severe it is.
        Group::None if status == Status::NoData => Outcome::Error,
        Group::None if status == Status::AwaitingData && is_overdue => Outcome::Error,
        Group::None => Outcome::Skipped,
    }
}

/// How many cases have each outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<Outcome, usize>);

impl Counts {
    /// How many have an outcome.
    #[must_use]
    pub fn of(&self, outcome: Outcome) -> usize {
        self.0.get(&outcome).copied().unwrap_or(0)
    }

    /// How many in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.0.values().sum()
    }

    /// The counts in words: `142 passed, 4 warning, …`, each outcome named, also where it does not occur.
    #[must_use]
    pub fn in_words(&self, language: Language) -> String {
        let count = |outcome: &Outcome| format!("{} {}", self.of(*outcome), outcome.in_words(language));
        Outcome::ALL.iter().map(count).collect::<Vec<_>>().join(", ")
    }
}

impl FromIterator<Outcome> for Counts {
    fn from_iter<I: IntoIterator<Item = Outcome>>(outcomes: I) -> Self {
        let mut counts = Self::default();
        for outcome in outcomes {
            let count = counts.0.entry(outcome).or_default();
            *count = count.saturating_add(1);
        }
        counts
    }
}
