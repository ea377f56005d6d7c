//! Breaking the glass: someone on call finds a case by its number, gives a
//! reason, and reads it, all within half a minute.

use super::Answer;
use crate::{
    components::{Content, InsetText, WarningText},
    shell::{
        failure::Failure,
        forms::{FormPage, one_button},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use palermo_app::{
    Problems, Refused,
    access::Action,
    break_glass,
    desk::parse_id,
    domain::{break_glass::BreakReason, case::Case},
    keys,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/break-glass", Action::BreakGlass, list)
        .page("/break-glass/{case}", Action::BreakGlass, ask)
        .form("/break-glass/{case}", Action::BreakGlass, open)
}

async fn list(visit: Visit) -> Answer {
    let acting = visit.acting();
    let cases = break_glass::cases(&acting).await?;
    let mut head = format!("<p class=\"govuk-body-l\">{}</p>", visit.text("break-glass-why"));
    if !keys::is_open(&acting, visit.signed()?).await? {
        return Err(Failure(Refused::UnlockNeeded));
    }
    for one in break_glass::mine(&acting).await? {
        let until = visit.moment(one.record.ends_at);
        let text = visit.format("break-glass-until", &[("moment", until.into())]);
        let id = one.record.id.to_string();
        head.push_str(&InsetText::new(text).to_string());
        let fields = [("id", id.as_str())];
        head.push_str(&one_button(&visit, "/break-glass/end", "break-glass-end", &fields, false));
    }
    let link = visit.clone();
    let table = List::new(&visit, "on-call", &visit.text("break-glass-title"), cases).column(
        "number",
        "case-number",
        Case::number,
        move |case: &Case| {
            let href = link.link(&format!("/break-glass/{}", case.id));
            let number = Content::from(case.number());
            Content::Html(format!(
                "<a class=\"govuk-link\" href=\"{href}\"><bdi dir=\"ltr\">{number}</bdi></a>"
            ))
        },
    );
    let answer = table.answer(|table| {
        let html = format!("{head}{table}");
        visit.page(&visit.text("break-glass-title")).back("/work").html(&html)
    })?;
    Ok(answer)
}

fn form(visit: &Visit, case: &str, reason: &str, minutes: &str, problems: &Problems) -> Response {
    let reasons = BreakReason::ALL
        .into_iter()
        .map(|one| {
            let word = visit.text(&format!("break-reason-{}", one.code()));
            (one.code().to_owned(), word)
        })
        .collect();
    FormPage::new(visit, &format!("/break-glass/{case}"), problems)
        .part(WarningText::new(visit.text("break-glass-warning"), &visit.words()))
        .radios("reason", "break-glass-reason", reasons, reason)
        .text("minutes", "break-glass-minutes", "break-glass-minutes-hint", minutes)
        .warning_button("break-glass-do")
        .page("break-glass-title", "/break-glass")
}

async fn ask(visit: Visit, Path(case): Path<String>) -> Answer {
    let id: palermo_app::domain::id::CaseId = parse_id(&case)?;
    let known = break_glass::cases(&visit.acting()).await?;
    if !known.iter().any(|one| one.id == id) {
        return Err(Failure(Refused::NotFound));
    }
    Ok(form(&visit, &case, "", "60", &Problems::default()))
}

async fn open(Path(case): Path<String>, Sent { visit, form: sent }: Sent) -> Answer {
    let id = parse_id(&case)?;
    let acting = visit.acting();
    let (reason, minutes) = (sent.text("reason"), sent.text("minutes"));
    match break_glass::open_case(&acting, visit.signed()?, id, reason, minutes).await {
        Ok(_) => {
            let path = format!("/cases/{case}?for=danger-to-life");
            Ok(Redirect::to(&visit.link(&path)).into_response())
        }
        Err(Refused::Invalid(problems)) => Ok(form(&visit, &case, reason, minutes, &problems)),
        Err(other) => Err(Failure(other)),
    }
}
