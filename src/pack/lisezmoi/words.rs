//! The document's French, where it is a word for a value.

use crate::{
    base::{Instant, Lang},
    capture::{Author, Missing},
    case::{Case, Decision, Entry, Observed, Observer, Outcome, Recourse, Role, Ruling, Step},
    law::{self, Ground, Limitation},
    platform,
    qualification::State,
    takedown::{self, Fate, Observation, Standing},
};

pub(super) fn platform(id: &str) -> String {
    match platform::by_id(id) {
        Some(known) if !known.is_generic() => known.name.clone(),
        _ => "un site web".to_owned(),
    }
}

/// As the page shows it, nothing added.
pub(super) fn author(author: &Author) -> String {
    let handle = author.handle.as_ref().map(|handle| format!("@{handle}"));
    match (&author.display_name, handle) {
        (Some(name), Some(handle)) => format!("{name} ({handle})"),
        (Some(name), None) => name.clone(),
        (None, Some(handle)) => handle,
        (None, None) => "non affiché".to_owned(),
    }
}

/// `24/11/2026 à 14:42:39 (UTC+01:00)`: Paris, short enough for a table.
pub(super) fn short(moment: Instant) -> String {
    moment.paris().replace("heure de Paris, ", "")
}

/// Both, on two lines.
pub(super) fn both(moment: Instant) -> String {
    format!("{}\n{} (UTC)", moment.paris(), moment.rfc3339())
}

pub(super) fn day((year, month, day): (i32, u32, u32)) -> String {
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let name = (month as usize).checked_sub(1).and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    let day = if day == 1 { "1er".to_owned() } else { day.to_string() };
    format!("{day} {name} {year}")
}

/// The first letter small, unless the word is written in capitals.
pub(super) fn lower(text: &str) -> String {
    let mut symbols = text.chars();
    match (symbols.next(), text.chars().nth(1)) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(symbols).collect(),
        _ => text.to_owned(),
    }
}

pub(super) fn decided(case: &Case) -> Option<(&str, Option<Ground>)> {
    match &case.qualified.as_ref()?.1.decision {
        Decision::Offence { offence, ground, .. } => Some((offence, *ground)),
        Decision::Lawful { .. } => None,
    }
}

pub(super) fn lawful(case: &Case) -> Option<Outcome> {
    match &case.qualified.as_ref()?.1.decision {
        Decision::Lawful { kind } => Some(*kind),
        Decision::Offence { .. } => None,
    }
}

pub(super) fn outcome(kind: Outcome) -> &'static str {
    match kind {
        Outcome::NothingManifest => "rien de manifestement illicite",
        Outcome::Opinion => "une opinion ou une critique",
        Outcome::CounterSpeech => "un contre-discours",
        Outcome::PlatformRules => "contraire aux seules règles de la plateforme",
        Outcome::Unknown => "« je ne sais pas »",
    }
}

pub(super) fn state(state: State) -> &'static str {
    match state {
        State::Strong => "indice fort",
        State::ToCheck => "à vérifier",
        State::None => "rien relevé",
    }
}

/// From the earliest publication that is known; none when none is, or when the decision is that there is no offence.
pub(super) fn limitation_of(case: &Case) -> Option<Limitation> {
    let id = match &case.qualified.as_ref()?.1.decision {
        Decision::Offence { offence, .. } => offence,
        Decision::Lawful { .. } => return None,
    };
    let published_at = case.captures.iter().filter_map(|(_, captured)| captured.published_at).min()?;
    Some(law::limitation(law::catalogue().offence(id), published_at))
}

pub(super) fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Online => "en ligne",
        Fate::OnlineLimited => "en ligne, avec un avertissement ou une limite",
        Fate::Edited => "en ligne, mais modifié",
        Fate::WithheldGeo => "bloqué en France, dit la page",
        Fate::DeletedByAuthor => "supprimé par son auteur, dit la page",
        Fate::RemovedByPlatform => "retiré par la plateforme, dit la page",
        Fate::RemovedByCommunityMod => "retiré par les modérateurs du groupe, dit la page",
        Fate::AccountSuspended => "compte suspendu, dit la page",
        Fate::AccountGone => "compte supprimé ou introuvable",
        Fate::Private => "réservé à certaines personnes",
        Fate::AgeWall => "caché derrière une vérification d’âge",
        Fate::LoginWall => "caché derrière une connexion",
        Fate::GoneCauseUnknown => "introuvable, sans explication",
        Fate::BlockedBot => "le site a refusé la demande automatique",
        Fate::RateLimited => "le site a demandé d’attendre",
        Fate::TempError => "erreur de la page",
        Fate::Unknown => "indéterminé",
    }
}

pub(super) fn observer(seen: &Observed) -> String {
    let who = match seen.by {
        Observer::Probe => "demande sans cookies",
        Observer::User => "la personne, dans la page",
    };
    let when = if seen.baseline { ", à la capture" } else { "" };
    let control = match seen.control {
        Some(true) => " ; une autre publication en ligne répondait",
        Some(false) => " ; la publication témoin ne répondait pas non plus",
        None => "",
    };
    format!("{who}{when}{control}")
}

/// What all looks together allow to say.
pub(super) fn standing(case: &Case) -> String {
    let looks: Vec<Observation> = case
        .observations
        .iter()
        .map(|(at, seen)| Observation {
            at: *at,
            baseline: seen.baseline,
            by_user: seen.by == Observer::User,
            fate: seen.sighting.countable(),
            control: seen.control,
        })
        .collect();
    let since = |last: Option<Instant>, first: Instant| match last {
        Some(last) => format!("entre le {} et le {}", short(last), short(first)),
        None => format!("avant le {}", short(first)),
    };
    match takedown::standing(&looks) {
        Standing::NotChecked => "non vérifié".to_owned(),
        Standing::ByHandOnly => "vérifiable à la main seulement".to_owned(),
        Standing::Unknown { last } => format!("indéterminé (dernier regard le {})", short(last)),
        Standing::Online { fate: seen, last_seen, returned } => {
            let again = if returned { ", revenu après une disparition" } else { "" };
            format!("{}{again} (vu le {})", fate(seen), short(last_seen))
        }
        Standing::Unconfirmed { fate: seen, last_online, first_gone, .. } => {
            format!("{}, non confirmé ; disparition {}", fate(seen), since(last_online, first_gone))
        }
        Standing::Gone { fate: seen, last_online, first_gone, confirmed, counts } => format!(
            "n’est plus accessible : {} ; disparition {}, confirmée le {} ; {}",
            fate(seen),
            since(last_online, first_gone),
            short(confirmed),
            if counts { "attribuable à la plateforme" } else { "non attribuable à la plateforme" }
        ),
    }
}

/// A line of the journal: what, and on what.
pub(super) fn step(step: &Step) -> (String, String) {
    let (what, detail) = match &step.entry {
        Some(Entry::Captured(captured)) => ("Publication capturée", captured.permalink.clone()),
        Some(Entry::Sealed(sealed)) => ("Capture scellée", sealed.manifest.to_string()),
        Some(Entry::Timestamped(timed)) => ("Heure certifiée", format!("{} : {}", timed.tsa, timed.gen_time)),
        Some(Entry::JournalTimestamped(timed)) => {
            ("Journal horodaté", format!("jusqu’à l’entrée {} – {} : {}", timed.seq, timed.tsa, timed.gen_time))
        }
        Some(Entry::TimestampFailed(failed)) => {
            ("Horodatage refusé", format!("{} : {}", failed.service, failed.message))
        }
        Some(Entry::Qualified(qualified)) => {
            let detail = match &qualified.decision {
                Decision::Offence { offence, .. } => law::catalogue()
                    .offence(offence)
                    .map_or(offence.clone(), |offence| offence.label(Lang::Fr).to_owned()),
                Decision::Lawful { kind } => outcome(*kind).to_owned(),
            };
            ("Décision de la personne", detail)
        }
        Some(Entry::Reported(sent)) => {
            ("Signalement déclaré envoyé", format!("{}{}", body(&sent.body), reference(sent.reference.as_deref())))
        }
        Some(Entry::NoticeSent(sent)) => (
            "Notification déclarée envoyée",
            format!("{}{}", channel(&sent.channel), reference(sent.reference.as_deref())),
        ),
        Some(Entry::Observed(seen)) => ("Regard sur la publication", fate(seen.fate()).to_owned()),
        Some(Entry::AddressKept(kept)) => ("Adresse notée, rien d’autre gardé", kept.permalink.clone()),
        Some(Entry::Acknowledged(received)) => (
            "Accusé de réception déclaré",
            format!("notification {}{}", received.notice, reference(received.reference.as_deref())),
        ),
        Some(Entry::Decided(decided)) => (
            "Décision de la plateforme, déclarée",
            format!(
                "notification {} : {}, le {}{}",
                decided.notice,
                ruling(decided.ruling),
                short(decided.decided_at),
                reference(decided.reference.as_deref())
            ),
        ),
        Some(Entry::Complained(sent)) => (
            "Recours déclaré envoyé",
            format!("{}, le {}{}", recourse(sent.recourse), short(sent.sent_at), reference(sent.reference.as_deref())),
        ),
        Some(Entry::PieceAdded(added)) => (
            "Pièce fournie, non observée par l’extension",
            format!("pièce {} de l’affaire, fournie par {}", added.piece, role(added.role)),
        ),
        Some(Entry::Filed(_)) => ("Rangement dans un dossier", String::new()),
        Some(Entry::Frozen(frozen)) => ("Liste du testing figée", frozen.list.to_string()),
        Some(Entry::Coded(_)) => ("Qualification par une seconde personne", String::new()),
        Some(Entry::Purged(purged)) => ("Contenu effacé", format!("{} fichiers", purged.files)),
        Some(Entry::Exported(exported)) => ("Dossier exporté", exported.pack.to_string()),
        None => ("Entrée effacée", step.kind.clone()),
    };
    (what.to_owned(), detail)
}

/// The name of a channel of notices.
pub(super) fn channel(id: &str) -> String {
    let known = platform::all().iter().flat_map(|platform| &platform.channels).find(|channel| channel.id == id);
    known.map_or(id.to_owned(), |channel| channel.name.clone())
}

/// The platform's word for a counter.
pub(super) fn counter(name: &str) -> &str {
    match name {
        "replies" => "réponses",
        "reposts" => "partages",
        "quotes" => "citations",
        "likes" => "mentions « j’aime »",
        "views" => "vues",
        "bookmarks" => "signets",
        "comments" => "commentaires",
        other => other,
    }
}

pub(super) fn ruling(ruling: Ruling) -> &'static str {
    match ruling {
        Ruling::Removed => "retiré",
        Ruling::Withheld => "bloqué en France",
        Ruling::Limited => "laissé en ligne, avec un avertissement ou une limite",
        Ruling::AccountSuspended => "compte suspendu",
        Ruling::Kept => "laissé en ligne",
        Ruling::Unclear => "le message ne dit pas ce qui a été fait",
    }
}

fn recourse(recourse: Recourse) -> &'static str {
    match recourse {
        Recourse::Internal => "réclamation interne à la plateforme",
        Recourse::OutOfCourt => "organe de règlement extrajudiciaire",
        Recourse::Arcom => "plainte à l’Arcom",
        Recourse::Prosecutor => "plainte au procureur de la République",
        Recourse::Police => "plainte à la police ou à la gendarmerie",
    }
}

pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Victim => "la personne visée",
        Role::Witness => "un témoin",
        Role::Association => "une association",
    }
}

pub(super) fn body(id: &str) -> String {
    if id == "pharos" { "PHAROS".to_owned() } else { id.to_owned() }
}

pub(super) fn reference(reference: Option<&str>) -> String {
    reference.map(|reference| format!(", référence {reference}")).unwrap_or_default()
}

pub(super) fn missing(missing: &Missing) -> String {
    let what = match missing.what.as_str() {
        "screenshot" => "la capture d’écran".to_owned(),
        "screenshot_stitch" => "l’image assemblée".to_owned(),
        "media" => "les images et vidéos".to_owned(),
        "text" => "le texte".to_owned(),
        other => match other.strip_prefix("media/") {
            Some(number) => format!("l’image ou la vidéo n° {number}"),
            None => format!("« {other} »"),
        },
    };
    let reason = match missing.reason.as_str() {
        "no_gesture" => "le navigateur demande un clic",
        "truncated" => "coupé par la page",
        "not_found" => "introuvable dans la page",
        "cancelled" => "capture interrompue à la demande de la personne",
        "interrupted" => "capture interrompue",
        "too_tall" => "publication plus haute que douze écrans",
        "too_large" => "trop volumineux",
        Missing::NOT_ASKED => "non demandé au site : les vérifications étaient désactivées",
        "not_cached" => "n’était plus dans la mémoire du navigateur",
        "network" => "le réseau n’a pas répondu",
        other => other,
    };
    format!("{what} : {reason}")
}

/// What a file of a piece is.
pub(super) fn file(path: &str) -> String {
    match path {
        "post.json" => "La publication, lue dans la page".to_owned(),
        "conditions.json" => "Les conditions de la capture".to_owned(),
        "capture.html" => "Le code de la page, sauf omissions énumérées".to_owned(),
        "screenshot/post.png" => "L’image de la publication, assemblée".to_owned(),
        _ if path.starts_with("screenshot/") => "Image de l’écran, telle quelle".to_owned(),
        _ if path.starts_with("media/") => "Image ou vidéo, telle que servie".to_owned(),
        _ => path.to_owned(),
    }
}

/// What the serialiser left out.
pub(super) fn omission(what: &str) -> String {
    match what {
        "script" => "programmes de la page".to_owned(),
        "form_value" => "contenu de champs de saisie".to_owned(),
        "comment" => "commentaires du code".to_owned(),
        other => match other.split_once(':') {
            Some(("attribute", name)) => format!("attribut « {name} »"),
            Some(("query", name)) => format!("paramètre d’adresse « {name} »"),
            _ => other.to_owned(),
        },
    }
}
