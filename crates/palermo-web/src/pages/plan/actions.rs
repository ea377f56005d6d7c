//! The implementation matrix of a plan: its actions by States, to read and to take away
//! (R032).

use super::titled;
use crate::{
    components::{Column, Content, DataTable, ListTools},
    pages::{
        Answer,
        register::{
            common::{Body, day, link, word},
            matrix::sheet_of,
        },
    },
    shell::{route::Routes, visit::Visit},
};
use axum::extract::Path;
use palermo_app::{
    access::Action,
    domain::register::day::Day,
    plan::{
        actions::{self, ActionLine, InState},
        ask,
    },
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/plans/{code}/actions", Action::PublicRead, show)
}

async fn show(visit: Visit, Path(code): Path<String>) -> Answer {
    let acting = visit.acting();
    let plan = ask::find(&acting, &code).await?;
    let today = Day::from(acting.now().date());
    let matrix = actions::matrix(&acting, &plan.entry, today).await?;
    if let format @ ("csv" | "xlsx") = visit.query("format").as_str() {
        let sheet = actions::sheet(&plan.entry, &matrix, today);
        return sheet_of(&visit, sheet, &format!("{code}-actions"), format == "xlsx");
    }
    let mut body = Body::new(&visit);
    body.say("plan-actions-intro");
    let count = visit.format(
        "plan-actions-count",
        &[("count", matrix.lines.len().into()), ("shown", visit.whole(matrix.lines.len()).into())],
    );
    let address = |format: &str| visit.link(&format!("/plans/{code}/actions?format={format}"));
    body.push(
        ListTools::new(&body.words, count)
            .download("CSV", address("csv"))
            .download("XLSX", address("xlsx")),
    );
    let heads = [visit.text("plan-row"), visit.text("plan-lead"), visit.text("plan-region")]
        .into_iter()
        .chain(matrix.states.iter().map(|state| visit.state(state.as_str())))
        .map(Column::new);
    let mut table = DataTable::new("actions", visit.text("plan-actions"), heads)
        .quiet_caption()
        .dense()
        .sideways(visit.text("table-sideways"))
        .when_empty(visit.text("plan-actions-none"));
    for line in &matrix.lines {
        let mut cells = vec![
            action(&visit, &code, line, &plan.entry.language),
            lead(&visit, line),
            told(&visit, line.region.as_ref()),
        ];
        cells.extend(line.states.iter().map(|one| told(&visit, one.as_ref())));
        table.push(cells);
    }
    body.push(table);
    let html = body.plain();
    let title = visit.format("plan-actions-of", &[("plan", plan.entry.title.as_str().into())]);
    Ok(visit.page(&title).back(&format!("/plans/{code}")).html(&html))
}

fn action(visit: &Visit, code: &str, line: &ActionLine, language: &str) -> Content {
    let words = format!("{} {}", line.number, line.title);
    link(visit, &format!("/plans/{code}#row-{}", line.key), titled(words.trim(), language))
}

fn lead(visit: &Visit, line: &ActionLine) -> Content {
    let Some((name, kind)) = &line.lead else { return "–".into() };
    let kind = Content::from(word(visit, "plan-party", kind.code()));
    let mut html = format!(
        "<bdi>{}</bdi><br><span class=\"p-small p-muted\">{kind}</span>",
        Content::from(name)
    );
    if let Some(funds) = &line.funded_by {
        let said = format!("{}: {funds}", visit.text("plan-funded-by"));
        html.push_str(&format!(
            "<br><span class=\"p-small p-muted\"><bdi>{}</bdi></span>",
            Content::from(said)
        ));
    }
    Content::Html(html)
}

/// How far an action has come, with who said so and when; a dash where nobody did.
fn told(visit: &Visit, one: Option<&InState>) -> Content {
    let Some(one) = one else { return "–".into() };
    let status = Content::from(word(visit, "plan-row-status", one.status.code()));
    let by = match &one.told {
        Some((by, on)) => format!("{by}, {}", day(visit, *on)),
        None => visit.text("plan-actions-by-plan"),
    };
    let by = Content::from(by);
    Content::Html(format!("{status}<br><span class=\"p-src\"><bdi>{by}</bdi></span>"))
}
