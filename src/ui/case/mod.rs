//! The case, as the panel and the history show it: six steps in the order of the work, then the journal.

mod answer;
mod decision;
mod export;
mod follow;
mod journal;
mod keys;
mod letters;
mod pieces;
mod post;
mod report;
mod suggestion;
mod witness;

pub(super) use decision::{add_option, option_values};

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
    rc::Rc,
};

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlButtonElement, HtmlDetailsElement, HtmlElement, HtmlInputElement};

use super::{
    dom::{self, Busy, KeyedList, Scope, Try},
    shell::{self, announce, ask, spawn},
    words::{self, family, say},
};
use crate::{
    browser::page::BlobUrl,
    protocol::{CaseView, Decision, Digest, Facts, OffenceView, Reply, Request, Settings, Status, TalkView},
};

/// One case on a page.
pub struct CaseBox {
    root: Scope,
    view: RefCell<Rc<CaseView>>,
    listeners: RefCell<Vec<EventListener>>,
    /// The catalogue.
    offences: Vec<OffenceView>,
    settings: RefCell<Settings>,
    /// What is said with the answers given here.
    talk: RefCell<Option<TalkView>>,
    /// The questions that stand first.
    asked: RefCell<Vec<String>>,
    cards: RefCell<KeyedList>,
    facts: RefCell<Facts>,
    /// Offences that the suggestions offer, in the order of their radios.
    choices: RefCell<Vec<decision::Choice>>,
    choice_list: RefCell<KeyedList>,
    report_fields: RefCell<KeyedList>,
    notice_fields: RefCell<KeyedList>,
    companions: RefCell<KeyedList>,
    /// Fields that were copied into a form.
    ticks: RefCell<BTreeSet<String>>,
    picture: RefCell<Option<(Digest, BlobUrl)>>,
    revealed: Cell<bool>,
    /// Counts questions to the engine and drafts: only the last answer is shown.
    round: Cell<u32>,
    draft_round: Cell<u32>,
}

impl CaseBox {
    /// Shows a case in `slot`, in the place of what was there.
    pub async fn open(slot: &Element, view: CaseView) -> Try<Rc<Self>> {
        let offences = match ask(Request::Offences).await? {
            Reply::Offences(offences) => offences,
            _ => return Err(shell::unexpected()),
        };
        let settings = match ask(Request::Settings).await? {
            Reply::Settings(settings) => settings,
            _ => return Err(shell::unexpected()),
        };
        let root = Scope::stamp("case")?;
        let case = Rc::new(Self {
            choice_list: RefCell::new(KeyedList::of(&root, "suggested-choices", "choice")?),
            cards: RefCell::new(suggestion::cards(&root)?),
            report_fields: RefCell::new(KeyedList::of(&root, "report-fields", "field")?),
            notice_fields: RefCell::new(KeyedList::of(&root, "notice-fields", "field")?),
            companions: RefCell::new(KeyedList::of(&root, "companions", "companion")?),
            ticks: RefCell::default(),
            root,
            talk: RefCell::new(view.talk.clone()),
            asked: RefCell::default(),
            facts: RefCell::new(view.qualified.as_ref().map(|decided| decided.facts.clone()).unwrap_or_default()),
            view: RefCell::new(Rc::new(view)),
            listeners: RefCell::default(),
            offences,
            settings: RefCell::new(settings),
            choices: RefCell::default(),
            picture: RefCell::default(),
            revealed: Cell::new(false),
            round: Cell::new(0),
            draft_round: Cell::new(0),
        });
        case.listen()?;
        case.start_facts()?;
        case.start_senders()?;
        case.fill()?;
        case.start_decision()?;
        case.open_current_step()?;
        let undecided = case.view().row.status == Status::Captured;
        case.root.find::<HtmlDetailsElement>("step-post")?.set_open(undecided);
        slot.set_text_content(None);
        slot.append_child(case.root.element()).map_err(|_| shell::unexpected())?;
        case.draft();
        Ok(case)
    }

    /// Which case.
    pub fn id(&self) -> String {
        self.view.borrow().row.id.clone()
    }

    /// Shows the case as it is now; what the person is writing stays.
    pub fn update(self: &Rc<Self>, view: CaseView) -> Try {
        let before = self.view.replace(Rc::new(view));
        let view = self.view();
        if view.talk != before.talk && *self.facts.borrow() == Facts::default() {
            self.talk.replace(view.talk.clone());
        }
        self.fill()?;
        if view.qualified != before.qualified {
            self.draft();
        }
        if view.row.status != before.row.status {
            self.open_current_step()?;
        }
        Ok(())
    }

    /// Moves the keyboard to the title.
    pub fn focus(&self) -> Try {
        self.root.focus("title")
    }

    fn view(&self) -> Rc<CaseView> {
        self.view.borrow().clone()
    }

    /// Reads the case again after a change.
    async fn changed(self: &Rc<Self>, request: Request, said: &str) -> Try {
        let view = shell::ask_case(request).await?;
        self.update(view)?;
        announce(&say(said))
    }

    fn fill(self: &Rc<Self>) -> Try {
        let view = self.view();
        self.root.write(
            "title",
            &format!("{} · {}", words::platform(&view.row.platform), words::short(view.row.captured_at)),
        )?;
        self.root.write("status", &family("status", &words::code(&view.row.status)).unwrap_or_default())?;
        self.root.show("partial", view.row.partial)?;
        self.root.show("demo", view.row.demo)?;
        self.fill_post(&view)?;
        self.fill_suggestion(&view)?;
        self.fill_decision_state(&view)?;
        self.fill_senders(&view)?;
        self.fill_answers(&view)?;
        self.fill_added(&view)?;
        self.fill_follow(&view)?;
        self.fill_export_state(&view)?;
        self.fill_journal(&view)
    }

    fn listen(self: &Rc<Self>) -> Try {
        self.on_press("veil", |case, _| Box::pin(async move { case.set_revealed(!case.revealed.get()) }))?;
        self.on_press("seal-copy", |case, button| {
            Box::pin(async move {
                let seal = case.view().pieces.first().map(|piece| piece.seal.to_string()).unwrap_or_default();
                shell::copy(&seal, &button).await
            })
        })?;
        self.on_copy_buttons();
        self.listen_to_facts()?;
        self.listen_to_keys()?;
        self.listen_to_decision()?;
        self.listen_to_senders()?;
        self.listen_to_answers()?;
        self.listen_to_letters()?;
        self.listen_to_pieces()?;
        self.listen_to_follow()?;
        self.listen_to_canary()?;
        self.listen_to_export()
    }

    /// Calls `listener` for an event, for as long as the case is shown.
    fn on(
        self: &Rc<Self>,
        name: &str,
        event: &'static str,
        listener: impl Fn(&Rc<Self>, &Event) -> Try + 'static,
    ) -> Try {
        let weak = Rc::downgrade(self);
        let listener = self.root.on(name, event, move |event| {
            let Some(case) = weak.upgrade() else { return };
            if let Err(fault) = listener(&case, event) {
                shell::show_fault(&fault);
            }
        })?;
        self.listeners.borrow_mut().push(listener);
        Ok(())
    }

    /// Does `work` when a button is pressed, once at a time. `work` itself runs inside the click, its future later.
    fn on_press(
        self: &Rc<Self>,
        name: &'static str,
        work: impl Fn(Rc<Self>, Element) -> std::pin::Pin<Box<dyn Future<Output = Try>>> + 'static,
    ) -> Try {
        self.on(name, "click", move |case, _| {
            let button: HtmlButtonElement = case.root.find(name)?;
            let element = button.clone().unchecked_into();
            let Some(busy) = Busy::start(button) else { return Ok(()) };
            let work = work(case.clone(), element);
            spawn(async move {
                let done = work.await;
                drop(busy);
                done
            });
            Ok(())
        })
    }

    /// Does `work` when a form is sent, once at a time.
    fn on_submit(
        self: &Rc<Self>,
        name: &'static str,
        work: impl Fn(Rc<Self>) -> std::pin::Pin<Box<dyn Future<Output = Try>>> + 'static,
    ) -> Try {
        self.on(name, "submit", move |case, event| {
            event.prevent_default();
            let form = case.root.at(name)?;
            let button = form.all("button[type=submit]").into_iter().next().and_then(|found| found.dyn_into().ok());
            let Some(busy) = button.and_then(Busy::start) else { return Ok(()) };
            let work = work(case.clone());
            spawn(async move {
                let done = work.await;
                drop(busy);
                done
            });
            Ok(())
        })
    }

    fn on_copy_buttons(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let copied = dom::listen(self.root.element(), "click", move |event| {
            let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let Some(button) = pressed.and_then(|pressed| pressed.closest("button[data-ref=copy]").ok().flatten())
            else {
                return;
            };
            let Some(row) = button.closest(".copy-field").ok().flatten() else { return };
            let Some(text) = row.query_selector("textarea").ok().flatten() else { return };
            let text = text.dyn_into::<web_sys::HtmlTextAreaElement>().map(|text| text.value()).unwrap_or_default();
            let weak = weak.clone();
            spawn(async move {
                shell::copy(&text, &button).await?;
                let ticked = row.query_selector("[data-ref=tick]").ok().flatten();
                match (ticked.and_then(|tick| tick.dyn_into::<HtmlInputElement>().ok()), weak.upgrade()) {
                    (Some(tick), Some(case)) => {
                        tick.set_checked(true);
                        case.keep_ticks().await
                    }
                    _ => Ok(()),
                }
            });
        });
        self.listeners.borrow_mut().push(copied);
    }

    /// Hides a step that cannot be done yet, and says why.
    fn set_reachable(&self, step: &str, why: Option<&str>) -> Try {
        self.root.show(&format!("{step}-body"), why.is_none())?;
        self.root.write_or_hide(&format!("{step}-why"), why)
    }

    /// Opens the step that comes next and closes the others; the keyboard goes along when it was in one that closes.
    fn open_current_step(&self) -> Try {
        let view = self.view();
        let current = match view.row.status {
            Status::Captured => "step-qualify",
            Status::Qualified => "step-report",
            Status::Reported => "step-notice",
            Status::SetAside | Status::Notified | Status::Acknowledged | Status::Decided | Status::Complained => {
                "step-follow"
            }
        };
        let focused = gloo::utils::document().active_element();
        let mut left_behind = false;
        for step in [
            "step-qualify",
            "step-report",
            "step-notice",
            "step-answer",
            "step-letters",
            "step-pieces",
            "step-follow",
            "step-export",
        ] {
            let details: HtmlDetailsElement = self.root.find(step)?;
            left_behind |= step != current && focused.as_ref().is_some_and(|focused| details.contains(Some(focused)));
            details.set_open(step == current);
        }
        let summary = self.root.at(current)?.all("summary").into_iter().next();
        match summary.and_then(|summary| summary.dyn_into::<HtmlElement>().ok()).filter(|_| left_behind) {
            Some(summary) => summary.focus().map_err(|_| shell::unexpected()),
            None => Ok(()),
        }
    }

    /// The offence that was decided, if one was.
    fn decided_offence(view: &CaseView) -> Option<&str> {
        match &view.qualified.as_ref()?.decision {
            Decision::Offence { offence, .. } => Some(offence),
            Decision::Lawful { .. } => None,
        }
    }
}
