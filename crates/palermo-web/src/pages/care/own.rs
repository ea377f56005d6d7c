//! What a worker does about the person's own view: prepare it, and answer what
//! the person asked for. Complaints come to an independent body.

use crate::{
    components::{Button, Content, InsetText, Panel, SummaryList, Tag},
    pages::Answer,
    shell::{
        forms::{done, one_button},
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    care::{
        own,
        own_ask::{self, RequestShown},
    },
    desk::{parse_id, parse_revision},
    domain::id::{CaseId, OwnRequestId},
};
use std::fmt::Write as _;

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let asked = own_ask::of_case(&visit.acting(), visit.signed()?, id).await?;
    let mut html = format!(
        "<p class=\"govuk-body\">{}</p>{}",
        Content::from(visit.text("own-prepare-why")),
        one_button(&visit, &format!("/cases/{id}/own-view"), "own-prepare", &[], false)
    );
    html.push_str(&requests(&visit, &asked, &format!("/cases/{id}/own-view")));
    let title = visit.text("own-worker-title");
    Ok(visit.page(&title).back(&format!("/cases/{id}")).html(&html))
}

pub(super) async fn prepare(Path(id): Path<String>, Sent { visit, .. }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let prepared = own::prepare(&visit.acting(), visit.signed()?, id).await?;
    let code = Content::Html(format!("<bdi dir=\"ltr\">{}</bdi>", Content::from(prepared.code)));
    let minutes = visit.whole(usize::try_from(prepared.minutes).unwrap_or(0));
    let how = visit.format("own-code-how", &[("minutes", minutes.into())]);
    let html = format!(
        "{}{}{}",
        Panel::new(visit.text("own-code"), code),
        InsetText::new(how),
        Button::link(visit.text("own-open-here"), visit.link("/own"))
    );
    let title = visit.text("own-worker-title");
    Ok(visit.page(&title).back(&format!("/cases/{id}")).html(&html))
}

fn requests(visit: &Visit, asked: &[RequestShown], address: &str) -> String {
    let title = Content::from(visit.text("own-requests"));
    let mut html = format!("<h2 class=\"govuk-heading-m\">{title}</h2>");
    if asked.is_empty() {
        let _ = write!(
            html,
            "<p class=\"govuk-body\">{}</p>",
            Content::from(visit.text("own-requests-none"))
        );
    }
    for one in asked {
        let request = &one.request.record;
        let words = match &one.words {
            Some(words) => Content::Html(format!(
                "<p class=\"govuk-body\" dir=\"auto\">{}</p>",
                Content::from(words)
            )),
            None => visit.text("own-words-closed").into(),
        };
        let state: Content = match request.answered_at {
            Some(at) => {
                let tag = Tag::coloured(visit.text("own-answered"), "green");
                Content::Html(format!("{tag} {}", Content::from(visit.date(at.date()))))
            }
            None => {
                let due = visit.date(request.due_at.date());
                visit.format("own-answer-by", &[("day", due.into())]).into()
            }
        };
        let list = SummaryList::new()
            .row(visit.text("own-asked-on"), visit.date(request.recorded_at.date()))
            .row(visit.text("own-words"), words)
            .row(visit.text("care-standing"), state)
            .card(visit.text(&format!("own-ask-{}", request.kind)));
        let _ = write!(html, "{list}");
        if request.answered_at.is_none() {
            let revision = one.request.revision.0.to_string();
            let address = format!("{address}/{}", request.id);
            let fields = [("revision", revision.as_str())];
            html.push_str(&one_button(visit, &address, "own-mark-answered", &fields, false));
        }
    }
    html
}

pub(super) async fn answered(
    Path((id, request)): Path<(String, String)>,
    Sent { visit, form }: Sent,
) -> Answer {
    let (id, request): (CaseId, OwnRequestId) = (parse_id(&id)?, parse_id(&request)?);
    let seen = parse_revision(form.text("revision"))?;
    own_ask::answered(&visit.acting_once(&form), request, seen).await?;
    Ok(done(&visit, &format!("/cases/{id}/own-view"), "saved"))
}

pub(super) async fn complaints(visit: Visit) -> Answer {
    let asked = own_ask::complaints(&visit.acting(), visit.signed()?).await?;
    let html = format!(
        "<p class=\"govuk-body\">{}</p>{}",
        Content::from(visit.text("complaints-why")),
        requests(&visit, &asked, "/complaints")
    );
    Ok(visit.page(&visit.text("complaints-title")).html(&html))
}

pub(super) async fn complaint_answered(
    Path(request): Path<String>,
    Sent { visit, form }: Sent,
) -> Answer {
    let request: OwnRequestId = parse_id(&request)?;
    let seen = parse_revision(form.text("revision"))?;
    own_ask::answered(&visit.acting_once(&form), request, seen).await?;
    Ok(done(&visit, "/complaints", "saved"))
}
