//! The closed list of legal bases, kept by the data-protection officer.

use super::{Answer, words_of};
use crate::{
    components::Content,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        listing::List,
        visit::{Sent, Visit},
    },
};
use axum::response::Response;
use palermo_app::{
    Problems, Refused,
    case::legal_basis::{self, BasisForm},
    desk::parse_id,
    domain::case::sharing::{LegalAim, LegalBasis, RecipientKind},
};

/// What stands in the list, those in force first; who had an entry ended finds it still.
fn listed(visit: &Visit, mut all: Vec<LegalBasis>) -> List<'_, LegalBasis> {
    let now = visit.acting().now();
    let standing = move |basis: &LegalBasis| {
        if basis.holds_at(now) { "case-legal-holds" } else { "case-legal-over" }
    };
    all.sort_by_key(|basis| !basis.holds_at(now));
    let states =
        ["case-legal-holds", "case-legal-over"].map(|one| (one.to_owned(), visit.text(one)));
    let aims: Vec<_> = LegalAim::ALL.iter().map(|aim| aim.code()).collect();
    let aims = words_of(visit, "case-legal-aim", &aims);
    let (a, b, c) = (visit.clone(), visit.clone(), visit.clone());
    let (d, e, f) = (visit.clone(), visit.clone(), visit.clone());
    List::new(visit, "legal-bases", &visit.text("case-legal-bases"), all)
        .column(
            "provision",
            "case-legal-provision",
            |basis| basis.provision.clone(),
            |basis| Content::Html(format!("<bdi>{}</bdi>", Content::from(&basis.provision))),
        )
        .text("aim", "case-legal-aim", move |basis| {
            a.text(&format!("case-legal-aim-{}", basis.aim.code()))
        })
        .text("recipients", "case-legal-recipients", move |basis| {
            let to = basis.recipients.iter();
            let to = to.map(|kind| b.text(&format!("case-recipient-{}", kind.code())));
            to.collect::<Vec<_>>().join(", ")
        })
        .column(
            "from",
            "case-legal-from",
            |basis| basis.from.to_string(),
            move |basis| c.date(basis.from.date()).into(),
        )
        .column(
            "until",
            "case-legal-until",
            |basis| basis.until.map(|until| until.to_string()).unwrap_or_default(),
            move |basis| basis.until.map(|on| d.date(on.date())).unwrap_or_default().into(),
        )
        .text("standing", "case-legal-standing", move |basis| e.text(standing(basis)))
        .acts("report-next", move |basis| {
            if !basis.holds_at(now) {
                return Content::default();
            }
            let id = basis.id.to_string();
            let fields = [("id", id.as_str())];
            Content::Html(one_button(&f, "/legal-bases/end", "case-legal-end", &fields, true))
        })
        .filter("standing", "case-legal-standing", states.to_vec(), move |basis, wanted| {
            standing(basis) == wanted
        })
        .filter("aim", "case-legal-aim", aims, |basis, wanted| basis.aim.code() == wanted)
        .at("/legal-bases")
}

async fn page(visit: &Visit, form: &Form, problems: &Problems) -> Result<Response, Failure> {
    let all = legal_basis::list(&visit.acting()).await?;
    let all = all.into_iter().map(|one| one.record).collect();
    let aims: Vec<_> = LegalAim::ALL.iter().map(|aim| aim.code()).collect();
    let kinds: Vec<_> = RecipientKind::ALL.iter().map(|kind| kind.code()).collect();
    let html = FormPage::new(visit, "/legal-bases", problems)
        .ids_end("new")
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
    let mut response = listed(visit, all).answer(|table| {
        let title = visit.text("case-legal-bases");
        visit.page(&title).back("/work").html(&format!("{table}{html}"))
    })?;
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
