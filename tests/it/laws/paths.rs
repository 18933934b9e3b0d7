//! What holds for every path, and for every actual against it.
#![allow(clippy::unwrap_used, reason = "a path that can not be built is a mistake of the law")]

use attain::assess::{AnchorSource, Assessment, Leg, Path, Rates, Reason};
use attain::number::{Number, Ratio};
use attain::plan::{BaselineDraft, BaselineTable, Better, Kind, PathPointDraft, PlanDraft, TargetDraft};
use attain::time::Day;
use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use proptest::sample::select;

use super::setting::{NUMBERS, any_required, setting};
use super::{config, rank};
use crate::support::{card, day, empty_plan, fact, indicator, target, tenths};

const START: &str = "2021-12-31";

fn after(days: i64) -> NaiveDate {
    day(START) + TimeDelta::days(days)
}

fn ratio(tenths: i64) -> Ratio {
    Ratio::new(tenths.into(), 10).unwrap()
}

/// A day, the value on it, and how the path comes there.
type Stop = (i64, Ratio, Leg);

/// A way: days after the baseline's, values, and how the path comes there; the first is the baseline.
#[derive(Clone, Debug)]
struct Way {
    better: Better,
    stops: Vec<Stop>,
}

impl Way {
    fn path(&self) -> Path {
        self.moved(0, &Ratio::ONE)
    }

    /// The same so many days later, in another unit.
    fn moved(&self, by: i64, times: &Ratio) -> Path {
        let (on, value, _) = &self.stops[0];
        let path = Path::from_baseline(after(on + by), value * times, self.better);
        let lead_on = |path: Path, (on, value, leg): &Stop| path.through(after(on + by), value * times, *leg);
        self.stops[1..].iter().try_fold(path, lead_on).unwrap()
    }

    fn last(&self) -> i64 {
        self.stops.last().unwrap().0
    }

    /// The two stops around a day, if there are two.
    fn around(&self, day: i64) -> Option<(&Stop, &Stop)> {
        self.stops.iter().zip(&self.stops[1..]).find(|(from, to)| from.0 <= day && day <= to.0)
    }
}

fn higher_or_lower() -> impl Strategy<Value = Better> {
    select(vec![Better::Higher, Better::Lower])
}

/// Ways of one to four legs, up and down and flat. Constant growth where it is possible.
fn way(legs: Vec<Leg>, gaps: std::ops::Range<i64>) -> impl Strategy<Value = Way> {
    let value = || prop_oneof![select(vec![0_i64, 100, 500]), -300..1200_i64];
    let stop = (gaps, value(), select(legs), proptest::bool::weighted(0.2));
    (higher_or_lower(), value(), proptest::collection::vec(stop, 1..=4)).prop_map(|(better, first, legs)| {
        let mut stops = vec![(0, ratio(first), Leg::Linear)];
        for (gap, value, leg, flat) in legs {
            let (on, before, _) = stops.last().cloned().unwrap();
            let value = if flat { before.clone() } else { ratio(value) };
            let one_sign = !before.is_zero() && !value.is_zero() && before.is_negative() == value.is_negative();
            let leg = if leg == Leg::Compound && !one_sign { Leg::Linear } else { leg };
            stops.push((on + gap, value, leg));
        }
        Way { better, stops }
    })
}

fn any_way() -> impl Strategy<Value = Way> {
    way(vec![Leg::Linear, Leg::Step, Leg::Compound], 1..800)
}

/// A straight way in the direction of better.
fn straight() -> impl Strategy<Value = Way> {
    (higher_or_lower(), -300..1200_i64, proptest::collection::vec((1..400_i64, 1..300_i64), 1..=3)).prop_map(
        |(better, first, legs)| {
            let sign = if better == Better::Higher { 1 } else { -1 };
            let mut stops = vec![(0, first, Leg::Linear)];
            for (gap, rise) in legs {
                let (on, before, _) = *stops.last().unwrap();
                stops.push((on + gap, before + sign * rise, Leg::Linear));
            }
            Way { better, stops: stops.into_iter().map(|(on, value, leg)| (on, ratio(value), leg)).collect() }
        },
    )
}

/// `a` is as good as `b`, or better.
fn at_or_better(better: Better, a: &Ratio, b: &Ratio) -> bool {
    if better == Better::Higher { a >= b } else { a <= b }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_path_passes_through_its_anchors(way in any_way()) {
        let path = way.path();
        prop_assert_eq!(path.anchors().len(), way.stops.len());
        for ((on, value, leg), anchor) in way.stops.iter().zip(path.anchors()) {
            prop_assert_eq!(&path.at(after(*on)), value);
            prop_assert_eq!((anchor.on, &anchor.value, anchor.leg), (after(*on), value, *leg));
        }
        let (first, last) = (&way.stops[0], way.stops.last().unwrap());
        prop_assert_eq!(&path.at(after(-1)), &first.1);
        prop_assert_eq!(&path.at(after(-2000)), &first.1);
        prop_assert_eq!(&path.at(after(last.0 + 1)), &last.1);
        prop_assert_eq!(path.is_exact(), way.stops.iter().all(|(_, _, leg)| *leg != Leg::Compound));
    }

    /// Between two anchors no value lies outside theirs, and it moves only from the one to the other.
    #[test]
    fn a_path_lies_between_its_anchors(way in any_way(), one in 0..3200_i64, other in 0..3200_i64) {
        let (one, other) = (one % (way.last() + 1), other % (way.last() + 1));
        let (sooner, later) = (one.min(other), one.max(other));
        let path = way.path();
        let Some((from, to)) = way.around(sooner) else { return Ok(()) };
        let (low, high) = ((&from.1).min(&to.1), (&from.1).max(&to.1));
        let value = path.at(after(sooner));
        prop_assert!(*low <= value && value <= *high, "{value} is not between {low} and {high}");
        if later <= to.0 {
            let next = path.at(after(later));
            prop_assert!(if from.1 <= to.1 { value <= next } else { value >= next }, "{value} and then {next}");
        }
    }

    /// Straight lines are exact, and a step moves on its day alone.
    #[test]
    fn straight_lines_and_steps_are_what_they_say(way in way(vec![Leg::Linear, Leg::Step], 1..800), on in 0..3200_i64) {
        let on = on % (way.last() + 1);
        let Some(((from, v0, _), (to, v1, leg))) = way.around(on) else { return Ok(()) };
        let value = match leg {
            Leg::Step if on < *to => v0.clone(),
            Leg::Step => v1.clone(),
            // Cross-multiplied: (v − v₀)·n = (v₁ − v₀)·d.
            _ => v0 + &((v1 - v0) * Ratio::from(on - from)).divided_by(&Ratio::from(to - from)).unwrap(),
        };
        prop_assert_eq!(way.path().at(after(on)), value);
    }

    /// Growth over equal days is by equal factors, up to the last digits that are kept.
    #[test]
    fn constant_growth_is_by_equal_factors(v0 in 1..2000_i64, v1 in 1..2000_i64, third in 1..300_i64) {
        let path = Path::from_baseline(after(0), v0.into(), Better::Higher).through(after(3 * third), v1.into(), Leg::Compound).unwrap();
        let [a, b] = [third, 2 * third].map(|on| path.at(after(on)));
        let v0 = Ratio::from(v0);
        let close = |x: Ratio, y: Ratio| ((&x - &y) * Ratio::from(50_000_000_000_i64)).abs() <= y;
        // a² = v₀·b, b² = a·v₁.
        prop_assert!(close(&a * &a, &v0 * &b) && close(&b * &b, a * Ratio::from(v1)));
    }

    /// Days and units are not looked at: the same way later, and in tonnes, has the same leads and rates of the same ratio.
    #[test]
    fn moving_and_scaling_a_path_changes_nothing(
        way in way(vec![Leg::Linear, Leg::Step], 1..800),
        a in -300..1200_i64,
        on in -50..3300_i64,
        by in prop_oneof![select(vec![-366_i64, -1, 1, 365, 59]), -3000..3000_i64],
        times in (1..2000_i64, 1..2000_i64),
    ) {
        let times = Ratio::new(times.0.into(), times.1.into()).unwrap();
        let (path, other, a) = (way.path(), way.moved(by, &times), ratio(a));
        prop_assert_eq!(path.at(after(on)) * &times, other.at(after(on + by)));
        prop_assert_eq!(path.lead(&a, after(on)), other.lead(&(&a * &times), after(on + by)));
        let (b, t) = (&way.stops[0].1, &way.stops.last().unwrap().1);
        let rates = Rates::new(b, &a, t, on, way.last() - on);
        let scaled = Rates::new(&(b * &times), &(&a * &times), &(t * &times), on, way.last() - on);
        prop_assert_eq!(rates.acceleration_needed, scaled.acceleration_needed);
        prop_assert_eq!(rates.observed.map(|rate| rate * &times), scaled.observed);
        prop_assert_eq!(rates.required.map(|rate| rate * &times), scaled.required);
    }

    /// The lead is to the first whole day at or beyond the actual, or to the one before where it is passed on the way.
    #[test]
    fn a_lead_is_what_counting_the_days_gives(
        way in way(vec![Leg::Linear, Leg::Step], 2..60),
        pick in (0..1000_i64, -400..1300_i64, 0..4_u8),
        on in -50..250_i64,
    ) {
        let path = way.path();
        // A value of the path on a day, in every fourth case; else any.
        let a = match pick {
            (at, _, 0) => path.at(after(at % (way.last() + 1))),
            (_, any, _) => ratio(any),
        };
        let first = (0..=way.last()).find(|on| at_or_better(way.better, &path.at(after(*on)), &a));
        let lead = path.lead(&a, after(on));
        let Some(first) = first else {
            prop_assert_eq!(lead, Err(Reason::BeyondTarget));
            return Ok(());
        };
        let there = path.at(after(first));
        let rests = there == a && first < way.last() && path.at(after(first + 1)) == a;
        let by_a_step = first > 0 && way.around(first).is_some_and(|(_, to)| to.2 == Leg::Step);
        let expected = if rests || by_a_step {
            Err(Reason::NoUniqueDay)
        } else if there == a || first == 0 {
            Ok(first - on)
        } else {
            Ok(first - 1 - on)
        };
        prop_assert_eq!(lead, expected);
    }

    /// On a straight way the lead says what the comparison says: ahead where better than expected.
    #[test]
    fn a_lead_agrees_with_ahead_and_behind(way in straight(), part in 0..=1000_i64, on in 0..1000_i64) {
        let on = on % (way.last() + 1);
        let path = way.path();
        let (b, t) = (&way.stops[0].1, &way.stops.last().unwrap().1);
        let a = b + &((t - b) * Ratio::new(part.into(), 1000).unwrap());
        let expected = path.at(after(on));
        let lead = path.lead(&a, after(on)).unwrap();
        prop_assert_eq!(lead >= 0, at_or_better(way.better, &a, &expected), "{} days ahead at {} of {}", lead, a, expected);
        prop_assert_eq!(path.lead(&expected, after(on)), Ok(0));
        // The path has not passed it so many days on, and has a day later.
        prop_assert!(at_or_better(way.better, &a, &path.at(after(on + lead))));
        prop_assert!(at_or_better(way.better, &path.at(after(on + lead + 1)), &a));
    }
}

/// Two or three targets of one score, each after the one before, on given days; the last due at the end of 2025.
#[derive(Clone, Debug)]
struct Staged {
    better: Better,
    kind: Kind,
    baseline: i64,
    /// Due year and threshold, in tenths.
    stages: Vec<(i32, i64)>,
    shape: Option<&'static str>,
    points: Vec<(i64, i64)>,
    /// Total and weight of what is reported on a day, so that any fraction can be.
    actual: (Ratio, i64),
    on: i64,
}

impl Staged {
    fn plan(&self) -> PlanDraft {
        let from = Some(BaselineDraft::Given(BaselineTable {
            value: Some(tenths(self.baseline)),
            on: Some(Day(day(START))),
            ..BaselineTable::default()
        }));
        let mut targets: Vec<TargetDraft> = Vec::new();
        for (place, (year, value)) in self.stages.iter().enumerate() {
            let mut one = target(&format!("t{place}"), "i", &year.to_string());
            match self.better {
                Better::Higher => one.at_least = Some(tenths(*value)),
                Better::Lower => one.at_most = Some(tenths(*value)),
            }
            one.baseline = from.clone();
            one.after = place.checked_sub(1).map(|before| format!("t{before}"));
            one.path = self.shape.map(str::to_owned);
            targets.push(one);
        }
        if let Some(last) = targets.last_mut().filter(|_| !self.points.is_empty()) {
            last.path = None;
            let point = |(on, value): &(i64, i64)| PathPointDraft { on: Some(Day(after(*on))), value: Some(tenths(*value)) };
            last.points = Some(self.points.iter().map(point).collect());
        }
        let mut plan = PlanDraft { indicators: vec![indicator("i", self.kind)], targets, ..empty_plan() };
        plan.plan.start = Some(Day(day(START)));
        plan
    }

    /// Every target, on the day of the actual.
    fn assess(&self) -> Vec<Assessment> {
        let on = after(self.on);
        let mut row = fact("i", &on.to_string());
        match self.kind {
            Kind::Mean => {
                row.total = Some(Number::exactly(&self.actual.0).unwrap());
                row.weight = Some(self.actual.1.into());
            }
            _ => row.value = Some(Number::exactly(&self.actual.0.divided_by(&self.actual.1.into()).unwrap()).unwrap()),
        }
        card(self.plan(), [row], on).assessments().to_vec()
    }
}

fn staged() -> impl Strategy<Value = Staged> {
    let stages = prop_oneof![
        2 => Just(vec![2025]),
        2 => Just(vec![2023, 2025]),
        1 => Just(vec![2022, 2023, 2025]),
    ];
    let values = proptest::collection::vec(prop_oneof![select(vec![300_i64, 500, 800]), 1..1200_i64], 3);
    let shape = select(vec![None, Some("linear"), Some("step"), Some("compound")]);
    let points = prop_oneof![3 => Just(Vec::new()), 1 => proptest::collection::vec((1..400_i64, 1..1200_i64), 1..3)];
    let actual = prop_oneof![select(vec![300_i64, 500, 800]), -100..1300_i64];
    (higher_or_lower(), 1..1000_i64, stages, values, shape, points, actual, 1..1461_i64).prop_map(
        |(better, baseline, years, values, shape, points, actual, on)| Staged {
            better,
            kind: Kind::Index,
            baseline,
            stages: years.into_iter().zip(values).collect(),
            shape,
            points: points
                .into_iter()
                .scan(0, |last, (gap, value)| {
                    *last += gap;
                    Some((*last, value))
                })
                .collect(),
            actual: (ratio(actual), 1),
            on,
        },
    )
}

/// An even way to one target, and an actual that lies on it exactly.
fn on_the_way() -> impl Strategy<Value = Staged> {
    (-500..500_i64, 1..900_i64, higher_or_lower(), 1..1461_i64).prop_map(|(baseline, rise, better, on)| {
        let t = if better == Better::Higher { baseline + rise } else { baseline - rise };
        // B + (T − B)·d/n, with n as the weight.
        let total = ratio(baseline * 1461 + (t - baseline) * on);
        Staged {
            better,
            kind: Kind::Mean,
            baseline,
            stages: vec![(2025, t)],
            shape: None,
            points: Vec::new(),
            actual: (total, 1461),
            on,
        }
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn on_the_way_is_on_track_at_a_pace_of_1(one in on_the_way()) {
        let [answer] = <[Assessment; 1]>::try_from(one.assess()).unwrap();
        let pace = answer.path.as_ref().unwrap();
        prop_assert_eq!((answer.status.code(), answer.row), ("on_track", 9));
        prop_assert_eq!(&pace.pace, &Ok(Ratio::ONE));
        prop_assert_eq!(&pace.expected, &answer.actual.value);
        prop_assert_eq!(&pace.planned_progress, &answer.progress);
        prop_assert_eq!(&pace.planned_progress, &Ok(Ratio::new(one.on.into(), 1461).unwrap()));
        prop_assert_eq!(pace.lead_days, Ok(0));
        prop_assert_eq!(&pace.observed_rate, &pace.required_rate);
        prop_assert_eq!(&pace.acceleration_needed, &Ok(Ratio::ONE));
    }

    /// A little worse is behind, a little better is ahead, and the last thousandth of the pace decides.
    #[test]
    fn beside_the_way_is_ahead_or_behind(one in on_the_way(), thousandths in select(vec![1_i64, 49, 50, 51, 400, 401])) {
        let (b, t) = (ratio(one.baseline), ratio(one.stages[0].1));
        let mut other = one.clone();
        // The same way at 1 ∓ k/1000 of the pace; a thousandth of the day is not too little to be said.
        let at = |pace: i64| (&b * &Ratio::from(1_461_000) + (&t - &b) * Ratio::from(one.on * pace), 1_461_000);
        other.actual = at(1000 - thousandths);
        let behind = &other.assess()[0];
        let pace = behind.path.as_ref().unwrap();
        prop_assert_eq!(&pace.pace, &Ok(Ratio::new((1000 - thousandths).into(), 1000).unwrap()));
        let status = if thousandths <= 50 { "on_track" } else if thousandths <= 400 { "at_risk" } else { "off_track" };
        prop_assert_eq!((behind.status.code(), behind.row), (status, 9));
        prop_assert!(pace.lead_days.unwrap() < 0);
        other.actual = at(1000 + thousandths);
        let ahead = &other.assess()[0];
        let pace = ahead.path.as_ref().unwrap();
        prop_assert_eq!(&pace.pace, &Ok(Ratio::new((1000 + thousandths).into(), 1000).unwrap()));
        prop_assert!(pace.lead_days.is_err_and(|reason| reason == Reason::BeyondTarget) || pace.lead_days.unwrap() >= 0);
        prop_assert_eq!(ahead.group().code(), "good");
    }

    /// A better figure never lowers the pace or the lead, nor says anything worse.
    #[test]
    fn a_better_actual_says_nothing_worse(one in staged(), by in 1..300_i64) {
        let mut better = one.clone();
        let sign = if one.better == Better::Higher { 1 } else { -1 };
        better.actual.0 = &one.actual.0 + &ratio(sign * by);
        for (before, after) in one.assess().iter().zip(&better.assess()) {
            prop_assert!(rank(after.status) >= rank(before.status), "{} became {}", before.status.code(), after.status.code());
            let (Ok(before), Ok(after)) = (&before.path, &after.path) else {
                prop_assert_eq!(before.path.is_ok(), after.path.is_ok());
                continue;
            };
            prop_assert_eq!(&before.path, &after.path);
            prop_assert_eq!(&before.expected, &after.expected);
            match (&before.pace, &after.pace) {
                (Ok(before), Ok(after)) => prop_assert!(after > before, "a pace of {before} became {after}"),
                (before, after) => prop_assert_eq!(before, after),
            }
            if let (Ok(before), Ok(after)) = (before.lead_days, after.lead_days) {
                prop_assert!(after >= before, "{before} days ahead became {after}");
            }
        }
    }

    /// At or better than expected is at least on track; worse, where the target is to be held, is off track.
    #[test]
    fn expected_is_enough(one in staged()) {
        for answer in one.assess() {
            stands_by_what_is_expected(&answer)?;
        }
    }

    /// So it is for every kind and requirement.
    #[test]
    fn expected_is_enough_for_every_kind(one in setting(NUMBERS, any_required())) {
        stands_by_what_is_expected(&one.assess())?;
    }

    /// The anchors are in order, begin with the baseline, and end with the target.
    #[test]
    fn anchors_are_in_order(one in staged()) {
        for answer in one.assess() {
            let Ok(pace) = &answer.path else { continue };
            let anchors = pace.path.anchors();
            prop_assert!(anchors.windows(2).all(|two| two[0].on < two[1].on), "{anchors:?}");
            let last = anchors.last().unwrap();
            prop_assert_eq!(&last.source, &AnchorSource::Target(answer.target.clone()));
            prop_assert_eq!(Some(last.on), answer.threshold.due);
            prop_assert_eq!(Some(&last.value), answer.threshold.bound.as_ref().unwrap().threshold());
            let is_met = answer.threshold.bound.as_ref().unwrap().is_met_by(answer.baseline.value.as_ref().unwrap(), &Ratio::ZERO);
            prop_assert_eq!(pace.path.is_maintained(), is_met);
            if is_met {
                prop_assert_eq!(anchors.len(), 1);
                prop_assert!(pace.expected.as_ref().is_ok_and(|expected| *expected == last.value) || answer.actual.value.is_err());
                continue;
            }
            prop_assert_eq!(&anchors[0].source, &AnchorSource::Baseline);
            prop_assert_eq!(Some(anchors[0].on), answer.baseline.on);
            prop_assert_eq!(Ok(&anchors[0].value), answer.baseline.value.as_ref());
            for anchor in anchors {
                prop_assert_eq!(&pace.path.at(anchor.on), &anchor.value);
            }
            // E is the value on the actual's day, and the pace is what it is said to be.
            let Ok(expected) = &pace.expected else { continue };
            prop_assert_eq!(expected, &pace.path.at(answer.actual.on.unwrap()));
            let (b, t) = (&anchors[0].value, &last.value);
            if let Ok(rate) = &pace.pace {
                let a = answer.actual.value.as_ref().unwrap();
                prop_assert_eq!(rate * &(expected - b), a - b);
                prop_assert_eq!(pace.planned_progress.as_ref().map(|planned| planned * &(t - b)), Ok(expected - b));
            }
        }
    }
}

fn stands_by_what_is_expected(answer: &Assessment) -> Result<(), TestCaseError> {
    let Ok(pace) = &answer.path else {
        prop_assert_ne!(answer.row, 9);
        return Ok(());
    };
    let (Ok(a), Ok(expected)) = (&answer.actual.value, &pace.expected) else {
        prop_assert_ne!(answer.row, 9);
        return Ok(());
    };
    let (side, _) = answer.threshold.bound.as_ref().unwrap().side().unwrap();
    let better = if side.is_upward() { Better::Higher } else { Better::Lower };
    let enough = at_or_better(better, a, expected);
    match (answer.row, answer.status.code()) {
        (9, "on_track") => prop_assert!(enough || pace.pace.as_ref().is_ok_and(|pace| *pace >= Ratio::new(95, 100).unwrap())),
        (9, "off_track") if pace.path.is_maintained() => prop_assert!(!enough),
        (9, _) => prop_assert!(!enough && !pace.path.is_maintained() && pace.pace.is_ok()),
        // Row 10 has a path, an actual and an expectation, and is worse than it without a pace.
        (10, _) => prop_assert!(!enough && pace.pace.is_err() && !pace.path.is_maintained()),
        _ => {}
    }
    Ok(())
}
