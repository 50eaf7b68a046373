use std::fmt::Write as _;

use super::{Campaign, Group, Rate};

const HEADER: &str = "repartition;groupe;heures;notifies;pas_encore;retire_par_la_plateforme;restreint_en_france;compte_suspendu;\
retire_par_les_moderateurs;supprime_par_l_auteur;disparu_cause_inconnue;en_ligne;a_confirmer;inconnu;plus_accessible;\
plus_accessible_pct;plus_accessible_bas;plus_accessible_haut;attribuable;attribuable_pct;attribuable_bas;attribuable_haut;\
plus_accessible_au_plus_pct\n";

/// The table for the spreadsheets of French offices: semicolons, decimal commas, and the mark without which they misread accents.
/// Groups taken out of a public table stand there without figures.
pub fn csv(campaign: &Campaign) -> String {
    let mut text = format!("\u{feff}{HEADER}");
    rows(&mut text, "ensemble", std::slice::from_ref(&campaign.total));
    rows(&mut text, "plateforme", &campaign.by_platform);
    rows(&mut text, "critere", &campaign.by_ground);
    rows(&mut text, "notifiant", &campaign.by_notifier);
    text
}

fn rows(text: &mut String, split: &str, groups: &[Group]) {
    for group in groups {
        if group.suppressed {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{split};{}{}", group.key, ";".repeat(21));
        }
        for cut in &group.cuts {
            let counts = [
                cut.of,
                cut.not_due,
                cut.removed_by_platform,
                cut.restricted,
                cut.account_suspended,
                cut.removed_by_moderators,
                cut.deleted_by_author,
                cut.gone_cause_unknown,
                cut.online,
                cut.to_confirm,
                cut.unknown,
            ]
            .map(|count| count.to_string())
            .join(";");
            let _ = writeln!(
                text,
                "{split};{};{};{counts};{};{};{}",
                group.key,
                cut.hours,
                rate(&cut.gone),
                rate(&cut.attributable),
                decimal(cut.gone_at_most)
            );
        }
    }
}

fn rate(rate: &Rate) -> String {
    format!("{};{};{};{}", rate.n, decimal(rate.percent), decimal(rate.low), decimal(rate.high))
}

fn decimal(value: Option<f64>) -> String {
    value.map(|value| format!("{value:.1}").replace('.', ",")).unwrap_or_default()
}
