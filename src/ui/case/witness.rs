//! What a second account of the post says, and the word that a site's layout changed, with an anonymous sample of it.

use std::rc::Rc;

use super::{
    super::{
        dom::{Try, write},
        shell::{announce, ask, unexpected},
        words::{self, family, plural, say, say_with},
    },
    CaseBox,
};
use crate::browser::page;
use crate::protocol::{Difference, Doubt, Missing, PieceView, Reply, Request, Witness};

impl CaseBox {
    pub(super) fn fill_witness(&self, piece: &PieceView) -> Try {
        let root = &self.root;
        let changed = piece.missing.contains(&Missing::layout_changed());
        root.show("canary", changed)?;
        root.show("witness-box", piece.witness.is_some())?;
        let Some(witness) = &piece.witness else { return Ok(()) };
        let source = family("source", &witness.source).unwrap_or_else(|| witness.source.clone());
        let level = family("level", &words::code(&witness.level)).unwrap_or_default();
        let mut line = say_with("witness_source", &[&source, &level]);
        if witness.doubt != Doubt::Verified {
            line = format!("{line} {}", say("to_verify"));
        }
        root.write("witness-source", &line)?;
        root.fill("witness", "line", &lines(witness), |row, line| {
            write(row.element(), line);
            Ok(())
        })
    }

    pub(super) fn listen_to_canary(self: &Rc<Self>) -> Try {
        self.on_press("canary-show", |case, _| {
            Box::pin(async move {
                let Reply::LayoutSample(sample) = ask(case.sample()).await? else { return Err(unexpected()) };
                let elements = sample.matches("</").count() as u64;
                let size = words::size(sample.len() as u64);
                case.root.write("canary-holds", &say_with("canary_holds", &[&plural("elements", elements), &size]))?;
                case.root.write("canary-sample", &sample)?;
                case.root.show("canary-box", true)?;
                case.root.focus("canary-sample")
            })
        })?;
        self.on_press("canary-save", |case, _| {
            Box::pin(async move {
                let Reply::LayoutSample(sample) = ask(case.sample()).await? else { return Err(unexpected()) };
                let name = format!("temoin-mise-en-page-{}.html", case.view().row.platform);
                page::save(&name, "text/html", sample.as_bytes());
                announce(&say("canary_saved"))
            })
        })
    }

    fn sample(&self) -> Request {
        let piece = self.view().pieces.first().map_or(1, |piece| piece.piece);
        Request::LayoutSample { case: self.id(), piece }
    }
}

/// One line for each thing that the witness says.
fn lines(witness: &Witness) -> Vec<String> {
    let named = |fields: &[String]| fields.iter().map(|name| field(name)).collect::<Vec<_>>().join(", ");
    let mut all = vec![];
    let both = |one: &Difference| [field(&one.field), one.page.clone(), one.payload.clone()];
    all.extend(
        witness.differs.iter().map(both).map(|[what, page, told]| say_with("witness_differs", &[&what, &page, &told])),
    );
    all.extend(
        witness.in_part.iter().map(both).map(|[what, page, told]| say_with("witness_in_part", &[&what, &page, &told])),
    );
    if !witness.agrees.is_empty() {
        all.push(say_with("witness_agrees", &[&named(&witness.agrees)]));
    }
    all.extend(
        witness.only_payload.iter().map(|one| say_with("witness_only_payload", &[&field(&one.field), &one.value])),
    );
    if !witness.only_page.is_empty() {
        all.push(say_with("witness_only_page", &[&named(&witness.only_page)]));
    }
    all.extend(witness.missing.iter().map(super::post::missing_text));
    all
}

fn field(name: &str) -> String {
    family("field", &name.replace('.', "_")).unwrap_or_else(|| name.to_owned())
}
