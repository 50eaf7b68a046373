use std::collections::BTreeSet;

use ego_tree::{NodeId, NodeRef, iter::Edge};
use scraper::{Node, node::Element};

use crate::platform::Whitespace;

/// The text that an element shows: emojis that are pictures become their text, line breaks and blocks become new lines.
///
/// Goes through the tree without recursion: a page may be nested deeper than the stack.
pub(super) fn shown(root: NodeRef<'_, Node>, left_out: &BTreeSet<NodeId>, whitespace: Whitespace) -> String {
    let mut out = Out { text: String::new(), break_due: false, whitespace };
    for edge in visible(root, left_out) {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) => out.push(text),
                Node::Element(element) => out.open(element),
                _ => {}
            },
            Edge::Close(node) => {
                if node.value().as_element().is_some_and(block) {
                    out.end_block();
                }
            }
        }
    }
    out.finish()
}

/// The shown text nodes, one by one.
pub(super) fn pieces<'a>(root: NodeRef<'a, Node>, left_out: &BTreeSet<NodeId>) -> Vec<&'a str> {
    let opened = visible(root, left_out).filter_map(|edge| match edge {
        Edge::Open(node) => node.value().as_text().map(|text| &**text),
        Edge::Close(_) => None,
    });
    opened.collect()
}

fn visible<'a>(root: NodeRef<'a, Node>, left_out: &BTreeSet<NodeId>) -> impl Iterator<Item = Edge<'a, Node>> {
    let mut skipped = None;
    root.traverse().filter(move |edge| match edge {
        Edge::Open(node) if skipped.is_none() => {
            if left_out.contains(&node.id()) || node.value().as_element().is_some_and(silent) {
                skipped = Some(node.id());
            }
            skipped.is_none()
        }
        Edge::Close(node) if skipped == Some(node.id()) => {
            skipped = None;
            false
        }
        _ => skipped.is_none(),
    })
}

struct Out {
    text: String,
    break_due: bool,
    whitespace: Whitespace,
}

impl Out {
    fn push(&mut self, text: &str) {
        match self.whitespace {
            Whitespace::Keep => {
                self.flush(text);
                self.text.push_str(text);
            }
            Whitespace::Collapse => {
                for c in text.chars() {
                    match c {
                        ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                            if !self.break_due && !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                                self.text.push(' ');
                            }
                        }
                        c => {
                            self.flush("c");
                            self.text.push(c);
                        }
                    }
                }
            }
        }
    }

    fn open(&mut self, element: &Element) {
        match element.name() {
            "br" => {
                self.flush("\n");
                self.trim_spaces();
                self.text.push('\n');
            }
            "img" => {
                if let Some(alt) =
                    element.attr("alt").filter(|alt| self.whitespace == Whitespace::Keep || emoji(element, alt))
                {
                    self.flush(alt);
                    self.text.push_str(alt);
                }
            }
            _ if block(element) => self.end_block(),
            _ => {}
        }
    }

    /// Where white space is kept, line breaks are written in the text and boxes may stand inside a line (X wraps mentions so).
    fn end_block(&mut self) {
        self.break_due = self.whitespace == Whitespace::Collapse && !self.text.is_empty();
    }

    /// A block's end becomes a new line only when something follows it.
    fn flush(&mut self, next: &str) {
        if self.break_due && !next.is_empty() {
            self.break_due = false;
            self.trim_spaces();
            if !self.text.ends_with('\n') {
                self.text.push('\n');
            }
        }
    }

    fn trim_spaces(&mut self) {
        if self.whitespace == Whitespace::Collapse {
            self.text.truncate(self.text.trim_end_matches(' ').len());
        }
    }

    fn finish(mut self) -> String {
        if self.whitespace == Whitespace::Collapse {
            self.text.truncate(self.text.trim_end().len());
        }
        self.text
    }
}

/// A picture that stands for characters, among pictures that are pictures.
fn emoji(element: &Element, alt: &str) -> bool {
    let named = ["class", "src"]
        .iter()
        .filter_map(|name| element.attr(name))
        .any(|value| ["emoji", "smil", "emot"].iter().any(|word| value.contains(word)));
    named || !alt.chars().any(char::is_alphanumeric)
}

/// Elements whose text is not shown.
fn silent(element: &Element) -> bool {
    match element.name() {
        "script" | "style" | "noscript" | "head" | "svg" | "iframe" | "textarea" | "select" => true,
        // The serialiser writes open shadow roots as declarative ones.
        "template" => element.attr("shadowrootmode").is_none(),
        _ => element.attr("hidden").is_some(),
    }
}

fn block(element: &Element) -> bool {
    matches!(
        element.name(),
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "table"
            | "tr"
            | "ul"
    )
}
