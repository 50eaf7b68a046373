use super::{Notice, PharosReport, words};

/// The notice as it is kept when the user says that it was sent: without the sender's name and address.
pub fn text(notice: &Notice) -> String {
    let words = words::dsa(notice.lang);
    let mut lines = vec![words.label("title").to_owned()];
    let channel = [notice.channel.as_str(), notice.form.as_str()].join(" ");
    lines.push(entry(words.label("channel"), channel.trim()));
    for field in &notice.fields {
        if !matches!(field.id.as_str(), "name" | "email") {
            lines.push(entry(words.label(&field.id), &field.value));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// The report as it is kept when the user says that it was sent.
pub fn pharos_text(report: &PharosReport) -> String {
    let words = words::pharos();
    let mut lines = vec![entry(words.label("title"), &report.address)];
    for field in &report.fields {
        lines.push(entry(words.label(&field.id), &field.value));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn entry(label: &str, value: &str) -> String {
    format!("\n[{label}]\n{value}")
}
