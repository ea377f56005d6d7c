//! Sources side by side, what is known of their overlap, what States report of
//! their response, and context from open data. No number is a sum over sources.

use super::{heading, id, link, list as bullets, paragraph};
use crate::{
    components::{Button, Content, SummaryList},
    pages::Answer,
    shell::{
        failure::Failure,
        form::Form,
        forms::{FormPage, done},
        listing::List,
        route::Routes,
        upload::Uploaded,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    domain::{id::ContextId, knowledge::sources::Shared},
    knowledge::{
        context::{self, ContextForm},
        datasets,
        sources::{self, OverlapForm, RESPONSES},
    },
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/data/sources", Action::ReadData, beside)
        .page("/data/sources/overlap", Action::ImportData, ask_overlap)
        .form("/data/sources/overlap", Action::ImportData, describe)
        .page("/data/responses", Action::ReadData, responses)
        .page("/data/context", Action::ReadData, contexts)
        .page("/data/context/new", Action::ImportData, ask_context)
        .form("/data/context/new", Action::ImportData, import_context)
        .page("/data/context/{id}", Action::ReadData, show_context)
}

fn may_import(visit: &Visit) -> bool {
    visit
        .signed
        .as_ref()
        .is_some_and(|signed| visit.may(Action::ImportData, &Resource::of(signed.tenant.id)))
}

async fn beside(visit: Visit) -> Answer {
    let rows = sources::beside(&visit.acting()).await?;
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let list = List::new(&visit, "sources", &visit.text("sources-title"), rows)
        .text("state", "state-name", move |one| a.state(&one.state))
        .text("year", "dim-year", |one| one.year.clone())
        .column(
            "title",
            "data-name",
            |one| one.title.clone(),
            move |one| link(&b, &format!("/data/{}", one.dataset), one.title.as_str()),
        )
        .text("source", "data-source-type", move |one| {
            c.text(&format!("source-{}", one.source_type))
        })
        .text("victims", "fig-victims", |one| one.victims.to_string())
        .text("others", "sources-others", move |one| {
            let told = |(title, shared): &(String, Shared)| {
                format!("{title}: {}", d.text(&format!("overlap-{}", shared.code())))
            };
            one.others.iter().map(told).collect::<Vec<_>>().join(" · ")
        })
        .text("definition", "data-definition", |one| one.definition.clone());
    let mut top = paragraph(visit.text("sources-lead"));
    if may_import(&visit) {
        let path = visit.link("/data/sources/overlap");
        top.push_str(&Button::link(visit.text("overlap-title"), path).secondary().to_string());
    }
    let answer = list.answer(|table| {
        visit.page(&visit.text("sources-title")).back("/data").html(&format!("{top}{table}"))
    })?;
    Ok(answer)
}

async fn overlap_form(visit: &Visit, typed: &OverlapForm, problems: &Problems) -> Answer {
    let acting = visit.acting();
    let all = datasets::list(&acting).await?;
    let options: Vec<(String, String)> =
        all.iter().map(|one| (one.id.to_string(), one.entry.title.clone())).collect();
    let shared = Shared::ALL
        .iter()
        .map(|one| (one.code().to_owned(), visit.text(&format!("overlap-{}", one.code()))))
        .collect();
    let name = |id: String| {
        options
            .iter()
            .find(|(code, _)| *code == id)
            .map_or(String::new(), |(_, title)| title.clone())
    };
    let known = sources::pairs(&acting).await?;
    let items = known.iter().map(|one| {
        let shared = visit.text(&format!("overlap-{}", one.entry.shared.code()));
        let both = format!("{} — {}", name(one.entry.a.to_string()), name(one.entry.b.to_string()));
        Content::from(format!("{both}: {shared}. {}", one.entry.words))
    });
    let known = if known.is_empty() { String::new() } else { bullets(items) };
    Ok(FormPage::new(visit, "/data/sources/overlap", problems)
        .words("sources-lead")
        .part(known)
        .select("a", "overlap-a", options.clone(), &typed.a)
        .select("b", "overlap-b", options, &typed.b)
        .radios("shared", "overlap-shared", shared, &typed.shared)
        .lines("words", "overlap-words", "overlap-words-hint", &typed.words)
        .button("form-save")
        .page("overlap-title", "/data/sources"))
}

async fn ask_overlap(visit: Visit) -> Answer {
    overlap_form(&visit, &OverlapForm::default(), &Problems::default()).await
}

async fn describe(Sent { visit, form }: Sent) -> Answer {
    let text = |name: &str| form.text(name).to_owned();
    let typed =
        OverlapForm { a: text("a"), b: text("b"), shared: text("shared"), words: text("words") };
    match sources::describe(&visit.acting_once(&form), &typed).await {
        Ok(_) => Ok(done(&visit, "/data/sources", "signal-changed")),
        Err(Refused::Invalid(problems)) => overlap_form(&visit, &typed, &problems).await,
        Err(other) => Err(Failure(other)),
    }
}

async fn responses(visit: Visit) -> Answer {
    let rows = sources::responses(&visit.acting()).await?;
    let a = visit.clone();
    let mut list = List::new(&visit, "responses", &visit.text("responses-title"), rows)
        .text("state", "state-name", move |one| a.state(&one.state))
        .text("year", "dim-year", |one| one.year.clone());
    for (at, id) in
        ["fig-services", "fig-permits", "fig-compensated", "fig-trained"].into_iter().enumerate()
    {
        let key = RESPONSES.get(at).copied().unwrap_or("");
        list = list.text(key, id, move |one| {
            one.counts.get(at).copied().flatten().map(|n| n.to_string()).unwrap_or_default()
        });
    }
    let list = list
        .text("title", "data-name", |one| one.title.clone())
        .when_empty(visit.text("data-no-cells"));
    let top = paragraph(visit.text("responses-lead"));
    let answer = list.answer(|table| {
        visit.page(&visit.text("responses-title")).back("/data").html(&format!("{top}{table}"))
    })?;
    Ok(answer)
}

async fn contexts(visit: Visit) -> Answer {
    let rows = context::list(&visit.acting()).await?;
    let a = visit.clone();
    let list = List::new(&visit, "context", &visit.text("context-title"), rows)
        .column(
            "title",
            "release-title",
            |one| one.entry.title.clone(),
            move |one| link(&a, &format!("/data/context/{}", one.id), one.entry.title.as_str()),
        )
        .text("unit", "context-unit", |one| one.entry.unit.clone())
        .text("source", "data-source", |one| one.entry.source.clone())
        .text("retrieved", "context-retrieved", |one| one.entry.retrieved.to_string())
        .when_empty(visit.text("context-none"));
    let mut top = paragraph(visit.text("context-lead"));
    if context::keeps(&visit.acting()) {
        let path = visit.link("/data/context/new");
        top.push_str(&Button::link(visit.text("context-new"), path).to_string());
    }
    let answer = list.answer(|table| {
        visit.page(&visit.text("context-title")).back("/data").html(&format!("{top}{table}"))
    })?;
    Ok(answer)
}

fn context_form(
    visit: &Visit,
    typed: &ContextForm,
    problems: &Problems,
) -> axum::response::Response {
    FormPage::new(visit, "/data/context/new", problems)
        .words("context-lead")
        .text("title", "release-title", "", &typed.title)
        .text("source", "data-source", "", &typed.source)
        .text("reference", "context-reference", "", &typed.reference)
        .text("unit", "context-unit", "", &typed.unit)
        .text("licence", "release-licence", "", &typed.licence)
        .file("file", "import-file", "context-columns")
        .button("form-save")
        .page("context-new", "/data/context")
}

async fn ask_context(visit: Visit) -> Answer {
    if !context::keeps(&visit.acting()) {
        return Err(Failure(Refused::NotFound));
    }
    Ok(context_form(&visit, &ContextForm::default(), &Problems::default()))
}

fn typed_context(form: &Form) -> ContextForm {
    let text = |name: &str| form.text(name).to_owned();
    ContextForm {
        title: text("title"),
        source: text("source"),
        reference: text("reference"),
        unit: text("unit"),
        licence: text("licence"),
    }
}

async fn import_context(sent: Uploaded) -> Answer {
    let Uploaded { visit, form, file, .. } = sent;
    let typed = typed_context(&form);
    match context::import(&visit.acting_once(&form), &typed, &file).await {
        Ok(id) => Ok(done(&visit, &format!("/data/context/{id}"), "imported")),
        Err(Refused::Invalid(problems)) => Ok(context_form(&visit, &typed, &problems)),
        Err(other) => Err(Failure(other)),
    }
}

async fn show_context(visit: Visit, Path(series): Path<String>) -> Answer {
    let series: ContextId = id(&series)?;
    let found = context::show(&visit.acting(), series).await?;
    let entry = &found.entry;
    let a = visit.clone();
    let about = SummaryList::new()
        .row(visit.text("data-source"), entry.source.as_str())
        .row(visit.text("context-reference"), entry.reference.as_str())
        .row(visit.text("context-unit"), entry.unit.as_str())
        .row(visit.text("release-licence"), entry.licence.as_str())
        .row(visit.text("context-retrieved"), visit.date(entry.retrieved.date()));
    let b = visit.clone();
    let list = List::new(&visit, "context", &entry.title, entry.values.clone())
        .text("state", "state-name", move |one| a.state(&one.state))
        .text("year", "dim-year", |one| one.year.to_string())
        .text("value", "context-value", move |one| b.number(one.value));
    let answer = list.answer(|table| {
        let html = format!(
            "{}{about}{}{table}",
            paragraph(visit.text("context-lead")),
            heading(&visit, "context-value")
        );
        visit.page(&entry.title).back("/data/context").html(&html)
    })?;
    Ok(answer)
}
