//! What became of the post: what is proved, a check without cookies, what the user saw.

use std::rc::Rc;

use super::{
    super::{
        dom::{Try, write},
        shell::{ask, unexpected},
        words::{self, family, say, say_with},
    },
    CaseBox,
    suggestion::confidence,
};
use crate::{
    browser::page,
    protocol::{CaseView, Fate, Observer, Reply, Request, StandingView},
};

/// The fates that a person can see in a page.
const SEEN: [Fate; 15] = [
    Fate::Online,
    Fate::OnlineLimited,
    Fate::Edited,
    Fate::WithheldGeo,
    Fate::DeletedByAuthor,
    Fate::RemovedByPlatform,
    Fate::RemovedByCommunityMod,
    Fate::AccountSuspended,
    Fate::AccountGone,
    Fate::Private,
    Fate::AgeWall,
    Fate::LoginWall,
    Fate::GoneCauseUnknown,
    Fate::TempError,
    Fate::Unknown,
];

impl CaseBox {
    pub(super) fn fill_follow(&self, view: &CaseView) -> Try {
        let root = &self.root;
        let standing = words::standing(&view.row.standing);
        root.write("follow-state", &standing)?;
        root.write("standing", &standing)?;
        root.write("standing-note", &say(standing_note(&view.row.standing)))?;
        let next = view.next_check.map(|at| say_with("next_check", &[&words::paris(at)]));
        root.write_or_hide("next-check", next.as_deref())?;
        let deadline = view.deadline.as_ref().map(|deadline| {
            let day = words::day(&deadline.last_safe_day);
            let offence = self.known(view, &deadline.offence).map_or_else(String::new, words::offence_label);
            say_with("deadline", &[&day, &deadline.period, &offence, &confidence(deadline.confidence)])
        });
        root.write_or_hide("deadline", deadline.as_deref())?;
        root.show("deadline-note", deadline.is_some())?;
        root.show("check", view.probe.is_some())?;
        let note = match &view.probe {
            None => say("check_by_hand_only"),
            Some(probe) if self.settings.borrow().checks => say_with("check_leaves", &[&probe.url]),
            Some(probe) => say_with("check_switches_on", &[&probe.url]),
        };
        root.write("check-note", &note)?;
        root.set("sighting-open", "href", &view.row.permalink)?;
        root.show("observations-box", !view.observations.is_empty())?;
        root.fill("observations", "line", &view.observations, |row, seen| {
            let who = match (seen.by, seen.baseline) {
                (_, true) => say("observer_baseline"),
                (Observer::Probe, false) => say("observer_probe"),
                (Observer::User, false) => say("observer_user"),
            };
            let fate = family("fate", &words::code(&seen.sighting.fate)).unwrap_or_default();
            write(row.element(), &say_with("observation", &[&words::short(seen.at), &who, &fate]));
            Ok(())
        })
    }

    pub(super) fn listen_to_follow(self: &Rc<Self>) -> Try {
        self.on_press("check", |case, _| {
            let probe = case.view().probe.clone();
            // Inside the click: after an await the browser would refuse to ask.
            let asked = probe.map(|probe| page::ask_permission(&probe.origins()));
            Box::pin(async move {
                let Some(asked) = asked else { return Ok(()) };
                let granted = asked.await;
                case.root.write_or_hide("check-fault", (!granted).then(|| say("check_refused")).as_deref())?;
                if !granted {
                    return Ok(());
                }
                case.switch_checks_on().await?;
                ask(Request::Check { case: case.id() }).await?;
                case.changed(Request::Case { case: case.id() }, "check_done").await
            })
        })?;
        self.on_submit("sighting", |case| {
            Box::pin(async move {
                let chosen = case.root.value("fate")?;
                let Some(fate) = SEEN.into_iter().find(|fate| words::code(fate) == chosen) else {
                    return case.root.focus("fate");
                };
                case.changed(Request::RecordSighting { case: case.id(), fate }, "sighting_kept").await?;
                case.root.set_value("fate", "")
            })
        })
    }

    async fn switch_checks_on(&self) -> Try {
        let Reply::Settings(mut settings) = ask(Request::Settings).await? else { return Err(unexpected()) };
        if !settings.checks {
            settings.checks = true;
            let Reply::Settings(kept) = ask(Request::SaveSettings { settings }).await? else {
                return Err(unexpected());
            };
            settings = kept;
        }
        self.settings.replace(settings);
        Ok(())
    }
}

fn standing_note(standing: &StandingView) -> &'static str {
    match standing {
        StandingView::NotChecked => "note_not_checked",
        StandingView::Online { .. } => "note_online",
        StandingView::Unconfirmed { .. } => "note_unconfirmed",
        StandingView::Gone { by_moderation: true, .. } => "note_gone_by_moderation",
        StandingView::Gone { .. } => "note_gone",
        StandingView::Unknown { .. } => "note_unknown",
        StandingView::ByHandOnly => "note_by_hand_only",
    }
}
