use serde::{Deserialize, Serialize};

use crate::base::Instant;

/// What the verifier found in a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyView {
    /// The answer in one word.
    pub verdict: Verdict,
    /// All that is wrong, or not established.
    pub problems: Vec<ProblemView>,
    /// The time tokens found.
    pub tokens: Vec<TokenView>,
    /// How many files were looked at.
    pub files: u32,
}

/// How far a pack can be relied upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Bytes, chain, signature and at least one trusted time.
    Intact,
    /// Bytes and chain are right; time or key are not established.
    Partial,
    /// Anything else.
    Refused,
}

/// One thing that is wrong, or not established.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemView {
    /// The file concerned.
    pub file: Option<String>,
    /// The journal entry concerned.
    pub entry: Option<u64>,
    /// Stable code; the pages translate it (`problem_<code>`).
    pub code: String,
    /// In French.
    pub message: String,
}

/// One time token of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenView {
    /// The file that holds it.
    pub file: String,
    /// Name of the service, from its certificate.
    pub tsa: Option<String>,
    /// The time that it gives.
    pub gen_time: Option<Instant>,
    /// Whether it stands under a root that the verifier trusts.
    pub trusted: bool,
}
