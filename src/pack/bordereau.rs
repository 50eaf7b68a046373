use super::plan::{Piece, Plan};
use crate::base::Instant;

const HEADER: [&str; 14] = [
    "piece",
    "affaire",
    "plateforme",
    "publication",
    "adresse",
    "publiee_utc",
    "publiee_paris",
    "capturee_utc",
    "capturee_paris",
    "scelle_sha256",
    "horodatee_utc",
    "horodatee_paris",
    "service_horodatage",
    "manques",
];

/// One row per piece, for the spreadsheets of French offices: semicolons, and the mark without which they misread accents.
pub(super) fn bordereau(plan: &Plan) -> Vec<u8> {
    let mut text = String::from('\u{feff}');
    text.push_str(&row(HEADER.map(str::to_owned)));
    for piece in &plan.pieces {
        text.push_str(&row(cells(piece)));
    }
    text.into_bytes()
}

fn cells(piece: &Piece) -> [String; 14] {
    let first = piece.timestamps.iter().min_by_key(|timed| timed.gen_time);
    let (published_utc, published_paris) = both(piece.captured.published_at);
    let (captured_utc, captured_paris) = both(Some(piece.captured_at));
    let (timed_utc, timed_paris) = both(first.map(|timed| timed.gen_time));
    let missing = piece.captured.missing.iter().map(|missing| format!("{}/{}", missing.what, missing.reason));
    let remarks = match &piece.added {
        Some(added) => super::readme::given_by(added.role).to_owned(),
        None => missing.collect::<Vec<_>>().join(" "),
    };
    [
        format!("{:04}", piece.number),
        piece.case.clone(),
        piece.captured.platform.clone(),
        piece.captured.post_id.clone(),
        piece.captured.permalink.clone(),
        published_utc,
        published_paris,
        captured_utc,
        captured_paris,
        piece.sealed.as_ref().map(|(_, sealed)| sealed.manifest.to_string()).unwrap_or_default(),
        timed_utc,
        timed_paris,
        first.map(|timed| timed.tsa.clone()).unwrap_or_default(),
        remarks,
    ]
}

fn both(moment: Option<Instant>) -> (String, String) {
    moment.map(|moment| (moment.rfc3339(), moment.paris())).unwrap_or_default()
}

fn row(cells: [String; 14]) -> String {
    let mut line = cells.map(|cell| quoted(&cell)).join(";");
    line.push('\n');
    line
}

/// Quoted; a cell that a spreadsheet would run as a formula is made text.
fn quoted(cell: &str) -> String {
    let cell = super::readme::plain(cell);
    let guard = if cell.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}
