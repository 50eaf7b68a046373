//! The conversation by keyboard: a digit answers a question and goes on to the next, a letter chooses a decision. Both keys
//! are written before their answer, and work only while one of the answers has the keyboard.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::{
    super::{
        dom::{Try, write},
        shell::unexpected,
    },
    CaseBox,
};

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";

impl CaseBox {
    pub(super) fn listen_to_keys(self: &Rc<Self>) -> Try {
        self.on("facts", "keydown", |case, event| {
            let Some((radio, question)) = chosen_by(event) else { return Ok(()) };
            radio.set_checked(true);
            case.hear_answers()?;
            case.go_on_after(&question)
        })?;
        self.on("decision", "keydown", |case, event| {
            let Some((radio, _)) = chosen_by(event) else { return Ok(()) };
            radio.set_checked(true);
            radio.focus().map_err(|_| unexpected())?;
            case.hear_choice()
        })
    }

    /// Writes the letter of each decision before it, in their order.
    pub(super) fn letter_choices(&self) -> Try {
        let radios = self.root.at("decision")?.all("input[name=decision]");
        for (radio, letter) in radios.iter().zip(LETTERS.chars()) {
            let mut bytes = [0; 4];
            let letter = letter.encode_utf8(&mut bytes);
            let set =
                radio.set_attribute("data-key", letter).and_then(|()| radio.set_attribute("aria-keyshortcuts", letter));
            set.map_err(|_| unexpected())?;
            if let Some(shown) = radio.next_element_sibling() {
                write(&shown, &letter.to_uppercase());
            }
        }
        Ok(())
    }

    /// The keyboard goes to the next question that can be seen, after the last one to the decision.
    fn go_on_after(&self, question: &Element) -> Try {
        let questions = self.root.at("facts")?.all("fieldset");
        let seen = |it: &&Element| it.closest("details:not([open])").ok().flatten().is_none();
        let next = questions.iter().skip_while(|it| *it != question).skip(1).find(seen);
        let radio = match next {
            Some(next) => next.query_selector("input:checked").ok().flatten(),
            None => self.root.at("decision")?.all("input[name=decision]").into_iter().next(),
        };
        match radio.and_then(|radio| radio.dyn_into::<HtmlElement>().ok()) {
            Some(radio) => radio.focus().map_err(|_| unexpected()),
            None => Ok(()),
        }
    }
}

/// The answer whose key was pressed, with its field set.
fn chosen_by(event: &Event) -> Option<(HtmlInputElement, Element)> {
    let event: &KeyboardEvent = event.dyn_ref()?;
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return None;
    }
    let at: HtmlInputElement = event.target()?.dyn_into().ok().filter(|it: &HtmlInputElement| it.type_() == "radio")?;
    // A row of digits gives other signs on a French keyboard: the place of the key counts.
    let code = event.code();
    let digit = code.strip_prefix("Digit").or(code.strip_prefix("Numpad")).map(str::to_owned);
    let key = digit.filter(|it| it.len() == 1).unwrap_or_else(|| event.key().to_lowercase());
    if key.len() != 1 || !key.chars().all(|sign| sign.is_ascii_alphanumeric()) {
        return None;
    }
    let question = at.closest("fieldset").ok()??;
    let answer = question.query_selector(&format!("input[type=radio][data-key=\"{key}\"]")).ok()??;
    event.prevent_default();
    Some((answer.dyn_into().ok()?, question))
}
