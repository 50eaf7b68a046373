//! The user's decision: a suggested offence, another one by its ground, or one of the answers that accuse nobody.

use std::rc::Rc;

use gloo::utils::document;
use web_sys::{Element, HtmlInputElement, HtmlOptionElement, HtmlSelectElement};

use super::{
    super::{
        dom::{Scope, Try, write},
        shell::unexpected,
        words::{self, family, say, say_with},
    },
    CaseBox,
    suggestion::confidence,
};
use crate::protocol::{CaseView, Decision, Ground, Lawful, OffenceView, Outcome, Request};

/// The choice that erases the content, which never becomes an ordinary decision.
const NEVER: &str = "never";

/// Decisions that accuse nobody, as the radios name them.
const LAWFUL: [Lawful; 5] =
    [Lawful::NothingManifest, Lawful::Opinion, Lawful::CounterSpeech, Lawful::PlatformRules, Lawful::Unknown];

/// In the order of their radios and options.
pub(super) const GROUNDS: [Ground; 9] = [
    Ground::Origin,
    Ground::Ethnicity,
    Ground::Nation,
    Ground::Race,
    Ground::Religion,
    Ground::Sex,
    Ground::SexualOrientation,
    Ground::GenderIdentity,
    Ground::Disability,
];

/// An offence that a suggestion offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    offence: String,
    ground: Option<Ground>,
    words: Vec<String>,
}

impl Choice {
    fn key(&self) -> String {
        format!("{}|{}", self.offence, self.ground.map(|ground| words::code(&ground)).unwrap_or_default())
    }
}

impl CaseBox {
    /// Offers what the engine suggests now; a choice made before stays while it is still offered.
    pub(super) fn fill_choices(&self, outcome: &Outcome) -> Try {
        let choices: Vec<Choice> = outcome
            .suggestions
            .iter()
            .map(|suggestion| Choice {
                offence: suggestion.offence.clone(),
                ground: suggestion.ground,
                words: suggestion.because.iter().filter_map(|reason| reason.quote.clone()).collect(),
            })
            .collect();
        let view = self.view();
        self.choice_list.borrow_mut().update(choices.iter().map(|choice| (choice.key(), choice)), |row, choice| {
            row.find::<HtmlInputElement>("input")?.set_value(&choice.key());
            let label = self.known(&view, &choice.offence).map_or_else(|| choice.offence.clone(), words::offence_label);
            let label = match choice.ground {
                Some(ground) => say_with("offence_and_ground", &[&label, &words::ground(ground)]),
                None => label,
            };
            row.write("label", &label)
        })?;
        self.choices.replace(choices);
        self.letter_choices()
    }

    pub(super) fn fill_decision_state(&self, view: &CaseView) -> Try {
        self.root.show("decision-choices", !view.withheld)?;
        self.root.show("decision-intro", !view.withheld)?;
        self.follow_choice()?;
        let decided = match view.qualified.as_ref().map(|qualified| &qualified.decision) {
            None => say("decision_open"),
            Some(Decision::Lawful { kind }) => family("outcome", &words::code(kind)).unwrap_or_default(),
            Some(Decision::Offence { offence, .. }) => {
                let label = self.known(view, offence).map_or_else(|| offence.clone(), words::offence_label);
                say_with("decision_made", &[&label])
            }
        };
        self.root.write("qualify-state", &decided)
    }

    /// Puts the decision that was made before into the form.
    pub(super) fn start_decision(&self) -> Try {
        self.fill_offences()?;
        let view = self.view();
        if let Some(qualified) = &view.qualified {
            let form = self.root.at("decision")?;
            match &qualified.decision {
                Decision::Lawful { kind } => form.choose("decision", &words::code(kind)),
                Decision::Offence { offence, ground, words, explanation } => {
                    let choice = Choice { offence: offence.clone(), ground: *ground, words: vec![] };
                    let suggested = self.choices.borrow().iter().any(|offered| offered.key() == choice.key());
                    form.choose("decision", &if suggested { choice.key() } else { "other".to_owned() });
                    self.root.set_value("ground", &ground.map(|ground| words::code(&ground)).unwrap_or_default())?;
                    self.fill_offences()?;
                    self.root.set_value("offence", offence)?;
                    self.root.set_value("words", &words.join("\n"))?;
                    self.root.set_value("explanation", explanation)?;
                }
            }
        }
        self.follow_choice()
    }

    pub(super) fn listen_to_decision(self: &Rc<Self>) -> Try {
        self.on("ground", "change", |case, _| case.fill_offences())?;
        self.on("decision", "change", |case, _| case.hear_choice())?;
        self.on_press("never-erase", |case, _| {
            Box::pin(async move { case.changed(Request::Purge { case: case.id() }, "never_erased").await })
        })?;
        self.on("words", "input", |case, _| case.check_words())?;
        self.on_submit("decision", |case| Box::pin(async move { case.decide().await }))
    }

    /// Whether the case or the form names content of which nothing may be kept.
    pub(super) fn never_capture_chosen(&self) -> bool {
        let chosen = self.root.at("decision").ok().and_then(|form| form.chosen("decision"));
        self.view().withheld
            || chosen.as_deref() == Some(NEVER)
            || self.chosen_offence().is_some_and(|offence| offence.never_capture)
    }

    pub(super) fn hear_choice(&self) -> Try {
        self.propose_words()?;
        self.follow_choice()
    }

    async fn decide(self: &Rc<Self>) -> Try {
        let decision = match self.read_decision()? {
            Ok(decision) => decision,
            Err((key, place)) => {
                self.root.write_or_hide("decision-fault", Some(&say(key)))?;
                return place.map_or(Ok(()), |place| self.root.focus(place));
            }
        };
        self.root.show("decision-fault", false)?;
        let lawful = matches!(decision, Decision::Lawful { .. });
        let facts = self.facts.borrow().clone();
        let request = Request::Qualify { case: self.id(), facts, decision };
        self.changed(request, if lawful { "decision_kept_lawful" } else { "decision_kept" }).await
    }

    /// The decision, or what is missing and where.
    fn read_decision(&self) -> Try<Result<Decision, (&'static str, Option<&'static str>)>> {
        let form = self.root.at("decision")?;
        let Some(chosen) = form.chosen("decision") else { return Ok(Err(("decision_none", None))) };
        if let Some(kind) = LAWFUL.into_iter().find(|kind| words::code(kind) == chosen) {
            return Ok(Ok(Decision::Lawful { kind }));
        }
        let (offence, ground) = match self.choices.borrow().iter().find(|choice| choice.key() == chosen) {
            Some(choice) => (choice.offence.clone(), choice.ground.or(self.chosen_ground()?)),
            None => (self.root.value("offence")?, self.chosen_ground()?),
        };
        let view = self.view();
        let Some(known) = self.known(&view, &offence) else {
            return Ok(Err(("decision_no_offence", Some("offence"))));
        };
        if known.needs_ground && ground.is_none() {
            return Ok(Err(("decision_no_ground", Some("ground"))));
        }
        if ground.is_some_and(|ground| !known.grounds.is_empty() && !known.grounds.contains(&ground)) {
            return Ok(Err(("decision_wrong_ground", Some("ground"))));
        }
        // An offence without a protected ground is recorded without one.
        let ground = ground.filter(|_| known.needs_ground);
        let explanation = self.root.value("explanation")?;
        if explanation.is_empty() {
            return Ok(Err(("decision_no_explanation", Some("explanation"))));
        }
        Ok(Ok(Decision::Offence { offence, ground, words: self.written_words()?, explanation }))
    }

    /// Shows what belongs to the choice made.
    fn follow_choice(&self) -> Try {
        let root = &self.root;
        let chosen = root.at("decision")?.chosen("decision");
        let lawful = chosen.as_ref().is_some_and(|chosen| LAWFUL.iter().any(|kind| words::code(kind) == *chosen));
        let never = self.never_capture_chosen();
        let other = chosen.as_deref() == Some("other");
        root.show("offence-box", other)?;
        root.show("other-box", other || self.lacks_ground())?;
        root.show("never", never)?;
        let kept = chosen.as_ref().filter(|_| lawful).and_then(|kind| family("outcome", &format!("{kind}_next")));
        root.write_or_hide("outcome-next", kept.as_deref())?;
        self.fill_never()?;
        root.show("grounds-of-decision", chosen.is_some() && !lawful && !never)?;
        root.show("decide", !never)?;
        root.show("decision-fault", false)?;
        let basis =
            self.chosen_offence().map(|offence| format!("{} — {}", offence.basis, confidence(offence.confidence)));
        root.write("offence-basis", basis.as_deref().unwrap_or_default())?;
        self.fill_export_state(&self.view())?;
        self.check_words()
    }

    /// What would be erased, or that it was; packs that were made are files that only the person can delete.
    fn fill_never(&self) -> Try {
        let view = self.view();
        self.root.show("never-erase-box", !view.withheld)?;
        self.root.show("never-gone", view.withheld)?;
        let packs: Vec<_> = view.timeline.iter().filter(|step| step.kind == "exported").collect();
        self.root.show("never-exports", !packs.is_empty())?;
        self.root.fill("never-packs", "line", packs, |row, step| {
            let digest: String = step.detail.chars().take(16).collect();
            write(row.element(), &format!("{} — {digest}…", words::short(step.at)));
            Ok(())
        })
    }

    /// A suggestion may name an offence and leave its ground to the person.
    fn lacks_ground(&self) -> bool {
        let chosen = self.root.at("decision").ok().and_then(|form| form.chosen("decision"));
        let choices = self.choices.borrow();
        let choice = choices.iter().find(|choice| Some(choice.key()) == chosen);
        choice.is_some_and(|choice| choice.ground.is_none())
            && self.chosen_offence().is_some_and(|offence| offence.needs_ground)
    }

    /// Proposes the words that the suggestion rests on, as long as nobody wrote others.
    fn propose_words(&self) -> Try {
        let chosen = self.root.at("decision")?.chosen("decision");
        let choices = self.choices.borrow();
        let Some(choice) = choices.iter().find(|choice| Some(choice.key()) == chosen) else { return Ok(()) };
        if self.root.value("words")?.is_empty() {
            self.root.set_value("words", &choice.words.join("\n"))?;
        }
        Ok(())
    }

    /// Says when a quoted line does not stand in the captured text.
    fn check_words(&self) -> Try {
        let view = self.view();
        let text = view.pieces.first().and_then(|piece| piece.post.as_ref()).map(|post| post.text.as_str());
        let strange = self.written_words()?.into_iter().find(|words| text.is_some_and(|text| !text.contains(words)));
        let note = match strange {
            Some(words) => say_with("decision_words_not_in_text", &[&words]),
            None => say("decision_words_note"),
        };
        self.root.write("words-note", &note)
    }

    fn written_words(&self) -> Try<Vec<String>> {
        let written = self.root.value("words")?;
        Ok(written.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
    }

    fn chosen_ground(&self) -> Try<Option<Ground>> {
        let chosen = self.root.value("ground")?;
        Ok(GROUNDS.into_iter().find(|ground| words::code(ground) == chosen))
    }

    fn chosen_offence(&self) -> Option<&OffenceView> {
        let chosen = self.root.at("decision").ok()?.chosen("decision")?;
        let id = match self.choices.borrow().iter().find(|choice| choice.key() == chosen) {
            Some(choice) => choice.offence.clone(),
            None if chosen == "other" => self.root.value("offence").ok()?,
            None => return None,
        };
        self.offences.iter().find(|offence| offence.id == id)
    }

    /// The offences that fit the ground, by family: those of its own statutory list first.
    fn fill_offences(&self) -> Try {
        let ground = self.chosen_ground()?;
        let before = self.root.value("offence")?;
        let select: HtmlSelectElement = self.root.find("offence")?;
        select.set_text_content(None);
        add_option(&select, "", &say("decision_choose"))?;
        let fits = |offence: &&OffenceView| match ground {
            Some(ground) => !offence.needs_ground || offence.grounds.is_empty() || offence.grounds.contains(&ground),
            None => !offence.needs_ground,
        };
        let mut fitting: Vec<&OffenceView> = self.offences.iter().filter(fits).collect();
        fitting.sort_by_key(|offence| !offence.needs_ground);
        let mut families: Vec<&str> = vec![];
        for offence in &fitting {
            if !families.contains(&offence.family.as_str()) {
                families.push(&offence.family);
            }
        }
        for name in families {
            let group = document().create_element("optgroup").map_err(|_| unexpected())?;
            let label = family("family", &name.to_lowercase()).unwrap_or_else(|| name.to_owned());
            group.set_attribute("label", &label).map_err(|_| unexpected())?;
            for offence in fitting.iter().filter(|offence| offence.family == name) {
                add_option(&group, &offence.id, &words::offence_label(offence))?;
            }
            select.append_child(&group).map_err(|_| unexpected())?;
        }
        select.set_value(&before);
        if select.selected_index() < 0 {
            select.set_selected_index(0);
        }
        Ok(())
    }
}

/// Adds an option to a select or to a group of one.
pub(crate) fn add_option(parent: &Element, value: &str, label: &str) -> Try {
    let option = HtmlOptionElement::new_with_text_and_value(label, value).map_err(|_| unexpected())?;
    parent.append_child(&option).map(drop).map_err(|_| unexpected())
}

/// Options of a select, in order.
pub(crate) fn option_values(scope: &Scope, name: &str) -> Vec<String> {
    let Ok(select) = scope.at(name) else { return vec![] };
    select.all("option").iter().filter_map(|option| option.get_attribute("value")).collect()
}
