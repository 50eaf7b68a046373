use std::io::{Error, ErrorKind};

/// Why the system did not give a file, in the user's words; the system's own are in another language or for programmers.
pub fn io_reason(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::NotFound => "il n’existe pas",
        ErrorKind::PermissionDenied => "l’accès en est refusé",
        ErrorKind::IsADirectory => "c’est un dossier, pas un fichier",
        ErrorKind::UnexpectedEof => "il s’arrête avant sa fin",
        _ => "le système ne le donne pas",
    }
}
