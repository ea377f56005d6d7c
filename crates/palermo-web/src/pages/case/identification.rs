//! Identification: the decision in a case, its review by a second person, and
//! a section on the case page.

use super::{Answer, happened, purpose, purpose_of, sections::Section, typed_day, words_of};
use crate::{
    components::{Button, Content, Input, InsetText, SummaryList, Tag},
    shell::{
        failure::Failure,
        forms::{FormPage, done, one_button},
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::Action,
    case::{self, Opened},
    desk::parse_id,
    domain::{
        case::incident::{FoundBy, Site},
        id::{CaseId, IdentificationId},
        identification::{Basis, Finding, Identification, LegalGround, ReviewRoute, Stage},
        purpose::Purpose,
    },
    identification::{self, DecisionForm},
    keys,
};
use std::fmt::Write as _;

/// What was decided so far, and the way to decide.
pub(super) async fn section(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let all = identification::of_case(opened).await?;
    let mut html = String::new();
    for one in &all {
        html.push_str(&facts(visit, &one.record).to_string());
    }
    let granted = &visit.web.app().policy;
    let roles = visit.signed.as_ref().map(|signed| signed.roles.clone()).unwrap_or_default();
    if granted.grants_of(&roles, Action::DecideIdentification).next().is_some() {
        let href = format!("/cases/{}/identification", opened.file.id());
        let button = Button::link(visit.text("identification-decide"), visit.link(&href));
        let _ = write!(html, "{}", button.secondary());
    }
    if html.is_empty() {
        return Ok(None);
    }
    Ok(Some(Section { id: "identification", title: visit.text("identification-title"), html }))
}

fn facts(visit: &Visit, one: &Identification) -> SummaryList {
    let colour = match one.stage {
        Stage::InForce => "green",
        Stage::Proposed => "blue",
        Stage::Returned => "grey",
    };
    let stage = Tag::coloured(visit.text(&format!("identification-stage-{}", one.stage)), colour);
    let finding = Content::from(visit.text(&format!("identification-finding-{}", one.finding)));
    let basis = one.basis.iter().map(|b| visit.text(&format!("identification-basis-{b}")));
    let route = visit.text(&format!("identification-route-{}", one.review_route));
    let until = one.review_until.map(|day| visit.date(day.date()));
    let route = match until {
        Some(until) => visit.format(
            "identification-route-until",
            &[("route", route.into()), ("until", until.into())],
        ),
        None => route,
    };
    SummaryList::new()
        .row(visit.text("identification-finding"), Content::Html(format!("{finding} {stage}")))
        .row(visit.text("identification-basis"), basis.collect::<Vec<_>>().join("; "))
        .row(
            visit.text("identification-legal-ground"),
            visit.text(&format!("identification-ground-{}", one.legal_ground)),
        )
        .row(visit.text("identification-body"), visit.text(&format!("case-found-by-{}", one.body)))
        .row(visit.text("identification-site"), visit.text(&format!("case-site-{}", one.site)))
        .row(visit.text("identification-contest"), route)
        .row(visit.text("identification-at"), visit.moment(one.decided_at))
}

async fn page(
    visit: &Visit,
    id: CaseId,
    typed: &DecisionForm,
    day: &[String; 3],
    time: &str,
    purpose: Purpose,
    problems: &Problems,
) -> Result<Response, Failure> {
    let reviewers = identification::reviewers(&visit.acting()).await?;
    let codes = |all: &[&'static str], family: &str| words_of(visit, family, all);
    let findings: Vec<_> = Finding::ALL.iter().map(|one| one.code()).collect();
    let bases: Vec<_> = Basis::ALL.iter().map(|one| one.code()).collect();
    let grounds: Vec<_> = LegalGround::ALL.iter().map(|one| one.code()).collect();
    let routes: Vec<_> = ReviewRoute::ALL.iter().map(|one| one.code()).collect();
    let bodies: Vec<_> = FoundBy::ALL.iter().map(|one| one.code()).collect();
    let sites: Vec<_> = Site::ALL.iter().map(|one| one.code()).collect();
    let elsewhere = vec![("yes".to_owned(), visit.text("identification-elsewhere-yes"))];
    let chosen: Vec<String> = if typed.elsewhere { vec!["yes".to_owned()] } else { Vec::new() };
    let until = Input::new("review_until", visit.text("identification-until"))
        .value(&typed.review_until)
        .hint(visit.text("identification-until-hint"))
        .words(&visit.words());
    Ok(FormPage::new(visit, &format!("/cases/{id}/identification"), problems)
        .hidden("for", purpose.code())
        .part(InsetText::new(visit.text("identification-help-goes-on")))
        .radios(
            "finding",
            "identification-finding",
            codes(&findings, "identification-finding"),
            &typed.finding,
        )
        .checkboxes(
            "basis",
            "identification-basis",
            codes(&bases, "identification-basis"),
            &typed.basis,
        )
        .lines("words", "identification-words", "identification-words-hint", &typed.words)
        .select(
            "legal_ground",
            "identification-legal-ground",
            codes(&grounds, "identification-ground"),
            &typed.legal_ground,
        )
        .select("body", "identification-body", codes(&bodies, "case-found-by"), &typed.body)
        .select("site", "identification-site", codes(&sites, "case-site"), &typed.site)
        .checkboxes("elsewhere", "identification-elsewhere", elsewhere, &chosen)
        .select("reviewer", "identification-reviewer", reviewers, &typed.reviewer)
        .select(
            "review_route",
            "identification-contest",
            codes(&routes, "identification-route"),
            &typed.review_route,
        )
        .part(until)
        .part(super::note::when(visit, day, time))
        .button("identification-decide")
        .page("identification-decide", &format!("/cases/{id}")))
}

pub(super) async fn ask(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let why = purpose(&visit);
    case::permitted(&visit.acting(), id, Action::DecideIdentification, why).await?;
    let nothing = DecisionForm::default();
    page(&visit, id, &nothing, &Default::default(), "", why, &Problems::default()).await
}

pub(super) async fn decide(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: CaseId = parse_id(&id)?;
    let text = |name: &str| form.text(name).to_owned();
    let mut problems = Problems::default();
    let typed = DecisionForm {
        finding: text("finding"),
        basis: form.list("basis").to_vec(),
        legal_ground: text("legal_ground"),
        body: text("body"),
        site: text("site"),
        elsewhere: form.ticked("elsewhere"),
        reviewer: text("reviewer"),
        review_route: text("review_route"),
        review_until: text("review_until"),
        words: text("words"),
        happened: happened(&form, &mut problems),
    };
    let why = purpose_of(&visit, &form);
    let (day, time) = (typed_day(&form), form.text("happened_time"));
    if !problems.0.is_empty() {
        return page(&visit, id, &typed, &day, time, why, &problems).await;
    }
    let acting = visit.acting_once(&form);
    let vault = match keys::vault(&acting, visit.signed()?).await {
        Ok(vault) => Some(vault),
        Err(Refused::UnlockNeeded) => None,
        Err(other) => return Err(Failure(other)),
    };
    match identification::decide(&acting, vault.as_ref(), id, &typed, why).await {
        Ok(_) => Ok(done(&visit, &format!("/cases/{id}"), "identification-decided")),
        Err(Refused::Invalid(problems)) => {
            page(&visit, id, &typed, &day, time, why, &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: IdentificationId = parse_id(&id)?;
    let decision = identification::show(&visit.acting(), id, purpose(&visit)).await?;
    let mut html = facts(&visit, &decision).to_string();
    let own = visit.signed()?.account.id == decision.decided_by;
    if decision.stage == Stage::Proposed && !own {
        let action = format!("/identifications/{id}/review");
        for (how, label) in [("yes", "identification-confirm"), ("no", "identification-return")] {
            html.push_str(&one_button(&visit, &action, label, &[("confirms", how)], false));
        }
    }
    let title = visit.text("identification-title");
    Ok(visit.page(&title).back("/work").html(&html))
}

pub(super) async fn review(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: IdentificationId = parse_id(&id)?;
    let confirms = form.text("confirms") == "yes";
    let why = purpose_of(&visit, &form);
    identification::review(&visit.acting_once(&form), id, confirms, why).await?;
    Ok(done(&visit, &format!("/identifications/{id}"), "identification-reviewed"))
}
