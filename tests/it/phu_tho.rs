//! The public bodies of Phú Thọ: every number that the portal published comes out again, and what is not the same is said.
//!
//! The expected values were computed from the same table by other means, with the exact fractions of Python's `fractions`.
#![cfg(all(feature = "toml", feature = "csv"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where something is not there")]

#[path = "../../examples/phu_tho/portal.rs"]
mod portal;

use crate::explanation::{derives, documents};
use attain::facts::Measure;
use attain::number::Ratio;
use attain::{Reason, Scorecard, Status};
use portal::{MONTH, Ranked, Row, Standing, YEAR};

fn published() -> Vec<Row> {
    portal::published().unwrap()
}

fn scorecard(rows: &[Row]) -> Scorecard {
    portal::scorecard(rows).unwrap()
}

fn row<'r>(rows: &'r mut [Row], period: &str, code: &str) -> &'r mut Row {
    rows.iter_mut().find(|row| row.period == period && row.code == code).unwrap()
}

/// Rank and code of some places of the ranking, counted from 0.
fn places(ranking: &[Ranked<'_>], places: impl IntoIterator<Item = usize>) -> Vec<(Option<usize>, String)> {
    places.into_iter().map(|place| (ranking[place].rank, ranking[place].assessment.unit.to_string())).collect()
}

fn at(rank: usize, code: &str) -> (Option<usize>, String) {
    (Some(rank), code.to_owned())
}

#[test]
fn every_published_number_is_reproduced() {
    let rows = published();
    let check = portal::check(&scorecard(&rows), &rows);
    assert_eq!(check.differences, Vec::<String>::new());
    // 163 bodies and the province, two periods.
    assert_eq!((check.percentages, check.scores), (328, 328));
    assert_eq!(check.sums, 4);
    assert_eq!(check.overdue, 326);
}

#[test]
fn every_number_is_derived_from_its_steps() {
    let rows = published();
    let card = scorecard(&rows);
    let facts = portal::facts(card.plan(), &rows).unwrap();
    let as_of = attain::AsOf::from(card.as_of());
    // Of 163 bodies and the province, in two periods.
    assert!(derives(&documents(card.plan(), &facts, as_of)) > 328 * 5);
}

#[test]
fn two_rows_tell_half_up_from_half_even() {
    let rows = published();
    let telling = portal::check(&scorecard(&rows), &rows).telling;
    let found: Vec<_> = telling.iter().map(|row| (row.period.as_str(), row.code.as_str(), row.name.as_str())).collect();
    assert_eq!(found, [(YEAR, "H44.163", "UBND xã Xuân Viên"), (MONTH, "H44.19", "Sở Tư pháp - Tỉnh Phú Thọ")]);
    let scores: Vec<_> = telling.iter().map(|row| row.score.each_ref().map(String::as_str)).collect();
    assert_eq!(scores, [["19.125", "19.13", "19.12"], ["18.125", "18.13", "18.12"]]);
    let percentages: Vec<_> = telling.iter().map(|row| row.percent.each_ref().map(String::as_str)).collect();
    assert_eq!(percentages, [["95.625", "95.63", "95.62"], ["90.625", "90.63", "90.62"]]);
}

#[test]
fn the_province_is_the_sum_of_its_bodies() {
    let card = scorecard(&published());
    let figures = [
        // on time, received, short, status
        (YEAR, 528_684, 597_918, 9_443, Status::InProgress),
        (MONTH, 144_625, 184_513, 21_437, Status::Missed),
    ];
    for (period, on_time, received, short, status) in figures {
        let province = portal::province(&card, period).unwrap();
        assert_eq!(portal::dossiers(province), Some((Ratio::from(on_time), Ratio::from(received))));
        assert_eq!(province.cases.as_ref().unwrap().short_by, Ratio::from(short));
        assert_eq!(province.status, status);
        let sum = Ratio::sum(province.contributions.iter().map(|body| &body.to_actual));
        assert_eq!(Ok(sum), province.actual.value);
    }
    assert_eq!(card.findings(), []);
}

#[test]
fn so_many_bodies_meet_the_target() {
    let card = scorecard(&published());
    let year = Standing { meet: 131, miss: 31, without_dossiers: 1, short: Ratio::from(26_027) };
    assert_eq!(portal::standing(&portal::ranking(&card, YEAR)), year);
    let month = Standing { meet: 52, miss: 109, without_dossiers: 2, short: Ratio::from(22_446) };
    assert_eq!(portal::standing(&portal::ranking(&card, MONTH)), month);
}

#[test]
fn the_ranking_is_by_exact_shares() {
    let card = scorecard(&published());
    let year = portal::ranking(&card, YEAR);
    assert_eq!(year.len(), 163);
    assert_eq!(places(&year, 0..3), [at(1, "H44.228"), at(2, "H44.224"), at(3, "H44.214")]);
    assert_eq!(places(&year, 158..162), [at(159, "H44.45"), at(160, "H44.08"), at(161, "H44.13"), at(162, "H44.42")]);
    assert_eq!(places(&year, [162]), [(None, "H44.23".to_owned())]);
    let short = |place: usize| year[place].assessment.cases.as_ref().unwrap().short_by.to_i64();
    assert_eq!((158..162).map(short).collect::<Vec<_>>(), [Some(16_812), Some(250), Some(2), Some(5_325)]);
    // Both are published as 97.82; the exact shares differ.
    let of = |code: &str| year.iter().find(|body| &*body.assessment.unit == code).unwrap();
    assert!(of("H44.156").rank < of("H44.151").rank);
    // Published as 90: 3637 of 4041 is just above.
    assert_eq!(of("H44.174").rank, Some(131));
    assert!(of("H44.174").assessment.actual.value > Ok(Ratio::from(90)));

    let month = portal::ranking(&card, MONTH);
    assert_eq!(places(&month, [0, 1, 2]), [at(1, "H44.228"), at(2, "H44.244"), at(3, "H44.214")]);
    assert_eq!(places(&month, [160]), [at(161, "H44.13")]);
}

#[test]
fn equal_shares_share_a_rank() {
    let mut rows = published();
    // 2882 of 2914 leads the year; half of it is the same share.
    let second = row(&mut rows, YEAR, "H44.224");
    (second.on_time, second.received) = (Ratio::from(1441), Ratio::from(1457));
    let card = scorecard(&rows);
    let expected = [at(1, "H44.224"), at(1, "H44.228"), at(3, "H44.214")];
    assert_eq!(places(&portal::ranking(&card, YEAR), 0..3), expected);
}

#[test]
fn without_dossiers_there_is_a_reason_and_no_share() {
    let card = scorecard(&published());
    let of = |period: &str| {
        let ranking = portal::ranking(&card, period);
        let last = ranking.last().unwrap();
        assert_eq!(&*last.assessment.unit, "H44.23");
        assert_eq!(last.rank, None);
        (last.assessment.status, last.assessment.actual.value.clone(), last.assessment.actual.measure.clone())
    };
    // In the year, which still runs, 0 of 0 of overlapping periods is missing; in August, which is over, it is no case.
    let (status, value, measure) = of(YEAR);
    assert_eq!((status, value.is_err(), measure), (Status::NoData, true, None));
    let nothing = Measure::Quotient { part: Ratio::ZERO, whole: Ratio::ZERO, population: None };
    assert_eq!(of(MONTH), (Status::NotApplicable, Err(Reason::ZeroWhole), Some(nothing)));
}

#[test]
fn what_is_not_the_same_is_said() {
    let mut rows = published();
    let card = scorecard(&rows);
    row(&mut rows, YEAR, "H44.163").score = Ratio::new(1912, 100).unwrap();
    row(&mut rows, MONTH, "H44").on_time = Ratio::from(144_626);
    row(&mut rows, MONTH, "H44.01").percent = Ratio::from(100);
    rows.pop();
    let expected = [
        "2026 H44.163 UBND xã Xuân Viên: score published 19.12, computed 19.13",
        "2026-08 H44 UBND tỉnh Phú Thọ: sum of dossiers on time published 144626, computed 144625",
        "2026-08 H44.01 Văn phòng UBND Tỉnh - Tỉnh Phú Thọ: percentage published 100, computed 0",
        "2026-08 H44.46: assessed and not published",
    ];
    assert_eq!(portal::check(&card, &rows).differences, expected);

    // A body that says nothing is a difference, and so is a sum that lacks it.
    let mut rows = published();
    rows.retain(|row| (row.period.as_str(), row.code.as_str()) != (MONTH, "H44.46"));
    let card = scorecard(&rows);
    let differences = portal::check(&card, &published()).differences;
    assert!(
        differences
            .iter()
            .any(|line| line == "2026-08 H44 UBND tỉnh Phú Thọ: sum of dossiers received published 184513, computed 184508")
    );
    // Why there is no share is the library's to say.
    let silent = "2026-08 H44.46 Sở Dân Tộc và Tôn Giáo - Tỉnh Phú Thọ: percentage published 40, computed ";
    assert!(differences.iter().any(|line| line.starts_with(silent)));
}

#[test]
fn read_straight_into_columns_the_facts_are_the_same() {
    let rows = published();
    let card = scorecard(&rows);
    let facts = portal::facts(card.plan(), &rows).unwrap();
    let mut text = Vec::new();
    facts.write_csv(card.plan(), &mut text).unwrap();
    let columns = attain::columns::FactColumns::from_csv(card.plan(), &text).unwrap();
    assert_eq!(columns.rows(), facts.len());
    assert_eq!(columns.to_facts(card.plan()), attain::Facts::from_csv(card.plan(), &text));
}
