//! What follows a notice: the platform's receipt and decision, the ways to contest it, and what the person already has.

use serde::{Deserialize, Serialize};

use crate::{base::Instant, evidence::Digest, takedown::Fate};

/// The platform's receipt (DSA art. 16(4)), as the user says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// Which notice of the case, from 1.
    pub notice: u32,
    /// When the receipt came.
    pub at: Instant,
    /// Reference that the platform gave.
    pub reference: Option<String>,
    /// Number of the piece that holds the message, when it was kept.
    pub piece: Option<u32>,
}

/// The platform's decision on a notice (DSA art. 16(5)) or on a complaint (art. 20), as the user says; the message itself
/// is a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// Which notice of the case, from 1.
    pub notice: u32,
    /// Which complaint of the case it answers, from 1; none when it answers the notice itself.
    pub complaint: Option<u32>,
    /// When the platform decided, or its message came.
    pub decided_at: Instant,
    /// What it decided.
    pub ruling: Ruling,
    /// Reference that the platform gave.
    pub reference: Option<String>,
    /// Number of the piece that holds the message, when it was kept.
    pub piece: Option<u32>,
}

/// What a platform decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// Removed everywhere.
    Removed,
    /// No longer shown in France.
    Withheld,
    /// Still shown, with a warning or to fewer people.
    Limited,
    /// The account was suspended or closed.
    AccountSuspended,
    /// Nothing was done.
    Kept,
    /// The message does not say what was done.
    Unclear,
}

impl Ruling {
    /// What the post becomes by it; none when the platform says that nothing changes, or does not say.
    pub fn fate(self) -> Option<Fate> {
        match self {
            Self::Removed => Some(Fate::RemovedByPlatform),
            Self::Withheld => Some(Fate::WithheldGeo),
            Self::AccountSuspended => Some(Fate::AccountSuspended),
            Self::Limited => Some(Fate::OnlineLimited),
            Self::Kept | Self::Unclear => None,
        }
    }
}

/// The user turned to somebody else, or asked the platform again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complained {
    /// To whom.
    pub recourse: Recourse,
    /// Day and hour of sending.
    pub sent_at: Instant,
    /// Reference received.
    pub reference: Option<String>,
    /// Blob: the letter as drafted here, without the sender's name and address; none when it was written elsewhere.
    pub text: Option<Digest>,
}

/// Ways that are open beside or after a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recourse {
    /// Internal complaint to the platform, DSA art. 20.
    Internal,
    /// Certified out-of-court body, DSA art. 21.
    OutOfCourt,
    /// Arcom, DSA art. 53.
    Arcom,
    /// Complaint to the public prosecutor.
    Prosecutor,
    /// Complaint at a police station or a gendarmerie.
    Police,
}

impl Recourse {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Internal, Self::OutOfCourt, Self::Arcom, Self::Prosecutor, Self::Police];
}

/// A piece that somebody gave: Témoin did not observe it. Who gave it and how stands in the piece's `provenance.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PieceAdded {
    /// Number of the piece inside the case, counted with the captures.
    pub piece: u32,
    /// What it is.
    pub form: PieceForm,
    /// In which role the person who gave it stands.
    pub role: Role,
    /// Made by the demo flavour: proves nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub demo: bool,
}

/// What a piece that was given is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PieceForm {
    /// A picture: a screenshot from a telephone.
    Image,
    /// A message with its headers (`.eml`).
    Email,
    /// A PDF.
    Pdf,
    /// Text that was pasted.
    Text,
    /// An address alone.
    Link,
}

/// Who gave a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The person targeted.
    Victim,
    /// Somebody who saw it.
    Witness,
    /// An association.
    Association,
}

/// Where a piece that was given comes from: `provenance.json`, sealed with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// [`Provenance::VERSION`].
    pub version: u32,
    /// Always false: what Témoin observed itself is a capture.
    pub observed_by_extension: bool,
    /// Name of who gave it, as the user says; may be empty.
    pub provided_by: String,
    /// In which role.
    pub role: Role,
    /// Whether the person targeted agrees that it is used.
    pub consent: Consent,
    /// How access to it was obtained, in the user's words.
    pub access: String,
    /// Name of the file as it was given; none for what was pasted.
    pub file_name: Option<String>,
    /// When the user added it, device clock.
    pub added_at: Instant,
}

impl Provenance {
    /// Version of its form.
    pub const VERSION: u32 = 1;
}

/// Whether the person targeted agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// The user is that person.
    Own,
    /// Yes.
    Given,
    /// Not asked, or no answer.
    Unknown,
    /// Nobody in particular is targeted.
    NotConcerned,
}
