#![doc = include_str!("../README.md")]

// Domain: pure; no clock, no randomness, no I/O, no browser. Each module imports only what stands above it.
pub mod base;
pub mod paper;
pub mod platform;
pub mod capture;
pub mod evidence;
pub mod law;
pub mod qualification;
pub mod notice;
pub mod takedown;
pub mod case;
pub mod measure;
pub mod pack;

// Application.
pub mod protocol;
pub mod port;
pub mod app;

#[cfg(any(
    all(feature = "module-core", any(feature = "module-pages", feature = "module-verify", feature = "module-pdf")),
    all(feature = "module-pages", any(feature = "module-verify", feature = "module-pdf")),
    all(feature = "module-verify", feature = "module-pdf"),
))]
compile_error!("one wasm module at a time: module-core, module-pages, module-verify or module-pdf");

// Browser.
#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
