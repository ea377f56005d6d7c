//! Services that are operated from another State than the one they work in: whoever enters
//! one is told, and whoever looks at them sees it.

use crate::{
    components::Content,
    shell::{listing::List, visit::Visit},
};
use palermo_app::service::{Keepers, KeptService, ServiceForm};

fn words(visit: &Visit, state: &str) -> String {
    visit.format("service-operated-from", &[("state", visit.state(state).into())])
}

/// Who provides each service, and from which State if from another; those can be listed
/// alone.
pub(super) fn listed<'v>(
    list: List<'v, KeptService>,
    visit: &Visit,
    keepers: Keepers,
) -> List<'v, KeptService> {
    let (v, known) = (visit.clone(), keepers.clone());
    let elsewhere = vec![("elsewhere".to_owned(), visit.text("service-operated-elsewhere"))];
    list.column(
        "organisation",
        "service-organisation",
        |row| row.record.service.organisation.name.clone(),
        move |row| {
            let name = Content::from(&row.record.service.organisation.name);
            let from = known.elsewhere(&row.record).map(|state| words(&v, state));
            let from = from.map(|words| format!("<br>{}", Content::from(words)));
            Content::Html(format!("<bdi>{name}</bdi>{}", from.unwrap_or_default()))
        },
    )
    .filter("operated", "service-operated", elsewhere, move |row, wanted| {
        wanted == "elsewhere" && keepers.elsewhere(&row.record).is_some()
    })
}

/// What is said when a service was saved: where it works in another State than one's own
/// organisation, that it is listed there as operated from here.
pub(super) fn saved(visit: &Visit, typed: &ServiceForm) -> &'static str {
    let own = visit.signed.as_ref().and_then(|signed| signed.tenant.state.as_deref());
    let works = typed.state.trim();
    match own {
        Some(own) if !own.eq_ignore_ascii_case(works) => "service-saved-elsewhere",
        _ => "saved",
    }
}
