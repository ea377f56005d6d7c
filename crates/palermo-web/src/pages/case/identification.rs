//! Identification: the decision in a case, its review by a second person, and
//! a section on the case page.

use super::{Answer, happened, purpose, purpose_of, sections::Section, typed_day, words_of};
use crate::{
    components::{Button, Content, InsetText, SummaryList, Tag},
    shell::{
        failure::Failure,
        forms::{FormPage, done, done_with_words, one_button},
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
    if case::may(&visit.acting(), &opened.file, Action::DecideIdentification) {
        let (id, why) = (opened.file.id(), opened.file.purpose.code());
        let href = format!("/cases/{id}/identification?for={why}");
        let button = Button::link(visit.text("identification-decide"), visit.link(&href));
        let _ = write!(html, "{}", button.secondary());
    }
    if html.is_empty() {
        return Ok(None);
    }
    // A decision that waits for its second person is not behind a closed door.
    let open = all.iter().any(|one| one.record.stage == Stage::Proposed);
    let (title, count) = (visit.text("identification-title"), Some(all.len()));
    let id = "identification";
    Ok(Some(Section { id, title, html, count, open, ..Section::default() }))
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
    let nobody = if reviewers.is_empty() {
        InsetText::new(visit.text("identification-no-reviewer")).to_string()
    } else {
        String::new()
    };
    let codes = |all: &[&'static str], family: &str| words_of(visit, family, all);
    let findings: Vec<_> = Finding::ALL.iter().map(|one| one.code()).collect();
    let bases: Vec<_> = Basis::ALL.iter().map(|one| one.code()).collect();
    let grounds: Vec<_> = LegalGround::ALL.iter().map(|one| one.code()).collect();
    let routes: Vec<_> = ReviewRoute::ALL.iter().map(|one| one.code()).collect();
    let bodies: Vec<_> = FoundBy::ALL.iter().map(|one| one.code()).collect();
    let sites: Vec<_> = Site::ALL.iter().map(|one| one.code()).collect();
    let elsewhere = vec![("yes".to_owned(), visit.text("identification-elsewhere-yes"))];
    let chosen: Vec<String> = if typed.elsewhere { vec!["yes".to_owned()] } else { Vec::new() };
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
        .line_on_paper()
        .part(nobody)
        .select(
            "review_route",
            "identification-contest",
            codes(&routes, "identification-route"),
            &typed.review_route,
        )
        .text(
            "review_until",
            "identification-until",
            "identification-until-hint",
            &typed.review_until,
        )
        .part(super::note::when(visit, day, time))
        .button("identification-decide")
        .on_paper()
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
        Ok((_, incident)) => {
            // One of Palermo's own that denies waits for the second person (R12).
            let denies = typed.finding.parse::<Finding>().is_ok_and(Finding::is_negative);
            let waits = denies && !typed.elsewhere;
            let told = match (waits, incident.is_some()) {
                (true, _) => "identification-waits",
                (false, true) => "identification-incident",
                (false, false) => "identification-decided",
            };
            Ok(done_with_words(&visit, &format!("/cases/{id}"), told, &typed.words))
        }
        Err(Refused::Invalid(problems)) => {
            page(&visit, id, &typed, &day, time, why, &problems).await
        }
        Err(other) => Err(Failure(other)),
    }
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let id: IdentificationId = parse_id(&id)?;
    review_page(&visit, id, purpose(&visit), "", &Problems::default()).await
}

async fn review_page(
    visit: &Visit,
    id: IdentificationId,
    why: Purpose,
    typed: &str,
    problems: &Problems,
) -> Answer {
    let shown = identification::show(&visit.acting(), visit.signed()?, id, why).await?;
    let decision = &shown.decision;
    let number = palermo_app::domain::case::number(decision.case);
    let mut list = facts(visit, decision)
        .row(
            visit.text("case-number"),
            Content::Html(format!("<bdi dir=\"ltr\">{}</bdi>", Content::from(number))),
        )
        .row(
            visit.text("identification-by"),
            Content::Html(format!("<bdi>{}</bdi>", Content::from(&shown.decided_by))),
        );
    if let Some(words) = &shown.words {
        let words = Content::Html(super::show::paragraphs(words));
        list = list.row(visit.text("identification-words"), words);
    } else if shown.closed {
        list = list.row(visit.text("identification-words"), visit.text("case-text-closed"));
    }
    let mut html = list.to_string();
    let own = visit.signed()?.account.id == decision.decided_by;
    if decision.stage == Stage::Proposed && !own {
        let action = format!("/identifications/{id}/review");
        let told = Content::from(visit.text("identification-review-why"));
        let fields = [("confirms", "yes"), ("for", why.code())];
        let confirm = one_button(visit, &action, "identification-confirm", &fields, false);
        let back = FormPage::new(visit, &action, problems)
            .hidden("confirms", "no")
            .hidden("for", why.code())
            .lines("words", "identification-return-words", "", typed)
            .button("identification-return")
            .html();
        let _ = write!(html, "<p class=\"govuk-body\">{told}</p>{confirm}{back}");
    }
    let title = visit.text("identification-title");
    let mut response = visit.page(&title).back("/work").html(&html);
    if !problems.0.is_empty() {
        *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

pub(super) async fn review(Path(id): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let id: IdentificationId = parse_id(&id)?;
    let confirms = form.text("confirms") == "yes";
    let why = purpose_of(&visit, &form);
    let acting = visit.acting_once(&form);
    let words = form.text("words");
    let vault = case::vault_if_open(&acting, visit.signed()?).await?;
    match identification::review(&acting, vault.as_ref(), id, (confirms, words), why).await {
        Ok(_) => Ok(done(&visit, &format!("/identifications/{id}"), "identification-reviewed")),
        Err(Refused::Invalid(problems)) => review_page(&visit, id, why, words, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}
