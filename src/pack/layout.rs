use std::{collections::BTreeMap, fmt::Write as _, io};

use super::{
    BORDEREAU, JOURNAL, MANIFEST, PIECES, PIECES_SUMS, README, SUMS,
    archive::NameError,
    bordereau::bordereau,
    plan::{Plan, PlanError},
    readme::readme,
};
use crate::{
    base::Fault,
    evidence::{CanonicalError, Digest, Manifest, Record, canonical_json},
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

/// Lays out the pack of one or several cases. `journals` hold whole journals up to the heads that the pack is made for,
/// `manifests` those of their sealed pieces.
pub fn layout(journals: &[&[Record]], manifests: &BTreeMap<Digest, Manifest>) -> Result<Layout, PackError> {
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
    files.bytes(PIECES_SUMS.to_owned(), files.sums(PIECES))?;
    for document in &plan.documents {
        files.blob(document.path.clone(), document.digest)?;
    }
    files.bytes(JOURNAL.to_owned(), journal(journals)?)?;
    files.bytes(BORDEREAU.to_owned(), bordereau(&plan))?;
    files.bytes(README.to_owned(), readme(&plan))?;
    files.bytes(SUMS.to_owned(), files.sums(""))?;
    let items = files.0.into_iter().map(|(path, (digest, source))| Item { path, digest, source });
    Ok(Layout { items: items.collect() })
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

#[derive(Default)]
struct Files(BTreeMap<String, (Digest, Source)>);

impl Files {
    fn bytes(&mut self, path: String, bytes: Vec<u8>) -> Result<(), PackError> {
        self.add(path, Digest::of(&bytes), Source::Bytes(bytes))
    }

    fn blob(&mut self, path: String, digest: Digest) -> Result<(), PackError> {
        self.add(path, digest, Source::Blob)
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
    /// Beyond what the plain ZIP form holds.
    #[error("ce dossier dépasse 4 Go ou 65 534 fichiers : exportez-le en plusieurs fois")]
    TooLarge,
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
            Self::TooLarge => "pack_too_large",
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
