//! Measures the suggestion engine on JSONL files:
//! `cargo test --test qualification_bench -- --nocapture [--errors[=FILTER]] [--held-out] [--disguise] [FILE…]`.
//!
//! Without files: the development sets beside the repository, if they are there. Each set is cut in two by a hash of its template or id:
//! the half that may be read while rules are written, and the half that is only counted (`--held-out` counts it).
//! `registers.jsonl` holds invented sentences in many registers, written to find what the rules miss: it is read whole.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use serde_json::Value;
use temoin::qualification::answer_line;

const SETS: &[&str] =
    &["legal_fr_dev", "mhc_french_dev", "hatecheck_english_dev", "natural_fr_dev", "synthetic_fr_dev"];

fn main() {
    let mut files = vec![];
    let (mut errors, mut held_out, mut disguised) = (None, false, false);
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--held-out" => held_out = true,
            "--disguise" => disguised = true,
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
    answer_line(r#"{"text":""}"#).unwrap();
    println!("engine built in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else {
            println!("{} is not here: skipped", file.file_name().unwrap_or_default().to_string_lossy());
            continue;
        };
        if disguised {
            measure_disguises(&file, &text);
        } else {
            measure(&file, &text, held_out, errors.as_deref());
        }
    }
}

/// Categories that say « hateful »: a protected ground or a crime against humanity, terrorism, discrimination, a pack.
fn is_hateful(answer: &Value) -> bool {
    let code = answer["code"].as_str().unwrap_or_default();
    match code {
        "NONE" | "INJ_SIMPLE" | "DIFF_SIMPLE" => false,
        "MENACE" | "HARC" | "DOX" => answer.get("ground").is_some(),
        _ => true,
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

fn measure_disguises(file: &Path, text: &str) {
    println!("\n== {} ==", file.file_name().unwrap_or_default().to_string_lossy());
    let rows: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let said = |row: &Value, text: &str| {
        let mut row = row.clone();
        row["text"] = text.into();
        let answer: Value = serde_json::from_str(&answer_line(&row.to_string()).unwrap()).unwrap();
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

#[derive(Default, Clone, Copy)]
struct Count {
    tp: u32,
    fp: u32,
    tn: u32,
    fn_: u32,
}

impl Count {
    fn add(&mut self, truth: bool, said: bool) {
        match (truth, said) {
            (true, true) => self.tp += 1,
            (false, true) => self.fp += 1,
            (false, false) => self.tn += 1,
            (true, false) => self.fn_ += 1,
        }
    }

    fn line(self) -> String {
        let ratio = |a: u32, b: u32| if b == 0 { f64::NAN } else { f64::from(a) / f64::from(b) };
        let f1 = |tp: u32, fp: u32, fn_: u32| ratio(2 * tp, 2 * tp + fp + fn_);
        let all = self.tp + self.fp + self.tn + self.fn_;
        format!(
            "n {all:5}  acc {:.3}  macro-F1 {:.3}  precision {:.3}  recall {:.3}  FPR {:.3}",
            ratio(self.tp + self.tn, all),
            (f1(self.tp, self.fp, self.fn_) + f1(self.tn, self.fn_, self.fp)) / 2.0,
            ratio(self.tp, self.tp + self.fp),
            ratio(self.tp, self.tp + self.fn_),
            ratio(self.fp, self.fp + self.tn),
        )
    }
}

fn measure(file: &Path, text: &str, held_out: bool, errors: Option<&str>) {
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
        let answer: Value = serde_json::from_str(&answer_line(line).unwrap()).unwrap();
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

/// FNV-1a of the template (or the id): templates do not cross the line.
fn is_held_out(row: &Value) -> bool {
    let key = row["template_component"].as_str().or(row["id"].as_str()).unwrap_or_default();
    key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
        >> 33
        & 1
        == 1
}

#[derive(Default)]
struct Tally {
    all: Count,
    strong: Count,
    by: BTreeMap<(&'static str, String), Count>,
    /// Suggestions by their first reason and state: how many, how many on hateful or illegal text.
    reasons: BTreeMap<String, (u32, u32)>,
    legal: BTreeMap<String, (u32, u32, u32)>,
    accused: (u32, u32),
    grounds: (u32, u32),
}

impl Tally {
    /// Counts the row; true when the answer is wrong.
    fn add(&mut self, row: &Value, answer: &Value) -> bool {
        let truth = row["hateful"] == 1;
        let said = is_hateful(answer);
        let mut wrong = truth != said;
        self.all.add(truth, said);
        self.strong.add(truth, said && answer["state"] == "strong");
        if answer["state"] != "none" {
            let reason = answer["suggestions"][0]["because"][0]["code"].as_str().unwrap_or_default();
            let entry =
                self.reasons.entry(format!("{reason} {}", answer["state"].as_str().unwrap_or_default())).or_default();
            *entry = (entry.0 + 1, entry.1 + u32::from(truth));
        }
        for key in ["functionality", "target", "source"] {
            if let Some(value) = row[key].as_str() {
                self.by.entry((key, value.to_owned())).or_default().add(truth, said);
            }
        }
        if let Some(expected) = row["expected"].as_str() {
            let right =
                |code: &Value| *code == expected || row["also_ok"].as_array().is_some_and(|also| also.contains(code));
            let top1 = right(&answer["code"]);
            let top2 =
                answer["suggestions"].as_array().is_some_and(|all| all.iter().any(|s| right(&s["code"]))) || top1;
            let entry = self.legal.entry(expected.to_owned()).or_default();
            *entry = (entry.0 + 1, entry.1 + u32::from(top1), entry.2 + u32::from(top2));
            wrong = !top1;
            if expected == "NONE" {
                self.accused = (self.accused.0 + 1, self.accused.1 + u32::from(answer["state"] != "none"));
            } else if let Some(ground) = row["ground"].as_str().filter(|ground| *ground != "none" && top1) {
                let same = answer["ground"].as_str().is_some_and(|said| family(said) == family(ground));
                self.grounds = (self.grounds.0 + 1, self.grounds.1 + u32::from(same));
            }
        }
        wrong
    }

    fn print(&self) {
        println!("all            {}", self.all.line());
        println!("strong only    {}", self.strong.line());
        for ((key, value), count) in &self.by {
            println!("{key:>13} {value:24.24} {}", count.line());
        }
        for (reason, (n, right)) in &self.reasons {
            println!("       reason {reason:36} n {n:4}  on hateful text {:.3}", f64::from(*right) / f64::from(*n));
        }
        if self.legal.is_empty() {
            return;
        }
        let (mut all, mut top1, mut top2) = (0, 0, 0);
        for (code, (n, first, second)) in &self.legal {
            println!("         code {code:12} n {n:3}  top-1 {first:3}  top-2 {second:3}");
            if code != "NONE" {
                (all, top1, top2) = (all + n, top1 + first, top2 + second);
            }
        }
        let ratio = |a: u32, b: u32| f64::from(a) / f64::from(b.max(1));
        println!("illegal: top-1 {:.3} top-2 {:.3} (n {all})", ratio(top1, all), ratio(top2, all));
        println!("lawful: any category {:.3} (n {})", ratio(self.accused.1, self.accused.0), self.accused.0);
        println!("ground list right where the code is: {:.3}", ratio(self.grounds.1, self.grounds.0));
    }
}

/// The statute's list of a ground, in the engine's words or in the set's.
fn family(ground: &str) -> char {
    match ground {
        "origin" | "ethnicity" | "nation" | "race" | "religion" => 'A',
        _ => 'B',
    }
}
