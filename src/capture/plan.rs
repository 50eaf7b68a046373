use serde::{Deserialize, Serialize};
use url::Url;

use super::{ReadError, witness};
use crate::platform::{self, Platform};

/// What `capture.js` needs to know about a page, as plain data: the script itself knows no platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PagePlan {
    /// Id of the platform.
    pub platform: String,
    /// CSS list of elements that are posts; empty when any element may be one.
    pub post_selector: String,
    /// Inside a post, CSS of the link that carries its own address; empty when there is none.
    pub permalink_selector: String,
    /// Attributes that hold it, when it is not `href`; the post's own element may carry them.
    pub permalink_attributes: Vec<String>,
    /// What that address contains in the post that the page is about, as a regular expression; none when the page is not about one post.
    pub wanted: Option<String>,
    /// CSS of the post that the page is about where it holds no such link; empty when there is none.
    pub main_selector: String,
    /// Attributes to keep beyond the standard ones of HTML; a final `*` stands for a family.
    pub keep_attributes: Vec<String>,
    /// Parameters of addresses that name a post, and are no secrets whatever they look like.
    pub keep_parameters: Vec<String>,
    /// The page's own data of which parts may be kept.
    pub page_state: Vec<KeptState>,
    /// CSS list of pictures and videos inside a post.
    pub media_selector: String,
}

/// What may be kept of the data in a script of the page: the values at these addresses, and nothing else. What stands
/// beside them may tell of the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptState {
    /// CSS selector of the script.
    pub css: String,
    /// What stands before the JSON in it.
    pub after: String,
    /// JSON pointers from the root.
    pub paths: Vec<String>,
}

/// Says how to find and serialise a post on the page at `url`.
pub fn plan(url: &str) -> Result<PagePlan, ReadError> {
    let place = platform::place(url).map_err(ReadError::Url)?;
    let reader = &place.platform.reader;
    // Any element of an unknown page may be the post, and a mirror's page has another layout: the person designates it.
    let known = place.own && !place.platform.is_generic();
    let named = place.permalink.as_ref();
    let wanted = named.filter(|_| known).and_then(|permalink| {
        let own = reader.wanted_of.get(&permalink.kind).or(reader.wanted.as_ref());
        permalink.fill_pattern(own?)
    });
    let main = named.and_then(|permalink| match known {
        true => permalink.fill(reader.main.get(&permalink.kind)?),
        false => targeted(place.platform, &permalink.canonical),
    });
    Ok(PagePlan {
        platform: place.platform.id.clone(),
        post_selector: if known { reader.post.clone() } else { String::new() },
        // A post whose own element carries its address has links to it too, as a rule.
        permalink_selector: reader.permalink.clone().filter(|css| known && css != ":scope").unwrap_or_default(),
        permalink_attributes: reader.permalink_attr.clone(),
        wanted,
        main_selector: main.unwrap_or_default(),
        keep_attributes: reader.keep_attributes.clone(),
        keep_parameters: reader.keep_parameters.clone(),
        page_state: place.platform.witnesses.iter().filter(|_| known).filter_map(witness::kept).collect(),
        media_selector: reader.media.iter().map(|media| media.css.as_str()).collect::<Vec<_>>().join(", "),
    })
}

/// The message that the fragment of an unknown page's address names: not any element, and not a heading.
fn targeted(platform: &Platform, address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let id = url.fragment().filter(|_| platform.is_generic())?;
    Some(format!(r#":is({})[id="{id}"]"#, platform.reader.post))
}
