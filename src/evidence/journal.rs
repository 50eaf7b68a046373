use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{CanonicalError, Digest, canonical_json};
use crate::base::{Fault, Instant};

/// Version of the chain's form.
pub const JOURNAL_VERSION: u32 = 1;

/// One link of a case's journal. The chain knows nothing of what the body means: it holds its digest, so a body can be
/// erased (a personal text, a purge) without breaking the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// [`JOURNAL_VERSION`].
    pub version: u32,
    /// Id of the case: a link cannot be moved to another chain.
    pub case: String,
    /// Position, from 0.
    pub seq: u64,
    /// Kind of the entry (`captured`, `sealed`, …).
    pub kind: String,
    /// Device clock when it was written.
    pub at: Instant,
    /// Digest of the body's canonical JSON.
    pub body_digest: Digest,
    /// Digest of the previous link's canonical JSON; none for the first.
    pub prev: Option<Digest>,
}

/// A link with its body, as stored and as one line of `journal.jsonl`. `body` is null once erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The link.
    pub link: Link,
    /// What it says.
    pub body: Option<Value>,
}

/// The end of a chain: all before it is fixed by its digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Position of the last link.
    pub seq: u64,
    /// Digest of the last link's canonical JSON.
    pub digest: Digest,
}

impl Record {
    /// The next record of `case` after `head`.
    pub fn next(case: &str, head: Option<Head>, kind: &str, at: Instant, body: Value) -> Result<Self, CanonicalError> {
        let link = Link {
            version: JOURNAL_VERSION,
            case: case.to_owned(),
            seq: head.map_or(0, |head| head.seq + 1),
            kind: kind.to_owned(),
            at,
            body_digest: Digest::of(&canonical_json(&body)?),
            prev: head.map(|head| head.digest),
        };
        Ok(Self { link, body: Some(body) })
    }

    /// The head once this record is the last.
    pub fn head(&self) -> Result<Head, CanonicalError> {
        Ok(Head { seq: self.link.seq, digest: Digest::of(&canonical_json(&self.link)?) })
    }
}

/// Checks a whole journal, from its first record: positions, case, previous digests, bodies. Gives its head.
///
/// A journal whose last records were cut off is a right journal with another head: only who noted the head sees it.
pub fn check_chain(records: &[Record]) -> Result<Option<Head>, ChainError> {
    let mut head: Option<Head> = None;
    let case = records.first().map(|record| record.link.case.as_str());
    for (index, record) in records.iter().enumerate() {
        let link = &record.link;
        let entry = index as u64;
        if link.version != JOURNAL_VERSION {
            return Err(ChainError::Version { entry, version: link.version });
        }
        if link.seq != entry {
            return Err(ChainError::Position { entry, seq: link.seq });
        }
        if Some(link.case.as_str()) != case {
            return Err(ChainError::OtherCase { entry });
        }
        if link.prev != head.map(|head| head.digest) {
            return Err(ChainError::Previous { entry });
        }
        if let Some(body) = &record.body
            && Digest::of(&canonical_json(body)?) != link.body_digest
        {
            return Err(ChainError::Body { entry });
        }
        head = Some(record.head()?);
    }
    Ok(head)
}

/// Where and how a journal is broken. `entry` counts from 0, as `seq` does.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ChainError {
    /// Unknown version.
    #[error("l’entrée {entry} du journal est en version {version}, inconnue de ce logiciel")]
    Version {
        /// Position.
        entry: u64,
        /// Version found.
        version: u32,
    },
    /// Out of place: a record was inserted, removed or moved.
    #[error("l’entrée {entry} du journal porte le numéro {seq} : une entrée a été ajoutée, retirée ou déplacée")]
    Position {
        /// Position.
        entry: u64,
        /// Number found.
        seq: u64,
    },
    /// Taken from another case.
    #[error("l’entrée {entry} du journal vient d’une autre affaire")]
    OtherCase {
        /// Position.
        entry: u64,
    },
    /// Does not follow the record before it.
    #[error("l’entrée {entry} du journal ne suit pas la précédente : l’une des deux a été modifiée")]
    Previous {
        /// Position.
        entry: u64,
    },
    /// The body is not the one that was chained.
    #[error("le contenu de l’entrée {entry} du journal a été modifié")]
    Body {
        /// Position.
        entry: u64,
    },
    /// A body that JSON cannot hold.
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
}

impl ChainError {
    /// The entry at fault.
    pub fn entry(&self) -> Option<u64> {
        match self {
            Self::Version { entry, .. }
            | Self::Position { entry, .. }
            | Self::OtherCase { entry }
            | Self::Previous { entry }
            | Self::Body { entry } => Some(*entry),
            Self::Canonical(_) => None,
        }
    }
}

impl Fault for ChainError {
    fn code(&self) -> &'static str {
        match self {
            Self::Version { .. } => "journal_version",
            Self::Position { .. } => "journal_position",
            Self::OtherCase { .. } => "journal_other_case",
            Self::Previous { .. } => "journal_previous",
            Self::Body { .. } => "journal_body",
            Self::Canonical(error) => error.code(),
        }
    }
}

#[cfg(test)]
#[path = "../../tests/unit/evidence/journal.rs"]
mod tests;
