use std::collections::BTreeSet;

use regex_lite::Regex;
use scraper::{ElementRef, Selector};
use url::Url;

use super::{
    Author, Counter, Linked, Media, MediaKind, Missing, PageSnapshot, Post,
    linked_data::{self, Described},
    page::Page,
    page_state,
    scope::Scope,
    witness::{self, Witness},
};
use crate::{
    base::{Fault, Instant, gather},
    platform::{self, CounterPick, Permalink, PermalinkError, Place, Platform, Reader, Whitespace},
};

/// The mark that `capture.js` puts on the element that the person designated.
const DESIGNATED: &str = r#"[data-temoin-role="post"]"#;

/// Reads one post from a page, or from the document that `capture.js` wrote.
///
/// The platform's own reader speaks first; when it finds no post in what is known to hold one, the generic reader does, and the result says so.
pub fn read(html: &str, url: &str) -> Result<Post, ReadError> {
    Ok(read_with(html, url, None)?.0)
}

/// The same, and what a second account of the post says of it: the payload, if there is one, else the page's own data.
pub fn read_with(html: &str, url: &str, payload: Option<&str>) -> Result<(Post, Option<Witness>), ReadError> {
    let place = platform::place(url).map_err(ReadError::Url)?;
    let page = Page::parse(html)?;
    let Reading { mut post, permalink, shown, from_data } = read_page(&page, &place, url)?;
    if page.cut_short {
        post.missing.push(Missing::of("html", "cut_short"));
    }
    let shown = shown.as_ref().unwrap_or(&post);
    let witness = match payload {
        Some(payload) => Some(witness::of_payload(payload, shown, &permalink)),
        // What was read from the page's data cannot confirm itself.
        None if from_data => None,
        None => witness::of_page(&page, shown, &permalink).or_else(|| linked_data::witness(&page, shown)),
    };
    Ok((post, witness))
}

/// A post that was read, and what a witness is compared with.
struct Reading {
    post: Post,
    permalink: Permalink,
    /// The post as the page's elements alone show it, where the page's data completed it.
    shown: Option<Post>,
    /// Whether the page's data is all that was read.
    from_data: bool,
}

fn read_page(page: &Page, place: &Place, url: &str) -> Result<Reading, ReadError> {
    let base = base_of(url);
    let designated = Scope::new(page.html.root_element()).first(DESIGNATED);
    if !place.platform.is_generic() {
        let found = choose(page, place, designated, base.as_ref());
        if let Ok(Some(found)) = found {
            return post_of(found, place, url, base.as_ref());
        }
        if designated.is_none()
            && let Some(permalink) = &place.permalink
            && let Some(post) = page_state::post(page, place)
        {
            return Ok(Reading { post, permalink: permalink.clone(), shown: None, from_data: true });
        }
        found?;
    }
    let mut reading = generic(page, place, designated, url, base.as_ref())?;
    if !place.platform.is_generic() {
        reading.post.missing.push(Missing::layout_changed());
    }
    Ok(reading)
}

/// What relative links start from; people paste addresses without their scheme.
fn base_of(url: &str) -> Option<Url> {
    Url::parse(url).or_else(|_| Url::parse(&format!("https://{}", url.trim()))).ok()
}

impl PageSnapshot {
    /// Reads the post that this snapshot holds; what the snapshot lacks is in `missing` too.
    pub fn to_post(&self) -> Result<Post, ReadError> {
        let mut post = read(&self.html, &self.url)?;
        post.missing.extend(self.missing.iter().cloned());
        Ok(post)
    }
}

/// Why no post could be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// The page's address is unusable.
    #[error("adresse de la page : {0}")]
    Url(PermalinkError),
    /// Nothing to read.
    #[error("la page est vide")]
    Empty,
    /// More than [`super::MAX_HTML`] bytes.
    #[error("la page est trop lourde pour être lue ({} Mo)", .0 / 1_000_000)]
    TooLarge(usize),
    /// Bytes, not text.
    #[error("ce n’est pas du texte")]
    NotText,
    /// Text without any tag.
    #[error("ce texte n’est pas une page HTML")]
    NotHtml,
    /// Nested beyond [`super::MAX_DEPTH`].
    #[error("la page est imbriquée trop profondément pour être lue")]
    TooDeep,
    /// Built so that reading it never ends.
    #[error("la page est construite de façon anormale et ne peut pas être lue")]
    Hostile,
    /// No post on the page.
    #[error("aucun message n’a été trouvé sur cette page")]
    NoPost,
    /// Several posts, and nothing says which one is meant.
    #[error("la page contient plusieurs messages ({0}) et son adresse n’en désigne aucun")]
    SeveralPosts(usize),
}

impl Fault for ReadError {
    fn code(&self) -> &'static str {
        match self {
            Self::Url(error) => error.code(),
            Self::Empty => "empty",
            Self::TooLarge(_) => "too_large",
            Self::NotText => "not_text",
            Self::NotHtml => "not_html",
            Self::TooDeep => "too_deep",
            Self::Hostile => "hostile_page",
            Self::NoPost => "no_post",
            Self::SeveralPosts(_) => "several_posts",
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::Url(error) => error.hint(),
            Self::SeveralPosts(_) | Self::NoPost => {
                "Ouvrez le message seul, à sa propre adresse, ou désignez-le dans la page."
            }
            _ => "Enregistrez de nouveau la page, une fois le message affiché.",
        }
    }
}

struct Found<'a> {
    root: ElementRef<'a>,
    own: Option<Permalink>,
    missing: Vec<Missing>,
}

/// Which post of the page is meant: the designated one, else the one that the address names, else the only one.
fn choose<'a>(
    page: &'a Page,
    place: &Place,
    designated: Option<ElementRef<'a>>,
    base: Option<&Url>,
) -> Result<Option<Found<'a>>, ReadError> {
    let reader = &place.platform.reader;
    let Ok(selector) = Selector::parse(&reader.post) else { return Ok(None) };
    let found = |root| Found { root, own: own_permalink(root, place.platform, base), missing: vec![] };
    let posts = match designated {
        Some(element) if selector.matches(&element) => return Ok(Some(found(element))),
        Some(element) => posts_in(element, &selector, reader),
        None => posts_in(page.html.root_element(), &selector, reader),
    };
    let nested = nested(reader);
    let is_answer = |post: &ElementRef<'_>| nested.as_ref().is_some_and(|css| css.matches(post));
    let answers = posts.iter().filter(|post| is_answer(post)).count();
    let first = posts.iter().position(|post| !is_answer(post)).unwrap_or_default();
    let posts: Vec<_> = posts.into_iter().map(found).collect();
    let wanted = place.permalink.as_ref();
    let count = posts.len();
    let alone = count == 1 || (wanted.is_some() && count == answers + 1);
    let is_wanted = |own: &Permalink| wanted.is_some_and(|wanted| place.platform.same_post(own, wanted));
    let named = posts.iter().position(|post| post.own.as_ref().is_some_and(is_wanted));
    let mut posts = posts.into_iter();
    match (named, alone) {
        (Some(index), _) => Ok(posts.nth(index)),
        (None, _) if count == 0 => Ok(None),
        (None, true) => Ok(posts.nth(first).and_then(|mut only| {
            // A comment that the page does not show must not be given the words of the post above it.
            if only.own.is_none()
                && designated.is_none()
                && wanted.is_some_and(|wanted| place.platform.is_inside(wanted))
            {
                return None;
            }
            if wanted.is_some() && only.own.is_some() {
                only.missing.push(Missing::of("post", "url_names_another"));
            }
            Some(only)
        })),
        (None, false) => Err(ReadError::SeveralPosts(count)),
    }
}

/// What belongs to others inside a post.
fn nested(reader: &Reader) -> Option<Selector> {
    Selector::parse(reader.nested.as_deref()?).ok()
}

/// The own addresses of all posts on the page.
pub(super) fn permalinks(page: &Page, url: &str) -> Vec<Permalink> {
    let Ok(place) = platform::place(url) else { return vec![] };
    let Ok(selector) = Selector::parse(&place.platform.reader.post) else { return vec![] };
    let base = base_of(url);
    let posts = posts_in(page.html.root_element(), &selector, &place.platform.reader).into_iter();
    posts.filter_map(|post| own_permalink(post, place.platform, base.as_ref())).collect()
}

/// The posts of a page: those that stand in no other, and answers inside others.
fn posts_in<'a>(root: ElementRef<'a>, selector: &Selector, reader: &Reader) -> Vec<ElementRef<'a>> {
    let mut found = outermost(root, selector);
    if let Some(nested) = nested(reader) {
        let known: BTreeSet<_> = gather(found.iter().map(|element| element.id()));
        let answers = root.select(selector).filter(|element| nested.matches(element) && !known.contains(&element.id()));
        found.extend(answers);
    }
    found
}

/// Matching elements that do not stand in another match.
fn outermost<'a>(root: ElementRef<'a>, selector: &Selector) -> Vec<ElementRef<'a>> {
    let mut inside = BTreeSet::new();
    let mut found = vec![];
    for element in root.select(selector) {
        if !inside.contains(&element.id()) {
            inside.extend(element.descendants().map(|node| node.id()));
            found.push(element);
        }
    }
    found
}

fn own_permalink(root: ElementRef<'_>, platform: &Platform, base: Option<&Url>) -> Option<Permalink> {
    let reader = &platform.reader;
    let scope = Scope::new(root).without(&others(root, reader));
    let held = |link: ElementRef<'_>| match reader.permalink_attr.as_slice() {
        [] => link.attr("href").map(str::to_owned),
        names => names.iter().find_map(|name| link.attr(name)).map(str::to_owned),
    };
    let links = scope.all(reader.permalink.as_deref()?).into_iter();
    links.filter_map(|link| reader.address(&held(link)?)).find_map(|address| post_at(&address, platform, base))
}

fn link_to_post(link: ElementRef<'_>, platform: &Platform, base: Option<&Url>) -> Option<Permalink> {
    post_at(link.attr("href")?, platform, base)
}

fn post_at(address: &str, platform: &Platform, base: Option<&Url>) -> Option<Permalink> {
    let address = base?.join(address).ok()?;
    platform::permalink(address.as_str()).ok().filter(|permalink| permalink.platform == platform.id)
}

/// Posts inside a post: quoted or answering.
fn others<'a>(root: ElementRef<'a>, reader: &Reader) -> Vec<ElementRef<'a>> {
    let scope = Scope::new(root);
    [&reader.quoted, &reader.nested].into_iter().flatten().flat_map(|css| scope.all(css)).collect()
}

fn post_of(found: Found<'_>, place: &Place, url: &str, base: Option<&Url>) -> Result<Reading, ReadError> {
    let Found { root, own, mut missing } = found;
    let platform = place.platform;
    let permalink = match (own, &place.permalink) {
        (Some(own), _) => own,
        (None, Some(named)) => {
            missing.push(Missing::of("permalink", "not_in_page"));
            named.clone()
        }
        (None, None) => {
            missing.push(Missing::of("permalink", "not_found"));
            platform::page(url).map_err(ReadError::Url)?
        }
    };
    let mut post = fields(root, platform, permalink.clone(), base);
    missing.append(&mut post.missing);
    post.missing = missing;
    let lacking = note_expected(&mut post, &platform.reader, &permalink.kind);
    // On a mirror's page nothing is learnt of the platform's own layout.
    if place.own && lacking {
        post.missing.push(Missing::layout_changed());
    }
    Ok(Reading { post, permalink, shown: None, from_data: false })
}

/// Reads the fields of the post that `root` holds.
fn fields(root: ElementRef<'_>, platform: &Platform, permalink: Permalink, base: Option<&Url>) -> Post {
    let reader = &platform.reader;
    let quotes = reader.quoted.as_deref().map(|css| Scope::new(root).all(css)).unwrap_or_default();
    let scope = Scope::new(root).without(&others(root, reader));
    let mut missing = vec![];
    let text_at = reader.text.iter().find_map(|css| scope.first(css));
    if reader.truncated.as_deref().is_some_and(|css| scope.first(css).is_some()) {
        missing.push(Missing::of("text", "truncated"));
    }
    let quoted = quotes.first().map(|quote| linked(*quote, platform, base, &mut missing));
    let text = text_at.map(|element| scope.text(element, reader.whitespace));
    let media = media(&scope, reader, base);
    if text.as_ref().is_none_or(|text| text.trim().is_empty()) && media.is_empty() {
        missing.push(Missing::of("text", "not_found"));
    }
    let published_at = scope.pick(&reader.time).and_then(|time| moment(&time, &mut missing));
    let answered = scope
        .pick(&reader.reply_to)
        .map(|handle| Linked { author: Author { handle: Some(handle), ..Author::default() }, ..Linked::default() });
    Post {
        platform: permalink.platform.clone(),
        author: author(&scope, reader),
        text: text.unwrap_or_default(),
        lang: text_at.and_then(language),
        published_at,
        created_from_id: permalink.created_at,
        id: permalink.id,
        permalink: permalink.canonical,
        media,
        quoted,
        in_reply_to: answered,
        audience: None,
        counters: reader.counters.as_ref().map(|pick| counters(&scope, pick)).unwrap_or_default(),
        reader: platform.id.clone(),
        missing,
    }
}

fn linked(root: ElementRef<'_>, platform: &Platform, base: Option<&Url>, missing: &mut Vec<Missing>) -> Linked {
    let reader = &platform.reader;
    let scope = Scope::new(root);
    let link = reader.quoted_link.as_deref();
    let permalink = link.and_then(|css| scope.all(css).into_iter().find_map(|link| link_to_post(link, platform, base)));
    if reader.truncated.as_deref().is_some_and(|css| scope.first(css).is_some()) {
        missing.push(Missing::of("quoted.text", "truncated"));
    }
    Linked {
        author: author(&scope, reader),
        text: reader.text.iter().find_map(|css| scope.first(css)).map(|element| scope.text(element, reader.whitespace)),
        published_at: scope.pick(&reader.time).and_then(|time| moment(&time, &mut vec![])),
        id: permalink.as_ref().map(|permalink| permalink.id.clone()),
        permalink: permalink.map(|permalink| permalink.canonical),
    }
}

fn author(scope: &Scope<'_>, reader: &Reader) -> Author {
    Author {
        display_name: scope.pick(&reader.display_name),
        handle: scope.pick(&reader.handle).map(|handle| handle.trim_start_matches('@').to_owned()),
        account_id: scope.pick(&reader.account_id),
    }
}

fn language(element: ElementRef<'_>) -> Option<String> {
    let own = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap));
    own.filter_map(|element| element.attr("lang")).map(str::trim).find(|lang| !lang.is_empty()).map(str::to_owned)
}

fn media(scope: &Scope<'_>, reader: &Reader, base: Option<&Url>) -> Vec<Media> {
    let mut taken = BTreeSet::new();
    let mut found = vec![];
    for pick in &reader.media {
        let kind = match pick.kind.as_str() {
            "poster" => MediaKind::Poster,
            "video" => MediaKind::Video,
            "card" => MediaKind::Card,
            _ => MediaKind::Image,
        };
        for element in scope.all(&pick.css) {
            let address = element.attr(&pick.attr).and_then(|value| base?.join(value).ok());
            let Some(address) = address.filter(|url| matches!(url.scheme(), "http" | "https")) else { continue };
            let alt = element.attr("alt").map(str::trim).filter(|alt| !alt.is_empty());
            let alt = alt.filter(|alt| !reader.empty_alts.iter().any(|empty| empty == alt));
            if taken.insert(address.to_string()) {
                found.push(Media { kind, url: address.into(), alt: alt.map(str::to_owned) });
            }
        }
    }
    found
}

/// `102 replies, 99 reposts, 894 likes, Liked`: exact numbers only; `1.3K` is not one.
fn counters(scope: &Scope<'_>, pick: &CounterPick) -> Vec<Counter> {
    let Ok(part) = Regex::new(r"^([0-9]{1,3}(?:[,. \u{a0}\u{202f}][0-9]{3})+|[0-9]+)\s+(\D+)$") else { return vec![] };
    let read = |element: ElementRef<'_>| -> Vec<Counter> {
        let line = match &pick.attr {
            Some(name) => element.attr(name).unwrap_or_default().to_owned(),
            None => scope.text(element, Whitespace::Collapse),
        };
        line.split(", ")
            .filter_map(|piece| {
                let captures = part.captures(piece.trim())?;
                let value = captures.get(1)?.as_str().replace(|c: char| !c.is_ascii_digit(), "").parse().ok()?;
                let word = captures.get(2)?.as_str().trim().to_lowercase().replace('’', "'");
                let known = pick.words.iter().find(|(_, words)| words.contains(&word)).map(|(name, _)| name.clone());
                Some(Counter { name: known.unwrap_or(word), value })
            })
            .collect()
    };
    scope.all(&pick.css).into_iter().rev().map(read).find(|found| !found.is_empty()).unwrap_or_default()
}

/// A time without an offset is not a moment: it is said to be missing rather than guessed.
pub(super) fn moment(text: &str, missing: &mut Vec<Missing>) -> Option<Instant> {
    let text = text.trim();
    let at = Instant::parse(text).ok().or_else(|| {
        // `+0200` for `+02:00`, as WordPress and others write it.
        let (front, hours) = text.rsplit_once(['+', '-']).filter(|(_, offset)| offset.len() == 4)?;
        let sign = text.get(front.len()..front.len() + 1)?;
        Instant::parse(&format!("{front}{sign}{}:{}", hours.get(..2)?, hours.get(2..)?)).ok()
    });
    if at.is_none() {
        missing.push(Missing::of("published_at", "no_offset"));
    }
    at
}

/// Notes which fields that a post of this kind must have were not found, and says whether there are any: then the site has another
/// layout than its data file knows. A post may be a picture without a word.
pub(super) fn note_expected(post: &mut Post, reader: &Reader, kind: &str) -> bool {
    let mut lacking = false;
    for field in reader.expected_of.get(kind).unwrap_or(&reader.expected) {
        let found = match field.as_str() {
            "author.handle" => post.author.handle.is_some(),
            "author.display_name" => post.author.display_name.is_some(),
            "published_at" => post.published_at.is_some(),
            _ => !post.text.trim().is_empty() || !post.media.is_empty(),
        };
        let known = post.missing.iter().find(|missing| missing.what == *field);
        lacking |= !found && known.is_none_or(|missing| missing.reason == "not_found");
        if !found && known.is_none() {
            post.missing.push(Missing::of(field, "not_found"));
        }
    }
    lacking
}

/// The reader of last resort: structured data, common comment patterns, else the designated element's text.
fn generic(
    page: &Page,
    place: &Place,
    designated: Option<ElementRef<'_>>,
    url: &str,
    base: Option<&Url>,
) -> Result<Reading, ReadError> {
    let platform = platform::generic().ok_or(ReadError::NoPost)?;
    let described = linked_data::described(page);
    let permalink = match &place.permalink {
        Some(permalink) => permalink.clone(),
        None => platform::page(url).map_err(ReadError::Url)?,
    };
    let root = match designated {
        Some(element) => Some(element),
        // An unmarked page of a known platform in a layout that its reader does not know may be a login page: its text is nobody's post.
        None if !place.platform.is_generic() => None,
        None => likely(page, platform, base, &described)?,
    };
    let Some(root) = root else {
        return described_only(&described, place, permalink, platform, url);
    };
    let mut post = fields(root, platform, permalink.clone(), base);
    let scope = Scope::new(root).without(&others(root, &platform.reader));
    if post.text.trim().is_empty() {
        post.text = scope.root_text(Whitespace::Collapse);
        post.missing.retain(|missing| *missing != Missing::of("text", "not_found"));
        if post.text.is_empty() && post.media.is_empty() {
            post.missing.push(Missing::of("text", "not_found"));
        }
        post.lang = post.lang.or_else(|| language(root));
    }
    let shown = post.clone();
    if let Some(same) = described.iter().find(|other| describes(other, &post, url)) {
        complete(&mut post, same);
    }
    note_expected(&mut post, &platform.reader, &permalink.kind);
    Ok(Reading { post, permalink, shown: Some(shown), from_data: false })
}

/// The post of an unmarked page: what the fragment targets, else the only post, else the page's one main text.
fn likely<'a>(
    page: &'a Page,
    platform: &Platform,
    base: Option<&Url>,
    described: &[Described],
) -> Result<Option<ElementRef<'a>>, ReadError> {
    let whole = Scope::new(page.html.root_element());
    if let Some(id) = base.and_then(Url::fragment) {
        let targeted = page
            .html
            .root_element()
            .descendants()
            .filter_map(ElementRef::wrap)
            .find(|element| element.attr("id") == Some(id));
        if targeted.is_some() {
            return Ok(targeted);
        }
    }
    let Ok(selector) = Selector::parse(&platform.reader.post) else { return Ok(None) };
    let posts = outermost(page.html.root_element(), &selector);
    match posts.as_slice() {
        [only] => return Ok(Some(*only)),
        [] => {}
        several if described.is_empty() => {
            // A page's article stands beside its comments; without one, nothing says which post is meant.
            let article = whole.first("main article, article");
            return article.map(Some).ok_or(ReadError::SeveralPosts(several.len()));
        }
        _ => {}
    }
    if !described.is_empty() {
        return Ok(None);
    }
    Ok(whole.first("main article").or_else(|| whole.first("article")).or_else(|| whole.first("main, [role=\"main\"]")))
}

/// A page whose only witness is its JSON-LD.
fn described_only(
    described: &[Described],
    place: &Place,
    permalink: Permalink,
    platform: &Platform,
    url: &str,
) -> Result<Reading, ReadError> {
    let with_text: Vec<_> = described.iter().filter(|one| one.text.is_some()).collect();
    let chosen = with_text.iter().find(|one| same_page(one, url)).copied().or(match with_text.as_slice() {
        [only] if place.platform.is_generic() => Some(*only),
        _ => None,
    });
    let Some(chosen) = chosen else {
        return Err(match with_text.len() {
            0 | 1 => ReadError::NoPost,
            several => ReadError::SeveralPosts(several),
        });
    };
    let mut post = Post {
        platform: permalink.platform.clone(),
        id: permalink.id.clone(),
        permalink: permalink.canonical.clone(),
        author: Author::default(),
        text: String::new(),
        lang: None,
        published_at: None,
        created_from_id: permalink.created_at,
        media: vec![],
        quoted: None,
        in_reply_to: None,
        audience: None,
        counters: vec![],
        reader: platform.id.clone(),
        missing: vec![],
    };
    complete(&mut post, chosen);
    note_expected(&mut post, &platform.reader, &permalink.kind);
    Ok(Reading { post, permalink, shown: None, from_data: true })
}

fn complete(post: &mut Post, described: &Described) {
    if post.text.trim().is_empty() {
        post.text = described.text.clone().unwrap_or_default();
    }
    if post.author.display_name.is_none() {
        post.author.display_name.clone_from(&described.author);
    }
    if post.published_at.is_none() {
        post.published_at = described.published.as_deref().and_then(|time| moment(time, &mut post.missing));
        if post.published_at.is_some() {
            post.missing.retain(|missing| missing.what != "published_at");
        }
    }
}

/// Whether a JSON-LD object speaks about this very post: same address, or the same words.
fn describes(described: &Described, post: &Post, url: &str) -> bool {
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match &described.text {
        Some(text) => !text.is_empty() && squeeze(&post.text) == squeeze(text),
        None => same_page(described, url),
    }
}

pub(super) fn same_page(described: &Described, url: &str) -> bool {
    let canonical = |url: &str| platform::page(url).map(|page| page.canonical).ok();
    described.url.as_deref().and_then(canonical).is_some_and(|address| canonical(url) == Some(address))
}
