use super::*;
use crate::time::parse_day;

fn day(text: &str) -> NaiveDate {
    parse_day(text).unwrap()
}

fn target(on: &str, value: i64, leg: Leg) -> Anchor {
    Anchor { on: day(on), value: value.into(), source: AnchorSource::Target("t".into()), leg }
}

/// A value on 1 January 2022.
fn from(value: i64, better: Better) -> Path {
    Path::from_baseline(day("2022-01-01"), value.into(), better)
}

fn values(path: &Path, days: &[&str]) -> Vec<String> {
    days.iter().map(|on| path.at(day(on)).to_string()).collect()
}

/// Up by 10 in ten days, flat for ten, down by 5 in ten, by a step to 40, up by 10 in ten.
fn winding() -> Path {
    let legs = [
        ("2022-01-11", 30, Leg::Linear),
        ("2022-01-21", 30, Leg::Linear),
        ("2022-01-31", 25, Leg::Linear),
        ("2022-02-10", 40, Leg::Step),
        ("2022-02-20", 50, Leg::Linear),
    ];
    legs.into_iter()
        .try_fold(from(20, Better::Higher), |path, (on, value, leg)| path.through(day(on), value.into(), leg))
        .unwrap()
}

#[test]
fn a_baseline_alone_holds_on_every_day() {
    let path = from(20, Better::Higher);
    assert_eq!(values(&path, &["0001-01-01", "2022-01-01", "9999-12-31"]), ["20", "20", "20"]);
    assert_eq!(path.lead(&20.into(), day("2022-01-02")), Ok(-1));
    assert_eq!(path.lead(&21.into(), day("2022-01-02")), Err(Reason::BeyondTarget));
    assert_eq!((path.anchors().len(), path.is_exact(), path.is_maintained()), (1, true, false));
}

#[test]
fn each_day_belongs_to_the_leg_that_it_lies_on() {
    let path = winding();
    assert_eq!(
        values(&path, &["2021-12-31", "2022-01-01", "2022-01-02", "2022-01-10", "2022-01-11"]),
        ["20", "20", "21", "29", "30"]
    );
    assert_eq!(
        values(&path, &["2022-01-12", "2022-01-21", "2022-01-22", "2022-01-30", "2022-01-31"]),
        ["30", "30", "29.5", "25.5", "25"]
    );
    assert_eq!(
        values(&path, &["2022-02-09", "2022-02-10", "2022-02-11", "2022-02-20", "2022-02-21"]),
        ["25", "40", "41", "50", "50"]
    );
    assert!(path.is_exact());
}

#[test]
fn a_lead_is_to_the_first_day_at_or_beyond() {
    let path = winding();
    let lead = |a: i128, under: i128| path.lead(&Ratio::new(a, under).unwrap(), day("2022-01-05"));
    // 24 on the day itself; a quarter of a day later 24.25; 23.75 a quarter of a day before.
    assert_eq!([lead(24, 1), lead(97, 4), lead(95, 4)], [Ok(0), Ok(0), Ok(-1)]);
    assert_eq!([lead(25, 1), lead(23, 1)], [Ok(1), Ok(-1)]);
    // Reached before the flat leg and where it begins, and never asked for again on the way down.
    assert_eq!([lead(59, 2), lead(30, 1), lead(26, 1)], [Ok(5), Err(Reason::NoUniqueDay), Ok(2)]);
    // By the step, on its day, and after it.
    assert_eq!([lead(61, 2), lead(40, 1), lead(41, 1)], [Err(Reason::NoUniqueDay), Err(Reason::NoUniqueDay), Ok(37)]);
    assert_eq!([lead(50, 1), lead(101, 2)], [Ok(46), Err(Reason::BeyondTarget)]);
    // At the baseline or worse: its day.
    assert_eq!([lead(20, 1), lead(-5, 1)], [Ok(-4), Ok(-4)]);
}

#[test]
fn downwards_lower_is_better() {
    let path = from(20, Better::Lower).through(day("2022-01-11"), 10.into(), Leg::Linear).unwrap();
    let lead = |a: i64| path.lead(&a.into(), day("2022-01-05"));
    assert_eq!([lead(16), lead(15), lead(17), lead(10)], [Ok(0), Ok(1), Ok(-1), Ok(6)]);
    assert_eq!([lead(20), lead(21), lead(9)], [Ok(-4), Ok(-4), Err(Reason::BeyondTarget)]);
}

/// What holds where it begins has no day of its own.
#[test]
fn a_value_that_rests_has_no_day() {
    let step = from(20, Better::Higher).through(day("2022-01-11"), 30.into(), Leg::Step).unwrap();
    assert_eq!(step.lead(&20.into(), day("2022-01-05")), Err(Reason::NoUniqueDay));
    assert_eq!(step.lead(&19.into(), day("2022-01-05")), Ok(-4));
    assert_eq!(step.lead(&30.into(), day("2022-01-05")), Err(Reason::NoUniqueDay));
    assert_eq!(step.lead(&31.into(), day("2022-01-05")), Err(Reason::BeyondTarget));
    // Reached on the last day before a step, which holds it.
    let path = from(10, Better::Higher).through(day("2022-01-11"), 20.into(), Leg::Linear).unwrap();
    let path = path.through(day("2022-01-21"), 30.into(), Leg::Step).unwrap();
    assert_eq!(path.lead(&20.into(), day("2022-01-05")), Err(Reason::NoUniqueDay));
    assert_eq!(path.lead(&19.into(), day("2022-01-05")), Ok(5));
}

#[test]
fn constant_growth_doubles_and_doubles_again() {
    let path = from(1, Better::Higher).through(day("2022-01-31"), 8.into(), Leg::Compound).unwrap();
    assert_eq!(
        values(&path, &["2021-12-31", "2022-01-01", "2022-01-11", "2022-01-21", "2022-01-31", "2022-02-01"]),
        ["1", "1", "2", "4", "8", "8"]
    );
    assert!(!path.is_exact());
    let lead = |a: i64| path.lead(&a.into(), day("2022-01-11"));
    assert_eq!([lead(1), lead(2), lead(4), lead(8), lead(9)], [Ok(-10), Ok(0), Ok(10), Ok(20), Err(Reason::BeyondTarget)]);
    // log₂ 3 = 1.58…, of ten days each.
    assert_eq!(lead(3), Ok(5));
    // Straight on from there.
    let on = path.through(day("2022-02-10"), 18.into(), Leg::Linear).unwrap();
    assert_eq!(values(&on, &["2022-01-21", "2022-01-31", "2022-02-05"]), ["4", "8", "13"]);
    assert!(!on.is_exact());
}

#[test]
fn constant_growth_needs_ends_of_one_sign() {
    let to =
        |from_value: i64, value: i64, leg| from(from_value, Better::Higher).through(day("2022-01-11"), value.into(), leg).err();
    for (a, b) in [(0, 5), (5, 0), (-5, 5), (5, -5), (0, 0)] {
        assert_eq!(to(a, b, Leg::Compound), Some(Reason::NonPositive), "{a} to {b}");
        assert_eq!((to(a, b, Leg::Linear), to(a, b, Leg::Step)), (None, None));
    }
    assert_eq!((to(5, 8, Leg::Compound), to(-8, -5, Leg::Compound), to(5, 5, Leg::Compound)), (None, None, None));
    // What it grows from is the anchor before, not the baseline.
    let up = from(-5, Better::Higher).through(day("2022-01-11"), 5.into(), Leg::Linear).unwrap();
    assert!(up.clone().through(day("2022-01-21"), 8.into(), Leg::Compound).is_ok());
    assert_eq!(up.through(day("2022-01-21"), (-8).into(), Leg::Compound), Err(Reason::NonPositive));
}

/// Also where it would not be led by constant growth.
#[test]
fn a_day_that_is_not_later_is_left_out() {
    let path = from(20, Better::Higher).through(day("2022-01-11"), 30.into(), Leg::Linear).unwrap();
    for on in ["2021-12-31", "2022-01-01", "2022-01-10", "2022-01-11"] {
        assert_eq!(path.clone().through(day(on), (-5).into(), Leg::Compound), Ok(path.clone()), "{on}");
    }
    assert_eq!(path.through(day("2022-01-12"), 31.into(), Leg::Linear).unwrap().anchors().len(), 3);
}

#[test]
fn what_is_to_be_held_is_held_on_every_day() {
    let path = Path::maintaining(target("2022-12-31", 50, Leg::Compound), Better::Higher);
    assert_eq!(values(&path, &["2022-01-01", "2022-12-31", "2023-01-01"]), ["50", "50", "50"]);
    assert!(path.is_maintained() && path.is_exact());
    let lead = |a: i64| path.lead(&a.into(), day("2022-06-30"));
    assert_eq!([lead(49), lead(50), lead(51)], [Err(Reason::NoUniqueDay), Err(Reason::NoUniqueDay), Err(Reason::BeyondTarget)]);
    let path = Path::maintaining(target("2022-12-31", 50, Leg::Linear), Better::Lower);
    assert_eq!(path.lead(&49.into(), day("2022-06-30")), Err(Reason::BeyondTarget));
    assert_eq!(path.lead(&51.into(), day("2022-06-30")), Err(Reason::NoUniqueDay));
}

#[test]
fn a_path_ends_with_its_target() {
    let ends = from(20, Better::Higher).ending(target("2022-01-11", 30, Leg::Linear)).unwrap();
    assert_eq!(ends.anchors().len(), 2);
    assert_eq!(values(&ends, &["2022-01-06", "2022-01-11", "2022-01-12"]), ["25", "30", "30"]);
    // On the baseline's own day or before, only the target is left, and constant growth leads nowhere.
    for on in ["2021-12-31", "2022-01-01"] {
        let late = from(20, Better::Higher).ending(target(on, -30, Leg::Compound)).unwrap();
        assert_eq!((late.anchors().len(), late.is_exact(), late.is_maintained()), (1, true, false));
        assert_eq!(values(&late, &["2021-12-30", "2022-01-01", "2022-01-11"]), ["20", "-30", "-30"]);
        assert_eq!(late.lead(&(-31).into(), day("2021-12-01")), Err(Reason::NoUniqueDay));
        assert_eq!(late.lead(&(-29).into(), day("2021-12-01")), Err(Reason::BeyondTarget));
    }
}

#[test]
fn days_and_values_without_end_are_no_trouble() {
    let most = Ratio::new(i128::MAX, 7).unwrap();
    let path = Path::from_baseline(day("0001-01-01"), -most.clone(), Better::Higher);
    let path = path.through(day("9999-12-31"), most.clone(), Leg::Linear).unwrap();
    assert_eq!(path.at(day("9999-12-31")), most);
    assert_eq!(path.lead(&most, day("0001-01-01")), Ok(3_652_058));
    assert_eq!(path.lead(&-most, day("9999-12-31")), Ok(-3_652_058));
    // Half-way between two whole days.
    assert_eq!(path.lead(&Ratio::ZERO, day("0001-01-01")), Ok(1_826_029));
}
