//! The form of a platform's data file. `README.md` beside it explains the files to people who read no Rust; a test keeps both the same.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::IdTime;

/// A whole data file.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Data {
    /// Stem of the file.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Hosts whose pages belong to the platform: `x.com`, `*.x.com`, `nitter.*`. None for the platform of last resort.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Hosts of others that show the same posts under the same paths.
    #[serde(default)]
    pub mirrors: Vec<String>,
    /// First path segments that are never account names.
    #[serde(default)]
    pub reserved: Vec<String>,
    /// Query parameters that say nothing about what is shown; `utm_*` for a family.
    #[serde(default)]
    pub drop_params: Vec<String>,
    /// Whether old addresses hide the path behind `#!`.
    #[serde(default)]
    pub hashbang: bool,
    /// Whether anybody may run a site of this kind: its addresses are recognised on hosts that no file names.
    #[serde(default)]
    pub any_host: bool,
    /// Whether an id says which post only together with the account or the site that its address names.
    #[serde(default)]
    pub local_ids: bool,
    /// Addresses of another scheme (`at://…`), as regular expressions on the whole, and the web address that they stand for.
    #[serde(default)]
    pub aliases: Vec<AliasData>,
    /// Shapes of addresses, first match wins.
    #[serde(default)]
    pub forms: Vec<FormData>,
    /// What parameters of a post's address may name inside it, first match wins.
    #[serde(default)]
    pub overlays: Vec<OverlayData>,
    /// How an id tells its time.
    #[serde(default)]
    pub id_time: Option<IdTimeRule>,
    /// How to read a post from a page.
    pub reader: Reader,
    /// Accounts of a post beside the page, the nearest first.
    #[serde(default)]
    pub witnesses: Vec<WitnessTemplate>,
    /// Requests that tell a post's fate.
    #[serde(default)]
    pub probes: Vec<ProbeTemplate>,
    /// What answers mean.
    #[serde(default)]
    pub fate: FateData,
    /// Where to ask further when a post of this network is no longer shown.
    #[serde(default)]
    pub atproto: Option<Atproto>,
    /// Where notices go.
    #[serde(default)]
    pub channels: Vec<Channel>,
}

/// One shape of address.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct FormData {
    /// What it names: `post`, `comment`, `space`, …
    pub kind: String,
    /// Hosts that use this shape, as in the platform's `hosts`; all of them when empty.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Regular expression on the path.
    pub path: String,
    /// Regular expression on the fragment.
    #[serde(default)]
    pub fragment: Option<String>,
    /// Regular expressions on query parameters, all required; a named group, else the whole value under the parameter's name.
    #[serde(default)]
    pub query: BTreeMap<String, String>,
    /// Whether this is a post (or comment, video, …) that can be captured under its own id.
    #[serde(default = "yes")]
    pub post: bool,
    /// What it is, in French, when it is not a post: `un espace audio`.
    #[serde(default)]
    pub what: Option<String>,
    /// Template of the id, when no single group holds it.
    #[serde(default)]
    pub id: Option<String>,
    /// Template of the address to keep, over the named groups.
    #[serde(default)]
    pub canonical: String,
    /// Parameter that holds the real address.
    #[serde(default)]
    pub inner: Option<String>,
    /// Whether the id's time is the post's: not for a copy on another server.
    #[serde(default = "yes")]
    pub time: bool,
    /// Whether this shape is too common to be believed on a host that no file names.
    #[serde(default)]
    pub named_hosts: bool,
}

/// An address of another scheme.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct AliasData {
    /// Regular expression on the whole text.
    pub pattern: String,
    /// Template of the web address, over the named groups.
    pub url: String,
}

/// A comment (or the like) named by parameters of its post's address.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct OverlayData {
    /// What it names.
    pub kind: String,
    /// Kinds of posts that it may stand in; all when empty.
    #[serde(default)]
    pub of: Vec<String>,
    /// As in a form; one named group is the `id`. A value in base64 is matched as what it encodes.
    pub query: BTreeMap<String, String>,
    /// As in a form; `{canonical}` is the post's address, `{sep}` the `?` or `&` that its next parameter needs.
    pub canonical: String,
}

/// How an id tells its creation time: `(number >> shift)` units after the platform's own epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct IdTimeRule {
    /// How the id writes its number.
    #[serde(default)]
    pub digits: Digits,
    /// Bits below the time.
    pub shift: u32,
    /// What one unit of time is.
    #[serde(default)]
    pub unit: Unit,
    /// The platform's own epoch, in milliseconds.
    #[serde(default)]
    pub epoch_ms: i64,
    /// Smaller numbers were counted otherwise.
    #[serde(default)]
    pub min_id: u64,
    /// What that time is worth.
    pub meaning: IdTime,
}

/// How an id writes its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Digits {
    /// `0-9`.
    #[default]
    Decimal,
    /// `A-Za-z0-9-_`, most significant first (Instagram, Threads).
    Base64url,
    /// `2-7a-z`, most significant first (AT protocol).
    Base32sort,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Second.
    Second,
    /// Millisecond.
    #[default]
    Millisecond,
    /// Microsecond.
    Microsecond,
}

/// Where a field stands in the page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Pick {
    /// CSS selector, inside the post; `:scope` for the post's own element.
    pub css: String,
    /// Attribute that holds the value; the element's text when absent.
    #[serde(default)]
    pub attr: Option<String>,
    /// Regular expression that the value must match; its first group is the value.
    #[serde(default)]
    pub pattern: Option<String>,
    /// Take the last match instead of the first (a name that imitates a handle comes first).
    #[serde(default)]
    pub last: bool,
    /// Whether the value is a date in French without offset (`12 mai 2026 à 18:22:10`), in Paris time.
    #[serde(default)]
    pub french_date: bool,
}

/// Where pictures and videos stand.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MediaPick {
    /// CSS selector, inside the post. An element is taken once, by the first rule that finds it.
    pub css: String,
    /// Attribute that holds the address.
    pub attr: String,
    /// `image`, `poster`, `video` or `card`, the words of `temoin read`.
    pub kind: String,
}

/// Where counters stand.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CounterPick {
    /// CSS selector, inside the post; the last that holds numbers wins.
    pub css: String,
    /// Attribute that holds `102 replies, 99 reposts`; the element's text when absent.
    #[serde(default)]
    pub attr: Option<String>,
    /// Stable name → the page's words for it.
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
}

/// What white space in a text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whitespace {
    /// Runs collapse, as browsers do by default.
    #[default]
    Collapse,
    /// Kept, as under `white-space: pre-wrap`: the text holds its own line breaks.
    Keep,
}

/// How to read a post from a page of the platform.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Reader {
    /// Elements that are posts.
    pub post: String,
    /// Inside a post, the link that carries its own address (`:scope`: the post's own element).
    #[serde(default)]
    pub permalink: Option<String>,
    /// Attributes that may hold it, when it is not `href`.
    #[serde(default)]
    pub permalink_attr: Vec<String>,
    /// Regular expression on that attribute, when it holds ids and not an address; its named groups feed `permalink_url`.
    #[serde(default)]
    pub permalink_pattern: Option<String>,
    /// Template of the address.
    #[serde(default)]
    pub permalink_url: Option<String>,
    /// What that address (path and query) contains when the post is the one that the page is about: `/status/{id}`. A regular expression of JavaScript,
    /// followed by the end of a segment or of a parameter.
    #[serde(default)]
    pub wanted: Option<String>,
    /// The same for kinds of posts where it is another: `comment`.
    #[serde(default)]
    pub wanted_of: BTreeMap<String, String>,
    /// For kinds of posts that hold no link to themselves: CSS of the one that the page is about, over `{id}` and the like.
    #[serde(default)]
    pub main: BTreeMap<String, String>,
    /// Inside a post, the post that it quotes.
    #[serde(default)]
    pub quoted: Option<String>,
    /// Inside the quoted post, a link whose address names it.
    #[serde(default)]
    pub quoted_link: Option<String>,
    /// Inside a post, what belongs to others: answers that hang below it and are posts of their own, signatures.
    #[serde(default)]
    pub nested: Option<String>,
    /// The text, first that is found.
    #[serde(default)]
    pub text: Vec<String>,
    /// What white space means in it.
    #[serde(default)]
    pub whitespace: Whitespace,
    /// Present when the page shows only the beginning of the text.
    #[serde(default)]
    pub truncated: Option<String>,
    /// Name shown.
    #[serde(default)]
    pub display_name: Vec<Pick>,
    /// Account name; a leading `@` is taken off.
    #[serde(default)]
    pub handle: Vec<Pick>,
    /// Stable account id.
    #[serde(default)]
    pub account_id: Vec<Pick>,
    /// Publication time, ISO 8601 with offset.
    #[serde(default)]
    pub time: Vec<Pick>,
    /// Account that this post answers, as shown.
    #[serde(default)]
    pub reply_to: Vec<Pick>,
    /// Counters.
    #[serde(default)]
    pub counters: Option<CounterPick>,
    /// Pictures and videos.
    #[serde(default)]
    pub media: Vec<MediaPick>,
    /// Alternative texts that the site writes itself when the author wrote none.
    #[serde(default)]
    pub empty_alts: Vec<String>,
    /// Fields without which the page's layout must have changed: `author.handle`, `published_at`, `text`.
    #[serde(default)]
    pub expected: Vec<String>,
    /// The same for one kind of post, where it has more or less than the others.
    #[serde(default)]
    pub expected_of: BTreeMap<String, Vec<String>>,
    /// Attributes that these selectors need and that the serialiser would else leave out; `data-e2e*` for a family.
    #[serde(default)]
    pub keep_attributes: Vec<String>,
    /// Parameters that name a post, and whose value may look like a secret without being one.
    #[serde(default)]
    pub keep_parameters: Vec<String>,
}

/// Where a page keeps its data as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PageState {
    /// CSS selector of the script.
    pub css: String,
    /// What stands before the JSON in it: `ytInitialPlayerResponse = `.
    #[serde(default)]
    pub after: String,
}

/// A structured account of a post beside what the page shows: the page's own data, or an answer of an API. Addresses inside it are JSON pointers (RFC 6901), where the
/// segment `*` stands for every item of a list; of several, the first that gives something counts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WitnessTemplate {
    /// Stable name: `syndication`, `api`, …
    pub source: String,
    /// How far from the page it is.
    pub level: Level,
    /// Kinds of posts that it is for; all when empty.
    #[serde(default)]
    pub of: Vec<String>,
    /// Where the page keeps it, for what stands in the page.
    #[serde(default)]
    pub page: Option<PageState>,
    /// Its address, with the variables of a probe, for what can be asked for without an account.
    #[serde(default)]
    pub url: Option<String>,
    /// How sure it is that this works.
    pub doubt: Doubt,
    /// Where the object about the post may stand; the one with the post's id is read, no other.
    pub subject: Vec<String>,
    /// In the subject: the post's id.
    pub id: Vec<String>,
    /// Regular expression on that value; its first group is the id.
    #[serde(default)]
    pub id_pattern: Option<String>,
    /// In the subject: its fields, by the names of `temoin read` (`author.handle`, `text`, …); `text_html` where the text is markup. Times in ISO 8601 or Unix seconds.
    pub fields: BTreeMap<String, Vec<String>>,
    /// Regular expression on the account name; its first group is the name.
    #[serde(default)]
    pub handle_pattern: Option<String>,
    /// Whether the text writes `&amp;` for `&`.
    #[serde(default)]
    pub escaped: bool,
    /// In the subject: the first and the last character of the text that a page shows.
    #[serde(default)]
    pub shown_range: Option<String>,
    /// In the subject: parts of the text that a page does not show (links to its own pictures).
    #[serde(default)]
    pub not_shown: Vec<String>,
    /// In the subject: links that the text shortens and a page writes out.
    #[serde(default)]
    pub links: Vec<LinkPairs>,
}

/// Links that a text shortens.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LinkPairs {
    /// Each of them.
    pub list: String,
    /// In it: as in the text.
    pub short: String,
    /// In it: where it leads.
    pub long: String,
}

/// How far from the page a second witness is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// In the page: nothing is asked of the network.
    PageState,
    /// An answer of the site to its own page.
    SameOrigin,
    /// An answer of another host to the page.
    Cors,
    /// An answer to anybody, without cookies.
    PublicApi,
}

/// A request that tells a post's fate. Variables: `{canonical}`, `{canonical_encoded}`, `{host}`, `{id}`, `{handle}`, `{token}` (X's syndication).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ProbeTemplate {
    /// Kinds of posts that it is for; all when empty.
    #[serde(default)]
    pub of: Vec<String>,
    /// Address.
    pub url: String,
    /// `html` or `json`.
    pub kind: String,
    /// How sure it is that this works.
    pub doubt: Doubt,
}

/// Where a network of the AT protocol answers: what shows posts there, and what an author's own host keeps, are two things.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Atproto {
    /// What shows the posts: `https://public.api.bsky.app`.
    pub appview: String,
    /// Where account ids (`did:plc:…`) are looked up.
    pub directory: String,
    /// What a post is called in an author's repository.
    pub collection: String,
    /// Hosts of authors that the network itself runs: there a missing record may be its own doing.
    pub own_hosts: Vec<String>,
    /// Match patterns of the host permissions that the further questions need.
    pub origins: Vec<String>,
}

/// What answers mean.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct FateData {
    /// HTTP status → fate for pages, where it differs from the common rules.
    #[serde(default)]
    pub html_status: BTreeMap<String, String>,
    /// The same for API answers.
    #[serde(default)]
    pub json_status: BTreeMap<String, String>,
    /// Beginnings of final addresses (without scheme and `www.`) that are a wall.
    #[serde(default)]
    pub walls: Vec<Wall>,
    /// Elements that reveal a fate.
    #[serde(default)]
    pub marks: Vec<FateMark>,
    /// Sentences that reveal a fate.
    #[serde(default)]
    pub texts: Vec<FateText>,
    /// Where a page keeps its data as JSON: read like an API answer.
    #[serde(default)]
    pub state: Option<PageState>,
    /// What a page without that data is.
    #[serde(default)]
    pub stateless: Option<String>,
    /// Whether a page lists posts in the order of their ids without a gap: one between two others that is not there is gone.
    #[serde(default)]
    pub in_order: bool,
    /// How API answers are read.
    #[serde(default)]
    pub json: Option<JsonAnswer>,
}

/// A redirection that hides the post.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Wall {
    /// Regular expression on `host/path` of the final address.
    pub address: String,
    /// What it is.
    pub fate: String,
}

/// An element that reveals a fate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FateMark {
    /// CSS selector; with `{id}` it is about this very post, without it only a page that shows no post is looked at.
    pub css: String,
    /// What the title of the page must begin with.
    #[serde(default)]
    pub title: Option<String>,
    /// Fate that it proves.
    pub fate: String,
    /// How sure it is. What is not verified never counts as moderation.
    pub doubt: Doubt,
    /// A doubt to tell the reader, in French.
    #[serde(default)]
    pub note: Option<String>,
}

/// A sentence that reveals a fate.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FateText {
    /// Beginning of a text on the page or in the answer.
    pub text: String,
    /// Whether it may stand anywhere in such a text. Only together with a `status`: a quoted sentence proves nothing.
    #[serde(default)]
    pub within: bool,
    /// HTTP status that must come with it.
    #[serde(default)]
    pub status: Option<u16>,
    /// Fate that it proves.
    pub fate: String,
    /// How sure it is. What is not verified never counts as moderation.
    pub doubt: Doubt,
    /// Whether such a fate is an effect of moderation here: a country that the author's own choice excludes is not.
    #[serde(default = "yes")]
    pub counts: bool,
    /// A doubt to tell the reader, in French.
    #[serde(default)]
    pub note: Option<String>,
}

/// How API answers are read. Addresses are JSON pointers (RFC 6901); the segment `*` stands for every item of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct JsonAnswer {
    /// Where the object about the post may stand; the first with the id asked for is read, else the first present.
    pub subject: Vec<String>,
    /// An entry of a list, found by one of its values.
    #[serde(default)]
    pub entry: Option<JsonEntry>,
    /// In the subject: the post's id. Equal to the id asked for, it proves that the post is there.
    pub id: Vec<String>,
    /// Regular expression on that value; its first group is the id.
    #[serde(default)]
    pub id_pattern: Option<String>,
    /// In the subject: a sentence, looked up in `fate.texts`.
    #[serde(default)]
    pub text: Vec<String>,
    /// In the subject: ids of all versions; another last one means that the post was edited.
    #[serde(default)]
    pub versions: Vec<String>,
    /// Conditions on the subject, first match wins; they outrank the id.
    #[serde(default)]
    pub rules: Vec<JsonRule>,
}

/// Finds the object about the post in a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct JsonEntry {
    /// Key of the entry.
    pub key: String,
    /// Its value, over `{id}`.
    pub value: String,
    /// From the entry to the object.
    pub then: String,
}

/// A condition on an API answer, and what it proves.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct JsonRule {
    /// Pointers to look at; one suffices.
    pub at: Vec<String>,
    /// The value is one of these, or a list that holds one of these.
    pub any_of: Vec<String>,
    /// Further conditions, all required.
    #[serde(default)]
    pub and: Vec<JsonCondition>,
    /// Whether the post's id must be in the answer too.
    #[serde(default)]
    pub needs_id: bool,
    /// Fate that it proves.
    pub fate: String,
    /// How sure it is. What is not verified never counts as moderation.
    #[serde(default = "verified")]
    pub doubt: Doubt,
    /// A doubt to tell the reader, in French.
    #[serde(default)]
    pub note: Option<String>,
}

/// One more condition of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct JsonCondition {
    /// Pointers to look at; one suffices.
    pub at: Vec<String>,
    /// As in the rule.
    pub any_of: Vec<String>,
}

/// A place where notices go.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Channel {
    /// Stable id.
    pub id: String,
    /// Name for people, in French.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// Address of the form, when there is one.
    #[serde(default)]
    pub url: Option<String>,
    /// Parameters that fill the form; one whose variables are not known is left out.
    #[serde(default)]
    pub prefill: Vec<Param>,
    /// Whether an account is needed; none when not known.
    #[serde(default)]
    pub account: Option<bool>,
    /// Characters that the text may have, when known.
    #[serde(default)]
    pub text_limit: Option<u32>,
    /// Whether a notice without a name is taken; none when not known.
    #[serde(default)]
    pub anonymous: Option<bool>,
    /// Whether several posts may stand in one notice.
    #[serde(default)]
    pub several: bool,
    /// The form's own fields, in its order; the four elements of the law when empty.
    #[serde(default)]
    pub fields: Vec<FormField>,
    /// How sure all this is.
    pub doubt: Doubt,
    /// What to know before using it, in French.
    #[serde(default)]
    pub note: Option<String>,
}

/// One field of a notice form, as the form calls it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FormField {
    /// What goes there.
    pub fill: Fill,
    /// Its label in French.
    pub label: String,
    /// Its label in English.
    pub label_en: String,
    /// Characters that it may hold, when known.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// What a field of a notice form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fill {
    /// The country whose law applies.
    Country,
    /// In which capacity the notifier writes.
    Capacity,
    /// The category of illegal content.
    Category,
    /// The text of law.
    Law,
    /// The addresses alone, one a line.
    Urls,
    /// Addresses, ids, account, dates: all that finds the content.
    Location,
    /// The author's account.
    Account,
    /// The illegal words, quoted.
    Quote,
    /// Why it is illegal.
    Explanation,
    /// The notifier's name.
    Name,
    /// The notifier's address.
    Email,
    /// The statement of good faith.
    GoodFaith,
}

/// One prefilled parameter.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Param {
    /// Name.
    pub name: String,
    /// Template.
    pub value: String,
}

/// How sure a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Seen in the platform's own code, pages or texts.
    Verified,
    /// Told, not seen.
    Probable,
    /// Not known.
    Unknown,
}

fn yes() -> bool {
    true
}

fn verified() -> Doubt {
    Doubt::Verified
}
