use crate::{
    base::gather,
    evidence::{CanonicalError, Digest, canonical_json},
};
use std::collections::BTreeSet;

/// The digest to which a frozen list commits: whoever has the list can check it, who has one case sees nothing of the others.
pub fn list_digest<'a>(posts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Digest, CanonicalError> {
    let posts: BTreeSet<(&str, &str)> = gather(posts);
    Ok(Digest::of(&canonical_json(&posts)?))
}
