use serde_json::Value;

use super::{
    Post,
    page::Page,
    reader,
    scope::Scope,
    text,
    witness::{self, Account, Witness},
};
use crate::{
    base::Instant,
    platform::{Doubt, Level, Whitespace},
};

/// A post as the page's JSON-LD describes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Described {
    pub author: Option<String>,
    pub published: Option<String>,
    pub text: Option<String>,
    pub url: Option<String>,
}

/// Types of schema.org that are one person's words.
const TYPES: [&str; 9] = [
    "Comment",
    "DiscussionForumPosting",
    "SocialMediaPosting",
    "BlogPosting",
    "Review",
    "Article",
    "NewsArticle",
    "Answer",
    "Question",
];

/// Every post that the page's JSON-LD describes.
pub(super) fn described(page: &Page) -> Vec<Described> {
    let scope = Scope::new(page.html.root_element());
    let mut found = vec![];
    for script in scope.all(r#"script[type="application/ld+json"]"#) {
        let json: String = script.text().collect();
        let Ok(root) = serde_json::from_str::<Value>(&json) else { continue };
        let mut waiting = vec![&root];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(items) => waiting.extend(items.iter().rev()),
                Value::Object(fields) => {
                    if is_post(value) {
                        found.push(describe(value));
                    }
                    waiting.extend(fields.values().filter(|inner| inner.is_array() || inner.is_object()));
                }
                _ => {}
            }
        }
    }
    found
}

/// What the page's JSON-LD says of a post whose address it gives.
pub(super) fn witness(page: &Page, post: &Post) -> Option<Witness> {
    let described = described(page).into_iter().find(|one| reader::same_page(one, &post.permalink))?;
    let mut account = Account::default();
    account.add("text", described.text);
    account.add("author.display_name", described.author);
    account.add("published_at", described.published.as_deref().and_then(witness::time).map(Instant::rfc3339));
    Some(witness::compare(post, &account, witness::unheard("json_ld", Level::PageState, Doubt::Verified)))
}

fn is_post(value: &Value) -> bool {
    let known = |name: &Value| name.as_str().is_some_and(|name| TYPES.contains(&name));
    match value.get("@type") {
        Some(Value::Array(names)) => names.iter().any(known),
        Some(name) => known(name),
        None => false,
    }
}

fn describe(value: &Value) -> Described {
    let text_at = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let author = value.get("author").map(|author| match author {
        Value::Array(authors) => authors.first().unwrap_or(&Value::Null),
        one => one,
    });
    Described {
        author: author.and_then(|author| author.get("name").unwrap_or(author).as_str()).map(str::to_owned),
        published: text_at("datePublished").or_else(|| text_at("dateCreated")),
        text: text_at("text")
            .or_else(|| text_at("articleBody"))
            .or_else(|| text_at("commentText"))
            .map(|text| plain(&text)),
        url: text_at("url").or_else(|| text_at("@id")),
    }
}

/// Some sites put markup into these fields.
fn plain(text: &str) -> String {
    if !text.contains('<') {
        return text.trim().to_owned();
    }
    let fragment = scraper::Html::parse_fragment(text);
    text::shown(*fragment.root_element(), &Default::default(), Whitespace::Collapse)
}
