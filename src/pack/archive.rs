//! The ZIP form of a pack: one canonical way to write it, and a reader that says whether it meets that way, another sane one (the
//! pack was unzipped and zipped again by some program), or something else, which is refused.
//!
//! Own code because the `zip` crate, made for reading what exists, hides what a verifier must see: duplicates, gaps,
//! two headers that disagree.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Read, Seek, SeekFrom},
};

use crate::base::{Fault, io_reason};

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const END_64: u32 = 0x0606_4b50;
const LOCATOR: u32 = 0x0706_4b50;
const DESCRIPTOR: u32 = 0x0807_4b50;
const LOCAL_SIZE: usize = 30;
const CENTRAL_SIZE: usize = 46;
const END_SIZE: usize = 22;
const END_64_SIZE: usize = 56;
const LOCATOR_SIZE: usize = 20;

/// ZIP 1.0: stored files only.
const VERSION: u16 = 10;
/// ZIP 4.5: sizes and places beyond 4 GB, counts beyond 65 535.
const VERSION_64: u16 = 45;
/// The extra field in which these stand.
const EXTRA_64: u16 = 1;
/// An extra field that gives some readers another name than the one that others see.
const EXTRA_NAME: u16 = 0x7075;
/// 1 January 1980, the zero of the format.
const DATE: u16 = 0x0021;
/// A regular file, `rw-r--r--`.
const MODE: u32 = 0o100_644;
/// Longer than any name of ours.
const NAME: usize = 255;
/// A directory of a million entries of the usual length is below it.
const DIRECTORY: u64 = 128 << 20;
/// An archive that holds more than this many times its own bytes (and these besides) is made to exhaust who opens it.
const RATIO: u64 = 50;
const FREE: u64 = 64 << 20;

/// One file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub name: String,
    pub crc: u32,
    pub size: u64,
    /// Of its local header.
    pub offset: u64,
}

impl Member {
    pub(super) fn local_header(&self) -> Vec<u8> {
        let mut extra = vec![];
        if self.size >= MAX_32 {
            extra.extend(self.size.to_le_bytes());
            extra.extend(self.size.to_le_bytes());
        }
        let extra = extra_64(extra);
        let mut out = Vec::with_capacity(LOCAL_SIZE + self.name.len() + extra.len());
        out.extend(LOCAL.to_le_bytes());
        self.common(&mut out, &extra);
        out.extend(self.name.as_bytes());
        out.extend(extra);
        out
    }

    pub(super) fn central_header(&self) -> Vec<u8> {
        let mut extra = vec![];
        if self.size >= MAX_32 {
            extra.extend(self.size.to_le_bytes());
            extra.extend(self.size.to_le_bytes());
        }
        if self.offset >= MAX_32 {
            extra.extend(self.offset.to_le_bytes());
        }
        let extra = extra_64(extra);
        let mut out = Vec::with_capacity(CENTRAL_SIZE + self.name.len() + extra.len());
        out.extend(CENTRAL.to_le_bytes());
        // Made on Unix: the mode means something.
        out.extend((3 << 8 | version(&extra)).to_le_bytes());
        self.common(&mut out, &extra);
        // No comment, first disk, no internal attribute.
        out.extend([0; 6]);
        out.extend((MODE << 16).to_le_bytes());
        out.extend(low(self.offset).to_le_bytes());
        out.extend(self.name.as_bytes());
        out.extend(extra);
        out
    }

    /// What both headers say: version, flags, method, time, date, CRC, both sizes, lengths of name and extra field.
    fn common(&self, out: &mut Vec<u8>, extra: &[u8]) {
        out.extend(version(extra).to_le_bytes());
        out.extend([0; 6]);
        out.extend(DATE.to_le_bytes());
        out.extend(self.crc.to_le_bytes());
        out.extend(low(self.size).to_le_bytes());
        out.extend(low(self.size).to_le_bytes());
        out.extend(u16::try_from(self.name.len()).unwrap_or(u16::MAX).to_le_bytes());
        out.extend(u16::try_from(extra.len()).unwrap_or(u16::MAX).to_le_bytes());
    }

    /// Where its bytes end.
    fn end(&self) -> u64 {
        self.offset.saturating_add(self.local_header().len() as u64).saturating_add(self.size)
    }
}

const MAX_32: u64 = u32::MAX as u64;
const MAX_16: u64 = u16::MAX as u64;

/// A field of 32 bits, whose last value means « see the extra field ».
fn low(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn version(extra: &[u8]) -> u16 {
    if extra.is_empty() { VERSION } else { VERSION_64 }
}

fn extra_64(values: Vec<u8>) -> Vec<u8> {
    if values.is_empty() {
        return values;
    }
    let size = u16::try_from(values.len()).unwrap_or(u16::MAX);
    [EXTRA_64.to_le_bytes().to_vec(), size.to_le_bytes().to_vec(), values].concat()
}

/// The records at the very end: of a directory of `count` entries and `size` bytes that begins at `offset`.
pub(super) fn end_record(count: u64, size: u64, offset: u64) -> Vec<u8> {
    let mut out = vec![];
    let large = count >= MAX_16 || size >= MAX_32 || offset >= MAX_32;
    if large {
        out.extend(END_64.to_le_bytes());
        out.extend((END_64_SIZE as u64 - 12).to_le_bytes());
        out.extend((3 << 8 | VERSION_64).to_le_bytes());
        out.extend(VERSION_64.to_le_bytes());
        out.extend([0; 8]);
        for value in [count, count, size, offset] {
            out.extend(value.to_le_bytes());
        }
        out.extend(LOCATOR.to_le_bytes());
        out.extend([0; 4]);
        out.extend((offset + size).to_le_bytes());
        out.extend(1_u32.to_le_bytes());
    }
    out.extend(END.to_le_bytes());
    out.extend([0; 4]);
    let count = u16::try_from(count).unwrap_or(u16::MAX);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(low(size).to_le_bytes());
    out.extend(low(offset).to_le_bytes());
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

/// One file of an archive that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub name: String,
    pub crc: u32,
    pub size: u64,
    /// Where its bytes start.
    pub start: u64,
    /// How many bytes it takes in the archive.
    pub packed: u64,
    pub deflated: bool,
}

/// What an archive holds.
#[derive(Debug)]
pub(super) struct Opened {
    pub files: Vec<Found>,
    /// Faults of single files, so that all are named.
    pub faults: Vec<Damage>,
    /// Not in our form: another program has written it.
    pub repacked: bool,
}

/// Reads the directory of an archive. A fault after which nothing can be trusted to stand where it should is an error.
pub(super) fn open(reader: &mut (impl Read + Seek)) -> Result<Opened, Damage> {
    let length = reader.seek(SeekFrom::End(0)).map_err(Damage::unreadable)?;
    let end = find_end(reader, length)?;
    let directory = read_at(reader, end.offset, end.size)?;
    let mut rest = directory.as_slice();
    let mut opened = Opened { files: vec![], faults: vec![], repacked: !end.ours };
    let mut entries = vec![];
    for _ in 0..end.count {
        let (header, after) = Central::split(rest).ok_or(Damage::Directory)?;
        rest = after;
        entries.push(header);
    }
    if !rest.is_empty() {
        return Err(Damage::Directory);
    }
    opened.repacked |= !entries.is_sorted_by(|before, after| before.name <= after.name);
    entries.sort_by_key(|entry| entry.offset);
    let mut position = 0;
    for entry in entries {
        if entry.offset != position || entry.packed > end.offset {
            return Err(Damage::Place(entry.name));
        }
        let ours = read_at(reader, position, entry.ours.local_header().len() as u64);
        if entry.is_ours && ours.as_ref().is_ok_and(|local| *local == entry.ours.local_header()) {
            position = entry.ours.end();
            opened.files.push(entry.found(position - entry.size));
        } else {
            opened.repacked = true;
            position = entry.foreign(reader, end.offset, &mut opened)?;
        }
        if position > end.offset {
            return Err(Damage::Place(entry.name));
        }
    }
    if position != end.offset {
        return Err(Damage::Hidden);
    }
    opened.unwrap_folder();
    opened.check_names();
    let held = opened.files.iter().fold(0_u64, |sum, file| sum.saturating_add(file.size));
    if held > length.saturating_mul(RATIO).saturating_add(FREE) {
        return Err(Damage::Bomb);
    }
    Ok(opened)
}

impl Opened {
    /// Who zips the folder of an unzipped pack puts all files under its name.
    fn unwrap_folder(&mut self) {
        let Some(first) = self.files.first() else { return };
        let Some((folder, _)) = first.name.split_once('/') else { return };
        let folder = format!("{folder}/");
        let harmless = |symbol: char| !symbol.is_control() && symbol != '\\' && symbol != ':';
        let wrapped = self.repacked
            && !matches!(folder.as_str(), "/" | "./" | "../")
            && folder.chars().all(harmless)
            && self.files.iter().all(|file| file.name.starts_with(&folder))
            && self.files.iter().any(|file| file.name.strip_prefix(&folder) == Some(super::SUMS));
        if wrapped {
            for file in &mut self.files {
                file.name = file.name.split_off(folder.len());
            }
        }
    }

    fn check_names(&mut self) {
        let mut names = BTreeSet::new();
        let mut folded: BTreeMap<String, String> = BTreeMap::new();
        for file in &self.files {
            let name = file.name.clone();
            if let Err(error) = check_name(&name) {
                self.faults.push(Damage::Name { name: name.clone(), error });
            }
            if !names.insert(name.clone()) {
                self.faults.push(Damage::Name { name, error: NameError::Twice });
            } else if folded.insert(name.to_ascii_lowercase(), name.clone()).is_some() {
                self.faults.push(Damage::Name { name, error: NameError::Capitals });
            }
        }
    }
}

/// Where the directory stands.
struct End {
    count: u64,
    size: u64,
    offset: u64,
    /// Written as we do; before that is known: without the record of a large archive.
    ours: bool,
}

fn find_end(reader: &mut (impl Read + Seek), length: u64) -> Result<End, Damage> {
    if length == 0 {
        return Err(Damage::Empty);
    }
    let Some(start) = length.checked_sub(END_SIZE as u64) else { return Err(Damage::NotZip) };
    let end = read_at(reader, start, END_SIZE as u64)?;
    if u32_at(&end, 0) != END {
        return Err(without_end(reader, length));
    }
    let (count, size, offset) = (u16_at(&end, 10), u32_at(&end, 12), u32_at(&end, 16));
    // One disk, the same count twice, no comment.
    if u32_at(&end, 4) != 0 || u16_at(&end, 8) != count || u16_at(&end, 20) != 0 {
        return Err(Damage::Directory);
    }
    let plain = End { count: u64::from(count), size: u64::from(size), offset: u64::from(offset), ours: true };
    let large = count == u16::MAX || size == u32::MAX || offset == u32::MAX;
    let found = match find_end_64(reader, start) {
        Err(damage) if large => return Err(damage),
        Err(_) => plain,
        // Some programs write the record though it is not needed: it must then say the same.
        Ok(found) if large || (found.count, found.size, found.offset) == (plain.count, plain.size, plain.offset) => {
            found
        }
        Ok(_) => plain,
    };
    let ours = end_record(found.count, found.size, found.offset);
    let directory_end = found.offset.checked_add(found.size).ok_or(Damage::Directory)?;
    let records = length.checked_sub(directory_end).ok_or(Damage::Hidden)?;
    let with_64 = (END_64_SIZE + LOCATOR_SIZE + END_SIZE) as u64;
    if records != if found.ours { END_SIZE as u64 } else { with_64 } {
        return Err(Damage::Hidden);
    }
    if found.size > DIRECTORY || found.count.saturating_mul(CENTRAL_SIZE as u64) > found.size {
        return Err(Damage::Directory);
    }
    let ours = records == ours.len() as u64 && read_at(reader, directory_end, records)? == ours;
    Ok(End { ours, ..found })
}

/// The record of an archive beyond the plain form, right before its locator, which is right before `start`.
fn find_end_64(reader: &mut (impl Read + Seek), start: u64) -> Result<End, Damage> {
    let place = start.checked_sub((END_64_SIZE + LOCATOR_SIZE) as u64).ok_or(Damage::Zip64)?;
    let records = read_at(reader, place, (END_64_SIZE + LOCATOR_SIZE) as u64)?;
    let locator = records.get(END_64_SIZE..).unwrap_or_default();
    let right = u32_at(&records, 0) == END_64
        && u64_at(&records, 4) == END_64_SIZE as u64 - 12
        && u64_at(&records, 16) == 0
        && u64_at(&records, 24) == u64_at(&records, 32)
        && u32_at(locator, 0) == LOCATOR
        && u32_at(locator, 4) == 0
        && u64_at(locator, 8) == place
        && u32_at(locator, 16) == 1;
    if !right {
        return Err(Damage::Zip64);
    }
    Ok(End { count: u64_at(&records, 32), size: u64_at(&records, 40), offset: u64_at(&records, 48), ours: false })
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
struct Central {
    name: String,
    /// The name's own bytes, which the local header must repeat.
    raw_name: Vec<u8>,
    flags: u16,
    method: u16,
    crc: u32,
    packed: u64,
    size: u64,
    offset: u64,
    mode: u32,
    /// An extra field that other readers could take a name from.
    other_name: bool,
    /// As we would write it, and whether it is.
    ours: Member,
    is_ours: bool,
}

impl Central {
    fn split(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let fixed = bytes.get(..CENTRAL_SIZE)?;
        if u32_at(fixed, 0) != CENTRAL {
            return None;
        }
        let [name, extra, comment] = [28, 30, 32].map(|at| usize::from(u16_at(fixed, at)));
        let (whole, rest) = bytes.split_at_checked(CENTRAL_SIZE + name + extra + comment)?;
        let raw_name = whole.get(CENTRAL_SIZE..CENTRAL_SIZE + name)?.to_vec();
        let extra = whole.get(CENTRAL_SIZE + name..CENTRAL_SIZE + name + extra)?;
        let fields = extra_fields(extra)?;
        let mut large = fields.iter().find(|(id, _)| *id == EXTRA_64).map(|(_, field)| *field).unwrap_or_default();
        let mut value = |at: usize| match u32_at(fixed, at) {
            u32::MAX => {
                let (first, rest) = large.split_first_chunk::<8>()?;
                large = rest;
                Some(u64::from_le_bytes(*first))
            }
            value => Some(u64::from(value)),
        };
        let (size, packed, offset) = (value(24)?, value(20)?, value(42)?);
        let name = String::from_utf8_lossy(&raw_name).into_owned();
        let crc = u32_at(fixed, 16);
        let ours = Member { name: name.clone(), crc, size, offset };
        let central = Self {
            is_ours: whole == ours.central_header(),
            flags: u16_at(fixed, 8),
            method: u16_at(fixed, 10),
            mode: u32_at(fixed, 38) >> 16,
            other_name: fields.iter().any(|(id, _)| *id == EXTRA_NAME),
            name,
            raw_name,
            crc,
            packed,
            size,
            offset,
            ours,
        };
        Some((central, rest))
    }

    fn found(&self, start: u64) -> Found {
        let Self { name, crc, size, packed, .. } = self;
        Found { name: name.clone(), crc: *crc, size: *size, start, packed: *packed, deflated: self.method == 8 }
    }

    /// A file that another program has written: it may be compressed and carry dates, but both headers must say the same of it, and
    /// nothing may stand between it and the next. Gives where it ends.
    fn foreign(&self, reader: &mut (impl Read + Seek), limit: u64, opened: &mut Opened) -> Result<u64, Damage> {
        let name = || self.name.clone();
        let local = read_at(reader, self.offset, LOCAL_SIZE as u64)?;
        let (name_size, extra_size) = (u64::from(u16_at(&local, 26)), u64::from(u16_at(&local, 28)));
        let after = read_at(reader, self.offset + LOCAL_SIZE as u64, name_size + extra_size)?;
        let (local_name, extra) = after.split_at_checked(usize::from(u16_at(&local, 26))).ok_or(Damage::Truncated)?;
        let fields = extra_fields(extra).ok_or_else(|| Damage::Headers(name()))?;
        let start = self.offset + LOCAL_SIZE as u64 + name_size + extra_size;
        let end = start.checked_add(self.packed).filter(|end| *end <= limit).ok_or_else(|| Damage::Place(name()))?;
        // What follows the file when its sizes were not known before it: signature, CRC, sizes of 4 or 8 bytes.
        let streamed = self.flags & 8 != 0;
        let described = if streamed { self.descriptor(reader, end, limit)? } else { 0 };
        let large = fields.iter().find(|(id, _)| *id == EXTRA_64).map(|(_, field)| *field).unwrap_or_default();
        let told = |at: usize, place: usize| match u32_at(&local, at) {
            u32::MAX => u64_at(large, place),
            value => u64::from(value),
        };
        let sizes = (u32_at(&local, 14), told(18, 8), told(22, 0));
        let same = u32_at(&local, 0) == LOCAL
            && u16_at(&local, 6) == self.flags
            && u16_at(&local, 8) == self.method
            && local_name == self.raw_name
            && (sizes == (self.crc, self.packed, self.size) || (streamed && described > 0 && sizes == (0, 0, 0)));
        let hides_name = self.other_name || fields.iter().any(|(id, _)| *id == EXTRA_NAME);
        let kind = self.mode & 0o170_000;
        if self.flags & 1 != 0 {
            opened.faults.push(Damage::Encrypted(name()));
        } else if kind == 0o120_000 {
            opened.faults.push(Damage::Link(name()));
        } else if !same {
            opened.faults.push(Damage::Headers(name()));
        } else if !matches!(self.method, 0 | 8) || (self.method == 0 && self.packed != self.size) {
            opened.faults.push(Damage::Compressed(name()));
        } else if hides_name || !matches!(kind, 0 | 0o100_000 | 0o040_000) {
            opened.faults.push(Damage::Foreign(name()));
        }
        // A folder of its own holds nothing; what it would be called is checked with its files.
        if !(self.name.ends_with('/') && self.size == 0 && self.packed == 0 && self.name.len() > 1) {
            opened.files.push(self.found(start));
        } else if let Err(error) = check_folder(&self.name) {
            opened.faults.push(Damage::Name { name: name(), error });
        }
        Ok(end + described)
    }

    /// How many bytes the description after a file takes; 0 when there is none that fits.
    fn descriptor(&self, reader: &mut (impl Read + Seek), at: u64, limit: u64) -> Result<u64, Damage> {
        let available = limit.saturating_sub(at).min(24);
        let bytes = read_at(reader, at, available)?;
        let signed = u32_at(&bytes, 0) == DESCRIPTOR;
        let body = bytes.get(if signed { 4 } else { 0 }..).unwrap_or_default();
        let before = if signed { 4 } else { 0 };
        let short = body.len() >= 12
            && (u32_at(body, 0), u64::from(u32_at(body, 4)), u64::from(u32_at(body, 8)))
                == (self.crc, self.packed, self.size);
        let long = body.len() >= 20
            && (u32_at(body, 0), u64_at(body, 4), u64_at(body, 12)) == (self.crc, self.packed, self.size);
        Ok(if long {
            before + 20
        } else if short {
            before + 12
        } else {
            0
        })
    }
}

/// Folders are named like what stands in them, or are the one around all.
fn check_folder(name: &str) -> Result<(), NameError> {
    let name = name.trim_end_matches('/');
    let escapes = name.starts_with('/') || name.contains(['\\', ':']) || name.chars().any(char::is_control);
    if escapes || name.split('/').any(|part| matches!(part, "" | "." | "..")) {
        Err(NameError::Escapes)
    } else {
        Ok(())
    }
}

/// The extra fields of a header, each once; `None` when they do not fill it.
fn extra_fields(mut bytes: &[u8]) -> Option<Vec<(u16, &[u8])>> {
    let mut fields: Vec<(u16, &[u8])> = vec![];
    while !bytes.is_empty() {
        let (head, rest) = bytes.split_at_checked(4)?;
        let (field, rest) = rest.split_at_checked(usize::from(u16_at(head, 2)))?;
        let id = u16_at(head, 0);
        if fields.iter().any(|(other, _)| *other == id) {
            return None;
        }
        fields.push((id, field));
        bytes = rest;
    }
    Some(fields)
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

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |chunk| u64::from_le_bytes(*chunk))
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
    #[error("la fin de cette archive (ZIP64) se contredit")]
    Zip64,
    #[error(
        "cette archive contient bien plus que sa taille ne le permet : elle est faite pour épuiser l’ordinateur qui l’ouvre"
    )]
    Bomb,
    #[error("la table des fichiers de l’archive est abîmée")]
    Directory,
    #[error("« {0} » n’est pas à sa place dans l’archive, ou y recouvre un autre fichier")]
    Place(String),
    #[error("l’archive décrit « {0} » de deux façons différentes")]
    Headers(String),
    #[error("« {0} » est chiffré")]
    Encrypted(String),
    #[error("« {0} » est compressé d’une façon que ce vérificateur ne connaît pas")]
    Compressed(String),
    #[error("« {0} » est un lien vers un autre emplacement")]
    Link(String),
    #[error("« {0} » porte deux noms, ou n’est pas un fichier ordinaire")]
    Foreign(String),
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
            Self::Bomb => "zip_bomb",
            Self::Name { error: NameError::Escapes, .. } => "name_escapes",
            Self::Name { error: NameError::Symbols, .. } => "name_symbols",
            Self::Name { error: NameError::Folder, .. } => "name_folder",
            Self::Name { error: NameError::Twice, .. } => "name_twice",
            Self::Name { error: NameError::Capitals, .. } => "name_capitals",
            Self::Unreadable(_) => "unreadable",
        }
    }
}

#[cfg(test)]
#[path = "../../tests/unit/pack/archive.rs"]
mod tests;
