//! Trajectories of many series say what the course says of each, and what an assessment publishes.
#![allow(clippy::disallowed_types, clippy::float_arithmetic, clippy::type_complexity, reason = "projections are floats")]

use attain::columns::{
    Codes, Course, Days, Figures, InstructionSet, NO_PROJECTION, Rule, Series, Settings, Trajectories, Trajectory,
    TrajectoryBuffers, TrajectoryOutput, UNDEFINED, Validity, trajectory, trajectory_into,
};
use attain::number::{Ratio, Rounding};
use attain::plan::{Better, Bounds, Change, Kind, PaceBands, Requirement};
use attain::statistics::{Estimate, Line};
use attain::{Facts, FaultKind, Faults, Plan, Reason, Status, assess};
use proptest::prelude::*;

use crate::support::{self, day, number};

use TrajectoryOutput::{Expected, ObservedRate, Pace, PlannedProgress, RequiredRate};

fn places(places: u32) -> Settings {
    Settings { places, ..Settings::default() }
}

/// From 20 % on day 0 to at least 50 % on day 1461.
fn rise() -> Course {
    Course::new(Rule::new(Kind::Share, Requirement::AtLeast(50.into())).with_baseline(20.into()), 0, 1461)
}

fn percents(course: Course, days: &[i32], parts: &[i64], settings: &Settings) -> Trajectories {
    let wholes = vec![1000; parts.len()];
    let offsets = [0, parts.len()];
    let days = Days::Each { offsets: &offsets, days };
    let series = Series::quotients(Codes::One(0), days, Figures::whole(parts), Figures::whole(&wholes));
    trajectory(&[course], &series, &TrajectoryOutput::ALL, settings).unwrap()
}

fn one(answers: &Trajectories, output: TrajectoryOutput) -> i64 {
    answers.column(output).unwrap()[0]
}

/// The numbers of the examples beside `Path` and `Rates`: 20 + 30·1277/1461 = 46.2217…, and 15 points in 1,461 days.
#[test]
fn the_numbers_of_the_definitions() {
    let answers = percents(rise(), &[1277], &[450], &places(12));
    assert_eq!(one(&answers, Expected), 46_221_765_913_758);
    assert_eq!(one(&answers, PlannedProgress), 874_058_863_792); // 1277/1461
    assert_eq!(one(&answers, Pace), 953_406_421_300); // 25/30 of 1277/1461
    assert_eq!(one(&answers, RequiredRate), 9_925_067_934_783); // 5 points in 184 days, by 365.2425
    assert_eq!(answers.status, [Status::OnTrack]); // behind 46.22 %, and the pace is 0.9534
    let later = Course::new(rise().rule().clone(), 0, 2922);
    let answers = percents(later, &[1461], &[350], &places(12));
    assert_eq!(one(&answers, ObservedRate), 3_749_922_997_947);
    assert_eq!(one(&answers, RequiredRate), 3_749_922_997_947);
}

/// On day 1461 of 2922 the way planned is 15 points; 0.95 and 0.60 of it are 14.25 and 9 points.
#[test]
fn the_bands_begin_where_they_are_reached_exactly() {
    let status = |part: i64| {
        let course = Course::new(rise().rule().clone(), 0, 2922);
        let series = [part * 100];
        let days = Days::Shared(&[1461]);
        let of = [1_000_000];
        let series = Series::quotients(Codes::One(0), days, Figures::whole(&series), Figures::whole(&of));
        trajectory(&[course], &series, &[], &places(2)).unwrap().status[0]
    };
    // In hundredths of a percent.
    assert_eq!(status(3425), Status::OnTrack);
    assert_eq!(status(3424), Status::AtRisk);
    assert_eq!(status(2900), Status::AtRisk);
    assert_eq!(status(2899), Status::OffTrack);
}

#[test]
fn a_cut_is_the_mirror_of_a_rise() {
    // From 52 posts on day 0 to at most 46 on day 100; 49 expected on day 50.
    let rule = Rule::new(Kind::Stock, Requirement::AtMost(46.into())).with_baseline(52.into());
    let courses = [Course::new(rule, 0, 100)];
    let figures = [520, 490, 520, 491, 520, 492, 520, 503, 520, 521];
    let series = Series::amounts(Codes::One(0), Days::Shared(&[0, 50]), Figures::scaled(&figures, 1));
    let answers = trajectory(&courses, &series, &TrajectoryOutput::ALL, &places(3)).unwrap();
    use Status::{AtRisk, OffTrack, OnTrack};
    // Pace 1; 2.9/3 = 0.967; 2.8/3 = 0.933; 1.7/3 = 0.567; −0.1/3.
    assert_eq!(answers.status, [OnTrack, OnTrack, AtRisk, OffTrack, OffTrack]);
    assert_eq!(answers.column(Pace).unwrap(), [1000, 967, 933, 567, -33]);
    assert_eq!(
        answers.projection,
        [46.0, 46.2, 46.4, 48.6, 52.2].map(|y: f64| {
            let last = (y - 52.0) / 2.0 + 52.0;
            Line::fit(&[0.0, 50.0], &[52.0, (last * 10.0).round() / 10.0]).unwrap().at(100.0).unwrap()
        })
    );
    // (46 − 49.1)/50 · 365.2425
    assert_eq!(answers.column(RequiredRate).unwrap()[1], -22_645);
}

/// More than 50 % was there before and is to be held: 50 % itself does not hold it.
#[test]
fn to_stand_on_a_strict_threshold_is_not_to_hold_it() {
    let status = |requirement: Requirement, baseline: i64, part: i64| {
        let rule = Rule::new(Kind::Share, requirement).with_baseline(baseline.into());
        percents(Course::new(rule, 0, 100), &[50], &[part], &places(2)).status[0]
    };
    let above = Requirement::Above(50.into());
    assert_eq!([500, 501].map(|part| status(above, 60, part)), [Status::OffTrack, Status::OnTrack]);
    let below = Requirement::Below(50.into());
    assert_eq!([500, 499].map(|part| status(below, 40, part)), [Status::OffTrack, Status::OnTrack]);
    // Without a way there is no pace: the baseline is the threshold itself.
    assert_eq!([500, 501].map(|part| status(above, 50, part)), [Status::InProgress, Status::OnTrack]);
    assert_eq!(status(Requirement::AtLeast(50.into()), 50, 500), Status::OnTrack);
}

#[test]
fn what_is_missing_is_no_zero_and_no_data_is_never_good() {
    let course = Course::new(rise().rule().clone(), 0, 100);
    let parts = [300, 350, 400, 0, 300, 0, 0, 0];
    let wholes = [1000, 1000, 1000, 1000, 1000, 0, 0, 0];
    let valid = [0b1111_0101_u8]; // points 1 and 3 are missing
    let days = [10, 20, 30, 40, 50, 60, 5, 6];
    // Two points that are there; one and a whole of 0; none; one of 0 alone; then one day only.
    let offsets = [0, 4, 6, 6, 7];
    let there = Some(Validity::new(&valid, 0));
    let (n, d) = (Figures::whole(&parts).with_validity(there), Figures::whole(&wholes));
    let series = Series::quotients(Codes::One(0), Days::Each { offsets: &offsets, days: &days }, n, d);
    let answers = trajectory(std::slice::from_ref(&course), &series, &[Expected, ObservedRate], &places(0)).unwrap();
    assert_eq!(answers.status, [Status::OnTrack, Status::InProgress, Status::InProgress, Status::InProgress]);
    assert_eq!(answers.column(Expected).unwrap(), [29, UNDEFINED, UNDEFINED, UNDEFINED]);
    // 30 % on day 10, 40 % on day 30: 75 % on day 100.
    assert_eq!(answers.projection, [75.0, NO_PROJECTION, NO_PROJECTION, NO_PROJECTION]);
    let reasons = |points: &[(i32, Ratio, Option<Ratio>)]| {
        let answer = course.answer(points);
        (answer.status.unwrap_err(), answer.expected.unwrap_err(), answer.projection.unwrap_err())
    };
    let point = |on: i32, n: i64, d: i64| (on, Ratio::from(n), Some(Ratio::from(d)));
    assert_eq!(reasons(&[]), (Reason::NothingDueYet, Reason::NothingDueYet, Reason::TooFewPoints));
    let no_cases = (Reason::NoCasesYet, Reason::NoCasesYet, Reason::TooFewPoints);
    assert_eq!(reasons(&[point(50, 300, 1000), point(60, 0, 0)]), no_cases);
    assert_eq!(course.answer(&[point(5, 1, 2), point(5, 1, 3)]).projection, Err(Reason::EqualDates));
    let (n, d) = (Figures::whole(&[1, 1]), Figures::whole(&[2, 3]));
    let series = Series::quotients(Codes::One(0), Days::Shared(&[5, 5]), n, d);
    assert_eq!(trajectory(&[course], &series, &[], &places(0)).unwrap().projection, [NO_PROJECTION]);
}

#[test]
fn why_there_is_no_pace() {
    let share = |requirement: Requirement| Rule::new(Kind::Share, requirement);
    let answer = |course: &Course, on: i32| course.answer(&[(on, Ratio::from(3), Some(Ratio::from(10)))]);
    let bare = Course::new(share(Requirement::AtLeast(50.into())), 0, 100);
    assert_eq!(answer(&bare, 50).status, Err(Reason::NoBaseline));
    let exactly = Course::new(share(Requirement::Exactly(50.into())).with_baseline(20.into()), 0, 100);
    assert_eq!(answer(&exactly, 50).status, Err(Reason::NoSingleDirection));
    let improve = Course::new(share(Requirement::Improve(Better::Higher)), 0, 100);
    assert_eq!(answer(&improve, 50).expected, Err(Reason::NoSingleDirection));
    let course = Course::new(share(Requirement::AtLeast(50.into())).with_baseline(20.into()), 10, 100);
    // Older than the baseline; on its day, where 30 % is ahead all the same; on the due day.
    let older = answer(&course, 9);
    assert_eq!((older.status, older.observed_rate), (Err(Reason::BeforeBaseline), Err(Reason::BeforeBaseline)));
    let same = answer(&course, 10);
    assert_eq!((same.status, same.pace), (Ok(Status::OnTrack), Err(Reason::NoPlannedProgress)));
    assert_eq!(same.observed_rate, Err(Reason::EqualDates));
    assert_eq!(answer(&course, 100).required_rate, Err(Reason::NoTimeLeft));
    // 60 % is met by the baseline: the threshold is to be held, on every day.
    let held = Course::new(share(Requirement::AtLeast(50.into())).with_baseline(60.into()), 10, 100);
    let held = answer(&held, 50);
    assert_eq!((held.status, held.expected), (Ok(Status::OffTrack), Ok(50.into())));
    assert_eq!(held.pace, Err(Reason::BaselineMeetsTarget));
    // Day 3,000,000 lies beyond the year 9999.
    assert_eq!(answer(&course, 3_000_000).status, Err(Reason::OutOfRange));
}

/// What was spent in a quarter is no level to hold against the path of a year, nor is a document that is there or not.
#[test]
fn what_is_no_level_is_on_no_straight_path() {
    let course = |kind: Kind| Course::new(Rule::new(kind, Requirement::AtLeast(50.into())).with_baseline(20.into()), 0, 100);
    for (kind, reason) in [(Kind::Flow, Reason::PeriodIncomplete), (Kind::Deliverable, Reason::NoSingleDirection)] {
        let answer = course(kind).answer(&[(0, 20.into(), None), (50, 35.into(), None)]);
        for output in TrajectoryOutput::ALL {
            assert_eq!(output.of(&answer), &Err(reason), "{}", output.code());
        }
        assert_eq!((answer.status, answer.projection), (Err(reason), Err(reason)));
        let courses = [course(Kind::Stock), course(kind)];
        let series = Series::amounts(Codes::One(0), Days::Shared(&[0, 50]), Figures::whole(&[20, 35]));
        expect_fault(
            trajectory(&courses, &series, &[Expected], &places(0)),
            FaultKind::InvalidValue,
            &format!("courses[1]: a {}; expected figures that are levels, each as of its day", kind.code()),
        );
        let answers = trajectory(&courses[..1], &series, &[Expected], &places(0)).unwrap();
        assert_eq!((answers.status[0], one(&answers, Expected)), (Status::OnTrack, 35)); // 20 + 30·50/100
    }
}

/// Why a flow is refused: an assessment expects of half a year half of what the path says of the whole.
#[test]
fn an_assessment_expects_a_share_of_an_unfinished_flow() {
    let plan = Plan::from_toml(
        r#"
        format = "attain-plan/1"
        plan = { id = "demo", owner = "office", start = 1970-01-01 }
        [[indicators]]
        id = "visits"
        kind = "flow"
        [[targets]]
        id = "visits-1971"
        indicator = "visits"
        at_least = 730
        by = "1971"
        baseline = { value = 365, on = 1970-12-31 }
        "#,
    )
    .unwrap();
    let rows = "indicator,period,value\nvisits,1971-Q1,100\nvisits,1971-Q2,90\n".to_owned();
    let card = assess(&plan, &Facts::from_csv(&plan, rows).unwrap(), day("1971-07-15"));
    let path = card.assessments()[0].path.as_ref().unwrap();
    assert_eq!((path.expected.clone(), path.pace.clone()), (Ok(362.into()), Ok(Ratio::new(190, 362).unwrap()))); // 730·181/365
    let rule = Rule::of(&plan, &plan.targets()[0]).unwrap().with_baseline(365.into());
    let course = Course::new(rule, day("1970-12-31").to_epoch_days(), day("1971-12-31").to_epoch_days());
    let answer = course.answer(&[(day("1971-06-30").to_epoch_days(), 190.into(), None)]);
    assert_eq!(answer.expected, Err(Reason::PeriodIncomplete));
}

fn expect_fault(result: Result<Trajectories, Faults>, kind: FaultKind, text: &str) {
    let faults = result.unwrap_err();
    assert_eq!(faults.as_slice().len(), 1, "{faults}");
    assert_eq!((faults.as_slice()[0].kind, faults.to_string().as_str()), (kind, text));
}

#[test]
fn faults_have_a_place() {
    let courses = [Course::new(rise().rule().clone(), 0, 100)];
    let ask = |codes: Codes<'_>, days: Days<'_>, n: &[i64], d: &[i64], places: u32| {
        let series = Series::quotients(codes, days, Figures::whole(n), Figures::whole(d));
        trajectory(&courses, &series, &[Expected], &self::places(places))
    };
    let days = Days::Shared(&[1, 2]);
    expect_fault(
        ask(Codes::One(0), days, &[1, 2, 3, 4], &[5, 5, 2, 5], 2),
        FaultKind::Inconsistent,
        "numerators[2]: 3 of 2; expected 0 ≤ numerator ≤ denominator",
    );
    expect_fault(
        ask(Codes::Each(&[0, 7]), days, &[1, 2, 3, 4], &[5, 5, 5, 5], 2),
        FaultKind::UnknownReference,
        "courses[1]: course 7; expected the place of one of 1 courses, from 0",
    );
    expect_fault(
        ask(Codes::One(0), days, &[1, 2, 3], &[5, 5, 5], 2),
        FaultKind::Inconsistent,
        "numerators: 3 rows; expected 2, as there are days of whole series",
    );
    expect_fault(
        ask(Codes::One(0), Days::Shared(&[2, 1]), &[1, 2], &[5, 5], 2),
        FaultKind::Inconsistent,
        "days[1]: day 1; expected at least 2, the day of the point before it",
    );
    expect_fault(
        ask(Codes::One(0), Days::Each { offsets: &[0, 1, 3], days: &[5, 2, 1] }, &[1, 2, 3], &[5, 5, 5], 2),
        FaultKind::Inconsistent,
        "days[2]: day 1; expected at least 2, the day of the point before it",
    );
    expect_fault(
        ask(Codes::One(0), Days::Each { offsets: &[0, 4], days: &[5, 6, 7] }, &[1, 2, 3], &[5, 5, 5], 2),
        FaultKind::Inconsistent,
        "offsets[1]: 4; expected at most 3, where the next series begins or the points end",
    );
    expect_fault(
        ask(Codes::One(0), Days::Each { offsets: &[0, 1], days: &[2_932_897] }, &[1], &[5], 2),
        FaultKind::InvalidValue,
        "days[0]: day 2932897; expected a day from -719162 to 2932896, of the years 1 to 9999, counted from 1970-01-01",
    );
    expect_fault(
        ask(Codes::One(0), Days::Each { offsets: &[0, 1], days: &[50] }, &[5], &[5], 18),
        FaultKind::Limit,
        "expected[0]: 35 with 18 decimal places; expected a number of 64 bits; fewer places",
    );
}

/// What columns hold of an answer.
fn held(answer: &Trajectory, places: u32) -> (Status, Option<u64>, Vec<Option<i64>>) {
    let power = (0..places).fold(Ratio::ONE, |power, _| power * Ratio::from(10));
    let fixed = |output: &TrajectoryOutput| match output.of(answer) {
        Ok(value) => Rounding::half_up(0).apply(&(value * &power)).to_i64().filter(|value| *value != UNDEFINED),
        Err(_) => Some(UNDEFINED),
    };
    let numbers = TrajectoryOutput::ALL.iter().map(fixed).collect();
    (answer.status.unwrap_or(Status::InProgress), answer.projection.ok().map(f64::to_bits), numbers)
}

/// A table of series with what is there.
#[derive(Clone, Debug)]
struct Table {
    courses: Vec<Course>,
    codes: Vec<u32>,
    offsets: Vec<usize>,
    days: Vec<i32>,
    n: Vec<i64>,
    d: Vec<i64>,
    scales: (u32, u32),
    n_there: Vec<u8>,
    d_there: Vec<u8>,
    has_nulls: bool,
    shared: Option<Vec<i32>>,
}

impl Table {
    fn is_there(&self, point: usize) -> bool {
        let bit = |bytes: &[u8]| bytes[point / 8] >> (point % 8) & 1 == 1;
        !self.has_nulls || (bit(&self.n_there) && bit(&self.d_there))
    }

    fn days(&self) -> Days<'_> {
        match &self.shared {
            Some(days) => Days::Shared(days),
            None => Days::Each { offsets: &self.offsets, days: &self.days },
        }
    }

    fn with_series<R>(&self, ask: impl FnOnce(&Series<'_>) -> R) -> R {
        let there = |bytes| self.has_nulls.then(|| Validity::new(bytes, 0));
        let n = Figures::scaled(&self.n, self.scales.0).with_validity(there(&self.n_there));
        let d = Figures::scaled(&self.d, self.scales.1).with_validity(there(&self.d_there));
        ask(&Series::quotients(Codes::Each(&self.codes), self.days(), n, d))
    }

    fn answer(&self, series: usize) -> Trajectory {
        let course = &self.courses[self.codes[series] as usize];
        let ten = |scale: u32| 10_i128.pow(scale);
        let point = |at: usize| {
            let n = Ratio::new(self.n[at].into(), ten(self.scales.0)).unwrap();
            let d = Ratio::new(self.d[at].into(), ten(self.scales.1)).unwrap();
            (self.days[at], n, course.rule().is_quotient().then_some(d))
        };
        let is_there = |at: &usize| {
            let bit = self.n_there[at / 8] >> (at % 8) & 1 == 1;
            if course.rule().is_quotient() { self.is_there(*at) } else { !self.has_nulls || bit }
        };
        let points: Vec<_> = (self.offsets[series]..self.offsets[series + 1]).filter(is_there).map(point).collect();
        course.answer(&points)
    }
}

fn requirement() -> impl Strategy<Value = Requirement> {
    let value = prop_oneof![Just(50_i64), 0_i64..=100, Just(20)];
    (value, 0..9_u8).prop_map(|(t, which)| match which {
        0 | 1 => Requirement::AtLeast(t.into()),
        2 | 3 => Requirement::AtMost(t.into()),
        4 => Requirement::Above(t.into()),
        5 => Requirement::Below(t.into()),
        6 => Requirement::ReduceBy(Change::Percent(10.into())),
        7 => Requirement::Exactly(t.into()),
        _ => Requirement::Improve(Better::Higher),
    })
}

fn course() -> impl Strategy<Value = Course> {
    let kind = prop_oneof![4 => Just(Kind::Share), 1 => Just(Kind::Ratio), 1 => Just(Kind::Mean), 1 => Just(Kind::Stock), 1 => Just(Kind::Index)];
    let baseline = prop_oneof![Just(20_i64), Just(50), 0_i64..=100].prop_map(Ratio::from);
    let baseline = prop_oneof![4 => baseline.prop_map(Some), 1 => Just(Ratio::new(1, 3)), 1 => Just(None)];
    let bands = prop_oneof![3 => Just(None), 1 => Just(Some((12_i64, 3_i64))), 1 => Just(Some((0, 0)))];
    let is_odd = prop_oneof![6 => Just(false), 1 => Just(true)];
    (kind, requirement(), baseline, -20..40_i32, -20..100_i32, bands, is_odd).prop_map(
        |(kind, requirement, baseline, from, due, bands, is_odd)| {
            let rule = Rule::new(kind, requirement);
            let rule = baseline.into_iter().fold(rule, Rule::with_baseline);
            // Bounds that are asked of the exact value.
            let bounds = Bounds { low: Some((-1_000_000_000_000_i64).into()), high: None };
            let rule = if is_odd && kind == Kind::Index { rule.with_bounds(bounds) } else { rule };
            let course = Course::new(rule, from, due);
            let tenth = |value: i64| support::tenths(value);
            bands.into_iter().fold(course, |course, (on_track, at_risk)| {
                course.with_bands(PaceBands { on_track: tenth(on_track), at_risk: tenth(at_risk) })
            })
        },
    )
}

/// Figures that fall on and near the values of courses, and some far from them; those of quotients are parts of wholes.
fn figure(sizes: bool) -> BoxedStrategy<(i64, i64)> {
    let near = (1_i64..=40, 0_i64..=100).prop_map(|(unit, percent)| (unit * percent, unit * 100));
    let any = (0_i64..=3000, 0_i64..=3000).prop_map(|(a, b)| (a.min(b), a.max(b)));
    let zero = Just((0, 0));
    let large = prop_oneof![
        (0..=i64::MAX, 0..=i64::MAX).prop_map(|(a, b)| (a.min(b), a.max(b))),
        ((1_i64 << 44)..(1_i64 << 52), (1_i64 << 51)..(1_i64 << 54)).prop_map(|(a, b)| (a.min(b), b)),
        // Parts whose hundredfold is no longer exact as a float.
        ((1_i64 << 44)..(1_i64 << 50), (1_i64 << 50)..(1_i64 << 51)).prop_map(|(a, b)| (a, b)),
        Just((i64::MAX, i64::MAX)),
    ];
    if sizes { prop_oneof![8 => near, 4 => any, 1 => zero, 2 => large].boxed() } else { prop_oneof![8 => near, 4 => any].boxed() }
}

fn table() -> impl Strategy<Value = Table> {
    let lengths =
        prop_oneof![prop::collection::vec(0_usize..12, 1..40), (0_usize..12, 1_usize..40).prop_map(|(l, c)| vec![l; c])];
    let courses = prop_oneof![prop::collection::vec(course(), 1..5), course().prop_map(|course| vec![course])];
    let scales = prop_oneof![4 => Just((0, 0)), 1 => (0..4_u32).prop_map(|scale| (scale, scale)), 1 => (0..4_u32, 0..4_u32)];
    (courses, lengths, scales, any::<bool>(), any::<bool>(), any::<bool>()).prop_flat_map(
        |(courses, lengths, scales, has_nulls, is_shared, sizes)| {
            let points: usize = lengths.iter().sum();
            let (count, known) = (lengths.len(), u32::try_from(courses.len()).unwrap());
            let steps = prop::collection::vec(prop_oneof![4 => 1..30_i32, 1 => Just(0)], points);
            let bytes = points.div_ceil(8) + 1;
            let there = prop::collection::vec(prop_oneof![3 => Just(255_u8), 1 => any::<u8>()], bytes);
            (
                prop::collection::vec(0..known, count),
                prop::collection::vec(figure(sizes), points),
                steps,
                (there.clone(), there),
                -10..20_i32,
            )
                .prop_map(move |(codes, figures, steps, (n_there, d_there), first)| {
                    let mut offsets = vec![0];
                    lengths.iter().for_each(|length| offsets.push(offsets[offsets.len() - 1] + length));
                    let mut days = Vec::new();
                    for length in &lengths {
                        let from = if is_shared { 0 } else { days.len() };
                        let mut day = first;
                        days.extend(
                            steps[from..from + length]
                                .iter()
                                .map(|step| {
                                    day += step;
                                    day
                                })
                                .collect::<Vec<_>>(),
                        );
                    }
                    let even = lengths[0] > 0 && lengths.iter().all(|length| *length == lengths[0]);
                    let shared = (is_shared && even).then(|| days[..lengths[0]].to_vec());
                    // A share of different scales could be above its whole.
                    let scales = if courses.iter().any(|c| c.rule().kind() == Kind::Share) && scales.0 < scales.1 {
                        (scales.1, scales.0)
                    } else {
                        scales
                    };
                    Table {
                        courses: courses.clone(),
                        codes,
                        offsets,
                        days,
                        n: figures.iter().map(|(n, _)| *n).collect(),
                        d: figures.iter().map(|(_, d)| *d).collect(),
                        scales,
                        n_there,
                        d_there,
                        has_nulls,
                        shared,
                    }
                })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Every output of every series is what its course says of it alone, whatever instructions are used.
    #[test]
    fn every_series_is_answered_as_if_alone(table in table(), places in prop_oneof![Just(0_u32), Just(2), Just(12)]) {
        let expected: Vec<_> = (0..table.codes.len()).map(|series| held(&table.answer(series), places)).collect();
        let fits = expected.iter().all(|(_, _, numbers)| numbers.iter().all(Option::is_some));
        for instruction_set in InstructionSet::all() {
            let settings = Settings { places, instruction_set, parallel: false };
            let answers = table.with_series(|series| trajectory(&table.courses, series, &TrajectoryOutput::ALL, &settings));
            if !fits {
                prop_assert!(answers.unwrap_err().as_slice().iter().all(|fault| fault.kind == FaultKind::Limit));
                continue;
            }
            let answers = answers.map_err(|faults| TestCaseError::fail(faults.to_string()))?;
            for (series, (status, projection, numbers)) in expected.iter().enumerate() {
                let found: Vec<_> = TrajectoryOutput::ALL.iter().map(|of| Some(answers.column(*of).unwrap()[series])).collect();
                prop_assert_eq!(&found, numbers, "series {}", series);
                prop_assert_eq!(answers.status[series], *status, "series {}", series);
                let found = answers.projection[series];
                prop_assert_eq!((found != NO_PROJECTION).then(|| found.to_bits()), *projection, "series {}", series);
            }
        }
    }

    /// The same with one output at a time, written into columns that held something else.
    #[test]
    fn a_column_alone_is_the_same(table in table()) {
        let settings = places(2);
        let count = table.codes.len();
        let all = table.with_series(|series| trajectory(&table.courses, series, &TrajectoryOutput::ALL, &settings));
        let Ok(all) = all else { return Ok(()) };
        for output in TrajectoryOutput::ALL {
            let mut column = vec![7; count];
            let buffers = TrajectoryBuffers::new().with(output, &mut column);
            table.with_series(|series| trajectory_into(&table.courses, series, buffers, &settings)).unwrap();
            prop_assert_eq!(all.column(output).unwrap(), &column);
        }
        let (mut status, mut projection) = (vec![Status::Lost; count], vec![7.0; count]);
        let buffers = TrajectoryBuffers::new().with_status(&mut status);
        table.with_series(|series| trajectory_into(&table.courses, series, buffers, &settings)).unwrap();
        let buffers = TrajectoryBuffers::new().with_projection(&mut projection);
        table.with_series(|series| trajectory_into(&table.courses, series, buffers, &settings)).unwrap();
        prop_assert_eq!(&all.status, &status);
        let bits = |column: &[f64]| column.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        prop_assert_eq!(bits(&all.projection), bits(&projection));
    }

    /// A projection is the line through the floats nearest to the values, by the words of `Line` itself.
    #[test]
    fn a_projection_has_the_bits_of_the_line(
        points in prop::collection::vec((0_i64..=1_000_000, 1_000_000_i64..=2_000_000, 1..40_i32), 2..80),
        due in 0..4000_i32,
    ) {
        let mut on = 15_000;
        let days: Vec<i32> = points.iter().map(|(_, _, step)| { on += step; on }).collect();
        let (n, d): (Vec<i64>, Vec<i64>) = points.iter().map(|(n, d, _)| (*n, *d)).unzip();
        let course = Course::new(rise().rule().clone(), 0, due + on);
        let series = Series::quotients(Codes::One(0), Days::Shared(&days), Figures::whole(&n), Figures::whole(&d));
        let found = trajectory(&[course], &series, &[], &places(2)).unwrap().projection[0];
        let x: Vec<f64> = days.iter().map(|day| f64::from(*day)).collect();
        let y: Vec<f64> = n.iter().zip(&d).map(|(n, d)| (100 * n) as f64 / *d as f64).collect();
        prop_assert_eq!(found.to_bits(), Line::fit(&x, &y).unwrap().at(f64::from(due + on)).unwrap().to_bits());
    }
}

/// Series of every length around one, two, … times eight points, whole and with points that are missing or have no value.
#[test]
fn a_projection_of_every_length_has_the_bits_of_the_line() {
    let course = [Course::new(rise().rule().clone(), 0, 2000)];
    let mut seed = 11_u64;
    let mut next = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((seed >> 33) % below).unwrap()
    };
    let mut lines = 0;
    for (length, has_zeros, has_nulls) in
        (0..=40_usize).flat_map(|l| [(l, false, false), (l, true, false), (l, false, true), (l, true, true)])
    {
        // Three series one after the other, so that others stand before and behind.
        let days: Vec<i32> = (0..length)
            .scan(-30, |on, _| {
                *on += i32::try_from(next(40)).unwrap() + 1;
                Some(*on)
            })
            .collect();
        let d: Vec<i64> = (0..3 * length).map(|_| if has_zeros && next(4) == 0 { 0 } else { next(9999) + 1 }).collect();
        let n: Vec<i64> = d.iter().map(|d| next(u64::try_from(*d).unwrap() + 1)).collect();
        let bits: Vec<u8> =
            (0..=3 * length / 8).map(|_| if has_nulls { u8::try_from(next(256)).unwrap() } else { 255 }).collect();
        let there = has_nulls.then(|| Validity::new(&bits, 0));
        let is_there = |point: &usize| d[*point] != 0 && bits[point / 8] >> (point % 8) & 1 == 1;
        let expected: Vec<u64> = (0..3)
            .map(|series| {
                let kept: Vec<usize> = (series * length..(series + 1) * length).filter(is_there).collect();
                let x: Vec<f64> = kept.iter().map(|point| f64::from(days[point - series * length])).collect();
                let y: Vec<f64> = kept.iter().map(|point| (100 * n[*point]) as f64 / d[*point] as f64).collect();
                Line::fit(&x, &y).map_or(NO_PROJECTION, |line| line.at(2000.0).unwrap()).to_bits()
            })
            .collect();
        lines += expected.iter().filter(|bits| **bits != NO_PROJECTION.to_bits()).count();
        let (n, d) = (Figures::whole(&n).with_validity(there), Figures::whole(&d));
        let (offsets, each) = ([0, length, 2 * length, 3 * length], days.repeat(3));
        let own = Days::Each { offsets: &offsets, days: &each };
        for days in [Days::Shared(&days), own].into_iter().skip(usize::from(length == 0)) {
            let series = Series::quotients(Codes::One(0), days, n, d);
            for instruction_set in InstructionSet::all() {
                let settings = Settings { instruction_set, ..places(2) };
                let found = trajectory(&course, &series, &[], &settings).unwrap().projection;
                let found: Vec<u64> = found.iter().map(|value| value.to_bits()).collect();
                assert_eq!(found, expected, "{length} points, zeros {has_zeros}, nulls {has_nulls}, {instruction_set:?}");
            }
        }
    }
    assert!(lines > 400, "{lines} of 492 series have a line");
}

/// Paces with 18 places of figures up to 2⁵⁰: the quotients of whole numbers behind them have up to 62 bits, their divisors 55.
#[test]
fn a_pace_of_large_figures_is_rounded_once() {
    let rule = Rule::new(Kind::Mean, Requirement::AtLeast(number("0.5"))).with_baseline(Ratio::new(21, 100).unwrap());
    let courses = [Course::new(rule, 0, 100)];
    let mut seed = 5_u64;
    let mut next = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(seed >> 16).unwrap()
    };
    let figures =
        |bits: u32, next: &mut dyn FnMut() -> i64| (0..100).map(|_| next() % (1 << bits) + (1 << bits)).collect::<Vec<_>>();
    let d: Vec<i64> = [20, 40, 46, 47, 48, 49].iter().flat_map(|bits| figures(*bits, &mut next)).collect();
    let n: Vec<i64> = d.iter().map(|d| d / 4 + next() % (d / 2)).collect();
    let series = Series::quotients(Codes::One(0), Days::Shared(&[50]), Figures::whole(&n), Figures::whole(&d));
    let answers = trajectory(&courses, &series, &[Pace], &places(18)).unwrap();
    for ((n, d), found) in n.iter().zip(&d).zip(answers.column(Pace).unwrap()) {
        // (a − 0.21)/0.145
        let pace = Ratio::new((100 * i128::from(*n) - 21 * i128::from(*d)) * 2, 29 * i128::from(*d)).unwrap();
        let power = Ratio::from(1_000_000_000_000_000_000_i64);
        assert_eq!(Some(*found), Rounding::half_up(0).apply(&(pace * power)).to_i64(), "{n} of {d}");
    }
}

/// A table of many groups, so that threads have something to share.
fn large() -> (Vec<Course>, Vec<u32>, Vec<usize>, Vec<i32>, Vec<i64>, Vec<i64>) {
    let mut seed = 7_u64;
    let mut next = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((seed >> 33) % below).unwrap()
    };
    let courses: Vec<Course> = (0..7)
        .map(|at| {
            let rule = Rule::new(Kind::Share, Requirement::AtLeast((40 + at * 5).into())).with_baseline((20 + at).into());
            Course::new(rule, 0, 400)
        })
        .collect();
    let (mut codes, mut offsets, mut days, mut n, mut d) = (Vec::new(), vec![0], Vec::new(), Vec::new(), Vec::new());
    for _ in 0..3001 {
        codes.push(u32::try_from(next(7)).unwrap());
        let mut day = 0;
        for _ in 0..next(9) {
            day += i32::try_from(next(40)).unwrap();
            let whole = if next(30) == 0 { 0 } else { next(1000) + 1 };
            days.push(day);
            n.push(if whole == 0 { 0 } else { next(u64::try_from(whole).unwrap() + 1) });
            d.push(whole);
        }
        offsets.push(days.len());
    }
    (courses, codes, offsets, days, n, d)
}

#[cfg(feature = "parallel")]
#[test]
fn every_number_of_threads_gives_the_same() {
    let (courses, codes, offsets, days, mut n, d) = large();
    let ask = |n: &[i64], settings: &Settings, threads: usize| {
        let days = Days::Each { offsets: &offsets, days: &days };
        let series = Series::quotients(Codes::Each(&codes), days, Figures::whole(n), Figures::whole(&d));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| trajectory(&courses, &series, &TrajectoryOutput::ALL, settings))
    };
    let alone = ask(&n, &places(6), 1).unwrap();
    assert!(alone.status.iter().filter(|status| **status == Status::AtRisk).count() > 50);
    for instruction_set in InstructionSet::all() {
        for threads in [1, 2, 3, 8] {
            let settings = Settings { places: 6, parallel: true, instruction_set };
            assert_eq!(ask(&n, &settings, threads).unwrap(), alone);
        }
    }
    // Nor do the faults that are named depend on it, of which there are more than are named.
    n.iter_mut().step_by(5).for_each(|n| *n = -1);
    let alone = ask(&n, &places(6), 1).unwrap_err();
    assert_eq!(alone.as_slice().len(), 1000);
    for threads in [2, 3, 8] {
        assert_eq!(ask(&n, &Settings { parallel: true, ..places(6) }, threads).unwrap_err(), alone);
    }
}

/// Series of more courses on more days than are kept, asked for again after others.
#[test]
fn more_courses_on_days_than_are_kept() {
    let course = |at: i32| {
        let rule = Rule::new(Kind::Index, Requirement::AtLeast((60 + at).into())).with_baseline((at - 5).into());
        Course::new(rule, at, 2000 + at)
    };
    let courses: Vec<Course> = (0..11).map(course).collect();
    let turn = 2500_usize;
    let (codes, days): (Vec<u32>, Vec<i32>) = (0..2 * turn)
        .map(|at| (at % turn, at))
        .map(|(pair, _)| (u32::try_from(pair % 11).unwrap(), i32::try_from(100 + pair / 11 * 3).unwrap()))
        .unzip();
    let figures: Vec<i64> = (0..2 * turn).map(|at| i64::try_from(at % 83).unwrap()).collect();
    let offsets: Vec<usize> = (0..=2 * turn).collect();
    let series = Series::amounts(Codes::Each(&codes), Days::Each { offsets: &offsets, days: &days }, Figures::whole(&figures));
    let expected: Vec<_> = codes
        .iter()
        .zip(days.iter().zip(&figures))
        .map(|(code, (day, figure))| held(&courses[*code as usize].answer(&[(*day, (*figure).into(), None)]), 6))
        .collect();
    let agrees = |settings: &Settings| {
        let answers = trajectory(&courses, &series, &TrajectoryOutput::ALL, settings).unwrap();
        for (at, (status, _, numbers)) in expected.iter().enumerate() {
            let found: Vec<_> = TrajectoryOutput::ALL.iter().map(|of| Some(answers.column(*of).unwrap()[at])).collect();
            assert_eq!((answers.status[at], &found), (*status, numbers), "series {at}");
        }
    };
    agrees(&places(6));
    #[cfg(feature = "parallel")]
    for threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| agrees(&Settings { parallel: true, ..places(6) }));
    }
}

/// Any cut of a table into batches gives the same.
#[test]
fn every_batch_gives_the_same() {
    let (courses, codes, offsets, days, n, d) = large();
    let ask = |from: usize, to: usize| {
        let days = Days::Each { offsets: &offsets[from..=to], days: &days };
        let series = Series::quotients(Codes::Each(&codes[from..to]), days, Figures::whole(&n), Figures::whole(&d));
        trajectory(&courses, &series, &TrajectoryOutput::ALL, &places(6)).unwrap()
    };
    let whole = ask(0, codes.len());
    for batch in [1, 7, 8, 100] {
        let mut from = 0;
        while from < 300 {
            let part = ask(from, from + batch);
            assert_eq!(part.status, whole.status[from..from + batch]);
            assert_eq!(part.projection, whole.projection[from..from + batch]);
            assert_eq!(part.column(Pace).unwrap(), &whole.column(Pace).unwrap()[from..from + batch]);
            from += batch;
        }
    }
}

/// Numbers of 128 bits are read as those of 64 where they fit, and answered all the same where they do not.
#[test]
fn wide_figures() {
    let rule = Rule::new(Kind::Index, Requirement::AtLeast(50.into())).with_baseline(20.into());
    let courses = [Course::new(rule, 0, 100)];
    let wide = [25 * 10_i128.pow(28), 30 * 10_i128.pow(28), 25, 40];
    let series = Series::amounts(Codes::One(0), Days::Shared(&[0, 50]), Figures::wide(&wide, 28));
    let answers = trajectory(&courses, &series, &[Pace], &places(4)).unwrap();
    assert_eq!(answers.column(Pace).unwrap(), [6667, -13333]);
    assert_eq!(answers.status, [Status::AtRisk, Status::OffTrack]);
    assert_eq!(answers.projection[0], 35.0);
}

/// What an assessment publishes of the same course: path, pace, the row of the table, and the forecast.
#[test]
fn an_assessment_says_the_same() {
    let plan = Plan::from_toml(
        r#"
        format = "attain-plan/1"
        plan = { id = "demo", owner = "office", start = 1969-01-01 }
        [[indicators]]
        id = "area"
        kind = "stock"
        [[targets]]
        id = "area-1972"
        indicator = "area"
        at_least = 50
        by = "1972"
        baseline = { value = 20, on = 1969-12-31 }
        "#,
    )
    .unwrap();
    for last in ["26", "30.5", "36", "39.4", "39.5", "41"] {
        let facts = [("1970-01-01", "21"), ("1970-05-15", "24"), ("1970-11-02", "23.5"), ("1971-08-31", last)];
        let rows = facts.map(|(on, amount)| format!("area,{on},{amount}\n")).concat();
        let known = Facts::from_csv(&plan, format!("indicator,period,value\n{rows}")).unwrap();
        let card = assess(&plan, &known, day("1971-09-01"));
        let published = &card.assessments()[0];
        let epoch = |text: &str| day(text).to_epoch_days();
        let rule = Rule::of(&plan, &plan.targets()[0]).unwrap().with_baseline(20.into());
        let course = Course::new(rule, epoch("1969-12-31"), epoch("1972-12-31"));
        let points: Vec<_> = facts.iter().map(|(on, amount)| (epoch(on), Ratio::from(number(amount)), None)).collect();
        let answer = course.answer(&points);
        let path = published.path.as_ref().unwrap();
        assert_eq!((&path.expected, &path.pace), (&answer.expected, &answer.pace));
        assert_eq!((&path.observed_rate, &path.required_rate), (&answer.observed_rate, &answer.required_rate));
        assert_eq!(path.planned_progress, answer.planned_progress);
        assert_eq!((published.row, Ok(published.status)), (9, answer.status));
        let forecast = published.forecast.as_ref().unwrap();
        assert_eq!((forecast.points, Some(forecast.value)), (4, Estimate::new(answer.projection.unwrap())));
    }
}
