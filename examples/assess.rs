//! Prints the scorecard of a plan: of Decision 333/QĐ-SKHCN, which ships with the crate, or of one of your own.
//!
//! ```text
//! assess [PLAN FACTS] [--as-of DATE] [--known-on DATE] [--format text|markdown|json|csv|junit|sarif] [--lang vi|en]
//!        [--unit ID] [--only bad,warning] [--check] [--strict] [--waivers FILE]
//! assess [PLAN FACTS] --explain TARGET
//! assess [PLAN FACTS] --since DATE [--since-known-on DATE] [--since-plan FILE] [--since-facts FILE]
//! assess [PLAN FACTS] --margins
//! assess [PLAN FACTS] --contributions TARGET
//! ```
//!
//! Exit status: 0, a scorecard was made, whatever it says; 1, `--check` was given and something fails or is an error (no data,
//! a report overdue) and no waiver holds; 2, the input has faults, all of which are listed on standard error as
//! `file:line:column: what; expected …`. The formats `junit` and `sarif` write the check in the place of the scorecard.

#[path = "assess/arguments.rs"]
mod arguments;
#[path = "assess/inputs.rs"]
mod inputs;

use std::io::Write;
use std::process::ExitCode;

use arguments::{Arguments, Format, Print, Since, USAGE};
use attain::check::{Check, Policy, check};
use attain::plan::Target;
use attain::scorecard::{Assessed, Changed, Margin, difference, flips};
use attain::time::parse_day;
use attain::{AsOf, Assessment, Facts, Language, Plan, Scorecard};
use chrono::NaiveDate;

/// The facts that ship with the plan end here.
const AS_OF: &str = "2025-09-30";

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
    let Some(arguments) = Arguments::from_env().map_err(|error| format!("{error}\n\n{USAGE}"))? else {
        print(format!("{USAGE}\n").as_bytes()).map_err(told)?;
        return Ok(ExitCode::SUCCESS);
    };
    let (plan, facts) = inputs::plan_and_facts(&arguments.files)?;
    let waivers = inputs::waivers(&plan, arguments.waivers.as_ref())?;
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
    let card = attain::assess(&plan, &facts, when);
    let policy = if arguments.strict { Policy::strict() } else { Policy::default() };
    // Of the whole scorecard, so that a waiver for another unit is none that waives nothing.
    let check = check(&card, &waivers, &policy).only(|case| arguments.is_of_unit(&case.assessment().unit));
    let inputs = Inputs { plan: &plan, facts: &facts, when, check: &check, arguments: &arguments };
    inputs.answer()?.and_then(|answer| print(&answer)).map_err(told)?;
    if !arguments.check {
        return Ok(ExitCode::SUCCESS);
    }
    tell(&check, arguments.language);
    Ok(if check.is_passed() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn print(answer: &[u8]) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(answer).and_then(|()| out.flush()) {
        // Whoever reads has seen enough, as `head` does.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

fn told(error: std::io::Error) -> String {
    format!("standard output: {error}")
}

/// A line for everything that someone should look at, and one that counts all, on standard error.
fn tell(check: &Check<'_>, language: Language) {
    for case in check.cases().iter().filter(|case| case.is_to_be_told()) {
        eprintln!("{}: {}: {}", case.outcome().in_words(language), case.name(), check.headline(case, language));
    }
    for said in check.findings_in_words(language) {
        eprintln!("{said}");
    }
    eprintln!("{}", check.counts().in_words(language));
}

/// What an answer is made of.
struct Inputs<'a> {
    plan: &'a Plan,
    facts: &'a Facts,
    when: AsOf,
    check: &'a Check<'a>,
    arguments: &'a Arguments,
}

impl Inputs<'_> {
    /// What is printed, or what is wrong with what was asked for.
    fn answer(&self) -> Result<std::io::Result<Vec<u8>>, String> {
        Ok(match &self.arguments.print {
            Print::Scorecard => self.scorecard(),
            Print::Explanation(target) => {
                let card = self.check.scorecard().clone().only(|assessment| self.is_wanted(assessment));
                let explanation =
                    card.explain(target, self.arguments.language).map_err(|unknown| format!("--explain: {unknown}"))?;
                self.written(|_| explanation.to_text(), |_| explanation.to_markdown(), |_| Ok(()))
            }
            Print::Difference(since) => self.difference(since)?,
            Print::Margins => {
                let is_shown = |one: &Margin| self.arguments.is_of_unit(&one.unit) && self.arguments.is_wanted(one.status);
                let margins = flips(self.plan, self.facts, self.when).only(is_shown);
                self.written(
                    |language| margins.to_text(language),
                    |language| margins.to_markdown(language),
                    |out| margins.write_json(out),
                )
            }
            Print::Contributions(name) => self.contributions(name)?,
        })
    }

    /// An answer in one of the three formats that most have.
    fn written(
        &self,
        text: impl FnOnce(Language) -> String,
        markdown: impl FnOnce(Language) -> String,
        json: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>,
    ) -> std::io::Result<Vec<u8>> {
        match self.arguments.format {
            Format::Text => Ok(text(self.arguments.language).into_bytes()),
            Format::Markdown => Ok(markdown(self.arguments.language).into_bytes()),
            _ => {
                let mut out = Vec::new();
                json(&mut out).map(|()| out)
            }
        }
    }

    fn of_unit(&self, card: Scorecard) -> Scorecard {
        card.only(|assessment| self.arguments.is_of_unit(&assessment.unit))
    }

    fn is_wanted(&self, assessment: &Assessment) -> bool {
        self.arguments.is_of_unit(&assessment.unit) && self.arguments.is_wanted(assessment.status)
    }

    fn scorecard(&self) -> std::io::Result<Vec<u8>> {
        let mut out = Vec::new();
        let card = || self.check.scorecard().clone().only(|assessment| self.is_wanted(assessment));
        #[cfg(any(feature = "junit", feature = "sarif"))]
        let wanted = || self.check.clone().only(|case| self.is_wanted(case.assessment()));
        match self.arguments.format {
            Format::Csv => card().write_csv(&mut out)?,
            #[cfg(feature = "junit")]
            Format::Junit => wanted().write_junit(&mut out, self.arguments.language)?,
            #[cfg(feature = "sarif")]
            Format::Sarif => {
                let plan = self.arguments.files.as_ref().map_or(inputs::PLAN_NAME.into(), |(plan, _)| plan.to_string_lossy());
                wanted().write_sarif(&mut out, &plan, self.arguments.language)?;
            }
            _ => {
                let card = card();
                return self.written(
                    |language| card.to_text(language),
                    |language| card.to_markdown(language),
                    |out| card.write_json(out),
                );
            }
        }
        Ok(out)
    }

    fn difference(&self, since: &Since) -> Result<std::io::Result<Vec<u8>>, String> {
        let (plan, facts) = inputs::earlier(since, &self.arguments.files, self.plan, self.facts)?;
        let mut then = AsOf::from(since.day.unwrap_or(self.when.day()));
        if let Some(known_on) = since.known_on.or(self.arguments.known_on.filter(|_| since.day.is_none())) {
            then = then.with_known_on(known_on);
        }
        let before = self.of_unit(attain::assess(&plan, &facts, then));
        let card = self.of_unit(self.check.scorecard().clone());
        let found = difference(Assessed { card: &before, facts: &facts }, Assessed { card: &card, facts: self.facts });
        let is_shown = |one: &Changed| {
            [&one.before, &one.after].into_iter().flatten().any(|standing| self.arguments.is_wanted(standing.status))
        };
        let found = found.only(is_shown);
        Ok(self.written(|language| found.to_text(language), |language| found.to_markdown(language), |out| found.write_json(out)))
    }

    fn contributions(&self, name: &str) -> Result<std::io::Result<Vec<u8>>, String> {
        let is_it = |known: &&Target| known.id() == name || known.row() == Some(name);
        let Some(target) = self.plan.targets().iter().find(is_it) else {
            return Err(format!("--contributions: the plan has no target '{name}'; expected the id or the row of one"));
        };
        let is_shown = |of: &Assessment| &*of.target == target.id() && self.is_wanted(of);
        let card = self.check.scorecard().clone().only(is_shown);
        let text = |language| card.contributions_to_text(target.id(), language);
        let markdown = |language| card.contributions_to_markdown(target.id(), language);
        Ok(self.written(text, markdown, |out| card.write_json(out)))
    }
}

fn today() -> NaiveDate {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let days = chrono::Days::new(since.as_secs() / 86_400);
    NaiveDate::default().checked_add_days(days).unwrap_or_default()
}
