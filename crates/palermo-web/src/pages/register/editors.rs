//! What editors find beside the registers: links to their forms, shown only to
//! those who may use them.

use super::common::Body;
use crate::{components::Button, shell::visit::Visit};
use palermo_app::{
    access::{Action, Resource},
    domain::{id::TenantId, register::agreement::Agreement},
    register,
};

fn row(body: &mut Body<'_>, links: &[(&str, String)]) {
    if links.is_empty() {
        return;
    }
    let visit = body.visit;
    body.heading("register-for-editors");
    for (label, path) in links {
        let button = Button::link(visit.text(label), visit.link(path)).secondary();
        body.push(format!("{button} "));
    }
}

/// Whether this person may act on the shared registers.
fn may(visit: &Visit, action: Action) -> bool {
    visit.signed.is_some() && visit.may(action, &Resource::region())
}

/// Forms about an instrument.
pub(super) fn on_instrument(body: &mut Body<'_>, id: &str) {
    let visit = body.visit;
    let mut links = Vec::new();
    if register::writes_adherence(&visit.acting(), Action::EditRegister) {
        links.push(("adherence-enter", format!("/instruments/{id}/adherence")));
        links.push(("acts-title", format!("/instruments/{id}/acts")));
    }
    if may(visit, Action::EditRegister) {
        links.push(("statement-add", format!("/statements/new?about=instrument&id={id}")));
        links.push(("register-own-statements", "/registers/statements".to_owned()));
        let new = |kind: &str| format!("/registers/facts/new?kind={kind}&about={id}");
        links.push(("recorded-new-relation", new("relation")));
        links.push(("recorded-new-scope", new("scope")));
        links.push(("recorded-own", "/registers/facts".to_owned()));
    }
    if register::writes_adherence(&visit.acting(), Action::ImportRegister) {
        links.push(("import-title", format!("/instruments/{id}/import")));
    }
    if files_obstacles(visit) {
        links.push(("obstacle-file", format!("/instruments/{id}/obstacle")));
        links.push(("register-own-obstacles", "/registers/obstacles".to_owned()));
    }
    row(body, &links);
}

/// Whether this person may file obstacles for any State.
fn files_obstacles(visit: &Visit) -> bool {
    let own = visit.signed.as_deref().and_then(|signed| signed.tenant.state.clone());
    let resource = Resource::region().in_state(own.as_deref());
    visit.signed.is_some() && visit.may(Action::FileObstacle, &resource)
}

/// Forms about a State.
pub(super) fn on_state(body: &mut Body<'_>, code: &str) {
    let visit = body.visit;
    let resource = Resource::region().in_state(Some(code));
    let mut links = Vec::new();
    if visit.signed.is_some() && visit.may(Action::EditLaw, &resource) {
        links.push(("law-new", format!("/laws/new?state={code}")));
    }
    if may(visit, Action::EditRegister) {
        links.push(("statement-add", format!("/statements/new?about=state&id={code}")));
    }
    row(body, &links);
}

/// Forms about a mechanism.
pub(super) fn on_mechanism(body: &mut Body<'_>, id: &str) {
    let mut links = Vec::new();
    if may(body.visit, Action::EditRegister) {
        links.push(("statement-add", format!("/statements/new?about=mechanism&id={id}")));
        links.push(("register-own-statements", "/registers/statements".to_owned()));
        let new = |kind: &str| format!("/registers/facts/new?kind={kind}&about={id}");
        links.push(("recorded-new-membership", new("membership")));
        links.push(("recorded-new-activity", new("activity")));
        links.push(("recorded-own", "/registers/facts".to_owned()));
    }
    row(body, &links);
}

/// Forms about an agreement; `keeper` is the organisation that entered it by
/// hand, if one did: its entry is changed by nobody else.
pub(super) fn on_agreement(body: &mut Body<'_>, one: &Agreement, keeper: Option<TenantId>) {
    let (visit, id) = (body.visit, &one.key);
    let subject = visit.acting().subject;
    let own = subject.tenant.map(|(tenant, _)| tenant);
    let mut links = Vec::new();
    if visit.signed.is_some()
        && keeper.is_none_or(|keeper| own == Some(keeper))
        && visit.may(Action::EditAgreement, &register::agreement_for(&subject, one))
    {
        links.push(("agreement-edit", format!("/agreements/{id}/edit")));
        links.push(("agreement-follow", format!("/agreements/{id}/follow")));
    }
    if may(visit, Action::EditRegister) {
        links.push(("statement-add", format!("/statements/new?about=agreement&id={id}")));
    }
    row(body, &links);
}

/// Forms about a model text.
pub(super) fn on_model(body: &mut Body<'_>, id: &str) {
    let mut links = Vec::new();
    if may(body.visit, Action::EditRegister) {
        links.push(("adoption-new", format!("/models/{id}/use")));
        links.push(("register-own-uses", "/registers/uses".to_owned()));
        links.push(("statement-add", format!("/statements/new?about=model_text&id={id}")));
    }
    row(body, &links);
}

/// The button that adds an agreement, for those who may.
pub(super) fn new_agreement(visit: &Visit) -> String {
    let own = visit.signed.as_deref().and_then(|signed| signed.tenant.state.clone());
    let resource = Resource::region().in_state(own.as_deref());
    if visit.signed.is_none() || !visit.may(Action::EditAgreement, &resource) {
        return String::new();
    }
    Button::link(visit.text("agreement-new"), visit.link("/agreements/new")).to_string()
}

/// The buttons that add a law entry and lead to one's own, for those who may.
pub(super) fn new_law(visit: &Visit) -> String {
    let own = visit.signed.as_deref().and_then(|signed| signed.tenant.state.clone());
    let resource = Resource::region().in_state(own.as_deref());
    if visit.signed.is_none() || !visit.may(Action::EditLaw, &resource) {
        return String::new();
    }
    let new = Button::link(visit.text("law-new"), visit.link("/laws/new"));
    let own = Button::link(visit.text("register-own-laws"), visit.link("/registers/laws"));
    format!("{new} {}", own.secondary())
}
