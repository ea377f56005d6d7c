//! Recordings of words that are said aloud: `audio/<language>/<name>.<ending>`
//! in a deployment's own content. Where there is none, nothing is shown.

use super::Answer;
use crate::{
    components::Content,
    shell::{failure::Failure, route::Routes, visit::Visit},
};
use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use palermo_app::{Refused, access::Action};

/// What is said before anyone agrees to sharing.
const CONSENT: &str = "consent";
/// The five questions after a service (R237).
const QUESTIONS: &str = "questions";

pub(super) fn routes() -> Routes {
    Routes::new().download("/audio/{language}/{name}", Action::PublicRead, play)
}

/// A player for what is said about consent, in the person's language, if
/// somebody recorded it.
pub(crate) fn consent(visit: &Visit, language: &str) -> String {
    player(visit, language, CONSENT)
}

/// A player for the five questions, in the person's language, if somebody
/// recorded them.
pub(crate) fn questions(visit: &Visit, language: &str) -> String {
    player(visit, language, QUESTIONS)
}

/// A player for a recording; its title is message `audio-<name>`.
fn player(visit: &Visit, language: &str, name: &str) -> String {
    let content = &visit.web.app().content;
    let Some(found) = content.audio(language, name) else { return String::new() };
    let title = Content::from(visit.text(&format!("audio-{name}")));
    let source = visit.link(&format!("/audio/{}/{}", found.language, found.name));
    format!(
        "<p class=\"govuk-body\" id=\"audio-{name}\">{title}</p>\
         <audio controls preload=\"none\" aria-labelledby=\"audio-{name}\" src=\"{source}\"></audio>"
    )
}

/// The recording, in parts where the player asks for parts.
async fn play(
    headers: HeaderMap,
    visit: Visit,
    Path((language, name)): Path<(String, String)>,
) -> Answer {
    let found = visit.web.app().content.audio_file(&language, &name);
    let Some((kind, bytes)) = found else { return Err(Failure(Refused::NotFound)) };
    let whole = bytes.len();
    let part = headers.get(header::RANGE).and_then(|range| part(range.to_str().ok()?, whole));
    Ok(match part {
        Some((from, to)) => {
            let body = bytes.get(from..=to).unwrap_or_default().to_vec();
            let told = format!("bytes {from}-{to}/{whole}");
            let head = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_RANGE, told)];
            (StatusCode::PARTIAL_CONTENT, head, body).into_response()
        }
        None => {
            let head = [(header::CONTENT_TYPE, kind), (header::ACCEPT_RANGES, "bytes")];
            let response: Response = (head, bytes.to_vec()).into_response();
            response
        }
    })
}

/// First and last byte of a single range that can be given.
fn part(range: &str, whole: usize) -> Option<(usize, usize)> {
    let (from, to) = range.strip_prefix("bytes=")?.split_once('-')?;
    let last = whole.checked_sub(1)?;
    let (from, to) = match (from.parse::<usize>().ok(), to.parse::<usize>().ok()) {
        (Some(from), Some(to)) => (from, to.min(last)),
        (Some(from), None) => (from, last),
        (None, Some(length)) => (whole.saturating_sub(length), last),
        (None, None) => return None,
    };
    (from <= to && from < whole).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn a_player_gets_the_part_it_asks_for_and_never_more_than_there_is() {
        assert_eq!(part("bytes=0-", 10), Some((0, 9)));
        assert_eq!(part("bytes=2-5", 10), Some((2, 5)));
        assert_eq!(part("bytes=-3", 10), Some((7, 9)));
        assert_eq!(part("bytes=5-99", 10), Some((5, 9)));
        assert_eq!(part("bytes=10-", 10), None);
        assert_eq!(part("bytes=0-", 0), None);
        assert_eq!(part("lines=0-", 10), None);
    }
}
