//! A check as SARIF 2.1.0, for everything that shows findings beside the text they are about.

use std::collections::BTreeMap;
use std::io;

use serde_json::{Value, json};
use serde_sarif::sarif::{
    ArtifactLocation, Location, LogicalLocation, Message, MultiformatMessageString, PhysicalLocation, PropertyBag, Region,
    ReportingConfiguration, ReportingDescriptor, Result as Found, ResultLevel, Run, Sarif, Suppression, Tool, ToolComponent,
};

use crate::fault::Position;
use crate::plan::Language;
use crate::scorecard::check::{Case, Check, IdleWaiver, Outcome};

/// Where the published schema is found.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The rule of waivers that waive nothing; no id of a target has a blank.
const IDLE_WAIVER: &str = "waiver waives nothing";

/// The rule of severities that the policy gives to no target.
const UNKNOWN_TARGET: &str = "severity of no target";

/// The name of the fingerprint; its number counts the ways in which it was made up.
const FINGERPRINT: &str = "attainCase/v1";

impl Check<'_> {
    /// Writes the check as SARIF 2.1.0: a rule for each target, a result for each case that someone should look at.
    ///
    /// | outcome | level |
    /// | --- | --- |
    /// | failed, error | `error` |
    /// | warning | `warning` |
    /// | waived | `error`, suppressed, with the waiver as its justification |
    /// | skipped while reports are late | `note` |
    /// | else passed, skipped | no result; they are counted in the run's properties |
    ///
    /// A waiver that waives nothing and a severity of no target are results of the level `note`. A result stands where the plan's text has its target;
    /// `uri` says which file that is, as seen from where the results are read, and is taken as a path with `/` or `\` between
    /// its parts. The fingerprint of a result is that of its plan, target, unit and period, whatever its status. There is no
    /// clock in it: the same inputs give the same bytes.
    ///
    /// # Errors
    /// What the writer says.
    pub fn write_sarif(&self, mut writer: impl io::Write, uri: &str, language: Language) -> io::Result<()> {
        let uri = reference(uri);
        let mut rules: Vec<ReportingDescriptor> = Vec::new();
        let mut places: BTreeMap<&str, i64> = BTreeMap::new();
        for case in self.cases() {
            let target = &*case.assessment().target;
            if !places.contains_key(target) {
                places.insert(target, i64::try_from(rules.len()).unwrap_or(i64::MAX));
                rules.push(self.rule(case, language));
            }
        }
        let mut results: Vec<Found> = Vec::new();
        for case in self.cases().iter().filter(|case| case.is_to_be_told()) {
            let place = places.get(&*case.assessment().target).copied().unwrap_or(-1);
            results.push(self.result(case, place, &uri, language));
        }
        if !self.idle_waivers().is_empty() {
            let place = i64::try_from(rules.len()).unwrap_or(i64::MAX);
            rules.push(note_rule(IDLE_WAIVER, Check::idle_rule_in_words(language)));
            results.extend(self.idle_waivers().iter().map(|idle| self.idle_result(idle, place, &uri, language)));
        }
        if !self.unknown_targets().is_empty() {
            let place = i64::try_from(rules.len()).unwrap_or(i64::MAX);
            rules.push(note_rule(UNKNOWN_TARGET, Check::unknown_rule_in_words(language)));
            results.extend(self.unknown_targets().iter().map(|id| self.unknown_result(id, place, &uri, language)));
        }
        let driver = ToolComponent::builder().name("attain").version(env!("CARGO_PKG_VERSION")).rules(rules).build();
        let run = Run::builder()
            .tool(Tool::builder().driver(driver).build())
            .column_kind(json!("unicodeCodePoints"))
            .results(results)
            .properties(self.about())
            .build();
        let log = Sarif::builder().schema(SCHEMA).version(json!("2.1.0")).runs(vec![run]).build();
        serde_json::to_writer_pretty(&mut writer, &log).map_err(io::Error::from)?;
        writer.write_all(b"\n")
    }

    /// What the whole check is of, and how it came out.
    fn about(&self) -> PropertyBag {
        let card = self.scorecard();
        let counts = self.counts();
        let of = |outcome: &Outcome| (outcome.code().to_owned(), json!(counts.of(*outcome)));
        // In the order of their names, whatever order the JSON library keeps.
        let by_name: BTreeMap<String, Value> = Outcome::ALL.iter().map(of).collect();
        bag([
            ("plan", json!(card.plan().id())),
            ("planHash", json!(card.plan().hash())),
            ("asOf", json!(card.as_of().to_string())),
            ("knownOn", json!(card.known_on().to_string())),
            ("counts", Value::Object(by_name.into_iter().collect())),
        ])
    }

    fn rule(&self, case: &Case<'_>, language: Language) -> ReportingDescriptor {
        let about = self.rule_in_words(case, language);
        ReportingDescriptor::builder()
            .id(&*case.assessment().target)
            .short_description(text(about.name))
            .full_description(text(about.promise))
            .help(text(about.help))
            .default_configuration(level("error"))
            .build()
    }

    fn result(&self, case: &Case<'_>, rule: i64, uri: &str, language: Language) -> Found {
        let assessment = case.assessment();
        let position = case.position(self);
        let reasons: Vec<&str> = assessment.reasons.iter().map(|reason| reason.code()).collect();
        let found = Found::builder()
            .rule_id(&*assessment.target)
            .rule_index(rule)
            .level(match case.outcome() {
                Outcome::Warned => ResultLevel::Warning,
                Outcome::Skipped => ResultLevel::Note,
                _ => ResultLevel::Error,
            })
            // Viewers show the first line: what is wrong, then all of it.
            .message(
                Message::builder().text(format!("{}\n{}", self.headline(case, language), self.report(case, language))).build(),
            )
            .locations(vec![location(&case.name(), uri, position)])
            .partial_fingerprints(self.fingerprint(&case.name()))
            .properties(bag([
                ("outcome", json!(case.outcome().code())),
                ("status", json!(assessment.status.code())),
                ("row", json!(assessment.row)),
                ("reasons", json!(reasons)),
                ("unit", json!(&*assessment.unit)),
                ("period", json!(assessment.period_label())),
            ]));
        match case.waiver().filter(|_| case.outcome() == Outcome::Waived) {
            Some(waiver) => {
                let why = format!("{}: {} ({})", waiver.authority(), waiver.reason(), waiver.until());
                let suppression = Suppression::builder().kind(json!("external")).status(json!("accepted")).justification(why);
                found.suppressions(vec![suppression.build()]).build()
            }
            None => found.build(),
        }
    }

    fn idle_result(&self, idle: &IdleWaiver<'_>, rule: i64, uri: &str, language: Language) -> Found {
        let waiver = idle.waiver;
        let scope = [Some(waiver.target().to_owned()), waiver.unit().map(str::to_owned), waiver.period()];
        let name = scope.map(Option::unwrap_or_default).join("::");
        let plan = self.scorecard().plan();
        let target = plan.targets().iter().position(|target| target.id() == waiver.target());
        // One of the plan's own stands there; one from beside it is told where its target stands.
        let own = plan.waivers().iter().position(|own| std::ptr::eq(own, waiver));
        let position = own
            .and_then(|place| plan.position("waivers", place))
            .or_else(|| plan.position("targets", target.unwrap_or(usize::MAX)));
        Found::builder()
            .rule_id(IDLE_WAIVER)
            .rule_index(rule)
            .level(ResultLevel::Note)
            .message(Message::builder().text(self.idle_in_words(idle, language)).build())
            .locations(vec![location(&name, uri, position)])
            .partial_fingerprints(self.fingerprint(&format!("{name}::{}", waiver.until())))
            .build()
    }

    fn unknown_result(&self, id: &str, rule: i64, uri: &str, language: Language) -> Found {
        Found::builder()
            .rule_id(UNKNOWN_TARGET)
            .rule_index(rule)
            .level(ResultLevel::Note)
            .message(Message::builder().text(self.unknown_in_words(id, language)).build())
            .locations(vec![location(id, uri, None)])
            .partial_fingerprints(self.fingerprint(id))
            .build()
    }

    fn fingerprint(&self, name: &str) -> BTreeMap<String, String> {
        BTreeMap::from([(FINGERPRINT.to_owned(), format!("{}::{name}", self.scorecard().plan().id()))])
    }
}

fn note_rule(id: &str, what: &str) -> ReportingDescriptor {
    ReportingDescriptor::builder().id(id).short_description(text(what.to_owned())).default_configuration(level("note")).build()
}

fn text(text: String) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(text).build()
}

fn level(level: &str) -> ReportingConfiguration {
    ReportingConfiguration::builder().level(json!(level)).build()
}

fn bag<const N: usize>(properties: [(&str, Value); N]) -> PropertyBag {
    let properties = properties.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<BTreeMap<_, _>>();
    PropertyBag::builder().additional_properties(properties).build()
}

/// The case by its name, and where its target stands.
fn location(name: &str, uri: &str, position: Option<Position>) -> Location {
    let logical = LogicalLocation::builder().fully_qualified_name(name).build();
    let location = Location::builder().logical_locations(vec![logical]);
    let file = ArtifactLocation::builder().uri(uri).build();
    let physical = PhysicalLocation::builder().artifact_location(file);
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    match position {
        Some(Position { line, column }) => {
            let region = Region::builder().start_line(count(line)).start_column(count(column)).build();
            location.physical_location(physical.region(region).build()).build()
        }
        None => location.physical_location(physical.build()).build(),
    }
}

/// A path as a relative reference of a URI: what has a meaning there, and all that is not ASCII, is written in hexadecimal.
fn reference(path: &str) -> String {
    let mut reference = String::new();
    for byte in path.replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            reference.push(char::from(byte));
        } else {
            reference.push_str(&format!("%{byte:02X}"));
        }
    }
    reference
}
