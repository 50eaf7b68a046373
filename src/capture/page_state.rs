use serde_json::Value;

use super::{Author, Page, Post, reader, scope::Scope, witness};
use crate::platform::{PageState, Place};

impl Page {
    /// The data that the page keeps as JSON in a script.
    pub fn state(&self, state: &PageState) -> Option<Value> {
        Scope::new(self.html.root_element()).all(&state.css).into_iter().find_map(|script| {
            let text: String = script.text().collect();
            let (_, json) = text.split_once(&state.after)?;
            serde_json::Deserializer::from_str(json).into_iter::<Value>().next()?.ok()
        })
    }
}

/// The post that the page's own data describes, when it is the one that the address names.
pub(super) fn post(page: &Page, place: &Place) -> Option<Post> {
    let permalink = place.permalink.as_ref()?;
    let told = witness::page_account(page, permalink)?;
    let mut post = Post {
        platform: permalink.platform.clone(),
        id: permalink.id.clone(),
        permalink: permalink.canonical.clone(),
        author: Author {
            display_name: told.first("author.display_name"),
            handle: told.first("author.handle"),
            account_id: told.first("author.account_id"),
        },
        text: told.first("text").unwrap_or_default(),
        lang: told.first("lang"),
        published_at: told.first("published_at").and_then(|time| witness::time(&time)),
        created_from_id: permalink.created_at,
        media: vec![],
        quoted: None,
        in_reply_to: None,
        audience: None,
        counters: vec![],
        reader: place.platform.id.clone(),
        missing: vec![],
    };
    reader::note_expected(&mut post, &place.platform.reader, &permalink.kind);
    Some(post)
}
