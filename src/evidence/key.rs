use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::Digest;

const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const END: &str = "-----END PUBLIC KEY-----";
/// What stands before the point of every P-256 key in its `SubjectPublicKeyInfo`: the form is fixed, so nothing has to be parsed.
const P_256: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce,
    0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// Tag of an uncompressed point, and its two coordinates.
const POINT: usize = 65;

/// The public half of a device's key: ECDSA on P-256 with SHA-256, which every browser makes and every `openssl` checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    spki: Vec<u8>,
}

impl PublicKey {
    /// From the DER of its `SubjectPublicKeyInfo`.
    pub fn from_spki(spki: &[u8]) -> Option<Self> {
        let point = spki.strip_prefix(&P_256)?;
        (point.len() == POINT && point.first() == Some(&4)).then(|| Self { spki: spki.to_vec() })
    }

    /// From an uncompressed point (SEC 1).
    pub fn from_point(point: &[u8]) -> Option<Self> {
        Self::from_spki(&[&P_256, point].concat())
    }

    /// From one PEM block and nothing else.
    pub fn from_pem(pem: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(pem).ok()?.trim_end();
        let body: String = text.strip_prefix(BEGIN)?.strip_suffix(END)?.split_ascii_whitespace().collect();
        Self::from_spki(&STANDARD.decode(body).ok()?)
    }

    /// As `openssl` reads it.
    pub fn to_pem(&self) -> String {
        pem("PUBLIC KEY", &self.spki)
    }

    /// SHA-256 of the DER: what people compare.
    pub fn fingerprint(&self) -> Digest {
        Digest::of(&self.spki)
    }

    /// Whether `signature` (DER) is one of this key over `message`.
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        use p256::ecdsa::{Signature, VerifyingKey, signature::hazmat::PrehashVerifier};
        let point = self.spki.get(P_256.len()..).unwrap_or_default();
        VerifyingKey::from_sec1_bytes(point)
            .and_then(|key| key.verify_prehash(Digest::of(message).bytes(), &Signature::from_der(signature)?))
            .is_ok()
    }
}

/// One PEM block (RFC 7468).
pub(super) fn pem(label: &str, der: &[u8]) -> String {
    let mut lines = String::new();
    for (index, symbol) in STANDARD.encode(der).chars().enumerate() {
        if index % 64 == 0 {
            lines.push('\n');
        }
        lines.push(symbol);
    }
    format!("-----BEGIN {label}-----{lines}\n-----END {label}-----\n")
}

/// The DER form of a signature that a browser gives as r‖s.
pub fn der_signature(raw: &[u8; 64]) -> Vec<u8> {
    let (r, s) = raw.split_at(32);
    let body = [integer(r), integer(s)].concat();
    // Two integers of at most 33 bytes: the short form of a length holds.
    let mut out = vec![0x30, u8::try_from(body.len()).unwrap_or_default()];
    out.extend(body);
    out
}

/// The r‖s form of a DER signature, `size` bytes each: what a browser checks.
pub fn raw_signature(der: &[u8], size: usize) -> Option<Vec<u8>> {
    let (r, rest) = split_integer(element(der, 0x30)?)?;
    let (s, rest) = split_integer(rest)?;
    let mut raw = vec![];
    for digits in [r, s] {
        raw.extend(std::iter::repeat_n(0, size.checked_sub(digits.len())?));
        raw.extend(digits);
    }
    rest.is_empty().then_some(raw)
}

/// The content of an element that is all there is. Signatures are below 128 bytes but for the largest, whose length takes one more.
fn element(der: &[u8], tag: u8) -> Option<&[u8]> {
    let (length, content) = match der {
        [found, length @ 0..=0x7f, content @ ..] if *found == tag => (length, content),
        [found, 0x81, length, content @ ..] if *found == tag && *length >= 0x80 => (length, content),
        _ => return None,
    };
    (content.len() == usize::from(*length)).then_some(content)
}

/// The digits of a non-negative integer, and what follows it.
fn split_integer(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&length, rest) = der.strip_prefix(&[0x02])?.split_first()?;
    let (digits, rest) = rest.split_at_checked(usize::from(length))?;
    match digits {
        [0, digits @ ..] => Some((digits, rest)),
        [first, ..] if first & 0x80 == 0 => Some((digits, rest)),
        _ => None,
    }
}

/// A positive integer in as few bytes as it takes.
fn integer(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len().saturating_sub(1));
    let digits = bytes.get(start..).unwrap_or_default();
    let sign = digits.first().is_some_and(|first| first & 0x80 != 0);
    let mut out = vec![0x02, u8::try_from(digits.len() + usize::from(sign)).unwrap_or_default()];
    if sign {
        out.push(0);
    }
    out.extend(digits);
    out
}

#[cfg(test)]
#[path = "../../tests/unit/evidence/key.rs"]
mod tests;
