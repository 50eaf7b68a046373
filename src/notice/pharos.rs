use url::Url;

use super::{
    Competence, Elsewhere, Facts, Field, PharosReport,
    facts::{Passages, moment},
    quote::{quoted, shorten},
    template::Slot,
    words::{self, PharosWords},
};
use crate::{
    base::Lang,
    law::{CaptureRule, Code, Competent, Grounds, Offence, Publicity, catalogue},
};

/// Drafts the PHAROS report; no field where PHAROS is not competent, but where to go instead.
pub fn pharos(facts: &Facts<'_>) -> PharosReport {
    let words = words::pharos();
    let Some(offence) = catalogue().offence(facts.offence) else {
        return nothing(String::new(), &["not_qualified"]);
    };
    if facts.ground.is_some_and(|ground| !offence.takes_ground(ground)) {
        return nothing(String::new(), &["wrong_ground"]);
    }
    let (competent, reasons) = competence(facts, offence);
    if competent == Competence::No {
        let mut report = nothing(words.complaint.clone(), &reasons);
        if !offence.emergency.is_empty() {
            report.warnings.insert(0, "emergency_first".to_owned());
        }
        report.warnings.push("no_interruption".to_owned());
        report.elsewhere = elsewhere(facts, offence, competent);
        return report;
    }
    PharosReport {
        competent,
        address: words.address.clone(),
        fields: fields(facts, offence, words),
        warnings: warnings(facts, offence, &reasons),
        elsewhere: elsewhere(facts, offence, competent),
    }
}

/// Whether PHAROS takes it, with the warnings that say why not or why perhaps.
pub(super) fn competence(facts: &Facts<'_>, offence: &Offence) -> (Competence, Vec<&'static str>) {
    if offence.public == Publicity::Excluded || facts.public == Some(false) {
        return (Competence::No, vec!["private_content"]);
    }
    if offence.pharos.competent == Competent::No {
        let reason = match offence.code {
            Code::InjSimple | Code::DiffSimple => "individual_insult",
            _ => "complaint_route",
        };
        return (Competence::No, vec![reason]);
    }
    let mut doubts = vec![];
    if facts.public.is_none() {
        doubts.push("public_unknown");
    }
    if offence.pharos.competent == Competent::Unsure {
        match offence.code {
            // A group insulted in public is taken; a person may be sent to the police station.
            Code::Inj | Code::Diff => {
                let person = facts.addressed_to_person.or(facts.victim.filter(|victim| *victim));
                if person.unwrap_or(facts.post.in_reply_to.is_some()) {
                    doubts.push("determined_person");
                }
            }
            _ => doubts.push("complaint_advised"),
        }
    }
    let competent = if doubts.is_empty() { Competence::Yes } else { Competence::Unsure };
    (competent, doubts)
}

fn nothing(address: String, warnings: &[&str]) -> PharosReport {
    PharosReport {
        competent: Competence::No,
        address,
        fields: vec![],
        warnings: warnings.iter().map(|code| (*code).to_owned()).collect(),
        elsewhere: vec![],
    }
}

/// Who else helps, for this offence and ground: where to complain first when PHAROS does not take it.
fn elsewhere(facts: &Facts<'_>, offence: &Offence, competent: Competence) -> Vec<Elsewhere> {
    let child = offence.anonymous_notice;
    let fits = |body: &&words::Body| match body.when {
        words::When::NotPharos => competent == Competence::No,
        words::When::Always => !child || body.minors,
        words::When::Minors => child || offence.code == Code::Harc,
        words::When::Grounds => !child && facts.ground.is_some_and(|ground| body.grounds.contains(&ground)),
    };
    words::bodies().iter().filter(fits).map(|body| body.said.clone()).collect()
}

fn fields(facts: &Facts<'_>, offence: &Offence, words: &PharosWords) -> Vec<Field> {
    let published = match facts.published() {
        Some((instant, false)) => moment(instant, Lang::Fr),
        Some((instant, true)) => words.from_id.fill(&[(Slot::Published, &moment(instant, Lang::Fr))]),
        None => words.unknown_date.clone(),
    };
    let victim = match facts.victim {
        Some(true) => &words.yes,
        Some(false) => &words.no,
        None => &words.unanswered,
    };
    let host = Url::parse(&facts.post.permalink).ok().and_then(|url| url.host_str().map(str::to_owned));
    let place = words.place.of(&facts.post.platform).fill(&[(Slot::Host, host.as_deref().unwrap_or("–"))]);
    vec![
        Field::of("category", catalogue().pharos_category(offence).unwrap_or_default()),
        Field::of("victim", victim),
        Field::of("place", place),
        Field::of("url", facts.post.permalink.trim()),
        Field::of("published", published),
        Field::of("observed", moment(facts.seen_at, Lang::Fr)),
        Field::of("author", facts.author().unwrap_or_default()),
        Field { limit: Some(words.comment_limit), ..Field::of("comment", comment(facts, offence, words)) },
    ]
}

/// What was seen, then what the reporter thinks of it; the facts are never cut for the opinion.
fn comment(facts: &Facts<'_>, offence: &Offence, words: &PharosWords) -> String {
    let limit = usize::try_from(words.comment_limit).unwrap_or(usize::MAX);
    let account = facts.author_in_short().unwrap_or_else(|| words.unknown_account.clone());
    let opening = if facts.public == Some(true) { &words.facts_public } else { &words.facts };
    let mut before = opening.fill(&[(Slot::Account, &account)]);
    if let Some(answered) = facts.answered() {
        before.push(' ');
        before.push_str(&words.reply.fill(&[(Slot::Account, &answered)]));
    }
    let basis = catalogue().citation(offence, Lang::Fr);
    let basis = basis.as_deref().unwrap_or(&words.unsure_basis);
    let mut after = words.opinion.fill(&[(Slot::Offence, offence.label(Lang::Fr)), (Slot::Basis, basis)]);
    if let Some(ground) = facts.ground {
        after.push(' ');
        after.push_str(&words.ground.fill(&[(Slot::Because, ground.because(Lang::Fr))]));
    }
    let explanation = facts.explanation.trim();
    let own = words.explanation.fill(&[(Slot::Explanation, explanation)]);
    let reserved = if explanation.is_empty() { 0 } else { own.chars().take(150).count() };
    let frame = words.transcribed.fill(&[]).chars().count();
    let room = limit.saturating_sub(before.chars().count() + after.chars().count() + reserved + frame + 3);
    let said = if offence.capture == CaptureRule::Never {
        words.withheld.clone()
    } else {
        match facts.passages() {
            Passages::Verbatim(passages) => words.quote.fill(&[(Slot::Quote, &quoted(&passages, Lang::Fr, room))]),
            Passages::Transcribed(passages) => {
                words.transcribed.fill(&[(Slot::Quote, &quoted(&passages, Lang::Fr, room))])
            }
            Passages::Nothing => words.no_words.clone(),
        }
    };
    let mut comment = [before, said, after].join("\n");
    if !explanation.is_empty() {
        comment.push('\n');
        comment.push_str(&own);
    }
    shorten(&comment, limit)
}

fn warnings(facts: &Facts<'_>, offence: &Offence, reasons: &[&'static str]) -> Vec<String> {
    let mut codes = vec![];
    if !offence.emergency.is_empty() {
        codes.push("emergency_first");
    }
    codes.push("not_emergency");
    codes.extend(caution(offence));
    codes.extend_from_slice(reasons);
    if offence.grounds != Grounds::None && facts.ground.is_none() {
        codes.push("ground_missing");
    }
    codes.push(if offence.platform_at_once { "platform_at_once" } else { "pharos_before_platform" });
    if facts.victim == Some(true) {
        codes.push("victim_complaint");
    }
    codes.extend(["one_report", "not_complaint", "no_interruption", "false_accusation", "contact_details"]);
    codes.into_iter().map(str::to_owned).collect()
}

/// What must not be done with the content itself.
pub(super) fn caution(offence: &Offence) -> Option<&'static str> {
    match offence.capture {
        CaptureRule::Never => Some("never_copy"),
        CaptureRule::TextFirst => Some("no_republish"),
        CaptureRule::Normal => None,
    }
}

#[cfg(test)]
#[path = "../../tests/unit/notice/pharos.rs"]
mod tests;
