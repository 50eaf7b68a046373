use std::collections::{BTreeMap, BTreeSet};

use crate::{
    base::{Fault, Instant, sort},
    case::{Captured, Case, Entry, FoldError, JournalTimestamped, PieceAdded, Recourse, Sealed, Timestamped},
    evidence::{Digest, Record},
};

/// What the journals say that a pack must hold. The writer builds from it, the verifier expects it.
pub(super) struct Plan {
    pub cases: Vec<Case>,
    pub pieces: Vec<Piece>,
    pub documents: Vec<Document>,
    pub journal_dates: Vec<JournalDate>,
}

/// A token over the journal up to an entry, numbered through the whole pack.
pub(super) struct JournalDate {
    pub number: usize,
    /// When that entry was written, on the device's clock.
    pub written_at: Instant,
    /// Line of `journal.jsonl`, from 0.
    pub line: u64,
    pub timed: JournalTimestamped,
}

impl JournalDate {
    /// Paths of the request and of the answer.
    pub(super) fn paths(&self) -> (String, String) {
        (format!("horodatages/{:04}.tsq", self.number), format!("horodatages/{:04}.tsr", self.number))
    }
}

/// One capture, or one piece that somebody gave, numbered through the whole pack.
pub(super) struct Piece {
    pub number: usize,
    /// Id of its case.
    pub case: String,
    pub captured_at: Instant,
    /// For a piece that somebody gave: the post that it is about.
    pub captured: Captured,
    /// Given by somebody, not observed by the extension.
    pub added: Option<PieceAdded>,
    /// None when the work was interrupted before the seal: such a piece has no files, and the pack says so.
    pub sealed: Option<(Instant, Sealed)>,
    pub timestamps: Vec<Timestamped>,
}

/// A text that the user says was sent.
pub(super) struct Document {
    pub path: String,
    pub digest: Digest,
    pub sent_at: Instant,
    /// `signalement à pharos`, `notification à x`.
    pub what: String,
    pub reference: Option<String>,
}

impl Piece {
    pub(super) fn folder(&self) -> String {
        format!("pieces/{:04}/", self.number)
    }

    /// Paths of the request and of the answer of its `index`-th timestamp, from 1.
    pub(super) fn timestamp_paths(&self, index: usize) -> (String, String) {
        let folder = self.folder();
        (format!("{folder}horodatage-{index}.tsq"), format!("{folder}horodatage-{index}.tsr"))
    }
}

impl Plan {
    pub(super) fn of(journals: &[&[Record]]) -> Result<Self, PlanError> {
        let mut plan = Self { cases: vec![], pieces: vec![], documents: vec![], journal_dates: vec![] };
        let mut first_line = 0;
        let mut ids = BTreeSet::new();
        for records in journals {
            let case = Case::fold(records)?;
            if !ids.insert(case.id.clone()) {
                return Err(PlanError::CaseTwice);
            }
            plan.add_pieces(&case)?;
            plan.add_documents(&case);
            plan.add_journal_dates(&case, records, first_line)?;
            first_line += records.len() as u64;
            plan.cases.push(case);
        }
        if plan.cases.is_empty() { Err(PlanError::Fold(FoldError::Empty)) } else { Ok(plan) }
    }

    fn add_pieces(&mut self, case: &Case) -> Result<(), PlanError> {
        let mut pieces = BTreeMap::new();
        let captures = case.captures.iter().map(|(at, captured)| (*at, captured.clone(), None));
        let given = case.added.iter().filter_map(|(at, added)| {
            let about = Captured {
                piece: added.piece,
                published_at: None,
                missing: vec![],
                demo: added.demo,
                ..case.first()?.clone()
            };
            Some((*at, about, Some(added.clone())))
        });
        for (captured_at, captured, added) in captures.chain(given) {
            let number = self.pieces.len() + pieces.len() + 1;
            let index = captured.piece;
            let case = case.id.clone();
            let piece = Piece { number, case, captured_at, captured, added, sealed: None, timestamps: vec![] };
            if pieces.insert(index, piece).is_some() {
                return Err(PlanError::PieceTwice(index));
            }
        }
        for (at, sealed) in &case.seals {
            let piece = pieces.get_mut(&sealed.piece).ok_or(PlanError::UnknownPiece(sealed.piece))?;
            if piece.sealed.replace((*at, sealed.clone())).is_some() {
                return Err(PlanError::PieceTwice(sealed.piece));
            }
        }
        for (_, timed) in &case.timestamps {
            let piece = pieces.get_mut(&timed.piece).ok_or(PlanError::UnknownPiece(timed.piece))?;
            if piece.sealed.as_ref().map(|(_, sealed)| sealed.manifest) != Some(timed.imprint) {
                return Err(PlanError::OtherSeal(timed.piece));
            }
            piece.timestamps.push(timed.clone());
        }
        let mut pieces: Vec<_> = pieces.into_values().collect();
        sort(&mut pieces, |one, other| one.number.cmp(&other.number));
        self.pieces.extend(pieces);
        Ok(())
    }

    fn add_journal_dates(&mut self, case: &Case, records: &[Record], first_line: u64) -> Result<(), PlanError> {
        for (_, timed) in &case.journal_timestamps {
            let record = usize::try_from(timed.seq).ok().and_then(|seq| records.get(seq));
            let entry = record.ok_or(PlanError::OtherEntry(timed.seq))?;
            if entry.head().map_err(FoldError::from)?.digest != timed.imprint {
                return Err(PlanError::OtherEntry(timed.seq));
            }
            self.journal_dates.push(JournalDate {
                number: self.journal_dates.len() + 1,
                written_at: entry.link.at,
                line: first_line + timed.seq,
                timed: timed.clone(),
            });
        }
        Ok(())
    }

    fn add_documents(&mut self, case: &Case) {
        for step in &case.steps {
            let (kind, digest, sent_at, whom, reference) = match &step.entry {
                Some(Entry::Reported(sent)) => {
                    ("signalement", sent.text, sent.sent_at, sent.body.as_str(), sent.reference.clone())
                }
                Some(Entry::NoticeSent(sent)) => {
                    ("notification", sent.text, sent.sent_at, sent.channel.as_str(), sent.reference.clone())
                }
                Some(Entry::Complained(sent)) => {
                    let Some(text) = sent.text else { continue };
                    ("recours", text, sent.sent_at, body(sent.recourse), sent.reference.clone())
                }
                _ => continue,
            };
            let name: String =
                whom.chars().map(|symbol| if symbol.is_ascii_alphanumeric() { symbol } else { '-' }).take(40).collect();
            let path = format!("documents/{:04}-{kind}-{}.txt", self.documents.len() + 1, name.to_ascii_lowercase());
            self.documents.push(Document { path, digest, sent_at, what: format!("{kind} à {whom}"), reference });
        }
    }
}

fn body(recourse: Recourse) -> &'static str {
    match recourse {
        Recourse::Internal => "la plateforme",
        Recourse::OutOfCourt => "un organe certifié",
        Recourse::Arcom => "l’Arcom",
        Recourse::Prosecutor => "un procureur",
        Recourse::Police => "la police ou la gendarmerie",
    }
}

/// Why journals do not describe a pack.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PlanError {
    /// A journal is not a case.
    #[error(transparent)]
    Fold(#[from] FoldError),
    /// The same case twice.
    #[error("la même affaire figure deux fois")]
    CaseTwice,
    /// Two captures or two seals for one piece.
    #[error("le journal décrit deux fois la pièce {0}")]
    PieceTwice(u32),
    /// A seal or a timestamp for a piece that was never captured.
    #[error("le journal scelle ou horodate une pièce {0} qui n’a jamais été capturée")]
    UnknownPiece(u32),
    /// A timestamp over something else than the seal of its piece.
    #[error("un horodatage de la pièce {0} porte sur un autre scellé que le sien")]
    OtherSeal(u32),
    /// A timestamp over something else than the entry that it names.
    #[error("un horodatage du journal porte sur autre chose que l’entrée {0}")]
    OtherEntry(u64),
}

impl Fault for PlanError {
    fn code(&self) -> &'static str {
        match self {
            Self::Fold(error) => error.code(),
            Self::CaseTwice => "journal_case_twice",
            Self::PieceTwice(_) => "journal_piece_twice",
            Self::UnknownPiece(_) => "journal_piece_unknown",
            Self::OtherSeal(_) => "timestamp_other_seal",
            Self::OtherEntry(_) => "timestamp_other_entry",
        }
    }
}
