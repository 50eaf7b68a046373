//! What is sent: the PHAROS report first, then the notice to the platform. Drafted here, sent by the user, elsewhere.

use std::{collections::BTreeSet, rc::Rc};

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};

use super::{
    super::{
        dom::{KeyedList, Scope, Try, write},
        shell::{ask, spawn, unexpected},
        words::{self, family, plural, say, say_with},
    },
    CaseBox,
};
use crate::{
    base::{Lang, gather},
    browser::page,
    protocol::{
        CaseRow, CaseView, Competence, Decision, Elsewhere, Field, Instant, Lawful, Notice, PharosReport, Reply,
        Request, Sender, SenderKind, warning,
    },
};

impl CaseBox {
    /// Whether the two documents can be made, and what was sent already.
    pub(super) fn fill_senders(&self, view: &CaseView) -> Try {
        let why = match view.qualified.as_ref().map(|qualified| &qualified.decision) {
            None => Some(say("why_decide_first")),
            Some(Decision::Lawful { kind: Lawful::PlatformRules }) => Some(say("why_platform_rules")),
            Some(Decision::Lawful { .. }) => Some(say("why_lawful")),
            Some(Decision::Offence { .. }) => None,
        };
        for step in ["report", "notice"] {
            self.set_reachable(step, why.as_deref())?;
        }
        let root = &self.root;
        let waiting = |sent: usize| match (sent, why.is_some()) {
            (0, true) => say("step_waits"),
            (0, false) => say("step_to_do"),
            (sent, _) => plural("sent", sent as u64),
        };
        root.write("report-state", &waiting(view.reports.len()))?;
        root.write("notice-state", &waiting(view.notices.len()))?;
        root.fill("reports", "line", &view.reports, |row, report| {
            write(row.element(), &sent_line("report_line", report.sent_at, report.reference.as_deref()));
            Ok(())
        })?;
        root.fill("notices", "line", &view.notices, |row, notice| {
            write(row.element(), &sent_line("notice_line", notice.sent_at, notice.reference.as_deref()));
            Ok(())
        })
    }

    /// The language of the page and the sender of the settings, to begin with.
    pub(super) fn start_senders(&self) -> Try {
        let settings = self.settings.borrow();
        self.root.set_value("notice-lang", lang_code(page::lang()))?;
        self.root.set_value("sender-kind", &words::code(&settings.sender.kind))?;
        self.root.set_value("sender-representative", &settings.sender.representative)?;
        self.root.set_value("sender-grounds", &settings.sender.grounds)?;
        self.show_association(settings.sender.kind)?;
        self.root.set_value("sender-name", &settings.sender.name)?;
        self.root.set_value("sender-email", &settings.sender.email)
    }

    pub(super) fn listen_to_senders(self: &Rc<Self>) -> Try {
        self.on("sender", "submit", |_, event| {
            event.prevent_default();
            Ok(())
        })?;
        self.on("sender", "change", |case, _| {
            let case = case.clone();
            spawn(async move {
                case.keep_sender().await?;
                case.draft();
                Ok(())
            });
            Ok(())
        })?;
        for fields in ["report-fields", "notice-fields"] {
            self.on(fields, "change", |case, _| {
                let case = case.clone();
                spawn(async move { case.keep_ticks().await });
                Ok(())
            })?;
        }
        self.on("companions", "change", |case, _| {
            case.draft();
            Ok(())
        })?;
        self.on_submit("report-sent", |case| Box::pin(async move { case.record_report().await }))?;
        self.on_submit("notice-sent", |case| Box::pin(async move { case.record_notice().await }))
    }

    /// Drafts both documents again, after a decision or a change of sender or language.
    pub(super) fn draft(self: &Rc<Self>) {
        if Self::decided_offence(&self.view()).is_none() {
            return;
        }
        let round = self.draft_round.get().wrapping_add(1);
        self.draft_round.set(round);
        let case = self.clone();
        spawn(async move {
            let id = case.id();
            let Reply::Report(report) = ask(Request::DraftReport { case: id.clone() }).await? else {
                return Err(unexpected());
            };
            let lang = case.notice_lang()?;
            let also = case.also();
            let Reply::Notice(notice) = ask(Request::DraftNotice { case: id.clone(), lang, also }).await? else {
                return Err(unexpected());
            };
            let Reply::Ticks(ticks) = ask(Request::Ticks { case: id.clone() }).await? else { return Err(unexpected()) };
            case.ticks.replace(gather(ticks));
            if notice.several {
                let Reply::Cases(companions) = ask(Request::Companions { case: id }).await? else {
                    return Err(unexpected());
                };
                case.fill_companions(&companions)?;
            }
            if case.draft_round.get() == round {
                case.fill_report(&report)?;
                case.fill_notice(&notice)?;
                case.draft_letter().await?;
            }
            Ok(())
        });
    }

    fn fill_report(&self, report: &PharosReport) -> Try {
        let root = &self.root;
        root.write("competence", &family("competence", &words::code(&report.competent)).unwrap_or_default())?;
        fill_warnings(root, "report-warnings", &report.warnings)?;
        fill_fields(&mut self.report_fields.borrow_mut(), &report.fields, "report", Lang::Fr, &self.ticks.borrow())?;
        root.show("elsewhere-box", !report.elsewhere.is_empty())?;
        root.fill("elsewhere", "helper", &report.elsewhere, fill_helper)?;
        let elsewhere = (report.competent == Competence::No && !report.address.is_empty())
            .then(|| say_with("report_elsewhere", &[&report.address]));
        root.write_or_hide("report-elsewhere", elsewhere.as_deref())?;
        root.show("report-sent", report.competent != Competence::No)?;
        let portal = Some(report.address.as_str()).filter(|_| report.competent != Competence::No);
        fill_link(root, "report-link", portal)
    }

    fn fill_notice(&self, notice: &Notice) -> Try {
        let root = &self.root;
        fill_warnings(root, "notice-warnings", &notice.warnings)?;
        fill_fields(&mut self.notice_fields.borrow_mut(), &notice.fields, "notice", notice.lang, &self.ticks.borrow())?;
        fill_link(root, "notice-prefilled", notice.prefilled.as_deref())?;
        fill_link(root, "notice-form", Some(&notice.form))
    }

    fn show_association(&self, kind: SenderKind) -> Try {
        self.root.show("sender-association-box", kind == SenderKind::Association)
    }

    fn fill_companions(&self, rows: &[CaseRow]) -> Try {
        self.root.show("companions-box", !rows.is_empty())?;
        self.companions.borrow_mut().update(rows.iter().map(|row| (row.id.clone(), row)), |row, case| {
            row.set("input", "value", &case.id)?;
            row.write("label", &format!("{} · {}", words::short(case.captured_at), case.permalink))
        })
    }

    /// The other cases that the user put into the same notice.
    fn also(&self) -> Vec<String> {
        let Ok(companions) = self.root.at("companions") else { return vec![] };
        let ticked = companions.all("input:checked").into_iter();
        ticked.filter_map(|input| Some(input.dyn_into::<HtmlInputElement>().ok()?.value())).collect()
    }

    /// Keeps which fields of the forms are copied.
    pub(super) async fn keep_ticks(&self) -> Try {
        let ticked = self.root.all("[data-ref=tick]:checked").into_iter();
        let ticks: Vec<String> = ticked.filter_map(|tick| tick.get_attribute("value")).collect();
        self.ticks.replace(gather(ticks.clone()));
        ask(Request::SaveTicks { case: self.id(), ticks }).await.map(drop)
    }

    async fn keep_sender(&self) -> Try {
        let kind = self.root.value("sender-kind")?;
        let kind = [SenderKind::Association, SenderKind::Anonymous]
            .into_iter()
            .find(|known| words::code(known) == kind)
            .unwrap_or(SenderKind::Person);
        self.show_association(kind)?;
        let sender = Sender {
            name: self.root.value("sender-name")?,
            email: self.root.value("sender-email")?,
            kind,
            representative: self.root.value("sender-representative")?,
            grounds: self.root.value("sender-grounds")?,
        };
        if self.settings.borrow().sender == sender {
            return Ok(());
        }
        let Reply::Settings(mut settings) = ask(Request::Settings).await? else { return Err(unexpected()) };
        settings.sender = sender;
        let Reply::Settings(kept) = ask(Request::SaveSettings { settings }).await? else { return Err(unexpected()) };
        self.settings.replace(kept);
        Ok(())
    }

    async fn record_report(self: &Rc<Self>) -> Try {
        let request = Request::RecordReport {
            case: self.id(),
            sent_at: words::local_moment(&self.root.value("report-at")?),
            reference: given(self.root.value("report-reference")?),
        };
        self.changed(request, "report_kept").await?;
        self.root.set_value("report-at", "")?;
        self.root.set_value("report-reference", "")
    }

    async fn record_notice(self: &Rc<Self>) -> Try {
        let ticked: HtmlInputElement = self.root.find("good-faith")?;
        if !ticked.checked() {
            self.root.write_or_hide("notice-fault", Some(&say("good_faith_needed")))?;
            return self.root.focus("good-faith");
        }
        self.root.show("notice-fault", false)?;
        let request = Request::RecordNotice {
            case: self.id(),
            lang: self.notice_lang()?,
            also: self.also(),
            good_faith: true,
            sent_at: words::local_moment(&self.root.value("notice-at")?),
            reference: given(self.root.value("notice-reference")?),
        };
        self.changed(request, "notice_kept").await?;
        ticked.set_checked(false);
        self.root.set_value("notice-at", "")?;
        self.root.set_value("notice-reference", "")
    }

    fn notice_lang(&self) -> Try<Lang> {
        Ok(if self.root.value("notice-lang")? == "en" { Lang::En } else { Lang::Fr })
    }
}

fn lang_code(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "fr",
        Lang::En => "en",
    }
}

fn given(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn sent_line(key: &str, at: Instant, reference: Option<&str>) -> String {
    let line = words::say_with(key, &[&words::paris(at)]);
    match reference {
        Some(reference) => say_with("with_reference", &[&line, reference]),
        None => line,
    }
}

fn fill_warnings(root: &Scope, name: &str, warnings: &[String]) -> Try {
    root.show(name, !warnings.is_empty())?;
    root.fill(name, "line", warnings, |row, code| {
        row.element().set_attribute("data-code", code).map_err(|_| unexpected())?;
        write(row.element(), &warning(code, page::lang()).map_or_else(|| code.replace('_', " "), str::to_owned));
        Ok(())
    })
}

/// A link is shown only for an address of the web.
fn fill_link(root: &Scope, name: &str, address: Option<&str>) -> Try {
    let address = address.filter(|address| address.starts_with("https://"));
    root.show(name, address.is_some())?;
    root.set(name, "href", address.unwrap_or("#"))
}

/// Who else helps; a telephone number is no page to open.
fn fill_helper(row: &Scope, body: &Elsewhere) -> Try {
    row.write("link", &body.name)?;
    row.set("link", "href", &body.address)?;
    if body.address.starts_with("https://") {
        row.set("link", "target", "_blank")?;
        row.set("link", "rel", "noreferrer")?;
    }
    row.write("what", if page::lang() == Lang::En { &body.en } else { &body.fr })?;
    row.show("trusted", body.trusted)
}

/// Fields in the form's order, each with its length and its own copy button.
fn fill_fields(list: &mut KeyedList, fields: &[Field], form: &str, lang: Lang, ticks: &BTreeSet<String>) -> Try {
    let filled = fields.iter().filter(|field| !field.value.is_empty());
    list.update(filled.map(|field| (field.id.clone(), field)), |row, field| {
        let known = || family("field", &field.id).unwrap_or_else(|| field.id.replace('_', " "));
        let label = field.label.clone().unwrap_or_else(known);
        let id = format!("{form}-field-{}", field.id);
        row.write("label", &label)?;
        row.set("label", "for", &id)?;
        row.write("copy-what", &label)?;
        row.write("tick-what", &label)?;
        let tick: HtmlInputElement = row.find("tick")?;
        tick.set_value(&format!("{form}:{}", field.id));
        tick.set_checked(ticks.contains(&tick.value()));
        let value: HtmlTextAreaElement = row.find("value")?;
        value.set_id(&id);
        row.set("value", "lang", lang_code(lang))?;
        value.set_value(&field.value);
        value.set_rows(rows(&field.value));
        let length = field.value.chars().count();
        let over = field.limit.is_some_and(|limit| length > limit as usize);
        let counter: Element = row.find("counter")?;
        let length = words::integer(length as u64);
        let text = match field.limit {
            Some(limit) if over => say_with("counter_over", &[&length, &words::integer(limit.into())]),
            Some(limit) => say_with("counter_of", &[&length, &words::integer(limit.into())]),
            None => say_with("counter", &[&length]),
        };
        write(&counter, &text);
        let _always_works = counter.class_list().toggle_with_force("over", over);
        // A text drafted again is not the one that was copied.
        let _gone = row.find::<Element>("copy")?.remove_attribute("data-copied");
        Ok(())
    })
}

fn rows(text: &str) -> u32 {
    let lines: usize = text.lines().map(|line| line.chars().count() / 48 + 1).sum();
    u32::try_from(lines.clamp(1, 10)).unwrap_or(10)
}
