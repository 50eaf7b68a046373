//! One file per page, over `dom.rs`. Pages see only the protocol, the message adapter and what a page may ask of the browser.

// The verifier's module is small and uses only a part of what the pages share.
#[cfg(any(feature = "module-pages", feature = "module-verify"))]
#[cfg_attr(not(feature = "module-pages"), allow(dead_code))]
mod dom;
#[cfg(any(feature = "module-pages", feature = "module-verify"))]
#[cfg_attr(not(feature = "module-pages"), allow(dead_code))]
mod shell;
#[cfg(any(feature = "module-pages", feature = "module-verify"))]
#[cfg_attr(not(feature = "module-pages"), allow(dead_code))]
mod words;

#[cfg(feature = "module-pages")]
mod campaign;
#[cfg(feature = "module-pages")]
mod case;
#[cfg(feature = "module-pages")]
mod chart;
#[cfg(feature = "module-pages")]
mod day;
#[cfg(feature = "module-pages")]
mod guide;
#[cfg(feature = "module-pages")]
mod history;
#[cfg(feature = "module-pages")]
mod options;
#[cfg(feature = "module-pages")]
mod panel;
#[cfg(feature = "module-verify")]
mod verify;
