//! Dossiers, testings and lists of addresses, as they cross contexts.

use serde::{Deserialize, Serialize};

use super::{CaseRow, Decision, ExportView, Instant, Lang, Status};
use crate::{
    base::tagged::tagged,
    measure::{Campaign, Round},
};

/// What the page of campaigns asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum CampaignAsk {
    /// All dossiers.
    Dossiers,
    /// A new one.
    Create {
        /// Its name.
        name: String,
        /// What it is for.
        purpose: Purpose,
    },
    /// Puts cases into a dossier, or takes them out.
    File {
        /// The dossier.
        dossier: String,
        /// The cases.
        cases: Vec<String>,
        /// Whether they are in it from now on.
        inside: bool,
    },
    /// Fixes the list of posts that will be notified.
    Freeze {
        /// The dossier.
        dossier: String,
    },
    /// What became of its posts.
    Table {
        /// The dossier.
        dossier: String,
        /// Without small groups.
        public: bool,
        /// Language of the method.
        lang: Lang,
    },
    /// A second person's qualification.
    Code {
        /// The case.
        case: String,
        /// Initials or a pseudonym.
        coder: String,
        /// What they decided.
        decision: Decision,
    },
    /// One pack of all its cases.
    Export {
        /// The dossier.
        dossier: String,
    },
    /// The table as a file.
    Save {
        /// The dossier.
        dossier: String,
        /// Without small groups.
        public: bool,
        /// Which form.
        form: TableForm,
    },
    /// The list of addresses that are captured one by one.
    Queue,
    /// Adds addresses to it, found in any text.
    Add {
        /// Dossier for their cases.
        dossier: Option<String>,
        /// The text.
        text: String,
    },
    /// The next address to capture, marked as under way.
    Next,
    /// How the capture of an address ended.
    Settle {
        /// Its place in the list.
        at: usize,
        /// The case, or the code of the fault.
        outcome: Result<String, String>,
    },
    /// Those that failed wait again.
    Retry,
    /// Takes out of the list what is done.
    Clear,
}

tagged!(CampaignAsk, "ask");

/// The form of a table as a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableForm {
    /// For spreadsheets.
    Csv,
    /// For programs: that of `temoin stats`.
    Json,
}

pub use crate::case::Purpose;

/// What is answered to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum CampaignReply {
    /// All dossiers, the newest first.
    Dossiers(Vec<DossierView>),
    /// One of them.
    Dossier(DossierView),
    /// Its table.
    Table(Box<TableView>),
    /// A file was handed over.
    Exported(ExportView),
    /// The list of addresses.
    Queue(QueueView),
    /// The next address.
    Next(Option<NextView>),
    /// Nothing to show.
    Done,
}

tagged!(CampaignReply, "answer", "value");

/// A dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierView {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is for.
    pub purpose: Purpose,
    /// When it was made, or first seen here.
    pub created_at: Instant,
    /// How many cases are in it.
    pub cases: u64,
}

/// The table of a dossier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableView {
    /// The dossier.
    pub dossier: DossierView,
    /// Its cases, the newest first.
    pub rows: Vec<CaseRow>,
    /// Cases whose text is nearly that of an earlier one, and of which.
    pub alike: Vec<AlikeView>,
    /// The figures.
    pub campaign: Campaign,
    /// The method, sentence by sentence.
    pub method: Vec<String>,
    /// Published rounds to compare with.
    pub rounds: Vec<Round>,
}

/// Two cases with nearly the same text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlikeView {
    /// The later one.
    pub case: String,
    /// The earlier one, in this dossier or not.
    pub earlier: String,
    /// Its address.
    pub permalink: String,
    /// Common runs of words, in thousandths.
    pub share: u32,
    /// Whether the earlier one is gone: the later one may be a second upload.
    pub after_removal: bool,
    /// How far the earlier one has come.
    pub status: Status,
}

/// The list of addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueView {
    /// All of them, in their order.
    pub items: Vec<QueueItem>,
    /// Of the text that was added last: addresses that stood in the list already.
    pub repeated: u64,
}

/// One address of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueItem {
    /// The address, without what lets somebody act as the user.
    pub url: String,
    /// Dossier for its case.
    pub dossier: Option<String>,
    /// How far it has come.
    pub state: QueueState,
}

/// How far an address of the list has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum QueueState {
    /// Waits.
    Waiting,
    /// Under way.
    Capturing {
        /// Since when.
        since: Instant,
    },
    /// Captured.
    Done {
        /// The case.
        case: String,
    },
    /// Captured before it came on the list: not captured again.
    Known {
        /// The case.
        case: String,
    },
    /// It did not work.
    Failed {
        /// Code of the fault.
        code: String,
    },
}

tagged!(QueueState, "state");

/// The next address to capture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextView {
    /// Its place in the list.
    pub at: usize,
    /// The address.
    pub url: String,
}
