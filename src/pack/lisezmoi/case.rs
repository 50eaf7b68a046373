//! What concerns a case: its qualification in law, what was sent, what became of the post, its journal.

use serde::Deserialize;

use super::{JOURNAL, Writer, words};
use crate::{
    base::{Lang, from_json},
    case::{Case, Decision, Entry, Qualified, Step},
    law::{self, Confidence, Ground, Offence},
    paper::{Block, Ink, Text},
    qualification::Outcome,
};

/// What a decision rested on, as the application keeps it.
#[derive(Deserialize)]
struct Details {
    outcome: Outcome,
}

impl Writer<'_> {
    pub(super) fn deadline(&mut self, case: &Case) {
        let Some(limitation) = words::limitation_of(case) else { return };
        let unsure = match limitation.confidence {
            Confidence::Sure => "",
            _ => " Ce délai est à vérifier par votre avocat ; le plus court plausible est retenu.",
        };
        self.document.push(Block::Callout {
            alert: true,
            title: format!("Dernier jour sûr pour agir : {}", words::day(limitation.last_safe_day)),
            text: format!(
                "Prescription de {} comptée de la première publication connue, le {} (jour de Paris).{unsure}",
                limitation.period.label(Lang::Fr),
                words::day(limitation.from)
            )
            .into(),
        });
    }

    pub(super) fn case(&mut self, case: &Case) {
        self.qualification(case);
        self.sent(case);
        self.looks(case);
        self.journal(case);
    }

    pub(super) fn qualification(&mut self, case: &Case) {
        self.heading("Qualification proposée");
        let Some((at, qualified)) = &case.qualified else {
            return self.document.text("La personne n’a pas encore dit ce que la publication peut être.");
        };
        match &qualified.decision {
            Decision::Offence { offence, ground, words: quoted, explanation } => {
                match law::catalogue().offence(offence) {
                    Some(known) => self.offence(known, *ground),
                    None => self.document.text(format!("Infraction « {offence} », inconnue de cette version.")),
                }
                let quoted: Vec<String> = quoted.iter().map(|words| format!("« {words} »")).collect();
                if !quoted.is_empty() {
                    self.minor("Mots retenus par la personne");
                    self.document.text(quoted.join(" ; "));
                }
                if !explanation.trim().is_empty() {
                    self.minor("Son explication");
                    self.document.push(Block::Quote(explanation.clone()));
                }
            }
            Decision::Lawful { kind } => {
                self.document.text(
                    Text::from("Conclusion de la personne : ").then(Text::from(words::outcome(*kind)).bold()).then("."),
                );
            }
        }
        self.document.small(format!("Décision du {}.", words::short(*at)));
        self.suggestion(qualified);
        self.document.push(Block::Small(Text::from(law::catalogue().standing(Lang::Fr)).bold().then(
            " « Susceptible de constituer » : ni la personne ni le logiciel ne jugent. Seuls les articles relus dans leur texte sont cités.",
        )));
    }

    /// The law, as far as it was read.
    fn offence(&mut self, offence: &Offence, ground: Option<Ground>) {
        let catalogue = law::catalogue();
        self.document.push(Block::Paragraph(
            Text::from("Susceptible de constituer : ").then(Text::from(offence.label(Lang::Fr)).bold()).then("."),
        ));
        let mut fields: Vec<(&str, Text)> = vec![];
        fields.push((
            "Texte",
            match catalogue.citation(offence, Lang::Fr) {
                Some(citation) => citation.into(),
                None => Text::from("à vérifier par votre avocat").ink(Ink::Alert),
            },
        ));
        if let Some(ground) = ground {
            fields.push(("Critère", ground.label(Lang::Fr).into()));
            fields.push(("Mots de la loi", format!("« {} »", ground.statute_words()).into()));
        }
        let checked = |text: &str, sure: bool| {
            let text = Text::from(text);
            if sure { text } else { text.then(Text::from(" (à vérifier par votre avocat)").ink(Ink::Faint)) }
        };
        let sure = |confidence: Confidence| confidence == Confidence::Sure;
        fields.push(("Peine encourue", checked(offence.penalty(Lang::Fr), sure(offence.penalty_confidence))));
        let who: Vec<&str> = catalogue.who(offence).map(|who| who.say(Lang::Fr)).collect();
        if !who.is_empty() {
            fields.push(("Qui peut agir", checked(&who.join(" ; "), sure(offence.who_confidence))));
        }
        self.document.push(Block::fields(fields));
        self.minor("Éléments que le juge doit trouver");
        self.document.push(Block::bullets(offence.elements(Lang::Fr).iter().map(String::as_str)));
        self.prescription(offence);
        let near: Vec<Text> = catalogue
            .neighbours(offence)
            .map(|(near, question)| {
                Text::from(near.label(Lang::Fr)).bold().then(format!(" – {}", question.say(Lang::Fr)))
            })
            .collect();
        if !near.is_empty() {
            self.minor("Infractions voisines, et la question qui les distingue");
            self.document.push(Block::bullets(near));
        }
        let doubts: Vec<&str> = catalogue.doubts(offence).map(|doubt| doubt.say(Lang::Fr)).collect();
        if !doubts.is_empty() {
            self.minor("Points douteux");
            self.document.push(Block::bullets(doubts));
        }
    }

    fn prescription(&mut self, offence: &Offence) {
        let Some(regime) = law::catalogue().regime(offence.limitation.regime) else { return };
        self.minor("Prescription");
        self.document.push(Block::fields([
            ("Délai retenu", Text::from(offence.limitation.shortest.label(Lang::Fr)).bold()),
            ("Part de", regime.start(Lang::Fr).into()),
            ("L’interrompt", regime.interrupts(Lang::Fr).into()),
            ("Ne l’interrompt pas", regime.does_not_interrupt(Lang::Fr).into()),
        ]));
    }

    /// What the software had proposed, beside what was decided.
    fn suggestion(&mut self, qualified: &Qualified) {
        self.minor("Ce que le logiciel avait suggéré");
        let details: Option<Details> = self.blobs.get(&qualified.details).and_then(|bytes| from_json(bytes).ok());
        let label =
            |id: &str| law::catalogue().offence(id).map_or(id.to_owned(), |offence| offence.label(Lang::Fr).to_owned());
        match (&qualified.suggested, details) {
            (_, Some(Details { outcome })) if !outcome.suggestions.is_empty() => {
                for suggestion in &outcome.suggestions {
                    self.document.text(
                        Text::from(label(&suggestion.offence))
                            .bold()
                            .then(format!(" – {}.", words::state(suggestion.state))),
                    );
                    self.document.push(Block::bullets(suggestion.because.iter().map(|reason| match &reason.quote {
                        Some(quote) => format!("« {quote} » : {}", reason.text),
                        None => reason.text.clone(),
                    })));
                }
            }
            (Some(suggested), _) => {
                self.document.text(format!("{} – {}.", label(suggested), words::state(qualified.suggested_state)))
            }
            (None, Some(Details { outcome })) => {
                self.document
                    .text("Rien : le logiciel s’est abstenu. Cela ne veut pas dire que le message est licite.");
                self.document.push(Block::bullets(outcome.ruled_out.iter().map(|reason| reason.text.clone())));
            }
            (None, None) => self.document.text("Rien : le logiciel s’est abstenu."),
        }
        self.document.small(Text::from(format!("Moteur {}.", qualified.engine)).ink(Ink::Faint));
    }

    fn sent(&mut self, case: &Case) {
        self.heading("Signalements et notifications");
        let mut rows = vec![];
        for (_, sent) in &case.reports {
            rows.push((
                sent.sent_at,
                words::body(&sent.body),
                "signalement aux autorités",
                sent.reference.clone(),
                sent.text,
            ));
        }
        for (_, sent) in &case.notices {
            rows.push((
                sent.sent_at,
                words::channel(&sent.channel),
                "notification à la plateforme (art. 16 du règlement sur les services numériques)",
                sent.reference.clone(),
                sent.text,
            ));
        }
        rows.sort_by_key(|row| row.0);
        if rows.is_empty() {
            return self.document.text("La personne n’a déclaré aucun envoi.");
        }
        let path = |digest| {
            let document = self.pack.plan.documents.iter().find(|document| document.digest == digest);
            document.map_or("–".to_owned(), |document| document.path.clone())
        };
        let rows = rows
            .into_iter()
            .map(|(at, whom, what, reference, text)| {
                vec![
                    words::short(at).into(),
                    Text::from(whom).bold().then(format!("\n{what}")),
                    reference.unwrap_or_else(|| "non donnée".to_owned()).into(),
                    path(text).into(),
                ]
            })
            .collect();
        self.document.push(Block::table(
            &[("Envoyé le", 1.5), ("À qui, quoi", 2.2), ("Référence", 1.2), ("Texte, dans le dossier", 1.8)],
            rows,
        ));
        // What came back, and what was done then.
        let answered = |step: &&Step| {
            matches!(step.entry, Some(Entry::Acknowledged(_) | Entry::Decided(_) | Entry::Complained(_)))
        };
        let answers: Vec<_> = case
            .steps
            .iter()
            .filter(answered)
            .map(|step| {
                let (what, detail) = words::step(step);
                vec![words::short(step.at).into(), Text::from(what).bold(), detail.into()]
            })
            .collect();
        if !answers.is_empty() {
            self.minor("Réponses et recours");
            self.document.push(Block::table(&[("Noté le", 1.5), ("Quoi", 2.2), ("Détail", 3.0)], answers));
        }
        self.document.small(
            Text::from("Déclarés par la personne ; les accusés de réception, s’il y en a, sont chez elle.")
                .ink(Ink::Faint),
        );
    }

    fn looks(&mut self, case: &Case) {
        self.heading("Ce que la publication est devenue");
        self.document.text(
            Text::from("Établi à la date de ce dossier : ").then(Text::from(words::standing(case)).bold()).then("."),
        );
        if case.observations.is_empty() {
            return;
        }
        let rows = case.observations.iter().map(|(at, seen)| {
            let marker =
                seen.sighting.marker.as_deref().map(|marker| format!("\nmarque : {marker}")).unwrap_or_default();
            let note = seen.sighting.note.as_deref().map(|note| format!("\n{note}")).unwrap_or_default();
            vec![
                words::short(*at).into(),
                words::observer(seen).into(),
                Text::from(words::fate(seen.fate())).bold().then(format!("{marker}{note}")),
            ]
        });
        self.document
            .push(Block::table(&[("Quand", 1.5), ("Qui a regardé", 2.0), ("Ce qui a été vu", 2.4)], rows.collect()));
        self.document.small(
            Text::from("Une disparition n’est tenue pour établie qu’après deux regards à 24 heures au moins l’un de l’autre, avec une publication témoin qui répond. Une erreur ou une page de connexion n’est jamais comptée comme un retrait.")
                .ink(Ink::Faint),
        );
    }

    fn journal(&mut self, case: &Case) {
        self.heading("Journal");
        let rows = case.steps.iter().map(|step| {
            let (what, detail) = words::step(step);
            vec![
                Text::from(step.seq.to_string()).ink(Ink::Faint),
                words::short(step.at).into(),
                Text::from(what).bold(),
                detail.into(),
            ]
        });
        self.document.push(Block::table(
            &[("N°", 0.4), ("Horloge de l’appareil", 1.5), ("Entrée", 1.5), ("Détail", 2.9)],
            rows.collect(),
        ));
        self.document.small(
            Text::from("Affaire ")
                .then(Text::from(case.id.as_str()).mono())
                .then(format!(
                    ". Chaque entrée contient l’empreinte de la précédente ({JOURNAL}). Empreinte de la dernière : "
                ))
                .then(Text::from(case.head.digest.to_string()).mono()),
        );
    }
}
