//! A piece that somebody gave: sealed like a capture, and said not to be one.

use std::collections::BTreeMap;

use super::{App, Failure, timestamp::Behaviour, view::timestamp_view};
use crate::{
    case::{Case, Entry, PieceAdded, Provenance, Sealed, given},
    evidence::{FileEntry, FileKind, MANIFEST_VERSION, Manifest, canonical_json},
    port::{BlobStore, Clock, Ports},
    protocol::{AddedView, NewPiece, Reply},
};

const PROVENANCE: &str = "provenance.json";
/// Longest name or explanation that is kept.
const LONGEST: usize = 2_000;

impl<P: Ports> App<P> {
    pub(super) async fn add_piece(&self, id: &str, piece: NewPiece) -> Result<Reply, Failure> {
        let (case, _) = self.load(id).await?;
        let (entries, _) = self.given_piece(&case, piece).await?;
        self.record_and_time(id, &entries).await
    }

    /// Seals what was given. The entries are not written yet, so that they stand in the journal together with what they prove.
    pub(super) async fn given_piece(&self, case: &Case, new: NewPiece) -> Result<(Vec<Entry>, u32), Failure> {
        let bytes = self.bytes(&new.blob).await?;
        let known = given(new.file_name.as_deref(), &bytes)?;
        let provenance = Provenance {
            version: Provenance::VERSION,
            observed_by_extension: false,
            provided_by: cut(&new.provided_by),
            role: new.role,
            consent: new.consent,
            access: cut(&new.access),
            file_name: new.file_name.as_deref().map(cut),
            added_at: self.ports.clock().now(),
        };
        let origin = canonical_json(&provenance)?;
        let file = |digest, bytes: usize, media_type: &str, kind| FileEntry {
            digest,
            bytes: bytes as u64,
            media_type: media_type.to_owned(),
            kind,
        };
        let mut files = BTreeMap::new();
        files.insert(known.path.to_owned(), file(new.blob, bytes.len(), known.media_type, FileKind::Provided));
        let digest = self.ports.blobs().put(&origin).await?;
        files.insert(PROVENANCE.to_owned(), file(digest, origin.len(), "application/json", FileKind::Observed));
        let manifest = canonical_json(&Manifest { version: MANIFEST_VERSION, files })?;
        let seal = self.ports.blobs().put(&manifest).await?;
        let piece = case.next_piece();
        let added = PieceAdded { piece, form: known.form, role: new.role, demo: self.ports.is_demo() };
        Ok((vec![Entry::PieceAdded(added), Entry::Sealed(Sealed { piece, manifest: seal })], piece))
    }

    pub(super) async fn added_views(
        &self,
        case: &Case,
        services: &[String],
        behaviour: &BTreeMap<String, Behaviour>,
    ) -> Result<Vec<AddedView>, Failure> {
        let mut views = vec![];
        for (at, added) in &case.added {
            let Some((sealed_at, sealed)) = case.seals.iter().find(|(_, sealed)| sealed.piece == added.piece) else {
                continue;
            };
            let manifest: Manifest = self.json(&sealed.manifest).await?;
            let Some(file) = manifest.files.get(PROVENANCE) else { continue };
            let origin: Provenance = self.json(&file.digest).await?;
            views.push(AddedView {
                piece: added.piece,
                at: *at,
                form: added.form,
                provided_by: origin.provided_by,
                role: added.role,
                consent: origin.consent,
                access: origin.access,
                file_name: origin.file_name,
                seal: sealed.manifest,
                timestamp: timestamp_view(case, *sealed_at, sealed, services, behaviour),
            });
        }
        Ok(views)
    }
}

fn cut(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect()
}
