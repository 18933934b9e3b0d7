//! What each unit carries of its parent's gap and change, worked out by hand.

use attain::assess::{Contribution, HeldAgainst, Movement, Reason};
use attain::facts::{FactDraft, State};
use attain::number::{Number, Ratio};
use attain::plan::{BaselineDraft, Change, IndicatorDraft, Kind, PlanDraft, TargetDraft};

use crate::support::{card, day, empty_plan, fact, figures, indicator, only, target, unit};

fn ratio(numerator: i128, denominator: i128) -> Ratio {
    Ratio::new(numerator, denominator).unwrap()
}

fn plan(about: IndicatorDraft, one: TargetDraft) -> PlanDraft {
    let units = vec![unit("office", None), unit("north", Some("office")), unit("south", Some("office"))];
    PlanDraft { units, indicators: vec![about], targets: vec![one], ..empty_plan() }
}

fn row(kind: Kind, at: &str, period: &str, counts: [i64; 2]) -> FactDraft {
    let [a, b] = counts;
    FactDraft { unit: Some(at.to_owned()), ..figures(kind, [a, b, 0, 0], fact("i", period)) }
}

fn contributions(draft: PlanDraft, rows: Vec<FactDraft>) -> Vec<Contribution> {
    only(&card(draft, rows, day("2026-01-31"))).contributions.clone()
}

fn not_applicable(at: &str, period: &str) -> FactDraft {
    FactDraft { unit: Some(at.to_owned()), state: Some(State::NotApplicable), ..fact("i", period) }
}

fn at_least(threshold: i64) -> TargetDraft {
    TargetDraft { at_least: Some(Number::from(threshold)), ..target("t", "i", "2025") }
}

#[test]
fn a_rate_is_carried_by_cases_and_moves_by_rate_and_mix() {
    let rows = [
        row(Kind::Share, "north", "2024", [80, 100]),
        row(Kind::Share, "south", "2024", [30, 100]),
        row(Kind::Share, "north", "2025", [160, 200]),
        row(Kind::Share, "south", "2025", [40, 100]),
    ];
    // 200 of 300 against 70 %: 10 cases short. 110 of 200 the year before: 11 2/3 points more.
    let [north, south] = contributions(plan(indicator("i", Kind::Share), at_least(70)), rows.into()).try_into().unwrap();
    assert_eq!((north.to_actual, north.to_variance), (ratio(160, 3), Some(ratio(20, 3))));
    assert_eq!((south.to_actual, south.to_variance), (ratio(40, 3), Some(Ratio::from(-10))));
    assert_eq!((north.cases, south.cases), (Some(Ratio::from(20)), Some(Ratio::from(-30))));
    assert_eq!(north.held_against, HeldAgainst::OwnWhole);
    // North stayed at 80 %, 19 1/6 points above the mean rate of all, and grew from a half to two thirds of the cases.
    assert_eq!(north.since_previous, Ok(Movement::Rate { rate: Ratio::ZERO, mix: ratio(115, 36) }));
    // South rose by 10 points with 5/12 of the cases on average, and its low rate lost a sixth of them.
    assert_eq!(south.since_previous, Ok(Movement::Rate { rate: ratio(25, 6), mix: ratio(155, 36) }));
    assert_eq!(north.since_year_before, north.since_previous);
}

#[test]
fn who_comes_and_goes_is_mix() {
    let rows = [
        row(Kind::Share, "north", "2024", [80, 100]),
        row(Kind::Share, "south", "2024", [0, 0]),
        row(Kind::Share, "north", "2025", [0, 0]),
        row(Kind::Share, "south", "2025", [40, 100]),
    ];
    let [north, south] = contributions(plan(indicator("i", Kind::Share), at_least(70)), rows.into()).try_into().unwrap();
    assert_eq!((north.to_actual, north.to_variance), (Ratio::ZERO, Some(Ratio::ZERO)));
    // From 80 % to 40 %, the mean of which is 60: each side is 20 points off it with all of the cases.
    assert_eq!(north.since_previous, Ok(Movement::Rate { rate: Ratio::ZERO, mix: Ratio::from(-20) }));
    assert_eq!(south.since_previous, Ok(Movement::Rate { rate: Ratio::ZERO, mix: Ratio::from(-20) }));
}

#[test]
fn a_sum_is_held_against_its_own_baselines() {
    let rows = [
        row(Kind::Stock, "north", "2024", [40, 0]),
        row(Kind::Stock, "south", "2024", [10, 0]),
        row(Kind::Stock, "north", "2025", [38, 0]),
        row(Kind::Stock, "south", "2025", [8, 0]),
    ];
    let reduce = TargetDraft {
        reduce_by: Some(Change::Percent(10.into())),
        baseline: Some(BaselineDraft::Named("2024".to_owned())),
        ..target("t", "i", "2025")
    };
    // 10 % off 50 is 45; north has to come down to 36, south to 9.
    let [north, south] = contributions(plan(indicator("i", Kind::Stock), reduce), rows.clone().into()).try_into().unwrap();
    assert_eq!((north.to_variance, south.to_variance), (Some(Ratio::from(2)), Some(Ratio::from(-1))));
    assert_eq!((north.held_against, north.cases), (HeldAgainst::OwnBaseline, None));
    assert_eq!((north.since_previous, south.since_previous), (Ok(Movement::Own((-2).into())), Ok(Movement::Own((-2).into()))));
    // Without a baseline nothing says how 45 is divided: equal parts, which the answer says.
    let at_most = TargetDraft { at_most: Some(45.into()), ..target("t", "i", "2025") };
    let [north, south] = contributions(plan(indicator("i", Kind::Stock), at_most), rows.into()).try_into().unwrap();
    assert_eq!((north.to_variance, south.to_variance), (Some(ratio(31, 2)), Some(ratio(-29, 2))));
    assert_eq!(south.held_against, HeldAgainst::EqualPart);
}

#[test]
fn without_the_units_then_there_is_no_movement() {
    let rows = [
        FactDraft { unit: None, ..row(Kind::Share, "north", "2024", [110, 200]) },
        row(Kind::Share, "north", "2025", [160, 200]),
        row(Kind::Share, "south", "2025", [40, 100]),
    ];
    let draft = plan(indicator("i", Kind::Share), at_least(70));
    let card = card(draft, rows, day("2026-01-31"));
    let answer = only(&card);
    assert!(answer.changes.previous.is_ok());
    assert!(answer.contributions.iter().all(|part| part.since_previous == Err(Reason::NoBaseline)));
    let (of, parts) = card.contributions("t").next().unwrap();
    assert_eq!((of.target.as_ref(), parts.len()), ("t", 2));
    assert_eq!(card.contributor(&parts[1]).unwrap().id(), "south");
    assert_eq!(card.contributions("another").count(), 0);
}

#[test]
fn sums_move_by_what_each_unit_adds_also_by_what_comes() {
    for kind in [Kind::Flow, Kind::Stock] {
        let rows = [
            row(kind, "north", "2024", [40, 0]),
            row(kind, "north", "2025", [52, 0]),
            row(kind, "south", "2025", [10, 0]),
            not_applicable("south", "2024"),
        ];
        let card_of = |rows: &[FactDraft]| card(plan(indicator("i", kind), at_least(60)), rows.to_vec(), day("2026-01-31"));
        // As long as the south is only missing in 2024, unlike would be compared.
        let missing = card_of(&rows[..3]);
        let parts = &only(&missing).contributions;
        assert!(parts.iter().all(|part| part.since_previous == Err(Reason::PeriodIncomplete)));
        // There was nothing to count then: 12 more are north's, 10 are south's.
        let card = card_of(&rows);
        let answer = only(&card);
        let moved: Vec<_> = answer.contributions.iter().map(|part| part.since_previous.clone()).collect();
        let total = answer.changes.previous.as_ref().map(|change| change.points.clone());
        assert_eq!(total, Ok(Ratio::from(22)), "{kind:?}");
        assert_eq!(moved, [Ok(Movement::Own(12.into())), Ok(Movement::Own(10.into()))]);
        // 62 against 60, of which each is set half: 22 above, 20 below.
        let of_gap: Vec<_> = answer.contributions.iter().map(|part| part.to_variance.clone()).collect();
        assert_eq!(of_gap, [Some(Ratio::from(22)), Some(Ratio::from(-20))]);
    }
}

#[test]
fn a_rate_of_a_unit_that_comes_is_all_mix() {
    let rows = [
        row(Kind::Share, "north", "2024", [60, 100]),
        row(Kind::Share, "north", "2025", [140, 200]),
        row(Kind::Share, "south", "2025", [20, 100]),
        not_applicable("south", "2024"),
    ];
    let card = card(plan(indicator("i", Kind::Share), at_least(70)), rows, day("2026-01-31"));
    let answer = only(&card);
    // From 60 % to 160 of 300. North rose by 10 points with (1 + 2/3)/2 of the cases; the mean of its rate is 65, that of all
    // (160/3 + 60)/2 = 170/3: it gave up a third of the weight, 25/3 points above that mean.
    let moved: Vec<_> = answer.contributions.iter().map(|part| part.since_previous.clone()).collect();
    let north = Movement::Rate { rate: ratio(25, 3), mix: ratio(-25, 9) };
    // South came with a third of the weight at 20 %, 110/3 points below the mean.
    let south = Movement::Rate { rate: Ratio::ZERO, mix: ratio(-110, 9) };
    assert_eq!(moved, [Ok(north.clone()), Ok(south.clone())]);
    let points = answer.changes.previous.as_ref().unwrap().points.clone();
    assert_eq!((north.total() + south.total(), points), (ratio(-20, 3), ratio(-20, 3)));
}
