//! The post: veiled until asked for, its times, what is missing, its seal.

use std::rc::Rc;

use web_sys::{Element, HtmlElement, HtmlImageElement};

use super::{
    super::{
        dom::{Try, write},
        shell::spawn,
        words::{self, family, integer, plural, say, say_with},
    },
    CaseBox,
};
use crate::{
    browser::page::BlobUrl,
    protocol::{Author, CaseView, Digest, Instant, Linked, Missing, PieceView, Post, TimestampState, TimestampView},
};

impl CaseBox {
    pub(super) fn fill_post(self: &Rc<Self>, view: &CaseView) -> Try {
        let root = &self.root;
        let state = match (view.withheld, view.row.partial) {
            (true, _) => "post_erased",
            (false, true) => "post_partial",
            (false, false) => "post_whole",
        };
        root.write("post-state", &say(state))?;
        let classes = root.element().class_list();
        classes.toggle_with_force("withheld", view.withheld).map_err(|_| super::shell::unexpected())?;
        root.write("permalink", &view.row.permalink)?;
        root.set("permalink", "href", &view.row.permalink)?;
        self.set_revealed(self.revealed.get())?;
        let Some(piece) = view.pieces.first() else { return Ok(()) };
        match &piece.post {
            Some(post) => self.fill_read_post(post)?,
            None => root.write("text", &say("post_unread"))?,
        }
        write_moment(&root.find("captured")?, Some(piece.captured_at))?;
        root.write("seal", &words::abridged(&piece.seal))?;
        root.set("seal", "title", &piece.seal.to_string())?;
        root.write("time", &trusted_time(&piece.timestamp))?;
        root.show("missing-box", !piece.missing.is_empty())?;
        root.fill("missing", "line", &piece.missing, |row, missing| {
            write(row.element(), &missing_text(missing));
            Ok(())
        })?;
        let omitted: u64 = piece.omissions.iter().map(|omission| u64::from(omission.count)).sum();
        root.write_or_hide("omissions", (omitted > 0).then(|| plural("omissions", omitted)).as_deref())?;
        self.fill_witness(piece)?;
        self.fill_other_pieces(&view.pieces)?;
        self.show_picture(piece.picture)
    }

    /// Veils the post and the words quoted from it, or reveals them.
    pub(super) fn set_revealed(&self, revealed: bool) -> Try {
        self.revealed.set(revealed);
        let root = &self.root;
        root.element().class_list().toggle_with_force("veiled", !revealed).map_err(|_| super::shell::unexpected())?;
        for button in ["veil", "talk-veil"] {
            root.write(button, &say(if revealed { "veil_hide" } else { "veil_show" }))?;
            root.set(button, "aria-pressed", if revealed { "true" } else { "false" })?;
        }
        root.show("veil-note", !revealed)?;
        self.veil_sensitive();
        Ok(())
    }

    /// What is veiled is not read aloud either.
    pub(super) fn veil_sensitive(&self) {
        for element in self.root.all(".sensitive") {
            let _always_works = match self.revealed.get() {
                true => element.remove_attribute("aria-hidden"),
                false => element.set_attribute("aria-hidden", "true"),
            };
            let _always_works = element.toggle_attribute_with_force("inert", !self.revealed.get());
        }
    }

    fn fill_read_post(&self, post: &Post) -> Try {
        let root = &self.root;
        root.write("author", post.author.display_name.as_deref().unwrap_or_default())?;
        root.write("handle", &handle(&post.author))?;
        write_moment(&root.find("published")?, post.published_at)?;
        write_moment(&root.find("from-id")?, post.created_from_id)?;
        self.fill_linked("reply", "reply-text", post.in_reply_to.as_ref())?;
        self.fill_linked("quoted", "quoted-text", post.quoted.as_ref())?;
        let media = post.media.len() as u64;
        root.write_or_hide("media", (media > 0).then(|| plural("media", media)).as_deref())?;
        if let Some(lang) = &post.lang {
            root.set("text", "lang", lang)?;
        }
        let marks = self.talk.borrow().as_ref().map(|talk| super::suggestion::spans(&talk.outcome)).unwrap_or_default();
        write_marked(&root.find("text")?, &post.text, &marks)
    }

    fn fill_linked(&self, place: &str, text: &str, linked: Option<&Linked>) -> Try {
        let shown = linked.map(|linked| {
            let author = handle(&linked.author);
            match &linked.text {
                Some(text) if author.is_empty() => text.clone(),
                Some(text) => format!("{author} — {text}"),
                None if author.is_empty() => linked.permalink.clone().unwrap_or_default(),
                None => author,
            }
        });
        self.root.show(place, shown.is_some())?;
        self.root.write(text, shown.as_deref().unwrap_or_default())
    }

    fn fill_other_pieces(&self, pieces: &[PieceView]) -> Try {
        self.root.show("pieces-box", pieces.len() > 1)?;
        self.root.fill("pieces", "line", pieces.iter().skip(1), |row, piece| {
            let number = words::integer(piece.piece.into());
            let values = [number.as_str(), &words::short(piece.captured_at), &words::abridged(&piece.seal)];
            write(row.element(), &say_with("pieces_line", &values));
            Ok(())
        })
    }

    fn show_picture(self: &Rc<Self>, picture: Option<Digest>) -> Try {
        let image: HtmlImageElement = self.root.find("picture")?;
        let Some(digest) = picture else {
            image.set_hidden(true);
            return self.root.write("picture-note", &say("picture_none"));
        };
        if self.picture.borrow().as_ref().is_some_and(|(shown, _)| *shown == digest) {
            return Ok(());
        }
        let case = self.clone();
        spawn(async move {
            let url = BlobUrl::of(&digest, "image/png").await;
            let image: HtmlImageElement = case.root.find("picture")?;
            image.set_hidden(url.is_none());
            match url {
                Some(url) => {
                    image.set_src(url.as_str());
                    case.picture.replace(Some((digest, url)));
                    case.root.write("picture-note", &say("picture_derived"))
                }
                None => case.root.write("picture-note", &say("picture_unreadable")),
            }
        });
        Ok(())
    }
}

/// What a missing thing is called, its code when this version has no words for it.
pub(super) fn missing_text(missing: &Missing) -> String {
    let (what, number) = missing.what.split_once('/').unwrap_or((&missing.what, ""));
    if let Some(text) = family("missing", &format!("{what}_{}", missing.reason)) {
        return text;
    }
    let named = family("what", what).unwrap_or_else(|| what.replace('_', " "));
    let named = if number.is_empty() { named } else { say_with("what_numbered", &[&named, number]) };
    // Many reasons are the code of the fault that stood in the way.
    let reason = family("reason_missing", &missing.reason)
        .or_else(|| family("error", &missing.reason))
        .unwrap_or_else(|| missing.reason.replace('_', " "));
    say_with("missing_other", &[&named, &reason])
}

fn trusted_time(timestamp: &TimestampView) -> String {
    let mut parts = vec![match timestamp.state {
        TimestampState::Off => say("time_off"),
        TimestampState::Queued => say("time_queued"),
        TimestampState::Received | TimestampState::Certified => String::new(),
    }];
    for token in &timestamp.tokens {
        let key = if token.checked { "time_certified" } else { "time_received" };
        parts.push(say_with(key, &[&words::paris(token.gen_time), &token.tsa, &gap(token.gap_seconds)]));
    }
    for awaited in &timestamp.awaited {
        let host = awaited.service.split('/').nth(2).unwrap_or_default();
        match (&awaited.fault, awaited.next_at) {
            (Some(fault), _) => parts.push(say_with("time_service_fault", &[host, &words::fault(fault).0])),
            (None, Some(next)) => parts.push(say_with("time_service_away", &[host, &words::paris(next)])),
            (None, None) if !timestamp.tokens.is_empty() => parts.push(say_with("time_service_awaited", &[host])),
            (None, None) => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// How long after the seal, on the device's clock, a service dated it.
fn gap(seconds: i64) -> String {
    let size = seconds.unsigned_abs();
    let span = match size {
        0..120 => say_with("span_seconds", &[&integer(size)]),
        120..7200 => say_with("span_minutes", &[&integer(size / 60)]),
        7200..172_800 => say_with("span_hours", &[&integer(size / 3600)]),
        _ => say_with("span_days", &[&integer(size / 86_400)]),
    };
    say_with(if seconds < 0 { "time_gap_before" } else { "time_gap_after" }, &[&span])
}

fn handle(author: &Author) -> String {
    author.handle.as_ref().map(|handle| format!("@{handle}")).unwrap_or_default()
}

/// Both times, one line each: Paris, then UTC.
fn write_moment(place: &HtmlElement, at: Option<Instant>) -> Try {
    place.set_text_content(None);
    let Some(at) = at else {
        place.set_text_content(Some(&say("not_shown")));
        return Ok(());
    };
    for (text, class) in [(words::paris(at), "paris"), (words::utc(at), "utc")] {
        let row = element("time")?;
        row.set_text_content(Some(&text));
        row.set_class_name(class);
        let set = row.set_attribute("datetime", &at.rfc3339());
        set.and_then(|()| place.append_child(&row).map(drop)).map_err(|_| super::shell::unexpected())?;
    }
    Ok(())
}

/// The text with the words of the suggestion marked.
pub(super) fn write_marked(place: &Element, text: &str, marks: &[(u32, u32)]) -> Try {
    place.set_text_content(None);
    let marked = |at: usize| marks.iter().any(|(start, end)| (*start as usize..*end as usize).contains(&at));
    let mut runs: Vec<(bool, String)> = vec![];
    for (at, letter) in text.chars().enumerate() {
        let inside = marked(at);
        match runs.last_mut() {
            Some((same, run)) if *same == inside => run.push(letter),
            _ => runs.push((inside, letter.to_string())),
        }
    }
    for (inside, run) in runs {
        let piece = element(if inside { "mark" } else { "span" })?;
        piece.set_text_content(Some(&run));
        place.append_child(&piece).map_err(|_| super::shell::unexpected())?;
    }
    Ok(())
}

fn element(name: &str) -> Try<Element> {
    gloo::utils::document().create_element(name).map_err(|_| super::shell::unexpected())
}
