//! What the tool is asked for.

use std::ffi::OsString;

use attain::time::parse_day;
use attain::{Group, Language, Status};
use chrono::NaiveDate;
use lexopt::ValueExt;

pub(crate) const USAGE: &str = "usage: assess [PLAN FACTS] [--as-of DATE] [--known-on DATE] \
[--format text|markdown|json|csv|junit|sarif]
              [--lang vi|en] [--unit ID] [--only bad,warning] [--check] [--strict] [--waivers FILE]
       assess [PLAN FACTS] --explain TARGET [...]
       assess [PLAN FACTS] --since DATE [--since-known-on DATE] [--since-plan FILE] [--since-facts FILE] [...]
       assess [PLAN FACTS] --margins [...]
       assess [PLAN FACTS] --contributions TARGET [...]

PLAN is TOML, or JSON where its name ends in .json; FACTS is CSV, or JSON. Without both, the plan that ships with the crate
is assessed as of 2025-09-30. DATE is YYYY-MM-DD; without --as-of, today. --only takes groups (good, warning, bad, none)
and statuses (met, missed, lost, …). TARGET is the id of a target or the row it is known by.

--check: exit status 1 where something fails (bad) or is an error (no data, a report overdue); each is told on standard error.
--strict: warnings fail too, unless the plan says otherwise of a target. --waivers: excused failures beside those of the plan,
TOML or JSON (attain-waivers/1); one that is over excuses nothing. The formats junit and sarif write the check, whatever
--check says; without --check the exit status is 0 all the same. --unit and --only choose what is written; the exit status
is that of --unit.

In the place of the scorecard: --explain tells how the numbers of a target came about and why it has its status, as text or
markdown. --since prints what has changed since then, and why; each day is spoken of as known on that day, unless
--since-known-on and --known-on say otherwise; --since-plan and --since-facts compare with another version of the plan or of
the facts, without --since on the same day. --margins prints for each verdict the least change of a single fact that would
turn it, --contributions what each unit below carries of a target; as text, markdown or json.";

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Format {
    Text,
    Markdown,
    Json,
    Csv,
    #[cfg(feature = "junit")]
    Junit,
    #[cfg(feature = "sarif")]
    Sarif,
}

/// What the difference is taken to, as far as it is another than what is assessed.
#[derive(Default)]
pub(crate) struct Since {
    pub(crate) day: Option<NaiveDate>,
    pub(crate) known_on: Option<NaiveDate>,
    pub(crate) plan: Option<OsString>,
    pub(crate) facts: Option<OsString>,
}

/// What is printed.
pub(crate) enum Print {
    Scorecard,
    Explanation(String),
    Difference(Since),
    Margins,
    Contributions(String),
}

pub(crate) struct Arguments {
    pub(crate) print: Print,
    pub(crate) files: Option<(OsString, OsString)>,
    pub(crate) as_of: Option<NaiveDate>,
    pub(crate) known_on: Option<NaiveDate>,
    pub(crate) format: Format,
    pub(crate) language: Language,
    pub(crate) unit: Option<String>,
    only: Vec<String>,
    pub(crate) check: bool,
    pub(crate) strict: bool,
    pub(crate) waivers: Option<OsString>,
}

impl Arguments {
    /// The arguments, or nothing where only help is asked for.
    pub(crate) fn from_env() -> Result<Option<Self>, lexopt::Error> {
        let mut since: Option<Since> = None;
        let mut found = Self {
            print: Print::Scorecard,
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
                lexopt::Arg::Long("format") => found.format = format(&parser.value()?.string()?)?,
                lexopt::Arg::Long("lang") => found.language = language(&parser.value()?.string()?)?,
                lexopt::Arg::Long("unit") => found.unit = Some(parser.value()?.string()?),
                lexopt::Arg::Long("only") => found.only.extend(wanted(&parser.value()?.string()?)?),
                lexopt::Arg::Long("check") => found.check = true,
                lexopt::Arg::Long("strict") => found.strict = true,
                lexopt::Arg::Long("waivers") => found.waivers = Some(parser.value()?),
                lexopt::Arg::Long("explain") => found.print(Print::Explanation(parser.value()?.string()?))?,
                lexopt::Arg::Long("since") => since.get_or_insert_default().day = Some(day("--since", parser.value()?)?),
                lexopt::Arg::Long("since-known-on") => {
                    since.get_or_insert_default().known_on = Some(day("--since-known-on", parser.value()?)?);
                }
                lexopt::Arg::Long("since-plan") => since.get_or_insert_default().plan = Some(parser.value()?),
                lexopt::Arg::Long("since-facts") => since.get_or_insert_default().facts = Some(parser.value()?),
                lexopt::Arg::Long("margins") => found.print(Print::Margins)?,
                lexopt::Arg::Long("contributions") => found.print(Print::Contributions(parser.value()?.string()?))?,
                lexopt::Arg::Long("help") | lexopt::Arg::Short('h') => return Ok(None),
                lexopt::Arg::Value(file) => files.push(file),
                other => return Err(other.unexpected()),
            }
        }
        if let Some(since) = since {
            found.print(Print::Difference(since))?;
        }
        found.files = match <[OsString; 2]>::try_from(files) {
            Ok([plan, facts]) => Some((plan, facts)),
            Err(none) if none.is_empty() => None,
            Err(_) => return Err("expected a plan and its facts, or neither".into()),
        };
        found.has_that_format()?;
        Ok(Some(found))
    }

    /// One thing is printed at a time.
    fn print(&mut self, wanted: Print) -> Result<(), lexopt::Error> {
        let Print::Scorecard = self.print else {
            return Err("expected one of --explain, --since, --margins and --contributions".into());
        };
        self.print = wanted;
        Ok(())
    }

    fn has_that_format(&self) -> Result<(), lexopt::Error> {
        let (has, formats) = match &self.print {
            Print::Scorecard => return Ok(()),
            Print::Explanation(_) => (&[Format::Text, Format::Markdown][..], "text or markdown"),
            _ => (&[Format::Text, Format::Markdown, Format::Json][..], "text, markdown or json"),
        };
        if has.contains(&self.format) { Ok(()) } else { Err(format!("--format: expected {formats} of what is asked for").into()) }
    }

    pub(crate) fn is_of_unit(&self, unit: &str) -> bool {
        self.unit.as_ref().is_none_or(|only| only == unit)
    }

    pub(crate) fn is_wanted(&self, status: Status) -> bool {
        self.only.is_empty() || self.only.iter().any(|word| word == status.code() || word == status.group().code())
    }
}

fn format(name: &str) -> Result<Format, lexopt::Error> {
    Ok(match name {
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
        other => return Err(format!("--format: '{other}'; expected text, markdown, json, csv, junit or sarif").into()),
    })
}

fn language(name: &str) -> Result<Language, lexopt::Error> {
    match name {
        "vi" => Ok(Language::Vietnamese),
        "en" => Ok(Language::English),
        other => Err(format!("--lang: '{other}'; expected vi or en").into()),
    }
}

/// Groups and statuses.
fn wanted(words: &str) -> Result<Vec<String>, lexopt::Error> {
    let groups = [Group::Good, Group::Warning, Group::Bad, Group::None];
    let is_known =
        |word: &str| groups.iter().any(|group| group.code() == word) || Status::ALL.iter().any(|status| status.code() == word);
    let one = |word: &str| match is_known(word) {
        true => Ok(word.to_owned()),
        false => Err(format!("--only: '{word}'; expected a group or a status").into()),
    };
    words.split(',').map(one).collect()
}

fn day(option: &str, value: OsString) -> Result<NaiveDate, lexopt::Error> {
    let text = value.string()?;
    parse_day(&text).ok_or_else(|| format!("{option}: '{text}' is not a day; expected YYYY-MM-DD").into())
}
