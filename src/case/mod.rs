//! The typed journal entries; a [`Case`] is the fold over its journal.

mod entry;
mod fold;
mod lifecycle;

pub use entry::{
    Captured, Decision, Entry, EntryError, Exported, NoticeSent, Observed, Observer, Outcome, Qualified, Reported,
    Sealed, TimestampFailed, Timestamped,
};
pub use fold::{Case, FoldError, Status, Step};
pub use lifecycle::{
    Acknowledged, Complained, Consent, Decided, PieceAdded, PieceForm, Provenance, Recourse, Role, Ruling,
};
