//! Evens out markup: white space, the order of attributes and of class names, spelling of
//! entities. What remains must be equal.

/// One token a line: tags with sorted attributes, and trimmed text.
pub fn normalised(html: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        if let Some(tag_start) = rest.strip_prefix('<') {
            let end = end_of_tag(tag_start);
            tokens.push(tag(&tag_start[..end]));
            rest = &tag_start[(end + 1).min(tag_start.len())..];
        } else {
            let end = rest.find('<').unwrap_or(rest.len());
            let text = words(&decoded(&rest[..end]));
            if !text.is_empty() {
                tokens.push(text);
            }
            rest = &rest[end..];
        }
    }
    tokens
}

/// The first place where two lists part, with what surrounds it.
pub fn difference(theirs: &[String], ours: &[String]) -> String {
    let at = theirs.iter().zip(ours).take_while(|(a, b)| a == b).count();
    let show =
        |list: &[String]| list.iter().skip(at).take(3).cloned().collect::<Vec<_>>().join(" ");
    format!("\n    theirs {}\n    ours   {}", show(theirs), show(ours))
}

fn end_of_tag(text: &str) -> usize {
    let mut quote = None;
    for (i, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '>') => return i,
            _ => {}
        }
    }
    text.len()
}

fn tag(inside: &str) -> String {
    let inside = inside.trim().trim_end_matches('/').trim_end();
    let name_end = inside.find(char::is_whitespace).unwrap_or(inside.len());
    let mut attributes = Vec::new();
    let mut rest = inside[name_end..].trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let name = &rest[..end];
        rest = rest[end..].trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            if let Some(quoted) = after.strip_prefix('"') {
                let close = quoted.find('"').unwrap_or(quoted.len());
                value = decoded(&quoted[..close]);
                rest = quoted[(close + 1).min(quoted.len())..].trim_start();
            } else {
                let close = after.find(char::is_whitespace).unwrap_or(after.len());
                value = decoded(&after[..close]);
                rest = after[close..].trim_start();
            }
        }
        if name == "class" {
            let mut names: Vec<&str> = value.split_whitespace().collect();
            names.sort_unstable();
            value = names.join(" ");
        }
        attributes.push(format!("{name}={value:?}"));
    }
    attributes.sort();
    format!("<{} {}>", &inside[..name_end], attributes.join(" "))
}

fn words(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn decoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end < 10);
        let decoded = end.and_then(|end| entity(&rest[1..end]));
        match (decoded, end) {
            (Some(c), Some(end)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            _ => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        "ctdot" => Some('⋯'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[test]
fn markup_that_differs_in_sense_stays_different() {
    assert_eq!(normalised("<p  class='x'>a &amp; b</p>").len(), 3);
    assert_eq!(
        normalised("<p id=\"1\" class=\"b a\"> x\n y</p>"),
        normalised("<p class=\"a b\" id=\"1\">x y</p>")
    );
    for other in ["<p>x</p>", "<p id=\"2\">x</p>", "<p id=\"1\">y</p>", "<p id=\"1\" hidden>x</p>"]
    {
        assert_ne!(normalised("<p id=\"1\">x</p>"), normalised(other));
    }
}
