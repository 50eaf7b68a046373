//! Trains the second voice and writes `src/qualification/data/voice.bin`:
//!
//! `cargo test --config 'profile.test.opt-level=2' --test qualification_train -- --write`; with `--folds` instead, measures it on examples that
//! it has not seen (five folds; a template stands in one of them) and leaves a line per example in `target/folds.jsonl`.
//!
//! Nothing is drawn but the order of the examples, from a fixed seed: the same sets give the same bytes. Features come from the library itself.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::cast_precision_loss, clippy::cast_possible_truncation)]

mod linear;
mod rows;

use std::{fmt::Write as _, fs};

use linear::{Row, Training};
use rows::Example;
use temoin::qualification::{
    CODE_BITS, CODES, Ears, HOSTILE_BITS, Kind, LIMITS, Voice, answer_line_by, code_bucket, features, hostile_bucket,
};

const FOLDS: usize = 5;
const SEED: u64 = 20_261_124;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let write = arguments.iter().any(|argument| argument == "--write");
    let folds = arguments.iter().any(|argument| argument == "--folds");
    if !write && !folds {
        println!("--write trains the second voice, --folds measures it: see the head of this file");
        return;
    }
    let examples = rows::load();
    let heard: Vec<(Row, Row)> = examples.iter().map(rows_of).collect();
    println!("{} examples", examples.len());
    if folds {
        measure(&examples, &heard);
    }
    if write {
        let everything: Vec<usize> = (0..examples.len()).collect();
        fs::write("src/qualification/data/voice.bin", train(&examples, &heard, &everything)).unwrap();
    }
}

/// The features of an example, as buckets of the two questions.
fn rows_of(example: &Example) -> (Row, Row) {
    let mut found = features(&example.text, &example.facts);
    if let Some(d) = opt("drop") {
        found.retain(|f| !d.contains(&format!("{:?}", f.kind)));
    }
    let hostile = found.iter().map(|f| (hostile_bucket(f.name) as u32, f.value)).collect();
    let code =
        found.iter().filter(|f| f.kind != Kind::Letters).map(|f| (code_bucket(f.name) as u32, f.value)).collect();
    (hostile, code)
}

fn opt(name: &str) -> Option<String> {
    std::env::args().find_map(|a| a.strip_prefix(&format!("--{name}=")).map(str::to_owned))
}
fn num(name: &str, usual: f32) -> f32 {
    opt(name).and_then(|v| v.parse().ok()).unwrap_or(usual)
}

fn train(examples: &[Example], heard: &[(Row, Row)], on: &[usize]) -> Vec<u8> {
    let hostile: Vec<(&Row, usize, f32)> = on
        .iter()
        .filter_map(|&at| {
            examples[at]
                .hostile
                .map(|(truth, weight)| (truth, weight * num(examples[at].set, 1.0)))
                .map(|(truth, weight)| (&heard[at].0, usize::from(truth), weight))
        })
        .collect();
    let codes: Vec<(&Row, usize, f32)> =
        on.iter().filter_map(|&at| examples[at].code.map(|(code, weight)| (&heard[at].1, code, weight))).collect();
    let how =
        Training { epochs: num("epochs", 8.0) as usize, rate: num("rate", 0.15), pull: num("pull", 1e-5), seed: SEED };
    let first = linear::train(&hostile, 1 << HOSTILE_BITS, 1, how);
    let second = linear::train(&codes, 1 << CODE_BITS, CODES.len(), Training { epochs: 10, ..how });
    Voice::write((first[0].0, &first[0].1), &second)
}

fn measure(examples: &[Example], heard: &[(Row, Row)]) {
    let fold = |example: &Example| {
        let hash = example
            .group
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        (hash >> 40) as usize % FOLDS
    };
    let mut out = String::new();
    for number in 0..FOLDS {
        let on: Vec<usize> = (0..examples.len()).filter(|at| fold(&examples[*at]) != number).collect();
        let voice = Voice::new(train(examples, heard, &on)).unwrap();
        for example in examples
            .iter()
            .filter(|example| fold(example) == number && !["synthetic_fr_dev", "worn"].contains(&example.set))
        {
            let opinion = {
                let mut found = features(&example.text, &example.facts);
                if let Some(d) = opt("drop") {
                    found.retain(|f| !d.contains(&format!("{:?}", f.kind)));
                }
                voice.opinion(&found)
            };
            let says = |rules: bool, voice: Option<&Voice>| -> serde_json::Value {
                let ears = Ears { rules, voice, limits: LIMITS };
                serde_json::from_str(&answer_line_by(&ears, &example.line).unwrap()).unwrap()
            };
            let strength = (0..4).find(|of| {
                let mut limits = LIMITS;
                limits.doubt = [f32::MIN; 4];
                limits.doubt[*of] = f32::MAX;
                limits.alone = f32::MAX;
                limits.against = f32::MAX;
                let ears = Ears { rules: true, voice: Some(&voice), limits };
                answer_line_by(&ears, &example.line).unwrap().contains("voices_disagree")
            });
            let line = serde_json::json!({
                "strength": strength,
                "set": example.set, "id": example.id, "text": example.text, "row": example.row,
                "hostile": opinion.hostile, "named": opinion.named, "named_code": opinion.code,
                "rules": says(true, None), "both": says(true, Some(&voice)),
            });
            writeln!(out, "{line}").unwrap();
        }
    }
    fs::create_dir_all("target").unwrap();
    fs::write(opt("out").unwrap_or("target/folds.jsonl".into()), out).unwrap();
    println!("target/folds.jsonl is written");
}
