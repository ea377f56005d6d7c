//! Recovery requests of one's tenant: two people decide.

use super::{super::Answer, people::link_page};
use crate::{
    components::{Content, Tag},
    shell::{
        forms::{done, one_button},
        listing::List,
        route::Routes,
        visit::{Sent, Visit},
    },
};
use axum::http::HeaderMap;
use palermo_app::{
    access::{Action, Resource},
    desk::parse_id,
    recovery::{self, Agreed, Recovery},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/admin/recoveries", Action::ReadTenant, list)
        .form("/admin/recoveries/approve", Action::ApproveRecovery, approve)
        .form("/admin/recoveries/refuse", Action::ApproveRecovery, refuse)
}

/// A request, with the name of the one recovered and how many agreed so far.
struct Row {
    record: Recovery,
    name: String,
    agreed: usize,
    /// Whether the reader is one of them.
    mine: bool,
}

async fn list(visit: Visit) -> Answer {
    let found = recovery::list(&visit.acting()).await?;
    let own = visit.signed()?.account.id;
    let rows: Vec<Row> = found
        .into_iter()
        .map(|(request, name, approvers)| {
            let record = request.record;
            let agreed = approvers.len() + usize::from(record.operator.is_some());
            Row { record, name, agreed, mine: approvers.contains(&own) }
        })
        .collect();
    let decides = visit.may(Action::ApproveRecovery, &Resource::of(visit.signed()?.tenant.id));
    let why = format!(
        "<p class=\"govuk-body\">{}</p><p class=\"govuk-body\">{}</p>",
        Content::from(visit.text("admin-recoveries-why")),
        Content::from(visit.text("admin-recoveries-small"))
    );
    Ok(listed(&visit, rows, decides).answer(|table| {
        let title = visit.text("admin-recoveries");
        visit.page(&title).back("/admin").html(&format!("{why}{table}"))
    })?)
}

fn listed(visit: &Visit, rows: Vec<Row>, decides: bool) -> List<'_, Row> {
    use recovery::RecoveryState::{Approved, Asked, Refused, Used};
    let states = [Asked, Approved, Used, Refused]
        .map(|one| (one.code().to_owned(), visit.text(&format!("recovery-{}", one.code()))))
        .to_vec();
    let (a, b, c, d) = (visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let mut list = List::new(visit, "recoveries", &visit.text("admin-recoveries"), rows)
        .text("name", "column-name", |row| row.name.clone())
        .text("reason", "recovery-reason", |row| row.record.reason.clone())
        .column(
            "asked",
            "approval-when",
            |row| row.record.recorded_at.to_string(),
            move |row| a.moment(row.record.recorded_at).into(),
        )
        .text("agreed", "recovery-agreed", move |row| {
            b.format("recovery-approvals", &[("count", row.agreed.into())])
        })
        .column(
            "state",
            "recovery-standing",
            move |row| c.text(&format!("recovery-{}", row.record.state.code())),
            move |row| Tag::new(d.text(&format!("recovery-{}", row.record.state.code()))).into(),
        )
        .filter("state", "recovery-standing", states, |row, wanted| {
            row.record.state.code() == wanted
        })
        .when_empty(visit.text("recovery-none"));
    if decides {
        let e = visit.clone();
        list = list.acts("approval-decide", move |row| Content::Html(buttons(&e, row)));
    }
    list
}

/// The answers of someone who may decide, while a request waits for theirs.
fn buttons(visit: &Visit, row: &Row) -> String {
    if row.record.state != recovery::RecoveryState::Asked {
        return String::new();
    }
    if row.mine {
        return Content::from(visit.text("done-recovery-half")).to_string();
    }
    let id = row.record.id.to_string();
    let button = |what: &str, warning: bool| {
        let (path, label) = (format!("/admin/recoveries/{what}"), format!("recovery-{what}"));
        one_button(visit, &path, &label, &[("id", &id)], warning)
    };
    format!("{}{}", button("approve", false), button("refuse", true))
}

async fn approve(headers: HeaderMap, Sent { visit, form }: Sent) -> Answer {
    let show = !visit.web.settings().mail;
    let list = "/admin/recoveries";
    match recovery::approve(&visit.acting(), parse_id(form.text("id"))?, show).await? {
        Agreed::Half => Ok(done(&visit, list, "recovery-half")),
        Agreed::Sent => Ok(done(&visit, list, "recovery-approved")),
        Agreed::Shown(token) => {
            let (said, path) = (visit.text("recovery-link-shown"), format!("/recover/{token}"));
            let to = (path.as_str(), list);
            Ok(link_page(&visit, &headers, "recovery-link-title", &said, to))
        }
    }
}

async fn refuse(Sent { visit, form }: Sent) -> Answer {
    recovery::refuse(&visit.acting_once(&form), parse_id(form.text("id"))?).await?;
    Ok(done(&visit, "/admin/recoveries", "recovery-refused"))
}
