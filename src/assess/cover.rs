//! Which facts together stand for a period: the disjoint ones that cover most of its days.

use std::cmp::Ordering;

use chrono::NaiveDate;

use crate::facts::Fact;
use crate::time::Period;

/// Of facts in the order of their periods, the disjoint ones that cover most days.
///
/// Ties: the fewest facts; then, at the first difference from the start, the longer fact, then the earlier one.
pub(super) fn cover<'f>(facts: &[&'f Fact]) -> Vec<&'f Fact> {
    let disjoint = facts.windows(2).all(|pair| match pair {
        [a, b] => a.period.last() < b.period.first(),
        _ => true,
    });
    // Every fact covers at least a day, so all of them together cover most.
    if disjoint {
        return facts.to_vec();
    }
    // The best choice among the facts from each place on, found from the end.
    let mut best: Vec<Choice> = vec![Choice::default()];
    for (place, fact) in facts.iter().enumerate().rev() {
        let after = facts.partition_point(|other| other.period.first() <= fact.period.last()).max(place.saturating_add(1));
        let at =
            |place: usize| facts.len().checked_sub(place).and_then(|from_end| best.get(from_end)).cloned().unwrap_or_default();
        let rest = at(after);
        let taken = Choice {
            days: rest.days.saturating_add(fact.days()),
            count: rest.count.saturating_add(1),
            first: Some(place),
            next: after,
        };
        let skipped = at(place.saturating_add(1));
        best.push(if taken.is_better(&skipped, facts) { taken } else { skipped });
    }
    let mut chosen = Vec::new();
    let mut place = 0;
    while let Some(choice) = facts.len().checked_sub(place).and_then(|from_end| best.get(from_end)) {
        let Some(fact) = choice.first.and_then(|first| facts.get(first)) else { break };
        chosen.push(*fact);
        place = choice.next;
    }
    chosen
}

#[derive(Clone, Debug, Default)]
struct Choice {
    days: i64,
    count: usize,
    /// The place of the first chosen fact, and where to look on.
    first: Option<usize>,
    next: usize,
}

impl Choice {
    fn is_better(&self, other: &Self, facts: &[&Fact]) -> bool {
        let length = |choice: &Self| choice.first.and_then(|first| facts.get(first)).map(|fact| fact.period.days());
        let order = self.days.cmp(&other.days).then(other.count.cmp(&self.count)).then(length(self).cmp(&length(other)));
        // What comes first in the list begins earlier.
        order != Ordering::Less
    }
}

/// Whether disjoint facts in order cover every day of a period.
pub(super) fn covers(facts: &[&Fact], period: &Period) -> bool {
    let mut day = period.first();
    // Only the few around the period are looked at: it is asked for every sub-period of a long one.
    let from = facts.partition_point(|fact| fact.covers_to() < day);
    for fact in facts.iter().skip(from).take_while(|fact| fact.period.first() <= period.last()) {
        if fact.period.first() <= day && day <= fact.covers_to() {
            match fact.covers_to().succ_opt() {
                Some(next) => day = next,
                None => return true,
            }
        }
    }
    day > period.last()
}

/// The last day that facts cover.
pub(super) fn last_day(facts: &[&Fact]) -> Option<NaiveDate> {
    facts.iter().map(|fact| fact.covers_to()).max()
}
