use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Agreement, Interval, Item, Key, Rate, State, Survival, Unmeasured, agreement, clock::spans, list_digest,
    rate::percent, state::WINDOW, survival,
};
use crate::{
    base::{Instant, gather, sort},
    case::Case,
    takedown::Fate,
};

const HOUR: i64 = 3_600_000;
/// The moments of the table, in hours after the notice.
const CUTS: [i64; 4] = [24, 48, 7 * 24, 30 * 24];
/// Groups of fewer posts are not shown in a table for the public: their rates say nothing, and might say too much of a person.
pub const PUBLIC_LEAST: u64 = 10;

/// The table of a campaign.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Campaign {
    /// Version of this form.
    pub version: u32,
    /// Until when looks are counted.
    pub as_of: Instant,
    /// Posts notified and counted.
    pub items: u64,
    /// Notices that several members brought, counted once.
    pub merged: u64,
    /// Reminders of the same sender for the same post, not counted.
    pub repeated: u64,
    /// Items made by the demo flavour: they prove nothing.
    pub demo: u64,
    /// What is not counted, and why.
    pub excluded: Excluded,
    /// Frozen lists that the cases stand on.
    pub lists: Vec<Listing>,
    /// All items.
    pub total: Group,
    /// By platform.
    pub by_platform: Vec<Group>,
    /// By ground.
    pub by_ground: Vec<Group>,
    /// By quality of the sender.
    pub by_notifier: Vec<Group>,
    /// What the platforms answered.
    pub feedback: Feedback,
    /// Time until posts disappear.
    pub survival: Survival,
    /// How many posts came back after a confirmed disappearance.
    pub returned: u64,
    /// Two coders on whether there is an offence at all.
    pub agreement_illegal: Agreement,
    /// Two coders on which offence.
    pub agreement_offence: Agreement,
    /// Whether small groups were taken out.
    pub public: bool,
}

/// Cases that are not counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excluded {
    /// No notice was sent.
    pub not_notified: u64,
    /// No offence chosen, or no longer.
    pub set_aside: u64,
    /// Gone already when last seen before the notice.
    pub not_there: u64,
    /// The notice's date contradicts the journal.
    pub undated: u64,
    /// Not on the frozen list that was asked for.
    pub not_listed: u64,
}

/// A frozen list, as far as the cases at hand tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Id of the dossier.
    pub dossier: String,
    /// When it was frozen, device clock.
    pub frozen_at: Instant,
    /// How many posts the list holds.
    pub listed: u64,
    /// How many of them are here: fewer means that somebody left some out.
    pub here: u64,
    /// Whether the posts here are exactly those of the list, by its digest.
    pub complete: bool,
    /// How many were notified before the list was frozen.
    pub notified_before: u64,
}

/// One row of the table, at each of its moments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// What its items share; empty for all.
    pub key: String,
    /// How many items.
    pub items: u64,
    /// Left out of a public table.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suppressed: bool,
    /// The moments.
    pub cuts: Vec<Cut>,
    /// Hours between which half of them have disappeared.
    pub median: Option<Interval>,
}

/// What became of the items at one moment after their notice. The columns add up to `of`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cut {
    /// Hours after the notice.
    pub hours: i64,
    /// Items for which that moment has come.
    pub of: u64,
    /// Items for which it has not.
    pub not_due: u64,
    /// Removed by the platform.
    pub removed_by_platform: u64,
    /// Withheld in France.
    pub restricted: u64,
    /// Account suspended.
    pub account_suspended: u64,
    /// Removed by moderators of the place (a forum, a group), who are not the platform.
    pub removed_by_moderators: u64,
    /// Deleted by the author.
    pub deleted_by_author: u64,
    /// Gone, cause unknown.
    pub gone_cause_unknown: u64,
    /// There.
    pub online: u64,
    /// Seen gone once, not confirmed: counts nowhere.
    pub to_confirm: u64,
    /// Nobody could look near enough.
    pub unknown: u64,
    /// « N’est plus accessible » : all gone states.
    pub gone: Rate,
    /// « Retrait attribuable à la plateforme » : by its own marker or decision.
    pub attributable: Rate,
    /// The share of gone if all that is unknown or to confirm were gone too, in per cent.
    pub gone_at_most: Option<f64>,
}

/// What platforms answered to the notices (DSA art. 16(4) and (5)), as far as the journals tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Feedback {
    /// Receipt confirmed.
    pub acknowledged: Rate,
    /// A decision told.
    pub decided: Rate,
    /// A decision told within 24 hours.
    pub decided_24h: Rate,
    /// Decisions that left the post as it was.
    pub refused: Rate,
}

/// Counts what became of the notified posts among `cases`; `list` keeps those on the frozen list of that dossier; `public` takes
/// small groups out.
pub fn measure(cases: &[Case], as_of: Instant, list: Option<&str>, public: bool) -> Campaign {
    let mut excluded = Excluded::default();
    let mut items: BTreeMap<Key, Item> = BTreeMap::new();
    let mut merged = 0;
    let cases = longest(cases);
    for case in &cases {
        match Item::of(case) {
            Ok(item) if list.is_some_and(|list| !item.frozen.contains_key(list)) => excluded.not_listed += 1,
            Ok(item) => match items.get_mut(&item.key) {
                Some(known) => {
                    merged += 1;
                    known.merge(item);
                }
                None => drop(items.insert(item.key.clone(), item)),
            },
            Err(Unmeasured::NotNotified) => excluded.not_notified += 1,
            Err(Unmeasured::SetAside) => excluded.set_aside += 1,
            Err(Unmeasured::NotThere) => excluded.not_there += 1,
            Err(Unmeasured::Undated) => excluded.undated += 1,
        }
    }
    let items: Vec<Traced> = items.into_values().map(Traced::of).collect();
    let all: Vec<&Traced> = items.iter().collect();
    let groups = |key: &dyn Fn(&Item) -> String| groups(&items, as_of, public, key);
    let pairs: Vec<(String, String)> = items.iter().filter_map(|traced| traced.item.codings.clone()).collect();
    let illegal: Vec<(bool, bool)> = pairs.iter().map(|(one, other)| (!one.is_empty(), !other.is_empty())).collect();
    Campaign {
        version: 1,
        as_of,
        items: items.len() as u64,
        merged,
        repeated: items.iter().map(|traced| traced.item.repeated).sum(),
        demo: count(&all, |item| item.demo),
        excluded,
        lists: listings(&cases),
        total: group(String::new(), &all, as_of),
        by_platform: groups(&|item| item.key.platform.clone()),
        by_ground: groups(&|item| item.ground.map_or_else(|| "none".to_owned(), word)),
        by_notifier: groups(&|item| item.notifier.map_or_else(|| "unknown".to_owned(), word)),
        feedback: feedback(&all),
        survival: survival(&intervals(&all)),
        returned: items.iter().filter(|traced| traced.timeline.returned(traced.item.notice_at.millis())).count() as u64,
        agreement_illegal: agreement(&illegal),
        agreement_offence: agreement(&pairs),
        public,
    }
}

/// The last moment at which one of the journals was written, of those whose clock can be believed.
pub fn latest(cases: &[Case]) -> Option<Instant> {
    let believed = |case: &Case| spans(case).into_values().filter(|span| span.is_exact()).map(|span| span.to).max();
    cases.iter().filter_map(believed).max().and_then(Instant::from_millis)
}

/// The word that a quality or a ground is written as.
fn word(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// An item with its looks in order.
struct Traced {
    item: Item,
    timeline: super::Timeline,
}

impl Traced {
    fn of(item: Item) -> Self {
        Self { timeline: item.timeline(), item }
    }
}

/// The same case brought twice: the longer journal says all that the shorter one does.
fn longest(cases: &[Case]) -> Vec<&Case> {
    let mut by_id: BTreeMap<&str, &Case> = BTreeMap::new();
    for case in cases {
        let known = by_id.entry(&case.id).or_insert(case);
        if (case.head.seq, case.head.digest) > (known.head.seq, known.head.digest) {
            *known = case;
        }
    }
    by_id.into_values().collect()
}

fn count(items: &[&Traced], fits: impl Fn(&Item) -> bool) -> u64 {
    items.iter().filter(|traced| fits(&traced.item)).count() as u64
}

fn groups(items: &[Traced], as_of: Instant, public: bool, key: &dyn Fn(&Item) -> String) -> Vec<Group> {
    let mut by_key: BTreeMap<String, Vec<&Traced>> = BTreeMap::new();
    for traced in items {
        by_key.entry(key(&traced.item)).or_default().push(traced);
    }
    let mut groups: Vec<Group> = by_key.into_iter().map(|(key, items)| group(key, &items, as_of)).collect();
    if public {
        suppress(&mut groups);
    }
    groups
}

/// Takes small groups out. A single one could be found by subtraction from the total: the next smallest goes with it.
fn suppress(groups: &mut [Group]) {
    let mut hide: BTreeSet<usize> =
        gather(groups.iter().enumerate().filter(|(_, group)| group.items < PUBLIC_LEAST).map(|(index, _)| index));
    if hide.len() == 1 {
        let mut others: Vec<usize> = (0..groups.len()).filter(|index| !hide.contains(index)).collect();
        let items = |index: &usize| groups.get(*index).map_or(0, |group| group.items);
        sort(&mut others, |one, other| items(one).cmp(&items(other)));
        hide.extend(others.first());
    }
    for index in hide {
        if let Some(group) = groups.get_mut(index) {
            *group = Group { key: group.key.clone(), items: 0, suppressed: true, cuts: vec![], median: None };
        }
    }
}

fn group(key: String, items: &[&Traced], as_of: Instant) -> Group {
    Group {
        key,
        items: items.len() as u64,
        suppressed: false,
        cuts: CUTS.iter().map(|hours| cut(*hours, items, as_of)).collect(),
        median: survival(&intervals(items)).median,
    }
}

fn cut(hours: i64, items: &[&Traced], as_of: Instant) -> Cut {
    let mut cut = Cut {
        hours,
        of: 0,
        not_due: 0,
        removed_by_platform: 0,
        restricted: 0,
        account_suspended: 0,
        removed_by_moderators: 0,
        deleted_by_author: 0,
        gone_cause_unknown: 0,
        online: 0,
        to_confirm: 0,
        unknown: 0,
        gone: Rate::new(0, 0),
        attributable: Rate::new(0, 0),
        gone_at_most: None,
    };
    for traced in items {
        let moment = traced.item.notice_at.millis().saturating_add(hours * HOUR);
        if as_of.millis() < moment - WINDOW {
            cut.not_due += 1;
            continue;
        }
        cut.of += 1;
        let column = match traced.timeline.at(moment) {
            State::Online => &mut cut.online,
            State::ToConfirm => &mut cut.to_confirm,
            State::Unknown => &mut cut.unknown,
            State::Gone(Fate::RemovedByPlatform) => &mut cut.removed_by_platform,
            State::Gone(Fate::WithheldGeo) => &mut cut.restricted,
            State::Gone(Fate::AccountSuspended) => &mut cut.account_suspended,
            State::Gone(Fate::RemovedByCommunityMod) => &mut cut.removed_by_moderators,
            State::Gone(Fate::DeletedByAuthor) => &mut cut.deleted_by_author,
            State::Gone(_) => &mut cut.gone_cause_unknown,
        };
        *column += 1;
    }
    let attributable = cut.removed_by_platform + cut.restricted + cut.account_suspended;
    let gone = attributable + cut.removed_by_moderators + cut.deleted_by_author + cut.gone_cause_unknown;
    cut.gone = Rate::new(gone, cut.of);
    cut.attributable = Rate::new(attributable, cut.of);
    let most = gone + cut.to_confirm + cut.unknown;
    cut.gone_at_most = (cut.of > 0).then(|| percent(most as f64 / cut.of as f64));
    cut
}

fn intervals(items: &[&Traced]) -> Vec<Interval> {
    let interval = |traced: &&Traced| {
        let start = traced.item.notice_at.millis();
        let (after, by) = traced.timeline.disappearance(start);
        let hours = |moment: i64| (moment - start).max(0) as f64 / HOUR as f64;
        Interval { after: hours(after), by: by.map(hours) }
    };
    items.iter().map(interval).collect()
}

fn feedback(items: &[&Traced]) -> Feedback {
    let all = items.len() as u64;
    let decided = count(items, |item| item.decided_at.is_some());
    let soon =
        |item: &Item| item.decided_at.is_some_and(|decided| decided.millis() - item.notice_at.millis() <= 24 * HOUR);
    Feedback {
        acknowledged: Rate::new(count(items, |item| item.acknowledged_at.is_some()), all),
        decided: Rate::new(decided, all),
        decided_24h: Rate::new(count(items, soon), all),
        refused: Rate::new(count(items, |item| item.refused), decided),
    }
}

fn listings(cases: &[&Case]) -> Vec<Listing> {
    let mut lists: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in cases {
        for dossier in case.frozen.keys() {
            lists.entry(dossier).or_default().push(case);
        }
    }
    let listing = |(dossier, cases): (&str, Vec<&Case>)| {
        let frozen: Vec<_> = cases.iter().filter_map(|case| case.frozen.get(dossier)).collect();
        let (frozen_at, first) = frozen.iter().min_by_key(|(at, _)| *at)?;
        let posts: BTreeSet<(&str, &str)> = gather(
            cases.iter().filter_map(|case| Some((case.first()?.platform.as_str(), case.first()?.post_id.as_str()))),
        );
        let digest = list_digest(posts.iter().copied()).ok();
        let before = |case: &&&Case| {
            case.notices.first().zip(case.frozen.get(dossier)).is_some_and(|((_, sent), (at, _))| sent.sent_at < *at)
        };
        Some(Listing {
            dossier: dossier.to_owned(),
            frozen_at: *frozen_at,
            listed: first.items,
            here: posts.len() as u64,
            complete: digest == Some(first.list),
            notified_before: cases.iter().filter(before).count() as u64,
        })
    };
    lists.into_iter().filter_map(listing).collect()
}

#[cfg(test)]
#[path = "../../tests/unit/measure/campaign.rs"]
mod tests;
