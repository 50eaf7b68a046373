//! One adapter per port, named like it, and the few `chrome.*`/`browser.*` bindings. It translates and decides nothing.

mod chrome;
pub mod host;
pub mod message;
pub mod page;
#[cfg(feature = "module-verify")]
pub mod verify;
