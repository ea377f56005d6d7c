//! Mail, web pages and numbers of a service: what nobody could use is refused beside its
//! field, and so is a service that nobody could reach.

use super::form::ServiceForm;
use crate::{Message, Problems};
use palermo_domain::service::{Phone, Place, Service};

/// Whether a text can be dialled.
pub(super) fn is_number(text: &str) -> bool {
    text.chars().any(char::is_numeric) && !text.chars().any(char::is_alphabetic)
}

fn is_mail(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
        && !text.contains(char::is_whitespace)
}

fn is_web_page(text: &str) -> bool {
    let rest = ["https://", "http://"].iter().find_map(|start| text.strip_prefix(start));
    let host = rest.unwrap_or(text).split(['/', '?', '#']).next().unwrap_or_default();
    host.split('.').count() > 1
        && host.split('.').all(|part| !part.is_empty())
        && !text.contains(char::is_whitespace)
        && !host.contains('@')
}

/// Mail, web page and the web site of the organisation, each as it is kept. What is stored
/// from a file stays until someone changes it.
pub(super) fn read(
    problems: &mut Problems,
    form: &ServiceForm,
    before: Option<&Service>,
) -> (Option<String>, Option<String>, Option<String>) {
    let given = |text: String| (!text.is_empty()).then_some(text);
    let email = given(problems.bounded("email", &form.email, 200));
    if let Some(mail) = email.as_deref().filter(|mail| !is_mail(mail))
        && before.and_then(|one| one.email.as_deref()) != Some(mail)
    {
        problems.add("email", Message::new("error-email").with("email", mail));
    }
    let url = given(problems.bounded("url", &form.url, 400));
    let website = given(problems.bounded("website", &form.website, 400));
    let old = before.and_then(|one| one.url.as_deref());
    let old_site = before.and_then(|one| one.organisation.website.as_deref());
    for (field, typed, stored) in [("url", &url, old), ("website", &website, old_site)] {
        if let Some(page) = typed.as_deref().filter(|page| !is_web_page(page))
            && stored != Some(page)
        {
            problems.add(field, Message::new("error-web-page").with("url", page));
        }
    }
    (email, url, website)
}

/// Notes where a service that works leaves nobody a way to it. A protected one is reached
/// through its desk, or through that of its State.
pub(super) fn reachable(
    problems: &mut Problems,
    form: &ServiceForm,
    place: &Place,
    phones: &[Phone],
) {
    let written = [&form.email, &form.url].into_iter().any(|text| !text.trim().is_empty());
    let works = form.status.trim().is_empty() || form.status.trim() == "active";
    if works
        && !written
        && phones.is_empty()
        && !place.is_protected()
        && place.locations().is_empty()
    {
        problems.add("phones", Message::new("error-no-way-in"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_could_call_write_to_or_open_is_told_from_what_one_can() {
        assert!(is_number("+999 11 1") && is_number("5-44") && is_number("(0) 116"));
        assert!(!is_number("abc") && !is_number("+") && !is_number("116 night"));
        assert!(is_mail("night@line.example"));
        assert!(!is_mail("foo") && !is_mail("@line.example") && !is_mail("a b@line.example"));
        assert!(is_web_page("https://line.example/") && is_web_page("line.example/night"));
        for wrong in ["nonsense", "https://nonsense", "https://", "a b.example", ".example"] {
            assert!(!is_web_page(wrong), "{wrong}");
        }
    }
}
