use chrono::NaiveDate;
use der::{Any, Decode, Tag};
use serde::{Deserialize, Serialize};

use super::{
    TimestampError,
    asn1::{SHA_256, SIGNED_DATA, SignedData, SignerInfo, TST_INFO, TimeStampResp, TstInfo},
    ber::normalise,
    certificate::Certificate,
    request::nonce_of,
};
use crate::{
    base::Instant,
    evidence::{Digest, key::pem},
};

/// No service sends more: a chain of four certificates and a revocation list stay under it.
const LONGEST: usize = 1 << 20;

/// Certificates that are looked at: each costs a signature check at most per step of the chain.
const CERTIFICATES: usize = 32;

/// What an answer of a timestamp service says, after the checks that need no root: status granted, imprint, nonce.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The service's time.
    pub gen_time: Instant,
    /// Serial number, hexadecimal.
    pub serial: String,
    /// Policy, dotted.
    pub policy: String,
    /// Name of the service, from its certificate.
    pub tsa: String,
}

/// The certificates that come with some answers, each once, as PEM: what `openssl ts -verify -untrusted` takes. An answer that
/// cannot be read has none.
pub fn chain_pem(answers: &[Vec<u8>]) -> String {
    let mut seen: Vec<Vec<u8>> = vec![];
    for certificate in answers.iter().filter_map(|tsr| Answer::parse(tsr).ok()).flat_map(|answer| answer.certificates) {
        if !seen.iter().any(|der| der == certificate.der()) {
            seen.push(certificate.der().to_vec());
        }
    }
    seen.iter().map(|der| pem("CERTIFICATE", der)).collect()
}

/// Reads a whole answer (`.tsr`) and checks that it is a granted token over `digest`, for `nonce` when it is known.
pub fn read(tsr: &[u8], digest: &Digest, nonce: Option<&[u8; 16]>) -> Result<Token, TimestampError> {
    Answer::parse(tsr)?.token(digest, nonce)
}

/// A granted answer, decoded.
pub(super) struct Answer {
    pub signed: SignedData,
    pub info: TstInfo,
    pub signer: SignerInfo,
    /// Those that can be read; what else stands in the set is of no use to us.
    pub certificates: Vec<Certificate>,
}

impl Answer {
    pub(super) fn parse(tsr: &[u8]) -> Result<Self, TimestampError> {
        let malformed = |_| TimestampError::Malformed;
        if tsr.len() > LONGEST {
            return Err(TimestampError::Malformed);
        }
        let bytes = normalise(tsr).ok_or(TimestampError::Malformed)?;
        let answer = TimeStampResp::from_der(&bytes).map_err(malformed)?;
        // 0 granted, 1 granted with modifications.
        if answer.status.status > 1 {
            let text = answer.status.status_string.as_deref().map(free_text).unwrap_or_default();
            return Err(TimestampError::Status { status: answer.status.status, text });
        }
        let content = answer.time_stamp_token.ok_or(TimestampError::Malformed)?;
        if content.content_type != SIGNED_DATA {
            return Err(TimestampError::Malformed);
        }
        let signed: SignedData = content.content.decode_as().map_err(malformed)?;
        if signed.encap_content_info.econtent_type != TST_INFO {
            return Err(TimestampError::Malformed);
        }
        let info = TstInfo::from_der(signed.encap_content_info.econtent.as_bytes()).map_err(malformed)?;
        let [signer] = signed.signer_infos.as_ref() else { return Err(TimestampError::Malformed) };
        let signer: SignerInfo = signer.decode_as().map_err(malformed)?;
        let certificates = signed.certificates.iter().flat_map(|set| set.iter());
        let certificates = certificates.take(CERTIFICATES).filter_map(Certificate::of_any).collect();
        Ok(Self { signed, info, signer, certificates })
    }

    pub(super) fn token(&self, digest: &Digest, nonce: Option<&[u8; 16]>) -> Result<Token, TimestampError> {
        let imprint = &self.info.message_imprint;
        if imprint.hash_algorithm.oid != SHA_256 || imprint.hashed_message.as_bytes() != digest.bytes() {
            return Err(TimestampError::Imprint);
        }
        if let Some(nonce) = nonce
            && self.info.nonce.as_ref().and_then(nonce_of).as_ref() != Some(nonce)
        {
            return Err(TimestampError::Nonce);
        }
        Ok(Token {
            gen_time: gen_time(&self.info.gen_time).ok_or(TimestampError::Time)?,
            serial: hex(self.info.serial_number.as_bytes()),
            policy: self.info.policy.to_string(),
            tsa: self.signer_certificate().map(Certificate::name).unwrap_or_default(),
        })
    }

    /// The certificate that the signer information names.
    pub(super) fn signer_certificate(&self) -> Option<&Certificate> {
        self.certificates.iter().find(|certificate| certificate.is_named_by(&self.signer.sid))
    }
}

/// `20261124135507Z`, `20261124135507.123Z`: UTC, at least to the second (RFC 3161, 2.4.2). What is finer than a
/// millisecond is cut off.
fn gen_time(value: &Any) -> Option<Instant> {
    use der::Tagged;
    if value.tag() != Tag::GeneralizedTime {
        return None;
    }
    let text = std::str::from_utf8(value.value()).ok()?.strip_suffix('Z')?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 14 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let millis: i64 = fraction.chars().chain("000".chars()).take(3).collect::<String>().parse().ok()?;
    let number = |range: std::ops::Range<usize>| whole.get(range).and_then(|text| text.parse::<u32>().ok());
    let day = NaiveDate::from_ymd_opt(number(0..4)?.cast_signed(), number(4..6)?, number(6..8)?)?;
    // Second 60 is a leap second: the moment a second after second 59.
    let second = number(12..14)?;
    let leap = if second == 60 { 1000 } else { 0 };
    let moment = day.and_hms_opt(number(8..10)?, number(10..12)?, if leap > 0 { 59 } else { second })?.and_utc();
    Instant::from_millis(moment.timestamp_millis().checked_add(millis + leap)?)
}

/// What the service wrote, made harmless for a one-line message.
fn free_text(parts: &[Any]) -> String {
    let text = parts.iter().map(|part| String::from_utf8_lossy(part.value())).collect::<Vec<_>>().join(" ");
    text.chars().filter(|symbol| !symbol.is_control()).take(300).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
#[path = "../../../tests/unit/evidence/timestamp/token.rs"]
mod tests;
