use std::collections::BTreeMap;

use super::{App, Failure, failure::Refusal};
use crate::{
    case::{Case, Entry, Exported},
    evidence::{Digest, Manifest, PublicKey, timestamp},
    pack,
    port::{Download, Ports, StoreError},
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
    /// What the journal will say of it.
    exported: Exported,
}

impl<P: Ports> App<P> {
    /// Makes the pack of a case, hands it to the user and says so in the journal.
    pub(super) async fn export(&self, case: &str) -> Result<Reply, Failure> {
        let pack = self.pack(case).await?;
        self.ports.download().save(&pack.name, "application/zip", &pack.bytes).await;
        let view = ExportView {
            name: pack.name,
            digest: pack.exported.pack,
            bytes: pack.bytes.len() as u64,
            files: pack.files,
        };
        self.record(case, &[Entry::Exported(pack.exported)], None).await?;
        Ok(Reply::Exported(view))
    }

    /// The pack of a case up to its present head: a pure function of the journal, the stored files, the settings and the stored
    /// seals; what is not sealed yet is sealed now.
    pub async fn pack(&self, id: &str) -> Result<Pack, Failure> {
        let (case, records) = self.load(id).await?;
        if case.is_withheld() {
            return Err(Refusal::Withheld.into());
        }
        let mut manifests = BTreeMap::<Digest, Manifest>::new();
        for (index, (_, sealed)) in case.seals.iter().enumerate() {
            manifests.insert(sealed.manifest, self.piece(&case, index).await?.manifest);
        }
        let mut draft = pack::Draft::of(&[&records], &manifests)?;
        let settings = self.settings().await?;
        let services = if settings.trusted_time { settings.services() } else { vec![] };
        let stamps = self.stamps(draft.pieces_sums(), &services).await?;
        draft.date_pieces(&stamps)?;
        let chain = self.chain(&case, &stamps).await?;
        if !chain.is_empty() {
            draft.add(pack::CHAIN, chain.into_bytes())?;
        }
        let key = self.device_key().await?;
        let layout = self.sealed(&draft, &key, services).await?;
        let files = layout.items().len();
        let mut writer = pack::Writer::new(layout, Vec::new());
        while let Some(wanted) = writer.next_blob()? {
            writer.feed(&self.bytes(&wanted.digest).await?)?;
        }
        let bytes = writer.finish()?;
        let (captured_at, captured) = case.captures.first().ok_or(Refusal::NoCase)?;
        let (year, month, day) = captured_at.paris_day();
        let short: String = id.chars().rev().take(8).collect::<Vec<_>>().into_iter().rev().collect();
        Ok(Pack {
            name: format!("temoin-{year:04}-{month:02}-{day:02}-{}-{short}.zip", captured.platform),
            files: u32::try_from(files).map_err(|error| StoreError::Failed(error.to_string()))?,
            exported: Exported {
                head_seq: case.head.seq,
                head: case.head.digest,
                pack: Digest::of(&bytes),
                key: Some(key.fingerprint()),
                options: vec![],
            },
            bytes,
        })
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
    async fn chain(&self, case: &Case, stamps: &[pack::Stamp]) -> Result<String, Failure> {
        let mut answers: Vec<Vec<u8>> = stamps.iter().map(|stamp| stamp.response.clone()).collect();
        let pieces = case.timestamps.iter().map(|(_, timed)| timed.response);
        let journal = case.journal_timestamps.iter().map(|(_, timed)| timed.response);
        for response in pieces.chain(journal) {
            answers.push(self.bytes(&response).await?);
        }
        Ok(timestamp::chain_pem(&answers))
    }
}
