//! One file per page, over `dom.rs`. Pages see only the protocol, the message adapter and what a page may ask of the browser.
