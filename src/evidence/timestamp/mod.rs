//! RFC 3161 timestamps: the request, the lenient reading of the answer, the strict verification of a token.
//!
//! [`read`] says what a token states. [`inspect`] is for an answer that the host cannot check. [`verify`] is for those
//! who must not trust the sender, as [`verify_by`] for the moment when an answer arrives: it also checks the signature, the certificate's purpose and its chain to a root that
//! the reader trusts. It looks for the root last, so [`TimestampError::RootUnknown`] means that all the rest is right.
//! There is no revocation check: neither lists nor online answers are in a pack.

mod asn1;
mod ber;
mod certificate;
mod chain;
mod error;
mod request;
mod roots;
mod signature;
mod token;
mod verify;

pub use error::TimestampError;
pub use request::{read_request, request};
pub use roots::{Root, Roots, RootsError};
pub use signature::{Arithmetic, Check, Scheme, Signed};
pub use token::{Token, chain_pem, read};
pub use verify::{VerifiedToken, inspect, verify, verify_by};
