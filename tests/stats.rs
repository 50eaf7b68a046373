//! `temoin stats` over the packs of two members (golden files, `UPDATE_GOLDEN=1` rewrites them).

#![allow(clippy::unwrap_used, reason = "a helper of tests is a test")]

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use temoin::{measure::list_digest, pack};
// What the invented cases name as their crate.
use temoin::{base, case, evidence, law, qualification, takedown};

#[path = "unit/measure/story.rs"]
mod story;

use story::{HTML, NOTICE, Story, coded, frozen, lawful, look, manifest, notice, offence, qualified};
use takedown::Fate::{self, *};

#[test]
fn two_members_are_counted_together_without_counting_twice() {
    let folder = folder("together");
    let packs = [write(&folder, "a.zip", &member_a()), write(&folder, "b.zip", &member_b())];
    let whole = temoin(&packs, &[]);
    assert_eq!(whole.status.code(), Some(0), "{}", String::from_utf8_lossy(&whole.stderr));
    let value: serde_json::Value = serde_json::from_slice(&whole.stdout).unwrap();
    assert_eq!(value["campaign"]["items"], 24);
    assert_eq!(value["campaign"]["merged"], 4);
    assert_eq!(value["campaign"]["total"]["cuts"][1]["gone"]["of"], 24);
    let mut shown = value.clone();
    shown["packs"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .for_each(|pack| drop(pack.as_object_mut().unwrap().remove("file")));
    shown["method"] = value["method"].as_array().unwrap().len().into();
    shown["published"] = value["published"].as_array().unwrap().len().into();
    golden("stats.json", &(serde_json::to_string_pretty(&shown).unwrap() + "\n"));
    golden("stats.csv", &String::from_utf8(temoin(&packs, &["--csv"]).stdout).unwrap());
    golden("stats.public.csv", &String::from_utf8(temoin(&packs, &["--csv", "--public"]).stdout).unwrap());
    // The order of the packs, and one given twice, change nothing.
    let [one, other] = packs;
    let again = temoin(&[other.clone(), one.clone(), other], &["--csv"]);
    assert_eq!(again.stdout, temoin(&[one, folder.join("b.zip")], &["--csv"]).stdout);
}

#[test]
fn a_frozen_list_keeps_what_stands_on_it() {
    let folder = folder("listed");
    let packs = [write(&folder, "a.zip", &member_a()), write(&folder, "b.zip", &member_b())];
    let listed: serde_json::Value = serde_json::from_slice(&temoin(&packs, &["--list", "testing"]).stdout).unwrap();
    assert_eq!(listed["campaign"]["items"], 12);
    assert_eq!(listed["campaign"]["lists"][0]["complete"], true);
    assert!(listed["campaign"]["excluded"]["not_listed"].as_u64().unwrap() > 0);
}

#[test]
fn a_refused_pack_is_named_and_left_out() {
    let folder = folder("refused");
    let good = write(&folder, "a.zip", &member_a());
    let bad = write(&folder, "b.zip", &member_b());
    let mut bytes = fs::read(&bad).unwrap();
    let at = bytes.windows(7).position(|window| window == b"notific").unwrap_or(200);
    bytes[at] ^= 1;
    fs::write(&bad, bytes).unwrap();
    let output = temoin(&[good.clone(), bad], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("b.zip"));
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["packs"][1]["verdict"], "refused");
    assert_eq!(value["packs"][1]["cases"], 0);
    let alone: serde_json::Value = serde_json::from_slice(&temoin(&[good], &[]).stdout).unwrap();
    assert_eq!(value["campaign"], alone["campaign"]);
}

#[test]
fn an_absent_or_empty_pack_is_a_clear_refusal() {
    let folder = folder("absent");
    assert_eq!(temoin(&[folder.join("no.zip")], &[]).status.code(), Some(1));
    let empty = folder.join("empty.zip");
    fs::write(&empty, b"").unwrap();
    let output = temoin(&[empty], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("vide"));
}

/// Fifteen cases: a frozen list of twelve, of which two were coded differently, and three besides.
fn member_a() -> Vec<Story> {
    let list = list_digest(LISTED.iter().map(|post| ("x", *post))).unwrap();
    let mut stories = vec![];
    for (index, post) in LISTED.iter().enumerate() {
        let mut story = seen(post, index);
        story.push(-0.5, frozen(list, LISTED.len() as u64));
        story.push(-0.2, coded(if index < 2 { lawful() } else { offence("O-P2", None) }));
        stories.push(story);
    }
    let mut aside = Story::captured("200");
    aside.push(-1.0, qualified("O-P2"));
    stories.extend([seen("101", 4), seen("102", 9), aside]);
    stories
}

/// Thirteen cases on another computer, four of which are the very notices of the first; one more notice is another sender's.
fn member_b() -> Vec<Story> {
    let mut stories: Vec<Story> = (0..10).map(|index| seen(&format!("30{index}"), index)).collect();
    for (index, post) in LISTED.iter().take(4).enumerate() {
        let mut story = seen(post, index);
        story.case = format!("b-{post}");
        stories.push(story);
    }
    // Taken out, so that one of theirs stands beside ours.
    stories.truncate(14);
    let mut theirs = Story::captured(LISTED[5]);
    theirs.case = "b-theirs".to_owned();
    theirs.push(-1.0, qualified("O-P2"));
    theirs.push(1.0, notice("22222222"));
    stories[9] = theirs;
    stories
}

const LISTED: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];

fn seen(post: &str, index: usize) -> Story {
    let later: &[(f64, Fate)] = match index % 6 {
        0 => &[(24.0, Online), (47.0, RemovedByPlatform), (72.0, RemovedByPlatform), (168.0, RemovedByPlatform)],
        1 => &[(24.0, AccountSuspended), (49.0, AccountSuspended), (170.0, AccountSuspended)],
        2 => &[(24.0, Online), (48.0, DeletedByAuthor), (96.0, DeletedByAuthor), (168.0, LoginWall)],
        3 => &[(24.0, Online), (48.0, TempError), (168.0, GoneCauseUnknown)],
        _ => &[(24.0, Online), (48.0, Online), (168.0, Online), (720.0, Online)],
    };
    let mut story = Story::notified(post);
    later.iter().for_each(|(hours, fate)| story.push(*hours, look(*fate)));
    story
}

fn write(folder: &Path, name: &str, stories: &[Story]) -> PathBuf {
    let journals: Vec<_> = stories.iter().map(|story| story.clone().sealed().records(|_, hours| hours)).collect();
    let slices: Vec<_> = journals.iter().map(Vec::as_slice).collect();
    let seal = evidence::Digest::of(&evidence::canonical_json(&manifest()).unwrap());
    let draft = pack::Draft::of(&slices, &BTreeMap::from([(seal, manifest())])).unwrap();
    let layout = draft.close(None, &[]).unwrap().seal(None, &[]).unwrap();
    let blobs = [HTML, NOTICE].map(|bytes| (evidence::Digest::of(bytes), bytes.to_vec()));
    let bytes = pack::write(layout, vec![], |digest| BTreeMap::from(blobs.clone()).get(digest).cloned()).unwrap();
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stats").join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn temoin(packs: &[PathBuf], options: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_temoin")).arg("stats").args(packs).args(options).output().unwrap()
}

fn golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    #[expect(clippy::disallowed_methods, reason = "how golden files are rewritten")]
    if env::var("UPDATE_GOLDEN").is_ok() {
        fs::write(&path, found).unwrap();
    }
    assert_eq!(found, fs::read_to_string(&path).unwrap(), "{name}");
}
