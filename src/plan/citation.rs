//! Where a promise stands, word for word.

use serde::{Deserialize, Serialize};

use crate::time::Day;

/// The legal document that a plan was issued in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct DocumentReference {
    /// Its number: `333/QĐ-SKHCN`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The day it was signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
    /// Who issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
}

/// The clause behind a target or remark.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Citation {
    /// The document, where it is not the plan's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The section: `II.2.a`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The line in the text of the document, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The clause, word for word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// A hash of the cited text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
}
