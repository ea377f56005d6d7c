//! The numbers of a service, a line each: behind bars what a caller should know.

use super::contacts::is_number;
use crate::{Acting, Message, Problems, directory::says};
use palermo_domain::{
    register::{day::Day, state::StateCode},
    service::{Need, Phone},
};
use uuid::Uuid;

/// A number as a line of the form.
pub(super) fn line(phone: &Phone) -> String {
    let free = if phone.toll_free { " | free" } else { "" };
    let common = phone.uniform.as_ref().map(|id| format!(" | {id}")).unwrap_or_default();
    format!("{}{free}{common}", phone.number)
}

/// Reads the lines. What stands behind a bar is the word for a free call or the mechanism
/// of a common number; anything else is refused, not silently dropped.
pub(super) fn read(
    problems: &mut Problems,
    acting: &Acting<'_>,
    typed: &str,
    (need, state): (Option<Need>, Option<StateCode>),
    old: &[Phone],
) -> Vec<Phone> {
    let mut phones = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut parts = line.split('|').map(str::trim);
        let number = parts.next().unwrap_or_default().to_owned();
        let known = old.iter().find(|phone| phone.number == number);
        if known.is_none() && !is_number(&number) {
            problems.add("phones", Message::new("error-telephone"));
        }
        let mut phone = Phone {
            id: known.map_or_else(Uuid::now_v7, |phone| phone.id),
            extension: known.and_then(|phone| phone.extension),
            toll_free: false,
            uniform: None,
            note: known.map(|phone| phone.note.clone()).unwrap_or_default(),
            number,
        };
        for part in parts.filter(|part| !part.is_empty()) {
            let stored = known.and_then(|known| known.uniform.as_deref()) == Some(part);
            match mechanism(acting, part) {
                _ if says(acting, "phone-free-words", part) => phone.toll_free = true,
                _ if stored => phone.uniform = Some(part.to_owned()),
                Some(id) => {
                    if need != Some(Need::Hotline) || !belongs(acting, &id, state) {
                        let wrong = Message::new("error-phone-common").with("mechanism", &id);
                        problems.add("phones", wrong);
                    }
                    phone.uniform = Some(id);
                }
                None => {
                    problems.add("phones", Message::new("error-phone-line").with("typed", part));
                }
            }
        }
        phones.push(phone);
    }
    phones
}

/// The id of the mechanism with this code, however it is written.
fn mechanism(acting: &Acting<'_>, typed: &str) -> Option<String> {
    let mechanisms = acting.app.content.mechanisms();
    let found = mechanisms.get(typed).or_else(|| mechanisms.get(&typed.to_uppercase()));
    found.map(|profile| profile.id.to_string())
}

/// A number that is the same in all States of a mechanism is that of a hotline in a State
/// that belongs to it: everyone in these States is told to call it.
fn belongs(acting: &Acting<'_>, id: &str, state: Option<StateCode>) -> bool {
    let today: Day = acting.now().date().into();
    state.is_some_and(|state| {
        let all = acting.app.content.mechanisms().mechanisms_of(state.as_str(), Some(today));
        all.iter().any(|one| one.id.to_string() == id)
    })
}
