//! The conversation: what the engine suggests, what it rests on, the questions that change it at once.

use std::rc::Rc;

use web_sys::{Element, HtmlElement};

use super::{
    super::{
        dom::{KeyedList, Scope, Try, write},
        shell::{self, announce, ask, spawn},
        words::{self, family, plural, say, say_with},
    },
    CaseBox,
};
use crate::{
    browser::page,
    protocol::{
        Answers, CardView, CaseView, Confidence, DeadlineView, Element as LegalElement, ElementState, EmergencyView,
        Lang, OffenceView, Outcome, Reason, Reply, Request, State, Suggestion, TalkView, Text,
    },
};

/// The questions, as their field sets and radios are named: what the engine calls them, what the page does.
const QUESTIONS: [(&str, &str); 6] = [
    ("ground", "ground"),
    ("call", "call"),
    ("fact", "fact"),
    ("public", "public"),
    ("addressed_to_person", "addressed"),
    ("repeated", "repeated"),
];

impl CaseBox {
    pub(super) fn fill_suggestion(self: &Rc<Self>, view: &CaseView) -> Try {
        let talk = self.talk.borrow().clone();
        let root = &self.root;
        root.show("talk", !view.withheld)?;
        let state = talk.as_ref().map(|talk| words::code(&talk.outcome.state));
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
        let talk = talk.unwrap_or_else(unread);
        let outcome = &talk.outcome;
        self.arrange_questions(&talk.asks)?;
        self.fill_urgent(&talk)?;
        self.fill_talk_text(view, outcome)?;
        let first = outcome.suggestions.first().and_then(|first| self.known(view, &first.offence));
        root.write("first-label", &first.map(words::offence_label).unwrap_or_default())?;
        let paired: Vec<(&Suggestion, Option<&CardView>)> = outcome
            .suggestions
            .iter()
            .map(|suggestion| (suggestion, talk.cards.iter().find(|card| card.offence == suggestion.offence)))
            .collect();
        self.cards
            .borrow_mut()
            .update(paired.iter().map(|pair| (pair.0.offence.clone(), pair)), |row, (suggestion, card)| {
                self.fill_one(row, suggestion, *card, view)
            })?;
        let undecided = talk.deadline.as_ref().filter(|_| view.qualified.is_none());
        let undecided =
            undecided.map(|limit| say_with("limit_undecided", &[&words::day(&limit.last_safe_day), &period(limit)]));
        root.write_or_hide("limit-undecided", undecided.as_deref())?;
        root.show("ruled-box", !outcome.ruled_out.is_empty())?;
        root.fill("ruled", "reason", &outcome.ruled_out, fill_reason)?;
        let open: Vec<String> = self.unanswered(&talk.asks).filter_map(|name| family("question", name)).collect();
        root.show("change-box", !open.is_empty())?;
        fill_lines(root, "change", open.iter().map(String::as_str))?;
        root.write("law-standing", talk.standing.say(page::lang()))?;
        self.fill_choices(outcome)?;
        self.veil_sensitive();
        Ok(())
    }

    pub(super) fn listen_to_facts(self: &Rc<Self>) -> Try {
        self.on("facts", "submit", |_, event| {
            event.prevent_default();
            Ok(())
        })?;
        self.on("facts", "change", |case, _| case.hear_answers())?;
        self.on_press("talk-veil", |case, _| Box::pin(async move { case.set_revealed(!case.revealed.get()) }))
    }

    /// Takes the answers as they stand now, and asks the engine again.
    pub(super) fn hear_answers(self: &Rc<Self>) -> Try {
        self.read_facts()?;
        self.suggest_again();
        Ok(())
    }

    /// Puts the answers that the decision rested on into the form.
    pub(super) fn start_facts(&self) -> Try {
        let facts = self.facts.borrow();
        let form = self.root.at("facts")?;
        let answers = &facts.answers;
        for (name, answer) in [
            ("public", facts.public),
            ("addressed", facts.addressed_to_person),
            ("repeated", facts.repeated),
            ("call", answers.call),
            ("fact", answers.fact),
        ] {
            form.choose(name, answer.map_or("", |yes| if yes { "yes" } else { "no" }));
        }
        let ground = answers.ground.map(|ground| words::code(&ground)).unwrap_or_default();
        form.choose("ground", if answers.groundless { "none" } else { &ground });
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
        let chosen = form.chosen("ground").unwrap_or_default();
        let mut facts = self.facts.borrow_mut();
        facts.public = answer("public");
        facts.addressed_to_person = answer("addressed");
        facts.repeated = answer("repeated");
        facts.authors = self.root.value("authors")?.parse().ok().filter(|_| facts.repeated == Some(true));
        facts.answers = Answers {
            ground: super::decision::GROUNDS.into_iter().find(|ground| words::code(ground) == chosen),
            groundless: chosen == "none",
            call: answer("call"),
            fact: answer("fact"),
        };
        self.root.show("authors-box", facts.repeated == Some(true))
    }

    fn suggest_again(self: &Rc<Self>) {
        let round = self.round.get().wrapping_add(1);
        self.round.set(round);
        let case = self.clone();
        let request = Request::Suggest { case: self.id(), facts: self.facts.borrow().clone() };
        spawn(async move {
            let Reply::Suggestion(talk) = ask(request).await? else { return Err(shell::unexpected()) };
            if case.round.get() != round {
                return Ok(());
            }
            let state = family("state", &words::code(&talk.outcome.state)).unwrap_or_default();
            let first = talk.outcome.suggestions.first().map(|first| first.offence.clone());
            case.talk.replace(Some(*talk));
            let view = case.view();
            case.fill_post(&view)?;
            case.fill_suggestion(&view)?;
            let named = first.and_then(|id| case.known(&view, &id).map(words::offence_label)).unwrap_or_default();
            announce(&say_with("suggestion_now", &[&format!("{state}. {named}")]))
        });
    }

    /// Asked questions first, in their order; the others behind « d’autres questions ». Nothing moves while the same are asked.
    fn arrange_questions(&self, asks: &[String]) -> Try {
        if *self.asked.borrow() == asks {
            return Ok(());
        }
        self.asked.replace(asks.to_vec());
        let focused = gloo::utils::document().active_element();
        let (first, more) = (self.root.find::<Element>("asks")?, self.root.find::<Element>("more-asks")?);
        let named = |name: &str| QUESTIONS.iter().find(|(known, _)| *known == name);
        let asked = asks.iter().filter_map(|name| named(name));
        for (place, (_, name)) in asked
            .map(|question| (&first, question))
            .chain(QUESTIONS.iter().filter(|(name, _)| !asks.iter().any(|ask| ask == name)).map(|it| (&more, it)))
        {
            let question: HtmlElement = self.root.find(&format!("ask-{name}"))?;
            question.set_hidden(false);
            place.append_child(&question).map_err(|_| shell::unexpected())?;
        }
        self.root.show("more-asks-box", more.child_element_count() > 0)?;
        // What was moved lost the keyboard on its way.
        use wasm_bindgen::JsCast;
        match focused.and_then(|focused| focused.dyn_into::<HtmlElement>().ok()).filter(|it| first.contains(Some(it))) {
            Some(focused) => focused.focus().map_err(|_| shell::unexpected()),
            None => Ok(()),
        }
    }

    fn unanswered<'a>(&self, asks: &'a [String]) -> impl Iterator<Item = &'a str> {
        let facts = self.facts.borrow().clone();
        asks.iter().map(String::as_str).filter(move |name| match *name {
            "ground" => facts.answers.ground.is_none() && !facts.answers.groundless,
            "call" => facts.answers.call.is_none(),
            "fact" => facts.answers.fact.is_none(),
            "public" => facts.public.is_none(),
            "addressed_to_person" => facts.addressed_to_person.is_none(),
            _ => facts.repeated.is_none(),
        })
    }

    /// Numbers to call, before anything else, when one of the suggestions means that a life is at stake.
    fn fill_urgent(&self, talk: &TalkView) -> Try {
        let mut numbers: Vec<&EmergencyView> = vec![];
        for number in talk.cards.iter().flat_map(|card| &card.emergencies) {
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        self.root.show("urgent", !numbers.is_empty())?;
        self.root.fill("urgent-numbers", "number", numbers, |row, number| {
            row.write("call", &number.number)?;
            row.set(
                "call",
                "href",
                &format!("{}:{}", if number.number == "114" { "sms" } else { "tel" }, number.number),
            )?;
            row.write("who", number.who.say(page::lang()))
        })
    }

    fn fill_talk_text(&self, view: &CaseView, outcome: &Outcome) -> Try {
        let text = view.pieces.first().and_then(|piece| piece.post.as_ref()).map(|post| post.text.as_str());
        super::post::write_marked(&self.root.find("talk-text")?, text.unwrap_or_default(), &spans(outcome))
    }

    fn fill_one(&self, row: &Scope, suggestion: &Suggestion, card: Option<&CardView>, view: &CaseView) -> Try {
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
        let Some(card) = card else { return Ok(()) };
        row.fill("elements", "element", &card.elements, fill_element)?;
        row.show("limit", card.deadline.is_some())?;
        if let Some(limit) = &card.deadline {
            fill_limit(row, limit)?;
        }
        row.show("text-first", card.text_first)?;
        let lang = page::lang();
        row.show("near-box", !card.neighbours.is_empty())?;
        row.fill("near", "near-one", &card.neighbours, |line, near| {
            line.write("question", near.question.say(lang))?;
            line.write("label", near.label.say(lang))
        })?;
        row.show("statute-box", !card.statutes.is_empty())?;
        row.fill("statutes", "statute", &card.statutes, |line, statute| {
            line.write("article", &statute.article)?;
            let version =
                say_with("statute_version", &[&words::day(&statute.version), &confidence(statute.confidence)]);
            line.write("version", &version)?;
            line.write("wording", &statute.words)
        })?;
        row.write("penalty", card.penalty.say(lang))?;
        fill_texts(row, "who", &card.who, lang)?;
        row.write_or_hide("associations", card.associations.as_ref().map(|text| text.say(lang)))?;
        row.show("doubts-box", !card.doubts.is_empty())?;
        fill_texts(row, "doubts", &card.doubts, lang)
    }

    /// An offence, from the case or from the catalogue.
    pub(super) fn known<'a>(&'a self, view: &'a CaseView, id: &str) -> Option<&'a OffenceView> {
        view.offences.iter().chain(&self.offences).find(|offence| offence.id == id)
    }
}

/// The list of suggestions: its rows can be opened, so they stay while their offence stays.
pub(super) fn cards(root: &Scope) -> Try<KeyedList> {
    KeyedList::of(root, "suggestions", "suggestion")
}

/// Where the words stand that the suggestions rest on.
pub(super) fn spans(outcome: &Outcome) -> Vec<(u32, u32)> {
    outcome.suggestions.iter().flat_map(|suggestion| &suggestion.because).filter_map(|reason| reason.span).collect()
}

/// How sure a legal basis is.
pub(super) fn confidence(confidence: Confidence) -> String {
    family("confidence", &words::code(&confidence)).unwrap_or_default()
}

/// The period in the language of the page.
pub(super) fn period(limit: &DeadlineView) -> String {
    match page::lang() {
        Lang::En if !limit.period_en.is_empty() => limit.period_en.clone(),
        _ => limit.period.clone(),
    }
}

/// The last safe day, whether it is a day off, how long it is, what it runs from and what does not stop it.
pub(super) fn fill_limit(row: &Scope, limit: &DeadlineView) -> Try {
    let lang = page::lang();
    row.write("limit-day", &say_with("limit_day", &[&words::day(&limit.last_safe_day), &period(limit)]))?;
    let left = match u64::try_from(limit.days_left) {
        Ok(days) => plural("limit_left", days),
        Err(_) => say("limit_over"),
    };
    row.write("limit-left", &left)?;
    let off = limit.day_off.as_ref().map(|off| say_with("limit_off", &[off.say(lang)])).unwrap_or_default();
    row.write("limit-off", &off)?;
    row.write("limit-from", &say_with("limit_from", &[&words::day(&limit.from), limit.starts.say(lang)]))?;
    row.write("limit-does-not", &say_with("limit_does_not", &[limit.does_not.say(lang)]))?;
    row.write("limit-interrupts", &say_with("limit_interrupts", &[limit.interrupts.say(lang)]))
}

/// A capture whose text could not be read.
fn unread() -> TalkView {
    TalkView {
        outcome: Outcome {
            state: State::None,
            code: crate::protocol::Code::None,
            ground: None,
            suggestions: vec![],
            ruled_out: vec![],
            questions: vec![],
        },
        cards: vec![],
        asks: ["ground", "call", "fact", "public"].map(str::to_owned).into(),
        deadline: None,
        standing: Text::default(),
    }
}

fn fill_element(row: &Scope, element: &LegalElement) -> Try {
    let text = match page::lang() {
        Lang::Fr => &element.fr,
        Lang::En => &element.en,
    };
    row.write("text", text)?;
    let state = words::code(&element.state);
    row.element().set_attribute("data-state", &state).map_err(|_| shell::unexpected())?;
    row.write("state", &family("element", &state).unwrap_or_default())?;
    let quotes = element.quotes.join(" · ");
    let shown = element.state == ElementState::Met && !quotes.is_empty();
    row.write_or_hide("quotes", shown.then_some(quotes.as_str()))
}

fn fill_texts(row: &Scope, name: &str, texts: &[Text], lang: Lang) -> Try {
    fill_lines(row, name, texts.iter().map(|text| text.say(lang)))
}

fn fill_lines<'a>(row: &Scope, name: &str, lines: impl Iterator<Item = &'a str>) -> Try {
    row.fill(name, "line", lines, |line, text| {
        write(line.element(), text);
        Ok(())
    })
}

fn fill_reason(row: &Scope, reason: &Reason) -> Try {
    row.show("quote", reason.quote.is_some())?;
    row.find::<Element>("quote")?.set_text_content(reason.quote.as_deref());
    words::write_data(row, "text", family("reason", &reason.code), &reason.text)
}
