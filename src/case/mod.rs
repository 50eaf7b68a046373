//! The typed journal entries; a [`Case`] is the fold over its journal.

mod entry;
mod fold;

pub use entry::{
    Captured, Decision, Entry, EntryError, Exported, Further, NoticeSent, Observed, Observer, Outcome, Qualified,
    Reported, Sealed, TimestampFailed, Timestamped,
};
pub use fold::{Case, FoldError, Status, Step};
