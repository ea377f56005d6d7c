//! Stepping into any role of the demonstration region with one click.

use super::{Answer, sign_in::onward};
use crate::{
    components::{Button, Card, Cards, Tag},
    shell::{
        failure::Failure,
        forms::FormPage,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use palermo_app::{
    Problems, Refused,
    access::Action,
    demo,
    session::{self, Credentials, SignedIn},
};
use zeroize::Zeroizing;

pub(super) fn routes() -> Routes {
    Routes::new().page("/demo", Action::SignIn, choose).form("/demo", Action::SignIn, step_in)
}

async fn choose(visit: Visit) -> Answer {
    let app = visit.web.app();
    if !app.demo {
        return Err(Failure(Refused::NotFound));
    }
    let region = demo::region(app)?;
    let mut cards = Vec::new();
    for person in &region.people {
        let Some(tenant) = region.tenant(&person.tenant) else { continue };
        let button = FormPage::new(&visit, "/demo", &Problems::default())
            .hidden("email", &person.email)
            .part(Button::new(visit.text("demo-step-in")).small().secondary())
            .html();
        let mut card = Card::new(&person.name)
            .line(&tenant.name)
            .line(crate::components::Content::Html(button));
        for role in &person.roles {
            card = card.tag(Tag::coloured(visit.text(&format!("role-{role}")), "teal"));
        }
        cards.push(card);
    }
    let html = format!(
        "<p class=\"govuk-body-l\">{}</p><h2 class=\"govuk-heading-m\">{}</h2>{}\
         <h2 class=\"govuk-heading-m\">{}</h2>{}",
        visit.text("demo-choose"),
        visit.text("lessons-title"),
        super::lessons::links(&visit),
        visit.text("lessons-roles"),
        Cards::new(2, cards)
    );
    Ok(visit.page(&visit.text("demo-title")).html(&html))
}

async fn step_in(Sent { visit, form }: Sent) -> Answer {
    let app = visit.web.app();
    if !app.demo {
        return Err(Failure(Refused::NotFound));
    }
    let typed = Credentials {
        email: form.text("email").to_owned(),
        passphrase: Zeroizing::new(demo::PASSPHRASE.to_owned()),
        device: visit.device.clone(),
        mark: String::new(),
        source: None,
    };
    match session::sign_in(app, typed).await? {
        SignedIn::Done(signed) | SignedIn::SecondFactor(signed) | SignedIn::EnrolFirst(signed) => {
            // A lesson leads to where it begins; only to a page of ours.
            let to = form.text("to");
            let ours = to.starts_with('/') && !to.starts_with("//") && !to.contains('\\');
            Ok(onward(&visit, &signed, if ours { to } else { "/work" }))
        }
    }
}
