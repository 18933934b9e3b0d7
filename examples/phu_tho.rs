//! Real data: how many of the 163 public bodies of Phú Thọ province handle at least 90 % of their dossiers on time, and whether
//! the province as a whole does, by what the national public-service portal published in 2026.
//!
//! ```text
//! phu_tho [2026|2026-08]
//! ```
//!
//! Prints the ranking of a period (2026 to 26 September unless given) and how each period stands, then checks itself: every
//! published percentage and score of both periods has to come out again, and the province has to be the sum of its bodies.
//! The data and its source are in `examples/phu_tho/`.
//!
//! Exit status: 0, everything published was reproduced; 1, something was not, and each difference is printed; 2, bad input.

#[path = "phu_tho/portal.rs"]
mod portal;

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use attain::number::Shown;
use attain::{Assessment, Language, Scorecard};
use portal::{AS_OF, Check, MONTH, Ranked, Row, YEAR};

const LEGEND: &str = "
short: how many more of the dossiers received would have to be on time for 90 %. The share takes as many decimals as show on
which side of 90 % it is. met_so_far, in_progress: at least 90 % so far, or not; the year runs until 31 December. no_data: the
portal says 0 of 0, which in a period that still runs is missing, not zero; in a closed one it is not_applicable.

";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn Error>> {
    let period = match std::env::args().nth(1).as_deref() {
        None | Some(YEAR) => YEAR,
        Some(MONTH) => MONTH,
        Some(other) => return Err(format!("'{other}' is no period of the data; usage: phu_tho [{YEAR}|{MONTH}]").into()),
    };
    let rows = portal::published()?;
    let card = portal::scorecard(&rows)?;
    let check = portal::check(&card, &rows);

    let mut text = format!("Dossiers handled on time, Phú Thọ province: at least 90 %, {}\n\n", title(period));
    ranking(&mut text, &card, &rows, period)?;
    for period in [YEAR, MONTH] {
        summary(&mut text, &card, period)?;
    }
    checked(&mut text, &check)?;
    std::io::stdout().lock().write_all(text.as_bytes()).map_err(|error| format!("standard output: {error}"))?;
    Ok(if check.differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn title(period: &str) -> String {
    if period == YEAR { format!("{YEAR} to {AS_OF}") } else { period.to_owned() }
}

/// Every body, the highest share first; below the line the province.
fn ranking(text: &mut String, card: &Scorecard, rows: &[Row], period: &str) -> std::fmt::Result {
    let published: BTreeMap<&str, &Row> =
        rows.iter().filter(|row| row.period == period).map(|row| (row.code.as_str(), row)).collect();
    // Vietnamese letters are one character each in this data.
    let width = published.values().map(|row| row.name.chars().count()).max().unwrap_or_default();
    let mut line = |rank: &str, cells: [&str; 7]| {
        let [code, name, received, on_time, share, short, status] = cells;
        writeln!(text, "{rank:>4}  {code:<7}  {name:<width$}  {received:>8}  {on_time:>7}  {share:>7}  {short:>5}  {status}")
    };
    line("rank", ["code", "name", "received", "on time", "share %", "short", "status"])?;
    let bodies = portal::ranking(card, period).into_iter();
    for Ranked { rank, assessment } in
        bodies.chain(portal::province(card, period).map(|assessment| Ranked { rank: None, assessment }))
    {
        let Some(row) = published.get(&*assessment.unit) else { continue };
        let (on_time, received) = portal::dossiers(assessment).unwrap_or((row.on_time.clone(), row.received.clone()));
        let (on_time, received) = (on_time.to_string(), received.to_string());
        let rank = rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
        line(&rank, [&row.code, &row.name, &received, &on_time, &share(assessment), &short(assessment), &status(assessment)])?;
    }
    text.push_str(LEGEND);
    Ok(())
}

/// The share to 2 decimals, or to as many as it takes to stay on its side of the target.
fn share(assessment: &Assessment) -> String {
    let thresholds = assessment.threshold.bound.as_ref().map(attain::assess::Bound::thresholds).unwrap_or_default();
    match &assessment.actual.value {
        Ok(value) => Shown::new(value, 2).beside(thresholds).to_string(),
        Err(_) => "–".to_owned(),
    }
}

/// How many more of the dossiers received would have to be on time; without a share there is nothing to be short of.
fn short(assessment: &Assessment) -> String {
    match (&assessment.cases, &assessment.actual.value) {
        (Ok(cases), Ok(_)) => cases.short_by.to_string(),
        _ => "–".to_owned(),
    }
}

/// The status, and why there is no share where there is none.
fn status(assessment: &Assessment) -> String {
    let status = assessment.status.code();
    match assessment.actual.value {
        Err(reason) if reason.code() != status => format!("{status} ({reason})"),
        _ => status.to_owned(),
    }
}

fn summary(text: &mut String, card: &Scorecard, period: &str) -> std::fmt::Result {
    let ranking = portal::ranking(card, period);
    let standing = portal::standing(&ranking);
    let name = |assessment: &Assessment| {
        let unit = card.unit(assessment).and_then(|unit| unit.name().get(Language::Vietnamese));
        format!("{} {}", assessment.unit, unit.unwrap_or_default())
    };
    writeln!(text, "{}: of {} bodies", title(period), ranking.len())?;
    writeln!(text, "  {:>3} meet at least 90 %", standing.meet)?;
    writeln!(text, "  {:>3} do not; they are {} dossiers short, each counted for itself", standing.miss, standing.short)?;
    writeln!(text, "  {:>3} received no dossiers", standing.without_dossiers)?;
    for Ranked { assessment, .. } in ranking.iter().filter(|ranked| ranked.rank.is_none()) {
        writeln!(text, "      {}: {}", name(assessment), status(assessment))?;
    }
    if let Some(province) = portal::province(card, period)
        && let Some((on_time, received)) = portal::dossiers(province)
    {
        let (share, short, status) = (share(province), short(province), status(province));
        writeln!(text, "  {}, rolled up from its {} bodies:", name(province), ranking.len())?;
        writeln!(text, "      {on_time} of {received} on time, {share} %, {short} dossiers short: {status}")?;
    }
    writeln!(text)
}

fn checked(text: &mut String, check: &Check) -> std::fmt::Result {
    writeln!(text, "Against what the portal published, {YEAR} and {MONTH}:")?;
    writeln!(text, "  {:>3} percentages and {} scores, the province's own among them", check.percentages, check.scores)?;
    writeln!(text, "  {:>3} sums of the province: received and on time, each the sum of its bodies", check.sums)?;
    writeln!(
        text,
        "  {:>3} times received = on time + overdue; the province's overdue dossiers are not published",
        check.overdue
    )?;
    writeln!(text, "  {:>3} differences", check.differences.len())?;
    for difference in &check.differences {
        writeln!(text, "      {difference}")?;
    }
    writeln!(text, "  {:>3} rows tell half up, as published, from half to even:", check.telling.len())?;
    for portal::Telling { period, code, name, score, percent } in &check.telling {
        let ([score, up, even], [percent, percent_up, percent_even]) = (score, percent);
        writeln!(
            text,
            "      {period} {code} {name}: score {score} → {up}, not {even}; {percent} % → {percent_up}, not {percent_even}"
        )?;
    }
    Ok(())
}
