//! Typesetting: a [`Document`] is a list of blocks, [`typeset`] makes a tagged PDF/A-3 of it.
//!
//! It knows nothing of evidence or law. The same document and the same fonts give the same bytes: no clock, no randomness, the
//! identifiers are digests. Whatever the text, there is a PDF: a character without a glyph is drawn as `[U+1F9FF]`, a picture
//! that cannot be read as a sentence that says so.
//!
//! ```
//! # use temoin::{base::Lang, paper::{Block, Document, Fonts, Text, typeset}};
//! # let read = |name: &str| std::fs::read(format!("www/fonts/{name}")).ok();
//! let fonts = Fonts::new(read)?;
//! let mut letter = Document::new("Plainte simple", Lang::Fr);
//! letter.heading(1, "Plainte simple");
//! letter.text("À Madame ou Monsieur le procureur de la République,");
//! letter.push(Block::fields([("Objet", Text::from("injure publique").bold())]));
//! let pdf = typeset(&letter, &fonts)?;
//! # assert!(pdf.starts_with(b"%PDF-1.7"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod document;
mod draw;
mod flow;
mod font;
mod line;
mod theme;

pub use document::{Attachment, Block, Cell, Column, Document, Ink, Span, Text};
pub use draw::{PaperError, typeset};
pub use font::{FONT_FILES, Fonts};

#[cfg(test)]
#[path = "../../tests/unit/paper/mod.rs"]
mod tests;
