//! The examples: which sets, what each says, and how much it counts. Texts stay where they are; only weights are kept.

use std::{fs, path::Path};

use super::linear::Dice;
use serde_json::Value;
use temoin::qualification::{CODES, Facts, facts_of};

/// One example.
pub struct Example {
    pub set: &'static str,
    /// The JSON line that it came from.
    pub line: String,
    /// Examples of one template stand in one fold.
    pub group: String,
    pub text: String,
    pub facts: Facts,
    /// Answer to the first question, and how much it counts.
    pub hostile: Option<(bool, f32)>,
    /// Answer to the second one: a place in `CODES`.
    pub code: Option<(usize, f32)>,
    pub row: Value,
}

impl Example {
    /// The set, and for the real posts who collected them: the two labelled different things.
    pub fn name(&self) -> String {
        let source = self.row["source"].as_str().unwrap_or_default();
        match source.split_whitespace().next() {
            Some(first) if self.set == "natural_fr_dev" => format!("{} ({first})", self.set),
            _ => self.set.to_owned(),
        }
    }
}

/// (file, weight for « hostile », weight for the category). All may be trained on: see the licences in `README.md`.
const SETS: [(&str, f32, f32); 6] = [
    ("registers", 1.5, 1.0),
    ("legal_fr_dev", 2.0, 2.0),
    ("mhc_french_dev", 1.0, 0.3),
    ("hatecheck_english_dev", 0.7, 0.3),
    ("natural_fr_dev", 1.0, 0.2),
    ("synthetic_fr_dev", 0.3, 0.1),
];

/// Every set that is here.
pub fn load() -> Vec<Example> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = vec![];
    for (set, hostile, code) in SETS {
        let near = root.join(format!("tests/bench/qualification/{set}.jsonl"));
        let file = if near.exists() { near } else { root.join(format!("../shared/data/{set}.jsonl")) };
        let Ok(text) = fs::read_to_string(&file) else {
            println!("{set} is not here: nothing is learned from it");
            continue;
        };
        all.extend(text.lines().filter_map(|line| example(set, line, hostile, code)));
    }
    let mut dice = Dice(7);
    let worn: Vec<Example> =
        all.iter().filter(|e| e.set != "natural_fr_dev").filter_map(|e| wear(e, &mut dice)).collect();
    all.extend(worn);
    all
}

/// The same example as a hand in a hurry, or one that hides, would write it: two letters swapped, one lost, a space lost, letters apart.
fn wear(example: &Example, dice: &mut Dice) -> Option<Example> {
    let words: Vec<&str> = example.text.split(' ').collect();
    let long: Vec<usize> = (0..words.len()).filter(|at| words[*at].chars().count() >= 4).collect();
    if long.is_empty() || words.len() > 60 {
        return None;
    }
    let chosen = long[dice.roll(long.len())];
    let mut letters: Vec<char> = words[chosen].chars().collect();
    let at = 1 + dice.roll(letters.len() - 2);
    let mut joined = false;
    match dice.roll(4) {
        0 => letters.swap(at, at + 1),
        1 => {
            letters.remove(at);
        }
        2 => joined = true,
        _ => letters = letters.iter().flat_map(|c| [*c, ' ']).collect(),
    }
    let worn: String = letters.iter().collect();
    let mut text = String::new();
    for (number, word) in words.iter().enumerate() {
        if number > 0 && !(joined && (number == chosen || number == chosen + 1)) {
            text.push(' ');
        }
        text.push_str(if number == chosen { worn.trim() } else { word });
    }
    Some(Example {
        set: "worn",
        line: example.line.clone(),
        group: example.group.clone(),
        text,
        facts: example.facts.clone(),
        hostile: example.hostile.map(|(truth, weight)| (truth, weight * 0.3)),
        code: example.code.map(|(code, weight)| (code, weight * 0.2)),
        row: Value::Null,
    })
}

fn example(set: &'static str, line: &str, hostile: f32, code: f32) -> Option<Example> {
    let row: Value = serde_json::from_str(line).ok()?;
    let text = row["text"].as_str()?.to_owned();
    let facts = row.get("context").map(facts_of).unwrap_or_default();
    let id = row["id"].as_str().unwrap_or_default();
    let group = row["template_component"].as_str().map_or(id.to_owned(), |template| format!("{set} {template}"));
    let truth = row["hateful"] == 1;
    let expected = row["expected"].as_str();
    let hostile = match expected {
        // What is lawful for one annotator and an offence for another teaches nothing.
        Some("NONE") => Some((false, hostile)),
        Some(_) if row["also_ok"].as_array().is_some_and(|also| also.iter().any(|code| code == "NONE")) => None,
        Some(_) => Some((true, hostile)),
        None => Some((truth, hostile)),
    };
    let known = expected.map(str::to_owned).or_else(|| supposed(set, &row, truth).map(str::to_owned));
    let code = known.and_then(|name| {
        let number = CODES.iter().position(|code| serde_json::to_value(code).is_ok_and(|value| value == *name))?;
        Some((number, code))
    });
    Some(Example { set, line: line.to_owned(), group, text, facts, hostile, code, row })
}

/// Sets without legal labels: what their own labels say of the category, where it is plain.
fn supposed(set: &str, row: &Value, truth: bool) -> Option<&'static str> {
    let what = row["functionality"].as_str().unwrap_or_default();
    if set == "natural_fr_dev" {
        let calm = row["labels"].as_str().is_none_or(|labels| labels == "normal");
        return (!truth && calm).then_some("NONE");
    }
    if !truth {
        return (!what.contains("indiv")).then_some("NONE");
    }
    if what.starts_with("threat") || what == "exclusion" {
        return Some("PROV");
    }
    ["derog", "slur", "profanity", "dehum", "attrib", "emote", "implicit", "prof"]
        .iter()
        .any(|start| what.starts_with(start))
        .then_some("INJ")
}
