//! Unmet needs: one's own, and those of a State by area.

use super::{options, state_asked, state_options, word};
use crate::{
    components::Content,
    pages::Answer,
    shell::{listing::List, route::Routes, visit::Visit},
};
use palermo_app::{
    Refused,
    access::Action,
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
    let answer = list.answer(|table| {
        f.page(&f.text("unmet-title"))
            .back("/directory")
            .html(&format!("<p class=\"govuk-body\">{lead}</p>{table}"))
    })?;
    Ok(answer)
}

async fn by_area(visit: Visit) -> Answer {
    let state = state_asked(&visit)
        .or_else(|| state_options(&visit).first().and_then(|(code, _)| code.parse().ok()))
        .ok_or(Refused::NotFound)?;
    let table = unmet_need::by_area(&visit.acting(), state).await?;
    let rows: Vec<_> = table.into_iter().map(|((area, need), shown)| (area, need, shown)).collect();
    let threshold = visit.web.app().policy.publication_threshold() as usize;
    let v = || visit.clone();
    let (a, b, c) = (v(), v(), v());
    let told = move |shown: &Shown| match shown {
        Shown::Few => b.format("unmet-few", &[("threshold", b.whole(threshold).into())]),
        Shown::Exactly(count) => b.whole(*count as usize),
    };
    let list = List::new(&visit, "unmet-by-area", &visit.text("unmet-areas-title"), rows)
        .text("area", "service-area", move |(area, _, _)| {
            area.clone().unwrap_or_else(|| a.text("service-whole-state"))
        })
        .text("need", "unmet-need", move |(_, need, _)| word(&c, "need", need.code()))
        .text("count", "unmet-count", move |(_, _, shown)| told(shown))
        .filter("state", "field-state", state_options(&visit), |_, _| true)
        .filter(
            "need",
            "unmet-need",
            options(&visit, "need", Need::ALL.iter().map(|n| n.code())),
            |(_, need, _), wanted| need.code() == wanted,
        );
    let values = [("state", visit.state(state.as_str()).into())];
    let lead = Content::from(visit.format("unmet-areas-lead", &values));
    let answer = list.answer(|table| {
        visit
            .page(&visit.text("unmet-areas-title"))
            .back("/directory")
            .html(&format!("<p class=\"govuk-body\">{lead}</p>{table}"))
    })?;
    Ok(answer)
}
