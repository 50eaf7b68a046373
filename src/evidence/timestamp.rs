//! RFC 3161 timestamps: the request, the reading of the answer, the strict verification of a token.

use serde::{Deserialize, Serialize};

use super::Digest;
use crate::base::{Fault, Instant};

/// The DER of a `TimeStampReq` for `digest`: SHA-256 imprint, `nonce`, `certReq` true.
pub fn request(_digest: &Digest, _nonce: &[u8; 16]) -> Result<Vec<u8>, TimestampError> {
    Err(TimestampError::Malformed)
}

/// What an answer of a timestamp service says, after the checks that need no root: status granted, imprint, nonce.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The service's time.
    pub gen_time: Instant,
    /// Serial number, hexadecimal.
    pub serial: String,
    /// Policy, dotted.
    pub policy: String,
    /// Name of the service, from its certificate.
    pub tsa: String,
}

/// Reads a whole answer (`.tsr`) and checks that it is a granted token over `digest`, for `nonce` when it is known.
pub fn read(_tsr: &[u8], _digest: &Digest, _nonce: Option<&[u8; 16]>) -> Result<Token, TimestampError> {
    Err(TimestampError::Malformed)
}

/// Why a timestamp cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimestampError {
    /// Not a timestamp answer.
    #[error("la réponse du service d’horodatage est illisible")]
    Malformed,
}

impl Fault for TimestampError {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "timestamp_malformed",
        }
    }
}
