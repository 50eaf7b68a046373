use std::sync::LazyLock;

use regex_lite::Regex;
use url::Url;

use crate::platform;

/// What stands in the place of a secret, here and in `capture.js`.
const OMITTED: &str = "temoin-omis";

/// Names of parameters that let somebody act as the user. The same list as in `capture.js`, which cleans the addresses that
/// stand in the page; this one cleans the address of the tab, which is known before any page was read.
static SECRET_NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        "(?i)token|auth$|auth[^o]|session|sess(ion)?_?id|csrf|xsrf|nonce|secret|passw|passphrase|pwd|jwt|ticket|credential|\
         signature|api-?key|(^|[^a-z])(sid|key|sig|pass|code|access|hmac|otp|hash)([^a-z]|$)",
    )
    .ok()
});

/// The address without user name, password and secret-looking parameters; none when it is no web address.
pub fn without_secrets(address: &str) -> Option<String> {
    let mut url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    if !url.username().is_empty() || url.password().is_some() {
        // Both can only fail for addresses without a host.
        url.set_username("").ok()?;
        url.set_password(None).ok()?;
    }
    let place = platform::place(address).ok();
    let named = place.map(|place| place.platform.reader.keep_parameters.as_slice()).unwrap_or_default();
    let query = url.query().map(|text| clean_pairs(text, named));
    url.set_query(query.as_deref());
    let fragment = url.fragment().map(|text| if text.contains('=') { clean_pairs(text, &[]) } else { text.to_owned() });
    url.set_fragment(fragment.as_deref());
    Some(url.into())
}

/// `a=1&token=x` → `a=1&token=temoin-omis`; what is harmless stays as it was written, and so does what names a post.
fn clean_pairs(text: &str, naming: &[String]) -> String {
    let names_post = |name: &str| naming.iter().any(|other| other == name);
    let clean = |pair: &str| match pair.split_once('=') {
        Some((name, value)) if is_secret_name(name) || (looks_secret(value) && !names_post(name)) => {
            format!("{name}={OMITTED}")
        }
        None if looks_secret(pair) => OMITTED.to_owned(),
        _ => pair.to_owned(),
    };
    text.split('&').map(clean).collect::<Vec<_>>().join("&")
}

fn is_secret_name(name: &str) -> bool {
    // `accessToken` as `access-Token`.
    let mut words = String::with_capacity(name.len() + 4);
    let mut small = false;
    for letter in name.chars() {
        if small && letter.is_ascii_uppercase() {
            words.push('-');
        }
        small = letter.is_ascii_lowercase();
        words.push(letter);
    }
    // Without the list nothing is known to be harmless.
    SECRET_NAME.as_ref().is_none_or(|list| list.is_match(&words))
}

/// A JWT, 32 hexadecimal digits in a row, or 40 signs of base64url in which capitals, small letters and digits are mixed.
fn looks_secret(value: &str) -> bool {
    let hex = longest_run(value, |letter| letter.is_ascii_hexdigit());
    let base64 = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '+' | '-');
    let mixed = value.split(|letter| !base64(letter)).any(|run| {
        run.len() >= 40
            && run.contains(|letter: char| letter.is_ascii_lowercase())
            && run.contains(|letter: char| letter.is_ascii_uppercase())
            && run.contains(|letter: char| letter.is_ascii_digit())
    });
    hex >= 32 || mixed || (value.contains("eyJ") && value.contains('.'))
}

fn longest_run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.split(|letter| !belongs(letter)).map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
#[path = "../../tests/unit/capture/address.rs"]
mod tests;
