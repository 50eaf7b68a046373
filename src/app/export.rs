use std::collections::BTreeMap;

use super::{App, Failure, failure::Refusal};
use crate::{
    case::{Entry, Exported},
    evidence::{Digest, Manifest},
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

    /// The pack of a case up to its present head: a pure function of the journal and the stored files.
    pub async fn pack(&self, id: &str) -> Result<Pack, Failure> {
        let (case, records) = self.load(id).await?;
        let mut manifests = BTreeMap::<Digest, Manifest>::new();
        for (index, (_, sealed)) in case.seals.iter().enumerate() {
            manifests.insert(sealed.manifest, self.piece(&case, index).await?.manifest);
        }
        let layout = pack::layout(&[&records], &manifests)?;
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
            exported: Exported { head_seq: case.head.seq, head: case.head.digest, pack: Digest::of(&bytes) },
            bytes,
        })
    }
}
