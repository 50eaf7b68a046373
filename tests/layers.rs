//! The law of direction: a module imports only what stands above it in this list, and pages see only the protocol.
//!
//! When the code teaches a better order, change the list here and in the README together, and say why in the commit.

#![allow(clippy::string_slice, clippy::unwrap_used)] // A test that stops says where.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Top to bottom: a module may import itself and what stands before it. `base` holds the words all share; ports speak of
/// the events that pages hear, so the protocol stands above them.
const ORDER: [&str; 17] = [
    "base",
    "paper",
    "platform",
    "capture",
    "evidence",
    "law",
    "qualification",
    "notice",
    "takedown",
    "case",
    "measure",
    "pack",
    "protocol",
    "port",
    "app",
    "browser",
    "ui",
];

/// What `ui` may name, whatever stands above it: what crosses contexts, its words, the message adapter, and what a page
/// may ask of the browser.
const UI_SEES: [&str; 6] = ["base", "protocol", "browser::message", "browser::page", "browser::verify", "ui"];

/// Modules that must compile natively, hence never name a browser crate.
const BROWSER_CRATES: [&str; 6] = ["web_sys", "js_sys", "wasm_bindgen", "gloo", "idb", "serde_wasm_bindgen"];

#[test]
fn modules_import_only_what_stands_above_them() {
    let mut faults = vec![];
    for file in rust_files(Path::new("src")) {
        let Some(module) = module_of(&file) else { continue };
        let rank = ORDER.iter().position(|name| *name == module);
        let Some(rank) = rank else {
            faults.push(format!("{}: module `{module}` is not in the list", file.display()));
            continue;
        };
        for import in imports(&fs::read_to_string(&file).unwrap()) {
            let target = import.split("::").next().unwrap_or_default();
            let allowed = match module.as_str() {
                "ui" => UI_SEES.iter().any(|seen| import == *seen || import.starts_with(&format!("{seen}::"))),
                _ => ORDER[..=rank].contains(&target),
            };
            if !allowed {
                faults.push(format!("{}: `{module}` imports `{import}`", file.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_browser_and_ui_name_browser_crates() {
    let mut faults = vec![];
    for file in rust_files(Path::new("src")) {
        if matches!(module_of(&file).as_deref(), Some("browser" | "ui") | None) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for name in BROWSER_CRATES {
            if text.contains(&format!("{name}::")) {
                faults.push(format!("{}: {name}", file.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_reader_of_imports_sees_groups_and_paths() {
    let found = imports("use crate::{a::B, c, d::{E, f}};\nlet x = crate::g::h();\npub use crate::i::J;");
    assert_eq!(found, ["a::B", "c", "d::E", "d::f", "g::h", "i::J"]);
}

/// `src/<module>/…`; files at the root of `src` assemble, they belong to no layer.
fn module_of(file: &Path) -> Option<String> {
    let inside = file.strip_prefix("src").ok()?;
    let mut parts = inside.components();
    let first = parts.next()?.as_os_str().to_str()?.to_owned();
    parts.next().map(|_| first)
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = vec![];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Every path below `crate::`, groups spread out; comments are left aside.
fn imports(text: &str) -> Vec<String> {
    let code: String =
        text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    let mut found = vec![];
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_') {
            continue;
        }
        let mut rest = code[at + "crate::".len()..].chars().peekable();
        spread(&mut rest, "", &mut found);
    }
    found
}

fn spread(rest: &mut std::iter::Peekable<std::str::Chars<'_>>, prefix: &str, found: &mut Vec<String>) {
    let mut path = prefix.to_owned();
    while let Some(&next) = rest.peek() {
        match next {
            '{' => {
                rest.next();
                loop {
                    while rest.next_if(|c| c.is_whitespace() || *c == ',').is_some() {}
                    match rest.peek() {
                        Some('}') => {
                            rest.next();
                            return;
                        }
                        None => return,
                        Some(_) => spread(rest, &path, found),
                    }
                }
            }
            c if c.is_alphanumeric() || c == '_' || c == ':' || c == '*' => {
                path.push(c);
                rest.next();
            }
            _ => break,
        }
    }
    if path.is_empty() {
        rest.next();
    } else {
        found.push(path.trim_end_matches(':').to_owned());
    }
}
