//! The register of research, and estimates with their assumptions and their
//! named reviewers.

use super::{heading, id, link, list as bullets, paragraph, table};
use crate::{
    components::{Button, Content, SummaryList, Tag, WarningText},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{self, FormPage, done, one_button},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    domain::{
        id::{EstimateId, StudyId, TenantId},
        knowledge::research::{ActionKind, EstimateStatus, Study},
    },
    knowledge::{
        estimates::{self, EstimateForm},
        publishing,
        studies::{self, StudyForm},
    },
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/research", Action::ReadData, list)
        .page("/research/new", Action::EditResearch, ask_new)
        .form("/research/new", Action::EditResearch, create)
        .page("/research/{id}", Action::ReadData, show)
        .form("/research/{id}", Action::EditResearch, step)
        .page("/estimates", Action::ReadData, estimate_list)
        .page("/estimates/new", Action::PrepareRelease, ask_estimate)
        .form("/estimates/new", Action::PrepareRelease, make_estimate)
        .page("/estimates/{id}", Action::ReadData, show_estimate)
        .form("/estimates/{id}", Action::SignRelease, estimate_step)
}

fn may(visit: &Visit, tenant: Option<TenantId>, action: Action) -> bool {
    visit.signed.as_ref().is_some_and(|signed| {
        tenant.is_none_or(|tenant| tenant == signed.tenant.id)
            && visit.may(action, &Resource::of(signed.tenant.id))
    })
}

fn study_tag(visit: &Visit, study: &Study) -> Tag {
    if study.closed.is_some() {
        Tag::coloured(visit.text("study-closed"), "grey")
    } else {
        Tag::coloured(visit.text("study-open"), "green")
    }
}

async fn list(visit: Visit) -> Answer {
    let rows = studies::list(&visit.acting()).await?;
    let (a, b) = (visit.clone(), visit.clone());
    let list = List::new(&visit, "research", &visit.text("research-title"), rows)
        .column(
            "title",
            "release-title",
            |one| one.entry.title.clone(),
            move |one| link(&a, &format!("/research/{}", one.id), one.entry.title.as_str()),
        )
        .text("authors", "study-authors", |one| one.entry.authors.clone())
        .text("year", "dim-year", |one| one.entry.year.to_string())
        .column(
            "status",
            "release-status",
            |one| if one.entry.closed.is_some() { "closed" } else { "open" }.to_owned(),
            move |one| study_tag(&b, &one.entry).into(),
        )
        .when_empty(visit.text("research-none"));
    let mut top = paragraph(visit.text("research-lead"));
    if may(&visit, None, Action::EditResearch) {
        let path = visit.link("/research/new");
        top.push_str(&Button::link(visit.text("study-new"), path).to_string());
    }
    let answer = list.answer(|table| {
        visit.page(&visit.text("research-title")).back("/data").html(&format!("{top}{table}"))
    })?;
    Ok(answer)
}

fn form(visit: &Visit, typed: &StudyForm, problems: &Problems) -> Response {
    FormPage::new(visit, "/research/new", problems)
        .text("title", "release-title", "", &typed.title)
        .text("authors", "study-authors", "study-authors-hint", &typed.authors)
        .text("year", "dim-year", "", &typed.year)
        .text("states", "data-states", "study-states-hint", &typed.states)
        .lines("question", "study-question", "", &typed.question)
        .lines("methods", "study-methods", "", &typed.methods)
        .lines("ethics", "study-ethics", "", &typed.ethics)
        .text("reference", "study-reference", "", &typed.reference)
        .lines("findings", "study-findings", "study-findings-hint", &typed.findings)
        .button("form-save")
        .page("study-new", "/research")
}

async fn ask_new(visit: Visit) -> Response {
    form(&visit, &StudyForm::default(), &Problems::default())
}

async fn create(Sent { visit, form: sent }: Sent) -> Answer {
    let text = |name: &str| sent.text(name).to_owned();
    let typed = StudyForm {
        title: text("title"),
        authors: text("authors"),
        question: text("question"),
        methods: text("methods"),
        ethics: text("ethics"),
        reference: text("reference"),
        states: text("states"),
        year: text("year"),
        findings: text("findings"),
    };
    match studies::create(&visit.acting_once(&sent), &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/research/{id}"), "signal-changed")),
        Err(Refused::Invalid(problems)) => Ok(form(&visit, &typed, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

async fn show(visit: Visit, Path(study): Path<String>) -> Answer {
    let study: StudyId = id(&study)?;
    shown(&visit, study, None).await
}

async fn shown(visit: &Visit, study: StudyId, refused: Option<String>) -> Answer {
    let found = studies::show(&visit.acting(), study).await?;
    let entry = &found.entry;
    let mut html = String::new();
    if let Some(words) = refused {
        html.push_str(&WarningText::new(words, &visit.words()).to_string());
    }
    let states: Vec<String> = entry.states.iter().map(|code| visit.state(code)).collect();
    let about = SummaryList::new()
        .row(visit.text("release-status"), Content::from(study_tag(visit, entry)))
        .row(visit.text("study-authors"), entry.authors.as_str())
        .row(visit.text("dim-year"), entry.year.to_string())
        .row(visit.text("data-states"), states.join(", "))
        .row(visit.text("study-question"), entry.question.as_str())
        .row(visit.text("study-methods"), entry.methods.as_str())
        .row(visit.text("study-ethics"), entry.ethics.as_str())
        .row(visit.text("study-reference"), entry.reference.as_str());
    html.push_str(&about.to_string());
    html.push_str(&heading(visit, "study-findings"));
    let edit = entry.closed.is_none() && may(visit, Some(found.tenant), Action::EditResearch);
    let revision = found.revision.0.to_string();
    let kinds: Vec<(String, String)> = ActionKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), visit.text(&format!("action-kind-{}", kind.code()))))
        .collect();
    for (at, finding) in entry.findings.iter().enumerate() {
        let number = visit.whole(at + 1);
        html.push_str(&format!(
            "<h3 class=\"govuk-heading-s\">{number}. {}</h3>",
            Content::from(&finding.text)
        ));
        match &finding.action {
            Some(action) => {
                let kind = visit.text(&format!("action-kind-{}", action.kind.code()));
                html.push_str(&paragraph(format!("{kind}: {}", action.reference)));
            }
            None => html.push_str(&paragraph(visit.text("study-no-action"))),
        }
        if edit && finding.action.is_none() {
            let place = format!("finding-{at}");
            html.push_str(&follow_form(visit, study, at, &revision, &kinds, &place));
        }
    }
    if edit {
        let fields = [("revision", revision.as_str()), ("what", "close")];
        let path = format!("/research/{study}");
        html.push_str(&one_button(visit, &path, "study-close", &fields, false));
    }
    Ok(visit.page(&entry.title).back("/research").html(&html))
}

/// One form a finding, its fields named apart so that labels stay unique.
fn follow_form(
    visit: &Visit,
    study: StudyId,
    at: usize,
    revision: &str,
    kinds: &[(String, String)],
    place: &str,
) -> String {
    let [kind, reference] = fields(place);
    FormPage::new(visit, &format!("/research/{study}"), &Problems::default())
        .hidden("revision", revision)
        .hidden("finding", &at.to_string())
        .select(&kind, "study-kind", kinds.to_vec(), "")
        .text(&reference, "study-action", "study-action-hint", "")
        .button("study-action-save")
        .html()
}

/// Names of the two fields of a finding.
fn fields(place: &str) -> [String; 2] {
    ["kind", "reference"].map(|name| format!("{name}-{place}"))
}

async fn step(Path(study): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let study: StudyId = id(&study)?;
    let seen = form.text("revision").parse().unwrap_or(0);
    let acting = visit.acting_once(&form);
    let result = if form.text("what") == "close" {
        studies::close(&acting, study, seen).await
    } else {
        let at: usize = form.text("finding").parse().unwrap_or(usize::MAX);
        let [kind, reference] = fields(&format!("finding-{at}"));
        let (kind, reference) = (form.text(&kind), form.text(&reference));
        studies::follow_up(&acting, study, at, kind, reference, seen).await
    };
    match result {
        Ok(_) => Ok(done(&visit, &format!("/research/{study}"), "signal-changed")),
        Err(Refused::Declined(message)) => shown(&visit, study, Some(visit.say(&message))).await,
        Err(Refused::Invalid(problems)) => {
            let said = problems.0.first().map(|problem| visit.say(&problem.message));
            shown(&visit, study, said).await
        }
        Err(other) => Err(Failure(other)),
    }
}

fn estimate_tag(visit: &Visit, status: EstimateStatus) -> Tag {
    let colour = match status {
        EstimateStatus::Computed => "yellow",
        EstimateStatus::Doubted => "red",
        EstimateStatus::Reviewed => "blue",
        EstimateStatus::Published => "green",
    };
    Tag::coloured(visit.text(&format!("estimate-{}", status.code())), colour)
}

async fn estimate_list(visit: Visit) -> Answer {
    let rows = estimates::list(&visit.acting()).await?;
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "estimates", &visit.text("estimates-title"), rows)
        .column(
            "title",
            "release-title",
            |one| one.entry.title.clone(),
            move |one| link(&a, &format!("/estimates/{}", one.id), one.entry.title.as_str()),
        )
        .text("state", "state-name", move |one| b.state(&one.entry.state))
        .text("period", "release-period", |one| one.entry.period.clone())
        .column(
            "status",
            "release-status",
            move |one| c.text(&format!("estimate-{}", one.entry.status.code())),
            move |one| estimate_tag(&d, one.entry.status).into(),
        )
        .when_empty(visit.text("estimates-none-own"));
    let mut top = paragraph(visit.text("estimates-lead"));
    top.push_str(&paragraph(link(&visit, "/figures/estimates", visit.text("estimates-public"))));
    if may(&visit, None, Action::PrepareRelease) {
        let path = visit.link("/estimates/new");
        top.push_str(&Button::link(visit.text("estimate-new"), path).to_string());
    }
    let answer = list.answer(|table| {
        visit.page(&visit.text("estimates-title")).back("/publish").html(&format!("{top}{table}"))
    })?;
    Ok(answer)
}

fn estimate_form(visit: &Visit, typed: &EstimateForm, problems: &Problems) -> Response {
    FormPage::new(visit, "/estimates/new", problems)
        .words("estimates-lead")
        .text("title", "release-title", "", &typed.title)
        .text("state", "field-state", "", &typed.state)
        .text("period", "release-period", "", &typed.period)
        .lines("lists", "estimate-lists", "estimate-lists-hint", &typed.lists)
        .lines("counts", "estimate-counts", "estimate-counts-hint", &typed.counts)
        .lines(
            "assumptions",
            "estimate-assumptions",
            "estimate-assumptions-hint",
            &typed.assumptions,
        )
        .button("estimate-compute")
        .page("estimate-new", "/estimates")
}

async fn ask_estimate(visit: Visit) -> Response {
    estimate_form(&visit, &EstimateForm::default(), &Problems::default())
}

async fn make_estimate(Sent { visit, form }: Sent) -> Answer {
    let text = |name: &str| form.text(name).to_owned();
    let typed = EstimateForm {
        title: text("title"),
        state: text("state"),
        period: text("period"),
        lists: text("lists"),
        counts: text("counts"),
        assumptions: text("assumptions"),
    };
    match estimates::make(&visit.acting_once(&form), &typed).await {
        Ok(id) => Ok(done(&visit, &format!("/estimates/{id}"), "signal-changed")),
        Err(Refused::Invalid(problems)) => Ok(estimate_form(&visit, &typed, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

async fn show_estimate(visit: Visit, Path(estimate): Path<String>) -> Answer {
    let estimate: EstimateId = id(&estimate)?;
    shown_estimate(&visit, estimate, None, &Problems::default(), [""; 3]).await
}

fn number(visit: &Visit, value: Option<&serde_json::Value>) -> Option<String> {
    value.and_then(serde_json::Value::as_f64).map(|number| visit.number(number.round()))
}

fn strings(value: Option<&serde_json::Value>) -> Vec<String> {
    let all = value.and_then(serde_json::Value::as_array);
    all.into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
}

/// Methods side by side: never one number alone.
fn methods(visit: &Visit, report: &serde_json::Value) -> String {
    let all = report.get("methods").and_then(serde_json::Value::as_array);
    let mut rows: Vec<Vec<Content>> = Vec::new();
    let mut taken: Vec<String> = Vec::new();
    let mut names: Vec<(String, Content)> = Vec::new();
    for method in all.into_iter().flatten() {
        let name = method.get("method").and_then(|name| name.as_str()).unwrap_or_default();
        let interval = method.get("interval");
        let end = |which: &str| number(visit, interval.and_then(|one| one.get(which)));
        let between = match (end("lower"), end("upper")) {
            (Some(lower), Some(upper)) => format!("\u{2066}{lower} – {upper}\u{2069}"),
            _ => visit.text("estimate-no-interval"),
        };
        let called = crate::pages::public_site::method_name(visit, name);
        names.push((format!("`{name}`"), called.clone()));
        rows.push(vec![
            called,
            number(visit, method.get("observed")).unwrap_or_default().into(),
            number(visit, method.get("estimate"))
                .unwrap_or_else(|| visit.text("estimate-none"))
                .into(),
            between.into(),
        ]);
        taken.extend(strings(method.get("assumptions")));
    }
    taken.dedup();
    let mut unique: Vec<String> = Vec::new();
    for one in taken {
        if !unique.contains(&one) {
            unique.push(one);
        }
    }
    let english =
        |one: &String| Content::Html(format!("<bdi lang=\"en\">{}</bdi>", Content::from(one)));
    let heads = ["estimate-method", "estimate-observed", "estimate-all", "estimate-interval"];
    let warnings = strings(report.get("warnings"));
    let mut html = heading(visit, "estimate-found");
    html.push_str(&table(visit, "methods", "estimate-found", &heads, rows));
    html.push_str(&heading(visit, "estimate-taken"));
    html.push_str(&bullets(unique.iter().map(english)));
    if !warnings.is_empty() {
        html.push_str(&heading(visit, "data-warnings"));
        // A method is called in a warning what it is called in the table above.
        html.push_str(&bullets(warnings.iter().map(|one| {
            let said = Content::from(one).to_string();
            let said = names.iter().fold(said, |said, (code, name)| {
                said.replace(code.as_str(), &format!("<bdi>{name}</bdi>"))
            });
            Content::Html(format!("<bdi lang=\"en\">{said}</bdi>"))
        })));
    }
    html
}

/// What a field of the review is called.
fn called(field: &str) -> &'static str {
    match field {
        "named" => "estimate-reviewer",
        "stands" => "estimate-stands",
        _ => "estimate-review",
    }
}

async fn shown_estimate(
    visit: &Visit,
    estimate: EstimateId,
    refused: Option<String>,
    problems: &Problems,
    [named, words, stands]: [&str; 3],
) -> Answer {
    let found = estimates::show(&visit.acting(), estimate).await?;
    let entry = &found.entry;
    let mut html = String::new();
    if !problems.0.is_empty() {
        html.push_str(&forms::summary(visit, problems, called).to_string());
    }
    if let Some(words) = refused {
        html.push_str(&WarningText::new(words, &visit.words()).to_string());
    }
    let mut about = SummaryList::new()
        .row(visit.text("release-status"), Content::from(estimate_tag(visit, entry.status)))
        .row(visit.text("state-name"), visit.state(&entry.state))
        .row(visit.text("release-period"), entry.period.as_str())
        .row(visit.text("estimate-lists"), entry.lists.as_str())
        .row(visit.text("estimate-assumptions"), entry.assumptions.as_str())
        .row(visit.text("estimate-made-by"), entry.made.name.as_str());
    if let Some(review) = &entry.review {
        about = about
            .row(visit.text("estimate-reviewer"), review.named.as_str())
            .row(visit.text("estimate-review"), review.words.as_str());
    }
    if let Some(day) = entry.issued {
        about = about.row(visit.text("release-issued"), visit.date(day.date()));
    }
    html.push_str(&about.to_string());
    html.push_str(&paragraph(visit.text("estimate-not-detected")));
    html.push_str(&methods(visit, &entry.report));
    if may(visit, Some(found.tenant), Action::SignRelease) {
        let next = next(visit, estimate, &found, problems, [named, words, stands]).await?;
        html.push_str(&next);
    }
    if !problems.0.is_empty() {
        return Ok(forms::refused(visit, entry.title.clone(), Some("/estimates"), &html));
    }
    Ok(visit.page(&entry.title).back("/estimates").html(&html))
}

/// The step that follows, for whoever may sign.
async fn next(
    visit: &Visit,
    estimate: EstimateId,
    found: &estimates::Listed,
    problems: &Problems,
    [named, words, stands]: [&str; 3],
) -> Result<String, Failure> {
    let entry = &found.entry;
    let path = format!("/estimates/{estimate}");
    let revision = found.revision.0.to_string();
    let own = visit.signed.as_ref().is_some_and(|one| one.account.id == entry.made.account);
    Ok(match entry.status {
        // Whoever made it does not review it.
        EstimateStatus::Computed if own => paragraph(visit.text("loop-own-review")),
        EstimateStatus::Computed => {
            let yes_no = ["yes", "no"]
                .map(|code| (code.to_owned(), visit.text(&format!("word-{code}"))))
                .to_vec();
            let form = FormPage::new(visit, &path, problems)
                .hidden("revision", &revision)
                .text("named", "estimate-reviewer", "estimate-reviewer-hint", named)
                .lines("words", "estimate-review", "", words)
                .radios("stands", "estimate-stands", yes_no, stands)
                .button("estimate-review-save")
                .below();
            format!("{}{form}", heading(visit, "estimate-review"))
        }
        EstimateStatus::Reviewed => {
            let fields = [("revision", revision.as_str()), ("what", "publish")];
            one_button(visit, &path, "estimate-publish", &fields, false)
        }
        EstimateStatus::Published => {
            let named = format!("{}{estimate}", publishing::ESTIMATE);
            super::days::kept_by(visit, found.tenant, &named).await?
        }
        EstimateStatus::Doubted => String::new(),
    })
}

async fn estimate_step(Path(estimate): Path<String>, Sent { visit, form }: Sent) -> Answer {
    let estimate: EstimateId = id(&estimate)?;
    let seen = form.text("revision").parse().unwrap_or(0);
    let acting = visit.acting_once(&form);
    let typed = ["named", "words", "stands"].map(|name| form.text(name));
    let result = if form.text("what") == "publish" {
        estimates::publish(&acting, estimate, seen).await
    } else {
        let stands = match form.text("stands") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let [named, words, _] = typed;
        estimates::review(&acting, estimate, named, words, stands, seen).await
    };
    match result {
        Ok(_) => Ok(done(&visit, &format!("/estimates/{estimate}"), "signal-changed")),
        Err(Refused::Declined(message)) => {
            let said = Some(visit.say(&message));
            shown_estimate(&visit, estimate, said, &Problems::default(), typed).await
        }
        Err(Refused::Invalid(problems)) => {
            shown_estimate(&visit, estimate, None, &problems, typed).await
        }
        Err(other) => Err(Failure(other)),
    }
}
