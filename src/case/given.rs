//! What a file or a text that somebody gave is, told from its bytes: its name and the browser's guess are not believed.

use url::Url;

use super::PieceForm;
use crate::base::Fault;

/// Larger files are refused: a piece is read whole, and a pack holds it whole.
pub const LARGEST: usize = 64 << 20;

/// A file recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// What it is.
    pub form: PieceForm,
    /// Its media type.
    pub media_type: &'static str,
    /// Its name inside the piece.
    pub path: &'static str,
}

/// Recognises what was given. `name` is only asked whether a text is a message: nothing in its bytes tells a message from a text surely.
pub fn given(name: Option<&str>, bytes: &[u8]) -> Result<Given, GivenError> {
    if bytes.is_empty() {
        return Err(GivenError::Empty);
    }
    if bytes.len() > LARGEST {
        return Err(GivenError::TooLarge);
    }
    let known = |form, media_type, path| Ok(Given { form, media_type, path });
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return known(PieceForm::Image, "image/png", "image.png");
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return known(PieceForm::Image, "image/jpeg", "image.jpg");
    }
    if bytes.starts_with(b"GIF8") {
        return known(PieceForm::Image, "image/gif", "image.gif");
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return known(PieceForm::Image, "image/webp", "image.webp");
    }
    if bytes.get(4..8) == Some(b"ftyp") && matches!(bytes.get(8..12), Some(b"heic" | b"heix" | b"mif1" | b"avif")) {
        return known(PieceForm::Image, "image/heic", "image.heic");
    }
    if bytes.starts_with(b"%PDF-") {
        return known(PieceForm::Pdf, "application/pdf", "document.pdf");
    }
    if bytes.contains(&0) {
        return Err(GivenError::Unknown);
    }
    let message = name.is_some_and(|name| name.to_ascii_lowercase().ends_with(".eml"));
    if message || has_headers(bytes) {
        return known(PieceForm::Email, "message/rfc822", "message.eml");
    }
    let text = std::str::from_utf8(bytes).map_err(|_| GivenError::Unknown)?.trim();
    if text.is_empty() {
        return Err(GivenError::Empty);
    }
    let web = |url: Url| matches!(url.scheme(), "http" | "https");
    if !text.contains(char::is_whitespace) && Url::parse(text).is_ok_and(web) {
        return known(PieceForm::Link, "text/plain;charset=utf-8", "lien.txt");
    }
    known(PieceForm::Text, "text/plain;charset=utf-8", "texte.txt")
}

/// Whether the first lines are the headers of a message: each `Name: value` or a continuation, and one that only messages have.
fn has_headers(bytes: &[u8]) -> bool {
    let mut telling = false;
    for line in bytes.split(|byte| *byte == b'\n').take(40) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            return telling;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { return false };
        let name = line.get(..colon).unwrap_or_default();
        if name.is_empty() || !name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-') {
            return false;
        }
        telling |= ["received", "message-id", "dkim-signature", "return-path", "mime-version"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known.as_bytes()));
    }
    telling
}

/// Why a file cannot become a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GivenError {
    /// Nothing in it.
    #[error("ce fichier est vide")]
    Empty,
    /// Beyond [`LARGEST`].
    #[error("ce fichier dépasse 64 Mo")]
    TooLarge,
    /// None of the kinds that are taken.
    #[error("ce fichier n’est ni une image, ni un courriel (.eml), ni un PDF, ni un texte")]
    Unknown,
}

impl Fault for GivenError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "piece_empty",
            Self::TooLarge => "piece_too_large",
            Self::Unknown => "piece_unknown",
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::Empty => "Choisissez un autre fichier, ou collez le texte.",
            Self::TooLarge => "Gardez l’original à part, et ajoutez un extrait ou une capture d’écran.",
            Self::Unknown => "Dans votre messagerie, enregistrez le message au format .eml ou en PDF.",
        }
    }
}

#[cfg(test)]
#[path = "../../tests/unit/case/given.rs"]
mod tests;
