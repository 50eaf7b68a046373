use serde::{Deserialize, Serialize};

use super::{Decision, FaultView, Observer, Outcome, Status};
use crate::{
    base::{Instant, Lang, tagged::tagged},
    capture::{Missing, Omission, Post, Witness},
    evidence::Digest,
    law::{Confidence, Ground},
    notice::Sender,
    qualification::State,
    takedown::{Fate, Probe, Sighting},
};

/// What the panel shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelView {
    /// Captures under way, and the last one that failed or was cancelled.
    pub captures: Vec<CaptureProgress>,
    /// Id of the case at hand.
    pub case: Option<String>,
}

/// How far a capture has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureProgress {
    /// Id of the capture.
    pub capture: String,
    /// Address of the page.
    pub url: String,
    /// What is being done.
    pub stage: CaptureStage,
    /// The case that it opened or completed.
    pub case: Option<String>,
}

/// One step of a capture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum CaptureStage {
    /// Looking for the post.
    Locating,
    /// The user is choosing it in the page.
    Picking,
    /// Reading text and HTML.
    Reading,
    /// Taking pictures.
    Picturing {
        /// Which, from 1.
        tile: u32,
        /// Of how many.
        of: u32,
    },
    /// Keeping the post's own pictures.
    Media {
        /// Which, from 1.
        item: u32,
        /// Of how many.
        of: u32,
    },
    /// Writing and reading back.
    Sealing,
    /// Saved and read back, whole.
    Saved,
    /// Saved and read back; the case says what is missing.
    SavedPartial,
    /// The user gave up; nothing was kept.
    Cancelled,
    /// It did not work.
    Failed {
        /// Why.
        fault: FaultView,
    },
}

tagged!(CaptureStage, "stage");

/// One line of the history: a cache folded from the journal, rebuilt when its head differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseRow {
    /// Id.
    pub id: String,
    /// Id of the platform.
    pub platform: String,
    /// Address of the post.
    pub permalink: String,
    /// Beginning of the text.
    pub excerpt: String,
    /// When it was captured.
    pub captured_at: Instant,
    /// How far the work has come.
    pub status: Status,
    /// What became of the post.
    pub standing: StandingView,
    /// Whether the first capture lacks something.
    pub partial: bool,
    /// Made by the demo flavour.
    pub demo: bool,
    /// By how many timestamp services all that is to be dated is dated.
    #[serde(default)]
    pub dated_by: u32,
    /// When its fate is to be looked at next; none once all looks are done, or where only a person can look.
    #[serde(default)]
    pub next_check: Option<Instant>,
    /// When the platform was first notified, as the user says.
    #[serde(default)]
    pub notified_at: Option<Instant>,
    /// When a person is to look at it next, if no machine does.
    #[serde(default)]
    pub hand_check: Option<Instant>,
    /// Dossiers that it is in.
    #[serde(default)]
    pub dossiers: Vec<String>,
    /// Digest of the journal's last link when this was folded.
    pub head: Digest,
    /// Position of that link.
    pub head_seq: u64,
}

/// One case, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseView {
    /// Its line in the history.
    pub row: CaseRow,
    /// Its captures, the first one being what opened it.
    pub pieces: Vec<PieceView>,
    /// What the engine suggests, with the facts known so far.
    pub outcome: Option<Outcome>,
    /// The same with all that the conversation shows of it.
    #[serde(default)]
    pub talk: Option<super::TalkView>,
    /// Nothing of its content may be held: there is the address, and no piece.
    #[serde(default)]
    pub withheld: bool,
    /// Offences that the suggestions name, and the decided one.
    pub offences: Vec<OffenceView>,
    /// What the user decided.
    pub qualified: Option<QualifiedView>,
    /// Last safe day of the limitation period of the decided (else the suggested) offence.
    pub deadline: Option<super::DeadlineView>,
    /// Reports sent, as the user says.
    pub reports: Vec<ReportView>,
    /// Notices sent, as the user says.
    pub notices: Vec<NoticeView>,
    /// What was sent and answered, oldest first.
    pub milestones: Vec<super::MilestoneView>,
    /// Days after which something is no longer surely possible, soonest first.
    pub due: Vec<super::DueView>,
    /// Pieces that somebody gave.
    pub added: Vec<super::AddedView>,
    /// Looks at the post's fate, oldest first.
    pub observations: Vec<ObservationView>,
    /// How the fate can be asked; none where it cannot.
    pub probe: Option<Probe>,
    /// When it is looked at next, if the checks are switched on.
    pub next_check: Option<Instant>,
    /// The whole journal, oldest first.
    pub timeline: Vec<StepView>,
}

/// One capture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PieceView {
    /// Its number in the case.
    pub piece: u32,
    /// Device clock when it was sealed.
    pub captured_at: Instant,
    /// The post, if it could be read.
    pub post: Option<Post>,
    /// Blob: the picture of exactly the post (derived).
    pub picture: Option<Digest>,
    /// What a second account of the post, beside the page, says.
    #[serde(default)]
    pub witness: Option<Witness>,
    /// What the capture lacks.
    pub missing: Vec<Missing>,
    /// What the serialiser left out.
    pub omissions: Vec<Omission>,
    /// The seal: digest of the manifest.
    pub seal: Digest,
    /// Trusted time.
    pub timestamp: TimestampView,
}

/// Trusted time of one seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimestampView {
    /// How it stands.
    pub state: TimestampState,
    /// The earliest time that a service gives: of those that were checked, else of those that were received.
    pub gen_time: Option<Instant>,
    /// That service's name.
    pub tsa: Option<String>,
    /// Why it failed, for the last failure.
    pub fault: Option<FaultView>,
    /// All tokens, as they came.
    #[serde(default)]
    pub tokens: Vec<TokenOf>,
    /// The services that have not answered yet.
    #[serde(default)]
    pub awaited: Vec<AwaitedView>,
}

/// A token that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenOf {
    /// Address of the service.
    pub service: String,
    /// Its name, from its certificate.
    pub tsa: String,
    /// Its time.
    pub gen_time: Instant,
    /// Seconds between the seal, on the device's clock, and that time.
    pub gap_seconds: i64,
    /// Whether its signature and its chain to a trusted root were checked.
    pub checked: bool,
}

/// A service that has not answered yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwaitedView {
    /// Its address.
    pub service: String,
    /// What it answered instead, for its last failure.
    pub fault: Option<FaultView>,
    /// How often in a row it failed.
    pub failures: u32,
    /// When it is asked again, after failures.
    pub next_at: Option<Instant>,
}

/// How a timestamp stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimestampState {
    /// Trusted time is switched off: « heure non certifiée ».
    Off,
    /// Asked for as soon as the network allows.
    Queued,
    /// A token is kept whose signature or root could not be told here: the verifier will say.
    Received,
    /// A token is kept, its signature and its chain to a trusted root were checked.
    Certified,
}

/// An offence of the catalogue, as the pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffenceView {
    /// Id.
    pub id: String,
    /// Family in the catalogue (`P`, `I`, `N`, `M`, …).
    pub family: String,
    /// Legal label in French.
    pub label_fr: String,
    /// Label in English.
    pub label_en: String,
    /// Legal basis.
    pub basis: String,
    /// How sure that basis is.
    pub confidence: Confidence,
    /// Elements of the offence, in French.
    pub elements: Vec<String>,
    /// Whether a protected ground belongs to it.
    pub needs_ground: bool,
    /// The grounds of its statutory list; empty where the offence needs none. Each list has offences of its own, and
    /// choosing the wrong list cannot be mended in court, so the pages offer only what fits the ground.
    #[serde(default)]
    pub grounds: Vec<Ground>,
    /// Whether nothing of the content may be kept (child sexual abuse material).
    pub never_capture: bool,
}

/// What the user decided, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QualifiedView {
    /// When.
    pub at: Instant,
    /// What.
    pub decision: Decision,
    /// The facts answered.
    pub facts: super::Facts,
    /// What had been suggested.
    pub suggested: Option<String>,
    /// How sure that was.
    pub suggested_state: State,
}

/// A report to the authorities, as the user says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportView {
    /// To whom.
    pub body: String,
    /// When.
    pub sent_at: Instant,
    /// Reference.
    pub reference: Option<String>,
}

/// A notice to the platform, as the user says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    /// By which channel.
    pub channel: String,
    /// In which language.
    pub lang: Lang,
    /// When.
    pub sent_at: Instant,
    /// Reference.
    pub reference: Option<String>,
}

/// A look at the post's fate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservationView {
    /// When.
    pub at: Instant,
    /// Who looked.
    pub by: Observer,
    /// Whether it is the baseline.
    pub baseline: bool,
    /// What it shows.
    pub sighting: Sighting,
}

/// What became of the post, as far as it is proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum StandingView {
    /// Never looked at.
    NotChecked,
    /// Still there at the last look.
    Online {
        /// When.
        at: Instant,
    },
    /// No longer accessible, seen once: to be confirmed at least 24 h later.
    Unconfirmed {
        /// What was seen.
        fate: Fate,
        /// When.
        at: Instant,
    },
    /// No longer accessible, confirmed.
    Gone {
        /// What was seen.
        fate: Fate,
        /// A proved effect of moderation.
        by_moderation: bool,
        /// Last seen online.
        after: Option<Instant>,
        /// First seen gone.
        before: Instant,
    },
    /// The last look could not tell (wall, error, bot page).
    Unknown {
        /// What was seen.
        fate: Fate,
        /// When.
        at: Instant,
    },
    /// The baseline was not online: only a look by hand can tell.
    ByHandOnly,
}

tagged!(StandingView, "standing");

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepView {
    /// Position.
    pub seq: u64,
    /// Device clock.
    pub at: Instant,
    /// Kind of the entry; the pages translate it (`step_<kind>`).
    pub kind: String,
    /// A detail in no language: an address, a reference, a code.
    pub detail: String,
}

/// A pack that was handed to the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportView {
    /// Name of the file.
    pub name: String,
    /// Its digest.
    pub digest: Digest,
    /// Its size.
    pub bytes: u64,
    /// How many files it holds.
    pub files: u32,
    /// Why it has no PDF.
    pub unprinted: Option<FaultView>,
}

/// A key of this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyView {
    /// SHA-256 of its DER: what people compare.
    pub fingerprint: Digest,
    /// When it was made.
    pub since: Instant,
}

/// The key that signs, and those before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceKeyView {
    /// The key that signs now.
    pub present: KeyView,
    /// The former ones, oldest first: renewed or lost.
    pub earlier: Vec<KeyView>,
}

/// What the user switched on, and who sends. Kept on the device only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// A digest of each capture goes to the timestamp service.
    pub trusted_time: bool,
    /// Address of the timestamp service.
    pub timestamp_service: String,
    /// Address of a second one, independent of the first; empty for none.
    pub second_timestamp_service: String,
    /// The post's public address is asked for, without cookies or referrer.
    pub checks: bool,
    /// No look and no notification between 22 and 7 o'clock in Paris.
    pub quiet_nights: bool,
    /// Who sends notices.
    pub sender: Sender,
}

impl Settings {
    /// The timestamp services, each once.
    pub fn services(&self) -> Vec<String> {
        let mut services = vec![self.timestamp_service.clone(), self.second_timestamp_service.clone()];
        services.dedup();
        services.retain(|service| !service.is_empty());
        services
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            trusted_time: false,
            timestamp_service: "https://freetsa.org/tsr".to_owned(),
            second_timestamp_service: "https://timestamp.sectigo.com".to_owned(),
            checks: false,
            quiet_nights: false,
            sender: Sender::default(),
        }
    }
}
