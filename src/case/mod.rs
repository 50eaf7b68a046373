//! The typed journal entries; a [`Case`] is the fold over its journal.

mod deadline;
mod entry;
mod fold;
mod given;
mod lifecycle;

pub use deadline::{Deadline, DeadlineKind, deadlines};
pub use entry::{
    Captured, Decision, Entry, EntryError, Exported, NoticeSent, Observed, Observer, Outcome, Qualified, Reported,
    Sealed, TimestampFailed, Timestamped,
};
pub use fold::{Case, FoldError, Status, Step};
pub use given::{Given, GivenError, given};
pub use lifecycle::{
    Acknowledged, Complained, Consent, Decided, PieceAdded, PieceForm, Provenance, Recourse, Role, Ruling,
};
