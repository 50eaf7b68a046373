use serde::{Deserialize, Serialize};

use super::{
    Captured, Entry, EntryError, Exported, JournalTimestamped, NoticeSent, Observed, Qualified, Reported, Sealed,
    Timestamped,
};
use crate::{
    base::{Fault, Instant},
    evidence::{CanonicalError, ChainError, Head, Record, check_chain},
};

/// A case: what its journal says, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Id.
    pub id: String,
    /// Captures, the first being the one that opened the case.
    pub captures: Vec<(Instant, Captured)>,
    /// Seals.
    pub seals: Vec<(Instant, Sealed)>,
    /// Timestamps.
    pub timestamps: Vec<(Instant, Timestamped)>,
    /// Timestamps over the journal up to an entry.
    pub journal_timestamps: Vec<(Instant, JournalTimestamped)>,
    /// Last decision of the user.
    pub qualified: Option<(Instant, Qualified)>,
    /// Reports to the authorities.
    pub reports: Vec<(Instant, Reported)>,
    /// Notices to the platform.
    pub notices: Vec<(Instant, NoticeSent)>,
    /// Looks at the fate of the post, the baseline included.
    pub observations: Vec<(Instant, Observed)>,
    /// Packs made.
    pub exports: Vec<(Instant, Exported)>,
    /// All entries in order, erased ones as `None`.
    pub steps: Vec<Step>,
    /// End of the chain that this was folded from.
    pub head: Head,
}

/// One line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Position in the journal.
    pub seq: u64,
    /// Device clock.
    pub at: Instant,
    /// Kind of the entry.
    pub kind: String,
    /// The entry, unless it was erased.
    pub entry: Option<Entry>,
}

/// How far the user's work on a case has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Captured, not yet decided.
    Captured,
    /// Decided: an offence.
    Qualified,
    /// Decided: no offence.
    SetAside,
    /// Reported to the authorities, platform not yet notified.
    Reported,
    /// Platform notified.
    Notified,
}

impl Case {
    /// Folds a whole journal, after checking its chain.
    pub fn fold(records: &[Record]) -> Result<Self, FoldError> {
        let head = check_chain(records)?.ok_or(FoldError::Empty)?;
        let id = records.first().map(|record| record.link.case.clone()).ok_or(FoldError::Empty)?;
        let mut case = Self {
            id,
            captures: vec![],
            seals: vec![],
            timestamps: vec![],
            journal_timestamps: vec![],
            qualified: None,
            reports: vec![],
            notices: vec![],
            observations: vec![],
            exports: vec![],
            steps: vec![],
            head,
        };
        for record in records {
            case.apply(record)?;
        }
        if case.captures.is_empty() {
            return Err(FoldError::NotOpened);
        }
        Ok(case)
    }

    /// The capture that opened the case.
    pub fn first(&self) -> Option<&Captured> {
        self.captures.first().map(|(_, captured)| captured)
    }

    /// How far the work has come.
    pub fn status(&self) -> Status {
        if !self.notices.is_empty() {
            return Status::Notified;
        }
        if !self.reports.is_empty() {
            return Status::Reported;
        }
        match self.qualified.as_ref().map(|(_, qualified)| &qualified.decision) {
            Some(super::Decision::Offence { .. }) => Status::Qualified,
            Some(super::Decision::Lawful { .. }) => Status::SetAside,
            None => Status::Captured,
        }
    }

    /// Whether `service` has not dated a seal yet.
    pub fn lacks_time_of(&self, sealed: &Sealed, service: &str) -> bool {
        !self.timestamps.iter().any(|(_, timed)| timed.imprint == sealed.manifest && timed.service == service)
    }

    /// By how many services everything that is to be dated is dated: the seals, and the last look at the fate but the baseline.
    pub fn dated_by(&self) -> usize {
        let tokens =
            |sealed: &Sealed| self.timestamps.iter().filter(|(_, timed)| timed.imprint == sealed.manifest).count();
        let seals = self.seals.iter().map(|(_, sealed)| tokens(sealed));
        let look = |step: &&Step| matches!(&step.entry, Some(Entry::Observed(seen)) if !seen.baseline);
        let look = self.steps.iter().rev().find(look);
        let looks = look.map(|step| self.journal_timestamps.iter().filter(|(_, timed)| timed.seq >= step.seq).count());
        seals.chain(looks).min().unwrap_or(usize::MAX)
    }

    fn apply(&mut self, record: &Record) -> Result<(), FoldError> {
        let at = record.link.at;
        let entry = record.body.as_ref().map(|body| Entry::read(&record.link.kind, body)).transpose()?;
        self.steps.push(Step { seq: record.link.seq, at, kind: record.link.kind.clone(), entry: entry.clone() });
        match entry {
            Some(Entry::Captured(captured)) => self.captures.push((at, captured)),
            Some(Entry::Sealed(sealed)) => self.seals.push((at, sealed)),
            Some(Entry::Timestamped(timestamped)) => self.timestamps.push((at, timestamped)),
            Some(Entry::JournalTimestamped(timed)) => self.journal_timestamps.push((at, timed)),
            Some(Entry::Exported(exported)) => self.exports.push((at, exported)),
            Some(Entry::Qualified(qualified)) => self.qualified = Some((at, qualified)),
            Some(Entry::Reported(reported)) => self.reports.push((at, reported)),
            Some(Entry::NoticeSent(sent)) => self.notices.push((at, sent)),
            Some(Entry::Observed(observed)) => self.observations.push((at, observed)),
            Some(Entry::TimestampFailed(_)) | None => {}
        }
        Ok(())
    }
}

/// Why a journal is not a case.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FoldError {
    /// No record at all.
    #[error("ce journal est vide")]
    Empty,
    /// No capture in it.
    #[error("ce journal ne contient aucune capture")]
    NotOpened,
    /// The chain is broken.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// A record cannot be read.
    #[error(transparent)]
    Entry(#[from] EntryError),
}

impl From<CanonicalError> for FoldError {
    fn from(error: CanonicalError) -> Self {
        Self::Chain(error.into())
    }
}

impl Fault for FoldError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "journal_empty",
            Self::NotOpened => "journal_not_opened",
            Self::Chain(error) => error.code(),
            Self::Entry(error) => error.code(),
        }
    }
}
