//! What was seen: [`PageSnapshot`] (raw, untrusted, as `capture.js` sends it) → [`Post`] (parsed, valid by construction).

mod snapshot;
mod post;

pub use post::{Author, Counter, Linked, Media, MediaKind, Missing, Post};
pub use snapshot::{Omission, PageSnapshot, Rect, SNAPSHOT_VERSION, SnapshotError, Viewport};
