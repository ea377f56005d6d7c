//! What no format may be given: control characters and addresses that run.

use std::borrow::Cow;

/// A text without control characters and non-characters, which XML forbids
/// and no font shows. White space of any kind becomes a space.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(allowed) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter_map(|letter| match letter {
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        letter if allowed(letter) => Some(letter),
        _ => None,
    });
    Cow::Owned(kept.collect())
}

fn allowed(letter: char) -> bool {
    let code = u32::from(letter);
    let unseen = letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}');
    let none = (0xfdd0..=0xfdef).contains(&code) || code & 0xfffe == 0xfffe;
    !unseen && !none
}

/// An address a reader may be led to: `https`, `http` or `mailto`, nothing
/// that runs.
#[must_use]
pub fn safe_address(address: &str) -> Option<&str> {
    let address = address.trim();
    let scheme = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let leads = matches!(scheme.as_str(), "https" | "http" | "mailto");
    let plain = address.chars().all(|c| !c.is_control() && !c.is_whitespace());
    (leads && plain && address.len() > scheme.len() + 1).then_some(address)
}
