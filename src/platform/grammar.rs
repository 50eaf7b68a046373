use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use url::{Host, Url};

use super::{
    Permalink, PermalinkError, Platform,
    registry::{self, Form},
    template::fill,
};

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
        None => generic_page(&url),
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
        None => Ok(Place {
            platform: registry::generic().ok_or(PermalinkError::NotUrl)?,
            permalink: Some(generic_page(&url)?),
            own: true,
        }),
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
    let url = match Url::parse(text) {
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
    for form in &platform.forms {
        let Some(found) = form.matches(path, url) else { continue };
        let reserved = |handle: &String| platform.reserved.iter().any(|word| word.eq_ignore_ascii_case(handle));
        if found.get("handle").is_some_and(reserved) {
            continue;
        }
        if !form.post {
            let what = form.what.clone().unwrap_or_else(|| "une page".to_owned());
            return Err(PermalinkError::NotPost { platform: platform.name.clone(), what });
        }
        let (Some(id), Some(canonical)) = (found.get("id"), fill(&form.canonical, &found)) else { continue };
        check_length(&canonical)?;
        let time = match &platform.id_time {
            // An id that does not fit the platform's integers is none of its ids.
            Some(_) if id.bytes().all(|byte| byte.is_ascii_digit()) && id.parse::<u64>().is_err() => continue,
            Some(rule) => rule.read(id),
            None => None,
        };
        return Ok(Permalink {
            platform: platform.id.clone(),
            kind: form.kind.clone(),
            id: id.clone(),
            canonical,
            handle: found.get("handle").cloned(),
            created_at: time.map(|(at, _)| at),
            created_at_meaning: time.map(|(_, meaning)| meaning),
        });
    }
    Err(PermalinkError::NotPost { platform: platform.name.clone(), what: "une page".to_owned() })
}

impl Form {
    fn matches(&self, path: &str, url: &Url) -> Option<BTreeMap<String, String>> {
        let host = url.host_str().unwrap_or_default().trim_end_matches('.');
        if !self.hosts.is_empty() && !self.hosts.iter().any(|pattern| registry::host_matches(pattern, host)) {
            return None;
        }
        let mut found = BTreeMap::new();
        let on_path = self.path.captures(path)?;
        let names = self.path.capture_names().flatten();
        found.extend(names.filter_map(|name| Some((name.to_owned(), on_path.name(name)?.as_str().to_owned()))));
        for (name, pattern) in &self.query {
            let value = url.query_pairs().find(|(key, _)| key == name)?.1.into_owned();
            let captures = pattern.captures(&value)?;
            let mut named = pattern.capture_names().flatten().peekable();
            if named.peek().is_none() {
                found.insert(name.clone(), value.clone());
            }
            found.extend(named.filter_map(|name| Some((name.to_owned(), captures.name(name)?.as_str().to_owned()))));
        }
        Some(found)
    }
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
