//! What the command line reads and writes: files in, one JSON object per line out.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Write},
    path::Path,
    process::ExitCode,
};

use serde::Serialize;
use temoin::{
    base::{self, Fault, FaultView},
    capture::MAX_HTML,
};

/// A fault on its way out, or a stream that closed.
pub enum Refusal {
    /// Told as `{"error": …}`.
    Fault(FaultView),
    /// Nobody reads any more.
    Closed,
}

impl<F: Fault> From<F> for Refusal {
    fn from(fault: F) -> Self {
        Self::Fault(fault.view())
    }
}

/// Writes one object on its own line of stdout.
pub fn line<T: Serialize>(object: &T) -> Result<(), Refusal> {
    raw_line(&serde_json::to_string(object).map_err(|error| Refusal::Fault(internal(&error)))?)
}

/// Writes an object that is text already.
pub fn raw_line(text: &str) -> Result<(), Refusal> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.write_all(b"\n")).map_err(|_| Refusal::Closed)
}

/// Tells a person something on stderr.
pub fn say(message: &str) {
    // Whether anybody reads it does not change the answer.
    let _ = writeln!(io::stderr(), "temoin : {message}");
}

/// Exit code of what was done: 0, or 1 when something was refused.
pub fn exit(done: Result<bool, Refusal>) -> ExitCode {
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) | Err(Refusal::Closed) => ExitCode::from(1),
        Err(Refusal::Fault(view)) => {
            // Whether anybody still reads does not change the answer.
            let _ = line(&serde_json::json!({ "error": view }));
            say(&view.message);
            ExitCode::from(1)
        }
    }
}

fn internal(error: &serde_json::Error) -> FaultView {
    FaultView { code: "json".to_owned(), message: format!("écriture du résultat : {error}"), hint: String::new() }
}

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// The file system says no.
    #[error("le fichier {0} ne peut pas être lu : {reason}", reason = base::io_reason(.1))]
    Io(String, io::Error),
    /// 0 bytes, or only white space.
    #[error("le fichier est vide")]
    Empty,
    /// Beyond what is ever parsed.
    #[error("le fichier est trop lourd (plus de {} Mo)", MAX_HTML / 1_000_000)]
    TooLarge,
    /// Bytes in no encoding that can be told.
    #[error("ce fichier n’est pas du texte dans un encodage reconnu (UTF-8, UTF-16 avec marque, ISO-8859-1 déclaré)")]
    NotText,
}

impl Fault for InputError {
    fn code(&self) -> &'static str {
        match self {
            Self::Io(..) => "io",
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::NotText => "not_text",
        }
    }
}

/// A file's text, which must not be empty.
pub fn text(path: &Path) -> Result<String, InputError> {
    let text = body(path)?;
    if text.trim().is_empty() { Err(InputError::Empty) } else { Ok(text) }
}

/// A file's text; an empty answer is an answer.
pub fn body(path: &Path) -> Result<String, InputError> {
    let mut bytes = vec![];
    let limit = MAX_HTML as u64 + 1;
    if path == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(|error| named(path, error))?;
    } else {
        open(path)?.take(limit).read_to_end(&mut bytes).map_err(|error| named(path, error))?;
    }
    if bytes.len() > MAX_HTML {
        return Err(InputError::TooLarge);
    }
    decode(bytes)
}

/// A file's bytes.
pub fn bytes(path: &Path) -> Result<Vec<u8>, InputError> {
    let mut bytes = vec![];
    open(path)?.take(MAX_HTML as u64).read_to_end(&mut bytes).map_err(|error| named(path, error))?;
    Ok(bytes)
}

/// A file to read here and there.
pub fn open(path: &Path) -> Result<File, InputError> {
    File::open(path).map_err(|error| named(path, error))
}

/// A file's lines, one at a time; `-` is the standard input.
pub fn lines(path: &Path) -> Result<impl Iterator<Item = Result<String, InputError>> + use<>, InputError> {
    let input: Box<dyn Read> = if path == Path::new("-") { Box::new(io::stdin()) } else { Box::new(open(path)?) };
    let path = path.to_owned();
    Ok(BufReader::new(input).split(b'\n').map(move |line| {
        let line = line.map_err(|error| named(&path, error))?;
        // A line that is not text is answered as such by whoever reads it as JSON.
        Ok(String::from_utf8_lossy(&line).into_owned())
    }))
}

fn named(path: &Path, error: io::Error) -> InputError {
    InputError::Io(path.display().to_string(), error)
}

/// UTF-8, else what a byte order mark or the page's own declaration says.
fn decode(bytes: Vec<u8>) -> Result<String, InputError> {
    match bytes.as_slice() {
        [0xef, 0xbb, 0xbf, rest @ ..] => return String::from_utf8(rest.to_vec()).map_err(|_| InputError::NotText),
        [0xff, 0xfe, rest @ ..] => return utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return utf16(rest, u16::from_be_bytes),
        _ => {}
    }
    String::from_utf8(bytes).or_else(|error| {
        let bytes = error.into_bytes();
        let head: String = bytes.iter().take(2048).map(|byte| char::from(byte.to_ascii_lowercase())).collect();
        let declared = [
            "charset=iso-8859-1",
            "charset=\"iso-8859-1",
            "charset=windows-1252",
            "charset=\"windows-1252",
            "charset=iso-8859-15",
        ];
        if declared.iter().any(|mark| head.contains(mark)) && !bytes.contains(&0) {
            Ok(bytes.into_iter().map(windows_1252).collect())
        } else {
            Err(InputError::NotText)
        }
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, InputError> {
    let units = bytes.chunks_exact(2).filter_map(|pair| Some(unit([*pair.first()?, *pair.get(1)?])));
    char::decode_utf16(units).collect::<Result<_, _>>().map_err(|_| InputError::NotText)
}

/// What browsers understand by ISO-8859-1: its control range holds the typographic characters of Windows-1252.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80).and_then(|index| HIGH.get(usize::from(index)).copied()).unwrap_or(char::from(byte))
}
