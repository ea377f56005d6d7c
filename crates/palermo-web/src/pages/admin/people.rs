//! People of one's tenant: invite, give and end roles, suspend.

use super::{
    super::{Answer, case::origin},
    leave, rights,
};
use crate::{
    components::{Button, Content, InsetText, SummaryList, Tag},
    shell::{
        failure::Failure,
        forms::{FormPage, done, one_button},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    desk::{parse_id, parse_revision},
    domain::{account::AccountStatus, id::AccountId, role::Role},
    invitation::{self, InvitationForm},
    locale::Language,
    people::{self, Member},
};
use std::fmt::Write as _;

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/admin/people", Action::ReadTenant, list)
        .page("/admin/people/invite", Action::InvitePeople, ask_invite)
        .form("/admin/people/invite", Action::InvitePeople, invite)
        .form("/admin/people/take-back", Action::InvitePeople, take_back)
        .page("/admin/people/{id}", Action::ReadTenant, show)
        .form("/admin/people/{id}/roles", Action::ChangeRoles, give_role)
        .form("/admin/people/{id}/roles/end", Action::ChangeRoles, end_role)
        .form("/admin/people/{id}/status", Action::EndAccess, set_status)
        .page("/admin/people/{id}/leave", Action::EndAccess, leave::ask)
        .form("/admin/people/{id}/leave", Action::EndAccess, leave::leave)
        .form("/admin/people/{id}/sessions", Action::EndAccess, end_sessions)
}

fn role_names(visit: &Visit, member: &Member) -> String {
    let names: Vec<_> = member
        .held(&visit.acting())
        .iter()
        .map(|role| visit.text(&format!("role-{}", role.code())))
        .collect();
    names.join(" · ")
}

fn status_tag(visit: &Visit, status: AccountStatus) -> Tag {
    let colour = match status {
        AccountStatus::Active => "green",
        AccountStatus::Invited => "blue",
        AccountStatus::Suspended => "yellow",
        AccountStatus::Left => "grey",
    };
    Tag::coloured(visit.text(&format!("account-status-{}", status.code())), colour)
}

async fn list(visit: Visit) -> Answer {
    let acting = visit.acting();
    let invites = visit.may(Action::InvitePeople, &Resource::of(visit.signed()?.tenant.id));
    let mut extra = String::new();
    if invites {
        extra = Button::link(visit.text("people-invite"), visit.link("/admin/people/invite"))
            .to_string();
        extra.push_str(&look_at_roles(&visit));
        extra.push_str(&waiting(&visit).await?);
    }
    let everyone = people::list(&acting).await?;
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let roles = people::roles_here(&acting)
        .into_iter()
        .map(|role| (role.code().to_owned(), visit.text(&format!("role-{}", role.code()))))
        .collect();
    let statuses = [AccountStatus::Active, AccountStatus::Suspended, AccountStatus::Left]
        .map(|one| (one.code().to_owned(), visit.text(&format!("account-status-{}", one.code()))))
        .to_vec();
    let e = visit.clone();
    let list = List::new(&visit, "people", &visit.text("admin-people"), everyone)
        .column(
            "name",
            "column-name",
            |m| m.account.record.name.clone(),
            move |m| {
                let href = a.link(&format!("/admin/people/{}", m.account.record.id));
                Content::Html(format!(
                    "<a class=\"govuk-link\" href=\"{href}\"><bdi>{}</bdi></a>",
                    Content::from(&m.account.record.name)
                ))
            },
        )
        .text("email", "field-email", |m| m.account.record.email.clone())
        .text("roles", "account-roles", move |m| role_names(&b, m))
        .column(
            "status",
            "account-status",
            move |m| c.text(&format!("account-status-{}", m.account.record.status.code())),
            move |m| status_tag(&d, m.account.record.status).into(),
        )
        .filter("role", "account-role", roles, move |m, wanted| {
            m.held(&e.acting()).iter().any(|role| role.code() == wanted)
        })
        .filter("status", "account-status", statuses, |m, wanted| {
            m.account.record.status.code() == wanted
        });
    let answer = list.answer(|table| {
        visit.page(&visit.text("admin-people")).back("/admin").html(&format!("{extra}{table}"))
    })?;
    Ok(answer)
}

/// The way to a role's preview, before it is given to someone.
fn look_at_roles(visit: &Visit) -> String {
    let own = visit.signed.as_deref().map(|signed| Resource::of(signed.tenant.id));
    if own.is_some_and(|own| visit.may(Action::ViewAs, &own)) {
        rights::link(visit)
    } else {
        String::new()
    }
}

async fn waiting(visit: &Visit) -> Result<String, Failure> {
    let open = invitation::waiting(&visit.acting()).await?;
    if open.is_empty() {
        return Ok(String::new());
    }
    let mut rows = SummaryList::new();
    for invitation in &open {
        let until = visit.format(
            "invitation-until",
            &[("date", visit.date(invitation.record.ends_at.date()).into())],
        );
        let made = visit.format(
            "invitation-made",
            &[("date", visit.date(invitation.record.recorded_at.date()).into())],
        );
        let roles = invitation.record.roles.iter();
        let roles: Vec<String> =
            roles.map(|role| visit.text(&format!("role-{}", role.code()))).collect();
        let about = format!("{} · {made} · {until}", roles.join(" · "));
        let id = invitation.record.id.to_string();
        let back = one_button(
            visit,
            "/admin/people/take-back",
            "invitation-take-back",
            &[("id", &id)],
            false,
        );
        rows = rows.row(
            &invitation.record.email,
            Content::Html(format!("<p>{}</p>{back}", Content::from(about))),
        );
    }
    Ok(format!("<h2 class=\"govuk-heading-m\">{}</h2>{rows}", visit.text("invitation-waiting")))
}

fn invite_form(visit: &Visit, typed: &InvitationForm, problems: &Problems) -> Response {
    let roles = people::roles_here(&visit.acting())
        .into_iter()
        .map(|role| (role.code().to_owned(), visit.text(&format!("role-{}", role.code()))))
        .collect();
    let languages =
        Language::ALL.into_iter().map(|l| (l.code().to_owned(), l.own_name().to_owned())).collect();
    FormPage::new(visit, "/admin/people/invite", problems)
        .email("email", "field-email", &typed.email)
        .text("name", "invitation-name", "invitation-name-hint", &typed.name)
        .checkboxes("roles", "account-roles", roles, &typed.roles)
        .radios("language", "field-language", languages, &typed.language)
        .button("people-invite")
        .page("people-invite", "/admin/people")
}

async fn ask_invite(visit: Visit) -> Response {
    let typed =
        InvitationForm { language: visit.language.code().to_owned(), ..InvitationForm::default() };
    invite_form(&visit, &typed, &Problems::default())
}

async fn invite(headers: HeaderMap, Sent { visit, form }: Sent) -> Answer {
    let typed = InvitationForm {
        email: form.text("email").to_owned(),
        name: form.text("name").to_owned(),
        roles: form.list("roles").to_vec(),
        language: form.text("language").to_owned(),
    };
    match invitation::invite(&visit.acting_once(&form), &typed).await {
        Ok(token) => {
            let said = said_of_invitation(&visit, &typed.email);
            let path = format!("/invitation/{token}");
            let to = (path.as_str(), "/admin/people");
            Ok(link_page(&visit, &headers, "invitation-sent-title", &said, to))
        }
        Err(Refused::Invalid(problems)) => Ok(invite_form(&visit, &typed, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

/// Whether a letter with the link goes out, or it is handed over.
pub(super) fn said_of_invitation(visit: &Visit, email: &str) -> String {
    let mail = visit.web.settings().mail;
    let said = if mail { "invitation-sent" } else { "invitation-no-mail" };
    visit.format(said, &[("email", email.into())])
}

/// A link to hand over, shown this once: its path, and the page to go on to.
pub(super) fn link_page(
    visit: &Visit,
    headers: &HeaderMap,
    title: &str,
    said: &str,
    (path, next): (&str, &str),
) -> Response {
    let link = Content::from(format!("{}{}", origin(visit, headers), visit.link(path)));
    let html = format!(
        "<p class=\"govuk-body\">{}</p>{}{}",
        Content::from(said),
        InsetText::new(Content::Html(format!(
            "<a class=\"govuk-link\" href=\"{link}\">{link}</a>"
        ))),
        Button::link(visit.text("form-continue"), visit.link(next))
    );
    visit.page(&visit.text(title)).html(&html)
}

async fn take_back(Sent { visit, form }: Sent) -> Answer {
    invitation::take_back(&visit.acting_once(&form), parse_id(form.text("id"))?).await?;
    Ok(done(&visit, "/admin/people", "invitation-taken-back"))
}

async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    person_page(&visit, parse_id(&id)?, &Problems::default()).await
}

async fn person_page(visit: &Visit, id: AccountId, problems: &Problems) -> Answer {
    let acting = visit.acting();
    let (member, sessions) = people::show(&acting, id).await?;
    let account = &member.account.record;
    let mut html = SummaryList::new()
        .row(visit.text("field-email"), &account.email)
        .row(visit.text("account-status"), status_tag(visit, account.status))
        .row(visit.text("account-sessions"), visit.whole(sessions.len()))
        .to_string();
    let may = visit.may(Action::ChangeRoles, &Resource::of(account.tenant));
    let own = people::is_own(&acting, id);
    let changes = may && !own;
    html.push_str(&role_section(visit, &member, changes));
    if may && own {
        html.push_str(&InsetText::new(visit.text("error-own-roles")).to_string());
    }
    if changes && account.status == AccountStatus::Left {
        html.push_str(&status_buttons(visit, &member));
    } else if changes {
        let options = people::roles_here(&acting)
            .into_iter()
            .map(|role| (role.code().to_owned(), visit.text(&format!("role-{}", role.code()))))
            .collect();
        let form = FormPage::new(visit, &format!("/admin/people/{id}/roles"), problems)
            .select("role", "people-give-role", options, "")
            .button("people-give-role-do");
        html.push_str(&form.html());
        html.push_str(&look_at_roles(visit));
        html.push_str(&status_buttons(visit, &member));
    }
    let mut response = visit.page(&account.name).back("/admin/people").html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn role_section(visit: &Visit, member: &Member, changes: bool) -> String {
    let mut html = format!("<h2 class=\"govuk-heading-m\">{}</h2>", visit.text("account-roles"));
    let now = visit.acting().now();
    let mut rows = SummaryList::new();
    for role in &member.roles {
        let held = &role.record;
        let from = visit.date(held.from.date());
        let dates = match held.until {
            None => visit.format("role-since", &[("from", from.into())]),
            Some(until) => visit.format(
                "role-from-until",
                &[("from", from.into()), ("until", visit.date(until.date()).into())],
            ),
        };
        let end = if changes && held.holds_at(now) {
            let action = format!("/admin/people/{}/roles/end", member.account.record.id);
            one_button(visit, &action, "people-end-role", &[("role", held.role.code())], false)
        } else {
            String::new()
        };
        let name = visit.text(&format!("role-{}", held.role.code()));
        rows = rows.row(name, Content::Html(format!("<p>{}</p>{end}", Content::from(dates))));
    }
    let _ = write!(html, "{rows}");
    html
}

fn status_buttons(visit: &Visit, member: &Member) -> String {
    let account = &member.account.record;
    let revision = member.account.revision.0.to_string();
    let action = format!("/admin/people/{}/status", account.id);
    let button = |status: &str, label: &str, warning: bool| {
        one_button(visit, &action, label, &[("status", status), ("revision", &revision)], warning)
    };
    let mut html = format!("<h2 class=\"govuk-heading-m\">{}</h2>", visit.text("people-access"));
    if account.status != AccountStatus::Left {
        let why = Content::from(visit.text("people-access-why"));
        let _ = write!(html, "<p class=\"govuk-body\">{why}</p>");
    }
    match account.status {
        AccountStatus::Active | AccountStatus::Invited => {
            let sessions = format!("/admin/people/{}/sessions", account.id);
            html.push_str(&one_button(visit, &sessions, "people-end-sessions", &[], false));
            html.push_str(&button("suspended", "people-suspend", true));
            let _ = write!(html, "{}", leave::link(visit, account.id));
        }
        AccountStatus::Suspended => {
            html.push_str(&button("active", "people-resume", false));
            let _ = write!(html, "{}", leave::link(visit, account.id));
        }
        AccountStatus::Left => {
            let _ = write!(html, "<p class=\"govuk-body\">{}</p>", visit.text("people-has-left"));
        }
    }
    html
}

async fn give_role(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: AccountId = parse_id(&id)?;
    let Some(role) = Role::from_code(form.text("role")) else {
        let mut problems = Problems::default();
        problems.add("role", palermo_app::Message::new("error-choose"));
        return person_page(&visit, id, &problems).await;
    };
    match people::give_role(&visit.acting_once(&form), id, role).await {
        Ok(()) => Ok(done(&visit, &format!("/admin/people/{id}"), "role-given")),
        Err(Refused::Invalid(problems)) => person_page(&visit, id, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

async fn end_role(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: AccountId = parse_id(&id)?;
    let role = Role::from_code(form.text("role")).ok_or(Refused::NotFound)?;
    people::end_role(&visit.acting_once(&form), id, role).await?;
    Ok(done(&visit, &format!("/admin/people/{id}"), "role-ended"))
}

async fn set_status(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: AccountId = parse_id(&id)?;
    let status = AccountStatus::from_code(form.text("status")).ok_or(Refused::NotFound)?;
    let seen = parse_revision(form.text("revision"))?;
    people::set_status(&visit.acting_once(&form), id, status, seen).await?;
    Ok(done(&visit, &format!("/admin/people/{id}"), "saved"))
}

async fn end_sessions(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: AccountId = parse_id(&id)?;
    people::end_sessions(&visit.acting_once(&form), id).await?;
    Ok(done(&visit, &format!("/admin/people/{id}"), "their-sessions-ended"))
}
