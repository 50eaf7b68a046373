use std::collections::BTreeMap;

use super::{App, Failure, failure::Refusal};
use crate::{
    base::Fault,
    case::{Case, Entry, Exported},
    evidence::{Digest, Manifest, PublicKey, Record, timestamp},
    pack,
    port::{Download, Ports, Press, PressError, StoreError},
    protocol::{ExportView, Reply},
};

/// A pack, made but not yet handed over.
pub struct Pack {
    /// Name of the file.
    pub name: String,
    /// The ZIP.
    pub bytes: Vec<u8>,
    /// How many files it holds.
    pub files: u32,
    /// Why it has no PDF.
    pub unprinted: Option<PressError>,
    /// SHA-256 of the ZIP.
    digest: Digest,
    /// What the journal of each case will say of it.
    exported: Vec<(String, Exported)>,
}

impl<P: Ports> App<P> {
    /// Makes the pack of a case, hands it to the user and says so in the journal.
    pub(super) async fn export(&self, case: &str) -> Result<Reply, Failure> {
        let pack = self.pack(case).await?;
        Ok(Reply::Exported(self.hand_over(pack).await?))
    }

    /// The pack of a case up to its present head: a pure function of the journal, the stored files, the settings and the stored
    /// seals; what is not sealed yet is sealed now.
    pub async fn pack(&self, id: &str) -> Result<Pack, Failure> {
        let (case, records) = self.load(id).await?;
        let (captured_at, captured) = case.captures.first().ok_or(Refusal::NoCase)?;
        let (year, month, day) = captured_at.paris_day();
        let short: String = id.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
        let name = format!("temoin-{year:04}-{month:02}-{day:02}-{}-{short}.zip", captured.platform);
        self.pack_of(name, &[(case, records)]).await
    }

    /// The pack of one or several cases.
    pub(super) async fn pack_of(&self, name: String, cases: &[(Case, Vec<Record>)]) -> Result<Pack, Failure> {
        let mut manifests = BTreeMap::<Digest, Manifest>::new();
        for (case, _) in cases {
            if case.is_withheld() {
                return Err(Refusal::Withheld.into());
            }
            for (index, (_, sealed)) in case.seals.iter().enumerate() {
                manifests.insert(sealed.manifest, self.piece(case, index).await?.manifest);
            }
        }
        let journals: Vec<&[Record]> = cases.iter().map(|(_, records)| records.as_slice()).collect();
        let mut draft = pack::Draft::of(&journals, &manifests)?;
        let settings = self.settings().await?;
        let services = if settings.trusted_time { settings.services() } else { vec![] };
        let stamps = self.stamps(draft.pieces_sums(), &services).await?;
        draft.date_pieces(&stamps)?;
        let chain = self.chain(cases, &stamps).await?;
        if !chain.is_empty() {
            draft.add(pack::CHAIN, chain.into_bytes())?;
        }
        let key = self.device_key().await?;
        let seals = pack::Seals { pieces_sums: draft.pieces_sums().to_vec(), stamps, key: Some(key.fingerprint()) };
        let unprinted = self.print(&mut draft, &journals, &manifests, seals).await?;
        let layout = self.sealed(&draft, &key, services).await?;
        let files = layout.items().len();
        let mut writer = pack::Writer::new(layout, Vec::new());
        while let Some(wanted) = writer.next_blob()? {
            writer.feed(&self.bytes(&wanted.digest).await?)?;
        }
        let bytes = writer.finish()?;
        let digest = Digest::of(&bytes);
        let exported = |case: &Case| Exported {
            head_seq: case.head.seq,
            head: case.head.digest,
            pack: digest,
            key: Some(key.fingerprint()),
            options: vec![],
        };
        Ok(Pack {
            name,
            unprinted,
            files: u32::try_from(files).map_err(|error| StoreError::Failed(error.to_string()))?,
            digest,
            exported: cases.iter().map(|(case, _)| (case.id.clone(), exported(case))).collect(),
            bytes,
        })
    }

    /// Hands a pack to the user, and says so in the journal of each of its cases.
    pub(super) async fn hand_over(&self, pack: Pack) -> Result<ExportView, Failure> {
        self.ports.download().save(&pack.name, "application/zip", &pack.bytes).await;
        for (case, exported) in pack.exported {
            self.record(&case, &[Entry::Exported(exported)], None).await?;
        }
        Ok(ExportView {
            name: pack.name,
            digest: pack.digest,
            bytes: pack.bytes.len() as u64,
            files: pack.files,
            unprinted: pack.unprinted.map(|error| error.view()),
        })
    }

    /// Adds the documents for people. That they cannot be made is no reason to keep the evidence back: `LISEZMOI.txt` is there,
    /// and the user is told.
    async fn print(
        &self,
        draft: &mut pack::Draft,
        journals: &[&[Record]],
        manifests: &BTreeMap<Digest, Manifest>,
        seals: pack::Seals,
    ) -> Result<Option<PressError>, Failure> {
        let documents = pack::Lisezmoi::of(journals, manifests, seals)?;
        let mut printed = vec![];
        for (path, index) in documents.paths().into_iter().zip(0..) {
            let mut blobs = pack::Blobs::new();
            for digest in documents.wanted(index) {
                blobs.insert(digest, self.bytes(&digest).await?);
            }
            match self.ports.press().set(&documents.write(index, &blobs)).await {
                Ok(pdf) => printed.push((path, pdf)),
                Err(error) => return Ok(Some(error)),
            }
        }
        for (path, pdf) in printed {
            draft.add(&path, pdf)?;
        }
        Ok(None)
    }

    /// Signed and dated. A service that does not answer is not announced: the list is closed again without it.
    async fn sealed(
        &self,
        draft: &pack::Draft,
        key: &PublicKey,
        mut services: Vec<String>,
    ) -> Result<pack::Layout, Failure> {
        loop {
            let closed = draft.close(Some(key), &services)?;
            let stamps = self.stamps(closed.sums(), &services).await?;
            if stamps.len() == services.len() {
                let signature = self.signature(closed.sums()).await?;
                return Ok(closed.seal(Some(signature), &stamps)?);
            }
            services = stamps.into_iter().map(|stamp| stamp.service).collect();
        }
    }

    /// The certificates of all tokens, for `openssl`.
    async fn chain(&self, cases: &[(Case, Vec<Record>)], stamps: &[pack::Stamp]) -> Result<String, Failure> {
        let mut answers: Vec<Vec<u8>> = stamps.iter().map(|stamp| stamp.response.clone()).collect();
        for (case, _) in cases {
            let pieces = case.timestamps.iter().map(|(_, timed)| timed.response);
            let journal = case.journal_timestamps.iter().map(|(_, timed)| timed.response);
            for response in pieces.chain(journal) {
                answers.push(self.bytes(&response).await?);
            }
        }
        Ok(timestamp::chain_pem(&answers))
    }
}
