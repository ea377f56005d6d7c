//! Unmet needs: one's own, and those of a State by area.

use super::{link, options, state_asked, state_options, word};
use crate::{
    components::Content,
    pages::Answer,
    shell::{listing::List, route::Routes, visit::Visit},
};
use palermo_app::{
    access::{Action, Resource},
    domain::{
        service::Need,
        unmet_need::{Shown, Why},
    },
    unmet_need,
};

pub(super) fn routes() -> Routes {
    Routes::new().page("/unmet-needs", Action::ReadUnmetNeeds, own).page(
        "/unmet-needs/by-area",
        Action::CoordinateNeeds,
        by_area,
    )
}

async fn own(visit: Visit) -> Answer {
    let rows = unmet_need::list_own(&visit.acting()).await?;
    let v = || visit.clone();
    let (a, b, c, d, e, f, g) = (v(), v(), v(), v(), v(), v(), v());
    let list = List::new(&visit, "unmet-needs", &visit.text("unmet-title"), rows)
        .column(
            "on",
            "unmet-on",
            |row| row.record.entry.on.to_string(),
            move |row| a.date(row.record.entry.on.date()).into(),
        )
        .text("need", "unmet-need", move |row| word(&b, "need", row.record.entry.need.code()))
        .text("state", "field-state", move |row| g.state(row.record.entry.state.as_str()))
        .text("area", "service-area", |row| row.record.entry.area.clone().unwrap_or_default())
        .text("why", "unmet-why", move |row| word(&c, "unmet-why", row.record.entry.why.code()))
        .text("who", "unmet-who", move |row| {
            let one = &row.record.entry;
            let parts = [
                one.sex.map(|sex| word(&d, "sex", sex.code())),
                one.age.map(|age| word(&d, "age", age.code())),
                one.with_children.then(|| d.text("with-children")),
                one.disability.then(|| d.text("with-disability")),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        })
        .text("excluded", "unmet-excluded", move |row| {
            let groups = row.record.entry.excluded.iter();
            groups.map(|group| word(&e, "group", group.code())).collect::<Vec<_>>().join(", ")
        })
        .filter(
            "need",
            "unmet-need",
            options(&visit, "need", Need::ALL.iter().map(|n| n.code())),
            |row, wanted| row.record.entry.need.code() == wanted,
        )
        .filter("state", "field-state", state_options(&visit), |row, wanted| {
            row.record.entry.state.as_str() == wanted
        })
        .filter(
            "why",
            "unmet-why",
            options(&visit, "unmet-why", Why::ALL.iter().map(|w| w.code())),
            |row, wanted| row.record.entry.why.code() == wanted,
        );
    let lead = Content::from(visit.text("unmet-lead"));
    let areas = to_areas(&visit).unwrap_or_default();
    let answer = list.when_empty(visit.text("unmet-none")).answer(|table| {
        f.page(&f.text("unmet-title"))
            .back("/directory")
            .html(&format!("<p class=\"govuk-body\">{lead}</p>{areas}{table}"))
    })?;
    Ok(answer)
}

/// The way to the counts of a State, for whoever may see them.
fn to_areas(visit: &Visit) -> Option<String> {
    let tenant = &visit.signed.as_ref()?.tenant;
    let own = Resource::of(tenant.id).in_state(tenant.state.as_deref());
    let areas = link(visit, "/unmet-needs/by-area", visit.text("unmet-areas-title"));
    visit.may(Action::CoordinateNeeds, &own).then(|| format!("<p class=\"govuk-body\">{areas}</p>"))
}

/// A count as a coordinator may see it.
fn told(visit: &Visit, shown: Shown) -> String {
    match shown {
        Shown::Few => {
            let threshold = visit.web.app().policy.publication_threshold() as usize;
            visit.format("unmet-few", &[("threshold", visit.whole(threshold).into())])
        }
        Shown::Exactly(count) => visit.whole(count as usize),
    }
}

/// All States for whoever coordinates the region, who may narrow the list; one State for
/// others.
async fn by_area(visit: Visit) -> Answer {
    let region = visit.may(Action::CoordinateNeeds, &Resource::region());
    let asked = state_asked(&visit).filter(|_| !region);
    let found = unmet_need::by_area(&visit.acting(), asked).await?;
    let rows: Vec<_> = found.counts.into_iter().collect();
    let v = || visit.clone();
    let (a, b, c, d) = (v(), v(), v(), v());
    let mut list = List::new(&visit, "unmet-by-area", &visit.text("unmet-areas-title"), rows);
    if found.state.is_none() {
        list = list.text("state", "field-state", move |((state, _, _), _)| d.state(state.as_str()));
    }
    let list = list
        .text("area", "service-area", move |((_, area, _), _)| {
            area.clone().unwrap_or_else(|| a.text("service-whole-state"))
        })
        .text("need", "unmet-need", move |((_, _, need), _)| word(&c, "need", need.code()))
        .text("count", "unmet-count", move |(_, shown)| told(&b, *shown))
        .filter("state", "field-state", state_options(&visit), |((state, _, _), _), wanted| {
            state.as_str() == wanted
        })
        .filter(
            "need",
            "unmet-need",
            options(&visit, "need", Need::ALL.iter().map(|n| n.code())),
            |((_, _, need), _), wanted| need.code() == wanted,
        );
    let (mut lead, none) = match found.state {
        Some(state) => {
            let values = [("state", visit.state(state.as_str()).into())];
            let lead = visit.format("unmet-areas-lead", &values);
            (lead, visit.format("unmet-areas-none", &values))
        }
        None => (visit.text("unmet-region-lead"), visit.text("unmet-region-none")),
    };
    if !found.uncoordinated.is_empty() {
        let names: Vec<String> =
            found.uncoordinated.iter().map(|state| visit.state(state.as_str())).collect();
        let alone = visit.format("unmet-region-alone", &[("states", names.join(", ").into())]);
        lead = format!("{lead} {alone}");
    }
    let lead = Content::from(lead);
    let answer = list.when_empty(none).answer(|table| {
        visit
            .page(&visit.text("unmet-areas-title"))
            .back("/directory")
            .html(&format!("<p class=\"govuk-body\">{lead}</p>{table}"))
    })?;
    Ok(answer)
}
