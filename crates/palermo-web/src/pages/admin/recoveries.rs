//! Recovery requests of one's tenant: two people decide.

use super::super::Answer;
use crate::{
    components::{Content, Empty, SummaryList, Tag},
    shell::{
        forms::{done, one_button},
        route::Routes,
        visit::{Sent, Visit},
    },
};
use palermo_app::{
    access::{Action, Resource},
    desk::parse_id,
    recovery,
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .page("/admin/recoveries", Action::ReadTenant, list)
        .form("/admin/recoveries/approve", Action::ApproveRecovery, approve)
        .form("/admin/recoveries/refuse", Action::ApproveRecovery, refuse)
}

async fn list(visit: Visit) -> Answer {
    let found = recovery::list(&visit.acting()).await?;
    let decides = visit.may(Action::ApproveRecovery, &Resource::of(visit.signed()?.tenant.id));
    let mut rows = SummaryList::new();
    for (request, name, approvers) in &found {
        let record = &request.record;
        let state = Tag::new(visit.text(&format!("recovery-{}", record.state.code())));
        let count = approvers.len() + usize::from(record.operator.is_some());
        let approved = visit.format("recovery-approvals", &[("count", count.into())]);
        let reason = Content::from(&record.reason);
        let asked = visit.moment(record.recorded_at);
        let mut html =
            format!("<p>{state} {}</p><p>{reason}</p><p>{asked}</p>", Content::from(approved));
        if decides && record.state == recovery::RecoveryState::Asked {
            let id = record.id.to_string();
            html.push_str(&one_button(
                &visit,
                "/admin/recoveries/approve",
                "recovery-approve",
                &[("id", &id)],
                false,
            ));
            html.push_str(&one_button(
                &visit,
                "/admin/recoveries/refuse",
                "recovery-refuse",
                &[("id", &id)],
                true,
            ));
        }
        rows = rows.row(name, Content::Html(html));
    }
    let body = if found.is_empty() {
        Empty::new(visit.text("recovery-none")).to_string()
    } else {
        rows.to_string()
    };
    let why = format!(
        "<p class=\"govuk-body\">{}</p><p class=\"govuk-body\">{}</p>",
        visit.text("admin-recoveries-why"),
        visit.text("admin-recoveries-small")
    );
    Ok(visit.page(&visit.text("admin-recoveries")).back("/admin").html(&format!("{why}{body}")))
}

async fn approve(Sent { visit, form }: Sent) -> Answer {
    let complete = recovery::approve(&visit.acting(), parse_id(form.text("id"))?).await?;
    let what = if complete { "recovery-approved" } else { "recovery-half" };
    Ok(done(&visit, "/admin/recoveries", what))
}

async fn refuse(Sent { visit, form }: Sent) -> Answer {
    recovery::refuse(&visit.acting_once(&form), parse_id(form.text("id"))?).await?;
    Ok(done(&visit, "/admin/recoveries", "recovery-refused"))
}
