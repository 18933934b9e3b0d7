//! One target on its way: "at least 50 % of applications resolved online in 2025" (Decision 333/QĐ-SKHCN, row T14), from 2021
//! on, quarter by quarter: the path, the pace, three outlooks held against each other, and a chart.
//!
//! `cargo run --release --example trajectory -- [--lang vi|en] [--from YYYY-MM-DD]`: the outlooks are made on the last day of
//! the quarter that `--from` names, at the end of 2023 unless asked otherwise. The quarterly figures are illustrative.

#[path = "trajectory/chart.rs"]
mod chart;
#[path = "trajectory/course.rs"]
mod course;

use std::error::Error;

use attain::assess::{Forecast, MeanErrors, MethodErrors};
use attain::number::{Ratio, Rounding};
use attain::plan::ForecastMethod;
use attain::time::parse_day;
use attain::{Assessment, Language, Reason};
use chart::{Ahead, Chart, Mark};
use chrono::{Datelike, NaiveDate};

fn main() -> Result<(), Box<dyn Error>> {
    let (language, from) = arguments()?;
    let say = |vietnamese: &'static str, english: &'static str| match language {
        Language::Vietnamese => vietnamese,
        _ => english,
    };
    println!(
        "{}",
        say(
            "Tỷ lệ hồ sơ giải quyết trực tuyến: tối thiểu 50 % trong năm 2025 (T14)",
            "Applications resolved online: at least 50 % in 2025 (T14)"
        )
    );
    println!("{}\n", say("Số liệu quý là số minh hoạ.", "The quarterly figures are illustrative."));
    on_the_way(language)?;
    outlooks(language, from)?;
    println!("{}", drawn(from)?);
    let name = |mark: Mark| match mark {
        Mark::Actual => say("quý, đã báo cáo", "quarter, reported"),
        Mark::Path => say("lộ trình", "path"),
        Mark::Outlook => say("dự báo", "outlook"),
        Mark::Band => say("khoảng 95 %", "95 % interval"),
        Mark::Later => say("quý, báo cáo sau đó", "quarter, reported later"),
    };
    let legend: Vec<String> = Mark::ALL.iter().map(|mark| format!("{} {}", mark.sign(), name(*mark))).collect();
    println!("{:7}{}", "", legend.join("   "));
    Ok(())
}

/// The language, and the day on which the outlooks are made.
fn arguments() -> Result<(Language, NaiveDate), Box<dyn Error>> {
    let mut language = Language::English;
    let mut from = course::HALF_WAY.to_owned();
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{name}: a value is missing"))?;
        match (name.as_str(), value.as_str()) {
            ("--lang", "vi") => language = Language::Vietnamese,
            ("--lang", "en") => language = Language::English,
            ("--from", _) => from = value,
            _ => return Err(format!("{name} {value}: expected --lang vi|en or --from YYYY-MM-DD").into()),
        }
    }
    let from = parse_day(&from).ok_or_else(|| format!("--from: '{from}' is not a day; expected YYYY-MM-DD"))?;
    Ok((language, from))
}

/// Where the actual stood at the end of every quarter, against the path.
fn on_the_way(language: Language) -> Result<(), Box<dyn Error>> {
    let heads = match language {
        Language::Vietnamese => ["Quý", "Trong quý", "Năm", "Thực hiện", "Lộ trình", "Nhịp độ", "Sớm (ngày)", "Kết luận"],
        _ => ["Quarter", "Alone", "Year", "Actual", "Path", "Pace", "Days ahead", "Status"],
    };
    row(&heads.map(str::to_owned));
    for quarter in course::quarters()? {
        let one = course::at_the_end_of(&quarter.period)?;
        let path = one.path.as_ref();
        let of = |value: Result<Option<&Ratio>, &Reason>| value.ok().flatten().map_or_else(|| "–".to_owned(), two_places);
        row(&[
            quarter.period.label(),
            quarter.share().as_ref().map(two_places).unwrap_or_default(),
            one.actual.period.map(|period| period.label()).unwrap_or_default(),
            of(one.actual.value.as_ref().map(Some)),
            of(path.map(|path| path.expected.as_ref().ok())),
            of(path.map(|path| path.pace.as_ref().ok())),
            path.ok().and_then(|path| path.lead_days.ok()).map_or_else(|| "–".to_owned(), |days| days.to_string()),
            one.status.in_words(language).to_owned(),
        ]);
    }
    println!();
    Ok(())
}

fn row(cells: &[String; 8]) {
    let [quarter, alone, year, actual, path, pace, lead, status] = cells;
    println!("{quarter:8} {alone:>9} {year:>5} {actual:>9} {path:>8} {pace:>7} {lead:>10}  {status}");
}

/// Three methods side by side, with the errors that every method would have had.
fn outlooks(language: Language, from: NaiveDate) -> Result<(), Box<dyn Error>> {
    let say = |vietnamese: &'static str, english: &'static str| match language {
        Language::Vietnamese => vietnamese,
        _ => english,
    };
    println!("{} {from}", say("Dự báo quý IV/2025, lập cuối ngày", "Outlook for the last quarter of 2025, made at the end of"));
    for method in course::METHODS {
        let one = course::outlook(method, from, course::JUDGED)?;
        match &one.forecast {
            Ok(forecast) => println!("{}", outlook_line(language, forecast)),
            Err(reason) => println!("  {:12} {}", method.code(), reason.in_words(language)),
        }
    }
    let automatic = course::outlook(ForecastMethod::Automatic, from, course::JUDGED)?;
    let chosen = match &automatic.forecast {
        Ok(forecast) => forecast,
        Err(reason) => {
            println!("  {}\n", reason.in_words(language));
            return Ok(());
        }
    };
    if let Ok(trend) = &chosen.trend {
        let p = trend.p_value.to_ratio();
        let p =
            if p < Ratio::new(1, 100).ok_or("a hundredth")? { "p < 0.01".to_owned() } else { format!("p = {}", two_places(&p)) };
        println!("  {}: {} ({p})", say("Xu hướng (Mann–Kendall)", "Trend (Mann–Kendall)"), trend.direction.code());
    }
    println!("\n{}", say("Sai số nếu đã dùng từ trước (điểm %)", "Errors that each method would have had (percentage points)"));
    println!("  {:12} {:>18} {:>22}", "", say("trước một quý", "one quarter ahead"), say("đến kỳ hạn", "as far as the deadline"));
    for errors in &chosen.backtests {
        println!("{}", errors_line(language, errors));
    }
    println!("  {}: {}\n", say("Tự động chọn", "Chosen by them"), chosen.method.code());
    Ok(())
}

fn outlook_line(language: Language, forecast: &Forecast) -> String {
    let value = |estimate: attain::statistics::Estimate| two_places(&estimate.to_ratio());
    let (low, high) = forecast.interval;
    let odds = match &forecast.probability {
        Ok(odds) => format!("{} %", two_places(&(odds.to_ratio() * Ratio::from(100)))),
        Err(reason) => reason.in_words(language).to_owned(),
    };
    let reached = forecast.reached_on.map_or_else(|reason| reason.in_words(language).to_owned(), |day| day.to_string());
    let (reaches, chance) = match language {
        Language::Vietnamese => ("đạt 50 % từ", "xác suất"),
        _ => ("reaches 50 % on", "probability"),
    };
    let (method, value, low, high) = (forecast.method.code(), value(forecast.value), value(low), value(high));
    format!("  {method:12} {value:>6} % ({low:>6} – {high:>6}), {reaches} {reached}, {chance} {odds}")
}

fn errors_line(language: Language, errors: &MethodErrors) -> String {
    let cell = |errors: &Result<MeanErrors, Reason>| match errors {
        Ok(errors) => format!("{} (n = {})", two_places(&errors.mean_absolute.to_ratio()), errors.count),
        Err(reason) => reason.in_words(language).to_owned(),
    };
    format!("  {:12} {:>18} {:>22}", errors.method.code(), cell(&errors.one_step), cell(&errors.to_deadline))
}

/// The chart: quarters, path, and the outlook of the first method with its band.
fn drawn(from: NaiveDate) -> Result<String, Box<dyn Error>> {
    let judged = course::outlook(ForecastMethod::Linear, from, course::JUDGED)?;
    let quarters = course::quarters()?;
    let years = |of: fn(&course::Quarter) -> i32, pick: fn(Option<i32>, Option<i32>) -> Option<i32>| {
        quarters.iter().map(of).map(Some).reduce(pick).flatten()
    };
    let first = years(|quarter| quarter.period.first().year(), Ord::min).ok_or("no quarters")?;
    let last = years(|quarter| quarter.period.last().year(), Ord::max).ok_or("no quarters")?;
    let mut chart = Chart::new(first, last);
    if let Ok(pace) = &judged.path {
        chart.path(&pace.path);
    }
    for quarter in &quarters {
        let mark = if quarter.period.last() <= from { Mark::Actual } else { Mark::Later };
        if let Some(share) = quarter.share() {
            chart.figure(&quarter.period, &share, mark);
        }
    }
    let deadline = judged.threshold.due.ok_or("the target has a deadline")?;
    for period in course::quarters_between(from, deadline) {
        let one: Assessment = course::outlook(ForecastMethod::Linear, from, &period.label())?;
        if let Ok(forecast) = &one.forecast {
            let (low, high) = forecast.interval;
            let (value, low, high) = (forecast.value.to_ratio(), low.to_ratio(), high.to_ratio());
            chart.outlook(&Ahead { period, value, low, high });
        }
    }
    Ok(chart.to_text())
}

fn two_places(value: &Ratio) -> String {
    Rounding::half_up(2).fixed(value)
}
