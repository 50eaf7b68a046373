//! The pages that only speak: welcome and help.

use wasm_bindgen::prelude::wasm_bindgen;

use super::shell::{self, spawn};
use crate::browser::page;

/// Starts `welcome.html`.
#[wasm_bindgen]
pub fn welcome_page() {
    spawn(async { shell::open()?.show("demo-banner", cfg!(feature = "flavour-demo")) });
}

/// Starts `help.html`.
#[wasm_bindgen]
pub fn help_page() {
    spawn(async { shell::open()?.write("version", &page::version()) });
}
