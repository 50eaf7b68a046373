//! Some services answer in BER: indefinite lengths, octet strings in parts, long forms of short lengths. A token is
//! rewritten to definite, minimal lengths before it is decoded; primitive values, hence all that is signed, stay as
//! they are.

/// Deeper nesting is no timestamp.
const DEPTH: usize = 32;

/// The same value with definite and minimal lengths; `None` when it is not one BER value.
pub(super) fn normalise(bytes: &[u8]) -> Option<Vec<u8>> {
    let (value, rest) = element(bytes, 0)?;
    rest.is_empty().then_some(value)
}

/// One element rewritten, and what follows it.
fn element(bytes: &[u8], depth: usize) -> Option<(Vec<u8>, &[u8])> {
    if depth > DEPTH {
        return None;
    }
    let (&tag, rest) = bytes.split_first()?;
    // Tag numbers above 30 do not occur in timestamps.
    if tag & 0x1f == 0x1f || tag == 0 {
        return None;
    }
    let constructed = tag & 0x20 != 0;
    let (length, rest) = length(rest)?;
    let (content, rest) = match length {
        Some(length) => {
            let (content, rest) = rest.split_at_checked(length)?;
            if !constructed {
                return Some((encode(tag, content), rest));
            }
            (elements(content, depth)?, rest)
        }
        None if constructed => until_end(rest, depth)?,
        None => return None,
    };
    match tag {
        0x24 => Some((encode(0x04, &join_octets(&content)?), rest)),
        _ => Some((encode(tag, &content), rest)),
    }
}

/// All elements of a definite content.
fn elements(mut bytes: &[u8], depth: usize) -> Option<Vec<u8>> {
    let mut out = vec![];
    while !bytes.is_empty() {
        let (value, rest) = element(bytes, depth + 1)?;
        out.extend(value);
        bytes = rest;
    }
    Some(out)
}

/// All elements up to the end-of-contents octets.
fn until_end(mut bytes: &[u8], depth: usize) -> Option<(Vec<u8>, &[u8])> {
    let mut out = vec![];
    loop {
        if let [0, 0, rest @ ..] = bytes {
            return Some((out, rest));
        }
        let (value, rest) = element(bytes, depth + 1)?;
        out.extend(value);
        bytes = rest;
    }
}

/// The octets of an octet string in parts, whose parts were rewritten.
fn join_octets(mut parts: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![];
    while let Some((&tag, rest)) = parts.split_first() {
        let (length, rest) = length(rest)?;
        let (octets, rest) = rest.split_at_checked(length?)?;
        if tag != 0x04 {
            return None;
        }
        out.extend_from_slice(octets);
        parts = rest;
    }
    Some(out)
}

/// `Some(None)` for the indefinite form.
fn length(bytes: &[u8]) -> Option<(Option<usize>, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    match first {
        0..=0x7f => Some((Some(usize::from(first)), rest)),
        0x80 => Some((None, rest)),
        _ => {
            let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            let length = digits
                .iter()
                .try_fold(0_usize, |sum, digit| (sum <= usize::MAX >> 8).then_some(sum << 8 | usize::from(*digit)))?;
            Some((Some(length), rest))
        }
    }
}

fn encode(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() + 6);
    out.push(tag);
    match u8::try_from(content.len()) {
        Ok(short @ 0..=0x7f) => out.push(short),
        _ => {
            let digits = content.len().to_be_bytes();
            let start = digits.iter().position(|digit| *digit != 0).unwrap_or(digits.len());
            let digits = digits.get(start..).unwrap_or_default();
            out.push(0x80 | u8::try_from(digits.len()).unwrap_or(0));
            out.extend_from_slice(digits);
        }
    }
    out.extend_from_slice(content);
    out
}

#[cfg(test)]
#[path = "../../../tests/unit/evidence/timestamp/ber.rs"]
mod tests;
