use der::{Any, Decode, Encode, Reader, SliceReader, Tag, TagNumber, Tagged, asn1::AnyRef, oid::AssociatedOid};
use x509_cert::{
    Certificate as X509,
    der::asn1::ObjectIdentifier,
    ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage, NameConstraints, SubjectKeyIdentifier},
};

use super::asn1::IssuerAndSerial;
use crate::base::Instant;

const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");

/// A certificate with the very bytes that its digest and its signature are over.
#[derive(Debug, Clone)]
pub(super) struct Certificate {
    der: Vec<u8>,
    tbs: Vec<u8>,
    x509: X509,
}

impl Certificate {
    pub(super) fn parse(der: &[u8]) -> Option<Self> {
        let x509 = X509::from_der(der).ok()?;
        let outer = AnyRef::from_der(der).ok()?;
        let tbs = SliceReader::new(outer.value()).ok()?.tlv_bytes().ok()?.to_vec();
        Some(Self { der: der.to_vec(), tbs, x509 })
    }

    pub(super) fn of_any(any: &Any) -> Option<Self> {
        Self::parse(&any.to_der().ok()?)
    }

    pub(super) fn der(&self) -> &[u8] {
        &self.der
    }

    /// What the issuer signed.
    pub(super) fn tbs(&self) -> &[u8] {
        &self.tbs
    }

    pub(super) fn x509(&self) -> &X509 {
        &self.x509
    }

    pub(super) fn subject(&self) -> Option<Vec<u8>> {
        self.x509.tbs_certificate().subject().to_der().ok()
    }

    pub(super) fn issuer(&self) -> Option<Vec<u8>> {
        self.x509.tbs_certificate().issuer().to_der().ok()
    }

    pub(super) fn serial(&self) -> &[u8] {
        self.x509.tbs_certificate().serial_number().as_bytes()
    }

    /// Common name of the subject, else all that its name is made of. (The crate's own text of a name would bring a table of
    /// all known object identifiers along: 80 kB.)
    pub(super) fn name(&self) -> String {
        let parts = || self.x509.tbs_certificate().subject().iter_rdn().flat_map(|rdn| rdn.iter());
        let text = |value: &Any| String::from_utf8_lossy(value.value()).into_owned();
        let common = parts().find(|part| part.oid == COMMON_NAME).map(|part| text(&part.value));
        let name = common.unwrap_or_else(|| parts().map(|part| text(&part.value)).collect::<Vec<_>>().join(", "));
        name.chars().filter(|symbol| !symbol.is_control()).take(200).collect()
    }

    /// Whether a CMS signer identifier names this certificate.
    pub(super) fn is_named_by(&self, sid: &Any) -> bool {
        match sid.tag() {
            Tag::Sequence => sid.decode_as::<IssuerAndSerial>().is_ok_and(|named| {
                named.issuer.to_der().ok() == self.issuer() && named.serial.as_bytes() == self.serial()
            }),
            Tag::ContextSpecific { number: TagNumber(0), constructed: false } => {
                self.extension::<SubjectKeyIdentifier>().is_some_and(|(_, key)| key.0.as_bytes() == sid.value())
            }
            _ => false,
        }
    }

    pub(super) fn is_valid_at(&self, moment: Instant) -> bool {
        let validity = self.x509.tbs_certificate().validity();
        let seconds = u64::try_from(moment.millis().div_euclid(1000)).unwrap_or(0);
        validity.not_before.to_unix_duration().as_secs() <= seconds
            && seconds <= validity.not_after.to_unix_duration().as_secs()
    }

    /// RFC 3161, 2.3: one extended key usage, critical, of the single purpose `timeStamping`; and a key that may sign.
    pub(super) fn is_for_timestamps(&self) -> bool {
        let purpose = self
            .extension::<ExtendedKeyUsage>()
            .is_some_and(|(critical, usage)| critical && usage.0.as_slice() == [TIME_STAMPING]);
        let may_sign = match self.extension::<KeyUsage>() {
            Some((_, usage)) => usage.digital_signature() || usage.non_repudiation(),
            None => !self.has::<KeyUsage>(),
        };
        purpose && may_sign
    }

    /// Whether it may certify, with at most `below` authorities under it.
    pub(super) fn is_authority(&self, below: usize) -> bool {
        let ca = self.extension::<BasicConstraints>().is_some_and(|(_, basic)| {
            basic.ca && basic.path_len_constraint.is_none_or(|longest| below <= usize::from(longest))
        });
        let may_certify = match self.extension::<KeyUsage>() {
            Some((_, usage)) => usage.key_cert_sign(),
            None => !self.has::<KeyUsage>(),
        };
        ca && may_certify
    }

    /// A critical extension that is not judged here, if there is one.
    pub(super) fn unjudged(&self) -> Option<String> {
        const JUDGED: [ObjectIdentifier; 5] = [
            BasicConstraints::OID,
            KeyUsage::OID,
            ExtendedKeyUsage::OID,
            SubjectKeyIdentifier::OID,
            // Policies limit nothing when no policy is required.
            ObjectIdentifier::new_unwrap("2.5.29.32"),
        ];
        let extensions = self.x509.tbs_certificate().extensions()?;
        let found = extensions.iter().find(|extension| {
            (extension.critical && !JUDGED.contains(&extension.extn_id)) || extension.extn_id == NameConstraints::OID
        })?;
        Some(found.extn_id.to_string())
    }

    fn extension<'a, T: Decode<'a> + AssociatedOid>(&'a self) -> Option<(bool, T)> {
        self.x509.tbs_certificate().get_extension::<T>().ok().flatten()
    }

    fn has<T: AssociatedOid>(&self) -> bool {
        let extensions = self.x509.tbs_certificate().extensions();
        extensions.is_some_and(|list| list.iter().any(|extension| extension.extn_id == T::OID))
    }
}
