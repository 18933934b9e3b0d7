//! What changed between two scorecards as a document, `attain-difference/1`: the fields that other systems read.

use serde::Serialize;

use super::scorecard::{ActualDocument, Decimal, PlanReference, ThresholdDocument, actual, decimal, document, threshold};
use crate::assess::Assessment;
use crate::facts::FactDraft;
use crate::plan::Plan;
use crate::scorecard::{Cause, CauseKind, Changed, Difference, FactRecord, Standing, TimeEvent};
use crate::time::Day;

/// The format that this version writes.
pub const DIFFERENCE_FORMAT: &str = "attain-difference/1";

document! {
    /// What changed between two scorecards, and why.
    DifferenceDocument {
        /// `attain-difference/1`.
        format: String,
        /// What is compared with.
        before: SideDocument,
        /// What is compared.
        after: SideDocument,
        /// How many changed, and how.
        summary: ChangeTallyDocument,
        /// What is not what it was, in the order of the later scorecard; what is assessed no longer comes last.
        changed: Vec<ChangedDocument>,
    }
    /// A scorecard that is compared.
    SideDocument {
        /// Which plan.
        plan: PlanReference,
        /// The day that is spoken of.
        as_of: Day,
        /// The day up to which records count as known.
        known_on: Day,
    }
    /// How many assessments changed, and how: `changed` is the sum of the four that follow.
    ChangeTallyDocument {
        /// All that are not what they were.
        changed: usize,
        /// Those that turned for the better.
        better: usize,
        /// Those that turned for the worse.
        worse: usize,
        /// Those of another status that is neither.
        other: usize,
        /// Those of the same status with other numbers.
        numbers: usize,
        /// Those that are what they were.
        unchanged: usize,
    }
    /// An assessment that is not what it was.
    ChangedDocument {
        /// The target's id: that of now, else that of before.
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
        /// `better`, `worse`, `other`, or `numbers` where the status is the same.
        turn: String,
        /// How it stood; null where it was not assessed.
        before: Option<StandingDocument>,
        /// How it stands; null where it is not assessed.
        after: Option<StandingDocument>,
        /// Why: undoing them all gives back what was.
        causes: Vec<CauseDocument>,
    }
    /// How an assessment stands.
    StandingDocument {
        /// The target's id; of two that replace each other, the one that was law.
        target: String,
        /// The status.
        status: String,
        /// Whether that is good news.
        group: String,
        /// Why, or what decided.
        reasons: Vec<String>,
        /// What was reached.
        actual: ActualDocument,
        /// What is required.
        threshold: ThresholdDocument,
        /// What is lacking.
        shortfall: Decimal,
        /// Where the actual should have stood.
        expected: Decimal,
    }
    /// A fact that counts and did not, counts no longer, or of which another record counts.
    FactCauseDocument {
        /// `fact_added`, `fact_revised` or `fact_gone`.
        what: String,
        /// Whether it made the status another, rather than numbers alone.
        turned: bool,
        /// The record that counted, as a row of the facts format; null where none did.
        before: Option<FactDraft>,
        /// The record that counts, as a row of the facts format; null where none does.
        after: Option<FactDraft>,
    }
    /// The plan says something else.
    PlanCauseDocument {
        /// `plan_changed`.
        what: String,
        /// Whether it made the status another, rather than numbers alone.
        turned: bool,
        /// `plan`, `unit`, `indicator` or `target`.
        entry: String,
        /// The entry's id; null for the head of the plan.
        id: Option<String>,
        /// The field, or the group of fields `requirement`, `window`, `path`, `scope`; null for the whole entry.
        field: Option<String>,
        /// What it said; null where that was nothing.
        before: Option<String>,
        /// What it says; null where that is nothing.
        after: Option<String>,
    }
    /// Another day is spoken of.
    TimeCauseDocument {
        /// `time_passed`.
        what: String,
        /// Whether it made the status another, rather than numbers alone.
        turned: bool,
        /// The day that was spoken of.
        from: Day,
        /// The day that is spoken of.
        to: Day,
        /// What came about in between, in the order of the days.
        events: Vec<TimeEventDocument>,
    }
    /// What came about while time passed.
    TimeEventDocument {
        /// `window_opened`, `period_began`, `window_closed`, `report_due`, `came_into_force` or `went_out_of_force`.
        what: String,
        /// The day from which it holds.
        on: Day,
        /// The target or period that it is about.
        of: String,
    }
}

/// A cause of a change, told apart by `what`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "causes are few, and boxes would only make them harder to match")]
pub enum CauseDocument {
    /// A fact.
    Fact(FactCauseDocument),
    /// A clause of the plan.
    Plan(PlanCauseDocument),
    /// The day.
    Time(TimeCauseDocument),
}

impl DifferenceDocument {
    /// The document of a difference.
    #[must_use]
    pub fn new(difference: &Difference) -> Self {
        let [before, after] = difference.plans();
        let side = |plan: &Plan, (as_of, known_on)| SideDocument {
            plan: PlanReference { id: plan.id().to_owned(), hash: plan.hash() },
            as_of: Day(as_of),
            known_on: Day(known_on),
        };
        let tally = difference.tally();
        Self {
            format: DIFFERENCE_FORMAT.to_owned(),
            before: side(before, difference.before),
            after: side(after, difference.after),
            summary: ChangeTallyDocument {
                changed: tally.changed,
                better: tally.better,
                worse: tally.worse,
                other: tally.other,
                numbers: tally.numbers,
                unchanged: tally.unchanged,
            },
            changed: difference.changed.iter().map(|of| changed([before, after], of)).collect(),
        }
    }
}

fn changed([before, after]: [&Plan; 2], of: &Changed) -> ChangedDocument {
    let shown = of.assessment_after().map(|one| (after, one)).or(of.assessment_before().map(|one| (before, one)));
    let key = shown.and_then(|(plan, one)| plan.targets().get(one.places.target)?.row());
    ChangedDocument {
        target: of.target().to_owned(),
        key: key.map(str::to_owned),
        indicator: of.indicator.to_string(),
        unit: of.unit.to_string(),
        period: of.period.clone(),
        turn: of.turn().code().to_owned(),
        before: standing(before, of.before.as_ref(), of.assessment_before()),
        after: standing(after, of.after.as_ref(), of.assessment_after()),
        causes: of.causes.iter().map(cause).collect(),
    }
}

fn standing(plan: &Plan, standing: Option<&Standing>, of: Option<&Assessment>) -> Option<StandingDocument> {
    let (standing, of) = standing.zip(of)?;
    Some(StandingDocument {
        target: standing.target.to_string(),
        status: standing.status.code().to_owned(),
        group: standing.status.group().code().to_owned(),
        reasons: standing.reasons.iter().map(|reason| reason.code().to_owned()).collect(),
        actual: actual(plan, of),
        threshold: threshold(of),
        shortfall: decimal(&standing.shortfall),
        expected: decimal(&standing.expected),
    })
}

fn cause(cause: &Cause) -> CauseDocument {
    let (what, turned) = (cause.what.code().to_owned(), cause.turned);
    let row = |record: &FactRecord| Some((*record.row).clone());
    let fact = |what, before, after| CauseDocument::Fact(FactCauseDocument { what, turned, before, after });
    match &cause.what {
        CauseKind::FactAdded(record) => fact(what, None, row(record)),
        CauseKind::FactRevised { before, after } => fact(what, row(before), row(after)),
        CauseKind::FactGone(record) => fact(what, row(record), None),
        CauseKind::PlanChanged { entry, field, before, after } => CauseDocument::Plan(PlanCauseDocument {
            what,
            turned,
            entry: entry.code().to_owned(),
            id: entry.id().map(str::to_owned),
            field: field.map(str::to_owned),
            before: before.clone(),
            after: after.clone(),
        }),
        CauseKind::TimePassed { from, to, events } => CauseDocument::Time(TimeCauseDocument {
            what,
            turned,
            from: Day(*from),
            to: Day(*to),
            events: events.iter().map(event).collect(),
        }),
    }
}

fn event(event: &TimeEvent) -> TimeEventDocument {
    TimeEventDocument { what: event.what.code().to_owned(), on: Day(event.on), of: event.of.clone() }
}

impl Difference {
    /// Writes the difference as JSON, format `attain-difference/1`.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_json(&self, writer: impl std::io::Write) -> std::io::Result<()> {
        super::write_json(&DifferenceDocument::new(self), writer)
    }
}
