//! What follows a notice, as it crosses contexts.

use serde::{Deserialize, Serialize};

use super::{Digest, Instant, TimestampView};
use crate::case::{Consent, DeadlineKind, PieceForm, Role};

/// A file or a text that somebody gave. Its bytes are a blob already: they never cross a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPiece {
    /// The bytes.
    pub blob: Digest,
    /// Name of the file; none for what was pasted.
    pub file_name: Option<String>,
    /// Name of who gave it; may be empty.
    pub provided_by: String,
    /// In which role.
    pub role: Role,
    /// Whether the person targeted agrees.
    pub consent: Consent,
    /// How access was obtained.
    pub access: String,
}

/// Such a piece, kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedView {
    /// Its number in the case.
    pub piece: u32,
    /// When it was added, device clock.
    pub at: Instant,
    /// What it is.
    pub form: PieceForm,
    /// Who gave it, as the user says.
    pub provided_by: String,
    /// In which role.
    pub role: Role,
    /// Whether the person targeted agrees.
    pub consent: Consent,
    /// How access was obtained.
    pub access: String,
    /// Name of the file.
    pub file_name: Option<String>,
    /// The seal.
    pub seal: Digest,
    /// Trusted time.
    pub timestamp: TimestampView,
}

/// One step of what was sent and answered, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MilestoneView {
    /// When it happened, as the user says.
    pub at: Instant,
    /// Kind of the journal entry: `reported`, `notice_sent`, `acknowledged`, `decided`, `complained`.
    pub kind: String,
    /// To whom, or what was decided: a channel, a ruling, a recourse.
    pub code: String,
    /// Reference.
    pub reference: Option<String>,
    /// Number of the piece that holds the message.
    pub piece: Option<u32>,
}

/// A day after which something is no longer surely possible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueView {
    /// What ends.
    pub kind: DeadlineKind,
    /// Last safe day in Paris, `2027-11-23`.
    pub day: String,
    /// Days left, negative afterwards.
    pub days_left: i64,
}

/// A deadline that the background announces, with the days before it at which that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminder {
    /// The case.
    pub case: String,
    /// What ends.
    pub kind: DeadlineKind,
    /// Last safe day in Paris, `2027-11-23`.
    pub day: String,
    /// The fewest days left at which it was announced.
    pub said: Option<i64>,
}
