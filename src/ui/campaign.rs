//! Dossiers and testings: choose one, see what became of its posts, take it along; and a list of addresses that is captured tab by tab.

use std::{
    cell::{Cell, RefCell},
    future::Future,
    pin::Pin,
    rc::Rc,
};

use wasm_bindgen::{JsCast, prelude::wasm_bindgen};
use web_sys::{DragEvent, Element, File, HtmlButtonElement, HtmlInputElement};

use super::{
    case::{add_option, option_values},
    chart,
    dom::{Busy, KeyedList, Scope, Try},
    shell::{self, announce, ask, spawn, unexpected},
    words::{self, decimal, family, integer, plural, say, say_with},
};
use crate::{
    browser::page::{self, OpenedTab},
    protocol::{
        CampaignAsk, CampaignReply, CaseRow, Cut, Decision, DossierView, Figure, Group, Interval, Lawful, NextView,
        OffenceView, Purpose, QueueItem, QueueState, QueueView, Rate, Reply, Request, TableForm, TableView,
    },
};

/// Cases offered for a dossier, and addresses shown, at once.
const SHOWN: usize = 200;
/// A page that builds itself after loading gets this many tries.
const TRIES: u32 = 4;

/// Starts `campaign.html`.
#[wasm_bindgen]
pub fn campaign_page() {
    spawn(async {
        let page = shell::open()?;
        let campaign = Rc::new(CampaignPage {
            cases: RefCell::new(KeyedList::of(&page, "cases", "case-line")?),
            items: RefCell::new(KeyedList::of(&page, "queue-items", "queue-line")?),
            dossiers: RefCell::default(),
            table: RefCell::default(),
            queue: RefCell::default(),
            running: Cell::new(false),
            page,
        });
        campaign.listen()?;
        let loaded = campaign.load().await;
        campaign.page.show("loading", false)?;
        campaign.page.show("ready", true)?;
        shell::keep(campaign);
        loaded
    });
}

struct CampaignPage {
    page: Scope,
    cases: RefCell<KeyedList>,
    items: RefCell<KeyedList>,
    dossiers: RefCell<Vec<DossierView>>,
    table: RefCell<Option<TableView>>,
    queue: RefCell<Vec<QueueItem>>,
    /// The list is being worked through in this page.
    running: Cell<bool>,
}

type Work = Pin<Box<dyn Future<Output = Try>>>;

impl CampaignPage {
    fn listen(self: &Rc<Self>) -> Try {
        self.on("dossier", "change", |campaign| Box::pin(async move { campaign.open().await }))?;
        self.on("create", "submit", |campaign| Box::pin(async move { campaign.create().await }))?;
        self.on("public", "change", |campaign| Box::pin(async move { campaign.open().await }))?;
        self.on("add-form", "submit", |campaign| Box::pin(async move { campaign.add_cases().await }))?;
        self.on("coding", "submit", |campaign| Box::pin(async move { campaign.code().await }))?;
        self.on("queue-form", "submit", |campaign| Box::pin(async move { campaign.add_addresses().await }))?;
        self.on("file", "change", |campaign| Box::pin(async move { campaign.take_chosen().await }))?;
        self.press("freeze", |campaign| Box::pin(async move { campaign.freeze().await }))?;
        self.press("export", |campaign| {
            Box::pin(async move { campaign.save(CampaignAsk::Export { dossier: campaign.chosen()? }).await })
        })?;
        for (button, form) in [("csv", TableForm::Csv), ("json", TableForm::Json)] {
            self.press(button, move |campaign| {
                Box::pin(async move {
                    let (dossier, public) = (campaign.chosen()?, campaign.is_checked("public")?);
                    campaign.save(CampaignAsk::Save { dossier, public, form }).await
                })
            })?;
        }
        self.press("queue-retry", |campaign| Box::pin(async move { campaign.change_queue(CampaignAsk::Retry).await }))?;
        self.press("queue-clear", |campaign| Box::pin(async move { campaign.change_queue(CampaignAsk::Clear).await }))?;
        self.press("queue-pause", |campaign| {
            Box::pin(async move {
                campaign.running.set(false);
                campaign.page.show("queue-pause", false)?;
                announce(&say("queue_paused"))
            })
        })?;
        self.press("veil", |campaign| Box::pin(async move { campaign.toggle_veil() }))?;
        let campaign = self.clone();
        shell::keep(self.page.on("queue-start", "click", move |_| campaign.start())?);
        let drop: Element = self.page.find("drop")?;
        shell::keep(super::dom::listen(&drop, "dragover", web_sys::Event::prevent_default));
        let campaign = self.clone();
        shell::keep(super::dom::listen(&drop, "drop", move |event| {
            let files = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer).and_then(|data| data.files());
            if let Some(file) = files.and_then(|files| files.item(0)) {
                event.prevent_default();
                let campaign = campaign.clone();
                spawn(async move { campaign.take(&file).await });
            }
        }));
        Ok(())
    }

    fn on(self: &Rc<Self>, name: &str, event: &'static str, work: impl Fn(Rc<Self>) -> Work + 'static) -> Try {
        let campaign = self.clone();
        let listener = self.page.on(name, event, move |event| {
            if event.type_() == "submit" {
                event.prevent_default();
            }
            spawn(work(campaign.clone()));
        })?;
        shell::keep(listener);
        Ok(())
    }

    fn press(self: &Rc<Self>, name: &'static str, work: impl Fn(Rc<Self>) -> Work + 'static) -> Try {
        self.on(name, "click", move |campaign| {
            let (button, work) = (campaign.page.find::<HtmlButtonElement>(name), work(campaign));
            Box::pin(async move {
                let Some(_busy) = Busy::start(button?) else { return Ok(()) };
                work.await
            })
        })
    }

    async fn load(self: &Rc<Self>) -> Try {
        let CampaignReply::Dossiers(dossiers) = asked(CampaignAsk::Dossiers).await? else { return Err(unexpected()) };
        let Reply::Offences(offences) = ask(Request::Offences).await? else { return Err(unexpected()) };
        self.fill_answers(&offences)?;
        self.fill_dossiers(dossiers)?;
        self.change_queue(CampaignAsk::Queue).await?;
        self.open().await
    }

    fn fill_answers(&self, offences: &[OffenceView]) -> Try {
        let select: Element = self.page.find("coding-offence")?;
        add_option(&select, "", &say("coding_lawful"))?;
        for offence in offences {
            add_option(&select, &offence.id, &words::offence_label(offence))?;
        }
        Ok(())
    }

    fn fill_dossiers(&self, dossiers: Vec<DossierView>) -> Try {
        let chosen = self.page.value("dossier")?;
        let select: Element = self.page.find("dossier")?;
        select.set_text_content(None);
        for dossier in &dossiers {
            let purpose = if dossier.purpose == Purpose::Testing { "purpose_testing" } else { "purpose_dossier" };
            add_option(&select, &dossier.id, &format!("{} ({})", dossier.name, say(purpose)))?;
        }
        if option_values(&self.page, "dossier").contains(&chosen) {
            self.page.set_value("dossier", &chosen)?;
        }
        self.page.show("none", dossiers.is_empty())?;
        self.page.show("chooser", !dossiers.is_empty())?;
        if dossiers.is_empty() {
            self.page.set("create-box", "open", "")?;
        }
        self.dossiers.replace(dossiers);
        Ok(())
    }

    async fn create(self: &Rc<Self>) -> Try {
        let purpose = match self.page.chosen("purpose").as_deref() {
            Some("testing") => Purpose::Testing,
            _ => Purpose::Dossier,
        };
        let name = self.page.value("name")?;
        let CampaignReply::Dossier(made) = asked(CampaignAsk::Create { name, purpose }).await? else {
            return Err(unexpected());
        };
        let CampaignReply::Dossiers(dossiers) = asked(CampaignAsk::Dossiers).await? else { return Err(unexpected()) };
        self.fill_dossiers(dossiers)?;
        self.page.set_value("dossier", &made.id)?;
        self.page.set_value("name", "")?;
        announce(&say("campaign_created"))?;
        self.open().await?;
        self.page.focus("figures-title")
    }

    /// Shows the chosen dossier.
    async fn open(self: &Rc<Self>) -> Try {
        let dossier = self.page.value("dossier")?;
        let known = self.dossiers.borrow().iter().find(|known| known.id == dossier).map(|known| known.name.clone());
        self.page.show("open", known.is_some())?;
        self.page.write(
            "queue-into",
            &match &known {
                Some(name) => say_with("queue_into", &[name]),
                None => say("queue_into_none"),
            },
        )?;
        if known.is_none() {
            self.table.replace(None);
            return Ok(());
        }
        let public = self.is_checked("public")?;
        let CampaignReply::Table(table) = asked(CampaignAsk::Table { dossier, public, lang: page::lang() }).await?
        else {
            return Err(unexpected());
        };
        let Reply::Cases(all) = ask(Request::Cases { status: None, platform: None }).await? else {
            return Err(unexpected());
        };
        self.fill(&table)?;
        self.fill_cases(&table)?;
        self.fill_candidates(&table, &all)?;
        self.table.replace(Some(*table));
        Ok(())
    }

    fn fill(&self, table: &TableView) -> Try {
        let (view, figures) = (&self.page, &table.campaign);
        view.write("figures-title", &table.dossier.name)?;
        let cases = plural("campaign_count", table.rows.len() as u64);
        view.write("summary", &say_with("campaign_summary", &[&cases, &integer(figures.items)]))?;
        view.show("demo", figures.demo > 0)?;
        view.show("measured", figures.items > 0)?;
        view.fill("remarks", "line", remarks(table), |row, text| write_line(row, &text))?;
        view.fill("rates", "rate-card", &figures.total.cuts, fill_rate)?;
        chart::draw(&view.find::<Element>("chart")?, &figures.total.cuts)?;
        view.fill("cuts", "cut-row", states(&figures.total), |row, (state, cells)| {
            row.write("state", &say(state))?;
            for (index, cell) in cells.iter().enumerate() {
                row.write(&format!("c{index}"), &integer(*cell))?;
            }
            Ok(())
        })?;
        let named = [
            figures.by_platform.iter().map(|group| (words::platform(&group.key), group)).collect::<Vec<_>>(),
            figures.by_ground.iter().map(|group| (family("ground", &group.key).unwrap_or_default(), group)).collect(),
            figures
                .by_notifier
                .iter()
                .map(|group| (family("notifier", &group.key).unwrap_or_default(), group))
                .collect(),
        ];
        view.fill("splits", "split-row", named.concat(), |row, (name, group)| fill_split(row, &name, group))?;
        view.fill("rounds", "round-line", &table.rounds, |row, round| {
            let (name, measured) = match page::lang() {
                crate::base::Lang::Fr => (&round.name_fr, &round.measured_fr),
                crate::base::Lang::En => (&round.name_en, &round.measured_en),
            };
            row.write("name", &format!("{name} ({})", round.period))?;
            let told: Vec<String> = round.figures.iter().map(figure).collect();
            row.write("figures", &format!("{} — {measured}.", told.join(" ; ")))?;
            row.write("source", &round.source)
        })?;
        view.fill("method", "line", &table.method, |row, text| write_line(row, text))
    }

    fn fill_cases(self: &Rc<Self>, table: &TableView) -> Try {
        let select: Element = self.page.find("coding-case")?;
        select.set_text_content(None);
        for row in &table.rows {
            add_option(&select, &row.id, row.permalink.trim_start_matches("https://"))?;
        }
        let rows = table.rows.iter().map(|row| (row.id.clone(), row));
        self.cases.borrow_mut().update(rows, |line, case| {
            line.set("open", "href", &format!("history.html#case={}", case.id))?;
            line.write("excerpt", &case.excerpt)?;
            line.write("permalink", case.permalink.trim_start_matches("https://"))?;
            line.write("status", &family("status", &words::code(&case.status)).unwrap_or_default())?;
            line.write("standing", &words::standing(&case.standing))?;
            let alike = table.alike.iter().find(|alike| alike.case == case.id);
            let key = alike.map(|alike| if alike.after_removal { "alike_after_removal" } else { "alike_earlier" });
            line.write_or_hide("alike", key.map(say).as_deref())?;
            line.set("remove", "aria-label", &say_with("campaign_remove_label", &[&case.permalink]))?;
            let button: HtmlButtonElement = line.find("remove")?;
            if !button.has_attribute("data-listens") {
                let (campaign, id) = (self.clone(), case.id.clone());
                shell::keep(super::dom::listen(&button, "click", move |_| {
                    let (campaign, id) = (campaign.clone(), id.clone());
                    spawn(async move { campaign.file(vec![id], false).await });
                }));
                line.set("remove", "data-listens", "")?;
            }
            Ok(())
        })?;
        self.veil_rows()
    }

    fn fill_candidates(&self, table: &TableView, all: &[CaseRow]) -> Try {
        let fresh: Vec<&CaseRow> =
            all.iter().filter(|row| !row.dossiers.contains(&table.dossier.id)).take(SHOWN).collect();
        self.page.show("add-none", fresh.is_empty())?;
        self.page.show("add-box", !fresh.is_empty())?;
        self.page.show("add-button", !fresh.is_empty())?;
        self.page.fill("candidates", "candidate", fresh, |row, case| {
            row.find::<HtmlInputElement>("input")?.set_value(&case.id);
            let address = case.permalink.trim_start_matches("https://");
            row.write("text", &format!("{} · {address}", words::short(case.captured_at)))
        })
    }

    async fn add_cases(self: &Rc<Self>) -> Try {
        let chosen = self.page.all("input[name=candidate]:checked");
        let cases: Vec<String> =
            chosen.iter().filter_map(|input| Some(input.dyn_ref::<HtmlInputElement>()?.value())).collect();
        self.file(cases, true).await
    }

    async fn file(self: &Rc<Self>, cases: Vec<String>, inside: bool) -> Try {
        asked(CampaignAsk::File { dossier: self.chosen()?, cases, inside }).await?;
        self.open().await?;
        self.page.focus("figures-title")
    }

    async fn freeze(self: &Rc<Self>) -> Try {
        asked(CampaignAsk::Freeze { dossier: self.chosen()? }).await?;
        announce(&say("campaign_frozen"))?;
        self.open().await
    }

    async fn code(self: &Rc<Self>) -> Try {
        let offence = self.page.value("coding-offence")?;
        let decision = if offence.is_empty() {
            Decision::Lawful { kind: Lawful::NothingManifest }
        } else {
            Decision::Offence { offence, ground: None, words: vec![], explanation: String::new() }
        };
        let (case, coder) = (self.page.value("coding-case")?, self.page.value("coder")?);
        asked(CampaignAsk::Code { case, coder, decision }).await?;
        announce(&say("coding_done"))?;
        self.open().await
    }

    async fn save(self: &Rc<Self>, wanted: CampaignAsk) -> Try {
        let CampaignReply::Exported(file) = asked(wanted).await? else { return Err(unexpected()) };
        let told = [file.name, words::size(file.bytes), file.digest.to_string()];
        let told = say_with("campaign_saved", &told.each_ref().map(String::as_str));
        self.page.show("saved", true)?;
        self.page.write("saved", &told)
    }

    fn toggle_veil(&self) -> Try {
        let rows: Element = self.page.find("cases")?;
        let veiled = rows.class_list().toggle("veiled").map_err(|_| unexpected())?;
        self.page.set("veil", "aria-pressed", if veiled { "false" } else { "true" })?;
        self.page.write("veil", &say(if veiled { "history_show_texts" } else { "history_hide_texts" }))?;
        self.veil_rows()
    }

    /// Veiled texts are not read aloud.
    fn veil_rows(&self) -> Try {
        let rows = self.page.at("cases")?;
        let veiled = rows.element().class_list().contains("veiled");
        for element in rows.all(".sensitive") {
            let _always_works = match veiled {
                true => element.set_attribute("aria-hidden", "true"),
                false => element.remove_attribute("aria-hidden"),
            };
        }
        Ok(())
    }

    fn chosen(&self) -> Try<String> {
        self.page.value("dossier")
    }

    fn is_checked(&self, name: &str) -> Try<bool> {
        Ok(self.page.find::<HtmlInputElement>(name)?.checked())
    }

    // ── The list of addresses ──

    async fn take_chosen(self: &Rc<Self>) -> Try {
        let file = self.page.find::<HtmlInputElement>("file")?.files().and_then(|files| files.item(0));
        match file {
            Some(file) => self.take(&file).await,
            None => Ok(()),
        }
    }

    /// What a file holds goes into the field, to be read before it is added.
    async fn take(&self, file: &File) -> Try {
        let bytes = page::file_bytes(file).await.ok_or_else(unexpected)?;
        self.page.set_value("addresses", &String::from_utf8_lossy(&bytes))?;
        self.page.focus("queue-add")
    }

    async fn add_addresses(self: &Rc<Self>) -> Try {
        let dossier = Some(self.page.value("dossier")?).filter(|dossier| !dossier.is_empty());
        let text = self.page.value("addresses")?;
        let CampaignReply::Queue(queue) = asked(CampaignAsk::Add { dossier, text }).await? else {
            return Err(unexpected());
        };
        let told = [integer(queue.items.len() as u64), integer(queue.repeated)];
        self.fill_queue(queue)?;
        self.page.set_value("addresses", "")?;
        announce(&say_with("queue_added", &told.each_ref().map(String::as_str)))?;
        self.page.focus("queue-start")
    }

    async fn change_queue(self: &Rc<Self>, wanted: CampaignAsk) -> Try {
        let CampaignReply::Queue(queue) = asked(wanted).await? else { return Err(unexpected()) };
        self.fill_queue(queue)
    }

    fn fill_queue(&self, queue: QueueView) -> Try {
        let count = |fits: fn(&QueueState) -> bool| queue.items.iter().filter(|item| fits(&item.state)).count() as u64;
        let done = count(|state| matches!(state, QueueState::Done { .. } | QueueState::Known { .. }));
        let waiting = count(|state| matches!(state, QueueState::Waiting | QueueState::Capturing { .. }));
        let failed = count(|state| matches!(state, QueueState::Failed { .. }));
        let all = queue.items.len() as u64;
        let view = &self.page;
        view.show("queue", all > 0)?;
        let told = [done, all, waiting, failed].map(integer);
        view.write("queue-state", &say_with("queue_state", &told.each_ref().map(String::as_str)))?;
        view.set("queue-progress", "max", &all.max(1).to_string())?;
        view.set("queue-progress", "value", &(done + failed).to_string())?;
        view.show("queue-retry", failed > 0)?;
        view.show("queue-start", waiting > 0 && !self.running.get())?;
        view.show("queue-pause", self.running.get())?;
        // What goes on comes first: the end of a long list is seen as it comes.
        let open = queue.items.iter().filter(|item| !matches!(item.state, QueueState::Done { .. }));
        let shown = open.take(SHOWN).map(|item| (item.url.clone(), item));
        self.items.borrow_mut().update(shown, |line, item| {
            line.write("url", item.url.trim_start_matches("https://"))?;
            line.write(
                "state",
                &match &item.state {
                    QueueState::Waiting => say("queue_waiting"),
                    QueueState::Capturing { .. } => say("queue_capturing"),
                    QueueState::Done { .. } => say("queue_done"),
                    QueueState::Known { .. } => say("queue_known"),
                    QueueState::Failed { code } => say_with("queue_failed", &[code]),
                },
            )
        })?;
        self.queue.replace(queue.items);
        Ok(())
    }

    /// In the click itself: after an await the browser would not ask for the access any more.
    fn start(self: &Rc<Self>) {
        let pictures = self.is_checked("pictures").unwrap_or_default();
        let mut origins: Vec<String> = self
            .queue
            .borrow()
            .iter()
            .filter(|item| matches!(item.state, QueueState::Waiting | QueueState::Capturing { .. }))
            .filter_map(|item| web_sys::Url::new(&item.url).ok())
            .map(|url| format!("{}//{}/*", url.protocol(), url.hostname()))
            .collect();
        origins.sort();
        origins.dedup();
        if pictures {
            origins = vec!["<all_urls>".to_owned()];
        }
        let granted = page::ask_permission(&origins);
        let campaign = self.clone();
        spawn(async move {
            if !granted.await {
                return announce(&say("queue_refused"));
            }
            if campaign.running.replace(true) {
                return Ok(());
            }
            let done = campaign.work(pictures).await;
            campaign.running.set(false);
            campaign.change_queue(CampaignAsk::Queue).await?;
            done
        });
    }

    /// One address after the other, until the list is done or the user pauses. What a killed background left behind is finished
    /// by the first message to it.
    async fn work(self: &Rc<Self>, pictures: bool) -> Try {
        ask(Request::Panel).await?;
        while self.running.get() {
            let CampaignReply::Next(next) = asked(CampaignAsk::Next).await? else { return Err(unexpected()) };
            self.change_queue(CampaignAsk::Queue).await?;
            let Some(NextView { at, url }) = next else {
                announce(&say("queue_finished"))?;
                self.page.show("queue-pause", false)?;
                return self.open().await;
            };
            let outcome = capture(&url, pictures).await;
            self.change_queue(CampaignAsk::Settle { at, outcome }).await?;
        }
        self.open().await
    }
}

/// One address in a tab of its own. A page that builds itself after loading does not show its post at once.
async fn capture(url: &str, pictures: bool) -> Result<String, String> {
    let Some(opened) = OpenedTab::open(url, pictures).await else { return Err("tab_refused".to_owned()) };
    let mut outcome = Err("tab_refused".to_owned());
    for attempt in 1..=TRIES {
        let request = Request::CaptureTab { tab: opened.tab, window: opened.window, url: url.to_owned(), pictures };
        outcome = match ask(request).await {
            Ok(Reply::Captured(case)) => Ok(case),
            Ok(_) => Err("unexpected_answer".to_owned()),
            Err(fault) => Err(fault.code),
        };
        let early = outcome.as_ref().is_err_and(|code| code == "several_posts");
        if !early || attempt == TRIES {
            break;
        }
        page::pause(1500).await;
    }
    opened.close().await;
    outcome
}

async fn asked(wanted: CampaignAsk) -> Try<CampaignReply> {
    match ask(Request::Campaign { ask: wanted }).await? {
        Reply::Campaign(reply) => Ok(reply),
        _ => Err(unexpected()),
    }
}

fn write_line(row: &Scope, text: &str) -> Try {
    row.element().set_text_content(Some(text));
    Ok(())
}

fn fill_rate(card: &Scope, cut: &Cut) -> Try {
    card.write("when", &say_with("after_hours", &[&say(&format!("cut_{}", cut.hours))]))?;
    for (name, rate) in [("gone", &cut.gone), ("attributable", &cut.attributable)] {
        let (percent, detail) = told(rate);
        card.write(name, &percent)?;
        card.write(&format!("{name}-detail"), &detail)?;
    }
    let unknown = cut.unknown + cut.to_confirm;
    let most = cut.gone_at_most.filter(|_| unknown > 0);
    let text = most.map(|most| say_with("rate_unknown", &[&integer(unknown), &decimal(most)]));
    card.write_or_hide("unknown", text.as_deref())
}

/// A rate, and what it rests on.
fn told(rate: &Rate) -> (String, String) {
    match (rate.percent, rate.low, rate.high) {
        (Some(percent), Some(low), Some(high)) => {
            let detail = [integer(rate.n), integer(rate.of), decimal(low), decimal(high)];
            (
                say_with("rate_percent", &[&decimal(percent)]),
                say_with("rate_detail", &detail.each_ref().map(String::as_str)),
            )
        }
        _ => (say("rate_none"), String::new()),
    }
}

fn fill_split(row: &Scope, name: &str, group: &Group) -> Try {
    row.write("group", name)?;
    let at_48 = group.cuts.iter().find(|cut| cut.hours == 48);
    let Some(cut) = at_48 else {
        row.write("items", &say("split_hidden"))?;
        return Ok(());
    };
    row.write("items", &integer(group.items))?;
    for (cell, rate) in [("gone", &cut.gone), ("attributable", &cut.attributable)] {
        let (percent, detail) = told(rate);
        row.write(cell, format!("{percent} {detail}").trim())?;
    }
    row.write("median", &median(group.median.as_ref()))
}

fn median(found: Option<&Interval>) -> String {
    match found {
        Some(Interval { after, by: Some(by) }) => say_with("median_between", &[&decimal(*after), &decimal(*by)]),
        _ => say("median_not_reached"),
    }
}

/// The rows of the table: what, and how many at each moment.
fn states(total: &Group) -> Vec<(&'static str, Vec<u64>)> {
    type Count = fn(&Cut) -> u64;
    let rows: [(&str, Count); 11] = [
        ("state_of", |cut| cut.of),
        ("state_removed_by_platform", |cut| cut.removed_by_platform),
        ("state_restricted", |cut| cut.restricted),
        ("state_account_suspended", |cut| cut.account_suspended),
        ("state_removed_by_moderators", |cut| cut.removed_by_moderators),
        ("state_deleted_by_author", |cut| cut.deleted_by_author),
        ("state_gone_cause_unknown", |cut| cut.gone_cause_unknown),
        ("state_online", |cut| cut.online),
        ("state_to_confirm", |cut| cut.to_confirm),
        ("state_unknown", |cut| cut.unknown),
        ("state_not_due", |cut| cut.not_due),
    ];
    rows.into_iter().map(|(state, count)| (state, total.cuts.iter().map(count).collect())).collect()
}

/// What must be known beside the figures.
fn remarks(table: &TableView) -> Vec<String> {
    let figures = &table.campaign;
    let filled = |key: &str, values: &[String]| say_with(key, &values.iter().map(String::as_str).collect::<Vec<_>>());
    let mut told = vec![];
    if figures.items == 0 {
        told.push(say("campaign_not_measured"));
    }
    let list = figures.lists.iter().find(|list| list.dossier == table.dossier.id);
    match list {
        Some(list) => {
            let numbers = [list.here, list.listed, list.notified_before].map(integer);
            let [here, listed, before] = numbers;
            told.push(filled("remark_frozen", &[words::short(list.frozen_at), here, listed, before]));
            if !list.complete {
                told.push(say("remark_incomplete"));
            }
        }
        None if figures.items > 0 && table.dossier.purpose == Purpose::Testing => told.push(say("remark_not_frozen")),
        None => {}
    }
    let out = figures.excluded;
    let out = [out.not_notified, out.set_aside, out.not_there, out.undated, out.not_listed];
    if out.iter().any(|count| *count > 0) {
        told.push(filled("remark_excluded", &out.map(integer)));
    }
    if figures.items > 0 {
        let time = &figures.survival;
        told.push(filled("remark_median", &[median(time.median.as_ref()), integer(time.events), integer(time.of)]));
        let answered = [&figures.feedback.acknowledged, &figures.feedback.decided];
        told.push(filled(
            "remark_feedback",
            &answered.map(|rate| {
                let (percent, detail) = self::told(rate);
                format!("{percent} {detail}")
            }),
        ));
    }
    if figures.returned > 0 {
        told.push(filled("remark_returned", &[integer(figures.returned)]));
    }
    if figures.agreement_offence.coded_twice > 0 {
        let kappa = |kappa: Option<f64>| kappa.map_or_else(|| "—".to_owned(), decimal);
        told.push(filled(
            "remark_agreement",
            &[
                integer(figures.agreement_offence.coded_twice),
                kappa(figures.agreement_illegal.kappa),
                kappa(figures.agreement_offence.kappa),
            ],
        ));
    }
    told
}

/// `Facebook 70,2 % retirés`.
fn figure(figure: &Figure) -> String {
    let percent = say_with("rate_percent", &[&decimal(f64::from(figure.permille) / 10.0)]);
    let counted = match (figure.n, figure.of) {
        (Some(n), Some(of)) => format!("{percent} ({n}/{of})"),
        _ => percent,
    };
    let what = say_with(&format!("round_{}", figure.what), &[&counted]);
    let platform = if figure.platform.is_empty() { String::new() } else { words::platform(&figure.platform) + " " };
    let doubt = if figure.sure { String::new() } else { format!(" {}", say("round_to_check")) };
    format!("{platform}{what}{doubt}")
}
