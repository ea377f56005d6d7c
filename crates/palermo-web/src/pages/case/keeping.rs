//! How long this case is kept (E24), in plain words: from what day, by which
//! rule, until when, and what happens then.

use super::sections::Section;
use crate::{
    components::{Content, SummaryList},
    shell::{failure::Failure, visit::Visit},
};
use palermo_app::{
    case::{
        Opened,
        retention::{self, Keeping},
    },
    locale::Arg,
};

/// The clock of keeping.
pub(super) async fn section(visit: &Visit, opened: &Opened) -> Result<Option<Section>, Failure> {
    let keeping = retention::keeping(&visit.acting(), opened).await?;
    let title = visit.text("case-keeping");
    if keeping.erased {
        let told = Content::from(visit.text("case-keeping-erased"));
        let html = format!("<p class=\"govuk-body\">{told}</p>");
        return Ok(Some(Section { id: "keeping", title, html }));
    }
    let clock = keeping.clock;
    let mut list = SummaryList::new();
    if let Some(from) = clock.from {
        list = list.row(visit.text("case-keeping-from"), visit.date(from.date()));
    }
    list = list.row(visit.text("case-keeping-rule"), rule(visit, &keeping));
    if let Some(until) = clock.until {
        list = list.row(visit.text("case-keeping-until"), visit.date(until.date()));
    }
    if let Some(offer) = keeping.offer_at {
        list = list.row(visit.text("case-keeping-before"), {
            let on = visit.date(offer.date());
            visit.format("case-keeping-offer", &[("on", on.into())])
        });
    }
    list = list.row(visit.text("case-keeping-then"), visit.text("case-keeping-destroyed"));
    Ok(Some(Section { id: "keeping", title, html: list.to_string() }))
}

/// The rule that counts here, with its periods.
fn rule(visit: &Visit, keeping: &Keeping) -> String {
    let number = |years: u64| visit.whole(usize::try_from(years).unwrap_or_default());
    let periods = keeping.periods;
    let values: [(&str, Arg<'_>); 3] = [
        ("years", number(periods.adult_years).into()),
        ("age", number(periods.child_until_age).into()),
        ("unknown", number(periods.child_unknown_years).into()),
    ];
    visit.format(&format!("case-keeping-rule-{}", keeping.clock.rule.code()), &values)
}
