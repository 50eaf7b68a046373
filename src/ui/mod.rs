//! One file per page, over `dom.rs`. Pages see only the protocol, the message adapter and what a page may ask of the browser.

// The verifier's module is small and uses only a part of what the pages share.
#[cfg(any(feature = "module-core", feature = "module-verify"))]
#[cfg_attr(not(feature = "module-core"), allow(dead_code))]
mod dom;
#[cfg(any(feature = "module-core", feature = "module-verify"))]
#[cfg_attr(not(feature = "module-core"), allow(dead_code))]
mod shell;
#[cfg(any(feature = "module-core", feature = "module-verify"))]
#[cfg_attr(not(feature = "module-core"), allow(dead_code))]
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
