//! Special reviews of national laws: topics down, States across, no score.

use super::{instruments, prose, typed};
use crate::{
    components::{Button, Content, Details},
    pages::{
        Answer,
        register::{common::instrument_link, matrix::sheet_of},
        report::{Page, link, state_options, tag, year},
    },
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        gate::encode,
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::{extract::Path, response::Response};
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    domain::governance::{LegalReview, LegalStanding, LegalTopic},
    export::Sheet,
    governance::{self, LawsCompared, Typed},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/legal-reviews", Action::PublicRead, list)
        .page("/legal-reviews/write", Action::KeepLegalReview, ask)
        .form("/legal-reviews/write", Action::KeepLegalReview, save)
        .page("/legal-reviews/{name}", Action::PublicRead, compare)
}

fn standing(visit: &Visit, one: LegalStanding) -> Content {
    let colour = match one {
        LegalStanding::InLine => "green",
        LegalStanding::Partly => "yellow",
        LegalStanding::NotInLine => "red",
        LegalStanding::NotAssessed => "grey",
    };
    tag(visit, "law-standing", one.code(), colour)
}

fn keeps(visit: &Visit) -> bool {
    visit.may(Action::KeepLegalReview, &Resource::region())
}

async fn list(visit: Visit) -> Answer {
    let all = governance::law_reviews(visit.web.app()).await?;
    let mut page = Page::new(&visit);
    let intro = Content::from(visit.text("laws-review-intro"));
    page.push(format!("<p class=\"govuk-body-l\">{intro}</p>"));
    if keeps(&visit) {
        let path = visit.link("/legal-reviews/write");
        page.push(Button::link(visit.text("law-review-new"), path));
    }
    let top = page.finish();
    Ok(listed(&visit, all).answer(|table| {
        let title = visit.text("laws-review-title");
        visit.page(&title).back("/reports").html(&format!("{top}{table}"))
    })?)
}

fn listed(visit: &Visit, all: Vec<LawsCompared>) -> List<'_, LawsCompared> {
    let mut years: Vec<i32> = all.iter().map(|one| one.year).collect();
    years.sort_unstable();
    years.dedup();
    let years = years.into_iter().rev().map(|on| (on.to_string(), year(visit, on))).collect();
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    List::new(visit, "reviews", &visit.text("laws-review-title"), all)
        .column(
            "title",
            "law-review-title",
            |one| one.title.clone(),
            move |one| link(&a, &format!("/legal-reviews/{}", one.name), &one.title),
        )
        .column(
            "year",
            "report-period",
            |one| one.year.to_string(),
            move |one| year(&b, one.year).into(),
        )
        .text("body", "law-review-body", |one| one.body.clone())
        .column(
            "instrument",
            "review-instrument",
            |one| one.instrument.clone(),
            move |one| instrument_link(&c, &one.instrument),
        )
        .column(
            "states",
            "report-states",
            |one| {
                let codes = one.states.iter().map(|kept| kept.record.entry.state.to_string());
                codes.collect::<Vec<_>>().join(" ")
            },
            move |one| d.whole(one.states.len()).into(),
        )
        .filter("year", "report-period", years, |one, wanted| one.year.to_string() == wanted)
        .when_empty(visit.text("governance-none"))
}

fn sheet(found: &LawsCompared) -> Sheet {
    let rows = found.states.iter().flat_map(|one| {
        let entry = &one.record.entry;
        LegalTopic::ALL.iter().map(move |topic| {
            let finding = entry.findings.get(topic);
            let text = |of: Option<&String>| of.cloned().unwrap_or_default();
            vec![
                entry.state.to_string().into(),
                topic.code().into(),
                entry.standing(*topic).code().into(),
                text(finding.map(|one| &one.article)).into(),
                text(finding.map(|one| &one.note)).into(),
                entry.source.as_str().into(),
            ]
        })
    });
    Sheet {
        name: found.name.clone(),
        columns: ["state", "topic", "standing", "article", "note", "source"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
        notes: Vec::new(),
    }
}

async fn compare(visit: Visit, Path(name): Path<String>) -> Answer {
    let found = governance::compare_laws(visit.web.app(), &name).await?;
    if let format @ ("csv" | "xlsx") = visit.query("format").as_str() {
        return sheet_of(&visit, sheet(&found), &found.name, format == "xlsx");
    }
    let mut page = Page::new(&visit);
    let about = format!("{}, {}", found.body, year(&visit, found.year));
    page.paragraph(about);
    page.paragraph(instrument_link(&visit, &found.instrument));
    page.say("laws-review-no-rank");
    let here = visit.link(&format!("/legal-reviews/{name}"));
    let count = visit.format(
        "list-count",
        &[("count", found.states.len().into()), ("shown", visit.whole(found.states.len()).into())],
    );
    page.push(
        crate::components::ListTools::new(&visit.words(), count)
            .download("CSV", format!("{here}?format=csv"))
            .download("XLSX", format!("{here}?format=xlsx")),
    );
    page.push(matrix(&visit, &found));
    for one in &found.states {
        page.push(one_state(&visit, &one.record.entry));
    }
    let html = page.finish();
    Ok(visit.page(&found.title).back("/legal-reviews").html(&html))
}

fn matrix(visit: &Visit, found: &LawsCompared) -> crate::components::DataTable {
    let heads = std::iter::once(visit.text("legal-topic"))
        .chain(found.states.iter().map(|one| visit.state(one.record.entry.state.as_str())))
        .map(crate::components::Column::new);
    let mut table =
        crate::components::DataTable::new("laws", visit.text("laws-review-matrix"), heads).dense();
    for topic in LegalTopic::ALL {
        let mut row: Vec<Content> = vec![visit.text(&format!("law-topic-{topic}")).into()];
        for one in &found.states {
            let entry = &one.record.entry;
            let mut html = standing(visit, entry.standing(*topic)).to_string();
            if let Some(finding) = entry.findings.get(topic)
                && !finding.article.is_empty()
            {
                let article = Content::from(&finding.article);
                html.push_str(&format!(" <span class=\"p-src\"><bdi>{article}</bdi></span>"));
            }
            row.push(Content::Html(html));
        }
        table.push(row);
    }
    table
}

fn one_state(visit: &Visit, one: &LegalReview) -> String {
    let mut page = Page::new(visit);
    page.push(crate::pages::report::notice_heading(visit.state(one.state.as_str())));
    if !one.summary.is_empty() {
        page.push(prose(&one.summary));
    }
    page.list(one.findings.iter().filter(|(_, finding)| !finding.note.is_empty()).map(
        |(topic, finding)| {
            let name = Content::from(visit.text(&format!("law-topic-{topic}")));
            let note = Content::from(&finding.note);
            Content::Html(format!("{name}: <span dir=\"auto\">{note}</span>"))
        },
    ));
    page.small(format!("{}: {}", visit.text("recommendation-source"), one.source));
    if keeps(visit) {
        let path = format!("/legal-reviews/write?name={}&state={}", encode(&one.name), one.state);
        let words =
            visit.format("law-review-edit", &[("state", visit.state(one.state.as_str()).into())]);
        page.paragraph(link(visit, &path, words));
    }
    page.finish()
}

fn form_page(visit: &Visit, t: &Typed, problems: &Problems) -> Response {
    let mut form = FormPage::new(visit, "/legal-reviews/write", problems)
        .hidden("revision", t.text("revision"))
        .text("name", "law-review-name", "law-review-name-hint", t.text("name"))
        .text("title", "law-review-title", "", t.text("title"))
        .text("year", "report-period", "", t.text("year"))
        .text("body", "law-review-body", "", t.text("body"))
        .select("instrument", "review-instrument", instruments(visit), t.text("instrument"))
        .select("state", "report-state", state_options(visit), t.text("state"));
    let standings = super::words(visit, "law-standing", LegalStanding::ALL);
    for topic in LegalTopic::ALL {
        let (s, a, n) = (format!("s_{topic}"), format!("a_{topic}"), format!("n_{topic}"));
        let fields = FormPage::new(visit, "", problems)
            .select(&s, "law-standing", standings.clone(), t.text(&s))
            .text(&a, "legal-article", "", t.text(&a))
            .lines(&n, "law-note", "", t.text(&n))
            .parts();
        let wrong = problems.0.iter().any(|one| [&s, &a, &n].contains(&&one.field));
        let mut details =
            Details::new(visit.text(&format!("law-topic-{topic}")), Content::Html(fields));
        details.open = wrong || !t.text(&s).is_empty();
        form = form.part(details);
    }
    form.lines("summary", "law-summary", "", t.text("summary"))
        .text("source", "recommendation-source", "", t.text("source"))
        .button("form-save")
        .page("law-review-new", "/legal-reviews")
}

async fn ask(visit: Visit) -> Answer {
    let state = visit.query("state").parse().ok();
    let typed = governance::law_review(&visit.acting(), &visit.query("name"), state).await?;
    Ok(form_page(&visit, &typed, &Problems::default()))
}

async fn save(Sent { visit, form }: Sent) -> Answer {
    let typed = typed(&form);
    match governance::keep_law_review(&visit.acting_once(&form), &typed).await {
        Ok(name) => Ok(done(&visit, &format!("/legal-reviews/{name}"), "saved")),
        Err(Refused::Invalid(problems)) => Ok(form_page(&visit, &typed, &problems)),
        Err(other) => Err(Failure(other)),
    }
}
