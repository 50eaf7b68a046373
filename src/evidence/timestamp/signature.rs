//! The signatures that timestamp services use: RSA PKCS#1 v1.5 and ECDSA on P-256 and P-384, over SHA-2.
//!
//! Which signature is to be checked is decided here; the arithmetic is behind [`Check`], since a browser has its own and ours is heavy.
//!
//! RSA verification stands on `crypto-bigint` because the `rsa` crate carries an unpatched advisory (RUSTSEC-2023-0071);
//! there is no secret here, so time does not matter.

use crypto_bigint::{
    BoxedUint, Odd,
    modular::{BoxedMontyForm, BoxedMontyParams},
};
use der::{
    Decode, Encode, Sequence,
    asn1::{ObjectIdentifier, Uint},
};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::{
    TimestampError,
    asn1::{SHA_1, SHA_256, SHA_384, SHA_512},
};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const RSA_SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
const RSA_SHA_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const ECDSA_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const ECDSA_SHA_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
const ECDSA_SHA_512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.4");
const P_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P_384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// Below 2048 bits a signature proves little; above 8192 it costs too much.
const RSA_BYTES: std::ops::RangeInclusive<usize> = 256..=1024;

/// A digest that services use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    /// Only to recognise a certificate (ESSCertID, version 1), never to sign.
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub(super) fn of(algorithm: &ObjectIdentifier) -> Result<Self, TimestampError> {
        match *algorithm {
            SHA_1 => Ok(Self::Sha1),
            SHA_256 => Ok(Self::Sha256),
            SHA_384 => Ok(Self::Sha384),
            SHA_512 => Ok(Self::Sha512),
            other => Err(TimestampError::Unsupported(format!("empreinte {other}"))),
        }
    }

    pub(super) fn digest(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::digest(bytes).to_vec(),
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }
}

/// One signature to check.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    /// How it is made.
    pub scheme: Scheme,
    /// Over which digest of the message: `SHA-256`, `SHA-384` or `SHA-512`.
    pub hash: &'static str,
    /// DER of the `SubjectPublicKeyInfo`.
    pub key: &'a [u8],
    /// What is signed.
    pub message: &'a [u8],
    /// As it stands in the token: DER for ECDSA.
    pub signature: &'a [u8],
}

/// How a signature is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// PKCS#1 v1.5.
    Rsa,
    /// ECDSA on P-256.
    P256,
    /// ECDSA on P-384.
    P384,
}

/// Who does the arithmetic.
#[expect(async_fn_in_trait, reason = "every host has one thread: no future needs to be Send")]
pub trait Check {
    /// Whether a signature is right; none when it cannot be told here.
    async fn check(&self, signed: &Signed<'_>) -> Option<bool>;
}

/// Our own arithmetic, for hosts without any.
pub struct Arithmetic;

impl Check for Arithmetic {
    async fn check(&self, signed: &Signed<'_>) -> Option<bool> {
        let key = SubjectPublicKeyInfoOwned::from_der(signed.key).ok()?;
        let public = key.subject_public_key.as_bytes()?;
        let hash = match signed.hash {
            "SHA-256" => Hash::Sha256,
            "SHA-384" => Hash::Sha384,
            _ => Hash::Sha512,
        };
        let digest = hash.digest(signed.message);
        Some(match signed.scheme {
            Scheme::Rsa => rsa(public, hash, &digest, signed.signature)?,
            Scheme::P256 => p256::ecdsa::VerifyingKey::from_sec1_bytes(public)
                .and_then(|key| key.verify_prehash(&digest, &p256::ecdsa::Signature::from_der(signed.signature)?))
                .is_ok(),
            Scheme::P384 => p384::ecdsa::VerifyingKey::from_sec1_bytes(public)
                .and_then(|key| key.verify_prehash(&digest, &p384::ecdsa::Signature::from_der(signed.signature)?))
                .is_ok(),
        })
    }
}

/// Checks `signature` over `message`. `hash` is used when the algorithm does not name its own.
pub(super) async fn check(
    by: &impl Check,
    key: &SubjectPublicKeyInfoOwned,
    algorithm: &AlgorithmIdentifierOwned,
    hash: Option<Hash>,
    message: &[u8],
    signature: &[u8],
) -> Result<(), TimestampError> {
    let own = match algorithm.oid {
        RSA_SHA_256 | ECDSA_SHA_256 => Some(Hash::Sha256),
        RSA_SHA_384 | ECDSA_SHA_384 => Some(Hash::Sha384),
        RSA_SHA_512 | ECDSA_SHA_512 => Some(Hash::Sha512),
        RSA | EC => None,
        other => return Err(TimestampError::Unsupported(format!("signature {other}"))),
    };
    if let (Some(own), Some(hash)) = (own, hash)
        && own != hash
    {
        return Err(TimestampError::Attributes("deux empreintes différentes"));
    }
    let hash = match own.or(hash) {
        Some(Hash::Sha1) | None => return Err(TimestampError::Unsupported("signature sur SHA-1".to_owned())),
        Some(Hash::Sha256) => "SHA-256",
        Some(Hash::Sha384) => "SHA-384",
        Some(Hash::Sha512) => "SHA-512",
    };
    let wants_rsa = matches!(algorithm.oid, RSA | RSA_SHA_256 | RSA_SHA_384 | RSA_SHA_512);
    let scheme = match key.algorithm.oid {
        RSA if wants_rsa => rsa_scheme(key)?,
        EC if !wants_rsa => curve(key)?,
        RSA | EC => return Err(TimestampError::Signature),
        other => return Err(TimestampError::Unsupported(format!("clé {other}"))),
    };
    let der = key.to_der().map_err(|_| TimestampError::Signature)?;
    match by.check(&Signed { scheme, hash, key: &der, message, signature }).await {
        Some(true) => Ok(()),
        Some(false) => Err(TimestampError::Signature),
        None => Err(TimestampError::Unsupported(format!("clé {}", key.algorithm.oid))),
    }
}

/// A key of a size that proves something and can be afforded.
fn rsa_scheme(key: &SubjectPublicKeyInfoOwned) -> Result<Scheme, TimestampError> {
    let public = key.subject_public_key.as_bytes().ok_or(TimestampError::Signature)?;
    let key = RsaPublicKey::from_der(public).map_err(|_| TimestampError::Signature)?;
    let size = key.modulus.as_bytes().len();
    if !RSA_BYTES.contains(&size) || key.exponent.as_bytes().len() > 8 {
        return Err(TimestampError::Unsupported(format!("clé RSA de {} bits", size * 8)));
    }
    Ok(Scheme::Rsa)
}

fn curve(key: &SubjectPublicKeyInfoOwned) -> Result<Scheme, TimestampError> {
    match key.algorithm.parameters.as_ref().and_then(|curve| curve.decode_as::<ObjectIdentifier>().ok()) {
        Some(P_256) => Ok(Scheme::P256),
        Some(P_384) => Ok(Scheme::P384),
        Some(other) => Err(TimestampError::Unsupported(format!("courbe {other}"))),
        None => Err(TimestampError::Unsupported("courbe sans nom".to_owned())),
    }
}

#[derive(Sequence)]
struct RsaPublicKey {
    modulus: Uint,
    exponent: Uint,
}

/// RFC 8017, 8.2.2: the signature to the power of the exponent must be the one encoding of the digest. None: no such key.
fn rsa(public: &[u8], hash: Hash, digest: &[u8], signature: &[u8]) -> Option<bool> {
    let key = RsaPublicKey::from_der(public).ok()?;
    let size = key.modulus.as_bytes().len();
    let modulus = BoxedUint::from_be_slice_vartime(key.modulus.as_bytes());
    let exponent = BoxedUint::from_be_slice_vartime(key.exponent.as_bytes());
    let number = BoxedUint::from_be_slice_vartime(signature);
    if signature.len() != size || number >= modulus {
        return Some(false);
    }
    let modulus = Option::<Odd<BoxedUint>>::from(modulus.into_odd())?;
    let bits = modulus.bits_precision();
    let params = BoxedMontyParams::new_vartime(modulus);
    let number = BoxedUint::from_be_slice(signature, bits).ok()?;
    let opened = BoxedMontyForm::new(number, &params).pow(&exponent).retrieve().to_be_bytes();
    let opened = opened.get(opened.len().saturating_sub(size)..)?;
    Some(encoded(hash, digest, size).is_some_and(|wanted| wanted == opened))
}

/// EMSA-PKCS1-v1_5: `00 01 ff … ff 00` and the DER of `DigestInfo`.
fn encoded(hash: Hash, digest: &[u8], size: usize) -> Option<Vec<u8>> {
    #[derive(Sequence)]
    struct DigestInfo {
        algorithm: AlgorithmIdentifierOwned,
        digest: der::asn1::OctetString,
    }
    let oid = match hash {
        Hash::Sha1 => return None,
        Hash::Sha256 => SHA_256,
        Hash::Sha384 => SHA_384,
        Hash::Sha512 => SHA_512,
    };
    let info = DigestInfo {
        algorithm: AlgorithmIdentifierOwned { oid, parameters: Some(der::Any::null()) },
        digest: der::asn1::OctetString::new(digest).ok()?,
    }
    .to_der()
    .ok()?;
    let padding = size.checked_sub(info.len() + 3).filter(|padding| *padding >= 8)?;
    let mut out = vec![0, 1];
    out.extend(std::iter::repeat_n(0xff, padding));
    out.push(0);
    out.extend(info);
    Some(out)
}
