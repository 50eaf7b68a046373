use serde::{Deserialize, Serialize};

use crate::base::Instant;

/// What the verifier found in a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyView {
    /// The answer in one word.
    pub verdict: Verdict,
    /// What is wrong.
    pub problems: Vec<ProblemView>,
    /// What is not established: neither right nor wrong.
    pub doubts: Vec<ProblemView>,
    /// The time tokens found.
    pub tokens: Vec<TokenView>,
    /// How many files were looked at.
    pub files: u64,
    /// Made by the demo flavour: proves nothing.
    pub demo: bool,
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
    /// What it is worth.
    pub state: TokenState,
}

/// What a time token is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenState {
    /// Right, under a root that the verifier trusts.
    Verified,
    /// Neither right nor wrong: no trusted root, or an algorithm that is not covered.
    NotEstablished,
    /// Wrong.
    Refused,
}
