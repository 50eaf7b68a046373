use std::{collections::BTreeMap, fmt::Write as _, io};

use super::{
    BORDEREAU, JOURNAL, KEY, MANIFEST, PIECES, PIECES_SUMS, README, SHEET, SIGNATURE, SUMS,
    archive::NameError,
    bordereau::bordereau,
    plan::{Plan, PlanError},
    readme::readme,
    sheet::{FORMAT, Sheet, SheetHead},
    stamp_paths,
};
use crate::{
    base::Fault,
    evidence::{CanonicalError, Digest, Manifest, PublicKey, Record, canonical_json},
};

/// All files of a pack, in the order in which they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    items: Vec<Item>,
}

/// One file of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Path inside the pack.
    pub path: String,
    /// SHA-256 of its bytes, known before they are loaded.
    pub digest: Digest,
    /// Where the bytes come from.
    pub source: Source,
}

/// Where the bytes of an [`Item`] come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// From the journal.
    Bytes(Vec<u8>),
    /// From the store of blobs, under the item's digest.
    Blob,
}

/// A pack in the making: all that comes from the journals is laid out, the seals are still to be made.
///
/// Each seal is over the digests of what was there before it, so they are made in this order: the tokens over
/// [`pieces_sums`](Self::pieces_sums), then what stands beside the pieces, then the key, then the tokens and the signature over
/// [`Closed::sums`].
pub struct Draft {
    files: Files,
    plan: Plan,
    pieces_sums: Vec<u8>,
    pieces_services: Vec<String>,
}

/// A pack to which nothing is added any more but the seals over its list.
pub struct Closed {
    files: Files,
    sums: Vec<u8>,
    signed: bool,
    services: usize,
}

/// A timestamp over a list of digests, made once per list and kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Address of the service.
    pub service: String,
    /// The request as sent (`.tsq`).
    pub request: Vec<u8>,
    /// The whole answer as received (`.tsr`).
    pub response: Vec<u8>,
}

impl Draft {
    /// Lays out one or several cases. `journals` hold whole journals up to the heads that the pack is made for, `manifests`
    /// those of their sealed pieces.
    pub fn of(journals: &[&[Record]], manifests: &BTreeMap<Digest, Manifest>) -> Result<Self, PackError> {
        let plan = Plan::of(journals)?;
        let mut files = Files::default();
        for piece in &plan.pieces {
            let Some((_, sealed)) = &piece.sealed else { continue };
            let folder = piece.folder();
            let manifest = manifests.get(&sealed.manifest).ok_or(PackError::ManifestMissing(piece.number))?;
            let bytes = canonical_json(manifest)?;
            if Digest::of(&bytes) != sealed.manifest {
                return Err(PackError::ManifestChanged(piece.number));
            }
            for (path, file) in &manifest.files {
                files.blob(format!("{folder}{path}"), file.digest)?;
            }
            files.bytes(format!("{folder}{MANIFEST}"), bytes)?;
            for (index, timed) in piece.timestamps.iter().enumerate() {
                let (request, response) = piece.timestamp_paths(index + 1);
                files.blob(request, timed.request)?;
                files.blob(response, timed.response)?;
            }
        }
        let pieces_sums = files.sums(PIECES);
        files.bytes(PIECES_SUMS.to_owned(), pieces_sums.clone())?;
        for document in &plan.documents {
            files.blob(document.path.clone(), document.digest)?;
        }
        for dated in &plan.journal_dates {
            let (request, response) = dated.paths();
            files.blob(request, dated.timed.request)?;
            files.blob(response, dated.timed.response)?;
        }
        files.bytes(JOURNAL.to_owned(), journal(journals)?)?;
        files.bytes(BORDEREAU.to_owned(), bordereau(&plan))?;
        Ok(Self { files, plan, pieces_sums, pieces_services: vec![] })
    }

    /// The list of the pieces' digests (`pieces/SHA256SUMS`).
    pub fn pieces_sums(&self) -> &[u8] {
        &self.pieces_sums
    }

    /// Adds the tokens over that list.
    pub fn date_pieces(&mut self, stamps: &[Stamp]) -> Result<(), PackError> {
        self.pieces_services = stamps.iter().map(|stamp| stamp.service.clone()).collect();
        self.files.stamps(PIECES_SUMS, stamps)
    }

    /// Adds what a pack need not hold: one of [`OPTIONAL`].
    pub fn add(&mut self, path: &str, bytes: Vec<u8>) -> Result<(), PackError> {
        self.files.bytes(path.to_owned(), bytes)
    }

    /// Closes the list: the key whose signature will follow, and the services whose tokens will follow, are announced under it, so
    /// that none of them can be taken away unnoticed. A service that then does not answer is left out by closing again without it.
    pub fn close(&self, key: Option<&PublicKey>, services: &[String]) -> Result<Closed, PackError> {
        let mut files = self.files.clone();
        let sheet = Sheet {
            format: FORMAT,
            heads: self.plan.cases.iter().map(|case| SheetHead { case: case.id.clone(), head: case.head }).collect(),
            key: key.map(PublicKey::fingerprint),
            pieces_services: self.pieces_services.clone(),
            services: services.to_vec(),
        };
        files.bytes(SHEET.to_owned(), canonical_json(&sheet)?)?;
        if let Some(key) = key {
            files.bytes(KEY.to_owned(), key.to_pem().into_bytes())?;
        }
        files.bytes(README.to_owned(), readme(&self.plan, &sheet))?;
        let sums = files.sums("");
        files.bytes(SUMS.to_owned(), sums.clone())?;
        Ok(Closed { files, sums, signed: key.is_some(), services: services.len() })
    }
}

impl Closed {
    /// The list of all digests (`SHA256SUMS`): what is signed and dated.
    pub fn sums(&self) -> &[u8] {
        &self.sums
    }

    /// Adds the signature (DER) and the tokens that were announced.
    pub fn seal(mut self, signature: Option<Vec<u8>>, stamps: &[Stamp]) -> Result<Layout, PackError> {
        if signature.is_some() != self.signed || stamps.len() != self.services {
            return Err(PackError::Unsealed);
        }
        if let Some(signature) = signature {
            self.files.bytes(SIGNATURE.to_owned(), signature)?;
        }
        self.files.stamps(SUMS, stamps)?;
        let items = self.files.0.into_iter().map(|(path, (digest, source))| Item { path, digest, source });
        Ok(Layout { items: items.collect() })
    }
}

impl Layout {
    /// The files, sorted by path.
    pub fn items(&self) -> &[Item] {
        &self.items
    }
}

/// One canonical record per line.
fn journal(journals: &[&[Record]]) -> Result<Vec<u8>, CanonicalError> {
    let mut lines = vec![];
    for record in journals.iter().copied().flatten() {
        lines.extend(canonical_json(record)?);
        lines.push(b'\n');
    }
    Ok(lines)
}

#[derive(Default, Clone)]
struct Files(BTreeMap<String, (Digest, Source)>);

impl Files {
    fn bytes(&mut self, path: String, bytes: Vec<u8>) -> Result<(), PackError> {
        self.add(path, Digest::of(&bytes), Source::Bytes(bytes))
    }

    fn blob(&mut self, path: String, digest: Digest) -> Result<(), PackError> {
        self.add(path, digest, Source::Blob)
    }

    fn stamps(&mut self, list: &str, stamps: &[Stamp]) -> Result<(), PackError> {
        for (index, stamp) in stamps.iter().enumerate() {
            let (request, response) = stamp_paths(list, index + 1);
            self.bytes(request, stamp.request.clone())?;
            self.bytes(response, stamp.response.clone())?;
        }
        Ok(())
    }

    fn add(&mut self, path: String, digest: Digest, source: Source) -> Result<(), PackError> {
        if let Err(error) = super::archive::check_name(&path) {
            return Err(PackError::Name { path, error });
        }
        match self.0.insert(path.clone(), (digest, source)) {
            None => Ok(()),
            Some(_) => Err(PackError::Name { path, error: NameError::Twice }),
        }
    }

    /// In the form of `sha256sum`, paths relative to `folder`.
    fn sums(&self, folder: &str) -> Vec<u8> {
        let mut lines = String::new();
        for (path, (digest, _)) in &self.0 {
            if let Some(path) = path.strip_prefix(folder) {
                // Writing to a string cannot fail.
                let _ = writeln!(lines, "{digest}  {path}");
            }
        }
        lines.into_bytes()
    }
}

/// Why a pack cannot be made. Nothing is ever left out silently.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The journals do not describe one.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A record that JSON cannot hold.
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
    /// The list of files of a piece is not in the store.
    #[error("la liste des fichiers de la pièce {0} est introuvable")]
    ManifestMissing(usize),
    /// The list of files of a piece is not the one that was sealed.
    #[error("la liste des fichiers de la pièce {0} n’est plus celle qui a été scellée")]
    ManifestChanged(usize),
    /// A name that would not survive every system.
    #[error("« {path} » ne peut pas être le nom d’un fichier du dossier : {error}")]
    Name {
        /// The name.
        path: String,
        /// What is wrong with it.
        error: NameError,
    },
    /// A file is not in the store.
    #[error("le fichier « {0} » est introuvable : le dossier serait incomplet")]
    BlobMissing(String),
    /// A file in the store is not the one that was recorded.
    #[error("le fichier « {0} » a été modifié depuis sa capture : le dossier serait faux")]
    BlobChanged(String),
    /// Not sealed as was announced: a defect of ours.
    #[error("les sceaux du dossier ne sont pas ceux qu’il annonce")]
    Unsealed,
    /// Finished before all files were given.
    #[error("le dossier n’est pas complet : il manque « {0} »")]
    Incomplete(String),
    /// The destination refuses.
    #[error("le dossier n’a pas pu être écrit : {0}")]
    Sink(#[from] io::Error),
}

impl Fault for PackError {
    fn code(&self) -> &'static str {
        match self {
            Self::Plan(error) => error.code(),
            Self::Canonical(error) => error.code(),
            Self::ManifestMissing(_) => "pack_manifest_missing",
            Self::ManifestChanged(_) => "pack_manifest_changed",
            Self::Name { .. } => "pack_name",
            Self::BlobMissing(_) => "pack_blob_missing",
            Self::BlobChanged(_) => "pack_blob_changed",
            Self::Unsealed => "pack_unsealed",
            Self::Incomplete(_) => "pack_incomplete",
            Self::Sink(_) => "pack_sink",
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::BlobMissing(_) | Self::BlobChanged(_) | Self::ManifestMissing(_) | Self::ManifestChanged(_) => {
                "Le stockage du navigateur est abîmé. Gardez les dossiers déjà exportés et refaites la capture si la publication est encore en ligne."
            }
            _ => "",
        }
    }
}

#[cfg(test)]
#[path = "../../tests/unit/pack/layout.rs"]
mod tests;
