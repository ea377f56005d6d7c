//! Tokens for programs.

use super::super::{Answer, actions};
use crate::{
    components::{Button, Content, InsetText, Tag},
    shell::{
        failure::Failure,
        forms::{FormPage, done, one_button},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use palermo_app::{
    Problems, Refused,
    access::Action,
    desk::parse_id,
    token::{self, ApiToken},
};

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
    let tokens = token::list(&acting, account).await?;
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
        .text("days", "token-days", "token-days-hint", days)
        .button("token-make")
        .html();
    let mut response = listed(visit, tokens).answer(|table| {
        let why = Content::from(visit.text("admin-tokens-why"));
        let new = Content::from(visit.text("token-new"));
        let html = format!(
            "<p class=\"govuk-body\">{why}</p>{table}\
             <h2 class=\"govuk-heading-m\">{new}</h2>{form}"
        );
        visit.page(&visit.text("admin-tokens")).back("/admin").html(&html)
    })?;
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// One's own tokens, those that count first.
fn listed(visit: &Visit, mut tokens: Vec<ApiToken>) -> List<'_, ApiToken> {
    let now = visit.acting().now();
    let ended = move |token: &ApiToken| token.revoked_at.is_some() || token.ends_at <= now;
    let standing =
        move |token: &ApiToken| if ended(token) { "token-ended" } else { "token-counts" };
    tokens.sort_by_key(ended);
    let states =
        ["token-counts", "token-ended"].map(|one| (one.to_owned(), visit.text(one))).to_vec();
    let (a, b, c) = (visit.clone(), visit.clone(), visit.clone());
    let (d, e, f, g) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    List::new(visit, "tokens", &visit.text("admin-tokens"), tokens)
        .text("name", "token-name", |token| token.name.clone())
        .column(
            "scopes",
            "token-scopes",
            |token| token.scopes.join(", "),
            move |token| {
                let scopes = token.scopes.iter().map(|code| actions::with_code(&a, code));
                let scopes: String = scopes.map(|scope| format!("<li>{scope}</li>")).collect();
                Content::Html(format!("<ul class=\"govuk-list\">{scopes}</ul>"))
            },
        )
        .column(
            "made",
            "token-made-on",
            |token| token.recorded_at.to_string(),
            move |token| b.date(token.recorded_at.date()).into(),
        )
        .column(
            "ends",
            "token-ends",
            |token| token.ends_at.to_string(),
            move |token| c.date(token.ends_at.date()).into(),
        )
        .column(
            "used",
            "token-used",
            |token| token.used_at.map(|at| at.to_string()).unwrap_or_default(),
            move |token| match token.used_at {
                Some(at) => d.moment(at).into(),
                None => d.text("token-never-used").into(),
            },
        )
        .column(
            "standing",
            "token-standing",
            move |token| e.text(standing(token)),
            move |token| {
                let colour = if ended(token) { "grey" } else { "green" };
                Tag::coloured(f.text(standing(token)), colour).into()
            },
        )
        .acts("report-next", move |token| {
            if ended(token) {
                return Content::default();
            }
            let id = token.id.to_string();
            let fields = [("id", id.as_str())];
            Content::Html(one_button(&g, "/admin/tokens/revoke", "token-revoke", &fields, true))
        })
        .filter("standing", "token-standing", states, move |token, wanted| {
            standing(token) == wanted
        })
        .when_empty(visit.text("token-none"))
        .at("/admin/tokens")
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
