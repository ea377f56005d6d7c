//! Tokens for programs.

use super::super::{Answer, actions};
use crate::{
    components::{Button, Content, Empty, InsetText, SummaryList, Tag},
    shell::{
        failure::Failure,
        forms::{FormPage, done, one_button},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use palermo_app::{Problems, Refused, access::Action, desk::parse_id, token};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/admin/tokens", Action::ManageTokens, list)
        .form("/admin/tokens", Action::ManageTokens, make)
        .form("/admin/tokens/revoke", Action::ManageTokens, revoke)
}

async fn list(visit: Visit) -> Answer {
    page(&visit, "", &[], "90", &Problems::default()).await
}

async fn page(
    visit: &Visit,
    name: &str,
    scopes: &[String],
    days: &str,
    problems: &Problems,
) -> Answer {
    let acting = visit.acting();
    let account = visit.signed()?.account.id;
    let mut rows = SummaryList::new();
    let tokens = token::list(&acting, account).await?;
    for token in &tokens {
        let until =
            visit.format("token-until", &[("date", visit.date(token.ends_at.date()).into())]);
        let ended = token.revoked_at.is_some() || token.ends_at <= acting.now();
        let end = if ended {
            Tag::coloured(visit.text("token-ended"), "grey").to_string()
        } else {
            let id = token.id.to_string();
            one_button(visit, "/admin/tokens/revoke", "token-revoke", &[("id", &id)], true)
        };
        let scopes: Vec<_> = token
            .scopes
            .iter()
            .map(|code| format!("<li>{}</li>", actions::with_code(visit, code)))
            .collect();
        rows = rows.row(
            &token.name,
            Content::Html(format!(
                "<ul class=\"govuk-list\">{}</ul><p>{}</p>{end}",
                scopes.join(""),
                Content::from(until)
            )),
        );
    }
    let options = token::scopes_for(&acting)
        .into_iter()
        .map(|action| {
            let code = action.code();
            (code.to_owned(), format!("{} ({code})", actions::words(visit, code)))
        })
        .collect();
    let form = FormPage::new(visit, "/admin/tokens", problems)
        .text("name", "token-name", "token-name-hint", name)
        .checkboxes("scopes", "token-scopes", options, scopes)
        .text("days", "token-days", "", days)
        .button("token-make");
    let known = if tokens.is_empty() {
        Empty::new(visit.text("token-none")).to_string()
    } else {
        rows.to_string()
    };
    let html = format!(
        "<p class=\"govuk-body\">{}</p>{known}{}",
        visit.text("admin-tokens-why"),
        form.html()
    );
    let mut response = visit.page(&visit.text("admin-tokens")).back("/admin").html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

async fn make(Sent { visit, form }: Sent) -> Answer {
    let (name, days) = (form.text("name"), form.text("days"));
    let scopes = form.list("scopes").to_vec();
    match token::make(&visit.acting_once(&form), visit.signed()?, name, &scopes, days).await {
        Ok(text) => {
            let html = format!(
                "<p class=\"govuk-body\">{}</p>{}{}",
                visit.text("token-shown-once"),
                InsetText::new(Content::Html(format!("<code class=\"p-code\">{text}</code>"))),
                Button::link(visit.text("form-continue"), visit.link("/admin/tokens"))
            );
            Ok(visit.page(&visit.text("token-made")).html(&html))
        }
        Err(Refused::Invalid(problems)) => page(&visit, name, &scopes, days, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

async fn revoke(Sent { visit, form }: Sent) -> Answer {
    token::revoke(&visit.acting_once(&form), parse_id(form.text("id"))?).await?;
    Ok(done(&visit, "/admin/tokens", "token-revoked"))
}
