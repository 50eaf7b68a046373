use std::process::Command;

use super::*;
use crate::notice::LetterKind;

fn letter(texts: &[&str]) -> Letter {
    let mut blocks = vec![Block::Heading("Ce que j’ai vu & entendu".to_owned())];
    blocks.extend(texts.iter().map(|text| Block::Text((*text).to_owned())));
    blocks.extend([Block::Item("un".to_owned()), Block::Item("<deux>".to_owned())]);
    let notes = vec!["note qui ne part pas".to_owned()];
    Letter { kind: LetterKind::Prosecutor, lang: Lang::Fr, title: "Plainte".to_owned(), notes, blocks }
}

const HOSTILE: &str = "a<b>&\"c\u{0}\u{1b}\u{fffe}]]></text:p><script/> 😀  deux\u{202e}\nlignes\tici";

#[test]
fn the_media_type_stands_first_and_as_it_is() {
    let bytes = odt(&letter(&["Bonjour"]));
    assert_eq!(&bytes[30..38], b"mimetype");
    assert_eq!(&bytes[38..38 + MEDIA_TYPE.len()], MEDIA_TYPE.as_bytes());
}

/// Read back by programs that are not ours, where they are installed.
#[test]
fn other_programs_open_it() {
    let folder = std::env::temp_dir().join(format!("temoin-odt-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("lettre.odt");
    std::fs::write(&path, odt(&letter(&[HOSTILE, "Deuxième"]))).unwrap();
    let script = "import sys, zipfile, xml.dom.minidom as m\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n\
        d = m.parseString(z.read('content.xml')); m.parseString(z.read('META-INF/manifest.xml'))\n\
        assert z.namelist()[0] == 'mimetype' and len(d.getElementsByTagName('text:p')) == 4\nprint(len(d.getElementsByTagName('script')))";
    match Command::new("python3").args(["-c", script]).arg(&path).output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "0");
        }
        Err(_) => println!("no python3 here: not read back"),
    }
    let arguments = ["--headless", "--convert-to", "txt:Text", "--outdir"];
    match Command::new("libreoffice").args(arguments).arg(&folder).arg(&path).output() {
        Ok(_) => assert!(std::fs::read_to_string(folder.join("lettre.txt")).unwrap().contains("Deuxième")),
        Err(_) => println!("no libreoffice here: not converted"),
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_a_post_holds_is_text_and_notes_stay_here() {
    let content = content(&letter(&[HOSTILE]));
    assert!(!content.contains("<script") && !content.contains('\u{1b}') && !content.contains("ne part pas"));
    assert!(content.contains("&lt;b&gt;&amp;") && content.contains("<text:line-break/>lignes<text:tab/>ici"));
    assert_eq!(content.matches("<text:list>").count(), content.matches("</text:list>").count());
}
