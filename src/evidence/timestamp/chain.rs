use super::{
    Root, Roots, TimestampError,
    certificate::Certificate,
    signature::{Check, check},
};
use crate::base::Instant;

/// Longer chains are no timestamp service's.
const LONGEST: usize = 8;

/// Follows `leaf` up to a root of the reader, each certificate valid at `moment`; gives that root.
///
/// Among several ways the first good one counts. When there is none, the error says the most precise thing that stood in
/// the way.
pub(super) async fn find_root<'a>(
    by: &impl Check,
    leaf: &Certificate,
    others: &[Certificate],
    roots: &'a Roots,
    moment: Instant,
) -> Result<&'a Root, TimestampError> {
    if !leaf.is_valid_at(moment) {
        return Err(TimestampError::Expired(leaf.name()));
    }
    if let Some(extension) = leaf.unjudged() {
        return Err(TimestampError::Unsupported(format!("extension critique {extension}")));
    }
    if let Some(root) = roots.iter().find(|root| root.certificate.der() == leaf.der()) {
        return Ok(root);
    }
    let mut best = TimestampError::RootUnknown(leaf.name());
    let mut current = leaf.clone();
    let mut used: Vec<Vec<u8>> = vec![];
    // Certificates under the authority that is looked for, the leaf not counted.
    for below in 0..LONGEST {
        for root in roots.iter() {
            match issued(by, &current, &root.certificate, below, moment).await {
                Ok(true) => return Ok(root),
                Ok(false) => {}
                Err(error) => best = error,
            }
        }
        let mut next = None;
        for other in others.iter().filter(|other| !used.iter().any(|der| der == other.der())) {
            match issued(by, &current, other, below, moment).await {
                Ok(true) => {
                    next = Some(other);
                    break;
                }
                Ok(false) => {}
                Err(error) => best = error,
            }
        }
        match next {
            Some(next) => {
                used.push(next.der().to_vec());
                current = next.clone();
            }
            None => break,
        }
    }
    Err(best)
}

/// Whether `issuer` certified `subject`; an error when it did but may not have.
async fn issued(
    by: &impl Check,
    subject: &Certificate,
    issuer: &Certificate,
    below: usize,
    moment: Instant,
) -> Result<bool, TimestampError> {
    if subject.issuer() != issuer.subject() {
        return Ok(false);
    }
    let Some(signature) = subject.x509().signature().as_bytes() else { return Ok(false) };
    let key = issuer.x509().tbs_certificate().subject_public_key_info();
    match check(by, key, subject.x509().signature_algorithm(), None, subject.tbs(), signature).await {
        Ok(()) => {}
        Err(TimestampError::Unsupported(what)) => return Err(TimestampError::Unsupported(what)),
        // Another key under the same name.
        Err(_) => return Ok(false),
    }
    if !issuer.is_authority(below) {
        return Err(TimestampError::Chain(issuer.name()));
    }
    if !issuer.is_valid_at(moment) {
        return Err(TimestampError::Expired(issuer.name()));
    }
    if let Some(extension) = issuer.unjudged() {
        return Err(TimestampError::Unsupported(format!("extension {extension}")));
    }
    Ok(true)
}
