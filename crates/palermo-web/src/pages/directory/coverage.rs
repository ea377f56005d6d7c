//! Who is left out: what providers say about each group (R079).

use super::{link, options, state_options, word};
use crate::{
    components::{Column, Content, DataTable, Details},
    pages::Answer,
    shell::{listing::List, route::Routes, visit::Visit},
};
use palermo_app::{
    access::Action,
    domain::{
        id::ServiceId,
        register::state::StateCode,
        service::{
            Need, Service, Status,
            coverage::{Counted, by_need, protected_shown, providers},
            eligibility::{Admission, Group},
        },
    },
    service::{self, ServiceFilter},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/services/coverage", Action::ReadDirectory, coverage)
}

/// Providers by groups (R079): what each says, and how many say it.
async fn coverage(visit: Visit) -> Answer {
    let acting = visit.acting();
    let state = super::state_asked(&visit);
    let filter = ServiceFilter { state, status: Some(Status::Active), ..ServiceFilter::default() };
    let all = service::list(&acting, &filter).await?;
    // The table names providers: protected ones only in the counts of the State (R9).
    let protected = all.iter().filter(|one| one.record.service.place.is_protected()).count();
    let open: Vec<(ServiceId, Service)> = all
        .iter()
        .filter(|one| !one.record.service.place.is_protected())
        .map(|one| (one.record.id, one.record.service.clone()))
        .collect();
    let mut html =
        format!("<p class=\"govuk-body\">{}</p>", Content::from(visit.text("coverage-lead")));
    if let Some(state) = state {
        html.push_str(&counted(&visit, all.iter().map(|one| &one.record.service), state));
        let told = match protected_shown(protected) {
            Some(count) => {
                visit.format("coverage-protected", &[("count", visit.whole(count).into())])
            }
            None => visit.text("coverage-protected-few"),
        };
        let _ = write!(html, "<p class=\"govuk-body-s\">{}</p>", Content::from(told));
    }
    let v = visit.clone();
    let mut list = List::new(&visit, "coverage", &visit.text("coverage-title"), providers(&open))
        .column("name", "service-name", |row| row.name.clone(), {
            let v = v.clone();
            move |row| link(&v, &format!("/services/{}", row.id), &row.name)
        })
        .text("need", "service-need", {
            let v = v.clone();
            move |row| word(&v, "need", row.need.code())
        });
    for (at, group) in Group::ALL.iter().enumerate() {
        let words = v.clone();
        list = list.text(group.code(), group_title(*group), move |row| {
            words.text(match row.says.get(at).copied().flatten() {
                Some(Admission::Admitted) => "coverage-yes",
                Some(Admission::Excluded) => "coverage-no",
                None => "coverage-silent",
            })
        });
    }
    let list = list
        .filter("state", "field-state", state_options(&visit), |_, _| true)
        .filter(
            "need",
            "service-need",
            options(&visit, "need", Need::ALL.iter().map(|n| n.code())),
            |row, wanted| row.need.code() == wanted,
        )
        .filter(
            "excludes",
            "service-excludes",
            options(&visit, "group", Group::ALL.iter().map(|g| g.code())),
            |row, wanted| {
                let at = Group::ALL.iter().position(|group| group.code() == wanted);
                at.and_then(|at| row.says.get(at).copied().flatten()) == Some(Admission::Excluded)
            },
        );
    let answer = list.answer(|table| {
        visit.page(&visit.text("coverage-title")).back("/directory").html(&format!("{html}{table}"))
    })?;
    Ok(answer)
}

/// The message that names a group.
const fn group_title(group: Group) -> &'static str {
    match group {
        Group::Women => "group-women",
        Group::Men => "group-men",
        Group::OtherGender => "group-other-gender",
        Group::Girls => "group-girls",
        Group::Boys => "group-boys",
        Group::Families => "group-families",
        Group::Disability => "group-disability",
        Group::Sexual => "group-sexual-exploitation",
        Group::Labour => "group-labour-exploitation",
        Group::OtherForms => "group-other-exploitation",
        Group::HighRisk => "group-high-risk",
        Group::Foreigners => "group-foreigners",
        Group::Undocumented => "group-undocumented",
        Group::NotCooperating => "group-not-cooperating",
    }
}

/// The State in short, a table for each need: who is admitted by how many. Shelters stand
/// open, the others can be opened.
fn counted<'s>(
    visit: &Visit,
    services: impl IntoIterator<Item = &'s Service>,
    state: StateCode,
) -> String {
    let table = by_need(services, state);
    let needs: BTreeSet<Need> = table.keys().map(|(need, _)| *need).collect();
    let mut html = String::new();
    for need in needs {
        let shown = of_need(visit, &table, need, state);
        if need == Need::Shelter {
            html.insert_str(0, &shown);
            continue;
        }
        let title = word(visit, "need", need.code());
        let _ = write!(html, "{}", Details::new(title, Content::Html(shown)));
    }
    html
}

fn of_need(
    visit: &Visit,
    table: &BTreeMap<(Need, Group), Counted>,
    need: Need,
    state: StateCode,
) -> String {
    let heads = ["coverage-group", "coverage-admit", "coverage-exclude", "coverage-say-nothing"];
    let values = [
        ("state", visit.state(state.as_str()).into()),
        ("need", word(visit, "need", need.code()).into()),
    ];
    let id = if need == Need::Shelter { "coverage-shelters" } else { "coverage-of-need" };
    let columns = heads.map(|head| Column::new(visit.text(head)));
    let mut shown = DataTable::new(need.code(), visit.format(id, &values), columns).dense();
    for group in Group::ALL {
        let Some(cell) = table.get(&(need, *group)) else { continue };
        let counts = [cell.admit, cell.exclude, cell.silent].map(|n| Content::from(visit.whole(n)));
        let first = Content::from(word(visit, "group", group.code()));
        shown.push(std::iter::once(first).chain(counts));
    }
    shown.to_string()
}
