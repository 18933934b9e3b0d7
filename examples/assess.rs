//! Prints the scorecard of a plan: of Decision 333/QĐ-SKHCN, which ships with the crate, or of one of your own.
//!
//! ```text
//! assess [PLAN FACTS] [--as-of DATE] [--known-on DATE] [--format text|markdown|json|csv] [--lang vi|en]
//!        [--unit ID] [--only bad,warning] [--check]
//! assess [PLAN FACTS] --since DATE [--since-known-on DATE] [--since-plan FILE] [--since-facts FILE]
//! assess [PLAN FACTS] --margins
//! assess [PLAN FACTS] --contributions TARGET
//! ```
//!
//! Exit status: 0, a scorecard was made, whatever it says; 1, `--check` was given and something is bad, without data or
//! overdue; 2, the input has faults, all of which are listed on standard error as `file:line:column: what; expected …`.

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use attain::plan::Target;
use attain::scorecard::{Assessed, Changed, Difference, Margin, Margins, difference, flips};
use attain::time::parse_day;
use attain::{AsOf, Assessment, Facts, Faults, Group, Language, Plan, Reason, Scorecard, Status};
use chrono::NaiveDate;
use lexopt::ValueExt;

const PLAN: &str = include_str!("../plans/decision-333.toml");
const FACTS: &str = include_str!("../plans/decision-333.facts.csv");
/// The facts that ship with the plan end here.
const AS_OF: &str = "2025-09-30";

const USAGE: &str = "usage: assess [PLAN FACTS] [--as-of DATE] [--known-on DATE] [--format text|markdown|json|csv] \
[--lang vi|en] [--unit ID] [--only bad,warning] [--check]
       assess [PLAN FACTS] --since DATE [--since-known-on DATE] [--since-plan FILE] [--since-facts FILE] [...]
       assess [PLAN FACTS] --margins [...]
       assess [PLAN FACTS] --contributions TARGET [...]

PLAN is TOML, or JSON where its name ends in .json; FACTS is CSV, or JSON. Without both, the plan that ships with the crate
is assessed as of 2025-09-30. DATE is YYYY-MM-DD; without --as-of, today. --only takes groups (good, warning, bad, none)
and statuses (met, missed, lost, …). --check: exit status 1 where something is bad, without data, or overdue.

--since prints what has changed since then, and why, instead of the scorecard; each day is spoken of as known on that day,
unless --since-known-on and --known-on say otherwise. --since-plan and --since-facts compare with another version of the
plan or of the facts; without --since, on the same day. --margins prints for each verdict the least change of a single fact
that would turn it, --contributions what each unit below carries of a target. They come as text, markdown or json.";

#[derive(Clone, Copy, PartialEq)]
enum Format {
    Text,
    Markdown,
    Json,
    Csv,
}

/// What the difference is taken to, as far as it is another than what is assessed.
#[derive(Default)]
struct Since {
    day: Option<NaiveDate>,
    known_on: Option<NaiveDate>,
    plan: Option<OsString>,
    facts: Option<OsString>,
}

/// What is printed.
enum Print {
    Scorecard,
    Difference(Since),
    Margins,
    Contributions(String),
}

struct Arguments {
    print: Print,
    files: Option<(OsString, OsString)>,
    as_of: Option<NaiveDate>,
    known_on: Option<NaiveDate>,
    format: Format,
    language: Language,
    unit: Option<String>,
    only: Vec<String>,
    check: bool,
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
    if let Some(unit) = arguments.unit.as_ref().filter(|unit| !plan.units().iter().any(|known| known.id() == *unit)) {
        let known: Vec<&str> = plan.units().iter().map(|unit| unit.id()).collect();
        return Err(format!("--unit: the plan has no unit '{unit}'; expected one of {}", known.join(", ")));
    }
    let card = arguments.of_unit(attain::assess(&plan, &facts, when));
    let fails = arguments.check && card.assessments().iter().any(fails);
    let answer = match &arguments.print {
        Print::Scorecard => Answer::Scorecard(card.only(|of| arguments.is_wanted(of.status))),
        Print::Contributions(name) => {
            let is_it = |known: &&Target| known.id() == name || known.row() == Some(name);
            let Some(target) = plan.targets().iter().find(is_it) else {
                return Err(format!("--contributions: the plan has no target '{name}'; expected the id or the row of one"));
            };
            let is_shown = |of: &Assessment| &*of.target == target.id() && arguments.is_wanted(of.status);
            Answer::Contributions(card.only(is_shown), target.id())
        }
        Print::Margins => {
            let is_shown = |one: &Margin| arguments.is_of_unit(&one.unit) && arguments.is_wanted(one.status);
            Answer::Margins(flips(&plan, &facts, when).only(is_shown))
        }
        Print::Difference(since) => {
            let (old_plan, old_facts) = earlier_inputs(since, arguments.files.as_ref(), &plan, &facts)?;
            let mut then = AsOf::from(since.day.unwrap_or(as_of));
            if let Some(known_on) = since.known_on.or(arguments.known_on.filter(|_| since.day.is_none())) {
                then = then.with_known_on(known_on);
            }
            let before = arguments.of_unit(attain::assess(&old_plan, &old_facts, then));
            let found = difference(Assessed { card: &before, facts: &old_facts }, Assessed { card: &card, facts: &facts });
            let is_shown = |one: &Changed| {
                [&one.before, &one.after].into_iter().flatten().any(|standing| arguments.is_wanted(standing.status))
            };
            Answer::Difference(found.only(is_shown))
        }
    };
    match answer.write(arguments.format, arguments.language) {
        // Whoever reads has seen enough, as `head` does.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
        outcome => outcome.map_err(|error| format!("standard output: {error}"))?,
    }
    Ok(if fails { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

impl Arguments {
    fn of_unit(&self, card: Scorecard) -> Scorecard {
        card.only(|assessment| self.is_of_unit(&assessment.unit))
    }

    fn is_of_unit(&self, unit: &str) -> bool {
        self.unit.as_ref().is_none_or(|only| only == unit)
    }

    fn is_wanted(&self, status: Status) -> bool {
        self.only.is_empty() || self.only.iter().any(|word| word == status.code() || word == status.group().code())
    }
}

/// Plan and facts of before: those of now, but for the files that are given.
fn earlier_inputs(
    since: &Since,
    files: Option<&(OsString, OsString)>,
    plan: &Plan,
    facts: &Facts,
) -> Result<(Plan, Facts), String> {
    let old_plan = match &since.plan {
        Some(file) => plan_of(file)?,
        None => plan.clone(),
    };
    let old_facts = match (&since.facts, &since.plan, files) {
        (Some(file), ..) => facts_of(&old_plan, file)?,
        // Facts are read by the plan that they are assessed with.
        (None, Some(_), Some((_, file))) => facts_of(&old_plan, file)?,
        (None, Some(_), None) => shipped_facts(&old_plan)?,
        (None, None, _) => facts.clone(),
    };
    Ok((old_plan, old_facts))
}

/// What `--check` does not let pass: bad news, and the want of news that is due.
fn fails(assessment: &Assessment) -> bool {
    let overdue = assessment.status == Status::AwaitingData && assessment.reasons.contains(&Reason::ReportOverdue);
    assessment.group() == Group::Bad || assessment.status == Status::NoData || overdue
}

/// What is asked for.
#[allow(clippy::large_enum_variant, reason = "there is one of it")]
enum Answer<'a> {
    Scorecard(Scorecard),
    Difference(Difference),
    Margins(Margins),
    Contributions(Scorecard, &'a str),
}

impl Answer<'_> {
    fn write(&self, format: Format, language: Language) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        match (self, format) {
            (Self::Scorecard(card), Format::Text) => out.write_all(card.to_text(language).as_bytes()),
            (Self::Scorecard(card), Format::Markdown) => out.write_all(card.to_markdown(language).as_bytes()),
            (Self::Scorecard(card) | Self::Contributions(card, _), Format::Json) => card.write_json(&mut out),
            (Self::Scorecard(card) | Self::Contributions(card, _), Format::Csv) => card.write_csv(&mut out),
            (Self::Difference(found), Format::Text) => out.write_all(found.to_text(language).as_bytes()),
            (Self::Difference(found), Format::Markdown) => out.write_all(found.to_markdown(language).as_bytes()),
            (Self::Difference(found), _) => found.write_json(&mut out),
            (Self::Margins(margins), Format::Text) => out.write_all(margins.to_text(language).as_bytes()),
            (Self::Margins(margins), Format::Markdown) => out.write_all(margins.to_markdown(language).as_bytes()),
            (Self::Margins(margins), _) => margins.write_json(&mut out),
            (Self::Contributions(card, target), Format::Text) => {
                out.write_all(card.contributions_to_text(target, language).as_bytes())
            }
            (Self::Contributions(card, target), Format::Markdown) => {
                out.write_all(card.contributions_to_markdown(target, language).as_bytes())
            }
        }?;
        out.flush()
    }
}

fn inputs(files: Option<&(OsString, OsString)>) -> Result<(Plan, Facts), String> {
    let Some((plan_file, facts_file)) = files else {
        let plan = Plan::from_toml(PLAN).map_err(|faults| listed("plans/decision-333.toml", &faults))?;
        let facts = shipped_facts(&plan)?;
        return Ok((plan, facts));
    };
    let plan = plan_of(plan_file)?;
    let facts = facts_of(&plan, facts_file)?;
    Ok((plan, facts))
}

fn shipped_facts(plan: &Plan) -> Result<Facts, String> {
    Facts::from_csv(plan, FACTS).map_err(|faults| listed("plans/decision-333.facts.csv", &faults))
}

fn plan_of(file: &OsString) -> Result<Plan, String> {
    let (name, text) = read(file)?;
    let plan = if is_json(&name) { Plan::from_json(text) } else { Plan::from_toml(text) };
    plan.map_err(|faults| listed(&name, &faults))
}

fn facts_of(plan: &Plan, file: &OsString) -> Result<Facts, String> {
    let (name, text) = read(file)?;
    let facts = if is_json(&name) { Facts::from_json(plan, text) } else { Facts::from_csv(plan, text) };
    facts.map_err(|faults| listed(&name, &faults))
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
    let mut since: Option<Since> = None;
    let mut found = Arguments {
        print: Print::Scorecard,
        files: None,
        as_of: None,
        known_on: None,
        format: Format::Text,
        language: Language::Vietnamese,
        unit: None,
        only: Vec::new(),
        check: false,
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
            lexopt::Arg::Long("since") => since.get_or_insert_default().day = Some(day("--since", parser.value()?)?),
            lexopt::Arg::Long("since-known-on") => {
                since.get_or_insert_default().known_on = Some(day("--since-known-on", parser.value()?)?);
            }
            lexopt::Arg::Long("since-plan") => since.get_or_insert_default().plan = Some(parser.value()?),
            lexopt::Arg::Long("since-facts") => since.get_or_insert_default().facts = Some(parser.value()?),
            lexopt::Arg::Long("margins") => found.print = once(found.print, Print::Margins)?,
            lexopt::Arg::Long("contributions") => {
                found.print = once(found.print, Print::Contributions(parser.value()?.string()?))?;
            }
            lexopt::Arg::Long("help") | lexopt::Arg::Short('h') => return Ok(None),
            lexopt::Arg::Value(file) => files.push(file),
            other => return Err(other.unexpected()),
        }
    }
    if let Some(since) = since {
        found.print = once(found.print, Print::Difference(since))?;
    }
    if found.format == Format::Csv && matches!(found.print, Print::Difference(_) | Print::Margins) {
        return Err("--format: csv is of scorecards; expected text, markdown or json".into());
    }
    found.files = match <[OsString; 2]>::try_from(files) {
        Ok([plan, facts]) => Some((plan, facts)),
        Err(none) if none.is_empty() => None,
        Err(_) => return Err("expected a plan and its facts, or neither".into()),
    };
    Ok(Some(found))
}

/// One thing is printed at a time.
fn once(already: Print, wanted: Print) -> Result<Print, lexopt::Error> {
    match already {
        Print::Scorecard => Ok(wanted),
        _ => Err("expected one of --since, --margins and --contributions".into()),
    }
}

fn day(option: &str, value: OsString) -> Result<NaiveDate, lexopt::Error> {
    let text = value.string()?;
    parse_day(&text).ok_or_else(|| format!("{option}: '{text}' is not a day; expected YYYY-MM-DD").into())
}
