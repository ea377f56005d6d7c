//! What editors recorded beside the shipped facts, shown where those stand:
//! each with its source, and beside what it contradicts (R015).

use super::{
    common::{Body, date, english, instrument_link, joined, mechanism_link, state_link, word},
    instrument::flag,
};
use crate::{
    components::{Content, Known},
    shell::visit::Visit,
};
use palermo_app::domain::register::{
    fact::Answer as Said,
    instrument::{Flag, Instrument, ScopeItem},
    mechanism::{MechanismProfile, MemberStatus},
    provenance::PartialDate,
    recorded::{Recorded, RecordedFact},
};

/// From when until when, in the reader's dates.
fn time(visit: &Visit, from: Option<PartialDate>, to: Option<PartialDate>) -> String {
    let shown = |one: Option<PartialDate>| one.map(|at| date(visit, at)).unwrap_or_default();
    match (from, to) {
        (None, None) => visit.text("timeline-undated"),
        _ => format!("{}–{}", shown(from), shown(to)),
    }
}

fn belongs(
    visit: &Visit,
    status: MemberStatus,
    from: Option<PartialDate>,
    to: Option<PartialDate>,
) -> String {
    format!("{}, {}", word(visit, "member", status.code()), time(visit, from, to))
}

/// What a recorded fact is about, as a link.
pub(super) fn subject(visit: &Visit, fact: &Recorded) -> Content {
    match fact {
        Recorded::Membership { mechanism, .. } | Recorded::Activity { mechanism, .. } => {
            mechanism_link(visit, mechanism)
        }
        Recorded::Relation { instrument, .. } | Recorded::Scope { instrument, .. } => {
            instrument_link(visit, instrument.as_str())
        }
    }
}

/// What a recorded fact says, in words.
pub(super) fn says(visit: &Visit, fact: &Recorded) -> String {
    match fact {
        Recorded::Membership { state, status, from, to, .. } => {
            format!("{}: {}", visit.state(state.as_str()), belongs(visit, *status, *from, *to))
        }
        Recorded::Activity { activity, title, states, from, to, .. } => {
            let names: Vec<String> = states.iter().map(|one| visit.state(one.as_str())).collect();
            let names = palermo_app::locale::list(visit.language, &names);
            let what = activity.as_deref().filter(|_| title.is_empty()).unwrap_or(title);
            format!("{what} ({}): {names}", time(visit, *from, *to))
        }
        Recorded::Relation { relation, to, .. } => {
            format!("{} {to}", word(visit, "instrument-relation", relation.code()))
        }
        Recorded::Scope { item, answer, why, .. } => {
            let item = word(visit, "scope-gap", item.code());
            let answer = word(visit, "answer", answer.code());
            let why = why.as_deref().map(|why| format!(" ({why})")).unwrap_or_default();
            format!("{item}: {answer}{why}")
        }
    }
}

fn row(
    body: &Body<'_>,
    about: Content,
    one: &RecordedFact,
    says: String,
    beside: Content,
) -> Vec<Content> {
    vec![about, body.marked(body.cell(says, &one.provenance), one.preferred), beside]
}

/// Memberships recorded beside a profile, each beside what the profile says.
/// Activities stand among those of the profile.
pub(super) fn on_mechanism(
    body: &mut Body<'_>,
    shipped: Option<&MechanismProfile>,
    recorded: &[RecordedFact],
) {
    let visit = body.visit;
    let mut rows = Vec::new();
    for one in recorded {
        let Recorded::Membership { state, status, from, to, .. } = &one.fact else { continue };
        let told = shipped.map(MechanismProfile::member_records).unwrap_or_default();
        let told = told.iter().filter(|record| record.state == state.as_str()).map(|record| {
            let words = belongs(visit, record.status, record.from, record.to);
            body.cell(words, &record.provenance)
        });
        let told: Vec<Content> = told.collect();
        let beside = if told.is_empty() { visit.text("word-none").into() } else { joined(told) };
        let says = belongs(visit, *status, *from, *to);
        rows.push(row(body, state_link(visit, state.as_str()), one, says, beside));
    }
    table(body, "state-name", rows);
}

/// What was recorded of a State, mechanism by mechanism.
pub(super) fn on_state(body: &mut Body<'_>, code: &str, recorded: &[RecordedFact]) {
    let visit = body.visit;
    let mut rows = Vec::new();
    for one in recorded {
        let Recorded::Membership { mechanism, status, from, to, .. } = &one.fact else { continue };
        let shipped = visit.web.app().content.mechanisms().get(mechanism);
        let told = shipped.map(MechanismProfile::member_records).unwrap_or_default();
        let told = told.iter().filter(|record| record.state == code).map(|record| {
            let words = belongs(visit, record.status, record.from, record.to);
            body.cell(words, &record.provenance)
        });
        let told: Vec<Content> = told.collect();
        let beside = if told.is_empty() { visit.text("word-none").into() } else { joined(told) };
        let says = belongs(visit, *status, *from, *to);
        rows.push(row(body, mechanism_link(visit, mechanism), one, says, beside));
    }
    table(body, "mechanism-name", rows);
}

fn table(body: &mut Body<'_>, about: &str, rows: Vec<Vec<Content>>) {
    if rows.is_empty() {
        return;
    }
    body.heading("recorded-title");
    body.say("recorded-shown-why");
    let heads = [about, "recorded-says", "recorded-beside"];
    body.table("recorded", "recorded-title", &heads, rows);
}

/// What is told of one thing an instrument may cover: what ships and what was
/// recorded, side by side where there is more than one.
pub(super) fn scope(
    body: &Body<'_>,
    shipped: Option<&Flag>,
    item: ScopeItem,
    recorded: &[RecordedFact],
) -> Known {
    let visit = body.visit;
    let about = |fact: &Recorded| matches!(fact, Recorded::Scope { item: of, .. } if *of == item);
    let own: Vec<&RecordedFact> = recorded.iter().filter(|one| about(&one.fact)).collect();
    if own.is_empty() {
        return shipped.map_or_else(|| body.unknown_untold(), |said| flag(body, said));
    }
    let value = |answer: Said, why: Option<&str>| {
        let answer = Content::from(word(visit, "answer", answer.code()));
        let why = why.map(|why| format!(": {}", english(visit, why))).unwrap_or_default();
        Content::Html(format!("{answer}{why}"))
    };
    let mut all = Vec::new();
    if let Some(said) = shipped
        && let Some(provenance) = &said.provenance
    {
        let value = body.remarked(value(said.answer, said.why.as_deref()), provenance);
        all.push((value, body.source(provenance)));
    }
    for one in own {
        let Recorded::Scope { answer, why, .. } = &one.fact else { continue };
        let value = body.remarked(value(*answer, why.as_deref()), &one.provenance);
        all.push((body.marked(value, one.preferred), body.source(&one.provenance)));
    }
    if all.len() > 1 {
        return Known::Conflict(all);
    }
    match all.pop() {
        Some((value, source)) => Known::sourced(value, source),
        None => body.unknown_untold(),
    }
}

/// The sources of a relation between two instruments, seen from `found`: the
/// one that ships and every recorded one.
pub(super) fn relation_sources(
    body: &Body<'_>,
    found: &Instrument,
    (kind, other): (&str, &str),
    recorded: &[RecordedFact],
) -> Vec<Content> {
    let fits = |one: &&RecordedFact| match &one.fact {
        Recorded::Relation { instrument, relation, to } => {
            let own = *instrument == found.id && to.as_str() == other;
            let back = *to == found.id && instrument.as_str() == other;
            (own && relation.code() == kind) || (back && relation.inverse() == kind)
        }
        _ => false,
    };
    recorded.iter().filter(fits).map(|one| body.cell("", &one.provenance)).collect()
}
