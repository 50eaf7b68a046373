//! Turns each data file of `src` from TOML, in which people write it, to compact JSON, in which the module carries it: without
//! comments, without a second parser, and read in a third of the time at each start.
#![expect(clippy::disallowed_methods, reason = "cargo tells a build script where to write by its environment")]

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    translate(Path::new("src"), &out)
}

/// The files of one folder, then of those inside it.
fn translate(folder: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let source = entry?.path();
        if source.is_dir() {
            translate(&source, out)?;
        } else if source.extension().is_some_and(|ending| ending == "toml") {
            let named = |error: &dyn Error| format!("{}: {error}", source.display());
            let mut value: Value = toml::from_str(&fs::read_to_string(&source)?).map_err(|error| named(&error))?;
            if source.starts_with("src/qualification") {
                drop_examples(&mut value);
            }
            // What only the command line tells of a channel.
            if env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|target| target == "wasm32") {
                drop_notes(&mut value);
            }
            let target = out.join(source.strip_prefix("src")?).with_extension("json");
            fs::create_dir_all(target.parent().unwrap_or(out))?;
            fs::write(target, value.to_string())?;
        }
    }
    Ok(())
}

/// What a rule must find (`yes`) and must not (`no`): for the tests.
fn drop_examples(value: &mut Value) {
    let tables = value.as_object_mut().into_iter().flat_map(|file| file.values_mut());
    for rule in tables.filter_map(Value::as_array_mut).flatten().filter_map(Value::as_object_mut) {
        rule.remove("yes");
        rule.remove("no");
    }
}

fn drop_notes(value: &mut Value) {
    let channels = value.get_mut("channels").and_then(Value::as_array_mut);
    for channel in channels.into_iter().flatten().filter_map(Value::as_object_mut) {
        channel.remove("note");
    }
}
