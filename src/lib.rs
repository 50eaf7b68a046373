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
pub mod pack;

// Application.
pub mod port;
pub mod protocol;
pub mod app;

// Browser.
#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
