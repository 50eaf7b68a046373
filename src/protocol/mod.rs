//! All that crosses from one context to another, defined once: [`Request`] and [`Reply`] between a page and the host of
//! the application, [`Event`] from the background to the pages. Both ends are Rust; the JavaScript between forwards.

mod campaign;
mod lifecycle;
mod talk;
mod verify;
mod view;

use serde::{Deserialize, Serialize};

use crate::base::tagged::tagged;

pub use crate::measure::{Campaign, Cut, Figure, Group, Interval, Rate, Round};
pub use crate::{
    base::{FaultView, Instant, Lang},
    capture::{Author, Counter, Difference, Linked, Media, MediaKind, Missing, Omission, Post, Told, Witness},
    case::{Consent, DeadlineKind, Decision, Observer, Outcome as Lawful, PieceForm, Recourse, Role, Ruling, Status},
    evidence::Digest,
    law::{Confidence, Ground},
    notice::{
        Block, Competence, Elsewhere, Field, Letter, LetterKind, Notice, PharosReport, Sender, SenderKind, letter_text,
        warning,
    },
    platform::{Doubt, Level},
    qualification::{Answers, Code, Element, ElementState, Facts, Outcome, Reason, State, Suggestion},
    takedown::{Fate, Probe, Sighting},
};
pub use campaign::{
    AlikeView, CampaignAsk, CampaignReply, DossierView, NextView, Purpose, QueueItem, QueueState, QueueView, TableForm,
    TableView,
};
pub use lifecycle::{AddedView, DueView, MilestoneView, NewPiece, Reminder};
pub use talk::{
    CardView, DeadlineView, EmergencyView, LawView, NeighbourView, SafetyView, StatuteView, TalkView, Text,
};
pub use verify::{ProblemView, TokenState, TokenView, Verdict, VerifyView};
pub use view::{
    AwaitedView, CaptureProgress, CaptureStage, CaseRow, CaseView, DeviceKeyView, ExportView, KeyView, NoticeView,
    ObservationView, OffenceView, PanelView, PieceView, QualifiedView, ReportView, Settings, StandingView, StepView,
    TimestampState, TimestampView, TokenOf,
};

/// What a page asks; [`Request::place`] says who answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Request {
    /// What the panel shows: captures under way and which case is at hand.
    Panel,
    /// One case.
    Case {
        /// Its id.
        case: String,
    },
    /// The history, newest first.
    Cases {
        /// Only this status.
        status: Option<Status>,
        /// Only this platform.
        platform: Option<String>,
    },
    /// The offences of the catalogue, for a choice by hand.
    Offences,
    /// The law's date, and what protects the person who reports.
    Law,
    /// The suggestion again, with the user's answers. Writes nothing.
    Suggest {
        /// The case.
        case: String,
        /// The answers.
        facts: Facts,
    },
    /// The user's decision.
    Qualify {
        /// The case.
        case: String,
        /// The answers that the suggestion rested on.
        facts: Facts,
        /// The decision.
        decision: Decision,
    },
    /// Child sexual abuse material: destroy every file of the case, which the person has confirmed, and keep its address.
    Purge {
        /// The case.
        case: String,
    },
    /// Keep an address and nothing of its content, in order to report it.
    KeepAddress {
        /// The address.
        url: String,
    },
    /// The PHAROS report of a qualified case. Writes nothing.
    DraftReport {
        /// The case.
        case: String,
    },
    /// The notice to the platform of a qualified case. Writes nothing.
    DraftNotice {
        /// The case.
        case: String,
        /// Language of the text.
        lang: Lang,
        /// Further cases whose posts stand in the same notice.
        also: Vec<String>,
    },
    /// The cases that could stand in the same notice: same platform, same offence and ground, not notified yet.
    Companions {
        /// The case.
        case: String,
    },
    /// Which fields of the form the user has copied, in the draft of a notice.
    Ticks {
        /// The case.
        case: String,
    },
    /// Keep them.
    SaveTicks {
        /// The case.
        case: String,
        /// Ids of the fields.
        ticks: Vec<String>,
    },
    /// The cases that only a person can look at, and that are due.
    ByHand,
    /// « Je l’ai envoyé » : to PHAROS.
    RecordReport {
        /// The case.
        case: String,
        /// When; now if none.
        sent_at: Option<Instant>,
        /// Reference that PHAROS gave.
        reference: Option<String>,
    },
    /// « Je l’ai envoyé » : to the platform.
    RecordNotice {
        /// The case.
        case: String,
        /// Language of the text sent.
        lang: Lang,
        /// Further cases whose posts stood in the same notice.
        also: Vec<String>,
        /// Ticked by the user.
        good_faith: bool,
        /// When; now if none.
        sent_at: Option<Instant>,
        /// Reference that the platform gave.
        reference: Option<String>,
    },
    /// The platform confirmed that it received a notice.
    RecordReceipt {
        /// The case.
        case: String,
        /// Which notice, from 1.
        notice: u32,
        /// When; now if none.
        at: Option<Instant>,
        /// Reference that the platform gave.
        reference: Option<String>,
        /// The message itself.
        message: Option<NewPiece>,
    },
    /// The platform decided.
    RecordRuling {
        /// The case.
        case: String,
        /// Which notice, from 1.
        notice: u32,
        /// What it decided.
        ruling: Ruling,
        /// When; now if none.
        at: Option<Instant>,
        /// Reference that the platform gave.
        reference: Option<String>,
        /// The message itself.
        message: Option<NewPiece>,
    },
    /// The user contested, or turned to somebody else.
    RecordComplaint {
        /// The case.
        case: String,
        /// To whom.
        recourse: Recourse,
        /// When; now if none.
        at: Option<Instant>,
        /// Reference received.
        reference: Option<String>,
        /// Whether the letter that Témoin drafts was sent: it is kept, without the sender's name and address.
        drafted: bool,
    },
    /// A letter about a qualified case. Writes nothing.
    DraftLetter {
        /// The case.
        case: String,
        /// Which.
        letter: LetterKind,
        /// Language, where it exists in both.
        lang: Lang,
        /// Whether the sender is the person targeted.
        victim: bool,
    },
    /// Hand a letter to the user as an editable file. Runs in the page that asks.
    SaveLetter {
        /// The case.
        case: String,
        /// Which.
        letter: LetterKind,
        /// Language, where it exists in both.
        lang: Lang,
        /// Whether the sender is the person targeted.
        victim: bool,
    },
    /// Keep a piece that somebody gave.
    AddPiece {
        /// The case.
        case: String,
        /// The piece.
        piece: NewPiece,
    },
    /// Hand the deadlines to the user as a calendar file. Runs in the page that asks.
    Calendar {
        /// One case; all of them if none.
        case: Option<String>,
        /// Language of the file.
        lang: Lang,
    },
    /// Look now whether the post is still there, without cookies, and record what was seen. Needs the checks switched on.
    Check {
        /// The case.
        case: String,
    },
    /// What the user saw by eye, on the post's page.
    RecordSighting {
        /// The case.
        case: String,
        /// What was seen.
        fate: Fate,
    },
    /// How a captured page is built, without anybody's words, for a bug report. Writes nothing. The background has the reader of pages.
    LayoutSample {
        /// The case.
        case: String,
        /// Number of the piece.
        piece: u32,
    },
    /// Make the evidence pack and hand it to the user. Runs in the page that asks.
    Export {
        /// The case.
        case: String,
    },
    /// The device's key.
    DeviceKey,
    /// Make a new key; the old one signs no more.
    NewKey,
    /// The settings.
    Settings,
    /// Keep these settings.
    SaveSettings {
        /// The settings.
        settings: Settings,
    },
    /// Stop a capture that is under way; what was read is kept as partial, nothing if nothing was read.
    CancelCapture {
        /// Its id.
        capture: String,
    },
    /// Captures the post in a tab that our page opened, without a gesture. Answers once it is saved.
    CaptureTab {
        /// Id of the tab.
        tab: i32,
        /// Id of its window.
        window: i32,
        /// Its address.
        url: String,
        /// Whether the tab is in front and may be pictured.
        pictures: bool,
    },
    /// Dossiers, testings, lists of addresses.
    Campaign {
        /// What is asked.
        ask: CampaignAsk,
    },
}

tagged!(Request, "kind");

/// Where a request is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the page that asks, over the same stores: nobody waits for a module that knows the law in order to capture.
    Page,
    /// In the background: what only it knows (captures under way), and what must go on when the page is closed.
    Background,
}

impl Request {
    /// Where this is answered.
    pub fn place(&self) -> Place {
        match self {
            Self::Panel
            | Self::Cases { .. }
            | Self::Check { .. }
            | Self::LayoutSample { .. }
            | Self::Settings
            | Self::SaveSettings { .. }
            | Self::CaptureTab { .. }
            | Self::CancelCapture { .. } => Place::Background,
            Self::Case { .. }
            | Self::Offences
            | Self::Law
            | Self::Purge { .. }
            | Self::KeepAddress { .. }
            | Self::Suggest { .. }
            | Self::Qualify { .. }
            | Self::DraftReport { .. }
            | Self::DraftNotice { .. }
            | Self::RecordReport { .. }
            | Self::RecordNotice { .. }
            | Self::RecordReceipt { .. }
            | Self::RecordRuling { .. }
            | Self::RecordComplaint { .. }
            | Self::AddPiece { .. }
            | Self::Calendar { .. }
            | Self::Companions { .. }
            | Self::Ticks { .. }
            | Self::SaveTicks { .. }
            | Self::ByHand
            | Self::DraftLetter { .. }
            | Self::SaveLetter { .. }
            | Self::RecordSighting { .. }
            | Self::Campaign { .. }
            | Self::Export { .. }
            | Self::DeviceKey
            | Self::NewKey => Place::Page,
        }
    }
}

/// What the application answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Reply {
    /// To [`Request::Panel`].
    Panel(PanelView),
    /// To [`Request::Case`] and to all that change a case in the page.
    Case(Box<CaseView>),
    /// To [`Request::Cases`], [`Request::Companions`] and [`Request::ByHand`].
    Cases(Vec<CaseRow>),
    /// To [`Request::Offences`].
    Offences(Vec<OffenceView>),
    /// To [`Request::Law`].
    Law(LawView),
    /// To [`Request::Suggest`].
    Suggestion(Box<TalkView>),
    /// To [`Request::DraftReport`].
    Report(PharosReport),
    /// To [`Request::DraftNotice`].
    Notice(Notice),
    /// To [`Request::Ticks`].
    Ticks(Vec<String>),
    /// To [`Request::DraftLetter`].
    Letter(Letter),
    /// To [`Request::LayoutSample`]: the sample itself.
    LayoutSample(String),
    /// To [`Request::Export`].
    Exported(ExportView),
    /// To [`Request::DeviceKey`] and [`Request::NewKey`].
    DeviceKey(DeviceKeyView),
    /// To [`Request::Settings`] and [`Request::SaveSettings`].
    Settings(Settings),
    /// To [`Request::CaptureTab`]: the case.
    Captured(String),
    /// To [`Request::Campaign`].
    Campaign(CampaignReply),
    /// Nothing to show.
    Done,
    /// It did not work; nothing is lost.
    Failed(FaultView),
}

tagged!(Reply, "kind", "value");

/// What the background tells the open pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Event {
    /// A case was opened or changed.
    Changed {
        /// Its id.
        case: String,
    },
    /// A capture went on.
    Capture {
        /// How far.
        progress: CaptureProgress,
    },
}

tagged!(Event, "event");
