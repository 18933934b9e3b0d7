//! What came about for an assessment while only time passed.

use chrono::{Days, NaiveDate};

use super::Scorecard;
use super::cause::{CauseKind, TimeEvent, TimeEventKind};
use crate::assess::Assessment;
use crate::plan::{Occurrence, Plan, Target};

/// That another day is spoken of, with what came about in between for the targets of a family.
pub(super) fn time_passed(before: &Scorecard, after: &Scorecard, family: &[String], of: &Assessment) -> CauseKind {
    let (from, to) = (before.as_of(), after.as_of());
    let (first, last) = (from.min(to), from.max(to));
    let mut events = Vec::new();
    for (place, id) in family.iter().enumerate() {
        let find = |plan: &'_ Plan| plan.targets().iter().position(|target| target.id() == id);
        let plan = if find(after.plan()).is_some() { after.plan() } else { before.plan() };
        let Some(target) = find(plan).and_then(|place| plan.targets().get(place)) else { continue };
        events.extend(of_law(target));
        // The version of now says how the window lies.
        if place == 0 {
            let occurrence = target.occurrences().iter().find(|one| one.judged == of.period);
            events.extend(occurrence.into_iter().flat_map(|one| of_window(plan, target, one)));
        }
    }
    // The first day itself is over in both.
    events.retain(|event| first < event.on && event.on <= last);
    events.sort_by_key(|event| (event.on, event.what));
    CauseKind::TimePassed { from, to, events }
}

fn of_law(target: &Target) -> Vec<TimeEvent> {
    let event = |what, on: Option<NaiveDate>| on.map(|on| TimeEvent { what, on, of: target.id().to_owned() });
    let (from, to) = target.in_force();
    let out = to.and_then(|last| last.checked_add_days(Days::new(1)));
    let both = [event(TimeEventKind::CameIntoForce, from), event(TimeEventKind::WentOutOfForce, out)];
    both.into_iter().flatten().collect()
}

fn of_window(plan: &Plan, target: &Target, occurrence: &Occurrence) -> Vec<TimeEvent> {
    let event = |what, on| TimeEvent { what, on, of: target.id().to_owned() };
    let mut events = vec![event(TimeEventKind::WindowOpened, occurrence.first)];
    events.extend(occurrence.due.map(|due| event(TimeEventKind::WindowClosed, due)));
    let Some(judged) = occurrence.judged else { return events };
    if judged.first() != occurrence.first {
        events.push(TimeEvent { what: TimeEventKind::PeriodBegan, on: judged.first(), of: judged.label() });
    }
    let Some(about) = plan.indicators().get(target.indicator) else { return events };
    let due = |last: NaiveDate| last.checked_add_days(Days::new(about.report_due_days.into()));
    let report = |of: String, last: NaiveDate| due(last).map(|on| TimeEvent { what: TimeEventKind::ReportDue, on, of });
    match about.reported() {
        Some(cadence) => {
            events.extend(plan.calendar().inside(cadence, &judged).filter_map(|part| report(part.label(), part.last())));
        }
        None => events.extend(occurrence.due.and_then(|due| report(judged.label(), due))),
    }
    events
}
