//! Prints the scorecard of a plan: of Decision 333/QĐ-SKHCN, which ships with the crate, or of one of your own.
//!
//! ```text
//! assess [PLAN FACTS] [--as-of DATE] [--known-on DATE] [--format text|markdown|json|csv] [--lang vi|en]
//!        [--unit ID] [--only bad,warning] [--check] [--explain TARGET]
//! ```
//!
//! Exit status: 0, a scorecard was made, whatever it says; 1, `--check` was given and something is bad, without data or
//! overdue; 2, the input has faults, all of which are listed on standard error as `file:line:column: what; expected …`.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use attain::time::parse_day;
use attain::{AsOf, Assessment, Facts, Faults, Group, Language, Plan, Reason, Scorecard, Status};
use chrono::NaiveDate;
use lexopt::ValueExt;

const PLAN: &str = include_str!("../plans/decision-333.toml");
const FACTS: &str = include_str!("../plans/decision-333.facts.csv");
/// The facts that ship with the plan end here.
const AS_OF: &str = "2025-09-30";

const USAGE: &str = "usage: assess [PLAN FACTS] [--as-of DATE] [--known-on DATE] [--format text|markdown|json|csv] \
[--lang vi|en] [--unit ID] [--only bad,warning] [--check] [--explain TARGET]

PLAN is TOML, or JSON where its name ends in .json; FACTS is CSV, or JSON. Without both, the plan that ships with the crate
is assessed as of 2025-09-30. DATE is YYYY-MM-DD; without --as-of, today. --only takes groups (good, warning, bad, none)
and statuses (met, missed, lost, …). --check: exit status 1 where something is bad, without data, or overdue.
--explain tells of one target, by its id or row, how its numbers came about and why it has its status; as text or Markdown.";

#[derive(Clone, Copy)]
enum Format {
    Text,
    Markdown,
    Json,
    Csv,
}

struct Arguments {
    files: Option<(OsString, OsString)>,
    as_of: Option<NaiveDate>,
    known_on: Option<NaiveDate>,
    format: Format,
    language: Language,
    unit: Option<String>,
    only: Vec<String>,
    check: bool,
    explain: Option<String>,
}

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<ExitCode, String> {
    let Some(arguments) = arguments().map_err(|error| format!("{error}\n\n{USAGE}"))? else {
        println!("{USAGE}");
        return Ok(ExitCode::SUCCESS);
    };
    let (plan, facts) = inputs(arguments.files.as_ref())?;
    let as_of = match (arguments.as_of, &arguments.files) {
        (Some(day), _) => day,
        (None, None) => parse_day(AS_OF).ok_or("the day of the shipped facts")?,
        (None, Some(_)) => today(),
    };
    let mut when = AsOf::from(as_of);
    if let Some(known_on) = arguments.known_on {
        when = when.with_known_on(known_on);
    }
    let mut card = attain::assess(&plan, &facts, when);
    if let Some(unit) = &arguments.unit {
        if !plan.units().iter().any(|known| known.id() == unit) {
            let known: Vec<&str> = plan.units().iter().map(|unit| unit.id()).collect();
            return Err(format!("--unit: the plan has no unit '{unit}'; expected one of {}", known.join(", ")));
        }
        card = card.only(|assessment| &*assessment.unit == unit.as_str());
    }
    let fails = arguments.check && card.assessments().iter().any(fails);
    if !arguments.only.is_empty() {
        let wanted = |assessment: &Assessment| {
            arguments.only.iter().any(|word| word == assessment.status.code() || word == assessment.group().code())
        };
        card = card.only(wanted);
    }
    let explanation = match &arguments.explain {
        Some(target) => Some(explained(&card, target, arguments.format, arguments.language)?),
        None => None,
    };
    let written = match explanation {
        Some(text) => std::io::stdout().lock().write_all(text.as_bytes()),
        None => write(&card, arguments.format, arguments.language),
    };
    match written {
        // Whoever reads has seen enough, as `head` does.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
        outcome => outcome.map_err(|error| format!("standard output: {error}"))?,
    }
    Ok(if fails { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// One target in sentences.
fn explained(card: &Scorecard, target: &str, format: Format, language: Language) -> Result<String, String> {
    let explanation = card.explain(target, language).map_err(|unknown| format!("--explain: {unknown}"))?;
    match format {
        Format::Text => Ok(explanation.to_text()),
        Format::Markdown => Ok(explanation.to_markdown()),
        Format::Json | Format::Csv => Err("--explain: as text or markdown only; the JSON scorecard holds all steps".to_owned()),
    }
}

/// What `--check` does not let pass: bad news, and the want of news that is due.
fn fails(assessment: &Assessment) -> bool {
    let overdue = assessment.status == Status::AwaitingData && assessment.reasons.contains(&Reason::ReportOverdue);
    assessment.group() == Group::Bad || assessment.status == Status::NoData || overdue
}

fn write(card: &Scorecard, format: Format, language: Language) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match format {
        Format::Text => out.write_all(card.to_text(language).as_bytes()),
        Format::Markdown => out.write_all(card.to_markdown(language).as_bytes()),
        Format::Json => card.write_json(&mut out),
        Format::Csv => card.write_csv(&mut out),
    }?;
    out.flush()
}

fn inputs(files: Option<&(OsString, OsString)>) -> Result<(Plan, Facts), String> {
    let Some((plan_file, facts_file)) = files else {
        let plan = Plan::from_toml(PLAN).map_err(|faults| listed("plans/decision-333.toml", &faults))?;
        let facts = Facts::from_csv(&plan, FACTS).map_err(|faults| listed("plans/decision-333.facts.csv", &faults))?;
        return Ok((plan, facts));
    };
    let (plan_name, plan_text) = read(plan_file)?;
    let (facts_name, facts_text) = read(facts_file)?;
    let is_json = |name: &str| name.to_lowercase().ends_with(".json");
    let plan = if is_json(&plan_name) { Plan::from_json(plan_text) } else { Plan::from_toml(plan_text) };
    let plan = plan.map_err(|faults| listed(&plan_name, &faults))?;
    let facts = if is_json(&facts_name) { Facts::from_json(&plan, facts_text) } else { Facts::from_csv(&plan, facts_text) };
    let facts = facts.map_err(|faults| listed(&facts_name, &faults))?;
    Ok((plan, facts))
}

fn read(file: &OsString) -> Result<(String, Vec<u8>), String> {
    let name = file.to_string_lossy().into_owned();
    std::fs::read(file).map_err(|error| format!("{name}: {error}")).map(|bytes| (name, bytes))
}

/// One line a fault, each beginning with the name of the file.
fn listed(file: &str, faults: &Faults) -> String {
    faults.as_slice().iter().map(|fault| format!("{file}:{fault}")).collect::<Vec<_>>().join("\n")
}

fn today() -> NaiveDate {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let days = chrono::Days::new(since.as_secs() / 86_400);
    NaiveDate::default().checked_add_days(days).unwrap_or_default()
}

/// The arguments, or nothing where only help is asked for.
fn arguments() -> Result<Option<Arguments>, lexopt::Error> {
    let mut found = Arguments {
        files: None,
        as_of: None,
        known_on: None,
        format: Format::Text,
        language: Language::Vietnamese,
        unit: None,
        only: Vec::new(),
        check: false,
        explain: None,
    };
    let mut files = Vec::new();
    let mut parser = lexopt::Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("as-of") => found.as_of = Some(day("--as-of", parser.value()?)?),
            lexopt::Arg::Long("known-on") => found.known_on = Some(day("--known-on", parser.value()?)?),
            lexopt::Arg::Long("format") => {
                found.format = match parser.value()?.string()?.as_str() {
                    "text" => Format::Text,
                    "markdown" => Format::Markdown,
                    "json" => Format::Json,
                    "csv" => Format::Csv,
                    other => return Err(format!("--format: '{other}'; expected text, markdown, json or csv").into()),
                }
            }
            lexopt::Arg::Long("lang") => {
                found.language = match parser.value()?.string()?.as_str() {
                    "vi" => Language::Vietnamese,
                    "en" => Language::English,
                    other => return Err(format!("--lang: '{other}'; expected vi or en").into()),
                }
            }
            lexopt::Arg::Long("unit") => found.unit = Some(parser.value()?.string()?),
            lexopt::Arg::Long("only") => {
                for word in parser.value()?.string()?.split(',') {
                    let groups = [Group::Good, Group::Warning, Group::Bad, Group::None];
                    let known =
                        groups.iter().any(|group| group.code() == word) || Status::ALL.iter().any(|status| status.code() == word);
                    if !known {
                        return Err(format!("--only: '{word}'; expected a group or a status").into());
                    }
                    found.only.push(word.to_owned());
                }
            }
            lexopt::Arg::Long("check") => found.check = true,
            lexopt::Arg::Long("explain") => found.explain = Some(parser.value()?.string()?),
            lexopt::Arg::Long("help") | lexopt::Arg::Short('h') => return Ok(None),
            lexopt::Arg::Value(file) => files.push(file),
            other => return Err(other.unexpected()),
        }
    }
    found.files = match <[OsString; 2]>::try_from(files) {
        Ok([plan, facts]) => Some((plan, facts)),
        Err(none) if none.is_empty() => None,
        Err(_) => return Err("expected a plan and its facts, or neither".into()),
    };
    Ok(Some(found))
}

fn day(option: &str, value: OsString) -> Result<NaiveDate, lexopt::Error> {
    let text = value.string()?;
    parse_day(&text).ok_or_else(|| format!("{option}: '{text}' is not a day; expected YYYY-MM-DD").into())
}
