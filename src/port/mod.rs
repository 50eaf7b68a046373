//! The traits that the outside fills, and their memory twins (`memory.rs`) with which every story runs natively.
//! One adapter per port stands in `browser/`, named like it.

#![expect(async_fn_in_trait, reason = "every host has one thread: no future needs to be Send")]

mod blob_store;
mod case_store;
mod clock;
mod entropy;
mod fetch;
#[cfg(not(target_arch = "wasm32"))]
pub mod memory;
mod notifier;
mod output;
mod page;
mod preferences;
mod press;
mod screen;
mod seal_store;
mod signer;
mod trust;

pub use blob_store::BlobStore;
pub use case_store::{CaseStore, Row, Staged, StoreError};
pub use clock::Clock;
pub use entropy::Entropy;
pub use fetch::{Fetch, FetchError, Fetched};
pub use notifier::Notifier;
pub use output::{Audience, Download};
pub use page::{Bracket, Frame, Located, MediaAnswer, Page, PageError, Restored, Target};
pub use preferences::Preferences;
pub use press::{Press, PressError};
pub use screen::{Clip, Screen, ScreenError};
pub use seal_store::SealStore;
pub use signer::Signer;
pub use trust::Trust;

/// All ports of one context.
pub trait Ports {
    /// The device clock.
    fn clock(&self) -> &impl Clock;
    /// Randomness.
    fn entropy(&self) -> &impl Entropy;
    /// Journals, their read model, captures under way.
    fn cases(&self) -> &impl CaseStore;
    /// Files by digest.
    fn blobs(&self) -> &impl BlobStore;
    /// Seals by what they are over.
    fn seals(&self) -> &impl SealStore;
    /// The device's key.
    fn signer(&self) -> &impl Signer;
    /// What tokens are checked with.
    fn trust(&self) -> &impl Trust;
    /// Requests without cookies.
    fn fetch(&self) -> &impl Fetch;
    /// The page that is captured.
    fn page(&self) -> &impl Page;
    /// Pictures of the visible tab.
    fn screen(&self) -> &impl Screen;
    /// Settings.
    fn preferences(&self) -> &impl Preferences;
    /// PDFs.
    fn press(&self) -> &impl Press;
    /// Files handed to the user.
    fn download(&self) -> &impl Download;
    /// The open pages.
    fn audience(&self) -> &impl Audience;
    /// Notifications of the browser.
    fn notifier(&self) -> &impl Notifier;
    /// Version of the running program.
    fn version(&self) -> &str;
    /// Whether this is the demo flavour: what it makes is marked.
    fn is_demo(&self) -> bool;
}
