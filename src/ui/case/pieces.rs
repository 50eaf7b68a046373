//! Pieces that somebody gave: what a person already has.

use std::rc::Rc;

use super::{
    super::{
        dom::{Try, write},
        words::{self, family, plural, say, say_with},
    },
    CaseBox,
};
use crate::protocol::{AddedView, CaseView, Consent, Request, Role, TimestampState};

const ROLES: [Role; 3] = [Role::Victim, Role::Witness, Role::Association];
const CONSENTS: [Consent; 4] = [Consent::Own, Consent::Given, Consent::Unknown, Consent::NotConcerned];

impl CaseBox {
    pub(super) fn fill_added(&self, view: &CaseView) -> Try {
        let count = view.added.len() as u64;
        self.root.write("added-state", &if count == 0 { String::new() } else { plural("given", count) })?;
        self.root.fill("added", "line", &view.added, |row, added| {
            write(row.element(), &line(added));
            Ok(())
        })
    }

    pub(super) fn listen_to_pieces(self: &Rc<Self>) -> Try {
        self.accept_drop("piece", "piece-file")?;
        self.on_submit("piece", |case| Box::pin(async move { case.add_piece().await }))
    }

    async fn add_piece(self: &Rc<Self>) -> Try {
        let root = &self.root;
        let Some(mut piece) = self.new_piece("piece").await? else {
            root.write_or_hide("piece-fault", Some(&say("piece_needed")))?;
            return root.focus("piece-file");
        };
        piece.provided_by = root.value("piece-by")?;
        piece.access = root.value("piece-access")?;
        let (role, consent) = (root.value("piece-role")?, root.value("piece-consent")?);
        piece.role = ROLES.into_iter().find(|known| words::code(known) == role).unwrap_or(Role::Witness);
        piece.consent = CONSENTS.into_iter().find(|known| words::code(known) == consent).unwrap_or(Consent::Unknown);
        self.changed_or_said("piece-fault", Request::AddPiece { case: self.id(), piece }, "piece_kept").await?;
        for field in ["piece-file", "piece-text", "piece-access"] {
            root.set_value(field, "")?;
        }
        Ok(())
    }
}

/// « Pièce 2 · courriel · fourni par …, non observé par l’extension · … ».
fn line(added: &AddedView) -> String {
    let role = family("role", &words::code(&added.role)).unwrap_or_default();
    let consent = family("consent", &words::code(&added.consent)).unwrap_or_default();
    let who = if added.provided_by.is_empty() {
        say_with("given_by", &[&role])
    } else {
        say_with("given_by_named", &[&added.provided_by, &role])
    };
    let time = match (added.timestamp.state, added.timestamp.gen_time) {
        (TimestampState::Certified, Some(at)) => say_with("given_certified", &[&words::short(at)]),
        (TimestampState::Queued, _) => say("given_queued"),
        _ => String::new(),
    };
    let parts = [
        say_with("given_number", &[&words::integer(added.piece.into())]),
        family("form", &words::code(&added.form)).unwrap_or_default(),
        added.file_name.clone().unwrap_or_default(),
        who,
        say_with("given_consent", &[&consent]),
        added.access.clone(),
        words::abridged(&added.seal),
        time,
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
