//! Letters about a case: drafted from it, read again and completed by the user, sent elsewhere.

use super::{App, Failure, view::code};
use crate::{
    base::Lang,
    case::{Case, Recourse, deadlines},
    evidence::Digest,
    notice::{self, Letter, LetterFacts, LetterKind, LetterPiece},
    pack, platform,
    port::{BlobStore, Clock, Download, Ports},
    protocol::{DeadlineKind, Reply, Sender},
};

impl<P: Ports> App<P> {
    pub(super) async fn draft_letter(
        &self,
        id: &str,
        kind: LetterKind,
        lang: Lang,
        victim: bool,
    ) -> Result<Reply, Failure> {
        Ok(Reply::Letter(self.letter(id, kind, lang, victim, None).await?))
    }

    pub(super) async fn save_letter(
        &self,
        id: &str,
        kind: LetterKind,
        lang: Lang,
        victim: bool,
    ) -> Result<Reply, Failure> {
        let letter = self.letter(id, kind, lang, victim, None).await?;
        let name = format!("temoin-{}.odt", code(&kind).replace('_', "-"));
        let bytes = pack::odt(&letter);
        self.ports.download().save(&name, "application/vnd.oasis.opendocument.text", &bytes).await;
        Ok(Reply::Letter(letter))
    }

    /// A letter as the journal keeps it: a blob, without the sender's name and address.
    pub(super) async fn kept_letter(&self, id: &str, kind: LetterKind) -> Result<Digest, Failure> {
        let letter = self.letter(id, kind, Lang::Fr, false, Some(Sender::default())).await?;
        Ok(self.ports.blobs().put(notice::letter_text(&letter).as_bytes()).await?)
    }

    async fn letter(
        &self,
        id: &str,
        kind: LetterKind,
        lang: Lang,
        victim: bool,
        sender: Option<Sender>,
    ) -> Result<Letter, Failure> {
        let mut draft = self.draft(id).await?;
        if let Some(sender) = sender {
            draft.sender = sender;
        }
        let (case, _) = self.load(id).await?;
        let facts = notice::Facts { victim: Some(victim), ..draft.facts() };
        let platform = platform::by_id(&facts.post.platform);
        // A site that no file names has only its address for a name.
        let platform = platform.filter(|platform| !platform.is_generic()).map(|platform| platform.name.clone());
        let host = || facts.post.permalink.split('/').nth(2).unwrap_or_default().to_owned();
        let pieces = pieces(&case);
        let limitation = deadlines(&case).into_iter().find(|due| due.kind == DeadlineKind::Limitation);
        let ruling = case.decisions.last().map(|(_, decided)| (decided.decided_at, code(&decided.ruling)));
        let complaint = case.complaints.iter().rfind(|(_, sent)| sent.recourse == Recourse::Internal);
        let told = LetterFacts {
            facts: &facts,
            platform: &platform.unwrap_or_else(host),
            today: self.ports.clock().now(),
            reported: case.reports.first().map(|(_, sent)| sent.sent_at),
            notified: case.notices.last().map(|(_, sent)| (sent.sent_at, sent.reference.as_deref())),
            receipt: case.acknowledgements.last().map(|(_, received)| received.at),
            decision: ruling.as_ref().map(|(at, ruling)| (*at, ruling.as_str())),
            complaint: complaint.map(|(_, sent)| sent.sent_at),
            last_safe_day: limitation.map(|due| due.day),
            pieces: &pieces,
        };
        Ok(notice::letter(kind, &told, lang)?)
    }
}

/// The sealed pieces of a case, in the order of their numbers.
fn pieces(case: &Case) -> Vec<LetterPiece> {
    let given = |piece: u32| case.added.iter().any(|(_, added)| added.piece == piece);
    case.seals
        .iter()
        .map(|(at, sealed)| LetterPiece {
            number: sealed.piece,
            given: given(sealed.piece),
            at: *at,
            seal: sealed.manifest.to_string(),
        })
        .collect()
}
