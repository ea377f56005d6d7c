//! Who belongs to a mechanism on a day: as a list and on a map.

use super::common::{
    Body, On, date, instrument_link, lookup, mechanism_link, refused, state_link, word,
};
use crate::{
    components::Content,
    figures::{Figure, Geography, MapState, RegionMap, Shade},
    shell::{failure::Failure, listing::List, visit::Visit},
};
use palermo_app::{
    domain::register::{
        mechanism::{Composition, MechanismProfile, MechanismRegister, MemberStatus},
        provenance::{PartialDate, Provenance},
    },
    locale::Direction,
};

/// A map is shown only where its drawing, in bytes, leaves the page within its
/// budget on a slow line; the list says the same.
const LARGEST_DRAWING: usize = 14_000;

/// A member as shown.
#[derive(Clone)]
pub(super) struct Member {
    code: String,
    name: String,
    status: MemberStatus,
    from: Option<PartialDate>,
    to: Option<PartialDate>,
    via: Option<String>,
    /// Only where it differs from the source of the whole membership.
    provenance: Option<Provenance>,
    /// Where it follows from another: the sources of both, each after its mechanism.
    through: Vec<(String, Provenance)>,
}

/// Who belongs on a day in any way.
pub(super) async fn of(
    visit: &Visit,
    register: &MechanismRegister,
    profile: &MechanismProfile,
    on: &On,
) -> Result<Vec<Member>, Failure> {
    let Some(membership) = profile.membership.given() else { return Ok(Vec::new()) };
    let mut all: Vec<Member> = if let Composition::PartiesTo(id) = &membership.composition {
        let report =
            lookup(visit).parties(id, on.day, visit.language.code()).await.map_err(refused)?;
        let parties = report.parties.into_iter();
        parties
            .map(|party| Member {
                code: party.party.to_string(),
                name: party.name,
                status: MemberStatus::ContractingParty,
                from: Some(party.date.into()),
                to: None,
                via: None,
                provenance: None,
                through: Vec::new(),
            })
            .collect()
    } else {
        let records = profile.records_on(on.day);
        let member = |one: palermo_app::domain::register::mechanism::MemberOn| {
            let record = records.iter().find(|record| record.state == one.state);
            let own = record.map(|record| &record.provenance);
            let differs = own.filter(|own| says_more(own, &membership.provenance)).cloned();
            let through = match one.via {
                Some(_) => register.sources_of(profile, &one.state, on.day),
                None => Vec::new(),
            };
            let through = through.into_iter();
            let through = through.map(|(by, said)| (by.id.to_string(), said.clone())).collect();
            Member {
                name: visit.state(&one.state),
                code: one.state,
                status: one.status,
                from: one.from,
                to: one.to,
                via: one.via.map(|id| id.to_string()),
                provenance: differs,
                through,
            }
        };
        register.belonging_on(profile, on.day).into_iter().map(member).collect()
    };
    all.sort_by(|a, b| visit.compare(&a.name, &b.name));
    Ok(all)
}

/// Whether a member's source tells more than that of the whole membership.
fn says_more(own: &Provenance, whole: &Provenance) -> bool {
    let note = own.note.is_some() && own.note != whole.note;
    let place = (&own.source, own.as_of, own.confidence);
    note || own.disputed.is_some() || place != (&whole.source, whole.as_of, whole.confidence)
}

/// The heading with the day.
pub(super) fn heading(visit: &Visit, on: &On) -> String {
    let shown = visit.date(on.day.date());
    let words = Content::from(visit.format("mechanism-members-on", &[("date", shown.into())]));
    format!("<h2 class=\"govuk-heading-m\" id=\"members\">{words}</h2>")
}

/// What stands in place of the list where no source says who belongs, and
/// before it how the membership is made up.
pub(super) fn absence(visit: &Visit, profile: &MechanismProfile) -> Option<String> {
    if profile.membership.given().is_some() {
        return None;
    }
    let mut body = Body::new(visit);
    body.absence(&profile.membership);
    Some(body.plain())
}

/// How the membership is made up, for the terms of the profile.
pub(super) fn composition(body: &Body<'_>, profile: &MechanismProfile) -> crate::components::Known {
    let visit = body.visit;
    body.stated(&profile.membership, |membership| {
        body.fact(made_up(visit, &membership.composition), &membership.provenance)
    })
}

/// How a membership is made up, in words.
pub(super) fn made_up(visit: &Visit, composition: &Composition) -> Content {
    match composition {
        Composition::Records(_) => Content::from(visit.text("membership-listed")),
        Composition::UnionOf(union) => {
            let parts = union.iter().map(|id| mechanism_link(visit, id.as_str()));
            let parts = super::common::joined(parts);
            let words = Content::from(visit.text("membership-union"));
            Content::Html(format!("{words}: {parts}"))
        }
        Composition::PartiesTo(id) => {
            let words = Content::from(visit.text("membership-parties"));
            Content::Html(format!("{words}: {}", instrument_link(visit, id)))
        }
    }
}

/// The members as a list that sorts and can be taken away.
pub(super) fn list(visit: &Visit, members: Vec<Member>) -> List<'_, Member> {
    let (a, b, c, d, e) =
        (visit.clone(), visit.clone(), visit.clone(), visit.clone(), visit.clone());
    let via = members.iter().any(|member| member.via.is_some());
    let sourced =
        members.iter().any(|member| member.provenance.is_some() || !member.through.is_empty());
    let until = members.iter().any(|member| member.to.is_some());
    let mut statuses: Vec<(String, String)> = Vec::new();
    for code in members.iter().map(|member| member.status.code()) {
        if !statuses.iter().any(|(known, _)| known == code) {
            statuses.push((code.to_owned(), word(visit, "member", code)));
        }
    }
    let text = |date: Option<PartialDate>| date.map(|d| d.to_string()).unwrap_or_default();
    let mut list = List::new(visit, "members", &visit.text("mechanism-members"), members)
        .column("state", "state-name", |m| m.name.clone(), move |m| state_link(&a, &m.code))
        .text("status", "mechanism-status", move |m| word(&b, "member", m.status.code()))
        .column(
            "since",
            "mechanism-since",
            move |m| text(m.from),
            move |m| match m.from {
                Some(from) => date(&c, from).into(),
                None => c.text("timeline-undated").into(),
            },
        );
    if until {
        let show = move |m: &Member| m.to.map(|to| date(&d, to)).unwrap_or_default().into();
        list = list.column("until", "mechanism-until", move |m| text(m.to), show);
    }
    if via {
        list = list.column(
            "via",
            "mechanism-via",
            |m| m.via.clone().unwrap_or_default(),
            move |m| m.via.as_deref().map(|id| mechanism_link(&e, id)).unwrap_or_default(),
        );
    }
    if sourced {
        let own = visit.clone();
        list = list.column(
            "source",
            "register-source",
            |m| {
                let through = m.through.iter().map(|(by, said)| format!("{by}: {}", said.source));
                let own = m.provenance.iter().map(|said| said.source.clone());
                own.chain(through).collect::<Vec<_>>().join(" | ")
            },
            move |m| match &m.provenance {
                Some(provenance) => Body::new(&own).cell("", provenance),
                None => through(&Body::new(&own), &m.through),
            },
        );
    }
    if statuses.len() > 1 {
        list = list
            .filter("status", "mechanism-status", statuses, |m, wanted| m.status.code() == wanted);
    }
    list.keep("on").unsearched()
}

/// The sources of a membership that follows from another, each after its mechanism.
fn through(body: &Body<'_>, sources: &[(String, Provenance)]) -> Content {
    let lines = sources.iter().map(|(by, said)| {
        let by = Content::from(by);
        format!("<bdi>{by}</bdi>: {}", body.cell("", said))
    });
    Content::Html(lines.collect::<Vec<_>>().join("<br>"))
}

/// The same for a State's own page; alone, a source says enough without its mechanism.
pub(super) fn sources(body: &Body<'_>, all: &[(&MechanismProfile, &Provenance)]) -> Content {
    if let [(_, said)] = all {
        return Content::Html(body.source(said).to_string());
    }
    let all: Vec<(String, Provenance)> =
        all.iter().map(|(by, said)| (by.id.to_string(), (*said).clone())).collect();
    through(body, &all)
}

/// The members on a map, where they are on one and the drawing is small enough.
pub(super) fn map(visit: &Visit, profile: &MechanismProfile, all: &[Member], on: &On) -> String {
    let invented = all.iter().all(|member| member.code.starts_with('X'));
    let geography = if invented { Geography::meridian() } else { Geography::world() };
    let placed = all.iter().filter(|member| geography.has(&member.code)).count();
    if placed < 2 || placed < all.len() / 2 {
        return String::new();
    }
    let id = "member-map";
    let mut shades: Vec<(Shade, MemberStatus)> = Vec::new();
    let states = all
        .iter()
        .map(|member| {
            let shade = shade(member.status);
            if !shades.iter().any(|(known, _)| *known == shade) {
                shades.push((shade, member.status));
            }
            MapState {
                code: member.code.clone(),
                name: member.name.clone(),
                said: word(visit, "member", member.status.code()),
                shade,
                dashed: false,
            }
        })
        .collect();
    let legend =
        shades.iter().map(|(shade, status)| (*shade, word(visit, "member", status.code())));
    let map = RegionMap {
        geography,
        labelled_by: Figure::title_id(id),
        states,
        legend: legend.collect(),
        rtl: visit.language.direction() == Direction::Rtl,
    };
    let Some(drawing) = map.draw().filter(|d| d.to_string().len() <= LARGEST_DRAWING) else {
        return String::new();
    };
    let figure = Figure {
        id: id.to_owned(),
        title: map_title(visit, profile, on).into(),
        level: 3,
        drawing,
        notes: vec![visit.text("map-disclaimer").into()],
        ..Figure::default()
    };
    figure.to_string()
}

fn map_title(visit: &Visit, profile: &MechanismProfile, on: &On) -> String {
    let shown = visit.date(on.day.date());
    let name = profile.id.to_string();
    visit.format("map-members", &[("mechanism", name.into()), ("date", shown.into())])
}

fn shade(status: MemberStatus) -> Shade {
    match status {
        MemberStatus::Member | MemberStatus::Participant | MemberStatus::ContractingParty => {
            Shade::Strong
        }
        MemberStatus::Associate => Shade::Middle,
        MemberStatus::Observer | MemberStatus::Suspended | MemberStatus::Inactive => Shade::Light,
    }
}
