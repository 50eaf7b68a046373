use std::collections::{BTreeMap, BTreeSet};

use scraper::Html;

use super::{ReadError, reader, scope::Scope, text};
use crate::base::gather;
use crate::platform::Permalink;

/// Longest HTML that is parsed, in bytes: ten times a heavy page, and it still fits the memory of a phone.
pub const MAX_HTML: usize = 16 * 1024 * 1024;

/// Deepest nesting that is parsed: twice what Chromium's own parser builds. Real pages stay under 200; the parser's work grows with depth times length.
pub const MAX_DEPTH: usize = 1_024;

/// Most attributes on one element; the parser compares each with all before it.
const MAX_ATTRIBUTES: usize = 256;

/// Elements that the parser opens again wherever what holds them was closed first: a few of them left open, and each word
/// after them makes as many elements more.
const REOPENED: [&str; 12] = ["b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"];

/// Most work that is asked of the parser, in steps through open elements: a second or so. A heavy page takes a tenth of it.
const MAX_WORK: usize = 400_000_000;

/// What opening an element again costs, in those steps.
const REOPENING: usize = 128;

/// Elements that have no end tag, or whose end tag is often left out: they do not show how deep the page is.
const NOT_NESTING: [&str; 33] = [
    "html", "head", "body", "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody", "tfoot", "optgroup",
    "rt", "rp", "colgroup", "path",
];

/// A parsed page that is neither empty, nor binary, nor made to exhaust the reader.
pub struct Page {
    pub(super) html: Html,
    /// Whether the text ends before the page does.
    pub(super) cut_short: bool,
}

impl Page {
    /// Parses a page, or an element of one.
    pub fn parse(html: &str) -> Result<Self, ReadError> {
        if html.trim().is_empty() {
            return Err(ReadError::Empty);
        }
        if html.len() > MAX_HTML {
            return Err(ReadError::TooLarge(html.len()));
        }
        if html.contains('\0') || mostly_controls(html) {
            return Err(ReadError::NotText);
        }
        if !html.contains('<') {
            return Err(ReadError::NotHtml);
        }
        let cut_short = check_shape(html.as_bytes())?;
        Ok(Self { html: Html::parse_document(html), cut_short })
    }
}

impl Page {
    /// Addresses of the posts that the page shows, as the platform's reader finds them.
    pub fn posts(&self, url: &str) -> Vec<Permalink> {
        reader::permalinks(self, url)
    }

    /// Whether an element is on the page.
    pub fn has(&self, css: &str) -> bool {
        Scope::new(self.html.root_element()).first(css).is_some()
    }

    /// Title of the document.
    pub fn title(&self) -> Option<String> {
        let title: String = Scope::new(self.html.root_element()).first("title")?.text().collect();
        Some(title.trim().to_owned())
    }

    /// The pieces of text that the page shows, in order, without what stands in elements of these selectors.
    pub fn pieces(&self, except: &[&str]) -> Vec<&str> {
        let scope = Scope::new(self.html.root_element());
        let left_out: BTreeSet<_> = gather(except.iter().flat_map(|css| scope.all(css)).map(|element| element.id()));
        text::pieces(*self.html.root_element(), &left_out)
    }
}

fn mostly_controls(text: &str) -> bool {
    let odd = |c: char| c == '\u{fffd}' || (c.is_control() && !c.is_whitespace());
    let sample = text.chars().take(4096);
    let total = sample.clone().count();
    sample.filter(|c| odd(*c)).count() * 10 > total
}

/// One pass over the tags, before any tree is built: a tree builder meets hostile nesting and hostile tags only afterwards.
///
/// Says whether the page is cut short: it ends inside a tag, or with elements open and without the end that a saved page has.
fn check_shape(bytes: &[u8]) -> Result<bool, ReadError> {
    let mut depth = 0usize;
    // The end of what was never begun ends nothing: counted, it would hide how deep the page is.
    let mut open: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    let mut reopened = 0usize;
    let mut work = 0usize;
    let mut ended = false;
    let mut open_tag = false;
    // Only inside drawings and formulas does `/>` close an element.
    let mut foreign = 0usize;
    let mut at = 0;
    while let Some(found) = position(bytes, at, b'<') {
        at = found + 1;
        let closing = bytes.get(at) == Some(&b'/');
        let start = at + usize::from(closing);
        if bytes.get(start..start + 3) == Some(b"!--".as_slice()) {
            let end = find(bytes, start + 3, b"-->");
            open_tag = end.is_none();
            at = end.map_or(bytes.len(), |end| end + 3);
            continue;
        }
        let name_end = bytes[start.min(bytes.len())..]
            .iter()
            .position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-')
            .map_or(bytes.len(), |length| start + length);
        let name = bytes.get(start..name_end).unwrap_or_default().to_ascii_lowercase();
        if !name.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (end, attributes) = tag_end(bytes, name_end);
        if attributes > MAX_ATTRIBUTES {
            return Err(ReadError::Hostile);
        }
        at = end;
        open_tag = end == bytes.len() && bytes.last() != Some(&b'>');
        ended |= closing && name == b"html";
        let formats = REOPENED.iter().any(|word| word.as_bytes() == name);
        work = work.saturating_add(depth + if formats { 0 } else { REOPENING * reopened });
        if work > MAX_WORK {
            return Err(ReadError::Hostile);
        }
        if NOT_NESTING.iter().any(|word| word.as_bytes() == name) {
            continue;
        }
        let drawing = name == b"svg" || name == b"math";
        if closing {
            match open.get_mut(&name).filter(|count| **count > 0) {
                Some(count) => *count -= 1,
                None => continue,
            }
            depth = depth.saturating_sub(1);
            reopened = reopened.saturating_sub(usize::from(formats));
            foreign = foreign.saturating_sub(usize::from(drawing));
            continue;
        }
        if foreign > 0 && bytes.get(end.saturating_sub(2)) == Some(&b'/') {
            continue;
        }
        foreign += usize::from(drawing);
        reopened += usize::from(formats);
        depth += 1;
        *open.entry(name.clone()).or_default() += 1;
        if name == b"script" || name == b"style" {
            let mark: &[u8] = if name == b"script" { b"</script" } else { b"</style" };
            at = find(bytes, at, mark).unwrap_or(bytes.len());
        }
        if depth > MAX_DEPTH {
            return Err(ReadError::TooDeep);
        }
    }
    Ok(open_tag || (depth > 0 && !ended))
}

/// Position after the `>` of a tag, and how many attributes it may hold.
fn tag_end(bytes: &[u8], from: usize) -> (usize, usize) {
    let mut quote = None;
    let mut attributes = 0;
    let mut before = b' ';
    let mut last = b' ';
    for (offset, &byte) in bytes.iter().enumerate().skip(from) {
        match quote {
            Some(mark) if byte == mark => quote = None,
            Some(_) => {}
            None => match byte {
                b'>' => return (offset + 1, attributes),
                b'"' | b'\'' if before == b'=' => quote = Some(byte),
                // Each begins after a separator; an indented tag has many of those in a row.
                _ if !separates(byte) && separates(last) => attributes += 1,
                _ => {}
            },
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
        last = byte;
    }
    (bytes.len(), attributes)
}

fn separates(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'/' || byte == b'"' || byte == b'\''
}

fn position(bytes: &[u8], from: usize, wanted: u8) -> Option<usize> {
    bytes.get(from..)?.iter().position(|byte| *byte == wanted).map(|offset| from + offset)
}

fn find(bytes: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    bytes
        .get(from..)?
        .windows(wanted.len())
        .position(|window| window.eq_ignore_ascii_case(wanted))
        .map(|offset| from + offset)
}
