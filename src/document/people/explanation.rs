//! One target explained: the clause, what was required, what was reported, how the number came about, what is short, and why
//! this status and not another. Everything is read from the assessment and its steps; nothing is computed again.

use std::fmt;

use super::account::Account;
use super::markdown::in_line;
use super::notes::key;
use super::table::{WIDTH, hung};
use crate::document::wording::{did_you_mean, one_of, quoted};
use crate::plan::{Language, Target};
use crate::scorecard::Scorecard;

/// What is to be said of one target: an account of each of its assessments.
///
/// Without its steps (`Steps::Omitted`) a scorecard has nothing to tell of facts and of how numbers came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    accounts: Vec<Account>,
}

/// A target that a scorecard says nothing of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownTarget {
    asked: String,
    known: Vec<String>,
}

impl fmt::Display for UnknownTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<&str> = self.known.iter().map(String::as_str).collect();
        let near = did_you_mean(&self.asked, &known);
        let similar = self.similar();
        let expected = one_of(if similar.is_empty() { &known } else { &similar });
        write!(f, "nothing is said of a target {}{near}; expected {expected}", quoted(&self.asked))
    }
}

impl UnknownTarget {
    /// The known names that begin with the same word, or hold what was asked for.
    fn similar(&self) -> Vec<&str> {
        let asked = self.asked.to_lowercase();
        let first = |name: &str| name.split(['-', '_', ' ']).next().unwrap_or_default().to_lowercase();
        let is_similar =
            |name: &&str| !asked.is_empty() && (first(name) == first(&asked) || name.to_lowercase().contains(&asked));
        self.known.iter().map(String::as_str).filter(is_similar).collect()
    }
}

impl std::error::Error for UnknownTarget {}

impl Scorecard {
    /// The explanation of a target, asked for by its id or by the caller's own key; of a remark of the plan its reason, and of a
    /// target that is not in force since when it is not and what replaces it.
    ///
    /// # Errors
    /// Where the plan says nothing of such a target: the ids that there are, the nearest first.
    ///
    /// ```
    /// # #[cfg(all(feature = "toml", feature = "csv"))] {
    /// use attain::{Facts, Language, Plan, assess, time::parse_day};
    ///
    /// let plan = Plan::from_toml(include_str!("../../../plans/decision-333.toml"))?;
    /// let facts = Facts::from_csv(&plan, include_str!("../../../plans/decision-333.facts.csv"))?;
    /// let card = assess(&plan, &facts, parse_day("2025-09-30").unwrap());
    /// let text = card.explain("T25", Language::English).unwrap().to_text();
    /// // Of 52 posts 10 % are 5.2, which leaves 46.8.
    /// assert!(text.contains("52 people − 5.2 people = 46.8 people"));
    /// assert!(card.explain("T250", Language::English).is_err());
    /// # }
    /// # Ok::<(), attain::Faults>(())
    /// ```
    pub fn explain(&self, target: &str, language: Language) -> Result<Explanation, UnknownTarget> {
        let is_meant = |one: &Target| one.id() == target || one.row() == Some(target);
        let accounts: Vec<Account> = self
            .assessments()
            .iter()
            .filter(|of| self.target(of).is_some_and(is_meant))
            .filter_map(|of| Account::new(self, of, language))
            .collect();
        if !accounts.is_empty() {
            return Ok(Explanation { accounts });
        }
        // What nothing is assessed of may be a remark of the plan, or a target that is not law.
        let remarks = self.remarks().iter().filter(|remark| remark.row() == Some(target));
        let remarks = remarks.map(|remark| Account::of_remark(self, remark, language));
        let not_in_force = self.not_in_force().filter(|one| is_meant(one));
        let accounts: Vec<Account> = remarks.chain(not_in_force.map(|one| Account::not_in_force(self, one, language))).collect();
        if !accounts.is_empty() {
            return Ok(Explanation { accounts });
        }
        let mut known: Vec<String> = Vec::new();
        for of in self.assessments() {
            let Some(target) = self.target(of) else { continue };
            let name = key(target).to_owned();
            for name in [name, target.id().to_owned()] {
                if !known.contains(&name) {
                    known.push(name);
                }
            }
        }
        Err(UnknownTarget { asked: target.to_owned(), known })
    }
}

impl Explanation {
    /// The explanation as text, lines at most 110 columns wide.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for account in &self.accounts {
            if !text.is_empty() {
                text.push('\n');
            }
            let mut lines = hung(&account.title, WIDTH, 0, 0);
            lines.push(
                "=".repeat(lines.iter().map(|line| unicode_width::UnicodeWidthStr::width(line.as_str())).max().unwrap_or(0)),
            );
            lines.extend(account.about.iter().flat_map(|about| hung(about, WIDTH, 0, 2)));
            for part in &account.parts {
                lines.push(String::new());
                lines.extend(hung(&part.heading, WIDTH, 0, 0));
                lines.extend(part.sentences.iter().flat_map(|sentence| hung(&format!("• {sentence}"), WIDTH, 2, 2)));
            }
            text.push_str(&lines.join("\n"));
            text.push('\n');
        }
        text
    }

    /// The same as Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut blocks = Vec::new();
        for account in &self.accounts {
            blocks.push(format!("# {}", in_line(&account.title)));
            blocks.push(account.about.iter().map(|about| in_line(about)).collect::<Vec<_>>().join("<br>\n"));
            for part in &account.parts {
                blocks.push(format!("## {}", in_line(&part.heading)));
                blocks.push(
                    part.sentences.iter().map(|sentence| format!("- {}", in_line(sentence))).collect::<Vec<_>>().join("\n"),
                );
            }
        }
        let mut text = blocks.join("\n\n");
        text.push('\n');
        text
    }
}
