//! The JSON Schemas of the documents, generated from the types that read and write them.
//!
//! The types leave every field of a draft optional, so that a reader can name all faults at once; what a document has to
//! have is said here. Names are sorted throughout, whatever order the JSON library keeps them in: the same types give
//! the same bytes.

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::difference::{DIFFERENCE_FORMAT, DifferenceDocument};
use super::margins::{MARGINS_FORMAT, MarginsDocument};
use super::scorecard::{SCORECARD_FORMAT, ScorecardDocument};
use crate::assess::{Group, Reason, Status};
use crate::facts::{FACTS_FORMAT, FactsDraft};
use crate::plan::{PLAN_FORMAT, PlanDraft, WAIVERS_FORMAT, WaiversDraft};
use crate::scorecard::{TimeEventKind, Turn};

/// What a target may require; exactly one of these.
const REQUIREMENTS: [&str; 10] =
    ["at_least", "at_most", "above", "below", "exactly", "between", "reduce_by", "increase_by", "improve", "deliver"];

/// What a waiver has to say.
const WAIVER: [&str; 4] = ["target", "authority", "reason", "until"];

/// The JSON Schema of a plan, format `attain-plan/1`.
#[must_use]
pub fn plan_schema() -> Value {
    let mut schema = Document::of::<PlanDraft>(SchemaSettings::draft2020_12().for_deserialize());
    schema.head(PLAN_FORMAT, "A plan: what was promised, by whom, until when");
    schema.require("", &["format", "plan"]);
    schema.require("HeaderDraft", &["id", "owner", "start"]);
    schema.require("UnitDraft", &["id"]);
    schema.require("IndicatorDraft", &["id", "kind"]);
    schema.require("TargetDraft", &["id", "indicator"]);
    schema.require("RemarkDraft", &["why"]);
    schema.require("WaiverDraft", &WAIVER);
    schema.require("PathPointDraft", &["on", "value"]);
    schema.require("OutlookDraft", &["whole"]);
    schema.require("ScopeTable", &["at_least"]);
    // What is null is absent.
    let one_of = |names: &[&str]| -> Value {
        names.iter().map(|name| json!({ "required": [name], "properties": { *name: { "not": { "type": "null" } } } })).collect()
    };
    schema.set("TargetDraft", "allOf", json!([{ "oneOf": one_of(&REQUIREMENTS) }, { "oneOf": one_of(&["by", "every"]) }]));
    schema.finish()
}

/// The JSON Schema of facts, format `attain-facts/1`.
#[must_use]
pub fn facts_schema() -> Value {
    let mut schema = Document::of::<FactsDraft>(SchemaSettings::draft2020_12().for_deserialize());
    schema.head(FACTS_FORMAT, "Facts: what was reported, one entry each");
    schema.require("", &["format", "facts"]);
    schema.require("FactDraft", &["indicator", "period"]);
    schema.finish()
}

/// The JSON Schema of the waivers beside a plan, format `attain-waivers/1`.
#[must_use]
pub fn waivers_schema() -> Value {
    let mut schema = Document::of::<WaiversDraft>(SchemaSettings::draft2020_12().for_deserialize());
    schema.head(WAIVERS_FORMAT, "Waivers: failures that an authority excuses until a day");
    schema.require("", &["format", "waivers"]);
    schema.require("WaiverDraft", &WAIVER);
    schema.finish()
}

/// The JSON Schema of a scorecard, format `attain-scorecard/1`.
#[must_use]
pub fn scorecard_schema() -> Value {
    let mut schema = Document::of::<ScorecardDocument>(SchemaSettings::draft2020_12().for_serialize());
    schema.head(SCORECARD_FORMAT, "A scorecard: every verdict, the numbers behind it, and why");
    schema.verdicts("AssessmentDocument");
    schema.set_property("UnitDocument", "status", "enum", statuses());
    schema.undefined();
    schema.finish()
}

/// The JSON Schema of a difference, format `attain-difference/1`.
#[must_use]
pub fn difference_schema() -> Value {
    let mut schema = Document::of::<DifferenceDocument>(SchemaSettings::draft2020_12().for_serialize());
    schema.head(DIFFERENCE_FORMAT, "A difference: what changed between two scorecards, and why");
    schema.verdicts("StandingDocument");
    schema.undefined();
    schema.require("FactDraft", &["indicator", "unit", "period"]);
    let turns = codes([Turn::Better, Turn::Worse, Turn::Other, Turn::None].iter().map(|turn| turn.code()));
    schema.set_property("ChangedDocument", "turn", "enum", turns);
    schema.set_property("FactCauseDocument", "what", "enum", json!(["fact_added", "fact_revised", "fact_gone"]));
    schema.set_property("PlanCauseDocument", "what", "const", "plan_changed".into());
    schema.set_property("PlanCauseDocument", "entry", "enum", json!(["plan", "unit", "indicator", "target"]));
    schema.set_property("TimeCauseDocument", "what", "const", "time_passed".into());
    let events = codes(TimeEventKind::ALL.iter().map(|event| event.code()));
    schema.set_property("TimeEventDocument", "what", "enum", events);
    schema.finish()
}

/// The JSON Schema of margins, format `attain-margins/1`.
#[must_use]
pub fn margins_schema() -> Value {
    let mut schema = Document::of::<MarginsDocument>(SchemaSettings::draft2020_12().for_serialize());
    schema.head(MARGINS_FORMAT, "Margins: how little would have turned each verdict");
    schema.verdicts("MarginDocument");
    schema.verdicts("FlipDocument");
    schema.undefined();
    schema.require("FactDraft", &["indicator", "unit", "period"]);
    schema.set_property("ColumnChangeDocument", "direction", "enum", json!(["up", "down"]));
    schema.finish()
}

fn statuses() -> Value {
    codes(Status::ALL.iter().map(|status| status.code()))
}

fn reasons() -> Value {
    codes(Reason::ALL.iter().map(|reason| reason.code()))
}

fn codes(codes: impl Iterator<Item = &'static str>) -> Value {
    codes.map(Value::from).collect()
}

/// A schema in the making.
struct Document(Value);

impl Document {
    fn of<T: JsonSchema>(settings: SchemaSettings) -> Self {
        let schema: Schema = SchemaGenerator::new(settings).into_root_schema_for::<T>();
        Self(schema.to_value())
    }

    fn head(&mut self, format: &str, title: &str) {
        let name = format.replace('/', ":");
        self.set("", "$id", format!("urn:{name}").into());
        self.set("", "title", title.into());
        self.set_property("", "format", "const", format.into());
    }

    /// The definition of a type; the root under `""`.
    fn definition(&mut self, name: &str) -> Option<&mut Map<String, Value>> {
        let root = self.0.as_object_mut()?;
        if name.is_empty() {
            return Some(root);
        }
        root.get_mut("$defs")?.get_mut(name)?.as_object_mut()
    }

    fn set(&mut self, definition: &str, key: &str, value: Value) {
        if let Some(definition) = self.definition(definition) {
            definition.insert(key.to_owned(), value);
        }
    }

    fn property(&mut self, definition: &str, property: &str) -> Option<&mut Map<String, Value>> {
        self.definition(definition)?.get_mut("properties")?.get_mut(property)?.as_object_mut()
    }

    fn set_property(&mut self, definition: &str, property: &str, key: &str, value: Value) {
        if let Some(property) = self.property(definition, property) {
            property.insert(key.to_owned(), value);
        }
    }

    /// Demands properties, which then are never null.
    fn require(&mut self, definition: &str, properties: &[&str]) {
        self.set(definition, "required", properties.iter().copied().map(Value::from).collect());
        for name in properties {
            if let Some(property) = self.property(definition, name) {
                never_null(property);
            }
        }
    }

    /// Names the statuses, groups and reasons that there are.
    fn verdicts(&mut self, definition: &str) {
        let groups = codes([Group::Good, Group::Warning, Group::Bad, Group::None].iter().map(|group| group.code()));
        self.set_property(definition, "status", "enum", statuses());
        self.set_property(definition, "group", "enum", groups);
        self.set_property(definition, "reasons", "items", json!({ "enum": reasons() }));
    }

    /// Names the reasons for which something can be undefined.
    fn undefined(&mut self) {
        self.everywhere("undefined", &mut |property| {
            property.insert("enum".to_owned(), reasons());
        });
    }

    /// Changes every property of a name.
    fn everywhere(&mut self, name: &str, change: &mut impl FnMut(&mut Map<String, Value>)) {
        walk(&mut self.0, &mut |object| {
            if let Some(property) = object.get_mut("properties").and_then(|all| all.get_mut(name)).and_then(Value::as_object_mut)
            {
                change(property);
            }
        });
    }

    fn finish(mut self) -> Value {
        walk(&mut self.0, &mut |object| {
            // The rest of a description speaks to those who program with the type.
            if let Some(Value::String(description)) = object.get_mut("description")
                && let Some((first, _)) = description.split_once("\n\n")
            {
                *description = first.to_owned();
            }
            // A default of nothing says nothing.
            if matches!(object.get("default"), Some(Value::Null)) || object.get("default").is_some_and(is_empty) {
                object.remove("default");
            }
            if object.get("type").is_some_and(|kind| kind == "object") && object.contains_key("properties") {
                object.insert("additionalProperties".to_owned(), false.into());
            }
        });
        sorted(self.0)
    }
}

fn is_empty(value: &Value) -> bool {
    value.as_object().is_some_and(Map::is_empty) || value.as_array().is_some_and(Vec::is_empty)
}

/// Takes `null` out of what a property may be.
fn never_null(property: &mut Map<String, Value>) {
    let is_null = |value: &Value| *value == json!("null") || *value == json!({ "type": "null" });
    if let Some(types) = property.get_mut("type") {
        if let Some(list) = types.as_array_mut() {
            list.retain(|one| !is_null(one));
        }
        if let Some([only]) = types.as_array().map(Vec::as_slice) {
            *types = only.clone();
        }
    }
    let Some(mut choices) = property.remove("anyOf") else { return };
    if let Some(list) = choices.as_array_mut() {
        list.retain(|one| !is_null(one));
        if let [Value::Object(only)] = list.as_slice() {
            property.extend(only.clone());
            return;
        }
    }
    property.insert("anyOf".to_owned(), choices);
}

/// Visits every object of a schema, but for the names of properties, which are not schemas.
fn walk(value: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            visit(object);
            for (key, value) in object.iter_mut() {
                match value {
                    Value::Object(named) if matches!(key.as_str(), "properties" | "$defs") => {
                        named.values_mut().for_each(|value| walk(value, visit));
                    }
                    value => walk(value, visit),
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| walk(value, visit)),
        _ => {}
    }
}

/// The same value with its names in order, and with lists of names in order.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let mut fields: Vec<(String, Value)> = object.into_iter().collect();
            fields.sort_by(|(a, _), (b, _)| a.cmp(b));
            let field = |(name, value): (String, Value)| {
                let mut value = sorted(value);
                if let (true, Some(names)) = (name == "required", value.as_array_mut()) {
                    names.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
                }
                (name, value)
            };
            // In this order a map that keeps the order of insertion is sorted too.
            Value::Object(fields.into_iter().map(field).collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(sorted).collect()),
        other => other,
    }
}
