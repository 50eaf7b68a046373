//! Evidence pack, format 0: write, verify.
//!
//! A pack is a pure function of the journals up to their heads and of the stored files: the same input gives the same
//! bytes. It is a ZIP that holds its files as they are (no compression), in the order of their names, with a fixed date,
//! so that the verifier can ask for exactly one form and anything else in the archive shows.
//!
//! ```text
//! LISEZMOI.txt          what it is, what it holds, how to check it, what it does not prove
//! SHA256SUMS            covers all the rest: `sha256sum -c SHA256SUMS`
//! bordereau.csv         one row per piece
//! documents/0001-…      texts that the user says were sent
//! journal.jsonl         the journal, one canonical record per line; several cases one after the other
//! pieces/SHA256SUMS     covers the pieces alone
//! pieces/0001/…         the files of one capture, manifest.json, horodatage-1.tsq and .tsr
//! ```
//!
//! Format 0 carries no signature: its best verdict is [`Verdict::Partial`].

mod archive;
mod bordereau;
mod crc;
mod layout;
mod odt;
mod plan;
mod readme;
mod report;
mod verify;
mod writer;

pub use layout::{Item, Layout, PackError, Source, layout};
pub use odt::odt;
pub use report::{CaseReport, Problem, Report, Signature, SignatureState, TokenReport, TokenState, Verdict};
pub use verify::verify;
pub use writer::{Wanted, Writer, write};

const README: &str = "LISEZMOI.txt";
const SUMS: &str = "SHA256SUMS";
const BORDEREAU: &str = "bordereau.csv";
const JOURNAL: &str = "journal.jsonl";
const PIECES: &str = "pieces/";
const PIECES_SUMS: &str = "pieces/SHA256SUMS";
const MANIFEST: &str = "manifest.json";

#[cfg(test)]
#[path = "../../tests/unit/pack/tools.rs"]
mod tests;

#[cfg(test)]
#[path = "../../tests/support/sample.rs"]
pub(crate) mod sample;
