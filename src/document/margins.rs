//! How little would have turned each verdict as a document, `attain-margins/1`: the fields that other systems read.

use serde::Serialize;

use super::scorecard::{ActualDocument, Decimal, PlanReference, ThresholdDocument, actual, decimal, document, threshold};
use crate::facts::FactDraft;
use crate::scorecard::{ColumnChange, Flip, Margin, Margins};
use crate::time::Day;

/// The format that this version writes.
pub const MARGINS_FORMAT: &str = "attain-margins/1";

document! {
    /// How little would have turned each verdict of a scorecard.
    MarginsDocument {
        /// `attain-margins/1`.
        format: String,
        /// Which plan.
        plan: PlanReference,
        /// The day that is spoken of.
        as_of: Day,
        /// The day up to which records count as known.
        known_on: Day,
        /// One for each verdict, in the order of the scorecard.
        margins: Vec<MarginDocument>,
    }
    /// How little would have turned a verdict.
    MarginDocument {
        /// The target's id.
        target: String,
        /// The caller's own key of the target.
        #[serde(skip_serializing_if = "Option::is_none")]
        key: Option<String>,
        /// The indicator's id.
        indicator: String,
        /// The unit's id.
        unit: String,
        /// The judged days: a label, `first/last`, or `undated`.
        period: String,
        /// The status as it is.
        status: String,
        /// Whether that is good news.
        group: String,
        /// What was reached.
        actual: ActualDocument,
        /// What is required.
        threshold: ThresholdDocument,
        /// What is lacking.
        shortfall: Decimal,
        /// The least change in each way there is, the smallest first; empty where no single fact can turn it.
        flips: Vec<FlipDocument>,
    }
    /// A change of one fact that would turn a verdict.
    FlipDocument {
        /// The record as it is, as a row of the facts format.
        fact: FactDraft,
        /// Which of its columns would have to be others, all by the same size.
        change: Vec<ColumnChangeDocument>,
        /// Whether it takes more than that, however little.
        beyond: bool,
        /// The status that would follow.
        status: String,
        /// Whether that would be good news.
        group: String,
    }
    /// What would have to be another in a column.
    ColumnChangeDocument {
        /// The column, as the facts format names it.
        column: String,
        /// By how much, below 0 for less; `done_on` in days.
        by: String,
        /// `up` or `down`; said beside the number, since of 0 and any more there are two directions.
        direction: String,
    }
}

impl MarginsDocument {
    /// The document of margins.
    #[must_use]
    pub fn new(margins: &Margins) -> Self {
        let card = margins.card();
        Self {
            format: MARGINS_FORMAT.to_owned(),
            plan: PlanReference { id: card.plan().id().to_owned(), hash: card.plan().hash() },
            as_of: Day(card.as_of()),
            known_on: Day(card.known_on()),
            margins: margins.margins.iter().filter_map(|margin| self::margin(margins, margin)).collect(),
        }
    }
}

fn margin(margins: &Margins, margin: &Margin) -> Option<MarginDocument> {
    let card = margins.card();
    let of = margins.assessment(margin)?;
    Some(MarginDocument {
        target: margin.target.to_string(),
        key: card.target(of).and_then(|target| target.row()).map(str::to_owned),
        indicator: margin.indicator.to_string(),
        unit: margin.unit.to_string(),
        period: margin.period.clone(),
        status: margin.status.code().to_owned(),
        group: margin.status.group().code().to_owned(),
        actual: actual(card.plan(), of),
        threshold: threshold(of),
        shortfall: decimal(&of.shortfall),
        flips: margin.flips.iter().map(flip).collect(),
    })
}

fn flip(flip: &Flip) -> FlipDocument {
    FlipDocument {
        fact: (*flip.fact.row).clone(),
        change: flip.change.iter().map(column).collect(),
        beyond: flip.is_beyond,
        status: flip.status.code().to_owned(),
        group: flip.status.group().code().to_owned(),
    }
}

fn column(change: &ColumnChange) -> ColumnChangeDocument {
    ColumnChangeDocument {
        column: change.column.to_owned(),
        by: change.by.to_string(),
        direction: if change.is_up { "up" } else { "down" }.to_owned(),
    }
}

impl Margins {
    /// Writes the margins as JSON, format `attain-margins/1`.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_json(&self, writer: impl std::io::Write) -> std::io::Result<()> {
        super::write_json(&MarginsDocument::new(self), writer)
    }
}
