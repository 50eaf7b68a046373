//! The application in this context: the same `App` in the background and in a page, over the same stores.

use crate::{
    base::FaultView,
    evidence::Digest,
    protocol::{Reply, Request},
};

/// Runs a request here.
pub async fn handle(_request: Request) -> Reply {
    Reply::Failed(FaultView { code: String::new(), message: String::new(), hint: String::new() })
}

/// The bytes of a stored blob.
pub async fn blob(_digest: &Digest) -> Option<Vec<u8>> {
    None
}
