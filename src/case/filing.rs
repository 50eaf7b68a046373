//! How cases are put together and coded for a measurement.

use serde::{Deserialize, Serialize};

use super::Decision;
use crate::evidence::Digest;

/// The user put the case into a dossier, or took it out. Each journal says so for itself: a pack shows nothing of the other
/// cases, and the list of dossiers can be rebuilt from the journals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// Id of the dossier.
    pub dossier: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Blob: its name, which may be personal.
    pub name: Digest,
    /// Whether the case is in it from now on.
    pub inside: bool,
}

/// What cases are put together for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To keep together what belongs together.
    Dossier,
    /// To measure what a platform does with notices.
    Testing,
}

/// The list of a testing was frozen with this case on it. The digest commits to the whole list in each journal, without
/// showing the other cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// Id of the dossier.
    pub dossier: String,
    /// Digest of the canonical JSON of the list: `[platform, post id]` pairs, sorted.
    pub list: Digest,
    /// How many posts are on it.
    pub items: u64,
}

/// A second person qualified the post without knowing the first answer: how far two people agree is part of a measurement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coded {
    /// Initials or a pseudonym of that person.
    pub coder: String,
    /// What they decided.
    pub decision: Decision,
}

/// Who sent a notice, as far as a measurement needs it: no name, no address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentBy {
    /// In which quality.
    pub kind: Notifier,
    /// Tells two senders apart when the packs of several members are counted together.
    pub id: String,
}

/// In which quality a notice was sent: ordinary users and trusted flaggers are never counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notifier {
    /// A person.
    Person,
    /// An association.
    Association,
    /// A trusted flagger of DSA art. 22.
    TrustedFlagger,
}
