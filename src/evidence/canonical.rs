use serde::Serialize;

use crate::base::Fault;

/// The canonical JSON of a record (RFC 8785): the same value always gives the same bytes, so its digest means something.
pub fn canonical_json(value: &impl Serialize) -> Result<Vec<u8>, CanonicalError> {
    serde_json_canonicalizer::to_vec(value).map_err(|error| CanonicalError(error.to_string()))
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
