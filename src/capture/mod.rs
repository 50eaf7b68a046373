//! What was seen: [`PageSnapshot`] (raw, untrusted, as `capture.js` sends it) → [`Post`] (parsed, valid by construction).

mod address;
mod linked_data;
mod page;
mod page_state;
mod plan;
mod post;
mod reader;
mod sample;
mod scope;
mod snapshot;
mod text;
mod witness;

pub use address::without_secrets;
pub use page::{MAX_DEPTH, MAX_HTML, Page};
pub use plan::{KeptState, PagePlan, plan};
pub use post::{Author, Counter, Linked, Media, MediaKind, Missing, Post};
pub use reader::{ReadError, read, read_with};
pub use sample::layout_sample;
pub use snapshot::{Omission, PageSnapshot, Rect, SNAPSHOT_VERSION, SnapshotError, Viewport};
pub use witness::{Difference, Told, Witness, WitnessRequest, witness_request};

#[cfg(test)]
#[path = "../../tests/unit/capture/mod.rs"]
mod tests;
