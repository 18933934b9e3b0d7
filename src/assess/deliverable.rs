//! Things to be done: on time, late, or not yet.

use chrono::NaiveDate;

use super::actual::says_something;
use super::context::Context;
use super::cover::{cover, covers};
use super::reason::Reason;
use super::rows::{Fired, WhyNot, fired, first_row};
use super::status::{Ruling, Status};
use crate::facts::{Fact, Measure, State, Vintage};
use crate::number::Ratio;
use crate::plan::{Occurrence, Target, WindowState};

/// What the facts say of a deliverable.
#[derive(Clone, Debug, Default)]
pub(crate) struct Delivery<'f> {
    /// How many documents are done.
    pub(crate) count: Ratio,
    /// The day on which the promised number was reached.
    pub(crate) reached: Option<NaiveDate>,
    /// Whether a fact says that it is not done.
    pub(crate) denied: bool,
    /// Whether the facts of all of the judged days say not applicable.
    pub(crate) not_applicable: bool,
    pub(crate) used: Vec<&'f Fact>,
    /// Whether a fact by which it is done, or else any, may still be revised.
    pub(crate) provisional: bool,
    pub(crate) missing: Vec<String>,
    /// Where the units below say it: the day on which each of them to which it applies was done.
    pub(crate) below: Vec<(usize, Option<NaiveDate>)>,
}

/// The deliverable of one unit: its own facts, else those of every unit below, all of which have to be done.
pub(crate) fn delivery<'f>(
    context: &Context<'f>,
    target: &Target,
    unit: usize,
    occurrence: &Occurrence,
    needed: &Ratio,
) -> Delivery<'f> {
    let own = own_delivery(context, target, unit, occurrence, needed);
    let leaves = context.unit(unit).map(|unit| unit.leaves.as_slice()).unwrap_or_default();
    if !own.used.is_empty() || leaves == [unit] {
        return own;
    }
    let all: Vec<(usize, Delivery<'f>)> =
        leaves.iter().map(|leaf| (*leaf, own_delivery(context, target, *leaf, occurrence, needed))).collect();
    let below: Vec<(usize, Option<NaiveDate>)> =
        all.iter().filter(|(_, leaf)| !leaf.not_applicable).map(|(unit, leaf)| (*unit, leaf.reached)).collect();
    let days: Option<Vec<NaiveDate>> = below.iter().map(|(_, reached)| *reached).collect();
    Delivery {
        count: Ratio::sum(all.iter().map(|(_, leaf)| &leaf.count)),
        reached: days.and_then(|days| days.into_iter().max()),
        denied: all.iter().any(|(_, leaf)| leaf.denied && leaf.reached.is_none()),
        not_applicable: all.iter().all(|(_, leaf)| leaf.not_applicable),
        provisional: all.iter().any(|(_, leaf)| leaf.provisional),
        missing: all.iter().filter(|(_, leaf)| leaf.used.is_empty()).map(|(leaf, _)| context.unit_id(*leaf).to_owned()).collect(),
        used: all.into_iter().flat_map(|(_, leaf)| leaf.used).collect(),
        below,
    }
}

fn own_delivery<'f>(
    context: &Context<'f>,
    target: &Target,
    unit: usize,
    occurrence: &Occurrence,
    needed: &Ratio,
) -> Delivery<'f> {
    let Some(indicator) = context.indicator(target.indicator) else { return Delivery::default() };
    let speaks_of_it = |fact: &&Fact| match occurrence.judged {
        Some(judged) if target.recurring => judged.contains(&fact.period),
        _ => fact.period.last() >= occurrence.first && occurrence.due.is_none_or(|due| fact.period.first() <= due),
    };
    let records = context.records(target.indicator, unit).of(Vintage::Latest);
    let used: Vec<&Fact> =
        records.iter().copied().filter(speaks_of_it).filter(|fact| says_something(context, indicator, fact)).collect();
    let mut done: Vec<(NaiveDate, &Ratio)> = Vec::new();
    let mut denied = false;
    for fact in &used {
        if let Some(Measure::Done { on, count }) = &fact.measure {
            // Without a day a fact says how many are done so far, and so that the rest is not.
            denied |= on.is_none();
            match on {
                Some(day) => done.push((*day, count)),
                None if !count.is_zero() => done.push((fact.covers_to(), count)),
                None => {}
            }
        }
    }
    done.sort_by_key(|(day, _)| *day);
    let mut count = Ratio::ZERO;
    let mut reached = None;
    for (day, documents) in done {
        count = count + documents;
        if reached.is_none() && count >= *needed {
            reached = Some(day);
        }
    }
    let counts = |fact: &&&Fact| reached.is_none_or(|day| fact.stands_at() <= day && fact.is_done());
    let provisional = used.iter().filter(counts).any(|fact| fact.is_provisional());
    let for_the_period = used.iter().find(|fact| Some(fact.period) == occurrence.judged);
    let excused = |fact: &&Fact| fact.state == State::NotApplicable;
    let all_days = || occurrence.judged.is_some_and(|judged| covers(&cover(&used), &judged));
    let not_applicable = match for_the_period {
        Some(fact) => excused(fact),
        None => used.iter().all(excused) && all_days(),
    };
    Delivery { count, reached, denied, not_applicable, used, provisional, missing: Vec::new(), below: Vec::new() }
}

/// What the table is asked with of a thing to be done.
pub(crate) struct Expected<'d, 'f> {
    pub(crate) delivery: &'d Delivery<'f>,
    pub(crate) window: WindowState,
    /// None for a target without a date, which is never missed.
    pub(crate) due: Option<NaiveDate>,
    pub(crate) overdue: bool,
}

impl Expected<'_, '_> {
    /// The status of a deliverable: done is decided at once, not done only once the window has closed.
    pub(crate) fn ruling(&self) -> Ruling {
        first_row(
            self,
            [
                Self::not_applicable,
                Self::not_started,
                Self::done_or_missed,
                Self::awaiting_data,
                Self::not_asked,
                Self::not_asked,
                Self::not_asked,
                Self::not_asked,
                Self::not_asked,
                Self::in_progress,
            ],
        )
    }

    fn not_applicable(&self) -> Result<Fired, WhyNot> {
        match (self.window, self.due) {
            (WindowState::Before, _) => Err(WhyNot::NotBegun),
            (_, None) => Err(WhyNot::Undated),
            _ if self.delivery.not_applicable => fired(Status::NotApplicable, None),
            _ => Err(WhyNot::Applies),
        }
    }

    fn not_started(&self) -> Result<Fired, WhyNot> {
        if self.window == WindowState::Before { fired(Status::NotStarted, None) } else { Err(WhyNot::Begun) }
    }

    fn done_or_missed(&self) -> Result<Fired, WhyNot> {
        let due = self.due.ok_or(WhyNot::Undated)?;
        match (self.delivery.reached, self.window) {
            (Some(day), _) => fired(if day <= due { Status::Met } else { Status::Missed }, None),
            (None, WindowState::Closed) if self.delivery.denied => fired(Status::Missed, None),
            (None, WindowState::Closed) => Err(WhyNot::NotFullyReported),
            (None, _) => Err(WhyNot::NotDone),
        }
    }

    fn awaiting_data(&self) -> Result<Fired, WhyNot> {
        match (self.window, self.due) {
            (_, None) => Err(WhyNot::Undated),
            (WindowState::Closed, _) => fired(Status::AwaitingData, self.overdue.then_some(Reason::ReportOverdue)),
            _ => Err(WhyNot::StillOpen),
        }
    }

    fn not_asked(&self) -> Result<Fired, WhyNot> {
        Err(if self.due.is_none() { WhyNot::Undated } else { WhyNot::NotForDeliverables })
    }

    fn in_progress(&self) -> Result<Fired, WhyNot> {
        fired(Status::InProgress, self.due.is_none().then_some(Reason::Undated))
    }
}

impl Delivery<'_> {
    /// Days late: from the due day to the day it was done, or to the day that is spoken of; never below 0.
    pub(crate) fn days_late(&self, due: NaiveDate, as_of: NaiveDate) -> Ratio {
        let day = self.reached.unwrap_or(as_of);
        Ratio::from(day.signed_duration_since(due).num_days().max(0))
    }
}

impl Default for Ratio {
    fn default() -> Self {
        Self::ZERO
    }
}
