//! The history: all cases, newest first; one of them whole at `#case=<id>`.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo::{
    events::EventListener,
    utils::{document, window},
};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

use super::{
    case::{CaseBox, add_option, option_values},
    day::Day,
    dom::{KeyedList, Scope, Try},
    shell::{self, ask, spawn, unexpected},
    words::{self, family, plural, say},
};
use crate::{
    browser::message,
    protocol::{CaseRow, Event, Reply, Request, Status},
};

/// Rows shown before « Afficher la suite ».
const PAGE: usize = 100;

/// Starts `history.html`.
#[wasm_bindgen]
pub fn history_page() {
    spawn(async {
        let page = shell::open()?;
        shell::borrow_case().await?;
        let history = Rc::new(History {
            list: RefCell::new(KeyedList::of(&page, "rows", "row")?),
            rows: RefCell::default(),
            shown: Cell::new(PAGE),
            case: RefCell::default(),
            day: Day::of(&page)?,
            page,
        });
        history.listen()?;
        let loaded = history.load().await;
        history.page.show("loading", false)?;
        let shown = match loaded {
            Ok(()) => history.follow_address().await,
            failed => failed,
        };
        shell::keep(history);
        shown
    });
}

struct History {
    page: Scope,
    list: RefCell<KeyedList>,
    rows: RefCell<Vec<CaseRow>>,
    shown: Cell<usize>,
    case: RefCell<Option<Rc<CaseBox>>>,
    day: Rc<Day>,
}

impl History {
    fn listen(self: &Rc<Self>) -> Try {
        for (name, event) in [("search", "input"), ("filter-status", "change"), ("filter-platform", "change")] {
            self.on(name, event, |history| {
                history.shown.set(PAGE);
                history.fill()
            })?;
        }
        shell::keep(self.page.on("filters", "submit", web_sys::Event::prevent_default)?);
        self.on("reset", "click", |history| {
            for name in ["search", "filter-status", "filter-platform"] {
                history.page.set_value(name, "")?;
            }
            history.fill()?;
            history.page.focus("search")
        })?;
        self.on("more", "click", |history| {
            history.shown.set(history.shown.get() + PAGE);
            history.fill()
        })?;
        self.on("veil", "click", |history| {
            let rows: Element = history.page.find("rows")?;
            let veiled = rows.class_list().toggle("veiled").map_err(|_| unexpected())?;
            history.page.set("veil", "aria-pressed", if veiled { "false" } else { "true" })?;
            history.page.write("veil", &say(if veiled { "history_show_texts" } else { "history_hide_texts" }))?;
            history.veil_rows();
            Ok(())
        })?;
        let history = self.clone();
        shell::keep(message::subscribe(move |event| {
            let history = history.clone();
            spawn(async move { history.follow(event).await });
        }));
        let history = self.clone();
        shell::keep(EventListener::new(&window(), "hashchange", move |_| {
            let history = history.clone();
            spawn(async move { history.follow_address().await });
        }));
        Ok(())
    }

    fn on(self: &Rc<Self>, name: &str, event: &'static str, work: impl Fn(&Self) -> Try + 'static) -> Try {
        let history = self.clone();
        let listener = self.page.on(name, event, move |_| {
            if let Err(fault) = work(&history) {
                shell::show_fault(&fault);
            }
        })?;
        shell::keep(listener);
        Ok(())
    }

    async fn follow(self: &Rc<Self>, event: Event) -> Try {
        let Event::Changed { case } = event else { return Ok(()) };
        self.load().await?;
        let shown = self.case.borrow().clone();
        match shown.filter(|shown| shown.id() == case) {
            Some(shown) => shown.update(shell::ask_case(Request::Case { case }).await?),
            None => Ok(()),
        }
    }

    async fn load(&self) -> Try {
        let Reply::Cases(rows) = ask(Request::Cases { status: None, platform: None }).await? else {
            return Err(unexpected());
        };
        self.rows.replace(rows);
        self.fill_platforms()?;
        self.fill()?;
        self.day.load().await
    }

    fn fill_platforms(&self) -> Try {
        let mut known: Vec<String> = self.rows.borrow().iter().map(|row| row.platform.clone()).collect();
        known.sort();
        known.dedup();
        let offered = option_values(&self.page, "filter-platform");
        let select: Element = self.page.find("filter-platform")?;
        for id in known.into_iter().filter(|id| !offered.contains(id)) {
            add_option(&select, &id, &words::platform(&id))?;
        }
        Ok(())
    }

    fn fill(&self) -> Try {
        let rows = self.rows.borrow();
        let wanted = self.page.value("search")?.to_lowercase();
        let status = self.page.value("filter-status")?;
        let platform = self.page.value("filter-platform")?;
        let fitting: Vec<&CaseRow> = rows
            .iter()
            .filter(|row| status.is_empty() || words::code(&row.status) == status)
            .filter(|row| platform.is_empty() || row.platform == platform)
            .filter(|row| {
                wanted.is_empty()
                    || row.excerpt.to_lowercase().contains(&wanted)
                    || row.permalink.to_lowercase().contains(&wanted)
            })
            .collect();
        let page = &self.page;
        page.show("empty", rows.is_empty())?;
        page.show("no-match", !rows.is_empty() && fitting.is_empty())?;
        page.show("table", !fitting.is_empty())?;
        page.show("filters", !rows.is_empty())?;
        page.show("demo-banner", rows.iter().any(|row| row.demo))?;
        page.show("more-box", fitting.len() > self.shown.get())?;
        page.write("count", &if rows.is_empty() { String::new() } else { plural("cases", fitting.len() as u64) })?;
        let keyed = fitting.into_iter().take(self.shown.get()).map(|row| (row.id.clone(), row));
        self.list.borrow_mut().update(keyed, fill_row)?;
        self.veil_rows();
        Ok(())
    }

    /// Veiled texts are not read aloud: the link is then named by its address alone.
    fn veil_rows(&self) {
        let Ok(rows) = self.page.at("rows") else { return };
        let veiled = rows.element().class_list().contains("veiled");
        for element in rows.all(".sensitive") {
            let _always_works = match veiled {
                true => element.set_attribute("aria-hidden", "true"),
                false => element.remove_attribute("aria-hidden"),
            };
        }
    }

    /// Shows what the address names: one case, or the list.
    async fn follow_address(self: &Rc<Self>) -> Try {
        let hash = window().location().hash().unwrap_or_default();
        let Some(id) = hash.strip_prefix("#case=").filter(|id| !id.is_empty()) else {
            let left = self.case.replace(None);
            self.page.show("one", false)?;
            self.page.show("list", true)?;
            return match left {
                Some(left) => self.focus_row(&left.id()),
                None => Ok(()),
            };
        };
        self.page.show("list", false)?;
        self.page.show("one", true)?;
        self.page.show("case-loading", true)?;
        let slot: Element = self.page.find("case-slot")?;
        slot.set_text_content(None);
        let view = shell::ask_case(Request::Case { case: id.to_owned() }).await;
        self.page.show("case-loading", false)?;
        let opened = CaseBox::open(&slot, view?).await?;
        opened.focus()?;
        self.case.replace(Some(opened));
        Ok(())
    }

    fn focus_row(&self, id: &str) -> Try {
        let link = document().query_selector(&format!("a[href=\"#case={id}\"]")).ok().flatten();
        match link.map(wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>) {
            Some(Ok(link)) => link.focus().map_err(|_| unexpected()),
            _ => self.page.focus("h1"),
        }
    }
}

fn fill_row(row: &Scope, case: &CaseRow) -> Try {
    row.write("date", &words::short(case.captured_at))?;
    row.set("date", "datetime", &case.captured_at.rfc3339())?;
    row.write("platform", &words::platform(&case.platform))?;
    row.set("open", "href", &format!("#case={}", case.id))?;
    row.write("excerpt", &case.excerpt)?;
    row.write("permalink", case.permalink.trim_start_matches("https://"))?;
    row.show("partial", case.partial)?;
    row.write("status", &family("status", &words::code(&case.status)).unwrap_or_default())?;
    row.set("status", "data-status", &words::code(&case.status))?;
    row.write("standing", &words::line(case))?;
    let set_aside = case.status == Status::SetAside;
    row.element().class_list().toggle_with_force("set-aside", set_aside).map(drop).map_err(|_| unexpected())
}
