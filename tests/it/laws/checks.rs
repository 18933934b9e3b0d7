//! A check is a function of the scorecard and the waivers; it drops nothing and passes nothing that nobody knows of.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a world is valid by construction")]

use attain::check::{Check, Outcome, Policy, WaivesNothing, check};
use attain::plan::{Severity, Strength, WAIVERS_FORMAT, WaiverDraft, Waivers, WaiversDraft};
use attain::time::Day;
use attain::{Group, Language, Plan, Reason, Status};
use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::config;
use super::world::{World, world};
use crate::support::day;

const SEVERITIES: [Severity; 3] = [Severity::Advisory, Severity::Required, Severity::Strict];

/// A waiver in the making: of which target, for which unit, in which period, until when.
type Wish = (Index, Option<Index>, Option<&'static str>, NaiveDate);

fn wishes() -> impl Strategy<Value = Vec<Wish>> {
    let period = select(vec![None, Some("2025"), Some("2025-Q2"), Some("2025-01-01/2025-12-31"), Some("undated")]);
    let until = select(vec!["2025-01-01", "2025-06-30", "2025-12-31", "2030-12-31"]).prop_map(day);
    vec((any::<Index>(), proptest::option::of(any::<Index>()), period, until), 0..5)
}

fn waivers(plan: &Plan, wishes: &[Wish]) -> Waivers {
    let of = |(target, unit, period, until): &Wish| WaiverDraft {
        target: Some(plan.targets()[target.index(plan.targets().len())].id().to_owned()),
        unit: unit.map(|unit| plan.units()[unit.index(plan.units().len())].id().to_owned()),
        period: period.map(str::to_owned),
        authority: Some("the chairman".to_owned()),
        reason: Some("a flood".to_owned()),
        until: Some(Day(*until)),
    };
    let wishes = if plan.targets().is_empty() { &[] } else { wishes };
    let draft = WaiversDraft { format: Some(WAIVERS_FORMAT.to_owned()), waivers: wishes.iter().map(of).collect() };
    Waivers::new(plan, draft).unwrap()
}

/// A world whose targets say something of their severity, with a caller that does.
fn severe() -> impl Strategy<Value = (World, Policy)> {
    let said = (proptest::option::of(select(SEVERITIES.to_vec())), select(vec![Strength::Binding, Strength::Aspiration]));
    let caller = (select(SEVERITIES.to_vec()), select(SEVERITIES.to_vec()), proptest::option::of(select(SEVERITIES.to_vec())));
    (world(), vec(said, 8), caller).prop_map(|(mut one, said, (binding, aspiration, first))| {
        for (target, (severity, strength)) in one.draft.targets.iter_mut().zip(said) {
            (target.severity, target.strength) = (severity, Some(strength));
        }
        let policy = Policy { binding, aspiration, ..Policy::default() };
        let id = one.draft.targets.first().and_then(|target| target.id.clone()).unwrap_or_default();
        let policy = first.map_or(policy.clone(), |severity| policy.with(&id, severity));
        (one, policy)
    })
}

fn outcomes(check: &Check<'_>) -> Vec<Outcome> {
    check.cases().iter().map(|case| case.outcome()).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn nothing_is_dropped_and_nothing_passes_for_want_of_data((one, policy) in severe(), wishes in wishes()) {
        let card = one.card();
        let waivers = waivers(card.plan(), &wishes);
        let checked = check(&card, &waivers, &policy);
        prop_assert_eq!(&checked, &check(&card, &waivers, &policy));

        // One case an assessment, in its order, under a name of its own; the counts add up.
        prop_assert_eq!(checked.cases().len(), card.assessments().len());
        prop_assert!(checked.cases().iter().zip(card.assessments()).all(|(case, of)| std::ptr::eq(case.assessment(), of)));
        let mut names: Vec<String> = checked.cases().iter().map(|case| case.name()).collect();
        names.sort();
        names.dedup();
        prop_assert_eq!(names.len(), card.assessments().len());
        let counts = checked.counts();
        prop_assert_eq!(counts.total(), card.assessments().len());
        prop_assert_eq!(Outcome::ALL.iter().map(|outcome| counts.of(*outcome)).sum::<usize>(), counts.total());
        prop_assert_eq!(checked.is_passed(), counts.total() > 0 && counts.of(Outcome::Failed) + counts.of(Outcome::Error) == 0);

        for case in checked.cases() {
            let of = case.assessment();
            let wanting = of.status == Status::NoData
                || (of.status == Status::AwaitingData && of.reasons.contains(&Reason::ReportOverdue));
            let outcome = case.outcome();
            if wanting {
                prop_assert!(matches!(outcome, Outcome::Error | Outcome::Waived), "{outcome:?} {of:?}");
            } else if of.group() == Group::None {
                prop_assert_eq!(outcome, Outcome::Skipped);
            }
            if of.group() == Group::Bad {
                prop_assert!(matches!(outcome, Outcome::Failed | Outcome::Waived | Outcome::Warned));
                prop_assert!(outcome != Outcome::Warned || case.severity() == Severity::Advisory);
            }
            prop_assert!(outcome != Outcome::Passed || of.group() == Group::Good);
            prop_assert!(outcome != Outcome::Passed || case.late_reports().is_empty());
            for said in [checked.headline(case, Language::English), checked.headline(case, Language::Vietnamese)] {
                prop_assert_eq!(said.lines().count(), 1);
            }
            // What is kept is what does not fail.
            let kept = checked.kept(&of.target, Language::English);
            let of_target = checked.cases().iter().filter(|case| case.assessment().target == of.target);
            let fails = of_target.map(|case| case.outcome()).any(|outcome| matches!(outcome, Outcome::Failed | Outcome::Error));
            prop_assert_eq!(kept.is_err(), fails);
        }
    }

    /// A waiver turns a failure of its own scope into a waived one while it holds, and changes nothing else at all.
    #[test]
    fn a_waiver_changes_nothing_but_what_it_waives((one, policy) in severe(), wishes in wishes()) {
        let card = one.card();
        let none = Waivers::default();
        let before = check(&card, &none, &policy);
        let waivers = waivers(card.plan(), &wishes);
        let after = check(&card, &waivers, &policy);
        prop_assert!(before.idle_waivers().is_empty());
        let speaks = |waiver: &attain::plan::Waiver, of: &attain::Assessment| {
            let days = |label: &str| match label {
                "2025" | "2025-01-01/2025-12-31" => Some(("2025-01-01", "2025-12-31")),
                "2025-Q2" => Some(("2025-04-01", "2025-06-30")),
                _ => None,
            };
            let is_then = waiver.period().is_none_or(|period| match (days(&period), of.period) {
                (Some((first, last)), Some(judged)) => (day(first), day(last)) == (judged.first(), judged.last()),
                (given, judged) => given.is_none() && judged.is_none(),
            });
            waiver.target() == &*of.target && waiver.unit().is_none_or(|unit| unit == &*of.unit) && is_then
        };
        // Labels of a fiscal year are other days, which is no matter of waivers.
        prop_assume!(card.plan().calendar() == attain::time::Calendar::Gregorian);
        for (was, is) in outcomes(&before).into_iter().zip(after.cases()) {
            let of = is.assessment();
            let spoken: Vec<_> = waivers.as_slice().iter().filter(|waiver| speaks(waiver, of)).collect();
            let holds = spoken.iter().any(|waiver| card.as_of() <= waiver.until());
            let fails = matches!(was, Outcome::Failed | Outcome::Error);
            prop_assert_eq!(is.outcome(), if fails && holds { Outcome::Waived } else { was });
            prop_assert_eq!(is.waiver().is_some(), fails && !spoken.is_empty());
        }
        for waiver in waivers.as_slice() {
            let idle = after.idle_waivers().iter().find(|idle| std::ptr::eq(idle.waiver, waiver)).map(|idle| idle.why);
            let spoken: Vec<_> = before.cases().iter().filter(|case| speaks(waiver, case.assessment())).collect();
            let expected = match spoken.iter().any(|case| matches!(case.outcome(), Outcome::Failed | Outcome::Error)) {
                // It is over, and something that holds or lasts longer counts in its place.
                true if card.as_of() > waiver.until()
                    && !after.cases().iter().any(|case| case.waiver().is_some_and(|one| std::ptr::eq(one, waiver))) =>
                {
                    Some(WaivesNothing::AnotherCounts)
                }
                true => None,
                false if spoken.is_empty() => Some(WaivesNothing::NotAssessed),
                false => Some(WaivesNothing::NothingFails),
            };
            prop_assert_eq!(idle, expected);
        }
    }

    /// A report can be written of every case, in both languages; JUnit has every case once and counts them alike.
    #[cfg(feature = "junit")]
    #[test]
    fn junit_counts_what_the_check_counts((one, policy) in severe(), wishes in wishes()) {
        let card = one.card();
        let waivers = waivers(card.plan(), &wishes);
        let checked = check(&card, &waivers, &policy);
        let counts = checked.counts();
        for language in [Language::English, Language::Vietnamese] {
            let mut text = Vec::new();
            checked.write_junit(&mut text, language).unwrap();
            let text = String::from_utf8(text).unwrap();
            let tags = |tag: &str| text.matches(&format!("<{tag} ")).count();
            prop_assert_eq!(tags("testcase"), counts.total());
            prop_assert_eq!(tags("failure"), counts.of(Outcome::Failed));
            prop_assert_eq!(tags("error"), counts.of(Outcome::Error));
            prop_assert_eq!(tags("skipped"), counts.of(Outcome::Skipped) + counts.of(Outcome::Waived));
            prop_assert_eq!(text.matches("<system-out>").count(), counts.of(Outcome::Warned));
            let head = format!(
                " tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"0.000\">",
                counts.total(), counts.of(Outcome::Failed), counts.of(Outcome::Error)
            );
            prop_assert!(text.lines().nth(1).unwrap().ends_with(&head), "{text}");
        }
    }
}
