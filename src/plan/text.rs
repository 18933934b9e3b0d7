//! Text in several languages.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A language that scorecards are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vietnamese,
    /// English.
    English,
}

impl Language {
    /// The code that documents use: `vi`, `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Vietnamese => "vi",
            Self::English => "en",
        }
    }
}

/// A text by language: `{ vi = "…", en = "…" }`, or one text for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalText(BTreeMap<String, String>);

/// The key of a text that stands for every language.
const EVERY: &str = "";

impl LocalText {
    /// The same text in every language.
    #[must_use]
    pub fn every(text: &str) -> Self {
        Self(BTreeMap::from([(EVERY.to_owned(), text.to_owned())]))
    }

    /// The text in `language`, else in the first language there is.
    #[must_use]
    pub fn get(&self, language: Language) -> Option<&str> {
        self.0.get(language.code()).or_else(|| self.0.values().next()).map(String::as_str)
    }

    /// Whether there is no text at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for LocalText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let (1, Some(text)) = (self.0.len(), self.0.get(EVERY)) {
            return serializer.serialize_str(text);
        }
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (language, text) in &self.0 {
            map.serialize_entry(language, text)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for LocalText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = LocalText;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text, or texts by language such as { vi = \"…\", en = \"…\" }")
            }
            fn visit_str<E>(self, text: &str) -> Result<LocalText, E> {
                Ok(LocalText::every(text))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LocalText, A::Error> {
                let mut texts = BTreeMap::new();
                while let Some((language, text)) = map.next_entry()? {
                    texts.insert(language, text);
                }
                Ok(LocalText(texts))
            }
        }
        deserializer.deserialize_any(Texts)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for LocalText {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "LocalText".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A text, or texts by language code.",
            "oneOf": [{ "type": "string" }, { "type": "object", "additionalProperties": { "type": "string" } }]
        })
    }
}
