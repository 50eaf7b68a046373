use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    base::Fault,
    evidence::{Head, Record},
};

/// Journals, one chain per case, with a read model of one row per case, and the captures under way.
///
/// The implementation guarantees that [`append`](Self::append) is one durable transaction: the head is compared and the
/// records, the row and the end of the staging are written together or not at all. So two writers never fork a chain,
/// and a capture is never both saved and under way.
pub trait CaseStore {
    /// The whole journal of a case; empty when there is none.
    async fn records(&self, case: &str) -> Result<Vec<Record>, StoreError>;
    /// Adds `records` after `expected`, replaces the row, and forgets the staged capture `done`.
    async fn append(
        &self,
        expected: Option<Head>,
        records: &[Record],
        row: &Row,
        done: Option<&str>,
    ) -> Result<(), StoreError>;
    /// All rows, in no order.
    async fn rows(&self) -> Result<Vec<Row>, StoreError>;
    /// Replaces a row that was folded again.
    async fn put_row(&self, row: &Row) -> Result<(), StoreError>;
    /// Keeps the state of a capture under way.
    async fn stage(&self, staged: &Staged) -> Result<(), StoreError>;
    /// The captures under way, or left so by a worker that was killed.
    async fn staged(&self) -> Result<Vec<Staged>, StoreError>;
    /// Forgets a capture of which nothing is kept.
    async fn unstage(&self, id: &str) -> Result<(), StoreError>;
}

/// One row of the read model: a cache, valid as long as the journal's head is `head`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Id of the case.
    pub case: String,
    /// Head of the journal that it was folded from.
    pub head: Head,
    /// The row, in the application's form.
    pub body: Value,
}

/// The state of a capture under way, in the application's form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staged {
    /// Id of the capture.
    pub id: String,
    /// The state.
    pub body: Value,
}

/// Why the store did not keep or give something.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum StoreError {
    /// Somebody else wrote first: read again, then try again.
    #[error("cette affaire vient d’être modifiée ailleurs")]
    Conflict,
    /// The device or the browser has no room left.
    #[error("il n’y a plus de place pour enregistrer")]
    Full,
    /// What was stored is not what was written.
    #[error("des données enregistrées ont été altérées : {0}")]
    Damaged(String),
    /// Anything else, in the browser's words.
    #[error("l’enregistrement a échoué : {0}")]
    Failed(String),
}

impl Fault for StoreError {
    fn code(&self) -> &'static str {
        match self {
            Self::Conflict => "store_conflict",
            Self::Full => "store_full",
            Self::Damaged(_) => "store_damaged",
            Self::Failed(_) => "store_failed",
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::Conflict => "Réessayez.",
            Self::Full => {
                "Libérez de la place sur l’appareil, puis réessayez ; les affaires déjà enregistrées sont intactes."
            }
            Self::Damaged(_) => "Exportez sans attendre les affaires encore lisibles.",
            Self::Failed(_) => "Réessayez ; si cela se répète, redémarrez le navigateur.",
        }
    }
}
