//! The side panel: how to capture, captures under way, the case at hand.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::{JsCast, prelude::wasm_bindgen};
use web_sys::{Element, HtmlInputElement, HtmlProgressElement};

use super::{
    case::CaseBox,
    dom::{self, KeyedList, Scope, Try},
    shell::{self, ask, spawn, unexpected},
    words::{self, family, say, say_with},
};
use crate::{
    browser::message,
    protocol::{CaptureProgress, CaptureStage, Event, PanelView, Reply, Request},
};

/// Starts `panel.html`.
#[wasm_bindgen]
pub fn panel_page() {
    spawn(async {
        let page = shell::open()?;
        shell::borrow_case().await?;
        let panel = Rc::new(Panel {
            captures: RefCell::new(KeyedList::of(&page, "captures", "capture")?),
            under_way: RefCell::default(),
            case: RefCell::default(),
            page,
        });
        panel.listen()?;
        let first = panel.refresh().await;
        panel.page.show("loading", false)?;
        shell::keep(panel);
        first
    });
}

struct Panel {
    page: Scope,
    captures: RefCell<KeyedList>,
    under_way: RefCell<Vec<CaptureProgress>>,
    case: RefCell<Option<Rc<CaseBox>>>,
}

impl Panel {
    fn listen(self: &Rc<Self>) -> Try {
        let panel = self.clone();
        shell::keep(message::subscribe(move |event| {
            let panel = panel.clone();
            spawn(async move { panel.follow(event).await });
        }));
        let panel = self.clone();
        shell::keep(self.page.on("address-form", "submit", move |event| {
            event.prevent_default();
            let panel = panel.clone();
            spawn(async move { panel.keep_address().await });
        })?);
        let list: Element = self.page.find("captures")?;
        shell::keep(dom::listen(&list, "click", |event| {
            let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let Some(button) = pressed.filter(|pressed| pressed.get_attribute("data-ref").as_deref() == Some("cancel"))
            else {
                return;
            };
            let capture = button.get_attribute("value").unwrap_or_default();
            spawn(async move { ask(Request::CancelCapture { capture }).await.map(drop) });
        }));
        Ok(())
    }

    /// Keeps the address that was written, and nothing else.
    async fn keep_address(self: &Rc<Self>) -> Try {
        let url = self.page.value("address")?;
        let answer = ask(Request::KeepAddress { url }).await;
        let fault = answer.as_ref().err().map(|fault| words::capital(&words::fault(fault).0));
        self.page.write_or_hide("address-fault", fault.as_deref())?;
        if answer.is_err() {
            return self.page.focus("address");
        }
        let field: HtmlInputElement = self.page.find("address")?;
        field.set_value(Default::default());
        self.refresh().await?;
        shell::announce(&say("address_kept"))
    }

    async fn follow(self: &Rc<Self>, event: Event) -> Try {
        match event {
            Event::Capture { progress } if !is_over(&progress.stage) => {
                let mut under_way = self.under_way.borrow_mut();
                under_way.retain(|known| known.capture != progress.capture);
                under_way.push(progress);
                let shown = under_way.clone();
                drop(under_way);
                self.show_captures(&shown)
            }
            Event::Capture { .. } | Event::Changed { .. } => self.refresh().await,
        }
    }

    async fn refresh(self: &Rc<Self>) -> Try {
        let Reply::Panel(view) = ask(Request::Panel).await? else { return Err(unexpected()) };
        let PanelView { captures, case } = view;
        let case = match case {
            Some(case) => Some(shell::ask_case(Request::Case { case }).await?),
            None => None,
        };
        self.under_way.replace(captures.clone());
        self.show_captures(&captures)?;
        let Some(view) = case else {
            return self.page.show("idle", captures.iter().all(|capture| is_over(&capture.stage)));
        };
        self.page.show("idle", false)?;
        self.page.show("demo-banner", view.row.demo)?;
        let shown = self.case.borrow().clone();
        match shown.filter(|shown| shown.id() == view.row.id) {
            Some(shown) => shown.update(view),
            None => {
                let had_another = self.case.borrow().is_some();
                let slot: Element = self.page.find("case-slot")?;
                let opened = CaseBox::open(&slot, view).await?;
                if had_another {
                    opened.focus()?;
                }
                self.case.replace(Some(opened));
                Ok(())
            }
        }
    }

    /// Captures that were saved need no line: their case is there.
    fn show_captures(&self, captures: &[CaptureProgress]) -> Try {
        let shown: Vec<&CaptureProgress> = captures
            .iter()
            .filter(|capture| !matches!(capture.stage, CaptureStage::Saved | CaptureStage::SavedPartial))
            .collect();
        self.page.show("captures", !shown.is_empty())?;
        if shown.iter().any(|capture| !is_over(&capture.stage)) {
            self.page.show("idle", false)?;
        }
        let keyed = shown.into_iter().map(|capture| (capture.capture.clone(), capture));
        self.captures.borrow_mut().update(keyed, fill_capture)
    }
}

fn fill_capture(row: &Scope, capture: &CaptureProgress) -> Try {
    let over = is_over(&capture.stage);
    let (text, hint) = match &capture.stage {
        CaptureStage::Picturing { tile, of } => (
            say_with("stage_picturing", &[&words::integer((*tile).into()), &words::integer((*of).into())]),
            String::new(),
        ),
        CaptureStage::Media { item, of } => {
            (say_with("stage_media", &[&words::integer((*item).into()), &words::integer((*of).into())]), String::new())
        }
        CaptureStage::Picking => (say("stage_picking"), say("stage_picking_hint")),
        CaptureStage::Failed { fault } => {
            let (message, hint) = words::fault(fault);
            (say_with("stage_failed", &[&message]), hint)
        }
        other => (family("stage", name(other)).unwrap_or_default(), String::new()),
    };
    row.write("stage", &text)?;
    row.write_or_hide("hint", (!hint.is_empty()).then_some(hint.as_str()))?;
    row.show("bar", !over)?;
    row.find::<HtmlProgressElement>("bar")?.set_value(part_done(&capture.stage));
    row.show("cancel", !over)?;
    row.set("cancel", "value", &capture.capture)?;
    row.element().class_list().toggle_with_force("failed", over).map(drop).map_err(|_| unexpected())
}

fn is_over(stage: &CaptureStage) -> bool {
    matches!(
        stage,
        CaptureStage::Saved | CaptureStage::SavedPartial | CaptureStage::Cancelled | CaptureStage::Failed { .. }
    )
}

fn name(stage: &CaptureStage) -> &'static str {
    match stage {
        CaptureStage::Locating => "locating",
        CaptureStage::Picking => "picking",
        CaptureStage::Reading => "reading",
        CaptureStage::Picturing { .. } => "picturing",
        CaptureStage::Media { .. } => "media",
        CaptureStage::Sealing => "sealing",
        CaptureStage::Saved => "saved",
        CaptureStage::SavedPartial => "saved_partial",
        CaptureStage::Cancelled => "cancelled",
        CaptureStage::Failed { .. } => "failed",
    }
}

/// How much of the whole, in per cent: pictures are most of the time.
fn part_done(stage: &CaptureStage) -> f64 {
    let share = |done: u32, of: u32| f64::from(done.saturating_sub(1)) / f64::from(of.max(1));
    match stage {
        CaptureStage::Locating => 5.0,
        CaptureStage::Picking => 10.0,
        CaptureStage::Reading => 20.0,
        CaptureStage::Picturing { tile, of } => 30.0 + 40.0 * share(*tile, *of),
        CaptureStage::Media { item, of } => 70.0 + 15.0 * share(*item, *of),
        CaptureStage::Sealing => 90.0,
        _ => 100.0,
    }
}
