//! The verifier's page: a pack in, one sentence out, then the details.

use std::{cell::Cell, rc::Rc};

use wasm_bindgen::{JsCast, prelude::wasm_bindgen};
use web_sys::{DragEvent, File, HtmlInputElement};

use super::{
    dom::{Scope, Try},
    shell::{self, spawn},
    words::{self, family, integer, say, say_with},
};
use crate::{
    base::FaultView,
    browser::{page, verify},
    protocol::{Digest, ProblemView, TokenState, Verdict, VerifyView},
};

/// Starts `verify.html`.
#[wasm_bindgen]
pub fn verify_page() {
    spawn(async {
        let page = Rc::new(Verifier { page: shell::open()?, round: Cell::new(0) });
        page.listen()
    });
}

struct Verifier {
    page: Scope,
    /// Counts packs: only the last one chosen is shown.
    round: Cell<u32>,
}

impl Verifier {
    fn listen(self: &Rc<Self>) -> Try {
        let verifier = self.clone();
        shell::keep(self.page.on("pack", "change", move |_| verifier.start(verifier.chosen()))?);
        let drop: web_sys::Element = self.page.find("drop")?;
        for event in ["dragover", "drop"] {
            let verifier = self.clone();
            shell::keep(super::dom::listen(&drop, event, move |event| {
                event.prevent_default();
                let dropped = event.dyn_ref::<DragEvent>().and_then(|event| event.data_transfer()?.files()?.get(0));
                if event.type_() == "drop" {
                    verifier.start(dropped);
                }
            }));
        }
        // Chosen before the page was ready, or kept by the browser over a reload.
        self.start(self.chosen());
        Ok(())
    }

    fn chosen(&self) -> Option<File> {
        self.page.find::<HtmlInputElement>("pack").ok()?.files()?.get(0)
    }

    fn start(self: &Rc<Self>, file: Option<File>) {
        let Some(file) = file else { return };
        let round = self.round.get().wrapping_add(1);
        self.round.set(round);
        let verifier = self.clone();
        spawn(async move {
            let page = &verifier.page;
            page.show("fault", false)?;
            page.show("verdict", false)?;
            page.show("result", false)?;
            page.write("busy-text", &say_with("verify_busy", &[&file.name()]))?;
            page.show("busy", true)?;
            let checked = check(&file).await;
            if verifier.round.get() != round {
                return Ok(());
            }
            page.show("busy", false)?;
            let (digest, view) = checked?;
            verifier.fill(&file.name(), &digest, &view)
        });
    }

    fn fill(&self, name: &str, digest: &Digest, view: &VerifyView) -> Try {
        let page = &self.page;
        let verdict = words::code(&view.verdict);
        page.write("verdict", &family("verdict", &verdict).unwrap_or_default())?;
        page.set("verdict", "data-verdict", &verdict)?;
        page.show("verdict", true)?;
        page.write("name", name)?;
        page.write("digest", &digest.to_string())?;
        page.write("files", &integer(view.files))?;
        page.show("demo-banner", view.demo)?;
        page.show("problems-box", !view.problems.is_empty())?;
        page.fill("problems", "problem", &view.problems, fill_problem)?;
        page.show("doubts-box", !view.doubts.is_empty())?;
        page.fill("doubts", "problem", &view.doubts, fill_problem)?;
        page.show("no-token", view.tokens.is_empty())?;
        page.show("tokens-box", view.verdict != Verdict::Refused || !view.tokens.is_empty())?;
        page.fill("tokens", "problem", &view.tokens, |row, token| {
            row.write("where", &token.file)?;
            let at = token.gen_time.map_or_else(|| say("not_shown"), words::paris);
            let tsa = token.tsa.as_deref().unwrap_or_default();
            let text = match token.state {
                TokenState::Verified => say_with("token_verified", &[&at, tsa]),
                TokenState::NotEstablished => say_with("token_not_established", &[&at, tsa]),
                TokenState::Refused => say_with("token_refused", &[&at, tsa]),
            };
            row.write("message", &text)
        })?;
        page.show("result", true)
    }
}

async fn check(file: &File) -> Try<(Digest, VerifyView)> {
    let bytes = page::file_bytes(file).await.ok_or_else(|| FaultView {
        code: "file_unreadable".to_owned(),
        message: "ce fichier n’a pas pu être lu".to_owned(),
        hint: String::new(),
    })?;
    let digest = Digest::of(&bytes);
    Ok((digest, verify::check(bytes).await))
}

fn fill_problem(row: &Scope, problem: &ProblemView) -> Try {
    row.write("where", &place(problem))?;
    words::write_data(row, "message", None, &problem.message)
}

fn place(problem: &ProblemView) -> String {
    match (&problem.file, problem.entry) {
        (Some(file), Some(entry)) => say_with("problem_in_entry", &[file, &integer(entry)]),
        (Some(file), None) => file.clone(),
        (None, Some(entry)) => say_with("problem_entry", &[&integer(entry)]),
        (None, None) => say("problem_pack"),
    }
}
