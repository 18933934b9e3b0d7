//! What holds for every scorecard.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a world is valid by construction")]

use std::collections::BTreeMap;

use attain::assess::Assessment;
use attain::facts::State;
use attain::number::{Ratio, Shown};
use attain::plan::{Scope, WhenNoCases};
use attain::{AsOf, Group, Reason, Scorecard, assess};
use chrono::NaiveDate;
use proptest::prelude::*;

use super::config;
use super::world::{World, world};
use crate::support::{day, json};

/// The document without the day up to which records count.
fn but_for_known_on(card: &Scorecard) -> String {
    json(card).lines().filter(|line| !line.trim_start().starts_with("\"known_on\"")).collect()
}

fn far_away() -> NaiveDate {
    day("9999-12-31")
}

/// Whether a figure, or the day on which a thing was done, stands behind an assessment.
fn stands_on_data(card: &Scorecard, of: &Assessment) -> bool {
    // Nothing happened, and the plan says what that means.
    let no_cases = of.actual.value == Err(Reason::ZeroWhole) && of.actual.measure.is_some();
    let counts = card.target(of).is_some_and(|target| matches!(target.scope(), Scope::AtLeast(_)));
    if counts {
        return of.units.iter().any(|unit| unit.value.is_ok() || unit.status.group() == Group::Good);
    }
    (of.actual.value.is_ok() || no_cases) && of.actual.on.is_some()
}

proptest! {
    #![proptest_config(config())]

    /// Every order of the facts gives the same bytes.
    #[test]
    fn the_order_of_the_facts_changes_nothing(
        (one, shuffled) in world().prop_flat_map(|one| { let rows = Just(one.rows.clone()).prop_shuffle(); (Just(one), rows) }),
    ) {
        let other = World { rows: shuffled, ..one.clone() };
        prop_assert_eq!(json(&one.card()), json(&other.card()));
    }

    /// A known-on later than every record is no limit at all.
    #[test]
    fn a_late_known_on_is_no_limit(one in world()) {
        let plan = one.plan();
        let facts = one.facts(&plan);
        let last = one.rows.iter().filter_map(|row| row.recorded_on).map(|day| day.0).max().unwrap_or(one.as_of);
        // What is expected of a period is known from its end on, where no day is given.
        let late = last.max(one.as_of).max(day("2027-03-31"));
        let of = |known_on| but_for_known_on(&assess(&plan, &facts, AsOf::from(one.as_of).with_known_on(known_on)));
        prop_assert_eq!(of(late), of(far_away()));
        // Where every record is made by the day that is spoken of, saying nothing is the same.
        let none_later = one.rows.iter().all(|row| row.recorded_on.is_none_or(|day| day.0 <= one.as_of));
        if none_later && one.as_of >= day("2027-01-01") {
            prop_assert_eq!(but_for_known_on(&assess(&plan, &facts, one.as_of)), of(far_away()));
        }
    }

    /// What was not known yet, and what had not happened yet, plays no part.
    #[test]
    fn what_is_not_known_plays_no_part(one in world()) {
        let known_on = one.as_of().known_on();
        let mut known = one.clone();
        let plan = one.plan();
        known.rows.retain(|row| {
            let period = row.period.as_deref().and_then(|label| plan.calendar().period(label).ok()).unwrap();
            let stands_at = row.done_on.or(row.through).map_or(period.last(), |day| day.0);
            let has_happened = stands_at <= one.as_of || row.state == Some(State::Expected);
            has_happened && row.recorded_on.is_none_or(|day| day.0 <= known_on)
        });
        prop_assert_eq!(json(&one.card()), json(&known.card()));
    }

    /// What is expected is a series apart: it never stands in for what was reached.
    #[test]
    fn what_is_expected_is_never_an_actual(one in world()) {
        let mut reported = one.clone();
        reported.rows.retain(|row| row.state != Some(State::Expected));
        let actuals = |card: Scorecard| card.assessments().iter().map(|of| of.actual.clone()).collect::<Vec<_>>();
        prop_assert_eq!(actuals(one.card()), actuals(reported.card()));
    }

    /// The counts of a summary add up, along each of its lines.
    #[test]
    fn a_summary_adds_up(one in world()) {
        let card = one.card();
        let summary = card.summary();
        let count = card.assessments().len();
        prop_assert_eq!(summary.all.total(), count);
        prop_assert_eq!(summary.all.by_group().values().sum::<usize>(), count);
        for list in [&summary.by_section, &summary.by_unit] {
            prop_assert_eq!(list.iter().map(|(_, tally)| tally.total()).sum::<usize>(), count);
            let mut all = BTreeMap::new();
            for (status, many) in list.iter().flat_map(|(_, tally)| tally.by_status()) {
                *all.entry(status).or_insert(0) += many;
            }
            prop_assert_eq!(all.into_iter().collect::<Vec<_>>(), summary.all.by_status().collect::<Vec<_>>());
        }
        for (unit, tally) in &summary.by_unit {
            for (status, many) in tally.by_status() {
                let of_unit = |of: &&Assessment| *of.unit == **unit && of.status == status;
                prop_assert_eq!(many, card.assessments().iter().filter(of_unit).count());
            }
        }
        for (section, tally) in &summary.by_section {
            let of_section = |of: &&Assessment| {
                card.citation(of).and_then(|citation| citation.section.as_deref()).unwrap_or_default() == section
            };
            prop_assert_eq!(tally.total(), card.assessments().iter().filter(of_section).count());
        }
        for (status, many) in summary.all.by_status() {
            prop_assert_eq!(many, card.assessments().iter().filter(|one| one.status == status).count());
        }
    }

    /// Contributions add up exactly wherever there are any.
    #[test]
    fn contributions_add_up_in_every_scorecard(one in world()) {
        for of in one.card().assessments().iter().filter(|of| !of.contributions.is_empty()) {
            let actual = of.actual.value.clone().unwrap();
            prop_assert_eq!(Ratio::sum(of.contributions.iter().map(|part| &part.to_actual)), actual);
            let to_variance: Option<Vec<&Ratio>> = of.contributions.iter().map(|part| part.to_variance.as_ref()).collect();
            if let Some(to_variance) = to_variance {
                prop_assert_eq!(Some(Ratio::sum(to_variance)), of.variance.clone().ok());
            }
            let changes = [(&of.changes.previous, 0), (&of.changes.year_before, 1)];
            for (change, which) in changes {
                let parts = of.contributions.iter().map(|part| [&part.since_previous, &part.since_year_before][which].clone());
                let parts: Option<Vec<Ratio>> = parts.map(|part| part.ok().map(|part| part.total())).collect();
                if let Some(parts) = parts {
                    prop_assert_eq!(Some(Ratio::sum(&parts)), change.clone().ok().map(|change| change.points));
                }
            }
        }
    }

    /// Nothing is ever good for want of data, nor bad.
    #[test]
    fn nothing_is_good_without_data(one in world()) {
        let card = one.card();
        for of in card.assessments().iter().filter(|of| of.group() == Group::Good) {
            prop_assert!(stands_on_data(&card, of), "{:?} {} {:?}", of.target, of.status.code(), of.actual);
        }
        let silent = World { rows: Vec::new(), ..one };
        for of in silent.card().assessments() {
            prop_assert_eq!(of.group(), Group::None, "{:?} {}", of.target, of.status.code());
        }
    }

    /// A verdict is never a matter of wording: group, row and status go together, and a whole of 0 is met only where
    /// the plan says so.
    #[test]
    fn status_row_and_group_go_together(one in world()) {
        let card = one.card();
        for of in card.assessments() {
            let rows: &[u8] = match of.status.code() {
                "not_applicable" => &[1],
                "not_started" => &[2],
                "met" | "missed" => &[3],
                "awaiting_data" => &[4],
                "no_data" => &[5],
                "lost" => &[6],
                "secured" => &[7],
                "met_so_far" => &[8],
                "in_progress" => &[10],
                _ => &[9],
            };
            prop_assert!(rows.contains(&of.row), "{} by row {}", of.status.code(), of.row);
            if of.status.code() == "met" && of.actual.value.is_err() && of.units.is_empty() {
                let about = one.draft.indicators.iter().find(|about| about.id.as_deref() == Some(&*of.indicator));
                prop_assert_eq!(about.and_then(|about| about.when_no_cases), Some(WhenNoCases::Met));
            }
        }
    }

    /// The displayed number of an assessment lies on the same side of what is required as the number that decided.
    #[test]
    fn what_is_displayed_agrees_with_the_verdict(one in world(), scale in 0..3_u32) {
        for of in one.card().assessments() {
            let (Ok(actual), Ok(bound)) = (&of.actual.value, &of.threshold.bound) else { continue };
            let shown = Shown::new(actual, scale).beside(bound.thresholds());
            if shown.sign().is_none() {
                let said = Ratio::from(shown.digits().parse::<attain::number::Number>().unwrap());
                prop_assert_eq!(bound.is_met_by(&said, &Ratio::ZERO), bound.is_met_by(actual, &Ratio::ZERO), "{}", shown);
            }
        }
    }

    /// Targets that are not linked do not know of each other.
    #[test]
    fn targets_do_not_disturb_each_other(one in world()) {
        let together = one.card();
        let mut alone = Vec::new();
        for target in &one.draft.targets {
            let mut world = one.clone();
            world.draft.targets = vec![target.clone()];
            alone.extend(world.card().assessments().iter().map(|of| (of.target.clone(), of.unit.clone(), of.period, of.status, of.actual.clone())));
        }
        let of_all: Vec<_> = together.assessments().iter().map(|of| (of.target.clone(), of.unit.clone(), of.period, of.status, of.actual.clone())).collect();
        prop_assert_eq!(of_all, alone);
    }

    /// Every scorecard can be written, and its parts are found in their plan.
    #[test]
    fn every_scorecard_can_be_written(one in world()) {
        let card = one.card();
        let mut csv = Vec::new();
        card.write_csv(&mut csv).unwrap();
        #[cfg(feature = "arrow")]
        crate::arrow_scorecard::assert_says_what_csv_says(&card);
        let document: serde_json::Value = serde_json::from_str(&json(&card)).unwrap();
        prop_assert_eq!(document["assessments"].as_array().map(Vec::len), Some(card.assessments().len()));
        for of in card.assessments() {
            prop_assert!(card.target(of).is_some() && card.indicator(of).is_some() && card.unit(of).is_some());
        }
    }
}
