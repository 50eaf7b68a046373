//! What came back, what was contested, and the days that count.

use std::rc::Rc;

use web_sys::{Element, HtmlInputElement};

use super::{
    super::{
        dom::{Try, write},
        shell::{announce, ask, unexpected},
        words::{self, family, plural, say, say_with},
    },
    CaseBox,
};
use crate::{
    browser::page,
    protocol::{CaseView, Consent, DueView, MilestoneView, NewPiece, Recourse, Reply, Request, Role, Ruling},
};

const RULINGS: [Ruling; 6] =
    [Ruling::Removed, Ruling::Withheld, Ruling::Limited, Ruling::AccountSuspended, Ruling::Kept, Ruling::Unclear];

impl CaseBox {
    pub(super) fn fill_answers(&self, view: &CaseView) -> Try {
        let root = &self.root;
        let undecided = Self::decided_offence(view).is_none() && view.milestones.is_empty();
        self.set_reachable("answer", undecided.then(|| say("why_answer")).as_deref())?;
        self.set_reachable("letters", Self::decided_offence(view).is_none().then(|| say("why_letters")).as_deref())?;
        root.show("answer", !view.notices.is_empty())?;
        let last = view.milestones.last().filter(|last| last.kind == "decided" || last.kind == "complained");
        root.write("answer-state", &last.map(milestone).unwrap_or_default())?;
        root.show("milestones", !view.milestones.is_empty())?;
        root.fill("milestones", "timeline-step", &view.milestones, |row, step| {
            let at: Element = row.find("at")?;
            at.set_text_content(Some(&words::paris(step.at)));
            row.set("at", "datetime", &step.at.rfc3339())?;
            row.write("what", &milestone(step))?;
            row.write("detail", &detail(step))
        })?;
        root.show("due-box", !view.due.is_empty())?;
        root.fill("due", "line", &view.due, |row, due| {
            write(row.element(), &due_line(due));
            Ok(())
        })
    }

    pub(super) fn listen_to_answers(self: &Rc<Self>) -> Try {
        self.on_submit("answer", |case| Box::pin(async move { case.record_answer().await }))?;
        self.on_submit("recourse", |case| Box::pin(async move { case.record_recourse().await }))?;
        self.accept_drop("answer", "answer-file")?;
        self.on_press("calendar", |case, _| {
            Box::pin(async move {
                let Reply::Done = ask(Request::Calendar { case: Some(case.id()), lang: page::lang() }).await? else {
                    return Err(unexpected());
                };
                announce(&say("calendar_done"))
            })
        })?;
        self.on_press("notify", |case, _| {
            // Inside the click: after an await the browser would refuse to ask.
            let asked = page::ask_notifications();
            Box::pin(async move {
                let key = if asked.await { "notify_on" } else { "notify_refused" };
                case.root.write("notify", &say(key))?;
                announce(&say(key))
            })
        })
    }

    async fn record_answer(self: &Rc<Self>) -> Try {
        let root = &self.root;
        let chosen = root.value("answer-kind")?;
        if chosen.is_empty() {
            return root.focus("answer-kind");
        }
        let message = self.new_piece("answer").await?;
        let case = self.id();
        let notice = u32::try_from(self.view().notices.len()).unwrap_or(u32::MAX);
        let at = words::local_moment(&root.value("answer-at")?);
        let reference = given(root.value("answer-reference")?);
        let request = match RULINGS.into_iter().find(|ruling| words::code(ruling) == chosen) {
            Some(ruling) => Request::RecordRuling { case, notice, ruling, at, reference, message },
            None => Request::RecordReceipt { case, notice, at, reference, message },
        };
        self.changed_or_said("answer-fault", request, "answer_kept").await?;
        for field in ["answer-kind", "answer-at", "answer-reference", "answer-text", "answer-file"] {
            root.set_value(field, "")?;
        }
        Ok(())
    }

    async fn record_recourse(self: &Rc<Self>) -> Try {
        let root = &self.root;
        let chosen = root.value("recourse-kind")?;
        let Some(recourse) = Recourse::ALL.into_iter().find(|recourse| words::code(recourse) == chosen) else {
            return root.focus("recourse-kind");
        };
        let drafted: HtmlInputElement = root.find("recourse-drafted")?;
        let request = Request::RecordComplaint {
            case: self.id(),
            recourse,
            at: words::local_moment(&root.value("recourse-at")?),
            reference: given(root.value("recourse-reference")?),
            drafted: drafted.checked(),
        };
        self.changed(request, "recourse_kept").await?;
        drafted.set_checked(false);
        for field in ["recourse-kind", "recourse-at", "recourse-reference"] {
            root.set_value(field, "")?;
        }
        Ok(())
    }

    /// The file that was chosen, else the text that was pasted, kept as a blob; none when there is neither.
    pub(super) async fn new_piece(&self, form: &str) -> Try<Option<NewPiece>> {
        let root = &self.root;
        let input: HtmlInputElement = root.find(&format!("{form}-file"))?;
        let file = input.files().and_then(|files| files.get(0));
        let text = root.value(&format!("{form}-text"))?;
        let (bytes, file_name) = match &file {
            Some(file) => (page::file_bytes(file).await.ok_or_else(unexpected)?, Some(file.name())),
            None if text.is_empty() => return Ok(None),
            None => (text.into_bytes(), None),
        };
        let blob = page::keep(&bytes).await.ok_or_else(unexpected)?;
        // Who sends a notice gets the answer: that is who gives it.
        Ok(Some(NewPiece {
            blob,
            file_name,
            provided_by: String::new(),
            role: Role::Witness,
            consent: Consent::NotConcerned,
            access: say("access_answer"),
        }))
    }

    /// A file dropped on a form is chosen in its field.
    pub(super) fn accept_drop(self: &Rc<Self>, form: &str, field: &'static str) -> Try {
        self.on(form, "dragover", |_, event| {
            event.prevent_default();
            Ok(())
        })?;
        self.on(form, "drop", move |case, event| {
            event.prevent_default();
            let Some(files) = page::dropped_files(event) else { return Ok(()) };
            case.root.find::<HtmlInputElement>(field)?.set_files(Some(&files));
            case.root.focus(field)
        })
    }

    /// Like `changed`, what is refused said inside the form.
    pub(super) async fn changed_or_said(self: &Rc<Self>, fault: &'static str, request: Request, said: &str) -> Try {
        match self.changed(request, said).await {
            Err(refused) => {
                let (text, hint) = words::fault(&refused);
                self.root.write_or_hide(fault, Some(format!("{} {hint}", words::capital(&text)).trim()))?;
                Err(refused)
            }
            Ok(()) => self.root.show(fault, false),
        }
    }
}

/// The days that the case has to keep, in words.
fn due_line(due: &DueView) -> String {
    let what = family("due", &words::code(&due.kind)).unwrap_or_default();
    let day = words::day(&due.day);
    match u64::try_from(due.days_left) {
        Ok(left) => say_with("due_line", &[&what, &day, &plural("days_left", left)]),
        Err(_) => say_with("due_past", &[&what, &day]),
    }
}

fn milestone(step: &MilestoneView) -> String {
    let named = match step.kind.as_str() {
        "decided" => family("ruling", &step.code).map(|ruling| say_with("milestone_decided", &[&ruling])),
        "complained" => family("recourse", &step.code).map(|whom| say_with("milestone_complained", &[&whom])),
        _ => None,
    };
    named.or_else(|| family("step", &step.kind)).unwrap_or_default()
}

fn detail(step: &MilestoneView) -> String {
    let reference = step.reference.as_deref().map(|reference| say_with("milestone_reference", &[reference]));
    let piece = step.piece.map(|piece| say_with("milestone_piece", &[&words::integer(piece.into())]));
    [reference, piece].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn given(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
