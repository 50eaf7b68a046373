//! « Vérifications du jour »: each post that only a person can look at, and one click for what is there.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlButtonElement};

use super::{
    dom::{self, Busy, KeyedList, Scope, Try},
    shell::{self, announce, ask, spawn, unexpected},
    words::{self, plural, say, say_with},
};
use crate::protocol::{CaseRow, Fate, Reply, Request};

const SEEN: [Fate; 5] =
    [Fate::Online, Fate::RemovedByPlatform, Fate::AccountSuspended, Fate::GoneCauseUnknown, Fate::Unknown];

/// The list, on the page of the history.
pub struct Day {
    page: Scope,
    rows: RefCell<KeyedList>,
}

impl Day {
    /// The list of `page`, listening.
    pub fn of(page: &Scope) -> Try<Rc<Self>> {
        let day = Rc::new(Self { page: page.clone(), rows: RefCell::new(KeyedList::of(page, "day-rows", "day-row")?) });
        let list: Element = page.find("day-rows")?;
        let listening = day.clone();
        shell::keep(dom::listen(&list, "click", move |event| {
            let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let button = pressed.and_then(|pressed| pressed.closest("button").ok().flatten());
            let Some(button) = button.and_then(|button| button.dyn_into::<HtmlButtonElement>().ok()) else { return };
            let day = listening.clone();
            spawn(async move { day.record(button).await });
        }));
        Ok(day)
    }

    /// Shows what is due now.
    pub async fn load(&self) -> Try {
        let Reply::Cases(due) = ask(Request::ByHand).await? else { return Err(unexpected()) };
        self.page.show("day", !due.is_empty())?;
        self.page.write("day-count", &plural("due", due.len() as u64))?;
        let keyed = due.iter().map(|row| (row.id.clone(), row));
        self.rows.borrow_mut().update(keyed, fill)
    }

    async fn record(&self, button: HtmlButtonElement) -> Try {
        let case = button.closest("[data-case]").ok().flatten().and_then(|row| row.get_attribute("data-case"));
        let fate = SEEN.into_iter().find(|fate| words::code(fate) == button.value());
        let (Some(case), Some(fate)) = (case, fate) else { return Err(unexpected()) };
        let Some(busy) = Busy::start(button) else { return Ok(()) };
        ask(Request::RecordSighting { case, fate }).await?;
        drop(busy);
        self.load().await?;
        announce(&say("sighting_kept"))?;
        // The row that held the keyboard is gone.
        self.page.focus(if self.page.all("[data-case]").is_empty() { "h1" } else { "day-title" })
    }
}

fn fill(row: &Scope, case: &CaseRow) -> Try {
    let platform = words::platform(&case.platform);
    row.element().set_attribute("data-case", &case.id).map_err(|_| unexpected())?;
    row.set("open", "href", &case.permalink)?;
    row.write("open", &say_with("day_open", &[&platform, &words::short(case.captured_at)]))?;
    let due = case.hand_check.map(|at| say_with("day_due", &[&words::short(at)])).unwrap_or_default();
    row.write("due", &due)?;
    row.set("elsewhere", "href", &format!("#case={}", case.id))
}
