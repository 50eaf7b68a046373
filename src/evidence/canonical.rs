use serde::Serialize;
use serde_json::{Number, Value};

use crate::base::Fault;

/// The largest integer that RFC 8785 tells from its neighbours: it writes numbers as JavaScript holds them.
const LARGEST: u64 = (1 << 53) - 1;

/// The canonical JSON of a record (RFC 8785): the same value always gives the same bytes, and other values give others, so
/// its digest means something. Numbers of which the second is not true are refused.
pub fn canonical_json(value: &impl Serialize) -> Result<Vec<u8>, CanonicalError> {
    let value = serde_json::to_value(value).map_err(|error| CanonicalError(error.to_string()))?;
    match inexact(&value) {
        Some(number) => Err(CanonicalError(format!("le nombre {number} n’y tient pas exactement"))),
        None => serde_json_canonicalizer::to_vec(&value).map_err(|error| CanonicalError(error.to_string())),
    }
}

/// A number that is not a small integer; records hold no other.
fn inexact(value: &Value) -> Option<&Number> {
    match value {
        Value::Number(number) => {
            let size = number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs));
            size.is_none_or(|size| size > LARGEST).then_some(number)
        }
        Value::Array(values) => values.iter().find_map(inexact),
        Value::Object(members) => members.values().find_map(inexact),
        Value::Null | Value::Bool(_) | Value::String(_) => None,
    }
}

/// A record that JSON cannot hold: a defect of ours.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("cet enregistrement ne peut pas être écrit : {0}")]
pub struct CanonicalError(String);

impl Fault for CanonicalError {
    fn code(&self) -> &'static str {
        "record_not_json"
    }
}

#[cfg(test)]
#[path = "../../tests/unit/evidence/canonical.rs"]
mod tests;
