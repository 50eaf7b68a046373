//! One file per page, over `dom.rs`. Pages see only the protocol, the message adapter and what a page may ask of the browser.

#[cfg(any(feature = "module-core", feature = "module-verify"))]
mod dom;
#[cfg(any(feature = "module-core", feature = "module-verify"))]
mod shell;
#[cfg(any(feature = "module-core", feature = "module-verify"))]
mod words;

#[cfg(feature = "module-core")]
mod case;
#[cfg(feature = "module-core")]
mod guide;
#[cfg(feature = "module-core")]
mod history;
#[cfg(feature = "module-core")]
mod options;
#[cfg(feature = "module-core")]
mod panel;
#[cfg(feature = "module-verify")]
mod verify;
