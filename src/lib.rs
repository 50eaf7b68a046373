#![doc = include_str!("../README.md")]

// Domain: pure; no clock, no randomness, no I/O, no browser. Each module imports only what stands above it.
pub mod base;
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
    all(feature = "module-core", feature = "module-pages"),
    all(feature = "module-core", feature = "module-verify"),
    all(feature = "module-pages", feature = "module-verify"),
))]
compile_error!("one wasm module at a time: module-core, module-pages or module-verify");

// Browser.
#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
