//! Evidence pack, format 1: write, verify.
//!
//! A pack is a pure function of the journals up to their heads, of the stored files and of the stored seals: the same input gives
//! the same bytes. It is a ZIP that holds its files as they are (no compression), in the order of their names, with a fixed date,
//! so that whatever else stands in the archive shows. A pack that was unzipped and zipped again by another program verifies too,
//! and the report says so.
//!
//! ```text
//! LISEZMOI.txt          what it is, what it holds, how to check it, what it does not prove
//! SHA256SUMS            covers all the rest but its own seals: `sha256sum -c SHA256SUMS`
//! SHA256SUMS.sig        signature of the device's key over it (ECDSA P-256, SHA-256, DER)
//! SHA256SUMS.tsq, .tsr  token over it; of a second service: SHA256SUMS.2.tsq, .2.tsr
//! bordereau.csv         one row per piece
//! cle-publique.pem      the device's key
//! documents/0001-…      texts that the user says were sent
//! dossier.json          format, heads of the journals, which seals there are
//! horodatages/0001.tsq  and .tsr: token over the journal up to an entry
//! journal.jsonl         the journal, one canonical record per line; several cases one after the other
//! pieces/SHA256SUMS     covers the pieces alone; its tokens beside it
//! pieces/0001/…         the files of one capture, manifest.json, horodatage-1.tsq and .tsr
//! LISEZMOI.pdf, verifier.html, tsa-chain.pem    if they were added
//! ```
//!
//! Format 0 had no signature, no `dossier.json` and no tokens but those of the pieces; it still verifies, and its best verdict is
//! [`Verdict::Partial`].

mod archive;
mod bordereau;
mod content;
mod contents;
mod crc;
mod layout;
mod lisezmoi;
mod odt;
mod plan;
mod readme;
mod report;
mod sheet;
mod verify;
mod writer;

pub use contents::{Contents, ContentsError};
pub use layout::{Closed, Draft, Item, Layout, PackError, Source, Stamp};
pub use lisezmoi::{Blobs, Lisezmoi, MOST_IN_ONE, Seals};
pub use odt::odt;
pub use report::{CaseReport, Problem, Report, Signature, SignatureState, Subject, TokenReport, TokenState, Verdict};
pub use verify::verify;
pub use writer::{Wanted, Writer, write};

const README: &str = "LISEZMOI.txt";
/// The names of files that a pack may hold besides.
pub const OPTIONAL: [&str; 3] = [PDF, VERIFIER, CHAIN];
/// The document for people.
pub const PDF: &str = "LISEZMOI.pdf";
/// The verifier, as one page.
pub const VERIFIER: &str = "verifier.html";
/// Certificates of the timestamp services, for `openssl`.
pub const CHAIN: &str = "tsa-chain.pem";

const SUMS: &str = "SHA256SUMS";
const SIGNATURE: &str = "SHA256SUMS.sig";
const KEY: &str = "cle-publique.pem";
const SHEET: &str = "dossier.json";
const BORDEREAU: &str = "bordereau.csv";
const JOURNAL: &str = "journal.jsonl";
const PIECES: &str = "pieces/";
const PIECES_SUMS: &str = "pieces/SHA256SUMS";
const MANIFEST: &str = "manifest.json";

/// What a pack of so many pieces may hold besides: [`OPTIONAL`], and the sheets of its pieces.
fn optional(pieces: usize) -> Vec<String> {
    OPTIONAL.map(str::to_owned).into_iter().chain(lisezmoi::sheets(pieces)).collect()
}

/// Paths of the request and of the answer of the `index`-th token over a list, from 1.
fn stamp_paths(list: &str, index: usize) -> (String, String) {
    let number = if index == 1 { String::new() } else { format!(".{index}") };
    (format!("{list}{number}.tsq"), format!("{list}{number}.tsr"))
}

#[cfg(test)]
#[path = "../../tests/unit/pack/tools.rs"]
mod tests;

#[cfg(test)]
#[path = "../../tests/unit/pack/seal.rs"]
mod seal_tests;

#[cfg(test)]
#[path = "../../tests/support/sample.rs"]
pub(crate) mod sample;
