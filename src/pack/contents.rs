use std::{
    collections::BTreeMap,
    io::{Read, Seek},
};

use super::{
    JOURNAL,
    archive::{Found, open},
    content::pass,
};
use crate::{
    base::{Fault, from_exact_json},
    evidence::Record,
};

/// The files of a pack, for who has verified it: nothing is checked here that [`verify`](super::verify) checks.
pub struct Contents<'a, R> {
    reader: &'a mut R,
    members: BTreeMap<String, Found>,
}

impl<'a, R: Read + Seek> Contents<'a, R> {
    /// Reads the table of the archive.
    pub fn open(reader: &'a mut R) -> Result<Self, ContentsError> {
        let opened = open(reader).map_err(|damage| ContentsError(damage.to_string()))?;
        Ok(Self { members: opened.files.into_iter().map(|member| (member.name.clone(), member)).collect(), reader })
    }

    /// Its files.
    pub fn paths(&self) -> Vec<String> {
        self.members.keys().cloned().collect()
    }

    /// The bytes of one of them.
    pub fn read(&mut self, path: &str) -> Result<Vec<u8>, ContentsError> {
        let member = self.members.get(path).ok_or_else(|| ContentsError(path.to_owned()))?;
        let mut bytes = vec![];
        let whole = pass(self.reader, member, |part| bytes.extend_from_slice(part));
        if !whole.map_err(|damage| ContentsError(damage.to_string()))? {
            return Err(ContentsError(path.to_owned()));
        }
        Ok(bytes)
    }

    /// Its journals, one per case.
    pub fn journals(&mut self) -> Result<Vec<Vec<Record>>, ContentsError> {
        let bytes = self.read(JOURNAL)?;
        let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let mut journals: Vec<Vec<Record>> = vec![];
        for line in lines {
            let record: Record = from_exact_json(line).map_err(|_| ContentsError(JOURNAL.to_owned()))?;
            match journals.last_mut() {
                Some(journal) if journal.first().is_some_and(|first| first.link.case == record.link.case) => {
                    journal.push(record);
                }
                _ => journals.push(vec![record]),
            }
        }
        Ok(journals)
    }
}

/// A pack changed between its verification and its reading, or the device failed.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("le dossier ne se laisse plus lire : {0}")]
pub struct ContentsError(String);

impl Fault for ContentsError {
    fn code(&self) -> &'static str {
        "pack_unreadable"
    }
}
