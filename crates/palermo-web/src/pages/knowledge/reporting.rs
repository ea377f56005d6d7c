//! What a State reports to others from its own figures, the budget of noisy
//! releases, and estimates as the public sees them.

use super::{heading, id, paragraph, table};
use crate::{
    components::{Button, Content, SummaryList},
    pages::Answer,
    shell::{
        failure::Failure,
        forms::{FormPage, done},
        listing::download,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::extract::Path;
use palermo_app::{
    Problems, Refused,
    access::{Action, Resource},
    domain::id::DatasetId,
    knowledge::{budget, datasets, explore, exports},
    standards::national_export::Shape,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/data/{id}/report", Action::ReadData, ask)
        .download("/data/{id}/report/{shape}", Action::ReadData, file)
        .page("/publish/budget", Action::ReadData, show_budget)
        .form("/publish/budget", Action::SignRelease, open_budget)
}

/// The shapes, with the State to choose where the dataset holds several.
async fn ask(visit: Visit, Path(dataset): Path<String>) -> Answer {
    let dataset: DatasetId = id(&dataset)?;
    let acting = visit.acting();
    let shown = datasets::show(&acting, dataset).await?;
    let states: Vec<String> = match &shown.dataset.entry.state {
        Some(state) => vec![state.clone()],
        None => explore::words(&datasets::figures(&acting, &shown.dataset).await?, "state"),
    };
    let mut html = paragraph(visit.text("report-out-lead"));
    let rows = states.iter().map(|state| {
        let links = Shape::ALL.map(|shape| {
            let path = format!("/data/{dataset}/report/{}?state={state}", shape.code());
            let label = visit.format(
                "report-out-file",
                &[
                    ("shape", visit.text(&format!("shape-{}", shape.code())).into()),
                    ("state", visit.state(state).into()),
                ],
            );
            format!(
                "<a class=\"govuk-link\" href=\"{}\" aria-label=\"{}\">{}</a>",
                visit.link(&path),
                Content::from(label),
                Content::from(visit.text(&format!("shape-{}", shape.code())))
            )
        });
        vec![visit.state(state).into(), Content::Html(links.join(" · "))]
    });
    let heads = ["state-name", "report-out-files"];
    html.push_str(&table(&visit, "shapes", "report-out-title", &heads, rows.collect()));
    let back = format!("/data/{dataset}");
    Ok(visit.page(&visit.text("report-out-title")).back(&back).html(&html))
}

async fn file(visit: Visit, Path((dataset, shape)): Path<(String, String)>) -> Answer {
    let dataset: DatasetId = id(&dataset)?;
    let shape = Shape::from_code(&shape).ok_or(Failure(Refused::NotFound))?;
    let state = visit.query("state");
    let bytes = exports::own(&visit.acting(), dataset, shape, &state).await?;
    let name = format!("{}-{state}", shape.code());
    Ok(download(bytes, "text/csv; charset=utf-8", &name, "csv"))
}

async fn show_budget(visit: Visit) -> Answer {
    budget_page(&visit, &Problems::default(), ("4", "1e-5")).await
}

async fn budget_page(visit: &Visit, problems: &Problems, typed: (&str, &str)) -> Answer {
    let mut html = paragraph(visit.text("budget-lead"));
    match budget::show(&visit.acting()).await? {
        Some(shown) => {
            let percent = (shown.percent * 10.0).round() / 10.0;
            let about = SummaryList::new()
                .row(visit.text("budget-epsilon"), visit.number(shown.epsilon))
                .row(visit.text("budget-delta"), format!("{:e}", shown.delta))
                .row(visit.text("budget-so-far"), format!("{:.3}", shown.spent))
                .row(
                    visit.text("budget-percent"),
                    visit.format("plan-percent", &[("share", visit.number(percent).into())]),
                );
            html.push_str(&about.to_string());
            let rows = shown
                .entries
                .iter()
                .map(|(release, rho)| vec![Content::from(release), format!("{rho:.6}").into()]);
            html.push_str(&heading(visit, "budget-entries"));
            let heads = ["release-id", "budget-rho"];
            let entries = table(visit, "entries", "budget-entries", &heads, rows.collect());
            html.push_str(&if entries.is_empty() {
                paragraph(visit.text("budget-nothing"))
            } else {
                entries
            });
        }
        None => {
            html.push_str(&paragraph(visit.text("budget-none")));
            let own = Resource::of(visit.signed()?.tenant.id);
            if visit.may(Action::SignRelease, &own) {
                html.push_str(
                    &FormPage::new(visit, "/publish/budget", problems)
                        .text("epsilon", "budget-epsilon", "budget-epsilon-hint", typed.0)
                        .text("delta", "budget-delta", "budget-delta-hint", typed.1)
                        .part(Button::new(visit.text("budget-open")))
                        .html(),
                );
            }
        }
    }
    Ok(visit.page(&visit.text("budget-title")).back("/publish").html(&html))
}

async fn open_budget(Sent { visit, form }: Sent) -> Answer {
    let (epsilon, delta) = (form.text("epsilon"), form.text("delta"));
    match budget::open(&visit.acting_once(&form), epsilon, delta).await {
        Ok(_) => Ok(done(&visit, "/publish/budget", "signal-changed")),
        Err(Refused::Invalid(problems)) => budget_page(&visit, &problems, (epsilon, delta)).await,
        Err(other) => Err(Failure(other)),
    }
}
