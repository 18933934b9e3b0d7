//! Prints the scorecard of a plan: of Decision 333/QĐ-SKHCN, which ships with the crate, or of one of your own.
//!
//! ```text
//! assess [PLAN FACTS] [--as-of DATE] [--known-on DATE] [--format text|markdown|json|csv|junit|sarif] [--lang vi|en]
//!        [--unit ID] [--only bad,warning] [--check] [--strict] [--waivers FILE]
//! ```
//!
//! Exit status: 0, a scorecard was made, whatever it says; 1, `--check` was given and something fails or is an error (no data,
//! a report overdue) and no waiver holds; 2, the input has faults, all of which are listed on standard error as
//! `file:line:column: what; expected …`. The formats `junit` and `sarif` write the check in the place of the scorecard.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use attain::check::{Check, Outcome, Policy, check};
use attain::plan::Waivers;
use attain::time::parse_day;
use attain::{AsOf, Assessment, Facts, Faults, Group, Language, Plan, Status};
use chrono::NaiveDate;
use lexopt::ValueExt;

const PLAN: &str = include_str!("../plans/decision-333.toml");
const FACTS: &str = include_str!("../plans/decision-333.facts.csv");
/// The facts that ship with the plan end here.
const AS_OF: &str = "2025-09-30";

/// The plan that ships with the crate, as it is called where it stands.
const PLAN_NAME: &str = "plans/decision-333.toml";

const USAGE: &str = "usage: assess [PLAN FACTS] [--as-of DATE] [--known-on DATE] [--format text|markdown|json|csv|junit|sarif] \
[--lang vi|en] [--unit ID] [--only bad,warning] [--check] [--strict] [--waivers FILE]

PLAN is TOML, or JSON where its name ends in .json; FACTS is CSV, or JSON. Without both, the plan that ships with the crate
is assessed as of 2025-09-30. DATE is YYYY-MM-DD; without --as-of, today. --only takes groups (good, warning, bad, none)
and statuses (met, missed, lost, …).

--check: exit status 1 where something fails (bad) or is an error (no data, a report overdue); each is told on standard error.
--strict: warnings fail too, unless the plan says otherwise of a target. --waivers: excused failures beside those of the plan,
TOML or JSON (attain-waivers/1); one that is over excuses nothing. The formats junit and sarif write the check, whatever
--check says; without --check the exit status is 0 all the same. --unit and --only choose what is written; the exit status
is that of --unit.";

#[derive(Clone, Copy)]
enum Format {
    Text,
    Markdown,
    Json,
    Csv,
    #[cfg(feature = "junit")]
    Junit,
    #[cfg(feature = "sarif")]
    Sarif,
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
    strict: bool,
    waivers: Option<OsString>,
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
    let waivers = waivers(&plan, arguments.waivers.as_ref())?;
    let as_of = match (arguments.as_of, &arguments.files) {
        (Some(day), _) => day,
        (None, None) => parse_day(AS_OF).ok_or("the day of the shipped facts")?,
        (None, Some(_)) => today(),
    };
    let mut when = AsOf::from(as_of);
    if let Some(known_on) = arguments.known_on {
        when = when.with_known_on(known_on);
    }
    if let Some(unit) = &arguments.unit
        && !plan.units().iter().any(|known| known.id() == unit)
    {
        let known: Vec<&str> = plan.units().iter().map(|unit| unit.id()).collect();
        return Err(format!("--unit: the plan has no unit '{unit}'; expected one of {}", known.join(", ")));
    }
    let is_of_unit = |assessment: &Assessment| arguments.unit.as_ref().is_none_or(|unit| *assessment.unit == **unit);
    let is_wanted = |assessment: &Assessment| {
        let is_named = |word: &String| word == assessment.status.code() || word == assessment.group().code();
        is_of_unit(assessment) && (arguments.only.is_empty() || arguments.only.iter().any(is_named))
    };
    let card = attain::assess(&plan, &facts, when);
    let policy = if arguments.strict { Policy::strict() } else { Policy::default() };
    // Of the whole scorecard, so that a waiver for another unit is none that waives nothing.
    let check = check(&card, &waivers, &policy).only(|case| is_of_unit(case.assessment()));
    match write(&check, is_wanted, &arguments) {
        // Whoever reads has seen enough, as `head` does.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
        outcome => outcome.map_err(|error| format!("standard output: {error}"))?,
    }
    if !arguments.check {
        return Ok(ExitCode::SUCCESS);
    }
    tell(&check, arguments.language);
    Ok(if check.is_passed() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// A line for everything that does not simply pass, and one that counts all, on standard error.
fn tell(check: &Check<'_>, language: Language) {
    let silent = |outcome: Outcome| matches!(outcome, Outcome::Passed | Outcome::Skipped);
    for case in check.cases().iter().filter(|case| !silent(case.outcome())) {
        eprintln!("{}: {}: {}", case.outcome().in_words(language), case.name(), check.headline(case, language));
    }
    for idle in check.idle_waivers() {
        eprintln!("{}", check.idle_in_words(idle, language));
    }
    eprintln!("{}", check.counts().in_words(language));
}

fn write(check: &Check<'_>, is_wanted: impl Fn(&Assessment) -> bool, arguments: &Arguments) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let card = || check.scorecard().clone().only(&is_wanted);
    let language = arguments.language;
    #[cfg(any(feature = "junit", feature = "sarif"))]
    let wanted = || check.clone().only(|case| is_wanted(case.assessment()));
    match arguments.format {
        Format::Text => out.write_all(card().to_text(language).as_bytes()),
        Format::Markdown => out.write_all(card().to_markdown(language).as_bytes()),
        Format::Json => card().write_json(&mut out),
        Format::Csv => card().write_csv(&mut out),
        #[cfg(feature = "junit")]
        Format::Junit => wanted().write_junit(&mut out, language),
        #[cfg(feature = "sarif")]
        Format::Sarif => {
            let plan = arguments.files.as_ref().map_or(PLAN_NAME.into(), |(plan, _)| plan.to_string_lossy());
            wanted().write_sarif(&mut out, &plan, language)
        }
    }?;
    out.flush()
}

fn inputs(files: Option<&(OsString, OsString)>) -> Result<(Plan, Facts), String> {
    let Some((plan_file, facts_file)) = files else {
        let plan = Plan::from_toml(PLAN).map_err(|faults| listed(PLAN_NAME, &faults))?;
        let facts = Facts::from_csv(&plan, FACTS).map_err(|faults| listed("plans/decision-333.facts.csv", &faults))?;
        return Ok((plan, facts));
    };
    let (plan_name, plan_text) = read(plan_file)?;
    let (facts_name, facts_text) = read(facts_file)?;
    let plan = if is_json(&plan_name) { Plan::from_json(plan_text) } else { Plan::from_toml(plan_text) };
    let plan = plan.map_err(|faults| listed(&plan_name, &faults))?;
    let facts = if is_json(&facts_name) { Facts::from_json(&plan, facts_text) } else { Facts::from_csv(&plan, facts_text) };
    let facts = facts.map_err(|faults| listed(&facts_name, &faults))?;
    Ok((plan, facts))
}

fn waivers(plan: &Plan, file: Option<&OsString>) -> Result<Waivers, String> {
    let Some(file) = file else { return Ok(Waivers::default()) };
    let (name, text) = read(file)?;
    let waivers = if is_json(&name) { Waivers::from_json(plan, text) } else { Waivers::from_toml(plan, text) };
    waivers.map_err(|faults| listed(&name, &faults))
}

fn is_json(name: &str) -> bool {
    name.to_lowercase().ends_with(".json")
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
        strict: false,
        waivers: None,
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
                    #[cfg(feature = "junit")]
                    "junit" => Format::Junit,
                    #[cfg(feature = "sarif")]
                    "sarif" => Format::Sarif,
                    #[cfg(not(all(feature = "junit", feature = "sarif")))]
                    other @ ("junit" | "sarif") => {
                        return Err(format!("--format {other}: built without it; add --features {other}").into());
                    }
                    other => {
                        return Err(format!("--format: '{other}'; expected text, markdown, json, csv, junit or sarif").into());
                    }
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
            lexopt::Arg::Long("strict") => found.strict = true,
            lexopt::Arg::Long("waivers") => found.waivers = Some(parser.value()?),
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
