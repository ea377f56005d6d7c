//! Working together on a text: remarks on an answer or a paragraph, with suggested words
//! and a colleague mentioned; taking the words over, or not.

use super::common::{Page, day, link, tag};
use crate::{
    components::{Content, Details},
    pages::{
        Answer,
        draft::{self, Heard},
    },
    shell::{
        failure::Failure,
        forms::{FormPage, done, one_button},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect},
};
use palermo_app::{
    Problems, Refused,
    access::Action,
    desk::parse_id,
    domain::{
        id::{CommentId, SubmissionId},
        report::{Compared, Piece, RemarkOutcome, compare},
    },
    report,
    review::{self, CommentForm, Discussed, Remark, TextRef},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/reports/sheets/{id}/remarks/{code}", Action::CommentText, on_answer)
        .form("/reports/sheets/{id}/remarks/{code}", Action::CommentText, remark_answer)
        .page("/reviews/{round}/{state}/remarks/{pillar}", Action::CommentText, on_text)
        .form("/reviews/{round}/{state}/remarks/{pillar}", Action::CommentText, remark_text)
        .page("/remarks/{id}", Action::CommentText, find)
        .form("/remarks/{id}/close", Action::CommentText, close)
        .page("/reports/sheets/{id}/history/{code}", Action::WriteSection, history)
}

/// Words with what changed marked for eye and ear: never by colour alone.
pub(in crate::pages) fn changes(visit: &Visit, pieces: &[Compared]) -> String {
    let said = |id: &str| {
        format!(
            "<span class=\"govuk-visually-hidden\"> [{}] </span>",
            Content::from(visit.text(id))
        )
    };
    pieces
        .iter()
        .map(|one| {
            let text = Content::from(&one.text).to_string().replace('\n', "<br>");
            match one.piece {
                Piece::Same => text,
                Piece::Gone => format!("<del>{}{text}</del>", said("compare-gone")),
                Piece::New => format!("<ins>{}{text}</ins>", said("compare-new")),
            }
        })
        .collect()
}

/// The page a text is discussed on.
fn page_of(about: &TextRef, place: &str) -> String {
    match about {
        TextRef::Submission(id) => format!("/reports/sheets/{id}/remarks/{place}"),
        TextRef::Review { round, state, pillar } => {
            format!("/reviews/{round}/{state}/remarks/{pillar}")
        }
    }
}

/// The page of the text itself.
fn back_of(about: &TextRef) -> String {
    match about {
        TextRef::Submission(id) => format!("/reports/sheets/{id}"),
        TextRef::Review { round, state, .. } => format!("/reviews/{round}/{state}"),
    }
}

type Wrong<'t> = Option<(&'t CommentForm, &'t Problems)>;

async fn shown(visit: &Visit, about: TextRef, only: Option<&str>, wrong: Wrong<'_>) -> Answer {
    let acting = visit.acting();
    let found = review::discussed(&acting, about).await?;
    let colleagues = review::colleagues(&acting).await?;
    let kept = review::typed_remarks(&acting, &found.about).await?;
    if only.is_some_and(|only| found.places.iter().all(|(place, _)| place != only)) {
        return Err(Failure(Refused::NotFound));
    }
    let mut page = Page::new(visit);
    page.say("remarks-words");
    for (place, words) in &found.places {
        if only.is_none_or(|only| only == place) {
            let kept = kept.get(place);
            page.push(one_place(visit, &found, (place, words), &colleagues, (wrong, kept)));
        }
    }
    let gone: Vec<&Remark> = found
        .remarks
        .iter()
        .filter(|one| found.places.iter().all(|(place, _)| *place != one.record.entry.place))
        .collect();
    if !gone.is_empty() {
        page.heading("remarks-gone");
        for one in gone {
            page.push(one_remark(visit, &found, one));
        }
    }
    let title = match only {
        Some(code) => {
            visit.format("remarks-on", &[("text", format!("{}, {code}", found.title).into())])
        }
        None => visit.format("remarks-on", &[("text", found.title.as_str().into())]),
    };
    let html = page.finish();
    let mut response = visit.page(&title).back(&back_of(&found.about)).html(&html);
    if wrong.is_some() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn one_place(
    visit: &Visit,
    found: &Discussed,
    (place, words): (&str, &str),
    colleagues: &[(String, String)],
    (wrong, kept): (Wrong<'_>, Option<&CommentForm>),
) -> String {
    let heading = match &found.about {
        TextRef::Submission(_) => place.to_owned(),
        TextRef::Review { .. } => {
            visit.format("remarks-paragraph", &[("number", place.to_owned().into())])
        }
    };
    let mut page = Page::new(visit);
    page.push(super::notice_heading(heading));
    if words.is_empty() {
        page.small(visit.text("remarks-no-words"));
    } else {
        let lines = Content::from(words).to_string().replace('\n', "<br>");
        page.push(format!(
            "<blockquote class=\"govuk-inset-text\" dir=\"auto\">{lines}</blockquote>"
        ));
    }
    for one in found.remarks.iter().filter(|one| one.record.entry.place == place) {
        page.push(one_remark(visit, found, one));
    }
    // What was typed before and not made stands there again.
    let mut before = kept.cloned().unwrap_or_default();
    if before.suggestion.is_empty() {
        words.clone_into(&mut before.suggestion);
    }
    let none = Problems::default();
    let (typed, problems, open) = match wrong {
        Some((typed, problems)) if typed.place == place => (typed, problems, true),
        _ => (&before, &none, kept.is_some()),
    };
    let form = FormPage::new(visit, &page_of(&found.about, place), problems)
        .hidden("place", place)
        .lines("text", "remark-text", "", &typed.text)
        .lines("suggestion", "remark-suggestion", "remark-suggestion-hint", &typed.suggestion)
        .hinted("remark-mention-hint")
        .select("mention", "remark-mention", colleagues.to_vec(), &typed.mention)
        .button("remark-do")
        .drafts(true)
        .html();
    // Several forms on a page: the fields of each have ids of their own.
    let form = own_ids(&form, place);
    let mut details = Details::new(visit.text("remark-new"), Content::Html(form));
    details.open = open;
    page.push(details);
    page.finish()
}

/// Makes the ids of a form's fields different from those of its neighbours.
fn own_ids(html: &str, place: &str) -> String {
    let place: String = place.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut html = html.to_owned();
    for name in ["text", "suggestion", "mention"] {
        for end in ["", "-hint", "-error"] {
            for (attribute, before) in
                [("id", ""), ("for", ""), ("aria-describedby", ""), ("href", "#")]
            {
                html = html.replace(
                    &format!("{attribute}=\"{before}{name}{end}\""),
                    &format!("{attribute}=\"{before}{name}-{place}{end}\""),
                );
            }
        }
        html = html.replace(
            &format!("aria-describedby=\"{name}-hint {name}-error\""),
            &format!("aria-describedby=\"{name}-{place}-hint {name}-{place}-error\""),
        );
    }
    html
}

fn one_remark(visit: &Visit, found: &Discussed, one: &Remark) -> String {
    let record = &one.record.entry;
    let mut html = format!(
        "<section class=\"p-remark\" id=\"r-{}\"><p class=\"govuk-body\"><strong><bdi>{}</bdi></strong> \
         <span class=\"p-small p-muted\">{}</span>",
        one.record.id,
        Content::from(&record.by),
        Content::from(day(visit, record.on))
    );
    if let Some(outcome) = record.outcome {
        let colour = match outcome {
            RemarkOutcome::Accepted => "green",
            RemarkOutcome::Declined => "grey",
            RemarkOutcome::Settled => "blue",
        };
        html.push_str(&format!(" {}", tag(visit, "remark", outcome.code(), colour)));
        if !record.closed_by.is_empty() {
            let by = Content::from(&record.closed_by);
            html.push_str(&format!(" <span class=\"p-small p-muted\"><bdi>{by}</bdi></span>"));
        }
    }
    let text = Content::from(&record.text).to_string().replace('\n', "<br>");
    html.push_str(&format!("<br><span dir=\"auto\">{text}</span></p>"));
    if let Some(words) = &record.suggestion
        && words.trim() != record.quote.trim()
    {
        let label = Content::from(visit.text("remark-suggested"));
        let told = changes(visit, &compare(&record.quote, words));
        html.push_str(&format!(
            "<p class=\"govuk-body-s\">{label}:</p><p class=\"govuk-body\" dir=\"auto\">{told}</p>"
        ));
    }
    if record.outcome.is_none() {
        let path = format!("/remarks/{}/close", one.record.id);
        let suggests = record.suggestion.as_ref().is_some_and(|words| *words != record.quote);
        let choices: &[(&str, RemarkOutcome)] = if suggests && found.writes {
            &[
                ("remark-accept", RemarkOutcome::Accepted),
                ("remark-decline", RemarkOutcome::Declined),
            ]
        } else {
            &[("remark-settle", RemarkOutcome::Settled)]
        };
        html.push_str("<div class=\"govuk-button-group\">");
        for (label, outcome) in choices {
            html.push_str(&one_button(visit, &path, label, &[("outcome", outcome.code())], false));
        }
        html.push_str("</div>");
    }
    html.push_str("</section>");
    html
}

async fn on_answer(visit: Visit, Path((id, code)): Path<(String, String)>) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    shown(&visit, TextRef::Submission(id), Some(&code), None).await
}

async fn on_text(visit: Visit, Path(place): Path<(String, String, String)>) -> Answer {
    shown(&visit, review_ref(place)?, None, None).await
}

fn review_ref((round, state, pillar): (String, String, String)) -> Result<TextRef, Refused> {
    format!("evaluation/{round}/{state}/{pillar}").parse()
}

async fn add(sent: Sent, about: TextRef, only: Option<String>) -> Answer {
    let Sent { visit, form } = sent;
    let text = |name: &str| form.text(name).to_owned();
    let mut typed = CommentForm {
        place: text("place"),
        text: text("text"),
        suggestion: text("suggestion").replace("\r\n", "\n"),
        mention: text("mention"),
    };
    if let Some(only) = &only {
        typed.place.clone_from(only);
    }
    // Words left as they were suggest nothing.
    let found = review::discussed(&visit.acting(), about.clone()).await?;
    let before = found.places.iter().find(|(place, _)| *place == typed.place);
    let mut sent = typed.clone();
    if before.is_some_and(|(_, words)| words.trim() == typed.suggestion.trim()) {
        sent.suggestion.clear();
    }
    if draft::asked(&form) {
        let mut heard = Heard::default();
        if let Err(refused) = review::comment_as_typed(&visit.acting(), &about, &sent).await {
            heard.refused(&visit, "", refused)?;
        }
        return Ok(heard.told(&visit));
    }
    match review::comment(&visit.acting_once(&form), &about, &sent).await {
        Ok(_) => Ok(done(&visit, &page_of(&about, &typed.place), "remark-made")),
        Err(Refused::Invalid(problems)) => {
            shown(&visit, about, only.as_deref(), Some((&typed, &problems))).await
        }
        Err(other) => Err(Failure(other)),
    }
}

async fn remark_answer(Path((id, code)): Path<(String, String)>, sent: Sent) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    add(sent, TextRef::Submission(id), Some(code)).await
}

async fn remark_text(Path(place): Path<(String, String, String)>, sent: Sent) -> Answer {
    add(sent, review_ref(place)?, None).await
}

/// From a task to the text it speaks of.
async fn find(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CommentId = parse_id(&id)?;
    let (about, place) = review::place_of(&visit.acting(), id).await?;
    let path = format!("{}#r-{id}", page_of(&about, &place));
    Ok(Redirect::to(&visit.link(&path)).into_response())
}

async fn close(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CommentId = parse_id(&id)?;
    let outcome = form.text("outcome").parse().map_err(|_| Refused::NotFound)?;
    let (about, place) = review::place_of(&visit.acting(), id).await?;
    review::close(&visit.acting_once(&form), id, outcome).await?;
    Ok(done(&visit, &page_of(&about, &place), "remark-closed"))
}

async fn history(visit: Visit, Path((id, code)): Path<(String, String)>) -> Answer {
    let id: SubmissionId = parse_id(&id)?;
    let (opened, versions) = report::versions_of(&visit.acting(), id, &code).await?;
    let question = opened.questionnaire.question(&code).ok_or(Refused::NotFound)?;
    let section = opened.questionnaire.section_of(&code).ok_or(Refused::NotFound)?;
    let mut page = Page::new(&visit);
    let (text, translated) = question.text.say(visit.language.code());
    page.push(format!(
        "<p class=\"govuk-body-l\">{}</p>",
        super::common::told(&visit, text, translated)
    ));
    if versions.is_empty() {
        page.say("report-no-answer");
    }
    let rows = versions
        .iter()
        .map(|one| {
            let at = one.at.parse::<palermo_app::domain::moment::Moment>();
            let when = at.map_or_else(|_| one.at.clone(), |at| visit.moment(at));
            vec![
                Content::from(when),
                Content::Html(format!("<bdi>{}</bdi>", Content::from(&one.by))),
                Content::Html(format!(
                    "<span dir=\"auto\">{}</span>",
                    changes(&visit, &one.changed)
                )),
            ]
        })
        .collect();
    page.table(
        "versions",
        "history-title",
        &["history-when", "history-by", "history-changed"],
        rows,
    );
    let base = super::sheet::base(&opened);
    let door = link(&visit, &format!("{base}/remarks/{code}"), visit.text("remarks-open"));
    page.paragraph(door);
    let title = format!("{}: {code}", visit.text("history-title"));
    let html = page.finish();
    Ok(visit.page(&title).back(&format!("{base}/sections/{}", section.code)).html(&html))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_forms_on_a_page_share_no_id() {
        let form = "<label for=\"text\"></label><textarea id=\"text\" name=\"text\" \
                    aria-describedby=\"text-hint text-error\"></textarea><a href=\"#text\">";
        assert_eq!(
            own_ids(form, "4.2"),
            "<label for=\"text-42\"></label><textarea id=\"text-42\" name=\"text\" \
             aria-describedby=\"text-42-hint text-42-error\"></textarea><a href=\"#text-42\">"
        );
    }
}
