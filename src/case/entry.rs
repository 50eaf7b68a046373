use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{Acknowledged, Coded, Complained, Decided, Filed, Frozen, PieceAdded, SentBy};
use crate::{
    base::{Fault, Instant, Lang, from_value, tagged::tagged},
    capture::Missing,
    evidence::Digest,
    law::Ground,
    qualification::{Code, State},
    takedown::{Fate, Probe, Sighting},
};

/// What one record of a journal says. Personal texts stand in blobs, referred to by digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A post was captured.
    Captured(Captured),
    /// The address of a post was kept, and nothing of its content: child sexual abuse material.
    AddressKept(Captured),
    /// The files of a capture were fixed.
    Sealed(Sealed),
    /// A timestamp service confirmed the seal.
    Timestamped(Timestamped),
    /// A timestamp service confirmed the journal up to an entry.
    JournalTimestamped(JournalTimestamped),
    /// A timestamp service refused, or its answer could not be used.
    TimestampFailed(TimestampFailed),
    /// The user decided what it may be.
    Qualified(Qualified),
    /// The user says that a report was sent to the authorities.
    Reported(Reported),
    /// The user says that a notice was sent to the platform.
    NoticeSent(NoticeSent),
    /// The fate of the post was looked at.
    Observed(Observed),
    /// The platform confirmed that it received a notice.
    Acknowledged(Acknowledged),
    /// The platform decided.
    Decided(Decided),
    /// The user contested, or turned to somebody else.
    Complained(Complained),
    /// Somebody gave a piece that was not observed here.
    PieceAdded(PieceAdded),
    /// The case was put into a dossier, or taken out.
    Filed(Filed),
    /// The list of a testing was frozen with this case on it.
    Frozen(Frozen),
    /// A second person qualified it.
    Coded(Coded),
    /// A pack was made.
    Exported(Exported),
    /// Every file of the case was destroyed: its content may not be held, even as evidence.
    Purged(Purged),
}

/// First entry of a case, and of each further capture of the same post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Captured {
    /// Number of the piece inside the case, from 1.
    pub piece: u32,
    /// Id of the platform.
    pub platform: String,
    /// Id of the post.
    pub post_id: String,
    /// Address to keep.
    pub permalink: String,
    /// Publication time shown, else the one that the id carries.
    pub published_at: Option<Instant>,
    /// What the capture lacks.
    pub missing: Vec<Missing>,
    /// Made by the demo flavour: proves nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub demo: bool,
}

impl Captured {
    /// Whether all that the user's settings let a capture aim at is there.
    pub fn is_whole(&self) -> bool {
        self.missing.iter().all(|missing| missing.reason == Missing::NOT_ASKED || missing.what == Missing::WITNESS)
    }
}

/// The manifest of a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// Number of the piece.
    pub piece: u32,
    /// Digest of the manifest's canonical JSON: the seal, and what is timestamped.
    pub manifest: Digest,
}

/// A timestamp token over a seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timestamped {
    /// Number of the piece.
    pub piece: u32,
    /// The seal.
    pub imprint: Digest,
    /// Address of the service.
    pub service: String,
    /// Name of the service, from its certificate.
    pub tsa: String,
    /// The service's time.
    pub gen_time: Instant,
    /// Blob: the request as sent.
    pub request: Digest,
    /// Blob: the whole answer as received (`.tsr`).
    pub response: Digest,
    /// The trusted root under which its signature and its chain were found right when it came; none when they could not be told, so
    /// that only the verifier can say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
}

/// A timestamp token over the journal up to an entry, so that a look at the fate of a post is dated too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalTimestamped {
    /// Position of the entry.
    pub seq: u64,
    /// Digest of that entry's link: all before it is fixed by it.
    pub imprint: Digest,
    /// Address of the service.
    pub service: String,
    /// Name of the service, from its certificate.
    pub tsa: String,
    /// The service's time.
    pub gen_time: Instant,
    /// Blob: the request as sent.
    pub request: Digest,
    /// Blob: the whole answer as received (`.tsr`).
    pub response: Digest,
    /// The trusted root under which its signature and its chain were found right when it came; none when they could not be told, so
    /// that only the verifier can say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
}

/// A timestamp that did not come. Network failures are not entries: they are tried again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimestampFailed {
    /// Number of the piece; 0 when it is the journal that was to be dated.
    pub piece: u32,
    /// Position of the entry up to which the journal was to be dated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// Address of the service.
    pub service: String,
    /// Code of the fault.
    pub code: String,
    /// Its message.
    pub message: String,
}

/// The user's decision, beside what was suggested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualified {
    /// What the user decided.
    pub decision: Decision,
    /// What the engine had suggested.
    pub suggested: Option<String>,
    /// How sure the engine was.
    pub suggested_state: State,
    /// Its coarse code.
    pub suggested_code: Code,
    /// Version of the catalogue and of the engine.
    pub engine: String,
    /// Blob: the whole outcome and the answers to the questions, as JSON.
    pub details: Digest,
}

/// What the user decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Decision {
    /// An offence of the catalogue.
    Offence {
        /// Its id.
        offence: String,
        /// The protected ground.
        ground: Option<Ground>,
        /// The illegal words, quoted.
        words: Vec<String>,
        /// The user's explanation, quoted in the notice.
        explanation: String,
    },
    /// No offence.
    Lawful {
        /// Which kind.
        kind: Outcome,
    },
}

tagged!(Decision, "outcome");

/// Good answers that accuse nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing manifestly illegal.
    NothingManifest,
    /// Opinion or criticism.
    Opinion,
    /// Counter-speech.
    CounterSpeech,
    /// Against the platform's rules only.
    PlatformRules,
    /// « Je ne sais pas ».
    Unknown,
}

/// A report to the authorities, as the user says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    /// `pharos`.
    pub body: String,
    /// Day and hour of sending.
    pub sent_at: Instant,
    /// Reference that the body gave.
    pub reference: Option<String>,
    /// Blob: the text sent.
    pub text: Digest,
}

/// A notice to the platform, as the user says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeSent {
    /// Id of the channel.
    pub channel: String,
    /// Language of the text.
    pub lang: Lang,
    /// Day and hour of sending.
    pub sent_at: Instant,
    /// Reference that the platform gave.
    pub reference: Option<String>,
    /// The user ticked the statement of good faith of DSA art. 16(2)(d).
    pub good_faith: bool,
    /// Blob: the text sent, without the sender's name and address.
    pub text: Digest,
    /// Who sent it, for measurements; none in journals of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<SentBy>,
}

/// A look at the fate of the post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observed {
    /// Who looked.
    pub by: Observer,
    /// Whether this is the baseline, made at capture with the method of later checks.
    pub baseline: bool,
    /// What was asked; none for an observation by eye.
    pub probe: Option<Probe>,
    /// HTTP status of the answer.
    pub status: Option<u16>,
    /// Address that answered.
    pub final_url: Option<String>,
    /// What it shows.
    pub sighting: Sighting,
    /// Whether another post known to be online answered so in the same run.
    pub control: Option<bool>,
    /// What was asked further, when the first answer did not say who made the post disappear.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<Further>,
}

/// A further question and its answer's status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Further {
    /// Address that was asked.
    pub url: String,
    /// HTTP status of the answer; none when nothing answered.
    pub status: Option<u16>,
}

impl Observed {
    /// The fate seen.
    pub fn fate(&self) -> Fate {
        self.sighting.fate
    }
}

/// Who looked at the fate of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Observer {
    /// A request without cookies.
    Probe,
    /// The user, in the page.
    User,
}

/// A pack was made of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// Position of the head that the pack contains.
    pub head_seq: u64,
    /// Digest of that head.
    pub head: Digest,
    /// Digest of the pack.
    pub pack: Digest,
    /// Fingerprint of the key that signed it: a later pack shows by it that the key has changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Digest>,
    /// What it holds that a pack need not hold, by name (`LISEZMOI.pdf`, `verifier.html`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
}

/// What was destroyed. The journal keeps the address, the times and the decision, and no digest of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purged {
    /// How many files.
    pub files: u32,
    /// How many packs had been made before: files that the person still has, and has to delete.
    pub exports: u32,
}

impl Entry {
    /// The kind that its link carries.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Captured(_) => "captured",
            Self::AddressKept(_) => "address_kept",
            Self::Sealed(_) => "sealed",
            Self::Timestamped(_) => "timestamped",
            Self::JournalTimestamped(_) => "journal_timestamped",
            Self::TimestampFailed(_) => "timestamp_failed",
            Self::Qualified(_) => "qualified",
            Self::Reported(_) => "reported",
            Self::NoticeSent(_) => "notice_sent",
            Self::Observed(_) => "observed",
            Self::Acknowledged(_) => "acknowledged",
            Self::Decided(_) => "decided",
            Self::Complained(_) => "complained",
            Self::PieceAdded(_) => "piece_added",
            Self::Filed(_) => "filed",
            Self::Frozen(_) => "frozen",
            Self::Coded(_) => "coded",
            Self::Exported(_) => "exported",
            Self::Purged(_) => "purged",
        }
    }

    /// The body that its record carries.
    pub fn body(&self) -> Result<Value, EntryError> {
        let body = match self {
            Self::Captured(body) | Self::AddressKept(body) => serde_json::to_value(body),
            Self::Sealed(body) => serde_json::to_value(body),
            Self::Timestamped(body) => serde_json::to_value(body),
            Self::JournalTimestamped(body) => serde_json::to_value(body),
            Self::TimestampFailed(body) => serde_json::to_value(body),
            Self::Qualified(body) => serde_json::to_value(body),
            Self::Reported(body) => serde_json::to_value(body),
            Self::NoticeSent(body) => serde_json::to_value(body),
            Self::Observed(body) => serde_json::to_value(body),
            Self::Acknowledged(body) => serde_json::to_value(body),
            Self::Decided(body) => serde_json::to_value(body),
            Self::Complained(body) => serde_json::to_value(body),
            Self::PieceAdded(body) => serde_json::to_value(body),
            Self::Filed(body) => serde_json::to_value(body),
            Self::Frozen(body) => serde_json::to_value(body),
            Self::Coded(body) => serde_json::to_value(body),
            Self::Exported(body) => serde_json::to_value(body),
            Self::Purged(body) => serde_json::to_value(body),
        };
        body.map_err(|error| EntryError::Shape { kind: self.kind().to_owned(), detail: error.to_string() })
    }

    /// Reads a record's body.
    pub fn read(kind: &str, body: &Value) -> Result<Self, EntryError> {
        fn typed<T: DeserializeOwned>(kind: &str, body: &Value) -> Result<T, EntryError> {
            // A journal from elsewhere chooses what stands in the message: a line of it is enough.
            from_value(body).map_err(|error| EntryError::Shape {
                kind: kind.to_owned(),
                detail: error.to_string().chars().take(200).collect(),
            })
        }
        Ok(match kind {
            "captured" => Self::Captured(typed(kind, body)?),
            "address_kept" => Self::AddressKept(typed(kind, body)?),
            "sealed" => Self::Sealed(typed(kind, body)?),
            "timestamped" => Self::Timestamped(typed(kind, body)?),
            "journal_timestamped" => Self::JournalTimestamped(typed(kind, body)?),
            "timestamp_failed" => Self::TimestampFailed(typed(kind, body)?),
            "qualified" => Self::Qualified(typed(kind, body)?),
            "reported" => Self::Reported(typed(kind, body)?),
            "notice_sent" => Self::NoticeSent(typed(kind, body)?),
            "observed" => Self::Observed(typed(kind, body)?),
            "acknowledged" => Self::Acknowledged(typed(kind, body)?),
            "decided" => Self::Decided(typed(kind, body)?),
            "complained" => Self::Complained(typed(kind, body)?),
            "piece_added" => Self::PieceAdded(typed(kind, body)?),
            "filed" => Self::Filed(typed(kind, body)?),
            "frozen" => Self::Frozen(typed(kind, body)?),
            "coded" => Self::Coded(typed(kind, body)?),
            "exported" => Self::Exported(typed(kind, body)?),
            "purged" => Self::Purged(typed(kind, body)?),
            other => return Err(EntryError::Kind(other.chars().take(64).collect())),
        })
    }
}

/// Why a record is not an entry that this version knows.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum EntryError {
    /// Written by a newer version.
    #[error("le journal contient une entrée « {0} » que cette version ne connaît pas")]
    Kind(String),
    /// Known kind, wrong content.
    #[error("l’entrée « {kind} » du journal est illisible : {detail}")]
    Shape {
        /// Kind of the entry.
        kind: String,
        /// What does not fit.
        detail: String,
    },
}

impl Fault for EntryError {
    fn code(&self) -> &'static str {
        match self {
            Self::Kind(_) => "entry_kind",
            Self::Shape { .. } => "entry_shape",
        }
    }

    fn hint(&self) -> &'static str {
        "Mettez l’extension à jour : rien n’est perdu, cette version ne sait pas lire cette entrée."
    }
}
