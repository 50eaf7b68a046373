//! Turns the data files from TOML, in which people write them, to compact JSON, in which the module carries them: without comments,
//! without a second parser, and read in a third of the time at each start.

use std::{env, fs, path::Path};

use serde_json::Value;

const FILES: &[&str] = &[
    "evidence/roots",
    "law/catalogue",
    "notice/templates/dsa",
    "notice/templates/pharos",
    "notice/templates/warnings",
    "platform/generic",
    "platform/x",
    "qualification/data/lexicon_context",
    "qualification/data/lexicon_groups",
    "qualification/data/lexicon_words",
    "qualification/data/rules",
    "qualification/data/shields",
];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR").expect("cargo says where");
    for file in FILES {
        let source = format!("src/{file}.toml");
        println!("cargo::rerun-if-changed={source}");
        let text = fs::read_to_string(&source).unwrap_or_else(|error| panic!("{source}: {error}"));
        let mut value: Value = toml::from_str(&text).unwrap_or_else(|error| panic!("{source}: {error}"));
        if file.starts_with("qualification/") {
            drop_examples(&mut value);
        }
        let target = Path::new(&out).join(format!("{file}.json"));
        fs::create_dir_all(target.parent().expect("a file stands in a folder")).expect("a folder in OUT_DIR");
        fs::write(target, value.to_string()).expect("a file in OUT_DIR");
    }
}

/// What a rule must find (`yes`) and must not (`no`): for the tests.
fn drop_examples(value: &mut Value) {
    for rule in
        value.as_object_mut().into_iter().flat_map(|file| file.values_mut()).filter_map(Value::as_array_mut).flatten()
    {
        if let Some(rule) = rule.as_object_mut() {
            rule.remove("yes");
            rule.remove("no");
        }
    }
}
