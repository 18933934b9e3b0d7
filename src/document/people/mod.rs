//! Scorecards, differences, margins and contributions for people: as text and as Markdown, in Vietnamese and in English.
//!
//! One page is made of a scorecard ([`page`]), or a [`report`] of what is said about one, with all that it says in words and
//! in the numbers of the language; text and Markdown only lay it out. Nothing is computed here but where a line ends.

mod account;
mod causes;
mod cells;
mod contributions;
mod decided;
mod derived;
mod difference;
mod explanation;
mod failure;
mod margins;
mod markdown;
mod notes;
mod numbers;
mod outlook;
mod page;
mod report;
mod reported;
mod table;
mod text;
mod words;

#[cfg(test)]
#[path = "people_tests.rs"]
mod tests;

pub use explanation::{Explanation, UnknownTarget};
pub use failure::{CheckFailure, assert_kept};

use crate::assess::Assessment;
use crate::plan::Language;
use crate::scorecard::{Difference, Margins, Scorecard};
use cells::Subject;
use numbers::Numbers;
use page::Page;

/// What the tables of a scorecard say of an assessment, cell by cell, in the words and numbers of a language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CellTexts {
    /// The judged period.
    pub period: String,
    /// What was reached, with its figures and its unit.
    pub actual: String,
    /// What is required.
    pub requirement: String,
    /// How far off it is, in its unit and in cases.
    pub gap: String,
    /// The status.
    pub status: String,
}

impl Scorecard {
    /// What the tables of this scorecard say of one of its assessments; nothing where it is none of this scorecard.
    ///
    /// A displayed number never contradicts the verdict, as [`to_text`](Self::to_text) says.
    ///
    /// ```
    /// # #[cfg(all(feature = "toml", feature = "csv"))] {
    /// use attain::{Facts, Language, Plan, assess, time::parse_day};
    ///
    /// let plan = Plan::from_toml(include_str!("../../../plans/decision-333.toml"))?;
    /// let facts = Facts::from_csv(&plan, include_str!("../../../plans/decision-333.facts.csv"))?;
    /// let card = assess(&plan, &facts, parse_day("2025-09-30").unwrap());
    /// let is_it = |of: &&attain::Assessment| card.target(of).and_then(|target| target.row()) == Some("A10");
    /// let of_2023 = card.assessments().iter().filter(is_it).find(|of| of.period_label() == "2023").unwrap();
    /// let cells = card.cells(of_2023, Language::English).unwrap();
    /// // 1999 of 2500 are 79.96 %, one short of the 2000 that 80 % are.
    /// assert_eq!((&*cells.actual, &*cells.requirement), ("79.96 % (1,999/2,500)", "≥ 80 %"));
    /// # }
    /// # Ok::<(), attain::Faults>(())
    /// ```
    #[must_use]
    pub fn cells(&self, of: &Assessment, language: Language) -> Option<CellTexts> {
        let (target, indicator) = (self.target(of)?, self.indicator(of)?);
        let subject = Subject { numbers: Numbers { language }, assessment: of, target, indicator, beside: None };
        let [period, actual, requirement, gap, status] = subject.cells().map(|text| table::untied(&text));
        Some(CellTexts { period, actual, requirement, gap, status })
    }

    /// The scorecard as text: a summary, a table for each section of the plan, then what an auditor should see besides.
    ///
    /// Every target stands with its citation and its clause, word for word and never cut. Lines are at most 110 columns
    /// wide, and the lines of a table are equally wide, whatever the script. A displayed number never contradicts the
    /// verdict: where rounding would carry it onto or across a threshold it has more digits, at most 12, then `<` or `>`
    /// before it.
    ///
    /// ```
    /// use attain::{Facts, Language, assess, facts::FactDraft, time::parse_day};
    /// # use attain::plan::{ByDraft, HeaderDraft, IndicatorDraft, Kind, PlanDraft, TargetDraft};
    /// # use attain::time::Day;
    /// # let plan = PlanDraft {
    /// #     format: Some("attain-plan/1".into()),
    /// #     plan: HeaderDraft {
    /// #         id: Some("demo".into()),
    /// #         owner: Some("office".into()),
    /// #         start: parse_day("2025-01-01").map(Day),
    /// #         ..HeaderDraft::default()
    /// #     },
    /// #     indicators: vec![IndicatorDraft { id: Some("online".into()), kind: Some(Kind::Share), ..IndicatorDraft::default() }],
    /// #     targets: vec![TargetDraft {
    /// #         id: Some("online-2025".into()),
    /// #         indicator: Some("online".into()),
    /// #         at_least: Some(80.into()),
    /// #         by: Some(ByDraft("2025".into())),
    /// #         ..TargetDraft::default()
    /// #     }],
    /// #     ..PlanDraft::default()
    /// # }
    /// # .validate()?;
    /// // At least 80 % of the cases of 2025.
    /// let row = FactDraft {
    ///     indicator: Some("online".into()),
    ///     period: Some("2025".into()),
    ///     part: Some(1999.into()),
    ///     whole: Some(2500.into()),
    ///     ..FactDraft::default()
    /// };
    /// let card = assess(&plan, &Facts::new(&plan, [row])?, parse_day("2025-12-31").unwrap());
    /// assert!(card.to_text(Language::English).contains("79.96 % (1,999/2,500)"));
    /// assert!(card.to_text(Language::Vietnamese).contains("79,96 % (1.999/2.500)"));
    /// # Ok::<(), attain::Faults>(())
    /// ```
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        text::render(&Page::new(self, language))
    }

    /// The scorecard as Markdown, with the same content as [`to_text`](Self::to_text): headings and tables, one row for
    /// each assessment with its citation and clause.
    ///
    /// Whatever the texts of the plan hold is shown as it is: characters that mean something in Markdown are escaped.
    ///
    /// ```
    /// use attain::{Facts, Language, assess, time::parse_day};
    /// # use attain::plan::{ByDraft, HeaderDraft, IndicatorDraft, Kind, PlanDraft, TargetDraft};
    /// # use attain::time::Day;
    /// # let plan = PlanDraft {
    /// #     format: Some("attain-plan/1".into()),
    /// #     plan: HeaderDraft {
    /// #         id: Some("demo".into()),
    /// #         owner: Some("office".into()),
    /// #         start: parse_day("2025-01-01").map(Day),
    /// #         ..HeaderDraft::default()
    /// #     },
    /// #     indicators: vec![IndicatorDraft { id: Some("online".into()), kind: Some(Kind::Share), ..IndicatorDraft::default() }],
    /// #     targets: vec![TargetDraft {
    /// #         id: Some("online-2025".into()),
    /// #         indicator: Some("online".into()),
    /// #         at_least: Some(80.into()),
    /// #         by: Some(ByDraft("2025".into())),
    /// #         ..TargetDraft::default()
    /// #     }],
    /// #     ..PlanDraft::default()
    /// # }
    /// # .validate()?;
    /// let card = assess(&plan, &Facts::default(), parse_day("2025-06-30").unwrap());
    /// assert!(card.to_markdown(Language::English).contains("| 2025 | no data | ≥ 80 % | – | No data |"));
    /// # Ok::<(), attain::Faults>(())
    /// ```
    #[must_use]
    pub fn to_markdown(&self, language: Language) -> String {
        markdown::render(&Page::new(self, language))
    }

    /// What each unit directly below carries of a target's actual, gap and change, as text: a table for each assessment of it
    /// whose figure is rolled up.
    ///
    /// Numbers that do not end are rounded so that every column adds up to its total as it is shown.
    #[must_use]
    pub fn contributions_to_text(&self, target: &str, language: Language) -> String {
        text::report(&contributions::report(self, target, language))
    }

    /// The same as Markdown.
    #[must_use]
    pub fn contributions_to_markdown(&self, target: &str, language: Language) -> String {
        markdown::report(&contributions::report(self, target, language))
    }
}

impl Difference {
    /// The difference as text: how many assessments changed and how, then each with its old and new status and numbers, and
    /// the causes in plain sentences.
    ///
    /// Numbers keep to the rules of [`Scorecard::to_text`]; those of before and now are never written alike where they differ.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        text::report(&difference::report(self, language))
    }

    /// The difference as Markdown, with the same content as [`to_text`](Self::to_text).
    #[must_use]
    pub fn to_markdown(&self, language: Language) -> String {
        markdown::report(&difference::report(self, language))
    }
}

impl Margins {
    /// The margins as text: for each verdict the least change of a single fact that would turn it, in words.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        text::report(&margins::report(self, language))
    }

    /// The margins as Markdown, with the same content as [`to_text`](Self::to_text).
    #[must_use]
    pub fn to_markdown(&self, language: Language) -> String {
        markdown::report(&margins::report(self, language))
    }
}
