//! What the engine suggests, with its reasons; the questions that may change it.

use std::rc::Rc;

use web_sys::Element;

use super::{
    super::{
        dom::{Scope, Try, write},
        shell::{self, announce, ask, spawn},
        words::{self, family, say, say_with},
    },
    CaseBox,
};
use crate::protocol::{CaseView, Confidence, OffenceView, Outcome, Reason, Reply, Request, State, Suggestion};

impl CaseBox {
    pub(super) fn fill_suggestion(self: &Rc<Self>, view: &CaseView) -> Try {
        let outcome = self.outcome.borrow().clone();
        let state = outcome.as_ref().map(|outcome| words::code(&outcome.state));
        let root = &self.root;
        root.set("state", "data-state", state.as_deref().unwrap_or("none"))?;
        match &state {
            Some(state) => {
                root.write("state", &family("state", state).unwrap_or_default())?;
                root.write("state-note", &family("state_note", state).unwrap_or_default())?;
            }
            None => {
                root.write("state", &say("state_unread"))?;
                root.write("state-note", &say("state_note_unread"))?;
            }
        }
        let empty = Outcome {
            state: State::None,
            code: crate::protocol::Code::None,
            ground: None,
            suggestions: vec![],
            ruled_out: vec![],
            questions: vec![],
        };
        let outcome = outcome.unwrap_or(empty);
        root.fill("suggestions", "suggestion", &outcome.suggestions, |row, suggestion| {
            self.fill_one(row, suggestion, view)
        })?;
        root.show("ruled-box", !outcome.ruled_out.is_empty())?;
        root.fill("ruled", "reason", &outcome.ruled_out, fill_reason)?;
        let questions: Vec<String> = outcome.questions.iter().filter_map(|name| family("question", name)).collect();
        root.show("change-box", !questions.is_empty())?;
        root.fill("change", "line", &questions, |row, text| {
            write(row.element(), text);
            Ok(())
        })?;
        self.fill_choices(&outcome)?;
        self.veil_sensitive();
        Ok(())
    }

    pub(super) fn listen_to_facts(self: &Rc<Self>) -> Try {
        self.on("facts", "submit", |_, event| {
            event.prevent_default();
            Ok(())
        })?;
        self.on("facts", "change", |case, _| {
            case.read_facts()?;
            case.suggest_again();
            Ok(())
        })
    }

    /// Puts the answers that the decision rested on into the form.
    pub(super) fn start_facts(&self) -> Try {
        let facts = self.facts.borrow();
        let form = self.root.at("facts")?;
        for (name, answer) in
            [("public", facts.public), ("addressed", facts.addressed_to_person), ("repeated", facts.repeated)]
        {
            form.choose(name, answer.map_or("", |yes| if yes { "yes" } else { "no" }));
        }
        self.root.set_value("authors", &facts.authors.map(|count| count.to_string()).unwrap_or_default())?;
        self.root.show("authors-box", facts.repeated == Some(true))
    }

    fn read_facts(&self) -> Try {
        let form = self.root.at("facts")?;
        let answer = |name: &str| match form.chosen(name).as_deref() {
            Some("yes") => Some(true),
            Some("no") => Some(false),
            _ => None,
        };
        let mut facts = self.facts.borrow_mut();
        facts.public = answer("public");
        facts.addressed_to_person = answer("addressed");
        facts.repeated = answer("repeated");
        facts.authors = self.root.value("authors")?.parse().ok().filter(|_| facts.repeated == Some(true));
        self.root.show("authors-box", facts.repeated == Some(true))
    }

    fn suggest_again(self: &Rc<Self>) {
        let round = self.round.get().wrapping_add(1);
        self.round.set(round);
        let case = self.clone();
        let request = Request::Suggest { case: self.id(), facts: self.facts.borrow().clone() };
        spawn(async move {
            let Reply::Suggestion(outcome) = ask(request).await? else { return Err(shell::unexpected()) };
            if case.round.get() != round {
                return Ok(());
            }
            let state = family("state", &words::code(&outcome.state)).unwrap_or_default();
            case.outcome.replace(Some(outcome));
            let view = case.view();
            case.fill_post(&view)?;
            case.fill_suggestion(&view)?;
            announce(&say_with("suggestion_now", &[&state]))
        });
    }

    fn fill_one(&self, row: &Scope, suggestion: &Suggestion, view: &CaseView) -> Try {
        let offence = self.known(view, &suggestion.offence);
        let label = offence.map_or_else(|| suggestion.offence.replace('_', " "), words::offence_label);
        row.write("label", &say_with("may_be", &[&label]))?;
        let state = words::code(&suggestion.state);
        row.write("state", &family("state", &state).unwrap_or_default())?;
        row.set("state", "data-state", &state)?;
        row.write("basis", offence.map(|offence| offence.basis.as_str()).unwrap_or_default())?;
        row.write("confidence", &offence.map(|offence| confidence(offence.confidence)).unwrap_or_default())?;
        let ground = suggestion.ground.map(|ground| say_with("because_of", &[&words::ground(ground)]));
        row.write_or_hide("on-ground", ground.as_deref())?;
        row.fill("because", "reason", &suggestion.because, fill_reason)?;
        let elements = offence.map(|offence| offence.elements.as_slice()).unwrap_or_default();
        row.show("elements-box", !elements.is_empty())?;
        row.fill("elements", "line", elements, |line, element| {
            write(line.element(), element);
            Ok(())
        })
    }

    /// An offence, from the case or from the catalogue.
    pub(super) fn known<'a>(&'a self, view: &'a CaseView, id: &str) -> Option<&'a OffenceView> {
        view.offences.iter().chain(&self.offences).find(|offence| offence.id == id)
    }
}

/// How sure a legal basis is.
pub(super) fn confidence(confidence: Confidence) -> String {
    family("confidence", &words::code(&confidence)).unwrap_or_default()
}

fn fill_reason(row: &Scope, reason: &Reason) -> Try {
    row.show("quote", reason.quote.is_some())?;
    row.find::<Element>("quote")?.set_text_content(reason.quote.as_deref());
    words::write_data(row, "text", family("reason", &reason.code), &reason.text)
}
