use serde::{Deserialize, Serialize};

use crate::{
    base::{Fault, Instant},
    evidence::{Digest, Head},
};

/// What a verification found. Keys are those of `temoin verify`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The answer.
    pub verdict: Verdict,
    /// The answer in one French sentence that a lay person understands.
    pub summary: String,
    /// What is wrong; empty unless refused.
    pub problems: Vec<Problem>,
    /// What is not established: neither right nor wrong.
    pub doubts: Vec<Problem>,
    /// What a reader should know and what changes nothing: a pack packed again, a new key, a service that is not known beside one that is.
    #[serde(default)]
    pub notes: Vec<Problem>,
    /// Format of the pack.
    pub format: u32,
    /// Timestamps over the seals, the journal and the pack.
    pub tokens: Vec<TokenReport>,
    /// Signature of the device.
    pub signature: Signature,
    /// How many files.
    pub files: u64,
    /// How many bytes they hold.
    pub bytes: u64,
    /// The cases, with the heads to compare with what was noted elsewhere: nothing in a pack shows that the end of a
    /// journal was cut off before the pack was made.
    pub cases: Vec<CaseReport>,
}

/// The answer of a verification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Bytes, chain and signature right, and each piece dated by a token under a root that the reader trusts: its own, or one over
    /// the whole pack.
    Intact,
    /// Bytes and chain right; time or key not established.
    Partial,
    /// Anything else.
    Refused,
}

/// One thing that is wrong or not established.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// The file at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line of `journal.jsonl` at fault, from 0, as `seq` counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
    /// Stable code.
    pub code: String,
    /// In French.
    pub message: String,
}

/// A timestamp token and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenReport {
    /// Its file.
    pub file: String,
    /// What it dates.
    pub subject: Subject,
    /// The piece that it dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub piece: Option<u64>,
    /// The line of `journal.jsonl`, from 0, up to which it dates the journal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
    /// What it certifies: the digest of a file, or of a link of the journal.
    pub imprint: Digest,
    /// Address of the service, as the pack says.
    pub service: String,
    /// What it is worth.
    pub state: TokenState,
    /// The service's time, when the token can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gen_time: Option<Instant>,
    /// Seconds between the device's clock, when it wrote what is dated, and that time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap_seconds: Option<i64>,
    /// Name of the service, from its certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tsa: Option<String>,
    /// Serial number, hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// The trusted root, when it is verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
}

/// What a token dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The seal of one piece: `pieces/NNNN/manifest.json`.
    Piece,
    /// The journal up to an entry.
    Entry,
    /// All pieces: `pieces/SHA256SUMS`.
    Pieces,
    /// The whole pack: `SHA256SUMS`.
    Pack,
}

/// What a token is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenState {
    /// Right, under a trusted root.
    Verified,
    /// Not established: no trusted root, or an algorithm that is not covered.
    NotEstablished,
    /// Wrong.
    Refused,
}

/// The signature of the device that made the pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// What it is worth.
    pub state: SignatureState,
    /// Fingerprint of the key (SHA-256 of its DER): who made the pack shows by comparing it with the one that the person gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Digest>,
}

/// What a signature is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureState {
    /// There is none.
    Absent,
    /// Made by the key that stands in the pack.
    Verified,
    /// Wrong.
    Refused,
}

/// One case of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseReport {
    /// Id.
    pub id: String,
    /// How many entries its journal has.
    pub entries: u64,
    /// The end of its journal.
    pub head: Head,
    /// How many captures.
    pub pieces: u64,
    /// Made by the demo flavour.
    pub demo: bool,
}

impl Problem {
    /// A fault, at a file or a line.
    pub(super) fn of(file: Option<&str>, entry: Option<u64>, fault: &impl Fault) -> Self {
        Self { file: file.map(str::to_owned), entry, code: fault.code().to_owned(), message: fault.to_string() }
    }
}

impl Verdict {
    /// The answer in one sentence; a refusal says its first reason.
    pub(super) fn summary(self, problems: &[Problem]) -> String {
        match self {
            Self::Intact => {
                "Ce dossier est intact : ses fichiers, son journal, sa signature et son horodatage sont vérifiés."
                    .to_owned()
            }
            Self::Partial => {
                "Les fichiers et le journal de ce dossier sont intacts ; l’heure ou la signature n’est pas établie."
                    .to_owned()
            }
            Self::Refused => {
                let first = problems.first().map(|problem| problem.message.as_str()).unwrap_or_default();
                let others = match problems.len() {
                    0 | 1 => String::new(),
                    2 => " (et un autre problème)".to_owned(),
                    more => format!(" (et {} autres problèmes)", more - 1),
                };
                format!("Ce dossier est refusé : {first}{others}.")
            }
        }
    }
}
