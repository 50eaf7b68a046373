//! One adapter per port, named like it, and the few `chrome.*`/`browser.*` bindings. It translates and decides nothing.

#[cfg(feature = "module-core")]
pub mod background;
pub mod blob_store;
pub mod case_store;
mod chrome;
pub mod clock;
mod database;
#[cfg(all(any(feature = "module-core", feature = "module-pages"), feature = "flavour-demo"))]
pub mod demo;
pub mod entropy;
mod fetch;
#[cfg(all(feature = "module-pages", feature = "flavour-demo"))]
mod hooks;
pub mod host;
pub mod message;
mod notifier;
mod output;
pub mod page;
mod preferences;
mod press;
pub mod screen;
pub mod seal_store;
pub mod signer;
mod tab;
pub mod trust;
#[cfg(feature = "module-verify")]
pub mod verify;
