//! The ZIP form of a pack: one canonical way to write it, and a reader that accepts only that way.
//!
//! Own code because the `zip` crate, made for reading what exists, hides what a verifier must see: duplicates, gaps,
//! two headers that disagree. There is no ZIP64, so a pack is below 4 GB.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Read, Seek, SeekFrom},
};

use crate::base::{Fault, io_reason};

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const LOCAL_SIZE: usize = 30;
const CENTRAL_SIZE: usize = 46;
const END_SIZE: usize = 22;

/// ZIP 1.0: stored files only.
const VERSION: u16 = 10;
/// 1 January 1980, the zero of the format.
const DATE: u16 = 0x0021;
/// A regular file, `rw-r--r--`.
const MODE: u32 = 0o100_644;
/// Longer than any name of ours.
const NAME: usize = 255;
/// A directory of 65 534 entries with the longest names is below it.
const DIRECTORY: u64 = 32 << 20;

/// One file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub name: String,
    pub crc: u32,
    pub size: u32,
    /// Of its local header.
    pub offset: u32,
}

impl Member {
    pub(super) fn local_header(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(LOCAL_SIZE + self.name.len());
        out.extend(LOCAL.to_le_bytes());
        self.common(&mut out);
        out.extend(self.name.as_bytes());
        out
    }

    pub(super) fn central_header(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(CENTRAL_SIZE + self.name.len());
        out.extend(CENTRAL.to_le_bytes());
        // Made on Unix: the mode means something.
        out.extend((3 << 8 | VERSION).to_le_bytes());
        self.common(&mut out);
        // No comment, first disk, no internal attribute.
        out.extend([0; 6]);
        out.extend((MODE << 16).to_le_bytes());
        out.extend(self.offset.to_le_bytes());
        out.extend(self.name.as_bytes());
        out
    }

    /// What both headers say: version, flags, method, time, date, CRC, both sizes, lengths of name and extra field.
    fn common(&self, out: &mut Vec<u8>) {
        out.extend(VERSION.to_le_bytes());
        out.extend([0; 6]);
        out.extend(DATE.to_le_bytes());
        out.extend(self.crc.to_le_bytes());
        out.extend(self.size.to_le_bytes());
        out.extend(self.size.to_le_bytes());
        out.extend(u16::try_from(self.name.len()).unwrap_or(u16::MAX).to_le_bytes());
        out.extend([0; 2]);
    }

    /// Where its bytes start.
    pub(super) fn start(&self) -> u64 {
        u64::from(self.offset) + (LOCAL_SIZE + self.name.len()) as u64
    }

    fn end(&self) -> u64 {
        self.start() + u64::from(self.size)
    }
}

/// The record at the very end.
pub(super) fn end_record(count: u16, size: u32, offset: u32) -> Vec<u8> {
    let mut out = Vec::with_capacity(END_SIZE);
    out.extend(END.to_le_bytes());
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(offset.to_le_bytes());
    out.extend([0; 2]);
    out
}

/// Names that come out the same on every system: ASCII letters, digits, `.`, `_`, `-`; folders with `/`.
pub(super) fn check_name(name: &str) -> Result<(), NameError> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'/');
    if name.ends_with('/') {
        return Err(NameError::Folder);
    }
    if name.contains('\\') || name.starts_with('/') || name.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err(NameError::Escapes);
    }
    if name.len() > NAME || !name.bytes().all(allowed) || name.split('/').any(|part| part.ends_with('.')) {
        return Err(NameError::Symbols);
    }
    Ok(())
}

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// It would be written outside the folder of the pack.
    #[error("il désigne un emplacement hors du dossier")]
    Escapes,
    /// Symbols that some systems refuse or change.
    #[error("il contient des caractères que certains systèmes refusent ou changent")]
    Symbols,
    /// A folder, where only files are expected.
    #[error("c’est un dossier, pas un fichier")]
    Folder,
    /// Used twice.
    #[error("il est porté deux fois")]
    Twice,
    /// Differs from another only by capitals: one would overwrite the other on Windows and macOS.
    #[error("il ne diffère d’un autre que par des majuscules")]
    Capitals,
}

/// Reads the directory of an archive. Faults of single files are given beside the members, so that all are named; a
/// fault after which nothing can be trusted to stand where it should is an error.
pub(super) fn open(reader: &mut (impl Read + Seek)) -> Result<(Vec<Member>, Vec<Damage>), Damage> {
    let length = reader.seek(SeekFrom::End(0)).map_err(Damage::unreadable)?;
    let (count, size, offset) = find_end(reader, length)?;
    let directory = read_at(reader, offset, size)?;
    let mut rest = directory.as_slice();
    let mut members = vec![];
    let mut faults = vec![];
    let mut names = BTreeSet::new();
    let mut folded: BTreeMap<String, String> = BTreeMap::new();
    let mut position = 0;
    for _ in 0..count {
        let (header, after) = Central::split(rest).ok_or(Damage::Directory)?;
        rest = after;
        let member = header.member(&mut faults);
        if let Err(error) = check_name(&member.name) {
            faults.push(Damage::Name { name: member.name.clone(), error });
        }
        if !names.insert(member.name.clone()) {
            faults.push(Damage::Name { name: member.name.clone(), error: NameError::Twice });
        } else if folded.insert(member.name.to_ascii_lowercase(), member.name.clone()).is_some() {
            faults.push(Damage::Name { name: member.name.clone(), error: NameError::Capitals });
        }
        if u64::from(member.offset) != position || member.end() > offset {
            return Err(Damage::Place(member.name));
        }
        let local = member.local_header();
        if read_at(reader, position, local.len() as u64)? != local {
            faults.push(Damage::Headers(member.name.clone()));
        }
        position = member.end();
        members.push(member);
    }
    if !rest.is_empty() {
        return Err(Damage::Directory);
    }
    if position != offset {
        return Err(Damage::Hidden);
    }
    if !members.is_sorted_by(|before, after| before.name <= after.name) {
        faults.push(Damage::Order);
    }
    Ok((members, faults))
}

/// Count, size and offset of the directory.
fn find_end(reader: &mut (impl Read + Seek), length: u64) -> Result<(u16, u64, u64), Damage> {
    if length == 0 {
        return Err(Damage::Empty);
    }
    let Some(start) = length.checked_sub(END_SIZE as u64) else { return Err(Damage::NotZip) };
    let end = read_at(reader, start, END_SIZE as u64)?;
    let (count, size, offset) = (u16_at(&end, 8), u32_at(&end, 12), u32_at(&end, 16));
    if u32_at(&end, 0) != END {
        return Err(without_end(reader, length));
    }
    if count == u16::MAX || size == u32::MAX || offset == u32::MAX {
        return Err(Damage::Zip64);
    }
    if end != end_record(count, size, offset) {
        return Err(Damage::Directory);
    }
    let (size, offset) = (u64::from(size), u64::from(offset));
    if offset + size != start {
        return Err(Damage::Hidden);
    }
    if size > DIRECTORY {
        return Err(Damage::Directory);
    }
    Ok((count, size, offset))
}

/// Why the last bytes are not the end of an archive.
fn without_end(reader: &mut (impl Read + Seek), length: u64) -> Damage {
    let begins = read_at(reader, 0, 4).is_ok_and(|bytes| u32_at(&bytes, 0) == LOCAL);
    let tail = length.min(u64::from(u16::MAX) + END_SIZE as u64);
    match read_at(reader, length - tail, tail) {
        Ok(bytes) if bytes.windows(4).any(|window| window == END.to_le_bytes()) => Damage::Trailing,
        Ok(_) if begins => Damage::Truncated,
        Ok(_) => Damage::NotZip,
        Err(damage) => damage,
    }
}

/// A header of the directory, as found.
struct Central<'a> {
    fixed: &'a [u8],
    name: &'a [u8],
    whole: &'a [u8],
}

impl<'a> Central<'a> {
    fn split(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let fixed = bytes.get(..CENTRAL_SIZE)?;
        if u32_at(fixed, 0) != CENTRAL {
            return None;
        }
        let [name, extra, comment] = [28, 30, 32].map(|at| usize::from(u16_at(fixed, at)));
        let (whole, rest) = bytes.split_at_checked(CENTRAL_SIZE + name + extra + comment)?;
        let name = whole.get(CENTRAL_SIZE..CENTRAL_SIZE + name)?;
        Some((Self { fixed, name, whole }, rest))
    }

    /// The member that it describes; what is not as we write it goes to `faults`.
    fn member(&self, faults: &mut Vec<Damage>) -> Member {
        let name = String::from_utf8_lossy(self.name).into_owned();
        let member =
            Member { name, crc: u32_at(self.fixed, 16), size: u32_at(self.fixed, 24), offset: u32_at(self.fixed, 42) };
        if self.whole != member.central_header() {
            let name = member.name.clone();
            let flags = u16_at(self.fixed, 8);
            let mode = u32_at(self.fixed, 38) >> 16;
            faults.push(if flags & 1 != 0 {
                Damage::Encrypted(name)
            } else if u16_at(self.fixed, 10) != 0 || u32_at(self.fixed, 20) != member.size {
                Damage::Compressed(name)
            } else if mode & 0o170_000 == 0o120_000 {
                Damage::Link(name)
            } else {
                Damage::Foreign(name)
            });
        }
        member
    }
}

/// `size` was bounded by the caller.
fn read_at(reader: &mut (impl Read + Seek), offset: u64, size: u64) -> Result<Vec<u8>, Damage> {
    reader.seek(SeekFrom::Start(offset)).map_err(Damage::unreadable)?;
    let mut bytes = vec![];
    reader.take(size).read_to_end(&mut bytes).map_err(Damage::unreadable)?;
    if bytes.len() as u64 == size { Ok(bytes) } else { Err(Damage::Truncated) }
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |chunk| u16::from_le_bytes(*chunk))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |chunk| u32::from_le_bytes(*chunk))
}

/// What is wrong with an archive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Damage {
    #[error("ce fichier est vide")]
    Empty,
    #[error("ce fichier n’est pas une archive ZIP")]
    NotZip,
    #[error("cette archive est incomplète : le téléchargement ou la copie s’est arrêté trop tôt")]
    Truncated,
    #[error("des octets étrangers ont été ajoutés à la fin de l’archive")]
    Trailing,
    #[error("des octets étrangers sont cachés dans l’archive, hors de ses fichiers")]
    Hidden,
    #[error("cette archive est d’une forme (ZIP64) que Témoin n’écrit pas")]
    Zip64,
    #[error("la table des fichiers de l’archive est abîmée")]
    Directory,
    #[error("« {0} » n’est pas à sa place dans l’archive, ou y recouvre un autre fichier")]
    Place(String),
    #[error("l’archive décrit « {0} » de deux façons différentes")]
    Headers(String),
    #[error("« {0} » est chiffré")]
    Encrypted(String),
    #[error("« {0} » est compressé : l’archive a été refaite par un autre logiciel")]
    Compressed(String),
    #[error("« {0} » est un lien vers un autre emplacement")]
    Link(String),
    #[error("« {0} » n’est pas rangé comme Témoin le fait : l’archive a été refaite par un autre logiciel")]
    Foreign(String),
    #[error("les fichiers ne sont pas dans leur ordre : l’archive a été refaite par un autre logiciel")]
    Order,
    #[error("le nom de fichier « {name} » est refusé : {error}")]
    Name { name: String, error: NameError },
    #[error("ce fichier ne peut pas être lu : {0}")]
    Unreadable(&'static str),
}

impl Damage {
    pub(super) fn unreadable(error: io::Error) -> Self {
        Self::Unreadable(io_reason(&error))
    }

    /// The file at fault.
    pub(super) fn file(&self) -> Option<&str> {
        match self {
            Self::Place(name)
            | Self::Headers(name)
            | Self::Encrypted(name)
            | Self::Compressed(name)
            | Self::Link(name)
            | Self::Foreign(name)
            | Self::Name { name, .. } => Some(name),
            _ => None,
        }
    }
}

impl Fault for Damage {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "zip_empty",
            Self::NotZip => "zip_not_zip",
            Self::Truncated => "zip_truncated",
            Self::Trailing => "zip_trailing",
            Self::Hidden => "zip_hidden",
            Self::Zip64 => "zip_zip64",
            Self::Directory => "zip_directory",
            Self::Place(_) => "zip_place",
            Self::Headers(_) => "zip_headers",
            Self::Encrypted(_) => "zip_encrypted",
            Self::Compressed(_) => "zip_compressed",
            Self::Link(_) => "zip_link",
            Self::Foreign(_) => "zip_foreign",
            Self::Order => "zip_order",
            Self::Name { error: NameError::Escapes, .. } => "name_escapes",
            Self::Name { error: NameError::Symbols, .. } => "name_symbols",
            Self::Name { error: NameError::Folder, .. } => "name_folder",
            Self::Name { error: NameError::Twice, .. } => "name_twice",
            Self::Name { error: NameError::Capitals, .. } => "name_capitals",
            Self::Unreadable(_) => "unreadable",
        }
    }
}
