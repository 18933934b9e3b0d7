//! The hash that says which version of a plan a scorecard is of.

use std::fmt::Write;

use serde_json::Value;

use crate::plan::Plan;

impl Plan {
    /// The SHA-256 of the plan's canonical JSON, as `sha256:` and hexadecimal digits.
    ///
    /// Canonical: the fields of the document that are present, names sorted, no white space, numbers as the text that
    /// the plan holds. Comments and layout of a document play no part.
    #[must_use]
    pub fn hash(&self) -> String {
        let mut text = String::new();
        if let Ok(value) = serde_json::to_value(self.draft()) {
            canonical(&value, &mut text);
        }
        hmac_sha256::Hash::hash(text.as_bytes()).iter().fold("sha256:".to_owned(), |mut hash, byte| {
            // Writing to a string can not fail.
            let _ = write!(hash, "{byte:02x}");
            hash
        })
    }
}

/// Writes a value with its names sorted, whatever order the JSON library keeps them in.
fn canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<_> = fields.iter().collect();
            names.sort_by_key(|(name, _)| *name);
            text.push('{');
            for (place, (name, value)) in names.into_iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                canonical(value, text);
            }
            text.push('}');
        }
        Value::Array(entries) => {
            text.push('[');
            for (place, entry) in entries.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                canonical(entry, text);
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}
