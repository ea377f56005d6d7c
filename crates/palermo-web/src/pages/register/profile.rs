//! The sections of a mechanism's profile.

use super::{
    beside,
    common::{
        Body, On, date, english, joined, link, mechanism_kind, mechanism_link, state_link, word,
    },
    mechanism::covered,
    members,
};
use crate::{
    components::{Button, Content, Definitions, Known},
    shell::visit::Visit,
};
use palermo_app::{
    domain::register::{
        mechanism::{Area, Cadence, Coverage, MechanismProfile, Plan, Remark},
        provenance::{PartialDate, Stated},
        statement::RegisterStatement,
    },
    locale::Language,
};
use std::fmt::Write as _;

/// Names, kind, founding, secretariat, scope, languages, membership.
pub(super) fn terms(body: &mut Body<'_>, found: &MechanismProfile, added: &[RegisterStatement]) {
    let visit = body.visit;
    let mut names: Vec<Content> = found.also_known_as.iter().map(Content::from).collect();
    let own = visit.language.code();
    let official = found.names.others.iter().map(|(code, name)| (code.as_str(), name));
    let official = official.chain([("en", &found.names.en)]).filter(|(code, _)| *code != own);
    names.extend(official.map(|(code, name)| {
        Content::Html(format!("<bdi lang=\"{code}\">{}</bdi>", Content::from(name)))
    }));
    let mut terms =
        Definitions::new().row(visit.text("mechanism-short"), Known::fact(found.id.to_string()));
    if !names.is_empty() {
        terms = terms.row(visit.text("state-other-names"), Known::fact(joined(names)));
    }
    let kind = contested(visit, added, "kind", mechanism_kind(visit, &found.kind));
    terms = terms.row(visit.text("mechanism-kind"), Known::fact(kind));
    for founding in &found.founding {
        let kind = Content::from(word(visit, "founding", founding.founding_type.code()));
        let title = english(visit, &founding.title);
        let when = founding.date.map(|d| format!(", {}", date(visit, d))).unwrap_or_default();
        let value = Content::Html(format!("{title} ({kind}){}", Content::from(when)));
        terms = terms.row(visit.text("mechanism-founding"), body.fact(value, &founding.provenance));
    }
    let founded = body.stated(&found.founded, |f| {
        let value = contested(visit, added, "founded", date(visit, f.date).into());
        body.fact(value, &f.provenance)
    });
    terms = terms.row(visit.text("mechanism-founded"), founded);
    if let Some(ended) = &found.ended {
        let value = contested(visit, added, "ended", date(visit, ended.date).into());
        let value = body.fact(value, &ended.provenance);
        terms = terms.row(visit.text("mechanism-until"), value);
    }
    let secretariat = body.stated(&found.secretariat, |s| {
        let seat = s.seat.as_ref().map(|seat| format!(" ({seat})")).unwrap_or_default();
        let value = english(visit, &format!("{}{seat}", s.name));
        body.fact(contested(visit, added, "secretariat", value), &s.provenance)
    });
    let languages = body.stated(&found.languages, |one| {
        let value = contested(visit, added, "languages", language_names(&one.values));
        body.fact(value, &one.provenance)
    });
    let terms = terms
        .row(visit.text("mechanism-secretariat"), secretariat)
        .row(visit.text("mechanism-persons"), coverage(body, added, "persons", &found.persons))
        .row(visit.text("mechanism-forms"), coverage(body, added, "forms", &found.forms))
        .row(visit.text("mechanism-languages"), languages)
        .row(visit.text("mechanism-members"), members::composition(body, found));
    body.terms(terms);
    // What has no value of its own here has no place for the way either.
    let placeless = [
        ("name", true),
        ("members", true),
        ("policy", true),
        ("founded", found.founded.given().is_none()),
        ("ended", found.ended.is_none()),
        ("secretariat", found.secretariat.given().is_none()),
        ("languages", found.languages.given().is_none()),
        ("persons", found.persons.given().is_none()),
        ("forms", found.forms.given().is_none()),
    ];
    let fields = placeless.into_iter().filter(|(_, so)| *so).map(|(field, _)| field);
    beside::ways(body, added, &fields.collect::<Vec<_>>());
}

/// What it covers, by the words of the profile.
fn coverage(
    body: &Body<'_>,
    added: &[RegisterStatement],
    field: &str,
    told: &Stated<Coverage>,
) -> Known {
    let visit = body.visit;
    body.stated(told, |one| {
        let value = contested(visit, added, field, covered(visit, &one.values).into());
        body.fact(value, &one.provenance)
    })
}

/// A value, with the way to what editors added about the same where they did.
fn contested(visit: &Visit, added: &[RegisterStatement], field: &str, value: Content) -> Content {
    if !added.iter().any(|one| one.field == field) {
        return value;
    }
    let link = Button::link(visit.text("register-conflict"), format!("#s-{field}"));
    Content::Html(format!("{value}<br>{}", link.small().secondary()))
}

/// Languages by their own names where we know them, else by code.
pub(super) fn language_names(codes: &[String]) -> Content {
    joined(codes.iter().map(|code| {
        let own = Language::ALL.into_iter().find(|language| language.code() == code);
        own.map_or_else(|| Content::from(code), |l| Content::from(l.own_name()))
    }))
}

/// What sources say differently, side by side, with what editors added.
pub(super) fn conflicts(
    body: &mut Body<'_>,
    found: &MechanismProfile,
    added: &[RegisterStatement],
) {
    if found.statements.is_empty() && added.is_empty() {
        return;
    }
    let visit = body.visit;
    body.heading("register-conflict");
    for statement in &found.statements {
        let topic = english(visit, &statement.topic);
        let mut html = format!(
            "<h3 class=\"govuk-heading-s\" id=\"s-{}\">{topic}</h3><ul class=\"p-conflict\">",
            Content::from(&statement.id)
        );
        let editor = added.iter().filter(|one| one.field == statement.id);
        let taken = editor.clone().any(|one| one.said.preferred);
        for claim in &statement.claims {
            let value = body.remarked(english(visit, &claim.value), &claim.provenance);
            let value = body.marked(value, claim.preferred && !taken);
            let _ = write!(html, "<li>{value} {}</li>", body.source(&claim.provenance));
        }
        for one in editor {
            html.push_str(&said(body, one));
        }
        let _ = write!(html, "</ul>");
        body.push(html);
        if !taken {
            body.paragraph(english(visit, &statement.why));
        }
    }
    let known = |one: &&RegisterStatement| !found.statements.iter().any(|s| s.id == one.field);
    let others: Vec<&RegisterStatement> = added.iter().filter(known).collect();
    editors(body, &others, &|body, field| beside::of_mechanism(body, found, field));
}

/// What editors added about fields, side by side with what the record itself says of each.
pub(super) fn editors(
    body: &mut Body<'_>,
    added: &[&RegisterStatement],
    own: &dyn Fn(&Body<'_>, &str) -> Option<Content>,
) {
    let mut fields: Vec<&str> = added.iter().map(|one| one.field.as_str()).collect();
    fields.sort_unstable();
    fields.dedup();
    for field in fields {
        let mut html = format!(
            "<h3 class=\"govuk-heading-s\" id=\"s-{}\">{}</h3><ul class=\"p-conflict\">",
            Content::from(field.replace([' ', '"'], "-")),
            field_word(body.visit, field)
        );
        if let Some(value) = own(body, field) {
            let _ = write!(html, "<li>{value}</li>");
        }
        for one in added.iter().filter(|one| one.field == field) {
            html.push_str(&said(body, one));
        }
        html.push_str("</ul>");
        body.push(html);
    }
}

/// What a fact is called; one of an older entry stands as it was typed.
fn field_word(visit: &Visit, field: &str) -> Content {
    let id = format!("statement-field-{field}");
    if visit.web.app().catalogue.has(Language::En, &id) {
        return visit.text(&id).into();
    }
    english(visit, field)
}

/// What editors added about a record that has no statements of its own, under
/// one heading; nothing if nobody added any.
pub(super) fn added(
    body: &mut Body<'_>,
    all: &[RegisterStatement],
    own: &dyn Fn(&Body<'_>, &str) -> Option<Content>,
) {
    if all.is_empty() {
        return;
    }
    body.heading("register-conflict");
    editors(body, &all.iter().collect::<Vec<_>>(), own);
}

fn said(body: &Body<'_>, one: &RegisterStatement) -> String {
    let value = body.remarked(one.said.value.as_str(), &one.said.provenance);
    let value = body.marked(value, one.said.preferred);
    format!("<li>{value} {}</li>", body.source(&one.said.provenance))
}

pub(super) fn how_often(body: &Body<'_>, cadence: &Stated<Cadence>) -> Content {
    match cadence {
        Stated::Given(cadence) => body.cadence(*cadence).into(),
        Stated::None { why, .. } => english(body.visit, why),
        Stated::Unknown { why } => {
            let unknown = Content::from(body.words.unknown.clone());
            let why = english(body.visit, why);
            Content::Html(format!("<span class=\"p-unknown\">{unknown}</span> {why}"))
        }
    }
}

/// Bodies with how often they meet.
pub(super) fn bodies(body: &mut Body<'_>, found: &MechanismProfile) {
    let visit = body.visit;
    body.heading("mechanism-bodies");
    body.absence(&found.bodies);
    let all = found.bodies.items();
    let name = |id: &str| {
        let known = all.iter().find(|other| other.id == id);
        english(visit, known.map_or(id, |other| other.name.as_str()))
    };
    let rows = all.iter().map(|one| {
        let mut about: Vec<Content> = Vec::new();
        about.push(word(visit, "body-kind", one.kind.code()).into());
        about.extend(one.since.map(|since| Content::from(date(visit, since))));
        about.extend(one.composition.as_deref().map(|text| english(visit, text)));
        let quorum = one.quorum.map(|quorum| {
            visit.format("body-quorum", &[("count", visit.whole(quorum as usize).into())])
        });
        about.extend(quorum.map(Content::from));
        let mut html = joined(about).to_string();
        if let Some(to) = &one.reports_to {
            let _ =
                write!(html, "<br>{}: {}", Content::from(visit.text("body-reports-to")), name(to));
        }
        if !one.sees_reports_of.is_empty() {
            let seen = joined(one.sees_reports_of.iter().map(|id| name(id)));
            let _ = write!(html, "<br>{}: {seen}", Content::from(visit.text("body-sees")));
        }
        vec![
            body.remarked(english(visit, &one.name), &one.provenance),
            Content::Html(html),
            how_often(body, &one.cadence),
            Content::Html(body.source(&one.provenance).to_string()),
        ]
    });
    let rows = rows.collect();
    let heads = ["mechanism-name", "mechanism-about", "mechanism-cadence", "register-source"];
    body.table("bodies", "mechanism-bodies", &heads, rows);
}

fn span(body: &Body<'_>, from: Option<PartialDate>, to: Option<PartialDate>) -> Content {
    let visit = body.visit;
    let shown = |one: Option<PartialDate>| one.map(|d| date(visit, d)).unwrap_or_default();
    match (from, to) {
        (None, None) => Content::default(),
        _ => Content::Html(format!(
            "<bdi>{}</bdi>–<bdi>{}</bdi>",
            Content::from(shown(from)),
            Content::from(shown(to))
        )),
    }
}

/// Plans with how they are divided.
pub(super) fn plans(body: &mut Body<'_>, found: &MechanismProfile) {
    let visit = body.visit;
    body.heading("mechanism-plans");
    body.absence(&found.plans);
    for plan in found.plans.items() {
        let title = english(visit, &plan.title);
        body.push(format!("<h3 class=\"govuk-heading-s\">{title}</h3>"));
        let status = word(visit, "plan-status", plan.status.code());
        let mut terms = Definitions::new()
            .row(visit.text("agreement-status"), body.fact(status, &plan.provenance));
        if plan.from.is_some() || plan.to.is_some() {
            terms =
                terms.row(visit.text("plan-period"), Known::fact(span(body, plan.from, plan.to)));
        }
        if let Some(adopted) = plan.adopted {
            let by = plan.adopted_by.as_deref().map(|by| english(visit, by));
            let parts = [Some(Content::from(date(visit, adopted))), by];
            let value = joined(parts.into_iter().flatten());
            terms = terms.row(visit.text("instrument-adopted"), Known::fact(value));
        }
        if let Some(before) = &plan.predecessor {
            let known = found.plans.items().iter().find(|other| other.id == *before);
            let value = english(visit, known.map_or(before, |other| &other.title));
            terms = terms.row(visit.text("plan-predecessor"), Known::fact(value));
        }
        if let Some(review) = &plan.review {
            terms = terms.row(visit.text("plan-review"), Known::fact(english(visit, review)));
        }
        body.terms(terms);
        divisions(body, plan);
    }
}

fn divisions(body: &mut Body<'_>, plan: &Plan) {
    let visit = body.visit;
    if !plan.phases.is_empty() {
        let rows = plan.phases.iter().map(|phase| {
            vec![span(body, Some(phase.from), Some(phase.to)), english(visit, &phase.theme)]
        });
        let rows = rows.collect();
        let id = format!("phases-{}", plan.id);
        body.table(&id, "plan-phases", &["plan-period", "plan-theme"], rows);
    }
    let mut inner = String::new();
    if !plan.areas.is_empty() {
        inner.push_str(&areas(body, &plan.areas, None));
    }
    if !plan.principles.is_empty() {
        let words = Content::from(visit.text("plan-principles"));
        let list = joined(plan.principles.iter().map(|text| english(visit, text)));
        let _ = write!(inner, "<p class=\"govuk-body\">{words}: {list}</p>");
    }
    if !inner.is_empty() {
        body.details(visit.text("plan-structure"), inner);
    }
}

/// Areas under an area, each with its number.
fn areas(body: &Body<'_>, all: &[Area], under: Option<&str>) -> String {
    let own: Vec<&Area> = all.iter().filter(|area| area.under.as_deref() == under).collect();
    if own.is_empty() {
        return String::new();
    }
    let mut html = String::from("<ul class=\"govuk-list\">");
    for area in own {
        let number = Content::from(&area.no);
        let title = english(body.visit, &area.title);
        let below = areas(body, all, Some(&area.no));
        let _ = write!(html, "<li><bdi>{number}</bdi> {title}{below}</li>");
    }
    html.push_str("</ul>");
    html
}

/// Duties to report, and the questionnaires used.
pub(super) fn duties(body: &mut Body<'_>, found: &MechanismProfile) {
    let visit = body.visit;
    body.heading("mechanism-duties");
    body.absence(&found.duties);
    let rows = found.duties.items().iter().map(|duty| {
        let mut what = english(visit, &duty.what).to_string();
        let parts = duty.parts.iter().map(|part| english(visit, part));
        if !duty.parts.is_empty() {
            let _ = write!(what, "<br>{}", joined(parts));
        }
        if let Some(basis) = &duty.basis {
            let _ = write!(what, "<br>{}", english(visit, basis));
        }
        vec![
            english(visit, &duty.who),
            Content::Html(what),
            english(visit, &duty.to),
            how_often(body, &duty.cadence),
            body.cell("", &duty.provenance),
        ]
    });
    let rows = rows.collect();
    let heads = ["duty-who", "duty-what", "duty-to", "mechanism-cadence", "register-source"];
    body.table("duties", "mechanism-duties", &heads, rows);
    let asked = found.questionnaires.items();
    if !asked.is_empty() {
        body.heading("mechanism-questionnaires");
        let rows = asked.iter().map(|one| {
            vec![
                Content::from(&one.id),
                english(visit, &one.used_for),
                body.cell("", &one.provenance),
            ]
        });
        let rows = rows.collect();
        let heads = ["mechanism-short", "mechanism-about", "register-source"];
        body.table("questionnaires", "mechanism-questionnaires", &heads, rows);
    }
}

/// Figures the mechanism sets.
pub(super) fn rules(body: &mut Body<'_>, found: &MechanismProfile) {
    let visit = body.visit;
    body.heading("mechanism-rules");
    body.absence(&found.rules);
    let rows = found.rules.items().iter().map(|rule| {
        let value = format!("{} {}", rule.value, rule.unit);
        vec![english(visit, &rule.meaning), english(visit, &value), body.cell("", &rule.provenance)]
    });
    let rows = rows.collect();
    let heads = ["mechanism-about", "mechanism-rule-value", "register-source"];
    body.table("rules", "mechanism-rules", &heads, rows);
}

/// Texts the mechanism made or works with.
pub(super) fn instruments(body: &mut Body<'_>, found: &MechanismProfile) {
    let visit = body.visit;
    body.heading("mechanism-instruments");
    body.absence(&found.instruments);
    let rows = found.instruments.items().iter().map(|one| {
        let title = match &one.id {
            Some(id) => link(visit, &format!("/instruments/{id}"), english(visit, &one.title)),
            None => english(visit, &one.title),
        };
        vec![
            body.remarked(title, &one.provenance),
            word(visit, "instrument-kind", one.instrument_kind.code()).into(),
            one.date.map(|d| date(visit, d)).unwrap_or_default().into(),
            Content::Html(body.source(&one.provenance).to_string()),
        ]
    });
    let rows = rows.collect();
    let heads = ["instrument-title", "instrument-kind", "mechanism-when", "register-source"];
    body.table("texts", "mechanism-instruments", &heads, rows);
}

/// Activities that States choose to join (variable geometry).
pub(super) fn activities(body: &mut Body<'_>, found: &MechanismProfile, on: &On) {
    if found.activities.is_empty() {
        return;
    }
    let visit = body.visit;
    body.heading("mechanism-activities");
    body.say("mechanism-activities-why");
    let rows = found.activities.iter().map(|one| {
        let joined_in = match &one.joined {
            Stated::Given(states) => {
                let then = states.iter().filter(|joined| {
                    joined.from.or(one.from).is_none_or(|from| from.first_day() <= on.day)
                        && joined.to.or(one.to).is_none_or(|to| on.day <= to.last_day())
                });
                joined(then.map(|joined| state_link(visit, &joined.state)))
            }
            Stated::None { why, .. } | Stated::Unknown { why } => english(visit, why),
        };
        let count = one.count.map(|n| visit.whole(n as usize)).unwrap_or_default();
        vec![
            english(visit, &one.title),
            span(body, one.from, one.to),
            joined_in,
            count.into(),
            body.cell("", &one.provenance),
        ]
    });
    let rows = rows.collect();
    let heads = [
        "mechanism-name",
        "plan-period",
        "mechanism-joined",
        "mechanism-joined-count",
        "register-source",
    ];
    body.table("activities", "mechanism-activities", &heads, rows);
}

/// Remarks under a heading; nothing if there are none.
pub(super) fn remarks(body: &mut Body<'_>, heading: &'static str, all: &[Remark]) {
    if all.is_empty() {
        return;
    }
    body.heading(heading);
    let mut html = String::from("<ul class=\"govuk-list govuk-list--bullet\">");
    for one in all {
        let value = body.cell(english(body.visit, &one.text), &one.provenance);
        let _ = write!(html, "<li>{value}</li>");
    }
    html.push_str("</ul>");
    body.push(html);
}

/// Partners, relations, and organisations that are only named.
pub(super) fn others(body: &mut Body<'_>, found: &MechanismProfile) {
    let visit = body.visit;
    if !found.partners.is_empty() {
        body.heading("mechanism-partners");
        let rows = found.partners.iter().map(|one| {
            let role = word(visit, "partner", one.role.code());
            vec![english(visit, &one.name), role.into(), body.cell("", &one.provenance)]
        });
        let rows = rows.collect();
        let heads = ["mechanism-name", "mechanism-about", "register-source"];
        body.table("partners", "mechanism-partners", &heads, rows);
    }
    let others = visit.web.app().content.mechanisms().profiles();
    let back: Vec<_> = others
        .flat_map(|other| other.relations.iter().map(move |relation| (other, relation)))
        .filter(|(_, relation)| relation.to == found.id)
        .collect();
    if !found.relations.is_empty() || !back.is_empty() {
        body.heading("mechanism-relations");
        let own = found.relations.iter().map(|one| {
            let kind = word(visit, "mechanism-relation", one.kind.code());
            let other = mechanism_link(visit, one.to.as_str());
            vec![kind.into(), other, body.cell("", &one.provenance)]
        });
        let back = back.iter().map(|(other, one)| {
            let kind = Content::from(word(visit, "mechanism-relation", one.kind.code()));
            let from = mechanism_link(visit, other.id.as_str());
            let this = Content::from(found.id.to_string());
            let said = Content::Html(format!("{from} {kind}"));
            vec![said, this, body.cell("", &one.provenance)]
        });
        let rows = own.chain(back).collect();
        let heads = ["mechanism-about", "mechanism-name", "register-source"];
        body.table("relations", "mechanism-relations", &heads, rows);
    }
    if !found.named.is_empty() {
        let mut html = String::from("<ul class=\"govuk-list\">");
        for one in &found.named {
            let value = format!("{}: {}", one.name, one.context);
            let _ = write!(html, "<li>{}</li>", body.cell(english(visit, &value), &one.provenance));
        }
        html.push_str("</ul>");
        body.details(visit.text("mechanism-named"), html);
    }
}
