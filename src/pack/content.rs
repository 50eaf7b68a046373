use std::io::{Read, Seek, SeekFrom};

use miniz_oxide::{
    DataFormat, MZError, MZFlush, MZStatus,
    inflate::stream::{InflateState, inflate},
};

use super::archive::{Damage, Found};

/// How many bytes of one file are held at once.
const CHUNK: usize = 64 << 10;

/// Passes the bytes of a file on in parts, inflated if need be; never more of them than were announced. False when they are not as many
/// as that, or when what should inflate does not.
pub(super) fn pass(reader: &mut (impl Read + Seek), file: &Found, mut part: impl FnMut(&[u8])) -> Result<bool, Damage> {
    reader.seek(SeekFrom::Start(file.start)).map_err(Damage::unreadable)?;
    let mut source = Source { reader, left: file.packed, buffer: vec![0; CHUNK] };
    if !file.deflated {
        while let Some(bytes) = source.next()? {
            part(bytes);
        }
        return Ok(file.packed == file.size);
    }
    let mut state = InflateState::new_boxed(DataFormat::Raw);
    let mut out = vec![0; CHUNK];
    let mut given = 0_u64;
    let mut ended = false;
    while let Some(mut bytes) = source.next()? {
        loop {
            let step = inflate(&mut state, bytes, &mut out, MZFlush::None);
            bytes = bytes.get(step.bytes_consumed..).unwrap_or_default();
            let made = out.get(..step.bytes_written).unwrap_or_default();
            given += made.len() as u64;
            if given > file.size {
                return Ok(false);
            }
            part(made);
            match step.status {
                Ok(MZStatus::StreamEnd) => ended = true,
                Ok(_) | Err(MZError::Buf)
                    if step.bytes_written > 0 || (step.bytes_consumed > 0 && !bytes.is_empty()) =>
                {
                    continue;
                }
                Ok(_) | Err(MZError::Buf) => {}
                Err(_) => return Ok(false),
            }
            break;
        }
        // Bytes after the end of the stream would be hidden.
        if ended {
            return Ok(bytes.is_empty() && source.left == 0 && given == file.size);
        }
    }
    Ok(false)
}

struct Source<'a, R> {
    reader: &'a mut R,
    left: u64,
    buffer: Vec<u8>,
}

impl<R: Read> Source<'_, R> {
    fn next(&mut self) -> Result<Option<&[u8]>, Damage> {
        if self.left == 0 {
            return Ok(None);
        }
        let size = usize::try_from(self.left).unwrap_or(usize::MAX).min(CHUNK);
        let wanted = self.buffer.get_mut(..size).unwrap_or_default();
        self.reader.read_exact(wanted).map_err(Damage::unreadable)?;
        self.left -= size as u64;
        Ok(Some(wanted))
    }
}
