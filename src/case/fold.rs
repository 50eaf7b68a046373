use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Acknowledged, Captured, Coded, Complained, Decided, Entry, EntryError, Exported, Filed, Frozen, JournalTimestamped,
    NoticeSent, Observed, PieceAdded, Purged, Qualified, Reported, Sealed, Timestamped,
};
use crate::{
    base::{Fault, Instant},
    evidence::{CanonicalError, ChainError, Head, Record, check_chain},
    law,
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
    /// Receipts of the platform.
    pub acknowledgements: Vec<(Instant, Acknowledged)>,
    /// Decisions of the platform.
    pub decisions: Vec<(Instant, Decided)>,
    /// What the user asked of others, or of the platform again.
    pub complaints: Vec<(Instant, Complained)>,
    /// Pieces that somebody gave.
    pub added: Vec<(Instant, PieceAdded)>,
    /// Dossiers that the case is in, by id.
    pub dossiers: BTreeMap<String, Filed>,
    /// Frozen lists that it stands on, by dossier: the first freezing counts.
    pub frozen: BTreeMap<String, (Instant, Frozen)>,
    /// Second qualifications.
    pub codings: Vec<(Instant, Coded)>,
    /// When every file was destroyed, and how many.
    pub purged: Option<(Instant, Purged)>,
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
    /// The platform confirmed that it received the notice.
    Acknowledged,
    /// The platform decided.
    Decided,
    /// Contested, or brought before somebody else.
    Complained,
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
            acknowledgements: vec![],
            decisions: vec![],
            complaints: vec![],
            added: vec![],
            dossiers: BTreeMap::new(),
            frozen: BTreeMap::new(),
            codings: vec![],
            purged: None,
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

    /// Whether nothing of its content may be held or shown: the user decided that it is child sexual abuse material.
    pub fn is_withheld(&self) -> bool {
        self.purged.is_some()
            || matches!(
                self.qualified.as_ref().map(|(_, qualified)| &qualified.decision),
                Some(super::Decision::Offence { offence, .. })
                    if law::NEVER_HELD.contains(&offence.as_str())
            )
    }

    /// How far the work has come.
    pub fn status(&self) -> Status {
        let last = self.steps.iter().rev().find_map(|step| match step.entry {
            Some(Entry::Decided(_)) => Some(Status::Decided),
            Some(Entry::Complained(_)) => Some(Status::Complained),
            _ => None,
        });
        if let Some(last) = last {
            return last;
        }
        if !self.acknowledgements.is_empty() {
            return Status::Acknowledged;
        }
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

    /// The number that the next piece of this case gets, captured or given.
    pub fn next_piece(&self) -> u32 {
        let captured = self.captures.iter().map(|(_, captured)| captured.piece);
        captured.chain(self.added.iter().map(|(_, added)| added.piece)).max().unwrap_or_default() + 1
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
            Some(Entry::Captured(captured) | Entry::AddressKept(captured)) => self.captures.push((at, captured)),
            Some(Entry::Sealed(sealed)) => self.seals.push((at, sealed)),
            Some(Entry::Timestamped(timestamped)) => self.timestamps.push((at, timestamped)),
            Some(Entry::JournalTimestamped(timed)) => self.journal_timestamps.push((at, timed)),
            Some(Entry::Exported(exported)) => self.exports.push((at, exported)),
            Some(Entry::Qualified(qualified)) => self.qualified = Some((at, qualified)),
            Some(Entry::Reported(reported)) => self.reports.push((at, reported)),
            Some(Entry::NoticeSent(sent)) => self.notices.push((at, sent)),
            Some(Entry::Observed(observed)) => self.observations.push((at, observed)),
            Some(Entry::Acknowledged(acknowledged)) => self.acknowledgements.push((at, acknowledged)),
            Some(Entry::Decided(decided)) => self.decisions.push((at, decided)),
            Some(Entry::Complained(complained)) => self.complaints.push((at, complained)),
            Some(Entry::PieceAdded(added)) => self.added.push((at, added)),
            Some(Entry::Filed(filed)) if filed.inside => drop(self.dossiers.insert(filed.dossier.clone(), filed)),
            Some(Entry::Filed(filed)) => drop(self.dossiers.remove(&filed.dossier)),
            Some(Entry::Frozen(frozen)) => drop(self.frozen.entry(frozen.dossier.clone()).or_insert((at, frozen))),
            Some(Entry::Coded(coded)) => self.codings.push((at, coded)),
            Some(Entry::Purged(purged)) => {
                // What was sealed and dated is no longer there.
                self.seals.clear();
                self.timestamps.clear();
                self.purged.get_or_insert((at, purged));
            }
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

#[cfg(test)]
#[path = "../../tests/unit/case/fold.rs"]
mod tests;
