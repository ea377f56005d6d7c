//! The tenant's particulars, deliveries, and opening new tenants.

use super::{
    super::Answer,
    people::{link_page, said_of_invitation},
};
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
use axum::{http::HeaderMap, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    delivery,
    desk::{parse_id, parse_revision},
    domain::tenant::TenantKind,
    locale::Language,
    tenant::{self, TenantForm},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/admin/tenant", Action::EditTenant, ask_edit)
        .form("/admin/tenant", Action::EditTenant, edit)
        .page("/admin/tenants", Action::CreateTenant, list)
        .page("/admin/tenants/new", Action::CreateTenant, ask_new)
        .form("/admin/tenants/new", Action::CreateTenant, create)
        .page("/admin/deliveries", Action::ReadDeliveries, deliveries)
        .form("/admin/deliveries/retry", Action::RetryDelivery, retry)
}

fn languages() -> Vec<(String, String)> {
    Language::ALL.into_iter().map(|l| (l.code().to_owned(), l.own_name().to_owned())).collect()
}

fn edit_form(visit: &Visit, typed: &TenantForm, revision: &str, problems: &Problems) -> Response {
    FormPage::new(visit, "/admin/tenant", problems)
        .hidden("revision", revision)
        .text("name", "tenant-name", "", &typed.name)
        .text("state", "field-state", "field-state-hint", &typed.state)
        .radios("language", "field-language", languages(), &typed.language)
        .button("form-save")
        .page("admin-tenant", "/admin")
}

async fn ask_edit(visit: Visit) -> Answer {
    let own = tenant::own(&visit.acting()).await?;
    Ok(edit_form(
        &visit,
        &TenantForm::of(&own.record),
        &own.revision.0.to_string(),
        &Problems::default(),
    ))
}

fn typed(form: &crate::shell::form::Form) -> TenantForm {
    let text = |name: &str| form.text(name).to_owned();
    TenantForm {
        name: text("name"),
        kind: text("kind"),
        state: text("state"),
        language: text("language"),
    }
}

async fn edit(Sent { visit, form }: Sent) -> Answer {
    let typed = typed(&form);
    let revision = form.text("revision");
    match tenant::change(&visit.acting_once(&form), &typed, parse_revision(revision)?).await {
        Ok(()) => Ok(done(&visit, "/admin", "saved")),
        Err(Refused::Invalid(problems)) => Ok(edit_form(&visit, &typed, revision, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

async fn list(visit: Visit) -> Answer {
    let tenants = tenant::list(&visit.acting()).await?;
    let (a, b) = (visit.clone(), visit.clone());
    let kinds = TenantKind::ALL
        .into_iter()
        .map(|k| (k.code().to_owned(), visit.text(&format!("tenant-kind-{}", k.code()))))
        .collect();
    let list = List::new(&visit, "tenants", &visit.text("admin-tenants"), tenants)
        .text("name", "tenant-name", |t| t.record.name.clone())
        .text("kind", "tenant-kind", move |t| {
            a.text(&format!("tenant-kind-{}", t.record.kind.code()))
        })
        .text("state", "field-state", move |t| {
            t.record.state.as_deref().map(|s| b.state(s)).unwrap_or_default()
        })
        .filter("kind", "tenant-kind", kinds, |t, wanted| t.record.kind.code() == wanted);
    let new = Button::link(visit.text("tenant-new"), visit.link("/admin/tenants/new"));
    let answer = list.answer(|table| {
        visit.page(&visit.text("admin-tenants")).back("/admin").html(&format!("{new}{table}"))
    })?;
    Ok(answer)
}

fn new_form(visit: &Visit, typed: &TenantForm, email: &str, problems: &Problems) -> Response {
    let kinds = TenantKind::ALL
        .into_iter()
        .map(|k| (k.code().to_owned(), visit.text(&format!("tenant-kind-{}", k.code()))))
        .collect();
    FormPage::new(visit, "/admin/tenants/new", problems)
        .words("tenant-new-why")
        .text("name", "tenant-name", "", &typed.name)
        .radios("kind", "tenant-kind", kinds, &typed.kind)
        .text("state", "field-state", "field-state-hint", &typed.state)
        .radios("language", "field-language", languages(), &typed.language)
        .email("email", "tenant-administrator", email)
        .button("tenant-new")
        .page("tenant-new", "/admin/tenants")
}

async fn ask_new(visit: Visit) -> Response {
    let typed = TenantForm { language: visit.language.code().to_owned(), ..TenantForm::default() };
    new_form(&visit, &typed, "", &Problems::default())
}

async fn create(headers: HeaderMap, Sent { visit, form }: Sent) -> Answer {
    let typed = typed(&form);
    let email = form.text("email");
    match tenant::create(&visit.acting(), &typed, email).await {
        Ok((_, token)) => {
            let said = said_of_invitation(&visit, email);
            let path = format!("/invitation/{token}");
            let to = (path.as_str(), "/admin/tenants");
            Ok(link_page(&visit, &headers, "tenant-created-title", &said, to))
        }
        Err(Refused::Invalid(problems)) => Ok(new_form(&visit, &typed, email, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

async fn deliveries(visit: Visit) -> Answer {
    let items = delivery::list(&visit.acting()).await?;
    let states = ["waiting", "sending", "delivered", "failed"]
        .map(|one| (one.to_owned(), visit.text(&format!("delivery-{one}"))))
        .to_vec();
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let f = visit.clone();
    let own = visit.signed.as_deref().map(|signed| signed.tenant.id);
    let may = own.is_some_and(|own| visit.may(Action::RetryDelivery, &Resource::of(own)));
    let list = List::new(&visit, "deliveries", &visit.text("admin-deliveries"), items)
        .column(
            "when",
            "delivery-when",
            |i| i.recorded_at.to_string(),
            move |i| a.moment(i.recorded_at).into(),
        )
        .text("channel", "delivery-channel", move |i| b.text(&format!("channel-{}", i.channel)))
        .text("kind", "delivery-kind", move |i| c.text(&format!("letter-{}", i.kind)))
        .text("to", "delivery-to", |i| i.destination.clone())
        .column(
            "state",
            "delivery-state",
            move |i| f.text(&format!("delivery-{}", i.state.code())),
            move |i| {
                let colour = match i.state {
                    delivery::Delivery::Delivered => "green",
                    delivery::Delivery::Failed => "red",
                    _ => "yellow",
                };
                let tag = Tag::coloured(d.text(&format!("delivery-{}", i.state.code())), colour);
                let error = i.last_error.clone().unwrap_or_default();
                let again = if may && i.state == delivery::Delivery::Failed {
                    let id = i.id.to_string();
                    let path = "/admin/deliveries/retry";
                    one_button(&d, path, "delivery-retry", &[("id", &id)], false)
                } else {
                    String::new()
                };
                Content::Html(format!("{tag} {} {again}", Content::from(error)))
            },
        )
        .filter("state", "delivery-state", states, |i, wanted| i.state.code() == wanted);
    let answer = list.answer(|table| {
        let why = if visit.web.settings().mail {
            String::new()
        } else {
            InsetText::new(visit.text("delivery-no-mail")).to_string()
        };
        let page = visit.page(&visit.text("admin-deliveries")).back("/admin");
        page.html(&format!("{why}{table}"))
    })?;
    Ok(answer)
}

async fn retry(Sent { visit, form }: Sent) -> Answer {
    delivery::retry(&visit.acting_once(&form), parse_id(form.text("id"))?).await?;
    Ok(done(&visit, "/admin/deliveries", "delivery-retried"))
}
