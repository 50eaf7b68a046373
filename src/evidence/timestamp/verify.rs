use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use der::{
    Any, Encode,
    asn1::{ObjectIdentifier, OctetString},
};
use serde::{Deserialize, Serialize};

use super::{
    Roots, TimestampError, Token,
    asn1::{
        CONTENT_TYPE, EssCertId, EssCertIdV2, IssuerSerial, MESSAGE_DIGEST, SIGNING_CERTIFICATE,
        SIGNING_CERTIFICATE_V2, SignerInfo, SigningCertificate, TST_INFO,
    },
    certificate::Certificate,
    chain::find_root,
    signature::{Arithmetic, Check, Hash, check},
    token::Answer,
};
use crate::evidence::Digest;

/// A token that stands under a root of the reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedToken {
    /// What it says.
    #[serde(flatten)]
    pub token: Token,
    /// Name of the root.
    pub root: String,
}

/// Verifies a whole answer (`.tsr`) over `digest` as RFC 3161 and RFC 5652 ask, under one of `roots`, with our own arithmetic.
pub fn verify(
    tsr: &[u8],
    digest: &Digest,
    nonce: Option<&[u8; 16]>,
    roots: &Roots,
) -> Result<VerifiedToken, TimestampError> {
    let verified = pin!(verify_by(&Arithmetic, tsr, digest, nonce, roots));
    match verified.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(verified) => verified,
        // Our arithmetic waits for nothing.
        Poll::Pending => Err(TimestampError::Malformed),
    }
}

/// The same, with the arithmetic of the host.
///
/// The order is the one in which a fault says most: what the token says, what was signed, who signed, who vouches.
pub async fn verify_by(
    by: &impl Check,
    tsr: &[u8],
    digest: &Digest,
    nonce: Option<&[u8; 16]>,
    roots: &Roots,
) -> Result<VerifiedToken, TimestampError> {
    let answer = Answer::parse(tsr)?;
    let Signed { token, certificate, hash, message } = examine(&answer, digest, nonce)?;
    check(
        by,
        certificate.x509().tbs_certificate().subject_public_key_info(),
        &answer.signer.signature_algorithm,
        Some(hash),
        &message,
        answer.signer.signature.as_bytes(),
    )
    .await?;
    if !certificate.is_for_timestamps() {
        return Err(TimestampError::Eku(certificate.name()));
    }
    let root = find_root(by, certificate, &answer.certificates, roots, token.gen_time).await?;
    Ok(VerifiedToken { token, root: root.name.clone() })
}

/// All that [`verify`] checks but for the arithmetic of signatures, and so for the chain: for the moment when an answer arrives from
/// a service whose signature the host cannot check.
pub fn inspect(tsr: &[u8], digest: &Digest, nonce: Option<&[u8; 16]>) -> Result<Token, TimestampError> {
    let answer = Answer::parse(tsr)?;
    let Signed { token, certificate, .. } = examine(&answer, digest, nonce)?;
    if !certificate.is_for_timestamps() {
        return Err(TimestampError::Eku(certificate.name()));
    }
    if !certificate.is_valid_at(token.gen_time) {
        return Err(TimestampError::Expired(certificate.name()));
    }
    Ok(token)
}

/// A token that is right if its signature is.
struct Signed<'a> {
    token: Token,
    certificate: &'a Certificate,
    hash: Hash,
    /// What is signed.
    message: Vec<u8>,
}

fn examine<'a>(answer: &'a Answer, digest: &Digest, nonce: Option<&[u8; 16]>) -> Result<Signed<'a>, TimestampError> {
    let token = answer.token(digest, nonce)?;
    let certificate = answer.signer_certificate().ok_or(TimestampError::CertificateMissing)?;
    let hash = Hash::of(&answer.signer.digest_alg.oid)?;
    if !answer.signed.digest_algorithms.iter().any(|algorithm| algorithm.oid == answer.signer.digest_alg.oid) {
        return Err(TimestampError::Attributes("l’empreinte du signataire n’est pas annoncée"));
    }
    check_attributes(answer, hash)?;
    check_signing_certificate(&answer.signer, certificate)?;
    let attributes = answer.signer.signed_attrs.as_ref().ok_or(TimestampError::Attributes("absents"))?;
    // What is signed is the DER of the SET OF, not the [0] that stands in the token (RFC 5652, 5.4).
    let message = attributes.to_der().map_err(|_| TimestampError::Malformed)?;
    Ok(Signed { token, certificate, hash, message })
}

/// `contentType` is a timestamp's, `messageDigest` is that of the content.
fn check_attributes(answer: &Answer, hash: Hash) -> Result<(), TimestampError> {
    let content_type: ObjectIdentifier = single(&answer.signer, CONTENT_TYPE)?
        .and_then(|value| value.decode_as().ok())
        .ok_or(TimestampError::Attributes("type du contenu absent"))?;
    if content_type != TST_INFO {
        return Err(TimestampError::Attributes("type du contenu"));
    }
    let message_digest: OctetString = single(&answer.signer, MESSAGE_DIGEST)?
        .and_then(|value| value.decode_as().ok())
        .ok_or(TimestampError::Attributes("empreinte du contenu absente"))?;
    if message_digest.as_bytes() != hash.digest(answer.signed.encap_content_info.econtent.as_bytes()) {
        return Err(TimestampError::Content);
    }
    Ok(())
}

/// RFC 3161, 2.4.1 and RFC 5816: the signer's certificate is named, by version 1, 2 or both, under the signature.
fn check_signing_certificate(signer: &SignerInfo, certificate: &Certificate) -> Result<(), TimestampError> {
    let first = |value: &Any| {
        let named = value.decode_as::<SigningCertificate>().ok()?;
        named.certs.first().cloned()
    };
    let v1 = single(signer, SIGNING_CERTIFICATE)?;
    let v2 = single(signer, SIGNING_CERTIFICATE_V2)?;
    if v1.is_none() && v2.is_none() {
        return Err(TimestampError::Attributes("certificat du signataire non désigné"));
    }
    if let Some(value) = v1 {
        let id: EssCertId =
            first(value).and_then(|id| id.decode_as().ok()).ok_or(TimestampError::SigningCertificate)?;
        names(certificate, Hash::Sha1, id.cert_hash.as_bytes(), id.issuer_serial.as_ref())?;
    }
    if let Some(value) = v2 {
        let id: EssCertIdV2 =
            first(value).and_then(|id| id.decode_as().ok()).ok_or(TimestampError::SigningCertificate)?;
        let hash = id.hash_algorithm.as_ref().map_or(Ok(Hash::Sha256), |algorithm| Hash::of(&algorithm.oid))?;
        names(certificate, hash, id.cert_hash.as_bytes(), id.issuer_serial.as_ref())?;
    }
    Ok(())
}

fn names(
    certificate: &Certificate,
    hash: Hash,
    digest: &[u8],
    serial: Option<&IssuerSerial>,
) -> Result<(), TimestampError> {
    let same_serial = serial.is_none_or(|named| named.serial.as_bytes() == certificate.serial());
    if same_serial && hash.digest(certificate.der()) == digest {
        Ok(())
    } else {
        Err(TimestampError::SigningCertificate)
    }
}

/// The value of a signed attribute; an attribute that is there twice, or with several values, is not conforming.
fn single(signer: &SignerInfo, oid: ObjectIdentifier) -> Result<Option<&Any>, TimestampError> {
    let mut found = signer.signed_attrs.iter().flat_map(|set| set.iter()).filter(|attribute| attribute.oid == oid);
    let Some(attribute) = found.next() else { return Ok(None) };
    match (attribute.values.as_ref(), found.next()) {
        ([value], None) => Ok(Some(value)),
        _ => Err(TimestampError::Attributes("attribut répété")),
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/evidence/timestamp/verify.rs"]
mod tests;
