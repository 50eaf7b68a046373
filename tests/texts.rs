//! Every text of the pages exists in both languages, says in the HTML what it says in `_locales`, and is used.

#![allow(clippy::string_slice, clippy::unwrap_used)] // A test that stops says where.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use scraper::{Html, Selector};

/// Texts that no page names: the manifest and the background do.
const OUTSIDE: [&str; 11] = [
    "name",
    "description",
    "action_title",
    "command_capture",
    "menu_capture",
    "menu_text_only",
    "menu_address_only",
    "remind_title",
    "remind_limitation",
    "remind_internal_complaint",
    "remind_connection_data",
];

#[test]
fn both_languages_have_the_same_keys_and_placeholders() {
    let (fr, en) = (texts("fr"), texts("en"));
    let mut faults = vec![];
    for key in fr.keys().chain(en.keys()).collect::<BTreeSet<_>>() {
        match (fr.get(key), en.get(key)) {
            (Some(french), Some(english)) if placeholders(french) != placeholders(english) => {
                faults.push(format!("{key}: other placeholders in English"));
            }
            (Some(french), Some(english)) if french.trim().is_empty() || english.trim().is_empty() => {
                faults.push(format!("{key}: empty"));
            }
            (Some(_), Some(_)) => {}
            (french, _) => {
                faults.push(format!("{key}: only in {}", if french.is_some() { "French" } else { "English" }))
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_french_of_the_pages_is_the_french_of_the_locale() {
    let fr = texts("fr");
    let mut faults = vec![];
    let mut compare = |page: &str, key: &str, shown: &str| match fr.get(key) {
        None => faults.push(format!("{page}: no text for {key}")),
        Some(text) if text != shown => faults.push(format!("{page}: {key} is « {shown} », the locale says « {text} »")),
        Some(_) => {}
    };
    for page in pages() {
        for (key, shown) in &page.texts {
            compare(&page.name, key, shown);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_text_is_used_and_every_used_text_exists() {
    let fr = texts("fr");
    let code = code();
    let mut used: BTreeSet<String> = OUTSIDE.iter().map(|key| (*key).to_owned()).collect();
    used.extend(pages().into_iter().flat_map(|page| page.texts).map(|(key, _)| key));
    for literal in literals(&code) {
        if fr.contains_key(&literal) {
            used.insert(literal);
        }
    }
    for (name, endings) in [("family", None), ("plural", Some(["one", "many"]))] {
        for stem in first_arguments(&code, name) {
            let family: Vec<&String> = fr.keys().filter(|key| key.starts_with(&format!("{stem}_"))).collect();
            assert!(!family.is_empty(), "{name}(\"{stem}\", …) has no text");
            for ending in endings.into_iter().flatten() {
                assert!(fr.contains_key(&format!("{stem}_{ending}")), "{stem}_{ending} is missing");
            }
            used.extend(family.into_iter().cloned());
        }
    }
    for key in ["say", "say_with"].iter().flat_map(|name| first_arguments(&code, name)) {
        assert!(fr.contains_key(&key), "say(\"{key}\") has no text");
    }
    let idle: Vec<&String> = fr.keys().filter(|key| !used.contains(*key)).collect();
    assert!(idle.is_empty(), "never used: {idle:?}");
}

/// `data-ref` and `for` name something: a page that lost an element would fail only when somebody presses it.
#[test]
fn every_element_that_the_code_looks_for_stands_in_a_page() {
    let pages: String = pages().iter().map(|page| page.html.clone()).collect();
    let code = code();
    let mut faults = vec![];
    for call in [
        "find",
        "at",
        "write",
        "write_or_hide",
        "show",
        "set",
        "value",
        "set_value",
        "fill",
        "on",
        "focus",
        "on_press",
        "on_submit",
    ] {
        for name in first_arguments(&code, &format!(".{call}")) {
            if !pages.contains(&format!("data-ref=\"{name}\"")) {
                faults.push(format!(".{call}(\"{name}\")"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every value of the vocabulary has its words: an enum that grows without a text would show nothing.
#[test]
fn every_code_of_the_vocabulary_has_its_words() {
    let fr = texts("fr");
    let vocabulary = [
        (
            "fate",
            "online online_limited edited withheld_geo deleted_by_author removed_by_platform removed_by_community_mod account_suspended account_gone private age_wall login_wall gone_cause_unknown blocked_bot rate_limited temp_error unknown",
        ),
        ("state", "strong to_check none"),
        ("status", "captured qualified set_aside reported notified acknowledged decided complained"),
        ("outcome", "nothing_manifest opinion counter_speech platform_rules unknown"),
        ("ground", "origin ethnicity nation race religion sex sexual_orientation gender_identity disability"),
        ("competence", "yes unsure no"),
        ("confidence", "sure likely check"),
        (
            "step",
            "captured address_kept sealed timestamped timestamp_failed qualified reported notice_sent observed acknowledged decided complained piece_added filed frozen coded exported purged",
        ),
        ("ruling", "removed withheld limited account_suspended kept unclear"),
        ("recourse", "internal out_of_court arcom prosecutor police"),
        ("role", "victim witness association"),
        ("consent", "own given unknown not_concerned"),
        ("form", "image email pdf text link"),
        ("due", "limitation internal_complaint connection_data"),
        ("token", "verified not_established refused"),
        ("question", "ground call fact public addressed_to_person reply_to repeated authors"),
        ("element", "met missing asked court"),
        ("verdict", "intact partial refused"),
    ];
    for (family, codes) in vocabulary {
        for code in codes.split(' ') {
            assert!(fr.contains_key(&format!("{family}_{code}")), "{family}_{code}");
        }
    }
    for code in temoin::qualification::REASON_CODES.iter().chain(temoin::qualification::ANSWER_CODES) {
        assert!(fr.contains_key(&format!("reason_{code}")), "reason_{code}");
    }
    for offence in temoin::law::catalogue().offences() {
        let family = format!("family_{:?}", offence.family).to_lowercase();
        assert!(fr.contains_key(&family), "{family}");
    }
}

struct Page {
    name: String,
    html: String,
    /// Key and French, of elements and of attributes.
    texts: Vec<(String, String)>,
}

fn texts(lang: &str) -> BTreeMap<String, String> {
    let json = fs::read_to_string(format!("extension/_locales/{lang}/messages.json")).unwrap();
    let messages: BTreeMap<String, serde_json::Value> = serde_json::from_str(&json).unwrap();
    messages.into_iter().map(|(key, message)| (key, message["message"].as_str().unwrap().to_owned())).collect()
}

/// The pages, templates opened so that the parser does not hide their content.
fn pages() -> Vec<Page> {
    let mut pages = vec![];
    for entry in fs::read_dir("www").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "html") {
            continue;
        }
        let html = fs::read_to_string(&path).unwrap();
        pages.push(Page {
            name: path.file_name().unwrap().to_string_lossy().into_owned(),
            texts: texts_of(&html),
            html,
        });
    }
    assert!(pages.len() >= 6);
    pages
}

/// Reads start tags as text: a fragment parser would drop `tr` and `td` that stand in a template.
fn texts_of(html: &str) -> Vec<(String, String)> {
    let mut found = vec![];
    for tag in html.split('<').filter(|tag| tag.contains("data-i18n")) {
        let (tag, after) = tag.split_once('>').unwrap();
        let parsed = Html::parse_fragment(&format!("<i {}>", tag.split_once(' ').unwrap().1));
        let element = parsed.select(&Selector::parse("i").unwrap()).next().unwrap();
        if let Some(key) = element.attr("data-i18n") {
            let shown = Html::parse_fragment(after).root_element().text().collect::<String>();
            found.push((key.to_owned(), shown));
        }
        for pair in element.attr("data-i18n-attr").unwrap_or_default().split(';').filter(|pair| !pair.is_empty()) {
            let (attribute, key) = pair.trim().split_once(':').unwrap();
            found.push((key.to_owned(), element.attr(attribute).unwrap_or_default().to_owned()));
        }
    }
    found
}

fn code() -> String {
    fn read(folder: &Path, into: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, into);
            } else {
                into.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut code = String::new();
    read(Path::new("src/ui"), &mut code);
    code
}

fn literals(code: &str) -> Vec<String> {
    code.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The first argument of each call of `name`, where it is a literal.
fn first_arguments(code: &str, name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let call = format!("{name}(");
    for (at, _) in code.match_indices(&call) {
        let before = code[..at].chars().next_back();
        if !name.starts_with('.') && before.is_some_and(|before| before.is_alphanumeric() || "_.".contains(before)) {
            continue;
        }
        let argument = code[at + call.len()..].trim_start();
        if let Some(literal) = argument.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
            found.insert(literal.to_owned());
        }
    }
    found
}

fn placeholders(text: &str) -> BTreeSet<char> {
    text.split('$').skip(1).filter_map(|rest| rest.chars().next()).collect()
}
