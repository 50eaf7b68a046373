use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use regex_lite::Regex;
use sha2::{Digest, Sha256};
use url::{Host, Url};

use super::{
    Digits, IdTimeRule, Permalink, PermalinkError, Platform,
    registry::{self, Form, Overlay},
    template::fill,
};
use crate::base::gather;

/// No real address of a post comes near this.
const MAX_URL: usize = 16 * 1024;

/// Where a page belongs.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its platform, the generic one when no other knows the host.
    pub platform: &'static Platform,
    /// What the address names: one post, or (generic) the page; none for a timeline, a search, an account.
    pub permalink: Option<Permalink>,
    /// Whether the page is the platform's own and not a mirror's: only then its selectors apply.
    pub own: bool,
}

/// Understands the address of one post. On an unknown site, the address of the page stands for it (`kind: page`).
pub fn permalink(url: &str) -> Result<Permalink, PermalinkError> {
    let url = parse(url)?;
    match known(&url)? {
        Some(platform) => post(platform, &url),
        None => guest(&url).map_or_else(|| generic_page(&url), |(_, found)| Ok(found)),
    }
}

/// Says which platform a page belongs to, and which post its address names, if any.
pub fn place(url: &str) -> Result<Place, PermalinkError> {
    let url = parse(url)?;
    match known(&url)? {
        Some(platform) => Ok(Place {
            platform,
            permalink: post(platform, &url).ok(),
            own: url.host_str().is_some_and(|host| platform.owns(host.trim_end_matches('.'))),
        }),
        None => match guest(&url) {
            Some((platform, found)) => Ok(Place { platform, permalink: Some(found), own: true }),
            None => Ok(Place {
                platform: registry::generic().ok_or(PermalinkError::NotUrl)?,
                permalink: Some(generic_page(&url)?),
                own: true,
            }),
        },
    }
}

/// The address as that of a page, whatever the platform: what is kept when no reader of the platform understands the page.
///
/// The id is the first 16 hexadecimal digits of the SHA-256 of the canonical address, so that the same page always has the same one.
pub fn page(url: &str) -> Result<Permalink, PermalinkError> {
    generic_page(&parse(url)?)
}

fn parse(text: &str) -> Result<Url, PermalinkError> {
    let text = text.trim();
    check_length(text)?;
    let url = match Url::parse(alias(text).as_deref().unwrap_or(text)) {
        Ok(url) => url,
        // People paste `x.com/name/status/1`. Only the name of a known platform makes it an address.
        Err(url::ParseError::RelativeUrlWithoutBase) => Url::parse(&format!("https://{text}"))
            .ok()
            .filter(|url| url.host_str().and_then(registry::by_host).is_some())
            .ok_or(PermalinkError::NotUrl)?,
        Err(_) => return Err(PermalinkError::NotUrl),
    };
    check_length(url.as_str())?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(PermalinkError::NotWeb(url.scheme().chars().take(32).collect()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(PermalinkError::UserInfo);
    }
    match url.host() {
        Some(Host::Domain(name)) if name.trim_end_matches('.').is_empty() => Err(PermalinkError::NotUrl),
        Some(_) => Ok(url),
        None => Err(PermalinkError::NotUrl),
    }
}

/// An address grows as its letters are escaped: what is kept must be understood again.
fn check_length(address: &str) -> Result<(), PermalinkError> {
    if address.len() > MAX_URL { Err(PermalinkError::TooLong(address.chars().count())) } else { Ok(()) }
}

/// The web address behind `at://…` and its like.
fn alias(text: &str) -> Option<String> {
    let aliases = registry::all().iter().flat_map(|platform| &platform.aliases);
    aliases.filter_map(|(pattern, url)| fill(url, &named(pattern, text)?)).next()
}

/// A post of a kind of site that anybody may run, told by the shape of its address alone.
fn guest(url: &Url) -> Option<(&'static Platform, Permalink)> {
    let host = url.domain().map(|host| host.trim_end_matches('.'));
    let host = host.filter(|host| host.contains('.') && url.port().is_none())?;
    let platforms = registry::all().iter().filter(|platform| platform.any_host && !platform.shows(host));
    platforms.filter_map(|platform| Some((platform, post(platform, url).ok()?))).next()
}

fn known(url: &Url) -> Result<Option<&'static Platform>, PermalinkError> {
    let platform = url.host_str().and_then(registry::by_host);
    match (platform, url.port()) {
        (Some(_), Some(port)) => Err(PermalinkError::Port(port)),
        (platform, _) => Ok(platform),
    }
}

fn post(platform: &Platform, url: &Url) -> Result<Permalink, PermalinkError> {
    let hidden = url.fragment().and_then(|fragment| fragment.strip_prefix('!')).filter(|_| platform.hashbang);
    let path = match hidden {
        Some(hidden) => hidden.split(['?', '#']).next().unwrap_or_default(),
        None => url.path(),
    };
    let named_host = url.host_str().is_some_and(|host| platform.shows(host.trim_end_matches('.')));
    for form in platform.forms.iter().filter(|form| named_host || !form.named_hosts) {
        let Some(found) = form.matches(path, url) else { continue };
        let reserved = |handle: &String| platform.reserved.iter().any(|word| word.eq_ignore_ascii_case(handle));
        if found.get("handle").is_some_and(reserved) {
            continue;
        }
        if let Some(param) = &form.inner {
            // One step only: an address inside an address inside an address is a trick.
            let inner = value(url, param).and_then(|inner| url.join(&inner).ok());
            let inner = inner.filter(|inner| {
                inner.host_str().and_then(registry::by_host).is_some_and(|owner| owner.id == platform.id)
            });
            match inner.filter(|inner| value(inner, param).is_none()) {
                Some(inner) => return post(platform, &inner),
                None => continue,
            }
        }
        if !form.post {
            let what = form.what.clone().unwrap_or_else(|| "une page".to_owned());
            let id = found.get("id").or_else(|| found.get("handle")).cloned();
            return Err(PermalinkError::NotPost {
                platform_id: platform.id.clone(),
                platform: platform.name.clone(),
                what,
                kind: form.kind.clone(),
                id,
            });
        }
        let id = form.id.as_ref().map_or_else(|| found.get("id").cloned(), |template| fill(template, &found));
        let (Some(id), Some(canonical)) = (id, fill(&form.canonical, &found)) else { continue };
        // An id that does not fit the platform's integers is none of its ids.
        let too_large = |rule: &IdTimeRule| rule.digits == Digits::Decimal && rule.number(&id).is_none();
        if id.bytes().all(|byte| byte.is_ascii_digit()) && platform.id_time.as_ref().is_some_and(too_large) {
            continue;
        }
        let whole = Permalink {
            platform: platform.id.clone(),
            kind: form.kind.clone(),
            id,
            canonical,
            handle: found.get("handle").cloned(),
            created_at: None,
            created_at_meaning: None,
        };
        let mut named = platform.overlays.iter().find_map(|overlay| overlay.named(&whole, url)).unwrap_or(whole);
        check_length(&named.canonical)?;
        // What an overlay names has another kind of number, whose time nobody checked.
        let rule = platform.id_time.as_ref().filter(|_| form.time && named.kind == form.kind);
        let time = rule.and_then(|rule| rule.read(&named.id));
        named.created_at = time.map(|(at, _)| at);
        named.created_at_meaning = time.map(|(_, meaning)| meaning);
        return Ok(named);
    }
    Err(PermalinkError::NotPost {
        platform_id: platform.id.clone(),
        platform: platform.name.clone(),
        what: "une page".to_owned(),
        kind: "page".to_owned(),
        id: None,
    })
}

impl Form {
    fn matches(&self, path: &str, url: &Url) -> Option<BTreeMap<String, String>> {
        let host = url.host_str().unwrap_or_default().trim_end_matches('.');
        if !self.hosts.is_empty() && !self.hosts.iter().any(|pattern| registry::host_matches(pattern, host)) {
            return None;
        }
        let mut found = BTreeMap::new();
        found.insert("host".to_owned(), host.to_owned());
        found.extend(named(&self.path, path)?);
        if let Some(pattern) = &self.fragment {
            found.extend(named(pattern, url.fragment()?)?);
        }
        for (name, pattern) in &self.query {
            let value = value(url, name)?;
            let groups = named(pattern, &value)?;
            if pattern.capture_names().flatten().next().is_none() {
                found.insert(name.clone(), value);
            }
            found.extend(groups);
        }
        Some(found)
    }
}

impl Overlay {
    /// What stands inside a post, under the post's address with more parameters. Whose account it is, that address does not say.
    fn named(&self, post: &Permalink, url: &Url) -> Option<Permalink> {
        if !self.of.is_empty() && !self.of.contains(&post.kind) {
            return None;
        }
        let sep = if post.canonical.contains('?') { "&" } else { "?" };
        let mut found: BTreeMap<_, _> =
            gather([("canonical".to_owned(), post.canonical.clone()), ("sep".to_owned(), sep.to_owned())]);
        for (name, pattern) in &self.query {
            let value = value(url, name)?;
            found.extend(named(pattern, &value).or_else(|| named(pattern, &encoded(&value)?))?);
        }
        let canonical = fill(&self.canonical, &found)?;
        Some(Permalink { kind: self.kind.clone(), id: found.remove("id")?, canonical, handle: None, ..post.clone() })
    }
}

/// A pattern's named groups, if it matches.
pub(super) fn named(pattern: &Regex, text: &str) -> Option<BTreeMap<String, String>> {
    let captures = pattern.captures(text)?;
    let names = pattern.capture_names().flatten();
    Some(gather(names.filter_map(|name| Some((name.to_owned(), captures.name(name)?.as_str().to_owned())))))
}

/// The value of a parameter; `&amp;` from a page's source does not hide its name.
fn value(url: &Url, name: &str) -> Option<String> {
    let is = |key: &str| key.trim_start_matches("amp;") == name;
    url.query_pairs().find(|(key, value)| is(key) && !value.is_empty()).map(|(_, value)| value.into_owned())
}

/// What a value in base64 encodes, when that is text.
fn encoded(value: &str) -> Option<String> {
    String::from_utf8(STANDARD_NO_PAD.decode(value.trim_end_matches('=')).ok()?).ok()
}

fn generic_page(url: &Url) -> Result<Permalink, PermalinkError> {
    let generic = registry::generic().ok_or(PermalinkError::NotUrl)?;
    let mut canonical = url.clone();
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !generic.drop_params.iter().any(|pattern| param_matches(pattern, name)))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    if kept.len() != url.query_pairs().count() {
        // Rewritten only when something goes: encoding a query anew may change what the site understands.
        match kept.is_empty() {
            true => canonical.set_query(None),
            false => drop(canonical.query_pairs_mut().clear().extend_pairs(&kept)),
        }
    } else if url.query() == Some("") {
        canonical.set_query(None);
    }
    if !url.fragment().is_some_and(targets_element) {
        canonical.set_fragment(None);
    }
    check_length(canonical.as_str())?;
    let digest = Sha256::digest(canonical.as_str().as_bytes());
    Ok(Permalink {
        platform: generic.id.clone(),
        kind: "page".to_owned(),
        id: digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect(),
        canonical: canonical.into(),
        handle: None,
        created_at: None,
        created_at_meaning: None,
    })
}

/// `#comment-123` names an element; `#!/route`, `#:~:text=…` and `#a=b` do not.
fn targets_element(fragment: &str) -> bool {
    fragment.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && fragment.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
        && !fragment.eq_ignore_ascii_case("top")
}

fn param_matches(pattern: &str, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    match pattern.strip_suffix('*') {
        Some(front) => name.starts_with(front),
        None => name == pattern,
    }
}
