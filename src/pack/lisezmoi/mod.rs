//! `LISEZMOI.pdf`: the one file that a lawyer must open. What it says, not how it is printed (that is [`paper`](crate::paper)).
//!
//! Up to [`MOST_IN_ONE`] pieces there is one document; above, a summary and a sheet for each piece.

mod case;
mod close;
mod piece;
mod words;

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::{
    BORDEREAU, JOURNAL, MANIFEST, PDF, PIECES_SUMS, PackError, Stamp,
    plan::{Piece, Plan},
    stamp_paths,
};
use crate::{
    base::{Lang, from_json},
    capture::Post,
    case::Case,
    evidence::{Conditions, Digest, Manifest, Record},
    law,
    paper::{Block, Document, Ink, Text},
};

/// More pieces than this get a sheet each.
pub const MOST_IN_ONE: usize = 50;
/// The files of a single piece are put inside when they are smaller than this in all.
const SMALL: u64 = 20 << 20;

/// The documents of a pack, written one at a time.
pub struct Lisezmoi {
    plan: Plan,
    manifests: BTreeMap<Digest, Manifest>,
    seals: Seals,
}

/// What is known of the seals when the document is written: it is itself below the last of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seals {
    /// `pieces/SHA256SUMS`.
    pub pieces_sums: Vec<u8>,
    /// The tokens over it.
    pub stamps: Vec<Stamp>,
    /// Fingerprint of the device's public key.
    pub key: Option<Digest>,
}

/// Files of the store, by digest.
pub type Blobs = BTreeMap<Digest, Vec<u8>>;

impl Lisezmoi {
    /// The documents of these journals.
    pub fn of(journals: &[&[Record]], manifests: &BTreeMap<Digest, Manifest>, seals: Seals) -> Result<Self, PackError> {
        Ok(Self { plan: Plan::of(journals)?, manifests: manifests.clone(), seals })
    }

    /// Their paths in the pack.
    pub fn paths(&self) -> Vec<String> {
        std::iter::once(PDF.to_owned()).chain(sheets(self.plan.pieces.len())).collect()
    }

    /// The files that the `index`-th document needs; it is written without those that cannot be had, and says so.
    pub fn wanted(&self, index: usize) -> Vec<Digest> {
        let mut wanted = vec![];
        for piece in &self.plan.pieces {
            if self.is_split() && index != 0 && index != piece.number {
                continue;
            }
            // The summary of many needs their texts, not their pictures.
            let in_full = !self.is_split() || index == piece.number;
            for (path, entry) in self.manifest(piece).into_iter().flat_map(|manifest| &manifest.files) {
                let small = matches!(path.as_str(), "post.json" | "conditions.json");
                if small || (in_full && (Some(path.as_str()) == self.picture(piece) || self.holds_originals())) {
                    wanted.push(entry.digest);
                }
            }
        }
        let qualified = self.plan.cases.iter().filter_map(|case| case.qualified.as_ref());
        wanted.extend(qualified.map(|(_, qualified)| qualified.details));
        wanted.sort_unstable();
        wanted.dedup();
        wanted
    }

    /// The `index`-th document.
    pub fn write(&self, index: usize, blobs: &Blobs) -> Document {
        let only = if index == 0 { None } else { self.plan.pieces.get(index - 1) };
        let mut writer = Writer::new(self, blobs, only);
        match only {
            Some(piece) => writer.sheet(piece),
            None => writer.whole(),
        }
        writer.document
    }

    fn is_split(&self) -> bool {
        self.plan.pieces.len() > MOST_IN_ONE
    }

    /// Whether the files of the pieces are put inside: one case, and they are small.
    fn holds_originals(&self) -> bool {
        let sizes = self.plan.pieces.iter().filter_map(|piece| self.manifest(piece)).flat_map(|one| one.files.values());
        self.plan.cases.len() == 1 && sizes.map(|entry| entry.bytes).sum::<u64>() < SMALL
    }

    fn manifest(&self, piece: &Piece) -> Option<&Manifest> {
        self.manifests.get(&piece.sealed.as_ref()?.1.manifest)
    }

    /// The picture of the post, else what was seen of its top.
    fn picture(&self, piece: &Piece) -> Option<&'static str> {
        let files = &self.manifest(piece)?.files;
        ["screenshot/post.png", "screenshot/tile-1.png"].into_iter().find(|path| files.contains_key(*path))
    }
}

/// Paths of the sheets of so many pieces.
pub(super) fn sheets(pieces: usize) -> impl Iterator<Item = String> {
    let sheets = if pieces > MOST_IN_ONE { pieces } else { 0 };
    (1..=sheets).map(|number| format!("fiches/{number:04}.pdf"))
}

/// A document in the making.
struct Writer<'a> {
    pack: &'a Lisezmoi,
    blobs: &'a Blobs,
    document: Document,
    /// Level of the headings of a section.
    level: u8,
}

impl<'a> Writer<'a> {
    fn new(pack: &'a Lisezmoi, blobs: &'a Blobs, only: Option<&Piece>) -> Self {
        let heads: Vec<String> = pack.plan.cases.iter().map(|case| case.head.digest.to_string()).collect();
        let identity = format!("{}\n{}", heads.join("\n"), only.map_or(0, |piece| piece.number));
        let title = match (only, pack.plan.pieces.as_slice()) {
            (Some(piece), _) => format!("Pièce {:04} – {}", piece.number, words::platform(&piece.captured.platform)),
            (None, [piece]) => format!("Publication sur {}", words::platform(&piece.captured.platform)),
            (None, _) => "Dossier de preuves".to_owned(),
        };
        let mut document = Document::new(&title, Lang::Fr);
        document.subject("Dossier de preuves Témoin : publication vue en ligne, journal et vérification");
        document.identified(&Digest::of(identity.as_bytes()).to_string());
        let steps = pack.plan.cases.iter().flat_map(|case| &case.steps);
        if let Some(last) = steps.map(|step| step.at).max() {
            document.dated(last);
        }
        let demo = pack.plan.pieces.iter().any(|piece| piece.captured.demo);
        let mark = if demo { "DÉMONSTRATION · " } else { "" };
        document.running(
            &format!("{mark}Témoin · {title}"),
            &format!(
                "{mark}Dossier produit par l’extension Témoin – ce n’est pas un constat de commissaire de justice"
            ),
        );
        if demo {
            document.mark("DÉMONSTRATION");
        }
        Self { pack, blobs, document, level: 2 }
    }

    /// One document for everything.
    fn whole(&mut self) {
        let plan = &self.pack.plan;
        match (plan.cases.as_slice(), plan.pieces.as_slice()) {
            ([case], [piece]) => {
                self.cover(case, piece);
                self.piece(piece);
                self.case(case);
            }
            ([case], pieces) => {
                self.summary();
                for piece in pieces.iter().filter(|_| !self.pack.is_split()) {
                    self.chapter(piece, &format!("Pièce {:04}", piece.number));
                }
                self.level = 2;
                self.document.push(Block::NewPage);
                self.case(case);
            }
            (cases, pieces) => {
                self.summary();
                // Of many, a case of one piece stands on its sheet.
                for case in cases.iter().filter(|case| !self.pack.is_split() || case.captures.len() > 1) {
                    for piece in pieces.iter().filter(|piece| piece.case == case.id && !self.pack.is_split()) {
                        self.chapter(piece, &format!("Pièce {:04}", piece.number));
                    }
                    self.level = 3;
                    self.case(case);
                    self.level = 2;
                }
            }
        }
        self.close();
        self.attach_seals();
        for piece in &plan.pieces {
            if !self.pack.is_split() {
                self.attach_piece(piece);
            }
        }
    }

    /// What concerns one piece of many.
    fn sheet(&mut self, piece: &Piece) {
        let Some(case) = self.pack.plan.cases.iter().find(|case| case.id == piece.case) else { return };
        self.cover(case, piece);
        self.piece(piece);
        if case.captures.len() > 1 {
            self.qualification(case);
        } else {
            self.case(case);
        }
        self.document.small(
            "La suite de l’affaire, la manière de vérifier ce dossier et ce qu’il ne prouve pas sont dans LISEZMOI.pdf, à la racine du dossier.",
        );
        self.attach_piece(piece);
    }

    fn chapter(&mut self, piece: &Piece, title: &str) {
        self.document.push(Block::NewPage);
        self.level = 2;
        self.heading(title);
        self.level = 3;
        self.identification(piece);
        self.piece(piece);
    }

    /// The first page of a single publication.
    fn cover(&mut self, case: &Case, piece: &Piece) {
        self.title(&self.document_title());
        let offence = words::decided(case).and_then(|(id, _)| law::catalogue().offence(id));
        let lead = match (offence, words::lawful(case)) {
            (Some(offence), _) => format!(
                "Publication susceptible de constituer l’infraction suivante, selon la personne qui l’a capturée : {}.",
                words::lower(offence.label(Lang::Fr))
            ),
            (None, Some(kind)) => format!("La personne qui l’a capturée a conclu : {}.", words::outcome(kind)),
            (None, None) => "La personne qui l’a capturée ne l’a pas encore qualifiée.".to_owned(),
        };
        self.document.push(Block::Lead(lead.into()));
        self.deadline(case);
        self.identification(piece);
        self.warning();
    }

    /// The first pages of several.
    fn summary(&mut self) {
        self.title("Dossier de preuves");
        let plan = &self.pack.plan;
        let many = |count: usize, one: &str, more: &str| format!("{count} {}", if count > 1 { more } else { one });
        self.document.push(Block::Lead(
            format!(
                "{}, {}.",
                many(plan.cases.len(), "affaire", "affaires"),
                many(plan.pieces.len(), "pièce", "pièces")
            )
            .into(),
        ));
        self.warning();
        self.heading("Synthèse");
        let mut rows = vec![];
        for piece in &plan.pieces {
            let Some(case) = plan.cases.iter().find(|case| case.id == piece.case) else { continue };
            let author = self.post(piece).map(|post| words::author(&post.author)).unwrap_or_else(|| "–".to_owned());
            let published = piece.captured.published_at.map_or("heure inconnue".to_owned(), words::short);
            let qualification = words::decided(case)
                .and_then(|(id, _)| law::catalogue().offence(id))
                .map(|offence| offence.label(Lang::Fr).to_owned())
                .or_else(|| words::lawful(case).map(|kind| words::outcome(kind).to_owned()));
            let limit = words::limitation_of(case).map(|limitation| words::day(limitation.last_safe_day));
            rows.push(vec![
                Text::from(format!("{:04}", piece.number)).bold(),
                format!("{}\n{author}", words::platform(&piece.captured.platform)).into(),
                published.into(),
                qualification.map_or_else(|| Text::from("non qualifiée").ink(Ink::Faint), Text::from),
                limit.map_or_else(|| Text::from("–"), |day| Text::from(day).bold()),
                words::standing(case).into(),
            ]);
        }
        self.document.push(Block::table(
            &[
                ("Pièce", 0.7),
                ("Plateforme et auteur affiché", 1.8),
                ("Publiée", 1.4),
                ("Qualification de la personne", 1.9),
                ("Dernier jour sûr", 1.2),
                ("Sort constaté", 1.5),
            ],
            rows,
        ));
        let more = if self.pack.is_split() {
            "Chaque pièce a sa fiche dans le dossier « fiches »."
        } else {
            "Chaque pièce est décrite plus loin, avec ses images et son texte exact."
        };
        self.document.small(format!("{more} La même liste, pour un tableur : {BORDEREAU}."));
    }

    fn title(&mut self, title: &str) {
        self.document.push(Block::Small(Text::from("TÉMOIN  ·  DOSSIER DE PREUVES").bold().ink(Ink::Faint)));
        self.document.heading(1, title);
    }

    fn document_title(&self) -> String {
        self.document.title().to_owned()
    }

    fn warning(&mut self) {
        if self.pack.plan.pieces.iter().any(|piece| piece.captured.demo) {
            self.document.push(Block::Callout {
                alert: true,
                title: "Démonstration".to_owned(),
                text: "Ce dossier vient de la version de démonstration : ses heures et son service d’horodatage sont fictifs. Il ne prouve rien.".into(),
            });
        }
        self.document.push(Block::Callout {
            alert: false,
            title: "Ce que vous tenez".to_owned(),
            text: "La copie d’une publication telle que le navigateur l’a reçue, sauf les omissions énumérées, et le journal daté de ce qui a été fait ensuite. Ce n’est pas un constat de commissaire de justice. La qualification est une opinion de la personne qui a capturé, aidée par un logiciel ; la décision appartient au juge.".into(),
        });
    }

    fn heading(&mut self, title: &str) {
        self.document.heading(self.level, title);
    }

    /// A heading inside a section.
    fn minor(&mut self, title: &str) {
        if self.level < 3 {
            self.document.heading(self.level + 1, title);
        } else {
            self.document.text(Text::from(title).bold().ink(Ink::Accent));
        }
    }

    fn attach_seals(&mut self) {
        let seals = &self.pack.seals;
        self.document.attach(
            PIECES_SUMS,
            "text/plain",
            "Empreintes SHA-256 des fichiers des pièces",
            seals.pieces_sums.clone(),
        );
        for (stamp, index) in seals.stamps.iter().zip(1..) {
            let (request, response) = stamp_paths(PIECES_SUMS, index);
            let what = format!("Demande d’horodatage de {PIECES_SUMS}");
            self.document.attach(&request, "application/timestamp-query", &what, stamp.request.clone());
            let what = format!("Jeton d’horodatage de {PIECES_SUMS} par {}", stamp.service);
            self.document.attach(&response, "application/timestamp-reply", &what, stamp.response.clone());
        }
    }

    fn attach_piece(&mut self, piece: &Piece) {
        let Some(manifest) = self.pack.manifest(piece) else { return };
        let all = self.pack.holds_originals();
        for (path, entry) in &manifest.files {
            if let Some(bytes) = self.blobs.get(&entry.digest).filter(|_| all || path == "post.json") {
                let name = format!("{}{path}", piece.folder());
                let media = entry.media_type.split(';').next().unwrap_or_default().trim();
                self.document.attach(&name, media, &format!("{name} – {}", words::file(path)), bytes.clone());
            }
        }
    }

    fn post(&self, piece: &Piece) -> Option<Post> {
        self.json(piece, "post.json")
    }

    fn conditions(&self, piece: &Piece) -> Option<Conditions> {
        self.json(piece, "conditions.json")
    }

    fn json<T: DeserializeOwned>(&self, piece: &Piece, path: &str) -> Option<T> {
        from_json(self.file(piece, path)?).ok()
    }

    fn file(&self, piece: &Piece, path: &str) -> Option<&'a [u8]> {
        let entry = self.pack.manifest(piece)?.files.get(path)?;
        self.blobs.get(&entry.digest).map(Vec::as_slice)
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/pack/lisezmoi.rs"]
mod tests;
