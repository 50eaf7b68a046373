use super::{App, Failure};
use crate::{
    base::{Instant, Lang},
    case::{Case, Decision},
    law::{self, Article, CaptureRule, Limitation, Offence, Safety},
    port::{Clock, Ports},
    protocol::{
        CardView, DeadlineView, EmergencyView, Facts, Ground, LawView, Lawful, NeighbourView, Outcome, QualifiedView,
        Reply, SafetyView, StatuteView, TalkView, Text,
    },
    qualification::{self, State, Suggestion},
};

impl<P: Ports> App<P> {
    pub(super) async fn suggest(&self, case: &str, facts: &Facts) -> Result<Reply, Failure> {
        let (case, _) = self.load(case).await?;
        let (outcome, asks) = self.heard(&case, facts).await?;
        Ok(Reply::Suggestion(Box::new(self.talk(&case, outcome, asks, facts))))
    }

    /// What the pages say of the law itself: its date, and what protects the person who reports.
    pub(super) fn law(&self) -> Reply {
        let catalogue = law::catalogue();
        Reply::Law(LawView {
            law_date: catalogue.law_date.clone(),
            verified_on: catalogue.verified_on.clone(),
            reviewed_by: catalogue.reviewed_by_jurist.clone(),
            safety: catalogue.safety.iter().map(safety_view).collect(),
        })
    }

    /// The outcome with all that the conversation shows of it.
    pub(super) fn talk(&self, case: &Case, outcome: Outcome, asks: &[&str], facts: &Facts) -> TalkView {
        let now = self.ports.clock().now();
        let published = published(case);
        let cards = outcome.suggestions.iter().filter_map(|one| card(one, facts, published, now)).collect();
        TalkView {
            cards,
            asks: asks.iter().map(|name| (*name).to_owned()).collect(),
            deadline: self.deadline(case, Some(&outcome), None),
            standing: text(|lang| law::catalogue().standing(lang)),
            outcome,
        }
    }

    /// The last safe day of the decided offence; while nobody has decided, that of the shortest plausible one. The period
    /// runs from the earliest publication that is known; without any, no day is given rather than a wrong one.
    pub(super) fn deadline(
        &self,
        case: &Case,
        outcome: Option<&Outcome>,
        qualified: Option<&QualifiedView>,
    ) -> Option<DeadlineView> {
        let published_at = published(case)?;
        let now = self.ports.clock().now();
        let catalogue = law::catalogue();
        match qualified.map(|qualified| &qualified.decision) {
            Some(Decision::Offence { offence, ground, .. }) => {
                let limit = law::limitation(catalogue.offence(offence), published_at);
                Some(deadline_view(offence, *ground, &limit, false, now))
            }
            // « Je ne sais pas » leaves the time running.
            Some(Decision::Lawful { kind }) if *kind != Lawful::Unknown => None,
            _ => {
                let outcome = outcome?;
                let first = outcome.suggestions.first()?;
                let mut plausible: Vec<&Offence> = vec![];
                for suggestion in &outcome.suggestions {
                    let Some(offence) = catalogue.offence(&suggestion.offence) else { continue };
                    plausible.push(offence);
                    if outcome.state != State::Strong {
                        plausible.extend(catalogue.neighbours(offence).map(|(near, _)| near));
                    }
                }
                let limit = law::limitation_among(plausible, published_at)?;
                Some(deadline_view(&first.offence, first.ground, &limit, true, now))
            }
        }
    }
}

/// The earliest publication that is known.
fn published(case: &Case) -> Option<Instant> {
    case.captures.iter().filter_map(|(_, captured)| captured.published_at).min()
}

fn card(suggestion: &Suggestion, facts: &Facts, published: Option<Instant>, now: Instant) -> Option<CardView> {
    let catalogue = law::catalogue();
    let offence = catalogue.offence(&suggestion.offence)?;
    let by_association = offence.who.iter().any(|who| who.starts_with("assoc_"));
    Some(CardView {
        offence: offence.id.clone(),
        elements: qualification::elements(offence, suggestion, facts),
        statutes: catalogue
            .statutes(offence)
            .map(|statute| StatuteView {
                article: article(&statute.of),
                words: statute.words.clone(),
                version: statute.version.clone(),
                confidence: statute.confidence,
            })
            .collect(),
        neighbours: catalogue
            .neighbours(offence)
            .map(|(near, question)| NeighbourView {
                label: text(|lang| near.label(lang).to_owned()),
                question: text(|lang| question.say(lang).to_owned()),
            })
            .collect(),
        doubts: catalogue.doubts(offence).map(|doubt| text(|lang| doubt.say(lang).to_owned())).collect(),
        who: catalogue.who(offence).map(|who| text(|lang| who.say(lang).to_owned())).collect(),
        associations: by_association.then(|| text(|lang| catalogue.associations.say(lang).to_owned())),
        penalty: text(|lang| offence.penalty(lang).to_owned()),
        emergencies: catalogue
            .emergencies(&offence.emergency)
            .map(|it| EmergencyView { number: it.number.clone(), who: text(|lang| it.label(lang).to_owned()) })
            .collect(),
        text_first: offence.capture == CaptureRule::TextFirst,
        deadline: published.map(|at| {
            let limit = law::limitation(Some(offence), at);
            deadline_view(&offence.id, suggestion.ground, &limit, false, now)
        }),
    })
}

fn deadline_view(
    offence: &str,
    ground: Option<Ground>,
    limit: &Limitation,
    undecided: bool,
    now: Instant,
) -> DeadlineView {
    let words = |pick: fn(&law::RegimeText, Lang) -> &str| {
        text(|lang| law::catalogue().regime(limit.regime).map_or_else(String::new, |it| pick(it, lang).to_owned()))
    };
    DeadlineView {
        offence: offence.to_owned(),
        ground,
        last_safe_day: day(limit.last_safe_day),
        period: limit.period.label(Lang::Fr),
        confidence: limit.confidence,
        period_en: limit.period.label(Lang::En),
        from: day(limit.from),
        days_left: limit.days_left(now),
        day_off: law::day_off(limit.last_safe_day).map(|off| text(|lang| off.label(lang).to_owned())),
        undecided,
        starts: words(law::RegimeText::start),
        interrupts: words(law::RegimeText::interrupts),
        does_not: words(law::RegimeText::does_not_interrupt),
    }
}

fn safety_view(rule: &Safety) -> SafetyView {
    SafetyView {
        id: rule.id.clone(),
        when: rule.when.clone(),
        rule: text(|lang| rule.say(lang).to_owned()),
        basis: (!rule.basis.is_empty()).then(|| text(|lang| law::catalogue().cite(&rule.basis, lang))),
        confidence: rule.confidence,
    }
}

/// Articles as a list of the catalogue shows them.
fn article(of: &Article) -> String {
    law::catalogue().cite(std::slice::from_ref(of), Lang::Fr)
}

fn text(say: impl Fn(Lang) -> String) -> Text {
    Text { fr: say(Lang::Fr), en: say(Lang::En) }
}

fn day((year, month, day): (i32, u32, u32)) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}
