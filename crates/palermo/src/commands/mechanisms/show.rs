//! A profile on a terminal: every fact with its source in brackets.

use std::io::{self, Write};

use palermo_app::domain::register::mechanism::{
    Activity, Body, Cadence, Composition, Coverage, Duty, MechanismProfile, MechanismRegister,
    Plan, Remark,
};
use palermo_app::domain::register::provenance::{
    Confidence, DOCUMENTS, PartialDate, Provenance, Stated,
};

/// Writes a whole profile.
pub(super) fn profile(
    out: &mut impl Write,
    register: &MechanismRegister,
    profile: &MechanismProfile,
) -> io::Result<()> {
    writeln!(out, "{}  {}", profile.id, profile.names.en)?;
    for (language, name) in &profile.names.others {
        writeln!(out, "  {language}: {name}")?;
    }
    writeln!(out, "{}; as of {}; {}", profile.kind, profile.as_of, profile.detail)?;
    writeln!(out, "\n{}", remark(&profile.summary))?;

    heading(out, "Rests on")?;
    for text in &profile.founding {
        let date = text.date.map_or_else(String::new, |date| format!(", {date}"));
        writeln!(out, "  {}: {}{date} {}", text.founding_type, text.title, mark(&text.provenance))?;
    }
    stated(out, "Founded", &profile.founded, |fact| {
        format!("{} {}", fact.date, mark(&fact.provenance))
    })?;
    if let Some(ended) = &profile.ended {
        writeln!(out, "  Ended: {} {}", ended.date, mark(&ended.provenance))?;
    }
    stated(out, "Secretariat", &profile.secretariat, |office| {
        let seat = office.seat.as_ref().map_or_else(String::new, |seat| format!(", {seat}"));
        format!("{}{seat} {}", office.name, mark(&office.provenance))
    })?;
    stated(out, "Whose trafficking", &profile.persons, words)?;
    stated(out, "Which forms", &profile.forms, words)?;
    stated(out, "Languages", &profile.languages, words)?;
    members(out, register, profile)?;
    work(out, profile)?;
    more(out, profile)?;
    heading(out, "Sources")?;
    DOCUMENTS.iter().try_for_each(|(key, title)| writeln!(out, "  {key}  {title}"))
}

fn heading(out: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "\n{text}")
}

fn stated<T>(
    out: &mut impl Write,
    label: &str,
    fact: &Stated<T>,
    shown: impl Fn(&T) -> String,
) -> io::Result<()> {
    match fact {
        Stated::Given(value) => writeln!(out, "  {label}: {}", shown(value)),
        Stated::None { why, provenance } => {
            writeln!(out, "  {label}: none, {why} {}", mark(provenance))
        }
        Stated::Unknown { why } => writeln!(out, "  {label}: unknown, {why}"),
    }
}

fn section<T>(
    out: &mut impl Write,
    label: &str,
    fact: &Stated<Vec<T>>,
    shown: impl Fn(&T) -> String,
) -> io::Result<()> {
    heading(out, label)?;
    match fact {
        Stated::Given(items) => {
            items.iter().try_for_each(|item| writeln!(out, "  {}", shown(item)))
        }
        Stated::None { why, provenance } => writeln!(out, "  none, {why} {}", mark(provenance)),
        Stated::Unknown { why } => writeln!(out, "  unknown, {why}"),
    }
}

/// Source, date and, where it is not simply stated, how sure it is.
fn mark(provenance: &Provenance) -> String {
    let sure = match provenance.confidence {
        Confidence::Stated => String::new(),
        sure => format!(", {sure} confidence"),
    };
    let note = provenance.note.as_ref().map_or_else(String::new, |note| format!("; {note}"));
    let disputed = if provenance.disputed.is_some() { "; disputed, see below" } else { "" };
    format!("[{}, as of {}{sure}{note}{disputed}]", provenance.source, provenance.as_of)
}

fn remark(remark: &Remark) -> String {
    format!("{} {}", remark.text, mark(&remark.provenance))
}

fn words(coverage: &Coverage) -> String {
    format!("{} {}", coverage.values.join(", "), mark(&coverage.provenance))
}

fn members(
    out: &mut impl Write,
    register: &MechanismRegister,
    profile: &MechanismProfile,
) -> io::Result<()> {
    let members = register.members_on(profile, None);
    heading(out, &format!("Members on {}", profile.as_of_day()))?;
    match &profile.membership {
        Stated::None { why, provenance } => {
            return writeln!(out, "  none, {why} {}", mark(provenance));
        }
        Stated::Unknown { why } => return writeln!(out, "  unknown, {why}"),
        Stated::Given(membership) => match &membership.composition {
            Composition::PartiesTo(instrument) => {
                writeln!(out, "  the parties to `{instrument}` {}", mark(&membership.provenance))?;
            }
            Composition::UnionOf(union) => {
                let union: Vec<_> = union.iter().map(ToString::to_string).collect();
                let mark = mark(&membership.provenance);
                writeln!(out, "  {}, all States of {} {mark}", members.len(), union.join(" and "))?;
            }
            Composition::Records(_) => {
                writeln!(out, "  {} {}", members.len(), mark(&membership.provenance))?
            }
        },
    }
    for row in members.chunks(3) {
        let cells: Vec<_> = row
            .iter()
            .map(|member| {
                let from =
                    member.from.map_or_else(|| "unknown".to_owned(), |from| from.to_string());
                format!("{} {:<12} {from:<10}", member.state, member.status.code())
            })
            .collect();
        writeln!(out, "    {}", cells.join("  ").trim_end())?;
    }
    Ok(())
}

fn work(out: &mut impl Write, profile: &MechanismProfile) -> io::Result<()> {
    section(out, "Instruments", &profile.instruments, |instrument| {
        let date = instrument.date.map_or_else(String::new, |date| format!(", {date}"));
        let mark = mark(&instrument.provenance);
        format!("{}: {}{date} {mark}", instrument.instrument_kind, instrument.title)
    })?;
    section(out, "Bodies", &profile.bodies, body)?;
    heading(out, "Plans")?;
    match &profile.plans {
        Stated::Given(plans) => plans.iter().try_for_each(|one| plan(out, one))?,
        Stated::None { why, provenance } => writeln!(out, "  none, {why} {}", mark(provenance))?,
        Stated::Unknown { why } => writeln!(out, "  unknown, {why}")?,
    }
    section(out, "Duties to report", &profile.duties, duty)?;
    section(out, "Questionnaires", &profile.questionnaires, |form| {
        format!("{}: {} {}", form.id, form.used_for, mark(&form.provenance))
    })?;
    section(out, "Rules", &profile.rules, |rule| {
        format!(
            "{} {} {}: {} {}",
            rule.key,
            rule.value,
            rule.unit,
            rule.meaning,
            mark(&rule.provenance)
        )
    })
}

fn often(cadence: &Stated<Cadence>) -> String {
    match cadence {
        Stated::Given(Cadence { times: 1, years: 1 }) => "every year".to_owned(),
        Stated::Given(Cadence { times, years: 1 }) => format!("{times} times a year"),
        Stated::Given(Cadence { times: 1, years }) => format!("every {years} years"),
        Stated::Given(Cadence { times, years }) => format!("{times} times in {years} years"),
        Stated::None { why, .. } => format!("never: {why}"),
        Stated::Unknown { why } => format!("how often is unknown, {why}"),
    }
}

fn body(body: &Body) -> String {
    let mut text = format!("{} ({}), {}", body.name, body.kind, often(&body.cadence));
    for (label, value) in [("of", &body.composition), ("reports to", &body.reports_to)] {
        if let Some(value) = value {
            text += &format!("; {label} {value}");
        }
    }
    if let Some(quorum) = body.quorum {
        text += &format!("; quorum {quorum}");
    }
    if !body.sees_reports_of.is_empty() {
        text += &format!("; sees reports of {}", body.sees_reports_of.join(", "));
    }
    format!("{text} {}", mark(&body.provenance))
}

fn period(from: Option<PartialDate>, to: Option<PartialDate>) -> String {
    let year = |date: Option<PartialDate>| date.map_or_else(String::new, |date| date.to_string());
    if from.is_none() && to.is_none() {
        String::new()
    } else {
        format!(" {}-{}", year(from), year(to))
    }
}

fn plan(out: &mut impl Write, plan: &Plan) -> io::Result<()> {
    let when = period(plan.from, plan.to);
    writeln!(out, "  {}{when}, {} {}", plan.title, plan.status, mark(&plan.provenance))?;
    for area in &plan.areas {
        let indent = if area.under.is_some() { "      " } else { "    " };
        writeln!(out, "{indent}{} {}", area.no, area.title)?;
    }
    for phase in &plan.phases {
        writeln!(out, "    {}-{} {}", phase.from, phase.to, phase.theme)?;
    }
    Ok(())
}

fn duty(duty: &Duty) -> String {
    let parts =
        if duty.parts.is_empty() { String::new() } else { format!(" ({})", duty.parts.join("; ")) };
    let often = often(&duty.cadence);
    format!("{} to {}: {}{parts}, {often} {}", duty.who, duty.to, duty.what, mark(&duty.provenance))
}

fn activity(activity: &Activity) -> String {
    let joined = match &activity.joined {
        Stated::Given(joined) => {
            joined.iter().map(|j| j.state.as_str()).collect::<Vec<_>>().join(" ")
        }
        Stated::None { why, .. } | Stated::Unknown { why } => {
            format!("who takes part is unknown: {why}")
        }
    };
    let count = activity.count.map_or_else(String::new, |count| format!(", {count} States"));
    format!("{}{count}: {joined} {}", activity.title, mark(&activity.provenance))
}

fn more(out: &mut impl Write, profile: &MechanismProfile) -> io::Result<()> {
    let lists = [
        (
            "What it does that others do not",
            profile.functions.iter().map(remark).collect::<Vec<_>>(),
        ),
        ("Authority, staff and money", profile.capacity.iter().map(remark).collect()),
        ("Activities that States choose", profile.activities.iter().map(activity).collect()),
        (
            "Other organisations",
            profile
                .partners
                .iter()
                .map(|p| format!("{} ({}) {}", p.name, p.role, mark(&p.provenance)))
                .collect(),
        ),
        (
            "Ties",
            profile
                .relations
                .iter()
                .map(|r| format!("{} {} {}", r.kind, r.to, mark(&r.provenance)))
                .collect(),
        ),
        (
            "Only named",
            profile
                .named
                .iter()
                .map(|n| format!("{}: {} {}", n.name, n.context, mark(&n.provenance)))
                .collect(),
        ),
    ];
    for (label, items) in lists.iter().filter(|(_, items)| !items.is_empty()) {
        heading(out, label)?;
        items.iter().try_for_each(|item| writeln!(out, "  {item}"))?;
    }
    for statement in &profile.statements {
        heading(out, &format!("Sources differ on {}", statement.topic))?;
        for claim in &statement.claims {
            let preferred = if claim.preferred { " (preferred)" } else { "" };
            writeln!(out, "  {}{preferred} {}", claim.value, mark(&claim.provenance))?;
        }
        writeln!(out, "  Why: {}", statement.why)?;
    }
    Ok(())
}
