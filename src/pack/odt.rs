//! A letter as an OpenDocument text (ODF 1.3): opens in LibreOffice and Word, to be completed and printed.

use super::{
    archive::{Member, end_record},
    crc::Crc,
};
use crate::{
    base::Lang,
    notice::{Block, Letter},
};

/// The media type, which must stand first and uncompressed in the archive.
const MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.text";

const MANIFEST: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">"#,
    r#"<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.text"/>"#,
    r#"<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>"#,
    r#"</manifest:manifest>"#
);

const NAMESPACES: &str = concat!(
    r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" "#,
    r#"xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0""#
);

/// The bytes of the file. The notes to the sender are no part of it.
pub fn odt(letter: &Letter) -> Vec<u8> {
    let content = content(letter);
    let files = [("mimetype", MEDIA_TYPE), ("META-INF/manifest.xml", MANIFEST), ("content.xml", content.as_str())];
    let (mut out, mut directory) = (vec![], vec![]);
    for (name, text) in files {
        let mut crc = Crc::new();
        crc.update(text.as_bytes());
        let member =
            Member { name: name.to_owned(), crc: crc.value(), size: text.len() as u64, offset: out.len() as u64 };
        out.extend(member.local_header());
        out.extend(text.as_bytes());
        directory.extend(member.central_header());
    }
    let (size, offset) = (directory.len() as u64, out.len() as u64);
    out.extend(directory);
    out.extend(end_record(3, size, offset));
    out
}

fn content(letter: &Letter) -> String {
    let (language, country) = match letter.lang {
        Lang::Fr => ("fr", "FR"),
        Lang::En => ("en", "GB"),
    };
    let mut body = String::new();
    body.push_str(&format!(
        "<text:h text:style-name=\"T\" text:outline-level=\"1\">{}</text:h>",
        escaped(&letter.title)
    ));
    let mut in_list = false;
    for block in &letter.blocks {
        let item = matches!(block, Block::Item(_));
        if item != in_list {
            body.push_str(if item { "<text:list>" } else { "</text:list>" });
            in_list = item;
        }
        match block {
            Block::Heading(words) => {
                let words = escaped(words);
                body.push_str(&format!("<text:h text:style-name=\"H\" text:outline-level=\"2\">{words}</text:h>"));
            }
            Block::Text(words) => body.push_str(&format!("<text:p text:style-name=\"P\">{}</text:p>", escaped(words))),
            Block::Item(words) => {
                let words = escaped(words);
                body.push_str(&format!(
                    "<text:list-item><text:p text:style-name=\"I\">{words}</text:p></text:list-item>"
                ));
            }
        }
    }
    if in_list {
        body.push_str("</text:list>");
    }
    let locale = format!("fo:language=\"{language}\" fo:country=\"{country}\"");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content {NAMESPACES} office:version=\"1.3\"><office:automatic-styles>\
         <style:style style:name=\"P\" style:family=\"paragraph\"><style:paragraph-properties fo:margin-bottom=\"0.25cm\"/><style:text-properties {locale} fo:font-size=\"11pt\"/></style:style>\
         <style:style style:name=\"I\" style:family=\"paragraph\"><style:text-properties {locale} fo:font-size=\"11pt\"/></style:style>\
         <style:style style:name=\"H\" style:family=\"paragraph\"><style:paragraph-properties fo:margin-top=\"0.5cm\" fo:margin-bottom=\"0.2cm\" fo:keep-with-next=\"always\"/><style:text-properties {locale} fo:font-size=\"12pt\" fo:font-weight=\"bold\"/></style:style>\
         <style:style style:name=\"T\" style:family=\"paragraph\"><style:paragraph-properties fo:margin-bottom=\"0.6cm\"/><style:text-properties {locale} fo:font-size=\"15pt\" fo:font-weight=\"bold\"/></style:style>\
         </office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
}

/// Text for an element: what XML 1.0 cannot hold becomes U+FFFD, line breaks and runs of blanks stay.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let mut blank = false;
    for symbol in text.chars() {
        match symbol {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<text:line-break/>"),
            '\t' => out.push_str("<text:tab/>"),
            '\r' => {}
            ' ' if blank => out.push_str("<text:s/>"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            symbol => out.push(symbol),
        }
        blank = symbol == ' ';
    }
    out
}

#[cfg(test)]
#[path = "../../tests/unit/pack/odt.rs"]
mod tests;
