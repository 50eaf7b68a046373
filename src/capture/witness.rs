use std::collections::BTreeMap;

use regex_lite::Regex;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use super::{KeptState, Missing, Page, Post, reader, text};
use crate::{
    base::{Instant, at, word},
    platform::{self, Doubt, Level, Permalink, Whitespace, WitnessTemplate},
};

/// What a second account of the post, independent of what the page shows, says of its fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// Which account it is: `syndication`, `page_state`, `json_ld`, …
    pub source: String,
    /// How far from the page it is.
    pub level: Level,
    /// How sure it is that this source is understood.
    pub doubt: Doubt,
    /// The address that was asked; none for what stands in the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Fields of which both say the same.
    pub agrees: Vec<String>,
    /// Fields of which they do not.
    pub differs: Vec<Difference>,
    /// Fields of which one holds the beginning only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_part: Vec<Difference>,
    /// Fields that only the page shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only_page: Vec<String>,
    /// Fields that only the payload holds, with what it says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only_payload: Vec<Told>,
    /// Why it says nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
}

/// Two accounts of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The field, as `author.handle`.
    pub field: String,
    /// What the page shows.
    pub page: String,
    /// What the payload says.
    pub payload: String,
}

/// What one account says of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The field.
    pub field: String,
    /// Its value.
    pub value: String,
}

/// The request for a second account of a post, without cookies or referrer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessRequest {
    /// Which account it is.
    pub source: String,
    /// Address to ask.
    pub url: String,
    /// Match pattern of the host permission that it needs.
    pub origin: String,
}

/// Where a second account of this post can be asked for; none when its platform has none for people without an account.
pub fn witness_request(permalink: &Permalink) -> Option<WitnessRequest> {
    let platform = platform::by_id(&permalink.platform)?;
    let template = platform.witnesses.iter().find(|one| one.url.is_some() && serves(one, permalink))?;
    let url = Url::parse(&permalink.fill(template.url.as_deref()?)?).ok()?;
    let origin = format!("{}://{}/*", url.scheme(), url.host_str()?);
    Some(WitnessRequest { source: template.source.clone(), url: url.into(), origin })
}

/// All fields that are compared, and how.
const FIELDS: [(&str, Kind); 9] = [
    ("text", Kind::Text),
    ("author.display_name", Kind::Text),
    ("author.handle", Kind::Handle),
    ("author.account_id", Kind::Word),
    ("published_at", Kind::Time),
    ("lang", Kind::Lang),
    ("quoted.id", Kind::Id),
    ("in_reply_to.id", Kind::Id),
    ("in_reply_to.author.handle", Kind::Handle),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Handle,
    Word,
    Time,
    Lang,
    Id,
}

/// What an account says, by field. A text may be cut in more than one way: each is kept, the fullest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Account(BTreeMap<&'static str, Vec<String>>);

impl Account {
    pub fn first(&self, field: &str) -> Option<String> {
        self.0.get(field)?.first().cloned()
    }

    pub fn add(&mut self, field: &'static str, value: Option<String>) {
        self.0.extend(value.map(|value| (field, vec![value])));
    }
}

/// What may be kept of the page's own data for a witness: its id and its fields.
pub(super) fn kept(template: &WitnessTemplate) -> Option<KeptState> {
    let page = template.page.as_ref()?;
    let inside = template.id.iter().chain(template.fields.values().flatten());
    let inside: Vec<&String> = inside.collect();
    let paths = template.subject.iter().flat_map(|front| inside.iter().map(move |path| format!("{front}{path}")));
    Some(KeptState { css: page.css.clone(), after: page.after.clone(), paths: paths.collect() })
}

/// The witness in the page's own data.
pub(super) fn of_page(page: &Page, post: &Post, permalink: &Permalink) -> Option<Witness> {
    let platform = platform::by_id(&permalink.platform)?;
    platform.witnesses.iter().filter(|one| serves(one, permalink)).find_map(|template| {
        let root = page.state(template.page.as_ref()?)?;
        let account = account(&root, template, &permalink.id).ok()?;
        Some(compare(post, &account, begin(template)))
    })
}

/// The witness in a payload that came from elsewhere. One that says nothing says why.
pub(super) fn of_payload(payload: &str, post: &Post, permalink: &Permalink) -> Witness {
    let platform = platform::by_id(&permalink.platform);
    let templates: Vec<&WitnessTemplate> =
        platform.iter().flat_map(|platform| &platform.witnesses).filter(|one| serves(one, permalink)).collect();
    let outer = templates.iter().copied().filter(|one| one.level != Level::PageState);
    let Some(first) = outer.chain(templates.iter().copied()).next() else {
        return silent("payload", Level::PublicApi, Doubt::Unknown, "no_rules");
    };
    let Ok(root) = serde_json::from_str::<Value>(payload) else {
        return silent(&first.source, first.level, first.doubt, "not_json");
    };
    let mut reason = "no_post";
    for template in templates {
        match account(&root, template, &permalink.id) {
            Ok(account) => {
                let url = template.url.as_deref().and_then(|url| permalink.fill(url));
                return Witness { url, ..compare(post, &account, begin(template)) };
            }
            Err("no_post") => {}
            Err(why) => reason = why,
        }
    }
    silent(&first.source, first.level, first.doubt, reason)
}

/// The post that the account of the page's own data describes.
pub(super) fn page_account(page: &Page, permalink: &Permalink) -> Option<Account> {
    let platform = platform::by_id(&permalink.platform)?;
    let templates = platform.witnesses.iter().filter(|one| serves(one, permalink));
    templates.filter_map(|template| account(&page.state(template.page.as_ref()?)?, template, &permalink.id).ok()).next()
}

/// Compares an account with what the page shows, field by field.
pub(super) fn compare(post: &Post, account: &Account, mut witness: Witness) -> Witness {
    for (field, kind) in FIELDS {
        let told = account.0.get(field).map(Vec::as_slice).unwrap_or_default();
        match (shown(post, field), told) {
            (None, []) => {}
            (Some(_), []) => witness.only_page.push(field.to_owned()),
            (None, [first, ..]) => {
                witness.only_payload.push(Told { field: field.to_owned(), value: first.clone() });
            }
            (Some(page), [first, ..]) => {
                let both = Difference { field: field.to_owned(), page: page.clone(), payload: first.clone() };
                if told.iter().any(|one| same(kind, &page, one, post)) {
                    witness.agrees.push(field.to_owned());
                } else if kind == Kind::Text && told.iter().any(|one| one_begins_the_other(&page, one)) {
                    witness.in_part.push(both);
                } else {
                    witness.differs.push(both);
                }
            }
        }
    }
    witness
}

/// A witness that has not been heard yet.
pub(super) fn unheard(source: &str, level: Level, doubt: Doubt) -> Witness {
    Witness {
        source: source.to_owned(),
        level,
        doubt,
        url: None,
        agrees: vec![],
        differs: vec![],
        in_part: vec![],
        only_page: vec![],
        only_payload: vec![],
        missing: vec![],
    }
}

fn begin(template: &WitnessTemplate) -> Witness {
    unheard(&template.source, template.level, template.doubt)
}

fn silent(source: &str, level: Level, doubt: Doubt, reason: &str) -> Witness {
    Witness { missing: vec![Missing::of("payload", reason)], ..unheard(source, level, doubt) }
}

fn serves(template: &WitnessTemplate, permalink: &Permalink) -> bool {
    template.of.is_empty() || template.of.contains(&permalink.kind)
}

/// What a payload says of the post with this id; else why nothing.
fn account(root: &Value, template: &WitnessTemplate, id: &str) -> Result<Account, &'static str> {
    let pattern = template.id_pattern.as_deref().and_then(|pattern| Regex::new(pattern).ok());
    let id_of = |subject: &Value| {
        let found = template.id.iter().flat_map(|pointer| at(subject, pointer)).filter_map(word).next()?;
        first_group(pattern.as_ref(), &found)
    };
    let mut another = false;
    for subject in template.subject.iter().flat_map(|pointer| at(root, pointer)) {
        match id_of(subject) {
            Some(found) if found == id => return Ok(fields(subject, template)),
            found => another |= found.is_some(),
        }
    }
    Err(if another { "another_post" } else { "no_post" })
}

fn fields(subject: &Value, template: &WitnessTemplate) -> Account {
    let find = |field: &str| {
        let pointers = template.fields.get(field).into_iter().flatten();
        let found = pointers.flat_map(|pointer| at(subject, pointer)).filter_map(word);
        found.map(|text| text.trim().to_owned()).find(|text| !text.is_empty())
    };
    let handle_pattern = template.handle_pattern.as_deref().and_then(|pattern| Regex::new(pattern).ok());
    let mut account = Account::default();
    for (field, kind) in FIELDS {
        let Some(value) = find(field) else { continue };
        let values = match kind {
            Kind::Text if field == "text" => texts(&value, subject, template),
            Kind::Handle => first_group(handle_pattern.as_ref(), value.trim_start_matches('@')).into_iter().collect(),
            Kind::Time => time(&value).map(Instant::rfc3339).into_iter().collect(),
            Kind::Id => vec![value.rsplit(['/', '_']).next().unwrap_or_default().to_owned()],
            Kind::Text | Kind::Word | Kind::Lang => vec![value],
        };
        if !values.is_empty() {
            account.0.insert(field, values);
        }
    }
    if let Some(markup) = find("text_html") {
        account.0.insert("text", vec![plain(&markup, Whitespace::Collapse)]);
    }
    account
}

/// The text as a page would show it, and the same without what a page may leave out.
fn texts(raw: &str, subject: &Value, template: &WitnessTemplate) -> Vec<String> {
    let range = template.shown_range.as_deref().and_then(|pointer| subject.pointer(pointer)?.as_array().cloned());
    let bound = |index: usize| range.as_ref()?.get(index)?.as_u64().and_then(|bound| usize::try_from(bound).ok());
    let cut = match (bound(0), bound(1)) {
        (Some(from), Some(to)) if from < to => Some(raw.chars().skip(from).take(to - from).collect::<String>()),
        _ => None,
    };
    let finish = |text: &str| {
        let mut text = text.to_owned();
        for pairs in &template.links {
            for pair in at(subject, &pairs.list) {
                let side = |pointer: &str| pair.pointer(pointer).and_then(Value::as_str).filter(|url| !url.is_empty());
                if let (Some(short), Some(long)) = (side(&pairs.short), side(&pairs.long)) {
                    text = text.replace(short, long);
                }
            }
        }
        for hidden in template.not_shown.iter().flat_map(|pointer| at(subject, pointer)).filter_map(Value::as_str) {
            if !hidden.is_empty() {
                text = text.replace(hidden, "");
            }
        }
        let text = text.trim();
        if template.escaped && text.contains('&') { plain(text, Whitespace::Keep) } else { text.to_owned() }
    };
    let mut all = vec![finish(raw)];
    all.extend(cut.map(|cut| finish(&cut)).filter(|cut| !all.contains(cut)));
    all
}

fn plain(markup: &str, whitespace: Whitespace) -> String {
    match Page::parse(&format!("<body>{markup}")) {
        Ok(page) => text::shown(*page.html.root_element(), &Default::default(), whitespace).trim().to_owned(),
        Err(_) => markup.to_owned(),
    }
}

fn first_group(pattern: Option<&Regex>, value: &str) -> Option<String> {
    match pattern {
        Some(pattern) => Some(pattern.captures(value)?.get(1)?.as_str().to_owned()),
        None => Some(value.to_owned()),
    }
}

/// ISO 8601, Unix seconds (`1700000000`, `1700000000.0`), or the words of a mail.
pub(super) fn time(text: &str) -> Option<Instant> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    match whole.parse::<i64>() {
        Ok(seconds) => Instant::from_millis(seconds.checked_mul(1000)?),
        Err(_) => reader::moment(text, &mut vec![]).or_else(|| Instant::parse_mail(text)),
    }
}

/// What the page shows of a field.
fn shown(post: &Post, field: &str) -> Option<String> {
    let reply = post.in_reply_to.as_ref();
    let value = match field {
        "text" => Some(post.text.clone()),
        "author.display_name" => post.author.display_name.clone(),
        "author.handle" => post.author.handle.clone(),
        "author.account_id" => post.author.account_id.clone(),
        "published_at" => post.published_at.map(Instant::rfc3339),
        "lang" => post.lang.clone(),
        "quoted.id" => post.quoted.as_ref().and_then(|quoted| quoted.id.clone()),
        "in_reply_to.id" => reply.and_then(|reply| reply.id.clone()),
        _ => reply.and_then(|reply| reply.author.handle.clone()),
    };
    value.filter(|value| !value.trim().is_empty())
}

fn same(kind: Kind, page: &str, told: &str, post: &Post) -> bool {
    match kind {
        Kind::Text => squeezed(page) == squeezed(told),
        Kind::Word | Kind::Id => page == told,
        Kind::Handle => same_handle(page, told, post),
        // A page shows whole seconds.
        Kind::Time => match (Instant::parse(page), Instant::parse(told)) {
            (Ok(page), Ok(told)) => page.millis().div_euclid(1000) == told.millis().div_euclid(1000),
            _ => false,
        },
        Kind::Lang => primary(page).eq_ignore_ascii_case(primary(told)),
    }
}

/// `@paul`, `paul@host` on that very host: the same account.
fn same_handle(page: &str, told: &str, post: &Post) -> bool {
    let host = Url::parse(&post.permalink).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    let short = |handle: &str| {
        let handle = handle.trim_start_matches('@').to_lowercase();
        match handle.split_once('@') {
            Some((name, at)) if at == host => name.to_owned(),
            _ => handle,
        }
    };
    short(page) == short(told)
}

fn primary(lang: &str) -> &str {
    lang.split(['-', '_']).next().unwrap_or_default()
}

/// White space, the dots that shorten a link, and the mark that asks for a coloured emoji say nothing of what was written.
fn squeezed(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !matches!(c, '\u{fe0f}' | '…')).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn one_begins_the_other(page: &str, told: &str) -> bool {
    let (page, told) = (squeezed(page), squeezed(told));
    !page.is_empty() && !told.is_empty() && (page.starts_with(&told) || told.starts_with(&page))
}

#[cfg(test)]
#[path = "../../tests/unit/capture/witness.rs"]
mod tests;
