use std::{collections::BTreeSet, fmt::Write as _};

use ego_tree::iter::Edge;
use scraper::{Node, node::Element};
use serde_json::Value;

use super::{Missing, Page, ReadError};
use crate::{
    base::gather,
    platform::{self, Pick, Reader},
};

/// No layout needs more; what stands behind is left out, and the sample says so.
const MAX_SAMPLE: usize = 200_000;

/// Attributes whose values describe the layout and not what was written.
const STRUCTURE: [&str; 14] = [
    "class",
    "role",
    "rel",
    "type",
    "dir",
    "slot",
    "itemprop",
    "itemscope",
    "itemtype",
    "hidden",
    "aria-hidden",
    "shadowrootmode",
    "data-temoin-role",
    "tabindex",
];
/// Beginnings of the names of such attributes that sites make for their own tests.
const TEST_IDS: [&str; 4] = ["data-test", "data-e2e", "data-qa", "data-cy"];
/// Other attributes whose names say nothing of anybody.
const PLAIN: [&str; 12] =
    ["id", "href", "src", "srcset", "alt", "title", "datetime", "poster", "style", "lang", "width", "height"];
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// How a captured page is built, for a bug report: every text, address, id, number and description replaced by filler of the same
/// shape. Kept are tags, names of attributes, roles, classes and test ids, and in all of them only words that do not occur in what was
/// written, save those that the platform's own data file names.
pub fn layout_sample(html: &str, url: &str, missing: &[Missing]) -> Result<String, ReadError> {
    let place = platform::place(url).map_err(ReadError::Url)?;
    let page = Page::parse(html)?;
    let reader = &place.platform.reader;
    let known: BTreeSet<String> = gather(sources(reader).flat_map(words));
    let mut filler = Filler { written: BTreeSet::new(), prefixes: prefixes(reader), known };
    filler.written.extend(words(url));
    for node in page.html.tree.root().descendants() {
        match node.value() {
            Node::Text(text) => match serde_json::from_str::<Value>(text) {
                Ok(data) if data.is_object() || data.is_array() => filler.note_values(&data),
                _ => filler.written.extend(words(text)),
            },
            Node::Element(element) => {
                let others = element.attrs().filter(|(name, _)| !is_structure(name));
                filler.written.extend(others.flat_map(|(_, value)| words(value)));
            }
            _ => {}
        }
    }
    let kind = place.permalink.as_ref().map_or("-", |permalink| permalink.kind.as_str());
    let lacks: Vec<_> = missing.iter().map(|one| format!("{}/{}", one.what, one.reason)).collect();
    let mut out = format!("<!-- Témoin : {} / {kind} ; {} -->\n", place.platform.id, lacks.join(" "));
    filler.write(&page, &mut out);
    Ok(out)
}

struct Filler {
    /// Words of texts, addresses, ids, descriptions.
    written: BTreeSet<String>,
    /// Words that the platform's data file itself names.
    known: BTreeSet<String>,
    /// Beginnings after which a value names somebody: `UserAvatar-Container-`.
    prefixes: Vec<String>,
}

impl Filler {
    fn write(&self, page: &Page, out: &mut String) {
        let mut script = false;
        for edge in page.html.tree.root().traverse() {
            if out.len() > MAX_SAMPLE {
                out.push_str("\n<!-- … -->");
                return;
            }
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Element(element) => {
                        script = matches!(element.name(), "script" | "style");
                        self.open(element, out);
                    }
                    Node::Text(text) if script => out.push_str(&self.data(text)),
                    Node::Text(text) => escape(&filled(text), out),
                    _ => {}
                },
                Edge::Close(node) => {
                    if let Some(element) = node.value().as_element() {
                        script = false;
                        if !VOID.contains(&element.name()) {
                            let _always = write!(out, "</{}>", self.structure(element.name()));
                        }
                    }
                }
            }
        }
    }

    fn open(&self, element: &Element, out: &mut String) {
        let _always = write!(out, "<{}", self.structure(element.name()));
        for (name, value) in element.attrs() {
            let name = if PLAIN.contains(&name) || is_structure(name) { name.to_owned() } else { self.structure(name) };
            out.push(' ');
            out.push_str(&name);
            if value.is_empty() {
                continue;
            }
            let value = match (is_structure(&name), name.as_str()) {
                (true, _) => self.structure(value),
                (false, "href" | "src") => self.address(value),
                (false, "datetime") if is_date(value) => value.replace(|c: char| c.is_ascii_digit(), "1"),
                _ => filled(value),
            };
            out.push_str("=\"");
            escape(&value, out);
            out.push('"');
        }
        out.push('>');
    }

    /// The words of data in a script; its keys are layout.
    fn note_values(&mut self, data: &Value) {
        match data {
            Value::Array(items) => items.iter().for_each(|item| self.note_values(item)),
            Value::Object(fields) => fields.values().for_each(|value| self.note_values(value)),
            Value::String(text) => self.written.extend(words(text)),
            _ => {}
        }
    }

    /// Keeps what describes the layout, word by word.
    fn structure(&self, value: &str) -> String {
        let mut rest = value;
        let mut kept = String::with_capacity(value.len());
        if let Some(prefix) = self.prefixes.iter().find(|prefix| value.starts_with(prefix.as_str())) {
            kept.push_str(prefix);
            return kept + &filled(value.get(prefix.len()..).unwrap_or_default());
        }
        while !rest.is_empty() {
            let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            if self.may_stay(word) {
                kept.push_str(word)
            } else {
                kept.push_str(&filled(word))
            }
            let gap = after.find(char::is_alphanumeric).unwrap_or(after.len());
            let (between, next) = after.split_at(gap);
            kept.extend(between.chars().map(|c| if c.is_ascii() { c } else { '·' }));
            rest = next;
        }
        kept
    }

    /// A word with digits may be a number, somebody's name or a build's.
    fn may_stay(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        self.known.contains(&lower)
            || word.is_ascii() && !word.contains(|c: char| c.is_ascii_digit()) && !self.written.contains(&lower)
    }

    /// An address keeps the words that the platform's selectors look for in it.
    fn address(&self, value: &str) -> String {
        let known = |word: &str| self.known.contains(&word.to_lowercase());
        let mut out = String::with_capacity(value.len());
        for piece in value.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
            let end = piece.get(word.len()..).unwrap_or_default();
            if known(word) {
                out.push_str(word)
            } else {
                out.push_str(&filled(word))
            }
            out.push_str(&filled(end));
        }
        out
    }

    /// Data in a script: its keys, no value. Code is left out.
    fn data(&self, text: &str) -> String {
        match serde_json::from_str::<Value>(text) {
            Ok(value) => self.value(&value).to_string().replace('<', "\\u003c"),
            Err(_) => String::new(),
        }
    }

    fn value(&self, value: &Value) -> Value {
        match value {
            Value::Array(items) => items.iter().map(|item| self.value(item)).collect(),
            Value::Object(fields) => {
                let fields = fields.iter().map(|(key, value)| (self.structure(key), self.value(value)));
                Value::Object(fields.collect())
            }
            Value::String(text) => Value::String(filled(text)),
            Value::Number(_) => 1.into(),
            other => other.clone(),
        }
    }
}

fn is_structure(name: &str) -> bool {
    STRUCTURE.contains(&name) || TEST_IDS.iter().any(|front| name.starts_with(front))
}

/// Digits and their separators: its shape is that of every other.
fn is_date(value: &str) -> bool {
    value.chars().all(|c| c.is_ascii_digit() || "TZ:+-. ".contains(c))
}

/// Letters become `x`, digits `1` (an id begins with no zero); what separates them stays.
fn filled(text: &str) -> String {
    let fill = |c: char| match c {
        c if c.is_numeric() => '1',
        c if c.is_uppercase() => 'X',
        c if c.is_alphabetic() => 'x',
        c if c.is_ascii() || c.is_whitespace() => c,
        _ => '·',
    };
    text.chars().map(fill).collect()
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Selectors and patterns of a platform's reader.
fn sources(reader: &Reader) -> impl Iterator<Item = &str> {
    let single =
        [&reader.permalink, &reader.wanted, &reader.quoted, &reader.quoted_link, &reader.nested, &reader.truncated];
    let picks = [&reader.display_name, &reader.handle, &reader.account_id, &reader.time];
    let picked: Vec<&str> = picks.into_iter().flatten().flat_map(places).collect();
    std::iter::once(reader.post.as_str())
        .chain(single.into_iter().flatten().map(String::as_str))
        .chain(reader.text.iter().map(String::as_str))
        .chain(picked)
        .chain(reader.media.iter().map(|media| media.css.as_str()))
        .chain(reader.counters.iter().map(|counters| counters.css.as_str()))
        .chain(reader.keep_attributes.iter().map(String::as_str))
}

fn places(pick: &Pick) -> impl Iterator<Item = &str> {
    std::iter::once(pick.css.as_str()).chain(pick.attr.as_deref())
}

/// What selectors of the form `[name^="…"]` look for.
fn prefixes(reader: &Reader) -> Vec<String> {
    let parts = sources(reader).flat_map(|css| css.split("^=\"").skip(1));
    parts.filter_map(|part| part.split('"').next()).filter(|prefix| !prefix.contains('/')).map(str::to_owned).collect()
}

#[cfg(test)]
#[path = "../../tests/unit/capture/sample.rs"]
mod tests;
