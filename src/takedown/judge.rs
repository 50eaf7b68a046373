use regex_lite::Regex;
use url::Url;

use super::{Answer, BodyKind, Fate, Sighting, json, phrase};
use crate::{
    capture::Page,
    platform::{self, Doubt, FateMark, FateText, Permalink, Place, Wall},
};

/// Share of the captured text, in thousandths, that shows that it is still on the page.
const SAME_TEXT: u32 = 950;

/// Says what one answer shows. A fate needs a positive marker; whatever could be an error, a wall or a refusal is never a removal.
pub fn judge(answer: &Answer<'_>) -> Sighting {
    match platform::place(answer.url) {
        Ok(place) => {
            let verdict = verdict(answer, &place);
            // What was done to a post was not done to a comment below it.
            let inside = place.permalink.as_ref().is_some_and(|asked| place.platform.is_inside(asked));
            let verdict = if inside && verdict.counts { verdict.of_the_whole() } else { verdict };
            verdict.sighting(&place.platform.id)
        }
        Err(error) => Verdict::of(Fate::Unknown).note(&error.to_string()).sighting("generic"),
    }
}

fn verdict(answer: &Answer<'_>, place: &Place) -> Verdict {
    let Some(status) = answer.status else { return Verdict::of(Fate::TempError).note("Aucune réponse.") };
    let marker = format!("HTTP {status}");
    if let Some(wall) = wall(answer, place) {
        return wall;
    }
    // The error of an API may say why; it never says that the post is there.
    if answer.kind == BodyKind::Json
        && (400..500).contains(&status)
        && status != 429
        && let Some(rules) = &place.platform.fate.json
    {
        let told = json::verdict(answer.body, &place.platform.fate, rules, asked_id(place));
        if told.marker.is_some() && !told.fate.is_online() {
            return told;
        }
    }
    let by_status = match answer.kind {
        BodyKind::Html => &place.platform.fate.html_status,
        BodyKind::Json => &place.platform.fate.json_status,
    };
    match status {
        429 => return Verdict::of(Fate::RateLimited).marker(marker),
        451 => {
            return Verdict::of(Fate::WithheldGeo).marker(marker).note(
                "451 : indisponible pour une raison légale. La réponse ne dit ni qui l’a demandé, ni dans quels pays.",
            );
        }
        401 | 407 => return Verdict::of(Fate::LoginWall).marker(marker),
        403 => return Verdict::of(Fate::BlockedBot).marker(marker).excerpt(answer.body),
        500.. if !by_status.contains_key(&status.to_string()) => return Verdict::of(Fate::TempError).marker(marker),
        _ => {}
    }
    if let Some(fate) = by_status.get(&status.to_string()) {
        // The sentence of the page says more than its status, when there is one.
        let told = (answer.kind == BodyKind::Html && !place.platform.is_generic()).then(|| by_page(answer, place));
        return match told {
            Some(told) if told.fate.is_gone() || told.fate.is_online() => told,
            _ => Verdict::word(fate).marker(marker).excerpt(answer.body),
        };
    }
    if !(200..300).contains(&status) {
        return Verdict::of(Fate::Unknown).marker(marker).note("Cette réponse ne dit rien du message.");
    }
    if answer.body.trim().is_empty() {
        return Verdict::of(Fate::TempError).note("Réponse vide.");
    }
    match (answer.kind, &place.platform.fate.json) {
        (BodyKind::Json, Some(rules)) => json::verdict(answer.body, &place.platform.fate, rules, asked_id(place)),
        (BodyKind::Json, None) => Verdict::of(Fate::Unknown).note("Aucune règle ne dit comment lire cette réponse."),
        (BodyKind::Html, _) if place.platform.is_generic() => by_text(answer, place),
        (BodyKind::Html, _) => by_page(answer, place),
    }
}

fn asked_id(place: &Place) -> Option<&str> {
    place.permalink.as_ref().map(|permalink| permalink.id.as_str())
}

/// A redirection to a login, a consent or a home page hides the post; it does not say that the post is gone.
fn wall(answer: &Answer<'_>, place: &Place) -> Option<Verdict> {
    let final_url = Url::parse(answer.final_url?).ok()?;
    let at = address(&final_url)?;
    if Url::parse(answer.url).ok().and_then(|asked| address(&asked)) == Some(at.clone()) {
        return None;
    }
    let common = platform::generic().map(|generic| generic.fate.walls.as_slice()).unwrap_or_default();
    let hit = |wall: &&Wall| Regex::new(&wall.address).is_ok_and(|pattern| pattern.is_match(&at));
    let wall = place.platform.fate.walls.iter().chain(common).find(hit)?;
    Some(Verdict::word(&wall.fate).marker(final_url.as_str().chars().take(300).collect()))
}

/// `host/path`, without `www.`.
fn address(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(format!("{}{}", host.strip_prefix("www.").unwrap_or(host), url.path()))
}

/// A known platform's page: the post itself proves that it is there, the platform's own sentence why it is not.
fn by_page(answer: &Answer<'_>, place: &Place) -> Verdict {
    let page = match Page::parse(answer.body) {
        Ok(page) => page,
        Err(error) => return Verdict::of(Fate::TempError).note(&error.to_string()),
    };
    let Some(asked) = &place.permalink else {
        return Verdict::of(Fate::Unknown).note("L’adresse ne désigne pas un message.");
    };
    let same = |found: &Permalink| place.platform.same_post(found, asked);
    let posts = page.posts(answer.url);
    if posts.iter().any(same) {
        return Verdict::of(Fate::Online).marker(format!("id {}", asked.id));
    }
    let fate = &place.platform.fate;
    let state = fate.state.as_ref().and_then(|state| page.state(state));
    if let (Some(root), Some(rules)) = (&state, &fate.json) {
        let told = json::shows(root, fate, rules, Some(&asked.id));
        if told.marker.is_some() {
            return told;
        }
    }
    let answered = answer.final_url.and_then(|url| platform::place(url).ok());
    if answered.is_some_and(|answered| !answered.permalink.as_ref().is_some_and(same)) {
        return Verdict::of(Fate::Unknown).note("Le site a renvoyé vers une autre page.");
    }
    let title = page.title().unwrap_or_default();
    let marks = |mark: &&FateMark| {
        (posts.is_empty() || mark.css.contains("{id}"))
            && mark.title.as_ref().is_none_or(|front| title.starts_with(front))
            && page.has(&mark.css.replace("{id}", &asked.id))
    };
    if let Some(mark) = fate.marks.iter().find(marks) {
        let shown = phrase::Shown::new(page.pieces(&[]));
        let told = fate
            .texts
            .iter()
            .find(|known| known.within && known.status == answer.status && shown.holds(&known.text).is_some());
        return match told {
            Some(known) => Verdict::said(known).excerpt(&shown.around(0)),
            None => Verdict::told(&mark.fate, mark.doubt, true, mark.note.as_deref()).marker(mark.css.clone()),
        };
    }
    if fate.in_order && missing_between(asked, &posts) {
        return Verdict::of(Fate::GoneCauseUnknown)
            .marker(format!("id {} absent entre ses voisins", asked.id))
            .note("Le canal montre les messages d’avant et d’après, pas celui-ci : supprimé, ou jamais publié.");
    }
    // What people write is not what the platform says.
    let reader = &place.platform.reader;
    let written: Vec<&str> = reader
        .text
        .iter()
        .map(String::as_str)
        .chain(reader.display_name.iter().map(|pick| pick.css.as_str()))
        .collect();
    let shown = phrase::Shown::new(page.pieces(&written));
    let common = platform::generic().map(|generic| generic.fate.texts.as_slice()).unwrap_or_default();
    let texts = fate.texts.iter().chain(common);
    let fits = |known: &&FateText| !known.within && (known.status.is_none() || known.status == answer.status);
    let told = texts.filter(fits).filter_map(|known| Some((known, shown.begins(&known.text)?))).next();
    match told {
        Some(_) if !posts.is_empty() => Verdict::of(Fate::Unknown).note(
            "La page montre d’autres messages : la phrase peut parler d’un autre que celui-ci. À vérifier à la main.",
        ),
        Some((known, at)) => Verdict::said(known).excerpt(&shown.around(at)),
        None => match fate.stateless.as_ref().filter(|_| state.is_none() && posts.is_empty()) {
            Some(word) => Verdict::word(word).note("La page ne contient pas les données que le site y met toujours."),
            None => Verdict::of(Fate::Unknown)
                .note("Rien sur la page ne montre le message, ni ne dit pourquoi il n’y est pas."),
        },
    }
}

/// Whether the page shows posts of the same place with a lower and a higher number.
fn missing_between(asked: &Permalink, posts: &[Permalink]) -> bool {
    let Ok(number) = asked.id.parse::<u64>() else { return false };
    let place = |permalink: &Permalink| permalink.handle.as_ref().map(|handle| handle.to_ascii_lowercase());
    let same_place = |post: &&Permalink| place(post) == place(asked) && post.kind == asked.kind;
    let (mut before, mut after) = (false, false);
    for post in posts.iter().filter(same_place) {
        match post.id.parse::<u64>() {
            Ok(other) => {
                before |= other < number;
                after |= other > number;
            }
            Err(_) => return false,
        }
    }
    before && after
}

/// Any other page: only the captured text can show that the post is there.
fn by_text(answer: &Answer<'_>, place: &Place) -> Verdict {
    let page = match Page::parse(answer.body) {
        Ok(page) => page,
        Err(error) => return Verdict::of(Fate::TempError).note(&error.to_string()),
    };
    let title = page.title();
    let shown = phrase::Shown::new(page.pieces(&[]).into_iter().chain(title.as_deref()));
    let Some(wanted) = answer.text.filter(|text| !text.trim().is_empty()) else {
        return Verdict::of(Fate::Unknown).note("Sans le texte capturé, la page seule ne dit rien.");
    };
    if shown.share(wanted) >= SAME_TEXT {
        return Verdict::of(Fate::Online).marker("texte retrouvé".to_owned()).excerpt(wanted);
    }
    if let Some((known, at)) =
        place.platform.fate.texts.iter().filter_map(|known| Some((known, shown.begins(&known.text)?))).next()
    {
        return Verdict::said(known).excerpt(&shown.around(at));
    }
    let asked = Url::parse(answer.url).ok().and_then(|url| address(&url));
    let answered = answer.final_url.and_then(|url| Url::parse(url).ok()).and_then(|url| address(&url));
    if answered.is_some() && answered != asked {
        return Verdict::of(Fate::Unknown).note("Le site a renvoyé vers une autre page.");
    }
    Verdict::of(Fate::GoneCauseUnknown)
        .marker("texte absent".to_owned())
        .note("La page répond, mais le texte capturé n’y est plus : supprimé, déplacé ou modifié.")
}

/// A sighting in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    fate: Fate,
    counts: bool,
    marker: Option<String>,
    excerpt: Option<String>,
    note: Option<String>,
}

impl Verdict {
    pub fn of(fate: Fate) -> Self {
        Self { fate, counts: fate.would_count(), marker: None, excerpt: None, note: None }
    }

    /// What a rule of the data says. Moderation that was only told of, never seen, is a disappearance of unknown cause.
    pub fn told(word: &str, doubt: Doubt, counts: bool, note: Option<&str>) -> Self {
        let mut verdict = Self::word(word);
        if verdict.fate.would_count() && doubt != Doubt::Verified {
            verdict = Self::of(Fate::GoneCauseUnknown).note(
                "Ce signe passe pour celui d’une modération, mais cela n’a pas été vérifié : à constater à la main.",
            );
        }
        verdict.counts &= counts;
        match note {
            Some(note) => verdict.note(note),
            None => verdict,
        }
    }

    /// What a sentence of the data says.
    pub fn said(known: &FateText) -> Self {
        Self::told(&known.fate, known.doubt, known.counts, known.note.as_deref()).marker(known.text.clone())
    }

    /// From the word of a data file; the test of this module reads them all.
    pub fn word(word: &str) -> Self {
        Self::of(Fate::parse(word).unwrap_or(Fate::Unknown))
    }

    pub fn marker(mut self, marker: String) -> Self {
        self.marker = Some(marker);
        self
    }

    pub fn excerpt(mut self, text: &str) -> Self {
        let text = phrase::excerpt(text.trim());
        self.excerpt = (!text.is_empty()).then_some(text);
        self
    }

    pub fn note(mut self, note: &str) -> Self {
        self.note = Some(note.to_owned());
        self
    }

    fn of_the_whole(self) -> Self {
        let note = "Ce signe parle du message qui contient ce commentaire, pas du commentaire lui-même.";
        Self { fate: Fate::GoneCauseUnknown, counts: false, note: Some(note.to_owned()), ..self }
    }

    fn sighting(self, platform: &str) -> Sighting {
        Sighting {
            platform: platform.to_owned(),
            fate: self.fate,
            would_count: self.counts,
            marker: self.marker,
            excerpt: self.excerpt,
            note: self.note,
        }
    }
}
