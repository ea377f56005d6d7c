//! The closed list of legal bases, kept by the data-protection officer.

use super::{Answer, words_of};
use crate::{
    components::{Content, SummaryList},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        visit::{Sent, Visit},
    },
};
use axum::response::Response;
use palermo_app::{
    Problems, Refused,
    case::legal_basis::{self, BasisForm},
    desk::parse_id,
    domain::case::sharing::{LegalAim, RecipientKind},
};

async fn page(visit: &Visit, form: &Form, problems: &Problems) -> Result<Response, Failure> {
    let now = visit.acting().now();
    let mut list = SummaryList::new();
    for one in legal_basis::list(&visit.acting()).await? {
        let basis = &one.record;
        if !basis.holds_at(now) {
            continue;
        }
        let id = basis.id.to_string();
        let fields = [("id", id.as_str())];
        let end = one_button(visit, "/legal-bases/end", "case-legal-end", &fields, true);
        let aim = visit.text(&format!("case-legal-aim-{}", basis.aim.code()));
        let to: Vec<_> = basis
            .recipients
            .iter()
            .map(|kind| visit.text(&format!("case-recipient-{}", kind.code())))
            .collect();
        list = list.row(
            Content::Html(format!("<bdi>{}</bdi>", Content::from(&basis.provision))),
            Content::Html(format!(
                "<p class=\"govuk-body\">{}: {}</p>{end}",
                Content::from(aim),
                Content::from(to.join(", "))
            )),
        );
    }
    let aims: Vec<_> = LegalAim::ALL.iter().map(|aim| aim.code()).collect();
    let kinds: Vec<_> = RecipientKind::ALL.iter().map(|kind| kind.code()).collect();
    let html = FormPage::new(visit, "/legal-bases", problems)
        .words("case-legal-bases-why")
        .text("provision", "case-legal-provision", "", form.text("provision"))
        .select("aim", "case-legal-aim", words_of(visit, "case-legal-aim", &aims), form.text("aim"))
        .checkboxes(
            "recipients",
            "case-legal-recipients",
            words_of(visit, "case-recipient", &kinds),
            form.list("recipients"),
        )
        .button("case-legal-add")
        .html();
    let mut response =
        visit.page(&visit.text("case-legal-bases")).back("/work").html(&format!("{list}{html}"));
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

pub(super) async fn show(visit: Visit) -> Answer {
    page(&visit, &Form::default(), &Problems::default()).await
}

pub(super) async fn add(Sent { visit, form }: Sent) -> Answer {
    let typed = BasisForm {
        provision: form.text("provision").to_owned(),
        aim: form.text("aim").to_owned(),
        recipients: form.list("recipients").to_vec(),
    };
    match legal_basis::add(&visit.acting_once(&form), &typed).await {
        Ok(_) => Ok(done(&visit, "/legal-bases", "saved")),
        Err(Refused::Invalid(problems)) => page(&visit, &form, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn end(Sent { visit, form }: Sent) -> Answer {
    let id = parse_id(form.text("id"))?;
    legal_basis::end(&visit.acting_once(&form), id).await?;
    Ok(done(&visit, "/legal-bases", "saved"))
}
