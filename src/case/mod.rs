//! The typed journal entries; a [`Case`] is the fold over its journal.

mod entry;
mod filing;
mod fold;

pub use entry::{
    Captured, Decision, Entry, EntryError, Exported, NoticeSent, Observed, Observer, Outcome, Qualified, Reported,
    Sealed, TimestampFailed, Timestamped,
};
pub use filing::{Coded, Filed, Frozen, Notifier, Purpose, SentBy};
pub use fold::{Case, FoldError, Status, Step};
