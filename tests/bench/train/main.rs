//! Trains the second voice and writes `src/qualification/data/voice.bin`:
//!
//! `cargo test --config 'profile.test.opt-level=2' --test qualification_train -- --write`; with `--folds` instead, measures it on examples that
//! it has not seen (five folds; a template stands in one of them).
//!
//! Nothing is drawn but the order of the examples and the letters that a worn copy loses, from fixed seeds: the same sets give the same
//! bytes. Features come from the library itself.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::cast_possible_truncation)]

mod linear;
mod rows;
#[path = "../qualification/tally.rs"]
mod tally;

use std::{collections::BTreeMap, fs};

use linear::{Row, Training};
use rows::Example;
use tally::{Tally, is_held_out};
use temoin::qualification::{
    CODE_BITS, CODES, Ears, HOSTILE_BITS, Kind, LIMITS, Voice, answer_line_by, code_bucket, features, hostile_bucket,
};

const FOLDS: usize = 5;
const SEED: u64 = 20_261_124;

fn main() {
    let asked = |name: &str| std::env::args().any(|argument| argument == name);
    if !asked("--write") && !asked("--folds") {
        println!("--write trains the second voice, --folds measures it: see the head of this file");
        return;
    }
    let examples = rows::load();
    let heard: Vec<(Row, Row)> = examples.iter().map(rows_of).collect();
    println!("{} examples", examples.len());
    if asked("--folds") {
        measure(&examples, &heard);
    }
    if asked("--write") {
        let everything: Vec<usize> = (0..examples.len()).collect();
        fs::write("src/qualification/data/voice.bin", train(&examples, &heard, &everything)).unwrap();
    }
}

/// The features of an example, as buckets of the two questions.
fn rows_of(example: &Example) -> (Row, Row) {
    let found = features(&example.text, &example.facts);
    let hostile = found.iter().map(|f| (hostile_bucket(f.name) as u32, f.value)).collect();
    let code =
        found.iter().filter(|f| f.kind != Kind::Letters).map(|f| (code_bucket(f.name) as u32, f.value)).collect();
    (hostile, code)
}

fn train(examples: &[Example], heard: &[(Row, Row)], on: &[usize]) -> Vec<u8> {
    let hostile: Vec<(&Row, usize, f32)> = on
        .iter()
        .filter_map(|&at| examples[at].hostile.map(|(truth, weight)| (&heard[at].0, usize::from(truth), weight)))
        .collect();
    let codes: Vec<(&Row, usize, f32)> =
        on.iter().filter_map(|&at| examples[at].code.map(|(code, weight)| (&heard[at].1, code, weight))).collect();
    let how = Training { epochs: 8, rate: 0.15, pull: 1e-5, seed: SEED };
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
    let mut tallies: BTreeMap<(String, &str, &str), Tally> = BTreeMap::new();
    for number in 0..FOLDS {
        let on: Vec<usize> = (0..examples.len()).filter(|at| fold(&examples[*at]) != number).collect();
        let voice = Voice::new(train(examples, heard, &on)).unwrap();
        for example in examples.iter().filter(|example| fold(example) == number && example.set != "worn") {
            // The half that nobody read while the rules were written stands apart.
            let half =
                if example.set != "registers" && is_held_out(&example.row) { "held-out half" } else { "read half" };
            for (who, rules, voice) in
                [("rules alone", true, None), ("learned alone", false, Some(&voice)), ("both", true, Some(&voice))]
            {
                let ears = Ears { rules, voice, limits: LIMITS };
                let answer = serde_json::from_str(&answer_line_by(&ears, &example.line).unwrap()).unwrap();
                tallies.entry((example.name(), half, who)).or_default().add(&example.row, &answer);
            }
        }
    }
    for ((set, half, who), tally) in &tallies {
        println!("\n== {set}, {half}, {who} ==");
        tally.print();
    }
}
