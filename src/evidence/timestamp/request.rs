use der::{
    Any, Decode, Encode, Tag,
    asn1::{Int, OctetString},
};
use spki::AlgorithmIdentifierOwned;

use super::{
    TimestampError,
    asn1::{MessageImprint, SHA_256, TimeStampReq},
};
use crate::evidence::Digest;

/// The DER of a `TimeStampReq` for `digest`: SHA-256 imprint, `nonce` as a positive integer, `certReq` true.
pub fn request(digest: &Digest, nonce: &[u8; 16]) -> Result<Vec<u8>, TimestampError> {
    let request = || {
        TimeStampReq {
            version: 1,
            message_imprint: MessageImprint {
                hash_algorithm: AlgorithmIdentifierOwned {
                    oid: SHA_256,
                    parameters: Some(Any::new(Tag::Null, [].as_slice())?),
                },
                hashed_message: OctetString::new(digest.bytes().as_slice())?,
            },
            req_policy: None,
            nonce: Some(positive(nonce)?),
            cert_req: true,
        }
        .to_der()
    };
    request().map_err(|_| TimestampError::Malformed)
}

/// What a kept request (`.tsq`) asked for: the digest, and the nonce that the answer must carry.
pub fn read_request(tsq: &[u8]) -> Result<(Digest, [u8; 16]), TimestampError> {
    let request = TimeStampReq::from_der(tsq).map_err(|_| TimestampError::Malformed)?;
    let imprint = &request.message_imprint;
    if imprint.hash_algorithm.oid != SHA_256 {
        return Err(TimestampError::Imprint);
    }
    let digest = <[u8; 32]>::try_from(imprint.hashed_message.as_bytes()).map_err(|_| TimestampError::Imprint)?;
    let nonce = request.nonce.as_ref().and_then(nonce_of).ok_or(TimestampError::Nonce)?;
    Ok((digest.into(), nonce))
}

/// A non-negative integer from big-endian bytes.
fn positive(bytes: &[u8; 16]) -> der::Result<Int> {
    let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len() - 1);
    let digits = bytes.get(start..).unwrap_or_default();
    let mut value = Vec::with_capacity(digits.len() + 1);
    if digits.first().is_some_and(|first| first & 0x80 != 0) {
        value.push(0);
    }
    value.extend_from_slice(digits);
    Int::new(&value)
}

/// The 16 bytes that an integer was made from; `None` when it is negative or longer.
pub(super) fn nonce_of(value: &Int) -> Option<[u8; 16]> {
    let bytes = value.as_bytes();
    let digits = match bytes.split_first()? {
        (0, rest) => rest,
        (first, _) if first & 0x80 != 0 => return None,
        _ => bytes,
    };
    let mut nonce = [0; 16];
    let start = nonce.len().checked_sub(digits.len())?;
    nonce.get_mut(start..)?.copy_from_slice(digits);
    Some(nonce)
}
