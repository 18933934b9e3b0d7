//! Derives a scorecard document again from its own steps, and says whatever does not fit.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde_json::Value as Json;

use super::formulas::{Inputs, evaluate};
use super::value::{Value, decimal, whole};

const SEMANTICS: &str = include_str!("../../../docs/SEMANTICS.md");

/// The named formulas of the normative page: name, version, expression.
pub(super) fn table() -> &'static [[&'static str; 3]] {
    static TABLE: OnceLock<Vec<[&'static str; 3]>> = OnceLock::new();
    TABLE.get_or_init(read_table)
}

fn read_table() -> Vec<[&'static str; 3]> {
    let rows =
        SEMANTICS.lines().skip_while(|line| !line.starts_with("| formula |")).skip(2).take_while(|line| line.starts_with("| `"));
    let cells = |row: &'static str| -> [&str; 3] {
        let cells: Vec<&str> = row.trim_matches('|').splitn(3, " | ").map(str::trim).collect();
        [cells[0].trim_matches('`'), cells[1], cells[2]]
    };
    rows.map(cells).collect()
}

/// A scorecard document with the documents that it was made of.
pub(crate) struct Documents {
    pub(crate) plan: Json,
    pub(crate) facts: Json,
    pub(crate) card: Json,
}

/// What nothing derives, with the reason; everything else that is a number has a step.
const NOT_DERIVED: [(&str, &str); 8] = [
    ("row", "a row of the table, and the rows above it say why"),
    ("coverage", "counts of reports, the missing ones by name"),
    ("level", "a setting of the plan, and an input of the steps"),
    ("points", "how many values the series of the steps has"),
    ("degrees_of_freedom", "that number less 2"),
    ("step", "the length of a step of the series"),
    ("trend", "a test beside the forecast that nothing rests on"),
    ("backtest", "errors of other methods beside the forecast that nothing rests on"),
];

/// Fields that are names, labels or days.
const NAMES: [&str; 13] =
    ["target", "key", "indicator", "unit", "period", "on", "first", "last", "due", "lost_since", "citation", "steps", "rows"];

impl Documents {
    /// Everything that does not fit.
    pub(super) fn faults(&self) -> Vec<String> {
        let assessments = self.card["assessments"].as_array().unwrap();
        assessments.iter().flat_map(|of| Derived { documents: self, of }.faults()).collect()
    }
}

struct Derived<'d> {
    documents: &'d Documents,
    of: &'d Json,
}

fn text(json: &Json) -> &str {
    json.as_str().unwrap_or_default()
}

impl Derived<'_> {
    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut results: Vec<(String, Value)> = Vec::new();
        let mut published: BTreeSet<String> = BTreeSet::new();
        for (place, step) in self.of["steps"].as_array().unwrap().iter().enumerate() {
            let name = format!("{} step {} {}", self.name(), place + 1, text(&step["formula"]));
            if step["step"] != place + 1 {
                faults.push(format!("{name}: numbered {}", step["step"]));
            }
            let result = exact(&step["result"], &step["exact"]);
            if let Err(fault) = self.check(step, &results, &result) {
                faults.push(format!("{name}: {fault}"));
            }
            if let Some(of) = step["of"].as_str() {
                let shown = self.shown(of);
                if shown.as_deref() != Some(text(&step["result"])) {
                    faults.push(format!("{name}: {of} is {shown:?}, the step says {}", step["result"]));
                }
                if !published.insert(of.to_owned()) {
                    faults.push(format!("{name}: {of} is derived twice"));
                }
            }
            results.push((text(&step["result"]).to_owned(), result));
        }
        let mut numbers = Vec::new();
        leaves(self.of, &mut Vec::new(), &mut numbers);
        let underived = numbers.into_iter().filter(|path| !published.contains(path));
        faults.extend(underived.map(|path| format!("{}: nothing derives {path}", self.name())));
        faults.extend(self.rows());
        faults
    }

    fn name(&self) -> String {
        format!("{} {} {}", text(&self.of["target"]), text(&self.of["unit"]), text(&self.of["period"]))
    }

    /// The published field as text.
    fn shown(&self, path: &str) -> Option<String> {
        let pointer = format!("/{}", path.replace('.', "/"));
        match self.of.pointer(&pointer)? {
            Json::String(text) => Some(text.clone()),
            Json::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    fn check(&self, step: &Json, before: &[(String, Value)], result: &Value) -> Result<(), String> {
        let formula = text(&step["formula"]);
        let known = table().iter().find(|[name, ..]| *name == formula).ok_or("the table does not know it")?;
        if step["version"].as_u64() != known[1].parse().ok() {
            return Err(format!("version {}, the table has {}", step["version"], known[1]));
        }
        let (inputs, sources) = (step["inputs"].as_object().unwrap(), step["sources"].as_object().unwrap());
        if !inputs.keys().eq(sources.keys()) {
            return Err("the sources are not those of the inputs".to_owned());
        }
        let mut values = BTreeMap::new();
        for (name, input) in inputs {
            let value = self.input(name, text(input), &sources[name], before).map_err(|fault| format!("{name}: {fault}"))?;
            values.insert(name.clone(), value);
        }
        let made = evaluate(formula, &Inputs(values))?;
        if !made.agrees(result) {
            return Err(format!("{} comes of the inputs, the step says {}", made.written(), result.written()));
        }
        let is_rounded = matches!(made, Value::Estimate(_)) || result.written() == text(&step["result"]);
        if is_rounded { Ok(()) } else { Err(format!("{} is rounded to {}", result.written(), step["result"])) }
    }

    /// The exact value of an input, once its source has been found.
    fn input(&self, name: &str, shown: &str, source: &Json, before: &[(String, Value)]) -> Result<Value, String> {
        let value = exact(&Json::from(shown), &source["exact"]);
        let fields: Vec<&str> = source.as_object().unwrap().keys().map(String::as_str).filter(|key| *key != "exact").collect();
        let [field] = fields.as_slice() else { return Err(format!("sources {fields:?}")) };
        let of = &source[*field];
        if value.written() != shown && *field != "step" {
            return Err(format!("{} is written {shown}", value.written()));
        }
        let is_there = match *field {
            "step" => {
                let place = of.as_u64().and_then(|number| usize::try_from(number).ok()).and_then(|number| number.checked_sub(1));
                let (written, exact) = place.and_then(|place| before.get(place)).ok_or("a step that is not before it")?;
                return if written == shown { Ok(exact.clone()) } else { Err(format!("the step gave {written}, not {shown}")) };
            }
            "fact" => self.has_fact(of, &value),
            "clause" => self.has_clause(name, of, &value),
            "setting" if text(of) == "tolerance" => self.has_tolerance(&value),
            "setting" if text(of) == "phases" => self.has_phase(&value),
            "setting" if name == "places" => text(of) == "compare_rounded" && self.is_of_target(of, "scale", &value),
            "setting" => ["unit", "compare_rounded", "survey", "forecast", "bounds", "direction"].contains(&text(of)),
            "weight" => self.has_weight(text(of), &value),
            "unit" => self.of["units"].as_array().is_some_and(|units| {
                units.iter().any(|unit| unit["unit"] == *of && Value::Word(text(&unit["status"]).to_owned()) == value)
            }),
            "is" => match text(of) {
                "calendar" => true,
                "units_reporting" => self.of["contributions"].as_array().is_some_and(|all| {
                    let count = i64::try_from(all.len()).unwrap();
                    (1..=count).any(|count| Value::Number(whole(count)) == value)
                }),
                "as_of" => self.documents.card["as_of"] == shown,
                "not_reported" => shown == "0",
                _ => false,
            },
            _ => false,
        };
        if is_there { Ok(value) } else { Err(format!("no such source of {shown}: {source}")) }
    }

    fn has_fact(&self, of: &Json, value: &Value) -> bool {
        let owner = &self.documents.plan["plan"]["owner"];
        let facts = self.documents.facts["facts"].as_array().unwrap();
        facts.iter().any(|fact| {
            let unit = fact.get("unit").unwrap_or(owner);
            let same = fact["indicator"] == of["indicator"] && *unit == of["unit"] && fact["period"] == of["period"];
            let known = fact.get("recorded_on") == of.get("recorded_on") && fact.get("source") == of.get("source");
            let column = text(&of["column"]);
            let says = match column {
                // The days of a period are the calendar's; a thing that is done without a number is one.
                "period" => true,
                "value" if fact.get("value").is_none() => {
                    *value == Value::read(if fact.get("done_on").is_some() { "1" } else { "0" })
                }
                _ => fact.get(column).is_some_and(|said| said_equals(said, value)),
            };
            same && known && says
        })
    }

    fn target(&self, id: &Json) -> Option<&Json> {
        let targets = self.documents.plan["targets"].as_array().unwrap();
        targets.iter().find(|target| target["id"] == *id)
    }

    /// The tolerance of the target; none for an improvement, and where nothing is said.
    fn has_tolerance(&self, value: &Value) -> bool {
        let target = self.target(&self.of["target"]);
        let said = target.filter(|target| target.get("improve").is_none()).and_then(|target| target.get("tolerance"));
        said.map_or_else(|| *value == Value::read("0"), |said| said_equals(said, value))
    }

    fn has_phase(&self, value: &Value) -> bool {
        let phases = self.target(&self.of["target"]).and_then(|target| target.get("phases")).and_then(Json::as_array);
        phases.is_some_and(|phases| phases.iter().any(|phase| said_equals(phase, value)))
    }

    /// A field of a setting, of the target or else of the plan.
    fn is_of_target(&self, setting: &Json, field: &str, value: &Value) -> bool {
        let of = |json: &Json| json.get(text(setting)).and_then(|given| given.get(field)).cloned();
        let said = self.target(&self.of["target"]).and_then(of).or_else(|| of(&self.documents.plan["plan"]));
        said.or_else(|| of(&self.documents.plan)).is_some_and(|said| said_equals(&said, value))
    }

    /// What the plan says in a field of a target; a flag is 1 where the requirement leaves its threshold out.
    fn has_clause(&self, name: &str, of: &Json, value: &Value) -> bool {
        let Some(target) = self.target(&of["target"]) else { return false };
        let cited = target.get("citation").cloned().unwrap_or_default();
        let is_cited = of.get("section") == cited.get("section").filter(|section| !section.is_null())
            && of.get("line") == cited.get("line").filter(|line| !line.is_null());
        let field = text(&of["field"]);
        let says = match (field, target.get(field)) {
            // The due day of a recurring target is the calendar's unless it says otherwise.
            ("due", None) => target.get("every").is_some(),
            (_, None) => false,
            (_, Some(_)) if name == "strict" || name == "open" || name.ends_with("_open") => {
                *value == Value::read(if matches!(field, "above" | "below" | "improve") { "1" } else { "0" })
            }
            ("between", Some(said)) => said.as_array().is_some_and(|ends| ends.iter().any(|end| said_equals(end, value))),
            ("baseline", Some(said)) if said.get("value").is_some() => {
                ["value", "on"].iter().any(|part| said_equals(&said[part], value))
            }
            // The day of any other is the calendar's; its value has facts.
            ("baseline", Some(_)) => matches!(value, Value::Day(_)),
            ("by", Some(said)) => {
                matches!((value, Value::read(text(said))), (Value::Day(due), Value::Day(said)) if *due == said)
                    || is_label(said, value)
            }
            ("points", Some(said)) => {
                let has = |point: &Json| said_equals(&point["value"], value) || said_equals(&point["on"], value);
                said.as_array().is_some_and(|points| points.iter().any(has))
            }
            ("outlook", Some(said)) => said_equals(&said["whole"], value),
            ("due", Some(_)) => matches!(value, Value::Day(_)),
            ("deliver", Some(Json::Bool(true))) => *value == Value::read("1"),
            ("scope", Some(said)) => match said.get("at_least") {
                Some(count) => said_equals(count, value),
                // Every unit has to hold.
                None => self.of["units"]
                    .as_array()
                    .is_some_and(|units| *value == Value::Number(whole(units.len().try_into().unwrap()))),
            },
            (_, Some(said)) => said_equals(said, value),
        };
        is_cited && says
    }

    fn has_weight(&self, unit: &str, value: &Value) -> bool {
        let indicators = self.documents.plan["indicators"].as_array().unwrap();
        let about = indicators.iter().find(|about| about["id"] == self.of["indicator"]);
        about.and_then(|about| about.get("weights")?.get(unit)).is_some_and(|said| said_equals(said, value))
    }

    /// Every row above the one that fired has its reason, in order.
    fn rows(&self) -> Option<String> {
        let none = Vec::new();
        let rows = self.of["rows"].as_array().unwrap_or(&none);
        let fired = self.of["row"].as_u64().unwrap();
        let numbers: Vec<u64> = rows.iter().filter_map(|row| row["row"].as_u64()).collect();
        let known = rows.iter().all(|row| attain::assess::WhyNot::ALL.iter().any(|why| why.code() == text(&row["because"])));
        let complete = numbers == (1..fired).collect::<Vec<u64>>() && known;
        (!complete).then(|| format!("{}: row {fired}, above it {rows:?}", self.name()))
    }
}

/// Whether a day is due by a period that the plan names.
fn is_label(said: &Json, value: &Value) -> bool {
    matches!((Value::read(text(said)), value), (Value::Word(_) | Value::Number(_), Value::Day(_)))
}

/// Whether a plan or fact says a value, in whatever form.
fn said_equals(said: &Json, value: &Value) -> bool {
    let said = match said {
        Json::String(text) => text.trim_end_matches('%').to_owned(),
        other => other.to_string(),
    };
    Value::read(&said) == *value
}

/// The exact fraction where there is one, else what is written.
fn exact(written: &Json, exact: &Json) -> Value {
    exact.as_str().and_then(decimal).map_or_else(|| Value::read(text(written)), Value::Number)
}

/// Every published number, and the words and days that steps derive.
fn leaves(json: &Json, path: &mut Vec<String>, found: &mut Vec<String>) {
    match json {
        Json::Object(fields) => {
            for (name, value) in fields {
                let exempt = NOT_DERIVED.iter().any(|(field, _)| field == name) && !(name == "points" && value.is_string());
                if NAMES.contains(&name.as_str()) || exempt {
                    continue;
                }
                path.push(name.clone());
                leaves(value, path, found);
                path.pop();
            }
        }
        // Lists of texts are lists of names.
        Json::Array(list) => {
            for (place, value) in list.iter().enumerate().filter(|(_, value)| value.is_object()) {
                path.push(place.to_string());
                leaves(value, path, found);
                path.pop();
            }
        }
        Json::Number(_) => found.push(path.join(".")),
        Json::String(text) => {
            let is_derived_word =
                matches!(path.join(".").as_str(), "cases.feasibility" | "survey.certainty" | "forecast.reached_on");
            if decimal(text).is_some() || is_derived_word {
                found.push(path.join("."));
            }
        }
        Json::Bool(_) | Json::Null => {}
    }
}
