//! The typed journal entries; a [`Case`] is the fold over its journal.

mod deadline;
mod entry;
mod filing;
mod fold;
mod given;
mod lifecycle;

pub use deadline::{Deadline, DeadlineKind, deadlines};
pub use entry::{
    Captured, Decision, Entry, EntryError, Exported, Further, JournalTimestamped, NoticeSent, Observed, Observer,
    Outcome, Purged, Qualified, Reported, Sealed, TimestampFailed, Timestamped,
};
pub use filing::{Coded, Filed, Frozen, Notifier, Purpose, SentBy};
pub use fold::{Case, FoldError, Status, Step};
pub use given::{Given, GivenError, given};
pub use lifecycle::{
    Acknowledged, Complained, Consent, Decided, PieceAdded, PieceForm, Provenance, Recourse, Role, Ruling,
};
