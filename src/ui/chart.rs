//! Bars in SVG: the two rates at each moment, with their intervals. The same figures stand in a table beside it.

use gloo::utils::document;
use web_sys::Element;

use super::{
    dom::Try,
    shell::unexpected,
    words::{decimal, say, say_with},
};
use crate::protocol::{Cut, Rate};

const SVG: &str = "http://www.w3.org/2000/svg";
const LEFT: f64 = 90.0;
const WIDTH: f64 = 470.0;
const ROW: f64 = 72.0;

/// Draws the two rates of each moment.
pub fn draw(chart: &Element, cuts: &[Cut]) -> Try {
    chart.set_text_content(None);
    for (index, cut) in cuts.iter().enumerate() {
        let top = 14.0 + ROW * index as f64;
        let label = add(chart, "text", &[("x", 8.0), ("y", top + 34.0)])?;
        label.set_text_content(Some(&say(&format!("cut_{}", cut.hours))));
        bar(chart, "gone", top, &cut.gone)?;
        bar(chart, "attributable", top + 28.0, &cut.attributable)?;
    }
    let bottom = 14.0 + ROW * cuts.len() as f64 - 8.0;
    let axis = add(chart, "path", &[])?;
    set(&axis, "d", &format!("M{LEFT} 8V{bottom}"))?;
    set(&axis, "stroke", "currentColor")
}

fn bar(chart: &Element, class: &str, top: f64, rate: &Rate) -> Try {
    let (Some(percent), Some(low), Some(high)) = (rate.percent, rate.low, rate.high) else {
        let text = add(chart, "text", &[("x", LEFT + 8.0), ("y", top + 16.0)])?;
        text.set_text_content(Some(&say("rate_none")));
        return Ok(());
    };
    let at = |percent: f64| LEFT + WIDTH * percent / 100.0;
    let (x, width) = (LEFT, (at(percent) - LEFT).max(1.0));
    let drawn = add(chart, "rect", &[("x", x), ("y", top + 2.0), ("width", width), ("height", 20.0)])?;
    set(&drawn, "class", class)?;
    let interval = add(chart, "path", &[])?;
    set(&interval, "d", &format!("M{} {y}H{}", at(low), at(high), y = top + 12.0))?;
    set(&interval, "class", "interval")?;
    let text = add(chart, "text", &[("x", at(high) + 8.0), ("y", top + 17.0)])?;
    text.set_text_content(Some(&say_with("rate_percent", &[&decimal(percent)])));
    Ok(())
}

fn add(chart: &Element, name: &str, numbers: &[(&str, f64)]) -> Try<Element> {
    let element = document().create_element_ns(Some(SVG), name).map_err(|_| unexpected())?;
    for (name, number) in numbers {
        set(&element, name, &number.to_string())?;
    }
    chart.append_child(&element).map_err(|_| unexpected())?;
    Ok(element)
}

fn set(element: &Element, name: &str, value: &str) -> Try {
    element.set_attribute(name, value).map_err(|_| unexpected())
}
