//! Letters: drafted from the case, read again here, completed elsewhere.

use std::rc::Rc;

use web_sys::HtmlInputElement;

use super::{
    super::{
        dom::{Try, write},
        shell::{announce, ask, spawn, unexpected},
        words::{self, say},
    },
    CaseBox,
};
use crate::{
    browser::page,
    protocol::{Lang, Letter, LetterKind, Reply, Request, letter_text},
};

impl CaseBox {
    pub(super) fn listen_to_letters(self: &Rc<Self>) -> Try {
        self.root.set_value("letter-lang", if page::lang() == Lang::En { "en" } else { "fr" })?;
        self.on("letter-form", "submit", |_, event| {
            event.prevent_default();
            Ok(())
        })?;
        self.on("letter-form", "change", |case, _| {
            let case = case.clone();
            spawn(async move { case.draft_letter().await });
            Ok(())
        })?;
        self.on_press("letter-save", |case, _| {
            Box::pin(async move {
                let Some((letter, lang, victim)) = case.wanted_letter()? else { return case.root.focus("letter-kind") };
                ask(Request::SaveLetter { case: case.id(), letter, lang, victim }).await?;
                announce(&say("letter_saved"))
            })
        })
    }

    /// Drafts the letter that is chosen again, after a change of the case.
    pub(super) async fn draft_letter(&self) -> Try {
        let Some((letter, lang, victim)) = self.wanted_letter()? else { return self.root.show("letter-box", false) };
        let Reply::Letter(letter) = ask(Request::DraftLetter { case: self.id(), letter, lang, victim }).await? else {
            return Err(unexpected());
        };
        self.fill_letter(&letter)
    }

    fn fill_letter(&self, letter: &Letter) -> Try {
        let root = &self.root;
        let lang = if letter.lang == Lang::En { "en" } else { "fr" };
        root.write("letter-title", &letter.title)?;
        root.set("letter-box", "lang", lang)?;
        root.fill("letter-notes", "line", &letter.notes, |row, note| {
            write(row.element(), note);
            Ok(())
        })?;
        root.set_value("letter-text", &letter_text(letter))?;
        root.show("letter-box", true)
    }

    fn wanted_letter(&self) -> Try<Option<(LetterKind, Lang, bool)>> {
        let root = &self.root;
        let chosen = root.value("letter-kind")?;
        let lang = if root.value("letter-lang")? == "en" { Lang::En } else { Lang::Fr };
        let victim = root.find::<HtmlInputElement>("letter-victim")?.checked();
        Ok(LetterKind::ALL.into_iter().find(|kind| words::code(kind) == chosen).map(|kind| (kind, lang, victim)))
    }
}
