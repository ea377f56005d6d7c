//! Whom nobody asks or tells of a person (E17), on the case page and its form.

use super::{Answer, purpose, purpose_of, sections::Section, words_of};
use crate::{
    components::{Button, Content, InsetText, SummaryList},
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done, one_button},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    case::{
        self, Opened, consent,
        never_told::{self, NeverForm},
        open::may_write,
    },
    desk::parse_id,
    domain::{
        case::{abroad::NeverWhy, sharing::RecipientKind},
        id::CaseId,
        purpose::Purpose,
    },
};
use std::fmt::Write as _;

/// Bodies that are never told, and a way to add one.
pub(super) async fn section(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let acting = visit.acting();
    let id = opened.file.id();
    let writes = may_write(&acting, &opened.file);
    let mut list = SummaryList::new();
    let mut count = 0_usize;
    for one in never_told::of_case(opened).await? {
        let never = one.record;
        if !never.stands() {
            continue;
        }
        count += 1;
        let name = Content::from(never_told::named(&acting, &never).await?);
        let why = Content::from(visit.text(&format!("never-told-why-{}", never.why.code())));
        let mut body = format!("<p class=\"govuk-body\">{why}</p>");
        if writes {
            let never = never.id.to_string();
            let fields = [("never", never.as_str()), ("for", opened.file.purpose.code())];
            let path = format!("/cases/{id}/never-told/lift");
            body.push_str(&one_button(visit, &path, "never-told-lift", &fields, true));
        }
        list = list.row(Content::Html(format!("<bdi>{name}</bdi>")), Content::Html(body));
    }
    let mut html = if count == 0 {
        format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.text("never-told-none")))
    } else {
        list.to_string()
    };
    if writes {
        let href = visit.link(&format!("/cases/{id}/never-told"));
        let _ = write!(html, "{}", Button::link(visit.text("never-told-add"), href).secondary());
    }
    let (title, count) = (visit.text("never-told-title"), Some(count));
    Ok(Some(Section { id: "never-told", title, html, count, ..Section::default() }))
}

async fn page(
    visit: &Visit,
    id: CaseId,
    purpose: Purpose,
    form: &Form,
    problems: &Problems,
) -> Result<Response, Failure> {
    let desks = consent::desks_to_choose(&visit.acting()).await?;
    let kinds: Vec<_> = RecipientKind::ALL.iter().map(|kind| kind.code()).collect();
    let whys: Vec<_> = NeverWhy::ALL.iter().map(|why| why.code()).collect();
    let whole = vec![("yes".to_owned(), visit.text("never-told-whole-kind"))];
    Ok(FormPage::new(visit, &format!("/cases/{id}/never-told"), problems)
        .part(InsetText::new(visit.text("never-told-explained")))
        .hidden("for", purpose.code())
        .select("desk", "case-consent-desk", desks, form.text("desk"))
        .text("outside", "case-consent-outside", "never-told-outside-hint", form.text("outside"))
        .select(
            "kind",
            "case-recipient",
            words_of(visit, "case-recipient", &kinds),
            form.text("kind"),
        )
        .checkboxes("whole_kind", "never-told-whole", whole, form.list("whole_kind"))
        .radios("why", "never-told-why", words_of(visit, "never-told-why", &whys), form.text("why"))
        .button("form-save")
        .on_paper()
        .page("never-told-add", &format!("/cases/{id}")))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose(&visit);
    case::permitted(&visit.acting(), id, Action::WriteCase, purpose).await?;
    page(&visit, id, purpose, &Form::default(), &Problems::default()).await
}

pub(super) async fn add(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let purpose = purpose_of(&visit, &form);
    let typed = NeverForm {
        desk: form.text("desk").to_owned(),
        kind: form.text("kind").to_owned(),
        outside: form.text("outside").to_owned(),
        whole_kind: form.ticked("whole_kind"),
        why: form.text("why").to_owned(),
    };
    match never_told::add(&visit.acting_once(&form), id, &typed, purpose).await {
        Ok(_) => Ok(done(&visit, &format!("/cases/{id}"), "saved")),
        Err(Refused::Invalid(problems)) => page(&visit, id, purpose, &form, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn lift(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let never = parse_id(form.text("never"))?;
    let purpose = purpose_of(&visit, &form);
    never_told::lift(&visit.acting_once(&form), id, never, purpose).await?;
    Ok(done(&visit, &format!("/cases/{id}"), "saved"))
}
