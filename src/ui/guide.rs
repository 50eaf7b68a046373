//! The pages that only speak: welcome and help.

use wasm_bindgen::prelude::wasm_bindgen;

use super::{
    shell::{self, ask, spawn},
    words::{self, say, say_with},
};
use crate::{
    browser::page,
    protocol::{Reply, Request},
};

/// Starts `welcome.html`.
#[wasm_bindgen]
pub fn welcome_page() {
    spawn(async { shell::open()?.show("demo-banner", cfg!(feature = "flavour-demo")) });
}

/// Starts `help.html`.
#[wasm_bindgen]
pub fn help_page() {
    spawn(async {
        let page = shell::open()?;
        page.write("version", &page::version())?;
        let Reply::Law(law) = ask(Request::Law).await? else { return Err(shell::unexpected()) };
        let reader = match &law.reviewed_by {
            Some(reader) => say_with("help_law_reviewed", &[reader]),
            None => say("help_law_unreviewed"),
        };
        let days = [words::day(&law.law_date), words::day(&law.verified_on), reader];
        page.write("law-date", &say_with("help_law_read", &days.each_ref().map(String::as_str)))?;
        page.fill("risks", "risk", &law.safety, |row, rule| {
            let lang = page::lang();
            row.write("rule", rule.rule.say(lang))?;
            row.write("basis", rule.basis.as_ref().map(|basis| basis.say(lang)).unwrap_or_default())
        })
    });
}
