use std::collections::BTreeSet;

/// The addresses in any text, each once, in their order: one per line, a table, a message with addresses in it.
pub fn addresses(text: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut found = vec![];
    for part in
        text.split(|symbol: char| symbol.is_whitespace() || matches!(symbol, '"' | '<' | '>' | ';' | '|' | '\u{feff}'))
    {
        // A comma separates columns, and stands inside some addresses: it separates where another address or nothing follows.
        for piece in part.split(",http") {
            let whole = if piece.starts_with("http") { piece.to_owned() } else { format!("http{piece}") };
            let Some(at) = whole.find("https://").or_else(|| whole.find("http://")) else { continue };
            let address =
                whole.get(at..).unwrap_or_default().trim_end_matches([',', '.', ')', ']', '»', '\'', '’', '!']);
            let host = address.split_once("://").map_or("", |(_, rest)| rest);
            if !host.is_empty() && seen.insert(address.to_owned()) {
                found.push(address.to_owned());
            }
        }
    }
    found
}

#[cfg(test)]
#[path = "../../tests/unit/platform/list.rs"]
mod tests;
