use std::io;

use super::{
    Layout, PackError, Source,
    archive::{Member, end_record},
    crc::Crc,
};
use crate::evidence::Digest;

/// Writes a pack file by file, so that the host loads one blob at a time.
///
/// ```text
/// let mut writer = Writer::new(layout, sink);
/// while let Some(wanted) = writer.next_blob()? {
///     writer.feed(&load(&wanted.digest)?)?;
/// }
/// let sink = writer.finish()?;
/// ```
pub struct Writer<W: io::Write> {
    layout: Layout,
    sink: W,
    members: Vec<Member>,
    position: u64,
}

/// The blob that comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Its path in the pack: what to name when it is missing ([`PackError::BlobMissing`]).
    pub path: String,
    /// Where the store keeps it.
    pub digest: Digest,
}

/// Writes a whole pack; `load` gives a blob by its digest.
pub fn write<W: io::Write>(
    layout: Layout,
    sink: W,
    mut load: impl FnMut(&Digest) -> Option<Vec<u8>>,
) -> Result<W, PackError> {
    let mut writer = Writer::new(layout, sink);
    while let Some(wanted) = writer.next_blob()? {
        let bytes = load(&wanted.digest).ok_or(PackError::BlobMissing(wanted.path))?;
        writer.feed(&bytes)?;
    }
    writer.finish()
}

impl<W: io::Write> Writer<W> {
    /// Starts a pack.
    pub fn new(layout: Layout, sink: W) -> Self {
        Self { layout, sink, members: vec![], position: 0 }
    }

    /// Writes all files that need nothing, up to the next one that needs a blob; `None` when all are written.
    pub fn next_blob(&mut self) -> Result<Option<Wanted>, PackError> {
        while let Some(item) = self.layout.items().get(self.members.len()) {
            let Source::Bytes(bytes) = &item.source else {
                return Ok(Some(Wanted { path: item.path.clone(), digest: item.digest }));
            };
            let bytes = bytes.clone();
            self.feed(&bytes)?;
        }
        Ok(None)
    }

    /// Writes the next file; refuses bytes that are not those which were recorded.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), PackError> {
        let Some(item) = self.layout.items().get(self.members.len()) else { return Ok(()) };
        if Digest::of(bytes) != item.digest {
            return Err(PackError::BlobChanged(item.path.clone()));
        }
        let member =
            Member { name: item.path.clone(), crc: Crc::of(bytes), size: bytes.len() as u64, offset: self.position };
        self.put(&member.local_header())?;
        self.put(bytes)?;
        self.members.push(member);
        Ok(())
    }

    /// How many files are written, of how many.
    pub fn progress(&self) -> (usize, usize) {
        (self.members.len(), self.layout.items().len())
    }

    /// What was written so far and not yet taken, for hosts that pass it on in parts.
    pub fn sink_mut(&mut self) -> &mut W {
        &mut self.sink
    }

    /// Writes the directory; refuses when a file was not given.
    pub fn finish(mut self) -> Result<W, PackError> {
        self.next_blob()?.map_or(Ok(()), |wanted| Err(PackError::Incomplete(wanted.path)))?;
        let offset = self.position;
        for header in self.members.iter().map(Member::central_header).collect::<Vec<_>>() {
            self.put(&header)?;
        }
        let end = end_record(self.members.len() as u64, self.position - offset, offset);
        self.put(&end)?;
        Ok(self.sink)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), PackError> {
        self.sink.write_all(bytes)?;
        self.position += bytes.len() as u64;
        Ok(())
    }
}
