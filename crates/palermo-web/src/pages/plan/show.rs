//! One plan: what it is, its rows, its indicators, what changed, what it lacks.

use super::{
    beside::{self, Beside},
    drift,
    indicator::figure_named,
    plan_link, rates, status_tag, titled,
};
use crate::{
    components::{Button, Column, Content, DataTable, Definitions, Details, Known, Tag},
    pages::{
        Answer,
        register::common::{Body, day, link, mechanism_link, state_link, word},
    },
    shell::{route::Routes, visit::Visit},
};
use axum::extract::Path;
use palermo_app::{
    access::Action,
    domain::{
        id::TenantId,
        plan::{
            Plan, PlanStatus, Row, RowReport, adopt,
            amend::{Amendment, Change},
            checks,
            indicator::{Baseline, Computed, Indicator},
            revise::{Fact, Part, PlanReview},
        },
        register::day::Day,
    },
    plan::ask::{self, PlanOf},
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/plans/{code}", Action::PublicRead, show).page(
        "/plans/{code}/overlaps",
        Action::PublicRead,
        overlaps,
    )
}

async fn show(visit: Visit, Path(code): Path<String>) -> Answer {
    let acting = visit.acting();
    let plan = ask::find(&acting, &code).await?;
    let reports = ask::reports(&visit.web.app().store, &plan.entry.code).await?;
    let national = ask::adopted_from(&acting, &plan.entry.code).await?;
    let everything = ask::list(&acting).await?;
    let beside = Beside::of(&visit).await?;
    let drifts = drift::rows(&visit, &plan, &national, &everything).await?;
    let mut body = Body::new(&visit);
    about(&mut body, &plan, &everything);
    buttons(&mut body, &plan);
    rows(&mut body, &plan, (&reports, &beside));
    rates::section(&mut body, &plan);
    indicators(&mut body, &plan);
    drift::section(&mut body, drifts);
    amendments(&mut body, &plan.entry);
    coverage(&mut body, &plan.entry, &national);
    elements(&mut body, &plan);
    let html = body.plain();
    Ok(visit.page(&plan.entry.title).back("/plans").html(&html))
}

fn about(body: &mut Body<'_>, plan: &PlanOf, all: &[PlanOf]) {
    let visit = body.visit;
    let entry = &plan.entry;
    let mut terms = Definitions::new();
    let mut add = |id: &str, value: Content| {
        terms.rows.push((visit.text(id).into(), Known::fact(value)));
    };
    add("plan-status", Content::Html(status_tag(visit, entry.status).to_string()));
    add("plan-time", format!("{} – {}", day(visit, entry.from), day(visit, entry.to)).into());
    if let Some(mechanism) = &entry.mechanism {
        add("plan-mechanism", mechanism_link(visit, mechanism));
    }
    if let Some(state) = &entry.state {
        add("plan-state", state_link(visit, state.as_str()));
    }
    let of = |code: &palermo_app::domain::plan::PlanCode| {
        all.iter()
            .find(|other| other.entry.code == *code)
            .map_or_else(|| Content::from(code.as_str()), |other| plan_link(visit, other))
    };
    if let Some(parent) = &entry.parent {
        add("plan-adopted-from", of(parent));
    }
    if let Some(before) = &entry.predecessor {
        add("plan-before", of(before));
    }
    if let Some(review) = &entry.predecessor_review {
        add("plan-predecessor-review", titled(review, &entry.language));
    }
    // Reviews kept with the plan before it stand between the two (R016).
    let before = all.iter().find(|other| entry.predecessor.as_ref() == Some(&other.entry.code));
    for review in before.iter().flat_map(|before| &before.entry.reviews) {
        let code = before.map(|before| before.entry.code.to_string()).unwrap_or_default();
        add("plan-predecessor-review", kept_review(visit, &code, review));
    }
    for review in &entry.reviews {
        add("plan-review-kept", kept_review(visit, entry.code.as_str(), review));
    }
    let follows = |other: &&PlanOf| other.entry.predecessor.as_ref() == Some(&entry.code);
    for next in all.iter().filter(follows) {
        add("plan-after", plan_link(visit, next));
    }
    if !entry.adopted_by.is_empty() {
        let on = entry.adopted_on.map(|on| day(visit, on)).unwrap_or_default();
        add("plan-adopted-by", format!("{} {on}", entry.adopted_by).trim().into());
    }
    for phase in &entry.phases {
        let time = format!("{} – {}", day(visit, phase.from), day(visit, phase.to));
        let phase = titled(&phase.title, &entry.language);
        add("plan-phase", Content::Html(format!("{phase}: {}", Content::from(time))));
    }
    if !entry.source.is_empty() {
        add("register-source", entry.source.as_str().into());
    }
    body.terms(terms);
}

/// A finished review as a link to where it stands.
fn kept_review(visit: &Visit, code: &str, review: &PlanReview) -> Content {
    let kind = word(visit, "plan-review-kind", review.kind.code());
    let words = format!("{kind}, {}, {}", review.by, day(visit, review.on));
    link(visit, &format!("/plans/{code}/review"), words)
}

fn buttons(body: &mut Body<'_>, plan: &PlanOf) {
    let visit = body.visit;
    let code = &plan.entry.code;
    let at = |rest: &str| visit.link(&format!("/plans/{code}/{rest}"));
    body.push("<div class=\"govuk-button-group\">");
    body.push(Button::link(visit.text("plan-progress"), at("progress")));
    body.push(Button::link(visit.text("plan-actions"), at("actions")).secondary());
    body.push(Button::link(visit.text("plan-overlaps"), at("overlaps")).secondary());
    body.push(Button::link(visit.text("plan-review-page"), at("review")).secondary());
    let own = ask::is_own(&visit.acting(), plan);
    if own && plan.entry.status != PlanStatus::Closed && !plan.entry.indicators.is_empty() {
        body.push(Button::link(visit.text("plan-targets"), at("targets")).secondary());
    }
    if own && plan.entry.status != PlanStatus::Closed {
        body.push(Button::link(visit.text("plan-edit"), at("edit")).secondary());
        body.push(Button::link(visit.text("plan-add-row"), at("rows/new")).secondary());
        if !plan.entry.rows.is_empty() {
            let path = at("indicators/new");
            body.push(Button::link(visit.text("plan-add-indicator"), path).secondary());
        }
    }
    if own && plan.entry.status == PlanStatus::Draft {
        body.push(Button::link(visit.text("plan-adopt-draft"), at("adopt-draft")).secondary());
    }
    if own && plan.entry.status == PlanStatus::Adopted {
        body.push(Button::link(visit.text("plan-amend"), at("amend")).secondary());
        body.push(Button::link(visit.text("plan-close"), at("close")).secondary());
    }
    if !own && super::may_write(visit) && plan.entry.state.is_none() {
        body.push(Button::link(visit.text("plan-adopt-regional"), at("adopt")).secondary());
    }
    body.push("</div>");
}

/// What was reported of the rows, and what else points at them.
type Told<'t> = (&'t [(TenantId, RowReport)], &'t Beside);

/// The tree of rows, indented by depth, each with who leads it and what was told.
fn rows(body: &mut Body<'_>, plan: &PlanOf, told: Told<'_>) {
    let visit = body.visit;
    body.heading("plan-rows");
    let mut html = String::from("<ul class=\"govuk-list\">");
    for row in plan.entry.under(None) {
        one_row(body, plan, row, told, &mut html);
    }
    html.push_str("</ul>");
    body.push(html);
    let unassigned: Vec<String> = checks::unassigned(&plan.entry)
        .map(|row| format!("{} {}", row.number, row.title))
        .collect();
    if !unassigned.is_empty() {
        let summary = visit.format(
            "plan-unassigned",
            &[("count", unassigned.len().into()), ("shown", visit.whole(unassigned.len()).into())],
        );
        let items: String = unassigned
            .iter()
            .map(|one| format!("<li>{}</li>", titled(one.trim(), &plan.entry.language)))
            .collect();
        body.details(summary, format!("<ul class=\"govuk-list govuk-list--bullet\">{items}</ul>"));
    }
}

fn one_row(body: &Body<'_>, plan: &PlanOf, row: &Row, all: Told<'_>, html: &mut String) {
    use std::fmt::Write as _;
    let visit = body.visit;
    let entry = &plan.entry;
    let title = titled(&row.title, &entry.language);
    let number = Content::from(&row.number);
    let _ = write!(html, "<li id=\"row-{}\"><p class=\"govuk-body\">", Content::from(&row.key));
    let strong = if entry.is_action(row) { "span" } else { "strong" };
    let _ = write!(html, "<{strong}><bdi>{number}</bdi> {title}</{strong}>");
    if row.adopted_from.is_none() && entry.parent.is_some() {
        let _ = write!(html, " {}", Tag::coloured(visit.text("plan-row-added"), "blue"));
    }
    let mut said = Vec::new();
    if let Some(lead) = &row.lead {
        said.push(format!("{}: {}", visit.text("plan-lead"), lead.name));
    }
    if !row.partners.is_empty() {
        let names: Vec<&str> = row.partners.iter().map(|party| party.name.as_str()).collect();
        said.push(format!("{}: {}", visit.text("plan-partners"), names.join(", ")));
    }
    if let (Some(starts), Some(ends)) = (row.starts, row.ends) {
        said.push(format!("{} – {}", day(visit, starts), day(visit, ends)));
    }
    if let Some(budget) = row.budget {
        said.push(format!("{}: {}", visit.text("plan-budget"), visit.money(budget)));
    }
    if let Some(allocated) = row.allocated {
        said.push(format!("{}: {}", visit.text("plan-allocated"), visit.money(allocated)));
    }
    if let Some(funds) = &row.funded_by {
        said.push(format!("{}: {funds}", visit.text("plan-funded-by")));
    }
    let told: Vec<&RowReport> =
        all.0.iter().map(|(_, report)| report).filter(|report| report.row == row.key).collect();
    if entry.is_action(row) {
        let status = told.first().map_or(row.status, |report| report.status);
        let words = word(visit, "plan-row-status", status.code());
        said.push(words);
    }
    said.extend(marks(visit, row));
    if !said.is_empty() {
        let said = said.iter().map(|one| format!("<bdi>{}</bdi>", Content::from(one)));
        let said = said.collect::<Vec<_>>().join(" · ");
        let _ = write!(html, "<br><span class=\"p-small p-muted\">{said}</span>");
    }
    html.push_str("</p>");
    html.push_str(&reported(visit, &told, &entry.language));
    html.push_str(&all.1.of_row(visit, &entry.code, row));
    let _ = write!(html, "{}", row_links(visit, plan, row));
    let under: Vec<&Row> = entry.under(Some(&row.key)).collect();
    if !under.is_empty() {
        html.push_str("<ul class=\"govuk-list govuk-list--bullet\">");
        for child in under {
            one_row(body, plan, child, all, html);
        }
        html.push_str("</ul>");
    }
    html.push_str("</li>");
}

/// What was reported of a row: the newest of each organisation, the earlier ones closed
/// until asked for (R019).
fn reported(visit: &Visit, told: &[&RowReport], language: &str) -> String {
    let one = |report: &RowReport| {
        let status = word(visit, "plan-row-status", report.status.code());
        let by = format!("{}, {}: {status}", report.by, day(visit, report.on));
        format!(
            "<p class=\"govuk-body-s\">{} <span class=\"p-src\"><bdi>{}</bdi></span></p>",
            titled(&report.achieved, language),
            Content::from(by)
        )
    };
    let mut seen: Vec<&str> = Vec::new();
    let (mut html, mut earlier) = (String::new(), String::new());
    for report in told {
        if seen.contains(&report.by.as_str()) {
            earlier.push_str(&one(report));
        } else {
            seen.push(&report.by);
            html.push_str(&one(report));
        }
    }
    if !earlier.is_empty() {
        let words = visit.text("plan-earlier-reports");
        html.push_str(&Details::new(words, Content::Html(earlier)).to_string());
    }
    html
}

/// What a row is about, and the concerns that cut across all of them (R035).
fn marks(visit: &Visit, row: &Row) -> Vec<String> {
    let list = |title: &str, words: Vec<String>| {
        (!words.is_empty()).then(|| format!("{}: {}", visit.text(title), words.join(", ")))
    };
    let themes = row.themes.iter().map(|one| word(visit, "plan-theme", one.code())).collect();
    let tags = row.tags.iter().map(|one| word(visit, "plan-tag", one.code())).collect();
    list("plan-themes", themes).into_iter().chain(list("plan-tags", tags)).collect()
}

/// What this person may do with a row.
fn row_links(visit: &Visit, plan: &PlanOf, row: &Row) -> String {
    let code = &plan.entry.code;
    let mut links = Vec::new();
    let mut changes = Vec::new();
    let tenant = visit.signed.as_ref().map(|signed| signed.tenant.id);
    let open = plan.entry.status != PlanStatus::Closed;
    if open && tenant.is_some_and(|tenant| plan.entry.reports(row, tenant)) {
        let path = format!("/plans/{code}/rows/{}/report", row.key);
        links.push(link(visit, &path, visit.text("plan-report-row")).to_string());
    }
    if open && ask::is_own(&visit.acting(), plan) {
        let here = format!("/plans/{code}/rows/{}", row.key);
        let mut door = |path: &str, id: &str| {
            changes.push(link(visit, path, visit.text(id)).to_string());
        };
        door(&format!("{here}/edit"), "plan-edit-row");
        door(&format!("/plans/{code}/rows/new?under={}", row.key), "plan-add-under");
        door(&format!("/plans/{code}/indicators/new?row={}", row.key), "plan-add-indicator");
        if plan.entry.is_action(row) {
            door(&format!("{here}/drop"), "plan-drop-row");
        }
    }
    if plan.entry.status != PlanStatus::Draft {
        links.extend(beside::door(visit, &plan.entry.code, row));
    }
    let said = |links: &[String]| match links {
        [] => String::new(),
        links => format!("<p class=\"govuk-body-s\">{}</p>", links.join(" · ")),
    };
    // Reading comes first: what an editor may do with each of many rows is one word.
    let changes = match said(&changes) {
        none if none.is_empty() => none,
        ways => Details::new(visit.text("plan-row-change"), Content::Html(ways)).to_string(),
    };
    format!("{}{changes}", said(&links))
}

fn indicators(body: &mut Body<'_>, plan: &PlanOf) {
    let visit = body.visit;
    let entry = &plan.entry;
    if entry.indicators.is_empty() {
        return;
    }
    body.heading("plan-indicators");
    let rows = entry.indicators.iter().map(|indicator| {
        let path = format!("/plans/{}/indicators/{}", entry.code, indicator.key);
        let title = link(visit, &path, titled(&indicator.title, &entry.language));
        let unit = indicator.unit.as_deref().unwrap_or_default();
        vec![
            title,
            word(visit, "plan-kind", indicator.kind.code()).into(),
            titled(unit, &entry.language),
            baseline(visit, indicator),
            state_of(visit, indicator),
        ]
    });
    let heads =
        ["plan-indicator", "plan-kind", "plan-unit", "plan-baseline", "plan-indicator-state"];
    body.table("indicators", "plan-indicators", &heads, rows.collect());
}

/// Whether an indicator is in use, or what it lacks.
pub(super) fn state_of(visit: &Visit, indicator: &Indicator) -> Content {
    if indicator.active {
        let words = if indicator.is_context() { "plan-context" } else { "plan-active" };
        return visit.text(words).into();
    }
    let lacks: Vec<String> =
        indicator.lacks().iter().map(|lack| word(visit, "plan-lack", lack.code())).collect();
    if lacks.is_empty() {
        return visit.text("plan-not-active").into();
    }
    format!("{}: {}", visit.text("plan-lacks"), lacks.join(", ")).into()
}

/// The baseline, or by when and whom it will be established (R021).
pub(super) fn baseline(visit: &Visit, indicator: &Indicator) -> Content {
    match &indicator.baseline {
        Some(Baseline::Value { value, on, .. }) => {
            let said = format!("{} ({})", visit.number(*value), day(visit, *on));
            Content::Html(format!("<bdi>{}</bdi>", Content::from(said)))
        }
        Some(Baseline::ToBeEstablished { by, whom }) => visit
            .format(
                "plan-to-be-established",
                &[("by", day(visit, *by).into()), ("whom", whom.as_str().into())],
            )
            .into(),
        None => visit.text("word-none").into(),
    }
}

fn amendments(body: &mut Body<'_>, plan: &Plan) {
    let visit = body.visit;
    if plan.amendments.is_empty() {
        return;
    }
    body.heading("plan-amendments");
    let rows = plan.amendments.iter().rev().map(|amendment| {
        vec![
            day(visit, amendment.on).into(),
            changed(visit, plan, amendment),
            titled(&amendment.reason, &plan.language),
            titled(&amendment.decided_by, &plan.language),
        ]
    });
    let heads = ["plan-when", "plan-change", "plan-reason", "plan-decided-by"];
    body.table("amendments", "plan-amendments", &heads, rows.collect());
}

/// A value of a fact in the reader's words, where it is a code.
fn fact_word(visit: &Visit, fact: Fact, value: &str) -> String {
    let family = match fact {
        Fact::Kind => "plan-kind",
        Fact::Counted => "plan-counted",
        Fact::Direction => "plan-direction",
        Fact::Tier => "plan-tier",
        Fact::Status => "plan-stage",
        Fact::Active => return visit.text(if value == "yes" { "word-yes" } else { "word-no" }),
        _ => return value.to_owned(),
    };
    if value.is_empty() { visit.text("word-none") } else { word(visit, family, value) }
}

/// What an amendment changed, the old struck through.
pub(super) fn changed(visit: &Visit, plan: &Plan, amendment: &Amendment) -> Content {
    let named = |key: &str| plan.indicator(key).map_or(key, |i| i.title.as_str()).to_owned();
    let number = |value: &Option<f64>| {
        value.map_or_else(|| visit.text("word-none"), |value| visit.number(value))
    };
    let (what, before, after) = match &amendment.change {
        Change::Target { indicator, state, period, from, to } => {
            let place = state.map(|state| visit.state(state.as_str())).unwrap_or_default();
            (format!("{} {place} {period}", named(indicator)), number(from), number(to))
        }
        Change::Definition { indicator, from, to, since } => {
            (format!("{} {since}", named(indicator)), from.clone(), to.clone())
        }
        Change::Baseline { indicator, from, to } => {
            let said = |baseline: &Baseline| match baseline {
                Baseline::Value { value, .. } => visit.number(*value),
                Baseline::ToBeEstablished { whom, .. } => whom.clone(),
            };
            let before = from.as_ref().map_or_else(|| visit.text("word-none"), said);
            (named(indicator), before, said(to))
        }
        Change::Computed { indicator, from, to, since } => {
            let said = |figure: &Option<Computed>| match figure {
                Some(figure) => figure_named(visit, figure),
                None => visit.text("plan-values-reported"),
            };
            (format!("{} {since}", named(indicator)), said(from), said(to))
        }
        Change::Row { row, from, to } => (row.clone(), from.clone(), to.clone()),
        Change::Fact { part, key, fact, from, to } => {
            let about = match part {
                Part::Plan => plan.title.clone(),
                Part::Row => plan.row(key).map_or_else(|| key.clone(), |row| row.title.clone()),
                Part::Indicator => named(key),
            };
            let spoken = |value: &str| fact_word(visit, *fact, value);
            let fact = word(visit, "plan-fact", fact.code());
            (format!("{about} – {fact}"), spoken(from), spoken(to))
        }
    };
    let what = titled(&what, &plan.language);
    let (before, after) = (Content::from(before), Content::from(after));
    Content::Html(format!("{what}<br><del>{before}</del> <ins>{after}</ins>"))
}

/// Regional rows that no national plan took up, State by State (R027).
fn coverage(body: &mut Body<'_>, regional: &Plan, national: &[PlanOf]) {
    let visit = body.visit;
    if national.is_empty() {
        return;
    }
    body.heading("plan-coverage");
    let rows = national.iter().map(|plan| {
        let covered = adopt::coverage(regional, &plan.entry);
        let missing: Vec<String> = covered
            .iter()
            .filter(|one| one.adopted.is_empty())
            .map(|one| format!("{} {}", one.row.number, one.row.title).trim().to_owned())
            .collect();
        let state = plan.entry.state.map(|state| state.to_string()).unwrap_or_default();
        let added = adopt::added(&plan.entry).count();
        let share = format!(
            "{} / {}",
            visit.whole(covered.len() - missing.len()),
            visit.whole(covered.len())
        );
        vec![
            state_link(visit, &state),
            plan_link(visit, plan),
            Content::Html(format!("<bdi>{}</bdi>", Content::from(share))),
            titled(&missing.join("; "), &regional.language),
            visit.whole(added).into(),
        ]
    });
    let heads = ["state-name", "plan-title", "plan-covered", "plan-missing", "plan-added"];
    body.table("coverage", "plan-coverage", &heads, rows.collect());
}

/// Which elements a national plan has of those its mechanism asks for (R028).
fn elements(body: &mut Body<'_>, plan: &PlanOf) {
    let visit = body.visit;
    if plan.entry.state.is_none() {
        return;
    }
    for list in &visit.web.app().registers.plans.elements {
        body.heading("plan-elements");
        body.paragraph(Content::Html(format!(
            "{} <span class=\"p-src\">{}</span>",
            titled(&list.title, "en"),
            Content::from(&list.source)
        )));
        let open = plan.entry.status != PlanStatus::Closed;
        let own = open && ask::is_own(&visit.acting(), plan);
        let rows = checks::elements(&plan.entry, list).into_iter().map(|found| {
            let tag = if found.there {
                Tag::coloured(visit.text("word-yes"), "green")
            } else {
                Tag::coloured(visit.text("plan-missing-element"), "red")
            };
            let mut detail = titled(&found.detail.join(", "), &plan.entry.language).to_string();
            if own && found.element.look == checks::Look::Declared {
                let path = format!("/plans/{}/declare/{}", plan.entry.code, found.element.key);
                detail.push_str(&format!(" {}", link(visit, &path, visit.text("plan-declare"))));
            }
            vec![
                titled(&found.element.title, "en"),
                Content::Html(tag.to_string()),
                Content::Html(detail),
            ]
        });
        let rows = rows.collect();
        let heads = ["plan-element", "plan-there", "plan-where"];
        body.table(&format!("elements-{}", list.id), "plan-elements", &heads, rows);
    }
}

/// Plans that bind the same States and do the same (R033).
async fn overlaps(visit: Visit, Path(code): Path<String>) -> Answer {
    let acting = visit.acting();
    let plan = ask::find(&acting, &code).await?;
    let today = Day::from(acting.now().date());
    let app = visit.web.app();
    let states = ask::states(app, &plan.entry, today).await?;
    let mut bound = Vec::new();
    for other in ask::list(&acting).await? {
        let theirs = ask::states(app, &other.entry, today).await?;
        if other.entry.code == plan.entry.code || theirs.iter().any(|s| states.contains(s)) {
            bound.push(other);
        }
    }
    let plans: Vec<&Plan> = bound.iter().map(|plan| &plan.record.entry).collect();
    let mut body = Body::new(&visit);
    body.say("plan-overlaps-intro");
    let found = checks::overlaps(&plans);
    if found.is_empty() {
        body.say("plan-overlaps-none");
    }
    for overlap in &found {
        let theme = Content::from(word(&visit, "plan-theme", overlap.theme.code()));
        body.push(format!("<h2 class=\"govuk-heading-m\">{theme}</h2>"));
        let rows = overlap.actions.iter().map(|(plan, row)| {
            let path = format!("/plans/{}#row-{}", plan.code, row.key);
            vec![
                link(&visit, &path, titled(&row.title, &plan.language)),
                titled(&plan.title, &plan.language),
                row.lead.as_ref().map_or_else(String::new, |lead| lead.name.clone()).into(),
            ]
        });
        let id = format!("theme-{}", overlap.theme);
        let heads = ["plan-row", "plan-title", "plan-lead"];
        let columns = heads.iter().map(|head| Column::new(visit.text(head)));
        let caption = word(&visit, "plan-theme", overlap.theme.code());
        let mut table = DataTable::new(id, caption, columns).quiet_caption().dense();
        rows.for_each(|row| table.push(row));
        body.push(table);
    }
    let html = body.plain();
    Ok(visit.page(&visit.text("plan-overlaps")).back(&format!("/plans/{code}")).html(&html))
}
