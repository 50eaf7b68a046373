//! Measures the suggestion engine on JSONL files:
//! `cargo test --test qualification_bench -- --nocapture [--voice=rules|learned|both] [--errors[=FILTER]] [--held-out] [--disguise] [FILE…]`.
//!
//! The voice that ships was trained on the development sets, so what this prints of them by `both` is what it remembers; what it does on
//! sentences that it never saw is printed by the folds of the training (`tests/bench/train`). On any other file it is an honest measure.
//!
//! Without files: the development sets beside the repository, if they are there. Each set is cut in two by a hash of its template or id:
//! the half that may be read while rules are written, and the half that is only counted (`--held-out` counts it).
//! `registers.jsonl` holds invented sentences in many registers, written to find what the rules miss: it is read whole.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

mod tally;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use serde_json::Value;
use tally::{Tally, is_held_out};
use temoin::qualification::{Ears, LIMITS, answer_line_by, voice};

const SETS: &[&str] =
    &["legal_fr_dev", "mhc_french_dev", "hatecheck_english_dev", "natural_fr_dev", "synthetic_fr_dev"];

fn main() {
    let mut files = vec![];
    let (mut errors, mut held_out, mut disguised) = (None, false, false);
    let mut ears = Ears { rules: true, voice: voice(), limits: LIMITS };
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--held-out" => held_out = true,
            "--disguise" => disguised = true,
            "--voice=rules" => ears.voice = None,
            "--voice=learned" => ears.rules = false,
            "--errors" => errors = Some(String::new()),
            _ if argument.starts_with("--errors=") => errors = Some(argument.replace("--errors=", "")),
            _ if argument.starts_with("--") => {}
            _ => files.push(PathBuf::from(argument)),
        }
    }
    if files.is_empty() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/qualification/registers.jsonl");
        files = std::iter::once(own).chain(SETS.iter().map(|name| folder.join(format!("{name}.jsonl")))).collect();
    }
    let start = Instant::now();
    answer_line_by(&ears, r#"{"text":""}"#).unwrap();
    println!("engine built in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else {
            println!("{} is not here: skipped", file.file_name().unwrap_or_default().to_string_lossy());
            continue;
        };
        if disguised {
            measure_disguises(&ears, &file, &text);
        } else {
            measure(&ears, &file, &text, held_out, errors.as_deref());
        }
    }
}

type Disguise = fn(&str) -> String;

/// Ways to hide a word, each applied to the longest plain word of a text.
const DISGUISES: &[(&str, Disguise)] = &[
    ("leet", |word| word.replace('e', "3").replace('o', "0").replace('a', "4")),
    ("stars", |word| star(word)),
    ("dots", |word| word.chars().map(String::from).collect::<Vec<_>>().join(".")),
    ("spaces", |word| word.chars().map(String::from).collect::<Vec<_>>().join(" ")),
    ("zero-width", |word| word.chars().map(String::from).collect::<Vec<_>>().join("\u{200b}")),
    ("homoglyphs", |word| word.replace('a', "а").replace('e', "е").replace('o', "о")),
    ("elongation", |word| lengthen(word)),
    ("swapped letters", |word| swap_letters(word)),
];

fn star(word: &str) -> String {
    word.chars().enumerate().map(|(at, c)| if at == 2 { '*' } else { c }).collect()
}

fn lengthen(word: &str) -> String {
    word.chars().enumerate().flat_map(|(at, c)| std::iter::repeat_n(c, if at == 1 { 4 } else { 1 })).collect()
}

fn swap_letters(word: &str) -> String {
    let mut chars: Vec<char> = word.chars().collect();
    chars.swap(2, 3);
    chars.into_iter().collect()
}

/// The text with its longest lower-case ASCII word hidden.
fn disguise(text: &str, with: Disguise) -> Option<String> {
    let words = text.split_whitespace().filter(|word| word.len() >= 5 && word.bytes().all(|b| b.is_ascii_lowercase()));
    let word = words.max_by_key(|word| word.len())?;
    Some(text.replacen(word, &with(word), 1))
}

fn measure_disguises(ears: &Ears<'_>, file: &Path, text: &str) {
    println!("\n== {} ==", file.file_name().unwrap_or_default().to_string_lossy());
    let rows: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let said = |row: &Value, text: &str| {
        let mut row = row.clone();
        row["text"] = text.into();
        let answer: Value = serde_json::from_str(&answer_line_by(ears, &row.to_string()).unwrap()).unwrap();
        answer["state"] != "none"
    };
    for (name, with) in DISGUISES {
        let (mut found, mut kept, mut clean, mut accused) = (0, 0, 0, 0);
        for row in rows.iter().filter(|row| !is_held_out(row)) {
            let plain = row["text"].as_str().unwrap_or_default();
            let Some(hidden) = disguise(plain, *with) else { continue };
            match (row["hateful"] == 1, said(row, plain)) {
                (true, true) => {
                    found += 1;
                    kept += i32::from(said(row, &hidden));
                }
                (false, false) => {
                    clean += 1;
                    accused += i32::from(said(row, &hidden));
                }
                _ => {}
            }
        }
        let lost = 100.0 * f64::from(found - kept) / f64::from(found.max(1));
        println!("{name:16} lost {lost:5.1} % of {found:4} found; {accused} of {clean:4} clean texts accused");
    }
}

fn measure(ears: &Ears<'_>, file: &Path, text: &str, held_out: bool, errors: Option<&str>) {
    println!("\n== {} ==", file.file_name().unwrap_or_default().to_string_lossy());
    let mut halves: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut times = vec![];
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let row: Value = serde_json::from_str(line).unwrap();
        let own = row["id"].as_str().is_some_and(|id| id.starts_with("own-"));
        let half = if !own && is_held_out(&row) { "held out" } else { "read" };
        if half == "held out" && !held_out {
            continue;
        }
        let start = Instant::now();
        let answer: Value = serde_json::from_str(&answer_line_by(ears, line).unwrap()).unwrap();
        times.push(start.elapsed().as_secs_f64() * 1e3);
        let wrong = halves.entry(half).or_default().add(&row, &answer);
        let wanted = |filter: &str| {
            ["functionality", "expected", "source"].iter().any(|key| row[key].as_str().unwrap_or("").contains(filter))
        };
        if wrong && half == "read" && errors.is_some_and(wanted) {
            println!(
                "  {} {} want {}{} got {} {} | {} | {}",
                row["id"].as_str().unwrap_or(""),
                row["functionality"].as_str().unwrap_or(""),
                row["expected"].as_str().unwrap_or(""),
                row["hateful"],
                answer["code"].as_str().unwrap_or(""),
                answer["ground"].as_str().unwrap_or(""),
                row["text"].as_str().unwrap_or(""),
                [&answer["suggestions"][0]["because"][0], &answer["ruled_out"][0]]
                    .map(|r| format!("{}:{}", r["code"].as_str().unwrap_or(""), r["quote"].as_str().unwrap_or("")))
                    .join("  ")
            );
        }
    }
    for (half, tally) in &halves {
        println!("-- {half} half");
        tally.print();
    }
    times.sort_by(f64::total_cmp);
    if let (Some(middle), Some(late)) = (times.get(times.len() / 2), times.get(times.len() * 99 / 100)) {
        println!("time: median {middle:.3} ms, p99 {late:.3} ms");
    }
}
